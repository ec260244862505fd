"""Rows with names: each name beside its drawing, or above it in the narrow layout."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from konzept.elements.drawing.template import NARROW, SIZE, TEXT, WIDE, fit, new_chart, safe, text_width

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
