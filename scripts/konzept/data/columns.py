"""A table as text, and its cells as values, whole columns at a time.

A table that is plainly sound gets its values here, which takes a small part of the time.
Every other one goes to `konzept.data.judging`, which knows what to say about it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from konzept.data.describing import limits
from konzept.data.package import Column, Table
from konzept.words import german

_NOT_A_VALUE = "?"
"""Stands for a cell that is no number or date, whatever a more lenient reader would make of it."""
_TOO_LARGE = 10**18
"""Numbers from here on do not fit into a column of integers."""

Values = Mapping[str, Sequence[Any]]
"""The values of each column; None for an empty cell."""


@dataclass(frozen=True)
class Sheet:
    """A table as text, as it stands in the file, with the line of each row."""

    table: Table
    rows: list[list[str]]
    lines: list[int]

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Give the cells of each column."""
        names = [column.name for column in self.table.columns]
        return dict(zip(names, zip(*self.rows, strict=True) if self.rows else [()] * len(names), strict=True))


def clean(cell: str, column: Column) -> str:
    """Write German dates and numbers as Table Schema does; leave what is neither to its judgement."""
    if not cell:
        return cell
    try:
        if column.type == "date":
            return german.parse_date(cell.strip()).isoformat()
        if column.type in ("integer", "number"):
            number = german.parse_number(cell.strip())
            return str(number) if abs(number) < _TOO_LARGE else _NOT_A_VALUE
    except ValueError:
        return _NOT_A_VALUE
    return cell


_READ: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "date": dt.date.fromisoformat,
}
_KNOWN = {
    *("name", "title", "description", "type", "constraints", "decimalChar", "aenderung", "frueher"),
    *("categories", "categoriesOrdered"),
}
"""What a column's description may say without changing how its cells are read."""


def sound_values(sheet: Sheet, schema: Mapping[str, Any]) -> Values | None:
    """Give a table's values when types, constraints and primary key are right without doubt, else None."""
    if schema.get("missingValues", [""]) != [""]:
        return None
    values: dict[str, list[Any]] = {}
    columns = sheet.columns()
    for column, field in zip(sheet.table.columns, schema["fields"], strict=True):
        try:
            known = _sound_cells(columns[column.name], column, field)
        except (ValueError, ArithmeticError, TypeError, KeyError, re.error):
            return None
        values[column.name] = [known[cell] for cell in columns[column.name]]
    keys = set(zip(*(values[name] for name in sheet.table.key), strict=True))
    nothing = (None,) * len(sheet.table.key)
    return values if len(keys) == len(sheet.rows) and nothing not in keys else None


def _sound_cells(cells: Sequence[str], column: Column, field: Mapping[str, Any]) -> dict[str, Any]:
    """Give the value of each cell of a column; an exception says that something may be wrong."""
    if not field.keys() <= _KNOWN:
        raise ValueError(field.keys() - _KNOWN)
    filled = set(cells) - {""}
    known = {cell: _READ[column.type](clean(cell, column)) for cell in filled}
    for name, limit in limits(field).items():
        if not _holds(name, limit, cells, set(known.values())):
            raise ValueError(name)
    if column.type == "number":
        known = {cell: float(value) for cell, value in known.items()}
    return {"": None, **known}


def _holds(name: str, limit: Any, cells: Sequence[str], values: set[Any]) -> bool:
    """Tell whether a constraint holds for a whole column; one that is not known here does not."""
    match name:
        case "required":
            return not limit or "" not in cells
        case "unique":
            return not limit or len(values) == len(cells) - cells.count("")
        case "enum":
            return values <= set(limit)
        case "pattern":
            return all(map(re.compile(f"^{limit}$").match, values))
        case "minimum":
            return not values or min(values) >= Decimal(str(limit))
        case "maximum":
            return not values or max(values) <= Decimal(str(limit))
    return False
