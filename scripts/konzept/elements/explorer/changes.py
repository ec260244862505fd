"""What has changed between any two states that a reader may name: the editions, and the present."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from konzept.concept.comparing import compare
from konzept.concept.editions import edition_of, state_of_edition
from konzept.concept.model import Concept
from konzept.concept.states import State, state_of
from konzept.data.reading import read_folder
from konzept.elements.changes.editions import sources_of
from konzept.elements.changes.telling import KINDS, Told, told
from konzept.elements.content import plain
from konzept.words import german

PRESENT = "heute"
"""The key of the present state, where it is no edition."""
_MOST = 5
"""So many states, the newest, are compared with each other; the page of editions compares all, each with the one before."""


def changes_of(concept: Concept) -> dict[str, Any]:
    """Compare all states with each other, as the report does, ready for JSON.

    Of most pairs much is told alike: each line stands once, and ``between`` says which lines tell of which two states.
    """
    states = _states(concept)
    lines: dict[tuple[str, ...], int] = {}
    between = [
        [
            since,
            until,
            [lines.setdefault(_line(concept, t), len(lines)) for t in told(compare(before, after))],
        ]
        for (since, _, before), (until, _, after) in combinations(states, 2)
    ]
    return {
        "states": [[key, name, german.date(state.day)] for key, name, state in states],
        "earlier": next((key for key, _, state in reversed(states) if state.day < concept.stand), ""),
        "kinds_of_change": [[key, german.capital(label)] for key, label in KINDS.items()] if between else [],
        "changes": [dict(zip(_PARTS, each, strict=True)) for each in lines],
        "between": between,
    }


def _states(concept: Concept) -> list[tuple[str, str, State]]:
    """Give the states that lie before the concept's own, and it: key, name and data."""
    reading = read_folder(concept.package.folder)
    here = None if concept.past else edition_of(concept.package)
    found = [
        (e.id, e.name, state)
        for e in concept.editions
        if e.stand <= concept.stand and (state := state_of_edition(e, reading))
    ]
    if here is None:
        found.append((PRESENT, "heutiger Stand der Daten", state_of(reading, concept.stand)))
    return found[-_MOST:]


_PARTS = ("kind", "field", "about", "text", "target", "source", "passage", "licence")


def _line(concept: Concept, each: Told) -> tuple[str, ...]:
    sources = sources_of(concept, [each])
    return (
        each.kind,
        each.field_id or "",
        plain((each.subject,)),
        each.text,
        next((run.target for run in each.subject if run.target), ""),
        sources[0].short_title if sources else "",
        (each.row.get("fundstelle") or "") if sources else "",
        (sources[0].licence or "") if sources else "",
    )
