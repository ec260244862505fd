"""What all blocks are made of: elements, paragraphs, and runs of text with their links and icons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from konzept.concept.citing import readable
from konzept.elements.content import Line, Run
from konzept.site import nodes as ik
from konzept.site.blocks.surroundings import Place


def element(
    tag: str,
    css: str = "",
    children: Iterable[nodes.Node] = (),
    attributes: dict[str, str] | None = None,
) -> ik.markup:
    """Build an HTML element."""
    return ik.markup("", "", *children, tag=tag, classes=css.split(), attributes=attributes or {})


def paragraph(content: str, css: str) -> nodes.paragraph:
    """Build a paragraph of plain text."""
    return nodes.paragraph("", content, classes=[css])


def explained(term: str, about: Iterable[nodes.Node]) -> ik.markup:
    """Build a term and what is said of it, for a definition list."""
    name = element("dt", children=[ik.breaking_text(term)])
    return element("div", children=[name, element("dd", children=about)])


def rich(place: Place, part: Line, css: str) -> nodes.paragraph:
    """Build a paragraph of runs."""
    return nodes.paragraph("", "", *runs(place, part), classes=css.split())


def listed(place: Place, lines: Iterable[Line], css: str = "ik-liste") -> nodes.bullet_list:
    """Build a list with an item for each line."""
    items = (nodes.list_item("", nodes.paragraph("", "", *runs(place, part))) for part in lines)
    return nodes.bullet_list("", *items, classes=css.split(), bullet="-")


def terms(place: Place, items: Iterable[tuple[str, Iterable[Line]]], css: str) -> list[nodes.Node]:
    """Build a definition list of terms with a line or more each, if there are any."""
    found = [explained(term, [rich(place, part, "") for part in lines]) for term, lines in items]
    return [element("dl", css, found)] if found else []


def runs(place: Place, part: Line) -> list[nodes.Node]:
    """Build a line's runs of text."""
    return [node for run in part for node in run_nodes(place, run)]


def run_nodes(place: Place, run: Run) -> list[nodes.Node]:
    """Build one run: its text, linked where its target leads, with its icon and weight, or its source's mark."""
    if run.source or run.approved:
        return [_placeholder(run)]
    node: nodes.Node = ik.breaking_text(run.text)
    if run.target and re.match(r"https?://|mailto:", run.target):
        node = nodes.reference("", run.text, refuri=run.target, internal=False)
    elif run.target and run.target.startswith("ausgaben/"):
        up = "../" * place.env.docname.count("/")
        node = nodes.reference("", "", node, refuri=f"{up}{run.target}", internal=False)
    elif run.target and run.target.startswith("daten/"):
        node = ik.data_link("", run.text, file=run.target)
    elif run.target and run.target.startswith("#"):
        node = nodes.reference("", "", node, refid=run.target[1:], internal=True)
    elif run.target and re.match(r"(?:abb|tab)-", run.target):
        node = ik.number_link(place.env, run.target, nodes.inline("", "", node))
    elif run.target and (page := place.field_page(run.target)):
        node = ik.page_link(place.env, page, _link_text(run))
    elif run.target and (label := place.label_of(run.target)):
        node = ik.label_link(place.env, label, _link_text(run))
    elif run.icon_only:
        node = _link_text(run)
    if run.strong:
        node = nodes.strong("", "", node)
    if run.muted:
        node = nodes.inline("", "", node, classes=["ik-leise"])
    if run.status and not run.icon_only:
        icon = ik.status_icon("", status=run.status)
        return [nodes.inline("", "", icon, nodes.Text(" "), node, classes=["ik-status"])]
    return [node]


def _placeholder(run: Run) -> nodes.Element:
    """Build what takes its text from the page or from the book: a source's mark, or what has become of an approval."""
    if run.source:
        document, passage = run.source
        return ik.source_marks("", marks=[{"document": document, "passage": readable(passage)}])
    field, shown = run.approved or ("", "")
    return ik.approval_state("", nodes.Text(run.text), field=field, shown=shown)


def _link_text(run: Run) -> nodes.inline:
    """Give what a link shows: its text, or an icon with the text for those who hear the page."""
    if not run.icon_only or not run.status:
        return nodes.inline("", "", ik.breaking_text(run.text))
    icon = ik.status_icon("", status=run.status, tip=run.text)
    return nodes.inline("", "", icon, nodes.inline("", run.text, classes=["ik-nur-vorlesen"]))
