"""Mistakes in a short version in another language, and in the table of a translation office."""

from __future__ import annotations

SOUND = """\
# Title

:::{block} was
:titel: What is it?
:quelle: index > Für alle, die in Lehrte leben
:gilt: status/idee > status/geplant
:fingerabdruck: 38afb55d6945

There are {zahl}`massnahmen` measures for {begriff}`participation <Teilhabe>`.

{abbildung}`Measures by status <status>`

{kontakt}`c-mut`
:::
"""

LANGUAGES: dict[str, tuple[str, str, str]] = {
    "Sprachfassung ohne Block": (
        SOUND.removeprefix("# Title\n"),
        "",
        "book/sprachen/en.md, Zeile 1: Die Sprachfassung hat keinen Block. Beginnen Sie mit einer Zeile „:::{block} NAME“; wie es geht, zeigen die anderen Sprachen.",
    ),
    "Text außerhalb eines Blocks": (
        "# Title\n",
        "# Title\n\nHello.\n",
        "book/sprachen/en.md, Zeile 3: Dieser Text steht in keinem Block. Setzen Sie ihn zwischen „:::{block} NAME“ und „:::“.",
    ),
    "Block mit falschem Namen": (
        "{block} was",
        "{block} Was ist das",
        "book/sprachen/en.md, Zeile 3: „Was ist das“ ist kein Name eines Blocks. Er besteht aus Kleinbuchstaben, Ziffern und Bindestrichen, zum Beispiel „entstehung“.",
    ),
    "Block zweimal": (
        "# Title\n",
        "# Title\n\n:::{block} was\n:titel: A\n:quelle: index > B\n\nText\n:::\n",
        "book/sprachen/en.md, Zeile 10: Den Block „was“ gibt es hier schon. Geben Sie diesem einen anderen Namen.",
    ),
    "Block mit unbekannter Angabe": (
        ":titel:",
        ":title: x\n:titel:",
        "book/sprachen/en.md, Zeile 4: Die Angabe „title“ kennt ein Block nicht. Meinten Sie „titel“?",
    ),
    "Block ohne Quelle": (
        ":quelle: index > Für alle, die in Lehrte leben\n",
        "",
        "book/sprachen/en.md, Zeile 3: Dem Block „was“ fehlt die Angabe „:quelle:“. Ergänzen Sie sie unter seiner ersten Zeile.",
    ),
    "Leerer Block": (
        SOUND[SOUND.index("There are") : SOUND.rindex(":::")],
        "",
        "book/sprachen/en.md, Zeile 3: Der Block „was“ ist leer. Schreiben Sie seinen Text, oder löschen Sie ihn.",
    ),
    "Auszeichnung, die es in Sprachfassungen nicht gibt": (
        "{kontakt}`c-mut`",
        "{quelle}`d-presse`",
        "book/sprachen/en.md, Zeile 13: „quelle“ ist in einer Sprachfassung nicht vorgesehen. Erlaubt: zahl, begriff, kontakt, abbildung.",
    ),
    "Baustein in einem Block": (
        "{kontakt}`c-mut`",
        "## Heading",
        "book/sprachen/en.md, Zeile 13: In einem Block stehen nur Absätze, Listen und die Angaben des Programms, keine weiteren Blöcke oder Überschriften.",
    ),
    "HTML in einer Sprachfassung": (
        "There are",
        "There <b>are",
        "book/sprachen/en.md, Zeile 9: „<b>“ ist HTML und im Text nicht vorgesehen. Schreiben Sie Markdown, oder setzen Sie \\ vor „<“.",
    ),
    "Zeichen, das die Schreibrichtung umkehrt": (
        "There are",
        "There \u202eare",
        "book/sprachen/en.md, Zeile 9: Hinter „There“ steht ein unsichtbares Zeichen (U+202E), wie es beim Kopieren aus anderen Programmen entsteht. Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu.",
    ),
    "Wert, den es nicht gibt": (
        "{zahl}`massnahmen`",
        "{zahl}`masnahmen`",
        "book/sprachen/en.md, Zeile 3: Den Wert „masnahmen“ gibt es nicht. Meinten Sie „massnahmen“?",
    ),
    "Ereignis ohne Tag": (
        "{zahl}`massnahmen`",
        "{zahl}`e-ratsbeschlus`",
        "book/sprachen/en.md, Zeile 3: Ein Ereignis „e-ratsbeschlus“ mit einem Tag gibt es nicht. Meinten Sie „e-ratsbeschluss“?",
    ),
    "Messwert, den es nicht gibt": (
        "{zahl}`massnahmen`",
        "{zahl}`i-flaeche/mond`",
        "book/sprachen/en.md, Zeile 3: Einen Wert „i-flaeche/mond“ gibt es nicht.",
    ),
    "Kontakt, den es nicht gibt": (
        "`c-mut`",
        "`c-mat`",
        "book/sprachen/en.md, Zeile 3: Den Kontakt „c-mat“ gibt es in den Daten nicht. Meinten Sie „c-mut“?",
    ),
    "Abbildung ohne Unterschrift": (
        "`Measures by status <status>`",
        "`status`",
        "book/sprachen/en.md, Zeile 3: Eine Abbildung schreibt man als „{abbildung}`Unterschrift <status>`“; es gibt: status, felder.",
    ),
    "Begriff, der in der Sprache fehlt": (
        "<Teilhabe>",
        "<Teilhaben>",
        "book/sprachen/en.md, Zeile 3: Der Begriff „Teilhaben“ steht für „en“ nicht in der Tabelle begriffe. Meinten Sie „Teilhabe“? Ergänzen Sie dort eine Zeile.",
    ),
    "Anderes Wort für einen Begriff": (
        "participation <",
        "inclusion <",
        "book/sprachen/en.md, Zeile 3: „inclusion“ ist ein anderes Wort als „participation“ in der Tabelle begriffe. Nehmen Sie überall dasselbe.",
    ),
}
"""Mistake → what stands there, what is put in its place, and the sentence of `konzept check`."""

NAMES = {
    "Kürzel, das keine Sprache nennt": (
        "klingonisch",
        "book/sprachen/klingonisch.md: „klingonisch“ ist kein Kürzel einer Sprache. Nennen Sie die Datei zum Beispiel „fr.md“.",
    ),
    "Sprache, deren Rahmen das Programm nicht kennt": (
        "fr",
        "book/sprachen/fr.md, Zeile 1: Für diese Sprache fehlen Wörter des Rahmens: accessibility, as_of, checked, draft, field, german_book, imprint, keine, languages, measures, name, pdf, privacy, search, search_button, search_note, short_version, skip, stale, status, status.abgeschlossen, status.angemeldet, status.beschlossen, status.daueraufgabe, status.geplant, status.idee, status.in_pruefung, status.in_umsetzung, status.offen, status.verworfen, status.zurueckgestellt, table, words. Ergänzen Sie sie im Kopf der Datei zwischen zwei Zeilen „---“.",
    ),
}
"""Mistake → name of the file, and the sentence."""

_STALE = "book/sprachen/en.md, Zeile 3: Der Block „was“ erscheint nicht, weil er überholt ist. {} „konzept sprachen“ sagt, was zu tun ist."
STALE: dict[str, tuple[str, str, str]] = {
    "Block, den niemand bestätigt hat": (
        ":fingerabdruck: 38afb55d6945\n",
        "",
        _STALE.format("Niemand hat bestätigt, dass er dem deutschen Text entspricht."),
    ),
    "Deutscher Text hat sich geändert": (
        "38afb55d6945",
        "000000000000",
        _STALE.format("Der deutsche Text hat sich geändert."),
    ),
    "Vergleich gilt nicht mehr": (
        "idee > status/geplant",
        "idee < status/geplant",
        _STALE.format("In den Daten gilt nicht mehr: status/idee < status/geplant."),
    ),
    "Aussage, die keine ist": (
        "status/idee > status/geplant",
        "mehr Ideen",
        _STALE.format(
            "„mehr Ideen“ ist keine Aussage. Schreiben Sie zum Beispiel „status/idee > status/geplant“."
        ),
    ),
    "Quelle ohne Form": (
        "index > Für alle, die in Lehrte leben",
        "Startseite und mehr",
        _STALE.format(
            "„Startseite und mehr“ nennt keine Quelle. Schreiben Sie „SEITE > ÜBERSCHRIFT“ oder „TABELLE: SPALTE = WERT“."
        ),
    ),
    "Quelle auf einer Seite, die es nicht gibt": (
        "index >",
        "inhex >",
        _STALE.format("Eine Seite „inhex“ gibt es nicht. Meinten Sie „index“?"),
    ),
    "Quelle mit einer Überschrift, die es nicht gibt": (
        "Für alle, die in Lehrte leben",
        "Für alle in Lehrte",
        _STALE.format(
            "Auf der Seite „index“ gibt es keine Überschrift „Für alle in Lehrte“. Meinten Sie „Für alle, die in Lehrte leben“?"
        ),
    ),
    "Quelle in einer Tabelle, die es nicht gibt": (
        "index > Für alle, die in Lehrte leben",
        "masnahmen: handlungsfeld_id = bildung",
        _STALE.format("Eine Tabelle „masnahmen“ gibt es nicht. Meinten Sie „massnahmen“?"),
    ),
    "Quelle in einer Spalte, die es nicht gibt": (
        "index > Für alle, die in Lehrte leben",
        "massnahmen: handlungsfeld = bildung",
        _STALE.format(
            "Die Tabelle „massnahmen“ hat keine Spalte „handlungsfeld“. Meinten Sie „handlungsfeld_id“?"
        ),
    ),
    "Quelle mit einem Wert, den es nicht gibt": (
        "index > Für alle, die in Lehrte leben",
        "massnahmen: handlungsfeld_id = sport",
        _STALE.format("In „massnahmen“ hat keine Zeile in der Spalte „handlungsfeld_id“ den Wert „sport“."),
    ),
}
"""What makes a block stale → what stands there, what is put in its place, and the hint."""

LACKING = "book/sprachen/en.md: Dieser Sprachfassung fehlt der Block „mehr“, den andere haben."

OFFICE = {
    "Tabelle ohne .xlsx": "tabelle.xls: Der Name muss auf „.xlsx“ enden.",
    "Tabelle gibt es schon": "tabelle.xlsx: Diese Datei gibt es schon. Wählen Sie einen anderen Namen.",
    "Sprache, die es nicht gibt": "book/sprachen: Eine Fassung „enn“ gibt es nicht. Meinten Sie „en“?",
    "Block, den es nicht gibt": "book/sprachen/en.md: Einen Block „wass“ gibt es nicht. Meinten Sie „was“?",
    "Fremde Arbeitsmappe": "tabelle.xlsx: Das ist keine Tabelle von „konzept sprachen export“.",
    "Gelöschte Spalte": "tabelle.xlsx: Es fehlen Spalten: Kennung Text.",
    "Fremder Block": "tabelle.xlsx, Blatt „Übersetzung“, Zeile 2: Einen Block „wo“ der Sprache „en“ gibt es nicht.",
    "Formel": "tabelle.xlsx, Blatt „Übersetzung“, Zeile 2: In der Spalte „Text“ steht eine Formel. Schreiben Sie den Text selbst.",
    "Seit dem Export geändert": "tabelle.xlsx, Blatt „Übersetzung“, Zeile 2: Der Block „was“ ist seit dem Export auch in book/sprachen/en.md geändert. Übertragen Sie Ihre Änderung dort von Hand.",
    "Deutsch in der Tabelle geändert": "tabelle.xlsx, Blatt „Übersetzung“, Zeile 2: Die Spalten „Deutsch heute“ und „Kennung Deutsch“ passen nicht zusammen. Ändern Sie nur Überschrift und Text.",
    "Keine Fassung": "Das Buch hat noch keine Fassung in einer anderen Sprache. Legen Sie zum Beispiel „book/sprachen/en.md“ an.",
}
"""What happens on the way to a translation office and back → the sentence; `tests/unit/authors/test_languages_office.py` makes it happen."""
