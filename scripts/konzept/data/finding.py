"""What a rule finds: the table, the row's position, the column, and a German sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from konzept.data.package import Package
from konzept.data.problems import Problem
from konzept.data.reading import Reading, Rows, place
from konzept.words import german


@dataclass(frozen=True)
class Finding:
    """A rule broken in one row."""

    table: str
    row: int
    column: str | None
    message: str


Data = Mapping[str, Rows]
Rule = Callable[[Package, Data], Iterator[Finding]]


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


def last_known_day(document: Mapping[str, Any]) -> dt.date | None:
    """Give the day by which a document had appeared, as far as it is recorded."""
    if document["datum"] is None or document["datum_genauigkeit"] == "fruehestens":
        day: dt.date | None = document["zugriff_am"]
        return day
    return german.latest_day(document["datum"], document["datum_genauigkeit"])
