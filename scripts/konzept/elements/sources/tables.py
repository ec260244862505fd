"""Documents, and notes on what in them is doubtful."""

from __future__ import annotations

import dataclasses

from konzept.concept.model import Concept, Source, SourceNote
from konzept.elements.content import Cell, Column, Line, Row, Run, Table, line
from konzept.elements.register import muted, register
from konzept.elements.table_cells import written
from konzept.words import german


def documents_table(concept: Concept) -> Table | None:
    """List every document that a row of the data refers to."""
    if not concept.documents:
        return None
    rows = [
        [
            Cell((line(Run(d.title, strong=True, target=d.url)), *muted(_origin(d)))),
            written(d.kind.label),
            written(d.licence),
        ]
        for d in concept.documents
    ]
    undated = sum(not d.appeared for d in concept.documents)
    notes = [f"Ohne genanntes Datum: {german.count(undated, 'Dokument', 'Dokumente')}."] if undated else []
    heads = ("Dokument", "Art", "Lizenz")
    table = register("dokumente", "Dokumente und Datenquellen", heads, rows, [], notes, widths=(60, 15, 25))
    # The notes of each page lead to these rows.
    labelled = zip(table.rows, concept.documents, strict=True)
    return dataclasses.replace(
        table, rows=tuple(dataclasses.replace(row, label=document.id) for row, document in labelled)
    )


def _origin(document: Source) -> str:
    number = document.paper_number and f"Vorlage {document.paper_number}"
    return ", ".join(part for part in (document.publisher, number, document.appeared) if part)


def note_label(n: int) -> str:
    """Name the row of the n-th note, to which others lead."""
    return f"pruefhinweis-{n}"


def notes_table(concept: Concept) -> Table | None:
    """List contradictions and doubts with both statements and what was decided."""
    if not concept.notes:
        return None
    rows: list[Row] = []
    for state in concept.package.words("pruefhinweise", "stand"):
        found = [(n, note) for n, note in enumerate(concept.notes, 1) if note.state == state]
        if found:
            heading = Run(f"{german.capital(state.label)} ({len(found)})", strong=True)
            rows += [Row((Cell.of(heading),), group=True), *(_note_row(n, note) for n, note in found)]
    columns = (Column("Nr.", width=5), Column("Aussagen", width=55), Column("Umgang damit", width=40))
    return Table("tab-pruefhinweise", "Prüfhinweise zu den Quellen", columns, tuple(rows))


def _note_row(n: int, note: SourceNote) -> Row:
    # One source of both stands behind the second.
    both = bool(note.statement_b) and note.source_a == note.source_b
    first = ", ".join(filter(None, (note.source_a, note.passage_a)))
    second = first if both else note.source_b
    statements = (
        *_statement(note.statement_a, None if both else first),
        *_statement(note.statement_b, second),
    )
    return Row(
        (Cell.of(Run(str(n), strong=True)), Cell(statements), written(note.decision)), label=note_label(n)
    )


def _statement(text: str | None, source: str | None) -> tuple[Line, ...]:
    if not text:
        return ()
    return (line(text, Run(f" ({source})", muted=True)) if source else line(text),)
