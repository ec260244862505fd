"""Raw cells → lines of the tables, every cell with its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from konzept.authors.excel.cells import AmountCell, BadCell, RawCell, cell_text, clean, period_in
from konzept.authors.excel.layout import ASIDE, BASE, ENDS, GUIDE, LISTS, SETTINGS, Field, Sheet
from konzept.authors.excel.periods import ACCURACIES, Period
from konzept.authors.excel.raw_sheets import Grid
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
        return self.cell_problem(number, message, self.headings[column or ""], value)

    def cell_problem(
        self, number: int, message: str, heading: str | None = None, value: str | None = None
    ) -> Problem:
        """Say what is wrong with the cell in a column of the workbook."""
        cell = f"{get_column_letter(number)}{self.row}"
        return Problem(f"{self.file}, Blatt „{self.sheet}“, Zelle {cell}", None, heading, message, value)

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
    amounts: dict[str, tuple[AmountCell, str]] = field(default_factory=dict)
    """Columns in which a number was typed with its unit, and what was typed."""
    new: bool = False
    """Whether it comes from the form, so that it is no row of the data."""

    def refuse(self, problems: list[Problem], name: str, message: str, value: str | None = None) -> None:
        """Report a cell, which is then known to be wrong."""
        self.bad.add(name)
        problems.append(self.place.problem(name, message, value))

    def require(self, problems: list[Problem], names: Iterable[str]) -> None:
        """Report cells that must not be empty."""
        for name in names:
            if not self.cells[name] and name not in self.bad:
                self.refuse(problems, name, "Diese Angabe darf nicht fehlen. Tragen Sie sie ein.")


@dataclass(frozen=True)
class Read:
    """What was read of the sheets: the lines of each, and the tables whose sheet could not be read."""

    lines: dict[str, list[Line]]
    unread: frozenset[str]
    strange: tuple[str, ...]
    """Sheets with content that no table takes."""


def read_sheets(
    grids: Mapping[str, Grid],
    sheets: Sequence[Sheet],
    file: str,
    problems: list[Problem],
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
    """
    known = {sheet.title.casefold() for sheet in sheets} | {
        s.casefold() for s in (*ASIDE, GUIDE, LISTS, BASE)
    }
    strange = {t: grid for t, grid in grids.items() if t.strip().casefold() not in known}
    by_name = {title.strip().casefold(): grid for title, grid in grids.items()}
    read: dict[str, list[Line] | None] = {}
    for sheet in sheets:
        grid = by_name.get(sheet.title.casefold())
        read[sheet.table] = _read_sheet(grid, sheet, file, problems) if grid else None
        if grid is None and sheet.title != SETTINGS:  # older workbooks do not have it
            problems.append(Problem(file, None, None, _missing(sheet, strange)))
    return Read(
        {table: lines or [] for table, lines in read.items()},
        frozenset(table for table, lines in read.items() if lines is None),
        tuple(title for title, grid in strange.items() if grid.rows),
    )


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


def _read_sheet(grid: Grid, sheet: Sheet, file: str, problems: list[Problem]) -> list[Line] | None:
    """Read the lines of a sheet, or nothing where its columns are not as they should be."""
    where = f"{file}, Blatt „{sheet.title}“"
    head = _heading_row(grid, sheet)
    if head is None:
        message = f"Die Überschriften der Spalten fehlen (zum Beispiel „{sheet.fields[0].heading}“). Stellen Sie sie wieder her."
        problems.append(Problem(where, None, None, message))
        return None
    headings = {f.name: f.heading for f in sheet.fields}
    columns = _columns(grid, sheet, Place(file, sheet.title, head, {}, headings), problems)
    if columns is None:
        return None
    message = "Diese Zellen sind verbunden. Heben Sie die Verbindung auf und füllen Sie jede Zelle."
    for ref in grid.merged:  # only the first of them holds anything
        left, _, _, bottom = range_boundaries(ref)
        if bottom and left and bottom > head and left <= max(columns.values()):
            problems.append(Problem(f"{where}, Zellen {ref}", None, None, message))
    places = (Place(file, sheet.title, row, columns, headings) for row in sorted(grid.rows) if row > head)
    lines = [_line(grid.rows[place.row], sheet, place, problems) for place in places]
    return [line for line in lines if line.bad or any(line.cells.values())]


def _line(cells: Mapping[int, RawCell], sheet: Sheet, place: Place, problems: list[Problem]) -> Line:
    line = Line({}, place)
    periods: dict[str, tuple[str, Period]] = {}
    for each in sheet.fields:
        raw = cells.get(place.columns[each.name])
        if raw and each.accuracy and (found := period_in(raw)):
            periods[each.name] = found
            line.cells[each.name] = found[1].last if each.name in ENDS else found[1].first
            continue
        try:
            line.cells[each.name] = cell_text(raw, each) if raw else ""
        except AmountCell as error:
            line.cells[each.name] = error.number
            line.amounts[each.name] = (error, str(raw.value) if raw else "")
        except BadCell as error:
            line.cells[each.name] = ""
            line.refuse(problems, each.name, str(error), str(raw.value) if raw else None)
    typed = {name for name, text in line.cells.items() if text}
    for name, (text, period) in periods.items():
        _note_accuracy(line, sheet, name, text, period, typed, problems)
    message = "Diese Zelle gehört zu keiner Spalte der Tabelle. Leeren Sie sie oder schreiben Sie in die richtige Spalte."
    stray = [n for n, cell in cells.items() if n not in place.columns.values() and not _blank(cell)]
    problems += [place.cell_problem(number, message) for number in stray]
    _report_remark(line, sheet, problems)
    return line


def _note_accuracy(
    line: Line,
    sheet: Sheet,
    day: str,
    text: str,
    period: Period,
    typed: Container[str],
    problems: list[Problem],
) -> None:
    """Say beside a day how exactly it is known; a finer word that was typed there contradicts."""
    if not period.first:
        sentence = f"„{text}“ ist kein Tag, die Angabe bleibt leer. Was kein Ende hat, sagt der Status „Daueraufgabe“."
        line.notes.append(str(line.place.problem(day, sentence)))
        return
    accuracy = sheet.field(sheet.field(day).accuracy)
    given = line.cells[accuracy.name]
    if given and given not in ACCURACIES[: ACCURACIES.index(period.accuracy)]:
        return
    if given and accuracy.name in typed:
        sentence = (
            f"„{text}“ nennt keinen genaueren Zeitpunkt als „{accuracy.labels[period.accuracy]}“, "
            f"unter „{accuracy.heading}“ steht aber „{accuracy.labels[given]}“. Gleichen Sie beide an."
        )
        line.refuse(problems, day, sentence, text)
    else:
        line.cells[accuracy.name] = period.accuracy


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
    return " ".join(clean(str(cell.value)).removesuffix(REQUIRED_MARK.strip()).split()).casefold()


def _heading_row(grid: Grid, sheet: Sheet) -> int | None:
    """Find the row with most headings; less than half of them is none."""
    names = _names(sheet)
    hits = {
        row: sum(_heading(cell) in names for cell in cells.values())
        for row, cells in sorted(grid.rows.items())
        if row <= HEAD_ROWS
    }
    best = max(hits, key=hits.__getitem__, default=0)
    return best if hits.get(best, 0) > (len(sheet.fields) - 1) // 2 else None


def _names(sheet: Sheet) -> dict[str, str]:
    """Take headings and technical names."""
    technical = {f.name.casefold(): f.name for f in sheet.fields}
    return technical | {" ".join(f.heading.split()).casefold(): f.name for f in sheet.fields}


def _columns(grid: Grid, sheet: Sheet, head: Place, problems: list[Problem]) -> dict[str, int] | None:
    """Find every column by its heading; none where they are not as they should be."""
    names = _names(sheet)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    told: list[tuple[int, str]] = []
    for number, cell in sorted(grid.rows[head.row].items()):
        name = names.get(_heading(cell))
        if name in columns:
            message = f"Die Spalte „{cell.value}“ steht doppelt. Löschen Sie eine von beiden."
            told.append((number, message))
        elif name:
            columns[name] = number
        elif not _blank(cell):
            unknown[number] = str(cell.value)
    missing = [f for f in sheet.fields if f.name not in columns]
    for number, text in unknown.items():
        if lost := _renamed(sheet, columns, missing, number, text):
            missing.remove(lost)
            message = f"Die Spalte „{text}“ hieß „{lost.heading}“. Geben Sie ihr diese Überschrift zurück."
        else:
            message = f"Die Spalte „{text}“ kennt die Tabelle nicht. Löschen Sie die Spalte."
        told.append((number, message))
    if not told and not missing:
        # A column that was moved: moved headings alone would look just the same.
        strayed = [b for a, b in pairwise(sheet.fields) if columns[b.name] < columns[a.name]]
        told = [
            (
                columns[each.name],
                f"Die Spalte „{each.heading}“ steht an anderer Stelle. Stellen Sie die Reihenfolge wieder her.",
            )
            for each in strayed[:1]
        ]
    problems += [head.cell_problem(number, message) for number, message in told]
    where = f"{head.file}, Blatt „{head.sheet}“, Zeile {head.row}"
    for each in missing:
        message = f"Die Spalte „{each.heading}“ fehlt. Stellen Sie sie wieder her."
        problems.append(Problem(where, None, None, message))
    return None if told or missing else columns


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
