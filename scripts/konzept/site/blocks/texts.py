"""Sentences, facts, notices and lists."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from konzept.elements.content import lines_from
from konzept.site import nodes as ik
from konzept.site.blocks.inline import element, explained, paragraph, rich, runs
from konzept.site.blocks.places import Place

SMALL_NOTICE = "ik-hinweis--klein"
"""The class of a notice of one line; the page's notes take it in."""


def text(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build paragraphs in their role."""
    css = {"lead": "ik-vorspann", "muted": "ik-leise", "plain": "ik-satz", "number": "ik-grosse-zahl"}[
        data["role"]
    ]
    found = [rich(place, part, css) for part in lines_from(data["lines"])]
    if data["label"]:
        place.stand_in(found[0], data["label"], data["name"])
    return list(found)


def facts(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the strip of facts as a definition list."""
    strip = element("dl", "ik-eckdaten")
    for term, value in data["items"]:
        strip += explained(term, runs(place, lines_from([value])[0]))
    return [strip]


def notice(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a notice."""
    if data.get("small"):
        return [_small_notice(place, data)]
    if not data["title"]:
        # The heading above says what the box is about.
        return [element("div", "ik-hinweis", [rich(place, part, "") for part in lines_from(data["lines"])])]
    box = element("aside", "ik-hinweis", attributes={"aria-label": data["title"]})
    box += paragraph(data["title"], "ik-hinweis__titel")
    box += [rich(place, part, "") for part in lines_from(data["lines"])]
    return [box]


def _small_notice(place: Place, data: dict[str, Any]) -> nodes.Element:
    title = nodes.inline("", data["title"], classes=["ik-hinweis__titel"])
    text_runs = [node for part in lines_from(data["lines"]) for node in (nodes.Text(" "), *runs(place, part))]
    box = element("aside", f"ik-hinweis {SMALL_NOTICE}", attributes={"aria-label": data["title"]})
    box += nodes.paragraph("", "", title, *text_runs)
    return box


def keyfigures(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the row of big numbers."""
    row = element("ul", "ik-kennzahlen")
    for value, unit, what, note in data["items"]:
        shown = f"{value}\N{NO-BREAK SPACE}{unit}" if unit else value
        row += element(
            "li",
            children=[
                element("span", "ik-kennzahlen__wert", [nodes.Text(shown)]),
                nodes.Text(" "),
                element("span", "ik-kennzahlen__was", [nodes.Text(what)]),
                nodes.Text(" "),
                element("span", "ik-kennzahlen__dazu", [nodes.Text(note)]),
            ],
        )
    return [row]


def points(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a list."""
    items = nodes.bullet_list(classes=["ik-schwer" if data["grid"] else "ik-liste"], bullet="-")
    for part in lines_from(data["lines"]):
        items += nodes.list_item("", nodes.paragraph("", "", *runs(place, part)))
    return [items]


def documents(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Hand documents over to the page's notes."""
    return [ik.cited_documents("", documents=[key for key, _ in data["items"]])]


def sheets(place: Place, data: dict[str, Any]) -> list[nodes.Node]:
    """Build sheets, under a heading that the page's list of contents knows."""
    content: list[nodes.Node] = [_sheet(place, item) for item in data["items"]]
    if data["rest"]:
        items = nodes.bullet_list(classes=["ik-liste", "ik-blatt__rest"], bullet="-")
        for part in lines_from(data["rest"]):
            items += nodes.list_item("", nodes.paragraph("", "", *runs(place, part)))
        content += [paragraph(data["rest_title"], "ik-blatt__resttitel")] if data["rest_title"] else []
        content.append(items)
    if not data["heading"]:
        return content
    section = nodes.section("", nodes.title("", data["heading"]), *content, ids=[data["label"]])
    place.label(section, data["label"])
    return [section]


def _sheet(place: Place, data: dict[str, Any]) -> nodes.Element:
    box = element("div", "ik-blatt")
    if data["label"]:
        box["ids"].append(data["label"])
    if data["title"]:
        box += element("h4", "ik-blatt__titel", [ik.breaking_text(data["title"])])
    box += [rich(place, part, "") for part in lines_from(data["intro"])]
    terms = element("dl", "ik-blatt__liste")
    for term, lines in data["items"]:
        terms += explained(term, [rich(place, part, "") for part in lines_from(lines)])
    if data["items"]:
        box += terms
    return box
