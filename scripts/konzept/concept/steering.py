"""What those who steer ask: where do the measures stand, what waits, what is missing, since when.

Answers only; tables, figures and sentences are made of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from konzept import german
from konzept.concept.model import Concept, Cost, Indicator, Measure, Observation, StatusStep
from konzept.concept.schedule import schedule
from konzept.concept.values import newest_by_group
from konzept.words import LEVELS

PREPARING = ("idee", "in_pruefung", "geplant", "angemeldet")
"""Statuses before any decision."""

ACTING = ("in_umsetzung", "daueraufgabe", "abgeschlossen")
"""Statuses that say that something was done."""


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


# What waits for a decision


def waiting(concept: Concept) -> list[Measure]:
    """Find the measures whose money is filed and not yet decided on."""
    return [m for m in concept.measures if m.status == "angemeldet"]


def open_costs(measure: Measure) -> list[Cost]:
    """Find the amounts that are filed and that no later stage answers."""
    answered = {(c.kind, c.year) for c in measure.costs if c.stage not in ("angemeldet", "unbekannt")}
    return [c for c in measure.costs if c.stage == "angemeldet" and (c.kind, c.year) not in answered]


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
        "Überprüfung: ein Indikator ist zugeordnet oder eine Wiedervorlage genannt",
        lambda m: bool(m.indicator_ids) or any(step.review for step in m.history[-1:]),
    ),
)  # fmt: skip


def answers(measures: Sequence[Measure]) -> list[int]:
    """Count for each question how many of the measures answer it."""
    return [sum(q.answered(m) for m in measures) for q in QUESTIONS]


def complete(measures: Iterable[Measure]) -> int:
    """Count the measures that answer all questions."""
    return sum(all(q.answered(m) for q in QUESTIONS) for m in measures)


def derived_goals(concept: Concept) -> int:
    """Count the measures whose goals the editors assigned, because no source does."""
    rows = concept.tables["massnahme_bezuege"]
    rows = rows[rows["ziel_id"].notna()]
    known = {m.id for m in concept.measures}
    named = set(rows[rows["beleg"] == "quelle"]["massnahme_id"])
    return len((set(rows["massnahme_id"]) - named) & known)


# Time


def schedule_counts(concept: Concept, measures: Iterable[Measure]) -> Counter[str]:
    """Count measures by how they stand in time at the Stand."""
    return Counter(schedule(m, concept.stand) for m in measures)


# Indicators


DIRECTIONS = {"hoeher": "höher ist besser", "niedriger": "niedriger ist besser", "keine": "ohne Richtung"}


def nearest_values(concept: Concept, indicator: Indicator) -> list[Observation]:
    """Find the newest values of the town, or of the nearest larger area, one for each group.

    Other municipalities and districts stand for no one but themselves.
    """
    found = [o for o in indicator.actual() if o.value is not None]
    own = [o for o in found if o.area.id == concept.town.area_id]
    home = next((LEVELS.index(a.level) for a in concept.areas if a.own), 0)
    larger = [o for o in found if LEVELS.index(o.area.level) > max(home, LEVELS.index("gemeinde"))]
    candidates = own or sorted(larger, key=lambda o: o.area.rank)
    latest = newest_by_group(o for o in candidates if o.area == candidates[0].area)
    top = max((o.year or 0 for o in latest), default=0)
    # A group whose series ended earlier is no neighbour of the others.
    return [o for o in latest if (o.year or 0) == top]
