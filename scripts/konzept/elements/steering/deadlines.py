"""Of which measures the day has passed or is to come, and which have none: counted by field, and listed."""

from __future__ import annotations

from konzept.concept.citing import cited
from konzept.concept.model import Concept
from konzept.concept.schedule import CLOSED, OVERDUE, STATES, UNDATED, deadline, schedule, unreported
from konzept.concept.steering import schedule_counts, span
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.palette import look_of
from konzept.elements.table_cells import field_cell, in_catalogue, plain_number
from konzept.words import german
from konzept.words.labels import NOT_NAMED, UNREPORTED


def schedule_table(concept: Concept) -> Table | None:
    """Count for each field how the measures stand in time; None without measures."""
    if not concept.measures:
        return None
    whole = schedule_counts(concept, concept.measures)
    shown = [state for state in STATES if state != CLOSED or whole[state]]
    rows = []
    for field in concept.fields:
        if field.measures:
            counts = schedule_counts(concept, field.measures)
            places = {s: in_catalogue(field) if s == UNDATED else "@tab-faellig" for s in shown}
            cells = [plain_number(counts[s], to=places[s]) for s in shown]
            rows.append(Row((field_cell(field), *cells)))
    if len(rows) > 1:
        rows.append(Row((Cell.of(Run("alle", strong=True)), *(plain_number(whole[s]) for s in shown))))
    notes = [
        "Termin verstrichen: Ende oder Wiedervorlage sind genannt und liegen vor dem Stand der Daten, "
        "ohne dass eine Quelle den Abschluss belegt. Im Plan: Der genannte Tag steht noch bevor. "
        "Ohne Termin: Es ist keiner genannt. Ob gearbeitet wurde, geht daraus nicht hervor."
    ]
    return Table(
        label="tab-termine",
        caption=f"Maßnahmen nach Termin, Stand {german.date(concept.stand)}",
        columns=(Column("Handlungsfeld"), *(Column(s) for s in shown)),
        rows=tuple(rows),
        notes=tuple(notes),
        sources=cited([m.source for m in concept.measures]),
    )


_SILENT = (
    "Ob die Maßnahmen erledigt sind, deren Termin verstrichen ist, ist nicht bekannt: "
    "Ihr Status ist älter als der Termin."
)
"""Stands once below a table in which it holds for all whose day has passed."""


def deadlines_table(concept: Concept) -> Table | None:
    """List the measures that are due, the earliest first; None when no date is named."""
    found = [(due, f, m) for f in concept.fields for m in f.measures if (due := deadline(m))]
    if not found:
        return None
    late = [m for _, _, m in found if schedule(m, concept.stand) == OVERDUE]
    silent = bool(late) and all(unreported(m, concept.stand) for m in late)
    rows = []
    for due, field, measure in sorted(found, key=lambda item: item[0].day):
        state = schedule(measure, concept.stand)
        remarks = [f"seit {span(due.day, concept.stand)}"] if state == OVERDUE else []
        remarks += [UNREPORTED] if unreported(measure, concept.stand) and not silent else []
        status = measure.status
        word = Run(status.short, status=look_of(status)) if status else Run(NOT_NAMED)
        rows.append(
            Row(
                (
                    Cell.of(Run(measure.title, strong=True, target=measure.id), Run(f"Handlungsfeld {field.number}", muted=True)),
                    Cell.of(word),
                    Cell.of(f"{due.kind}: {due.text}"),
                    Cell.of(Run(state, strong=state == OVERDUE), *([Run("; ".join(remarks), muted=True)] if remarks else [])),
                )
            )
        )  # fmt: skip
    return Table(
        label="tab-faellig",
        caption="Maßnahmen mit Termin",
        columns=tuple(
            Column(h, width=w) for h, w in (("Maßnahme", 40), ("Status", 20), ("Termin", 20), ("Lage", 20))
        ),
        rows=tuple(rows),
        notes=(_SILENT,) if silent else (),
        sources=cited([m.source for _, _, m in found]),
    )
