"""What was read of a document: its tables cell by cell, and the headings between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

BOLD = 10
"""The level of a heading that is only bold."""


@dataclass(eq=False)
class Cell:
    """One cell, however many places of the grid it fills."""

    row: int
    """Where it begins, counted from 1 as a reader would."""
    column: int
    lines: list[str] = field(default_factory=list)
    listed: bool = False
    """Whether every line is an item of a list."""
    rows: int = 1

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)


@dataclass
class Table:
    """A table as a grid; a merged cell stands in every place that it fills."""

    name: str
    """What a reader finds it by: „Tabelle 3“, „Blatt „Maßnahmen““."""
    grid: list[dict[int, Cell]]
    labels: list[str]
    """Where each row stands: „Tabelle 3, Zeile 5“, with its page where that is known."""
    heads: int = 0
    """So many rows the document itself repeats as headings."""
    nested: bool = False
    """Whether it stands in a cell of another one."""
    extra: list[tuple[int, str, str]] = field(default_factory=list)
    """What stands at a row and in none of its cells: row, text, what it is."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((max(row) + 1 for row in self.grid if row), default=0)

    def cells(self) -> Iterator[Cell]:
        """Give every cell once, in the order of reading."""
        return (cell for n in range(len(self.grid)) for cell in self.row(n) if cell.row == n + 1)

    def row(self, n: int) -> list[Cell]:
        """Give the cells of a row, each once, from left to right."""
        row = self.grid[n]
        return [cell for cell, _ in groupby(row[column] for column in sorted(row))]


@dataclass(eq=False)
class Heading:
    """A text above tables."""

    text: str
    level: int
    """1 to 9 as the document's outline has it, else `BOLD`."""
    listed = False

    @property
    def lines(self) -> list[str]:
        """All of it."""
        return [self.text]


@dataclass
class Source:
    """A document: headings, tables and other text in their order."""

    title: str
    parts: list[Heading | Table | str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What the author must know of how it was read."""

    @property
    def tables(self) -> list[Table]:
        """All tables."""
        return [part for part in self.parts if isinstance(part, Table)]
