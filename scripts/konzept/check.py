"""Everything that is checked before the book is built: data, private names, chapters."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from konzept.problems import Problem, suggestion
from konzept.reading import Reading, place, read_folder
from konzept.rules import apply_rules, records

_PRIVATE = "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf."

_ASKED = {
    "handlungsfelder": (re.compile(r"""\.field\(\s*["']([^"']*)["']\s*\)"""), "Das Handlungsfeld"),
    "indikatoren": (
        re.compile(r"""\.(?:indicator|target)_chart\(\s*["']([^"']*)["']\s*\)"""),
        "Den Indikator",
    ),
}
_CITED = {"dokumente": (re.compile(r"\{quelle\}`([^`;]*)"), "Die Quelle")}


def check_project(data: Path, book: Path | None = None) -> tuple[Problem, ...]:
    """Check a data folder and, when given, the book's chapters; return every problem at once."""
    reading = read_folder(data)
    names = _internal_names(data / "intern")
    problems = [*reading.problems, *apply_rules(reading), *_names_in_tables(reading, names)]
    if book is not None:
        problems += check_settings(book.parent)
        problems += check_texts(data, reading, book)
    return tuple(problems)


def check_settings(project: Path) -> list[Problem]:
    """Check that contents and settings can be read, and that the contents' pages exist."""
    problems = []
    for name in ("_config.yml", "_toc.yml"):
        path = project / name
        if not path.is_file():
            continue
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            message = "Die Schreibweise ist verletzt, oft durch Einrückung, Doppelpunkt oder Klammer."
            problems.append(Problem(name, mark.line + 1 if mark else None, None, message))
            continue
        if not isinstance(content, dict):
            problems.append(Problem(name, None, None, "Die Datei ist leer oder unvollständig."))
        elif name == "_toc.yml":
            problems += _check_contents(project, path)
    return problems


def _check_contents(project: Path, path: Path) -> list[Problem]:
    from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

    try:
        pages = list(parse_toc_yaml(path))
    except MalformedError:
        message = "Ein Eintrag der Gliederung ist unvollständig oder falsch geschrieben."
        return [Problem(path.name, None, None, message)]
    there = [p.relative_to(project).with_suffix("").as_posix() for p in (project / "book").rglob("*.md")]
    return [
        Problem(path.name, None, None, f"Die Seite „{page}“ gibt es nicht.{suggestion(page, there)}", page)
        for page in pages
        if not any((project / f"{page}{suffix}").is_file() for suffix in ("", ".md", ".ipynb"))
    ]


def check_texts(data: Path, reading: Reading, book: Path) -> list[Problem]:
    """Check the book's pages alone, against data that have been read."""
    return [*check_chapters(reading, book), *_names_in_texts(book, _internal_names(data / "intern"))]


def _names_in_tables(reading: Reading, names: set[str]) -> list[Problem]:
    """Find private names in the published tables."""
    if not names or reading.package is None:
        return []
    return [
        Problem(place(reading.package, table), reading.lines[table][row], column, _PRIVATE)
        for table, frame in reading.tables.items()
        for row, cells in enumerate(records(frame))
        for column, value in cells.items()
        if _holds(str(value), names)
    ]


def _names_in_texts(book: Path, names: set[str]) -> list[Problem]:
    """Find private names in the book's pages."""
    return [
        Problem(f"{book.name}/{path.relative_to(book).as_posix()}", number, None, _PRIVATE)
        for path in sorted(book.rglob("*.md") if names else ())
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if _holds(line, names)
    ]


def _holds(text: str, names: set[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)


def _internal_names(folder: Path) -> set[str]:
    """Read the names that must not be published: the column `name` of each CSV file in `data/intern/`."""
    names: set[str] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                if name := (row.get("name") or "").strip():
                    names.add(name)
    return names


def check_chapters(reading: Reading, book: Path) -> list[Problem]:
    """Check that chapters are notebooks that ask for what the data know, and that sources exist."""
    problems: list[Problem] = []
    for path in sorted((book / "chapters").glob("*.md")):
        problems += _check_chapter(reading, path, f"{book.name}/chapters/{path.name}")
    for path in sorted(book.rglob("*.md")):
        file = f"{book.name}/{path.relative_to(book).as_posix()}"
        problems += _unknown_keys(reading, path.read_text("utf-8", "replace"), file, _CITED)
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
    return problems + _unknown_keys(reading, text, file, _ASKED)


def _unknown_keys(
    reading: Reading, text: str, file: str, known: Mapping[str, tuple[re.Pattern[str], str]]
) -> list[Problem]:
    """Find keys in a text that the data do not have."""
    problems = []
    for table, (pattern, what) in known.items():
        if table not in reading.tables:
            continue
        ids = list(reading.tables[table]["id"])
        for match in pattern.finditer(text):
            if match[1].strip() not in ids:
                line = text.count("\n", 0, match.start()) + 1
                message = f"{what} „{match[1]}“ gibt es in den Daten nicht.{suggestion(match[1], ids)}"
                problems.append(Problem(file, line, None, message, match[1]))
    return problems
