"""Sentences, facts, notices and lists."""

from __future__ import annotations

from docutils import nodes

from konzept.elements.content import Documents, Facts, Notice, Points, Sheet, Sheets, Text
from konzept.site import nodes as ik
from konzept.site.blocks.inline import element, explained, listed, paragraph, rich, runs, terms
from konzept.site.blocks.surroundings import Place

SMALL_NOTICE = "ik-hinweis--klein"
"""The class of a notice of one line; the page's notes take it in."""


def text(place: Place, data: Text) -> list[nodes.Node]:
    """Build paragraphs in their role."""
    css = {"lead": "ik-vorspann", "muted": "ik-leise", "plain": "ik-satz", "number": "ik-grosse-zahl"}[
        data.role
    ]
    found = [rich(place, part, css) for part in data.lines]
    if data.label:
        place.stand_in(found[0], data.label, data.name)
    return list(found)


def facts(place: Place, data: Facts) -> list[nodes.Node]:
    """Build the strip of facts as a definition list."""
    strip = element("dl", "ik-eckdaten")
    for term, value in data.items:
        strip += explained(term, runs(place, value))
    return [strip]


def notice(place: Place, data: Notice) -> list[nodes.Node]:
    """Build a notice."""
    if data.small:
        return [_small_notice(place, data)]
    if not data.title:
        # The heading above says what the box is about.
        return [element("div", "ik-hinweis", [rich(place, part, "") for part in data.lines])]
    box = element("aside", "ik-hinweis", attributes={"aria-label": data.title})
    box += paragraph(data.title, "ik-hinweis__titel")
    box += [rich(place, part, "") for part in data.lines]
    return [box]


def _small_notice(place: Place, data: Notice) -> nodes.Element:
    title = nodes.inline("", data.title, classes=["ik-hinweis__titel"])
    text_runs = [node for part in data.lines for node in (nodes.Text(" "), *runs(place, part))]
    box = element("aside", f"ik-hinweis {SMALL_NOTICE}", attributes={"aria-label": data.title})
    box += nodes.paragraph("", "", title, *text_runs)
    return box


def points(place: Place, data: Points) -> list[nodes.Node]:
    """Build a list."""
    return [listed(place, data.lines, "ik-schwer" if data.grid else "ik-liste")]


def documents(place: Place, data: Documents) -> list[nodes.Node]:
    """Hand documents over to the page's notes."""
    return [ik.cited_documents("", documents=[key for key, _ in data.items])]


def sheets(place: Place, data: Sheets) -> list[nodes.Node]:
    """Build sheets, under a heading that the page's list of contents knows."""
    content: list[nodes.Node] = [_sheet(place, item) for item in data.items]
    if data.rest:
        content += [paragraph(data.rest_title, "ik-blatt__resttitel")] if data.rest_title else []
        content.append(listed(place, data.rest, "ik-liste ik-blatt__rest"))
    if not data.heading:
        return content
    section = nodes.section("", nodes.title("", data.heading), *content, ids=[data.label])
    place.label(section, data.label)
    return [section]


def _sheet(place: Place, data: Sheet) -> nodes.Element:
    box = element("div", "ik-blatt")
    if data.label:
        box["ids"].append(data.label)
    if data.title:
        box += element("h4", "ik-blatt__titel", [ik.breaking_text(data.title)])
    box += [rich(place, part, "") for part in data.intro]
    box += terms(place, data.items, "ik-blatt__liste")
    return box
