"""The documents behind a field, and the doubts about them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from konzept.concept.model import ActionField, Source, SourceNote
from konzept.elements.content import Documents, Line, Run, line
from konzept.words import german


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


class _Sourced(Protocol):
    @property
    def source(self) -> Source | None: ...


def sources(field: ActionField) -> Documents:
    """List the documents behind the field's sentences and lists, each once; tables and figures name their own."""
    groups: tuple[Iterable[_Sourced], ...] = (
        (field,),
        field.themes,
        field.offers,
        field.bodies,
        field.events,
    )
    own = [row.source for rows in groups for row in rows]
    found = {s.id: s for s in (*own, *(e.announcement for e in field.events)) if s}
    return Documents(tuple((key, document_line(source)) for key, source in found.items()))


def document_line(source: Source) -> Line:
    """Name a document with publisher, title and day."""
    day = f", {source.appeared}" if source.dated else ""
    publisher = source.publisher or "Herausgeber nicht genannt"
    return line(f"{publisher}: ", Run(german.bound(source.title), target=source.url), f"{day}.")
