"""How far measures have come, in words that claim no more than their sources.

A report that calls a measure planned is no proof that it is: sentences say "als geplant genannt".
Where the status is concluded from other words of the source, they say "eingeordnet".
What the newest source says of an earlier month stands in the past.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from konzept.concept.model import Measure
from konzept.words import german
from konzept.words.labels import Status

WITHOUT = "ohne genannten Status"
_BE, _HAVE = (("ist", "sind"), ("war", "waren")), (("hat", "haben"), ("hatte", "hatten"))
"""Verbs of one thing and of several, now and in the past."""


@dataclass(frozen=True)
class Tense:
    """When the newest known statuses hold: now, or in months that are over."""

    time: str
    """„im August 2023“; empty when the newest status is of the Stand itself."""

    @property
    def past(self) -> bool:
        """Whether a sentence stands in the past."""
        return bool(self.time)

    def be(self, n: int) -> str:
        """Give the verb for so many things."""
        return _BE[self.past][n != 1]

    def have(self, n: int) -> str:
        """Give the other verb for so many things."""
        return _HAVE[self.past][n != 1]


def tense(measures: Iterable[Measure], stand: dt.date) -> Tense:
    """Find the tense for what is said of some measures' present statuses at the Stand."""
    days = [m.current.day for m in measures if m.current]
    if not days or max(days) >= stand:
        return Tense("")
    first, last = german.month(min(days)), german.month(max(days))
    return Tense(f"im {first}" if first == last else f"nach Angaben von {first} bis {last}")


def by_status(measures: Iterable[Measure]) -> dict[Status | None, list[Measure]]:
    """Group measures by status in the order of progress; those without one stand last, under None."""
    grouped: dict[Status | None, list[Measure]] = {}
    for measure in sorted(measures, key=lambda m: (m.status is None, m.status.place if m.status else 0)):
        grouped.setdefault(measure.status, []).append(measure)
    return grouped


def predicate(measures: Sequence[Measure]) -> str:
    """Say of measures of one status what they are: "Ideen", "als geplant genannt"."""
    status = measures[0].status
    if status is None:
        return WITHOUT
    label = f"„{status.label}“" if " " in status.label else status.label
    if not status.place:
        return status.counted(len(measures))
    if _only_derived(measures):
        return f"als {label} eingeordnet"
    if status.claims("genannt"):
        named = f"als {label} genannt"
    elif status.is_noun:
        named = status.counted(len(measures))
    else:
        named = status.label
    mixed = any(m.current and m.current.derived for m in measures)
    return f"{named} oder so eingeordnet" if mixed else named


def summary(measures: Iterable[Measure]) -> str:
    """Count measures by status, the most first: "sechs Ideen, eine geplante und eine zum Haushalt angemeldete".

    The sentence around it says that the statuses follow the sources' words.
    """
    groups = sorted(by_status(measures).values(), key=len, reverse=True)
    return german.listing([f"{german.some(len(found))} {_counted(found)}" for found in groups])


def _counted(measures: Sequence[Measure]) -> str:
    """Say what counted measures of one status are, without their noun."""
    status = measures[0].status
    if status is None:
        return WITHOUT
    if status.is_noun:
        return status.counted(len(measures))
    # „in Umsetzung“ takes no ending.
    return status.label if status.label.startswith("in ") else f"{status.label}e"


def explained(measures: Iterable[Measure]) -> str:
    """Say what counted statuses in a table mean; empty where no source names one."""
    days = [m.current.day for m in measures if m.current]
    if not days:
        return ""
    return f"Status: eingeordnet nach den Worten der Quellen, Stand {german.date(max(days))}."


def finding(measures: Sequence[Measure], stand: dt.date) -> str:
    """State in a sentence how many measures have which status."""
    time = tense(measures, stand)
    total = len(measures)
    groups = sorted(by_status(measures).values(), key=len, reverse=True)
    if len(groups) == 1:
        subject = "die einzige Maßnahme" if total == 1 else german.all_of(total, "Maßnahmen")
        verb, rest = _verb(groups[0], time)
        words = (time.time, verb, subject, rest) if time.past else (subject, verb, rest)
        return f"{german.capital(' '.join(words))}."
    parts = []
    for i, found in enumerate(groups):
        verb, rest = _verb(found, time)
        n = german.some(len(found))
        parts.append(f"{n} {verb} {rest}" if i else f"{verb} {{of}}{n} {rest}")
    of = f"von {german.word(total)} Maßnahmen "
    opening = f"{time.time} " if time.past else of
    text = f"{opening}{german.listing(parts)}".replace("{of}", of if time.past else "")
    return f"{german.capital(text)}."


def _verb(measures: Sequence[Measure], time: Tense) -> tuple[str, str]:
    """Give verb and predicate for measures of one status."""
    n, status = len(measures), measures[0].status
    if status is None:
        return time.have(n), "keinen genannten Status"
    article = "eine " if n == 1 and status.is_noun and not _only_derived(measures) else ""
    return time.be(n), f"{article}{predicate(measures)}"


def _only_derived(measures: Sequence[Measure]) -> bool:
    # To be an idea, the first of all, is the least that can be said.
    return bool(measures[0].status and measures[0].status.place) and all(
        m.current and m.current.derived for m in measures
    )
