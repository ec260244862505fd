"""When a measure has which status: the criteria by which the data are kept, and the words of the sources."""

from __future__ import annotations

from konzept.concept.citing import cited
from konzept.concept.model import Concept
from konzept.concept.standing import by_status
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.palette import look_of
from konzept.words import german
from konzept.words.labels import NOT_NAMED


def criteria_table(concept: Concept) -> Table:
    """Explain every status, with the proof it takes and, where there are measures, how many have it."""
    rows = []
    shown = 4 if concept.measures else 3
    for status in concept.package.statuses:
        count = sum(m.status == status for m in concept.measures)
        number = german.number(count) if count else "keine"
        rows.append(
            Row(
                (
                    Cell.of(Run(status.short, strong=True, status=look_of(status))),
                    Cell.of(status.criterion),
                    Cell.of(status.proof),
                    Cell.of(Run(number, muted=not count)),
                )[:shown]
            )
        )
    heads = (("Status", 25), ("Kriterium", 45), ("Nachweis", 15), ("Maßnahmen", 15))[:shown]
    return Table(
        label="tab-statuskriterien",
        caption="Wann eine Maßnahme welchen Status hat",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
    )


def words_table(concept: Concept) -> Table | None:
    """List which words of the sources stand for which status, and for how many measures; None without measures."""
    rows = []
    for status, measures in by_status(concept.measures).items():
        steps = [m.current for m in measures if m.current]
        if not status:
            continue
        for wording, derived in dict.fromkeys((s.wording, s.derived) for s in steps):
            number = sum((s.wording, s.derived) == (wording, derived) for s in steps)
            said = Run(f"„{wording}“") if wording else Run(NOT_NAMED, muted=True)
            rows.append(
                Row(
                    (
                        Cell.of(Run(status.short, strong=True, status=look_of(status))),
                        Cell.of(said),
                        Cell.of("abgeleitet" if derived else "genannt"),
                        Cell.of(german.number(number)),
                    )
                )
            )
    if not rows:
        return None
    heads = (("Status", 20), ("Wort der Quelle", 45), ("Beleg", 20), ("Maßnahmen", 15))
    return Table(
        label="tab-statuswoerter",
        caption="Mit welchen Worten die Quellen den Status nennen",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
        notes=(
            "„Genannt“: Die Quelle nennt den Status selbst. „Abgeleitet“: Er ist aus ihren Worten erschlossen.",
        ),
        sources=cited([m.current.source for m in concept.measures if m.current]),
    )
