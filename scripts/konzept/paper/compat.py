"""Doors into the inside of Sphinx and WeasyPrint, where no public way leads; see tests/unit/test_compat.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.io import StringOutput
from sphinx.builders.html import StandaloneHTMLBuilder


def fragment(builder: StandaloneHTMLBuilder, docname: str, doctree: nodes.document) -> str:
    """Write a page's own HTML, with pictures where they are.

    It does the first half of `write_doc`, whose other half would lead pictures into a folder beside the page
    and put navigation and templates around it.
    """
    doctree.settings = builder.docsettings
    builder.secnumbers = builder.env.toc_secnumbers.get(docname, {})
    builder.fignumbers = builder.env.toc_fignumbers.get(docname, {})
    builder.current_docname = docname
    builder.docwriter.write(doctree, StringOutput(encoding="utf-8"))
    builder.docwriter.assemble_parts()
    return str(builder.docwriter.parts["fragment"])


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
