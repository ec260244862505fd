"""Documents as towns have them, made with python-docx: an invented concept of sixty measures, and what tests need to break it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

FIELDS = ("Sprache und Bildung", "Arbeit und Ausbildung", "Gesundheit", "Zusammenleben im Quartier")
HEADS = (
    "Ziel",
    "Nr.",
    "Maßnahme",
    "Zielgruppe",
    "Zuständigkeit",
    "Weitere Beteiligte",
    "Umsetzung",
    "Kosten",
    "Stand",
)
BODIES = ("Fachdienst Soziales", "Volkshochschule", "Jobcenter", "Stabsstelle Teilhabe")
PARTNERS = ("Sportverein, Kulturverein", "Wohlfahrtsverbände", "Kitas; Grundschulen", "s. o.")
VERBS = ("einrichten", "ausbauen", "erproben", "fortführen", "bekannt machen")
THINGS = ("Sprachcafé", "Lotsendienst", "Sprechstunde", "Lernpatenschaft", "Begegnungsfest")


GOALS = ("Alle finden Beratung", "Hürden sind abgebaut", "Vereine und Ämter arbeiten zusammen")


@dataclass(frozen=True)
class Written:
    """A measure as the concept has it."""

    field: str
    goal: str
    number: str
    title: str
    group: str
    lead: str
    partners: str
    time: str
    cost: str
    status: str


TIMES = ("2024–2026", "ab 2025", "bis Ende 2027", "März 2025 bis Mai 2026", "2. Quartal 2025", "kurzfristig")
COSTS = (
    "ca. 20.000 € (einmalig)",
    "5.000 € jährlich",
    "im Haushalt",
    "3.500 € (einmalig, 2025)",
    "–",
    "1.200,50 Euro p. a.",
)
STATES = ("geplant", "in Umsetzung", "Idee", "abgeschlossen", "nach Bedarf", "in Umsetzung; Antrag gestellt")


def written() -> list[Written]:
    """Give the sixty measures: four fields with three goals of five measures each."""
    found = []
    for f, field in enumerate(FIELDS):
        for g in range(3):
            for m in range(5):
                n = len(found)
                found.append(
                    Written(
                        field,
                        f"{GOALS[g]} im Feld {field}.",
                        f"{f + 1}.{g + 1}.{m + 1}",
                        f"{THINGS[m]} für Gruppe {f + 1}{g + 1} {VERBS[(m + g) % 5]}",
                        ("Familien", "Frauen", "Neuzugewanderte")[n % 3],
                        BODIES[n % 4],
                        PARTNERS[n % 4] if m else "Wohlfahrtsverbände",
                        TIMES[n % 6],
                        COSTS[(n + f) % 6],
                        STATES[(n + g) % 6],
                    )
                )
    return found


def concept(path: Path) -> Path:
    """Write the concept in the layout that municipal concepts have: a table across the page for each field."""
    document = Document()
    document.core_properties.title = ""
    document.add_paragraph("Integrationskonzept Ährenfeld", style="Title")
    document.add_paragraph("Beschlossen vom Rat am 25. Juni 2025")
    document.add_heading("1 Einleitung", 1)
    document.add_paragraph("Das Konzept nennt Ziele und Maßnahmen.")
    document.add_heading("2 Ziele und Maßnahmen", 1)
    measures = written()
    for n, field in enumerate(FIELDS, 1):
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        document.add_heading(f"Handlungsfeld {n}: {field}", 2)
        document.add_paragraph(f"Leitziel: Alle nehmen gleich teil an {field}.").runs[0].bold = True
        _field_table(document, [m for m in measures if m.field == field])
    document.add_heading("3 Zahlen", 1)
    table = document.add_table(2, 3)
    fill(table, [("Jahr", "Einwohnende", "Anteil"), ("2024", "1.234", "12,5 %")])
    add_footnotes(document, {1: "Vorbehaltlich der Mittel im Haushalt."})
    document.save(path)
    return path


def _field_table(document: WordDocument, measures: Sequence[Written]) -> None:
    """Write a table in two pieces, as pages part them: the first repeats its headings, the second has none."""
    for at, piece in enumerate((measures[:10], measures[10:])):
        table = document.add_table(0, len(HEADS))
        table.style = "Table Grid"
        if at == 0:
            _row(table, HEADS)
            repeat_head(table)
        for measure in piece:
            first = measure.number.endswith(".1")
            goal = f"Ziel {measure.number[:3]}: {measure.goal}" if first else ""
            _row(table, (goal, measure.number, measure.title, measure.group, measure.lead, measure.partners, measure.time, measure.cost, measure.status))  # fmt: skip
        begins = [n for n, row in enumerate(table.rows) if row.cells[0].text.startswith("Ziel ")]
        for begin, end in zip(begins, [*begins[1:], len(table.rows)], strict=True):
            merge_down(table, 0, begin, end - 1)
        if at == 1:
            _row(table, ("Summe", "", "", "", "", "", "", "99.000 €", ""))
        else:
            footnote_in(table.rows[1].cells[7].paragraphs[0], 1)
            document.add_paragraph()


def _row(table: Table, texts: Iterable[str]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Write texts into a table."""
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def repeat_head(table: Table) -> None:
    """Mark the first row as one that pages repeat."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def merge_down(table: Table, column: int, first: int, last: int) -> None:
    """Merge cells of a column, as Word does."""
    for n in range(first, last + 1):
        mark = OxmlElement("w:vMerge")
        if n == first:
            mark.set(qn("w:val"), "restart")
        table.rows[n]._tr.tc_lst[column].get_or_add_tcPr().append(mark)


def footnote_in(paragraph: object, number: int) -> None:
    """Put the mark of a footnote at the end of a paragraph."""
    run = paragraph.add_run()
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def add_footnotes(document: WordDocument, notes: dict[int, str]) -> None:
    """Give a document footnotes, which python-docx cannot write."""
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{texts}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
