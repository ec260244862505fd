"""What a chart on a canvas shows, measured with the book's own type."""

from __future__ import annotations

import html
import itertools
import re
from functools import cache
from typing import Any

import plotly.graph_objects as go
from fontTools.ttLib import TTFont

from folders import PROGRAM
from konzept.elements.content import chart_json
from konzept.elements.palette import chart_colours

FONTS = PROGRAM / "node_modules/@fontsource/source-sans-3/files"
LINE = 1.3
"""Plotly's distance of lines in parts of the size of type."""

Rectangle = tuple[float, float, float, float]


def foreign_colours(svg: str) -> set[str]:
    """Find colours in a drawing that are not the book's."""
    return {c.lower() for c in re.findall(r"#[0-9a-fA-F]{6}\b", svg)} - set(chart_colours())


@cache
def _widths(weight: int) -> tuple[dict[int, str], Any, int]:
    font = TTFont(FONTS / f"source-sans-3-latin-{weight}-normal.woff2")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def width(text: str, size: float, *, bold: bool) -> float:
    """Measure a line of text in px; letters that the font lacks count as an n."""
    names, metrics, units = _widths(600 if bold else 400)
    return sum(metrics[names.get(ord(c), "n")][0] for c in text) / units * size


def words(chart: go.Figure) -> list[str]:
    """Give all texts of a chart as a reader sees them."""
    return [" ".join(_lines(a.text)) for a in chart.layout.annotations]


def _lines(text: str) -> list[str]:
    return [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in text.split("<br>")]


def rectangles(chart: go.Figure) -> dict[str, Rectangle]:
    """Measure all texts: left, top, right, bottom in px from the upper left corner."""
    found = {}
    for n, a in enumerate(chart.layout.annotations):
        lines = _lines(a.text)
        size = a.font.size or 15
        w = max(width(line, size, bold="<b>" in a.text) for line in lines)
        h = len(lines) * size * LINE
        left = a.x - w * {"left": 0, "center": 0.5, "right": 1}[a.xanchor]
        top = a.y - h * {"top": 0, "middle": 0.5}[a.yanchor]
        found[f"{n}: {' '.join(lines)}"] = (left, top, left + w, top + h)
    return found


def boxes(chart: go.Figure) -> list[Rectangle]:
    """Give the drawn boxes."""
    return [(s.x0, s.y0, s.x1, s.y1) for s in chart.layout.shapes if s.type == "rect"]


def check_layout(chart: go.Figure) -> None:
    """No text leaves the chart or its box or touches another, no type is small, no colour is foreign."""
    texts, drawn = rectangles(chart), boxes(chart)
    for name, (left, top, right, bottom) in texts.items():
        assert left >= 0, name
        assert right <= chart.layout.width, name
        assert top >= -2, name
        assert bottom <= chart.layout.height + 2, name
    for (one, a), (other, b) in itertools.combinations(texts.items(), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 2 or b[3] <= a[1] + 2
        assert apart, (one, other)
    for left, top, right, bottom in drawn:
        for name, (x0, y0, x1, y1) in texts.items():
            if left < (x0 + x1) / 2 < right and top < (y0 + y1) / 2 < bottom:
                assert left < x0 < x1 < right, name
                assert top < y0 < y1 < bottom, name
    assert all((a.font.size or 15) >= 13 for a in chart.layout.annotations)
    assert set(re.findall(r"#[0-9a-fA-F]{6}", chart_json(chart))) <= set(chart_colours())
