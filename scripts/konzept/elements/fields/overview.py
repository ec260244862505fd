"""An action field told: its card, its lead, its facts; and the numbers that prose uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from konzept.concept.model import ActionField, Concept, Goal, Measure
from konzept.concept.standing import WITHOUT, by_status, predicate, summary
from konzept.elements.content import Card, Cards, Facts, Points, Text, line
from konzept.elements.palette import look_of
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_FEW = 5
"""So many measures can be named in a lead."""


_NAMED = 3
"""So many goals or themes are named in a lead."""


_WORK = {
    "laufend": "Die Erarbeitung läuft",
    "naechster_schritt": "Die Erarbeitung ist als nächster Schritt angekündigt",
    "in_anderen_ag": "Die Arbeitsgruppen der anderen Handlungsfelder bearbeiten das Thema mit",
}
"""How the work on a field without goals and measures stood."""


def cards(concept: Concept) -> Cards:
    """Show every action field with its measures as cells."""
    return Cards(
        tuple(_card(concept, field) for field in concept.fields),
        legend=tuple((look_of(status), status.label) for status in by_status(concept.measures) if status),
    )


def lead(concept: Concept, field: ActionField) -> Text:
    """State the focus, or what is known in its place."""
    return Text((line(focus(concept, field)),), role="lead")


def focus(concept: Concept, field: ActionField) -> str:
    """Say what the field is about, or what is planned; what is missing stands in the chapter's list of gaps.

    The first of these that the sources give: the focus, the main themes, few measures, goals, many measures,
    needs and challenges, where the work stands with its events; else that it is a field of the concept.
    """
    if field.focus:
        return f"{field.focus.rstrip('.')}."
    if themes := field.themes_of("schwerpunkt"):
        return " ".join(german.bound(f"{t.text.rstrip('.')} ({t.source.short_title}).") for t in themes)
    if 0 < len(field.measures) <= _FEW:
        verb = "ist" if len(field.measures) == 1 else "sind"
        return f"{_measures(field)} {verb} genannt: {_titles(field.measures)}."
    if goals := field.guiding_goals or field.goals:
        return f"Angestrebt ist: {'; '.join(g.text.rstrip('.') for g in goals[:_NAMED])}."
    if field.measures:
        return f"{_measures(field)} sind genannt, darunter: {_titles(field.measures[:_NAMED])}."
    if themes := field.themes_of("bedarf") or field.themes_of("herausforderung"):
        return f"{'; '.join(t.text.rstrip('.') for t in themes[:_NAMED])}."
    known = [*_work(concept, field), *_events(concept, field)]
    return " ".join(known) or f"Eines von {german.word(len(concept.fields))} Handlungsfeldern des Konzepts."


def _measures(field: ActionField) -> str:
    return german.capital(german.count(len(field.measures), "Maßnahme", "Maßnahmen"))


def _titles(measures: Sequence[Measure]) -> str:
    return "; ".join(m.title for m in measures)


def _work(concept: Concept, field: ActionField) -> list[str]:
    """Say how the work stands by the source, and with which fields a working group shares it."""
    if not field.progress:
        return []
    shared = [
        key for b in field.bodies if b.kind == "arbeitsgruppe" for key in b.field_ids if key != field.id
    ]
    names = german.listing([f"„{f.name}“" for f in concept.fields if f.id in shared])
    together = f", gemeinsam mit {names}" if names else ""
    origin = f" ({field.source.short_title})" if field.source else ""
    return [german.bound(f"{_WORK[field.progress]}{together}{origin}.")]


def _events(concept: Concept, field: ActionField) -> list[str]:
    """Name what is still announced for the field, and what took place last."""
    ahead = [e for e in field.events if e.state == "geplant" and (e.start is None or e.start > concept.stand)]
    held = [e for e in field.events if e.state == "erfolgt"]
    said = [f"Vorgesehen: {'; '.join(e.title for e in ahead)}."] if ahead else []
    return [*said, *([f"Bisher dazu: „{held[-1].title}“ ({held[-1].when})."] if held else [])]


def facts(field: ActionField) -> Facts:
    """Show stage of work, guiding goals, measures and money at a glance, as far as the sources name them."""
    level = field.guiding_goals or field.goals
    one, many = ("Leitziel", "Leitziele") if field.guiding_goals else ("Ziel", "Ziele")
    term = one if len(level) == 1 else many
    items = [("Stand", line(_progress(field)))] if field.progress else []
    if level:
        items.append((term, line(f"{len(level)}, {versions(level)}")))
    if field.measures:
        named = "Maßnahme" if len(field.measures) == 1 else "Maßnahmen"
        items.append((named, line(str(len(field.measures)))))
    costs = [cost for m in field.measures for cost in m.costs]
    for stage in dict.fromkeys(c.stage for c in costs):
        amounts = "; ".join(c.text for c in costs if c.stage == stage)
        items.append((f"Kosten, {stage.label}", line(amounts)))
    return Facts(tuple(items))


def _progress(field: ActionField) -> str:
    """Name the stage of work, and the month in which the source said so."""
    month = field.source.month if field.source else ""
    return f"{field.progress.label if field.progress else NOT_NAMED}{f' ({month})' if month else ''}"


def numbers(concept: Concept, field: ActionField) -> dict[str, str]:
    """Name the numbers that the chapter's prose takes from the data.

    Returns
    -------
    dict
        ``massnahmen`` ("acht Maßnahmen"), ``leitziele``, ``ziele``, ``status`` ("sechs Ideen, …"),
        ``stand`` ("30. August 2023"), ``kosten`` ("ca. 33.000 € jährlich, Beginn offen, und …").
    """
    costs = [cost.text for m in field.measures for cost in m.costs]
    return {
        "massnahmen": german.count(len(field.measures), "Maßnahme", "Maßnahmen"),
        "leitziele": german.count(len(field.guiding_goals), "Leitziel", "Leitziele", gender=""),
        "ziele": german.count(len(field.goals), "Ziel", "Ziele", gender=""),
        "status": summary(field.measures) or WITHOUT,
        "stand": german.long_date(concept.status_day),
        "kosten": "; ".join(costs) or f"Kosten {NOT_NAMED}",
    }


def themes(field: ActionField, kind: str) -> Points | None:
    """List the themes of a kind; None where there are none."""
    found = field.themes_of(kind)
    if not found:
        return None
    return Points(tuple(line(t.text) for t in found), grid=kind == "schwerpunkt")


def versions(goals: Sequence[Goal]) -> str:
    """Say of which version of the concept the goals are."""
    counted = Counter(goal.version for goal in goals)
    if len(counted) == 1:
        return f"{'alle ' if len(goals) > 1 else ''}{goals[0].version.label}"
    return ", ".join(f"{n} {key.label}" for key, n in counted.items()) or "keine"


def _card(concept: Concept, field: ActionField) -> Card:
    statuses = [look_of(m.status) for found in by_status(field.measures).values() for m in found if m.status]
    parts = [f"{len(found)} {predicate(found)}" for key, found in by_status(field.measures).items() if key]
    summary = (
        f"{len(field.measures)} {'Maßnahme' if len(field.measures) == 1 else 'Maßnahmen'}: {' · '.join(parts)}"
        if field.measures
        else "noch keine Maßnahme"
    )
    progress = _progress(field) if field.progress else "Bearbeitung nicht genannt"
    state = "übergreifend" if field.kind == "uebergreifend" else progress
    return Card(
        field_id=field.id,
        number=field.number,
        title=field.name,
        state=state,
        text=focus(concept, field),
        statuses=tuple(statuses),
        summary=summary,
        crosscutting=field.kind == "uebergreifend",
    )
