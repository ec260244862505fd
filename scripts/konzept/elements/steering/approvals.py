"""Which chapters were approved, by whom, and what has become of them since."""

from __future__ import annotations

from konzept.concept.model import Approval, Concept
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.table_cells import field_cell
from konzept.words import german


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
        rows=tuple(Row((field_cell(field), *_cells(approval))) for field, approval in found),
        notes=tuple(notes),
        heading="Freigegebene Kapitel",
    )


def _cells(approval: Approval) -> tuple[Cell, ...]:
    paper = [Run(f"Vorlage {approval.paper_number}", muted=True)] if approval.paper_number else []
    state = Run("sagt das gebaute Buch", approved=(approval.field_id, approval.shown))
    return (Cell.of(approval.body, *paper), Cell.of(german.date(approval.day)), Cell.of(state))
