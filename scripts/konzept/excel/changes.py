"""What was added, changed and removed since the export, put onto the data as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from konzept import german
from konzept.excel.layout import APPEND_ONLY, Sheet
from konzept.excel.names import name_of
from konzept.excel.sheets import Line
from konzept.problems import Problem

Key = tuple[str, ...]
Cells = Mapping[str, str]

SHOWN = 12
"""So many rows of a kind are named; more are counted."""


@dataclass(frozen=True)
class Row:
    """A row of the result: its cells, the record it comes from, and its line in the workbook."""

    cells: Cells
    record: int | None
    line: Line | None
    changed: tuple[str, ...] = ()


@dataclass
class Change:
    """What becomes of one table."""

    sheet: Sheet
    rows: list[Row] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    removed: list[Cells] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def key_of(sheet: Sheet, cells: Cells) -> Key:
    """Name a row by its primary key."""
    return tuple(cells[name] for name in sheet.key)


def merge(
    sheet: Sheet,
    base: Sequence[Cells],
    present: Sequence[Cells],
    lines: Sequence[Line],
    file: str,
    problems: list[Problem],
) -> Change:
    """Put the changes of one sheet onto the present rows of its table.

    Parameters
    ----------
    sheet
        The table.
    base
        Its rows when the workbook was written.
    present
        Its rows now; others may have changed them.
    lines
        The rows of the workbook; all have keys.
    file
        The workbook's name for problems without a place in it.
    problems
        Takes what contradicts.
    """
    old = {key_of(sheet, cells): cells for cells in base}
    now = {key_of(sheet, cells): (n, cells) for n, cells in enumerate(present)}
    seen: dict[Key, Line] = {}
    merged: dict[Key, Row] = {}
    new: list[tuple[Key | None, Row]] = []
    last: Key | None = None
    complete = True
    for line in lines:
        key = key_of(sheet, line.cells)
        if line.bad & set(sheet.key):
            complete = False
            continue
        if key in seen:
            problems.append(_doubled(sheet, line, seen[key]))
            continue
        seen[key] = line
        if key in now:
            row = _known(sheet, old.get(key), now[key], line, problems)
            merged[key] = row
            last = key
        elif key not in old:
            new.append((last, Row(line.cells, None, line)))
        elif _differs(sheet, old[key], line.cells):
            message = "Diese Zeile hat inzwischen jemand aus den Daten gelöscht; Ihre Änderung gilt ihr."
            problems.append(line.place.problem(None, message))
    _report_changed_keys(sheet, old, seen, new, problems)
    gone = [key for key in old if key not in seen and key in now]
    if complete:  # else it is not known which rows are gone
        _report_removals(sheet, old, now, gone, file, problems)
    return _result(sheet, now, merged, new, gone)


def _known(
    sheet: Sheet, old: Cells | None, now: tuple[int, Cells], line: Line, problems: list[Problem]
) -> Row:
    """Merge a row cell by cell: what the workbook changed wins, unless others changed it differently."""
    record, present = now
    cells = dict(present)
    for name, text in line.cells.items():
        if name in line.bad or text == present[name] or (old is not None and text == old[name]):
            continue
        if old is None or present[name] != old[name]:
            message = (
                f"Diese Angabe ist in den Daten inzwischen anders ({_value(sheet, name, present)}). "
                "Schreiben Sie eine neue Arbeitsmappe und tragen Sie Ihre Änderung dort ein."
            )
            problems.append(line.place.problem(name, message, text))
        elif sheet.table == APPEND_ONLY:
            message = (
                "Der Statusverlauf wird nur ergänzt. Stellen Sie den alten Eintrag wieder her "
                f"({_value(sheet, name, present)}) und schreiben Sie den neuen Status in eine neue Zeile."
            )
            problems.append(line.place.problem(name, message, text))
        else:
            cells[name] = text
    changed = tuple(name for name in cells if cells[name] != present[name])
    return Row(cells, record, line, changed)


def _value(sheet: Sheet, name: str, cells: Cells) -> str:
    """Show a value as the workbook does."""
    text = cells[name]
    return f"„{sheet.field(name).labels.get(text, text)}“" if text else "leer"


def _differs(sheet: Sheet, a: Cells, b: Cells) -> bool:
    return any(a[f.name] != b[f.name] for f in sheet.fields)


def _doubled(sheet: Sheet, line: Line, first: Line) -> Problem:
    value = " + ".join(key_of(sheet, line.cells))
    where = f"Zeile {first.place.row}"
    if first.place.sheet != line.place.sheet:
        where = f"Blatt „{first.place.sheet}“, {where}"
    return line.place.problem(sheet.key[0], f"„{value}“ steht schon in {where}.", value)


def _report_changed_keys(
    sheet: Sheet,
    old: Mapping[Key, Cells],
    seen: Mapping[Key, Line],
    new: Sequence[tuple[Key | None, Row]],
    problems: list[Problem],
) -> None:
    """A key is given once: a row that has lost its own is not a new row."""
    if sheet.key != ("id",):
        return
    lost = {_without_key(sheet, cells): key for key, cells in old.items() if key not in seen}
    for _, row in new:
        key = lost.get(_without_key(sheet, row.cells))
        if key is not None and row.line is not None:
            message = (
                f"Diese Zeile heißt „{key[0]}“; Kennungen werden nicht geändert. Tragen Sie sie wieder ein."
            )
            problems.append(row.line.place.problem("id", message, row.cells["id"]))


def _without_key(sheet: Sheet, cells: Cells) -> Key:
    return tuple(cells[f.name] for f in sheet.fields if f.name not in sheet.key)


def _report_removals(
    sheet: Sheet,
    old: Mapping[Key, Cells],
    now: Mapping[Key, tuple[int, Cells]],
    gone: Sequence[Key],
    file: str,
    problems: list[Problem],
) -> None:
    where = f"{file}, Blatt „{sheet.title}“"
    if gone and len(gone) == len(old) > 1:
        message = "Hier fehlen alle Zeilen. Ganze Tabellen löscht der Import nicht. Stellen Sie die Zeilen wieder her."
        problems.append(Problem(where, None, None, message))
        return
    for key in gone:
        shown = " + ".join(key)
        if sheet.table == APPEND_ONLY:
            message = (
                f"Die Zeile „{shown}“ fehlt. Der Statusverlauf wird nur ergänzt; stellen Sie sie wieder her."
            )
            problems.append(Problem(where, None, None, message))
        elif _differs(sheet, old[key], now[key][1]):
            message = f"Die Zeile „{shown}“ ist hier gelöscht, aber in den Daten inzwischen geändert."
            problems.append(Problem(where, None, None, message))


def _result(
    sheet: Sheet,
    now: Mapping[Key, tuple[int, Cells]],
    merged: Mapping[Key, Row],
    new: Sequence[tuple[Key | None, Row]],
    gone: Sequence[Key],
) -> Change:
    """Keep the order of the data; new rows stand where they were typed, unless the sheet was sorted."""
    change = Change(sheet, removed=[now[key][1] for key in gone])
    order = [now[key][0] for key in merged]
    sorted_by_author = order != sorted(order)
    behind: dict[Key | None, list[Row]] = {}
    for before, row in new:
        behind.setdefault(None if sorted_by_author else before, []).append(row)
    at_end = behind.pop(None, []) if sorted_by_author else []
    change.rows += behind.get(None, [])
    for key, (record, cells) in now.items():
        if key not in gone:
            change.rows.append(merged.get(key, Row(cells, record, None)))
        change.rows += behind.get(key, [])
    change.rows += at_end
    change.added = [row for _, row in new]
    change.changed = [row for row in change.rows if row.changed]
    return change


def summary(changes: Sequence[Change]) -> Iterator[str]:
    """Tell in German what becomes of the tables, with counts and names."""
    for change in changes:
        if not change:
            continue
        counts = [
            f"{len(rows)} {word}"
            for rows, word in (
                (change.added, "neu"),
                (change.changed, "geändert"),
                (change.removed, "gelöscht"),
            )
            if rows
        ]
        yield f"{change.sheet.title}: {german.listing(counts)}"
        yield from _named("neu", [_shown(change.sheet, r.cells) for r in change.added])
        headings = {f.name: f.heading for f in change.sheet.fields}
        edits = [
            f"{_shown(change.sheet, r.cells)} ({', '.join(headings[c] for c in r.changed)})"
            for r in change.changed
        ]
        yield from _named("geändert", edits)
        yield from _named("gelöscht", [_shown(change.sheet, cells) for cells in change.removed])


def _named(word: str, names: Sequence[str]) -> Iterator[str]:
    for name in names[:SHOWN]:
        yield f"  {word}: {name}"
    if len(names) > SHOWN:
        yield f"  {word}: und {german.number(len(names) - SHOWN)} weitere"


def _shown(sheet: Sheet, cells: Cells) -> str:
    key = " + ".join(key_of(sheet, cells))
    if sheet.table == APPEND_ONLY:
        return f"{key}: {sheet.field('status').labels.get(cells['status'], cells['status'])}"
    name = " ".join(name_of(cells).split()) if sheet.key == ("id",) else ""
    return f"{key} – {name[:80]}" if name else key
