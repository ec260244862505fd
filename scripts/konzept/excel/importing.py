"""Workbook → data: read, check everything, and only then write."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from konzept.check import check_project
from konzept.data.package import DESCRIPTOR, Package
from konzept.data.reading import read_folder
from konzept.data.saving import NotSaved, State, save, state
from konzept.excel.base import unpacked
from konzept.excel.cells import canonical
from konzept.excel.changes import Change, Row, merge, summary
from konzept.excel.layout import BASE, NEW_MEASURE, Sheet, measure_sheet, table_sheets
from konzept.excel.measure import form_problems, measure_line, related_lines
from konzept.excel.names import Names, new_key, titled
from konzept.excel.opening import open_workbook
from konzept.excel.records import CsvFile, read_csv, written
from konzept.excel.sheets import Line, Place, read_sheets, strange_sheets
from konzept.problems import DataProblems, Problem

Tables = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Plan:
    """What an import would do; everything in it has been checked."""

    folder: Path
    expected: State
    contents: Mapping[str, bytes]
    """File → new content, of changed tables alone."""
    changes: tuple[Change, ...]
    notes: tuple[str, ...]

    def tell(self) -> list[str]:
        """Tell in German what changes."""
        return [*self.notes, *(summary(self.changes) if self.contents else ("Keine Änderungen.",))]


@dataclass(frozen=True)
class Present:
    """The data as they are now."""

    package: Package
    expected: State
    sheets: tuple[Sheet, ...]
    files: Mapping[str, CsvFile]
    tables: Tables
    """Their cells in the one notation that is compared."""


def import_workbook(path: Path, folder: Path, book: Path | None = None) -> list[str]:
    """Take a workbook's changes into the data.

    Parameters
    ----------
    path
        The workbook.
    folder
        The data folder.
    book
        The folder of chapters; they must still find what they ask for.

    Returns
    -------
    list of str
        What was changed, in German.

    Raises
    ------
    DataProblems
        Nothing was written; the problems say why.
    """
    plan = plan_import(path, read_present(folder), book)
    try:
        save(folder, plan.contents, plan.expected)
    except NotSaved as error:
        raise DataProblems([Problem(folder.name, None, None, str(error))]) from None
    return plan.tell()


def plan_import(path: Path, present: Present, book: Path | None = None) -> Plan:
    """Work out what an import would do, and check the result as `konzept check` does.

    Raises
    ------
    DataProblems
        The workbook, or the data with it, hold problems.
    """
    grids = open_workbook(path)
    base = unpacked(grids.get(BASE))
    problems: list[Problem] = []
    if base is None or not _fits(base, present.sheets):
        message = (
            "Diese Arbeitsmappe stammt nicht aus dem heutigen Datenbestand oder ist unvollständig. "
            "Schreiben Sie mit „konzept excel export“ eine neue."
        )
        raise DataProblems([Problem(path.name, None, None, message)])
    form = measure_sheet(present.package)
    expected = (*present.sheets, *([form] if form else []))
    lines = read_sheets(grids, expected, path.name, problems)
    _complete(present, base, lines, form, problems)
    changes = tuple(
        merge(sheet, base[sheet.table], present.tables[sheet.table], lines[sheet.table], path.name, problems)
        for sheet in present.sheets
    )
    if problems:
        raise DataProblems(_in_order(problems))
    contents, places = _contents(present, changes)
    if contents and (problems := _check(present, contents, places, book)):
        raise DataProblems(_in_order(problems))
    strange = strange_sheets(grids, expected)
    notes = tuple(
        f"Das Blatt „{title}“ gehört zu keiner Tabelle und wird nicht übernommen." for title in strange
    )
    return Plan(present.package.folder, present.expected, contents, changes, notes)


def read_present(folder: Path) -> Present:
    """Read the data as they are now.

    Raises
    ------
    DataProblems
        They cannot be read.
    """
    reading = read_folder(folder)
    expected = state(folder)
    if reading.package is None or reading.problems:
        raise DataProblems(reading.problems)
    sheets = table_sheets(reading.package)
    files = {t.name: read_csv(folder / t.file) for t in reading.package.tables.values()}
    tables = {
        sheet.table: [
            {f.name: canonical(record.cells[f.name], f) for f in sheet.fields}
            for record in files[sheet.table].records
        ]
        for sheet in sheets
    }
    return Present(reading.package, expected, sheets, files, tables)


def _fits(base: Mapping[str, Sequence[Mapping[str, str]]], sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook has the tables and columns of today."""
    return all(
        sheet.table in base and all(set(row) == {f.name for f in sheet.fields} for row in base[sheet.table])
        for sheet in sheets
    )


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _complete(
    present: Present, base: Tables, lines: dict[str, list[Line]], form: Sheet | None, problems: list[Problem]
) -> None:
    """Turn names into keys, assign keys to new rows, and spread new measures over their tables."""
    names = Names()
    for sheet in present.sheets:
        names.add(sheet.table, present.tables[sheet.table])
        names.add(sheet.table, [line.cells for line in lines[sheet.table]])
    sheets = {sheet.table: sheet for sheet in present.sheets}
    forms = lines.pop(NEW_MEASURE, [])
    # Rows with a title first: others may refer to them by it.
    first = [s for s in present.sheets if titled(s)]
    rest = [s for s in present.sheets if not titled(s)]
    for sheet in first:
        _resolve(sheet, lines[sheet.table], names, sheets, problems, quiet=True)
    measures: list[Line] = []
    if form is not None:
        _resolve(form, forms, names, sheets, problems, quiet=True)
        for each in forms:
            problems += form_problems(each, form)
        measures = [measure_line(each, sheets["massnahmen"]) for each in forms]
        lines["massnahmen"] += measures
    for sheet in first:
        _assign(present, base, sheet, lines[sheet.table], problems)
        names.add(sheet.table, [line.cells for line in lines[sheet.table]])
    if form is not None:
        _resolve(form, forms, names, sheets, problems)
        for each, measure in zip(forms, measures, strict=True):
            for table, more in related_lines(each, measure.cells["id"], sheets).items():
                lines[table] += more
    for sheet in (*first, *rest):
        _resolve(sheet, lines[sheet.table], names, sheets, problems)
    for sheet in rest:
        _assign(present, base, sheet, lines[sheet.table], problems)
    for sheet in present.sheets:
        _report_open_keys(sheet, lines[sheet.table], problems)


def _resolve(
    sheet: Sheet,
    lines: Sequence[Line],
    names: Names,
    sheets: Mapping[str, Sheet],
    problems: list[Problem],
    *,
    quiet: bool = False,
) -> None:
    """Write keys in place of names; what no row is meant by is a problem, unless it may come later."""
    for field in sheet.fields:
        table = field.reference
        if table is None or table not in sheets:
            continue
        for line in lines:
            text = line.cells[field.name]
            if not text or field.name in line.bad:
                continue
            key = names.resolve(table, text)
            if key is not None:
                line.cells[field.name] = key
            elif not quiet:
                line.bad.add(field.name)
                message = names.unknown(table, sheets[table].title, text)
                problems.append(line.place.problem(field.name, message, text))


def _assign(
    present: Present, base: Tables, sheet: Sheet, lines: Sequence[Line], problems: list[Problem]
) -> None:
    """Give new rows a key; a row that had one before gets it back."""
    if sheet.key != ("id",):
        return
    typed = {line.cells["id"] for line in lines}
    exported = {cells["id"] for cells in base[sheet.table]}
    # Rows that an earlier import of the same workbook added, and rows that lost nothing but their key.
    earlier = [c for c in present.tables[sheet.table] if c["id"] not in exported | typed]
    lost = [c for c in base[sheet.table] if c["id"] not in typed]
    before = {_content(sheet, cells): cells["id"] for cells in (*earlier, *lost)}
    taken = typed | exported | {cells["id"] for cells in present.tables[sheet.table]}
    for line in lines:
        if line.cells["id"] or "id" in line.bad:
            continue
        key = before.pop(_content(sheet, line.cells), None)
        if key is None and sheet.assigns_keys:
            key = new_key(present.package, sheet, line.cells, taken)
        if key is None:
            if not line.bad:
                problems.append(
                    line.place.problem(
                        "id", "Diese Angabe ist ein Schlüssel und darf nicht fehlen. Tragen Sie sie ein."
                    )
                )
            line.bad.add("id")
            continue
        taken.add(key)
        line.cells["id"] = key


def _content(sheet: Sheet, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[f.name] for f in sheet.fields if f.name != "id")


def _report_open_keys(sheet: Sheet, lines: Sequence[Line], problems: list[Problem]) -> None:
    """Where a key has several columns, none may be empty."""
    if sheet.key == ("id",):
        return
    for line in lines:
        for name in sheet.key:
            if not line.cells[name] and name not in line.bad:
                line.bad.add(name)
                problems.append(
                    line.place.problem(name, "Diese Angabe darf nicht fehlen. Tragen Sie sie ein.")
                )


def _contents(
    present: Present, changes: Sequence[Change]
) -> tuple[dict[str, bytes], dict[tuple[str, int], Place]]:
    """Write the changed tables, and note on which line of a file a line of the workbook stands."""
    contents = {}
    places: dict[tuple[str, int], Place] = {}
    for change in changes:
        table = change.sheet.table
        file = present.files[table]
        text, lines = written(file, [_output(file, change.sheet, row) for row in change.rows])
        name = present.package.tables[table].file
        if change:
            contents[name] = text.encode()
        for row, line in zip(change.rows, lines, strict=True):
            if row.line is not None:
                places[name, line] = row.line.place
    return contents, places


def _output(file: CsvFile, sheet: Sheet, row: Row):  # type: ignore[no-untyped-def]
    """Keep a record, or the notation of its unchanged cells."""
    if row.record is None:
        return row.cells
    record = file.records[row.record]
    if not row.changed:
        return record
    return {**record.cells, **{name: row.cells[name] for name in row.changed}}


def _check(
    present: Present,
    contents: Mapping[str, bytes],
    places: Mapping[tuple[str, int], Place],
    book: Path | None,
) -> list[Problem]:
    """Check the data as they would be, apart from them, and say problems by their place in the workbook."""
    folder = present.package.folder
    with tempfile.TemporaryDirectory(prefix="konzept-") as parent:
        trial = Path(parent) / folder.resolve().name
        trial.mkdir()
        for name in [DESCRIPTOR, *(t.file for t in present.package.tables.values())]:
            if name in contents:
                (trial / name).write_bytes(contents[name])
            else:
                shutil.copyfile(folder / name, trial / name)
        problems = check_project(trial, book, intern=folder / "intern")
        known = set(check_project(folder, book)) if any(p.file.endswith(".md") for p in problems) else set()
    # What a chapter lacked before is no reason to refuse a workbook.
    mine = [p for p in problems if not (p.file.endswith(".md") and p in known)]
    return [_by_place(problem, trial.name, places) for problem in mine]


def _by_place(problem: Problem, folder: str, places: Mapping[tuple[str, int], Place]) -> Problem:
    place = places.get((problem.file.removeprefix(f"{folder}/"), problem.line or 0))
    return place.problem(problem.column, problem.message, problem.value) if place else problem
