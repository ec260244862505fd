"""What those who steer ask: where do the measures stand, what waits, what is missing, since when.

Answers only; tables, figures and sentences are made of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from konzept.concept.model import Concept, Cost, Event, Measure, StatusStep
from konzept.concept.schedule import schedule
from konzept.words import german

# Where the measures stand


def last_step(measures: Iterable[Measure]) -> StatusStep | None:
    """Find the newest status of some measures."""
    steps = [m.current for m in measures if m.current]
    return max(steps, key=lambda s: s.day, default=None)


def last_change(measure: Measure) -> StatusStep | None:
    """Find the step by which a measure came to its present status.

    Later rows that repeat the status confirm it; they change nothing.
    """
    changed = None
    for step in reversed(measure.history):
        if step.status != measure.status:
            break
        changed = step
    return changed


def span(first: dt.date, last: dt.date) -> str:
    """Say how long it is from one day to another, in days, then months, then years and months.

    Examples
    --------
    >>> span(dt.date(2023, 8, 30), dt.date(2025, 12, 18))
    'zwei Jahren und drei Monaten'
    >>> span(dt.date(2025, 12, 1), dt.date(2025, 12, 2)), span(dt.date(2025, 1, 31), dt.date(2025, 3, 30))
    ('einem Tag', '58 Tagen')
    """
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 3:
        return german.count(days, "Tag", "Tagen", gender="em")
    years, rest = divmod(months, 12)
    parts = [german.count(years, "Jahr", "Jahren", gender="em")] if years else []
    if rest:
        parts.append(german.count(rest, "Monat", "Monaten", gender="em"))
    return german.listing(parts)


# What waits for a decision, what was decided, and what nobody outside can know


@dataclass(frozen=True)
class Filing:
    """Money that was filed for a measure and that no source says to be decided on."""

    measure: Measure
    costs: tuple[Cost, ...]
    """What was filed; empty when the sources name no amount."""
    since: StatusStep | None
    """The step by which the measure came to be filed, where its status says so."""


@dataclass(frozen=True)
class Decision:
    """What a source says to be decided on a measure."""

    measure: Measure
    costs: tuple[Cost, ...]
    """The amounts decided on; empty when only the status says so."""


@dataclass(frozen=True)
class Decisions:
    """What the council is asked, at one day: no measure's money is in two of the lists."""

    adoption: Event | None
    waiting: tuple[Filing, ...]
    decided: tuple[Decision, ...]
    unknown: tuple[Filing, ...]
    """Filed for a budget year that is over, or for a measure that has gone on since."""


def decisions(concept: Concept) -> Decisions:
    """Part what waits for a decision from what was decided and from what nobody outside can know.

    - Filed is an amount of the stage ``angemeldet`` without a later stage for the same kind and year,
      and whatever a measure of the status ``angemeldet`` costs where no stage is named.
    - It waits while its budget year is the Stand's or later, and its measure has not gone on.
      An amount without a year goes with the last year of its measure's other filings;
      without any, with the year after the filing was reported.
    """
    waiting, unknown, decided = [], [], []
    for measure in concept.measures:
        step = last_change(measure) if measure.claims("angemeldet") else None
        filed = _filed(measure)
        open_ = [c for c in filed if _waits(measure, c, filed, concept.stand)]
        rest = [c for c in filed if c not in open_]
        waiting += [Filing(measure, tuple(open_), step)] if open_ else []
        unknown += [Filing(measure, tuple(rest), step)] if rest else []
        answered = [c for c in measure.costs if c.stage in _DECIDED]
        if answered or measure.claims("beschlossen"):
            decided.append(Decision(measure, tuple(answered)))
        elif step and not filed:
            found = waiting if step.day.year + 1 >= concept.stand.year else unknown
            found.append(Filing(measure, (), step))
    return Decisions(adoption(concept), tuple(waiting), tuple(decided), tuple(unknown))


_DECIDED = ("beschlossen", "verausgabt", "abgelehnt")
"""Stages of the budget that answer a filing."""


def _filed(measure: Measure) -> list[Cost]:
    answered = {(c.kind, c.year) for c in measure.costs if c.stage in _DECIDED}
    stages = ("angemeldet", "unbekannt") if measure.claims("angemeldet") else ("angemeldet",)
    return [c for c in measure.costs if c.stage in stages and (c.kind, c.year) not in answered]


def _waits(measure: Measure, cost: Cost, filed: Sequence[Cost], stand: dt.date) -> bool:
    if measure.status and not measure.status.preparing:
        return False
    year = cost.year or max((c.year for c in filed if c.year), default=None)
    if year is None:
        step = last_change(measure) if measure.claims("angemeldet") else None
        day = step.day if step else cost.source.day
        year = day.year + 1 if day else None
    return year is not None and year >= stand.year


def adoption(concept: Concept) -> Event | None:
    """Find the event by which the town's concept was adopted, else the one by which it is to be.

    Only events of the kind ``verabschiedung`` count: budgets, commissions and guidelines are decided too.
    """
    found = [e for e in concept.own_events() if e.kind == "verabschiedung"]
    held = [e for e in found if e.state == "erfolgt" and e.start and e.start <= concept.stand]
    announced = [e for e in found if e.state == "geplant"]
    return next(iter([*held, *reversed(announced)]), None)


def adoption_sentence(concept: Concept) -> str:
    """Say who adopted the concept and when, as exactly as it is known; empty when no source names it."""
    event = adoption(concept)
    if event is None:
        return ""
    title = concept.package.title
    when = german.at(event.start, event.end, event.precision) if event.start else ""
    who = event.body_phrase
    if event.state == "erfolgt":
        if who:
            return f"{german.capital(who)} hat das {title} {when} beschlossen."
        return f"Das {title} ist {when} beschlossen worden ({event.body or 'Gremium nicht genannt'})."
    over = event.last_day is not None and event.last_day < concept.stand
    verb = "sollte" if over else "soll"
    when = f" {when}" if when else ""
    rest = "; ob das geschehen ist, nennt keine Quelle" if over else ""
    if who:
        return f"{german.capital(who)} {verb} das {title}{when} beschließen{rest}."
    body = f" ({event.body})" if event.body else ""
    return f"Das {title} {verb}{when} beschlossen werden{body}{rest}."


# The five questions


@dataclass(frozen=True)
class Question:
    """A question that a council asks of a measure, and when the data answer it."""

    title: str
    short: str
    """As a column's heading."""
    rule: str
    """When it counts as answered."""
    answered: Callable[[Measure], bool]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "Welchem Ziel dient die Maßnahme?",
        "Ziel",
        "Ziel: mindestens ein Ziel ist zugeordnet",
        lambda m: bool(m.goal_ids),
    ),
    Question(
        "Wann?", "Termin", "Termin: Beginn oder Ende ist genannt", lambda m: m.start is not None or m.end is not None
    ),
    Question(
        "Wer ist federführend?",
        "Federführung",
        "Federführung: mindestens eine Stelle ist als federführend genannt",
        lambda m: bool(m.actors("federfuehrend")),
    ),
    Question(
        "Was braucht sie an Personal und Geld?",
        "Personal und Geld",
        "Personal und Geld: mindestens ein Betrag ist genannt; Stellen führen die Daten nicht gesondert",
        lambda m: bool(m.costs),
    ),
    Question(
        "Wie wird sie überprüft?",
        "Überprüfung",
        "Überprüfung: ein Indikator oder ein Bericht ist zugeordnet oder eine Wiedervorlage genannt",
        lambda m: bool(m.indicator_ids or m.review_ids) or any(step.review for step in m.history[-1:]),
    ),
)  # fmt: skip


def answers(measures: Sequence[Measure]) -> list[int]:
    """Count for each question how many of the measures answer it."""
    return [sum(q.answered(m) for m in measures) for q in QUESTIONS]


def complete(measures: Iterable[Measure]) -> int:
    """Count the measures that answer all questions."""
    return sum(all(q.answered(m) for q in QUESTIONS) for m in measures)


def derived(concept: Concept, kind: str) -> int:
    """Count the measures whose relations of a kind the editors concluded, because no source names them."""
    found = ([r.derived for r in m.references if r.kind == kind] for m in concept.measures)
    return sum(bool(proofs) and all(proofs) for proofs in found)


# Time


def schedule_counts(concept: Concept, measures: Iterable[Measure]) -> Counter[str]:
    """Count measures by how they stand in time at the Stand."""
    return Counter(schedule(m, concept.stand) for m in measures)
