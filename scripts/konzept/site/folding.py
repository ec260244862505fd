"""On a phone a long page shows its headings, and what is under one when it is asked for.

What is long is marked here, so that style sheets fold it before anything is drawn (`narrow.css`); `folding.js` opens it.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from konzept.site import nodes as ik

LONG, MANY = "ik-lang", "ik-viele"
"""Classes of a section that folds, and of a table whose rows do."""

_PAGE, _SECTION = 6000, 1500
"""So many letters make a page of more than ten screens, and a section of more than two and a half."""
_FIGURE = 400
"""A figure takes the room of so many letters."""
_ROWS = 12
_WHOLE = {"ik-tab--matrix", "ik-tab--eng"}
"""Classes of tables whose rows stay: those of icons, and those that scroll and unfold as a whole."""


def mark(document: nodes.document) -> None:
    """Mark the long sections of a long page, the innermost ones, and tables of many rows."""
    for table in document.findall(nodes.table):
        rows = [row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)]
        if len(rows) > _ROWS and not _WHOLE & set(table["classes"]):
            table["classes"].append(MANY)
    top = next(iter(document.findall(nodes.section)), None)
    if top is not None and length(document) > _PAGE:
        for section in list(top.findall(nodes.section)):
            _adopt(section)
        _mark(_below(top))


def _mark(sections: list[nodes.section]) -> bool:
    """Mark the long ones of sections beside each other, and all where half of them are; tell whether there is a mark."""
    within = [each for each in sections if _mark(_below(each))]
    long = [each for each in sections if each not in within and length(each) > _SECTION]
    if len(long) * 2 >= len(sections):
        long = [each for each in sections if each not in within]
    for each in long:
        each["classes"].append(LONG)
    return bool(within or long)


def _adopt(section: nodes.section) -> None:
    """Put what follows a section within another one into it, as readers see it: blocks bring sections of their own."""
    heading = None
    for child in list(section.children):
        if isinstance(child, nodes.section):
            heading = child if _is_heading(child) else None
        elif heading is not None:
            section.remove(child)
            heading += child


def _below(section: nodes.section) -> list[nodes.section]:
    return [child for child in section.children if isinstance(child, nodes.section) and _is_heading(child)]


def _is_heading(section: nodes.section) -> bool:
    """Tell a section from a card and from the notes, which are short and have no more below them."""
    return not {"ik-steckbrief", "ik-noten"} & set(section["classes"])


def length(node: nodes.Element) -> int:
    """Count the letters that one has to pass; the figures' data are folded already."""
    figures = list(node.findall(ik.concept_figure))
    folded = sum(len(foot.astext()) for figure in figures for foot in figure.findall(ik.figure_foot))
    return len(node.astext()) - folded + _FIGURE * len(figures)


def _fold(app: Sphinx, document: nodes.document, docname: str) -> None:
    if app.builder.format == "html" and app.builder.name != "pdf":
        mark(document)


def setup(app: Sphinx) -> None:
    """Register the marks and what opens the folds."""
    app.connect("doctree-resolved", _fold)
    app.connect("builder-inited", lambda app: app.add_js_file("folding.js", loading_method="defer"))
