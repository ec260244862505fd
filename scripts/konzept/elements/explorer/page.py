"""The explorer on a page: its material, and below it everything as tables for readers without scripts."""

from __future__ import annotations

from konzept.concept.findings import is_comparison
from konzept.concept.model import Concept, Indicator
from konzept.elements.content import Cell, Column, Explorer, Row, Run, Table, line
from konzept.elements.explorer.material import Material
from konzept.elements.indicators.figure import data_table
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_MOST = 5_000
"""So many values stand on the page at most; files hold all of them."""


def explorer_block(concept: Concept, material: Material) -> Explorer:
    """Gather the explorer's page."""
    tables, left_out = _indicator_tables(concept)
    return Explorer(
        material=material,
        tables=(*_measures_table(concept), *tables),
        note=f"{german.number(left_out)} weitere Werte enthalten die Datentabellen unter den Abbildungen."
        if left_out
        else "",
    )


def _measures_table(concept: Concept) -> tuple[Table, ...]:
    rows = tuple(
        Row(
            (
                Cell.of(line(Run(measure.title, target=measure.id))),
                Cell.of(field.short_name),
                Cell.of(measure.status.label if measure.status else NOT_NAMED),
                Cell.of("; ".join(dict.fromkeys(r.actor for r in measure.responsibilities)) or NOT_NAMED),
                Cell.of("; ".join(cost.text for cost in measure.costs) or NOT_NAMED),
                Cell.of(german.period(measure.start, measure.end, measure.precision) or NOT_NAMED),
            )
        )
        for field in concept.fields
        for measure in field.measures
    )
    heads = ("Maßnahme", "Handlungsfeld", "Status", "Zuständig", "Kosten", "Zeitraum")
    title = f"Maßnahmen ({len(rows)})"
    return (Table("", title, tuple(map(Column, heads)), rows),) if rows else ()


def _indicator_tables(concept: Concept) -> tuple[list[Table], int]:
    """Give the tables that have room, and count the values that have none."""
    tables: list[Table] = []
    left, room = 0, _MOST
    for indicator in concept.indicators:
        count = len(indicator.observations)
        if count > room:
            left += count
        elif count:
            room -= count
            tables.append(_indicator_table(indicator))
    return tables, left


def _indicator_table(indicator: Indicator) -> Table:
    table = data_table(indicator, indicator.observations, by_area=is_comparison(indicator))
    unit = "" if indicator.unit == "Prozent" else f", {indicator.unit}"
    title = f"{indicator.name}{unit} ({len(indicator.observations)})"
    return Table("", title, table.columns, table.rows)
