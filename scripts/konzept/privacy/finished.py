"""What is said of a finished file that holds a private name, or that nobody can look through."""

from __future__ import annotations

import json
import re
from pathlib import Path

from konzept.privacy.files import NotSearchable, names_in, searchable
from konzept.privacy.names import Names

_PRIVATE = (
    "{0}: Im fertigen Buch steht hier ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
    "Meist kommt er aus einer Zelle; nehmen Sie ihn dort heraus."
)
_DARK = (
    "{0}: Diese Datei lässt sich nicht nach Namen aus data/intern/ durchsehen. "
    "Veröffentlichen Sie sie als PDF, CSV, XLSX, PNG oder JPG."
)
_SEARCH = re.compile(r"Search\.setIndex\((.*)\)\s*", re.DOTALL)


def complaint(path: Path, place: str, names: Names) -> str | None:
    """Say that a finished file holds a private name; None if it holds none.

    Parameters
    ----------
    path
        The file.
    place
        The file as its author knows it.
    names
        The names.
    """
    if names.stand_in(place):
        return _PRIVATE.format(without_name(place, names))
    try:
        content = searchable(path)
        found = names_in(_without_stems(content) if path.name == "searchindex.js" else content, names)
    except NotSearchable:
        return _DARK.format(place)
    return _PRIVATE.format(place) if found else None


def without_name(place: str, names: Names) -> str:
    """Name the folder above the one, or above the file, that bears a private name."""
    parts = place.split("/")
    keep = next(n for n in range(len(parts)) if names.stand_in("/".join(parts[: n + 1])))
    return "".join(f"{part}/" for part in parts[:keep]) + "…"


def _without_stems(content: bytes) -> bytes:
    """Leave out of the search its single words: each stands on a page, and cut to its stem may look like another."""
    match = _SEARCH.fullmatch(content.decode("utf-8", "replace"))
    if match is None:
        return content
    index = json.loads(match[1])
    return json.dumps({part: index[part] for part in index if part not in ("terms", "titleterms")}).encode()
