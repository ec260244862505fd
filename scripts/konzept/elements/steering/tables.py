"""Tables for those who steer: fields at a glance, the five questions, what is due, and what was approved."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.costs import added
from konzept.concept.grouping import grouped
from konzept.concept.model import ActionField, Approval, Concept, Cost, Measure
from konzept.concept.schedule import CLOSED, OVERDUE, STATES, UNDATED, deadline, schedule, unreported
from konzept.concept.standing import WITHOUT, by_status, explained
from konzept.concept.steering import QUESTIONS, answers, derived, last_change, schedule_counts, span
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.palette import look_of
from konzept.elements.tables import NOTHING, field_cell, in_catalogue, plain_number, written
from konzept.words import german
from konzept.words.labels import FILED, NOT_NAMED, UNREPORTED

_WIDTHS = {"Handlungsfeld": 30, "Ziele": 10, "Maßnahmen": 20, "Kosten": 25, "Letzte Änderung": 15}


def fields_steering(concept: Concept) -> Table | None:
    """List for each field goals, measures by status, costs by stage, and since when nothing has changed.

    Fields without any of them are named below; what is the same for all has no column.
    """
    fields = [f for f in concept.fields if f.goals or f.measures]
    if not fields:
        return None
    rows = [_steering_cells(concept, field) for field in fields]
    told = {cells["Letzte Änderung"].text for cells in rows} - {NOTHING}
    shared = len(told) == 1 and len(fields) > 1
    left_out = {
        "Kosten": not any(m.costs for field in fields for m in field.measures),
        "Letzte Änderung": shared or not told,
    }
    heads = [head for head in _WIDTHS if not left_out.get(head)]
    silent = any(cells[head].text == NOTHING for cells in rows for head in heads)
    what = f": {next(iter(told))}" if shared else ""
    filed = any(c.stage == "angemeldet" for m in concept.measures for c in m.costs)
    empty = [f.short_name for f in concept.fields if not f.goals and not f.measures]
    notes = (
        explained(concept.measures),
        f"Letzte Änderung{what}. Gemeint ist der jüngste Tag, an dem eine Maßnahme des Feldes ihren letzten bekannten Status "
        f"erhalten hat, und die Zeit von da bis zum Stand der Daten ({german.date(concept.stand)})."
        if told
        else "",
        FILED if filed else "",
        f"Ohne Ziele und Maßnahmen in den Daten: {german.listing(empty)}." if empty else "",
        f"„{NOTHING}“: in den Quellen nicht genannt." if silent else "",
    )
    return Table(
        label="tab-steuerung",
        caption="Ziele, Maßnahmen und Kosten je Handlungsfeld",
        columns=tuple(Column(head, width=_WIDTHS[head]) for head in heads),
        rows=tuple(Row(tuple(cells[head] for head in heads)) for cells in rows),
        notes=tuple(filter(None, notes)),
        sources=cited([m.source for m in concept.measures] or [f.source for f in concept.fields]),
    )


def _steering_cells(concept: Concept, field: ActionField) -> dict[str, Cell]:
    """Fill the columns of `_WIDTHS` for a field."""
    goals = str(len(field.goals)) if field.goals else None
    statuses = [
        f"{len(found)} {status.counted(len(found)) if status else WITHOUT}"
        for status, found in by_status(field.measures).items()
    ]
    return {
        "Handlungsfeld": field_cell(field),
        "Ziele": written(goals, to=f"@tab-ziele-{field.id}", silent=NOTHING),
        "Maßnahmen": written(*statuses, to=in_catalogue(field), silent=NOTHING),
        "Kosten": written(*_by_stage(field.measures), to="@tab-kosten", silent=NOTHING),
        "Letzte Änderung": _change(concept, field),
    }


def _by_stage(measures: Sequence[Measure]) -> list[str]:
    costs = [cost for m in measures for cost in m.costs]
    return [
        f"{stage.label}: {'; '.join(_sums([c for c in costs if c.stage == stage]))}"
        for stage in sorted({c.stage for c in costs}, key=lambda stage: stage.place)
    ]


def _sums(costs: Sequence[Cost]) -> list[str]:
    """Add amounts of the same year and kind, and no others."""
    groups = grouped(((cost.year, cost.kind), cost) for cost in costs)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1]))
    return [added(same).text for _, same in ordered]


def _change(concept: Concept, field: ActionField) -> Cell:
    steps = [step for m in field.measures if (step := last_change(m))]
    if not steps:
        return written(silent=NOTHING)
    day = max(step.day for step in steps)
    if day == concept.stand:
        return Cell.of(german.date(day))
    return Cell.of(german.date(day), Run(f"seit {span(day, concept.stand)} keine neuere Angabe", muted=True))


def completeness_table(concept: Concept) -> Table | None:
    """Say for each field how many of its measures answer each question; None without measures."""
    if not concept.measures:
        return None
    rows = [_answers_row(field_cell(f), f.measures, to=in_catalogue(f)) for f in concept.fields if f.measures]
    if len(rows) > 1:
        rows.append(_answers_row(Cell.of(Run("alle", strong=True)), concept.measures))
    empty = [f.short_name for f in concept.fields if not f.measures]
    goals, reports = (derived(concept, kind) for kind in ("ziel", "ereignis"))
    notes = (
        f"{'. '.join(q.rule for q in QUESTIONS)}.",
        f"Ohne Maßnahmen in den Daten: {german.listing(empty)}." if empty else "",
        f"Bei {german.count(goals, 'Maßnahme', 'Maßnahmen', gender='er')} ist das Ziel aus dem Zusammenhang der Quelle abgeleitet, nicht dort genannt."
        if goals
        else "",
        f"Bei {german.count(reports, 'Maßnahme', 'Maßnahmen', gender='er')} nennt die Quelle einen Bericht; dass er auch die Maßnahme überprüft, ist abgeleitet."
        if reports
        else "",
    )
    return Table(
        label="tab-angaben",
        caption="Für wie viele Maßnahmen die fünf Fragen beantwortet sind",
        columns=(Column("Handlungsfeld", width=25), *(Column(q.short, width=15) for q in QUESTIONS)),
        rows=tuple(rows),
        notes=tuple(filter(None, notes)),
        sources=cited([m.source for m in concept.measures]),
    )


def _answers_row(heading: Cell, measures: Sequence[Measure], *, to: str | None = None) -> Row:
    total = german.number(len(measures))
    counted = (Run(f"{german.number(n)} von {total}", muted=not n, target=to) for n in answers(measures))
    return Row((heading, *map(Cell.of, counted)))


def schedule_table(concept: Concept) -> Table | None:
    """Count for each field how the measures stand in time; None without measures."""
    if not concept.measures:
        return None
    whole = schedule_counts(concept, concept.measures)
    shown = [state for state in STATES if state != CLOSED or whole[state]]
    rows = []
    for field in (f for f in concept.fields if f.measures):
        counts = schedule_counts(concept, field.measures)
        places = {s: in_catalogue(field) if s == UNDATED else "@tab-faellig" for s in shown}
        rows.append(Row((field_cell(field), *(plain_number(counts[s], to=places[s]) for s in shown))))
    if len(rows) > 1:
        rows.append(Row((Cell.of(Run("alle", strong=True)), *(plain_number(whole[s]) for s in shown))))
    return Table(
        label="tab-termine",
        caption=f"Maßnahmen nach Termin, Stand {german.date(concept.stand)}",
        columns=(Column("Handlungsfeld"), *(Column(s) for s in shown)),
        rows=tuple(rows),
        notes=(
            "Termin verstrichen: Ende oder Wiedervorlage sind genannt und liegen vor dem Stand der Daten, "
            "ohne dass eine Quelle den Abschluss belegt. Im Plan: Der genannte Tag steht noch bevor. "
            "Ohne Termin: Es ist keiner genannt. Ob gearbeitet wurde, geht daraus nicht hervor.",
        ),
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


def approvals_table(concept: Concept) -> Table | None:
    """List the approvals by field, the newest first; None where no chapter was approved."""
    if not concept.approvals:
        return None
    found = [(field, a) for field in concept.fields for a in concept.approvals if a.field_id == field.id]
    approved = {field.id for field, _ in found}
    missing = [field.short_name for field in concept.fields if field.id not in approved]
    notes = [
        "Verglichen werden Text, Abbildungen und Tabellen eines Kapitels mit dem, was freigegeben wurde."
    ]
    notes += [f"Noch nicht freigegeben: {german.listing(missing)}."] if missing else []
    return Table(
        label="tab-freigaben",
        caption="Freigaben der Kapitel durch Gremien",
        columns=(
            Column("Kapitel", width=30),
            Column("Freigegeben von", width=35),
            Column("Am", width=15),
            Column("Seither", width=20),
        ),
        rows=tuple(Row((field_cell(field), *_approval_cells(approval))) for field, approval in found),
        notes=tuple(notes),
        heading="Freigegebene Kapitel",
    )


def _approval_cells(approval: Approval) -> tuple[Cell, ...]:
    paper = [Run(f"Vorlage {approval.paper_number}", muted=True)] if approval.paper_number else []
    state = Run("sagt das gebaute Buch", approved=(approval.field_id, approval.shown))
    return (Cell.of(approval.body, *paper), Cell.of(german.date(approval.day)), Cell.of(state))
