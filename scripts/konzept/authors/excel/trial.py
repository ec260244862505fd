"""The data as they would be after an import, checked apart from them, so that all mistakes are told at once.

A cell that is wrong has hidden what else is: it is replaced by something that passes, and the data are checked again.
What the check then says of the replacement is not told.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from konzept.authors.check import check_hints, check_project
from konzept.authors.excel.cells import NUMERIC
from konzept.authors.excel.changes import Change, Row
from konzept.authors.excel.layout import SETTINGS, Cells, Field, Sheet, Tables
from konzept.authors.excel.sheets import Line
from konzept.data.csv_file import CsvFile, Record, written
from konzept.data.package import Package, own_files
from konzept.data.problems import Problem
from konzept.data.saving import State
from konzept.data.town import TOWN
from konzept.words import german

_ROUNDS = 3
_DAY = dt.date(1900, 1, 2)
"""A day that is before all others and that no one has typed."""
_STAND = re.compile(rb'("stand"\s*:\s*")[^"]*(")')
_IN_THE_FILE = "„stand“ in kommune.json"


Places = dict[tuple[str, int | None], Row]
"""File and line → the row that stands there."""


@dataclass(frozen=True)
class Present:
    """The data as they are now."""

    package: Package
    expected: State
    sheets: tuple[Sheet, ...]
    files: Mapping[str, CsvFile]
    tables: Tables
    """Their cells in the one notation that is compared."""


def settle_keys(sheet: Sheet, lines: Sequence[Line], tables: Tables, problems: list[Problem]) -> None:
    """Report open parts of keys, and let a row of the form be checked further though a part of its key is wrong."""
    for line in lines:
        if sheet.key != ("id",):
            line.require(problems, sheet.key)
        for name in sheet.key if line.new else ():
            if name in line.bad:
                line.cells[name] = _stand_in(sheet.field(name), tables)


def check_trial(
    present: Present, changes: Sequence[Change], stand: dt.date, book: Path | None
) -> list[Problem]:
    """Check what an import would leave, and say every problem by its place in the workbook."""
    found: dict[Problem, None] = {}
    for n in range(_ROUNDS):
        trial = [_passing(change, present.tables) for change in changes]
        contents, places = new_contents(present, trial, stand)
        if not contents and not any(row.line and row.line.bad for change in changes for row in change.rows):
            break
        fresh = False
        for problem in _check(present, contents, book if n == 0 else None):
            row = places.get((problem.file, problem.line))
            if german.date(_DAY) in problem.message:
                continue
            if row is None or row.line is None:
                if n == 0:
                    found[_in_workbook(problem, None)] = None
                continue
            bad = row.line.bad
            if problem.column in bad or (problem.column is None and bad):
                continue
            found[_in_workbook(problem, row)] = None
            if problem.column and problem.column in row.cells:
                bad.add(problem.column)
                fresh = True
        if not fresh:
            break
    return list(found)


def new_hints(present: Present, contents: Mapping[str, bytes], places: Places) -> list[Problem]:
    """Find what is doubtful in what an import would leave and was not before, by its place in the workbook."""
    if not contents:
        return []
    folder = present.package.folder
    before = Counter((hint.file, hint.column, hint.message) for hint in check_hints(folder))
    found = []
    with trial_folder(present.package, contents) as trial:
        for hint in check_hints(trial):
            what = (hint.file, hint.column, hint.message)
            before[what] -= 1
            if before[what] < 0:
                found.append(_in_workbook(hint, places.get((hint.file, hint.line))))
    return found


def _in_workbook(problem: Problem, row: Row | None) -> Problem:
    """Point to the workbook where a problem points to the data."""
    message = problem.message.replace(_IN_THE_FILE, f"den Stand im Blatt „{SETTINGS}“")
    if row is None or row.line is None:
        return replace(problem, message=message)
    return replace(row.line.place.problem(problem.column, message, problem.value), hint=problem.hint)


def _passing(change: Change, tables: Tables) -> Change:
    """Put something that passes in place of every cell that is known to be wrong."""
    known = [row for row in change.rows if not (row.record is None and row.line and "id" in row.line.bad)]
    return Change(change.sheet, [_passing_row(change.sheet, row, tables) for row in known], change.removed)


def _passing_row(sheet: Sheet, row: Row, tables: Tables) -> Row:
    bad = row.line.bad & set(row.cells) if row.line else set()
    cells = {n: row.before[n] if row.before else _stand_in(sheet.field(n), tables) for n in bad}
    changed = tuple(name for name in row.changed if name not in bad)
    return replace(row, cells={**row.cells, **cells}, changed=changed)


def _stand_in(field: Field, tables: Tables) -> str:
    if field.type == "date":
        return _DAY.isoformat()
    if not field.required:
        return ""
    if field.labels:
        return next(iter(field.labels))
    if field.reference:
        return next((cells["id"] for cells in tables.get(field.reference, ())), "")
    return "1" if field.type in NUMERIC else "x"


def new_contents(
    present: Present, changes: Sequence[Change], stand: dt.date
) -> tuple[dict[str, bytes], Places]:
    """Write the changed files, and note on which line of a file a row stands."""
    contents = {}
    places: Places = {}
    for change in changes:
        table = change.sheet.table
        file = present.files[table]
        text, lines = written(file, [_output(file, row) for row in change.rows])
        name = present.package.tables[table].file
        if change:
            contents[name] = text.encode()
        places |= {
            (f"{present.package.folder.name}/{name}", line): row
            for row, line in zip(change.rows, lines, strict=True)
        }
    if stand != present.package.stand:
        old = (present.package.folder / TOWN).read_bytes()
        contents[TOWN] = _STAND.sub(rb"\g<1>" + stand.isoformat().encode() + rb"\g<2>", old, count=1)
    return contents, places


def _output(file: CsvFile, row: Row) -> Record | Cells:
    """Keep a record, or the notation of its unchanged cells."""
    if row.record is None:
        return row.cells
    record = file.records[row.record]
    return {**record.cells, **{name: row.cells[name] for name in row.changed}} if row.changed else record


def _check(present: Present, contents: Mapping[str, bytes], book: Path | None) -> Iterator[Problem]:
    """Check the data as they would be, apart from them."""
    folder = present.package.folder
    with trial_folder(present.package, contents) as trial:
        problems = check_project(trial, book, intern=folder / "intern")
        data = tuple(p for p in problems if p.file.split("/")[0] == trial.name)
        known = set(check_project(folder, book)) if len(data) < len(problems) else set()
    # What chapters and contents lacked before is no reason to refuse a workbook.
    yield from (p for p in problems if p in data or p not in known)


@contextmanager
def trial_folder(package: Package, contents: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a folder with the data as they would be."""
    folder = package.folder
    with tempfile.TemporaryDirectory(prefix="konzept-") as parent:
        trial = Path(parent) / folder.resolve().name
        trial.mkdir()
        for name in own_files(package):
            if name in contents:
                (trial / name).write_bytes(contents[name])
            else:
                shutil.copyfile(folder / name, trial / name)
        yield trial
