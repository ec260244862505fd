"""Bodies, who takes part in them, and the actors that take part in none."""

from __future__ import annotations

from konzept.concept.model import Body, Concept
from konzept.elements.content import Table
from konzept.elements.register import register
from konzept.elements.table_cells import written
from konzept.words import german


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
