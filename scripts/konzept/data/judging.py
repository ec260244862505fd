"""What is wrong with a table: frictionless judges it, and its findings become German sentences.

Only tables that are not plainly sound come here: loading frictionless takes as long as a whole check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from konzept.data import lean
from konzept.data.columns import Sheet, Values, clean
from konzept.data.describing import limits
from konzept.data.package import Column
from konzept.data.problems import UNEXPECTED, Problem, suggestion, type_message

lean.leave_out_grammars()
import frictionless  # noqa: E402
from frictionless import errors as fe  # noqa: E402


def judge(sheet: Sheet, schema: Mapping[str, Any], file: str) -> tuple[Values, list[Problem]]:
    """Let frictionless type the cells and judge types, constraints and the primary key.

    Parameters
    ----------
    sheet
        The table as text.
    schema
        Its Table Schema.
    file
        The file's name in messages.
    """
    names = [column.name for column in sheet.table.columns]
    values: dict[str, list[Any]] = {name: [] for name in names}
    problems: list[Problem] = []
    with _resource(sheet, schema) as resource:
        for row in resource.row_stream:
            for name, value in row.to_dict().items():
                values[name].append(float(value) if isinstance(value, Decimal) else value)
            for error in row.errors:
                problems.extend(_translate(error, file, sheet))
    return values, problems


def _resource(sheet: Sheet, schema: Mapping[str, Any]) -> frictionless.Resource:
    # Our reader has put the decimal comma right already, and categories limit what may stand there.
    left = ("decimalChar", "categories", "categoriesOrdered")
    fields = [
        {**{k: v for k, v in f.items() if k not in left}, "constraints": limits(f)} for f in schema["fields"]
    ]
    # Frictionless would read a table anew for every key that points to it; `reading` looks for lost keys.
    own = {k: v for k, v in schema.items() if k != "foreignKeys"}
    columns = sheet.table.columns
    rows = [[clean(cell, c) for cell, c in zip(row, columns, strict=True)] for row in sheet.rows]
    return frictionless.Resource(
        name=sheet.table.name,
        data=[[column.name for column in columns], *rows],
        schema=frictionless.Schema.from_descriptor({**own, "fields": fields}),
    )


def _translate(error: frictionless.Error, file: str, sheet: Sheet) -> Iterator[Problem]:
    """Say one of frictionless' findings as a German sentence at its place."""
    if not isinstance(error, fe.RowError):
        yield Problem(file, None, None, UNEXPECTED)
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
        yield Problem(file, line, None, UNEXPECTED)


def _key_problem(file: str, line: int, sheet: Sheet, cells: Mapping[str, str]) -> Problem:
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
    return UNEXPECTED


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
