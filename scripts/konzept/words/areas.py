"""Areas as offices write them: „Musterstadt, Stadt“, municipal keys (AGS), regional keys (ARS)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

_KINDS = {
    "gemeinde": "kreisfreie Stadt|Landeshauptstadt|Hansestadt|Universitätsstadt|Bergstadt|Kreisstadt|Stadt|Samtgemeinde|Verbandsgemeinde|Gemeinde|Flecken|Markt",
    "kreis": "Landkreis|Stadtkreis|Kreis|Region",
    "land": "Bundesland|Land|Freistaat",
}
"""What offices call areas of a level, before or after their name."""
_BEHIND = {
    level: re.compile(rf"(.+?)(?:, ?| \()(?:{kinds})\)?", re.IGNORECASE) for level, kinds in _KINDS.items()
}
_BEFORE = {level: re.compile(rf"(?:{kinds}) (.+)", re.IGNORECASE) for level, kinds in _KINDS.items()}
_TYPO = 85
"""So alike, of a hundred, is a mistyped name to the one that was meant."""


@dataclass(frozen=True)
class Area:
    """An area as the data hold it."""

    key: str
    name: str
    level: str
    code: str = ""
    """Its municipal key, of eight digits."""


def municipal_key(text: str) -> str | None:
    """Read a municipal or regional key, also one that lost its zero in Excel; None where it is none.

    Examples
    --------
    >>> [municipal_key(text) for text in ("03241011", "3241011", "032410011011", "03 2 41 0011 011", "032410011")]
    ['03241011', '03241011', '03241011', '03241011', '03241011']
    >>> municipal_key("2024") is None
    True
    """
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d+", digits, re.ASCII):
        return None
    if len(digits) in (7, 11):
        digits = f"0{digits}"
    # Of nine digits it is the key of an association: of a municipality that is in none, it is its own.
    if len(digits) == 12 or (len(digits) == 9 and digits[5] == "0"):
        return digits[:5] + digits[-3:]
    return digits if len(digits) == 8 else None


def area_meant(text: str, areas: Iterable[Area]) -> str | None:
    """Find the one area that an official name or key means; None where there is none, or more than one.

    Examples
    --------
    >>> areas = [Area("a", "Adorf", "gemeinde", "03000001"), Area("k", "Kernstadt Adorf", "ortsteil")]
    >>> area_meant("Adorf, Stadt", areas), area_meant("030000001001", areas), area_meant("Bdorf, Stadt", areas)
    ('a', 'a', None)
    """
    areas = list(areas)
    if code := municipal_key(text):
        hits = [area.key for area in areas if area.code == code]
        return hits[0] if len(hits) == 1 else None
    text = " ".join(text.split())
    if hits := [area.key for area in areas if area.name.casefold() == text.casefold()]:
        return hits[0] if len(hits) == 1 else None
    for level in _KINDS:
        bare = _bare(text, level)
        if bare != text.casefold():
            # The town's districts bear its name, too, but no office calls them a town.
            hits = [
                a.key for a in areas if a.level == level and bare in (a.name.casefold(), _bare(a.name, level))
            ]
            if len(hits) == 1:
                return hits[0]
    return None


def _bare(name: str, level: str) -> str:
    """Leave of a name what is no kind of area."""
    match = _BEHIND[level].fullmatch(name) or _BEFORE[level].fullmatch(name)
    return (match[1] if match else name).casefold()


def may_be_meant(text: str, area: Area) -> bool:
    """Tell whether to ask if this area was meant: a part of the town only where its name is mistyped."""
    alike = max(fuzz.ratio(text.casefold(), each.casefold()) for each in (area.key, area.name))
    return area.level != "ortsteil" or alike >= _TYPO
