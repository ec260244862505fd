"""A dot a row on a thread from zero, with its name before it and its number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.elements.drawing.template import (
    AXIS,
    GRID,
    MAIN,
    OTHER,
    PAPER,
    SIZE,
    TARGET,
    TEXT,
    TEXT_2,
    fit,
    new_chart,
    safe,
    text_width,
)

_ROW, _LINE = 18, 17
_MOST_WIDE, _MOST_NARROW = 240, 192
"""So wide are names at most, in px."""


@dataclass(frozen=True)
class Dot:
    """A value with its name."""

    name: str
    value: float
    label: str
    hover: str
    main: bool = False
    """It is the town's own."""
    symbol: str = "square"
    hollow: bool = False
    target: bool = False


def dots_chart(dots: Sequence[Dot], *, narrow: bool) -> go.Figure:
    """Draw dots from bottom to top."""
    most = _MOST_NARROW if narrow else _MOST_WIDE
    names = [fit(dot.name, most, bold=dot.main) for dot in dots]
    lines = max(map(len, names), default=1)
    chart = new_chart(narrow=narrow, height=len(dots) * (_ROW if lines == 1 else lines * _LINE) + 16)
    for y, dot in enumerate(dots):
        _draw(chart, dot, y)
    texts = ["<br>".join(map(safe, name)) for name in names]
    chart.update_yaxes(
        tickvals=list(range(len(dots))),
        ticktext=[f"<b>{t}</b>" if dot.main else t for t, dot in zip(texts, dots, strict=True)],
        tickfont={"size": SIZE - 1, "color": TEXT},
        ticklabelstandoff=8,
        showgrid=False,
        range=[-0.7, len(dots) - 0.3],
    )
    chart.add_shape(type="line", x0=0, x1=0, y0=-0.6, y1=len(dots) - 0.4, line={"color": AXIS, "width": 1.5})
    left = int(
        min(max((text_width(part, SIZE - 1) for name in names for part in name), default=0) + 14, most)
    )
    room = chart.layout.width - left
    label = max((text_width(dot.label) for dot in dots), default=0) + 14
    low = min([0.0, *(dot.value for dot in dots)])
    span = max([0.0, *(dot.value for dot in dots)]) - low or 1
    chart.update_xaxes(visible=False, range=[low, low + span / (1 - label / room)])
    chart.update_layout(margin={"l": left, "r": 0, "t": 4, "b": 4, "autoexpand": False})
    return chart


def _draw(chart: go.Figure, dot: Dot, y: int) -> None:
    colour = TARGET if dot.target else MAIN if dot.main else OTHER
    chart.add_shape(
        type="line", x0=0, x1=dot.value, y0=y, y1=y, layer="below",
        line={"color": colour if dot.main else GRID, "width": 3 if dot.main else 1.5},
    )  # fmt: skip
    marker = {
        "opacity": 1,
        "symbol": dot.symbol,
        "size": 14 if dot.main else 9,
        "color": PAPER if dot.hollow else colour,
    }
    chart.add_scatter(
        x=[dot.value],
        y=[y],
        mode="markers",
        cliponaxis=False,
        marker={**marker, "line": {"color": colour, "width": 2.5}} if dot.hollow else marker,
        customdata=[dot.hover],
        hovertemplate="%{customdata}<extra></extra>",
    )
    chart.add_annotation(
        x=dot.value, y=y, xanchor="left", xshift=12 if dot.main else 9,
        text=f"<b>{dot.label}</b>" if dot.main else dot.label,
        font={"size": SIZE - 1, "color": TEXT if dot.main else TEXT_2},
    )  # fmt: skip
