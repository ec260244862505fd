"""CSV files → typed tables; problems are collected, never raised one by one.

Our reader takes what Excel and editors really write (byte order mark or not, German dates)
and keeps the line of every row.  Types, constraints and keys are judged by frictionless
from `datapackage.json`; its findings become German sentences with file, line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
from frictionless import errors as fe

from konzept import german
from konzept.package import Column, Package, PackageError, Table, load_package
from konzept.problems import Problem, suggestion

_DTYPES = {"integer": "Int64", "number": "Float64"}
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
    try:
        package = load_package(folder)
    except PackageError as error:
        place, _, message = str(error).partition(": ")
        return Reading(None, {}, {}, (Problem(place, None, None, message),))
    problems: list[Problem] = []
    sheets = {name: _read_sheet(package, table, problems) for name, table in package.tables.items()}
    readable = not problems
    typed = _judge(package, sheets, problems, keys=readable)
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
        report("Diese Datei fehlt.")
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
        report("Die Datei enthält Nullzeichen; sie ist keine CSV-Datei oder beschädigt.")
        return sheet

    # Excel for Windows ends lines with CR LF, older Macs with CR alone.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        header = next(reader, None)
        if header is None:
            report("Die Datei ist leer. Sie braucht mindestens die Kopfzeile.")
            return sheet
        if not _check_header(header, table, report):
            return sheet
        order = [header.index(column.name) for column in table.columns]
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                if len(cells) != len(header):
                    report(_wrong_width(len(cells), len(header)), line)
                else:
                    sheet.rows.append([cells[i] for i in order])
                    sheet.lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        report("Ein Anführungszeichen ist nicht richtig geschlossen.", reader.line_num)
    return sheet


def _check_header(header: list[str], table: Table, report: Callable[..., None]) -> bool:
    expected = [column.name for column in table.columns]
    if len(header) == 1 and len(expected) > 1:
        report("Die Spalten sind nicht mit Semikolon getrennt.", 1)
        return False
    complete = True
    for name in expected:
        if header.count(name) != 1:
            complete = False
            report("Diese Spalte fehlt." if name not in header else "Diese Spalte steht doppelt.", 1, name)
    for name in header:
        if name not in expected:
            complete = False
            left = [n for n in expected if n not in header]
            report(f"Diese Spalte kennt die Tabelle nicht.{suggestion(name, left)}", 1, name)
    return complete


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
    package: Package, sheets: Mapping[str, _Sheet], problems: list[Problem], *, keys: bool
) -> dict[str, list[dict[str, Any]]]:
    """Let frictionless type the cells and judge types, constraints and keys."""
    checked = frictionless.Package(
        resources=[_resource(package, sheet, keys=keys) for sheet in sheets.values()]
    )
    typed: dict[str, list[dict[str, Any]]] = {}
    for resource in checked.resources:
        sheet = sheets[resource.name]
        rows = []
        with resource:
            for row in resource.row_stream:  # type: ignore[attr-defined]  # set on opening
                rows.append(row.to_dict())
                for error in row.errors:
                    problems.extend(_translate(error, package, sheet, sheets))
        typed[resource.name] = rows
    return typed


def _resource(package: Package, sheet: _Sheet, *, keys: bool) -> frictionless.Resource:
    descriptor = next(r for r in package.descriptor["resources"] if r["name"] == sheet.table.name)
    schema = dict(descriptor["schema"])
    # Our reader has put the decimal comma right already.
    schema["fields"] = [{k: v for k, v in f.items() if k != "decimalChar"} for f in schema["fields"]]
    if not keys:
        # A table that could not be read would make every key that points to it look wrong.
        schema.pop("foreignKeys", None)
    header = [column.name for column in sheet.table.columns]
    return frictionless.Resource(
        name=sheet.table.name,
        data=[header, *sheet.cleaned()],
        schema=frictionless.Schema.from_descriptor(schema),
    )


def _translate(
    error: frictionless.Error, package: Package, sheet: _Sheet, sheets: Mapping[str, _Sheet]
) -> Iterator[Problem]:
    """Say one of frictionless' findings as a German sentence at its place."""
    file = place(package, sheet.table.name)
    if not isinstance(error, fe.RowError):
        yield Problem(file, None, None, "Die Tabelle lässt sich nicht lesen.")
        return
    # Row 1 is the header.
    index = error.row_number - 2
    line = sheet.lines[index]
    cells = dict(zip([c.name for c in sheet.table.columns], sheet.rows[index], strict=True))
    if isinstance(error, fe.ForeignKeyError):
        for name in error.field_names:
            table, target = sheet.table.references[name]
            position = [c.name for c in sheets[table].table.columns].index(target)
            known = [row[position] for row in sheets[table].rows]
            hint = suggestion(cells[name], known)
            yield Problem(file, line, name, f"„{cells[name]}“ gibt es in {table} nicht.{hint}", cells[name])
    elif isinstance(error, fe.PrimaryKeyError):
        yield _key_problem(file, line, sheet, cells)
    elif isinstance(error, fe.CellError):
        column = next(c for c in sheet.table.columns if c.name == error.field_name)
        message = _cell_message(error, column, cells[column.name])
        yield Problem(file, line, column.name, message, cells[column.name])
    else:
        yield Problem(file, line, None, "Die Zeile passt nicht zur Tabelle.")


def _key_problem(file: str, line: int, sheet: _Sheet, cells: Mapping[str, str]) -> Problem:
    names = sheet.table.key
    shown = " + ".join(names)
    missing = [name for name in names if not cells[name]]
    if missing:
        return Problem(file, line, missing[0], "Diese Angabe ist ein Schlüssel und darf nicht fehlen.")
    value = " + ".join(cells[name] for name in names)
    return Problem(file, line, shown, f"„{value}“ steht schon in einer anderen Zeile.", value)


def _cell_message(error: frictionless.Error, column: Column, value: str) -> str:
    if isinstance(error, fe.UniqueError):
        return f"„{value}“ steht schon in einer anderen Zeile."
    if isinstance(error, fe.ConstraintError):
        if not value:
            return "Diese Angabe darf nicht fehlen."
        if column.enum:
            return f"„{value}“ ist hier nicht vorgesehen.{suggestion(value, column.enum)}"
        if "pattern" in error.note:
            return f"„{value}“ hat nicht die vorgesehene Form."
        return f"„{value}“ liegt außerhalb des erlaubten Bereichs."
    if isinstance(error, fe.TypeError):
        return _type_message(column.type, value)
    return f"„{value}“ passt nicht in diese Spalte."


def _type_message(kind: str, value: str) -> str:
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
    return f"„{value}“ passt nicht in diese Spalte."


def _frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in table.columns], dtype=object)
    types = {c.name: _DTYPES[c.type] for c in table.columns if c.type in _DTYPES}
    return frame.astype(types)
