"""The editions: how to cite one, its PDF, and what has changed since the one before."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.comparing import Comparison, compare
from konzept.concept.editions import Note, edition_of, notes_of, paper_of, shown_as, state_of_edition
from konzept.concept.model import Concept, Edition, Source
from konzept.concept.states import State, state_of
from konzept.data.reading import read_folder
from konzept.elements.changes.report import Report, news
from konzept.elements.changes.telling import KINDS, Told, told
from konzept.elements.content import Cell, Column, Row, Run, Table, Text, line
from konzept.words import german


def lead(concept: Concept) -> Text:
    """Say which edition this book is."""
    here = shown_as(concept.package)
    said = f"sind die {here}" if here.startswith("Ausgabe") else f"zeigen einen {here}"
    return Text(
        (
            line(
                Run(f"Diese Seiten {said}, Stand der Daten {german.date(concept.stand)}."),
            ),
        ),
        role="lead",
    )


def editions_table(concept: Concept) -> Table | None:
    """List the editions, the newest first, with what one needs to cite them; None where there are none."""
    if not concept.editions:
        return None
    notes = notes_of(concept.package.folder)
    return Table(
        label="tab-ausgaben",
        caption="Ausgaben des Konzepts",
        columns=(
            Column("Ausgabe", width=30),
            Column("So wird sie zitiert", width=40),
            Column("PDF und Prüfsumme", width=30),
        ),
        rows=tuple(_edition_row(concept, e, notes.get(e.id)) for e in reversed(concept.editions)),
        notes=(
            "Prüfsumme: SHA-256 der Datei. Datenkennung: zwölf Zeichen, die die Daten bis auf das Zeichen benennen; "
            "die Daten liegen dem PDF bei.",
        ),
    )


def _edition_row(concept: Concept, edition: Edition, note: Note | None) -> Row:
    number = edition.paper_number and f"Vorlage {edition.paper_number}"
    about = filter(None, (f"Stand {german.date(edition.stand)}", number, edition.note))
    paper = paper_of(concept.package.folder, edition.id)
    link: list[Run] = [Run("kein PDF", muted=True)]
    if paper.is_file():
        link = [Run(paper.name, target=f"ausgaben/{paper.name}")]
        link += [Run(note.checksum, muted=True)] if note else []
    return Row(
        (
            Cell.of(Run(edition.name, strong=True), *(Run(text, muted=True) for text in about)),
            Cell.of(citation(concept, edition, note)),
            Cell.of(*link),
        ),
        label=edition.id,
    )


def citation(concept: Concept, edition: Edition, note: Note | None) -> str:
    """Say how to cite an edition."""
    package = concept.package
    of_day = f" vom {german.date(edition.day)}" if edition.day else " (aus den Quellen rekonstruiert)"
    parts = [
        f"{package.speaker}: {package.title} {package.town.genitive}. {edition.name}{of_day}",
        f"Stand {german.date(edition.stand)}",
        *([f"Datenkennung {note.data_id}"] if note else []),
    ]
    return f"{', '.join(parts)}."


def since_last(concept: Concept) -> Text | None:
    """Say what is new since the last edition that is not this state; None where nothing is, or where there is none."""
    here = edition_of(concept.package)
    earlier = [e for e in concept.editions if e != here and e.stand < concept.stand]
    if not earlier:
        return None
    reading = read_folder(concept.package.folder)
    before = state_of_edition(earlier[-1], reading)
    if before is None:
        return None
    sentences = news(Report(concept, compare(before, state_of(reading, concept.stand))))
    if not sentences:
        return None
    opening = Run(f"Neu seit dem letzten Bericht (Stand {german.date(before.day)}): ", strong=True)
    said = [run for sentence in sentences for run in (*sentence, Run(" "))]
    return Text((line(opening, *said, "Mehr unter ", Run("Ausgaben", target="@tab-ausgaben"), "."),))


def changes_tables(concept: Concept) -> list[Table | Text]:
    """Show for the present state and for each edition what has changed since the one before, the newest first."""
    reading = read_folder(concept.package.folder)
    here: list[tuple[str, State | None]] = [
        (f"„{e.name}“", state_of_edition(e, reading)) for e in concept.editions
    ]
    if not concept.editions or not shown_as(concept.package).startswith("Ausgabe"):
        here.append(("diesem Arbeitsstand", state_of(reading, concept.stand)))
    found: list[Table | Text] = []
    for n, ((old, before), (new, after)) in reversed([*enumerate(itertools.pairwise(here), 1)]):
        if before is None or after is None:
            found.append(
                Text(
                    (
                        line(
                            f"Von {old} zu {new}: Ohne das PDF der älteren Ausgabe lässt sich nichts vergleichen."
                        ),
                    )
                )
            )
            continue
        table = changes_table(
            concept,
            compare(before, after),
            label=f"tab-aenderungen-{n}",
            caption=f"Was hat sich geändert? Von {old} zu {new}",
        )
        found.append(table or Text((line(f"Von {old} zu {new} hat sich nichts geändert."),)))
    return found


def changes_table(concept: Concept, comparison: Comparison, *, label: str, caption: str) -> Table | None:
    """List every change, by field; None where there is none."""
    lines = told(comparison)
    if not lines:
        return None
    names: dict[str | None, str] = {f.id: f"{f.number}. {f.name}" for f in concept.fields}
    names[None] = "übergreifend"
    order = list(names)
    lines.sort(key=lambda t: order.index(t.field_id))
    return Table(
        label=label,
        caption=caption,
        columns=(Column("Änderung", width=55), Column("Handlungsfeld", width=25), Column("Art", width=20)),
        rows=tuple(Row((Cell.of(t.line), Cell.of(names[t.field_id]), Cell.of(KINDS[t.kind]))) for t in lines),
        notes=("„Entfallen“ heißt: nicht mehr in den Daten. Es heißt nicht: erledigt.",),
        sources=cited(sources_of(concept, lines)),
    )


def sources_of(concept: Concept, lines: Sequence[Told]) -> list[Source]:
    """Give the documents on which lines rest."""
    documents = {d.id: d for d in concept.documents}
    keys = dict.fromkeys(t.row.get("quelle_id") for t in lines)
    return [dataclasses.replace(documents[key], passage="") for key in keys if key in documents]
