"""Many places side by side at one time: a dot each, the town's own highlighted."""

from __future__ import annotations

import plotly.graph_objects as go

from konzept.concept.findings import ABSOLUTE, MANY, level_of, values_side_by_side
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.series import Series
from konzept.concept.values import number_text, value_text
from konzept.elements.drawing.dots import Dot, dots_chart
from konzept.elements.drawing.template import safe

_TARGETS = 3
"""More targets than these would crowd the lines; a figure of their own shows all."""


def worth_drawing(concept: Concept, indicator: Indicator, series: list[Series]) -> list[Series]:
    """Leave to the data table what would crowd the lines or flatten them.

    Counts of areas of different size do not share an axis: the nearest area alone is drawn.
    Of many areas only those with more than one value are.
    """
    if indicator.unit in ABSOLUTE and len({s.area.id for s in series}) > 1:
        return [s for s in series if s.area == series[0].area]
    if len({s.area.id for s in series}) <= MANY:
        return series
    return [s for s in series if len(s.values) > 1 or s.area.id == concept.town.area_id]


def worth_aiming_at(concept: Concept, indicator: Indicator, series: list[Series]) -> list[Observation]:
    """Choose the targets that lines can carry: of areas whose actual values are drawn, the town's own first."""
    drawn = {s.area for s in series}
    found = [o for o in indicator.targets() if o.value is not None and o.area in drawn]
    return sorted(found, key=lambda o: o.area.id != concept.town.area_id)[:_TARGETS]


def comparison_chart(concept: Concept, indicator: Indicator, *, narrow: bool) -> go.Figure:
    """Draw the dots from the lowest to the highest value, upwards."""
    values = sorted(
        values_side_by_side(indicator), key=lambda o: (o.value or 0, o.area.id == concept.town.area_id)
    )
    level = level_of(values)
    dots = [
        Dot(
            name=o.area.name,
            value=o.value or 0,
            label=_label(indicator, o),
            hover=f"{safe(o.area.name)}: {value_text(indicator, o)}",
            main=(mine := o.area.id == concept.town.area_id),
            symbol=_symbol(mine, o.area.level != level),
        )
        for o in values
    ]
    return dots_chart(dots, narrow=narrow)


def _label(indicator: Indicator, o: Observation) -> str:
    """Write the value; a unit longer than a sign stands above the chart, once."""
    return value_text(indicator, o) if indicator.unit == "Prozent" else number_text(indicator, o)


def _symbol(mine: bool, larger: bool) -> str:
    if mine:
        return "circle"
    return "diamond" if larger else "square"
