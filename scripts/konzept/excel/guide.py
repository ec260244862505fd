"""What the sheet „Lies mich“ says: how to work with the workbook, and the criteria of each status."""

from __future__ import annotations

from konzept.excel.layout import NEW_MEASURE, Sheet
from konzept.words import STATUS_CRITERIA, STATUSES

STEPS: tuple[tuple[str, str], ...] = (
    (
        "Ändern",
        "Schreiben Sie in die hellen Zellen der Tabellen. Wo es eine Liste gibt, wählen Sie daraus. "
        "Ein Sternchen an der Überschrift heißt: Diese Angabe ist Pflicht.",
    ),
    (
        "Ergänzen",
        "Neue Zeilen schreiben Sie unter die letzte. Die Kennung lassen Sie leer; der Import vergibt sie. "
        "Auf eine neue Zeile verweisen Sie mit ihrem Namen statt der Kennung.",
    ),
    (
        NEW_MEASURE,
        f"Eine Maßnahme tragen Sie im Blatt „{NEW_MEASURE}“ in eine einzige Zeile ein. "
        "Der Import verteilt die Angaben auf die Tabellen. Was dort nicht gefragt wird, ergänzen Sie später.",
    ),
    (
        "Status",
        "Ein neuer Status ist eine neue Zeile im Statusverlauf; ältere Zeilen bleiben stehen. "
        "Der jüngste Eintrag gilt.",
    ),
    (
        "Löschen",
        "Heben Sie unter „Überprüfen“ den Blattschutz auf (ohne Kennwort) und löschen Sie die ganze Zeile.",
    ),
    (
        "Zahlen und Tage",
        "Zahlen stehen ohne Punkt für Tausender und mit Komma: 33000 oder 6,55. Tage: 25.06.2025. "
        "Formeln werden nicht übernommen.",
    ),
    (
        "Quellen",
        "Jede Zeile nennt Quelle und Fundstelle. Was keine Quelle nennt, bleibt leer.",
    ),
    (
        "Zurück in die Daten",
        "Speichern Sie die Mappe als .xlsx und führen Sie „konzept excel import“ aus. "
        "Der Import prüft alles und zeigt, was neu, geändert und gelöscht ist. "
        "Bei einem Fehler nennt er die Zelle und ändert nichts.",
    ),
    (
        "Danach",
        "Schreiben Sie mit „konzept excel export“ eine neue Mappe. "
        "Was andere inzwischen geändert haben, bleibt auch mit einer älteren Mappe erhalten.",
    ),
)
"""Each step with a word for it."""


def status_rows() -> list[tuple[str, str, str]]:
    """Name each status with its criterion and the proof it takes."""
    return [(STATUSES[key].label, *texts) for key, texts in STATUS_CRITERIA.items()]


def contents(sheets: tuple[Sheet, ...]) -> list[tuple[str, str]]:
    """List the sheets with what they hold."""
    return [(sheet.title, sheet.description) for sheet in sheets]
