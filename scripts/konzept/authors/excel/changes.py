"""What was added, changed and removed since the export, put onto the data as they are now."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from konzept.authors.excel.cells import markup_in
from konzept.authors.excel.layout import FROZEN, SETTINGS, SETTINGS_SHEET, Cells, Field, Sheet, Tables
from konzept.authors.excel.sheets import Line
from konzept.data.problems import Problem
from konzept.words import german

Key = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of the result: its cells, the record it comes from, and its line in the workbook."""

    cells: Cells
    record: int | None
    line: Line | None
    changed: tuple[str, ...] = ()
    before: Cells = field(default_factory=dict)
    """The cells of a known row as the data have them now."""

    @classmethod
    def known(cls, record: int, before: Cells, cells: Cells, line: Line | None = None) -> Row:
        """Take a row that the data have, as it is and as it shall be."""
        changed = tuple(name for name in before if cells[name] != before[name])
        return cls(cells, record, line, changed, before)


@dataclass
class Change:
    """What becomes of one table."""

    sheet: Sheet
    rows: list[Row]
    removed: list[Cells] = field(default_factory=list)

    @property
    def added(self) -> list[Row]:
        """The rows that the data do not have."""
        return [row for row in self.rows if row.record is None]

    @property
    def changed(self) -> list[Row]:
        """The known rows that become others."""
        return [row for row in self.rows if row.changed]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def interleaved(known: Sequence[Row | None], behind: Mapping[int, Sequence[Row]]) -> list[Row]:
    """Put rows behind known ones, by the places of these; at -1 stand those that come first.  None is a row that goes."""
    rows = list(behind.get(-1, ()))
    for n, row in enumerate(known):
        rows += [*filter(None, [row]), *behind.get(n, ())]
    return rows


def report_markup(change: Change, problems: list[Problem]) -> None:
    """Name tags of web pages in what is new: they would be printed."""
    for row in (*change.added, *change.changed):
        for name in row.changed or row.cells:
            tag = markup_in(row.cells[name]) if change.sheet.field(name).type == "string" else None
            if tag and row.line and name not in row.line.bad:
                message = f"Hier steht „{tag}“ aus einer Webseite und würde so gedruckt. Schreiben Sie den Text ohne solche Zeichen."
                row.line.refuse(problems, name, message, row.cells[name])


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
    conflicts: list[Problem],
    frozen: dt.date | None,
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
    problems, conflicts
        Take what contradicts, and what is not taken because others changed the same since the export.
    frozen
        The Stand of the newest edition; what it shows of the status stays as it is.
    """
    old = {key_of(sheet, cells): cells for cells in base}
    now = {key_of(sheet, cells): (n, cells) for n, cells in enumerate(present)}
    seen: dict[Key, Line] = {}
    merged: dict[Key, Row] = {}
    new: list[tuple[int, Row]] = []
    last = -1
    complete = True
    for line in lines:
        key = key_of(sheet, line.cells)
        half = bool(line.bad & set(sheet.key))
        if half and not line.new:
            complete = False
        elif (first := seen.setdefault(key, line)) is not line:
            if not half:
                problems.append(_doubled(sheet, line, first))
        elif key in now:
            merged[key] = _known(sheet, old.get(key), now[key], line, problems, conflicts, frozen)
            last = now[key][0]
        elif key not in old:
            new.append((last, Row(line.cells, None, line)))
        elif edits := _edits(sheet, old[key], line.cells):
            message = f"Nicht übernommen: Diese Zeile hat inzwischen jemand aus den Daten gelöscht; in dieser Mappe ist sie geändert ({edits})."
            conflicts.append(line.place.problem(None, message))
    renamed = _report_changed_keys(sheet, old, seen, new, problems)
    gone = [key for key in old if key not in seen and key in now and key not in renamed] if complete else []
    gone = _removals(sheet, old, now, gone, file, problems, conflicts, frozen)
    # New rows stand where they were typed, unless the sheet was sorted.
    order = [now[key][0] for key in merged]
    is_sorted = order == sorted(order)
    behind: dict[int, list[Row]] = defaultdict(list)
    for before, row in new:
        behind[before if is_sorted else len(now) - 1].append(row)
    known = [
        None if key in gone else merged.get(key, Row(cells, record, None))
        for key, (record, cells) in now.items()
    ]
    return Change(sheet, interleaved(known, behind), [now[key][1] for key in gone])


def _known(
    sheet: Sheet,
    old: Cells | None,
    now: tuple[int, Cells],
    line: Line,
    problems: list[Problem],
    conflicts: list[Problem],
    frozen: dt.date | None,
) -> Row:
    """Merge a row cell by cell: what the workbook changed is taken, unless others changed it differently."""
    record, present = now
    cells = dict(present)
    for name, text in line.cells.items():
        if name in line.bad or text == present[name] or (old is not None and text == old[name]):
            continue
        here, there = value_shown(sheet.field(name), text), value_shown(sheet.field(name), present[name])
        if old is None:
            message = (
                f"Nicht übernommen: Diese Zeile hat inzwischen auch jemand anderes ergänzt. In den Daten steht {there}, "
                f"in dieser Mappe {here}. Soll Ihre Angabe gelten, tragen Sie sie in einer neuen Mappe ein."
            )
            conflicts.append(line.place.problem(name, message, text))
        elif present[name] != old[name]:
            message = (
                "Nicht übernommen: Diese Angabe hat seit dem Export auch jemand in den Daten geändert. "
                f"Beim Export {value_shown(sheet.field(name), old[name])}, in den Daten jetzt {there}, in dieser Mappe {here}. "
                "Soll Ihre Angabe gelten, tragen Sie sie in einer neuen Mappe ein."
            )
            conflicts.append(line.place.problem(name, message, text))
        elif is_frozen(sheet, present, frozen):
            message = (
                f"{_in_an_edition(frozen)} Stellen Sie den alten Eintrag wieder her ({there}), {_CORRECTING}"
            )
            problems.append(line.place.problem(name, message, text))
        else:
            cells[name] = text
    return Row.known(record, present, cells, line)


def is_frozen(sheet: Sheet, cells: Cells, frozen: dt.date | None) -> bool:
    """Whether an edition shows this row of the status history."""
    return sheet.table == FROZEN and frozen is not None and cells["datum"] <= frozen.isoformat()


_CORRECTING = "und berichtigen Sie ihn mit einer neuen Zeile, deren Datum nach der Ausgabe liegt."


def _in_an_edition(frozen: dt.date | None) -> str:
    assert frozen is not None
    return f"Diesen Status zeigt schon eine Ausgabe (Stand {german.date(frozen)}); er bleibt, wie er ist."


def _edits(sheet: Sheet, before: Cells, after: Cells) -> str:
    """List what differs between two states of a row."""
    return "; ".join(
        f"{f.heading}: {value_shown(f, before[f.name])} → {value_shown(f, after[f.name])}"
        for f in sheet.fields
        if before[f.name] != after[f.name]
    )


def value_shown(field: Field, text: str) -> str:
    """Show a value as the workbook does."""
    with contextlib.suppress(ValueError):
        text = german.date(dt.date.fromisoformat(text)) if field.type == "date" else text
    return f"„{field.labels.get(text, text)}“" if text else "leer"


def _doubled(sheet: Sheet, line: Line, first: Line) -> Problem:
    value = " + ".join(key_of(sheet, line.cells))
    sheet_named = f"Blatt „{first.place.sheet}“, " if first.place.sheet != line.place.sheet else ""
    where = f"{sheet_named}Zeile {first.place.row}"
    return line.place.problem(sheet.key[0], f"„{value}“ steht schon in {where}.", value)


def _report_changed_keys(
    sheet: Sheet,
    old: Mapping[Key, Cells],
    seen: Mapping[Key, Line],
    new: Sequence[tuple[int, Row]],
    problems: list[Problem],
) -> set[Key]:
    """A key is given once: a row that has lost its own is not a new row.  Gives the keys lost."""
    if sheet.key != ("id",):
        return set()
    renamed = set()
    lost = {without_key(sheet, cells): key for key, cells in old.items() if key not in seen}
    for _, row in new:
        key = lost.get(without_key(sheet, row.cells))
        if key is not None and row.line is not None:
            message = (
                f"Diese Zeile heißt „{key[0]}“; Kennungen werden nicht geändert. Tragen Sie sie wieder ein."
            )
            row.line.refuse(problems, "id", message, row.cells["id"])
            renamed.add(key)
    return renamed


def without_key(sheet: Sheet, cells: Cells) -> Key:
    """Give what a row says besides its key."""
    return tuple(cells[f.name] for f in sheet.fields if f.name not in sheet.key)


def _removals(
    sheet: Sheet,
    old: Mapping[Key, Cells],
    now: Mapping[Key, tuple[int, Cells]],
    gone: Sequence[Key],
    file: str,
    problems: list[Problem],
    conflicts: list[Problem],
    frozen: dt.date | None,
) -> list[Key]:
    """Give the rows that may go; what others changed meanwhile, and what an edition shows, stays."""
    where = f"{file}, Blatt „{sheet.title}“"
    if gone and len(gone) == len(old) > 1:
        message = "Hier fehlen alle Zeilen. Ganze Tabellen löscht der Import nicht. Stellen Sie die Zeilen wieder her."
        problems.append(Problem(where, None, None, message))
        return []
    free = []
    for key in gone:
        shown, present = " + ".join(key), now[key][1]
        if is_frozen(sheet, present, frozen):
            message = f"Die Zeile „{shown}“ fehlt. {_in_an_edition(frozen)} Stellen Sie sie wieder her, {_CORRECTING}"
            problems.append(Problem(where, None, None, message))
        elif edits := _edits(sheet, old[key], present):
            message = (
                f"Nicht gelöscht: Die Zeile „{shown}“ fehlt hier, aber in den Daten hat sie inzwischen jemand geändert "
                f"({edits}). Soll sie trotzdem wegfallen, löschen Sie sie in einer neuen Mappe."
            )
            conflicts.append(Problem(where, None, None, message))
        else:
            free.append(key)
    return free


def new_stand(
    lines: Sequence[Line],
    base: Tables,
    now: dt.date,
    file: str,
    problems: list[Problem],
    conflicts: list[Problem],
) -> tuple[dt.date, list[str], list[str]]:
    """Read the Stand that the data shall have, with what is to be told and asked about it.

    Parameters
    ----------
    lines
        The rows of its sheet; none where the workbook has no such sheet.
    base
        The tables and settings when the workbook was written.
    now
        The Stand of the data as they are.
    file
        The workbook's name.
    problems, conflicts
        Take what is wrong, and what others changed as well.
    """
    if SETTINGS_SHEET.table not in base:
        return now, [], []
    old = base[SETTINGS_SHEET.table][0]["stand"]
    good = [line for line in lines if not line.bad]
    if len(lines) != 1 or len(good) != 1:
        if len(good) == len(lines):
            message = "Hier steht genau ein Tag: der Stand der Daten. Stellen Sie ihn wieder her."
            problems.append(Problem(f"{file}, Blatt „{SETTINGS}“", None, None, message))
        return now, [], []
    text = good[0].cells["stand"]
    if text in (old, now.isoformat()):
        return now, [], []
    new = dt.date.fromisoformat(text)
    if old != now.isoformat():
        message = (
            f"Nicht übernommen: Den Stand hat seit dem Export auch jemand in den Daten geändert. Beim Export "
            f"{german.date(dt.date.fromisoformat(old))}, jetzt {german.date(now)}, in dieser Mappe {german.date(new)}."
        )
        conflicts.append(good[0].place.problem("stand", message, text))
        return now, [], []
    note = f"Stand der Daten: {german.date(now)} → {german.date(new)}"
    back = f"Der Stand der Daten würde vom {german.date(now)} auf den {german.date(new)} zurückgesetzt."
    return new, [note], [back] if new < now else []
