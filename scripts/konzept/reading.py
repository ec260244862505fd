"""CSV files → typed tables; problems are collected, never raised one by one.

Our reader takes what Excel and editors really write (byte order mark or not, German dates)
and keeps the line of every row.  Types, constraints and keys are judged by frictionless
from `datapackage.json`; its findings become German sentences with file, line and column.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from konzept import german, lean
from konzept.package import Column, Package, PackageError, Table, load_package
from konzept.problems import Problem, suggestion
from konzept.saving import State, state

lean.leave_out_grammars()
import frictionless  # noqa: E402
from frictionless import errors as fe  # noqa: E402

_DTYPES = {"integer": "Int64", "number": "Float64"}
_TRIES = 5
"""So often a folder is read again that changes while it is read."""
UNREADABLE = (
    "Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen."
)
_NOT_A_VALUE = "?"
"""Stands for a cell that is no number or date, whatever a more lenient reader would make of it."""


@dataclass(frozen=True)
class Reading:
    """What a data folder holds: typed tables, the line of each row, and all problems."""

    package: Package | None
    tables: Mapping[str, pd.DataFrame]
    lines: Mapping[str, tuple[int, ...]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Sheet:
    """A table as text, as it stands in the file, with the line of each row."""

    table: Table
    rows: list[list[str]]
    lines: list[int]

    def cleaned(self) -> list[list[str]]:
        """Give the rows in the notation of Table Schema."""
        columns = self.table.columns
        return [[_clean(cell, c) for cell, c in zip(row, columns, strict=True)] for row in self.rows]


def read_folder(folder: Path) -> Reading:
    """Read all tables of a data folder.

    Parameters
    ----------
    folder
        The data folder with `datapackage.json` and one CSV file a table.

    Returns
    -------
    Reading
        Tables without rows where a file could not be read; the problems say why.
    """
    for _ in range(_TRIES):
        before = state(folder)
        reading = _read(folder, before)
        # Files that an import exchanged in between would be a mix of old and new.
        if state(folder) == before:
            break
    return reading


@lru_cache(maxsize=2)
def _read(folder: Path, before: State) -> Reading:
    """Read a state of the folder once, whoever asks: the check, the concept, the list of sources."""
    try:
        package = load_package(folder)
    except PackageError as error:
        place, _, message = str(error).partition(": ")
        return Reading(None, {}, {}, (Problem(place, None, None, message),))
    problems: list[Problem] = []
    sheets = {name: _read_sheet(package, table, problems) for name, table in package.tables.items()}
    readable = not problems
    typed = _judge(package, sheets, problems)
    if readable:
        # A table that could not be read would make every key that points to it look wrong.
        problems += _lost_keys(package, sheets)
    return Reading(
        package,
        {name: _frame(sheet.table, typed[name]) for name, sheet in sheets.items()},
        {name: tuple(sheet.lines) for name, sheet in sheets.items()},
        tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or "", p.message))),
    )


def place(package: Package, table: str) -> str:
    """Name a table's file as messages do."""
    return f"{package.folder.name}/{package.tables[table].file}"


def _read_sheet(package: Package, table: Table, problems: list[Problem]) -> _Sheet:
    """Read one file as text and report everything that keeps it from being a table."""
    sheet = _Sheet(table, [], [])
    file = place(package, table.name)

    def report(message: str, line: int | None = None, column: str | None = None) -> None:
        problems.append(Problem(file, line, column, message))

    try:
        text = (package.folder / table.file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        report("Diese Datei fehlt. Holen Sie sie zurück, zum Beispiel aus der letzten Fassung in git.")
        return sheet
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        report(
            "Die Datei ist nicht in UTF-8 gespeichert. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
            line,
        )
        return sheet
    except OSError:
        report(UNREADABLE)
        return sheet
    if "\0" in text:
        report(
            "Die Datei enthält Nullzeichen; sie ist keine CSV-Datei oder beschädigt. Holen Sie ihre letzte Fassung aus git zurück."
        )
        return sheet

    # Excel for Windows ends lines with CR LF, older Macs with CR alone.
    stream = _Lines(text)
    reader = csv.reader(stream, delimiter=";", strict=True)
    line = 1
    try:
        header = [cell.strip() for cell in next(reader, [])]
        while header and not header[-1]:
            header.pop()  # Excel writes an empty column where one was formatted
        if not header:
            report("Die Datei ist leer. Sie braucht mindestens die Kopfzeile.")
            return sheet
        if not _check_header(header, table, report):
            return sheet
        line = reader.line_num + 1
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            if not _quotes_are_sound(stream.lines[line - 1 : reader.line_num]):
                report(_QUOTES, line)
            elif any(cells):
                _take_row(cells, line, sheet, header, report)
            line = reader.line_num + 1
    except csv.Error:
        report(_QUOTES, line)
    return sheet


_QUOTES = (
    "Ein Anführungszeichen ist nicht richtig geschlossen. Um einen Text mit Semikolon oder Anführungszeichen "
    "stehen gerade Anführungszeichen, und die in seinem Inneren sind verdoppelt."
)
_QUOTED = r'[ \t]*(?:"(?:[^"]|"")*"|[^";\r\n]*)[ \t]*'
_SOUND = re.compile(rf"{_QUOTED}(?:;{_QUOTED})*[\r\n]*")


class _Lines:
    """Gives a text line by line and keeps the lines, so that a row can be seen as it was typed."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="").readlines()
        self._given = iter(self.lines)

    def __iter__(self) -> Iterator[str]:
        return self._given


def _quotes_are_sound(lines: list[str]) -> bool:
    """Tell whether quotation marks stand only around cells: the reader takes others for text."""
    typed = "".join(lines)
    return '"' not in typed or _SOUND.fullmatch(typed) is not None


def _take_row(
    cells: list[str], line: int, sheet: _Sheet, header: list[str], report: Callable[..., None]
) -> None:
    """Keep a row, or say why it is none."""
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        report(_wrong_width(len(cells), len(header)), line)
        return
    if cells == header:
        report("Die Kopfzeile steht ein zweites Mal. Löschen Sie diese Zeile.", line)
        return
    for cell, column in zip(cells, sheet.table.columns, strict=True):
        if message := _strange_letters(cell, column, sheet.table):
            report(message, line, column.name)
    sheet.rows.append(cells)
    sheet.lines.append(line)


_INVISIBLE = "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}\N{SOFT HYPHEN}"
_LOST = re.compile("\N{REPLACEMENT CHARACTER}|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
"""What umlauts and quotation marks become when UTF-8 is read as another encoding."""


def _strange_letters(cell: str, column: Column, table: Table) -> str | None:
    """Find what nobody typed on purpose: invisible characters, and umlauts lost on the way."""
    if cell.isascii() and cell.isprintable():
        return None
    if match := _LOST.search(cell):
        return (
            f"Hier steht „{match[0]}“; ein Umlaut oder ein Anführungszeichen ist beim Umwandeln verloren gegangen. "
            "Tippen Sie das Wort neu."
        )
    free = column.type == "string" and not column.enum and column.name not in {*table.key, *table.references}
    for letter in cell:
        kind = unicodedata.category(letter)
        # In free text, other scripts need joiners and marks of direction.
        if letter in _INVISIBLE or (kind == "Cc" and letter not in "\n\r\t") or (kind == "Cf" and not free):
            return (
                f"In der Zelle steht ein unsichtbares Zeichen (U+{ord(letter):04X}). "
                "Leeren Sie die Zelle und tippen Sie ihren Inhalt neu."
            )
    return None


def _check_header(header: list[str], table: Table, report: Callable[..., None]) -> bool:
    expected = [column.name for column in table.columns]
    if len(header) == 1 and len(expected) > 1:
        report(
            "Die Spalten sind nicht mit Semikolon getrennt. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
            1,
        )
        return False
    if header == expected:
        return True
    for name in expected:
        if name not in header:
            report("Diese Spalte fehlt. Ergänzen Sie sie in der Kopfzeile.", 1, name)
        elif header.count(name) > 1:
            report("Diese Spalte steht doppelt. Löschen Sie eine von beiden.", 1, name)
    for number, name in enumerate(header, 1):
        if not name:
            report(f"Die {number}. Spalte hat keine Überschrift. Ergänzen oder löschen Sie sie.", 1)
        elif name not in expected:
            left = [n for n in expected if n not in header]
            report(f"Diese Spalte kennt die Tabelle nicht.{suggestion(name, left)}", 1, name)
    if sorted(header) == sorted(expected):
        # Headings moved without their cells would look the same as whole columns moved.
        at = next(i for i, name in enumerate(header) if name != expected[i])
        report(
            f"Die Spalten stehen in anderer Reihenfolge; hier gehört „{expected[at]}“ hin. "
            "Stellen Sie die Reihenfolge wieder her.",
            1,
            header[at],
        )
    return False


def _wrong_width(found: int, expected: int) -> str:
    return (
        f"Die Zeile hat {found} statt {expected} Zellen. "
        "Oft fehlen Anführungszeichen um einen Text, der ein Semikolon enthält."
    )


def _clean(cell: str, column: Column) -> str:
    """Write German dates and numbers as Table Schema does; leave what is neither to its judgement."""
    if not cell:
        return cell
    try:
        if column.type == "date":
            return german.parse_date(cell.strip()).isoformat()
        if column.type in _DTYPES:
            return str(german.parse_number(cell.strip()))
    except ValueError:
        return _NOT_A_VALUE
    return cell


def _judge(
    package: Package, sheets: Mapping[str, _Sheet], problems: list[Problem]
) -> dict[str, list[dict[str, Any]]]:
    """Let frictionless type the cells and judge types, constraints and primary keys."""
    checked = frictionless.Package(resources=[_resource(package, sheet) for sheet in sheets.values()])
    typed: dict[str, list[dict[str, Any]]] = {}
    for resource in checked.resources:
        sheet = sheets[resource.name]
        rows = []
        with resource:
            for row in resource.row_stream:  # type: ignore[attr-defined]  # set on opening
                rows.append(row.to_dict())
                for error in row.errors:
                    problems.extend(_translate(error, package, sheet))
        typed[resource.name] = rows
    return typed


def _resource(package: Package, sheet: _Sheet) -> frictionless.Resource:
    descriptor = next(r for r in package.descriptor["resources"] if r["name"] == sheet.table.name)
    schema = dict(descriptor["schema"])
    # Our reader has put the decimal comma right already.
    schema["fields"] = [{k: v for k, v in f.items() if k != "decimalChar"} for f in schema["fields"]]
    # Frictionless would read a table anew for every key that points to it; see `_lost_keys`.
    schema.pop("foreignKeys", None)
    header = [column.name for column in sheet.table.columns]
    return frictionless.Resource(
        name=sheet.table.name,
        data=[header, *sheet.cleaned()],
        schema=frictionless.Schema.from_descriptor(schema),
    )


def _lost_keys(package: Package, sheets: Mapping[str, _Sheet]) -> Iterator[Problem]:
    """Find keys that the table they point to does not have."""
    for sheet in sheets.values():
        for name, (table, target) in sheet.table.references.items():
            known = _column(sheets[table], target)
            allowed = set(known)
            for line, key in zip(sheet.lines, _column(sheet, name), strict=True):
                if key and key not in allowed:
                    message = f"„{key}“ gibt es in {table} nicht.{suggestion(key, known)}"
                    yield Problem(place(package, sheet.table.name), line, name, message, key)


def _column(sheet: _Sheet, name: str) -> list[str]:
    at = [column.name for column in sheet.table.columns].index(name)
    return [row[at] for row in sheet.rows]


def _translate(error: frictionless.Error, package: Package, sheet: _Sheet) -> Iterator[Problem]:
    """Say one of frictionless' findings as a German sentence at its place."""
    file = place(package, sheet.table.name)
    if not isinstance(error, fe.RowError):
        yield Problem(file, None, None, _UNEXPECTED)
        return
    # Row 1 is the header.
    index = error.row_number - 2
    line = sheet.lines[index]
    cells = dict(zip([c.name for c in sheet.table.columns], sheet.rows[index], strict=True))
    if isinstance(error, fe.PrimaryKeyError):
        yield _key_problem(file, line, sheet, cells)
    elif isinstance(error, fe.CellError):
        column = next(c for c in sheet.table.columns if c.name == error.field_name)
        message = _cell_message(error, column, cells[column.name])
        yield Problem(file, line, column.name, message, cells[column.name])
    else:
        yield Problem(file, line, None, _UNEXPECTED)


_UNEXPECTED = "Dies passt nicht zur Beschreibung der Tabelle in datapackage.json. Vergleichen Sie es mit anderen Zeilen."


def _key_problem(file: str, line: int, sheet: _Sheet, cells: Mapping[str, str]) -> Problem:
    names = sheet.table.key
    shown = " + ".join(names)
    missing = [name for name in names if not cells[name]]
    if missing:
        return Problem(
            file,
            line,
            missing[0],
            "Diese Angabe ist ein Schlüssel und darf nicht fehlen. Tragen Sie sie ein.",
        )
    value = " + ".join(cells[name] for name in names)
    return Problem(file, line, shown, f"„{value}“ steht schon in einer anderen Zeile. {_OWN_KEY}", value)


_OWN_KEY = "Jede Zeile braucht eine eigene Angabe."


def _cell_message(error: frictionless.Error, column: Column, value: str) -> str:
    if isinstance(error, fe.UniqueError):
        return f"„{value}“ steht schon in einer anderen Zeile. {_OWN_KEY}"
    if isinstance(error, fe.ConstraintError):
        if not value:
            return "Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
        if column.enum:
            return f"„{value}“ ist hier nicht vorgesehen.{suggestion(value, column.enum)}"
        if "pattern" in error.note:
            return f"„{value}“ hat nicht die vorgesehene Form. {_form(error.note)}"
        return f"„{value}“ liegt außerhalb des erlaubten Bereichs. {_range(error.note)}"
    if isinstance(error, fe.TypeError):
        return type_message(column.type, value)
    return _UNEXPECTED


def _form(note: str) -> str:
    """Say in words what a pattern asks for."""
    pattern = note.partition('pattern" is "')[2].rpartition('"')[0]
    if match := re.fullmatch(r"\^(\w-)\[a-z0-9-\]\+\$", pattern):
        return (
            f"Eine Id beginnt hier mit „{match[1]}“; danach stehen Kleinbuchstaben, Ziffern und Bindestriche."
        )
    return {
        r"^\d{8}$": "Ein Gemeindeschlüssel hat acht Ziffern.",
        r"^https?://\S+$": "Eine Adresse beginnt mit „https://“ und enthält keine Leerzeichen.",
        r"^[^@\s]+@[^@\s]+\.[a-z]+$": "Eine E-Mail-Adresse sieht aus wie „name@beispiel.de“.",
    }.get(pattern, "Erlaubt sind Kleinbuchstaben, Ziffern und Bindestriche.")


def _range(note: str) -> str:
    match = re.search(r'constraint "(minimum|maximum)" is "(.+?)"', note)
    if match is None:
        return "Prüfen Sie die Angabe."
    return f"Der {'kleinste' if match[1] == 'minimum' else 'größte'} erlaubte Wert ist {match[2]}."


def type_message(kind: str, value: str) -> str:
    """Say that a text is no number or date, and how to write one."""
    if kind in ("number", "integer"):
        if readings := german.two_readings(value.strip()):
            return (
                f"„{value}“ ist mehrdeutig: {readings[0]} oder {readings[1]}? "
                "Schreiben Sie Tausender ohne Punkt und Nachkommastellen mit Komma."
            )
        example = "33000 oder 6,55" if kind == "number" else "2024"
        return f"„{value}“ ist keine Zahl. Schreiben Sie zum Beispiel {example}."
    if kind == "date":
        return f"„{value}“ ist kein Tag des Kalenders. Schreiben Sie zum Beispiel 2025-06-25."
    return _UNEXPECTED


def _frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in table.columns], dtype=object)
    types = {c.name: _DTYPES[c.type] for c in table.columns if c.type in _DTYPES}
    return frame.astype(types)
