"""Measures by field and status, one icon each; when a measure has which status, and in whose words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept
from konzept.concept.standing import by_status
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.palette import look_of
from konzept.elements.tables import field_cell, in_catalogue, plain_number
from konzept.words import german
from konzept.words.labels import NOT_NAMED, Status

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
    total = [plain_number(sum(m.status == key for m in measures)) for key in keys]
    crowded = any(f.status_counts()[key or ""] > _CROWD for f in concept.fields for key in keys)
    left = any(status and not status.on_path for status in used)
    notes = (
        f"Je voller der Kreis, desto weiter ist die Maßnahme{'; ein Quadrat: nicht weiterverfolgt' if left else ''}.",
        f"Mehr als {german.word(_CROWD)} Maßnahmen eines Feldes mit demselben Status stehen als Zahl, die zum Kapitel führt."
        if crowded
        else "",
    )
    return Table(
        label="tab-matrix",
        caption="Jedes Zeichen ist eine Maßnahme",
        columns=(Column("Handlungsfeld"), *(_status_column(key, used) for key in keys), Column("alle", numeric=True)),
        rows=(*rows, Row((Cell.of(Run("alle", strong=True)), *total, plain_number(len(measures))))),
        notes=tuple(filter(None, notes)),
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


def criteria_table(concept: Concept) -> Table:
    """Explain every status, with the proof it takes and, where there are measures, how many have it."""
    rows = []
    shown = 4 if concept.measures else 3
    for status in concept.package.statuses:
        count = sum(m.status == status for m in concept.measures)
        cells = (
            Run(status.short, strong=True, status=look_of(status)),
            status.criterion,
            status.proof,
            Run(german.number(count) if count else "keine", muted=not count),
        )
        rows.append(Row(tuple(map(Cell.of, cells[:shown]))))
    heads = (("Status", 25), ("Kriterium", 45), ("Nachweis", 15), ("Maßnahmen", 15))[:shown]
    return Table(
        label="tab-statuskriterien",
        caption="Wann eine Maßnahme welchen Status hat",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
    )


def words_table(concept: Concept) -> Table | None:
    """List which words of the sources stand for which status, and for how many measures; None without measures."""
    rows = []
    for measures in by_status(concept.measures).values():
        counts = Counter(
            (m.current.status, m.current.wording, m.current.derived) for m in measures if m.current
        )
        for (status, wording, derived), number in counts.items():
            cells: tuple[Run | str, ...] = (
                Run(status.short, strong=True, status=look_of(status)),
                Run(f"„{wording}“") if wording else Run(NOT_NAMED, muted=True),
                "abgeleitet" if derived else "genannt",
                german.number(number),
            )
            rows.append(Row(tuple(map(Cell.of, cells))))
    if not rows:
        return None
    heads = (("Status", 20), ("Wort der Quelle", 45), ("Beleg", 20), ("Maßnahmen", 15))
    return Table(
        label="tab-statuswoerter",
        caption="Mit welchen Worten die Quellen den Status nennen",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
        notes=(
            "„Genannt“: Die Quelle nennt den Status selbst. „Abgeleitet“: Er ist aus ihren Worten erschlossen.",
        ),
        sources=cited([m.current.source for m in concept.measures if m.current]),
    )
