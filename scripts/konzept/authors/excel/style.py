"""How a workbook looks: type, colours of the palette, widths, heights, print set-up, locks."""

from __future__ import annotations

import math
from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from konzept.authors.excel.cells import NUMERIC, escape
from konzept.authors.excel.layout import Field
from konzept.elements.palette import INTERFACE

_FONT = "Calibri"
_LINE_HEIGHT = 15.0

_LONG = frozenset(
    [
        "text",
        "beschreibung",
        "definition",
        "fokus",
        "aussage_a",
        "aussage_b",
        "entscheidung",
        "begruendung",
        "lehre",
        "titel",
        "frage",
        "hinweis",
        "status_text",
        "satzname",
    ]
)
"""Columns whose texts are sentences."""


def colour(name: str) -> str:
    """Give a colour of the interface as Excel writes it."""
    return INTERFACE[name][0].lstrip("#")


LINE = Side(style="thin", color=colour("linie"))
GRID = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)
UNLOCKED = Protection(locked=False)
LOCKED = Protection(locked=True)


def font(size: float = 11, *, tone: str = "text", bold: bool = False, link: bool = False) -> Font:
    """Give the workbook's one typeface."""
    return Font(name=_FONT, size=size, bold=bold, color=colour(tone), underline="single" if link else None)


def write_text(cell: Cell, text: str) -> None:
    """Write text as text, whatever it begins with."""
    if not text:
        return
    cell.value = escape(text)
    # openpyxl takes „=“ for a formula, and Excel would on the next edit of the cell.
    cell.data_type = "s"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def write_head(cell: Cell, text: str) -> None:
    """Write a heading of a column."""
    write_text(cell, text)
    cell.font = font(bold=True, tone="papier")
    cell.fill = PatternFill("solid", fgColor=colour("primaer"))
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = GRID
    cell.protection = LOCKED


def format_cell(cell: Cell, field: Field, *, locked: bool) -> None:
    """Format a cell of a table; what is locked stands on a tinted ground."""
    cell.number_format = number_format(field)
    cell.alignment = alignment(field)
    cell.border = GRID
    cell.protection = LOCKED if locked else UNLOCKED
    cell.font = font(tone="text-2" if locked else "text")
    if locked:
        cell.fill = PatternFill("solid", fgColor=colour("flaeche"))


def alignment(field: Field) -> Alignment:
    """Numbers to the right, all else to the left; long texts on several lines."""
    side = "right" if field.type in NUMERIC else "left"
    return Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(side == "right"))


def number_format(field: Field) -> str:
    """Days as Germans write them, text as text."""
    if field.type == "date":
        return "DD.MM.YYYY"
    return {"integer": "0", "number": "General"}.get(field.type, "@")


def width(field: Field) -> float:
    """Give a column the room its texts take."""
    if field.type == "date" or field.type in NUMERIC:
        return 15
    if field.reference:
        return 36
    if field.labels:
        return max(18, min(30, max(map(len, field.labels.values())) + 4))
    if field.name == "id":
        return 34
    return 58 if field.name in _LONG else 30


def row_height(texts: Iterable[tuple[float, str]]) -> float:
    """Estimate the height of a row: the width of each column, and the text that stands there.

    Examples
    --------
    >>> row_height([(10, "kurz")]), row_height([(10, "ein Text, der zwei Zeilen")])
    (18.0, 48.0)
    """
    lines = max(
        sum(max(1, math.ceil(len(part) * 1.1 / wide)) for part in text.split("\n")) for wide, text in texts
    )
    return min(400.0, lines * _LINE_HEIGHT + 3)


def protect(target: Worksheet) -> None:
    """Lock what an author must not change by accident; there is no password."""
    # In a workbook these words say what is forbidden.
    target.protection = SheetProtection(
        sheet=True,
        formatCells=False,
        formatColumns=False,
        formatRows=False,
        insertRows=False,
        autoFilter=False,
        sort=False,
    )


def set_up_page(target: Worksheet, *, paper: str, pages_wide: int = 1) -> None:
    """Print in landscape on whole pages, with the sheet's name and page numbers below."""
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = {"A3": target.PAPERSIZE_A3, "A4": target.PAPERSIZE_A4}[paper]
    target.page_setup.fitToWidth = pages_wide
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.oddFooter = footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "Seite &P von &N"
    target.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.8, footer=0.4)


def cell_at(target: Worksheet, row: int, column: int) -> Cell:
    """Give a cell; there are no merged ones."""
    cell = target.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
