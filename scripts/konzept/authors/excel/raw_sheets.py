"""A file → sheets of raw cells, whatever the file may be.

The file is read as a stream of cells; charts, notes, colours and other things of Excel do not matter.
"""

from __future__ import annotations

import base64
import io
import json
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter

from konzept.authors.excel.cells import RawCell
from konzept.authors.excel.compat import ReadOnlyWorksheet, part_name
from konzept.authors.excel.layout import GUIDE, LISTS, Tables
from konzept.authors.office_files import WORKBOOK, office_file
from konzept.data.files import BROKEN_ARCHIVE
from konzept.data.problems import DataProblems, refused

_CELLS = 1_000_000
CELL_LIMIT = 32_767
"""Excel stores no more characters in a cell."""
_MOST = 50 << 20
"""So many bytes all tables of a town never have."""
_PIECE = 30_000
"""A cell takes 32 767 characters."""

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Names of Open XML's strict form, and those of the common one."""

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


@dataclass(frozen=True)
class Grid:
    """The filled cells of one sheet: row → column (both from 1) → cell."""

    rows: Mapping[int, Mapping[int, RawCell]]
    merged: tuple[str, ...]
    struck: Mapping[int, Set[int]] = field(default_factory=dict)
    """Row → columns whose text is struck through, wholly or in part."""


def open_workbook(path: Path) -> dict[str, Grid]:
    """Read the cells of all sheets.

    Raises
    ------
    DataProblems
        The file is missing, locked, broken, or no workbook; the one problem says which.
    """
    content = office_file(path, WORKBOOK)
    content = _transitional(content)
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out (drop-downs, notes) is not read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, rich_text=True)
            # What stands in sheets that only the export writes is not read.
            return {
                sheet.title: _grid(path, sheet, content)
                for sheet in book.worksheets
                if sheet.title not in (GUIDE, LISTS)
            }
    except DataProblems:
        raise
    except Exception:  # openpyxl raises whatever its parsers stumble over
        raise refused(
            path,
            "Die Datei ist beschädigt oder keine Excel-Arbeitsmappe. "
            "Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu als .xlsx.",
        ) from None


def _transitional(content: bytes) -> bytes:
    """Give a „Strict Open XML-Arbeitsmappe“ the names that everything else writes; openpyxl knows no others."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        try:
            if b"http://purl.oclc.org/ooxml/" not in source.read("xl/workbook.xml"):
                return content
        except (KeyError, *BROKEN_ARCHIVE):
            return content  # said when the workbook is read
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for info in source.infolist():
                part = source.read(info)
                if info.filename.endswith((".xml", ".rels")):
                    for strict, other in _STRICT:
                        part = part.replace(strict, other)
                target.writestr(info.filename, part)
    return buffer.getvalue()


def _grid(path: Path, sheet: ReadOnlyWorksheet, content: bytes) -> Grid:
    # Other programs write wrong dimensions; without them all cells are read.
    sheet.reset_dimensions()
    rows: dict[int, dict[int, RawCell]] = {}
    struck: dict[int, set[int]] = {}
    filled = 0
    for row in sheet.rows:
        for cell in row:
            value = cell.value
            if value is None or cell.row is None or cell.column is None:
                continue
            filled += 1
            if filled > _CELLS:
                raise refused(
                    path,
                    f"Das Blatt „{sheet.title}“ hat mehr als eine Million gefüllte Zellen; so viel wird nicht gelesen. Löschen Sie, was nicht zur Tabelle gehört.",
                )
            if isinstance(value, str) and len(value) > CELL_LIMIT:
                raise refused(
                    path,
                    f"Im Blatt „{sheet.title}“ steht in Zelle {get_column_letter(cell.column)}{cell.row} mehr Text, als Excel in einer Zelle speichert (32.767 Zeichen). Kürzen Sie ihn.",
                )
            if _is_struck(cell):
                struck.setdefault(cell.row, set()).add(cell.column)
            text = str(value) if isinstance(value, CellRichText) else value
            raw = RawCell(text, str(cell.data_type), str(cell.number_format))
            rows.setdefault(cell.row, {})[cell.column] = raw
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(part_name(sheet))
    # openpyxl takes the second of two, and tells of merged cells only where it keeps a whole sheet in memory.
    twice = [ref.decode() for ref, times in Counter(_CELL.findall(part)).items() if times > 1]
    if twice:
        raise refused(
            path,
            f"Im Blatt „{sheet.title}“ steht die Zelle {twice[0]} zweimal; die Datei ist beschädigt. "
            "Öffnen Sie sie in Excel oder LibreOffice, prüfen Sie diese Zelle, und speichern Sie neu.",
        )
    merged = _MERGED.findall(part)
    return Grid(rows, tuple(ref.decode() for ref in merged), struck)


def _is_struck(cell: Cell | MergedCell) -> bool:
    value: object = cell.value
    if isinstance(value, CellRichText):
        return any(isinstance(part, TextBlock) and part.font.strike for part in value)
    return bool(cell.has_style and cell.font.strike)


def packed(tables: Tables) -> list[str]:
    """Write tables as pieces of text, each short enough for a cell."""
    content = json.dumps({name: [dict(row) for row in rows] for name, rows in tables.items()})
    text = base64.b64encode(zlib.compress(content.encode(), 9)).decode()
    return [text[i : i + _PIECE] for i in range(0, len(text), _PIECE)]


def unpacked(grid: Grid | None) -> dict[str, list[dict[str, str]]] | None:
    """Read the tables back, or nothing when the sheet is missing or damaged."""
    if grid is None:
        return None
    text = "".join(str(grid.rows[row][1].value) for row in sorted(grid.rows) if 1 in grid.rows[row])
    try:
        content = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), _MOST + 1)
        found = json.loads(content) if len(content) <= _MOST else None
    except (ValueError, TypeError, zlib.error, RecursionError):
        return None
    return found if _are_tables(found) else None


def _are_tables(found: object) -> bool:
    """Tell whether the export can have written it."""
    return isinstance(found, dict) and all(
        isinstance(rows, list)
        and all(isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in rows)
        for rows in found.values()
    )
