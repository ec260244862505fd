"""What the program says of files of the statistical offices that are none, or not what they were.

Each mistake is made of a sound file: its name, what becomes of its bytes, and what is said.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

FLAT = "1000A-0000_de_flat_auszug.csv"
SDG = "neu/indicator_2-3-1.csv"
OTHER = "12411-01-01-4_de_flat_auszug.csv"
ZENSUS = "1000A-2022_de_flat_auszug.csv"
STUDENTS = "21311-01-01-4-B_de_flat_auszug.csv"

Damage = Callable[[bytes], bytes]
_AGAIN = "Laden Sie die Tabelle noch einmal herunter, als „CSV (Flat)“."
_COLUMNS = "Das sind nicht die Spalten einer flachen Tabelle (ffcsv) oder eines Open-SDG-Datensatzes"
_BROKEN = f"Spalten sind verschoben, oder die Datei ist beschädigt. {_AGAIN}"
_NOT_AS_SENT = f"die Datei ist nicht mehr, wie das Amt sie geschickt hat. {_AGAIN}"
_TABLE = "Tabelle 1000A-0000, Abruf „r-bevoelkerung-zensus“: "


def _all(content: bytes) -> Damage:
    return lambda sound: content


def _swap(old: str, new: str, times: int = -1) -> Damage:
    return lambda sound: sound.replace(old.encode(), new.encode(), times)


def _zip(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


_ANSWER = '{"Ident":{"Service":"data"},"Status":{"Code":%d,"Content":"%s","Type":"Fehler"},"Object":null}'
_LINE = "1000A;Bevölkerung kompakt (Gebietsstand 15.05.2022);STAG;Stichtag;2022-05-15;GEODL1;Deutschland;DG;Deutschland;82719540;Anzahl;PRS001;Personen\n"

STATISTICS: dict[str, tuple[str, str, Damage, str]] = {
    "Tabelle zu groß": (
        FLAT,
        FLAT,
        _all((_ANSWER % (98, "Die Tabelle ist zu gross, um im Dialog abgerufen zu werden.")).encode()),
        "Das Amt hat keine Tabelle geschickt, sondern geantwortet (Nummer 98): „Die Tabelle ist zu gross, um im Dialog abgerufen zu werden.“ "
        "Wählen Sie vor dem Herunterladen weniger Gebiete oder Jahre.",
    ),
    "Andere Antwort des Amtes": (
        FLAT,
        FLAT,
        _all((_ANSWER % (90, "Die Tabelle ist nicht vorhanden.")).encode()),
        f"Das Amt hat keine Tabelle geschickt, sondern geantwortet (Nummer 90): „Die Tabelle ist nicht vorhanden.“ {_AGAIN}",
    ),
    "Andere JSON-Datei": (
        FLAT,
        FLAT,
        _all(b'{"a": 1}'),
        f"Das ist eine Antwort des Webdienstes (JSON) und keine Tabelle. {_AGAIN}",
    ),
    "Seite zum Anmelden": (
        FLAT,
        FLAT,
        _all(b"<!DOCTYPE html>\n<html><body>Anmeldung</body></html>\n"),
        "Das ist eine Webseite und keine Tabelle, meist die Seite zum Anmelden. Melden Sie sich im Browser an, und laden Sie die Tabelle von Neuem herunter, als „CSV (Flat)“.",
    ),
    "Leere Datei": (FLAT, FLAT, _all(b""), f"Die Datei ist leer. {_AGAIN}"),
    "Nur die Kopfzeile": (
        FLAT,
        FLAT,
        lambda sound: sound.partition(b"\n")[0] + b"\n",
        f"Die Tabelle hat eine Kopfzeile, aber keine Werte. {_AGAIN}",
    ),
    "PDF": (FLAT, FLAT, _all(b"%PDF-1.7\n"), f"Das ist keine CSV-Datei. {_AGAIN}"),
    "UTF-16": (
        FLAT,
        FLAT,
        lambda sound: sound.decode("utf-8-sig").encode("utf-16"),
        f"Die Datei ist in UTF-16 gespeichert oder keine Textdatei; die Ämter liefern UTF-8. {_AGAIN}",
    ),
    "Schrift eines alten Rechners": (
        FLAT,
        FLAT,
        lambda sound: sound.decode("utf-8-sig").encode("cp850"),
        f"Die Datei lässt sich nicht als Tabelle lesen. {_AGAIN}",
    ),
    "Abgeschnitten": (
        FLAT,
        FLAT,
        lambda sound: sound[:-40],
        f"Zeile 23: Die Datei endet mitten in einer Zeile; sie ist nicht ganz angekommen. {_AGAIN}",
    ),
    "Abgeschnitten in der letzten Zelle": (
        FLAT,
        FLAT,
        lambda sound: sound[:-2],
        f"Zeile 23: Die Datei endet mitten in einer Zeile; sie ist nicht ganz angekommen. {_AGAIN}",
    ),
    "Spalten verschoben": (
        FLAT,
        FLAT,
        _swap("Lehrte, Stadt", "Lehrte; Stadt"),
        f"Zeile 23: Die Zeile hat 14 statt 13 Zellen: Spalten sind verschoben, oder die Datei ist beschädigt. {_AGAIN}",
    ),
    "Umbruch in einer Zelle": (
        FLAT,
        FLAT,
        _swap("Lehrte, Stadt", "Lehrte,\rStadt"),
        f"Zeile 23: Die Zeile hat einen Umbruch mitten in einer Zelle: {_BROKEN}",
    ),
    "Anführungszeichen nicht geschlossen": (
        FLAT,
        FLAT,
        lambda sound: sound.replace(b";Burgwedel, Stadt;", b';"Burgwedel, Stadt;').replace(
            b";Laatzen, Stadt;", b';Laatzen, Stadt";'
        ),
        f"Die Datei hat 22 Zeilen, als Tabelle aber 21: Ein Anführungszeichen ist nicht geschlossen. {_AGAIN}",
    ),
    "Ein Anführungszeichen zu viel": (
        FLAT,
        FLAT,
        _swap(";Lehrte, Stadt;", ';"Lehrte, Stadt;'),
        f"Die Datei lässt sich nicht als Tabelle lesen. {_AGAIN}",
    ),
    "Zahl in falscher Spalte": (
        FLAT,
        FLAT,
        _swap("43501;Anzahl", "Anzahl;43501"),
        f"„Anzahl“ ist weder eine Zahl noch ein amtliches Zeichen: {_BROKEN}",
    ),
    "Zeit in falscher Spalte": (
        FLAT,
        FLAT,
        _swap("Stichtag;2022-05-15;", "2022-05-15;Stichtag;", 1),
        f"„Stichtag“ ist keine Zeit: {_BROKEN}",
    ),
    "Unbekanntes Zeichen der Qualität": (
        ZENSUS,
        ZENSUS,
        _swap(";Personen;e\n", ";Personen;ß\n", 1),
        f"„ß“ ist kein amtliches Zeichen für die Qualität: {_BROKEN}",
    ),
    "Zeile doppelt": (
        FLAT,
        FLAT,
        lambda sound: sound + _LINE.encode(),
        f"Für „Deutschland“ und die Zeit „2022-05-15“ steht dieselbe Angabe mehrmals da. {_AGAIN}",
    ),
    "Zwei Statistiken in einer Datei": (
        FLAT,
        FLAT,
        lambda sound: sound + _LINE.replace("1000A;", "12411;").encode(),
        f"In der Spalte „statistics_code“ stehen 2 verschiedene Angaben; eine Tabelle hat eine: Spalten sind verschoben. {_AGAIN}",
    ),
    "Komma und Punkt": (
        FLAT,
        FLAT,
        lambda sound: sound.replace(b";43501;", b";43501,5;").replace(b";20172;", b";20172.5;"),
        f"Zahlen stehen teils mit Komma („43501,5“), teils mit Punkt („20172.5“) da; {_NOT_AS_SENT}",
    ),
    "Punkte zwischen Tausendern": (
        FLAT,
        FLAT,
        _swap(";43501;", ";43.501;"),
        "„43.501“ ist mehrdeutig: 43501 oder 43,501? Die Datei ist nicht mehr, wie das Amt sie geschickt hat. "
        + _AGAIN,
    ),
    "Andere Tabelle": (
        FLAT,
        FLAT,
        _all(b"Name;Wert\nLehrte;1\n"),
        f"{_COLUMNS}; die Datei beginnt mit „Name“, „Wert“. {_AGAIN}",
    ),
    "Spalte fehlt": (
        FLAT,
        FLAT,
        _swap("value_unit", "einheit"),
        f"{_COLUMNS}: „value_unit“ fehlt. Meinten Sie „value“? {_AGAIN}",
    ),
    "Spalte eines Merkmals fehlt": (
        FLAT,
        FLAT,
        _swap("1_variable_attribute_code", "1_variable_x"),
        f"{_COLUMNS}: „1_variable_attribute_code“ fehlt. {_AGAIN}",
    ),
    "Spalte doppelt": (
        FLAT,
        FLAT,
        _swap("time_label", "time_code"),
        f"Die Spalte „time_code“ steht doppelt. {_AGAIN}",
    ),
    "Kein Name einer Tabelle": (
        OTHER,
        "download.csv",
        _swap("12411;", "99999;"),
        "Der Name der Datei nennt keine Tabelle. Geben Sie ihr den Namen zurück, den sie beim Herunterladen hatte, zum Beispiel „12411-01-01-4_de_flat.csv“.",
    ),
    "Falscher Name": (
        OTHER,
        "21311-01-01-4_de_flat.csv",
        _swap("x", "x"),
        "Der Name der Datei nennt die Tabelle 21311-01-01-4, in ihr steht aber die Statistik 12411 („Fortschreibung des Bevölkerungsstandes“). "
        "Laden Sie die richtige Tabelle herunter, oder geben Sie der Datei ihren Namen zurück.",
    ),
    "Tabelle noch nicht zugeordnet": (
        OTHER,
        OTHER,
        _swap("x", "x"),
        "Zu welchem Indikator die Tabelle 12411-01-01-4 gehört, ist noch nicht bekannt, und kein Wert der Daten steht in ihr. "
        "Nennen Sie ihn mit --indikator; am nächsten liegen: i-bevoelkerung-fortschreibung, i-bevoelkerung-melderegister, i-einbuergerungsquote, i-auslaenderanteil, i-bevoelkerung-zensus.",
    ),
    "Einheit geändert": (
        FLAT,
        FLAT,
        _swap(";Anzahl;", ";1000;"),
        f"{_TABLE}Die Einheit der Tabelle war „Anzahl“, in der Datei ist sie „1000“. Prüfen Sie „einheit“ und „faktor“ in der Tabelle der Abrufe.",
    ),
    "Andere Werte": (
        FLAT,
        FLAT,
        _swap(";PRS018;", ";PRS017;"),
        f"{_TABLE}Die Werte „PRS018“ stehen nicht in der Datei. Meinten Sie „PRS001“? Gehört die Datei zu einer anderen Tabelle?",
    ),
    "Neues Merkmal ohne insgesamt": (
        ZENSUS,
        FLAT,
        lambda sound: (
            sound.replace(b"GEODL1", b"GEOGM4")
            .replace(b"PRS001", b"PRS018")
            .replace(b";;Insgesamt;", b";X;Y;")
        ),
        f"{_TABLE}Für „ALTGR2“ nennt die Datei keine Werte insgesamt, und summiert wird nicht. Nennen Sie einen der Werte in der Spalte „auswahl“.",
    ),
    "Keine Gemeinden": (
        FLAT,
        FLAT,
        _swap(";03241", ";09999"),
        f"{_TABLE}Für die Gebiete dieser Zeile nennt die Datei keinen Wert. Prüfen Sie, ob es die richtige Datei ist.",
    ),
    "Gebiet fehlt": (
        SDG,
        "indicator_2-3-1.csv",
        _swap("K03241999", "K03241998"),
        "Tabelle indicator_2-3-1, Abruf „r-einbuergerungen-umland-hannover“: Das Gebiet „K03241999“ gibt es in der Datei nicht. Meinten Sie „K03241998“? Hat sich sein Schlüssel geändert?",
    ),
    "Ausprägung fehlt": (
        "neu/indicator_3-1-2.csv",
        "indicator_3-1-2.csv",
        _swap("in der Familie wird vorrangig nicht deutsch gesprochen", "Familiensprache nicht deutsch"),
        "Tabelle indicator_3-1-2, Abruf „r-kita-familiensprache-niedersachsen“: Das Merkmal „Kinderbetreuung“ hat in der Datei keinen Wert „in der Familie wird vorrangig nicht deutsch gesprochen“. "
        "Erlaubt: ",
    ),
    "Merkmal fehlt": (
        "neu/indicator_3-1-2.csv",
        "indicator_3-1-2.csv",
        _swap("Kinderbetreuung,", "Betreuung,", 1),
        "Das Merkmal „Kinderbetreuung“ gibt es in der Datei nicht. Meinten Sie „Betreuung“? Gehört die Datei zu einer anderen Tabelle?",
    ),
    "Zwei Gebiete sind eines": (
        FLAT,
        FLAT,
        lambda sound: (
            sound
            + _LINE.replace("GEODL1;Deutschland;DG;Deutschland", "GEOGM4;Gemeinden;03241011;Lehrte")
            .replace("PRS001", "PRS018")
            .encode()
        ),
        f"{_TABLE}Für „lehrte“ und „2022“ gibt es mehrere Werte. Wählen Sie in der Spalte „auswahl“ genauer.",
    ),
    "Datei ohne Gebiete": (
        FLAT,
        FLAT,
        _all(
            b"statistics_code;statistics_label;time_code;time_label;time;value;value_unit;value_variable_code;value_variable_label\n"
            b"1000A;Zensus;STAG;Stichtag;2022-05-15;7;Anzahl;PRS018;Personen\n"
        ),
        f"{_TABLE}Die Datei nennt keine Gebiete. Tragen Sie in der Tabelle der Abrufe das Gebiet ein.",
    ),
    "Werte nach dem Stand der Daten": (
        SDG,
        "indicator_2-3-1.csv",
        lambda sound: sound + b'2031,"Region Hannover",K03241,5000\n',
        "Die Datei nennt Werte für 2031, die Daten gelten aber nur bis zum 18.12.2025. Setzen Sie zuerst den Stand der Daten auf einen Tag danach.",
    ),
    "Leeres Archiv": (
        FLAT,
        "1000A-0000_de_flat.zip",
        lambda sound: _zip("lies-mich.txt", b"x"),
        f"In diesem Archiv liegt keine CSV-Datei. {_AGAIN}",
    ),
    "Arbeitsmappe": (
        FLAT,
        "1000A-0000.xlsx",
        lambda sound: _zip("xl/workbook.xml", b"x"),
        f"Das ist eine Arbeitsmappe von Excel. {_AGAIN}",
    ),
    "Beschädigtes Archiv": (
        FLAT,
        "1000A-0000_de_flat.zip",
        lambda sound: _zip(FLAT, sound).replace(sound[3000:3030], b"\0" * 30, 1),
        f"Die Datei lässt sich nicht lesen; sie ist beschädigt. {_AGAIN}",
    ),
}
"""Mistake → sample, name under which it is read, what becomes of it, sentence (or how that begins)."""

CHOICES: dict[str, tuple[str, list[str], str]] = {
    "Indikator gibt es nicht": (
        OTHER,
        ["--indikator", "i-bevoelkerung-zensuss"],
        "--indikator: „i-bevoelkerung-zensuss“ gibt es in indikatoren nicht. Meinten Sie „i-bevoelkerung-zensus“?",
    ),
    "Indikator mit anderer Einheit": (
        "AI-N-01-2-5_de_flat_auszug.csv",
        ["--indikator", "i-einbuergerungen"],
        "Der Indikator hat die Einheit „Personen“, die Datei „Prozent“. Nennen Sie einen Indikator, der dazu passt.",
    ),
    "Mehrere Arten von Werten": (
        "AI-N-01-2-5_de_flat_auszug.csv",
        ["--indikator", "i-leerstandsquote-zensus"],
        "Die Datei enthält mehrere Arten von Werten: AI0112 („Veränderung der Siedlungs- und Verkehrsfläche“) und AI0111 („Anteil Siedlungs- und Verkehrsfläche an Gesamtfläche“). "
        "Nennen Sie eine, zum Beispiel --auswahl „wert=AI0112“.",
    ),
    "Keine Werte insgesamt": (
        "12531-0043_de_flat_auszug.csv",
        ["--indikator", "i-auslaender-staatsangehoerigkeit"],
        "Für das Merkmal „SCHST2“ nennt die Datei keine Werte insgesamt, und summiert wird nicht. Wählen Sie einen Wert, zum Beispiel --auswahl „SCHST2=SCHUTZST-AK-5“; "
        "es gibt: SCHUTZST-AK-5 („Unbefristet anerkannter Schutzstatus“), SCHUTZST-AK-3 („Befristet anerkannter Schutzstatus aus Asylverf.“), SCHUTZST-AK-2 („Befristet anerkannter Schutzstatus“), "
        "AUSRPFL-G („Geduldet ausreisepflichtig“) und SCHUTZST-AK-4 („Befristet anerk. Schutzstatus nicht aus Asylverf.“).",
    ),
    "Herausgeber unbekannt": (
        "neu/indicator_2-3-1.csv",
        ["--indikator", "i-interkulturelle-angebote"],
        "Wer diese Tabelle herausgibt, sagt ihr Name nicht. Nennen Sie mit --quelle das Dokument der Daten, zu dem sie gehört.",
    ),
}
"""Mistake → sample, what is typed behind it, how the sentence begins."""

STATISTICS_OTHERS = {
    "Datei gibt es nicht": "fehlt.csv: Diese Datei gibt es nicht. Prüfen Sie den Namen und den Ordner.",
    "Ordner ohne Open SDG": "leer: In diesem Ordner liegt kein Open-SDG-Datensatz („data/indicator_….csv“). Nennen Sie dessen Ordner, oder einzelne Dateien.",
    "Riesige Datei": f"{FLAT}: Die Datei ist größer als jede Tabelle eines Amtes.",
    "Datei zweimal genannt": f"{FLAT}: Diese Datei ist zweimal genannt. Nennen Sie sie einmal.",
    "Archiv mit Passwort": "1000A-0000_de_flat.zip: Dieses Archiv ist mit einem Passwort geschützt. Entpacken Sie es selbst.",
    "Ordner ohne Indikator der Daten": "fremd: Keine der Dateien gehört zu einem Indikator der Daten. Nennen Sie eine Datei und mit --indikator den Indikator.",
}
