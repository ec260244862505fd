"""What offices write where a table wants a number or a day: signs, units, spans of time.

Nothing is turned into a number by itself: a sign says something, but typed by hand ``-`` mostly
means "nothing known".  What is certain is understood, all else is answered with its readings.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from konzept.words import german

_SIGNS = {
    "-": (
        "heißt in amtlichen Tabellen „genau null“; von Hand getippt meint es oft „nichts bekannt“",
        "Schreiben Sie 0, wenn null gemeint ist; sonst leeren Sie die Zelle, und ein Messwert entfällt",
    ),
    ".": (
        "heißt in amtlichen Tabellen „unbekannt oder geheim zu halten“",
        "Leeren Sie die Zelle; ein Messwert bekommt dann die Genauigkeit „gesperrt“ oder entfällt",
    ),
    "/": (
        "heißt in amtlichen Tabellen „zu unsicher, um genannt zu werden“",
        "Leeren Sie die Zelle; ein Messwert bekommt dann die Genauigkeit „nur_trend“ oder entfällt",
    ),
    "x": (
        "heißt in amtlichen Tabellen „Angabe nicht sinnvoll“",
        "Leeren Sie die Zelle; ein Messwert entfällt",
    ),
    "...": (
        "heißt in amtlichen Tabellen „Angabe fällt später an“",
        "Leeren Sie die Zelle; ein Messwert entfällt, bis er vorliegt",
    ),
}
_ALIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "•": ".", "·": ".", "×": "x", "X": "x"})
_MARKED = re.compile(
    r"(?P<number>-?[\d.]*\d(?:,\d+)?) ?(?P<letter>[epsr])|\((?P<uncertain>-?[\d.]*\d(?:,\d+)?)\)"
)
_LETTERS = {
    "e": "endgültiges Ergebnis",
    "p": "vorläufiges Ergebnis",
    "s": "geschätztes Ergebnis",
    "r": "berichtigtes Ergebnis",
}
_UNITS = {"%": "Prozent", "prozent": "Prozent", "v.h.": "Prozent", "€": "Euro", "eur": "Euro", "euro": "Euro"}
_WITH_UNIT = re.compile(r"(?P<number>[-+]?[\d.,]*\d)\s*(?P<unit>%|prozent|v\.h\.|€|eur|euro)", re.IGNORECASE)
_POINTS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?")


def meaning_of_sign(text: str) -> str | None:
    """Say what a sign of official statistics means and what to enter; None where it is none.

    Examples
    --------
    >>> meaning_of_sign("/")
    'heißt in amtlichen Tabellen „zu unsicher, um genannt zu werden“. Leeren Sie die Zelle; ein Messwert bekommt dann die Genauigkeit „nur_trend“ oder entfällt.'
    >>> meaning_of_sign("12,5") is None
    True
    """
    sign = re.sub(r"\s", "", text).replace("…", "...").translate(_ALIKE)
    if sign in _SIGNS:
        return "{}. {}.".format(*_SIGNS[sign])
    if (match := _MARKED.fullmatch(text.strip())) is None:
        return None
    if number := match["uncertain"]:
        return (
            "steht in amtlichen Tabellen in Klammern, weil der Wert unsicher ist. "
            f"Schreiben Sie {number} ohne Klammern, und wählen Sie als Genauigkeit „circa“."
        )
    return (
        f"trägt den Buchstaben „{match['letter']}“: in amtlichen Tabellen „{_LETTERS[match['letter']]}“. "
        f"Schreiben Sie nur die Zahl {match['number']}, und vermerken Sie den Rest als Hinweis."
    )


def amount(text: str) -> tuple[Decimal, str] | None:
    """Read a number that is typed with its unit; None where it has none, or may mean two numbers.

    A point between groups of three digits of an amount of euros parts thousands: cents have two digits.

    Examples
    --------
    >>> amount("20,0 %"), amount("2.500 €"), amount("2.500 %") is None, amount("20") is None
    ((Decimal('20.0'), 'Prozent'), (Decimal('2500'), 'Euro'), True, True)
    """
    if (match := _WITH_UNIT.fullmatch(text.strip())) is None:
        return None
    number, unit = match["number"].removeprefix("+"), _UNITS[match["unit"].casefold()]
    if unit == "Euro" and _POINTS.fullmatch(number):
        number = number.replace(".", "")
    try:
        return german.parse_number(number), unit
    except ValueError:
        return None


@dataclass(frozen=True)
class Span:
    """A stretch of time as a source names it, and how exactly: ``tag``, ``monat`` or ``jahr``."""

    first: dt.date
    last: dt.date
    precision: str


_MONTH = "|".join(german.MONTHS)
_PREFIX = r"(?:(?:Stichtag|Stand|Schuljahr|Kita-Jahr|Jahr|am|im|zum) )*"
_FORMS = tuple(
    re.compile(_PREFIX + pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])",
        r"(?P<year>\d{4})",
        r"(?P<month>\d{1,2})[./](?P<year>\d{4})",
        rf"(?:(?P<day>\d{{1,2}})\. ?)?(?P<month>{_MONTH}) (?P<year>\d{{4}})",
        r"(?P<quarter>[1-4])\. ?Quartal (?P<year>\d{4})",
        r"(?P<half>[12])\. ?(?:Halbjahr|Hj\.?) (?P<year>\d{4})",
    )
)
_YEARS = re.compile(rf"{_PREFIX}(\d{{4}}) ?(?:/|-|–|bis) ?(\d{{4}}|\d{{2}})", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)


@lru_cache(maxsize=4096)  # a table says the same again and again
def span(text: str) -> Span | None:
    """Read a day, month, quarter, half-year, year or stretch of years; None where the meaning is not certain.

    Examples
    --------
    >>> str(span("2. Quartal 2024").first), str(span("2. Quartal 2024").last), span("2. Quartal 2024").precision
    ('2024-04-01', '2024-06-30', 'monat')
    >>> str(span("2022/23").first), str(span("2022/23").last), span("seit 2017")
    ('2022-01-01', '2023-12-31', None)
    """
    text = " ".join(text.split())
    try:
        day = german.parse_date(re.sub(rf"^{_PREFIX}", "", text))
        return Span(day, day, "tag")
    except ValueError:
        pass
    if match := _YEARS.fullmatch(text):
        start = int(match[1])
        end = int(match[2]) if len(match[2]) == 4 else start - start % 100 + int(match[2])
        # 2010-11 may be a month or two years: both lie in the two years.
        if start < end <= start + 100:
            return Span(dt.date(start, 1, 1), dt.date(end, 12, 31), "jahr")
    try:
        return next((_span(**match.groupdict()) for form in _FORMS if (match := form.fullmatch(text))), None)
    except ValueError:
        return None  # no such day


def _span(year: str, month: str = "", day: str | None = None, quarter: str = "", half: str = "") -> Span:
    if quarter or half:
        months = 3 if quarter else 6
        end = int(quarter or half) * months
        start = end - months + 1
    elif month:
        start = end = german.MONTHS.index(month) + 1 if month in german.MONTHS else int(month)
    else:
        start, end = 1, 12
    if day:
        only = dt.date(int(year), start, int(day))
        return Span(only, only, "tag")
    last = dt.date(int(year), end, calendar.monthrange(int(year), end)[1])
    return Span(dt.date(int(year), start, 1), last, "monat" if month or quarter or half else "jahr")


def last_day(given: object) -> dt.date:
    """Read what someone calls a day: the day itself, or a month, year or other stretch of time, which stands for its last day.

    Parameters
    ----------
    given
        A text, a whole number (as papermill hands over years), or a date.

    Raises
    ------
    ValueError
        It is none of these; the message is a German sentence.

    Examples
    --------
    >>> [str(last_day(given)) for given in ("2024-12-31", "5.6.2024", "5. Juni 2024", dt.date(2024, 6, 5))]
    ['2024-12-31', '2024-06-05', '2024-06-05', '2024-06-05']
    >>> [str(last_day(given)) for given in ("2024-02", "02.2024", "Februar 2024", "2023", 2023)]
    ['2024-02-29', '2024-02-29', '2024-02-29', '2023-12-31', '2023-12-31']
    >>> last_day("2023-13")
    Traceback (most recent call last):
    ValueError: „2023-13“ ist kein Tag, Monat oder Jahr. Schreiben Sie zum Beispiel 31.08.2023, 2023-08-31, 2023-08 oder 2023.
    """
    if isinstance(given, dt.date):
        return given.date() if isinstance(given, dt.datetime) else given
    if found := span(str(given)):
        return found.last
    raise ValueError(
        f"„{given}“ ist kein Tag, Monat oder Jahr. "
        "Schreiben Sie zum Beispiel 31.08.2023, 2023-08-31, 2023-08 oder 2023."
    )


@lru_cache(maxsize=4096)  # a table says the same again and again
def named_years(text: str) -> range | None:
    """Give the years that a text names, from the first to the last; None where it names none.

    Examples
    --------
    >>> named_years("2022/23"), named_years("seit 2017"), named_years("ohne Frist")
    (range(2022, 2024), range(2017, 2018), None)
    """
    if found := span(text):
        return range(found.first.year, found.last.year + 1)
    years = [int(year) for year in _YEAR.findall(text)]
    return range(min(years), max(years) + 1) if years else None


_SHORT_MONTHS = {
    "Jan": 1, "Feb": 2, "Mrz": 3, "Mär": 3, "Mar": 3, "Apr": 4, "Mai": 5, "May": 5, "Jun": 6,
    "Jul": 7, "Aug": 8, "Sep": 9, "Okt": 10, "Oct": 10, "Nov": 11, "Dez": 12, "Dec": 12,
}  # fmt: skip
_SHORT = "|".join(_SHORT_MONTHS)
_EXCEL_MONTH = re.compile(rf"({_SHORT})[ .-]{{1,2}}(\d\d)", re.ASCII)
_EXCEL_DAY = re.compile(rf"(\d{{1,2}})(?:\. ?|-| )({_SHORT})\.?", re.ASCII)


@lru_cache(maxsize=4096)  # a table says the same again and again
def made_by_excel(text: str) -> str | None:
    """Say what Excel has made a date of, as it writes that into a CSV file; None where it has not.

    Examples
    --------
    >>> made_by_excel("Jun 24")
    '„Juni 2024“ oder „06/2024“'
    >>> made_by_excel("04. Jan")
    '„4.1“ oder „4/1“'
    """
    if match := _EXCEL_MONTH.fullmatch(text):
        month, year = _SHORT_MONTHS[match[1]], 2000 + int(match[2])
        return f"„{german.MONTHS[month - 1]} {year}“ oder „{month:02}/{year}“"
    if match := _EXCEL_DAY.fullmatch(text):
        return f"„{int(match[1])}.{_SHORT_MONTHS[match[2]]}“ oder „{int(match[1])}/{_SHORT_MONTHS[match[2]]}“"
    return None


_SERIAL = range(20_000, 60_000)
"""Excel's numbers of the days from 1954 to 2064."""


@lru_cache(maxsize=4096)
def day_of_serial(text: str) -> dt.date | None:
    """Give the day that Excel stores as this number; None where it is none of our time.

    Examples
    --------
    >>> day_of_serial("45444")
    datetime.date(2024, 6, 1)
    """
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in _SERIAL:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
    return None


def spoilt_by_excel(text: str) -> bool:
    """Tell whether a text is what Excel leaves of a date."""
    return bool(made_by_excel(text) or day_of_serial(text))


def not_a_day(text: str) -> str:
    """Say why a text is no day, with its readings where it has some.

    Examples
    --------
    >>> not_a_day("2024")
    '„2024“ nennt keinen einzelnen Tag. Schreiben Sie 2024-01-01 oder 2024-12-31, und wählen Sie als Genauigkeit „jahr“, wo die Tabelle danach fragt.'
    """
    stripped = " ".join(text.split())
    if match := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d\d)", stripped, re.ASCII):
        readings = [f"{match[1]}.{match[2]}.{century}{match[3]}" for century in (19, 20)]
        if all(span(reading) for reading in readings):
            return f"„{text}“ ist mehrdeutig: {readings[0]} oder {readings[1]}? Schreiben Sie das Jahr mit vier Ziffern."
    if day := day_of_serial(stripped):
        return (
            f"„{text}“ ist eine Zahl; Excel speichert so den {german.date(day)}. "
            f"Schreiben Sie {day.isoformat()}, wenn dieser Tag gemeint ist."
        )
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}.*", stripped, re.ASCII):
        return (
            f"„{text}“ nennt neben dem Tag eine Uhrzeit. Schreiben Sie nur den Tag, zum Beispiel {match[1]}."
        )
    if (found := span(stripped)) and found.precision == "tag":
        return f"„{text}“ enthält mehr als den Tag. Schreiben Sie {found.first.isoformat()}."
    if found:
        return (
            f"„{text}“ nennt keinen einzelnen Tag. Schreiben Sie {found.first.isoformat()} oder {found.last.isoformat()}, "
            f"und wählen Sie als Genauigkeit „{found.precision}“, wo die Tabelle danach fragt."
        )
    return f"„{text}“ ist kein Tag des Kalenders. Schreiben Sie zum Beispiel 2025-06-25."
