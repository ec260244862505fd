"""Cells that tables for those who steer have in common."""

from __future__ import annotations

from konzept.concept.model import ActionField
from konzept.elements.content import Cell, Run
from konzept.words import german

_NONE = "–"


def plain_number(n: int, *, to: str | None = None) -> Cell:
    """Write a count, or a dash for none."""
    return Cell.of(Run(german.number(n), strong=True, target=to)) if n else Cell.of(Run(_NONE, muted=True))


def field_cell(field: ActionField) -> Cell:
    """Name a field; it leads to its chapter."""
    return Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id))


def in_catalogue(field: ActionField) -> str:
    """Lead to the field's part of the catalogue."""
    return f"@{catalogue_section(field.id)}"


def catalogue_section(field_id: str) -> str:
    """Name the section of the catalogue in which a field's measures stand, whatever their own ids."""
    return f"massnahmen-{field_id}"
