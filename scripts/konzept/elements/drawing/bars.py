"""A bar a row, of one part or several, and what it amounts to behind its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.elements.drawing.named_rows import Rows
from konzept.elements.drawing.template import OUTLINE, SIZE, TEXT, text_width

_BAR = 18


@dataclass(frozen=True)
class Part:
    """A part of a bar: where it starts, how long it is, and how it looks."""

    start: float
    length: float
    fill: str
    rim: str = OUTLINE
    weight: float = 1.25
    """The rim's width in px."""


@dataclass(frozen=True)
class Bar:
    """A bar with the name before it and the label behind it."""

    name: str
    parts: tuple[Part, ...]
    label: str
    hover: str
    """Plotly's text, with its own text made safe."""
    strong: bool = False
    """Whether the label is bold."""


def bars_chart(bars: Sequence[Bar], *, narrow: bool) -> go.Figure:
    """Draw bars from top to bottom on an axis that holds zero and leaves room for the labels."""
    rows = Rows([bar.name for bar in bars], [_BAR] * len(bars), narrow=narrow)
    ends = [max([0, *(p.start + max(p.length, 0) for p in bar.parts)]) for bar in bars]
    low = min([0, *(p.start + p.length for bar in bars for p in bar.parts)])
    span = max(ends) - low or 1
    room = max(text_width(bar.label) for bar in bars) + 12
    chart = rows.chart(low, low + span * rows.width / (rows.width - room))
    chart.update_layout(barmode="overlay")
    for bar, end, y in zip(bars, ends, rows.middles, strict=True):
        for part in bar.parts:
            chart.add_bar(
                x=[part.length],
                base=[part.start],
                y=[y],
                orientation="h",
                width=_BAR,
                cliponaxis=False,
                marker={"color": part.fill, "line": {"color": part.rim, "width": part.weight}},
                customdata=[bar.hover],
                hovertemplate="%{customdata}<extra></extra>",
            )
        chart.add_annotation(
            x=end,
            y=y,
            xanchor="left",
            yanchor="middle",
            xshift=8,
            text=f"<b>{bar.label}</b>" if bar.strong else bar.label,
            font={"size": SIZE, "color": TEXT},
        )
    return chart
