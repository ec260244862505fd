"""Tables of an older schema in the columns of today: what has come since is empty, what was called otherwise has its name of today.

A table's file says by its header which columns it has.  The schema says since which version it knows a column (`seit`)
and what the column was called before (`frueher`), so that one that was lost by mistake is told apart from one that has come later.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from konzept.data.package import Package, Table

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


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
    end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    head = [column.name for column in table.columns]
    rows = (layout.row(cells) for cells in _rows(text))
    return written([head, *rows], mark=text.startswith(_BOM), end=end)


def written(rows: Iterable[Sequence[str]], *, mark: bool = True, end: str = "\n") -> str:
    """Write rows as German Excel reads them, each cell as it is."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=end).writerows(rows)
    return (_BOM if mark else "") + out.getvalue()


def of_today(package: Package, table: Table) -> bytes:
    """Give a sound table's file in the columns of today, whatever version it was written by."""
    path = package.folder / table.file
    if not path.exists() and table.since > package.version:
        return header_of(table)
    content = path.read_bytes()
    layout = layout_of(columns_of(content.decode("utf-8")), table, package.version)
    return content if layout.same else rewritten(content.decode("utf-8"), table, layout).encode()


def header_of(table: Table) -> bytes:
    """Give the file of a table without rows."""
    return written([[column.name for column in table.columns]]).encode()


def columns_of(text: str) -> list[str]:
    """Name the columns that a file has."""
    header = [name.strip() for name in next(_reader(text), [])]
    while header and not header[-1]:
        header.pop()
    return header


def set_aside(text: str, table: Table, layout: Layout) -> list[list[str]]:
    """Give what the columns of today have no place for: a header, and each row that holds some of it, with its key."""
    header = columns_of(text)
    keys = [
        place
        for column, place in zip(table.columns, layout.places, strict=True)
        if column.name in table.key and place is not None
    ]
    left = [header.index(name) for name in layout.left]
    rows = [
        [cells[i] for i in (*keys, *left)] for cells in _rows(text) if any(cells[i].strip() for i in left)
    ]
    return [[header[i] for i in (*keys, *left)], *rows] if rows else []


def _rows(text: str) -> Iterator[list[str]]:
    """Give the rows of a sound table, as wide as its header; blank lines are none."""
    reader = _reader(text)
    header = next(reader)
    while header and not header[-1].strip():
        header.pop()
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield [*cells, *[""] * (len(header) - len(cells))][: len(header)]


def _reader(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix(_BOM), newline=""), delimiter=";", strict=True)
