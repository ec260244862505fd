"""Rows with names, each beside its drawing, or above it in the narrow layout; and bars in such rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.elements.drawing.template import (
    NARROW,
    OUTLINE,
    SIZE,
    TEXT,
    WIDE,
    fit,
    new_chart,
    safe,
    text_width,
)

LINE = 20
"""Height of a line of text in px."""

_EDGE, _BESIDE, _GAP = 2, 16, 14
_AROUND = 10
"""Room above the first row and below the last one."""
_NAME = 250
_BELOW = 3
"""Between a name and the drawing below it."""


class Rows:
    """Places rows from top to bottom; all lengths are px.

    Parameters
    ----------
    names
        A name a row.
    heights
        How high the drawing of each row is.
    strong
        So many names, from the first on, are set in bold.
    """

    def __init__(
        self, names: Sequence[str], heights: Sequence[float], *, narrow: bool, strong: int = 0
    ) -> None:
        self.narrow = narrow
        self.strong = strong
        room = NARROW - 2 * _EDGE if narrow else _NAME
        self.names = [fit(name, room, bold=i < strong) for i, name in enumerate(names)]
        widths = [text_width(part, SIZE if strong else SIZE - 1) for lines in self.names for part in lines]
        self.left = _EDGE if narrow else max(widths, default=0) + _EDGE + _BESIDE
        self.width = (NARROW if narrow else WIDE) - self.left - _EDGE
        self.middles: list[float] = []
        """The middle of each row's drawing, from the top."""
        self._name_middles: list[float] = []
        top = float(_AROUND)
        for lines, height in zip(self.names, heights, strict=True):
            text = LINE * len(lines) + (_BELOW if narrow else 0)
            whole = text + height if narrow else max(text, height)
            self.middles.append(top + (text + height / 2 if narrow else whole / 2))
            self._name_middles.append(top + (text if narrow else whole) / 2)
            top += whole + _GAP
        self.height = top - _GAP + _AROUND

    def chart(self, low: float, high: float, *, below: float = 0) -> go.Figure:
        """Start a chart with the rows' names; x is the axis of values, y is px from the top.

        Parameters
        ----------
        low, high
            The ends of the axis of values.
        below
            Room for the axis' labels.
        """
        chart = new_chart(narrow=self.narrow, height=math.ceil(self.height + below))
        chart.update_layout(margin={"l": self.left, "r": _EDGE, "t": 0, "b": below, "autoexpand": False})
        chart.update_xaxes(range=[low, high], visible=bool(below))
        chart.update_yaxes(visible=False, range=[self.height, 0])
        for i, (lines, middle) in enumerate(zip(self.names, self._name_middles, strict=True)):
            text = "<br>".join(map(safe, lines))
            chart.add_annotation(
                x=0,
                xref="paper",
                xanchor="left",
                xshift=_EDGE - self.left,
                y=middle,
                yanchor="middle",
                align="left",
                borderpad=0,
                text=f"<b>{text}</b>" if i < self.strong else text,
                font={"size": SIZE - 1, "color": TEXT},
            )
        return chart


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
