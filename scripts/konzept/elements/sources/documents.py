"""Documents, and what in them is doubtful: tables, lists, and banners on the pages that open notes touch."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from konzept.concept.model import ActionField, Concept, Source, SourceNote
from konzept.elements.content import Cell, Column, Documents, Line, Notice, Row, Run, Table, line
from konzept.elements.tables import muted, register, written
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


def note_line(note: SourceNote) -> Line:
    """Write a doubt with both statements, their sources and what was decided."""
    pairs = (
        (note.statement_a, note.source_a, note.source_a_id),
        (note.statement_b, note.source_b, note.source_b_id),
    )
    statements: list[Run] = []
    for text, source, key in pairs:
        if text:
            statements.append(Run(f"{' ' if statements else ''}{german.sentence(text)}"))
            passage = note.passage_a if key == note.source_a_id else ""
            statements += [Run(f" ({source})", source=(key, passage))] if source and key else []
    decision = f" {german.sentence(note.decision)}" if note.decision else ""
    return line(Run(f"{german.capital(note.state)}: ", strong=True), *statements, Run(decision, muted=True))


def sources(field: ActionField) -> Documents:
    """List the documents behind the field's sentences and lists, each once; tables and figures name their own."""
    own = (
        field.source,
        *(theme.source for theme in field.themes),
        *(offer.source for offer in field.offers),
        *(body.source for body in field.bodies),
        *(event.source for event in field.events),
        *(event.announcement for event in field.events),
    )
    found = {s.id: s for s in own if s}
    return Documents(tuple((key, document_line(source)) for key, source in found.items()))


def document_line(source: Source) -> Line:
    """Name a document with publisher, title and day."""
    day = f", {source.appeared}" if source.dated else ""
    publisher = source.publisher or "Herausgeber nicht genannt"
    return line(f"{publisher}: ", Run(german.bound(source.title), target=source.url), f"{day}.")


_WHERE = line("Prüfhinweise: ", Run("Verzeichnis der Prüfhinweise", target="tab-pruefhinweise"), ".")


def banner_of_field(field: ActionField) -> Notice | None:
    """Say how many open notes touch a field; None when there are none."""
    n = _open(field.notes)
    if not n:
        return None
    return Notice(f"Zu diesem Kapitel {_what(n)}.", (_WHERE,), small=True)


def banner_of_page(concept: Concept, tables: Sequence[str]) -> Notice | None:
    """Say how many open notes touch a page that shows these tables; None when there are none."""
    n = _open([note for note in concept.notes if note.table in tables and _shown_here(concept, note)])
    if not n:
        return None
    return Notice(f"Zu dieser Seite {_what(n)}.", (_WHERE,), small=True)


def banner_of_past(concept: Concept) -> Notice | None:
    """Say what is of an earlier day on a page, and what is not; None where all is of today."""
    if not concept.past:
        return None
    day, today = german.long_date(concept.stand), german.long_date(concept.package.stand)
    lines = [
        line(
            f"Tabellen, Abbildungen und Zahlen zeigen, was die Quellen bis zu diesem Tag genannt haben. "
            f"Der übrige Text der Seite ist der vom {today}."
        )
    ]
    if concept.undated:
        what = german.count(concept.undated, "Angabe", "Angaben")
        is_ = "ist" if concept.undated == 1 else "sind"
        lines.append(
            line(
                f"Im ganzen Buch {is_} {what} aus Quellen ohne bekanntes Datum enthalten, "
                "soweit nichts darin einen späteren Tag belegt."
            )
        )
    return Notice(f"Stand {day}", tuple(lines))


def _shown_here(concept: Concept, note: SourceNote) -> bool:
    """Leave to the chapters what is about an indicator of theirs."""
    across = {i.id for i in concept.indicators if i.field_id is None}
    return note.table != "indikatoren" or note.row_id in across


def _open(notes: Sequence[SourceNote]) -> int:
    return sum(note.state == "offen" for note in notes)


def _what(n: int) -> str:
    is_ = "ist" if n == 1 else "sind"
    return f"{is_} {german.count(n, 'Frage', 'Fragen')} an die Quellen offen"
