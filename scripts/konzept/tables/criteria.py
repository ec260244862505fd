"""When a measure has which status: the criteria by which the data are kept."""

from __future__ import annotations

from konzept import german
from konzept.concept.model import Concept
from konzept.content import Cell, Column, Row, Run, Table
from konzept.words import STATUS_CRITERIA, STATUSES


def criteria_table(concept: Concept) -> Table:
    """Explain every status, with the proof it takes and how many measures have it."""
    counts = {key: sum(m.status == key for m in concept.measures) for key in STATUSES}
    rows = []
    for key, (criterion, proof) in STATUS_CRITERIA.items():
        number = german.number(counts[key]) if counts[key] else "keine"
        rows.append(
            Row(
                (
                    Cell.of(Run(STATUSES[key].short, strong=True, status=key)),
                    Cell.of(criterion),
                    Cell.of(proof),
                    Cell.of(Run(number, muted=not counts[key])),
                )
            )
        )
    heads = (("Status", 25), ("Kriterium", 45), ("Nachweis", 15), ("Maßnahmen", 15))
    return Table(
        label="tab-statuskriterien",
        caption="Wann eine Maßnahme welchen Status hat",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
    )
