"""Banners: one quiet line on a page that open notes on the sources touch, and a notice on one that shows an earlier day."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.model import ActionField, Concept, SourceNote
from konzept.elements.content import Notice, Run, line
from konzept.words import german

_WHERE = line("Prüfhinweise: ", Run("Verzeichnis der Prüfhinweise", target="tab-pruefhinweise"), ".")


def of_field(field: ActionField) -> Notice | None:
    """Say how many open notes touch a field; None when there are none."""
    n = _open(field.notes)
    if not n:
        return None
    return Notice(f"Zu diesem Kapitel {_what(n)}.", (_WHERE,), small=True)


def of_page(concept: Concept, tables: Sequence[str]) -> Notice | None:
    """Say how many open notes touch a page that shows these tables; None when there are none."""
    n = _open([note for note in concept.notes if note.table in tables and _shown_here(concept, note)])
    if not n:
        return None
    return Notice(f"Zu dieser Seite {_what(n)}.", (_WHERE,), small=True)


def of_past(concept: Concept) -> Notice | None:
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
