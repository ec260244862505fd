"""Takes blocks, and what else cells put out, out of the boxes that a notebook needs and a page does not."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from konzept.site import nodes as ik


class BlockTransform(SphinxTransform):
    """Sets blocks on the page before what stands there is counted and collected."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        for block in list(self.document.findall(ik.block)):
            # Beside it stand what other viewers show.
            block.parent.parent.replace_self(block.children)
        for container in list(self.document.findall(nodes.container)):
            if container.get("nb_element") == "cell_code":
                _unwrap(container)
        # From the last to the first: each comes to stand right behind the section it leaves.
        for section in reversed([s for s in self.document.findall(nodes.section) if s.get("konzept_lifted")]):
            _lift(section)


def _unwrap(cell: nodes.Element) -> None:
    """Take outputs out of their boxes; keep shown code."""
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
