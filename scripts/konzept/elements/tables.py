"""What tables have in common: their cells, and the register, which has no column that says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from konzept.concept.citing import cited
from konzept.concept.findings import EVERYONE
from konzept.concept.model import ActionField, Source
from konzept.elements.content import Cell, Column, Line, Row, Run, Table, line
from konzept.words import german
from konzept.words.labels import NOT_NAMED

NOTHING = "–"
"""Stands in a cell on which the sources say nothing, where a note below says so once."""


def written(*texts: str | None, strong: bool = False, to: str | None = None, silent: str = NOT_NAMED) -> Cell:
    """Write texts in lines, or what stands where the sources are silent."""
    lines = [Run(text, strong=strong, target=to) for text in texts if text]
    return Cell.of(*lines or [Run(silent, muted=True)])


def plain_number(n: int, *, to: str | None = None) -> Cell:
    """Write a count, or a dash for none."""
    return written(german.number(n) if n else None, strong=True, to=to, silent=NOTHING)


def field_cell(field: ActionField) -> Cell:
    """Name a field; it leads to its chapter."""
    return Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id))


def in_catalogue(field: ActionField) -> str:
    """Lead to the field's part of the catalogue."""
    return f"@{catalogue_section(field.id)}"


def catalogue_section(field_id: str) -> str:
    """Name the section of the catalogue in which a field's measures stand, whatever their own ids."""
    return f"massnahmen-{field_id}"


def data_of(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[str] = ()) -> Table:
    """Build the table below a figure: plain texts, without caption and notes."""
    columns = tuple(Column(head, numeric=head in numeric) for head in heads)
    return Table("", "", columns, tuple(Row(tuple(map(Cell.of, row))) for row in rows))


def csv_number(value: float | Decimal | None) -> str:
    """Write a number as it stands in a file for download: without points between thousands; empty for none."""
    return "" if value is None else german.number(value).replace(".", "")


_REPEATED = 3
"""From so many rows on, a column that always says the same is a note."""


_FEW = 4
"""Where at most every fourth row says something, it stands below the row's heading and needs no column."""


def register(
    key: str,
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    sources: Sequence[Source | None],
    notes: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> Table:
    """Build a table; a column that says the same in every row goes, and a note tells what it said, if it says something."""
    content = [list(row) for row in rows]
    few = _move_few(heads, content)
    same = {i: constant(row[i].text for row in content) for i in range(1, len(heads))}
    shown = [i for i in range(len(heads)) if not same.get(i)]
    named = [heads[i] for i, text in same.items() if text == NOT_NAMED and i not in few]
    silent = any(row[i].text == NOT_NAMED for row in content for i in shown)
    all_notes = [
        *notes,
        *(
            f"{heads[i]}: durchweg „{text}“."
            for i, text in same.items()
            if text not in ("", NOT_NAMED, EVERYONE)
        ),
        *([f"{german.listing(named)}: in den Quellen nicht genannt."] if named else []),
        *([f"{german.listing([heads[i] for i in few])}: sonst nicht genannt."] if few else []),
        *([f"„{NOTHING}“: in den Quellen nicht genannt."] if silent else []),
    ]
    dash = written(silent=NOTHING)
    return Table(
        label=f"tab-{key}",
        caption=caption,
        columns=tuple(Column(heads[i], width=widths[i] if widths else 0) for i in shown),
        rows=tuple(
            Row(tuple(dash if row[i].text == NOT_NAMED else row[i] for i in shown)) for row in content
        ),
        notes=tuple(all_notes),
        sources=cited(sources),
    )


def _move_few(heads: Sequence[str], content: list[list[Cell]]) -> list[int]:
    """Move what few rows say below the rows' headings, and name the columns that it leaves empty."""
    few = []
    for i in range(1, len(heads)):
        told = [row for row in content if row[i].text != NOT_NAMED]
        if told and _FEW * len(told) <= len(content):
            few.append(i)
            for row in told:
                more = line(Run(f"{heads[i]}: ", muted=True), Run(row[i].text))
                row[0], row[i] = Cell((*row[0].lines, more)), written(None)
    return few


def constant(texts: Iterable[str]) -> str:
    """Give the text that a column repeats; a single row or two repeat nothing but silence."""
    found = list(texts)
    if not found or len(set(found)) > 1 or (len(found) < _REPEATED and found[0] != NOT_NAMED):
        return ""
    return found[0]


def muted(text: str) -> tuple[Line, ...]:
    """Give a quiet line, if there is anything to say."""
    return (line(Run(text, muted=True)),) if text else ()
