"""Turns what cells put out into the book's nodes.

    places.py      where a block stands, and where a field's or a measure's id leads
    inline.py      elements, paragraphs, runs of text with their links and icons
    tables.py      figures and tables
    texts.py       sentences, facts, notices, lists
    measures.py    cards, profiles, registers, the explorer
    transform.py   finds the outputs and replaces them

A cell's HTML carries its content as JSON (see `konzept.notebook`).  The transform finds it before
labels and numbers are collected, so that figures and tables are numbered and referable like any other.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from konzept.site import nodes
from konzept.site.blocks.transform import BlockTransform


def setup(app: Sphinx) -> dict[str, Any]:
    """Register nodes and transform."""
    nodes.register(app)
    app.add_transform(BlockTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
