"""Two values of each municipality: one across, one up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.concept.model import Indicator, Observation
from konzept.concept.values import value_text
from konzept.elements.drawing.axes import fewer, scale, tick_texts
from konzept.elements.drawing.template import (
    MAIN,
    OTHER,
    PAPER,
    SIZE,
    TEXT,
    TEXT_2,
    fit,
    new_chart,
    safe,
    text_width,
)

_TICK, _LINE, _TICKS = 44, 18, 30


@dataclass(frozen=True)
class Pair:
    """What is known of one place."""

    across: Observation
    up: Observation


def cloud_chart(across: Indicator, up: Indicator, pairs: Sequence[Pair], *, narrow: bool) -> go.Figure:
    """Draw a mark for each place; the town's own has its name, the others say theirs when touched."""
    chart = new_chart(narrow=narrow, height=340 if narrow else 420)
    width = chart.layout.width
    above, below = (fit(text, width - 16) for text in (f"↑ {up.name}", f"→ {across.name}"))
    for pair in sorted(pairs, key=lambda p: p.up.area.own):
        _draw(chart, across, up, pair, width)
    for axis, indicator, values in (
        ("xaxis", across, [p.across.value or 0 for p in pairs]),
        ("yaxis", up, [p.up.value or 0 for p in pairs]),
    ):
        top, ticks = scale(values)
        texts = tick_texts(indicator, ticks)
        if axis == "xaxis":
            ticks = fewer(ticks, [text_width(text) for text in texts], width - _TICK)
            texts = tick_texts(indicator, ticks)
        low = min(0.0, *values)
        chart.update_layout(
            {axis: {"range": [low - 0.02 * (top - low), top], "tickvals": ticks, "ticktext": texts}}
        )
    for lines, place in (
        (above, {"x": 0, "xanchor": "left", "xshift": -_TICK, "y": 1, "yanchor": "bottom", "yshift": 6, "align": "left"}),
        (below, {"x": 1, "xanchor": "right", "y": 0, "yanchor": "top", "yshift": -_TICKS, "align": "right"}),
    ):  # fmt: skip
        text = "<br>".join(map(safe, lines))
        chart.add_annotation(
            xref="paper", yref="paper", text=text, font={"size": SIZE - 1, "color": TEXT_2}, **place
        )
    margin = {
        "l": _TICK,
        "r": 12,
        "t": len(above) * _LINE + 14,
        "b": _TICKS + len(below) * _LINE + 8,
        "autoexpand": False,
    }
    chart.update_layout(margin=margin)
    return chart


def _draw(chart: go.Figure, across: Indicator, up: Indicator, pair: Pair, width: float) -> None:
    area = pair.up.area
    colour = MAIN if area.own else OTHER
    hollow = "circa" in (pair.across.precision, pair.up.precision)
    values = f"{value_text(across, pair.across)}; {value_text(up, pair.up)}"
    chart.add_scatter(
        x=[pair.across.value],
        y=[pair.up.value],
        mode="markers",
        cliponaxis=False,
        marker={
            "opacity": 1,
            "symbol": "circle" if area.own else "square",
            "size": 14 if area.own else 9,
            "color": PAPER if hollow else colour,
            "line": {"color": colour, "width": 2},
        },
        customdata=[f"{safe(area.name)}: {values}"],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if area.own:
        chart.add_annotation(
            x=pair.across.value, y=pair.up.value, yshift=18, xanchor="center",
            text=f"<b>{safe(area.name)}</b>", font={"size": SIZE, "color": TEXT},
        )  # fmt: skip
