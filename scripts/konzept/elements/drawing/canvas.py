"""A drawing of boxes, lines and texts whose coordinates are px from its upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from konzept.elements.drawing.template import AXIS, PAPER, SIZE, TEXT, new_canvas, safe


class Canvas:
    """A drawing, put together piece by piece.

    Plotly checks all earlier pieces again with each new one; here they are handed over together.
    """

    def __init__(self, *, narrow: bool, size: float = SIZE - 1) -> None:
        self.narrow = narrow
        self.size = size
        self._texts: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._traces: list[go.Scatter] = []

    def text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        colour: str = TEXT,
        bold: bool = False,
        anchor: str = "left",
    ) -> None:
        """Write lines of literal text; the point is the middle of their left or right side."""
        text = "<br>".join(map(safe, lines))
        self._texts.append(
            {
                "x": x,
                "y": y,
                "xref": "x",
                "yref": "y",
                "xanchor": anchor,
                "yanchor": "middle",
                "align": anchor,
                "borderpad": 0,
                "text": f"<b>{text}</b>" if bold else text,
                "font": {"size": self.size, "color": colour},
            }
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = PAPER,
        rim: str = AXIS,
        dash: str = "solid",
    ) -> None:
        """Draw a box from its upper left corner."""
        line = {"color": rim, "width": 1.5, "dash": dash}
        corners = {"x0": x, "x1": x + width, "y0": y, "y1": y + height}
        self._add("rect", **corners, fillcolor=fill, line=line)

    def outline(self, corners: list[tuple[float, float]], *, fill: str, rim: str = AXIS) -> None:
        """Draw a filled shape with any corners."""
        path = "L".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        self._add("path", path=f"M{path}Z", fillcolor=fill, line={"color": rim, "width": 1.5})

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, colour: str = AXIS, dash: str = "solid"
    ) -> None:
        """Draw a line."""
        self._add("line", x0=x0, y0=y0, x1=x1, y1=y1, line={"color": colour, "width": 1.5, "dash": dash})

    def signs(
        self, points: list[tuple[float, float]], marker: dict[str, Any], hover: list[str] | None = None
    ) -> None:
        """Draw signs of one kind; `hover` is Plotly's text for each, with its own text made safe."""
        shown = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
        self._traces.append(
            go.Scatter(
                x=[x for x, _ in points],
                y=[y for _, y in points],
                mode="markers",
                marker={"opacity": 1, **marker},
                **(shown if hover else {"hoverinfo": "skip"}),
            )
        )

    def _add(self, kind: str, **shape: Any) -> None:
        self._shapes.append({"type": kind, "layer": "below", **shape})

    def chart(self, height: float) -> go.Figure:
        """Hand over the drawing."""
        chart = new_canvas(narrow=self.narrow, height=height)
        chart.add_traces(self._traces)
        chart.update_layout(shapes=self._shapes, annotations=self._texts)
        return chart
