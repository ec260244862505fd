"""Workbook → data: read, check everything, and only then write."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from konzept.authors.excel.cells import canonical
from konzept.authors.excel.changes import Change, Row, merge, new_stand, report_markup, without_key
from konzept.authors.excel.deleting import delete_with_measures
from konzept.authors.excel.keys import Names, new_key, titled
from konzept.authors.excel.layout import (
    BASE,
    NEW_MEASURE,
    SETTINGS_SHEET,
    Sheet,
    Tables,
    measure_sheet,
    table_sheets,
)
from konzept.authors.excel.measure import measure_line, related_lines, report_actors_twice
from konzept.authors.excel.questions import questions
from konzept.authors.excel.raw_sheets import open_workbook, unpacked
from konzept.authors.excel.records import read_csv
from konzept.authors.excel.sheets import Line, Read, read_sheets
from konzept.authors.excel.summary import Titles, summary
from konzept.authors.excel.trial import Present, check_trial, new_contents, new_hints, settle_keys
from konzept.authors.office_files import refused
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import read_folder, refuse_older
from konzept.data.saving import NotSaved, State, save, state
from konzept.words import german


@dataclass(frozen=True)
class Plan:
    """What an import would do; everything in it has been checked."""

    folder: Path
    expected: State
    contents: Mapping[str, bytes]
    """File → new content, of changed files alone."""
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    titles: Titles
    questions: tuple[str, ...]
    """What to ask about before anything is written."""
    conflicts: tuple[Problem, ...]
    """What is not taken, because others changed the same."""
    hints: tuple[Problem, ...] = ()
    """What is doubtful in the data then and was not before."""

    def tell(self, *, everything: bool = False) -> list[str]:
        """Tell in German what changes; after an import, long lists are cut."""
        told = summary(self.changes, self.titles, everything=everything)
        return [*self.notes, *(told if self.contents else ("Keine Änderungen.",))]


def import_workbook(path: Path, folder: Path, book: Path | None = None, *, sure: bool = False) -> list[str]:
    """Take a workbook's changes into the data.

    Parameters
    ----------
    path
        The workbook.
    folder
        The data folder.
    book
        The folder of chapters; they must still find what they ask for.
    sure
        Whether what the import would ask about is meant so.

    Returns
    -------
    list of str
        What was changed and what was not taken, in German.

    Raises
    ------
    DataProblems
        Nothing was written; the problems or questions say why.
    """
    plan = plan_import(path, read_present(folder), book)
    if plan.questions and not sure:
        raise DataProblems([Problem(path.name, None, None, question) for question in plan.questions])
    carry_out(plan)
    return [*plan.tell(), *map(str, (*plan.conflicts, *plan.hints))]


def carry_out(plan: Plan, backups: Path | None = None) -> list[str]:
    """Write what was planned.

    Parameters
    ----------
    plan
        The changes.
    backups
        A folder that keeps the files as they were before.

    Returns
    -------
    list of str
        How to take the import back.

    Raises
    ------
    DataProblems
        Nothing was written; the problem says why.
    """
    if not plan.contents:
        return []
    return write_tables(plan.folder, plan.contents, plan.expected, backups)


def write_tables(
    folder: Path, contents: Mapping[str, bytes], expected: State, backups: Path | None
) -> list[str]:
    """Write changed tables, keep them as they were, and say how that comes back; see `carry_out`."""
    try:
        kept = keep(folder, contents, backups) if backups else None
        save(folder, contents, expected)
    except NotSaved as error:
        raise DataProblems([Problem(folder.name, None, None, str(error))]) from None
    return [f"Zurücknehmen: „konzept excel zurueck“. Wie es vorher war, liegt in „{kept}“."] if kept else []


def take_back(folder: Path, backups: Path) -> list[str]:
    """Put back the tables that the last import changed; done again, it brings the import back.

    Raises
    ------
    DataProblems
        There is none, or nothing was written.
    """
    expected = state(folder)
    kept = max(backups.glob("*/"), key=lambda each: each.stat().st_mtime_ns, default=None)
    if kept is None:
        nothing = "Hier ist kein Import, der sich zurücknehmen lässt."
        raise DataProblems([Problem(folder.name, None, None, nothing)])
    contents = {path.name: path.read_bytes() for path in kept.iterdir()}
    write_tables(folder, contents, expected, backups)
    files = german.listing(sorted(contents))
    return [f"Zurückgenommen: {files}. Derselbe Befehl noch einmal holt die Änderung wieder."]


def keep(folder: Path, names: Iterable[str], backups: Path) -> Path:
    """Copy files aside, into a new folder named by the hour."""
    hour = f"{dt.datetime.now():%Y-%m-%d-%H%M%S}"
    try:
        folders = (backups / (f"{hour}_{n}" if n > 1 else hour) for n in count(1))
        target = next(each for each in folders if not each.exists())
        target.mkdir(parents=True)
        for name in names:
            shutil.copyfile(folder / name, target / name)
    except OSError as error:
        raise NotSaved(
            f"In den Ordner „{backups.name}“ lässt sich nicht sichern, was vorher war; geändert ist nichts. "
            "Prüfen Sie Ihre Rechte und den freien Platz."
        ) from error
    return target


def plan_import(path: Path, present: Present, book: Path | None = None) -> Plan:
    """Work out what an import would do, and check the result as `konzept check` does.

    Raises
    ------
    DataProblems
        The workbook, or the data with it, hold problems.
    """
    grids = open_workbook(path)
    base = unpacked(grids.get(BASE))
    if base is None or not _fits(base, present.sheets):
        raise refused(path, _FOREIGN if base is None else _OUTDATED)
    problems: list[Problem] = []
    form = measure_sheet(present.package)
    expected = (*present.sheets, *([form] if form else []), SETTINGS_SHEET)
    read = read_sheets(grids, expected, path.name, problems)
    lines = read.lines
    settings = lines.pop(SETTINGS_SHEET.table)
    if SETTINGS_SHEET.table in read.unread:
        base.pop(SETTINGS_SHEET.table, None)
    notes = [note for each in lines.values() for line in each for note in line.notes]
    names = _complete(present, base, read, form, problems)
    frozen = frozen_until(present)
    conflicts: list[Problem] = []
    changes = tuple(
        Change(sheet, [Row(cells, n, None) for n, cells in enumerate(present.tables[sheet.table])])
        if sheet.table in read.unread
        else merge(
            sheet,
            base[sheet.table],
            present.tables[sheet.table],
            lines[sheet.table],
            path.name,
            problems,
            conflicts,
            frozen,
        )
        for sheet in present.sheets
    )
    asked = delete_with_measures(
        changes, base, present.tables.get("massnahmen", []), path.name, names.keys, frozen, problems
    )
    for change in changes:
        report_markup(change, problems)
    stand, told, doubts = new_stand(settings, base, present.package.stand, path.name, problems, conflicts)
    problems += check_trial(present, changes, stand, book)
    asked = [*asked, *doubts, *questions(changes, lines, grids)]
    if problems:
        # Told as well, so that nobody has to come back a second time for them.
        problems += [Problem(path.name, None, None, f"Bitte ansehen: {question}") for question in asked]
        raise DataProblems(dict.fromkeys(problems))
    contents, _ = new_contents(present, changes, stand)
    notes += [
        f"Das Blatt „{title}“ gehört zu keiner Tabelle und wird nicht übernommen." for title in read.strange
    ]
    return Plan(
        present.package.folder,
        present.expected,
        contents,
        changes,
        (*notes, *told),
        names.keys,
        tuple(asked),
        tuple(conflicts),
        tuple(new_hints(present, changes, stand)),
    )


_BY_HAND = (
    "Behalten Sie diese Mappe, schreiben Sie mit „konzept excel export“ unter anderem Namen eine neue, "
    "und übertragen Sie Ihre Änderungen dorthin."
)
_FOREIGN = (
    "In dieser Arbeitsmappe fehlt das verborgene Blatt „Stand“, ohne das niemand weiß, was geändert ist: "
    "Sie stammt nicht aus „konzept excel export“, oder ein anderes Programm hat es weggelassen. " + _BY_HAND
)
_OUTDATED = "Die Tabellen haben seit dem Export andere Spalten bekommen. " + _BY_HAND


def frozen_until(present: Present) -> dt.date | None:
    """Give the Stand of the newest edition that was issued; what it shows of the status is not changed any more."""
    issued = [
        cells["stand"] for cells in present.tables.get("ausgaben", ()) if cells["tag"] and cells["stand"]
    ]
    return max(map(dt.date.fromisoformat, issued), default=None)


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
    refuse_older(reading.package)
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


def _fits(base: Tables, sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook has the tables and columns of today."""
    return all(
        sheet.table in base and all(set(row) == {f.name for f in sheet.fields} for row in base[sheet.table])
        for sheet in sheets
    )


def _complete(
    present: Present, base: Tables, read: Read, form: Sheet | None, problems: list[Problem]
) -> Names:
    """Turn names into keys, assign keys to new rows, and spread new measures over their tables."""
    lines = read.lines
    names = Names(unread=read.unread)
    for sheet in present.sheets:
        names.add(sheet.table, [*present.tables[sheet.table], *(each.cells for each in lines[sheet.table])])
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
            each.require(problems, [f.name for f in form.fields if f.required])
        measures = [measure_line(each, sheets["massnahmen"]) for each in forms]
        lines["massnahmen"] += measures
    for sheet in first:
        _assign(present, base, sheet, lines[sheet.table], problems)
        names.add(sheet.table, [line.cells for line in lines[sheet.table]])
    if form is not None:
        _resolve(form, forms, names, sheets, problems)
        for each in forms:
            report_actors_twice(each, problems)
        for each, measure in zip(forms, measures, strict=True):
            for table, line in related_lines(each, measure.cells["id"], sheets):
                lines[table].append(line)
    for sheet in (*first, *rest):
        _resolve(sheet, lines[sheet.table], names, sheets, problems)
    for sheet in rest:
        _assign(present, base, sheet, lines[sheet.table], problems)
    _settle_amounts(present, lines, problems)
    for sheet in present.sheets:
        settle_keys(sheet, lines[sheet.table], present.tables, problems)
    return names


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
            elif table in names.unread and not quiet:
                line.bad.add(field.name)  # the row may stand in a sheet that could not be read
            elif not quiet:
                line.refuse(problems, field.name, names.unknown(table, sheets[table].title, text), text)


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
    before = {without_key(sheet, cells): cells["id"] for cells in (*earlier, *lost)}
    taken = typed | exported | {cells["id"] for cells in present.tables[sheet.table]}
    for line in lines:
        if line.cells["id"] or "id" in line.bad:
            continue
        key = before.pop(without_key(sheet, line.cells), None)
        if key is None and not sheet.field("id").labels:
            key = new_key(present.package, sheet, line.cells, taken)
        if key is not None:
            taken.add(key)
            line.cells["id"] = key
        elif line.bad:
            line.bad.add("id")
        else:
            message = "Diese Angabe ist ein Schlüssel und darf nicht fehlen. Tragen Sie sie ein."
            line.refuse(problems, "id", message)


def _settle_amounts(present: Present, lines: Mapping[str, Sequence[Line]], problems: list[Problem]) -> None:
    """Take over numbers typed with the unit of their row or column („20,0 %“, „2.500 €“), and report the others."""
    units = {cells["id"]: cells["einheit"] for cells in present.tables.get("indikatoren", ())}
    units |= {line.cells["id"]: line.cells["einheit"] for line in lines.get("indikatoren", ())}
    for line in [line for each in lines.values() for line in each]:
        for name, (amount, typed) in line.amounts.items():
            unit = "Euro" if name == "betrag_eur" else units.get(line.cells.get("indikator_id", ""))
            if amount.unit != unit:
                line.cells[name] = ""
                line.refuse(problems, name, str(amount), typed)
