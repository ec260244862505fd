"""What a cell of an official file says: a number, or a sign that stands for one.

In these files the meaning of a sign is certain, as it is not where somebody typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

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
