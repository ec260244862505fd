"""Who takes part in which body: rows are actors, columns are bodies, signs are roles."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from konzept import german
from konzept.concept.citing import as_of, cited
from konzept.concept.model import Body, Concept, Member
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.canvas import Canvas
from konzept.figures.template import AXIS, GRID, MAIN, NARROW, PAPER, WIDE, fit, safe
from konzept.words import BODY_KINDS, ROLES

_LINE = 18
_STEP, _COLUMNS, _HIGHEST = 23, 14, 960
"""The matrix: width of a column in px, and how many columns and how much height a printed page has room for."""

_SIGNS = {
    "leitung": ("diamond", 14),
    "koordination": ("diamond", 14),
    "mitglied": ("circle", 12),
    "kooperation": ("square", 11),
    "gast": ("circle", 10),
}
_READING = {
    "Raute": ("leitung", "koordination"),
    "Gefüllter Kreis": ("mitglied",),
    "Quadrat": ("kooperation",),
    "Hohler Kreis": ("gast",),
}


@dataclass(frozen=True)
class _Actor:
    """An actor with its part in each body, by the body's id."""

    name: str
    parts: dict[str, list[Member]]


def actors_by_group_figure(concept: Concept) -> Figure | None:
    """Show the actors that take part in bodies, those in most bodies first.

    Returns
    -------
    Figure or None
        None when no source names anyone who takes part.
    """
    order = ["projektgruppe", *BODY_KINDS]
    bodies = sorted((b for b in concept.bodies if b.members), key=lambda b: order.index(b.kind))
    if not bodies:
        return None
    actors = _actors(bodies)
    members = [(b, m) for b in bodies for m in b.members]
    sources = [m.source for _, m in members]
    rows = [(m.name, b.name, ROLES[m.role]) for b, m in members]
    heads = ("Stelle", "Gremium", "Rolle")
    return Figure(
        label="abb-mitwirkung",
        finding=finding(actors, bodies),
        subtitle=f"Genannte Mitwirkung in Gremien nach Rolle{as_of(sources)}.",
        caption="Mitwirkende nach Gremium",
        reading=_reading_aid({m.role for _, m in members}),
        method=_method(concept),
        sources=cited(sources),
        wide=_matrix(actors, bodies) or _lists(bodies, narrow=False),
        narrow=_lists(bodies, narrow=True),
        data=Table(
            label="abb-mitwirkung-daten",
            caption="",
            columns=tuple(map(Column, heads)),
            rows=tuple(Row(tuple(map(Cell.of, row))) for row in rows),
        ),
        csv=(heads, *rows),
    )


def _actors(bodies: list[Body]) -> list[_Actor]:
    """Sort the actors: by number of bodies, by the first of them, by role."""
    found: dict[str, _Actor] = {}
    for body in bodies:
        for member in sorted(body.members, key=lambda m: list(_SIGNS).index(m.role)):
            actor = found.setdefault(member.actor_id, _Actor(member.name, {}))
            actor.parts.setdefault(body.id, []).append(member)
    # Found in the order of bodies and roles, which a stable sort keeps.
    return sorted(found.values(), key=lambda a: -len(a.parts))


def finding(actors: list[_Actor], bodies: list[Body]) -> str:
    """State how many take part, in how many bodies, and where most do."""
    many = german.count(len(actors), "mitwirkende Stelle", "mitwirkende Stellen")
    where = german.count(len(bodies), "Gremium", "Gremien", gender="em")
    sizes = {b.id: sum(b.id in a.parts for a in actors) for b in bodies}
    top = [b for b in bodies if sizes[b.id] == max(sizes.values())]
    most = ""
    if len(bodies) > len(top) == 1:
        most = f", die meisten ({sizes[top[0].id]}) in „{top[0].name}“"
    several = sum(len(a.parts) > 1 for a in actors)
    verb = "wirkt" if several == 1 else "wirken"
    also = f"; {'eine' if several == 1 else german.word(several)} {verb} in mehreren mit" if several else ""
    return f"Die Quellen nennen {many} in {where}{most}{also}."


def _reading_aid(roles: set[str]) -> str:
    parts = []
    for sign, own in _READING.items():
        if used := [ROLES[role] for role in own if role in roles]:
            parts.append(f"{sign}: {' oder '.join(used)}.")
    return " ".join(parts)


def _method(concept: Concept) -> str:
    parts = []
    for body in concept.bodies:
        if body.kind == "projektgruppe":
            names = [f"{m.name} ({ROLES[m.role]})" for m in body.members]
            parts.append(f"„{body.name}“: {german.listing(names) or 'Mitwirkende nicht genannt'}.")
    silent = sum(not b.members for b in concept.bodies)
    if silent:
        rest = german.count(silent, "weiteres Gremium", "weitere Gremien", gender="")
        parts.append(f"Für {rest} sind keine Mitwirkenden genannt.")
    return " ".join(parts)


def _add_signs(canvas: Canvas, signs: list[tuple[float, float, str, str]]) -> None:
    """Draw a sign for each role at its place, with a text to hover."""
    for role, (symbol, size) in _SIGNS.items():
        if own := [s for s in signs if s[2] == role]:
            guest = role == "gast"
            marker = {
                "symbol": symbol,
                "size": size,
                "color": PAPER if guest else MAIN,
                "line": {"color": MAIN, "width": 2.5 if guest else 0},
            }
            canvas.signs([(x, y) for x, y, *_ in own], marker, [text for *_, text in own])


def _hover(member: Member, body: Body) -> str:
    return "<br>".join([safe(member.name), safe(body.name), ROLES[member.role]])


def _matrix(actors: list[_Actor], bodies: list[Body]) -> go.Figure | None:
    """Draw the matrix, or nothing where it would be too wide or too high for a page."""
    columns = {b.id: WIDE - _STEP * (len(bodies) - i - 0.5) for i, b in enumerate(bodies)}
    left = WIDE - _STEP * len(bodies) - 12
    if len(bodies) > _COLUMNS:
        return None
    names = [fit(a.name, left) for a in actors]
    heads = [fit(f"{b.name} ({_size(b)})", columns[b.id] - 14) for b in bodies]
    top = sum(len(head) * _LINE + 2 for head in heads) + 8
    height = top + sum(len(name) * _LINE + 2 for name in names)
    if height > _HIGHEST:
        return None
    canvas = Canvas(narrow=False)
    # The names of the columns stand like stairs, so that each has its line and none is turned.
    y = float(top) - 8
    for body, head in zip(bodies, heads, strict=True):
        y -= len(head) * _LINE + 2
        middle = y + len(head) * _LINE / 2
        x = columns[body.id]
        canvas.text(x - 8, middle, head, anchor="right")
        canvas.line(x - 5, middle, x, middle)
        canvas.line(x, middle, x, top)
        canvas.line(x, top, x, height, colour=GRID)
    signs = []
    y = top
    for actor, name in zip(actors, names, strict=True):
        size = len(name) * _LINE + 2
        canvas.line(0, y, WIDE, y, colour=AXIS if y == top else GRID)
        canvas.text(2, y + size / 2, name)
        for body in bodies:
            for n, member in enumerate(actor.parts.get(body.id, [])):
                signs.append((columns[body.id] + 9 * n, y + size / 2, member.role, _hover(member, body)))
        y += size
    _add_signs(canvas, signs)
    return canvas.chart(height + 2)


def _size(body: Body) -> int:
    return len({m.actor_id for m in body.members})


@dataclass(frozen=True)
class _Entry:
    """A line of the lists: a body's name or a member."""

    lines: list[str]
    body: Body
    member: Member | None = None

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + (4 if self.member else 12)


def _lists(bodies: list[Body], *, narrow: bool) -> go.Figure:
    """Draw a list under each body's name, side by side where there is room."""
    n = 1 if narrow else 3
    width = (NARROW if narrow else WIDE) / n - 14
    groups = [_entries(body, width) for body in bodies]
    columns = _flow(groups, n)
    canvas = Canvas(narrow=narrow)
    signs = []
    for i, column in enumerate(columns):
        x, y = i * (width + 20), 0.0
        for entry in column:
            middle = y + entry.height - len(entry.lines) * _LINE / 2 - 2
            y += entry.height
            if entry.member:
                canvas.text(x + 22, middle, entry.lines)
                first = middle - (len(entry.lines) - 1) * _LINE / 2
                signs.append((x + 8, first, entry.member.role, _hover(entry.member, entry.body)))
            else:
                canvas.text(x, middle, entry.lines, bold=True)
    _add_signs(canvas, signs)
    return canvas.chart(max(map(_height, columns)) + 4)


def _entries(body: Body, width: float) -> list[_Entry]:
    entries = [_Entry(fit(f"{body.name} ({_size(body)})", width, bold=True), body)]
    for member in sorted(body.members, key=lambda m: list(_SIGNS).index(m.role)):
        role = "" if member.role == "mitglied" else f" ({ROLES[member.role]})"
        entries.append(_Entry(fit(f"{member.name}{role}", width - 24), body, member))
    return entries


def _height(entries: list[_Entry]) -> float:
    return sum(entry.height for entry in entries)


def _flow(groups: list[list[_Entry]], n: int) -> list[list[_Entry]]:
    """Share lists out to n columns: each goes to the column that is shortest so far."""
    columns: list[list[_Entry]] = [[] for _ in range(n)]
    for group in groups:
        min(columns, key=_height).extend(group)
    return columns
