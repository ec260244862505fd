"""A workbook with lists of measures → tables as those of a Word file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

from konzept.authors.excel.cells import RawCell, clean, unescape
from konzept.authors.excel.layout import ASIDE
from konzept.authors.excel.raw_sheets import Grid, open_workbook
from konzept.authors.tables.source import Cell, Heading, Source, Table
from konzept.data.csv_file import plain_number
from konzept.words import german


def read_list(path: Path) -> Source:
    """Read every sheet of a workbook as a table; the name of a sheet stands above it like a heading.

    Raises
    ------
    DataProblems
        It is no workbook; the one problem says what to do.
    """
    source = Source(path.stem)
    for title, grid in open_workbook(path).items():
        if title not in ASIDE and grid.rows:
            source.parts += [Heading(title, 1), _table(title, grid)]
    return source


def _table(title: str, grid: Grid) -> Table:
    numbers = sorted(grid.rows)
    last = max(max(cells) for cells in grid.rows.values())
    table = Table(f"Blatt „{title}“", [{} for _ in numbers], [f"Blatt „{title}“, Zeile {n}" for n in numbers])
    at = {number: n for n, number in enumerate(numbers)}
    for number in numbers:
        for column, raw in grid.rows[number].items():
            lines = [" ".join(line.split()) for line in _shown(raw).split("\n")]
            if any(lines):
                table.grid[at[number]][column - 1] = Cell(at[number] + 1, column, [*filter(None, lines)])
    for ref in grid.merged:
        left, top, right, bottom = range_boundaries(ref)
        if left and top and right and bottom and top in at and (cell := table.grid[at[top]].get(left - 1)):
            inside = [at[n] for n in numbers if top <= n <= bottom]
            cell.rows = len(inside)
            for n in inside:
                table.grid[n] |= dict.fromkeys(range(left - 1, min(right, last)), cell)
    return table


def _shown(raw: RawCell) -> str:
    """Write a cell as its reader sees it."""
    value = raw.value
    if raw.kind == "f":
        return clean(str(value))
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, dt.datetime | dt.date):
        return german.date(value.date() if isinstance(value, dt.datetime) else value)
    if isinstance(value, int | float):
        text = plain_number(Decimal(repr(value)))
        return f"{text} €" if "€" in raw.format else text
    return clean(unescape(str(value)))
