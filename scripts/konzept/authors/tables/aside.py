"""The two sheets beside the tables: „Zuordnung“, which the author changes, and „nicht übernommen“."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from konzept.authors.excel import style
from konzept.authors.excel.cells import clean
from konzept.authors.excel.layout import ASIDE
from konzept.authors.excel.raw_sheets import CELL_LIMIT, Grid
from konzept.authors.tables.arranging import Arranged, Left
from konzept.authors.tables.mapping import DAY, FACTS, Choice, target_named
from konzept.authors.tables.source import Heading
from konzept.authors.tables.words import LEVELS, NOTHING, TARGETS, folded
from konzept.data.problems import DataProblems, Problem, suggestion
from konzept.words import german

MAPPING, LEFT = ASIDE
_LEVELS = [TARGETS[level] for level in (*LEVELS, NOTHING)]
_FACT, _COLUMN, _HEADING = "Dokument", "Spalte", "Überschrift"
_HEADS = {"Was": 14, "Im Dokument": 44, "Wird zu": 34, "Beispiel": 44, "Wo": 30}
_LEFT_HEADS = {"Fundstelle": 30, "Überschrift": 24, "Inhalt": 60, "Grund": 60}
_GUIDE = (
    "Was hier steht, ist ein Vorschlag. Ändern Sie unter „Wird zu“, was nicht stimmt, speichern Sie, schließen Sie die Mappe, "
    "und geben Sie denselben Befehl noch einmal ein."
)
_LEFT_GUIDE = "Alles, was im Dokument in einer Tabelle steht und in keiner Tabelle dieser Mappe. Was davon in die Daten gehört, tragen Sie dort ein."


class Row(NamedTuple):
    """One line of the sheet „Zuordnung“."""

    kind: str
    text: str
    becomes: str
    example: str = ""
    places: str = ""


def mapping_rows(choice: Choice, parts: Sequence[Heading | Arranged]) -> list[Row]:
    """Give what is asked: of the document, of its headings, and of the columns of its tables, those that are used first."""
    day = choice.facts.get(DAY)
    shown = choice.facts | ({DAY: german.date(dt.date.fromisoformat(day))} if day else {})
    facts = [Row(_FACT, name, shown.get(name, ""), hint) for name, hint in FACTS.items()]
    headings: dict[str, Row] = {}
    columns: dict[str, tuple[str, str, list[str]]] = {}
    for at, part in enumerate(parts):
        for text, place in _named(parts, at, choice):
            row = Row(_HEADING, text, TARGETS[choice.level(text)], "", place)
            headings.setdefault(folded(text), row)
        if isinstance(part, Arranged):
            for text, example in _columns(part):
                columns.setdefault(folded(text), (text, example, []))[2].append(part.table.name)
    rows = [
        Row(_COLUMN, text, TARGETS[choice.column(text) or NOTHING], example, _places(places))
        for text, example, places in columns.values()
    ]
    return [*facts, *headings.values(), *sorted(rows, key=lambda row: row.becomes == TARGETS[NOTHING])]


def _columns(part: Arranged) -> Iterator[tuple[str, str]]:
    """Give the headings of a table's columns, each with a cell below it."""
    if part.upright:
        for row in part.table.grid:
            others = [cell.text for cell in row.values() if cell.column > 1]
            if 0 in row and others:
                yield row[0].text, others[0]
        return
    for column, heading in part.heads.items():
        below = (row[column].text for row in part.table.grid[part.begin :] if column in row)
        if heading:
            yield heading, next(filter(None, below), "")


def _named(parts: Sequence[Heading | Arranged], at: int, choice: Choice) -> Iterator[tuple[str, str]]:
    """Give headings that name something or stand above a table, and rows of one cell over all columns."""
    part = parts[at]
    if isinstance(part, Heading):
        below = (each for each in parts[at + 1 :] if isinstance(each, Arranged))
        if choice.level(part.text) != NOTHING or any(each.heads or each.upright for each in below):
            yield part.text, ""
        return
    for n, row in enumerate(part.table.grid):
        cells = part.table.row(n)
        if len(cells) == 1 and len(row) > 1 and cells[0].row == n + 1 and cells[0].lines:
            yield " ".join(cells[0].lines), part.table.labels[n]


def _places(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return ", ".join(names) if len(names) < 4 else f"{names[0]} bis {names[-1]} ({len(names)})"


def write_aside(book: Workbook, rows: Sequence[Row], left: Sequence[Left]) -> None:
    """Add both sheets behind „Lies mich“."""
    _write(book, MAPPING, 1, _GUIDE, _HEADS, rows)
    sheet = book[MAPPING]
    first = 3 + sum(row.kind == _FACT for row in rows)
    last_heading = first - 1 + sum(row.kind == _HEADING for row in rows)
    for start, end, words in (
        (first, last_heading, _LEVELS),
        (last_heading + 1, 2 + len(rows), [*TARGETS.values()]),
    ):
        if start <= end:
            rule = DataValidation(type="list", formula1=f'"{",".join(words)}"')
            rule.showErrorMessage = True
            rule.error = "Bitte wählen Sie aus der Liste."
            rule.add(f"C{start}:C{end}")
            sheet.add_data_validation(rule)
    pieces = [(each.place, each.heading, piece, each.reason) for each in left for piece in _pieces(each.text)]
    _write(book, LEFT, 2, _LEFT_GUIDE, _LEFT_HEADS, pieces)
    book.active = 1


def _pieces(text: str) -> list[str]:
    """Cut what no cell of Excel takes; characters that Excel cannot hold grow to seven."""
    most = CELL_LIMIT // 7
    return [text[n : n + most] for n in range(0, len(text), most)]


def _write(
    book: Workbook, title: str, at: int, guide: str, heads: Mapping[str, int], rows: Iterable[Sequence[str]]
) -> None:
    sheet = book.create_sheet(title, at)
    widths = [*heads.values()]
    style.write_text(style.cell_at(sheet, 1, 1), guide)
    style.cell_at(sheet, 1, 1).font = style.font(11, tone="text-2")
    for n, (head, width) in enumerate(heads.items(), 1):
        style.write_head(style.cell_at(sheet, 2, n), head)
        sheet.column_dimensions[get_column_letter(n)].width = width
    row = 2
    for row, texts in enumerate(rows, 3):
        for n, text in enumerate(texts, 1):
            cell = style.cell_at(sheet, row, n)
            style.write_text(cell, text)
            cell.font = style.font()
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = style.GRID
        sheet.row_dimensions[row].height = style.row_height(zip(widths, texts, strict=True))
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(widths))}{row}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = style.colour("hinweis")
    style.set_up_page(sheet, paper="A4")


def read_mapping(grid: Grid, file: str) -> Choice:
    """Read what the author has chosen; other rows and columns of the sheet do not matter.

    Raises
    ------
    DataProblems
        A target is none, or the column of targets is missing.
    """
    place = f"{file}, Blatt „{MAPPING}“"
    numbers = sorted(grid.rows)
    head = next((n for n in numbers if "Wird zu" in {str(c.value) for c in grid.rows[n].values()}), None)
    if head is None:
        message = "Die Spalte „Wird zu“ fehlt. Stellen Sie sie wieder her, oder löschen Sie die Mappe."
        raise DataProblems([Problem(place, None, None, message)])
    choice, problems = Choice(), []
    at = {str(cell.value): column for column, cell in grid.rows[head].items()}
    for number in numbers[numbers.index(head) + 1 :]:
        kind, text, becomes = (_at(grid, number, at.get(name)) for name in ("Was", "Im Dokument", "Wird zu"))
        allowed = _LEVELS if kind == _HEADING else [*TARGETS.values()]
        target = target_named(becomes)
        if kind == _FACT:
            choice.facts[text] = becomes
        elif text and becomes and (target is None or TARGETS[target] not in allowed):
            message = f"„{becomes}“ ist hier nicht vorgesehen.{suggestion(becomes, allowed)}"
            problems.append(Problem(place, number, "Wird zu", message))
        elif text and target:
            (choice.headings if kind == _HEADING else choice.columns)[folded(text)] = target
    if problems:
        raise DataProblems(problems)
    return choice


def _at(grid: Grid, row: int, column: int | None) -> str:
    cell = grid.rows[row].get(column or 0)
    return "" if cell is None else clean(str(cell.value))
