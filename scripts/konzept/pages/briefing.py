"""The sentences, the box and the list of the page for those who steer."""

from __future__ import annotations

from collections.abc import Sequence

from konzept import german
from konzept.concept.model import ActionField, Concept, Measure
from konzept.concept.schedule import CLOSED, ON_TIME, OVERDUE, UNDATED
from konzept.concept.steering import (
    ACTING,
    PREPARING,
    last_change,
    last_step,
    open_costs,
    schedule_counts,
    span,
    waiting,
)
from konzept.content import Line, Notice, Points, Run, Text, line
from konzept.tables.goals import cost_text

_NAMED = 8
"""So many measures that wait are named in the box; more are counted."""


def lead(concept: Concept) -> Text:
    """State how many measures are before a decision, and how many were decided or carried out."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="lead")
    early = sum(m.status in PREPARING for m in measures)
    decided = sum(m.status == "beschlossen" for m in measures)
    acting = sum(m.status in ACTING for m in measures)
    return Text(
        (line(Run(_share(early, len(measures)), strong=True), _early_verb(early, len(measures)), " ",
              _further(decided, acting)),),
        role="lead",
    )  # fmt: skip


def _share(n: int, total: int) -> str:
    if total == 1:
        return "Die einzige Maßnahme" if n else "Keine Maßnahme"
    if n == total:
        return f"Alle {german.word(total)} Maßnahmen"
    if not n:
        return f"Keine der {german.word(total)} Maßnahmen"
    return f"{german.capital(_one(n))} der {german.word(total)} Maßnahmen"


def _early_verb(n: int, total: int) -> str:
    single = n <= 1
    return " ist Idee oder in Vorbereitung." if single else " sind Ideen oder in Vorbereitung."


def _further(decided: int, acting: int) -> str:
    if not decided and not acting:
        return "Als beschlossen oder umgesetzt ist in den Quellen noch keine vermerkt."
    first = f"Beschlossen {_is(decided)}" if decided else "Als beschlossen ist keine vermerkt"
    then = (
        f"in Umsetzung, Daueraufgabe oder abgeschlossen {_is(acting)}" if acting else "umgesetzt noch keine"
    )
    return f"{first}, {then}."


def _is(n: int) -> str:
    return f"{'ist' if n == 1 else 'sind'} {_one(n)}"


def _one(n: int) -> str:
    return "eine" if n == 1 else german.word(n)


def as_of(concept: Concept) -> Text:
    """Name the newest report on the measures' status, and say how old it is at the Stand."""
    last = last_step(concept.measures)
    if last is None:
        return Text((line("Einen Stand der Maßnahmen nennt keine Quelle."),), role="muted")
    age = span(last.day, concept.stand)
    later = (
        f" Spätere Meldungen liegen bis zum {german.long_date(concept.stand)} nicht vor, also seit {age}."
        if last.day < concept.stand
        else ""
    )
    title = german.bound(last.source.short_title)
    return Text(
        (line(f"Neueste Angabe zum Status: {german.long_date(last.day)} ({title}).{later}"),), role="muted"
    )


def decisions(concept: Concept) -> Notice | Text:
    """Name what waits for a decision, with the amounts, or say that nothing does."""
    found = waiting(concept)
    if not found:
        return Text(
            (line("Keine Maßnahme ist in den Quellen als zum Haushalt angemeldet vermerkt."),), role="plain"
        )
    lines: list[Line] = []
    for measure in found[:_NAMED]:
        amounts = "; ".join(cost_text(c) for c in open_costs(measure)) or "Betrag nicht genannt"
        since = last_change(measure)
        day = f" Angemeldet nach dem Stand vom {german.long_date(since.day)}." if since else ""
        lines.append(
            line(
                Run(measure.title, strong=True, status="angemeldet", target=measure.id), f": {amounts}.{day}"
            )
        )
    if more := len(found) - _NAMED:
        lines += [line(f"Dazu {_more(more)}.")] if more > 0 else []
    lines.append(line("Eine Entscheidung über die Mittel ist in den Quellen nicht belegt."))
    return Notice("Wartet auf eine Entscheidung", tuple(lines))


def _more(n: int) -> str:
    return f"{'kommt' if n == 1 else 'kommen'} {_one(n)} weitere angemeldete {'Maßnahme' if n == 1 else 'Maßnahmen'}"


def schedule_sentence(concept: Concept) -> Text:
    """State how many measures are overdue, on time and without a date."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="plain")
    counts = schedule_counts(concept, measures)
    day = f" (Stand {german.date(concept.stand)})."
    if len(measures) == 1:
        (state,) = counts
        return Text((line(Run(f"Die einzige Maßnahme {_PREDICATES[state][0]}", strong=True), day),))
    late = counts[OVERDUE]
    opening = f"{german.capital(_one(late)) if late else 'Keine'} von {german.word(len(measures))} Maßnahmen {_PREDICATES[OVERDUE][late > 1]}"
    rest = [
        f"{_one(counts[state])} {_PREDICATES[state][counts[state] > 1]}"
        for state in (ON_TIME, UNDATED, CLOSED)
        if counts[state]
    ]
    text = f"; {german.listing(rest)}" if rest else ""
    return Text((line(Run(opening, strong=True), text, day),), role="plain")


_PREDICATES = {
    OVERDUE: ("ist überfällig", "sind überfällig"),
    ON_TIME: ("ist im Plan", "sind im Plan"),
    UNDATED: ("hat keinen Termin", "haben keinen Termin"),
    CLOSED: ("ist erledigt oder verworfen", "sind erledigt oder verworfen"),
}
"""What a sentence says of one measure and of several."""


def without_costs(concept: Concept) -> Points | Text:
    """Name the measures without an amount, a line for each field."""
    silent = [(f, [m for m in f.measures if not m.costs]) for f in concept.fields]
    named = [(f, found) for f, found in silent if found]
    if not named:
        empty = not concept.measures
        text = (
            "In den Daten stehen noch keine Maßnahmen."
            if empty
            else "Für alle Maßnahmen sind Kosten genannt."
        )
        return Text((line(text),), role="plain")
    return Points(tuple(_titles(f, found) for f, found in named))


def _titles(field: ActionField, measures: Sequence[Measure]) -> Line:
    runs: list[Run] = [
        Run(f"{field.name} ({len(measures)} von {len(field.measures)})", strong=True),
        Run(": "),
    ]
    for i, measure in enumerate(measures):
        runs += [Run("; ")] if i else []
        runs.append(Run(measure.title, target=measure.id))
    return (*runs, Run("."))
