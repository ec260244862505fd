"""Lays bubbles out at their places, with their names, a scale and a key."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.values import value_text
from konzept.elements.drawing.canvas import Canvas
from konzept.elements.drawing.template import (
    MAIN,
    NARROW,
    OTHER,
    PAPER,
    SIZE,
    TEXT_2,
    WIDE,
    safe,
    text_width,
)
from konzept.elements.palette import INTERFACE
from konzept.words import german
from konzept.words.hyphenation import wrapped

_KM = 111.2
"""Kilometres from one degree of latitude to the next."""

_TALLEST = 480
"""Most height of the map itself, in px; the strip with the scale stands below it."""

_LOWEST, _STRIP, _EDGE, _GAP, _CLEAR = 200, 52, 10, 4, 2

_PLACES = (
    (1, 0, "left"), (-1, 0, "right"), (0, -1, "center"), (0, 1, "center"),
    (0.7, -0.7, "left"), (-0.7, -0.7, "right"), (0.7, 0.7, "left"), (-0.7, 0.7, "right"),
    (0.94, -0.34, "left"), (-0.94, -0.34, "right"), (0.94, 0.34, "left"), (-0.94, 0.34, "right"),
    (1, -1, "right"), (-1, -1, "left"), (1, 1, "right"), (-1, 1, "left"),
)  # fmt: skip
"""Where a label may stand around its bubble, the best first: steps right and down, and its anchor."""

_TINY = 2.0
"""Radius in px below which a bubble could not be seen."""


@dataclass(frozen=True)
class _Box:
    """Room that a label takes, in px from the upper left, and where its text is anchored."""

    x: float
    y: float
    anchor: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crowds(self, bubble: _Bubble) -> bool:
        """Tell whether the label lies so near to a bubble that it could be taken for its name."""
        dx = max(self.left - bubble.x, 0, bubble.x - self.right)
        dy = max(self.top - bubble.y, 0, bubble.y - self.bottom)
        return math.hypot(dx, dy) < bubble.radius + _CLEAR

    def kept_in(self, width: float) -> _Box:
        """Shift a centred label off the edge."""
        shift = max(-self.left, 0) - max(self.right - width, 0)
        if self.anchor != "center" or not shift:
            return self
        return dataclasses.replace(self, x=self.x + shift, left=self.left + shift, right=self.right + shift)

    def within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class _Bubble:
    """A municipality on the sheet, in px from the upper left."""

    value: Observation
    x: float
    y: float
    radius: float
    mine: bool
    lines: tuple[str, ...]

    def boxes(self, size: float) -> list[_Box]:
        """Give the places for the label, the best first: around the bubble, then on a large one."""
        width = max(text_width(part, size) for part in self.lines)
        height = len(self.lines) * size * 1.25
        reach = self.radius + _GAP
        around = [
            self._box(right * reach, down * (reach + height / 2), width, height, anchor)
            for right, down, anchor in _PLACES
        ]
        if self.radius < size:
            return around
        shifts = (0, 0.3 * self.radius, -0.3 * self.radius)
        return [*around, *(self._box(dx, 0, width, height, "center") for dx in shifts)]

    def _box(self, dx: float, dy: float, width: float, height: float, anchor: str) -> _Box:
        x, y = self.x + dx, self.y + dy
        left = {"left": x, "right": x - width, "center": x - width / 2}[anchor]
        return _Box(x, y, anchor, left, left + width, y - height / 2, y + height / 2)


class BubbleMap:
    """Lays the map out in one of the two widths; one unit of both axes is one px."""

    def __init__(
        self, concept: Concept, indicator: Indicator, shown: list[Observation], *, narrow: bool
    ) -> None:
        self.indicator = indicator
        self.narrow = narrow
        self.size = SIZE - (2 if narrow else 1)
        self.radius = 26 if narrow else 44
        self.highest = max(o.value or 0 for o in shown)
        self.width = NARROW if narrow else WIDE
        self._lay_out(concept.town.area_id, shown)
        self.labels = self._labels()
        self.unlabelled = len(self.bubbles) - len(self.labels)
        self.enlarged = any(self._true_radius(b.value.value or 0) < _TINY for b in self.bubbles)

    def _lay_out(self, town: str, shown: list[Observation]) -> None:
        """Project the places: equirectangular, the same scale both ways."""
        points = [(o.area.longitude or 0, o.area.latitude or 0) for o in shown]
        shrink = math.cos(math.radians(sum(lat for _, lat in points) / len(points)))
        xs = [lon * shrink * _KM for lon, _ in points]
        ys = [-lat * _KM for _, lat in points]
        radii = [max(self._true_radius(o.value or 0), _TINY) for o in shown]
        self.per_km = min(_fit(xs, radii, self.width - 2 * _EDGE), _fit(ys, radii, _TALLEST - 2 * _EDGE))
        columns, _ = _spread(xs, radii, self.per_km, at_least=self.width)
        rows, self.height = _spread(ys, radii, self.per_km, at_least=_LOWEST)
        self.bubbles = [
            _Bubble(
                value=o,
                x=x,
                y=y,
                radius=radius,
                mine=o.area.id == town,
                lines=self._lines(o, mine=o.area.id == town),
            )
            for o, x, y, radius in zip(shown, columns, rows, radii, strict=True)
        ]

    def _true_radius(self, value: float) -> float:
        return self.radius * math.sqrt(value / self.highest)

    def _lines(self, o: Observation, *, mine: bool) -> tuple[str, ...]:
        lines = wrapped(o.area.name, 18)
        return (*lines, value_text(self.indicator, o)) if mine and not self.narrow else tuple(lines)

    def _labels(self) -> list[tuple[_Bubble, _Box]]:
        """Place labels, the town's own first, then by value; one that finds no room is left out."""
        placed: list[tuple[_Bubble, _Box]] = []
        for bubble in sorted(self.bubbles, key=lambda b: not b.mine):
            boxes = [box.kept_in(self.width) for box in bubble.boxes(self.size)]
            boxes = [box for box in boxes if box.within(self.width, self.height)]
            free = [box for box in boxes if not self._blocked(bubble, box, placed)]
            if free or (boxes and bubble.mine):
                placed.append((bubble, (free or boxes)[0]))
        return placed

    def _blocked(self, own: _Bubble, box: _Box, placed: list[tuple[_Bubble, _Box]]) -> bool:
        return any(box.crowds(b) for b in self.bubbles if b is not own) or any(
            box.meets(other) for _, other in placed
        )

    def chart(self) -> go.Figure:
        """Draw the map with scale and size key below."""
        canvas = Canvas(narrow=self.narrow, size=self.size)
        # The largest first: a small one near it stays on top.
        for bubble in sorted(self.bubbles, key=lambda b: (b.mine, -b.radius)):
            o = bubble.value
            marker = _marker(bubble.radius, mine=bubble.mine, circa=o.precision == "circa")
            hover = f"{safe(o.area.name)}: {value_text(self.indicator, o)}"
            canvas.signs([(bubble.x, bubble.y)], marker, [hover])
        for bubble, box in self.labels:
            canvas.text(box.x, box.y, bubble.lines, bold=bubble.mine, anchor=box.anchor)
        self._scale(canvas)
        self._key(canvas)
        return canvas.chart(self.height + _STRIP)

    def _scale(self, canvas: Canvas) -> None:
        """Draw a bar of round length, at most a quarter of the width."""
        length = _round_below(self.width / 4 / self.per_km)
        left, y = 8, self.height + _STRIP / 2
        right = left + length * self.per_km
        canvas.line(left, y, right, y, colour=TEXT_2)
        for x in (left, right):
            canvas.line(x, y - 5, x, y + 5, colour=TEXT_2)
        canvas.text(right + 8, y, [f"{german.number(length)}{german.NBSP}km"], colour=TEXT_2)

    def _key(self, canvas: Canvas) -> None:
        """Draw a bubble of a round value that fits the strip, with that value."""
        most = self.highest * ((_STRIP / 2 - 4) / self.radius) ** 2
        value = _round_below(min(most, self.highest))
        radius = self._true_radius(value)
        text = wrapped(german.quantity(value, self.indicator.unit), 22 if self.narrow else 40)
        left = self.width - 8 - max(text_width(part, self.size) for part in text)
        y = self.height + _STRIP / 2
        canvas.signs([(left - 8 - radius, y)], _marker(radius))
        canvas.text(left, y, text, colour=TEXT_2)


def _marker(radius: float, *, mine: bool = False, circa: bool = False) -> dict[str, Any]:
    """Style a bubble; its rim keeps it apart from the paper and from others below it."""
    rim = MAIN if mine else OTHER
    fill = PAPER if circa else MAIN if mine else INTERFACE["linie"][0]
    line = {"color": rim, "width": 2.5 if circa else 1.25}
    return {"size": 2 * radius, "color": fill, "line": line}


def _fit(points: list[float], radii: list[float], room: float) -> float:
    """Find the scale in px per km at which all bubbles keep within a room; 1 km at least fills it."""
    order = sorted(zip(points, radii, strict=True))
    scales = [(room - r - s) / max(b - a, 1) for i, (a, r) in enumerate(order) for b, s in order[i:]]
    return min(scales)


def _spread(
    points: list[float], radii: list[float], per_km: float, *, at_least: float
) -> tuple[list[float], float]:
    """Place points in px so that all bubbles keep off the edge; give the room that takes."""
    low = min(p * per_km - r for p, r in zip(points, radii, strict=True))
    high = max(p * per_km + r for p, r in zip(points, radii, strict=True))
    room = max(high - low + 2 * _EDGE, at_least)
    return [p * per_km - (low + high) / 2 + room / 2 for p in points], room


def _round_below(value: float) -> float:
    """Give the greatest of 1, 2, 5, 10, 20, … (or their fractions) that is not above a value.

    Examples
    --------
    >>> _round_below(17.3), _round_below(0.7), _round_below(128000)
    (10.0, 0.5, 100000.0)
    """
    magnitude = 10.0 ** math.floor(math.log10(value))
    return next((m * magnitude for m in (5, 2) if m * magnitude <= value), magnitude)
