"""What a cell can fail of when it runs: its code, and why it failed as the answer says it."""

from __future__ import annotations

CELLS: dict[str, tuple[str, str]] = {
    "Unbekannter Name": ("feld", "Den Namen „feld“ gibt es dort nicht. Prüfen Sie die Schreibweise."),
    "Unbekannter Baustein": (
        "import konzept\nkonzept.quellen()",
        "Den Baustein „quellen“ gibt es nicht. Prüfen Sie die Schreibweise.",
    ),
    "Klammer fehlt": ("eval('(')", "Ihre Schreibweise ist verletzt, oft durch eine fehlende Klammer."),
    "Falsche Angaben": (
        "from konzept import kapitel\nkapitel(*'xy')",
        "Die Angaben in den Klammern von „kapitel“ passen nicht. Vergleichen Sie sie mit einem anderen Kapitel.",
    ),
    "Fehlendes Python-Paket": (
        "import gibtesnicht",
        "Das Python-Paket „gibtesnicht“ ist nicht eingerichtet. Kapitel brauchen nur „konzept“.",
    ),
    "Unbekannter Name eines Pakets": (
        "from konzept import quellen",
        "Den Namen „quellen“ gibt es in diesem Paket nicht. Prüfen Sie die Schreibweise.",
    ),
    "Fehlende Datei": (
        "open('gibt.csv')",
        "Die Datei „gibt.csv“ gibt es nicht. Prüfen Sie Ordner und Namen.",
    ),
    "Unbekannter Schlüssel": (
        "{}['a']",
        "Den Schlüssel oder die Spalte „a“ gibt es nicht. Prüfen Sie die Schreibweise.",
    ),
    "Unbekanntes Handlungsfeld": (
        "from konzept import kapitel\nkapitel('bild' + 'nug')",
        "Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“?",
    ),
    "Unmöglicher Stand": (
        "from konzept import open_concept\nopen_concept(stand='31.02.2023')",
        "„31.02.2023“ ist kein Tag, Monat oder Jahr. "
        "Schreiben Sie zum Beispiel 31.08.2023, 2023-08-31, 2023-08 oder 2023.",
    ),
    "Stand nach dem der Daten": (
        "from konzept import open_concept\nopen_concept(stand='2099-01-01')",
        "data: Der gewünschte Stand 01.01.2099 liegt nach dem Stand der Daten (18.12.2025). "
        "Nennen Sie einen früheren Tag.",
    ),
    "Text und Zahl": (
        "'a' + 1",
        "Eine Angabe ist von anderer Art als erwartet, zum Beispiel Text statt einer Zahl. "
        "Vergleichen Sie sie mit einem anderen Kapitel.",
    ),
    "Teilen durch null": ("1 / 0", "Sie teilt durch null. Prüfen Sie, ob ein Wert fehlt."),
    "Frage an niemanden": (
        "from IPython.core.error import StdinNotImplementedError\nraise StdinNotImplementedError('x')",
        "Sie fragt nach einer Eingabe; beim Bauen ist niemand da, der antwortet.",
    ),
    "Anderer Fehler": (
        "raise ArithmeticError('odd')",
        "Python meldet den Fehler „ArithmeticError“; sein Wortlaut steht im Protokoll.",
    ),
}
"""Mistake → code that is run, and what is said of what it raises."""

FAILURES: dict[str, tuple[str, str]] = {
    "Eine Zelle bricht ab": (
        "x = 1\ny = 0\nx / y",
        "SEITE, Zeile 17: Eine Zelle bricht ab. Sie teilt durch null. Prüfen Sie, ob ein Wert fehlt.",
    ),
    "Eine Zelle endet nicht": (
        "while True:\n    pass",
        "SEITE, Zeile 15: Diese Zelle rechnet zu lange und wurde abgebrochen. "
        "Prüfen Sie, ob sie sich endlos wiederholt.",
    ),
    "Python stürzt ab": (
        "import os\n\nos._exit(1)",
        "SEITE: Python ist beim Rechnen dieser Seite abgestürzt, oft weil der Arbeitsspeicher nicht reicht. "
        "Schließen Sie andere Programme und bauen Sie noch einmal.",
    ),
    "Eine Zelle warnt": (
        "import sys\n\nprint('Achtung', file=sys.stderr)",
        "SEITE, Zeile 16: Diese Zelle gibt eine Warnung aus. Öffnen Sie die Seite in JupyterLab, um sie zu lesen.",
    ),
}
"""Mistake → the only cell of a page that is built, and the whole answer."""

OPENED = "from konzept import kapitel\n\nfield = kapitel('bildung')"
"""The opening cell of a chapter, run before each of the cells below."""

IN_LAB: dict[str, tuple[str, list[str]]] = {
    "Verschriebener Name": (
        "feld.lead()",
        ["Den Namen „feld“ gibt es auf dieser Seite nicht. Meinten Sie „field“?"],
    ),
    "Eine Zelle darüber ist nicht gelaufen": (
        "zahlen",
        [
            "Den Namen „zahlen“ gibt es hier noch nicht. Lassen Sie erst alle Zellen laufen, "
            "mit „Neu zeigen“ über der Seite. Hilft das nicht, prüfen Sie die Schreibweise."
        ],
    ),
    "Unbekannter Baustein": (
        "field.surces()",
        ["Den Baustein „surces“ gibt es nicht. Meinten Sie „sources“?"],
    ),
    "Unbekannte Angabe": (
        "field.survey_chart('e-fragebogen', qestion='Was?')",
        ["Der Baustein „survey_chart“ kennt die Angabe „qestion“ nicht. Meinten Sie „question“?"],
    ),
    "Klammer fehlt": (
        "field.lead(",
        [
            "Die Schreibweise der Zelle ist verletzt, oft durch eine fehlende Klammer oder ein fehlendes Anführungszeichen."
        ],
    ),
    "Falsch eingerückt": (
        "  x = 1\n y = 2",
        ["Zeile 1: Die Zeile der Zelle ist falsch eingerückt. Beginnen Sie sie ohne Leerzeichen."],
    ),
    "Unbekanntes Handlungsfeld": (
        "x = 1\nkapitel('bild' + 'nug')",
        [
            "Zeile 2: Diese Zelle bricht ab. Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“?"
        ],
    ),
    "Unbekannte Spalte": (
        "import pandas as pd\npd.DataFrame({'wert': [1]})['wrt']",
        [
            "Zeile 2: Diese Zelle bricht ab. Den Schlüssel oder die Spalte „wrt“ gibt es nicht. Prüfen Sie die Schreibweise."
        ],
    ),
    "Fehler in den Daten": (
        "data_dir = DATEN\nkapitel('bildung')",
        [
            "DATEN/ziele.csv, Zeile 2, Spalte „fassung“: „entwrf“ ist hier nicht vorgesehen. Meinten Sie „entwurf“?"
        ],
    ),
    "Mehr als ein Fehler": (
        "field.facts\n1 / 0",
        [
            "Zeile 1: Hinter „facts“ fehlen die Klammern. Schreiben Sie „facts()“.",
            "Zeile 2: Diese Zelle bricht ab. Sie teilt durch null. Prüfen Sie, ob ein Wert fehlt.",
        ],
    ),
    "Anderer Fehler": (
        "raise ArithmeticError('<b>odd</b>')",
        [
            "Diese Zelle bricht ab. Python meldet den Fehler „ArithmeticError“; sein Wortlaut steht unten in den Einzelheiten."
        ],
    ),
}
"""Mistake → a cell that fails in JupyterLab, and the sentences below it."""

IN_LAB_UNFAILED: dict[str, tuple[str, str]] = {
    "Unbekannter Indikator": (
        "field.indicator_chart('i-kita-quote-u4')",
        "Den Indikator „i-kita-quote-u4“ gibt es in den Daten nicht. Meinten Sie „i-kita-quote-u3“?",
    ),
    "Klammern fehlen": ("field.lead", "Hinter „lead“ fehlen die Klammern. Schreiben Sie „lead()“."),
    "Zahl statt eines Wortes": (
        "field.themes(3)",
        "In die Klammern von „themes“ gehört hier ein Wort in Anführungszeichen, nicht „3“.",
    ),
}
"""Mistake → a cell that runs in JupyterLab and shows nothing or the wrong, and the sentence below it."""
