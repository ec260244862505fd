"""The bodies as boxes in layers, with lines that never cross a box.

Lines run in the channels between layers and in the gutters left of columns.
All lines that come from one body by one kind of relation share a bus.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import plotly.graph_objects as go

from konzept.concept.model import Body
from konzept.elements.bodies.tree import (
    DASH,
    LINE,
    Relations,
    arrow,
    below,
    body_box,
    box_lines,
    by_project,
    centre,
    councils,
    named_below,
    related,
    side,
)
from konzept.elements.drawing.canvas import Canvas
from konzept.elements.drawing.template import TEXT_2, WIDE, fit
from konzept.words.labels import Word

_EDGE, _GUTTER, _GAP, _PAD, _HEAD = 30, 36, 10, 9, 24
_WIDEST, _COLUMNS = 330, 3
_LABEL, _STEP, _FOOT = 24, 9, 12
"""A channel's parts in px: room for labels, the distance of buses, and room below them."""

_LANES = 4
"""Gutters have room for so many buses; more lines would not be told apart."""


@dataclass
class _Box:
    """A body and its place."""

    body: Body
    layer: int
    row: int
    x: float
    width: float
    lines: list[str]
    entered_left: bool
    y: float = 0.0
    height: float = 0.0

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass
class _Bus:
    """The lines from one body down to those that belong, or those that report, to it."""

    kind: Word
    parent: _Box
    children: list[_Box]
    lane: int
    leaves: float = 0.0
    """Where it leaves the lower side of the body above."""
    arrives: dict[str, float] = field(default_factory=dict)
    """How far from the middle of a side it reaches a body below."""
    heights: dict[int, float] = field(default_factory=dict)
    """Where it runs in the channel below each layer."""

    @property
    def deepest(self) -> int:
        """The last channel in which it runs."""
        return max(child.layer for child in self.children) - 1

    def gutter(self, x: float) -> float:
        """Where it runs left of a column."""
        return x - 12 - 5 * self.lane

    def entry(self, child: _Box) -> float:
        """Where it turns down to a body below."""
        if child.entered_left:
            return self.gutter(child.x)
        return child.x + child.width / 2 + self.arrives[child.body.id]

    def points(self, channel: int) -> list[float]:
        """What it joins in a channel, from left to right; what lies deeper it reaches at the outer edge."""
        found = [self.entry(child) for child in self.children if child.layer == channel + 1]
        if channel == self.parent.layer:
            found.append(self.leaves)
            if self.deepest > channel:
                found.append(self.gutter(_EDGE))
        elif found:
            found.append(self.gutter(_EDGE))
        return sorted(found)


def layers_chart(bodies: tuple[Body, ...], *, heads: bool) -> go.Figure | None:
    """Draw the bodies in layers.

    Parameters
    ----------
    bodies
        The bodies with their relations.
    heads
        Name the projects above their columns.

    Returns
    -------
    plotly.graph_objects.Figure or None
        None when there are no lines, or too many to tell apart.
    """
    under = below(bodies)
    layers = [_columns(layer, under) for layer in _layers(related(bodies))]
    # Of two in a column that lines leave, those of the upper one would have to pass a box.
    crowded = any(sum(_leads(b, under) for b in column) > 1 for layer in layers for column in layer)
    if not under or len(under) > _LANES or crowded:
        return None
    stressed = centre(bodies)
    boxes = [
        box
        for n, columns in enumerate(layers)
        for box in _boxes(
            columns, n, stressed, named=heads and len({side(b) for column in columns for b in column}) > 1
        )
    ]
    buses = _buses(boxes, under)
    top = _boxes(_spread(councils(bodies)), 0, None, named=False)
    bottom = _place(boxes, buses, len(layers), top=_place_rows(top, 2.0) + 20 if top else 2.0, heads=heads)
    canvas = Canvas(narrow=False)
    for bus in buses:
        _draw_bus(canvas, bus)
    for box in [*top, *boxes]:
        body_box(canvas, box.x, box.y, box.width, box.height, box.lines, stressed=box.body.id == stressed)
    if heads:
        _name_projects(canvas, boxes)
    if text := named_below(bodies):
        lines = fit(text, WIDE - _EDGE)
        canvas.text(_EDGE, bottom + 20 + len(lines) * LINE / 2, lines, colour=TEXT_2)
        bottom += 24 + len(lines) * LINE
    return canvas.chart(bottom + 2)


def _layers(bodies: list[Body]) -> list[list[Body]]:
    """Sort bodies by how many stand above them at most."""
    by_id = {b.id: b for b in bodies}

    @cache
    def depth(body_id: str) -> int:
        return max((depth(r.body_id) + 1 for r in by_id[body_id].above), default=0)

    return [
        [b for b in bodies if depth(b.id) == n] for n in range(max((depth(i) for i in by_id), default=-1) + 1)
    ]


def _columns(layer: list[Body], under: Relations) -> list[list[Body]]:
    """Set a layer in columns: by project where there are several, else side by side."""
    groups = [group for _, group in by_project(layer)]
    columns = groups if len(groups) > 1 else _spread(layer)
    # Lines leave a column at its end.
    return [sorted(column, key=lambda b: _leads(b, under)) for column in columns]


def _spread(bodies: list[Body]) -> list[list[Body]]:
    return [bodies[n::_COLUMNS] for n in range(min(len(bodies), _COLUMNS))]


def _leads(body: Body, under: Relations) -> bool:
    return any((body.id, kind) in under for kind in DASH)


def _boxes(columns: list[list[Body]], layer: int, stressed: str | None, *, named: bool) -> list[_Box]:
    """Make the boxes of a layer, with their places from left to right."""
    n = max(len(columns), 1)
    width = min((WIDE - _EDGE - 2 - _GUTTER * (n - 1)) / n, _WIDEST)
    left = _EDGE + (WIDE - _EDGE - 2 - n * width - (n - 1) * _GUTTER) / 2
    return [
        _Box(
            body=body,
            layer=layer,
            row=row,
            x=left + i * (width + _GUTTER),
            width=width,
            lines=box_lines(body.name, width, stressed=body.id == stressed),
            entered_left=named or len(column) > 1,
        )
        for i, column in enumerate(columns)
        for row, body in enumerate(column)
    ]


def _buses(boxes: list[_Box], under: Relations) -> list[_Bus]:
    """Make the buses, and let those that share a side of a box keep apart."""
    by_id = {box.body.id: box for box in boxes}
    buses = [
        _Bus(kind, by_id[key], [by_id[b.id] for b in group], lane)
        for lane, ((key, kind), group) in enumerate(under.items())
    ]
    for box in boxes:
        down = [bus for bus in buses if bus.parent is box]
        for bus, shift in zip(down, _shifts(len(down), 90), strict=True):
            bus.leaves = box.x + box.width / 2 + shift
        up = sorted((bus for bus in buses if box in bus.children), key=lambda bus: bus.parent.x)
        for bus, shift in zip(up, _shifts(len(up), 10 if box.entered_left else 28), strict=True):
            bus.arrives[box.body.id] = shift
    return buses


def _shifts(n: int, step: float) -> list[float]:
    """Spread n things evenly around the middle."""
    return [(i - (n - 1) / 2) * step for i in range(n)]


def _place(boxes: list[_Box], buses: list[_Bus], layers: int, *, top: float, heads: bool) -> float:
    """Place layers and channels from top to bottom and give the lower end."""
    for n in range(layers):
        layer = [box for box in boxes if box.layer == n]
        if heads and len({side(box.body) for box in layer}) > 1:
            top += _HEAD
        bottom = _place_rows(layer, top)
        lanes = _lanes([bus for bus in buses if bus.parent.layer <= n <= bus.deepest], n)
        for level, lane in enumerate(lanes):
            for bus in lane:
                bus.heights[n] = bottom + _LABEL + _STEP * level
        top = bottom + _LABEL + _STEP * len(lanes) + _FOOT
    return bottom


def _place_rows(boxes: list[_Box], top: float) -> float:
    """Place boxes in rows of equal height and give the lower end."""
    for row in range(max(box.row for box in boxes) + 1):
        members = [box for box in boxes if box.row == row]
        height = max(len(box.lines) for box in members) * LINE + 2 * _PAD
        for box in members:
            box.y, box.height = top, height
        top += height + _GAP
    return top - _GAP


def _lanes(buses: list[_Bus], channel: int) -> list[list[_Bus]]:
    """Share out a channel: buses that do not touch run at the same height."""
    lanes: list[list[_Bus]] = []
    for bus in sorted((b for b in buses if b.points(channel)), key=lambda b: b.points(channel)):
        free = next((k for k in lanes if k[-1].points(channel)[-1] < bus.points(channel)[0] - 8), None)
        if free is None:
            lanes.append([bus])
        else:
            free.append(bus)
    return lanes


def _draw_bus(canvas: Canvas, bus: _Bus) -> None:
    dash = DASH[bus.kind]
    first = bus.heights[bus.parent.layer]
    canvas.line(bus.leaves, bus.parent.bottom, bus.leaves, first, dash=dash)
    if bus.kind == "berichtet_an":
        arrow(canvas, bus.leaves, bus.parent.bottom + 7)
    canvas.text(bus.leaves + 9, bus.parent.bottom + 13, [bus.kind.label], colour=TEXT_2)
    if bus.deepest > bus.parent.layer:
        edge = bus.gutter(_EDGE)
        canvas.line(edge, first, edge, bus.heights[bus.deepest], dash=dash)
    for channel, y in bus.heights.items():
        points = bus.points(channel)
        canvas.line(points[0], y, points[-1], y, dash=dash)
    # One line for a whole column: lines upon lines would look darker.
    ends: dict[tuple[int, float], float] = {}
    for child in bus.children:
        x, y = bus.entry(child), child.y
        if child.entered_left:
            y += child.height / 2 + bus.arrives[child.body.id]
            canvas.line(x, y, child.x, y, dash=dash)
        ends[child.layer, x] = max(y, ends.get((child.layer, x), 0))
    for (layer, x), y in ends.items():
        canvas.line(x, bus.heights[layer - 1], x, y, dash=dash)


def _name_projects(canvas: Canvas, boxes: list[_Box]) -> None:
    """Name a project above its column, where a layer holds more than one."""
    for n in {box.layer for box in boxes}:
        layer = [box for box in boxes if box.layer == n and box.row == 0]
        if len({side(box.body) for box in layer}) > 1:
            for box in layer:
                if project := side(box.body):
                    canvas.text(box.x, box.y - 13, [f"Projekt {project.label}"], colour=TEXT_2)
