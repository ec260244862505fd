"""Tables → one workbook that can be filled in without knowing the data's keys."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from konzept import german
from konzept.excel import guide
from konzept.excel.base import packed
from konzept.excel.cells import NUMERIC, escape
from konzept.excel.importing import Present, Tables, plan_import, read_present
from konzept.excel.layout import (
    APPEND_ONLY,
    BASE,
    GUIDE,
    LISTS,
    NEW_MEASURE,
    Field,
    Sheet,
    measure_sheet,
)
from konzept.excel.names import name_of, shown
from konzept.excel.opening import open_workbook
from konzept.excel.sheets import REQUIRED_MARK
from konzept.palette import INTERFACE
from konzept.problems import DataProblems, Problem

HEAD = 3
"""The row of headings; title and explanations stand above it."""
LAST_ROW = 1_048_576
CELL_LIMIT = 32_767
"""So many characters a cell of Excel takes; more would be cut off in silence."""

_FONT = "Calibri"
_FORM_ROWS = 60


def _colour(name: str) -> str:
    return INTERFACE[name][0].lstrip("#")


_LINE = Side(style="thin", color=_colour("linie"))
_GRID = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
_OPEN = Protection(locked=False)


def export_workbook(path: Path, folder: Path) -> int:
    """Write all tables of a data folder as one workbook.

    Parameters
    ----------
    path
        The file; an older workbook is replaced unless it holds changes that were not imported.
    folder
        The data folder.

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
        raise _problem(path, "Der Name muss auf „.xlsx“ enden.")
    present = read_present(folder)
    if problems := _too_long(present):
        raise DataProblems(problems)
    _protect_work(path, folder)
    content = workbook_bytes(present)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            # A temporary file is private; a workbook is as open as other new files.
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError:
        raise _problem(
            path,
            "Die Datei lässt sich nicht schreiben. Schließen Sie sie in Excel, oder wählen Sie einen anderen Ort.",
        ) from None
    return len(present.sheets)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _problem(path: Path, message: str) -> DataProblems:
    return DataProblems([Problem(path.name, None, None, message)])


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


def _protect_work(path: Path, folder: Path) -> None:
    """Do not overwrite what someone typed and has not imported, nor a file of another kind."""
    if not path.exists():
        return
    if BASE not in open_workbook(path):
        raise _problem(path, "Diese Datei gibt es schon, und sie ist keine Arbeitsmappe des Konzepts.")
    try:
        waiting = bool(plan_import(path, folder).contents)
    except DataProblems:
        waiting = True
    if waiting:
        raise _problem(
            path,
            "In dieser Arbeitsmappe stehen Eingaben, die nicht importiert sind. "
            "Importieren Sie sie, oder wählen Sie einen anderen Namen.",
        )


def workbook_bytes(present: Present) -> bytes:
    """Write the workbook; the same data give the same bytes."""
    book = Workbook()
    form = measure_sheet(present.package)
    sheets = (*([form] if form else []), *present.sheets)
    lists = _Lists(book.create_sheet(LISTS), present.tables)
    guide_sheet = book.active
    assert isinstance(guide_sheet, Worksheet)
    _write_guide(guide_sheet, present, sheets)
    for sheet in sheets:
        target = book.create_sheet(sheet.title)
        _write_table(target, sheet, present.tables.get(sheet.table, []), lists)
    book.move_sheet(LISTS, len(sheets))
    base = book.create_sheet(BASE)
    for n, piece in enumerate(packed(present.tables), 1):
        _text(base.cell(n, 1), piece)
    book[LISTS].sheet_state = "hidden"
    base.sheet_state = "veryHidden"
    when = dt.datetime.combine(present.package.stand, dt.time())
    book.properties.title = f"{present.package.title} – {present.package.town.name}"
    book.properties.creator = present.package.town.title
    book.properties.language = "de-DE"
    book.properties.created = when
    return _steady(book, when)


def _steady(book: Workbook, when: dt.datetime) -> bytes:
    """Save without the hour at which it happens."""
    raw = io.BytesIO()
    book.save(raw)
    book.properties.modified = when
    steady = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = tostring(book.properties.to_tree())
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return steady.getvalue()


class _Lists:
    """The hidden sheet of drop-down lists; each list stands in a column and is written once."""

    def __init__(self, sheet: Worksheet, tables: Tables) -> None:
        self._sheet = sheet
        self._tables = tables
        self._known: dict[tuple[str, ...], str] = {}

    def entries(self, field: Field) -> tuple[str, ...]:
        if field.reference:
            return tuple(shown(cells["id"], name_of(cells)) for cells in self._tables[field.reference])
        return tuple(field.labels.values())

    def range(self, field: Field) -> str | None:
        """Find or write the list of a column; empty lists help nobody."""
        entries = self.entries(field)
        if not entries:
            return None
        if entries not in self._known:
            column = len(self._known) + 1
            _text(self._sheet.cell(1, column), field.reference or field.heading)
            for row, entry in enumerate(entries, 2):
                _text(self._sheet.cell(row, column), entry)
            letter = get_column_letter(column)
            self._known[entries] = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(entries) + 1}"
        return self._known[entries]


def _write_table(target: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, str]], lists: _Lists) -> None:
    names = {
        table: {cells["id"]: shown(cells["id"], name_of(cells)) for cells in lists._tables[table]}
        for table in {f.reference for f in sheet.fields if f.reference}
    }
    _write_head(target, sheet)
    for n, field in enumerate(sheet.fields, 1):
        _format_column(target, n, field, sheet, rows)
        _add_validation(target, n, field, lists)
    for row, cells in enumerate(rows, HEAD + 1):
        for n, field in enumerate(sheet.fields, 1):
            cell = target.cell(row, n)
            _fill(cell, cells[field.name], field, names)
            fixed = field.name in sheet.key or sheet.table == APPEND_ONLY
            _format_cell(cell, field, locked=fixed)
    if sheet.table == NEW_MEASURE:
        for row in range(HEAD + 1, HEAD + 1 + _FORM_ROWS):
            for n, field in enumerate(sheet.fields, 1):
                _format_cell(target.cell(row, n), field, locked=False)
    _protect(target)
    _set_up_page(target, sheet, len(rows))


def _write_head(target: Worksheet, sheet: Sheet) -> None:
    _text(target.cell(1, 1), f"{sheet.title}: {sheet.description}" if sheet.description else sheet.title)
    target.cell(1, 1).font = Font(name=_FONT, size=13, bold=True, color=_colour("primaer"))
    target.cell(1, 1).alignment = Alignment(vertical="center")
    target.row_dimensions[1].height = 24
    for n, field in enumerate(sheet.fields, 1):
        above, head = target.cell(HEAD - 1, n), target.cell(HEAD, n)
        _text(above, field.explanation)
        above.font = Font(name=_FONT, size=8, color=_colour("text-2"))
        above.alignment = Alignment(wrap_text=True, vertical="bottom")
        _text(head, field.heading + (REQUIRED_MARK if field.required else ""))
        head.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=_colour("primaer"))
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.border = _GRID
        for cell in (above, head):
            cell.protection = Protection(locked=True)
    longest = max(len(f.explanation) / _width(f) for f in sheet.fields)
    # Small print: about 1.25 characters stand on a unit of width.
    target.row_dimensions[HEAD - 1].height = min(120, 12 * (1 + int(longest / 1.15)) + 4)
    target.row_dimensions[HEAD].height = 32
    target.freeze_panes = target.cell(HEAD + 1, 2)


def _width(field: Field) -> float:
    """Give a column the room its texts take."""
    if field.type == "date":
        return 14
    if field.type in NUMERIC:
        return 14
    if field.reference:
        return 34
    if field.labels:
        return max(16, min(30, max(map(len, field.labels.values())) + 4))
    if field.name == "id":
        return 32
    if field.name in _LONG:
        return 56
    return 28


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


def _format_column(
    target: Worksheet, n: int, field: Field, sheet: Sheet, rows: Sequence[Mapping[str, str]]
) -> None:
    """Format the cells below the table, so that new rows can be typed."""
    column = target.column_dimensions[get_column_letter(n)]
    column.width = _width(field)
    column.protection = _OPEN
    column.number_format = _number_format(field)
    column.alignment = _alignment(field)
    column.font = Font(name=_FONT, size=11)


def _alignment(field: Field) -> Alignment:
    side = "right" if field.type in NUMERIC else "left"
    return Alignment(wrap_text=True, vertical="top", horizontal=side)


def _number_format(field: Field) -> str:
    if field.type == "date":
        return "DD.MM.YYYY"
    return {"integer": "0", "number": "General"}.get(field.type, "@")


def _format_cell(cell: Cell, field: Field, *, locked: bool) -> None:
    cell.number_format = _number_format(field)
    cell.alignment = _alignment(field)
    cell.border = _GRID
    cell.protection = Protection(locked=locked)
    cell.font = Font(name=_FONT, size=11, color=_colour("text-2") if locked else _colour("text"))
    if locked:
        cell.fill = PatternFill("solid", fgColor=_colour("flaeche"))


def _fill(cell: Cell, text: str, field: Field, names: Mapping[str, Mapping[str, str]]) -> None:
    """Write a value of the data as what it is: a number, a day, a German word, or text."""
    if not text:
        return
    if field.type == "date":
        cell.value = dt.date.fromisoformat(text)
    elif field.type in NUMERIC:
        number = Decimal(text.replace(",", "."))
        cell.value = int(number) if number == number.to_integral() else float(number)
    elif field.labels:
        _text(cell, field.labels.get(text, text))
    elif field.reference:
        _text(cell, names[field.reference].get(text, text))
    else:
        _text(cell, text)


def _text(cell: Cell, text: str) -> None:
    """Write text as text, whatever it begins with."""
    if not text:
        return
    cell.value = escape(text)
    # openpyxl takes „=“ for a formula, and Excel would on the next edit of the cell.
    cell.data_type = "s"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def _add_validation(target: Worksheet, n: int, field: Field, lists: _Lists) -> None:
    """Offer a list, or hold the cell to its type; explain the column when a cell is entered."""
    where = lists.range(field) if field.labels or field.reference else None
    style = "stop"
    error = None
    if where:
        rule = DataValidation(type="list", formula1=where)
        if field.reference:
            # A row that is new in this workbook is named by its title, which no list knows yet.
            style = "warning"
            error = "Das steht nicht in der Liste. Neue Zeilen nennen Sie mit ihrem Namen."
        else:
            error = "Bitte wählen Sie aus der Liste."
    elif field.type == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1="1")
        error = "Bitte schreiben Sie einen Tag, zum Beispiel 25.06.2025."
    elif field.type == "integer":
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        error = "Bitte schreiben Sie eine ganze Zahl ohne Punkt."
    elif field.type == "number":
        rule = DataValidation(type="decimal", operator="greaterThan", formula1="-1000000000000")
        error = "Bitte schreiben Sie eine Zahl mit Komma und ohne Punkt, zum Beispiel 6,55."
    else:
        rule = DataValidation()
    rule.allow_blank = True
    rule.errorStyle = style
    rule.showErrorMessage = error is not None
    rule.error = error
    rule.errorTitle = field.heading[:32]
    rule.showInputMessage = bool(field.explanation)
    rule.promptTitle = field.heading[:32]
    rule.prompt = _short(field.explanation, 255) or None
    letter = get_column_letter(n)
    rule.add(f"{letter}{HEAD + 1}:{letter}{LAST_ROW}")
    target.add_data_validation(rule)


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 2].rsplit(' ', 1)[0]} …"


def _protect(target: Worksheet) -> None:
    """Lock what an author must not change by accident; there is no password."""
    protection = target.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "autoFilter", "sort"):
        # In a workbook these words say what is forbidden.
        setattr(protection, allowed, False)


def _set_up_page(target: Worksheet, sheet: Sheet, rows: int) -> None:
    last = get_column_letter(len(sheet.fields))
    target.auto_filter.ref = f"A{HEAD}:{last}{HEAD + max(rows, 1)}"
    target.sheet_view.showGridLines = sheet.table == NEW_MEASURE
    target.sheet_view.zoomScale = 100
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = target.PAPERSIZE_A3
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_title_rows = f"{HEAD}:{HEAD}"
    target.print_area = f"A1:{last}{HEAD + max(rows, 1)}"
    _footer(target)
    target.sheet_properties.tabColor = _colour("hinweis" if sheet.table == NEW_MEASURE else "primaer")


def _footer(target: Worksheet) -> None:
    target.oddFooter.left.text = "&A"
    target.oddFooter.right.text = "Seite &P von &N"
    target.page_margins.left = target.page_margins.right = 0.4
    target.page_margins.top = target.page_margins.bottom = 0.6


def _write_guide(target: Worksheet, present: Present, sheets: tuple[Sheet, ...]) -> None:
    """Write how to work with the workbook, what its sheets hold, and the criteria of each status."""
    target.title = GUIDE
    for letter, width in zip("ABC", (30, 78, 40), strict=True):
        target.column_dimensions[letter].width = width
    package = present.package
    row = 1
    _text(target.cell(row, 1), f"{package.title} {package.town.genitive}: Arbeitsmappe")
    target.cell(row, 1).font = Font(name=_FONT, size=20, bold=True, color=_colour("primaer"))
    row += 1
    _text(target.cell(row, 1), f"Stand der Daten: {german.date(package.stand)}. {package.notice}.")
    target.cell(row, 1).font = Font(name=_FONT, size=11, color=_colour("text-2"))
    row = _write_block(target, row + 2, "So arbeiten Sie damit", None, guide.STEPS)
    heads = ("Status", "Kriterium", "Nachweis")
    row = _write_block(target, row + 1, "Wann eine Maßnahme welchen Status hat", heads, guide.status_rows())
    row = _write_block(target, row + 1, "Blätter", None, guide.contents(sheets), links=True)
    target.sheet_view.showGridLines = False
    target.sheet_properties.tabColor = _colour("text-2")
    target.protection.sheet = True
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    _footer(target)


def _write_block(
    target: Worksheet,
    row: int,
    title: str,
    heads: tuple[str, ...] | None,
    lines: Sequence[tuple[str, ...]],
    *,
    links: bool = False,
) -> int:
    _text(target.cell(row, 1), title)
    target.cell(row, 1).font = Font(name=_FONT, size=14, bold=True, color=_colour("primaer"))
    target.row_dimensions[row].height = 24
    row += 1
    for n, head in enumerate(heads or (), 1):
        cell = target.cell(row, n)
        _text(cell, head)
        cell.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_colour("primaer"))
    row += bool(heads)
    for line in lines:
        for n, text in enumerate(line, 1):
            cell = target.cell(row, n)
            _text(cell, text)
            cell.font = Font(name=_FONT, size=11, bold=n == 1, color=_colour("text"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=_LINE)
        if links:
            target.cell(row, 1).hyperlink = f"#{quote_sheetname(line[0])}!A{HEAD + 1}"
            target.cell(row, 1).font = Font(name=_FONT, size=11, underline="single", color=_colour("primaer"))
        row += 1
    return row
