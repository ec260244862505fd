"""Cells that tables have in common."""

from __future__ import annotations

from konzept.concept.model import ActionField
from konzept.elements.content import Cell, Run
from konzept.words import german
from konzept.words.labels import NOT_NAMED

NOTHING = "–"
"""Stands in a cell on which the sources say nothing, where a note below says so once."""


def written(*texts: str | None, strong: bool = False, to: str | None = None, silent: str = NOT_NAMED) -> Cell:
    """Write texts in lines, or what stands where the sources are silent."""
    lines = [Run(text, strong=strong, target=to) for text in texts if text]
    return Cell.of(*lines or [Run(silent, muted=True)])


def plain_number(n: int, *, to: str | None = None) -> Cell:
    """Write a count, or a dash for none."""
    return written(german.number(n) if n else None, strong=True, to=to, silent=NOTHING)


def field_cell(field: ActionField) -> Cell:
    """Name a field; it leads to its chapter."""
    return Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id))


def in_catalogue(field: ActionField) -> str:
    """Lead to the field's part of the catalogue."""
    return f"@{catalogue_section(field.id)}"


def catalogue_section(field_id: str) -> str:
    """Name the section of the catalogue in which a field's measures stand, whatever their own ids."""
    return f"massnahmen-{field_id}"
