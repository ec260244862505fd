"""Keys of areas in a file → areas of the data, where there is no doubt.

Municipalities are known by their key, the district and the state of the town by the beginning of the town's own.
All other areas are told in a row of `abrufe` by the key that the file has for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from konzept.words.areas import Area, area_meant, municipal_key

_LEVELS = {5: "kreis", 2: "land"}
_NATION = {"DG", "DE", "DEUTSCHLAND", "0"}
_DIGITS = re.compile(r"[A-Z]?(\d+)")


def areas_of(names: Mapping[str, str], areas: Sequence[Area], town: str) -> dict[str, str]:
    """Give for each key of a file the area of the data that it certainly is.

    Parameters
    ----------
    names
        The keys of the file, and what it calls their areas.
    areas
        The areas of the data.
    town
        The municipal key of the town.

    Examples
    --------
    >>> areas = [Area("a", "Adorf", "gemeinde", "03241011"), Area("k", "Region X", "kreis"), Area("l", "Niederland", "land")]
    >>> areas_of({"032410011011": "Adorf, Stadt", "03241": "Region X, Landkreis", "03": "Niederland", "03251": "Y"}, areas, "03241011")
    {'032410011011': 'a', '03241': 'k', '03': 'l'}
    """
    return {key: area for key, name in names.items() if (area := _area_of(key, name, areas, town))}


def _area_of(key: str, name: str, areas: Sequence[Area], town: str) -> str | None:
    if key.upper() in _NATION:
        return _only(areas, "bund")
    digits = match[1] if (match := _DIGITS.fullmatch(key)) else ""
    if len(digits) in (8, 12):
        code = municipal_key(digits)
        return next((area.key for area in areas if area.code == code), None)
    if found := area_meant(name, [a for a in areas if a.level in ("land", "bund")]):
        return found
    level = _LEVELS.get(len(digits))
    if level is None or not town.startswith(digits):
        return None
    return area_meant(name, [a for a in areas if a.level == level]) or _only(areas, level)


def _only(areas: Sequence[Area], level: str) -> str | None:
    found = [area.key for area in areas if area.level == level]
    return found[0] if len(found) == 1 else None


def moved(names: Mapping[str, str], areas: Sequence[Area]) -> list[str]:
    """Say what has become of areas: keys that have gone or changed, names that are other than in the data."""
    told = []
    keys: dict[str, list[str]] = {}
    for key, name in names.items():
        keys.setdefault(name, []).append(key)
        if match := re.search(r"\((?:bis|ab|until|from) [^)]*\)", name):
            told.append(f"„{name}“: Den Gebietsstand nennt die Datei selbst {match[0]}.")
    for name, several in keys.items():
        if len(several) > 1 and name:
            told.append(
                f"„{name}“ steht unter mehreren Schlüsseln in der Datei ({', '.join(several)}): Ihr Gebietsstand hat gewechselt."
            )
    for key, name in names.items():
        digits = match[1] if (match := _DIGITS.fullmatch(key)) else ""
        code = municipal_key(digits) if len(digits) in (8, 12) else None
        area = next((a for a in areas if a.code and a.code == code), None)
        if area and area_meant(name, [area]) is None and not name.startswith(area.name):
            told.append(f"{key} heißt in der Datei „{name}“, in den Daten „{area.name}“.")
    return told
