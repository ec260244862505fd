"""The structure of the bodies: who belongs or reports to whom."""

from __future__ import annotations

import dataclasses

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Body, Concept
from konzept.elements.bodies.layers import layers_chart
from konzept.elements.bodies.tree import councils, hub, related, tree_chart
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_NAMED = 3
"""So many bodies are named in the finding; more are counted."""

_NONE_ABOVE = "kein Gremium darüber genannt"

_READING = {
    "untergeordnet": "Durchgezogene Linie: gehört zum Gremium darüber.",
    "berichtet_an": "Gestrichelte Linie mit Pfeil: berichtet an das Gremium, auf das der Pfeil zeigt.",
}


def structure_figure(concept: Concept, *, project: str | None = None) -> Figure | None:
    """Show the bodies in layers, those to whom others belong or report above.

    Parameters
    ----------
    concept
        The concept.
    project
        Show one project alone: its bodies, those of both projects, and those
        that belong to no project but stand directly above one of these.

    Returns
    -------
    Figure or None
        None when there are no bodies.
    """
    bodies = _shown(concept.bodies, project)
    if not bodies:
        return None
    label = f"abb-struktur-{project}" if project else "abb-struktur"
    part = (
        f" im Projekt {concept.package.word('handlungsfelder', 'projekt', project).label}" if project else ""
    )
    rows = [row for body in bodies for row in _rows(body)]
    relations = [r for b in bodies for r in b.above]
    heads = ("Gremium", "Projekt", "Zuordnung")
    return Figure(
        label=label,
        finding=finding(bodies),
        subtitle=f"Gremien{part} und ihre Beziehungen{as_of([r.source for r in relations])}.",
        caption=f"Struktur der Gremien{part}",
        reading=_reading_aid(concept.bodies, bodies),
        sources=cited([*(b.source for b in bodies), *(r.source for r in relations)]),
        wide=layers_chart(bodies, heads=project is None) or tree_chart(bodies, narrow=False),
        narrow=tree_chart(bodies, narrow=True),
        data=Table(
            label=f"{label}-daten",
            caption="",
            columns=tuple(map(Column, heads)),
            rows=tuple(Row(tuple(map(Cell.of, row))) for row in rows),
        ),
        csv=(heads, *rows),
        points=len(bodies),
    )


def _shown(bodies: tuple[Body, ...], project: str | None) -> tuple[Body, ...]:
    """Choose a project's bodies; relations to others are left out."""
    if project:
        own = [b for b in bodies if b.project in (project, "beide")]
        above = {r.body_id for b in own for r in b.above}
        bodies = tuple(b for b in bodies if b in own or (b.id in above and not b.project))
    ids = {b.id for b in bodies}
    return tuple(dataclasses.replace(b, above=tuple(r for r in b.above if r.body_id in ids)) for b in bodies)


def finding(bodies: tuple[Body, ...]) -> str:
    """State how many bodies belong, or else report, to the one with most, and to whom that one reports."""
    total = len(bodies)
    if not related(bodies):
        if total == 1:
            return "Genannt ist ein Gremium; eine Zuordnung zu anderen ist nicht genannt."
        return f"Für keines der {german.word(total)} Gremien ist eine Zuordnung genannt."
    body, kind, below = hub(bodies)
    n = len(below)
    verbs = {"untergeordnet": ("gehört", "gehören", "zu"), "berichtet_an": ("berichtet", "berichten", "an")}
    one, many, to = verbs[kind]
    share = german.capital(german.count(n, "Gremium", "Gremien", gender=""))
    up = list(dict.fromkeys(f"„{r.name}“" for r in body.above if r.kind == "berichtet_an"))
    whom = german.listing(up) if len(up) <= _NAMED else f"{german.word(len(up))} andere"
    rest = f"; dieses Gremium berichtet an {whom}" if up else ""
    return f"{share} {one if n == 1 else many} {to} „{body.name}“{rest}."


def _reading_aid(everything: tuple[Body, ...], bodies: tuple[Body, ...]) -> str:
    kinds = {r.kind for b in bodies for r in b.above}
    parts = [text for kind, text in _READING.items() if kind in kinds]
    if kinds and (alone := councils(bodies)):
        parts.append(f"Zu {german.listing([f'„{b.name}“' for b in alone])} ist keine Zuordnung genannt.")
    shown = {b.id for b in bodies}
    hidden = [b for b in everything if b.id not in shown and any(r.body_id in shown for r in b.above)]
    if hidden:
        count = german.count(len(hidden), "Gremium", "Gremien", gender="")
        parts.append(f"Nicht gezeigt: {count} außerhalb des Projekts unter einem der gezeigten.")
    return " ".join(parts)


def _rows(body: Body) -> list[tuple[str, ...]]:
    project = body.project.label if body.project else NOT_NAMED
    above = [f"{r.kind.label}: {r.name}" for r in body.above] or [_NONE_ABOVE]
    return [(body.name, project, text) for text in above]
