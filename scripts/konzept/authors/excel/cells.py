"""One cell of a sheet → the text that stands in the data.

Authors see what Excel shows, the file holds what Excel stores.  Where the two differ, or where Excel
has turned an entry into something else, the cell is refused with a sentence instead of guessed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from konzept.authors.excel.layout import Field
from konzept.authors.excel.periods import Period, period_of
from konzept.data.csv_file import plain_number
from konzept.data.problems import suggestion, type_message
from konzept.words import german, official
from konzept.words.letters import no_text

_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_YEARS = range(1900, 2101)
_EPOCH = dt.datetime(1899, 12, 30)
_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|p|div|span|font|ul|ol|li|table|tr|td|th|h[1-6]|img|sub|sup|script|style)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
NUMERIC = ("integer", "number")


@dataclass(frozen=True)
class RawCell:
    """A cell as the file holds it: value, kind (openpyxl's letter) and number format."""

    value: object
    kind: str
    format: str


class BadCell(ValueError):
    """A cell that cannot be taken over; the message is a German sentence."""


class AmountCell(BadCell):
    """A number with its unit: it can be taken over where the column, or the row, has just this unit."""

    def __init__(self, message: str, number: str, unit: str) -> None:
        super().__init__(message)
        self.number = number
        self.unit = unit


def escape(text: str) -> str:
    r"""Write characters that a workbook's XML has no room for as Excel does.

    Examples
    --------
    >>> escape("a\x0bb"), unescape(escape("a\x0bb _x0041_")) == "a\x0bb _x0041_"
    ('a_x000B_b', True)
    """
    text = _ESCAPED.sub(r"_x005F_x\1_", text)
    return re.sub("[\x00-\x08\x0b-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Read what `escape` or Excel wrote."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def clean(text: str) -> str:
    """Take away what nobody sees: blanks at the ends, zero-width characters, Windows' line ends."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def plain_text(text: str, field: Field) -> str:
    """Read what web pages leave in text: `<br>` as the end of a line, `&amp;` and its like as their characters.

    Addresses stay as they are.
    """
    if field.type != "string" or field.name == "url" or not ("<" in text or "&" in text):
        return text
    return clean(_ENTITY.sub(lambda match: html.unescape(match[0]), _BREAK.sub("\n", text)))


def markup_in(text: str) -> str | None:
    """Find a tag of a web page in a text."""
    match = _TAG.search(text)
    return match[0] if match else None


def canonical(text: str, field: Field) -> str:
    """Write a cell of the data in the one way that cells are compared in."""
    text = plain_text(clean(text), field)
    with contextlib.suppress(ValueError):
        return _parsed(text, field)
    return text


def _parsed(text: str, field: Field) -> str:
    if field.type == "date" and text:
        return german.parse_date(text).isoformat()
    return plain_number(german.parse_number(text)) if field.type in NUMERIC and text else text


def cell_text(cell: RawCell, field: Field) -> str:
    """Read a cell for a column.

    References are left as typed; only `names` knows what they may point to.

    Raises
    ------
    BadCell
        The cell holds what cannot be taken over.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.kind == "f":
        raise BadCell(
            "Hier steht eine Formel; übernommen werden nur Werte. "
            "Kopieren Sie die Zelle und fügen Sie sie mit „Inhalte einfügen“ als Wert wieder ein."
        )
    if cell.kind == "e":
        raise BadCell(f"Hier steht der Fehlerwert {value}. Tragen Sie den Wert selbst ein.")
    if isinstance(value, bool):
        raise BadCell("Hier steht ein Wahrheitswert (WAHR oder FALSCH). Schreiben Sie das Wort als Text.")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _from_date(value, field)
    if isinstance(value, int | float | Decimal):
        return _from_number(value, cell.format, field)
    text = plain_text(clean(unescape(str(value))), field)
    if sentence := no_text(text):
        raise BadCell(sentence)
    return _from_text(text, field)


def _from_date(value: dt.date | dt.time | dt.timedelta, field: Field) -> str:
    if isinstance(value, dt.time | dt.timedelta):
        raise BadCell("Hier steht eine Uhrzeit. Formatieren Sie die Zelle als Text und schreiben Sie neu.")
    if field.type != "date":
        raise BadCell(
            f"Excel hat die Eingabe in ein Datum verwandelt ({german.date(value)}). "
            "Formatieren Sie die Zelle als Text und schreiben Sie neu."
        )
    if year := _typed_year(value):
        raise BadCell(
            f"Excel zeigt hier den {german.date(value)}; getippt war wohl die Jahreszahl {year}. {_NEEDS_A_DAY}"
        )
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise BadCell(f"Neben dem Tag steht eine Uhrzeit ({value:%H:%M}). Schreiben Sie nur den Tag.")
        value = value.date()
    return value.isoformat()


_NEEDS_A_DAY = "Gebraucht wird ein Tag, zum Beispiel der, an dem die Quelle es belegt: 25.06.2025."


def _typed_year(value: object) -> int | None:
    """Find the year that someone typed into a cell for days: Excel takes 2024 for a day in 1905."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        days = (value - _EPOCH).days
        return days if days in _YEARS else None
    return None


def period_in(cell: RawCell) -> tuple[str, Period] | None:
    """Find a time that is no day in a cell for days, with its words."""
    value = cell.value
    if cell.kind in ("f", "e") or isinstance(value, bool):
        return None
    text = str(_typed_year(value) or (value if isinstance(value, str | int) else ""))
    text = clean(unescape(text))
    found = period_of(text)
    return (text, found) if found else None


def _from_number(value: float | Decimal, form: str, field: Field) -> str:
    # A float's shortest notation is what was typed; Excel keeps fifteen digits of it.
    text = plain_number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    if field.type in NUMERIC:
        if "%" in re.sub(r'"[^"]*"|\\.', "", form):
            shown = plain_number(Decimal(text.replace(",", ".")) * 100)
            raise BadCell(
                f"Die Zelle ist als Prozent formatiert; Excel speichert {shown} % als {text}. "
                "Wählen Sie das Format „Zahl“ und schreiben Sie den Wert neu."
            )
        return text
    if field.type == "date":
        raise BadCell(_no_day(text))
    if text.isdecimal() and int(text) in _YEARS:
        return text
    if field.labels or field.reference:
        return _from_text(text, field)
    raise BadCell(
        f"Hier steht die Zahl {text}, erwartet wird Text; Excel hat vielleicht Nullen am Anfang entfernt. "
        "Formatieren Sie die Zelle als Text und schreiben Sie neu."
    )


def _from_text(text: str, field: Field) -> str:
    if field.labels and text:
        for key, label in field.labels.items():
            if text.casefold() in (key.casefold(), label.casefold()):
                return key
        hint = suggestion(text, field.labels.values())
        raise BadCell(f"„{text}“ ist hier nicht vorgesehen.{hint}")
    try:
        return _parsed(text, field)
    except ValueError:
        if field.type == "number" and (found := official.amount(text)):
            raise AmountCell(type_message(field.type, text), plain_number(found[0]), found[1]) from None
        raise BadCell(_no_day(text) if field.type == "date" else type_message(field.type, text)) from None


def _no_day(text: str) -> str:
    return f"„{text}“ ist kein Tag. {_NEEDS_A_DAY}" if period_of(text) else type_message("date", text)
