"""Action fields as cards; measures as profiles, in registers and in the explorer; what else unfolds."""

from __future__ import annotations

import dataclasses
from typing import Any

from docutils import nodes

from konzept.elements.content import (
    Cards,
    Entry,
    Explorer,
    Folds,
    Profile,
    ProfileGroup,
    Profiles,
    Register,
    Table,
)
from konzept.site import nodes as ik
from konzept.site.blocks.inline import element, listed, paragraph, rich, run_nodes, terms
from konzept.site.blocks.surroundings import MEASURES_PAGE, Place
from konzept.site.blocks.tables import plain_table


def cards(place: Place, data: Cards) -> list[nodes.Node]:
    """Build the action fields as cards, with a key to the cells."""
    grid = element("ol", "ik-karten")
    for card in data.items:
        page = place.field_page(card.field_id)
        title: nodes.Node = ik.breaking_text(card.title)
        if page:
            title = ik.page_link(place.env, page, nodes.inline("", "", ik.breaking_text(card.title)))
        css = "ik-karte ik-karte--quer" if card.crosscutting else "ik-karte"
        grid += element(
            "li",
            css,
            [
                element(
                    "p",
                    "ik-karte__nr",
                    [
                        element("span", "ik-nr", [nodes.Text(str(card.number))]),
                        element("span", "ik-karte__stand", [ik.breaking_text(card.state)]),
                    ],
                ),
                element("h3", "ik-karte__titel", [title]),
                element("p", "ik-karte__text", [ik.breaking_text(card.text)]),
                element(
                    "p",
                    "ik-karte__fuss",
                    [
                        *([ik.measure_bar("", statuses=card.statuses)] if card.statuses else []),
                        element("span", "ik-karte__zahl", [ik.breaking_text(card.summary)]),
                    ],
                ),
            ],
        )
    legend = element("ul", "ik-legende")
    for look, label in data.legend:
        legend += element("li", children=[ik.measure_bar("", statuses=[look]), nodes.Text(f" {label}")])
    return [grid, legend] if data.legend else [grid]


def profiles(place: Place, data: Profiles) -> list[nodes.Node]:
    """Build a section for each action field, in it one for each card, and a table of the other measures."""
    sections: list[nodes.Node] = []
    for group in data.groups:
        section = _section(place, group, konzept_lifted=True)
        section += rich(place, group.text, "ik-steckbriefe__lage")
        section += [_profile(place, item) for item in group.items]
        if group.brief:
            section += _brief(place, group.brief)
        sections.append(section)
    return sections


def _section(place: Place, data: ProfileGroup | Profile, **attributes: Any) -> nodes.section:
    section = nodes.section("", nodes.title("", data.title), ids=[data.id], **attributes)
    place.label(section, data.id)
    return section


def _profile(place: Place, data: Profile) -> nodes.section:
    section = _section(place, data, classes=["ik-steckbrief"])
    if data.text:
        section += paragraph(data.text, "ik-steckbrief__text")
    section += [rich(place, part, "ik-steckbrief__stand") for part in data.states]
    section += terms(place, data.items, "ik-steckbrief__liste")
    for part in data.notes:
        # Not an aside: so many landmarks of one name would lead nowhere.
        section += rich(place, part, "ik-steckbrief__hinweis")
    return section


def _brief(place: Place, content: Table) -> nodes.Element:
    """Build a table whose rows are found as the sections of cards are: by the measure's id."""
    bare = dataclasses.replace(content, rows=tuple(dataclasses.replace(r, label="") for r in content.rows))
    table = plain_table(place, bare, classes=["ik-tab--stapel"])
    heads = [cell for cell in table.findall(ik.concept_entry) if cell["scope"] == "row"]
    for row, head in zip(content.rows, heads, strict=True):
        head["ids"].append(row.label)
        head["classes"].append("ik-steckbrief-zeile")
        place.label(head, row.label)
    notes = [paragraph(note, "ik-anmerkung") for note in content.notes]
    return nodes.container("", table, *notes, classes=["ik-tabelle"])


def register(place: Place, data: Register) -> list[nodes.Node]:
    """Build lists of links; an entry's links unfold on the page and stand below it in print."""
    grid = element("div", "ik-register")
    for item in data.lists:
        box = element("div", "ik-register__liste")
        box += element("h3", "ik-register__titel", [nodes.Text(item.title)])
        for entry in item.entries:
            box += _entry(place, entry)
        if item.note:
            box += paragraph(item.note, "ik-anmerkung")
        grid += box
    return [grid]


def _entry(place: Place, data: Entry) -> nodes.Element:
    entry = element("details", "ik-register__eintrag")
    entry["print"] = "div"
    count = nodes.inline("", f" ({len(data.links)})", classes=["ik-leise"])
    text = nodes.inline("", "", *run_nodes(place, data.head), count)
    head = element("summary", "", [text])
    head["print"] = "p"
    entry += [head, listed(place, data.links)]
    return entry


def folds(place: Place, data: Folds) -> list[nodes.Node]:
    """Build what unfolds on the page; on paper a few lines stand in its place."""
    box = element("div", "ik-falten")
    for item in data.items:
        fold = element("details", "ik-daten", [element("summary", children=[ik.breaking_text(item.title)])])
        fold += [rich(place, part, "") for part in item.lines]
        for content in item.tables:
            fold += [paragraph(content.caption, "ik-anmerkung"), _scrolling(place, content)]
        fold += [listed(place, item.points)] if item.points else []
        box += fold
    return [box, *(rich(place, part, "ik-nur-druck") for part in data.brief)]


def _scrolling(place: Place, content: Table) -> nodes.Element:
    """Build a table that scrolls where it is wider than the page."""
    scroll = {"tabindex": "0", "role": "region", "aria-label": content.caption}
    return element("div", "ik-rollen", [plain_table(place, content, classes=["ik-tab--eng"])], scroll)


def explorer(place: Place, data: Explorer) -> list[nodes.Node]:
    """Build the explorer: its material, the place where it appears, and all tables for readers without scripts."""
    attributes = {}
    if MEASURES_PAGE in place.env.found_docs:
        attributes["data-massnahmen"] = f"{MEASURES_PAGE.rpartition('/')[2]}.html"
    box = element("div", "ik-werkstatt", attributes=attributes)
    box["ids"].append("werkstatt")
    box += ik.explorer_material("", material=data.material)
    tables = element("div", "ik-werkstatt__tabellen")
    for content in data.tables:
        fold = element("details", "ik-daten")
        fold += element("summary", children=[nodes.Text(content.caption)])
        fold += _scrolling(place, content)
        tables += fold
    if data.note:
        tables += paragraph(data.note, "ik-anmerkung")
    box += tables
    return [box]
