"""Observations as they may be drawn: in lines, segments and words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from konzept import german
from konzept.concept import Area, Indicator, Observation

NEAREST = ("ortsteil", "gemeinde", "umland", "kreis", "land", "bund")
"""Levels of areas by nearness to the people of a town."""


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
    series = [
        Series(values[0].area, values[0].group, tuple(sorted(values, key=lambda o: (year_of(o), _day(o)))))
        for values in grouped.values()
    ]
    # Of several sources for the same area the one with the newest value speaks.
    return sorted(series, key=lambda s: (NEAREST.index(s.area.level), -year_of(s.last)))


def _day(o: Observation) -> str:
    """Order values of one year by their day, where the source gives one."""
    try:
        return german.parse_date(o.time).isoformat()
    except ValueError:
        return ""


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


def value_text(indicator: Indicator, o: Observation) -> str:
    """Write a value with its unit, rounded to one digit for reading."""
    digits = 2 if indicator.unit.startswith("Euro") else min(1, _digits(o.value or 0))
    return german.quantity(o.value or 0, indicator.unit, circa=o.precision == "circa", digits=digits)


def at(o: Observation) -> str:
    """Write an observation's time as it stands after a verb.

    A year stands alone, a month takes "im", a day "am".
    """
    if o.time.split(" ")[0] in german.MONTHS:
        return f"im {o.time}"
    return f"am {o.time}" if _day(o) else o.time


def rounded(o: Observation) -> str:
    """Write a value as readers compare it."""
    return german.number(o.value or 0, 1)


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def year_of(o: Observation) -> int:
    """Give the year of a dated observation."""
    if o.year is None:
        raise ValueError("a dated value is needed here")
    return o.year
