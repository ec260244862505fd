"""Whether a measure's day has passed: derived from dates and status at the Stand, never typed.

The rule:

- A measure is due at its ``ende`` and, if its present status names one, at that status' ``wiedervorlage``.
  The earlier of both counts.
- ``ende`` counts up to the last day that its precision allows: of the month, or of the year.
  It does not count for what has no end (``daueraufgabe``) or is paused (``zurueckgestellt``):
  for these only a ``wiedervorlage`` counts.
- What is over (``abgeschlossen``) or given up (``verworfen``) is due no more.
- The day a measure is due has passed before the Stand: "Termin verstrichen".  It lies at the Stand or after: "im Plan".
  There is none: "ohne Termin".

"Termin verstrichen" says that the sources name a day that has passed, and no status that ends the measure.
It does not say that nothing was done; where the newest status is older than the day, nobody outside can know.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from konzept.concept.model import Measure
from konzept.words import german

OVERDUE = "Termin verstrichen"
ON_TIME = "im Plan"
UNDATED = "ohne Termin"
CLOSED = "erledigt oder verworfen"

STATES = (OVERDUE, ON_TIME, UNDATED, CLOSED)
"""In the order in which a reader wants to know."""


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due, and how a reader reads it."""

    day: dt.date
    kind: str
    """What the source calls it: "Ende" or "Wiedervorlage"."""
    text: str


def deadline(measure: Measure) -> Deadline | None:
    """Find the day by which a measure is due, the earliest of those that count.

    Returns
    -------
    Deadline or None
        None when no day counts, or when nothing is due any more.
    """
    if measure.claims("beendet"):
        return None
    found = []
    if measure.end and not measure.claims("ohne_ende"):
        text = german.period(measure.end, measure.end, measure.precision)
        found.append(Deadline(german.latest_day(measure.end, measure.precision), "Ende", text))
    step = measure.current
    if step and step.review:
        found.append(Deadline(step.review, "Wiedervorlage", german.date(step.review)))
    return min(found, key=lambda d: d.day, default=None)


def schedule(measure: Measure, stand: dt.date) -> str:
    """Judge a measure at a day: one of `STATES`."""
    if measure.claims("beendet"):
        return CLOSED
    due = deadline(measure)
    if due is None:
        return UNDATED
    return OVERDUE if due.day < stand else ON_TIME


def unreported(measure: Measure, stand: dt.date) -> bool:
    """Tell whether a measure's day has passed since its newest status: whether it is done, no source says."""
    due = deadline(measure)
    step = measure.current
    return due is not None and due.day < stand and (step is None or step.day < due.day)
