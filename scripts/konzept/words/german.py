"""Numbers, euros, dates and lists as Germans write them.

Rounding is half up on the decimal digits that the source gives
(6.55 becomes "6,6"; Python's own formatting rounds the binary value to 6.5).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\N{NO-BREAK SPACE}"

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
    "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_WORDS = (
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs",
    "sieben", "acht", "neun", "zehn", "elf", "zwölf",
)  # fmt: skip

_DECIMAL = re.compile(r"-?\d+(,\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_GERMAN_DATE = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+0[0-2]:?00)?", re.ASCII)
"""A day as other programs and DCAT write it: with the moment at which it begins."""
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WRITTEN_DATE = re.compile(rf"(\d{{1,2}})\. ?({'|'.join(MONTHS)}) (\d{{4}})", re.ASCII)
_THIS_CENTURY = 40
"""Years of two digits below are of this century; a later one may be of either."""


def number(value: float | Decimal, digits: int | None = None) -> str:
    """Write a number with decimal comma and points between thousands.

    Parameters
    ----------
    value
        The number.
    digits
        Digits after the comma; None keeps the digits the value has.

    Examples
    --------
    >>> number(6.55, 1), number(33000), number(0.5), number(-1234.5)
    ('6,6', '33.000', '0,5', '-1.234,5')
    """
    return f"{rounded(value, digits):,}".translate(str.maketrans(",.", ".,"))


def rounded(value: float | Decimal, digits: int | None = None) -> Decimal:
    """Give the number that `number` writes.

    Examples
    --------
    >>> rounded(6.55, 1), rounded(-0.04, 1)
    (Decimal('6.6'), Decimal('0.0'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if digits is None:
        digits = max(0, -int(exact.normalize().as_tuple().exponent))
    shown = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return shown if shown else abs(shown)


def parse_number(text: str) -> Decimal:
    """Read a number as the data folder writes it: decimal comma, no thousands separator.

    Raises
    ------
    ValueError
        The text is not such a number.

    Examples
    --------
    >>> parse_number("6,55")
    Decimal('6.55')
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def two_readings(text: str) -> tuple[str, str] | None:
    """Name both readings of a number with points: "33.000" may mean 33000 or 33,000.

    Examples
    --------
    >>> two_readings("33.000")
    ('33000', '33,000')
    >>> two_readings("33000") is None
    True
    """
    if _GROUPED.fullmatch(text):
        return text.replace(".", ""), text.replace(",", "").replace(".", ",", 1)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return text.replace(".", ""), text.replace(".", ",")
    return None


def quantity(value: float | Decimal, unit: str, *, circa: bool = False, digits: int | None = None) -> str:
    r"""Write a value with its unit, glued by no-break spaces.

    Examples
    --------
    >>> quantity(20, "Prozent", circa=True), quantity(2.58, "je 100")
    ('ca.\xa020\xa0%', '2,58\xa0je\xa0100')
    """
    sign = {"Prozent": "%", "Euro": "€", "Euro je m²": "€/m²"}.get(unit, unit)
    sign = re.sub(r"\bje (?=\d)", f"je{NBSP}", sign)
    text = f"{number(value, digits)}{NBSP}{sign}" if sign else number(value, digits)
    return f"ca.{NBSP}{text}" if circa else text


def euro(amount: float | Decimal, *, circa: bool = False) -> str:
    r"""Write an amount of money; cents only where there are any.

    Examples
    --------
    >>> euro(33000, circa=True)
    'ca.\xa033.000\xa0€'
    """
    exact = Decimal(str(amount))
    return quantity(exact, "Euro", circa=circa, digits=0 if exact == exact.to_integral() else 2)


def date(day: dt.date) -> str:
    """Write a date for tables.

    Examples
    --------
    >>> date(dt.date(2025, 6, 5))
    '05.06.2025'
    """
    return f"{day:%d.%m.%Y}"


def long_date(day: dt.date) -> str:
    r"""Write a date for prose.

    Examples
    --------
    >>> long_date(dt.date(2025, 6, 5))
    '5.\xa0Juni 2025'
    """
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]} {day.year}"


def parse_date(text: str) -> dt.date:
    """Read an ISO date or a German one.

    Raises
    ------
    ValueError
        The text is no date, no day of the calendar, or may be one of two.

    Examples
    --------
    >>> parse_date("5.6.2025") == parse_date("5.6.25") == parse_date("2025-06-05")
    True
    >>> parse_date("2025-06-05T00:00:00+02:00")
    datetime.date(2025, 6, 5)
    """
    if match := _GERMAN_DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
        if len(match[3]) == 2:
            if year >= _THIS_CENTURY:
                raise ValueError(text)
            year += 2000
        return dt.date(year, month, day)
    if match := _MIDNIGHT.fullmatch(text):
        text = match[1]
    if match := _WRITTEN_DATE.fullmatch(text):
        return dt.date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    if not _ISO_DATE.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def earliest_day(day: dt.date, precision: str | None) -> dt.date:
    """Give the first day that a date of this precision can mean.

    Examples
    --------
    >>> earliest_day(dt.date(2024, 2, 29), "monat"), earliest_day(dt.date(2024, 2, 29), "jahr")
    (datetime.date(2024, 2, 1), datetime.date(2024, 1, 1))
    """
    if precision == "jahr":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "monat" else day


def latest_day(day: dt.date, precision: str | None) -> dt.date:
    """Give the last day that a date of this precision can mean.

    Examples
    --------
    >>> latest_day(dt.date(2024, 2, 1), "monat"), latest_day(dt.date(2024, 2, 1), "jahr")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    if precision == "jahr":
        return day.replace(month=12, day=31)
    if precision == "monat":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def period(start: dt.date | None, end: dt.date | None, precision: str | None) -> str:
    """Write when something happens, no more exactly than the source says.

    Parameters
    ----------
    start, end
        First and last day; either may be missing.
    precision
        ``tag``, ``monat``, ``jahr`` or None (as ``tag``).

    Returns
    -------
    str
        Empty when neither day is known.

    Examples
    --------
    >>> period(dt.date(2022, 6, 1), dt.date(2022, 7, 31), "monat")
    'Juni 2022 bis Juli 2022'
    """
    first, last = (_point(day, precision, date) if day else "" for day in (start, end))
    if first and last:
        return first if first == last else f"{first} bis {last}"
    if first:
        return f"ab {first}"
    return f"bis {last}" if last else ""


def at(start: dt.date, end: dt.date | None, precision: str | None) -> str:
    r"""Say in a sentence when something happened, no more exactly than the source says.

    Examples
    --------
    >>> at(dt.date(2025, 6, 25), None, "tag"), at(dt.date(2025, 6, 1), dt.date(2025, 6, 30), "monat")
    ('am 25.\xa0Juni 2025', 'im Juni 2025')
    >>> at(dt.date(2025, 1, 1), None, "jahr"), at(dt.date(2025, 6, 1), dt.date(2025, 7, 31), "monat")
    ('im Jahr 2025', 'zwischen Juni 2025 und Juli 2025')
    """
    single, several = {"jahr": ("im Jahr ", ""), "monat": ("im ", "")}.get(precision or "", ("am ", "dem "))
    first, last = (_point(day, precision, long_date) for day in (start, end or start))
    return f"{single}{first}" if first == last else f"zwischen {several}{first} und {several}{last}"


def month(day: dt.date) -> str:
    """Name the month of a day.

    Examples
    --------
    >>> month(dt.date(2025, 6, 5))
    'Juni 2025'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def _point(day: dt.date, precision: str | None, of_day: Callable[[dt.date], str]) -> str:
    """Write a day no more exactly than the source says."""
    if precision == "jahr":
        return str(day.year)
    return month(day) if precision == "monat" else of_day(day)


def listing(parts: Sequence[str]) -> str:
    """Join parts with commas and a final "und".

    Examples
    --------
    >>> listing(["a", "b", "c"])
    'a, b und c'
    """
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} und {parts[-1]}"


def dative_plural(words: str) -> str:
    """Put a plural into the dative; its noun comes first.

    Examples
    --------
    >>> dative_plural("Kreise"), dative_plural("Gemeinden"), dative_plural("Gebiete im Umland")
    ('Kreisen', 'Gemeinden', 'Gebieten im Umland')
    """
    noun, space, rest = words.partition(" ")
    return f"{noun}{'' if noun.endswith(('n', 's')) else 'n'}{space}{rest}"


def word(n: int) -> str:
    """Write a number as a word up to twelve, in digits from thirteen on.

    Examples
    --------
    >>> word(8), word(33000)
    ('acht', '33.000')
    """
    return _WORDS[n] if n < len(_WORDS) else number(n)


def count(n: int, one: str, many: str, *, gender: str = "e") -> str:
    """Write how many things there are, with the noun in the right form.

    Parameters
    ----------
    n
        How many.
    one, many
        The noun in singular and plural.
    gender
        What follows "ein" for one thing: "e" (eine Maßnahme), "" (ein Ziel), "em" (einem Feld).

    Examples
    --------
    >>> count(1, "Maßnahme", "Maßnahmen"), count(8, "Ziel", "Ziele"), count(0, "Ziel", "Ziele")
    ('eine Maßnahme', 'acht Ziele', 'keine Ziele')
    """
    if n == 1:
        return f"ein{gender} {one}"
    return f"{word(n) if n else 'keine'} {many}"


def all_of(n: int, many: str, ending: str = "e") -> str:
    """Name all of several things: two are both.

    Examples
    --------
    >>> all_of(2, "Maßnahmen"), all_of(8, "Maßnahmen"), all_of(2, "Maßnahmen", "en")
    ('beide Maßnahmen', 'alle acht Maßnahmen', 'beiden Maßnahmen')
    """
    return f"beid{ending} {many}" if n == 2 else f"all{ending} {word(n)} {many}"


def some(n: int, ending: str = "e") -> str:
    """Write how many there are, without the noun: "eine", "acht", "keine", or with another ending.

    Examples
    --------
    >>> some(1), some(8), some(0), some(0, "em"), some(1, "er")
    ('eine', 'acht', 'keine', 'keinem', 'einer')
    """
    return {0: f"kein{ending}", 1: f"ein{ending}"}.get(n) or word(n)


_BOUND = re.compile(r"(\d\.|\b(?:Kapitel|Absatz|Absätze|Abschnitt|Seite|Stufe)) (?=[A-ZÄÖÜ\d])")


def bound(text: str) -> str:
    r"""Glue what a line's end must not part: "18. Oktober", "Kapitel 4.1", "2. Sachstandsbericht".

    Examples
    --------
    >>> bound("2. Sachstandsbericht, Kapitel 4.1, Absatz 6")
    '2.\xa0Sachstandsbericht, Kapitel\xa04.1, Absatz\xa06'
    """
    return _BOUND.sub(rf"\1{NBSP}", text)


def ranges(numbers: Sequence[int]) -> str:
    """Write numbers in order, three and more in a row as a range.

    Examples
    --------
    >>> ranges([8, 5, 6, 7, 10]), ranges([6, 8])
    ('5 bis 8 und 10', '6 und 8')
    """
    parts: list[list[int]] = []
    for n in sorted(set(numbers)):
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    texts: list[str] = []
    for part in parts:
        texts += [f"{part[0]} bis {part[-1]}"] if len(part) > 2 else map(str, part)
    return listing(texts)


def span(years: Iterable[int]) -> str:
    """Write the first and the last of some years.

    Examples
    --------
    >>> span([2022, 2019, 2021]), span([2022]), span([])
    ('2019 bis 2022', '2022', '')
    """
    return " bis ".join(map(str, sorted({min(found), max(found)}))) if (found := set(years)) else ""


def sentence(text: str) -> str:
    """End a text with a full stop, unless it ends like a sentence already.

    Examples
    --------
    >>> sentence("Offen"), sentence("Offen?")
    ('Offen.', 'Offen?')
    """
    return text if text.endswith((".", "!", "?")) else f"{text}."


def shortened(text: str, most: int) -> str:
    """Write a text in one line, cut behind a word where it is longer than `most`.

    Examples
    --------
    >>> shortened("ein langer Text", 12)
    'ein langer …'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def capital(text: str) -> str:
    """Write the first letter as a capital and leave the rest.

    Examples
    --------
    >>> capital("in der Region Hannover")
    'In der Region Hannover'
    """
    return text[:1].upper() + text[1:]
