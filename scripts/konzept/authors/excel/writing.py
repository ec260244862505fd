"""Tables → one workbook that can be filled in without knowing the data's keys."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from konzept.authors.check import lists_of, names_in_tables
from konzept.authors.excel import style
from konzept.authors.excel.cells import NUMERIC, escape
from konzept.authors.excel.changes import is_frozen
from konzept.authors.excel.dropdowns import Lists, add_validation
from konzept.authors.excel.guide import write_guide
from konzept.authors.excel.importing import frozen_until, plan_import, read_present
from konzept.authors.excel.layout import (
    BASE,
    FROZEN,
    HEAD,
    LISTS,
    NEW_MEASURE,
    SETTINGS_SHEET,
    Field,
    Sheet,
    Tables,
    measure_sheet,
)
from konzept.authors.excel.raw_sheets import CELL_LIMIT, open_workbook, packed
from konzept.authors.excel.sheets import REQUIRED_MARK
from konzept.authors.excel.trial import Present
from konzept.authors.office_files import UNWRITABLE, refused
from konzept.data.files import whole
from konzept.data.privacy.files import names_in
from konzept.data.privacy.lists import read_lists
from konzept.data.privacy.names import Names
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import read_folder
from konzept.words import german

_FORM_ROWS = 40
_PRIVATE = "In der Arbeitsmappe stünde ein Name aus data/intern/. Nehmen Sie ihn aus den Tabellen oder aus data/kommune.json heraus."


def export_workbook(path: Path, folder: Path, book: Path | None = None) -> int:
    """Write all tables of a data folder as one workbook.

    Parameters
    ----------
    path
        The file; an older workbook is replaced unless it holds changes that were not imported.
    folder
        The data folder.
    book
        The folder of chapters; beside it the project may keep private names of its own.

    Returns
    -------
    int
        How many tables were written.

    Raises
    ------
    DataProblems
        Nothing was written; the problems say why.
    """
    if path.suffix.lower() != ".xlsx":
        raise refused(path, "Der Name muss auf „.xlsx“ enden.")
    present = read_present(folder)
    if problems := _too_long(present):
        raise DataProblems(problems)
    _protect_work(path, present)
    names = _refuse_private(folder, book)
    content = workbook_bytes(present)
    if names_in(content, names):
        raise refused(path, _PRIVATE)
    try:
        with whole(path) as waiting:
            waiting.write_bytes(content)
    except OSError:
        raise refused(path, UNWRITABLE) from None
    return len(present.sheets)


def _refuse_private(folder: Path, book: Path | None) -> Names:
    """Give the names that a workbook must not hold; refuse tables that hold one, or lists that cannot be read."""
    names, problems = read_lists(*lists_of(folder, book))
    problems += names_in_tables(read_folder(folder), names)
    if problems:
        raise DataProblems(problems)
    return names


def _too_long(present: Present) -> list[Problem]:
    return [
        Problem(
            f"{present.package.folder.name}/{present.package.tables[sheet.table].file}",
            None,
            field.name,
            f"Der Text der Zeile „{next(iter(cells.values()))}“ ist länger als {german.number(CELL_LIMIT)} "
            "Zeichen; mehr fasst eine Zelle in Excel nicht.",
        )
        for sheet in present.sheets
        for cells in present.tables[sheet.table]
        for field in sheet.fields
        if len(escape(cells[field.name])) > CELL_LIMIT
    ]


def _protect_work(path: Path, present: Present) -> None:
    """Do not overwrite what someone typed and has not imported, nor a file of another kind."""
    if not path.exists():
        return
    if BASE not in open_workbook(path):
        raise refused(
            path,
            "Diese Datei gibt es schon, und sie ist keine Arbeitsmappe des Konzepts. Nennen Sie einen anderen Namen.",
        )
    try:
        plan = plan_import(path, present)
        waiting = bool(plan.contents or plan.conflicts)
    except DataProblems:
        waiting = True
    if waiting:
        raise refused(
            path,
            "In dieser Arbeitsmappe stehen Eingaben, die nicht importiert sind. "
            "Importieren Sie sie, oder wählen Sie einen anderen Namen.",
        )


def workbook_bytes(present: Present) -> bytes:
    """Write the workbook; the same data give the same bytes."""
    return steady(
        workbook_of(present, {}, present.package.stand), dt.datetime.combine(present.package.stand, dt.time())
    )


def workbook_of(present: Present, added: Tables, stand: dt.date) -> Workbook:
    """Write the data and rows that are to be added; an import finds these as new."""
    book = Workbook()
    form = measure_sheet(present.package)
    sheets = (*([form] if form else []), SETTINGS_SHEET, *present.sheets)
    base = {SETTINGS_SHEET.table: [{"stand": present.package.stand.isoformat()}], **present.tables}
    tables: Tables = {name: [*rows, *added.get(name, ())] for name, rows in base.items()}
    tables = {**tables, SETTINGS_SHEET.table: [{"stand": stand.isoformat()}]}
    frozen = frozen_until(present)
    guide = book.active
    assert isinstance(guide, Worksheet)
    hidden = book.create_sheet(LISTS)
    lists = Lists(hidden, tables)
    write_guide(guide, present.package, sheets, HEAD)
    for sheet in sheets:
        rows = tables.get(sheet.table, [])
        target = book.create_sheet(sheet.title)
        _write_table(target, sheet, rows, lists, frozen, len(added.get(sheet.table, ())))
    book.move_sheet(LISTS, len(sheets))
    kept = book.create_sheet(BASE)
    for n, piece in enumerate(packed(base), 1):
        style.write_text(style.cell_at(kept, n, 1), piece)
    hidden.sheet_state = "hidden"
    kept.sheet_state = "veryHidden"
    when = dt.datetime.combine(present.package.stand, dt.time())
    book.properties.title = f"{present.package.title} – {present.package.town.name}"
    book.properties.creator = present.package.speaker
    book.properties.language = "de-DE"
    book.properties.created = when
    return book


def steady(book: Workbook, when: dt.datetime) -> bytes:
    """Save without the hour at which it happens, and with rows that grow with their text."""
    raw = io.BytesIO()
    book.save(raw)
    book.properties.modified = when
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = tostring(book.properties.to_tree())
            elif name.startswith("xl/worksheets/"):
                # openpyxl declares every height as set by hand; Excel would then never fit it again.
                content = re.sub(rb'(<row [^>]*?) customHeight="1"', rb"\1", content)
            info = zipfile.ZipInfo(name, (when.year, when.month, when.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()


def _write_table(
    target: Worksheet,
    sheet: Sheet,
    rows: Sequence[Mapping[str, str]],
    lists: Lists,
    frozen: dt.date | None,
    new: int,
) -> None:
    _write_head(target, sheet)
    for n, field in enumerate(sheet.fields, 1):
        _format_column(target, n, field)
        add_validation(target, n, HEAD + 1, field, lists)
    for row, cells in enumerate(rows, HEAD + 1):
        texts = []
        for n, field in enumerate(sheet.fields, 1):
            cell = style.cell_at(target, row, n)
            _fill(cell, cells[field.name], field, lists)
            # A status may be corrected, its day as well, until an edition shows it.
            key = field.name in sheet.key and (sheet.table, field.name) != (FROZEN, "datum")
            locked = row <= HEAD + len(rows) - new and (key or is_frozen(sheet, cells, frozen))
            style.format_cell(cell, field, locked=locked)
            texts.append((style.width(field), str(cell.value or "")))
        target.row_dimensions[row].height = style.row_height(texts)
    used = len(rows)
    if sheet.table == NEW_MEASURE:
        used = _FORM_ROWS
        for row in range(HEAD + 1, HEAD + 1 + used):
            for n, field in enumerate(sheet.fields, 1):
                style.format_cell(style.cell_at(target, row, n), field, locked=False)
            target.row_dimensions[row].height = 33
    style.protect(target)
    last = f"{get_column_letter(len(sheet.fields))}{HEAD + max(used, 1)}"
    target.auto_filter.ref = f"A{HEAD}:{last}"
    target.print_area = f"A1:{last}"
    target.print_title_rows = f"{HEAD}:{HEAD}"
    target.sheet_view.showGridLines = False
    style.set_up_page(target, paper="A3", pages_wide=2 if sheet.table == NEW_MEASURE else 1)
    shown = new or sheet.table == NEW_MEASURE
    target.sheet_properties.tabColor = style.colour("hinweis" if shown else "primaer")


def _write_head(target: Worksheet, sheet: Sheet) -> None:
    title = style.cell_at(target, 1, 1)
    style.write_text(title, f"{sheet.title}: {sheet.description}" if sheet.description else sheet.title)
    title.font = style.font(13, bold=True, tone="primaer")
    title.alignment = Alignment(vertical="center")
    target.row_dimensions[1].height = 26
    for n, field in enumerate(sheet.fields, 1):
        above = style.cell_at(target, HEAD - 1, n)
        style.write_text(above, field.explanation)
        above.font = style.font(9, tone="text-2")
        above.alignment = Alignment(wrap_text=True, vertical="bottom")
        style.write_head(
            style.cell_at(target, HEAD, n), field.heading + (REQUIRED_MARK if field.required else "")
        )
    # Small print: more of it stands on a line.
    texts = [(style.width(field) * 1.2, field.explanation) for field in sheet.fields]
    target.row_dimensions[HEAD - 1].height = min(130.0, style.row_height(texts) * 0.85)
    target.row_dimensions[HEAD].height = 34
    target.freeze_panes = style.cell_at(target, HEAD + 1, 2).coordinate


def _format_column(target: Worksheet, n: int, field: Field) -> None:
    """Format the cells below the table, so that new rows can be typed."""
    column = target.column_dimensions[get_column_letter(n)]
    column.width = style.width(field)
    column.protection = style.UNLOCKED
    column.number_format = style.number_format(field)
    column.alignment = style.alignment(field)
    column.font = style.font()


def _fill(cell: Cell, text: str, field: Field, lists: Lists) -> None:
    """Write a value of the data as what it is: a number, a day, a German word, or text."""
    if not text:
        return
    if field.type == "date":
        cell.value = dt.date.fromisoformat(text)
    elif field.type in NUMERIC:
        number = Decimal(text.replace(",", "."))
        cell.value = int(number) if number == number.to_integral() else float(number)
    elif field.labels:
        style.write_text(cell, field.labels.get(text, text))
    elif field.reference:
        style.write_text(cell, lists.names[field.reference].get(text, text))
    else:
        style.write_text(cell, text)
