"""Workbooks for tests: few data, edits through openpyxl, cells found by heading and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from folders import real_copy, rows, schema, write
from konzept.authors.excel import carry_out, plan_import, read_present
from konzept.data.problems import DataProblems, Problem

HEAD = 3
SOME = 8


def few(folder: Path) -> Path:
    """Copy the real data: all about measures, some rows of every other table, and what these point to."""
    real_copy(folder)
    tables = {r["name"]: rows(folder, r["name"]) for r in schema()["resources"]}
    whole = (
        "massnahmen",
        "massnahme_bezuege",
        "statusverlauf",
        "kosten",
        "zustaendigkeiten",
        "handlungsfelder",
    )
    kept = {name: tables[name] if name in whole else tables[name][:SOME] for name in tables}
    for note in kept["pruefhinweise"]:
        about = note["tabelle"]
        wanted = [row for row in tables[about] if row.get("id", "") == note["zeile_id"] != ""]
        kept[about] = [row for row in tables[about] if row in kept[about] or row in wanted]
    references = [
        (r["name"], key["fields"][0], key["reference"]["resource"] or r["name"])
        for r in schema()["resources"]
        for key in r["schema"].get("foreignKeys", [])
    ]
    size = -1
    while size != (size := sum(map(len, kept.values()))):
        for name, column, target in references:
            wanted = {row[column] for row in kept[name]} | {row.get("id") for row in kept[target]}
            kept[target] = [row for row in tables[target] if row in kept[target] or row.get("id") in wanted]
    for name, content in kept.items():
        write(folder, name, content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a data folder, left-overs included."""
    return {p.name: p.read_bytes() if p.is_file() else b"" for p in sorted(folder.iterdir())}


def edit(path: Path, change: Callable[[Workbook], None]) -> Path:
    """Change a workbook as a program does that knows nothing of us."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def column(sheet: Worksheet, heading: str) -> int:
    """Find a column by its heading."""
    for cell in sheet[HEAD]:
        if str(cell.value or "").removesuffix(" *") == heading:
            return cell.column
    raise AssertionError(f"{heading} is not in {sheet.title}")


def cell(book: Workbook, title: str, key: str, heading: str) -> Cell:
    """Find a cell by the beginning of its row's first cell and its heading."""
    sheet = book[title]
    for row in range(HEAD + 1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value or "").split(" – ")[0] == key:
            return sheet.cell(row, column(sheet, heading))
    raise AssertionError(f"{key} is not in {title}")


def append(book: Workbook, title: str, **values: object) -> int:
    """Type a row below the last; names are headings with _ for blanks. Gives the row's number."""
    sheet = book[title]
    row = HEAD + 1
    while any(c.value not in (None, "") for c in sheet[row]):
        row += 1
    for name, value in values.items():
        sheet.cell(row, column(sheet, name.replace("_", " "))).value = value
    return row


def import_workbook(path: Path, folder: Path, book: Path | None = None, *, sure: bool = False) -> list[str]:
    """Take a workbook's changes into the data and give what is told; what would be asked about is refused."""
    plan = plan_import(path, read_present(folder), book)
    if plan.questions and not sure:
        raise DataProblems([Problem(path.name, None, None, question) for question in plan.questions])
    with TemporaryDirectory() as backups:
        carry_out(plan, Path(backups))
    return [*plan.tell(), *map(str, (*plan.conflicts, *plan.hints))]
