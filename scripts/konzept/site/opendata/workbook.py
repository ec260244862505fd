"""One workbook for readers: a sheet explains, each other one holds one named table.

The workbook that authors edit is another one (`konzept.authors.excel`): there keys are locked and lists offered.
Here nothing is locked, hidden or merged, a table begins in the first cell, and its headings stay in sight.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as NamedTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from konzept.authors.excel import style
from konzept.authors.excel.cells import NUMERIC, escape
from konzept.authors.excel.keys import name_of, shown
from konzept.authors.excel.layout import Field, Sheet, table_sheets
from konzept.authors.excel.raw_sheets import CELL_LIMIT
from konzept.authors.excel.writing import steady
from konzept.data.package import Package
from konzept.data.reading import Rows
from konzept.elements.publication.downloads import citation, rights
from konzept.words import german

GUIDE = "Lies mich"
EXPLANATIONS = "Was die Spalten bedeuten"
_GUIDE_WIDTHS = (34, 90, 12)
_EXPLANATION_WIDTHS = (30, 30, 26, 90)
_CUT = " … (gekürzt; vollständig in der CSV-Datei)"


def workbook(package: Package, tables: Mapping[str, Rows]) -> bytes:
    """Write the workbook; the same data give the same bytes."""
    book = Workbook()
    sheets = [sheet for sheet in table_sheets(package) if tables[sheet.table]]
    empty = [sheet.title for sheet in table_sheets(package) if not tables[sheet.table]]
    guide = book.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide, package, sheets, empty, tables)
    _write_explanations(book.create_sheet(EXPLANATIONS), sheets)
    names = {table: _names(rows) for table, rows in tables.items()}
    for sheet in sheets:
        _write_table(book.create_sheet(sheet.title), sheet, tables[sheet.table], names)
    book.properties.title = f"{package.title} {package.town.genitive}: Daten"
    book.properties.description = f"Stand {german.date(package.stand)}. {package.notice}."
    book.properties.creator = package.speaker
    book.properties.language = "de-DE"
    book.properties.created = dt.datetime.combine(package.stand, dt.time())
    return steady(book)


def _names(rows: Rows) -> dict[str, str]:
    """Name rows as they stand where others refer to them: key and name."""
    return {
        row["id"]: shown(row["id"], name_of({c: str(v) for c, v in row.items() if v is not None}))
        for row in rows
        if row.get("id")
    }


def _write_guide(
    target: Worksheet,
    package: Package,
    sheets: Sequence[Sheet],
    empty: Sequence[str],
    tables: Mapping[str, Rows],
) -> None:
    target.title = GUIDE
    for n, width in enumerate(_GUIDE_WIDTHS, 1):
        target.column_dimensions[get_column_letter(n)].width = width
    title = style.cell_at(target, 1, 1)
    style.write_text(title, f"{package.title} {package.town.genitive}: Daten")
    title.font = style.font(20, bold=True, tone="primaer")
    target.row_dimensions[1].height = 36
    told = (
        ("Stand der Daten", f"{german.date(package.stand)}. {package.origin}. {package.notice}."),
        (
            "Blätter",
            "Jedes Blatt enthält eine Tabelle. Wörter mit fester Bedeutung sind ausgeschrieben; "
            "wo eine Zeile auf eine andere verweist, stehen deren Kennung und Name.",
        ),
        ("Quellen", "Jede Angabe nennt Quelle und Fundstelle. Was keine Quelle nennt, ist leer."),
        ("Rechte", rights(package)),
        ("So zitieren", citation(package)),
        *([("Ohne Blatt", f"Diese Tabellen haben keine Zeilen: {german.listing(empty)}.")] if empty else []),
    )
    for row, (term, text) in enumerate(told, 2):
        _write_line(target, row, (term, text))
        style.cell_at(target, row, 1).font = style.font(bold=True)
    head = len(told) + 3
    for n, text in enumerate(("Blatt", "Inhalt", "Zeilen"), 1):
        style.write_head(style.cell_at(target, head, n), text)
    explained = (EXPLANATIONS, "Was die Spalten aller Blätter bedeuten.", sum(len(s.fields) for s in sheets))
    listed = [explained, *((s.title, s.description, len(tables[s.table])) for s in sheets)]
    for row, (name, text, count) in enumerate(listed, head + 1):
        _write_line(target, row, (name, text))
        link = style.cell_at(target, row, 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(name)}!A1", display=name)
        link.font = style.font(tone="primaer", link=True)
        number = style.cell_at(target, row, 3)
        number.value = count
        number.alignment = Alignment(horizontal="right", vertical="top")
    _name_table(target, "blaetter", head, head + len(listed), 3)
    style.set_up_page(target, paper="A4")


def _write_line(target: Worksheet, row: int, texts: Sequence[str]) -> None:
    for n, text in enumerate(texts, 1):
        cell = style.cell_at(target, row, n)
        style.write_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    target.row_dimensions[row].height = style.row_height([(_GUIDE_WIDTHS[1], texts[-1])])


def _write_explanations(target: Worksheet, sheets: Sequence[Sheet]) -> None:
    heads = ("Blatt", "Spalte", "Name in den CSV-Dateien", "Bedeutung")
    rows = [(s.title, f.heading, f"{s.table}.{f.name}", f.explanation) for s in sheets for f in s.fields]
    for n, (text, width) in enumerate(zip(heads, _EXPLANATION_WIDTHS, strict=True), 1):
        style.write_head(style.cell_at(target, 1, n), text)
        target.column_dimensions[get_column_letter(n)].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, texts in enumerate(rows, 2):
        for n, text in enumerate(texts, 1):
            cell = style.cell_at(target, row, n)
            style.write_text(cell, text)
            cell.alignment = wrapped
        target.row_dimensions[row].height = style.row_height([(_EXPLANATION_WIDTHS[-1], texts[-1])])
    _finish(target, "spalten", len(rows) + 1, len(heads))


def _write_table(target: Worksheet, sheet: Sheet, rows: Rows, names: Mapping[str, Mapping[str, str]]) -> None:
    formats = [(style.alignment(field), style.number_format(field)) for field in sheet.fields]
    for n, field in enumerate(sheet.fields, 1):
        style.write_head(style.cell_at(target, 1, n), field.heading)
        target.column_dimensions[get_column_letter(n)].width = style.width(field)
    target.row_dimensions[1].height = 34
    for row, cells in enumerate(rows, 2):
        texts: list[tuple[float, str]] = []
        for n, (field, (alignment, form)) in enumerate(zip(sheet.fields, formats, strict=True), 1):
            value = cells[field.name]
            if value is None:
                continue
            cell = style.cell_at(target, row, n)
            if field.type == "date":
                cell.value = value
            elif field.type in NUMERIC:
                cell.value = float(value) if isinstance(value, Decimal) else value
            else:
                text = _worded(str(value), field, names)
                style.write_text(cell, text)
                texts.append((style.width(field), text))
            cell.alignment, cell.number_format = alignment, form
        target.row_dimensions[row].height = style.row_height(texts or [(1, "")])
    _finish(target, sheet.table, len(rows) + 1, len(sheet.fields))


def _worded(text: str, field: Field, names: Mapping[str, Mapping[str, str]]) -> str:
    """Write a word of the data as readers know it; Excel would cut off a text that is too long without a word."""
    if field.labels:
        return field.labels.get(text, text)
    if field.reference:
        return names[field.reference].get(text, text)
    return text if len(escape(text)) <= CELL_LIMIT else text[: CELL_LIMIT // 2] + _CUT


def _finish(target: Worksheet, name: str, last_row: int, columns: int) -> None:
    """Name the table, keep its headings in sight, and set up its print."""
    _name_table(target, name, 1, last_row, columns)
    target.freeze_panes = "B2"
    target.print_title_rows = "1:1"
    style.set_up_page(target, paper="A3")


def _name_table(target: Worksheet, name: str, first_row: int, last_row: int, columns: int) -> None:
    table = NamedTable(displayName=_name(name), ref=f"A{first_row}:{get_column_letter(columns)}{last_row}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    target.add_table(table)


def _name(table: str) -> str:
    """Name a table as Excel allows it: a word that is not the address of a cell."""
    word = re.sub(r"\W", "_", table)
    return f"t_{word}" if re.fullmatch(r"\d.*|[a-z]{1,3}\d+|[rc]|r\d+c\d+", word, re.IGNORECASE) else word
