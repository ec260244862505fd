"""A view of the explorer in a chapter: the chart where the explorer shows one, the table where it shows one.

The front-end module draws for the page; here the book's own charts draw the same rows, in the same order,
with the same words that must stand with them.
"""

from __future__ import annotations

from konzept.elements.content import Block
from konzept.elements.explorer.chapter.indicators import indicator_blocks
from konzept.elements.explorer.chapter.measures import change_blocks, measure_blocks
from konzept.elements.explorer.chapter.view import View, number_blocks
from konzept.elements.explorer.choices import CHANGES, INDICATORS, MEASURES, NUMBERS


def view_blocks(view: View) -> list[Block]:
    """Show a view: its chart, where it has one, and its table, where the chart does not bring it along; nothing where nothing is left."""
    if not view.kept:
        return []
    build = {
        MEASURES: measure_blocks,
        INDICATORS: indicator_blocks,
        NUMBERS: number_blocks,
        CHANGES: change_blocks,
    }
    return build[view.choice["topic"]](view)
