"""What the program says of tables of an existing concept: files that it does not read, and cells that it does not take."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from concept_samples import small

Rows = Sequence[Sequence[str]]
SOUND: Rows = (("Maßnahme", "Zielgruppe"), ("Sprachcafé einrichten", "Familien"))


@dataclass(frozen=True)
class Taking:
    """A document, what lies where the workbook shall be, and the answer."""

    file: Callable[[Path], Path]
    said: str
    there: Callable[[Path], object] | None = None
    target: str = "tabellen.xlsx"


def _sound(folder: Path) -> Path:
    return small(folder / "konzept.docx", SOUND)


def _typed(content: bytes, name: str = "konzept.docx") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _changed(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], Path]:
    """Change the parts of a sound file."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(_sound(folder)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        with zipfile.ZipFile(folder / "konzept.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return folder / "konzept.docx"

    return make


def _bomb(parts: dict[str, bytes]) -> None:
    parts["word/media/image1.png"] = bytes((100 << 20) + 1)


def _entities(parts: dict[str, bytes]) -> None:
    text = parts["word/document.xml"]
    head, body = text.split(b"?>", 1)
    kind = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    parts["word/document.xml"] = head + b"?>" + kind + body.replace(b"Familien", b"&a;")


def _deep(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 9999
    )


def _without_tables(folder: Path) -> Path:
    document = Document()
    document.add_paragraph("Nur Text")
    document.save(folder / "konzept.docx")
    return folder / "konzept.docx"


def _huge(folder: Path) -> Path:
    with (folder / "konzept.docx").open("wb") as file:
        os.truncate(file.fileno(), (20 << 20) + 1)
    return folder / "konzept.docx"


def _opendocument() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return raw.getvalue()


def _workbook(*lines: Sequence[str], title: str = "Zuordnung") -> Callable[[Path], object]:
    def make(target: Path) -> None:
        book = Workbook()
        book.worksheets[0].title = title
        for line in lines:
            book.worksheets[0].append(list(line))
        book.save(target)

    return make


def _list(folder: Path) -> Path:
    path = folder / "tabellen.xlsx"
    _workbook(*SOUND, title="Liste")(path)
    return path


_HEADS = ("Was", "Im Dokument", "Wird zu")
_BROKEN = "konzept.docx: Die Datei ist beschädigt oder kein Word-Dokument. Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“."
_NO_WORD = "konzept.docx: Die Datei ist keine Word-Datei oder beschädigt. Gebraucht wird eine .docx-Datei."
_TARGETS = "nicht vorgesehen. Meinten Sie „Zeitraum“?"

TAKING: dict[str, Taking] = {
    "Datei gibt es nicht": Taking(
        lambda folder: folder / "fehlt.docx", "fehlt.docx: Diese Datei gibt es nicht."
    ),
    "Datei ist ein Ordner": Taking(lambda folder: folder, "{ORDNER}: Das ist ein Ordner, keine Word-Datei."),
    "Datei ist leer": Taking(_typed(b""), "konzept.docx: Die Datei ist leer."),
    "Altes Word-Format (.doc)": Taking(
        _typed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1alt", "konzept.doc"),
        "konzept.doc: Die Datei hat das alte Word-Format. Speichern Sie sie als .docx.",
    ),
    "Word-Datei mit Kennwort": Taking(
        _typed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        "konzept.docx: Die Word-Datei ist mit einem Kennwort verschlüsselt. Entfernen Sie es in Word unter „Datei → Informationen“ und speichern Sie neu.",
    ),
    "Word-Datei mit Makros": Taking(
        _changed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})),
        "konzept.docx: Die Word-Datei enthält Makros. Speichern Sie sie in Word als .docx ohne Makros.",
    ),
    "PDF": Taking(
        _typed(b"%PDF-1.7 x", "konzept.pdf"),
        "konzept.pdf: Das ist ein PDF; Tabellen lassen sich daraus nicht sicher lesen. Bitten Sie um die Word-Datei (.docx), aus der es entstanden ist.",
    ),
    "OpenDocument": Taking(
        _typed(_opendocument(), "konzept.odt"),
        "konzept.odt: Die Datei ist im OpenDocument-Format gespeichert. Speichern Sie sie als .docx.",
    ),
    "Keine Word-Datei": Taking(_typed(b"Text"), _NO_WORD),
    "Word-Datei ohne ihren Text": Taking(_changed(lambda parts: parts.pop("word/document.xml")), _NO_WORD),
    "Word-Datei mit zerstörtem Text": Taking(
        _changed(lambda parts: parts.update({"word/document.xml": b"<w:document"})), _BROKEN
    ),
    "Word-Datei, zu tief verschachtelt": Taking(_changed(_deep), _BROKEN),
    "Word-Datei mit fremden Anweisungen": Taking(
        _changed(_entities),
        "konzept.docx: Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen. Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“.",
    ),
    "Word-Datei, gepackt zu groß": Taking(
        _huge,
        "konzept.docx: Die Word-Datei ist größer als 20 Megabyte; so viel wird nicht gelesen. Löschen Sie Bilder daraus.",
    ),
    "Word-Datei, entpackt zu groß": Taking(
        _changed(_bomb),
        "konzept.docx: Die Word-Datei ist entpackt größer als 100 Megabyte; so viel wird nicht gelesen. Löschen Sie Bilder daraus.",
    ),
    "Dokument ohne Tabelle": Taking(
        _without_tables,
        "konzept.docx: In diesem Dokument steht keine Tabelle. Gebraucht wird die Datei mit den Tabellen der Ziele und Maßnahmen.",
    ),
    "Mappe mit anderer Endung": Taking(
        _sound, "tabellen.docx: Der Name muss auf „.xlsx“ enden.", target="tabellen.docx"
    ),
    "Die Liste selbst als Mappe": Taking(
        _list, "tabellen.xlsx: Das ist die Liste selbst. Nennen Sie mit „--nach“ eine andere Mappe."
    ),
    "Fremde Mappe am Ziel": Taking(
        _sound,
        "tabellen.xlsx: Diese Datei gibt es schon, und sie hat kein Blatt „Zuordnung“. Nennen Sie mit „--nach“ eine andere Mappe.",
        _workbook(title="Haushalt"),
    ),
    "Zuordnung ohne ihre Spalte": Taking(
        _sound,
        "tabellen.xlsx, Blatt „Zuordnung“: Die Spalte „Wird zu“ fehlt. Stellen Sie sie wieder her, oder löschen Sie die Mappe.",
        _workbook(("Was", "Im Dokument")),
    ),
    "Zuordnung zu etwas Unbekanntem": Taking(
        _sound,
        f"tabellen.xlsx, Blatt „Zuordnung“, Zeile 2, Spalte „Wird zu“: „Zeitraun“ ist hier {_TARGETS}",
        _workbook(_HEADS, ("Spalte", "Dauer", "Zeitraun")),
    ),
    "Zuordnung: Datum, das keines ist": Taking(
        _sound,
        "Blatt „Zuordnung“, Spalte „Datum des Dokuments“: „Sommer 2025“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025.",
        _workbook(_HEADS, ("Dokument", "Datum des Dokuments", "Sommer 2025")),
    ),
    "Ziel nicht beschreibbar": Taking(
        _sound,
        "tabellen.xlsx: Die Datei lässt sich nicht schreiben. Schließen Sie sie, wenn sie geöffnet ist, oder wählen Sie einen anderen Ort.",
        lambda target: (target.parent / "tabellen.xlsx.neu").mkdir(),
    ),
}


@dataclass(frozen=True)
class Cell:
    """Rows of a table, the cell of it that is not taken, and the reason."""

    rows: Rows
    text: str
    reason: str
    cover: str = "Beschlossen am 25.06.2025"
    field: str = "Handlungsfeld 1: Sprache"


def _with(heading: str, *texts: str) -> Rows:
    rows = ((text,) if isinstance(text, str) else text for text in texts)
    return (("Maßnahme", "Zielgruppe", heading), *(("Sprachcafé", "Familien", *row) for row in rows))


_TIME = "Kein Zeitraum, der sich sicher lesen lässt."
_SUM = "Kein Betrag in Euro, der sich sicher lesen lässt."

CELLS_LEFT: dict[str, Cell] = {
    "Zelle ohne Angabe": Cell(_with("Zeitraum", "k. A."), "k. A.", "Die Zelle nennt nichts."),
    "Spalte, die niemand kennt": Cell(
        _with("Wirkung", "groß"), "groß", "Der Spalte „Wirkung“ ist in der Zuordnung nichts zugewiesen."
    ),
    "Tabelle mit anderem": Cell(
        (("Jahr", "Anzahl"), ("2024", "17")),
        "17",
        "Keine Spalte dieser Tabelle nennt eine Maßnahme oder ein Ziel.",
    ),
    "Zwischenüberschrift": Cell(
        (*SOUND, ("Weitere Vorhaben",)),
        "Weitere Vorhaben",
        "Diese Zeile ist eine Zwischenüberschrift; in der Zuordnung ist ihr nichts zugewiesen.",
    ),
    "Summe": Cell((*SOUND, ("Summe", "7 €")), "7 €", "Summe; sie ergibt sich aus den einzelnen Angaben."),
    "„s. o.“ in der ersten Zeile": Cell(
        _with("Zeitraum", "s. o."), "s. o.", "Über dieser Zelle steht nichts, worauf sie verweist."
    ),
    "Angabe ohne Maßnahme": Cell(
        (SOUND[0], ("", "Familien")), "Familien", "Die Zelle gehört zu keiner Maßnahme, die erkannt ist."
    ),
    "Kein Handlungsfeld": Cell(
        SOUND,
        "Familien",
        "Kein Handlungsfeld: Sagen Sie in der Zuordnung, welche Überschrift es nennt.",
        field="",
    ),
    "Zeichen einer Webseite": Cell(
        _with("Beschreibung", "<b>fett</b>"),
        "<b>fett</b>",
        "Hier stehen Zeichen einer Webseite, die so gedruckt würden.",
    ),
    "Sehr langer Text": Cell(
        _with("Beschreibung", "x" * 33_000),
        "x" * 4681,
        "Der Text ist länger, als eine Zelle in Excel fasst.",
    ),
    "Priorität in anderen Worten": Cell(
        _with("Priorität", "A"), "A", "Als Priorität gibt es hoch, mittel und niedrig."
    ),
    "Name einer Person": Cell(
        _with("Zuständigkeit", "Frau Muster"),
        "Frau Muster",
        "Hier steht ein Name; genannt werden nur Stellen.",
    ),
    "Stelle zweimal": Cell(
        (("Maßnahme", "Federführung", "Beteiligte"), ("Sprachcafé", "Jugendamt", "Jugendamt")),
        "Jugendamt",
        "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt.",
    ),
    "Ungefähre Zeit": Cell(_with("Zeitraum", "kurzfristig"), "kurzfristig", _TIME),
    "Zeit ohne Ende": Cell(
        _with("Zeitraum", "ab 2025 fortlaufend"),
        "ab 2025 fortlaufend",
        "Der Beginn ist übernommen; ein Ende nennt die Zelle nicht. Läuft die Maßnahme schon, tragen Sie den Status „Daueraufgabe“ ein.",
    ),
    "„fortlaufend“ neben einem Status": Cell(
        (("Maßnahme", "Zeitraum", "Status"), ("Sprachcafé", "fortlaufend", "geplant")),
        "fortlaufend",
        "Die Zelle nennt keine Jahre oder Tage; den Status nimmt das Programm aus der Spalte „Status“.",
    ),
    "Kosten ohne Betrag": Cell(_with("Kosten", "im Haushalt"), "im Haushalt", _SUM),
    "Kosten: jährlich oder einmalig?": Cell(
        _with("Kosten", "500 €"),
        "500 €",
        "Nicht gesagt, ob einmalig oder jährlich. Wählen Sie in der Zuordnung „Kosten einmalig“ oder „Kosten jährlich“.",
    ),
    "Kosten, die sich widersprechen": Cell(
        _with("Jährliche Kosten", "500 € einmalig"),
        "500 € einmalig",
        "Überschrift und Zelle sagen Verschiedenes: jährlich oder einmalig?",
    ),
    "Zwei Beträge": Cell(
        _with("Kosten", "500 € jährlich\n700 € jährlich"),
        "700 € jährlich",
        "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt.",
    ),
    "Ein Betrag für mehrere Maßnahmen": Cell(
        (("Maßnahme", "Kosten"), ("• Sprachcafé\n• Lernhilfe", "500 € jährlich")),
        "500 € jährlich",
        "Der Betrag gilt für mehrere Maßnahmen zusammen.",
    ),
    "Status ohne Tag": Cell(
        _with("Status", "geplant"),
        "geplant",
        "Ein Status braucht einen Tag. Nennen Sie in der Zuordnung das „Datum des Dokuments“.",
        cover="",
    ),
    "Mehrere Stellen ohne Rollen": Cell(
        _with("Zuständigkeit", "VHS, Jobcenter"),
        "VHS, Jobcenter",
        "Mehrere Stellen, und wer federführend ist, steht nicht da. Sind es alle, wählen Sie in der Zuordnung „Federführung“.",
    ),
    "Nicht alle Stellen genannt": Cell(
        _with("Beteiligte", "VHS u. a."), "VHS u. a.", "Die Zelle meint noch andere und nennt sie nicht."
    ),
    "Stellen mit Schrägstrich": Cell(
        _with("Beteiligte", "Fachdienst Jugend/Caritas"),
        "Fachdienst Jugend/Caritas",
        "Nicht sicher, welche Stellen das sind.",
    ),
    "Status nach dem Dokument": Cell(
        _with("Status", "beschlossen (Rat 12.12.2025)"),
        "beschlossen (Rat 12.12.2025)",
        "Der Tag liegt nach dem Datum des Dokuments.",
    ),
    "Verworfen ohne Grund": Cell(
        _with("Status", "zurückgestellt"),
        "zurückgestellt",
        "Der Status ist übernommen, aber das Dokument nennt keinen Grund. Ergänzen Sie ihn unter „Erläuterung“.",
    ),
    "Laufend und abgeschlossen": Cell(
        (("Maßnahme", "Zeitraum", "Status"), ("Sprachcafé", "laufend", "umgesetzt")),
        "umgesetzt",
        "Das Dokument nennt die Maßnahme zugleich laufend und abgeschlossen.",
    ),
    "Status in anderen Worten": Cell(
        _with("Status", "nach Bedarf"), "nach Bedarf", "Kein Wort, das sicher einen Status nennt."
    ),
    "Zwei Status": Cell(
        _with("Status", "geplant", "erledigt"),
        "erledigt",
        "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt.",
    ),
    "Erläuterung ohne Status": Cell(
        _with("Erläuterung zum Status", "bald"),
        "bald",
        "Neben dieser Erläuterung steht kein Status, der übernommen ist.",
    ),
    "Dieselbe Maßnahme mit anderer Angabe": Cell(
        _with("Zeitraum", "2024", "2025"),
        "2025",
        "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt.",
    ),
    "Zwei Maßnahmen in einer Zeile": Cell(
        (("Maßnahme", "Zielgruppe", "Projekt"), ("Sprachcafé", "Familien", "Lernhilfe")),
        "Lernhilfe",
        "Eine weitere Maßnahme in derselben Zeile; trennen Sie die Spalten in der Zuordnung.",
    ),
}

TAKING_OTHERS: dict[str, str] = {
    "Fußnote": "Fußnote in dieser Zeile.",
    "Text unter verbundenen Zellen": "Text, den verbundene Zellen verdecken.",
    "Änderungsverfolgung": "Änderungsverfolgung: gelesen wie nach „Alle Änderungen annehmen“ (eine Einfügung, eine Löschung).",
    "Von Hand berichtigt": "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt.",
    "Maßnahme, die schon in den Daten steht": "Die Maßnahme „m-sprache-sprachcafe“ steht schon in den Daten, ohne diese Angabe. Ergänzen Sie sie dort.",
    "Keine Maßnahme erkannt": "Keine Maßnahme ist erkannt. Sagen Sie im Blatt „Zuordnung“, welche Spalte die Maßnahme nennt.",
}
