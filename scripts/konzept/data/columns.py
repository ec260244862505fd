"""A table as text, its cells as values, whole columns at a time, and what is wrong with each.

What a cell may hold is said in `schema.json` (Table Schema); the tests compare every judgement with frictionless'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from konzept.data.describing import limits
from konzept.data.package import Column, Table
from konzept.data.problems import Problem, suggestion, type_message
from konzept.words import german

_TOO_LARGE = 10**18
"""Numbers from here on do not fit into a column of integers."""

Values = Mapping[str, Sequence[Any]]
"""The values of each column; None for a cell that is empty, or no value of its column's type."""


@dataclass(frozen=True)
class Sheet:
    """A table as text, as it stands in the file, with the line of each row."""

    table: Table
    rows: list[list[str]]
    lines: list[int]

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The cells of each column, once all rows are there."""
        names = [column.name for column in self.table.columns]
        return dict(zip(names, zip(*self.rows, strict=True) if self.rows else [()] * len(names), strict=True))


def typed(sheet: Sheet, schema: Mapping[str, Any], file: str) -> tuple[Values, list[Problem]]:
    """Give a table's values, and say where types, constraints or the primary key do not hold.

    Parameters
    ----------
    sheet
        The table as text.
    schema
        Its Table Schema.
    file
        The file's name in messages.
    """
    values: dict[str, list[Any]] = {}
    problems: list[Problem] = []
    columns = sheet.columns
    for column, field in zip(sheet.table.columns, schema["fields"], strict=True):
        cells, bounds = columns[column.name], limits(field)
        # A column repeats its cells: each is judged once.
        known = {cell: _value(cell, column.type) for cell in set(cells)}
        values[column.name] = [known[cell] for cell in cells]
        wrong = {c: says for c, value in known.items() if (says := _fault(c, value, column, bounds))}
        told = [(i, wrong[cell]) for i, cell in enumerate(cells) if cell in wrong] if wrong else []
        if bounds.get("unique"):
            told += [(i, _again(cells[i])) for i in _repeated(values[column.name])]
        problems += [Problem(file, sheet.lines[i], column.name, says, cells[i]) for i, says in told]
    problems += _key_problems(sheet, values, file)
    for column in sheet.table.columns:
        # Compared as they are typed, calculated with as all programs do.
        if column.type == "number":
            values[column.name] = [None if v is None else float(v) for v in values[column.name]]
    return values, problems


def _value(cell: str, kind: str) -> Any:
    """Read a cell as its column's type; None for one that is empty or cannot be read so."""
    if not cell or kind == "string":
        return cell or None
    try:
        if kind == "date":
            return german.parse_date(cell)
        number = german.parse_number(cell)
        if abs(number) >= _TOO_LARGE:
            return None
        return int(str(number)) if kind == "integer" else number
    except ValueError:
        return None


def _fault(cell: str, value: Any, column: Column, bounds: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a cell, whatever stands in others."""
    if not cell:
        return "Diese Angabe darf nicht fehlen. Tragen Sie sie ein." if column.required else None
    if value is None:
        return type_message(column.type, cell)
    if column.enum and value not in column.enum:
        return f"„{cell}“ ist hier nicht vorgesehen.{suggestion(cell, column.enum)}"
    if column.pattern and not re.match(f"^{column.pattern}$", value):
        return f"„{cell}“ hat nicht die vorgesehene Form. {_form(column.pattern)}"
    if (bound := _passed_bound(value, bounds)) is not None:
        return f"„{cell}“ liegt außerhalb des erlaubten Bereichs. {bound}"
    return None


def _form(pattern: str) -> str:
    """Say in words what a pattern asks for."""
    if match := re.fullmatch(r"\^(\w-)\[a-z0-9-\]\+\$", pattern):
        return (
            f"Eine Id beginnt hier mit „{match[1]}“; danach stehen Kleinbuchstaben, Ziffern und Bindestriche."
        )
    return {
        r"^(\d{2}|\d{3}|\d{5}|\d{8}|\d{9})$": "Der Schlüssel einer Gemeinde hat acht Ziffern, der einer Samtgemeinde neun, der eines Kreises fünf, der eines Landes zwei.",
        r"^[0-9a-f]{8}(-[0-9a-f]{8}){2}$": "Diese Angabe schreibt „konzept freigeben“. Löschen Sie die Zeile, und geben Sie das Kapitel noch einmal frei.",
        r"^https?://\S+$": "Eine Adresse beginnt mit „https://“ und enthält keine Leerzeichen.",
        r"^[^@\s]+@[^@\s]+\.[a-z]+$": "Eine E-Mail-Adresse sieht aus wie „name@beispiel.de“.",
    }.get(pattern, "Erlaubt sind Kleinbuchstaben, Ziffern und Bindestriche.")


def _passed_bound(value: Any, bounds: Mapping[str, Any]) -> str | None:
    """Name the limit that a value is beyond."""
    for name, sign, says in (("minimum", 1, "kleinste"), ("maximum", -1, "größte")):
        if name in bounds and sign * value < sign * Decimal(str(bounds[name])):
            return f"Der {says} erlaubte Wert ist {bounds[name]}."
    if isinstance(value, str) and not (
        bounds.get("minLength", 0) <= len(value) <= bounds.get("maxLength", len(value))
    ):
        return "Prüfen Sie die Angabe."
    return None


def _again(value: str) -> str:
    return f"„{value}“ steht schon in einer anderen Zeile. Jede Zeile braucht eine eigene Angabe."


def _repeated(values: Sequence[Any]) -> Iterator[int]:
    """Give the places of values that stand before already."""
    seen: set[Any] = set()
    for i, value in enumerate(values):
        if value is not None and value in seen:
            yield i
        seen.add(value)


def _key_problems(sheet: Sheet, values: Values, file: str) -> Iterator[Problem]:
    """Find rows that have no key, or that of another row."""
    names = sheet.table.key
    keys = list(zip(*(values[name] for name in names), strict=True))
    seen = {(None,) * len(names)}
    if len(seen.union(keys)) > len(keys):
        return  # no key twice, none empty: as nearly always
    columns = sheet.columns
    for i, key in enumerate(keys):
        cells = [columns[name][i] for name in names]
        missing = [name for name, cell in zip(names, cells, strict=True) if not cell]
        if len(missing) < key.count(None):
            continue  # a part of it is no value, which is told already
        if key in seen and missing:
            says = "Diese Angabe ist ein Schlüssel und darf nicht fehlen. Tragen Sie sie ein."
            yield Problem(file, sheet.lines[i], missing[0], says)
        elif key in seen:
            shown = " + ".join(cells)
            yield Problem(file, sheet.lines[i], " + ".join(names), _again(shown), shown)
        seen.add(key)
