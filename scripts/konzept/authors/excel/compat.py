"""A door into the inside of openpyxl, where no public way leads; see tests/unit/test_compat.py."""

from __future__ import annotations

from openpyxl.worksheet._read_only import ReadOnlyWorksheet

__all__ = ["ReadOnlyWorksheet", "part_name"]


def part_name(sheet: ReadOnlyWorksheet) -> str:
    """Name the part of the archive that holds a sheet; openpyxl shows of it only the cells, each the last of its name."""
    return str(sheet._worksheet_path)  # type: ignore[attr-defined]
