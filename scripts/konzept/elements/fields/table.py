"""Action fields at a glance: goals, measures by status, costs by stage, indicators with data."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.model import Concept, Measure, Source
from konzept.concept.standing import by_status, explained
from konzept.elements.content import Cell, Run, Table
from konzept.elements.register import register
from konzept.elements.table_cells import written


def fields_table(concept: Concept) -> Table:
    """List the fields with goals, measures by status, costs by budget stage and indicators with data."""
    rows = []
    for field in concept.fields:
        status = [
            f"{len(found)} {status.counted(len(found))}"
            for status, found in by_status(field.measures).items()
            if status
        ]
        observed = sum(bool(i.actual()) for i in field.indicators)
        rows.append(
            [
                Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id)),
                written(str(len(field.goals)) if field.goals else None),
                written(*status),
                written(*_costs_by_stage(field.measures)),
                written(f"{observed} von {len(field.indicators)}" if field.indicators else "kein Indikator"),
            ]
        )
    heads = ("Handlungsfeld", "Ziele", "Maßnahmen", "Kosten", "Indikatoren mit Daten")
    sources: Sequence[Source | None] = [m.source for m in concept.measures] or [
        f.source for f in concept.fields
    ]
    caption = "Die Handlungsfelder im Überblick"
    notes = [text] if (text := explained(concept.measures)) else []
    return register("felder", caption, heads, rows, sources, notes, widths=(30, 15, 15, 25, 15))


def _costs_by_stage(measures: Sequence[Measure]) -> list[str]:
    costs = [cost for m in measures for cost in m.costs]
    stages = dict.fromkeys(c.stage for c in costs)
    return [f"{stage.label}: {'; '.join(c.text for c in costs if c.stage == stage)}" for stage in stages]
