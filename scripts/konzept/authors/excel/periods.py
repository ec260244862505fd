"""„2024“, „März 2024“, „2. Quartal 2024“, „fortlaufend“: what people write in place of a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from konzept.words.german import MONTHS

ACCURACIES = ("tag", "monat", "jahr")
"""From the finest to the coarsest."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER = re.compile(
    rf"(?:(?P<n>[1-4])\.\s*quartal|q(?P<q>[1-4])|(?P<r>i{{1,3}}|iv)\.?\s*quartal)[\s/]*{_YEAR}"
)
_NAMES = [name.casefold() for name in MONTHS]
_MONTH = re.compile(
    rf"(?P<name>{'|'.join(_NAMES)})\.?\s+{_YEAR}|(?P<number>0?[1-9]|1[0-2])\s*[./]\s*{_YEAR.replace('year', 'later')}"
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


class Period(NamedTuple):
    """A time that is no day: its first and last day, and how exactly they may be told; without end, nothing."""

    first: str = ""
    last: str = ""
    accuracy: str = ""


def period_of(text: str) -> Period | None:
    """Read a time that is no day; None where it is none.

    A quarter is known to the year only: its first month would say more than „2. Quartal“ does.

    Examples
    --------
    >>> period_of("2. Quartal 2024")
    Period(first='2024-04-01', last='2024-06-30', accuracy='jahr')
    >>> period_of("Februar 2024").last, period_of("fortlaufend").first, period_of("bald")
    ('2024-02-29', '', None)
    """
    text = " ".join(text.casefold().split())
    if text in _OPEN:
        return Period()
    if match := _ONLY_YEAR.fullmatch(text):
        return _months(int(match["year"]), 1, 12, "jahr")
    if match := _QUARTER.fullmatch(text):
        quarter = int(match["n"] or match["q"] or _ROMAN[match["r"]])
        return _months(int(match["year"]), 3 * quarter - 2, 3 * quarter, "jahr")
    if match := _MONTH.fullmatch(text):
        number = int(match["number"] or _NAMES.index(match["name"]) + 1)
        return _months(int(match["year"] or match["later"]), number, number, "monat")
    return None


def _months(year: int, first: int, last: int, accuracy: str) -> Period:
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(dt.date(year, first, 1).isoformat(), end.isoformat(), accuracy)
