"""Replaces what cells put out by the book's nodes, and takes cells out of their boxes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from docutils import nodes

from konzept.site.blocks import measures, tables, texts
from konzept.site.blocks.places import Place

_PAYLOAD = re.compile(
    r'<div class="ik-block" data-kind="\w+">.*<script type="application/json">(.*)</script></div>\s*$',
    re.DOTALL,
)

BUILDERS: dict[str, Callable[[Place, dict[str, Any]], list[nodes.Node]]] = {
    "figure": tables.figure,
    "table": tables.table,
    "text": texts.text,
    "facts": texts.facts,
    "notice": texts.notice,
    "sheets": texts.sheets,
    "keyfigures": texts.keyfigures,
    "points": texts.points,
    "documents": texts.documents,
    "profiles": measures.profiles,
    "register": measures.register,
    "folds": measures.folds,
    "cards": measures.cards,
    "explorer": measures.explorer,
}


class BlockTransform(Place):
    """Replaces cell outputs by nodes; runs before labels are collected (priority 850)."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        containers = list(self.document.findall(nodes.container))
        for container in containers:
            if container.get("nb_element") == "mime_bundle" and (payload := _payload(container)):
                container.replace_self(BUILDERS[payload["kind"]](self, payload))
        for container in containers:
            if container.get("nb_element") == "cell_code":
                _unwrap(container)
        # From the last to the first: each comes to stand right behind the section it leaves.
        for section in reversed([s for s in self.document.findall(nodes.section) if s.get("konzept_lifted")]):
            _lift(section)


def _unwrap(cell: nodes.Element) -> None:
    """Take outputs out of the boxes that a notebook needs and a page does not; keep shown code."""
    outputs: list[nodes.Node] = []
    for part in cell.children:
        if not isinstance(part, nodes.container) or part.get("nb_element") != "cell_code_output":
            return
        outputs += part.children
    cell.parent.replace(cell, outputs)


def _lift(section: nodes.Element) -> None:
    """Take a section out of those around it until it stands right below the page's title."""
    place = section
    while isinstance(place.parent.parent, nodes.section):
        place = place.parent
    if place is not section:
        section.parent.remove(section)
        place.parent.insert(place.parent.index(place) + 1, section)


def _payload(bundle: nodes.Element) -> dict[str, Any] | None:
    for raw in bundle.findall(nodes.raw):
        if match := _PAYLOAD.match(raw.astext()):
            return dict(json.loads(match[1]))
    return None
