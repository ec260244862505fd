"""Tables of an older schema in the columns of today: what has come since is empty, what was called otherwise has its name of today.

A table's file says by its header which columns it has.  The schema says since which version it knows a column (`seit`)
and what the column was called before (`frueher`), so that one that was lost by mistake is told apart from one that has come later.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from konzept.data.csv_file import BOM, parsed
from konzept.data.package import Package, Table


@dataclass(frozen=True)
class Layout:
    """Where the columns of today stand in a file."""

    places: tuple[int | None, ...]
    """The place of each column of the table; None for one that the file does not have."""
    added: tuple[str, ...] = ()
    """Columns that have come since."""
    lacking: tuple[str, ...] = ()
    """Columns that the file should have."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Name in the file → name of today."""
    left: tuple[str, ...] = ()
    """Columns of the file that the schema does not know."""

    @property
    def same(self) -> bool:
        """Whether the file has just the columns of today, in their order."""
        return self.places == tuple(range(len(self.places))) and not self.left and not self.renamed

    def row(self, cells: Sequence[str]) -> list[str]:
        """Put the cells of a row into the columns of today."""
        return ["" if place is None else cells[place] for place in self.places]


def layout_of(header: Sequence[str], table: Table, version: int) -> Layout:
    """Find the columns of today in a file.

    Parameters
    ----------
    header
        The names of the file's columns, each once.
    table
        The table as the schema describes it.
    version
        That of the schema by which the file was written.
    """
    places: list[int | None] = []
    added: list[str] = []
    lacking: list[str] = []
    renamed = {}
    # A name that a new column has taken over means in an older file the column that had it before.
    before = {
        name
        for column in table.columns
        if column.name not in header
        for name in column.former
        if name in header
    }
    for column in table.columns:
        names = (
            column.former
            if column.since > version and column.name in before
            else (column.name, *column.former)
        )
        name = next((name for name in names if name in header), None)
        places.append(None if name is None else header.index(name))
        if name is None:
            (added if column.since > version else lacking).append(column.name)
        elif name != column.name:
            renamed[name] = column.name
    left = tuple(name for place, name in enumerate(header) if place not in places)
    return Layout(tuple(places), tuple(added), tuple(lacking), renamed, left)


def rewritten(text: str, table: Table, layout: Layout) -> str:
    r"""Write a sound table in the columns of today; what they do not know is left out.

    Examples
    --------
    >>> from konzept.data.package import Column
    >>> table = Table("t", "T", "t.csv", (Column("id", "Id", "string"), Column("neu", "Neu", "string", since=2)), ("id",), {})
    >>> text = "id;alt\r\na;1\r\n"
    >>> rewritten(text, table, layout_of(["id", "alt"], table, 1))
    'id;neu\r\na;\r\n'
    """
    file = parsed(text)
    head = [column.name for column in table.columns]
    rows = (layout.row(list(record.cells.values())) for record in file.records)
    return written([head, *rows], mark=text.startswith(BOM), end=file.end)


def written(rows: Iterable[Sequence[str]], *, mark: bool = True, end: str = "\n") -> str:
    """Write rows as German Excel reads them, each cell as it is."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=end).writerows(rows)
    return (BOM if mark else "") + out.getvalue()


def of_today(package: Package, table: Table) -> bytes:
    """Give a sound table's file in the columns of today, whatever version it was written by."""
    path = package.folder / table.file
    if not path.exists() and table.since > package.version:
        return header_of(table)
    text = path.read_bytes().decode("utf-8")
    layout = layout_of(parsed(text).columns, table, package.version)
    return (text if layout.same else rewritten(text, table, layout)).encode()


def header_of(table: Table) -> bytes:
    """Give the file of a table without rows."""
    return written([[column.name for column in table.columns]]).encode()


def set_aside(text: str, table: Table, layout: Layout) -> list[list[str]]:
    """Give what the columns of today have no place for: a header, and each row that holds some of it, with its key."""
    file = parsed(text)
    keys = [
        file.columns[place]
        for column, place in zip(table.columns, layout.places, strict=True)
        if column.name in table.key and place is not None
    ]
    names = [*keys, *layout.left]
    rows = [
        [record.cells[name] for name in names]
        for record in file.records
        if any(record.cells[name].strip() for name in layout.left)
    ]
    return [names, *rows] if rows else []
