"""What a cell of an official file says: a number, a sign that stands for one, or a time.

In these files the meaning of a sign is certain, as it is not where somebody typed it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from konzept.words import german, official

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_ALIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "•": ".", "·": ".", "×": "x", "X": "x"})
_TOKENS = re.compile(r"\(\)|\.\.\.|[-./x|eprs]")

ABSENT = {"...": "Angabe fällt später an", "x": "Angabe nicht sinnvoll"}
"""Signs by which there is no value, and none is kept from us."""
_TOO_UNCERTAIN = "Zahlenwert zu unsicher, um genannt zu werden"
_WITHHELD = "Zahlenwert unbekannt oder geheim zu halten"
_NOTES = {"p": "vorläufiges Ergebnis", "r": "berichtigtes Ergebnis", "s": "geschätztes Ergebnis"}


@dataclass(frozen=True)
class Published:
    """What a cell says."""

    value: Decimal | None
    precision: str
    """``genau``, ``circa``, ``nur_trend`` or ``gesperrt``; empty where there is nothing to keep."""
    note: str = ""
    after_break: bool = False
    absent: str = ""
    """Why there is nothing to keep."""


def published(cell: str, quality: str = "") -> Published:
    """Read a cell and the sign of quality beside it.

    Raises
    ------
    ValueError
        It holds neither a number nor a sign.

    Examples
    --------
    >>> published("-").value, published("12,5", "()").precision, published("/").precision, published(".").precision
    (Decimal('0'), 'circa', 'nur_trend', 'gesperrt')
    >>> published("12,5 p").note, published("7", "|").after_break, published("...").absent
    ('vorläufiges Ergebnis', True, 'Angabe fällt später an')
    """
    text, signs = _taken_apart(cell.strip())
    signs |= _signs(quality)
    notes = [note for sign, note in _NOTES.items() if sign in signs]
    absent = next((why for sign, why in ABSENT.items() if sign in signs), "")
    if absent:
        return Published(None, "", absent=absent)
    if "." in signs:
        return Published(None, "gesperrt", _WITHHELD, "|" in signs)
    if "/" in signs:
        return Published(None, "nur_trend", _TOO_UNCERTAIN, "|" in signs)
    if not text and "-" in signs:
        value = Decimal(0)  # „nichts vorhanden“ is known exactly
    elif text:
        value = Decimal(text.replace(",", "."))
    else:
        raise ValueError(cell)
    rough = bool(signs & {"()", "s"})
    return Published(value, "circa" if rough else "genau", "; ".join(notes), "|" in signs)


def _taken_apart(cell: str) -> tuple[str, set[str]]:
    """Part the number of a cell from its signs."""
    if NUMBER.fullmatch(cell):
        return cell, set()
    if (match := re.fullmatch(rf"(?P<break>\| ?)?(?P<open>\()?(?P<number>{NUMBER.pattern})(?P<close>\))? ?(?P<letter>[eprs])?", cell)) and bool(match["open"]) == bool(match["close"]):  # fmt: skip
        signs = {"()"} if match["open"] else set()
        signs |= {match["letter"]} if match["letter"] else set()
        return match["number"], signs | ({"|"} if match["break"] else set())
    signs = _signs(cell)
    if not signs:
        raise ValueError(cell)
    return "", signs


def _signs(text: str) -> set[str]:
    """Name the signs of which a text consists."""
    text = re.sub(r"\s", "", text).replace("…", "...").translate(_ALIKE)
    rest = _TOKENS.sub("", text)
    if rest:
        raise ValueError(text)
    return set(_TOKENS.findall(text))


# Times

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
