"""A figure for notebooks: the chart with its finding above and its sources below, in one Plotly picture.

On pages the words around a chart are text of their own; JupyterLab shows the chart alone.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from konzept.concept.citing import in_full
from konzept.elements.content import Figure
from konzept.elements.drawing.template import SIZE, TEXT_2, WIDE, fit, safe

_LINE = 20
"""Height of a line, in px."""
_LARGER = 1.2
"""The finding's size in parts of the chart's."""
_AXIS = 46
"""Room for an axis' numbers, where there are some."""


def worded(figure: Figure) -> go.Figure:
    """Give the wide chart with finding, subtitle, caption and sources."""
    finding = fit(figure.finding, 0.92 * WIDE / _LARGER, bold=True)
    subtitle = fit(figure.subtitle, 0.95 * WIDE)
    sources = [f"Quelle: {source}" for source in in_full(figure.sources)]
    texts = filter(None, (f"{figure.caption}.", figure.reading, figure.method, *sources))
    below = [line for text in texts for line in fit(text, WIDE)]
    chart = go.Figure(figure.wide)
    layout = chart.layout
    margin = {side: _margin(layout, side) for side in ("t", "b")}
    gap = 12 if layout.yaxis.visible is False and layout.xaxis.visible is False else _AXIS
    top = round(len(finding) * _LINE * _LARGER + len(subtitle) * _LINE) + 34
    bottom = gap + len(below) * _LINE
    text = f"<b>{'<br>'.join(map(safe, finding))}</b>"
    small = f'<span style="font-size:{SIZE}px;color:{TEXT_2}">{"<br>".join(map(safe, subtitle))}</span>'
    chart.update_layout(
        height=(layout.height or 400) + top + bottom,
        margin={"t": margin["t"] + top, "b": margin["b"] + bottom},
        title={
            "text": f"{text}<br>{small}",
            "font": {"size": round(SIZE * _LARGER)},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 24, "l": 8},
        },
    )
    chart.add_annotation(
        text="<br>".join(map(safe, below)), x=0, xref="paper", xanchor="left", align="left",
        xshift=8 - _margin(layout, "l"), y=0, yref="paper", yanchor="top", yshift=-margin["b"] - gap,
        showarrow=False, font={"size": SIZE - 1, "color": TEXT_2},
    )  # fmt: skip
    return chart


def _margin(layout: Any, side: str) -> float:
    own = layout.margin[side]
    return float(layout.template.layout.margin[side] or 0) if own is None else float(own)
