"""The sentences, the box and the list of the page for those who steer."""

from __future__ import annotations

from collections.abc import Sequence

from konzept import german
from konzept.concept import steering
from konzept.concept.model import ActionField, Concept, Measure
from konzept.concept.schedule import CLOSED, ON_TIME, OVERDUE, UNDATED
from konzept.concept.standing import Tense, tense
from konzept.concept.steering import (
    ACTING,
    PREPARING,
    Decisions,
    Filing,
    adoption_sentence,
    last_step,
    schedule_counts,
    span,
)
from konzept.content import Line, Notice, Points, Run, Text, line
from konzept.tables.cells import in_catalogue
from konzept.tables.goals import cost_text
from konzept.words import BUDGET_STAGES

_NAMED = 8
"""So many measures that wait are named in the box; more are counted."""


def lead(concept: Concept) -> Text:
    """State how many measures are before a decision, and how many were decided or carried out."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="lead")
    time = tense(measures, concept.stand)
    early = sum(m.status in PREPARING for m in measures)
    decided = sum(m.status == "beschlossen" for m in measures)
    acting = sum(m.status in ACTING for m in measures)
    subject = _share(early, len(measures))
    verb = time.be(max(early, 1))
    noun = "Idee" if early <= 1 else "Ideen"
    words = Run(subject if time.past else german.capital(subject), strong=True)
    opening = (f"{german.capital(time.time)} {verb} ", words) if time.past else (words, f" {verb}")
    rest = f" {noun} oder in Vorbereitung. {_further(decided, acting, time)}"
    return Text((line(*opening, rest),), role="lead")


def _share(n: int, total: int) -> str:
    if total == 1:
        return "die einzige Maßnahme" if n else "keine Maßnahme"
    if n == total:
        return f"alle {german.word(total)} Maßnahmen"
    return f"{german.some(n)} der {german.word(total)} Maßnahmen"


def _further(decided: int, acting: int, time: Tense) -> str:
    if not decided and not acting:
        return "Als beschlossen oder umgesetzt ist in den Quellen noch keine vermerkt."
    first = f"Beschlossen {_are(decided, time)}" if decided else "Als beschlossen ist keine vermerkt"
    then = (
        f"in Umsetzung, Daueraufgabe oder abgeschlossen {_are(acting, time)}"
        if acting
        else "umgesetzt noch keine"
    )
    return f"{first}, {then}."


def _are(n: int, time: Tense) -> str:
    return f"{time.be(n)} {german.some(n)}"


def as_of(concept: Concept) -> Text:
    """Name the newest report on the measures' status, and say how old it is at the Stand."""
    last = last_step(concept.measures)
    if last is None:
        return Text((line("Einen Stand der Maßnahmen nennt keine Quelle."),), role="muted")
    age = span(last.day, concept.stand)
    later = (
        f" Spätere Angaben liegen bis zum {german.long_date(concept.stand)} nicht vor, also seit {age}."
        if last.day < concept.stand
        else ""
    )
    title = german.bound(last.source.short_title)
    return Text(
        (line(f"Neueste Angabe zum Status: {german.long_date(last.day)} ({title}).{later}"),), role="muted"
    )


DECISIONS = "Was zu entscheiden ist"


def decisions(concept: Concept, *, title: str = DECISIONS) -> Notice:
    """Part what waits for a decision from what was decided and from what no source says."""
    found = steering.decisions(concept)
    return Notice(
        title,
        (*_waiting(found), *_decided(concept, found), *_unknown(concept, found)),
    )


def decision_state(concept: Concept) -> Text:
    """Say in a sentence or two what the council is asked; the box of `decisions` says it in full."""
    found = steering.decisions(concept)
    parts = []
    if found.waiting:
        parts.append(f"über angemeldete Mittel für {_measures(found.waiting)} ist noch zu entscheiden")
    if found.unknown:
        earlier = "früher angemeldete" if found.waiting else "angemeldete"
        parts.append(
            f"ob über {earlier} Mittel für {_measures(found.unknown)} entschieden ist, nennt keine Quelle"
        )
    text = german.capital("; ".join(parts)) + "." if parts else _NOTHING_FILED
    return Text((line(text),), role="plain")


def costs_sentence(concept: Concept) -> Points | Text:
    """Name every amount with its measure, year and budget stage, and count the measures without one."""
    measures = [m for m in concept.measures if m.costs]
    if not measures:
        return Text((line("Beträge nennen die Quellen nicht."),), role="plain")
    lines = []
    for measure in measures[:_NAMED]:
        ordered = sorted(measure.costs, key=lambda c: (c.year is None, c.year or 0))
        amounts = "; ".join(f"{cost_text(c)} ({BUDGET_STAGES[c.stage]})" for c in ordered)
        lines.append(line(Run(measure.title, target=measure.id), f": {amounts}."))
    lines += _more(len(measures) - _NAMED)
    silent = len(concept.measures) - len(measures)
    if silent:
        what = german.count(silent, "weiteren Maßnahme", "weiteren Maßnahmen", gender="er")
        lines.append(line(f"Zu {what} nennen die Quellen keinen Betrag."))
    return Points(tuple(lines))


def _measures(filings: Sequence[Filing]) -> str:
    return german.count(len(filings), "Maßnahme", "Maßnahmen")


_NOTHING_FILED = "Angemeldete Mittel, über die zu entscheiden ist, nennen die Quellen nicht."
_NOTHING_WAITS = "Dass eine Anmeldung zum Haushalt noch auf eine Entscheidung wartet, ist nicht belegt."


def _waiting(found: Decisions) -> list[Line]:
    head = Run("Zu entscheiden: ", strong=True)
    return (
        _filings(head, found.waiting)
        if found.waiting
        else [line(head, _NOTHING_WAITS if found.unknown else _NOTHING_FILED)]
    )


def _decided(concept: Concept, found: Decisions) -> list[Line]:
    head = Run("Entschieden: ", strong=True)
    adopted = found.adoption is not None and found.adoption.state == "erfolgt"
    opening = f"{adoption_sentence(concept)} " if adopted else ""
    if not found.decided:
        return [line(head, f"{opening}Zu einzelnen Maßnahmen nennen die Quellen keine Entscheidung.")]
    lines = [line(head, opening.rstrip())] if opening else []
    for n, decision in enumerate(found.decided[:_NAMED]):
        said = "; ".join(f"{cost_text(c)} {BUDGET_STAGES[c.stage]}" for c in decision.costs) or "beschlossen"
        title = Run(decision.measure.title, target=decision.measure.id)
        lines.append(line(*([head] if not (n or opening) else []), title, f": {said}."))
    return [*lines, *_more(len(found.decided) - _NAMED)]


def _unknown(concept: Concept, found: Decisions) -> list[Line]:
    if not found.unknown:
        return []
    asked = f"Eine Entscheidung darüber nennt keine Quelle. Auskunft: Verwaltung {concept.town.genitive}."
    return [*_filings(Run("Nicht bekannt: ", strong=True), found.unknown), line(asked)]


def _filings(head: Run, filings: Sequence[Filing]) -> list[Line]:
    lines: list[Line] = []
    for n, filing in enumerate(filings[:_NAMED]):
        ordered = sorted(filing.costs, key=lambda c: (c.year is None, c.year or 0))
        amounts = "; ".join(cost_text(c) for c in ordered) or "Betrag nicht genannt"
        day = f", Stand {german.long_date(filing.since.day)}" if filing.since else ""
        title = Run(filing.measure.title, target=filing.measure.id)
        lines.append(line(*([] if n else [head]), title, f" (angemeldet{day}): {amounts}."))
    return [*lines, *_more(len(filings) - _NAMED)]


def _more(n: int) -> list[Line]:
    """Count the measures that the box does not name."""
    if n < 1:
        return []
    return [
        line(
            f"Dazu {'kommt' if n == 1 else 'kommen'} {german.some(n)} weitere {'Maßnahme' if n == 1 else 'Maßnahmen'}."
        )
    ]


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
    opening = f"{german.capital(german.some(late))} von {german.word(len(measures))} Maßnahmen {_PREDICATES[OVERDUE][late > 1]}"
    rest = [
        f"{german.some(counts[state])} {_PREDICATES[state][counts[state] > 1]}"
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
    """Name the measures without an amount, a line for each field; fields without any amount share one."""
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
    whole = [f for f, found in named if len(found) == len(f.measures)]
    some = [_titles(f, found) for f, found in named if f not in whole]
    return Points((*some, *([_whole_fields(whole)] if whole else [])))


def _whole_fields(fields: Sequence[ActionField]) -> Line:
    """Name the fields of which no measure has an amount; each leads to its measures."""
    runs: list[Run] = [Run("Ohne jeden Betrag: ", strong=True)]
    for i, field in enumerate(fields):
        runs += [Run("; ")] if i else []
        runs += [Run(field.name, target=in_catalogue(field)), Run(f" ({len(field.measures)})")]
    return (*runs, Run("."))


def _titles(field: ActionField, measures: Sequence[Measure]) -> Line:
    runs: list[Run] = [
        Run(f"{field.name} ({len(measures)} von {len(field.measures)})", strong=True),
        Run(": "),
    ]
    for i, measure in enumerate(measures):
        runs += [Run("; ")] if i else []
        runs.append(Run(measure.title, target=measure.id))
    return (*runs, Run("."))
