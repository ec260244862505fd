"""Everything that is checked before the book is built: data, private names, chapters."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from konzept.problems import Problem, suggestion
from konzept.reading import Reading, place, read_folder
from konzept.rules import apply_rules

_FIELD = re.compile(r"""\.field\(\s*["']([^"']*)["']\s*\)""")
_INDICATOR = re.compile(r"""\.indicator_chart\(\s*["']([^"']*)["']\s*\)""")


def check_project(data: Path, book: Path | None = None) -> tuple[Problem, ...]:
    """Check a data folder and, when given, the book's chapters; return every problem at once."""
    reading = read_folder(data)
    problems = [*reading.problems, *apply_rules(reading), *private_names(reading, data)]
    if book is not None:
        problems += check_chapters(reading, book)
    return tuple(problems)


def private_names(reading: Reading, data: Path) -> list[Problem]:
    """Find names from `data/intern/` that stand in the published tables.

    The folder is ignored by git; each of its CSV files may have a column `name`.
    """
    names = _internal_names(data / "intern")
    if not names or reading.package is None:
        return []
    problems = []
    for table, frame in reading.tables.items():
        file = place(reading.package, table)
        for row, cells in enumerate(frame.astype(str).to_dict("records")):
            for column, text in cells.items():
                if any(name.casefold() in text.casefold() for name in names):
                    line = reading.lines[table][row]
                    message = "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf."
                    problems.append(Problem(file, line, str(column), message))
    return problems


def _internal_names(folder: Path) -> set[str]:
    names: set[str] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                if name := (row.get("name") or "").strip():
                    names.add(name)
    return names


def check_chapters(reading: Reading, book: Path) -> list[Problem]:
    """Check that every chapter is a notebook without outputs and asks for what the data know."""
    problems: list[Problem] = []
    for path in sorted((book / "chapters").glob("*.md")):
        problems += _check_chapter(reading, path, f"{book.name}/chapters/{path.name}")
    return problems


def _check_chapter(reading: Reading, path: Path, file: str) -> list[Problem]:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return [Problem(file, None, None, "Das Kapitel ist nicht in UTF-8 gespeichert.")]
    problems = []
    head = text.partition("\n---\n")[0]
    for word in ("jupytext:", "kernelspec:"):
        if not text.startswith("---\n") or f"\n{word}" not in head:
            message = f"Im Kopf des Kapitels fehlt „{word}“; ohne ihn läuft keine Zelle."
            problems.append(Problem(file, 1, None, message))
    if not re.search(r"^:tags: \[.*\bparameters\b.*\]$|^tags: \[.*\bparameters\b.*\]$", text, re.MULTILINE):
        message = "Die Zelle mit der Marke „parameters“ fehlt; sie setzt data_dir und stand."
        problems.append(Problem(file, None, None, message))
    known = {
        "handlungsfelder": (_FIELD, "Das Handlungsfeld"),
        "indikatoren": (_INDICATOR, "Den Indikator"),
    }
    for table, (pattern, what) in known.items():
        if table not in reading.tables:
            continue
        ids = list(reading.tables[table]["id"])
        for match in pattern.finditer(text):
            if match[1] not in ids:
                line = text.count("\n", 0, match.start()) + 1
                hint = suggestion(match[1], ids)
                problems.append(
                    Problem(
                        file, line, None, f"{what} „{match[1]}“ gibt es in den Daten nicht.{hint}", match[1]
                    )
                )
    return problems
