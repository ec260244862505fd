"""Mistakes that Sphinx, MyST and docutils find while a page is read; `SEITE` stands for its name."""

from __future__ import annotations

from sentences.pages import HEAD

WARNINGS: dict[str, tuple[str, list[str]]] = {
    "Unbekannter Baustein": (
        "# T\n\n```{hinweiss}\nText\n```\n",
        [
            "SEITE, Zeile 3: Den Baustein „hinweiss“ gibt es nicht. Prüfen Sie die Schreibweise in den geschweiften Klammern."
        ],
    ),
    "Unbekannte Auszeichnung": (
        "# T\n\nText {numrf}`abb-x` Ende.\n",
        [
            "SEITE, Zeile 3: Die Auszeichnung „numrf“ gibt es nicht. Prüfen Sie die Schreibweise in den geschweiften Klammern."
        ],
    ),
    "Unbekannte Angabe eines Bausteins": (
        "# T\n\n```{note}\n:farbe: rot\nText\n```\n",
        ["SEITE, Zeile 3: Der Baustein „note“ kennt die Angabe „farbe“ nicht. Erlaubt: class, name."],
    ),
    "Angabe mit Tippfehler": (
        "# T\n\n```{image} bild.png\n:alt: Bild\n:widht: 3\n```\n",
        [
            "SEITE, Zeile 3: Der Baustein „image“ kennt die Angabe „widht“ nicht. Meinten Sie „width“?",
            "SEITE, Zeile 3: Das Bild „book/bild.png“ fehlt. Prüfen Sie Ordner und Namen.",
        ],
    ),
    "Angabe mit falschem Wert": (
        "# T\n\n```{image} bild.png\n:alt: Bild\n:width: breit\n```\n",
        [
            "SEITE, Zeile 3: Beim Baustein „image“ ist „breit“ kein Wert für die Angabe „width“.",
            "SEITE, Zeile 3: Das Bild „book/bild.png“ fehlt. Prüfen Sie Ordner und Namen.",
        ],
    ),
    "Listentabelle mit fehlender Zelle": (
        "# T\n\n```{list-table}\n* - a\n  - b\n* - c\n```\n",
        [
            "SEITE, Zeile 3: Die Zeilen dieser Tabelle haben nicht gleich viele Zellen. Ergänzen Sie die fehlenden."
        ],
    ),
    "Tabelle mit offenem Anführungszeichen": (
        '# T\n\n```{csv-table}\na,b\n"c\n```\n',
        [
            "SEITE, Zeile 3: Die Zeilen dieser Tabelle lassen sich nicht lesen, oft wegen eines fehlenden Anführungszeichens."
        ],
    ),
    "Tabelle aus fehlender Datei": (
        "# T\n\n```{csv-table} T\n:file: gibt.csv\n```\n",
        ["SEITE, Zeile 3: Die Datei für diese Tabelle fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Übersprungene Ebene": (
        "# T\n\n### Drei\n",
        [
            "SEITE, Zeile 3: Eine Überschrift überspringt eine Ebene, zum Beispiel # und dann ###. Lassen Sie ein Zeichen # weg."
        ],
    ),
    "Fehlendes Bild": (
        "# T\n\n![Alt](gibtesnicht.png)\n",
        ["SEITE, Zeile 3: Das Bild „book/gibtesnicht.png“ fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Fehlendes Bild einer Abbildung": (
        "# T\n\n```{figure} gibtesnicht.png\n:alt: Bild\n:name: abb-eigen\nUnterschrift\n```\n",
        ["SEITE, Zeile 3: Das Bild „book/gibtesnicht.png“ fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Abbildung ohne Datei": (
        "# T\n\n```{figure}\n```\n",
        [
            "SEITE, Zeile 3: Hinter „{figure}“ fehlt in derselben Zeile eine Angabe, zum Beispiel ein Titel oder eine Datei."
        ],
    ),
    "Verweis auf Abbildung ohne Unterschrift": (
        "# T\n\n```{figure} assets/mitschreiben/vorschau.png\n:alt: Bild\n:name: abb-ohne-unterschrift\n```\n\n{numref}`abb-ohne-unterschrift`\n",
        [
            "SEITE, Zeile 8: „abb-ohne-unterschrift“ hat keine Nummer, auf die verwiesen werden kann. Geben Sie der Abbildung eine Unterschrift, oder verweisen Sie mit {ref} und einem Text."
        ],
    ),
    "Marke doppelt": (
        "# T\n\n(abb-marke)=\n## A\n\n(abb-marke)=\n## B\n",
        [
            "SEITE, Zeile 6: Die Marke „abb-marke“ steht auf dieser Seite zweimal. Geben Sie der zweiten einen anderen Namen."
        ],
    ),
    "Marke doppelt in geschweiften Klammern": (
        "# T\n\n{#doppelt}\nText\n\n{#doppelt}\nMehr\n",
        [
            "SEITE: Die Marke „doppelt“ steht auf dieser Seite zweimal. Geben Sie der zweiten einen anderen Namen."
        ],
    ),
    "Verweis auf fehlende Abbildung": (
        "# T\n\nSiehe {numref}`abb-gibtesnicht`.\n",
        [
            "SEITE, Zeile 3: Den Verweis „abb-gibtesnicht“ gibt es nicht. Prüfen Sie die Schreibweise; ohne Werte in den Daten entsteht keine Abbildung oder Tabelle, dann nehmen Sie den Verweis heraus."
        ],
    ),
    "Verweis auf fehlende Marke": (
        "# T\n\nSiehe {ref}`gibtesnicht`.\n",
        ["SEITE, Zeile 3: Den Verweis „gibtesnicht“ gibt es nicht. Prüfen Sie die Schreibweise."],
    ),
    "Verweis auf fehlende Seite": (
        "# T\n\nSiehe {doc}`gibtesnicht`.\n",
        ["SEITE, Zeile 3: Die Seite „gibtesnicht“ gibt es nicht. Prüfen Sie die Schreibweise."],
    ),
    "Unbekannter Begriff": (
        "# T\n\nSiehe {term}`Gibtesnicht`.\n",
        [
            "SEITE, Zeile 3: Das Glossar kennt den Begriff „Gibtesnicht“ nicht. Ergänzen Sie ihn dort, oder prüfen Sie die Schreibweise."
        ],
    ),
    "Fehlende Seite in einem Verweis": (
        "# T\n\nSiehe [hier](gibtesnicht.md).\n",
        [
            "SEITE, Zeile 3: Die Datei „gibtesnicht.md“, auf die hier verwiesen wird, gibt es nicht. Prüfen Sie Ordner und Namen."
        ],
    ),
    "Fehlende Überschrift auf anderer Seite": (
        "# T\n\nSiehe [hier](anfang.md#gibtesnicht).\n",
        [
            "SEITE, Zeile 3: Die Seite „book/anfang“ hat keine Überschrift „gibtesnicht“. Prüfen Sie die Schreibweise."
        ],
    ),
    "Fehlende Überschrift auf derselben Seite": (
        "# T\n\nSiehe [hier](#gibtesnicht).\n",
        [
            "SEITE, Zeile 3: Den Verweis „gibtesnicht“ gibt es nicht. Prüfen Sie die Schreibweise der Überschrift oder Marke."
        ],
    ),
    "Verweis ohne Ziel": (
        "# T\n\nSiehe [x]().\n",
        [
            "SEITE, Zeile 3: In den runden Klammern des Verweises fehlt das Ziel. Nennen Sie dort eine Seite oder eine Adresse."
        ],
    ),
    "Fehlende Datei in einem Verweis": (
        "# T\n\n[x](gibt.xlsx)\n",
        [
            "SEITE, Zeile 3: Die Datei „gibt.xlsx“, auf die hier verwiesen wird, gibt es nicht. Prüfen Sie Ordner und Namen."
        ],
    ),
    "Fehlende Datei zum Herunterladen": (
        "# T\n\n{download}`gibt.xlsx`\n",
        ["SEITE, Zeile 3: Die Datei „book/gibt.xlsx“ fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Fehlende eingefügte Seite": (
        "# T\n\n```{include} gibtesnicht.md\n```\n",
        ["SEITE, Zeile 3: Die Datei „book/gibtesnicht.md“ fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Fehlender eingefügter Quelltext": (
        "# T\n\n```{literalinclude} gibtesnicht.py\n```\n",
        ["SEITE, Zeile 3: Die Datei „book/gibtesnicht.py“ fehlt. Prüfen Sie Ordner und Namen."],
    ),
    "Unbekannte Sprache eines Quelltexts": (
        "# T\n\n```gibtesnicht\nx = 1\n```\n",
        [
            "SEITE, Zeile 3: Hinter den drei Zeichen „`“ steht „gibtesnicht“; eine Sprache dieses Namens ist nicht bekannt. Schreiben Sie dort nichts oder „text“."
        ],
    ),
    "Quelltext in anderer Sprache": (
        "# T\n\n```json\n{'a' = €}\n```\n",
        [
            "SEITE, Zeile 3: Dieser Quelltext passt nicht zu der Sprache, die hinter den drei Zeichen „`“ steht."
        ],
    ),
    "Unbekannte Formel": (
        # A formula itself would bring a script along, which no page may have.
        "# T\n\n{eq}`eq2`\n",
        ["SEITE, Zeile 3: Die Formel „eq2“ gibt es nicht. Prüfen Sie die Schreibweise."],
    ),
    "Begriff doppelt": (
        "# T\n\n```{glossary}\nA\n  B\n\nA\n  C\n```\n",
        ["SEITE, Zeile 3: Der Begriff „A“ steht zweimal im Glossar. Löschen Sie einen der Einträge."],
    ),
    "Zelle in einem Baustein": (
        HEAD + "# T\n\n````{note}\n```{code-cell} ipython3\n1\n```\n````\n",
        [
            "SEITE, Zeile 15: Eine Zelle steht in einem anderen Baustein und läuft dort nicht. Setzen Sie sie für sich."
        ],
    ),
    "Unbekannte Zahl": (
        "# T\n\nText {zahl}`massnahmen`.\n",
        [
            "SEITE, Zeile 3: Die Zahl „massnahmen“ ist in diesem Kapitel nicht bekannt. Prüfen Sie die Schreibweise."
        ],
    ),
    "Trennstrich am Anfang": (
        "----\n\n# T\n",
        ["SEITE, Zeile 1: Eine Seite oder ein Abschnitt beginnt nicht mit einem Trennstrich „---“."],
    ),
    "Fremde Schreibweise": (
        "# T\n\n```{list-table}\n:widths: 1 2\n* - a\n```\n",
        [
            "SEITE, Zeile 3: Hier passt etwas an der Schreibweise nicht. Vergleichen Sie die Stelle mit der Seite „Mitschreiben“; der genaue Wortlaut steht im Protokoll."
        ],
    ),
}
"""Mistake → the page, and all answers to it."""
