"""Observations as they may be drawn: in lines, segments and words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from konzept.concept.claims import Dated
from konzept.concept.model import Area, Indicator, Observation
from konzept.concept.values import at, shown_number, value_text, when


@dataclass(frozen=True)
class Series:
    """Dated values of one area and group from one source: what may be one line."""

    area: Area
    group: str
    values: tuple[Observation, ...]

    @property
    def last(self) -> Observation:
        """The newest value."""
        return self.values[-1]

    def segments(self) -> list[list[Observation]]:
        """Cut the series at breaks and at years without a value."""
        years = [year_of(o) for o in self.values]
        steps = [b - a for a, b in itertools.pairwise(years) if b > a]
        # Half as much again as usual: yearly series break at one missing year, censuses may be uneven.
        step = 1.5 * median(steps) if steps else 1
        parts: list[list[Observation]] = []
        for before, now in zip([None, *self.values], self.values, strict=False):
            if before is None or now.after_break or year_of(now) - year_of(before) > step:
                parts.append([])
            parts[-1].append(now)
        return parts


def series_of(indicator: Indicator) -> list[Series]:
    """Sort the dated values into lines, the area nearest to the town first."""
    grouped: dict[tuple[str, str, str], list[Observation]] = {}
    for o in indicator.actual():
        if o.value is not None and o.year is not None:
            grouped.setdefault((o.area.id, o.group, o.source.id), []).append(o)
    series = [Series(values[0].area, values[0].group, _in_time(values)) for values in grouped.values()]
    # Of several sources for the same area the one with the newest value speaks.
    series.sort(key=lambda s: when(s.last), reverse=True)
    return sorted(series, key=lambda s: s.area.rank)


def _in_time(values: Iterable[Observation]) -> tuple[Observation, ...]:
    """Sort values by time; of equally new ones the first row comes last, for that is what `newest` chooses."""
    later_rows_first = tuple(values)[::-1]
    return tuple(sorted(later_rows_first, key=when))


def dated(indicator: Indicator, o: Observation) -> Dated:
    """Give a value as claims are made of it."""
    return Dated(
        time=o.time,
        at=at(o),
        text=value_text(indicator, o),
        shown=shown_number(indicator, o),
        exact=Decimal(str(o.value or 0)),
        circa=o.precision == "circa",
    )


def notes_in_words(indicator: Indicator, observed: Iterable[Observation]) -> list[str]:
    """Say what has no place on an axis: trends without a number, suppressed values."""
    notes = []
    for o in observed:
        if o.precision == "nur_trend":
            notes.append(
                f"→ {o.area.name}, {o.time}: {o.note or 'Richtung genannt'} (ohne Zahl in der Quelle)"
            )
        if o.precision == "gesperrt":
            notes.append(f"○ {o.area.name}, {o.group}, {o.time}: {o.note or 'Wert nicht veröffentlicht'}")
    return notes


def year_of(o: Observation) -> int:
    """Give the year of a dated observation."""
    assert o.year is not None
    return o.year
