"""Mistakes in the data."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from folders import REAL, rows, write

Edit = Callable[[Path], object]


def change(table: str, line: int, **cells: str) -> Edit:
    """Change cells of a row."""

    def edit(folder: Path) -> None:
        content = rows(folder, table)
        content[line - 2] |= cells
        write(folder, table, content)

    return edit


def add(table: str, *new: dict[str, str]) -> Edit:
    """Add rows."""
    return lambda folder: write(folder, table, [*rows(folder, table), *new])


def typed(table: str, edit: Callable[[bytes], bytes]) -> Edit:
    """Change a file's bytes."""

    def apply(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_bytes(edit(path.read_bytes()))

    return apply


def of_town(edit: Callable[[dict], object], file: str = "kommune.json") -> Edit:
    """Change what is said of the town."""

    def apply(folder: Path) -> None:
        path = folder / file
        settings = json.loads(path.read_text("utf-8"))
        edit(settings)
        path.write_text(json.dumps(settings, ensure_ascii=False, indent=2), "utf-8")

    return apply


def logo(content: bytes, name: str = "logo.svg") -> Edit:
    """Give the town a logo."""

    def apply(folder: Path) -> None:
        assets = folder.parent / "book/assets"
        assets.mkdir(parents=True, exist_ok=True)
        (assets / name).write_bytes(content)
        of_town(lambda d: d.update(logo=f"book/assets/{name}"))(folder)

    return apply


def _wide() -> bytes:
    out = BytesIO()
    Image.new("1", (4001, 2)).save(out, "PNG")
    return out.getvalue()


def described(edit: Callable[[dict], object]) -> Edit:
    """Change the description of published data."""
    return of_town(edit, "datapackage.json")


def typed_town(old: str, new: str) -> Edit:
    """Change the text of what is said of the town."""

    def apply(folder: Path) -> None:
        path = folder / "kommune.json"
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    return apply


def both(*edits: Edit) -> Edit:
    """Make several changes."""

    def apply(folder: Path) -> None:
        for edit in edits:
            edit(folder)

    return apply


def folder_in_place(folder: Path) -> None:
    """Put a folder where a file should be."""
    (folder / "gruppen.csv").unlink()
    (folder / "gruppen.csv").mkdir()


def _resource(table: str, description: dict) -> dict:
    return next(r for r in description["resources"] if r["name"] == table)


def _field(table: str, column: str, description: dict) -> dict:
    return next(f for f in _resource(table, description)["schema"]["fields"] if f["name"] == column)


SOURCE = {"quelle_id": "d-sachstandsbericht-2", "fundstelle": "Seite 1"}
VALUE = {
    "indikator_id": "i-deutsch-bei-einschulung",
    "art": "ist",
    "gebiet_id": "lehrte",
    "gruppe_id": "insgesamt",
    "zeit": "2024",
    "jahr": "2024",
    "wert": "20",
    "genauigkeit": "genau",
    **SOURCE,
}
APPROVAL = {
    "handlungsfeld_id": "bildung",
    "gremium_id": "g-rat",
    "tag": "2026-10-01",
    "fingerabdruck": "01234567-89abcdef-01234567",
}
ANSWER = {
    "ereignis_id": "e-auftakt",
    "frage": "Wo?",
    "antwort": "hier",
    "anzahl": "9",
    "grundgesamtheit": "9",
    "mehrfach": "ja",
}
ONE = {**ANSWER, "mehrfach": "nein"}
LAST = {"messwerte": 1125, "statusverlauf": 28, "kosten": 4, "massnahme_bezuege": 23, "umfrageergebnisse": 2}
"""The line of a first row that is added."""

EVENTS = [row["id"] for row in rows(REAL, "ereignisse")]
ADOPTION = EVENTS.index("e-ratsbeschluss") + 2
"""The line of the event by which the concept was adopted."""


def at(table: str, column: str | None = None) -> str:
    """Name the place of an added row."""
    return f"data/{table}.csv, Zeile {LAST[table]}" + (f", Spalte „{column}“: " if column else ": ")


def least(folder: Path) -> None:
    """Ask for a minimum count of the indicator that the added values belong to."""
    content = rows(folder, "indikatoren")
    (row,) = [r for r in content if r["id"] == VALUE["indikator_id"]]
    row["mindestfallzahl"] = "5"
    write(folder, "indikatoren", content)
    kept = rows(folder, "messwerte")
    for value in kept:
        if value["indikator_id"] == VALUE["indikator_id"] and value["art"] == "ist" and not value["fallzahl"]:
            value["fallzahl"] = "50"
    write(folder, "messwerte", kept)


DATA: dict[str, tuple[Edit, str]] = {
    # The files
    "Eine Datei fehlt": (
        lambda f: (f / "gruppen.csv").unlink(),
        "data/gruppen.csv: Diese Datei fehlt. Holen Sie sie zurück, zum Beispiel aus der letzten Fassung in git.",
    ),
    "Ein Ordner heißt wie eine Datei": (
        folder_in_place,
        "data/gruppen.csv: Die Datei lässt sich nicht lesen. "
        "Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen.",
    ),
    "Andere Kodierung": (
        typed("gruppen", lambda b: b.decode("utf-8-sig").replace("n", "ü", 1).encode("cp1252")),
        "data/gruppen.csv, Zeile 1: Die Datei ist nicht in UTF-8 gespeichert. "
        "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
    ),
    "Keine CSV-Datei": (
        typed("gruppen", lambda b: b"\0" + b),
        "data/gruppen.csv: Die Datei enthält Nullzeichen; sie ist keine CSV-Datei oder beschädigt. Holen Sie ihre letzte Fassung aus git zurück.",
    ),
    "Leere Datei": (
        typed("gruppen", lambda b: b""),
        "data/gruppen.csv: Die Datei ist leer. Sie braucht mindestens die Kopfzeile.",
    ),
    "Anderes Trennzeichen": (
        typed("gruppen", lambda b: b.replace(b";", b",")),
        "data/gruppen.csv, Zeile 1: Die Spalten sind nicht mit Semikolon getrennt. "
        "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
    ),
    # The head
    "Eine Spalte fehlt": (
        typed("gruppen", lambda b: b.replace(b"ordnung;", b"")),
        "data/gruppen.csv, Zeile 1, Spalte „ordnung“: Diese Spalte fehlt. Ergänzen Sie sie in der Kopfzeile.",
    ),
    "Eine Spalte steht doppelt": (
        typed("gruppen", lambda b: b.replace(b"ordnung;", b"name;")),
        "data/gruppen.csv, Zeile 1, Spalte „name“: Diese Spalte steht doppelt. Löschen Sie eine von beiden.",
    ),
    "Unbekannte Spalte": (
        typed("gruppen", lambda b: b.replace(b"ordnung;", b"ordnug;")),
        "data/gruppen.csv, Zeile 1, Spalte „ordnug“: Diese Spalte kennt die Tabelle nicht. Meinten Sie „ordnung“?",
    ),
    "Spalte ohne Überschrift": (
        typed("gruppen", lambda b: b.replace(b"ordnung;", b";")),
        "data/gruppen.csv, Zeile 1: Die 3. Spalte hat keine Überschrift. Ergänzen oder löschen Sie sie.",
    ),
    "Spalten vertauscht": (
        typed("gruppen", lambda b: b.replace(b"name;ordnung;", b"ordnung;name;")),
        "data/gruppen.csv, Zeile 1, Spalte „ordnung“: Die Spalten stehen in anderer Reihenfolge; "
        "hier gehört „name“ hin. Stellen Sie die Reihenfolge wieder her.",
    ),
    "Zweite Kopfzeile": (
        typed(
            "gruppen", lambda b: b.rstrip() + b"\n" + b.removeprefix(b"\xef\xbb\xbf").split(b"\n")[0] + b"\n"
        ),
        "data/gruppen.csv, Zeile 12: Die Kopfzeile steht ein zweites Mal. Löschen Sie diese Zeile.",
    ),
    # The rows
    "Eine Zelle zu viel": (
        typed("gruppen", lambda b: b.rstrip() + b";mehr\n"),
        "data/gruppen.csv, Zeile 11: Die Zeile hat 6 statt 5 Zellen. "
        "Oft fehlen Anführungszeichen um einen Text, der ein Semikolon enthält.",
    ),
    "Nach rechts gerückt": (
        typed("gruppen", lambda b: b.replace(b"\ninsgesamt;", b"\n;insgesamt;")),
        "data/gruppen.csv, Zeile 2, Spalte „id“: Die Zeile ist um eine Zelle nach rechts gerückt. "
        "Löschen Sie die leere Zelle an ihrem Anfang.",
    ),
    "Offenes Anführungszeichen": (
        typed("gruppen", lambda b: b.rstrip() + b'\n"offen;\n'),
        "data/gruppen.csv, Zeile 12: Ein Anführungszeichen ist nicht richtig geschlossen. "
        "Um einen Text mit Semikolon oder Anführungszeichen stehen gerade Anführungszeichen, "
        "und die in seinem Inneren sind verdoppelt.",
    ),
    "Unsichtbares Zeichen": (
        change("massnahmen", 2, titel="Eine\u200b Maßnahme"),
        "data/massnahmen.csv, Zeile 2, Spalte „titel“: Hinter „Eine“ steht ein unsichtbares Zeichen (U+200B), "
        "wie es beim Kopieren aus anderen Programmen entsteht. "
        "Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu.",
    ),
    "Aufzählungspunkt aus Word": (
        change("massnahmen", 2, beschreibung="\uf0b7 Erstens"),
        "data/massnahmen.csv, Zeile 2, Spalte „beschreibung“: Am Anfang steht ein Zeichen ohne Bedeutung (U+F0B7), "
        "wie es beim Kopieren aus anderen Programmen entsteht. "
        "Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu.",
    ),
    "Unsichtbares Zeichen in den Angaben zur Kommune": (
        of_town(lambda d: d.update(titel="Ein\u2028 Konzept")),
        "data/kommune.json, Zeile 8: Hinter „Ein“ steht ein unsichtbares Zeichen (U+2028), "
        "wie es beim Kopieren aus anderen Programmen entsteht. "
        "Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu.",
    ),
    "Verlorener Umlaut": (
        change("massnahmen", 2, titel="BroschÃ¼re"),
        "data/massnahmen.csv, Zeile 2, Spalte „titel“: Hier steht „Ã¼“; ein Umlaut oder ein Anführungszeichen "
        "ist beim Umwandeln verloren gegangen. Tippen Sie das Wort neu.",
    ),
    # The cells
    "Unbekannter Verweis, ähnlich": (
        change("massnahmen", 4, handlungsfeld_id="bildnug"),
        "data/massnahmen.csv, Zeile 4, Spalte „handlungsfeld_id“: „bildnug“ gibt es in handlungsfelder nicht. "
        "Meinten Sie „bildung“?",
    ),
    "Unbekannter Verweis, fremd": (
        change("massnahmen", 4, handlungsfeld_id="xy"),
        "data/massnahmen.csv, Zeile 4, Spalte „handlungsfeld_id“: „xy“ gibt es in handlungsfelder nicht. "
        "Erlaubt: bildung, gesundheit, arbeit, freizeit, demokratie, wohnen, verwaltung, diskriminierung, sprache.",
    ),
    "Unbekannte Quelle": (
        change("ziele", 2, quelle_id="xy"),
        "data/ziele.csv, Zeile 2, Spalte „quelle_id“: „xy“ gibt es in dokumente nicht. Erlaubt sind 41 Werte, "
        "zum Beispiel d-sachstandsbericht-2, d-sachstandsbericht-1, d-lehrte-integrationskonzept.",
    ),
    "Nicht vorgesehenes Wort": (
        change("ziele", 2, fassung="entwrf"),
        "data/ziele.csv, Zeile 2, Spalte „fassung“: „entwrf“ ist hier nicht vorgesehen. Meinten Sie „entwurf“?",
    ),
    "Schlüssel doppelt": (
        change("gruppen", 3, id="insgesamt"),
        "data/gruppen.csv, Zeile 3, Spalte „id“: „insgesamt“ steht schon in einer anderen Zeile. "
        "Jede Zeile braucht eine eigene Angabe.",
    ),
    "Schlüssel fehlt": (
        change("gruppen", 3, id=""),
        "data/gruppen.csv, Zeile 3, Spalte „id“: Diese Angabe ist ein Schlüssel und darf nicht fehlen. Tragen Sie sie ein.",
    ),
    "Angabe fehlt": (
        change("ziele", 2, text=""),
        "data/ziele.csv, Zeile 2, Spalte „text“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
    ),
    "Keine Zahl": (
        change("kosten", 2, betrag_eur="viel"),
        "data/kosten.csv, Zeile 2, Spalte „betrag_eur“: „viel“ ist keine Zahl. "
        "Schreiben Sie zum Beispiel 33000 oder 6,55.",
    ),
    "Zahl mit zwei Lesarten": (
        change("kosten", 2, betrag_eur="33.000"),
        "data/kosten.csv, Zeile 2, Spalte „betrag_eur“: „33.000“ ist mehrdeutig: 33000 oder 33,000? "
        "Schreiben Sie Tausender ohne Punkt und Nachkommastellen mit Komma.",
    ),
    "Kein Tag": (
        change("statusverlauf", 3, datum="31.02.2023"),
        "data/statusverlauf.csv, Zeile 3, Spalte „datum“: „31.02.2023“ ist kein Tag des Kalenders. "
        "Schreiben Sie zum Beispiel 2025-06-25.",
    ),
    "Id falsch gebildet": (
        both(change("kosten", 2, id="Kosten 1")),
        "data/kosten.csv, Zeile 2, Spalte „id“: „Kosten 1“ hat nicht die vorgesehene Form. "
        "Eine Id beginnt hier mit „k-“; danach stehen Kleinbuchstaben, Ziffern und Bindestriche.",
    ),
    "Fingerabdruck zu kurz": (
        add("freigaben", {**APPROVAL, "fingerabdruck": "0123abcd"}),
        "data/freigaben.csv, Zeile 2, Spalte „fingerabdruck“: „0123abcd“ hat nicht die vorgesehene Form. "
        "Diese Angabe schreibt „konzept freigeben“. Löschen Sie die Zeile, und geben Sie das Kapitel noch einmal frei.",
    ),
    "Freigabe eines Feldes, das es nicht gibt": (
        add("freigaben", {**APPROVAL, "handlungsfeld_id": "bildnug"}),
        "data/freigaben.csv, Zeile 2, Spalte „handlungsfeld_id“: „bildnug“ gibt es in handlungsfelder nicht. Meinten Sie „bildung“?",
    ),
    "Gruppe falsch benannt": (
        change("gruppen", 11, id="Neue Gruppe"),
        "data/gruppen.csv, Zeile 11, Spalte „id“: „Neue Gruppe“ hat nicht die vorgesehene Form. "
        "Erlaubt sind Kleinbuchstaben, Ziffern und Bindestriche.",
    ),
    "Gemeindeschlüssel": (
        change("gebiete", 2, ags="3241011"),
        "data/gebiete.csv, Zeile 2, Spalte „ags“: „3241011“ hat nicht die vorgesehene Form. "
        "Der Schlüssel einer Gemeinde hat acht Ziffern, der einer Samtgemeinde neun, der eines Kreises fünf, der eines Landes zwei.",
    ),
    "Adresse im Netz": (
        change("dokumente", 2, url="www.lehrte.de"),
        "data/dokumente.csv, Zeile 2, Spalte „url“: „www.lehrte.de“ hat nicht die vorgesehene Form. "
        "Eine Adresse beginnt mit „https://“ und enthält keine Leerzeichen.",
    ),
    "E-Mail-Adresse": (
        change("kontakte", 2, email="MuT(at)lehrte.de"),
        "data/kontakte.csv, Zeile 2, Spalte „email“: „MuT(at)lehrte.de“ hat nicht die vorgesehene Form. "
        "Eine E-Mail-Adresse sieht aus wie „name@beispiel.de“.",
    ),
    "Zu kleine Zahl": (
        change("kosten", 3, jahr="202"),
        "data/kosten.csv, Zeile 3, Spalte „jahr“: „202“ liegt außerhalb des erlaubten Bereichs. "
        "Der kleinste erlaubte Wert ist 2000.",
    ),
    # What is said of the town
    "Angaben zur Kommune fehlen": (
        lambda f: (f / "kommune.json").unlink(),
        "ORDNER/data/kommune.json: Diese Datei fehlt. Ohne sie ist „ORDNER/data“ kein Datenordner.",
    ),
    "Angaben zur Kommune verletzt": (
        lambda f: (f / "kommune.json").write_text("{\n,}", "utf-8"),
        "data/kommune.json, Zeile 2: Hier ist die Schreibweise (JSON) verletzt, "
        "oft durch ein fehlendes Komma oder Anführungszeichen.",
    ),
    "Angaben zur Kommune in anderer Kodierung": (
        lambda f: (f / "kommune.json").write_bytes('{"title": "Maß"}'.encode("cp1252")),
        "ORDNER/data/kommune.json: Die Datei lässt sich nicht lesen. "
        "Prüfen Sie, ob sie in UTF-8 gespeichert ist und ob Ihnen die Rechte fehlen.",
    ),
    "Angaben zur Kommune sind eine Liste": (
        lambda f: (f / "kommune.json").write_text("[]", "utf-8"),
        "data/kommune.json: Die Datei ist anders gegliedert als vorgesehen. "
        "Holen Sie die letzte Fassung aus git zurück.",
    ),
    "Angabe zur Kommune steht zweimal": (
        typed_town('"titel": ', '"titel": "Plan",\n"titel": '),
        "data/kommune.json: Die Angabe „titel“ steht in einem Paar geschweifter Klammern zweimal. "
        "Löschen Sie eine von beiden.",
    ),
    "Angabe zur Kommune fehlt": (
        of_town(lambda d: d.pop("hinweis")),
        "data/kommune.json: In der Datei fehlt die Angabe „hinweis“. Ergänzen Sie sie.",
    ),
    "Angabe zur Kommune falsch geschrieben": (
        of_town(lambda d: d.update(redaktoin="Amt")),
        "data/kommune.json: In der Datei steht „redaktoin“; das kennt das Programm nicht. Meinten Sie „redaktion“?",
    ),
    "Adresse des Buchs ist keine": (
        of_town(lambda d: d.update(adresse="www.beispiel.de/konzept")),
        'data/kommune.json: Bei „adresse“ steht "www.beispiel.de/konzept". Schreiben Sie dort die Adresse '
        'der Startseite wie "https://www.beispiel.de/konzept/", ohne Leerzeichen, „?“ und „#“, oder "", wenn es keine gibt.',
    ),
    "Stand ist kein Datum": (
        of_town(lambda d: d.update(stand="heute")),
        'data/kommune.json: Bei „stand“ steht "heute". Schreiben Sie dort ein Datum wie 2025-06-25.',
    ),
    "Titel ist kein Text": (
        of_town(lambda d: d.update(titel=None)),
        "data/kommune.json: Bei „titel“ steht null. Schreiben Sie dort einen Text in Anführungszeichen.",
    ),
    "Impressum ist kein Text": (
        of_town(lambda d: d["impressum"].update(telefon=[])),
        "data/kommune.json: Bei „impressum → telefon“ steht []. "
        'Schreiben Sie dort einen Text in Anführungszeichen, oder "", wenn es keinen gibt.',
    ),
    "Schlüssel der Kommune": (
        of_town(lambda d: d.update(ags="3241011")),
        'data/kommune.json: Bei „ags“ steht "3241011". Schreiben Sie dort einen amtlichen Schlüssel aus zwei, drei, fünf, '
        'acht oder neun Ziffern in Anführungszeichen, oder "", wenn es keinen gibt.',
    ),
    "Schlüssel einer anderen Ebene": (
        of_town(lambda d: d.update(ags="03241")),
        "data/gebiete.csv, Zeile 2, Spalte „ags“: Der Gemeindeschlüssel der eigenen Kommune ist nach kommune.json 03241, "
        "hier steht 03241011. Gleichen Sie beide an.",
    ),
    "Eigenes Gebiet einer anderen Ebene": (
        of_town(lambda d: d.update(gebiet_id="niedersachsen", ags="")),
        "data/kommune.json: Das eigene Gebiet „niedersachsen“ (gebiet_id) hat die Ebene „Land“; "
        "zur Art „stadt“ gehört eines der Ebene „Gemeinde“. Berichtigen Sie eines von beiden.",
    ),
    "Schlüssel passt nicht zur Art": (
        of_town(lambda d: d.update(art="landkreis")),
        "data/kommune.json: Der Schlüssel „03241011“ (ags) hat 8 Ziffern; bei der Art „landkreis“ hat er 5. "
        "Berichtigen Sie eines von beiden.",
    ),
    "Art der Kommune unbekannt": (
        of_town(lambda d: d.update(art="Stadt")),
        'data/kommune.json: Bei „art“ steht "Stadt". Schreiben Sie dort „stadt“, „gemeinde“, „samtgemeinde“, „landkreis“ oder „region“.',
    ),
    "Schlüssel eines anderen Landes": (
        of_town(lambda d: d.update(bundesland="Bayern")),
        "data/kommune.json: Der Schlüssel „03241011“ (ags) gehört zu Niedersachsen, unter „bundesland“ steht Bayern. "
        "Berichtigen Sie eines von beiden.",
    ),
    "Genitiv, den niemand bilden kann": (
        of_town(lambda d: d.update(bezeichnung="Flecken Musterdorf", artikel="der")),
        "data/kommune.json: Der zweite Fall von „Flecken Musterdorf“ lässt sich nicht bilden. "
        "Ergänzen Sie ihn mit Artikel als „genitiv“, zum Beispiel „des Fleckens Musterdorf“.",
    ),
    "Genitiv ohne Artikel": (
        of_town(lambda d: d.update(genitiv="Musterdorfs")),
        'data/kommune.json: Bei „genitiv“ steht "Musterdorfs". Schreiben Sie dort den zweiten Fall mit seinem Artikel wie „des Rates“.',
    ),
    "Projekte als Liste": (
        of_town(lambda d: d.update(projekte=["Verwaltung"])),
        'data/kommune.json: Bei „projekte“ steht ["Verwaltung"]. Schreiben Sie dort Kennung und Name jedes Projekts wie '
        '{"verwaltung": "Projekt Verwaltung"}, oder {}, wenn es keine gibt.',
    ),
    "Projekt, das es nicht gibt": (
        of_town(lambda d: d.update(projekte={"verwaltung": "Stadtverwaltung"})),
        "data/handlungsfelder.csv, Zeile 2, Spalte „projekt“: „stadtgesellschaft“ ist hier nicht vorgesehen. Erlaubt: verwaltung.",
    ),
    "Projekt, wo es keine gibt": (
        both(
            of_town(lambda d: d.pop("projekte")),
            lambda f: write(f, "gremien", [row | {"projekt": ""} for row in rows(f, "gremien")]),
        ),
        "data/handlungsfelder.csv, Zeile 2, Spalte „projekt“: In kommune.json stehen keine Projekte. "
        "Leeren Sie die Zelle, oder ergänzen Sie dort „projekte“.",
    ),
    "Schema eines neueren Programms": (
        of_town(lambda d: d.update(schema=99)),
        "data/kommune.json: Die Daten haben die Fassung 99 des Schemas, dieses Programm kennt nur 1. "
        "Nehmen Sie eine neuere Fassung des Programms.",
    ),
    "Akzentfarbe als Wort": (
        of_town(lambda d: d.update(akzentfarbe="rot")),
        'data/kommune.json: Bei „akzentfarbe“ steht "rot". Schreiben Sie dort eine Farbe aus sechs Ziffern oder Buchstaben bis f '
        'wie "#0b5563".',
    ),
    "Akzentfarbe, die niemand lesen kann": (
        of_town(lambda d: d.update(akzentfarbe="#FFD700")),
        "data/kommune.json: Die Farbe „#ffd700“ (akzentfarbe) hat auf den hellen Seiten nur einen Kontrast von 1,1 zu 1; "
        "lesbar sind Verweise ab 4,5 zu 1. Nehmen Sie eine dunklere, zum Beispiel „#756300“.",
    ),
    "Logo von anderswo": (
        of_town(lambda d: d.update(logo="https://www.beispiel.de/logo.svg")),
        'data/kommune.json: Bei „logo“ steht "https://www.beispiel.de/logo.svg". Schreiben Sie dort ein Bild im Ordner des Buches '
        'wie "book/assets/logo.svg", als SVG oder PNG.',
    ),
    "Logo, das fehlt": (
        of_town(lambda d: d.update(logo="book/assets/logo.svg")),
        "book/assets/logo.svg: Die Datei gibt es nicht. Legen Sie das Bild dorthin, oder nehmen Sie „logo“ aus kommune.json.",
    ),
    "Logo, das kein Bild ist": (
        logo(b"Wappen", "logo.png"),
        "book/assets/logo.png: Das Logo lässt sich nicht lesen. Speichern Sie es neu, als „einfaches SVG“ oder als PNG.",
    ),
    "Logo mit einem Skript": (
        logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'),
        "book/assets/logo.svg: Das Logo enthält „script“; auf Seiten dürfen nur Formen stehen. "
        "Nehmen Sie das im Zeichenprogramm heraus, oder speichern Sie das Logo als PNG.",
    ),
    "Logo, das bei einem Klick etwas tut": (
        logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onclick="alert(1)"/>'),
        "book/assets/logo.svg: Das Logo enthält ein Skript („onclick“). Nehmen Sie es heraus, oder speichern Sie das Logo als PNG.",
    ),
    "Logo mit Text": (
        logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Stadt</text></svg>'),
        "book/assets/logo.svg: Das Logo enthält „text“; auf Seiten dürfen nur Formen stehen. Wandeln Sie Text in Pfade um.",
    ),
    "Logo, das anderswo etwas holt": (
        logo(
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="url(http://example.org/a)"/></svg>'
        ),
        "book/assets/logo.svg: Das Logo verweist nach außen („url(http://example.org/a)“). "
        "Betten Sie nichts ein, oder speichern Sie es als PNG.",
    ),
    "Logo ohne Größe": (
        logo(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'),
        "book/assets/logo.svg: Dem Logo fehlt die Größe (viewBox). Speichern Sie es neu, zum Beispiel mit Inkscape.",
    ),
    "Logo mit zu vielen Pixeln": (
        logo(_wide(), "logo.png"),
        "book/assets/logo.png: Das Logo ist breiter oder höher als 4000 Pixel. Speichern Sie es kleiner.",
    ),
    "Logo, das zu groß ist": (
        logo(b" " * 1_000_001),
        "book/assets/logo.svg: Das Logo ist größer als 1 MB. Speichern Sie es kleiner.",
    ),
    # What must hold across tables
    "Bezug ohne Ziel": (
        add(
            "massnahme_bezuege",
            {"id": "v-x", "massnahme_id": "m-bildung-bibliothek", "beleg": "quelle", **SOURCE},
        ),
        at("massnahme_bezuege")
        + "Genau eine der Spalten ziel_id, querfeld_id, indikator_id, ereignis_id und verwandt_id muss gefüllt sein, nicht 0. Berichtigen Sie die Zeile.",
    ),
    "Bezug auf sich selbst": (
        add(
            "massnahme_bezuege",
            {
                "id": "v-x",
                "massnahme_id": "m-bildung-bibliothek",
                "verwandt_id": "m-bildung-bibliothek",
                "beleg": "quelle",
                **SOURCE,
            },
        ),
        at("massnahme_bezuege", "verwandt_id") + "Die Maßnahme ist hier mit sich selbst verwandt. "
        "Tragen Sie die andere Maßnahme ein oder entfernen Sie die Zeile.",
    ),
    "Ende vor Beginn": (
        change("massnahmen", 2, beginn="2026-05-01", ende="2026-04-01", zeit_genauigkeit="tag"),
        "data/massnahmen.csv, Zeile 2, Spalte „ende“: "
        "Das Ende (01.04.2026) liegt vor dem Beginn (01.05.2026). Berichtigen Sie einen der beiden Tage.",
    ),
    "Status in der Zukunft": (
        add(
            "statusverlauf",
            {"massnahme_id": "m-bildung-bibliothek", "datum": "2030-01-01", "status": "idee", **SOURCE},
        ),
        at("statusverlauf", "datum") + "01.01.2030 liegt nach dem Stand der Daten (18.12.2025). "
        "Passen Sie „stand“ in kommune.json an oder berichtigen Sie das Datum.",
    ),
    "Ereignis in der Zukunft": (
        change("ereignisse", 2, von="2031-01-01"),
        "data/ereignisse.csv, Zeile 2, Spalte „stand“: "
        "Ein Ereignis nach dem Stand der Daten kann noch nicht „erfolgt“ sein. Ändern Sie diese Angabe, oder berichtigen Sie das Datum.",
    ),
    "Dokument in der Zukunft": (
        change("dokumente", 2, datum="2030-01-01"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: 01.01.2030 liegt nach dem Stand der Daten (18.12.2025); "
        "ein Dokument aus der Zukunft gibt es nicht. "
        "Berichtigen Sie das Datum, oder passen Sie „stand“ in kommune.json an.",
    ),
    "Genauigkeit ohne Datum": (
        change("dokumente", 2, datum="", datum_genauigkeit="monat"),
        "data/dokumente.csv, Zeile 2, Spalte „datum_genauigkeit“: "
        "Zu dieser Genauigkeit fehlt das Datum. Ergänzen Sie es, oder leeren Sie diese Zelle.",
    ),
    "Status nach seiner Quelle": (
        add(
            "statusverlauf",
            {"massnahme_id": "m-bildung-bibliothek", "datum": "2024-03-01", "status": "idee", **SOURCE},
        ),
        at("statusverlauf", "datum") + "Der Status gilt ab 01.03.2024, die Quelle „d-sachstandsbericht-2“ "
        "war aber am 30.08.2023 schon erschienen und kann davon nicht berichten. "
        "Nennen Sie die Quelle, die es belegt, oder berichtigen Sie das Datum.",
    ),
    "Ereignis nach seiner Quelle": (
        change("ereignisse", 2, von="2021-07-24"),
        "data/ereignisse.csv, Zeile 2, Spalte „von“: "
        "Das Ereignis ist erfolgt ab 24.07.2021, die Quelle „d-presse-ankuendigung“ "
        "war aber am 23.07.2021 schon erschienen und kann davon nicht berichten. "
        "Nennen Sie die Quelle, die es belegt, oder berichtigen Sie das Datum.",
    ),
    "Ankündigung, die keine ist": (
        change("ereignisse", 2, ankuendigung_id="e-auftakt"),
        "data/ereignisse.csv, Zeile 2, Spalte „ankuendigung_id“: „e-auftakt“ ist keine Ankündigung: "
        "Ihr Stand muss „geplant“ sein, und sie steht in einer eigenen Zeile. "
        "Nennen Sie diese Zeile, oder leeren Sie die Zelle.",
    ),
    "Verabschiedung ohne Gremium": (
        change("ereignisse", ADOPTION, gremium_id=""),
        f"data/ereignisse.csv, Zeile {ADOPTION}, Spalte „gremium_id“: Hier fehlt das Gremium, das verabschiedet hat. "
        "Ergänzen Sie die Angabe, oder geben Sie dem Ereignis die Art „Beschluss“.",
    ),
    "Verabschiedung ohne Tag": (
        change("ereignisse", ADOPTION, von="", genauigkeit=""),
        f"data/ereignisse.csv, Zeile {ADOPTION}, Spalte „von“: Hier fehlt der Tag der Verabschiedung. "
        "Ergänzen Sie die Angabe, oder geben Sie dem Ereignis die Art „Beschluss“.",
    ),
    "Zwei Verabschiedungen": (
        add(
            "ereignisse",
            {
                "id": "e-zweite",
                "von": "2025-12-01",
                "genauigkeit": "monat",
                "art": "verabschiedung",
                "titel": "Noch ein Beschluss",
                "gremium_id": "g-rat",
                "stand": "erfolgt",
                **SOURCE,
            },
        ),
        f"data/ereignisse.csv, Zeile {len(EVENTS) + 2}, Spalte „art“: Verabschiedet ist das Konzept schon durch „e-ratsbeschluss“. "
        "Geben Sie einem der beiden Ereignisse die Art „Beschluss“.",
    ),
    "Genannter Status ohne Wort der Quelle": (
        change("statusverlauf", 2, wortlaut="", beleg="quelle"),
        "data/statusverlauf.csv, Zeile 2, Spalte „wortlaut“: "
        "Die Quelle soll den Status selbst nennen, aber ihr Wort fehlt. "
        "Ergänzen Sie es, oder ändern Sie den Beleg in „abgeleitet“.",
    ),
    "Sollwert ohne Herkunft": (
        add("messwerte", {**VALUE, "art": "soll"}),
        at("messwerte", "soll_art")
        + "Ein Sollwert braucht die Angabe „beschlossen“ oder „abgeleitet“. Ergänzen Sie sie.",
    ),
    "Istwert mit Soll-Art": (
        add("messwerte", {**VALUE, "soll_art": "beschlossen"}),
        at("messwerte", "soll_art") + "Ein Istwert hat keine Soll-Art. Leeren Sie diese Zelle.",
    ),
    "Zahl bei einem Trend": (
        add("messwerte", {**VALUE, "genauigkeit": "nur_trend"}),
        at("messwerte", "wert")
        + "Bei „nur_trend“ darf keine Zahl stehen. Leeren Sie diese Zelle, oder ändern Sie die Genauigkeit.",
    ),
    "Fallzahl bei einem gesperrten Wert": (
        add("messwerte", {**VALUE, "genauigkeit": "gesperrt", "wert": "", "fallzahl": "3"}),
        at("messwerte", "fallzahl")
        + "Bei „gesperrt“ darf auch keine Fallzahl stehen. Leeren Sie diese Zelle.",
    ),
    "Wert ohne Zahl": (
        add("messwerte", {**VALUE, "wert": ""}),
        at("messwerte", "wert")
        + "Bei „genau“ fehlt die Zahl. Ergänzen Sie sie, oder ändern Sie die Genauigkeit.",
    ),
    "Fallzahl fehlt": (
        both(least, add("messwerte", VALUE)),
        at("messwerte", "fallzahl")
        + "Der Indikator verlangt eine Fallzahl (mindestens 5). Ergänzen Sie sie, oder sperren Sie den Wert.",
    ),
    "Zu wenige Fälle": (
        both(least, add("messwerte", {**VALUE, "fallzahl": "4"})),
        at("messwerte", "fallzahl") + "4 liegt unter der Mindestfallzahl 5. "
        "Setzen Sie die Genauigkeit auf „gesperrt“ und löschen Sie Wert und Fallzahl; "
        "sperren Sie auch einen zweiten Wert, aus dem sich dieser errechnen ließe.",
    ),
    "Ein einziger gesperrter Wert": (
        add(
            "messwerte",
            {**VALUE, "gruppe_id": "deutsche", "wert": "", "genauigkeit": "gesperrt"},
            {**VALUE, "gruppe_id": "insgesamt"},
            {**VALUE, "gruppe_id": "auslaender"},
        ),
        at("messwerte", "genauigkeit")
        + "Der gesperrte Wert lässt sich aus den anderen Gruppen errechnen. Sperren Sie einen zweiten Wert.",
    ),
    "Zwei Grundgesamtheiten": (
        add(
            "umfrageergebnisse",
            {**ANSWER, "antwort": "dort", "grundgesamtheit": "8", **SOURCE},
            {**ANSWER, **SOURCE},
        ),
        "data/umfrageergebnisse.csv, Zeile 3, Spalte „grundgesamtheit“: "
        "Zu derselben Frage steht in einer anderen Zeile 8; die Zahl gilt der ganzen Frage. Gleichen Sie die Zeilen an.",
    ),
    "Antwort einer einzigen Person": (
        add("umfrageergebnisse", {**ANSWER, "anzahl": "1", **SOURCE}),
        at("umfrageergebnisse", "anzahl")
        + "So antworteten weniger als fünf Personen; man könnte sie erkennen. "
        "Leeren Sie die Zelle, und halten Sie eine zweite Anzahl zurück, aus der sich diese errechnen ließe.",
    ),
    "Alle bis auf wenige": (
        add("umfrageergebnisse", {**ANSWER, "anzahl": "124", "grundgesamtheit": "126", **SOURCE}),
        at("umfrageergebnisse", "anzahl")
        + "So antworteten alle bis auf weniger als fünf von 126 Personen; man könnte sie erkennen. Leeren Sie die Zelle.",
    ),
    "Umfrage unter vieren": (
        add("umfrageergebnisse", {**ANSWER, "anzahl": "4", "grundgesamtheit": "4", **SOURCE}),
        at("umfrageergebnisse", "grundgesamtheit")
        + "Von weniger als fünf Personen wird nichts veröffentlicht; man könnte sie erkennen. Löschen Sie die Zeilen dieser Frage.",
    ),
    "Zurückgehaltenes lässt sich errechnen": (
        add(
            "umfrageergebnisse",
            {**ONE, "anzahl": "6", **SOURCE},
            {**ONE, "antwort": "dort", "anzahl": "", **SOURCE},
        ),
        "data/umfrageergebnisse.csv, Zeile 3, Spalte „anzahl“: "
        "Wie viele so antworteten, lässt sich aus den anderen Anzahlen dieser Frage errechnen oder fast errechnen. "
        "Leeren Sie die nächstgrößere Anzahl, oder löschen Sie die Zeilen der Frage.",
    ),
    "Wenige ohne Antwort": (
        add("umfrageergebnisse", {**ONE, "anzahl": "7", **SOURCE}),
        at("umfrageergebnisse", "grundgesamtheit")
        + "Zu 9 Personen fehlen weniger als fünf; man könnte sie erkennen. "
        "Ergänzen Sie eine Zeile „keine Antwort“ ohne Anzahl, und leeren Sie die kleinste Anzahl.",
    ),
    "Mehrere Antworten, wo eine sein soll": (
        add(
            "umfrageergebnisse",
            {**ONE, "anzahl": "6", **SOURCE},
            {**ONE, "antwort": "dort", "anzahl": "5", **SOURCE},
        ),
        at("umfrageergebnisse", "mehrfach")
        + "Die Antworten sind zusammen 11, mehr als Personen teilnahmen (9). "
        "Konnte eine Person mehrere Antworten geben, gehört „ja“ in die Spalte „mehrfach“.",
    ),
    "Eine Antwort oder mehrere": (
        add(
            "umfrageergebnisse",
            {**ANSWER, **SOURCE},
            {**ANSWER, "antwort": "dort", "mehrfach": "nein", **SOURCE},
        ),
        "data/umfrageergebnisse.csv, Zeile 3, Spalte „mehrfach“: "
        "Zu derselben Frage steht in einer anderen Zeile „ja“; die Angabe gilt der ganzen Frage. Gleichen Sie die Zeilen an.",
    ),
    "Mehr Antworten als Personen": (
        add("umfrageergebnisse", {**ANSWER, "anzahl": "10", **SOURCE}),
        at("umfrageergebnisse", "anzahl")
        + "10 Antworten sind mehr, als Personen geantwortet haben (9). Berichtigen Sie eine der beiden Zahlen.",
    ),
    "Kosten doppelt": (
        add(
            "kosten",
            {
                "id": "k-x",
                "massnahme_id": "m-bildung-sprachprogramm",
                "art": "jaehrlich",
                "betrag_eur": "1",
                "genauigkeit": "genau",
                "haushaltsstand": "angemeldet",
                **SOURCE,
            },
        ),
        at("kosten")
        + "Diese Kosten (Maßnahme, Art, Jahr, Haushaltsstand) stehen schon in einer anderen Zeile. Löschen oder berichtigen Sie eine der beiden Zeilen.",
    ),
    "Zuordnung im Kreis": (
        add(
            "gremium_beziehungen",
            {"von_id": "g-projektgruppe", "an_id": "g-ag-bildung", "art": "untergeordnet", **SOURCE},
        ),
        "data/gremium_beziehungen.csv, Zeile 3, Spalte „an_id“: "
        "Die Zuordnung läuft im Kreis: g-projektgruppe → g-ag-bildung → g-projektgruppe. Ändern oder löschen Sie eine dieser Zuordnungen.",
    ),
    "Vertraulicher Name": (
        both(
            lambda f: (f / "intern").mkdir(),
            lambda f: (f / "intern/personen.csv").write_text("name\nErika Mustermann\n", "utf-8"),
            change("massnahmen", 2, beschreibung="Ansprechpartnerin ist Erika Mustermann."),
        ),
        "data/massnahmen.csv, Zeile 2, Spalte „beschreibung“: "
        "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus.",
    ),
    "Vertrauliche Liste in anderer Kodierung": (
        both(
            lambda f: (f / "intern").mkdir(),
            lambda f: (f / "intern/personen.csv").write_bytes("name\nJörg\n".encode("cp1252")),
        ),
        "data/intern/personen.csv: Die Liste lässt sich nicht lesen. "
        "Speichern Sie sie als „CSV UTF-8 (durch Trennzeichen getrennt)“.",
    ),
    "Vertrauliche Liste ohne Namen": (
        both(
            lambda f: (f / "intern").mkdir(),
            lambda f: (f / "intern/personen.csv").write_text("Person,Telefon\nErika Mustermann,1\n", "utf-8"),
        ),
        "data/intern/personen.csv, Zeile 1: In der Kopfzeile fehlt die Spalte „name“; "
        "ohne sie schützt die Liste niemanden. Nennen Sie die Spalte mit den Namen „name“; "
        "sind es Antworten einer Umfrage, legen Sie die Datei nach data/intern/umfragen.",
    ),
    "Vertrauliche Liste in anderem Format": (
        both(
            lambda f: (f / "intern/alt").mkdir(parents=True),
            lambda f: (f / "intern/alt/Namen.docx").write_bytes(b"PK"),
        ),
        "data/intern/alt/Namen.docx: Diese Datei wird nicht gelesen und schützt niemanden. "
        "Speichern Sie die Namen als .csv, .txt oder .xlsx, oder legen Sie die Datei außerhalb von data/ ab.",
    ),
    "Vertrauliche Liste in falsch geschriebenem Ordner": (
        lambda f: (f / "Intern").mkdir(),
        "data/Intern: Dieser Ordner hält Namen nur zurück, wenn er „intern“ heißt, klein und ohne Leerzeichen. "
        "Benennen Sie ihn um.",
    ),
    "Kein Name in der vertraulichen Liste": (
        both(
            lambda f: (f / "intern").mkdir(),
            lambda f: (f / "intern/namen.txt").write_text("Erika Mustermann\nE.\n", "utf-8"),
        ),
        "data/intern/namen.txt, Zeile 2: Hier steht kein Name, nach dem sich suchen lässt. "
        "Schreiben Sie Vor- und Nachnamen einer Person, sonst nichts.",
    ),
}
"""Mistake → how it is made in a copy of the data, and the sentence that must be among the answers."""

CONTRADICTS = (
    "data/datapackage.json: Die Beschreibung widerspricht sich: Ein Name steht zweimal, eine Grenze passt nicht zur Art "
    "ihrer Spalte, oder ein Schlüssel nennt eine Spalte, die es nicht gibt. Nehmen Sie eine unveränderte Ausgabe."
)

PUBLISHED: dict[str, tuple[Edit, str]] = {
    "Beschreibung fehlt": (
        lambda f: (f / "datapackage.json").unlink(),
        "ORDNER/data/datapackage.json: Diese Datei fehlt. Ohne sie ist „ORDNER/data“ kein Datenordner.",
    ),
    "Gliederung der Beschreibung fehlt": (
        described(lambda d: d.pop("konzept")),
        "data/datapackage.json: Bei „konzept“ steht null. Schreiben Sie dort Angaben in geschweiften Klammern.",
    ),
    "Beschreibung anders gegliedert": (
        described(lambda d: d.update(konzept=[])),
        "data/datapackage.json: Bei „konzept“ steht []. Schreiben Sie dort Angaben in geschweiften Klammern.",
    ),
    "Art der Änderung unbekannt": (
        described(lambda d: d["resources"][0]["schema"]["fields"][1].update(aenderung="neu")),
        'data/datapackage.json: Bei „resources → dokumente → schema → fields → titel → aenderung“ steht "neu". Schreiben Sie dort „ereignis“, „plan“, „tatsache“, „wortlaut“ oder „offen“.',
    ),
    "Grenze, die das Programm nicht näher kennt": (
        described(lambda d: _field("ziele", "text", d)["constraints"].update(maxLength=3)),
        "data/ziele.csv, Zeile 2, Spalte „text“: „Jedes Kind wird den Anforderungen der "
        "Schuleingangsuntersuchung gerecht.“ liegt außerhalb des erlaubten Bereichs. Prüfen Sie die Angabe.",
    ),
    "Tabelle in einem anderen Ordner": (
        described(lambda d: d["resources"][0].update(path="intern/namen.csv")),
        'data/datapackage.json: Bei „resources → dokumente → path“ steht "intern/namen.csv". '
        "Schreiben Sie dort den Namen einer CSV-Datei in diesem Ordner.",
    ),
    "Art, die das Programm nicht kennt": (
        described(lambda d: _field("gruppen", "name", d).update(type="boolean")),
        "data/datapackage.json: Bei „resources → gruppen → schema → fields → name → type“ steht "
        '"boolean". Schreiben Sie dort „string“, „integer“, „number“ oder „date“.',
    ),
    "Grenze als Text": (
        described(lambda d: _field("kosten", "jahr", d)["constraints"].update(minimum="2000")),
        "data/datapackage.json: Bei „resources → kosten → schema → fields → jahr → constraints → minimum“ "
        'steht "2000". Schreiben Sie dort eine Zahl ohne Anführungszeichen.',
    ),
    "Muster, das keines ist": (
        described(lambda d: _field("gruppen", "id", d)["constraints"].update(pattern="^[a-z")),
        "data/datapackage.json: Bei „resources → gruppen → schema → fields → id → constraints → pattern“ "
        'steht "^[a-z". Schreiben Sie dort ein gültiges Muster (regulärer Ausdruck).',
    ),
    "Grenze, die es für die Art nicht gibt": (
        described(lambda d: _field("gruppen", "name", d)["constraints"].update(minimum=1)),
        CONTRADICTS,
    ),
    "Schlüssel aus einer Spalte, die es nicht gibt": (
        described(lambda d: _resource("kosten", d)["schema"].update(uniqueKeys=[["masnahme_id"]])),
        CONTRADICTS,
    ),
    "Spalte zweimal beschrieben": (
        described(lambda d: _resource("gruppen", d)["schema"]["fields"].append(_field("gruppen", "name", d))),
        CONTRADICTS,
    ),
    "Datei zweier Tabellen": (
        described(lambda d: _resource("gruppen", d).update(path="gebiete.csv")),
        CONTRADICTS,
    ),
    "Wort ohne Bezeichnung": (
        described(lambda d: _field("kosten", "art", d)["categories"][0].pop("label")),
        "data/datapackage.json: In „resources → kosten → schema → fields → art → categories → 1.“ fehlt die Angabe „label“. "
        "Ergänzen Sie sie.",
    ),
    "Bezeichnung zweimal": (
        described(lambda d: _field("kosten", "art", d)["categories"][0].update(label="jährlich")),
        CONTRADICTS,
    ),
}
"""Mistake in data as an edition carries them → edit, and one of the problems then found."""
