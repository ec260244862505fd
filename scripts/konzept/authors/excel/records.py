"""CSV files as records whose raw text is kept, so that unchanged rows keep their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_BOM = "\ufeff"


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
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
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
        if any(cells):
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
