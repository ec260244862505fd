"""Reads the lists of private names in `data/intern/`; a file that is not read is named, for it protects nobody."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from konzept.data.privacy.names import Names, is_name
from konzept.data.problems import Problem

FOLDER = "intern"
"""Below the data folder; git does not keep it."""
SURVEYS = "umfragen"
"""Below it: single answers to surveys, which are no lists of names."""

_OF_THE_SYSTEM = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory"))
_OPENED = ("~$", ".~lock.")
"""How the names of files begin by which Excel and LibreOffice mark what they have open."""
_COLUMN = "name"

_UNREADABLE = (
    "Die Liste lässt sich nicht lesen. Speichern Sie sie als „CSV UTF-8 (durch Trennzeichen getrennt)“."
)
_NO_COLUMN = "In der Kopfzeile fehlt die Spalte „name“; ohne sie schützt die Liste niemanden. Nennen Sie die Spalte mit den Namen „name“; sind es Antworten einer Umfrage, legen Sie die Datei nach data/intern/umfragen."
_NOT_READ = (
    "Diese Datei wird nicht gelesen und schützt niemanden. "
    "Speichern Sie die Namen als .csv, .txt oder .xlsx, oder legen Sie die Datei außerhalb von data/ ab."
)
_NOT_A_NAME = "Hier steht kein Name, nach dem sich suchen lässt. Schreiben Sie Vor- und Nachnamen einer Person, sonst nichts."
_MISSPELT = "Dieser Ordner hält Namen nur zurück, wenn er „intern“ heißt, klein und ohne Leerzeichen. Benennen Sie ihn um."

Entry = tuple[int, str]
"""The line of a name, and the name."""


def read_lists(*folders: Path) -> tuple[Names, list[Problem]]:
    """Read all names that must not be published.

    Parameters
    ----------
    folders
        Each `data/intern`; what does not exist lists nobody.

    Returns
    -------
    tuple of Names and list of Problem
        The names, and what keeps a list from being read.
    """
    names: list[str] = []
    problems: list[Problem] = []
    for folder in {path.resolve(): path for path in folders}.values():
        for spelled in _spelled(folder):
            place = f"{folder.parent.name}/{spelled.name}"
            if spelled.name != FOLDER:
                problems.append(Problem(place, None, None, _MISSPELT))
            if not spelled.is_dir():
                problems.append(Problem(place, None, None, _NOT_READ))
            for path in _files(spelled, problems, place):
                file = f"{place}/{path.relative_to(spelled).as_posix()}"
                try:
                    entries = _entries(path)
                except (_NotRead, OSError, UnicodeError, csv.Error) as error:
                    why = (None, _UNREADABLE) if not isinstance(error, _NotRead) else error.args
                    problems.append(Problem(file, why[0], None, why[1]))
                    continue
                for line, name in entries:
                    if is_name(name):
                        names.append(name)
                    elif name.strip():
                        problems.append(Problem(file, line, None, _NOT_A_NAME))
    return Names(names), problems


def is_private(name: str) -> bool:
    """Tell whether a folder of this name is meant for what must not be published."""
    return unicodedata.normalize("NFKC", name).strip(" .").casefold() == FOLDER


def _spelled(folder: Path) -> Iterator[Path]:
    """Give the folder under every spelling that it has."""
    if not is_private(folder.name):
        yield folder  # asked for by name
    elif folder.parent.is_dir():
        yield from sorted(path for path in folder.parent.iterdir() if is_private(path.name))


def _files(folder: Path, problems: list[Problem], place: str) -> Iterator[Path]:
    """Give every file at any depth that is not the system's own; what is no file is named."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(parent, name) != folder / SURVEYS)
        for name in sorted(files) + [name for name in folders if Path(parent, name).is_symlink()]:
            path = Path(parent, name)
            if name.casefold() in _OF_THE_SYSTEM or name.startswith(_OPENED):
                continue
            if path.is_file():
                yield path
            else:
                relative = path.relative_to(folder).as_posix()
                problems.append(Problem(f"{place}/{relative}", None, None, _NOT_READ))


class _NotRead(Exception):
    """A file is not read: on which line that shows, if on one, and the sentence that says why."""


def _entries(path: Path) -> list[Entry]:
    kind = path.suffix.casefold()
    if kind == ".txt":
        return list(enumerate(_text(path).splitlines(), 1))
    if kind == ".csv":
        return _of_table(_csv_rows(_text(path)))
    if kind == ".xlsx":
        return _of_workbook(path)
    raise _NotRead(None, _NOT_READ)


def _text(path: Path) -> str:
    text = path.read_bytes().decode("utf-8-sig")
    if "\0" in text:
        raise UnicodeError  # UTF-16, or no text
    return text


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the lines and cells of a table; its heading says what stands between the cells."""
    head = text.partition("\n")[0]
    delimiter = next((sign for sign in ";\t," if sign in head), ";")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _of_table(rows: Iterable[tuple[int, list[str]]]) -> list[Entry]:
    rows = iter(rows)
    _, head = next(rows, (1, []))
    columns = [n for n, cell in enumerate(head) if cell.strip().casefold() == _COLUMN]
    if not columns:
        raise _NotRead(1, _NO_COLUMN)
    return [(line, cells[n]) for line, cells in rows for n in columns if n < len(cells)]


def _of_workbook(path: Path) -> list[Entry]:
    """Read the column of names on every sheet that is not empty."""
    # Imported here because most lists are text.
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, data_only=True)
        sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        raise UnicodeError from error
    entries: list[Entry] = []
    for rows in sheets:
        texts = [(n, ["" if cell is None else str(cell) for cell in row]) for n, row in enumerate(rows, 1)]
        begun = [row for row in texts if any(cell.strip() for cell in row[1])]
        if begun:
            entries += _of_table(begun)
    return entries
