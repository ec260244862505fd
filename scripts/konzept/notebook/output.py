"""An element on its way to Jupyter; a sentence in its place when there is nothing to show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from IPython.display import display

from konzept.elements.content import MIME, Block, Figure, Text, encoded, line
from konzept.elements.drawing.captioned import worded
from konzept.elements.drawing.drawn_or_said import or_words
from konzept.notebook.html import as_html


class Shown:
    """An element on its way to Jupyter."""

    def __init__(self, block: Block) -> None:
        # The last word on what is drawn: whatever a cell shows comes by here.
        self.block = or_words(block) if isinstance(block, Figure) else block

    def __repr__(self) -> str:
        # Without the address in memory, which differs from run to run.
        return f"<{type(self.block).__name__}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle: dict[str, Any] = {MIME: encoded(self.block), "text/html": as_html(self.block)}
        if isinstance(self.block, Figure):
            bundle["application/vnd.plotly.v1+json"] = json.loads(worded(self.block).to_json())
        return bundle


def show(*blocks: Block | None, otherwise: str = "") -> None:
    """Show the elements that there are, or a sentence if there are none.

    Shown, not returned: so that each line of a cell shows what it names, and not the last alone.
    """
    there = [block for block in blocks if block]
    for block in there or ([sentence(otherwise)] if otherwise else []):
        display(Shown(block))  # type: ignore[no-untyped-call]


Data = TypeVar("Data")
Found = Block | Iterable[Block | None] | None


class Page(Generic[Data]):
    """What a notebook opens.

    Parameters
    ----------
    data
        What its words take their elements from.
    """

    def __init__(self, data: Data) -> None:
        self.data = data


def word(element: Callable[[Data], Found], says: str, *, otherwise: str = "") -> Callable[[Page[Data]], None]:
    """Make a word of a cell that shows what an element, or several, makes of the page's data.

    Parameters
    ----------
    element
        What makes the element; where it makes none, nothing is shown.
    says
        What the word does, for those who ask for help.
    otherwise
        The sentence in the element's place.
    """

    def shows(page: Page[Data]) -> None:
        found = element(page.data)
        show(*(found if isinstance(found, Iterable) else [found]), otherwise=otherwise)

    shows.__doc__ = says
    return shows


def sentence(text: str) -> Text:
    """Say quietly what stands in place of an element."""
    return Text((line(text),), role="muted")
