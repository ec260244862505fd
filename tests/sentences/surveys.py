"""What the program says of answers to a survey, and of what was chosen of its questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from folders import rows, write
from survey_samples import EVENT, SAMPLE, as_csv, sample_rows


@dataclass(frozen=True)
class Call:
    """A file of answers, what is exchanged in the choice or the data, what is typed besides, and the answer."""

    file: Callable[[Path], Path]
    said: str
    choice: tuple[str, str] | None = None
    """What is exchanged in the choice, once it is written."""
    options: Sequence[str] = ()
    event: str = EVENT
    data: Callable[[Path], object] | None = None


def _sample(folder: Path) -> Path:
    return as_csv(folder / "antworten.csv", sample_rows())


def _typed(content: bytes, name: str = "antworten.csv") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _lines(*lines: Sequence[str]) -> Callable[[Path], Path]:
    return lambda folder: as_csv(folder / "antworten.csv", lines)


def _workbook(merged: str = "") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        if merged:
            sheet.append(["Q1", "Q2"])
            sheet.append(["Ja", "Nein"])
            sheet.merge_cells(merged)
        book.save(folder / "antworten.xlsx")
        return folder / "antworten.xlsx"

    return make


def _huge(folder: Path) -> Path:
    path = folder / "antworten.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), (100 << 20) + 1)
    return path


def _unasked(folder: Path) -> None:
    events = rows(folder, "ereignisse")
    for row in events:
        row["nicht_erreicht"] = ""
    write(folder, "ereignisse", events)


_NEW = "Exportieren Sie die Antworten neu."
_CHOICE = f"data/umfragen/{EVENT}.csv"
_QUESTION = "Wie gut kennen Sie die Angebote für Familien?"
_HELPED = "Was hat Ihnen geholfen?"

SURVEYS: dict[str, Call] = {
    "Datei gibt es nicht": Call(lambda folder: folder / "fehlt.csv", "fehlt.csv: Diese Datei gibt es nicht."),
    "Datei ist ein Ordner": Call(
        lambda folder: folder,
        "{ORDNER}: Die Datei lässt sich nicht lesen. Prüfen Sie, ob es die richtige ist.",
    ),
    "Datei ist zu groß": Call(
        _huge,
        "antworten.csv: Die Datei ist größer als 100 Megabyte. Prüfen Sie, ob es die richtige ist.",
    ),
    "Datei ist leer": Call(_typed(b" \n"), f"antworten.csv: Die Datei ist leer. {_NEW}"),
    "Webseite statt Tabelle": Call(
        _typed(b"<!DOCTYPE html><title>Anmeldung</title>"),
        "antworten.csv: Das ist eine Webseite, keine Tabelle; oft ist die Anmeldung abgelaufen. " + _NEW,
    ),
    "Keine Texttabelle": Call(
        _typed(b"\x00\x01\x02"),
        "antworten.csv: Die Datei ist keine Texttabelle oder beschädigt. Exportieren Sie die Antworten neu, als CSV oder Excel.",
    ),
    "Nur die Kopfzeile": Call(
        _typed(b"Q1,Q2\n"), f"antworten.csv: Unter der Kopfzeile steht keine Antwort. {_NEW}"
    ),
    "Mitten in einer Antwort abgeschnitten": Call(
        _typed(b'"Q1","Q2"\n"Ja","Ne'),
        "antworten.csv: Ein Anführungszeichen ist nicht geschlossen; die Datei ist wohl abgeschnitten. Exportieren Sie neu.",
    ),
    "Mitten in einer Zeile abgeschnitten": Call(
        _typed(b"Q1,Q2\nJa,Nein\nJa\n"),
        "antworten.csv, Zeile 3: Die Zeile hat 1 statt 2 Zellen; die Datei ist abgeschnitten oder verschoben. Exportieren Sie neu.",
    ),
    "Spalte ohne Überschrift": Call(
        _typed(b"Q1,,Q2\nJa,Nein,Ja\n"),
        "antworten.csv, Zeile 1: Die 2. Spalte hat keine Überschrift. Exportieren Sie neu.",
    ),
    "Arbeitsmappe ist leer": Call(_workbook(), f"antworten.xlsx: Die Arbeitsmappe ist leer. {_NEW}"),
    "Verbundene Zellen": Call(
        _workbook("A2:B2"),
        "antworten.xlsx: Die Zellen A2:B2 sind verbunden. Heben Sie die Verbindung auf; jede Antwort hat ihre Zelle.",
    ),
    "Antworten doppelt": Call(
        _lines(["id", "Q1"], *[[str(n % 8), "Ja"] for n in range(12)]),
        "antworten.csv, Zeile 10: Die Nummer dieser Antwort steht schon weiter oben; die Datei enthält Antworten doppelt. Exportieren Sie neu.",
    ),
    "Zu wenige Personen": Call(
        _lines(["Q1"], ["Ja"], ["Nein"], ["Ja"]),
        "antworten.csv: Nur drei Personen haben geantwortet; von weniger als fünf wird nichts veröffentlicht.",
    ),
    "Antworten im Projekt": Call(
        lambda folder: SAMPLE,
        "erfundene-umfrage.csv: Diese Datei enthält einzelne Antworten und liegt im Ordner des Projekts; von dort könnte sie veröffentlicht werden. "
        "Legen Sie sie nach data/intern/umfragen oder außerhalb des Projekts ab.",
    ),
    "Umfrage gibt es nicht": Call(
        _sample,
        "data/ereignisse.csv, Spalte „id“: Das Ereignis „e-fragebogn“ gibt es nicht. Meinten Sie „e-fragebogen“? "
        "Eine neue Umfrage braucht zuerst eine Zeile mit der Art „befragung“.",
        event="e-fragebogn",
    ),
    "Nicht gesagt, wer nicht erreicht wurde": Call(
        _sample,
        "data/ereignisse.csv, Zeile {ZEILE}, Spalte „nicht_erreicht“: Zur Umfrage fehlt, wer nicht erreicht worden ist. "
        "Ergänzen Sie es; ist es nicht bekannt, schreiben Sie das.",
        data=_unasked,
    ),
    "Quelle gibt es nicht": Call(
        _sample,
        "--quelle: Das Dokument „d-sachstandsbericht-22“ gibt es nicht. Meinten Sie „d-sachstandsbericht-2“?",
        options=("--quelle", "d-sachstandsbericht-22"),
    ),
    "Spalte der Auswahl fehlt": Call(
        _sample,
        f"{_CHOICE}: Die Spalte „Auswahl“ fehlt. Ergänzen Sie sie in der Kopfzeile.",
        (";Auswahl;", ";Wahl;"),
    ),
    "Auswahl einer anderen Umfrage": Call(
        _sample,
        f"{_CHOICE}: Keine dieser Fragen steht in der Datei mit den Antworten; sie gehört wohl zu einer anderen Umfrage. Prüfen Sie Datei und Ereignis.",
        ("*", "Spalte;Auswahl;Frage;Antworten;Hinweis\nX1;zählen;Was?;Ja | Nein;\n"),
    ),
    "Weder zählen noch weglassen": Call(
        _sample,
        f"{_CHOICE}, Zeile 7, Spalte „Auswahl“: Hier steht „zählen“ oder „weglassen“, nicht „vielleicht“. Wählen Sie eines davon.",
        ("G01Q01;zählen", "G01Q01;vielleicht"),
    ),
    "Frage gibt es nicht": Call(
        _sample,
        f"{_CHOICE}, Zeile 7, Spalte „Spalte“: „G01Q10“ gibt es in der Datei mit den Antworten nicht. "
        "Meinten Sie „G01Q01“?",
        ("G01Q01;", "G01Q10;"),
    ),
    "Angabe zur Person gezählt": Call(
        _sample,
        f"{_CHOICE}, Zeile 6, Spalte „Auswahl“: Angabe zur Person oder des Programms: wird nie veröffentlicht. Schreiben Sie „weglassen“.",
        ("ipaddr;weglassen", "ipaddr;zählen"),
    ),
    "Frage doppelt gewählt": Call(
        _sample,
        f"{_CHOICE}, Zeile 8, Spalte „Spalte“: „G01Q01“ steht schon in einer Zeile darüber. Löschen Sie eine der beiden.",
        ("\nG01Q02;", "\nG01Q01;zählen;Anders?;gut;\nG01Q02;"),
    ),
    "Wortlaut der Frage fehlt": Call(
        _sample,
        f"{_CHOICE}, Zeile 7, Spalte „Frage“: Hier fehlt, wie die Frage im Buch heißen soll. Ergänzen Sie ihren Wortlaut.",
        (f"zählen;{_QUESTION}", "zählen;"),
    ),
    "Wortlaut zweimal": Call(
        _sample,
        f"{_CHOICE}, Zeile 8, Spalte „Frage“: „{_QUESTION}“ heißt schon eine Frage darüber. Geben Sie jeder ihren eigenen Wortlaut.",
        (f"zählen;{_HELPED}", f"zählen;{_QUESTION}"),
    ),
    "Antworten fehlen": Call(
        _sample,
        f"{_CHOICE}, Zeile 12, Spalte „Antworten“: Hier fehlen die Antworten, die der Fragebogen anbot. "
        "Schreiben Sie zum Beispiel „Ja | Nein“, oder „A1 = Ja | A2 = Nein“; Freitext lassen Sie weg.",
        ("G02Q05;weglassen", "G02Q05;zählen"),
    ),
    "Angekreuzte Antwort gibt es nicht": Call(
        _sample,
        f"{_CHOICE}, Zeile 8, Spalte „Antworten“: Die Antwort „SQ010“ hat in der Datei keine Spalte. Meinten Sie „SQ001“?",
        ("SQ001 = Sprachkurs", "SQ010 = Sprachkurs"),
    ),
    "Antworten sind nicht aufgeführt": Call(
        _sample,
        f"{_CHOICE}, Spalte „Antworten“: Bei „G01Q01“ sind die meisten Antworten nicht aufgeführt; das ist Freitext, oder Antworten fehlen. "
        "Ergänzen Sie sie aus dem Fragebogen, oder lassen Sie die Frage weg.",
        ("gut | sehr gut | wenig", "prima | naja"),
    ),
}

SURVEY_OTHERS: dict[str, str] = {
    "Auswahl geschrieben": "Geschrieben ist die Auswahl: data/umfragen/e-fragebogen.csv",
    "Wie es nach der Auswahl weitergeht": "Sehen Sie sie durch: Jede Frage wird gezählt oder weggelassen; Fragen und Antworten dürfen Sie umbenennen. "
    "Geben Sie dann denselben Befehl noch einmal ein.",
    "Vor der Auswahl": "Fragebögen zur Erhebung der Bedarfe und zur Abfrage von Ideen: n = 66. Nicht gezählt, weil nicht abgeschlossen oder leer: 6.",
    "Nach dem Zählen": "20 Zeilen für data/umfrageergebnisse.csv.",
    "Alles ist schon da": "Keine Änderungen.",
    "Andere Ergebnisse als früher": "Zu dieser Umfrage stehen schon Ergebnisse in den Daten (n = 66, jetzt n = 68). "
    "Sind sie schon veröffentlicht, verrät der Unterschied, wie Einzelne geantwortet haben; dann bleiben die alten stehen.",
    "Freitext": "Freitext: wird nie veröffentlicht.",
    "Rangfolge": "Rangfolge: Anzahlen je Rang ließen sich gegenseitig errechnen.",
    "Niemand": "Niemand hat geantwortet.",
    "Vielleicht Freitext": "Freitext, Zahl oder zu viele verschiedene Antworten; kaum eine gaben mindestens 5 Personen.",
    "Von Hand weggelassen": "Von Ihnen weggelassen.",
    "Mehrere Antworten": "Mehrere Antworten waren möglich.",
    "Seltene Antworten": "Antworten von weniger als 5 Personen stehen hier nicht; ergänzen Sie sie aus dem Fragebogen, sonst zählen sie als „andere Antwort“.",
    "Ordner nicht beschreibbar": "In den Ordner lässt sich nicht schreiben. Prüfen Sie Ihre Rechte und den freien Platz.",
}
"""What the command tells besides problems, as tests/unit/authors/test_surveys.py hears it."""
