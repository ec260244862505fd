"""What a careful colleague would ask about before a workbook's changes are taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from konzept.authors.excel.changes import Change, key_of
from konzept.authors.excel.layout import Cells
from konzept.authors.excel.raw_sheets import Grid
from konzept.authors.excel.sheets import Line
from konzept.authors.excel.summary import place_shown, short
from konzept.words import german

MANY_ROWS = 30
SHARE = 0.2
"""So many rows, or such a part of a table, are not changed by hand in passing."""
_FEW = 5
"""Fewer rows are never many."""
_ALIKE = 90
"""From this likeness on (of 100) two titles may mean the same."""
_SHORTEST = 10
"""Shorter titles are alike by chance."""
_NAMES = ("titel", "name", "text")


def questions(
    changes: Sequence[Change], lines: Mapping[str, Sequence[Line]], grids: Mapping[str, Grid]
) -> list[str]:
    """Name mass changes, columns sorted alone, titles alike, and text that is struck through."""
    found = []
    for change in changes:
        found += [*_masses(change), *_sorted_alone(change), *_alike(change)]
        found += _struck(lines[change.sheet.table], grids)
    return found


def _masses(change: Change) -> Iterator[str]:
    size = len(change.rows) - len(change.added) + len(change.removed)
    for word, rows in (("geändert", change.changed), ("gelöscht", change.removed)):
        if len(rows) > MANY_ROWS or (len(rows) >= _FEW and len(rows) > SHARE * size):
            number, whole = german.number(len(rows)), german.number(size)
            yield f"{change.sheet.title}: {number} von {whole} Zeilen werden {word}."


def _sorted_alone(change: Change) -> Iterator[str]:
    """A column whose cells all stand in other rows was sorted or moved without the rest."""
    for field in change.sheet.fields:
        rows = [row for row in change.changed if field.name in row.changed]
        before = Counter(row.before[field.name] for row in rows)
        if len(rows) > 2 and before == Counter(row.cells[field.name] for row in rows):
            yield (
                f"{change.sheet.title}: In der Spalte „{field.heading}“ stehen dieselben Angaben wie vorher, "
                f"aber {german.number(len(rows))} davon in anderen Zeilen, als wäre diese Spalte allein sortiert worden."
            )


def _alike(change: Change) -> Iterator[str]:
    """New rows that are called like others, or nearly so."""
    name = next((n for n in _NAMES if any(f.name == n for f in change.sheet.fields)), None)
    if name is None or change.sheet.key != ("id",):
        return
    others: list[Cells] = [row.cells for row in change.rows if row.record is not None]
    for row in change.added:
        if row.line and "id" in row.line.bad:
            continue  # said already
        cells = row.cells
        for other in others:
            if cells[name] and _are_alike(cells[name], other[name]):
                where = place_shown(change.sheet, row)
                same = (
                    " heißt genauso wie" if _plain(cells[name]) == _plain(other[name]) else " heißt fast wie"
                )
                yield (
                    f"{change.sheet.title}: Die neue Zeile „{short(cells[name])}“{where}{same}: "
                    f"{key_of(change.sheet, other)[0]} – {short(other[name])}."
                )
                break
        others.append(cells)


def _are_alike(one: str, other: str) -> bool:
    one, other = _plain(one), _plain(other)
    if one == other:
        return True
    # What differs by its numbers (parts, years) is another thing.
    numbers = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return numbers and min(len(one), len(other)) >= _SHORTEST and fuzz.ratio(one, other) >= _ALIKE


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _struck(lines: Sequence[Line], grids: Mapping[str, Grid]) -> Iterator[str]:
    """Whoever strikes text through may mean that it no longer holds; the import does not know."""
    by_title = {title.strip().casefold(): grid for title, grid in grids.items()}
    for line in lines:
        grid = by_title.get(line.place.sheet.casefold())
        struck = grid.struck.get(line.place.row, ()) if grid else ()
        cells = [
            line.place.headings[name]
            for name, n in line.place.columns.items()
            if n in struck and line.cells.get(name)
        ]
        if cells:
            yield (
                f"Blatt „{line.place.sheet}“, Zeile {line.place.row}: {german.listing([f'„{c}“' for c in cells])} "
                "ist durchgestrichen, gilt aber weiter. Soll es nicht mehr gelten, leeren Sie die Zelle oder löschen Sie die Zeile."
            )
