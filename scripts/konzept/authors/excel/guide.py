"""What the sheet „Lies mich“ says: how to work with the workbook, and the criteria of each status."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from konzept.authors.excel import style
from konzept.authors.excel.layout import GUIDE, NEW_MEASURE, Sheet
from konzept.data.package import Package
from konzept.words import german

_STEPS: tuple[tuple[str, str], ...] = (
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
        "Ein neuer Status ist eine neue Zeile im Statusverlauf; der jüngste Eintrag gilt. "
        "Ist er jünger als der Stand der Daten, setzen Sie diesen im Blatt „Stand der Daten“ neu. "
        "Einen Irrtum berichtigen Sie in seiner Zeile. Was schon eine Ausgabe zeigt, bleibt stehen "
        "und wird mit einer neuen Zeile berichtigt.",
    ),
    (
        "Löschen",
        "Heben Sie unter „Überprüfen“ den Blattschutz auf (ohne Kennwort) und löschen Sie die ganze Zeile. "
        "Mit einer Maßnahme geht alles, was an ihr hängt; der Import nennt es und fragt vorher.",
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
        "Speichern Sie die Mappe als .xlsx, und geben Sie sie am Schreibtisch zurück (oder mit „konzept excel import --probe“): "
        "Er zeigt, was neu, geändert und gelöscht wäre, und schreibt nichts. "
        "Bei einem Fehler nennt der Import die Zelle und ändert nichts.",
    ),
    (
        "Danach",
        "Holen Sie am Schreibtisch eine neue Mappe (oder mit „konzept excel export“). "
        "Was andere inzwischen geändert haben, bleibt auch mit einer älteren Mappe erhalten; "
        "haben zwei dasselbe geändert, nennt der Import beide Angaben.",
    ),
)
"""Each step with a word for it."""


_WIDTHS = (30, 78, 40)


def write_guide(target: Worksheet, package: Package, sheets: Sequence[Sheet], head: int) -> None:
    """Fill the first sheet; the names of the others lead there, below the row of their headings."""
    target.title = GUIDE
    for n, width in enumerate(_WIDTHS, 1):
        target.column_dimensions[get_column_letter(n)].width = width
    _write_line(target, 1, f"{package.title} {package.town.genitive}: Arbeitsmappe", size=20, height=34)
    notice = f"Stand der Daten: {german.date(package.stand)}. {package.notice}."
    _write_line(target, 2, notice, size=11, height=20)
    row = _write_block(target, 4, "So arbeiten Sie damit", (), _STEPS)
    statuses = [(s.label, s.criterion, s.proof) for s in package.statuses]
    heads = ("Status", "Kriterium", "Nachweis")
    row = _write_block(target, row + 1, "Wann eine Maßnahme welchen Status hat", heads, statuses)
    first = row + 2
    _write_block(target, row + 1, "Blätter", (), [(s.title, s.description) for s in sheets])
    for n, sheet in enumerate(sheets, first):
        cell = style.cell_at(target, n, 1)
        location = f"{quote_sheetname(sheet.title)}!A{head + 1}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
        cell.font = style.font(tone="primaer", link=True)
    target.sheet_view.showGridLines = False
    target.sheet_properties.tabColor = style.colour("text-2")
    target.protection.sheet = True
    style.set_up_page(target, paper="A4")


def _write_line(target: Worksheet, row: int, text: str, *, size: float, height: float) -> None:
    cell = style.cell_at(target, row, 1)
    style.write_text(cell, text)
    big = size > 12
    cell.font = style.font(size, bold=big, tone="primaer" if big else "text-2")
    cell.alignment = Alignment(vertical="center")
    target.row_dimensions[row].height = height


def _write_block(
    target: Worksheet, row: int, title: str, heads: Sequence[str], lines: Sequence[tuple[str, ...]]
) -> int:
    """Write a heading and lines of cells; give the row after them."""
    _write_line(target, row, title, size=14, height=28)
    row += 1
    for n, head in enumerate(heads, 1):
        style.write_head(style.cell_at(target, row, n), head)
    row += bool(heads)
    for line in lines:
        for n, text in enumerate(line, 1):
            cell = style.cell_at(target, row, n)
            style.write_text(cell, text)
            cell.font = style.font(bold=n == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=style.LINE)
        target.row_dimensions[row].height = style.row_height(zip(_WIDTHS, line, strict=False))
        row += 1
    return row
