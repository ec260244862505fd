"""Everything that is checked before the book is built: data, private names, chapters."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import yaml

from konzept.chapters.checking import check_chapters, names_of_pages, pages_of
from konzept.chapters.contents import check_contents
from konzept.data.reading import Reading, place, read_folder
from konzept.data.rules import apply_rules
from konzept.letters import no_text_by_line
from konzept.problems import Problem

_PRIVATE = (
    "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus."
)


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
        *check_contents(book.parent, names_of_pages(book)),
        *_names_in_texts(book, _internal_names(intern)[0]),
    ]


def check_settings(project: Path) -> list[Problem]:
    """Check that the settings can be read."""
    path = project / "_config.yml"
    try:
        text = path.read_text("utf-8") if path.is_file() else "{}"
        content = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        message = "Die Schreibweise (YAML) ist verletzt, oft durch Einrückung, Doppelpunkt oder Klammer."
        return [Problem(path.name, mark.line + 1 if mark else None, None, message)]
    if isinstance(content, dict):
        return [Problem(path.name, line, None, sentence) for line, sentence in no_text_by_line(text)]
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
