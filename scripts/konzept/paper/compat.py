"""A door into the inside of WeasyPrint, where no public way leads; see tests/unit/test_compat.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def line_boxes(page: Any) -> Iterator[Any]:
    """Find a page's lines of text, not those of running heads and feet.

    WeasyPrint tells positions of links and headings only; lines it keeps to itself.
    """
    return _line_boxes(page._page_box)


def _line_boxes(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox):
        return
    if isinstance(box, boxes.LineBox):
        if any(isinstance(part, boxes.TextBox) for part in box.descendants()):
            yield box
    elif hasattr(box, "children"):
        for child in box.children:
            yield from _line_boxes(getattr(child, "_box", child))  # what is absolute stands in a placeholder
