"""Every measure as the icon of its status, by field and status."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.palette import look_of
from konzept.elements.table_cells import field_cell, in_catalogue, plain_number
from konzept.words import german
from konzept.words.labels import Status

_CROWD = 12
"""More measures in a cell are a number alone, which leads to the field's chapter."""

_EMPTY = "·"


def matrix(concept: Concept) -> Table | None:
    """Show every measure as the icon of its status, by field and status.

    Returns
    -------
    Table or None
        None when there are no measures.
    """
    measures = concept.measures
    if not measures:
        return None
    used = {m.status for m in measures}
    keys: list[Status | None] = [*concept.package.statuses, *([None] if None in used else [])]
    rows = [_matrix_row(field, keys) for field in concept.fields]
    sums = [sum(m.status == key for m in measures) for key in keys]
    total = [plain_number(n) for n in (*sums, len(measures))]
    crowded = any(f.status_counts()[key or ""] > _CROWD for f in concept.fields for key in keys)
    left = any(status and not status.on_path for status in used)
    notes = [
        f"Je voller der Kreis, desto weiter ist die Maßnahme{'; ein Quadrat: nicht weiterverfolgt' if left else ''}."
    ]
    if crowded:
        notes.append(
            f"Mehr als {german.word(_CROWD)} Maßnahmen eines Feldes mit demselben Status stehen als Zahl, die zum Kapitel führt."
        )
    return Table(
        label="tab-matrix",
        caption="Jedes Zeichen ist eine Maßnahme",
        columns=(Column("Handlungsfeld"), *(_status_column(key, used) for key in keys), Column("alle", numeric=True)),
        rows=(*rows, Row((Cell.of(Run("alle", strong=True)), *total))),
        notes=tuple(notes),
        sources=cited([m.current.source if m.current else m.source for m in measures]),
        matrix=True,
    )  # fmt: skip


def _status_column(status: Status | None, used: set[Status | None]) -> Column:
    if not status:
        return Column("ohne Angabe")
    return Column(status.heading, status=look_of(status), group=status.phase, screen_only=status not in used)


def _matrix_row(field: ActionField, keys: Sequence[Status | None]) -> Row:
    cells = [_icons(field, key) for key in keys]
    return Row((field_cell(field), *cells, plain_number(len(field.measures), to=in_catalogue(field))))


def _icons(field: ActionField, status: Status | None) -> Cell:
    found = [m for m in field.measures if m.status == status]
    if not found:
        return Cell.of(Run(_EMPTY, muted=True))
    number = german.number(len(found))
    if len(found) > _CROWD or not status:
        return Cell.of(Run(number, strong=True, target=field.id))
    icons = [Run(m.title, status=look_of(status), target=m.id, icon_only=True) for m in found]
    return Cell.of(*icons, Run(number))
