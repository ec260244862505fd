"""CSV files as German Excel opens them and programs read them.

What is written for others holds nothing that a spreadsheet would run as a formula.  A table of the data is taken apart
into records whose raw text is kept, so that unchanged rows keep their bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NUMBER = re.compile(r"-?\d+(,\d+)?")


def separated(rows: Iterable[Sequence[str]]) -> str:
    r"""Write rows with semicolons and a byte order mark; numbers stay numbers.

    Examples
    --------
    >>> separated([["wert", "hinweis"], ["-3,5", "=1+1"]])
    "\ufeffwert;hinweis\r\n-3,5;'=1+1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return BOM + out.getvalue()


def plain_number(value: Decimal) -> str:
    """Write a number as the data folder does, without idle zeros.

    Examples
    --------
    >>> plain_number(Decimal("6.50")), plain_number(Decimal("33000")), plain_number(Decimal("3.3E+4"))
    ('6,5', '33000', '33000')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def _harmless(cell: str) -> str:
    if cell[:1] in "=+-@\t\r" and cell and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


@dataclass(frozen=True)
class Record:
    """One row of a file: its text with line end, and its cells."""

    raw: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CsvFile:
    """A file taken apart: head, rows, and what it ends its lines with."""

    head: str
    """Byte order mark and header line."""
    columns: tuple[str, ...]
    end: str
    records: tuple[Record, ...]


def read_csv(path: Path) -> CsvFile:
    """Take a sound CSV file apart; `reading` has judged it before."""
    return parsed(path.read_bytes().decode("utf-8"))


def parsed(text: str) -> CsvFile:
    """Take the text of a sound CSV file apart."""
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=";", strict=True)
    columns = [name.strip() for name in next(reader)]
    while columns and not columns[-1]:
        columns.pop()
    head = "".join(lines[: reader.line_num])
    records: list[Record] = []
    start = reader.line_num
    for cells in reader:
        raw = "".join(lines[start : reader.line_num])
        start = reader.line_num
        if any(cell.strip() for cell in cells):
            # Excel writes empty cells behind the last column where some were formatted.
            records.append(Record(raw, dict(zip(columns, cells, strict=False))))
        elif records:
            # Blank lines stay with the row before them.
            records[-1] = Record(records[-1].raw + raw, records[-1].cells)
        else:
            head += raw
    end = next((each for each in ("\r\n", "\n", "\r") if head.endswith(each)), "\n")
    return CsvFile(mark + head, tuple(columns), end, tuple(records))


def written(file: CsvFile, rows: Iterable[Record | Mapping[str, str]]) -> tuple[str, list[int]]:
    """Put a file together from kept records and new rows.

    Returns
    -------
    tuple of str and list of int
        The text, and the line on which each row begins.
    """
    parts = [file.head]
    lines = []
    line = 1 + _count_lines(file.head)
    for row in rows:
        if not parts[-1].endswith(("\n", "\r")):
            parts.append(file.end)
            line += 1
        raw = row.raw if isinstance(row, Record) else _row_text(file, row)
        lines.append(line)
        parts.append(raw)
        line += _count_lines(raw)
    return "".join(parts), lines


def _row_text(file: CsvFile, cells: Mapping[str, str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow([cells[c] for c in file.columns])
    return buffer.getvalue().removesuffix("\r\n") + file.end


def _count_lines(text: str) -> int:
    return sum(1 for line in io.StringIO(text, newline="") if line.endswith(("\n", "\r")))
