"""Where a block stands: what its builder asks of the page and of the book."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment

MEASURES_PAGE = "book/massnahmen"
"""Where each measure has its profile."""


@dataclass(frozen=True)
class Place:
    """A page on the way to its nodes."""

    env: BuildEnvironment
    document: nodes.document

    def label(self, node: nodes.Element, label: str) -> None:
        """Give a node an id that `{numref}` finds."""
        node["names"].append(label)
        self.document.note_explicit_target(node, node)

    def stand_in(self, node: nodes.Element, label: str, name: str) -> None:
        """Let a node without a number bear a figure's label, so that references to it hold."""
        node["konzept_name"] = name
        self.label(node, label)

    def field_page(self, field_id: str) -> str | None:
        """Find the chapter of an action field."""
        return field_page(self.env, field_id)

    def label_of(self, target: str) -> str | None:
        """Name the label to which a measure's or an indicator's id leads, or that stands after an @."""
        if target.startswith("@"):
            return target[1:]
        if target.startswith("m-") and MEASURES_PAGE in self.env.found_docs:
            return target
        return f"abb-{target}" if target.startswith("i-") else None


def field_page(env: BuildEnvironment, field_id: str) -> str | None:
    """Find the chapter of an action field: book/chapters/NN-FIELD."""
    pattern = re.compile(rf"book/chapters/\d+-{re.escape(field_id)}")
    return next((d for d in sorted(env.found_docs) if pattern.fullmatch(d)), None)
