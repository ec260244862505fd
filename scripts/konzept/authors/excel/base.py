"""The tables as they were when a workbook was written; the workbook carries them along."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence

from konzept.authors.excel.opening import Grid

Cells = Mapping[str, str]
Tables = Mapping[str, Sequence[Cells]]

_MOST = 50 << 20
"""So many bytes all tables of a town never have."""
_PIECE = 30_000
"""A cell takes 32 767 characters."""


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
