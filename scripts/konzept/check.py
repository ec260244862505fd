"""Everything that is checked before the book is built: data, private names, chapters."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from konzept.cells import cell_problems, numbers
from konzept.contents import check_contents
from konzept.pages import Page, read_page
from konzept.problems import Problem, suggestion
from konzept.reading import UNREADABLE, Reading, place, read_folder
from konzept.rules import apply_rules

_PRIVATE = (
    "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus."
)

_ASKED = {
    "handlungsfelder": (re.compile(r"""\.field\(\s*["']([^"']*)["']\s*\)"""), "Das Handlungsfeld"),
    "indikatoren": (
        re.compile(r"""\.(?:indicator|target)_chart\(\s*["']([^"']*)["']\s*\)"""),
        "Den Indikator",
    ),
}
_REMEDY = "ohne diese Angabe läuft keine Zelle. Übernehmen Sie den Kopf von einem anderen Kapitel."
_HEADER = {
    ("jupytext", "text_representation", "format_name"): "myst",
    ("kernelspec", "name"): "python3",
}
"""What Jupyter looks for in a page's header."""
_CITED = {"dokumente": (re.compile(r"\{quelle\}`([^`;]*)"), "Die Quelle")}


def check_project(data: Path, book: Path | None = None, *, intern: Path | None = None) -> tuple[Problem, ...]:
    """Check a data folder and, when given, the book's chapters; return every problem at once.

    Parameters
    ----------
    data
        The data folder.
    book
        The folder of chapters.
    intern
        Where the names stand that must not be published; without it, in the data folder.
    """
    reading = read_folder(data)
    intern = intern or data / "intern"
    names, unreadable = _internal_names(intern)
    problems = [
        *reading.problems,
        *apply_rules(reading),
        *unreadable,
        *_names_in_tables(reading, names),
    ]
    if book is not None:
        problems += check_texts(reading, book, intern)
    return tuple(problems)


def check_texts(reading: Reading, book: Path, intern: Path) -> list[Problem]:
    """Check the book's pages and its table of contents alone, against data that have been read."""
    return [
        *check_chapters(reading, book),
        *check_settings(book.parent),
        *check_contents(book.parent, _names_of_pages(book)),
        *_names_in_texts(book, _internal_names(intern)[0]),
    ]


def check_settings(project: Path) -> list[Problem]:
    """Check that the settings can be read."""
    path = project / "_config.yml"
    try:
        content = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        message = "Die Schreibweise (YAML) ist verletzt, oft durch Einrückung, Doppelpunkt oder Klammer."
        return [Problem(path.name, mark.line + 1 if mark else None, None, message)]
    if isinstance(content, dict):
        return []
    return [
        Problem(
            path.name,
            None,
            None,
            "Die Datei ist leer oder unvollständig. Holen Sie ihre letzte Fassung aus git zurück.",
        )
    ]


def _names_in_tables(reading: Reading, names: set[str]) -> list[Problem]:
    """Find private names in the published tables."""
    if not names or reading.package is None:
        return []
    return [
        Problem(place(reading.package, table), reading.lines[table][row], column, _PRIVATE)
        for table, rows in reading.rows.items()
        for row, cells in enumerate(rows)
        for column, value in cells.items()
        if _holds(str(value), names)
    ]


def _names_in_texts(book: Path, names: set[str]) -> list[Problem]:
    """Find private names in the book's pages."""
    return [
        Problem(f"{book.name}/{path.relative_to(book).as_posix()}", number, None, _PRIVATE)
        for path in (pages_of(book) if names else ())
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if _holds(line, names)
    ]


def _holds(text: str, names: set[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)


def _internal_names(folder: Path) -> tuple[set[str], list[Problem]]:
    """Read the names that must not be published: the column `name` of each CSV file in `data/intern/`."""
    names: set[str] = set()
    problems = []
    for path in sorted(folder.glob("*.csv")):
        file = f"{folder.parent.name}/{folder.name}/{path.name}"
        try:
            text = path.read_bytes().decode("utf-8-sig")
            rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
            if "name" not in (rows.fieldnames or ()):
                problems.append(Problem(file, 1, None, _NO_NAMES))
                continue
            names |= {name for row in rows if (name := (row["name"] or "").strip())}
        except (OSError, UnicodeDecodeError, csv.Error):
            problems.append(Problem(file, None, None, _UNREADABLE_NAMES))
    return names, problems


_UNREADABLE_NAMES = (
    "Die Liste lässt sich nicht lesen. Speichern Sie sie als „CSV UTF-8 (durch Trennzeichen getrennt)“."
)
_NO_NAMES = "In der Kopfzeile fehlt die Spalte „name“; ohne sie schützt die Liste niemanden. Nennen Sie die Spalte mit den Namen „name“."


def check_chapters(reading: Reading, book: Path) -> list[Problem]:
    """Check that pages can be read and run, ask for what the data know, and cite sources that exist."""
    indicators = [row["id"] for row in reading.rows.get("indikatoren", ())]
    problems: list[Problem] = []
    for path in pages_of(book):
        file = f"{book.name}/{path.relative_to(book).as_posix()}"
        page = _page(path, file)
        problems += page.problems
        if not page.text:
            continue
        if path.parent.name == "chapters" or page.cells:
            problems += _check_header(page)
        if path.parent.name == "chapters":
            problems += _check_parameters(page)
            problems += _unknown_keys(reading, page.text, file, _ASKED)
            problems += _unknown_numbers(page)
        problems += cell_problems(file, page.cells, reading.package, indicators)
        problems += _unknown_keys(reading, page.text, file, _CITED)
    return problems


def pages_of(book: Path) -> list[Path]:
    """List the book's pages, without the copies that editors keep in hidden folders."""
    return sorted(p for p in book.rglob("*.md") if "/." not in f"/{p.relative_to(book).as_posix()}")


def _names_of_pages(book: Path) -> list[str]:
    """Name the book's pages as the contents do."""
    return [path.relative_to(book.parent).with_suffix("").as_posix() for path in pages_of(book)]


def _page(path: Path, file: str) -> Page:
    try:
        return read_page(file, path.read_bytes())
    except OSError:
        return Page(file, "", None, (), (Problem(file, None, None, UNREADABLE),))


def _check_header(page: Page) -> list[Problem]:
    """Check that Jupyter takes the page for a notebook and knows how to run it."""
    if page.header is None and page.text.startswith("---\n"):
        return []  # said already
    header = page.header or {}
    missing = [word for word in ("jupytext", "kernelspec") if word not in header]
    messages = [f"Im Kopf der Seite fehlt „{word}:“; {_REMEDY}" for word in missing]
    for names, expected in _HEADER.items():
        value: object = header
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        if names[0] not in missing and value != expected:
            messages.append(f"Im Kopf der Seite steht bei „{names[-1]}“ nicht „{expected}“; {_REMEDY}")
    return [Problem(page.file, 1, None, message) for message in messages]


def _check_parameters(page: Page) -> list[Problem]:
    if re.search(r"^:?tags: \[.*\bparameters\b.*\]$", page.text, re.MULTILINE):
        return []
    message = "Die Zelle mit der Marke „parameters“ fehlt; sie setzt data_dir und stand. Übernehmen Sie sie von einem anderen Kapitel."
    return [Problem(page.file, None, None, message)]


def _unknown_numbers(page: Page) -> list[Problem]:
    """Find numbers in the text that the chapter's data do not give."""
    if any("glue(" in cell.code for cell in page.cells):
        return []  # the page has numbers of its own
    return [
        Problem(
            page.file,
            page.text.count("\n", 0, match.start()) + 1,
            None,
            f"Die Zahl „{match[1]}“ ist in diesem Kapitel nicht bekannt.{suggestion(match[1], numbers())}",
        )
        for match in re.finditer(r"\{glue:text\}`([^`]*)`", page.text)
        if match[1] not in numbers()
    ]


def _unknown_keys(
    reading: Reading, text: str, file: str, known: Mapping[str, tuple[re.Pattern[str], str]]
) -> list[Problem]:
    """Find keys in a text that the data do not have."""
    problems = []
    for table, (pattern, what) in known.items():
        if table not in reading.rows:
            continue
        ids = [row["id"] for row in reading.rows[table]]
        for match in pattern.finditer(text):
            if match[1].strip() not in ids:
                line = text.count("\n", 0, match.start()) + 1
                message = f"{what} „{match[1]}“ gibt es in den Daten nicht.{suggestion(match[1], ids)}"
                problems.append(Problem(file, line, None, message, match[1]))
    return problems
