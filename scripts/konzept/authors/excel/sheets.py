"""Raw cells → lines of the tables, every cell with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from konzept.authors.excel.cells import AmountCell, BadCell, RawCell, cell_text, clean, period_in
from konzept.authors.excel.layout import BASE, GUIDE, LISTS, Field, Sheet
from konzept.authors.excel.opening import Grid
from konzept.authors.excel.periods import ACCURACIES, Period
from konzept.data.problems import Problem, nearest

HEAD_ROWS = 20
"""So far down the headings are looked for; authors may have put rows above them."""

REQUIRED_MARK = " *"

_REMARK = 2
"""A row that lacks so many cells and has one is a remark."""


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
    notes: list[str] = field(default_factory=list)
    """What was understood otherwise than typed, to be told."""
    typed: frozenset[str] = frozenset()
    """Columns that the sheet fills itself, not the import."""
    amounts: dict[str, tuple[AmountCell, str]] = field(default_factory=dict)
    """Columns in which a number was typed with its unit, and what was typed."""
    new: bool = False
    """Whether it comes from the form, so that it is no row of the data."""


@dataclass(frozen=True)
class Read:
    """What was read of the sheets: the lines of each, and the tables whose sheet could not be read."""

    lines: dict[str, list[Line]]
    unread: frozenset[str]


def read_sheets(
    grids: Mapping[str, Grid],
    sheets: Sequence[Sheet],
    file: str,
    problems: list[Problem],
    *,
    optional: str = "",
) -> Read:
    """Read the lines of all sheets that there should be, and report what is missing or wrong.

    Parameters
    ----------
    grids
        Title → cells.
    sheets
        What there should be.
    file
        The workbook's name.
    problems
        Takes what is wrong.
    optional
        The title of a sheet that older workbooks do not have.
    """
    known = {sheet.title.casefold() for sheet in sheets} | {s.casefold() for s in (GUIDE, LISTS, BASE)}
    strange = {t: grid for t, grid in grids.items() if t.strip().casefold() not in known}
    by_name = {title.strip().casefold(): grid for title, grid in grids.items()}
    lines: dict[str, list[Line]] = {}
    unread = set()
    for sheet in sheets:
        grid = by_name.get(sheet.title.casefold())
        read = _read_sheet(grid, sheet, file, problems) if grid else None
        if grid is None and sheet.title != optional:
            problems.append(Problem(file, None, None, _missing(sheet, strange)))
        if read is None:
            unread.add(sheet.table)
        lines[sheet.table] = read or []
    return Read(lines, frozenset(unread))


def _missing(sheet: Sheet, strange: Mapping[str, Grid]) -> str:
    """Say that a sheet is missing, and which one it may be now: by its headings, else by its name."""
    hit = next((t for t, grid in strange.items() if _all_headings(grid, sheet)), None)
    hit = hit or nearest(sheet.title, strange)
    if hit is None:
        return (
            f"Das Blatt „{sheet.title}“ fehlt. Holen Sie es aus einer früheren Fassung dieser Mappe zurück, "
            "oder übertragen Sie Ihre Änderungen in eine neue."
        )
    return f"Das Blatt „{sheet.title}“ fehlt. Wurde es in „{hit}“ umbenannt? Dann geben Sie ihm seinen Namen zurück."


def _all_headings(grid: Grid, sheet: Sheet) -> bool:
    names = _names(sheet)
    rows = [grid.rows[row] for row in grid.rows if row <= HEAD_ROWS]
    return any(
        {names.get(_heading(c)) for c in row.values()} >= {f.name for f in sheet.fields} for row in rows
    )


def strange_sheets(grids: Mapping[str, Grid], sheets: tuple[Sheet, ...]) -> list[str]:
    """Name sheets with content that no table takes."""
    known = {sheet.title.casefold() for sheet in sheets} | {s.casefold() for s in (GUIDE, LISTS, BASE)}
    return [t for t, grid in grids.items() if t.strip().casefold() not in known and grid.rows]


def _read_sheet(grid: Grid, sheet: Sheet, file: str, problems: list[Problem]) -> list[Line] | None:
    """Read the lines of a sheet, or nothing where its columns are not as they should be."""
    where = f"{file}, Blatt „{sheet.title}“"
    head = _heading_row(grid, sheet)
    if head is None:
        message = f"Die Überschriften der Spalten fehlen (zum Beispiel „{sheet.fields[0].heading}“). Stellen Sie sie wieder her."
        problems.append(Problem(where, None, None, message))
        return None
    columns = _columns(grid, sheet, head, where, problems)
    if columns is None:
        return None
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
    periods: dict[str, tuple[str, Period]] = {}
    for each in sheet.fields:
        raw = cells.get(place.columns[each.name])
        if raw and each.accuracy and (found := period_in(raw)):
            periods[each.name] = found
            line.cells[each.name] = found[1].day(end=each.ends)
            continue
        try:
            line.cells[each.name] = cell_text(raw, each) if raw else ""
        except AmountCell as error:
            line.cells[each.name] = error.number
            line.amounts[each.name] = (error, str(raw.value) if raw else "")
        except BadCell as error:
            line.cells[each.name] = ""
            line.bad.add(each.name)
            problems.append(place.problem(each.name, str(error), str(raw.value) if raw else None))
    line.typed = frozenset(name for name, text in line.cells.items() if text)
    for name, (text, period) in periods.items():
        _note_accuracy(line, sheet, sheet.field(name), text, period, problems)
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
    _report_remark(line, sheet, problems)
    return line if line.bad or any(line.cells.values()) else None


def _note_accuracy(
    line: Line, sheet: Sheet, day: Field, text: str, period: Period, problems: list[Problem]
) -> None:
    """Say beside a day how exactly it is known; a finer word there contradicts."""
    place = line.place
    if period.is_open:
        sentence = f"„{text}“ ist kein Tag, die Angabe bleibt leer. Was kein Ende hat, sagt der Status „Daueraufgabe“."
        line.notes.append(str(place.problem(day.name, sentence)))
        return
    given = line.cells[day.accuracy]
    known = ACCURACIES.index(given) if given in ACCURACIES else -1
    typed = day.accuracy in line.typed
    if given and given not in ACCURACIES:
        return
    if typed and given and known < ACCURACIES.index(period.accuracy):
        label = sheet.field(day.accuracy).labels[given]
        sentence = (
            f"„{text}“ nennt keinen genaueren Zeitpunkt als „{sheet.field(day.accuracy).labels[period.accuracy]}“, "
            f"unter „{sheet.field(day.accuracy).heading}“ steht aber „{label}“. Gleichen Sie beide an."
        )
        problems.append(place.problem(day.name, sentence, text))
        line.bad.add(day.name)
    elif known < ACCURACIES.index(period.accuracy):
        line.cells[day.accuracy] = period.accuracy


def _report_remark(line: Line, sheet: Sheet, problems: list[Problem]) -> None:
    """A row with a single text is no row of the table, and one sentence says so."""
    filled = [name for name, text in line.cells.items() if text]
    needed = [f.heading for f in sheet.fields if f.required and f.name not in ("id", *filled)]
    if len(filled) != 1 or line.bad or len(needed) < _REMARK or sheet.field(filled[0]).reference:
        return
    message = (
        f"In dieser Zeile steht nur „{line.cells[filled[0]]}“. Eine Bemerkung löschen Sie bitte; "
        f"einer Zeile der Tabelle fehlen noch: {', '.join(needed)}."
    )
    problems.append(line.place.problem(filled[0], message, line.cells[filled[0]]))
    line.bad |= set(line.cells)


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
    missing = [f for f in sheet.fields if f.name not in columns]
    for number, text in unknown.items():
        ref = f"{where}, Zelle {get_column_letter(number)}{head}"
        lost = _renamed(sheet, columns, missing, number, text)
        if lost is None:
            message = f"Die Spalte „{text}“ kennt die Tabelle nicht. Löschen Sie die Spalte."
        else:
            missing.remove(lost)
            message = f"Die Spalte „{text}“ hieß „{lost.heading}“. Geben Sie ihr diese Überschrift zurück."
        problems.append(Problem(ref, None, None, message))
    for each in missing:
        message = f"Die Spalte „{each.heading}“ fehlt. Stellen Sie sie wieder her."
        problems.append(Problem(f"{where}, Zeile {head}", None, None, message))
    if len(problems) == before and (strayed := _strayed(sheet, columns)):
        number = columns[strayed.name]
        ref = f"{where}, Zelle {get_column_letter(number)}{head}"
        message = (
            f"Die Spalte „{strayed.heading}“ steht an anderer Stelle. Stellen Sie die Reihenfolge wieder her."
        )
        problems.append(Problem(ref, None, None, message))
    return columns if len(problems) == before else None


def _renamed(
    sheet: Sheet, columns: Mapping[str, int], missing: Sequence[Field], number: int, text: str
) -> Field | None:
    """Find the column that bears a strange heading: it stands between its neighbours, or is called alike."""
    for each in missing:
        at = sheet.fields.index(each)
        left = [columns[f.name] for f in sheet.fields[:at] if f.name in columns]
        right = [columns[f.name] for f in sheet.fields[at + 1 :] if f.name in columns]
        if max(left, default=0) < number < min(right, default=number + 1):
            return each
    hit = nearest(text, [f.heading for f in missing])
    return next((f for f in missing if f.heading == hit), None)


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
