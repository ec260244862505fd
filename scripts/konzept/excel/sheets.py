"""Raw cells → lines of the tables, every cell with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from konzept.excel.cells import BadCell, RawCell, cell_text, clean
from konzept.excel.layout import BASE, GUIDE, LISTS, Field, Sheet
from konzept.excel.opening import Grid
from konzept.problems import Problem, nearest

HEAD_ROWS = 20
"""So far down the headings are looked for; authors may have put rows above them."""

REQUIRED_MARK = " *"


@dataclass(frozen=True)
class Place:
    """Where a line stands in the workbook."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, int]
    """Name in the data → number of the column."""
    headings: Mapping[str, str]

    def problem(self, column: str | None, message: str, value: str | None = None) -> Problem:
        """Say what is wrong with a cell, or with the whole row."""
        number = self.columns.get(column or "")
        if number is None:
            return Problem(f"{self.file}, Blatt „{self.sheet}“", self.row, None, message, value)
        cell = f"{get_column_letter(number)}{self.row}"
        file = f"{self.file}, Blatt „{self.sheet}“, Zelle {cell}"
        return Problem(file, None, self.headings[column or ""], message, value)

    def renamed(self, names: Mapping[str, str]) -> Place:
        """Show the same row under other column names: new name → name here."""
        return Place(
            self.file,
            self.sheet,
            self.row,
            {new: self.columns[old] for new, old in names.items() if old in self.columns},
            {new: self.headings[old] for new, old in names.items() if old in self.headings},
        )


@dataclass
class Line:
    """One row of a table with the texts of its cells."""

    cells: dict[str, str]
    place: Place
    bad: set[str] = field(default_factory=set)
    """Columns whose problem has been told already."""


def read_sheets(
    grids: Mapping[str, Grid], sheets: tuple[Sheet, ...], file: str, problems: list[Problem]
) -> dict[str, list[Line]]:
    """Read the lines of all sheets that there should be, and report what is missing or wrong."""
    known = {sheet.title for sheet in sheets} | {GUIDE, LISTS, BASE}
    strange = [title for title in grids if title not in known]
    by_name = {title.strip().casefold(): grid for title, grid in grids.items()}
    lines: dict[str, list[Line]] = {}
    for sheet in sheets:
        grid = by_name.get(sheet.title.casefold())
        if grid is None:
            hit = nearest(sheet.title, strange)
            hint = f" Wurde es in „{hit}“ umbenannt?" if hit else ""
            problems.append(Problem(file, None, None, f"Das Blatt „{sheet.title}“ fehlt.{hint}"))
            lines[sheet.table] = []
        else:
            lines[sheet.table] = _read_sheet(grid, sheet, file, problems)
    return lines


def strange_sheets(grids: Mapping[str, Grid], sheets: tuple[Sheet, ...]) -> list[str]:
    """Name sheets with content that no table takes."""
    known = {sheet.title.casefold() for sheet in sheets} | {s.casefold() for s in (GUIDE, LISTS, BASE)}
    return [t for t, grid in grids.items() if t.strip().casefold() not in known and grid.rows]


def _read_sheet(grid: Grid, sheet: Sheet, file: str, problems: list[Problem]) -> list[Line]:
    where = f"{file}, Blatt „{sheet.title}“"
    head = _heading_row(grid, sheet)
    if head is None:
        message = f"Die Überschriften der Spalten fehlen (zum Beispiel „{sheet.fields[0].heading}“). Stellen Sie sie wieder her."
        problems.append(Problem(where, None, None, message))
        return []
    columns = _columns(grid, sheet, head, where, problems)
    if columns is None:
        return []
    _report_merged(grid, head, columns, where, problems)
    headings = {f.name: f.heading for f in sheet.fields}
    lines = []
    for row in sorted(n for n in grid.rows if n > head):
        place = Place(file, sheet.title, row, columns, headings)
        line = _line(grid.rows[row], sheet, place, problems)
        if line is not None:
            lines.append(line)
    return lines


def _line(cells: Mapping[int, RawCell], sheet: Sheet, place: Place, problems: list[Problem]) -> Line | None:
    line = Line({}, place)
    for each in sheet.fields:
        raw = cells.get(place.columns[each.name])
        try:
            line.cells[each.name] = cell_text(raw, each) if raw else ""
        except BadCell as error:
            line.cells[each.name] = ""
            line.bad.add(each.name)
            problems.append(place.problem(each.name, str(error), str(raw.value) if raw else None))
    stray = [n for n, cell in cells.items() if n not in place.columns.values() and not _blank(cell)]
    for number in stray:
        ref = f"{get_column_letter(number)}{place.row}"
        problems.append(
            Problem(
                f"{place.file}, Blatt „{place.sheet}“, Zelle {ref}",
                None,
                None,
                "Diese Zelle gehört zu keiner Spalte der Tabelle. Leeren Sie sie oder schreiben Sie in die richtige Spalte.",
            )
        )
    return line if line.bad or any(line.cells.values()) else None


def _blank(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and not clean(cell.value)


def _heading(cell: RawCell) -> str:
    """Read a heading as it compares: without the mark of required columns."""
    value = cell.value
    text = str(Decimal(value)) if isinstance(value, int) else str(value)
    return " ".join(clean(text).removesuffix(REQUIRED_MARK.strip()).split()).casefold()


def _heading_row(grid: Grid, sheet: Sheet) -> int | None:
    """Find the row with most headings; less than half of them is none."""
    names = _names(sheet)
    best, hits = None, (len(sheet.fields) - 1) // 2
    for row in sorted(n for n in grid.rows if n <= HEAD_ROWS):
        found = sum(_heading(cell) in names for cell in grid.rows[row].values())
        if found > hits:
            best, hits = row, found
    return best


def _names(sheet: Sheet) -> dict[str, str]:
    """Take headings and technical names."""
    technical = {f.name.casefold(): f.name for f in sheet.fields}
    return technical | {" ".join(f.heading.split()).casefold(): f.name for f in sheet.fields}


def _columns(
    grid: Grid, sheet: Sheet, head: int, where: str, problems: list[Problem]
) -> dict[str, int] | None:
    """Find every column by its heading."""
    names = _names(sheet)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    before = len(problems)
    for number, cell in sorted(grid.rows[head].items()):
        if _blank(cell):
            continue
        ref = f"{where}, Zelle {get_column_letter(number)}{head}"
        name = names.get(_heading(cell))
        if name is None:
            unknown[number] = str(cell.value)
        elif name in columns:
            problems.append(
                Problem(
                    ref, None, None, f"Die Spalte „{cell.value}“ steht doppelt. Löschen Sie eine von beiden."
                )
            )
        else:
            columns[name] = number
    missing = [f.heading for f in sheet.fields if f.name not in columns]
    for number, text in unknown.items():
        ref = f"{where}, Zelle {get_column_letter(number)}{head}"
        hit = nearest(text, missing)
        hint = f" Meinten Sie „{hit}“?" if hit else " Löschen Sie die Spalte."
        problems.append(Problem(ref, None, None, f"Die Spalte „{text}“ kennt die Tabelle nicht.{hint}"))
    for heading in missing:
        problems.append(
            Problem(
                f"{where}, Zeile {head}",
                None,
                None,
                f"Die Spalte „{heading}“ fehlt. Stellen Sie sie wieder her.",
            )
        )
    if len(problems) == before and (strayed := _strayed(sheet, columns)):
        number = columns[strayed.name]
        ref = f"{where}, Zelle {get_column_letter(number)}{head}"
        message = (
            f"Die Spalte „{strayed.heading}“ steht an anderer Stelle. Stellen Sie die Reihenfolge wieder her."
        )
        problems.append(Problem(ref, None, None, message))
    return columns if len(problems) == before else None


def _strayed(sheet: Sheet, columns: Mapping[str, int]) -> Field | None:
    """Find a column that was moved: moved headings alone would look just the same."""
    last = 0
    for each in sheet.fields:
        if columns[each.name] < last:
            return each
        last = columns[each.name]
    return None


def _report_merged(
    grid: Grid, head: int, columns: Mapping[str, int], where: str, problems: list[Problem]
) -> None:
    """Refuse merged cells in the table: only the first of them holds anything."""
    last = max(columns.values())
    for ref in grid.merged:
        left, _, _, bottom = range_boundaries(ref)
        if bottom and left and bottom > head and left <= last:
            message = "Diese Zellen sind verbunden. Heben Sie die Verbindung auf und füllen Sie jede Zelle."
            problems.append(Problem(f"{where}, Zellen {ref}", None, None, message))
