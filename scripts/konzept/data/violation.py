"""What a rule finds: the table, the row's position, the column, and a German sentence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from konzept.data.package import Column, Package
from konzept.data.problems import Problem
from konzept.data.reading import Reading, Rows, place
from konzept.words import german


@dataclass(frozen=True)
class Violation:
    """A rule broken in one row."""

    table: str
    row: int
    column: str | None
    message: str


Data = Mapping[str, Rows]
Row = Mapping[str, Any]
Rule = Callable[[Package, Data], Iterator[Violation]]


@dataclass(frozen=True)
class RowRule:
    """A rule that each row keeps or breaks by itself: when it is broken, and what to say then."""

    table: str
    column: str | None
    broken: Callable[[Row, Package], object]
    message: str | Callable[[Row, Package], str]

    def __call__(self, package: Package, data: Data) -> Iterator[Violation]:
        """Find the rows that break the rule."""
        for i, row in enumerate(data[self.table]):
            if self.broken(row, package):
                told = self.message if isinstance(self.message, str) else self.message(row, package)
                yield Violation(self.table, i, self.column, told)


def apply(rules: Iterable[Rule], reading: Reading, *, hint: bool = False) -> tuple[Problem, ...]:
    """Apply rules to tables that were read without problems."""
    package = reading.package
    if package is None or reading.problems:
        return ()
    found = [finding for rule in rules for finding in rule(package, reading.rows)]
    return tuple(
        sorted(
            Problem(place(package, f.table), reading.lines[f.table][f.row], f.column, f.message, hint=hint)
            for f in found
        )
    )


def last_known_day(document: Row) -> dt.date | None:
    """Give the day by which a document had appeared, as far as it is recorded."""
    if document["datum"] is None or document["datum_genauigkeit"] == "fruehestens":
        day: dt.date | None = document["zugriff_am"]
        return day
    return german.latest_day(document["datum"], document["datum_genauigkeit"])


Key = Callable[[Row], Any]


def repeated(rows: Rows, key: Key) -> Iterator[tuple[int, Row, Row]]:
    """Give each row whose key an earlier one has: its position, itself, and the first of them."""
    first: dict[Any, Row] = {}
    for i, row in enumerate(rows):
        other = first.setdefault(key(row), row)
        if other is not row:
            yield i, row, other


def grouped(rows: Rows, key: Key, among: Callable[[Row], bool]) -> Iterable[list[int]]:
    """Give the positions of rows of one key, as far as they are among those that count."""
    found: dict[Any, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        if among(row):
            found[key(row)].append(i)
    return found.values()


def filled(
    package: Package, data: Data, wanted: Callable[[Column], bool]
) -> Iterator[tuple[str, int, str, Any]]:
    """Give every filled cell of some columns of all tables: table, position of the row, column, value."""
    for table in package.tables.values():
        for column in filter(wanted, table.columns):
            for i, row in enumerate(data[table.name]):
                if row[column.name]:
                    yield table.name, i, column.name, row[column.name]


def is_free_text(column: Column) -> bool:
    """Tell whether anything may stand in a column."""
    return column.type == "string" and not column.enum and not column.pattern


def earliest_day(document: Row) -> dt.date | None:
    """Give the day before which a document had not appeared, as far as it is recorded."""
    if document["datum"] is None or document["datum_genauigkeit"] == "spaetestens":
        return None
    return german.earliest_day(document["datum"], document["datum_genauigkeit"])
