"""Everything that is checked before the book is built: data, private names, chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from konzept.authors.chapters.checking import check_chapters, hints_in_pages, names_of_pages
from konzept.authors.chapters.contents import FILE as CONTENTS
from konzept.authors.chapters.contents import check_contents
from konzept.authors.chapters.settings import FILE as SETTINGS
from konzept.authors.chapters.settings import check_settings, hints_in_settings
from konzept.authors.languages.checking import check_languages, stale_hints
from konzept.data.foreign_files import stray
from konzept.data.history import lost_rows
from konzept.data.logo import logo_problems
from konzept.data.package import own_files
from konzept.data.privacy.files import NotSearchable, lines_with_names, searchable, tells_where, without_name
from konzept.data.privacy.lists import FOLDER, SURVEYS, read_lists
from konzept.data.privacy.names import Names
from konzept.data.problems import Problem
from konzept.data.reading import Reading, place, read_folder
from konzept.data.rules import apply_hints, apply_rules
from konzept.data.saving import JOURNAL
from konzept.data.town import TOWN
from konzept.elements.palette import accent_fault

_OTHERS = (".ipynb_checkpoints", ".gitkeep", ".gitignore", "README.md", SURVEYS)
"""What may lie in the data folder besides tables."""

_PRIVATE = (
    "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus."
)
_PRIVATE_FILE = "Hier trägt eine Datei einen Namen aus data/intern/, der nicht veröffentlicht werden darf. Benennen Sie sie um."
_TELLS_WHERE = (
    "In diesem Bild steht, wo es aufgenommen wurde (GPS). Soll der Ort nicht bekannt werden, entfernen Sie die Angabe, "
    "in Windows unter „Eigenschaften“, „Details“."
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
    names, unreadable = read_lists(*lists_of(data, book, intern))
    problems = [
        *reading.problems,
        *apply_rules(reading),
        *_look(reading, book),
        *unreadable,
        *names_in_tables(reading, names),
    ]
    if book is not None:
        problems += _check_texts(reading, book, names)
    return tuple(_without_names(problems, names))


def check_hints(data: Path, book: Path | None = None) -> tuple[Problem, ...]:
    """Find what is doubtful in sound data; it is listed and keeps nobody from building."""
    reading = read_folder(data)
    hints = [*_older_tables(reading), *apply_hints(reading), *lost_rows(reading), *_strays_in_data(reading)]
    if book is not None:
        hints += [*hints_in_settings(book.parent), *hints_in_pages(book)]
        hints += [*_doubtful_files(book), *stale_hints(reading, book)]
    return tuple(_without_names(hints, private_names(data, book)))


def _older_tables(reading: Reading) -> Iterator[Problem]:
    """Say that the schema has changed since the tables were written."""
    if reading.package is not None and reading.package.is_older:
        message = "Die Tabellen sind für eine ältere Fassung des Programms geschrieben. „konzept upgrade“ ergänzt, was neu ist."
        yield Problem(f"{reading.package.folder.name}/{TOWN}", None, None, message, hint=True)


def _strays_in_data(reading: Reading) -> Iterator[Problem]:
    """Name what lies in the data folder and is no part of the data."""
    if reading.package is None:
        return
    folder = reading.package.folder
    known = {*own_files(reading.package), *_OTHERS}
    for path in sorted(folder.iterdir()):
        if path.name not in known and path.name.casefold() != FOLDER and not path.name.startswith(JOURNAL):
            what = (
                stray(path.name)
                or "gehört zu keiner Tabelle und hat keine Wirkung. Legen Sie sie anderswohin."
            )
            yield Problem(f"{folder.name}/{path.name}", None, None, f"Diese Datei {what}", hint=True)


def _doubtful_files(book: Path) -> Iterator[Problem]:
    """Name what other programs left among the pages, and photographs that say where they were taken.

    A copy of a page is a page, and told as one.  Telephones write the place into a photograph, and the book publishes it.
    """
    for path in sorted(book.rglob("*")):
        file = path.relative_to(book.parent).as_posix()
        if path.suffix != ".md" and (what := stray(path.name)) and "/.ipynb_checkpoints/" not in file:
            yield Problem(file, None, None, f"Diese Datei {what}", hint=True)
        if path.is_file() and not _is_hidden(path, book) and tells_where(path):
            yield Problem(file, None, None, _TELLS_WHERE, hint=True)


def is_private(problem: Problem) -> bool:
    """Whether a problem is that something stands there which must not be published."""
    return problem.message in (_PRIVATE, _PRIVATE_FILE)


def private_names(data: Path, book: Path | None) -> Names:
    """Read the names that nothing made of these data may hold."""
    return read_lists(*lists_of(data, book))[0]


def lists_of(data: Path, book: Path | None, intern: Path | None = None) -> list[Path]:
    """Name the folders of private names: beside the data, and the project's own whatever data are published."""
    return [intern or data / FOLDER, *([book.parent / "data" / FOLDER] if book else [])]


def check_texts(reading: Reading, book: Path, intern: Path) -> list[Problem]:
    """Check the book's pages and its table of contents alone, against data that have been read."""
    names, _ = read_lists(*lists_of(intern.parent, book))
    return _without_names(_check_texts(reading, book, names), names)


def _check_texts(reading: Reading, book: Path, names: Names) -> list[Problem]:
    return [
        *check_chapters(reading, book),
        *check_languages(reading, book),
        *check_settings(book.parent),
        *check_contents(book.parent, names_of_pages(book)),
        *_names_in_book(book, names),
    ]


def _look(reading: Reading, book: Path | None) -> Iterator[Problem]:
    """Find a colour that nobody can read, and a logo that cannot be published; a copy of the data has no pictures."""
    if reading.package is None:
        return
    town = reading.package.town
    if town.accent and (fault := accent_fault(town.accent)):
        yield Problem(f"{reading.package.folder.name}/{TOWN}", None, None, fault)
    if town.logo and book is not None:
        yield from logo_problems(book.parent, town.logo)


def names_in_tables(reading: Reading, names: Names) -> list[Problem]:
    """Find private names in what is published of the data folder."""
    package = reading.package
    if package is None or not names:
        return []
    folder = package.folder.name
    problems = _names_in_file(package.folder / TOWN, f"{folder}/{TOWN}", names)
    for path in sorted((package.folder / SURVEYS).glob("*")):
        # What is counted of surveys is not published, but kept in git.
        problems += _names_in_file(path, f"{folder}/{SURVEYS}/{path.name}", names)
    for table, rows in reading.rows.items():
        texts = [[(column, cell) for column, cell in row.items() if isinstance(cell, str)] for row in rows]
        # All at once: hardly ever is there something to be found.
        if not names.stand_in("\n".join(cell for row in texts for _, cell in row)):
            continue
        for line, row in zip(reading.lines[table], texts, strict=True):
            if names.stand_in("\n".join(cell for _, cell in row)):
                columns: list[str | None] = [column for column, cell in row if names.stand_in(cell)]
                problems += [
                    Problem(place(package, table), line, column, _PRIVATE) for column in columns or [None]
                ]
    return problems


def _names_in_book(book: Path, names: Names) -> list[Problem]:
    """Find private names in all that the book's folder holds, in the settings and in the contents."""
    if not names:
        return []
    project = book.parent
    files = [path for path in sorted(book.rglob("*")) if path.is_file() and not _is_hidden(path, book)]
    files += [path for name in (SETTINGS, CONTENTS) if (path := project / name).is_file()]
    return [
        problem
        for path in files
        for problem in _names_in_file(path, path.relative_to(project).as_posix(), names)
    ]


def _is_hidden(path: Path, folder: Path) -> bool:
    """Tell whether a file is a copy that editors keep in hidden folders."""
    return "/." in f"/{path.relative_to(folder).as_posix()}"


def _names_in_file(path: Path, file: str, names: Names) -> list[Problem]:
    found = [Problem(file, None, None, _PRIVATE_FILE)] if names.stand_in(path.name) else []
    try:
        lines = lines_with_names(searchable(path), names)
    except NotSearchable:
        return found  # Where it is published, the finished book is looked through.
    return found + [Problem(file, line, None, _PRIVATE) for line in lines]


def _without_names(problems: Iterable[Problem], names: Names) -> list[Problem]:
    """Let no problem tell a private name, neither in its sentence nor in its place."""
    if not names:
        return list(dict.fromkeys(problems))
    told = []
    for problem in problems:
        if names.stand_in(problem.file):
            told.append(Problem(without_name(problem.file, names), None, None, _PRIVATE_FILE))
        elif names.stand_in(f"{problem.column} {problem.message}\n{problem.value}"):
            told.append(replace(problem, column=None, message=_PRIVATE, value=None))
        else:
            told.append(problem)
    return list(dict.fromkeys(told))
