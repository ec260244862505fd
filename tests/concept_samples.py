"""Documents as towns have them, made with python-docx: an invented concept of sixty measures, and what tests need to break it."""

from __future__ import annotations

import random
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


def small(
    path: Path,
    rows: Sequence[Sequence[str]],
    cover: str = "Beschlossen am 25.06.2025",
    field: str = "Handlungsfeld 1: Sprache",
) -> Path:
    """Write a document with one table; a row of one text is one cell over all columns."""
    document = Document()
    document.add_paragraph(cover)
    if field:
        document.add_heading(field, 1)
    table = document.add_table(0, max(map(len, rows)))
    for texts in rows:
        if len(texts) == 1:
            row = table.add_row()
            row.cells[0].merge(row.cells[-1]).text = texts[0]
        else:
            _row(table, texts)
    document.save(path)
    return path


# Hostile tables: known content in whatever form Word allows

SYNONYMS = {
    "titel": ("Maßnahme", "Vorhaben", "Projekt", "Geplante Maßnahmen", "MASSNAHME"),
    "zielgruppe": ("Zielgruppe", "Für wen?", "Zielgruppe/n"),
    "lead": ("Zuständigkeit", "Verantwortlich", "Federführung:", "Verantwort-\nlich"),
    "time": ("Zeitraum", "Zeitplan", "Zeitraum der Umsetzung", "Laufzeit"),
    "cost": ("Kosten pro Jahr", "Jährliche Kosten", "Kosten (jährlich)"),
    "status": ("Status", "Stand der Umsetzung", "Umsetzungsstand"),
    "noise": ("Wirkung vor Ort", "Bemerkungen", "Erfolgsindikator"),
}
SPANS = (
    ("2024–2026", "2024-01-01", "2026-12-31"),
    ("ab 2025", "2025-01-01", ""),
    ("2025", "2025-01-01", "2025-12-31"),
    ("Mai 2024 - Juni 2025", "2024-05-01", "2025-06-30"),
    ("irgendwann", "", ""),
)
AMOUNTS = (
    ("ca. 20.000 €", "20000"),
    ("1.250,50 Euro", "1250,5"),
    ("5 T€", "5000"),
    ("im Haushalt", ""),
    ("10–20 T€", ""),
)
WORDS = (("geplant", "geplant"), ("läuft", "in_umsetzung"), ("erledigt", "abgeschlossen"), ("so lala", ""))


@dataclass
class Known:
    """A measure of which every cell is known."""

    cells: dict[str, str]
    goal: str
    span: tuple[str, str]
    amount: str
    status: str


@dataclass
class Hostile:
    """A document, the measures in it, and what stands in it besides."""

    measures: list[Known]
    noise: list[str]


def hostile(path: Path, seed: int) -> Hostile:
    """Write a document of known content in a form that chance has chosen."""
    dice = random.Random(seed)
    document = Document()
    document.add_paragraph("Beschlossen am 25.06.2025")
    document.add_heading("Handlungsfeld 1: Sprache", 1)
    writer = _Hostile(document, dice, seed)
    for n in range(dice.randint(1, 3)):
        writer.add_group(n)
    add_footnotes(document, writer.footnotes)
    document.save(path)
    return Hostile(writer.measures, writer.noise)


class _Hostile:
    def __init__(self, document: WordDocument, dice: random.Random, seed: int) -> None:
        self.document, self.dice, self.seed = document, dice, seed
        self.measures: list[Known] = []
        self.noise: list[str] = []
        self.footnotes: dict[int, str] = {}
        self.order = ["titel", "zielgruppe", "lead", "time", "cost", "status", "noise"]
        dice.shuffle(self.order)
        self.heads = {name: dice.choice(SYNONYMS[name]) for name in self.order}

    def word(self, what: str) -> str:
        return f"{what} {self.seed}x{self.dice.randrange(10**6):06d}"

    def lost(self, what: str) -> str:
        """Make a text that belongs to no column, and must be told all the same."""
        self.noise.append(self.word(what))
        return self.noise[-1]

    def measure(self, goal: str) -> Known:
        span, amount, status = self.dice.choice(SPANS), self.dice.choice(AMOUNTS), self.dice.choice(WORDS)
        cells = {
            "titel": self.word("Sprachcafé"),
            "zielgruppe": self.word("Familien"),
            "lead": self.word("Fachdienst"),
            "time": span[0],
            "cost": amount[0],
            "status": status[0],
            "noise": self.lost("Wirkung"),
        }
        found = Known(cells, goal, span[1:], amount[1], status[1])
        self.measures.append(found)
        return found

    def add_group(self, n: int) -> None:
        """Write one goal with its measures, and its goal in one of the ways that there are."""
        goal = self.word(f"Alle lernen {('gut', 'schnell', 'gern')[n]} Deutsch")
        measures = [self.measure(goal) for _ in range(self.dice.randint(2, 6))]
        way = self.dice.choice(["above", "column", "banner", "profiles"])
        self.document.add_heading(f"{n + 1} Vorhaben im Einzelnen", 2)
        if way == "above":
            self.document.add_paragraph(f"Ziel {n + 1}: {goal}").runs[0].bold = True
        if way == "profiles":
            for measure in measures:
                self.profile(measure)
            return
        self.table(measures, goal, way)

    def profile(self, measure: Known) -> None:
        """Write a measure as a table of labels and values."""
        names = [name for name in self.order if name != "titel"]
        rows = [("Ziel", measure.goal), (self.heads["titel"], measure.cells["titel"])]
        rows += [(self.heads[name], measure.cells[name]) for name in names]
        table = self.document.add_table(len(rows), 2)
        for row, (label, text) in zip(table.rows, rows, strict=True):
            row.cells[0].text = label
            self.put(row.cells[1], text)
        self.document.add_paragraph()

    def table(self, measures: list[Known], goal: str, way: str) -> None:
        """Write measures as rows, over one table or two."""
        order = (["goal"] if way == "column" else []) + self.order
        heads = {**self.heads, "goal": "Ziel"}
        cut = self.dice.randint(1, len(measures)) if self.dice.random() < 0.5 else len(measures)
        for piece in filter(None, (measures[:cut], measures[cut:])):
            first = piece[0] is measures[0]
            table = self.document.add_table(0, len(order))
            if first or self.dice.random() < 0.5:
                if first and self.dice.random() < 0.3:
                    table.add_row().cells[0].merge(table.rows[0].cells[-1]).text = self.lost("Titel")
                _row(table, [heads[name] for name in order])
            if way == "banner" and first:
                row = table.add_row()
                row.cells[0].merge(row.cells[-1]).text = f"Ziel 1.1 – {goal}"
            begin = len(table.rows)
            for measure in piece:
                row = table.add_row()
                texts = {**measure.cells, "goal": goal if measure is piece[0] else ""}
                for name, cell in zip(order, row.cells, strict=True):
                    if texts[name]:
                        self.put(cell, texts[name])
                if self.dice.random() < 0.15:
                    table.add_row()
                if way != "column" and self.dice.random() < 0.1:
                    _row(table, [heads[name] for name in order])
            if way == "column":
                merge_down(table, 0, begin, len(table.rows) - 1)
            if piece[-1] is measures[-1] and self.dice.random() < 0.5:
                _row(table, ["Summe", *[""] * (len(order) - 2), self.lost("99.000 €")])
            if self.dice.random() < 0.3:
                _wrap(table.rows[-1]._tr)
        self.dice.choice([lambda: None, self.document.add_paragraph])()

    def put(self, cell: object, text: str) -> None:
        """Write a text into a cell in one of the ways that Word has for it."""
        paragraph = cell.paragraphs[0]
        way = self.dice.choice(
            ["plain", "runs", "sdt", "cell sdt", "inserted", "deleted", "break", "note", "nested"]
        )
        half = text.find(" ") + 1 or len(text) // 2
        if way == "runs":
            paragraph.add_run(text[:half]).bold = True
            paragraph.add_run(text[half:])
            return
        run = paragraph.add_run(text)._r
        if way in ("sdt", "inserted"):
            outer = OxmlElement("w:sdt" if way == "sdt" else "w:ins")
            paragraph._p.replace(run, outer)
            inner = outer
            if way == "sdt":
                inner = OxmlElement("w:sdtContent")
                outer.append(inner)
            else:
                _author(outer)
            inner.append(run)
        elif way == "cell sdt":
            outer, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            cell._tc.replace(paragraph._p, outer)
            outer.append(content)
            content.append(paragraph._p)
            cell._tc.append(OxmlElement("w:p"))
        elif way == "deleted":
            gone, old, letters = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
            letters.text = "Gestrichenes "
            old.append(letters)
            gone.append(old)
            _author(gone)
            run.addprevious(gone)
        elif way == "break":
            run.insert(0, OxmlElement("w:br"))
        elif way == "note":
            self.footnotes[len(self.footnotes) + 1] = self.lost("Fußnote")
            footnote_in(paragraph, len(self.footnotes))
        elif way == "nested":
            inside = cell.add_table(1, 2)
            fill(inside, [(self.lost("innen"), self.lost("innen"))])


def _wrap(element: object) -> None:
    """Put an element into a content control."""
    outer, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    element.addprevious(outer)
    outer.append(content)
    content.append(element)


def _author(element: object) -> None:
    element.set(qn("w:id"), "1")
    element.set(qn("w:author"), "Jemand")
    element.set(qn("w:date"), "2025-01-01T00:00:00Z")
