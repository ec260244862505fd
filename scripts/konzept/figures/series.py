"""Observations as they may be drawn: in lines, segments and words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from konzept import german
from konzept.concept.model import Area, Indicator, Observation

NEAREST = ("ortsteil", "gemeinde", "umland", "kreis", "land", "bund")
"""Levels of areas by nearness to the people of a town."""


_CROWD = 10


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


def newest(values: Iterable[Observation]) -> Observation | None:
    """Find the newest number; one without a year counts only when there is no other."""
    numbers = [o for o in values if o.value is not None]
    return max(numbers, key=lambda o: (o.year or 0, _day(o)), default=None)


def target_words(o: Observation) -> str:
    """Say how a target came about and until when it is to be met: "beschlossen, bis 2027"."""
    until = f"bis {o.time}" if o.time[:1].isdigit() or o.time.split(" ")[0] in german.MONTHS else o.time
    return ", ".join(part for part in (o.target_kind, until) if part)


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
    """Write a value with its unit, rounded for reading and with as many digits as its neighbours."""
    circa = o.precision == "circa"
    whole_target = o.kind == "soll" and not _digits(o.value or 0)
    digits = _digits(o.value or 0) if circa or whole_target else digits_of(indicator)
    return german.quantity(o.value or 0, indicator.unit, circa=circa, digits=digits)


def digits_of(indicator: Indicator) -> int:
    """Choose the digits after the comma for all values of an indicator: one if any has one, two for euros.

    Two also where many values lie so close that one digit would make them equal.
    """
    values = {o.value for o in indicator.observations if o.value is not None}
    merged = {round(v, 1) for v in values}
    if indicator.unit.startswith("Euro") or (len(values) >= _CROWD and len(merged) <= len(values) / 2):
        return 2
    return max(map(_digits, values), default=0)


def at(o: Observation) -> str:
    """Write an observation's time as it stands after a verb.

    A year stands alone, a month takes "im", a day "am".
    """
    if o.time.split(" ")[0] in german.MONTHS:
        return f"im {o.time}"
    return f"am {o.time}" if _day(o) else o.time


def _digits(value: float) -> int:
    """Give what a reader takes in: none for whole numbers, else one."""
    return 0 if float(value).is_integer() else 1


def year_of(o: Observation) -> int:
    """Give the year of a dated observation."""
    if o.year is None:
        raise ValueError("a dated value is needed here")
    return o.year
