"""The bodies as an indented list: what stands below a body hangs from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.concept.grouping import grouped
from konzept.concept.model import Body
from konzept.elements.drawing.canvas import Canvas
from konzept.elements.drawing.template import AXIS, GRID, MAIN, NARROW, PAPER, TEXT, TEXT_2, WIDE, fit
from konzept.words.labels import Word

LINE = 18
"""Height of a line of text in px."""

DASH = {"untergeordnet": "solid", "berichtet_an": "5px,4px"}

_SHARED = "beide"
"""What stands for a body of all projects."""

_PAD, _GAP, _EDGE = 8, 9, 2
_BELOW = {
    "untergeordnet": ("dazu gehört", "dazu gehören"),
    "berichtet_an": ("hierher berichtet", "hierher berichten"),
}

Relations = dict[tuple[str, Word], list[Body]]


def below(bodies: tuple[Body, ...]) -> Relations:
    """List the bodies under each body, by its id and the kind of relation."""
    return grouped(
        ((relation.body_id, relation.kind), body)
        for kind in DASH
        for body in bodies
        for relation in body.above
        if relation.kind == kind
    )


def hub(bodies: tuple[Body, ...]) -> tuple[Body, str, list[Body]]:
    """Find the body that most others belong to; where none belongs to another, that most report to."""
    found = below(bodies)
    belonging = {key: group for key, group in found.items() if key[1] == "untergeordnet"} or found
    (body_id, kind), group = max(belonging.items(), key=lambda item: len(item[1]))
    return next(b for b in bodies if b.id == body_id), kind, group


def side(body: Body) -> Word:
    """Name the one project that a body belongs to, or nothing."""
    return body.project if body.project and body.project != _SHARED else Word("")


def by_project(bodies: list[Body]) -> list[tuple[Word, list[Body]]]:
    """Part bodies by project, without empty parts; what belongs to all or none stands behind the first."""
    sides = sorted({side(b) for b in bodies}, key=lambda s: (-1 if s.place == 0 else s.place) if s else 0)
    return [(key, [b for b in bodies if side(b) == key]) for key in sides]


def related(bodies: tuple[Body, ...]) -> list[Body]:
    """List the bodies with others above or below."""
    above = {r.body_id for b in bodies for r in b.above}
    return [b for b in bodies if b.above or b.id in above]


def councils(bodies: tuple[Body, ...]) -> list[Body]:
    """List the councils without a relation: they stand above all others nevertheless."""
    return [b for b in bodies if b.kind == "rat" and b not in related(bodies)]


def named_below(bodies: tuple[Body, ...]) -> str:
    """Name the other bodies without a relation: they are not drawn, because nothing is known of where they stand."""
    alone = [b.name for b in bodies if b.kind != "rat" and b not in related(bodies)]
    return f"Ohne genannte Zuordnung: {'; '.join(alone)}." if alone else ""


def centre(bodies: tuple[Body, ...]) -> str | None:
    """Name by id the body to stress: the one that most hang from, where any hang at all."""
    return hub(bodies)[0].id if below(bodies) else None


def body_box(
    canvas: Canvas, x: float, y: float, width: float, height: float, lines: list[str], *, stressed: bool
) -> None:
    """Draw a body as a box with its name."""
    canvas.box(x, y, width, height, fill=MAIN if stressed else PAPER, rim=MAIN if stressed else AXIS)
    canvas.text(x + _PAD + 2, y + height / 2, lines, colour=PAPER if stressed else TEXT, bold=stressed)


def box_lines(name: str, width: float, *, stressed: bool) -> list[str]:
    """Break a name so that it fits into a box."""
    return fit(name, width - 2 * _PAD - 4, bold=stressed)


def arrow(canvas: Canvas, x: float, y: float) -> None:
    """Draw the tip of an arrow that points up."""
    canvas.signs([(x, y)], {"symbol": "triangle-up", "size": 11, "color": AXIS})


@dataclass(frozen=True)
class _Item:
    """A line of the list: a body, a body named again, or a few words above bodies."""

    text: str
    depth: int
    parent: int | None = None
    kind: str = ""
    body_id: str = ""
    again: bool = False


def _items(bodies: tuple[Body, ...]) -> list[_Item]:
    """Put the list in order; what stands under two bodies is named again under the second."""
    under = below(bodies)
    roots = [*councils(bodies), *(b for b in related(bodies) if not b.above)]
    items: list[_Item] = []
    seen: set[str] = set()

    def add(body: Body, depth: int, parent: int | None, kind: str) -> None:
        again = body.id in seen
        seen.add(body.id)
        items.append(
            _Item(f"{body.name} (siehe oben)" if again else body.name, depth, parent, kind, body.id, again)
        )
        own = len(items) - 1
        for relation in DASH if not again else ():
            parts = by_project(under.get((body.id, Word(relation)), []))
            for project, group in parts:
                name = f" ({project.label})" if project and len(parts) > 1 else ""
                items.append(_Item(f"{_BELOW[relation][len(group) > 1]}{name}:", depth + 1))
                for child in group:
                    add(child, depth + 1, own, relation)

    for body in roots:
        add(body, 0, None, "")
    if text := named_below(bodies):
        items.append(_Item(text, 0))
    return items


def tree_chart(bodies: tuple[Body, ...], *, narrow: bool) -> go.Figure:
    """Draw the bodies as an indented list."""
    items = _items(bodies)
    width = NARROW if narrow else WIDE
    step = min(22.0, width / 2 / max(1, *(i.depth for i in items)))
    stressed = centre(bodies)
    placed = list(_placed(items, step, width, stressed))
    canvas = Canvas(narrow=narrow)
    spines: dict[tuple[int, str], tuple[float, float]] = {}
    for item, (top, height, lines) in zip(items, placed, strict=True):
        x = _EDGE + item.depth * step
        if not item.body_id:
            canvas.text(x, top + height / 2, lines, colour=TEXT_2)
            continue
        if item.parent is not None:
            # Beside the line of those that belong there is room for that of those that report.
            spine = x - step * (0.6 if item.kind == "untergeordnet" else 0.8)
            spines[item.parent, item.kind] = spine, top + height / 2
            canvas.line(spine, top + height / 2, x, top + height / 2, dash=DASH[item.kind])
        if item.again:
            canvas.box(x, top, width - x - _EDGE, height, rim=GRID)
            canvas.text(x + _PAD + 2, top + height / 2, lines, colour=TEXT_2)
        else:
            body_box(canvas, x, top, width - x - _EDGE, height, lines, stressed=item.body_id == stressed)
    for (parent, kind), (spine, end) in spines.items():
        start = placed[parent][0] + placed[parent][1]
        canvas.line(spine, start, spine, end, dash=DASH[kind])
        if kind == "berichtet_an":
            arrow(canvas, spine, start + 6)
    return canvas.chart(placed[-1][0] + placed[-1][1] + _EDGE)


def _placed(
    items: list[_Item], step: float, width: float, stressed: str | None
) -> Iterator[tuple[float, float, list[str]]]:
    """Give each item's top, height and lines of text."""
    top = float(_EDGE)
    for before, item in zip([None, *items], items, strict=False):
        if before and before.depth and not item.depth:
            top += _GAP
        room = width - 2 * _EDGE - item.depth * step
        stress = item.body_id == stressed
        lines = box_lines(item.text, room, stressed=stress) if item.body_id else fit(item.text, room)
        height = len(lines) * LINE + (2 * _PAD if item.body_id else 0)
        if not item.body_id and not item.depth:
            top += 2 * _GAP
        yield top, height, lines
        top += height + (_GAP if item.body_id else 4)
