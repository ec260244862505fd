"""Fields at a glance for those who steer: goals, measures, costs, changes, and the five questions."""

from __future__ import annotations

from collections.abc import Sequence, Set

from konzept.concept.citing import cited
from konzept.concept.costs import added
from konzept.concept.model import ActionField, Concept, Cost, Measure
from konzept.concept.standing import WITHOUT, by_status, explained
from konzept.concept.steering import QUESTIONS, answers, derived, last_change, span
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.table_cells import NOTHING, field_cell, in_catalogue, written
from konzept.words import german
from konzept.words.labels import FILED

_WIDTHS = {"Handlungsfeld": 30, "Ziele": 10, "Maßnahmen": 20, "Kosten": 25, "Letzte Änderung": 15}


def fields_steering(concept: Concept) -> Table | None:
    """List for each field goals, measures by status, costs by stage, and since when nothing has changed.

    Fields without any of them are named below; what is the same for all has no column.
    """
    fields = [f for f in concept.fields if f.goals or f.measures]
    if not fields:
        return None
    changes = [_change(concept, field) for field in fields]
    told = {cell.text for cell in changes if cell.text != NOTHING}
    shared = len(told) == 1 and len(fields) > 1
    costs = any(f.costs for field in fields for f in field.measures)
    heads = ["Handlungsfeld", "Ziele", "Maßnahmen", *(["Kosten"] if costs else [])]
    heads += [] if shared or not told else ["Letzte Änderung"]
    rows = []
    for field, change in zip(fields, changes, strict=True):
        cells = {
            "Handlungsfeld": field_cell(field),
            "Ziele": written(
                str(len(field.goals)) if field.goals else None, to=f"@tab-ziele-{field.id}", silent=NOTHING
            ),
            "Maßnahmen": written(*_by_status(field), to=in_catalogue(field), silent=NOTHING),
            "Kosten": written(*_by_stage(field.measures), to="@tab-kosten", silent=NOTHING),
            "Letzte Änderung": change,
        }
        rows.append(Row(tuple(cells[head] for head in heads)))
    silent = any(cell.text == NOTHING for row in rows for cell in row.cells)
    dash = [f"„{NOTHING}“: in den Quellen nicht genannt."] if silent else []
    return Table(
        label="tab-steuerung",
        caption="Ziele, Maßnahmen und Kosten je Handlungsfeld",
        columns=tuple(Column(head, width=_WIDTHS[head]) for head in heads),
        rows=tuple(rows),
        notes=(*_notes(concept, told, shared=shared), *dash),
        sources=cited([m.source for m in concept.measures] or [f.source for f in concept.fields]),
    )


def _notes(concept: Concept, told: Set[str], *, shared: bool) -> list[str]:
    notes = [text] if (text := explained(concept.measures)) else []
    if told:
        what = f": {next(iter(told))}" if shared else ""
        notes.append(
            f"Letzte Änderung{what}. Gemeint ist der jüngste Tag, an dem eine Maßnahme des Feldes ihren letzten bekannten Status "
            f"erhalten hat, und die Zeit von da bis zum Stand der Daten ({german.date(concept.stand)})."
        )
    if any(c.stage == "angemeldet" for m in concept.measures for c in m.costs):
        notes.append(FILED)
    empty = [f.short_name for f in concept.fields if not f.goals and not f.measures]
    if empty:
        notes.append(f"Ohne Ziele und Maßnahmen in den Daten: {german.listing(empty)}.")
    return notes


def _by_status(field: ActionField) -> list[str]:
    return [
        f"{len(found)} {status.counted(len(found)) if status else WITHOUT}"
        for status, found in by_status(field.measures).items()
    ]


def _by_stage(measures: Sequence[Measure]) -> list[str]:
    costs = [cost for m in measures for cost in m.costs]
    return [
        f"{stage.label}: {'; '.join(_sums([c for c in costs if c.stage == stage]))}"
        for stage in sorted({c.stage for c in costs}, key=lambda stage: stage.place)
    ]


def _sums(costs: Sequence[Cost]) -> list[str]:
    """Add amounts of the same year and kind, and no others."""
    grouped: dict[tuple[int | None, str], list[Cost]] = {}
    for cost in costs:
        grouped.setdefault((cost.year, cost.kind), []).append(cost)
    ordered = sorted(grouped.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1]))
    return [added(same).text for _, same in ordered]


def _change(concept: Concept, field: ActionField) -> Cell:
    steps = [step for m in field.measures if (step := last_change(m))]
    if not steps:
        return written(silent=NOTHING)
    day = max(step.day for step in steps)
    if day == concept.stand:
        return Cell.of(german.date(day))
    return Cell.of(german.date(day), Run(f"seit {span(day, concept.stand)} keine neuere Angabe", muted=True))


def completeness_table(concept: Concept) -> Table | None:
    """Say for each field how many of its measures answer each question; None without measures."""
    if not concept.measures:
        return None
    rows = [_answers_row(field_cell(f), f.measures, to=in_catalogue(f)) for f in concept.fields if f.measures]
    if len(rows) > 1:
        rows.append(_answers_row(Cell.of(Run("alle", strong=True)), concept.measures))
    notes = [f"{'. '.join(q.rule for q in QUESTIONS)}."]
    empty = [f.short_name for f in concept.fields if not f.measures]
    if empty:
        notes.append(f"Ohne Maßnahmen in den Daten: {german.listing(empty)}.")
    if goals := derived(concept, "ziel"):
        notes.append(
            f"Bei {german.count(goals, 'Maßnahme', 'Maßnahmen', gender='er')} ist das Ziel aus dem Zusammenhang der Quelle abgeleitet, nicht dort genannt."
        )
    if reports := derived(concept, "ereignis"):
        notes.append(
            f"Bei {german.count(reports, 'Maßnahme', 'Maßnahmen', gender='er')} nennt die Quelle einen Bericht; dass er auch die Maßnahme überprüft, ist abgeleitet."
        )
    return Table(
        label="tab-angaben",
        caption="Für wie viele Maßnahmen die fünf Fragen beantwortet sind",
        columns=(Column("Handlungsfeld", width=25), *(Column(q.short, width=15) for q in QUESTIONS)),
        rows=tuple(rows),
        notes=tuple(notes),
        sources=cited([m.source for m in concept.measures]),
    )


def _answers_row(heading: Cell, measures: Sequence[Measure], *, to: str | None = None) -> Row:
    counted = [_of(n, len(measures), to=to) for n in answers(measures)]
    return Row((heading, *counted))


def _of(n: int, total: int, *, to: str | None) -> Cell:
    return Cell.of(Run(f"{german.number(n)} von {german.number(total)}", muted=not n, target=to))
