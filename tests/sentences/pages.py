"""Mistakes in the text and the cells of a page, found before anything is built; `SEITE` stands for its name."""

from __future__ import annotations

HEAD = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""

PAGES: dict[str, tuple[str | bytes, list[str]]] = {
    "Seite, die das Programm nicht mitbringt": (
        "{seite}`datenschuz`\n",
        ["SEITE, Zeile 1: Eine Seite „datenschuz“ bringt das Programm nicht mit. Meinten Sie „datenschutz“?"],
    ),
    "Seite des Programms unter eigenem Text": (
        "# Titel\n\n{seite}`datenschutz`\n",
        [
            "SEITE, Zeile 3: „{seite}“ muss in der ersten Zeile stehen; was die Seite ergänzt, steht darunter. Verschieben Sie die Zeile."
        ],
    ),
    "Zweiter Titel unter einer Seite des Programms": (
        "{seite}`datenschutz`\n\n# Noch einer\n",
        ["SEITE, Zeile 3: Die Seite hat schon einen Titel. Überschriften darunter beginnen mit „##“."],
    ),
    "Offener Baustein": (
        "# T\n\n```{note}\nText\n",
        [
            "SEITE, Zeile 3: Der Baustein „note“ ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „```“."
        ],
    ),
    "Offener Baustein mit Doppelpunkten": (
        "# T\n\n:::{note}\nText\n\nMehr.\n",
        [
            "SEITE, Zeile 3: Der Baustein „note“ ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „:::“."
        ],
    ),
    "Tabelle ohne Trennzeile": (
        "# T\n\n| a | b |\n|---|\n| 1 | 2 |\n",
        [
            "SEITE, Zeile 3: Diese Tabelle wird nicht erkannt. Die zweite Zeile braucht so viele „---“ wie die erste Spalten."
        ],
    ),
    "Tabelle mit einer Zelle zu viel": (
        "# T\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n",
        [
            "SEITE, Zeile 5: Die Tabellenzeile hat 3 statt 2 Zellen. Ein senkrechter Strich im Text wird als „\\|“ geschrieben."
        ],
    ),
    "Zweiter Titel": (
        "# T\n\nText\n\n# T2\n\nText\n",
        ["SEITE, Zeile 5: Die Seite hat schon einen Titel. Überschriften darunter beginnen mit „##“."],
    ),
    "Kein Titel": (
        "Nur Text ohne Überschrift.\n",
        [
            "SEITE, Zeile 1: Die Seite hat keine Überschrift der ersten Ebene. Beginnen Sie mit einer Zeile „# Titel“."
        ],
    ),
    "Leere Seite": (
        "",
        ["SEITE: Die Seite ist leer. Sie braucht mindestens eine Überschrift, zum Beispiel „# Titel“."],
    ),
    "Fußnote ohne Text": (
        "# T\n\nText.[^1]\n",
        ["SEITE, Zeile 3: Die Fußnote „1“ hat keinen Text. Ergänzen Sie eine Zeile „[^1]: …“."],
    ),
    "Fußnote ohne Stelle": (
        "# T\n\nText.\n\n[^ohne]: Nie genannt.\n",
        ["SEITE, Zeile 5: Auf die Fußnote „ohne“ verweist nichts. Im Text fehlt „[^ohne]“."],
    ),
    "Fußnote mit zwei Texten": (
        "# T\n\nText.[^a]\n\n[^a]: Eins.\n[^a]: Zwei.\n",
        ["SEITE, Zeile 6: Die Fußnote „a“ hat zwei Texte. Geben Sie der zweiten einen anderen Namen."],
    ),
    "Offene geschweifte Klammer": (
        "# T\n\n{.klasse\n## A\n\n{#id .k a=}\nText\n",
        ["SEITE, Zeile 3: In „{.klasse“ fehlt die schließende geschweifte Klammer „}“."],
    ),
    "Unbekannte Quelle": (
        "# T\n\nText.{quelle}`d-gibtesnicht; Seite 1`\n",
        [
            "SEITE, Zeile 3: Die Quelle „d-gibtesnicht“ gibt es in den Daten nicht. Erlaubt sind 41 Werte, zum Beispiel d-sachstandsbericht-2, d-sachstandsbericht-1, d-lehrte-integrationskonzept."
        ],
    ),
    "Quelle in Klammern": (
        "# T\n\nText.\nMehr Text ({quelle}`d-sachstandsbericht-2; Kapitel 1`; {quelle}`d-nbgg`).\n",
        [
            "SEITE, Zeile 4: Die Quelle „d-sachstandsbericht-2“ steht in Klammern; auf der Seite bliebe eine Zahl in Klammern. Setzen Sie sie ohne Klammern hinter das Satzzeichen."
        ],
    ),
    "HTML im Text": (
        "# T\n\n<div>\n\nText\n",
        [
            "SEITE, Zeile 3: „<div>“ ist HTML und im Text nicht vorgesehen. Schreiben Sie Markdown, oder setzen Sie \\ vor „<“."
        ],
    ),
    "HTML in einer Tabelle aus Kommas": (
        "# T\n\n```{csv-table}\na, <b>fett</b>\n```\n",
        [
            "SEITE, Zeile 4: „<b>“ ist HTML und im Text nicht vorgesehen. Schreiben Sie Markdown, oder setzen Sie \\ vor „<“.",
            "SEITE, Zeile 4: „</b>“ ist HTML und im Text nicht vorgesehen. Schreiben Sie Markdown, oder setzen Sie \\ vor „<“.",
        ],
    ),
    "Verweis auf eine vertrauliche Datei": (
        "# T\n\n[Liste](../data/intern/namen.csv)\n",
        [
            "SEITE, Zeile 3: „../data/intern/namen.csv“ gehört nicht zum Buch und wird nicht veröffentlicht. Nennen Sie eine Seite oder eine Datei im Ordner book/."
        ],
    ),
    "Fremder Quelltext": (
        "# T\n\n```{eval-rst}\n.. raw:: html\n\n   <b>x</b>\n```\n",
        [
            "SEITE, Zeile 3: Der Baustein „eval-rst“ bringt fremden Quelltext auf die Seite und ist nicht vorgesehen. Schreiben Sie den Inhalt als Markdown."
        ],
    ),
    "Bild von einem anderen Rechner": (
        "# T\n\n![Ein Fest.](https://example.org/fest.png) {quelle}`d-sachstandsbericht-2`\n",
        [
            "SEITE, Zeile 3: Das Bild „https://example.org/fest.png“ liegt auf einem fremden Rechner; das Buch zeigt nur, was in ihm liegt. "
            "Speichern Sie es im Ordner book/assets/, wenn seine Rechte es erlauben, oder setzen Sie einen Verweis."
        ],
    ),
    "Fremder Inhalt in einer Tabelle": (
        "# T\n\n```{csv-table}\n:url: https://example.org/x.csv\n```\n",
        [
            "SEITE, Zeile 3: Die Angabe „url“ bringt fremden Inhalt auf die Seite und ist beim Baustein „csv-table“ nicht vorgesehen. Nehmen Sie sie heraus."
        ],
    ),
    "Zelle greift auf vertrauliche Dateien zu": (
        HEAD + '# T\n\n```{code-cell} ipython3\nprint(open("../data/intern/namen.csv").read())\n```\n',
        [
            "SEITE, Zeile 15: Diese Zelle nennt den Ordner „intern“; was darin liegt, wird nicht veröffentlicht. Nehmen Sie den Pfad heraus."
        ],
    ),
    "Unsichtbare Marke": (
        "\ufeff# T\n\nText\n",
        [
            "SEITE, Zeile 1: Vor dem ersten Zeichen steht eine unsichtbare Marke (BOM). Wählen Sie beim Speichern die Kodierung „UTF-8“, nicht „UTF-8 mit BOM“."
        ],
    ),
    "Kopf verletzt": (
        "---\nkernelspec:\n  name: [python3\n---\n\n# T\n",
        [
            "SEITE, Zeile 3: Der Kopf der Seite lässt sich nicht lesen. Übernehmen Sie ihn unverändert von einem anderen Kapitel, mit allen Leerzeichen am Zeilenanfang."
        ],
    ),
    "Kopf ist eine Liste": (
        "---\n- a\n- b\n---\n\n# T\n",
        [
            "SEITE, Zeile 1: Der Kopf der Seite lässt sich nicht lesen. Übernehmen Sie ihn unverändert von einem anderen Kapitel, mit allen Leerzeichen am Zeilenanfang."
        ],
    ),
    "Kopf offen": (
        "---\njupytext:\n  x: 1\n\n# T\n\nText\n",
        [
            "SEITE, Zeile 1: Der Kopf der Seite ist nicht geschlossen. Unter seine letzte Zeile gehört eine Zeile „---“."
        ],
    ),
    "Bausteine falsch verschachtelt": (
        "# T\n\n:::{div} x\n::::{div} y\nText\n:::\n",
        [
            "SEITE, Zeile 4: Der Baustein „div“ ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „::::“."
        ],
    ),
    "Zelle ohne Kopf": (
        "# T\n\n```{code-cell} ipython3\nprint(1)\n```\n",
        [
            "SEITE, Zeile 1: Im Kopf der Seite fehlt unter „jupytext:“ die Angabe „format_name: myst“; ohne sie läuft keine Zelle. Übernehmen Sie den Kopf von einem anderen Kapitel.",
            "SEITE, Zeile 1: Im Kopf der Seite fehlt unter „kernelspec:“ die Angabe „name: python3“; ohne sie läuft keine Zelle. Übernehmen Sie den Kopf von einem anderen Kapitel.",
        ],
    ),
    "Kopf nennt unbekanntes Python": (
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: pyton3\n---\n\n# T\n\n```{code-cell} ipython3\nprint(1)\n```\n",
        [
            "SEITE, Zeile 1: Im Kopf der Seite fehlt unter „kernelspec:“ die Angabe „name: python3“; ohne sie läuft keine Zelle. Übernehmen Sie den Kopf von einem anderen Kapitel."
        ],
    ),
    "Marke der Zelle offen": (
        HEAD + "# T\n\n```{code-cell} ipython3\n:tags: [a\nprint(1)\n```\n",
        ["SEITE, Zeile 15: Die Angabe „:tags: [a“ ist nicht richtig geschlossen, zum Beispiel durch „]“."],
    ),
    "Zelle offen": (
        HEAD + "# T\n\n```{code-cell} ipython3\nprint(1)\n",
        [
            "SEITE, Zeile 14: Der Baustein „code-cell“ ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „```“."
        ],
    ),
    "Text in einer Zelle der Art Raw": (
        HEAD + "# T\n\n```{raw-cell}\n## Worum es geht\n\nEin Satz.\n```\n",
        [
            "SEITE, Zeile 14: Dies ist eine Zelle der Art „Raw“; ihr Inhalt fehlt im Buch. Wählen Sie für sie in JupyterLab oben „Markdown“ statt „Raw“, oder löschen Sie hier die Zeile „```{raw-cell}“ und an ihrem Ende die Zeile „```“."
        ],
    ),
    "Baustein in einer Zelle der Art Raw": (
        HEAD + "# T\n\n````{raw-cell}\n```{note}\nText\n```\n````\n",
        [
            "SEITE, Zeile 14: Dies ist eine Zelle der Art „Raw“; ihr Inhalt fehlt im Buch. Wählen Sie für sie in JupyterLab oben „Markdown“ statt „Raw“, oder löschen Sie hier die Zeile „````{raw-cell}“ und an ihrem Ende die Zeile „````“."
        ],
    ),
    "Unbekannter Name": (
        HEAD + "# T\n\n```{code-cell} ipython3\nfelt.sources()\n```\n",
        ["SEITE, Zeile 15: Den Namen „felt“ gibt es auf dieser Seite nicht. Prüfen Sie die Schreibweise."],
    ),
    "Unbekannter Baustein einer Zelle": (
        HEAD
        + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nfield = kapitel('bildung')\nfield.surces()\n```\n",
        ["SEITE, Zeile 17: Den Baustein „surces“ gibt es nicht. Meinten Sie „sources“?"],
    ),
    "Fehlendes Python-Paket": (
        HEAD + "# T\n\n```{code-cell} ipython3\nimport gibtesnicht\n```\n",
        [
            "SEITE, Zeile 15: Das Python-Paket „gibtesnicht“ ist nicht eingerichtet. Kapitel brauchen nur „konzept“."
        ],
    ),
    "Unbekannter Name aus konzept": (
        HEAD + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapittel\n```\n",
        ["SEITE, Zeile 15: „kapittel“ gibt es in konzept nicht. Meinten Sie „kapitel“?"],
    ),
    "Angabe fehlt": (
        HEAD + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nkapitel()\n```\n",
        [
            "SEITE, Zeile 16: In den Klammern von „kapitel“ fehlt eine Angabe, zum Beispiel eine Id in Anführungszeichen."
        ],
    ),
    "Unbekannte Angabe": (
        HEAD
        + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nkapitel('bildung').survey_chart('e-fragebogen', qestion='Was?')\n```\n",
        [
            "SEITE, Zeile 16: Der Baustein „survey_chart“ kennt die Angabe „qestion“ nicht. Meinten Sie „question“?"
        ],
    ),
    "Unbekannte Art von Themen": (
        HEAD
        + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nkapitel('bildung').themes('schwerpunk')\n```\n",
        ["SEITE, Zeile 16: „schwerpunk“ gibt es hier nicht. Meinten Sie „schwerpunkt“?"],
    ),
    "Falsch eingerückt": (
        HEAD + "# T\n\n```{code-cell} ipython3\nx = 1\n  y = 2\n```\n",
        ["SEITE, Zeile 16: Die Zeile der Zelle ist falsch eingerückt. Beginnen Sie sie ohne Leerzeichen."],
    ),
    "Klammern fehlen": (
        HEAD
        + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nkapitel('bildung').sources\n```\n",
        ["SEITE, Zeile 16: Hinter „sources“ fehlen die Klammern. Schreiben Sie „sources()“."],
    ),
    "Klammer fehlt": (
        HEAD + "# T\n\n```{code-cell} ipython3\nprint((1)\n```\n",
        [
            "SEITE, Zeile 15: Die Schreibweise der Zelle ist verletzt, oft durch eine fehlende Klammer oder ein fehlendes Anführungszeichen."
        ],
    ),
    "Zu viele Angaben": (
        HEAD
        + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nkapitel('bildung', 'sprache')\n```\n",
        ["SEITE, Zeile 16: Der Baustein „kapitel“ erhält zu viele Angaben: 2 statt höchstens 1."],
    ),
    "Unsichtbares Zeichen": (
        "# T\n\nEin Satz\u2028aus einer anderen Datei\n",
        [
            "SEITE, Zeile 3: Hinter „Satz“ steht ein unsichtbares Zeichen (U+2028), wie es beim Kopieren aus anderen Programmen entsteht. Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu."
        ],
    ),
    "Stern im Wort": (
        "# T\n\nDie Akteur*innen und die Lots*innen\n",
        [
            "SEITE, Zeile 3: Der Stern mitten im Wort macht den Text bis zum nächsten Stern kursiv. Schreiben Sie „\\*“."
        ],
    ),
    "Offene Auszeichnung": (
        "# T\n\nSiehe {numref}`abb-status-bildung.\n",
        [
            "SEITE, Zeile 3: Die Auszeichnung „numref“ ist nicht geschlossen. Hinter ihren Text gehört das Zeichen „`“."
        ],
    ),
    "Auszeichnung bis zur nächsten offen": (
        "# Titel\n\nSatz.{quelle}`d-sachstandsbericht-2; Kapitel 1\nNoch einer.{quelle}`d-presse-forum; ganze Meldung`\n",
        [
            "SEITE, Zeile 3: Die Auszeichnung „quelle“ ist nicht geschlossen. Hinter ihren Text gehört das Zeichen „`“."
        ],
    ),
    "Schließende Zeile ohne Baustein": (
        "# T\n\nText\n:::\n",
        [
            "SEITE, Zeile 4: Der Block ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „:::“."
        ],
    ),
}
"""Mistake → the page, and all answers to it."""

PAGES["Andere Kodierung"] = (
    "# Überblick\n".encode("cp1252"),
    [
        "SEITE, Zeile 1: Die Seite ist nicht in UTF-8 gespeichert. "
        "Wählen Sie beim Speichern die Kodierung „UTF-8“."
    ],
)

BOLD = "Fett braucht das Zeichen vor dem ersten und hinter dem letzten Wort, innen ohne Leerzeichen; ist das Zeichen selbst gemeint, schreiben Sie"
NO_POINT = "wird so gedruckt und kein Punkt einer Liste. Setzen Sie hinter"
LOOKS = "fehlt die Beschreibung für alle, die es nicht sehen. Schreiben Sie"

PAGES |= {
    "Fett ohne Ende": (
        "# T\n\nEin Satz mit\n**fetten Wörtern ohne Ende.\n",
        [f"SEITE, Zeile 4: „**“ wird so gedruckt. {BOLD} „\\*\\*“."],
    ),
    "Fett mit Leerzeichen": (
        "# T\n\n- Ein ** fettes ** Wort\n",
        [f"SEITE, Zeile 3: „**“ wird so gedruckt. {BOLD} „\\*\\*“."],
    ),
    "Fett mit Unterstrichen ohne Ende": (
        "# T\n\n| a |\n|---|\n| __fett |\n",
        [f"SEITE, Zeile 5: „__“ wird so gedruckt. {BOLD} „\\_\\_“."],
    ),
    "Durchgestrichenes": (
        "# T\n\nDas gilt ~~nicht~~ mehr.\n",
        [
            "SEITE, Zeile 3: „~~“ wird so gedruckt; Durchgestrichenes kennt das Buch nicht. Löschen Sie, was nicht mehr gilt."
        ],
    ),
    "Überschrift ohne Leerzeichen": (
        "# T\n\n##Worum es geht\nText.\n\n#Ziele\n",
        [
            "SEITE, Zeile 3: „##Worum es geht“ wird so gedruckt und keine Überschrift. Setzen Sie hinter „##“ ein Leerzeichen, oder schreiben Sie „\\#“, wenn das Zeichen gemeint ist.",
            "SEITE, Zeile 6: „#Ziele“ wird so gedruckt und keine Überschrift. Setzen Sie hinter „#“ ein Leerzeichen, oder schreiben Sie „\\#“, wenn das Zeichen gemeint ist.",
        ],
    ),
    "Punkt einer Liste ohne Leerzeichen": (
        "# T\n\n-Erster\n-Zweiter\n",
        [
            f"SEITE, Zeile 3: „-Erster“ {NO_POINT} „-“ ein Leerzeichen.",
            f"SEITE, Zeile 4: „-Zweiter“ {NO_POINT} „-“ ein Leerzeichen.",
        ],
    ),
    "Zweiter Punkt einer Liste ohne Leerzeichen": (
        "# T\n\n1. Erster\n2.Zweiter\n",
        [f"SEITE, Zeile 4: „2.Zweiter“ {NO_POINT} „2.“ ein Leerzeichen."],
    ),
    "Punkt aus Word": (
        "# T\n\n• Erster\n",
        [
            "SEITE, Zeile 3: „• Erster“ wird so gedruckt und kein Punkt einer Liste. Schreiben Sie „- “ statt „•“."
        ],
    ),
    "Verweis mit Leerzeichen": (
        "# T\n\nSiehe\n[Text] (https://example.org).\n",
        [
            "SEITE, Zeile 4: „[Text] (https://example.org)“ wird so gedruckt und kein Verweis. Löschen Sie das Leerzeichen zwischen „]“ und „(“."
        ],
    ),
    "Verweis mit vertauschten Klammern": (
        "# T\n\n(Text)[https://example.org]\n",
        [
            "SEITE, Zeile 3: „(Text)[https://example.org]“ wird so gedruckt und kein Verweis. Der Text gehört in eckige, die Adresse in runde Klammern: „[Text](https://example.org)“."
        ],
    ),
    "Verweis ohne Ende": (
        "# T\n\n[Text](https://example.org und mehr.\n",
        [
            "SEITE, Zeile 3: Der Verweis auf „https://example.org“ wird so gedruckt, wie er getippt ist. In der Adresse darf kein Leerzeichen stehen, und hinter sie gehört „)“."
        ],
    ),
    "Bild ohne Beschreibung": (
        "# T\n\n![](assets/bild.png) Foto: Stadt\n",
        [f"SEITE, Zeile 3: Dem Bild „assets/bild.png“ {LOOKS} zwischen die eckigen Klammern, was es zeigt."],
    ),
    "Bild als Baustein ohne Beschreibung": (
        "# T\n\n```{figure} assets/bild.png\n:width: 50%\n\nDas Fest. Foto: Stadt\n```\n",
        [
            f"SEITE, Zeile 3: Dem Bild „assets/bild.png“ {LOOKS} in eine Zeile „:alt: …“ darunter, was es zeigt."
        ],
    ),
    "Bild einer Karte ohne Beschreibung": (
        "# T\n\n:::{card} Titel\n:img-top: assets/bild.png\n:::\n",
        [
            f"SEITE, Zeile 3: Dem Bild „assets/bild.png“ {LOOKS} in eine Zeile „:img-alt: …“ darunter, was es zeigt."
        ],
    ),
}

NO_SOURCE = (
    "steht keine Quelle. Schreiben Sie darunter, woher es ist, zum Beispiel „Foto: …“ oder {quelle}`d-…`."
)
TYPED = "ist getippt; Nummern entstehen beim Bauen und ändern sich. Schreiben Sie stattdessen {numref}`MARKE`. In einem anderen Dokument gehört die Nummer in die Fundstelle der Quelle."
DOUBTFUL: dict[str, tuple[str, list[str]]] = {
    "Stern vor einem Wort": (
        "# T\n\n*Wort ohne Ende.\n",
        [
            "SEITE, Zeile 3: „*“ wird so gedruckt. Kursiv braucht das Zeichen vor dem ersten und hinter dem letzten Wort; ist das Zeichen selbst gemeint, schreiben Sie „\\*“."
        ],
    ),
    "Zwei Diagramme von Indikatoren": (
        HEAD + "# T\n\n```{code-cell} ipython3\nfrom konzept import kapitel\nfield = kapitel('bildung')\n"
        "field.telling_chart()\n```\n\n```{code-cell} ipython3\nfield.indicator_chart('i-kita-quote-u3')\n```\n",
        ["SEITE, Zeile 21: Schon Zeile 17 zeigt das Diagramm eines Indikators. Nehmen Sie eines heraus."],
    ),
    "Quelltext ohne Ende": (
        "# T\n\nDas Wort `ohne Ende.\n",
        [
            "SEITE, Zeile 3: „`“ wird so gedruckt. Quelltext braucht das Zeichen davor und dahinter; ist ein Apostroph gemeint, schreiben Sie „’“."
        ],
    ),
    "Wort hinter einer Raute": (
        "# T\n\n#Vielfalt ist bunt.\n",
        [
            "SEITE, Zeile 3: „#Vielfalt ist bunt.“ wird so gedruckt und keine Überschrift. Setzen Sie hinter „#“ ein Leerzeichen, oder schreiben Sie „\\#“, wenn das Zeichen gemeint ist."
        ],
    ),
    "Strich vor einem Wort": (
        "# T\n\nBildungs\n-angebote für alle.\n",
        [f"SEITE, Zeile 4: „-angebote für alle.“ {NO_POINT} „-“ ein Leerzeichen."],
    ),
    "Gedankenstrich am Anfang": (
        "# T\n\n– Erster\n– Zweiter\n",
        [
            f"SEITE, Zeile {line}: „– {word}“ wird so gedruckt und kein Punkt einer Liste. Schreiben Sie „- “ statt „– “, wenn einer gemeint ist."
            for line, word in ((3, "Erster"), (4, "Zweiter"))
        ],
    ),
    "Kästchen": (
        "# T\n\n- [ ] Offen\n",
        ["SEITE, Zeile 3: „[ ]“ wird so gedruckt; Kästchen zum Ankreuzen kennt das Buch nicht."],
    ),
    "Eingerückter Absatz": (
        "# T\n\n    Eingerückt\n",
        [
            "SEITE, Zeile 3: Vor dieser Zeile stehen mindestens vier Leerzeichen; der Absatz erscheint deshalb als Quelltext. Beginnen Sie seine Zeilen ohne Leerzeichen."
        ],
    ),
    "Klammern hintereinander": (
        "# T\n\n[Glossar] (glossar)\n",
        [
            "SEITE, Zeile 3: „[Glossar] (glossar)“ wird so gedruckt und kein Verweis. Löschen Sie das Leerzeichen zwischen „]“ und „(“."
        ],
    ),
    "Getippte Nummer": (
        "# T\n\nSiehe Abb.\u00a02.1 und\nTabelle 3.\n",
        [f"SEITE, Zeile 3: „Abb. 2.1“ {TYPED}", f"SEITE, Zeile 4: „Tabelle 3“ {TYPED}"],
    ),
    "Bild ohne Quelle": (
        "# T\n\n![Kinder malen ein Plakat.](assets/bild.png)\n\nText.\n",
        [f"SEITE, Zeile 3: Beim Bild „assets/bild.png“ {NO_SOURCE}"],
    ),
    "Bild als Baustein ohne Quelle": (
        "# T\n\n```{figure} assets/bild.png\n:alt: Kinder malen ein Plakat.\n```\n",
        [f"SEITE, Zeile 3: Beim Bild „assets/bild.png“ {NO_SOURCE}"],
    ),
    "Name statt Beschreibung": (
        "# T\n\n![IMG_1234](assets/bild.png)\nFoto: Stadt\n",
        [
            "SEITE, Zeile 3: „IMG_1234“ beschreibt das Bild „assets/bild.png“ nicht. Schreiben Sie in einem Satz, was es zeigt."
        ],
    ),
}
"""Doubt → the page, and all hints about it."""

CHAPTERS: dict[str, tuple[str, str, str]] = {
    "Kein Kopf": (
        "jupytext:",
        "etwas:",
        "KAPITEL, Zeile 1: Im Kopf der Seite fehlt unter „jupytext:“ die Angabe „format_name: myst“; ohne sie läuft keine Zelle. "
        "Übernehmen Sie den Kopf von einem anderen Kapitel.",
    ),
    "Keine Parameter": (
        ":tags: [parameters]\n\n",
        "",
        "KAPITEL: Die Zelle mit der Marke „parameters“ fehlt; sie setzt data_dir und stand. "
        "Übernehmen Sie sie von einem anderen Kapitel.",
    ),
    "Unbekanntes Handlungsfeld": (
        'kapitel("bildung")',
        'kapitel("bildnug")',
        "KAPITEL, Zeile 24: Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“?",
    ),
    "Unbekannte Umfrage": (
        "field.telling_chart()",
        'field.survey_chart("e-fragebogn")',
        "KAPITEL, Zeile 74: Die Umfrage „e-fragebogn“ gibt es in den Daten nicht. Meinten Sie „e-fragebogen“?",
    ),
    "Unbekannter Indikator": (
        "field.telling_chart()",
        'field.indicator_chart("i-deutsch-bei-einschlung")',
        "KAPITEL, Zeile 74: Den Indikator „i-deutsch-bei-einschlung“ gibt es in den Daten nicht. "
        "Meinten Sie „i-deutsch-bei-einschulung“?",
    ),
    "Unbekannte Quelle": (
        "{quelle}`d-sachstandsbericht-2;",
        "{quelle}`d-sachstandsbricht-2;",
        "KAPITEL, Zeile 35: Die Quelle „d-sachstandsbricht-2“ gibt es in den Daten nicht. "
        "Meinten Sie „d-sachstandsbericht-2“?",
    ),
    "Unbekannte Zahl": (
        "{zahl}`kosten`",
        "{zahl}`kostn`",
        "KAPITEL, Zeile 70: Die Zahl „kostn“ ist in diesem Kapitel nicht bekannt. Meinten Sie „kosten“?",
    ),
}
"""Mistake → a text of the first chapter, what stands in its place, and the answer."""
