"""The bodies: their structure as a figure, who takes part in them, and the actors that take part in none."""

from __future__ import annotations

import dataclasses

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Body, Concept
from konzept.elements.bodies.layers import layers_chart
from konzept.elements.bodies.tree import councils, hub, related, tree_chart
from konzept.elements.content import Figure, Table
from konzept.elements.tables import data_of, register, written
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
    part = (
        f" im Projekt {concept.package.word('handlungsfelder', 'projekt', project).label}" if project else ""
    )
    rows = [row for body in bodies for row in _rows(body)]
    relations = [r for b in bodies for r in b.above]
    heads = ("Gremium", "Projekt", "Zuordnung")
    return Figure(
        label=f"abb-struktur-{project}" if project else "abb-struktur",
        finding=finding(bodies),
        subtitle=f"Gremien{part} und ihre Beziehungen{as_of([r.source for r in relations])}.",
        caption=f"Struktur der Gremien{part}",
        reading=_reading_aid(concept.bodies, bodies),
        sources=cited([*(b.source for b in bodies), *(r.source for r in relations)]),
        wide=layers_chart(bodies, heads=project is None) or tree_chart(bodies, narrow=False),
        narrow=tree_chart(bodies, narrow=True),
        data=data_of(heads, rows),
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
    alone = german.listing([f"„{b.name}“" for b in councils(bodies)])
    shown = {b.id for b in bodies}
    hidden = sum(b.id not in shown and any(r.body_id in shown for r in b.above) for b in everything)
    count = german.count(hidden, "Gremium", "Gremien", gender="")
    return german.sentences(
        *(text for kind, text in _READING.items() if kind in kinds),
        f"Zu {alone} ist keine Zuordnung genannt" if kinds and alone else "",
        f"Nicht gezeigt: {count} außerhalb des Projekts unter einem der gezeigten" if hidden else "",
    )


def _rows(body: Body) -> list[tuple[str, ...]]:
    project = body.project.label if body.project else NOT_NAMED
    above = [f"{r.kind.label}: {r.name}" for r in body.above] or [_NONE_ABOVE]
    return [(body.name, project, text) for text in above]


def bodies_table(concept: Concept) -> Table | None:
    """List the bodies with what they work on and to whom they report."""
    if not concept.bodies:
        return None
    rows = [
        [
            written(b.name, strong=True),
            written(b.kind.label),
            written(b.project and b.project.label),
            written(german.listing([concept.field_name(f) for f in b.field_ids])),
            written(*_relations(b)),
        ]
        for b in concept.bodies
    ]
    heads = ("Gremium", "Art", "Projekt", "Handlungsfelder", "Zuordnung")
    return register(
        "gremien",
        "Gremien und ihre Zuordnung",
        heads,
        rows,
        [b.source for b in concept.bodies],
        widths=(30, 15, 15, 20, 20),
    )


def _relations(body: Body) -> list[str]:
    kinds = dict.fromkeys(r.kind for r in body.above)
    return [f"{k.label}: {'; '.join(r.name for r in body.above if r.kind == k)}" for k in kinds]


def members_table(concept: Concept) -> Table | None:
    """List who takes part in each body, and in which role."""
    groups = (b for b in concept.bodies if b.members)
    bodies = sorted(groups, key=lambda b: (b.kind != "projektgruppe", b.kind.place))
    if not bodies:
        return None
    rows = [[written(b.name, strong=True), written(*_members(b))] for b in bodies]
    silent = len(concept.bodies) - len(bodies)
    rest = german.count(silent, "weiteres Gremium", "weitere Gremien", gender="")
    notes = [f"Für {rest} sind keine Mitwirkenden genannt."] if silent else []
    sources = [m.source for b in bodies for m in b.members]
    caption = "Wer in welchem Gremium mitwirkt"
    return register("mitwirkung", caption, ("Gremium", "Mitwirkende"), rows, sources, notes, widths=(35, 65))


def _members(body: Body) -> list[str]:
    """Name the members, those who lead or coordinate first."""
    members = sorted(body.members, key=lambda m: m.role.place)
    return [m.name if m.role == "mitglied" else f"{m.name} ({m.role.label})" for m in members]


def actors_table(concept: Concept) -> Table | None:
    """List the town's actors that take part in no body."""
    found = [a for a in concept.actors if a.own and not a.bodies]
    if not found:
        return None
    rows = [
        [written(a.name, strong=True), written(a.kind.label)]
        for a in sorted(found, key=lambda a: a.name.casefold())
    ]
    caption = "Weitere Stellen, die in den Quellen vorkommen"
    return register("akteure", caption, ("Stelle", "Art"), rows, [], widths=(65, 35))
