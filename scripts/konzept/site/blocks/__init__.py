"""Turns what cells put out into the book's nodes.

    surroundings.py  where a block stands, and where a field's or a measure's id leads
    inline.py        elements, paragraphs, runs of text with their links and icons
    tables.py        figures and tables
    texts.py         sentences, facts, notices, lists
    measures.py      cards, profiles, registers, the explorer
    renderer.py      by what each is built; myst-nb calls it for the content that a cell hands over
    transform.py     takes them out of the boxes of cells

All of it is done before labels and numbers are collected, so that figures and tables are numbered and referable like any other.
"""

from __future__ import annotations

from myst_nb.core.render import load_mime_renders
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from konzept.site import nodes
from konzept.site.blocks.renderer import BlockRenderer
from konzept.site.blocks.transform import BlockTransform


def setup(app: Sphinx) -> None:
    """Register nodes and transform; myst-nb knows the renderer since the package was installed."""
    if BlockRenderer not in load_mime_renders():
        raise ExtensionError("Dem Programm fehlt ein Teil der Einrichtung. Führen Sie „make setup“ aus.")
    nodes.register(app)
    app.add_transform(BlockTransform)
