"""Every measure as the icon of its status, by field and status."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.table_cells import field_cell, in_catalogue, plain_number
from konzept.words import german
from konzept.words.labels import STATUSES

_GROUPS = {
    "idee": "Vorschlag",
    "in_pruefung": "Vorschlag",
    "geplant": "Vorbereitung",
    "angemeldet": "Vorbereitung",
    "beschlossen": "Vorbereitung",
    "in_umsetzung": "Umsetzung",
    "daueraufgabe": "Umsetzung",
    "abgeschlossen": "Umsetzung",
    "zurueckgestellt": "außerhalb",
    "verworfen": "außerhalb",
}
"""Under which heading a status stands."""

_HYPHENATED = {
    "in_pruefung": "in Prü|fung",
    "geplant": "ge|plant",
    "angemeldet": "ange|mel|det",
    "beschlossen": "be|schlos|sen",
    "in_umsetzung": "in Um|set|zung",
    "daueraufgabe": "Dauer|auf|gabe",
    "abgeschlossen": "abge|schlos|sen",
    "zurueckgestellt": "zurück|ge|stellt",
    "verworfen": "ver|wor|fen",
}
"""Where a narrow heading may break: not every browser can part German words by itself."""

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
    used = {m.status or "" for m in measures}
    keys = [*STATUSES, *([""] if "" in used else [])]
    rows = [_matrix_row(field, keys) for field in concept.fields]
    sums = [sum((m.status or "") == key for m in measures) for key in keys]
    total = [plain_number(n) for n in (*sums, len(measures))]
    crowded = any(f.status_counts()[key] > _CROWD for f in concept.fields for key in keys)
    left = any(m.status and not STATUSES[m.status].on_path for m in measures)
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


def _status_column(key: str, used: set[str]) -> Column:
    if not key:
        return Column("ohne Angabe")
    title = _HYPHENATED.get(key, STATUSES[key].short).replace("|", "\N{SOFT HYPHEN}")
    return Column(title, status=key, group=_GROUPS[key], screen_only=key not in used)


def _matrix_row(field: ActionField, keys: Sequence[str]) -> Row:
    cells = [_icons(field, key) for key in keys]
    return Row((field_cell(field), *cells, plain_number(len(field.measures), to=in_catalogue(field))))


def _icons(field: ActionField, key: str) -> Cell:
    found = [m for m in field.measures if (m.status or "") == key]
    if not found:
        return Cell.of(Run(_EMPTY, muted=True))
    number = german.number(len(found))
    if len(found) > _CROWD or not key:
        return Cell.of(Run(number, strong=True, target=field.id))
    icons = [Run(m.title, status=key, target=m.id, icon_only=True) for m in found]
    return Cell.of(*icons, Run(number))
