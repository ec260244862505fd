"""What an import changes, told in German: place, title, column, old → new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from konzept.authors.excel.changes import Change, Row, key_of, value_shown
from konzept.authors.excel.keys import name_of
from konzept.authors.excel.layout import FROZEN, NEW_MEASURE, Cells, Sheet
from konzept.words import german

SHOWN = 12
"""So many rows or values of a kind are told after an import; a trial run tells all."""
_NAME = 80

Titles = Mapping[str, Mapping[str, str]]
"""Table → key → title."""


def summary(changes: Sequence[Change], titles: Titles, *, everything: bool) -> Iterator[str]:
    """Tell what becomes of the tables: counts, then every row with its old and new values; at the end of many, the counts again."""
    heads = []
    for change in changes:
        sheet = change.sheet
        kinds = {
            "neu": [[*_new(sheet, row, titles)] for row in change.added],
            "geändert": [[*_edited(sheet, row, titles)] for row in change.changed],
            "gelöscht": [[f"  gelöscht: {row_shown(sheet, cells, titles)}"] for cells in change.removed],
        }
        if change:
            counts = german.listing([f"{len(rows)} {word}" for word, rows in kinds.items() if rows])
            heads.append(f"{sheet.title}: {counts}")
            yield heads[-1]
        for word, rows in kinds.items():
            shown = rows if everything else rows[:SHOWN]
            yield from chain.from_iterable(shown)
            if len(rows) > len(shown):
                yield f"  {word}: und {german.number(len(rows) - len(shown))} weitere"
    if everything and sum(len((*c.added, *c.changed, *c.removed)) for c in changes) > SHOWN:
        yield f"Zusammen: {'; '.join(heads)}"


def row_shown(sheet: Sheet, cells: Cells, titles: Titles) -> str:
    """Name a row by its key, and by its title or the titles of what it relates."""
    key = " + ".join(key_of(sheet, cells))
    if sheet.table == FROZEN:
        key += f": {sheet.field('status').labels.get(cells['status'], cells['status'])}"
    name = name_of(cells) if sheet.key == ("id",) else ""
    if not name:
        owner = titles.get("massnahmen", {}).get(cells.get("massnahme_id", ""), "")
        return f"{key} (Maßnahme „{short(owner)}“)" if owner else key
    return f"{key} – {short(name)}"


def short(text: str) -> str:
    """Cut a long title."""
    return german.shortened(text, _NAME)


def _new(sheet: Sheet, row: Row, titles: Titles) -> Iterator[str]:
    yield f"  neu{place_shown(sheet, row)}: {row_shown(sheet, row.cells, titles)}"
    told = {*sheet.key, "titel", "massnahme_id"}
    cells = [
        f"{f.heading}: {value_shown(f, row.cells[f.name])}"
        for f in sheet.fields
        if row.cells[f.name] and f.name not in told
    ]
    if cells:
        yield f"    {' · '.join(cells)}"


def _edited(sheet: Sheet, row: Row, titles: Titles) -> Iterator[str]:
    yield f"  geändert{place_shown(sheet, row)}: {row_shown(sheet, row.before or row.cells, titles)}"
    for name in row.changed:
        field = sheet.field(name)
        old, new = value_shown(field, row.before[name]), value_shown(field, row.cells[name])
        yield f"    {field.heading}: {old} → {new}"


def place_shown(sheet: Sheet, row: Row) -> str:
    """Say where a row stands in the workbook, in brackets."""
    if row.line is None:
        return ""
    place = row.line.place
    return (
        f" (Blatt „{place.sheet}“, Zeile {place.row})"
        if place.sheet == NEW_MEASURE
        else f" (Zeile {place.row})"
    )
