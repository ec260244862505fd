"""A measure leaves with all that hangs on it: status, costs, responsibilities, relations, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from konzept.authors.excel.changes import Change, Row, is_frozen, key_of
from konzept.authors.excel.layout import Cells, Sheet
from konzept.authors.excel.summary import Titles, row_shown
from konzept.data.problems import Problem
from konzept.words import german

_MEASURES = "massnahmen"
_NOTES = "pruefhinweise"
_POINTERS = ("massnahme_id", "verwandt_id")


def delete_with_measures(
    changes: Sequence[Change],
    base: Mapping[str, Sequence[Cells]],
    present: Sequence[Cells],
    file: str,
    titles: Titles,
    frozen: dt.date | None,
    problems: list[Problem],
) -> list[str]:
    """Remove what hangs on removed measures, and say what goes with each.

    Parameters
    ----------
    changes
        What becomes of the tables; changed in place.
    base
        The tables when the workbook was written.
    present
        The measures as they are now.
    file
        The workbook's name.
    titles
        The titles of all rows.
    frozen
        The Stand of the newest edition; measures that it shows stay.
    problems
        Takes the measures that may not go.

    Returns
    -------
    list of str
        A sentence for each measure that goes, to be asked about.
    """
    measures = next(c for c in changes if c.sheet.table == _MEASURES)
    asked = []
    for cells in list(measures.removed):
        hanging = _hanging(changes, cells["id"])
        shown = row_shown(measures.sheet, cells, titles)
        if message := _obstacle(hanging, base, frozen):
            where = f"{file}, Blatt „{measures.sheet.title}“"
            problems.append(Problem(where, None, None, f"Die Zeile „{shown}“ fehlt. {message}"))
            measures.removed.remove(cells)
            measures.rows.append(Row(cells, present.index(cells), None))
            continue
        asked.append(_told(shown, hanging))
        for change, rows in hanging:
            change.rows = [row for row in change.rows if row not in rows]
            change.removed += [row.before or row.cells for row in rows]
        _unlink(changes, cells["id"])
    return asked


def _owned(sheet: Sheet, cells: Cells, key: str) -> bool:
    """Whether a row has no sense without the measure."""
    return any(
        field.name in _POINTERS
        and cells[field.name] == key
        and (field.required or sheet.table == "massnahme_bezuege")
        for field in sheet.fields
    )


def _hanging(changes: Sequence[Change], key: str) -> list[tuple[Change, list[Row]]]:
    """Find the rows that hang on a measure, new ones of the workbook apart: these contradict."""
    found = [
        (change, [r for r in change.rows if r.record is not None and _owned(change.sheet, r.cells, key)])
        for change in changes
        if change.sheet.table != _MEASURES
    ]
    gone = {(_MEASURES, key)} | {
        (c.sheet.table, r.cells["id"]) for c, rows in found for r in rows if "id" in r.cells
    }
    for n, (change, rows) in enumerate(found):
        if change.sheet.table == _NOTES:
            notes = [r for r in change.rows if (r.cells["tabelle"], r.cells["zeile_id"]) in gone]
            found[n] = (change, rows + notes)
    return [(change, rows) for change, rows in found if rows]


def _obstacle(
    hanging: Sequence[tuple[Change, Sequence[Row]]],
    base: Mapping[str, Sequence[Cells]],
    frozen: dt.date | None,
) -> str | None:
    """Say why a measure may not go: an edition shows it, or others worked on it."""
    for change, rows in hanging:
        old = {key_of(change.sheet, cells): cells for cells in base[change.sheet.table]}
        for row in rows:
            present = row.before or row.cells
            if is_frozen(change.sheet, present, frozen):
                return (
                    "Eine Ausgabe zeigt diese Maßnahme schon. Stellen Sie die Zeile wieder her, "
                    "und geben Sie der Maßnahme den Status „verworfen“."
                )
            if old.get(key_of(change.sheet, present)) != present:
                return (
                    f"Im Blatt „{change.sheet.title}“ hat inzwischen jemand etwas zu dieser Maßnahme geändert. "
                    "Stellen Sie die Zeile wieder her, und löschen Sie sie in einer neuen Mappe."
                )
    return None


def _told(shown: str, hanging: Sequence[tuple[Change, Sequence[Row]]]) -> str:
    parts = [f"{len(rows)} × {change.sheet.title}" for change, rows in hanging]
    with_it = f", und mit ihr alles, was an ihr hängt: {german.listing(parts)}" if parts else ""
    return f"Die Maßnahme „{shown}“ wird gelöscht{with_it}."


def _unlink(changes: Sequence[Change], key: str) -> None:
    """Empty what only mentions the measure."""
    for change in changes:
        for n, row in enumerate(change.rows):
            if row.record is not None and row.cells.get("massnahme_id") == key:
                cells = {**row.cells, "massnahme_id": ""}
                change.rows[n] = Row.known(row.record, row.before or row.cells, cells, row.line)
