"""The smaller elements of a page: lead, facts, lists, cards; and the numbers that prose uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from konzept.concept import choosing
from konzept.concept.model import ActionField, Concept, Event, Goal, Indicator, Measure, Source, SourceNote
from konzept.concept.standing import WITHOUT, by_status, predicate, summary
from konzept.concept.steering import adoption_sentence
from konzept.elements.content import (
    Card,
    Cards,
    Documents,
    Facts,
    KeyFigures,
    Line,
    Notice,
    Points,
    Run,
    Text,
    line,
)
from konzept.elements.indicators.figure import number_label
from konzept.elements.palette import look_of
from konzept.words import german
from konzept.words.labels import MORE, NOT_NAMED

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


def state(concept: Concept) -> Text:
    """Say what was decided and what this book shows, from events and measures."""
    adopted = adoption_sentence(concept)
    sentences: list[Run] = [Run(f"{adopted} ")] if adopted else []
    measures = concept.measures
    if not measures:
        sentences.append(Run("In den Daten stehen noch keine Maßnahmen."))
        return Text((tuple(sentences),), role="lead")
    day = concept.last_status_day
    report = next((m.current.source for m in measures if m.current and m.current.day == day), None)
    shown = german.count(len(measures), "Maßnahme", "Maßnahmen", gender="er")
    origin = f" vom {german.long_date(day)}" if day else ""
    named = f" ({german.bound(report.short_title)})" if report else ""
    sentences += [
        Run(f"Dieses Buch zeigt den Arbeitsstand{origin}{named} mit "),
        Run(shown, strong=True),
        Run(f", eingeordnet nach den Worten der Quellen: {summary(measures)}.{_undone(measures)}"),
    ]
    return Text((tuple(sentences),), role="lead")


def _undone(measures: Sequence[Measure]) -> str:
    if any(m.claims("beschlossen") or (m.status and m.status.acting) for m in measures):
        return ""
    return " Als beschlossen oder umgesetzt ist keine vermerkt."


def notice(concept: Concept) -> Notice | None:
    """Say what this book is not and what it lacks, if anything; open questions about sources stand with the sources."""
    empty = [f"„{f.name}“" for f in concept.fields if not f.measures]
    # The town's own words are those of today.
    lines: list[Line] = [] if concept.past else [line(f"{concept.package.notice}.")]
    if empty:
        lines.append(line(f"Noch ohne Maßnahmen in den Daten: {german.listing(empty)}."))
    title = "Was Sie wissen sollten" if concept.package.official else "Was hier fehlt"
    return Notice(title, tuple(lines)) if lines else None


def key_figures(concept: Concept) -> KeyFigures:
    """Count fields, goals, measures and indicators."""
    goals = [g for f in concept.fields for g in f.goals]
    guiding = sum(g.level == "leitziel" for g in goals)
    crosscutting = sum(f.kind == "uebergreifend" for f in concept.fields)
    measures = concept.measures
    places = german.count(
        sum(bool(f.measures) for f in concept.fields), "Handlungsfeld", "Handlungsfeldern", gender="em"
    )
    observed = sum(bool(i.actual()) for i in concept.indicators)
    return KeyFigures(
        (
            _key_figure(
                len(concept.fields),
                "Handlungsfeld",
                "Handlungsfelder",
                f"davon {_of_them(crosscutting)} übergreifend",
            ),
            _key_figure(
                len(goals),
                "Ziel",
                "Ziele",
                f"davon {german.count(guiding, 'Leitziel', 'Leitziele', gender='')}, {_versions(goals)}",
            ),
            _key_figure(len(measures), "Maßnahme", "Maßnahmen", f"in {places}"),
            _key_figure(
                len(concept.indicators), "Indikator", "Indikatoren", f"davon {_of_them(observed)} mit Daten"
            ),
        )
    )


def _of_them(n: int) -> str:
    """Count without the noun what is neither feminine nor plain: "keins", "eins", "zwei"."""
    return german.word(n) if n else "keins"


def _key_figure(n: int, one: str, many: str, note: str) -> tuple[str, str, str, str]:
    return (german.number(n), "", one if n == 1 else many, note if n else "noch keine in den Daten")


_FINDINGS = 3
"""So many findings open the book."""


def findings(concept: Concept) -> Points | None:
    """State the findings that open the book, each with a way to its chart or its sheet; None where there are no values."""
    found = choosing.findings(concept, _FINDINGS)
    if not found:
        return None
    return Points(tuple(line(f"{text} (", _place(i), ")") for i, text in found))


def _place(indicator: Indicator) -> Run:
    drawn = choosing.is_long(indicator)
    label = f"abb-{indicator.id}" if drawn else f"@{number_label(indicator)}"
    return Run("Abbildung" if drawn else MORE, target=label)


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
        items.append((term, line(f"{len(level)}, {_versions(level)}")))
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


def indicator(field: ActionField, indicator_id: str) -> Indicator | None:
    """Find an indicator of the field."""
    return next((i for i in field.indicators if i.id == indicator_id), None)


def further_indicators(field: ActionField) -> Text:
    """Lead to the field's other indicators, which the annexes show."""
    place = Run("Ist und Soll", target=f"@indikatoren-{field.id}")
    return Text((line("Weitere Kennzahlen zeigt die Anlage ", place, "."),))


def without_data(field: ActionField) -> Text:
    """Name the indicators without observations."""
    silent = [i.name for i in field.indicators if not i.actual()]
    if not field.indicators:
        text = "Für dieses Handlungsfeld ist kein Indikator benannt."
    elif silent:
        text = f"Noch ohne Daten: {german.listing([f'„{name}“' for name in silent])}."
    else:
        text = "Zu allen Indikatoren des Handlungsfeldes liegen Daten vor."
    return Text((line(text),), role="plain")


def data_state(concept: Concept, field: ActionField) -> Text:
    """Say for how many of the field's indicators there are data, and of the town itself."""
    total = len(field.indicators)
    if not total:
        return without_data(field)
    observed = [i for i in field.indicators if i.actual()]
    own = [i for i in observed if i.own()]
    if total == 1:
        opening = f"Für den einzigen Indikator liegen {'' if observed else 'keine '}Daten vor"
    elif len(observed) == total:
        opening = f"Zu allen {german.word(total)} Indikatoren liegen Daten vor"
    else:
        some = german.some(len(observed), "em")
        opening = f"Zu {some} von {german.word(total)} Indikatoren liegen Daten vor"
    name = concept.town.name
    some = {0: "zu keinem", 1: "zu einem"}.get(len(own), f"zu {german.word(len(own))}")
    return Text((line(f"{opening}, eigene Werte für {name} {some}." if observed else f"{opening}."),))


def contributions(field: ActionField) -> Points | Text:
    """List what was proposed and what became of it."""
    if not field.contributions:
        text = "Einzelne Vorschläge aus der Beteiligung und ihre Folgen sind für dieses Handlungsfeld nicht dokumentiert."
        return Text((line(text),))
    return Points(
        tuple(
            line(
                f"{c.text.rstrip('.')}: ",
                Run(c.outcome.label, strong=True),
                f". {c.reason or ''}".rstrip(),
            )
            for c in field.contributions
        )
    )


def offers(field: ActionField) -> Points | None:
    """List what exists already in the field; None where the sources name nothing."""
    if not field.offers:
        return None
    return Points(
        tuple(
            line(Run(o.name, strong=True), f": {german.sentence(o.description)}" if o.description else "")
            for o in field.offers
        )
    )


def events(found: Sequence[Event], *, of: str = "") -> Points | Text:
    """List events in words, where they are too few for a chart."""
    if not found:
        return Text((line(f"Ereignisse{of} sind in den Quellen nicht genannt."),))
    return Points(
        tuple(
            line(
                Run(e.when, strong=True),
                f": {e.title} ({'; '.join(filter(None, (e.state_text, e.circumstances)))}).",
            )
            for e in found
        )
    )


def notes(field: ActionField) -> tuple[Points | Text, ...]:
    """List the doubts about the field's sources with both statements."""
    if not field.notes:
        return (Text((line("Die Prüfung der Quellen hat zu diesem Handlungsfeld nichts ergeben."),)),)
    opening = Text((line("Die Prüfung der Quellen hat ergeben:"),))
    return (opening, Points(tuple(note_line(note) for note in field.notes)))


def note_line(note: SourceNote) -> Line:
    """Write a doubt with both statements, their sources and what was decided."""
    pairs = (
        (note.statement_a, note.source_a, note.source_a_id),
        (note.statement_b, note.source_b, note.source_b_id),
    )
    statements: list[Run] = []
    for text, source, key in pairs:
        if text:
            statements.append(Run(f"{' ' if statements else ''}{german.sentence(text)}"))
            passage = note.passage_a if key == note.source_a_id else ""
            statements += [Run(f" ({source})", source=(key, passage))] if source and key else []
    decision = f" {german.sentence(note.decision)}" if note.decision else ""
    return line(Run(f"{german.capital(note.state)}: ", strong=True), *statements, Run(decision, muted=True))


class _Sourced(Protocol):
    @property
    def source(self) -> Source | None: ...


def sources(field: ActionField) -> Documents:
    """List the documents behind the field's sentences and lists, each once; tables and figures name their own."""
    groups: tuple[Iterable[_Sourced], ...] = (
        (field,),
        field.themes,
        field.offers,
        field.bodies,
        field.events,
    )
    own = [row.source for rows in groups for row in rows]
    found = {s.id: s for s in (*own, *(e.announcement for e in field.events)) if s}
    return Documents(tuple((key, document_line(source)) for key, source in found.items()))


def document_line(source: Source) -> Line:
    """Name a document with publisher, title and day."""
    day = f", {source.appeared}" if source.dated else ""
    publisher = source.publisher or "Herausgeber nicht genannt"
    return line(f"{publisher}: ", Run(german.bound(source.title), target=source.url), f"{day}.")


def _versions(goals: Sequence[Goal]) -> str:
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
