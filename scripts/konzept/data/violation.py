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


Row = Mapping[str, Any]
Key = Callable[[Row], Any]


class Tables:
    """The tables as read, what describes them, and the rows that others refer to."""

    def __init__(self, package: Package, rows: Mapping[str, Rows]) -> None:
        self.package, self.stand, self.town = package, package.stand, package.town
        self._rows = rows
        self._by_key: dict[str, dict[str, Row]] = {}

    def __getitem__(self, table: str) -> Rows:
        return self._rows[table]

    def row(self, table: str, key: str) -> Row:
        """Find a row by its key."""
        if table not in self._by_key:
            self._by_key[table] = {row["id"]: row for row in self._rows[table]}
        return self._by_key[table][key]


Rule = Callable[[Tables], Iterator[Violation]]


@dataclass(frozen=True)
class RowRule:
    """A rule that each row keeps or breaks by itself and what it refers to: when it is broken, and what to say then."""

    table: str
    column: str | None
    broken: Callable[[Row, Tables], object]
    message: str | Callable[[Row, Tables], str]

    def __call__(self, data: Tables) -> Iterator[Violation]:
        """Find the rows that break the rule."""
        broken, rows = self.broken, data[self.table]
        for i in [i for i, row in enumerate(rows) if broken(row, data)]:
            told = self.message if isinstance(self.message, str) else self.message(rows[i], data)
            yield Violation(self.table, i, self.column, told)


def standing_once(
    table: str,
    column: str | None,
    key: Key,
    message: Callable[[Row, Row], str],
    *,
    may_repeat: Callable[[Row, Row], object] = lambda row, first: False,
) -> Rule:
    """Make a rule that a row breaks whose key an earlier one has, unless both may have it."""

    def repeated(data: Tables) -> Iterator[Violation]:
        firsts: dict[Any, Row] = {}
        for i, row in enumerate(data[table]):
            first = firsts.setdefault(key(row), row)
            if first is not row and not may_repeat(row, first):
                yield Violation(table, i, column, message(row, first))

    return repeated


def of_cells(wanted: Callable[[Column], bool], fault: Callable[[Any], str | None]) -> Rule:
    """Make a rule that single cells break, of those columns of all tables that are wanted, by what stands in them."""

    def faulty(data: Tables) -> Iterator[Violation]:
        for table in data.package.tables.values():
            for column in filter(wanted, table.columns):
                values = [row[column.name] for row in data[table.name]]
                # A column repeats its cells: each is judged once.
                faults = {value: says for value in set(values) if value and (says := fault(value))}
                for i, value in enumerate(values) if faults else ():
                    if value in faults:
                        yield Violation(table.name, i, column.name, faults[value])

    return faulty


def apply(rules: Iterable[Rule], reading: Reading, *, hint: bool = False) -> tuple[Problem, ...]:
    """Apply rules to tables that were read without problems."""
    package = reading.package
    if package is None or reading.problems:
        return ()
    tables = Tables(package, reading.rows)
    found = [finding for rule in rules for finding in rule(tables)]
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


def grouped(rows: Rows, key: Key, among: Callable[[Row], bool]) -> Iterable[list[int]]:
    """Give the positions of rows of one key, as far as they are among those that count."""
    found: dict[Any, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        if among(row):
            found[key(row)].append(i)
    return found.values()


def is_free_text(column: Column) -> bool:
    """Tell whether anything may stand in a column."""
    return column.type == "string" and not column.enum and not column.pattern


def appeared(row: Row, data: Tables) -> dt.date | None:
    """Give the day by which a row's source had appeared, as far as it is recorded."""
    return last_known_day(data.row("dokumente", row["quelle_id"]))


def earliest_day(document: Row) -> dt.date | None:
    """Give the day before which a document had not appeared, as far as it is recorded."""
    if document["datum"] is None or document["datum_genauigkeit"] == "spaetestens":
        return None
    return german.earliest_day(document["datum"], document["datum_genauigkeit"])
