"""What a time of an official file says: as readers know it, and the year that it has on an axis."""

from __future__ import annotations

import datetime as dt
import re

from konzept.words import german, official

_SPAN = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])P(?P<length>\d{1,2})(?P<unit>[MY])", re.ASCII)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII)
_SEMESTER = re.compile(r"(?:WS|SS|Wintersemester|Sommersemester) (?P<year>\d{4})(?:/\d{2,4})?", re.ASCII)
_WINTER, _SUMMER = 10, 4
"""The months in which semesters begin."""


def said(time: str) -> tuple[str, int]:
    """Say a time as readers know it, with its year; of school years the second, of semesters the first.

    Raises
    ------
    ValueError
        It is no time.

    Examples
    --------
    >>> said("2024-12-31"), said("2019"), said("2024-07")
    (('31.12.2024', 2024), ('2019', 2019), ('Juli 2024', 2024))
    >>> said("2023-10P6M"), said("2024-04P6M"), said("2023-08P1Y")
    (('Wintersemester 2023/24', 2023), ('Sommersemester 2024', 2024), ('2023/24', 2024))
    >>> said("2024-04P3M"), said("2023/24")
    (('2. Quartal 2024', 2024), ('2023/24', 2024))
    """
    text = time.strip()
    if match := _SPAN.fullmatch(text):
        return _span(int(match["year"]), int(match["month"]), int(match["length"]), match["unit"])
    if match := _MONTH.fullmatch(text):
        return f"{german.MONTHS[int(match['month']) - 1]} {match['year']}", int(match["year"])
    if match := _SEMESTER.fullmatch(text):
        return text, int(match["year"])
    if (found := official.span(text)) is None:
        raise ValueError(time)
    return german.date(found.first) if found.precision == "tag" else text, found.last.year


def _span(year: int, month: int, length: int, unit: str) -> tuple[str, int]:
    months = length * 12 if unit == "Y" else length
    if months == 6 and month in (_WINTER, _SUMMER):
        if month == _SUMMER:
            return f"Sommersemester {year}", year
        return f"Wintersemester {year}/{(year + 1) % 100:02}", year
    if months == 12:
        return (str(year), year) if month == 1 else (f"{year}/{(year + 1) % 100:02}", year + 1)
    if months == 3 and month % 3 == 1:
        return f"{month // 3 + 1}. Quartal {year}", year
    if months == 6 and month in (1, 7):
        return f"{month // 6 + 1}. Halbjahr {year}", year
    last = month - 1 + months - 1
    end = dt.date(year + last // 12, last % 12 + 1, 1)
    return f"{german.MONTHS[month - 1]} {year} bis {german.MONTHS[end.month - 1]} {end.year}", year
