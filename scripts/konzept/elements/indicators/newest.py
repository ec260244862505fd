"""Each field's indicators with direction and newest value."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept, Indicator, Observation, Source
from konzept.concept.steering import DIRECTIONS, nearest_values
from konzept.concept.values import value_text
from konzept.elements.content import Cell, Column, Line, Row, Run, Table, line
from konzept.elements.table_cells import field_cell


def newest_values_table(concept: Concept) -> Table | None:
    """List each field's indicators with direction and the newest own or nearest value."""
    rows: list[Row] = []
    sources: list[Source] = []
    for field in concept.fields:
        rows.append(Row((field_cell(field),), group=True))
        shown = [(i, nearest_values(concept, i)) for i in field.indicators]
        valued = [(i, values) for i, values in shown if values]
        rows += [_indicator_row(concept, i, values) for i, values in valued]
        sources += [o.source for _, values in valued for o in values]
        rows += _without_values(field, [i for i, values in shown if not values])
    if not sources:
        return None
    name = concept.town.whom
    return Table(
        label="tab-neueste-werte",
        caption="Indikatoren mit Richtung und neuestem Wert",
        columns=tuple(
            Column(h, width=w)
            for h, w in (("Indikator", 35), ("Richtung", 15), ("Neuester Wert", 30), ("Gebiet und Zeit", 20))
        ),
        rows=tuple(rows),
        notes=(
            f"Liegt für {name} kein Wert vor, steht der des nächstgrößeren Gebiets; er gilt nicht für {name}.",
            "Die Werte zeigen Zustände, keine Wirkungen einzelner Maßnahmen.",
        ),
        sources=cited(sources),
    )  # fmt: skip


def _indicator_row(concept: Concept, indicator: Indicator, values: Sequence[Observation]) -> Row:
    first = values[0]
    own = first.area.id == concept.town.area_id
    texts: list[Line | Run] = [
        line(value_text(indicator, o), Run(f" ({o.group})" if len(values) > 1 or o.group != "insgesamt" else "", muted=True))
        for o in values
    ]  # fmt: skip
    return Row(
        (
            Cell.of(Run(indicator.name, target=indicator.id)),
            Cell.of(DIRECTIONS[indicator.direction]),
            Cell.of(*texts),
            Cell.of(Run(first.area.name, strong=own), Run(first.time, muted=True)),
        )
    )


def _without_values(field: ActionField, silent: Sequence[Indicator]) -> list[Row]:
    if not field.indicators:
        return [_spanning("kein Indikator benannt")]
    return [_spanning(f"Ohne Zahl: {'; '.join(i.name for i in silent)}.")] if silent else []


def _spanning(text: str) -> Row:
    return Row((Cell.of(Run(text, muted=True)),))
