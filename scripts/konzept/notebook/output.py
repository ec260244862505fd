"""An element on its way to Jupyter; a sentence in its place when there is nothing to show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from IPython.display import display as _display

from konzept.elements.content import Block, Figure, Text, line
from konzept.elements.drawing.captioned import worded
from konzept.elements.drawing.drawn_or_said import or_words
from konzept.notebook.html import as_html
from konzept.notebook.markdown import as_markdown


class Shown:
    """An element on its way to Jupyter."""

    def __init__(self, block: Block) -> None:
        # The last word on what is drawn: whatever a cell shows comes by here.
        self.block = or_words(block) if isinstance(block, Figure) else block

    def __repr__(self) -> str:
        # Without the address in memory, which differs from run to run.
        return f"<{type(self.block).__name__}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": as_html(self.block)}
        if isinstance(self.block, Figure):
            bundle["application/vnd.plotly.v1+json"] = json.loads(worded(self.block).to_json())
        else:
            bundle["text/markdown"] = as_markdown(self.block)
        return bundle


def show(element: Shown) -> None:
    """Show an element in the middle of a cell."""
    _display(element)  # type: ignore[no-untyped-call]


def show_all(blocks: Sequence[Block], otherwise: str) -> None:
    """Show the elements, or a sentence if there are none."""
    for block in blocks or [sentence(otherwise)]:
        show(Shown(block))


def show_if(block: Block | None) -> None:
    """Show an element if there is one."""
    if block:
        show(Shown(block))


def or_sentence(block: Block | None, otherwise: str) -> Shown:
    """Take the element, or a sentence if there is none."""
    return Shown(block or sentence(otherwise))


def sentence(text: str) -> Text:
    """Say quietly what stands in place of an element."""
    return Text((line(text),), role="muted")
