"""What `konzept excel` says of a workbook, by what its author did to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from workbook_parts import DATE, GENERAL, MAIN, PERCENT, Parts

Edit = Callable[[Parts], "bytes | None"]
_NAME = "konzept.xlsx"
_SHEET = "Maßnahmen"


def _text(title: str, ref: str, text: str) -> Edit:
    return lambda parts: parts.put_text(title, ref, text)


def _value(title: str, ref: str, value: str, kind: str = "n", form: str | None = None) -> Edit:
    return lambda parts: parts.put_value(title, ref, value, kind, form)


def _file(content: bytes) -> Edit:
    return lambda parts: content


def _extra(name: str, content: bytes) -> Edit:
    def edit(parts: Parts) -> None:
        parts.files[name] = content

    return edit


def _rename(old: str, new: str) -> Edit:
    return lambda parts: parts.replace("xl/workbook.xml", f'name="{old}"'.encode(), f'name="{new}"'.encode())


def _no_row(title: str, number: int) -> Edit:
    def edit(parts: Parts) -> None:
        parts.data(title).remove(parts.row(title, number))

    return edit


def _head_only(parts: Parts) -> None:
    data = parts.data("Ziele")
    data[:] = list(data)[:3]


def _swapped(parts: Parts) -> None:
    parts.put_text(_SHEET, "C3", "Beschreibung")
    parts.put_text(_SHEET, "D3", "Titel")


def _no_sheet(title: str) -> Edit:
    def edit(parts: Parts) -> None:
        text = parts.files["xl/workbook.xml"].decode()
        parts.files["xl/workbook.xml"] = re.sub(rf'<sheet [^>]*name="{title}"[^>]*/>', "", text).encode()

    return edit


def _new_row(title: str, column: str, text: str) -> Edit:
    def edit(parts: Parts) -> None:
        ET.SubElement(parts.data(title), f"{{{MAIN}}}row", {"r": "60"})
        parts.put_text(title, f"{column}60", text)

    return edit


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

WORKBOOKS: dict[str, tuple[Edit, str]] = {
    "Leere Datei": (
        _file(b""),
        f"{_NAME}: Die Datei ist leer. Schreiben Sie mit „konzept excel export“ eine neue.",
    ),
    "Andere Datei": (
        _file(b"id;name\n"),
        f"{_NAME}: Die Datei ist keine Excel-Arbeitsmappe oder beschädigt. Gebraucht wird eine .xlsx-Datei.",
    ),
    "Altes Excel-Format": (
        _file(_COMPOUND),
        f"{_NAME}: Die Datei hat das alte Excel-Format. Speichern Sie sie als .xlsx.",
    ),
    "Mit Kennwort verschlüsselt": (
        _file(_COMPOUND + "EncryptedPackage".encode("utf-16-le")),
        f"{_NAME}: Die Arbeitsmappe ist mit einem Kennwort verschlüsselt. "
        "Entfernen Sie es in Excel unter „Datei → Informationen“ und speichern Sie neu.",
    ),
    "Binärformat": (
        _extra("xl/workbook.bin", b""),
        f"{_NAME}: Die Datei hat das Binärformat .xlsb. Speichern Sie sie als .xlsx.",
    ),
    "OpenDocument": (
        _extra("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        f"{_NAME}: Die Datei ist im OpenDocument-Format gespeichert. Speichern Sie sie als .xlsx.",
    ),
    "Beschädigte Datei": (
        _extra("xl/workbook.xml", b"<workbook"),
        f"{_NAME}: Die Datei ist beschädigt oder keine Excel-Arbeitsmappe. "
        "Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu als .xlsx.",
    ),
    "Andere Arbeitsmappe": (
        _text("Stand", "A1", "x"),
        f"{_NAME}: In dieser Arbeitsmappe fehlt das verborgene Blatt „Stand“, ohne das niemand weiß, was geändert ist: "
        "Sie stammt nicht aus „konzept excel export“, oder ein anderes Programm hat es weggelassen. "
        "Behalten Sie diese Mappe, schreiben Sie mit „konzept excel export“ unter anderem Namen eine neue, "
        "und übertragen Sie Ihre Änderungen dorthin.",
    ),
    "Blatt umbenannt": (
        _rename("Kosten", "Kosten neu"),
        f"{_NAME}: Das Blatt „Kosten“ fehlt. Wurde es in „Kosten neu“ umbenannt? Dann geben Sie ihm seinen Namen zurück.",
    ),
    "Blatt gelöscht": (
        _no_sheet("Kosten"),
        f"{_NAME}: Das Blatt „Kosten“ fehlt. Holen Sie es aus einer früheren Fassung dieser Mappe zurück, "
        "oder übertragen Sie Ihre Änderungen in eine neue.",
    ),
    "Stand gelöscht": (
        _value("Stand der Daten", "A4", ""),
        f"{_NAME}, Blatt „Stand der Daten“: Hier steht genau ein Tag: der Stand der Daten. Stellen Sie ihn wieder her.",
    ),
    "Überschriften gelöscht": (
        _no_row("Kosten", 3),
        f"{_NAME}, Blatt „Kosten“: Die Überschriften der Spalten fehlen (zum Beispiel „Kennung“). Stellen Sie sie wieder her.",
    ),
    "Spalte umbenannt": (
        _text("Kosten", "F3", "Genauigkeiten"),
        f"{_NAME}, Blatt „Kosten“, Zelle F3: Die Spalte „Genauigkeiten“ hieß „Genauigkeit“. "
        "Geben Sie ihr diese Überschrift zurück.",
    ),
    "Spalte ergänzt": (
        _text("Kosten", "L3", "Bemerkung"),
        f"{_NAME}, Blatt „Kosten“, Zelle L3: Die Spalte „Bemerkung“ kennt die Tabelle nicht. Löschen Sie die Spalte.",
    ),
    "Spalte ohne Überschrift": (
        _text("Kosten", "F3", ""),
        f"{_NAME}, Blatt „Kosten“, Zeile 3: Die Spalte „Genauigkeit“ fehlt. Stellen Sie sie wieder her.",
    ),
    "Spalte doppelt": (
        _text("Kosten", "F3", "Art"),
        f"{_NAME}, Blatt „Kosten“, Zelle F3: Die Spalte „Art“ steht doppelt. Löschen Sie eine von beiden.",
    ),
    "Spalten vertauscht": (
        _swapped,
        f"{_NAME}, Blatt „{_SHEET}“, Zelle C3: Die Spalte „Beschreibung“ steht an anderer Stelle. "
        "Stellen Sie die Reihenfolge wieder her.",
    ),
    "Zelle neben der Tabelle": (
        _text("Kosten", "M4", "Notiz"),
        f"{_NAME}, Blatt „Kosten“, Zelle M4: Diese Zelle gehört zu keiner Spalte der Tabelle. "
        "Leeren Sie sie oder schreiben Sie in die richtige Spalte.",
    ),
    "Zellen verbunden": (
        lambda parts: parts.merge("Kosten", "C4:C5"),
        f"{_NAME}, Blatt „Kosten“, Zellen C4:C5: Diese Zellen sind verbunden. "
        "Heben Sie die Verbindung auf und füllen Sie jede Zelle.",
    ),
    "Formel": (
        lambda parts: parts.put_formula("Kosten", "E4", "30000+3000", "33000"),
        f"{_NAME}, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: Hier steht eine Formel; übernommen werden "
        "nur Werte. Kopieren Sie die Zelle und fügen Sie sie mit „Inhalte einfügen“ als Wert wieder ein.",
    ),
    "Fehlerwert": (
        _value("Kosten", "E4", "#DIV/0!", "e"),
        f"{_NAME}, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: Hier steht der Fehlerwert #DIV/0!. "
        "Tragen Sie den Wert selbst ein.",
    ),
    "Wahrheitswert": (
        _value(_SHEET, "K4", "1", "b"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle K4, Spalte „Mehrsprachig“: "
        "Hier steht ein Wahrheitswert (WAHR oder FALSCH). Schreiben Sie das Wort als Text.",
    ),
    "Punkt als Tausender": (
        _text("Kosten", "E4", "33.000"),
        f"{_NAME}, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: „33.000“ ist mehrdeutig: 33000 oder 33,000? "
        "Schreiben Sie Tausender ohne Punkt und Nachkommastellen mit Komma.",
    ),
    "Kein Tag des Kalenders": (
        _text(_SHEET, "H4", "31.02.2023"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle H4, Spalte „Beginn“: „31.02.2023“ ist kein Tag des Kalenders. "
        "Schreiben Sie zum Beispiel 2025-06-25.",
    ),
    "Tag mit Uhrzeit": (
        _value(_SHEET, "H4", "45000.5", form=DATE),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle H4, Spalte „Beginn“: Neben dem Tag steht eine Uhrzeit (12:00). "
        "Schreiben Sie nur den Tag.",
    ),
    "Uhrzeit": (
        _value(_SHEET, "H4", "0.5", form=DATE),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle H4, Spalte „Beginn“: Hier steht eine Uhrzeit. "
        "Formatieren Sie die Zelle als Text und schreiben Sie neu.",
    ),
    "Text wurde zum Datum": (
        _value(_SHEET, "E4", "45000", form=DATE),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle E4, Spalte „Zielgruppe“: "
        "Excel hat die Eingabe in ein Datum verwandelt (15.03.2023). "
        "Formatieren Sie die Zelle als Text und schreiben Sie neu.",
    ),
    "Zahl statt Text": (
        _value(_SHEET, "E4", "511", form=GENERAL),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle E4, Spalte „Zielgruppe“: Hier steht die Zahl 511, erwartet wird Text; "
        "Excel hat vielleicht Nullen am Anfang entfernt. Formatieren Sie die Zelle als Text und schreiben Sie neu.",
    ),
    "Als Prozent formatiert": (
        _value("Kosten", "E4", "0.2", form=PERCENT),
        f"{_NAME}, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: Die Zelle ist als Prozent formatiert; "
        "Excel speichert 20 % als 0,2. Wählen Sie das Format „Zahl“ und schreiben Sie den Wert neu.",
    ),
    "Nicht aus der Liste": (
        _text("Kosten", "C4", "jährlch"),
        f"{_NAME}, Blatt „Kosten“, Zelle C4, Spalte „Art“: „jährlch“ ist hier nicht vorgesehen. Meinten Sie „jährlich“?",
    ),
    "Verweis mit Tippfehler": (
        _text(_SHEET, "B4", "bildnug"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle B4, Spalte „Handlungsfeld“: „bildnug“ gibt es im Blatt „Handlungsfelder“ "
        "nicht. Meinten Sie „bildung – Bildung und Erziehung“?",
    ),
    "Verweis auf nichts": (
        _text(_SHEET, "B4", "12345"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle B4, Spalte „Handlungsfeld“: „12345“ gibt es im Blatt „Handlungsfelder“ "
        "nicht. Wählen Sie aus der Liste, oder ergänzen Sie zuerst im Blatt „Handlungsfelder“ eine Zeile.",
    ),
    "Pflichtangabe leer": (
        lambda parts: parts.clear("Zuständigkeiten", "B4"),
        f"{_NAME}, Blatt „Zuständigkeiten“, Zelle B4, Spalte „Akteur*in“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
    ),
    "Kennung eines Handlungsfeldes gelöscht": (
        lambda parts: (parts.clear("Handlungsfelder", "A4"), parts.put_text("Handlungsfelder", "H4", "Neu"))[
            -1
        ],
        f"{_NAME}, Blatt „Angebote“, Zelle D4, Spalte „Handlungsfeld“: „bildung“ gibt es in handlungsfelder nicht. "
        "Meinten Sie „bildung-2“?",
    ),
    "Kennung doppelt": (
        _text(_SHEET, "A5", "m-bildung-bibliothek"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle A5, Spalte „Kennung“: „m-bildung-bibliothek“ steht schon in Zeile 4.",
    ),
    "Kennung geändert": (
        _text(_SHEET, "A4", "m-buecherei"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle A4, Spalte „Kennung“: Diese Zeile heißt „m-bildung-bibliothek“; "
        "Kennungen werden nicht geändert. Tragen Sie sie wieder ein.",
    ),
    "Tabelle geleert": (
        _head_only,
        f"{_NAME}, Blatt „Ziele“: Hier fehlen alle Zeilen. Ganze Tabellen löscht der Import nicht. Stellen Sie die Zeilen wieder her.",
    ),
    "Bemerkung unter der Tabelle": (
        _new_row("Maßnahmen", "A", "Die Liste ist noch nicht vollständig"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle A60, Spalte „Kennung“: In dieser Zeile steht nur „Die Liste ist noch nicht "
        "vollständig“. Eine Bemerkung löschen Sie bitte; einer Zeile der Tabelle fehlen noch: Handlungsfeld, Titel, "
        "Mehrsprachig, Leichte Sprache, Barrierefrei, Quelle, Fundstelle.",
    ),
    "Jahr statt Tag": (
        _text("Statusverlauf", "B4", "2024"),
        f"{_NAME}, Blatt „Statusverlauf“, Zelle B4, Spalte „Datum“: „2024“ ist kein Tag. "
        "Gebraucht wird ein Tag, zum Beispiel der, an dem die Quelle es belegt: 25.06.2025.",
    ),
    "Jahr, das Excel für einen Tag hält": (
        _value("Statusverlauf", "B4", "2024", form=DATE),
        f"{_NAME}, Blatt „Statusverlauf“, Zelle B4, Spalte „Datum“: Excel zeigt hier den 16.07.1905; "
        "getippt war wohl die Jahreszahl 2024. "
        "Gebraucht wird ein Tag, zum Beispiel der, an dem die Quelle es belegt: 25.06.2025.",
    ),
    "Jahr mit feinerer Genauigkeit": (
        lambda parts: (parts.put_text(_SHEET, "H4", "2024"), parts.put_text(_SHEET, "J4", "Tag"))[-1],
        f"{_NAME}, Blatt „{_SHEET}“, Zelle H4, Spalte „Beginn“: „2024“ nennt keinen genaueren Zeitpunkt als „Jahr“, "
        "unter „Genauigkeit der Zeit“ steht aber „Tag“. Gleichen Sie beide an.",
    ),
    "Zeichen einer Webseite": (
        _text(_SHEET, "E4", "<b>Familien</b>"),
        f"{_NAME}, Blatt „{_SHEET}“, Zelle E4, Spalte „Zielgruppe“: Hier steht „<b>“ aus einer Webseite und würde so "
        "gedruckt. Schreiben Sie den Text ohne solche Zeichen.",
    ),
}
"""Mistake → what to do to a sound workbook (or a file in its place), and the answer."""

WORKBOOK_OTHERS = {
    "Vertraulicher Name in der Arbeitsmappe": f"{_NAME}: In der Arbeitsmappe stünde ein Name aus data/intern/. "
    "Nehmen Sie ihn aus den Tabellen oder aus data/kommune.json heraus.",
    "Arbeitsmappe gibt es nicht": f"{_NAME}: Diese Datei gibt es nicht.",
    "Ordner statt Arbeitsmappe": f"{_NAME}: Das ist ein Ordner, keine Arbeitsmappe.",
    "Keine Rechte an der Arbeitsmappe": f"{_NAME}: Die Datei lässt sich nicht lesen. "
    "Schließen Sie sie in Excel, oder prüfen Sie, ob Sie sie öffnen dürfen.",
    "Riesige Arbeitsmappe": f"{_NAME}: Die Arbeitsmappe ist entpackt größer als 100 Megabyte; so viel wird nicht gelesen. "
    "Löschen Sie Bilder und eigene Blätter daraus.",
    "Große Arbeitsmappe": f"{_NAME}: Die Arbeitsmappe ist größer als 20 Megabyte; so viel wird nicht gelesen. "
    "Löschen Sie Bilder und eigene Blätter daraus.",
    "Gerät statt Arbeitsmappe": f"{_NAME}: Das ist keine Datei, sondern ein Gerät oder eine Leitung. Nennen Sie eine .xlsx-Datei.",
    "Mehr Text, als eine Zelle fasst": f"{_NAME}: Im Blatt „Maßnahmen“ steht in Zelle C4 mehr Text, "
    "als Excel in einer Zelle speichert (32.767 Zeichen). Kürzen Sie ihn.",
    "Zelle zweimal": f"{_NAME}: Im Blatt „Maßnahmen“ steht die Zelle C4 zweimal; die Datei ist beschädigt. "
    "Öffnen Sie sie in Excel oder LibreOffice, prüfen Sie diese Zelle, und speichern Sie neu.",
    "Sehr viele Zellen": f"{_NAME}: Das Blatt „Notizen“ hat mehr als eine Million gefüllte Zellen; so viel wird nicht gelesen. "
    "Löschen Sie, was nicht zur Tabelle gehört.",
    "Name gehört mehreren": f"{_NAME}, Blatt „Zuständigkeiten“, Zelle B4, Spalte „Akteur*in“: "
    "„Frühe Hilfen“ heißen im Blatt „Akteur_innen“ mehrere Zeilen. Schreiben Sie die Kennung dazu.",
    "Zwei ändern dasselbe": f"{_NAME}, Blatt „Maßnahmen“, Zelle E4, Spalte „Zielgruppe“: Nicht übernommen: "
    "Diese Angabe hat seit dem Export auch jemand in den Daten geändert. Beim Export leer, in den Daten jetzt „Kinder“, "
    "in dieser Mappe „Familien“. Soll Ihre Angabe gelten, tragen Sie sie in einer neuen Mappe ein.",
    "Andere haben die Zeile gelöscht": f"{_NAME}, Blatt „Zuständigkeiten“, Zeile 4: Nicht übernommen: "
    "Diese Zeile hat inzwischen jemand aus den Daten gelöscht; in dieser Mappe ist sie geändert "
    "(Quelle: „d-sachstandsbericht-2“ → „d-integrationsmonitoring“; "
    "Fundstelle: „Kapitel 4.1, Absatz 8 („Gesamtkoordination“)“ → „Seite 9“).",
    "Andere haben die gelöschte Zeile geändert": f"{_NAME}, Blatt „Zuständigkeiten“: Nicht gelöscht: "
    "Die Zeile „m-bildung-sprachprogramm + a-mut“ fehlt hier, aber in den Daten hat sie inzwischen jemand geändert "
    "(Fundstelle: „Kapitel 4.1, Absatz 8 („Gesamtkoordination“)“ → „Seite 9“). "
    "Soll sie trotzdem wegfallen, löschen Sie sie in einer neuen Mappe.",
    "Zwei ergänzen dieselbe Zeile": f"{_NAME}, Blatt „Statusverlauf“, Zelle C30, Spalte „Status“: Nicht übernommen: "
    "Diese Zeile hat inzwischen auch jemand anderes ergänzt. In den Daten steht „Idee“, in dieser Mappe „in Prüfung“. "
    "Soll Ihre Angabe gelten, tragen Sie sie in einer neuen Mappe ein.",
    "Zwei setzen den Stand": f"{_NAME}, Blatt „Stand der Daten“, Zelle A4, Spalte „Stand“: Nicht übernommen: "
    "Den Stand hat seit dem Export auch jemand in den Daten geändert. Beim Export 18.12.2025, jetzt 02.02.2026, "
    "in dieser Mappe 01.03.2026.",
    "Andere haben an der gelöschten Maßnahme gearbeitet": f"{_NAME}, Blatt „Maßnahmen“: "
    "Die Zeile „m-bildung-sprachprogramm – Programm für Spracherwerb und Elternarbeit aufbauen“ fehlt. "
    "Im Blatt „Kosten“ hat inzwischen jemand etwas zu dieser Maßnahme geändert. "
    "Stellen Sie die Zeile wieder her, und löschen Sie sie in einer neuen Mappe.",
    "Die Tabellen haben andere Spalten": f"{_NAME}: Die Tabellen haben seit dem Export andere Spalten bekommen. "
    "Behalten Sie diese Mappe, schreiben Sie mit „konzept excel export“ unter anderem Namen eine neue, "
    "und übertragen Sie Ihre Änderungen dorthin.",
    "Sicherung nicht möglich": "data: In den Ordner „vor-import“ lässt sich nicht sichern, was vorher war; "
    "geändert ist nichts. Prüfen Sie Ihre Rechte und den freien Platz.",
    "Weg zurück": "Zurücknehmen: „konzept excel zurueck“. Wie es vorher war, liegt in „_build/vor-import/2025-12-18-101500“.",
    "Zurückgenommen": "Zurückgenommen: massnahmen.csv. Derselbe Befehl noch einmal holt die Änderung wieder.",
    "Nichts zurückzunehmen": "data: Hier ist kein Import, der sich zurücknehmen lässt.",
    "Nach einer Probe": "Probe: Geschrieben ist nichts.",
    "Rückfrage, die niemand beantworten kann": "Geschrieben ist nichts. "
    "Ist alles so gemeint: „konzept excel import konzept.xlsx --ja“.",
    "Rückfrage mit nein beantwortet": "Geschrieben ist nichts.",
    "Ein Akteur zweimal in einer Zeile": f"{_NAME}, Blatt „Neue Maßnahme“, Zelle M4, Spalte „Beteiligt 1“: "
    "„a-mut“ steht in dieser Zeile schon unter „Federführung“. Leeren Sie eine der beiden Zellen.",
    "Der Titel ist schon vergeben": "Maßnahmen: Die neue Zeile „Akteur*innen weiter vernetzen“ "
    "(Blatt „Neue Maßnahme“, Zeile 4) heißt genauso wie: m-bildung-vernetzung – Akteur*innen weiter vernetzen.",
    "Eine Spalte allein sortiert": "Maßnahmen: In der Spalte „Titel“ stehen dieselben Angaben wie vorher, "
    "aber 26 davon in anderen Zeilen, als wäre diese Spalte allein sortiert worden.",
    "Viele Zeilen geändert": "Maßnahmen: 26 von 26 Zeilen werden geändert.",
    "Durchgestrichener Text": "Blatt „Maßnahmen“, Zeile 4: „Titel“ ist durchgestrichen, gilt aber weiter. "
    "Soll es nicht mehr gelten, leeren Sie die Zelle oder löschen Sie die Zeile.",
    "Der Stand geht zurück": "Der Stand der Daten würde vom 18.12.2025 auf den 17.12.2025 zurückgesetzt.",
    "Eine Maßnahme wird gelöscht": "Die Maßnahme „m-bildung-vernetzung – Akteur*innen weiter vernetzen“ wird gelöscht, "
    "und mit ihr alles, was an ihr hängt: 1 × Statusverlauf.",
    "Den Status zeigt schon eine Ausgabe": f"{_NAME}, Blatt „Statusverlauf“, Zelle C4, Spalte „Status“: "
    "Diesen Status zeigt schon eine Ausgabe (Stand 31.12.2024); er bleibt, wie er ist. "
    "Stellen Sie den alten Eintrag wieder her („Idee“), "
    "und berichtigen Sie ihn mit einer neuen Zeile, deren Datum nach der Ausgabe liegt.",
    "Die Maßnahme zeigt schon eine Ausgabe": f"{_NAME}, Blatt „Maßnahmen“: "
    "Die Zeile „m-bildung-vernetzung – Akteur*innen weiter vernetzen“ fehlt. Eine Ausgabe zeigt diese Maßnahme schon. "
    "Stellen Sie die Zeile wieder her, und geben Sie der Maßnahme den Status „verworfen“.",
    "„fortlaufend“ als Ende": f"{_NAME}, Blatt „Neue Maßnahme“, Zelle Q4, Spalte „Ende“: "
    "„fortlaufend“ ist kein Tag, die Angabe bleibt leer. Was kein Ende hat, sagt der Status „Daueraufgabe“.",
    "Daten ändern sich während des Imports": "data: Die Daten haben sich währenddessen geändert. "
    "Importieren Sie noch einmal.",
    "Datenordner nicht beschreibbar": "data: In den Ordner „data“ lässt sich nicht schreiben; geändert ist nichts. Prüfen Sie Ihre Rechte und den freien Platz.",
    "Tabelle in Excel geöffnet": "data: Die Änderungen sind gespeichert, aber eine Tabelle ist noch in einem anderen "
    "Programm geöffnet. Schließen Sie es; der nächste Befehl schließt den Import ab.",
    "Import nicht abgeschlossen": "data: Ein Import ist nicht abgeschlossen, weil sich eine Tabelle nicht ersetzen lässt. "
    "Schließen Sie sie in anderen Programmen.",
    "Nichts geändert": "Keine Änderungen.",
    "Eigenes Blatt": "Das Blatt „Notizen“ gehört zu keiner Tabelle und wird nicht übernommen.",
    "Export fertig": "konzept.xlsx geschrieben: 31 Tabellen.",
    "Export mit anderer Endung": "konzept.ods: Der Name muss auf „.xlsx“ enden.",
    "Export über eine fremde Datei": f"{_NAME}: Diese Datei gibt es schon, und sie ist keine Arbeitsmappe des Konzepts. Nennen Sie einen anderen Namen.",
    "Export über ungesicherte Eingaben": f"{_NAME}: In dieser Arbeitsmappe stehen Eingaben, die nicht importiert sind. "
    "Importieren Sie sie, oder wählen Sie einen anderen Namen.",
    "Export an einen Ort ohne Rechte": f"{_NAME}: Die Datei lässt sich nicht schreiben. "
    "Schließen Sie sie, wenn sie geöffnet ist, oder wählen Sie einen anderen Ort.",
    "Zu langer Text": "data/ziele.csv, Spalte „text“: Der Text der Zeile „z-bildung-schuleingang“ ist länger als 32.767 "
    "Zeichen; mehr fasst eine Zelle in Excel nicht.",
}
"""Answers that tests/excel hears in tests of their own."""
