"""Many places side by side at one time: a dot each, the town's own highlighted."""

from __future__ import annotations

import plotly.graph_objects as go

from konzept.concept.findings import ABSOLUTE, MANY, level_of, values_side_by_side
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.series import Series
from konzept.concept.values import number_text, value_text
from konzept.elements.drawing.template import (
    AXIS,
    GRID,
    MAIN,
    OTHER,
    SIZE,
    TEXT,
    TEXT_2,
    new_chart,
    safe,
    text_width,
)

_ROW = 18
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
    chart = new_chart(narrow=narrow, height=len(values) * _ROW + 16)
    highest = max(o.value or 0 for o in values)
    for y, o in enumerate(values):
        mine = o.area.id == concept.town.area_id
        larger = o.area.level != level
        colour = MAIN if mine else OTHER
        chart.add_shape(
            type="line", x0=0, x1=o.value, y0=y, y1=y, layer="below",
            line={"color": colour if mine else GRID, "width": 3 if mine else 1.5},
        )  # fmt: skip
        chart.add_scatter(
            x=[o.value],
            y=[y],
            mode="markers",
            cliponaxis=False,
            marker={
                "opacity": 1,
                "symbol": _symbol(mine, larger),
                "size": 14 if mine else 9,
                "color": colour,
            },
            customdata=[f"{safe(o.area.name)}: {value_text(indicator, o)}"],
            hovertemplate="%{customdata}<extra></extra>",
        )
        text = _label(indicator, o)
        chart.add_annotation(
            x=o.value, y=y, xanchor="left", xshift=12 if mine else 9,
            text=f"<b>{text}</b>" if mine else text,
            font={"size": SIZE - 1, "color": TEXT if mine else TEXT_2},
        )  # fmt: skip
    names = [safe(o.area.name) for o in values]
    chart.update_yaxes(
        tickvals=list(range(len(values))),
        ticktext=[
            f"<b>{n}</b>" if o.area.id == concept.town.area_id else n
            for n, o in zip(names, values, strict=True)
        ],
        tickfont={"size": SIZE - 1, "color": TEXT},
        ticklabelstandoff=8,
        showgrid=False,
        range=[-0.7, len(values) - 0.3],
    )
    chart.add_shape(
        type="line", x0=0, x1=0, y0=-0.6, y1=len(values) - 0.4, line={"color": AXIS, "width": 1.5}
    )
    wanted = max(text_width(o.area.name, SIZE - 1) for o in values) + 14
    left = int(min(wanted, 192 if narrow else 240))
    room = chart.layout.width - left
    label = max(text_width(_label(indicator, o)) for o in values) + 14
    chart.update_xaxes(visible=False, range=[0, highest / (1 - label / room)])
    chart.update_layout(margin={"l": left, "r": 0, "t": 4, "b": 4, "autoexpand": False})
    return chart


def _label(indicator: Indicator, o: Observation) -> str:
    """Write the value; a unit longer than a sign stands above the chart, once."""
    return value_text(indicator, o) if indicator.unit == "Prozent" else number_text(indicator, o)


def _symbol(mine: bool, larger: bool) -> str:
    if mine:
        return "circle"
    return "diamond" if larger else "square"
