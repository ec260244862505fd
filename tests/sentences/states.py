"""What is said of a state of the data that cannot be compared."""

from __future__ import annotations

STATES: dict[str, str] = {
    "Weder Tag noch Datei": "gestern: Das ist kein Tag, kein PDF und kein Datenordner. "
    "Nennen Sie einen Tag wie 30.08.2023 oder einen vorhandenen Pfad.",
    "Tag in der Zukunft": "01.01.2026: Dieser Tag liegt nach dem Stand der Daten (18.12.2025). Nennen Sie einen früheren.",
    "Stände vertauscht": "01.01.2024: Der erste Stand ist jünger als der zweite (01.01.2023). "
    "Vertauschen Sie „--seit“ und „--bis“.",
    "Beschädigtes PDF": "kaputt.pdf: Diese Datei ist kein PDF oder beschädigt. Holen Sie eine unversehrte Fassung.",
    "PDF ohne Daten": "leer.pdf: In diesem PDF sind keine Daten enthalten. "
    "Nehmen Sie eines, das „konzept build“ oder „konzept ausgabe“ gesetzt hat.",
    "Maßlos große Daten": "gross.pdf: Die Daten in diesem PDF sind größer als jedes Integrationskonzept.",
    "Daten einer anderen Kommune": "ORDNER/alt: Diese Daten gehören zu: Stadt Adorf. "
    "Vergleichen lässt sich nur: Stadt Lehrte.",
    "Ausgabe eines neueren Programms": "ORDNER/alt: Diese Ausgabe ist mit einer neueren Fassung des Programms entstanden; "
    "hier ist unbekannt: Spalte „dauer“ in „gruppen“, Tabelle „zukunft“. Bringen Sie Programm und Daten auf deren Stand.",
    "Kennung umbenannt": "neu/massnahmen.csv, Spalte „id“: „m-a“ heißt jetzt offenbar „m-b“; "
    "Kennungen werden nicht geändert. Stellen Sie sie wieder her, oder halten Sie die Umbenennung in kommune.json fest: "
    '"umbenannt": {"massnahmen": {"m-a": "m-b"}}.',
}
"""Mistake → the answer."""

ISSUING: dict[str, str] = {
    "Ausgabe ohne Namen": "data/ausgaben.csv: „…“ ist kein Name für eine Ausgabe. Nennen Sie sie zum Beispiel „Arbeitsfassung 2“.",
    "Ausgabe, die es gibt": "data/ausgaben.csv: Eine Ausgabe „stand august 2023“ gibt es schon. "
    "Geben Sie der neuen einen anderen Namen.",
    "Ausgabe ohne Neues": "data/ausgaben.csv: Diese Daten sind schon die Ausgabe „Fassung 1“ (Stand 18.12.2025); "
    "seitdem hat sich nichts geändert.",
    "Ausgabe gelungen": "Die Ausgabe steht in data/ausgaben.csv.",
}
"""What is said when an edition is issued."""

APPROVING: dict[str, str] = {
    "Freigabe gelungen": "Freigegeben am 01.10.2026: Kapitel „gesundheit“, Ausschuss für Soziales, Gleichstellung und Integration.",
    "Wo sie zu sehen ist": "Die Freigabe steht in data/freigaben.csv.",
    "Freigabe eines Kapitels, das im Buch fehlt": "data/freigaben.csv, Zeile 2, Spalte „handlungsfeld_id“: "
    "Freigegeben ist das Kapitel „bildung“, aber im Buch steht es nicht. "
    "Holen Sie book/chapters/NN-bildung.md zurück, oder löschen Sie die Zeile.",
    "Dieselbe Freigabe noch einmal": "--tag: Diese Freigabe vom 01.10.2026 steht schon in den Daten. "
    "Für eine neue Freigabe nennen Sie deren Tag; war die alte ein Versehen, löschen Sie ihre Zeile.",
}
"""What is said when a chapter is approved."""

REPORTING: dict[str, str] = {
    "Beschlussvorschlag ohne Worte": "Noch nicht eingetragen.",
    "Zweimal derselbe Stand": "2025-12-18: Beide Stände sind derselbe (18.12.2025); zu berichten ist nichts. "
    "Nennen Sie einen früheren mit „--seit“.",
    "Kein Tag als zweiter Stand": "--bis: „morgen“ ist kein Tag, Monat oder Jahr. "
    "Schreiben Sie zum Beispiel 31.08.2023, 2023-08-31, 2023-08 oder 2023.",
    "Unbekannter Abschnitt": "book/berichte/2025-12-18.md, Zeile 3: Den Abschnitt „Das Wichtige“ hat der Bericht nicht. "
    "Meinten Sie „Das Wichtigste“?",
    "Abschnitt doppelt": "book/berichte/2025-12-18.md, Zeile 5: Der Abschnitt „Das Wichtigste“ steht hier zum zweiten Mal. "
    "Führen Sie beide zusammen.",
    "Einschätzungen in anderer Kodierung": "book/berichte/2025-12-18.md: Die Datei lässt sich nicht lesen. "
    "Speichern Sie sie in UTF-8.",
}
"""What is said of a status report that cannot be written."""
