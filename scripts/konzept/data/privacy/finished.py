"""What is said of a finished file that holds a private name, or that nobody can look through."""

from __future__ import annotations

from pathlib import Path

from konzept.data.privacy.files import NotSearchable, names_in, searchable
from konzept.data.privacy.names import Names

_PRIVATE = (
    "{0}: Im fertigen Buch steht hier ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
    "Meist kommt er aus einer Zelle; nehmen Sie ihn dort heraus."
)
_DARK = (
    "{0}: Diese Datei lässt sich nicht nach Namen aus data/intern/ durchsehen. "
    "Veröffentlichen Sie sie als PDF, CSV, XLSX, PNG oder JPG."
)


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
        found = names_in(content, names)
    except NotSearchable:
        return _DARK.format(place)
    return _PRIVATE.format(place) if found else None


def without_name(place: str, names: Names) -> str:
    """Name the folder above the one, or above the file, that bears a private name."""
    parts = place.split("/")
    keep = next(n for n in range(len(parts)) if names.stand_in("/".join(parts[: n + 1])))
    return "".join(f"{part}/" for part in parts[:keep]) + "…"
