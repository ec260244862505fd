"""„2024“, „März 2024“, „2. Quartal 2024“, „fortlaufend“: what people write in place of a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from konzept.words.german import MONTHS

ACCURACIES = ("tag", "monat", "jahr")
"""From the finest to the coarsest."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER = re.compile(
    rf"(?:(?P<n>[1-4])\.\s*quartal|q(?P<q>[1-4])|(?P<r>i{{1,3}}|iv)\.?\s*quartal)[\s/]*{_YEAR}"
)
_MONTH = re.compile(
    rf"(?P<name>[a-zä]+)\.?\s+{_YEAR}|(?P<number>0?[1-9]|1[0-2])\s*[./]\s*{_YEAR.replace('year', 'later')}"
)
_ONLY_YEAR = re.compile(rf"(?:im\s+)?(?:jahr\s+)?{_YEAR}")
_OPEN = frozenset(
    [
        "fortlaufend",
        "laufend",
        "fortwährend",
        "dauerhaft",
        "kontinuierlich",
        "unbefristet",
        "daueraufgabe",
        "bis auf weiteres",
    ]
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Period:
    """A time that is no day: its first and last day, and how exactly they may be told; without end, neither."""

    first: dt.date | None
    last: dt.date | None
    accuracy: str

    @property
    def is_open(self) -> bool:
        """Whether it has no end, so that no day can stand for it."""
        return self.first is None

    def day(self, *, end: bool) -> str:
        """Give the day that stands in the data."""
        day = self.last if end else self.first
        return day.isoformat() if day else ""


def period_of(text: str) -> Period | None:
    """Read a time that is no day; None where it is none.

    A quarter is known to the year only: its first month would say more than „2. Quartal“ does.

    Examples
    --------
    >>> period_of("2. Quartal 2024").first, period_of("2. Quartal 2024").accuracy
    (datetime.date(2024, 4, 1), 'jahr')
    >>> period_of("Februar 2024").last, period_of("fortlaufend").is_open, period_of("bald")
    (datetime.date(2024, 2, 29), True, None)
    """
    text = " ".join(text.casefold().split())
    if text in _OPEN:
        return Period(None, None, "")
    if match := _ONLY_YEAR.fullmatch(text):
        return _months(int(match["year"]), 1, 12, "jahr")
    if match := _QUARTER.fullmatch(text):
        quarter = int(match["n"] or match["q"] or _ROMAN[match["r"]])
        return _months(int(match["year"]), 3 * quarter - 2, 3 * quarter, "jahr")
    if match := _MONTH.fullmatch(text):
        number = int(match["number"]) if match["number"] else _month(match["name"])
        return _months(int(match["year"] or match["later"]), number, number, "monat") if number else None
    return None


def _month(name: str) -> int:
    names = [month.casefold() for month in MONTHS]
    return names.index(name) + 1 if name in names else 0


def _months(year: int, first: int, last: int, accuracy: str) -> Period:
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(dt.date(year, first, 1), end, accuracy)
