"""Figures and tables: numbered, with sources below; a table's cells know their headings."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from docutils import nodes

from konzept.concept.citing import Cited, in_brief, in_full, in_short
from konzept.data.csv_file import separated
from konzept.elements.content import Column, Figure, Table
from konzept.site import nodes as ik
from konzept.site.blocks.inline import element, paragraph, runs
from konzept.site.blocks.surroundings import Place

WITH_NOTES = "ik-tabelle"
"""The class of a table together with its notes and sources."""


def figure(place: Place, data: Figure) -> list[nodes.Node]:
    """Build a figure: finding first, source and data below."""
    node = ik.concept_figure()
    place.label(node, data.label)
    node += paragraph(data.finding, "ik-befund")
    node += paragraph(data.subtitle, "ik-abb__unter")
    node += ik.chart("", wide=data.wide, narrow=data.narrow, alt=data.finding, label=data.label)
    node += nodes.caption("", data.caption)
    # Not docutils' legend: it would open a second figcaption, because the finding comes first.
    legend = element("div", "ik-legende-text")
    if data.reading:
        legend += paragraph(data.reading, "ik-lesehilfe")
    legend += _brief(data.sources)
    node += legend
    foot = ik.figure_foot(
        "",
        csv=separated(data.csv),
        file=f"{data.label}.csv",
        label=f"Daten zu: {data.caption}",
        view=data.view,
    )
    scroll = {"tabindex": "0", "role": "region", "aria-label": foot["label"]}
    table_node = plain_table(place, data.data, classes=["ik-tab--eng"])
    fold = element("details", "ik-daten", [element("summary", children=[nodes.Text("Daten als Tabelle")])])
    fold += element("div", "ik-rollen", [table_node], scroll)
    foot += [fold, *_method(data.method, data.sources)]
    node += foot
    return [node]


def table(place: Place, content: Table) -> list[nodes.Node]:
    """Build a numbered table with notes and sources below."""
    node = plain_table(place, content, classes=["ik-tab--stapel"])
    node.insert(0, nodes.title("", content.caption))
    place.label(node, content.label)
    _address_rows(node, content.label)
    notes: list[nodes.Node] = [paragraph(note, "ik-anmerkung") for note in content.notes]
    notes += [*_brief(content.sources), *_method("", content.sources)]
    found = nodes.container("", node, *notes, classes=[WITH_NOTES])
    if not content.heading:
        return [found]
    key = f"zu-{content.label}"
    section = nodes.section("", nodes.title("", content.heading), found, ids=[key], konzept_lifted=True)
    place.label(section, key)
    return [section]


def _address_rows(table_node: nodes.Element, label: str) -> None:
    """Give each row an address of its own, from its first cell, so that the search leads to it."""
    taken: Counter[str] = Counter()
    for row in next(table_node.findall(nodes.tbody)).findall(nodes.row):
        if row["ids"] or "ik-gruppe" in row["classes"]:
            continue
        address = nodes.make_id(f"{label} {row.children[0].astext()[:60]}")
        taken[address] += 1
        row["ids"].append(address if taken[address] == 1 else f"{address}-{taken[address]}")


def _brief(sources: Sequence[Cited]) -> list[nodes.Node]:
    """Name the sources in one line."""
    text = in_brief(sources)
    return [paragraph(f"Quelle: {text}", "ik-quelle")] if text else []


def _method(text: str, sources: Sequence[Cited]) -> list[nodes.Node]:
    """Build what unfolds: the method, and the sources in full; in print it leaves for the annex."""
    told: list[nodes.Node] = [paragraph(text, "ik-methode__text")] if text else []
    if sources:
        told.append(ik.told_sources("", full=in_full(sources), short=in_short(sources)))
    if not told:
        return []
    title = element("summary", "ik-methode__titel", [nodes.Text("Zur Methode")])
    title["print"] = "p"
    fold = element("details", "ik-methode", [title, *told])
    fold["print"] = "div"
    return [fold]


def plain_table(place: Place, content: Table, *, classes: Sequence[str]) -> nodes.Element:
    """Build a table alone: no number, no notes."""
    fixed = ["ik-tab--fest"] if any(column.width for column in content.columns) else []
    matrix = ["ik-tab--matrix"] if content.matrix else []
    node = ik.concept_table(classes=[*classes, *fixed, *matrix])
    group = nodes.tgroup(cols=len(content.columns))
    head = nodes.row()
    for column in content.columns:
        css = _column_css(column) + ([f"ik-b{column.width}"] if column.width else [])
        icon = [ik.status_icon("", status=column.status)] if column.status else []
        head += ik.concept_entry(
            "", *icon, nodes.paragraph("", "", ik.breaking_text(column.title)), scope="col", classes=css
        )
    body = nodes.tbody()
    for row in content.rows:
        line = nodes.row(classes=["ik-gruppe"] if row.group else [])
        if row.label:
            place.label(line, row.label)
        alone = len(row.cells) == 1
        for i, (cell, column) in enumerate(zip(row.cells, content.columns, strict=False)):
            scope = ("rowgroup" if row.group else "row") if i == 0 else None
            entry = ik.concept_entry(
                "",
                *(nodes.paragraph("", "", *runs(place, part)) for part in cell.lines),
                scope=scope,
                heading=column.title,
                span=len(content.columns) if alone else 1,
                classes=_column_css(column) + ([] if cell.text.strip("·–") else ["ik-ohne"]),
            )
            line += entry
        body += line
    group += [nodes.thead("", *_group_heads(content), head), body]
    node += group
    return node


def _column_css(column: Column) -> list[str]:
    return (["ik-zahl"] if column.numeric else []) + (["ik-nur-schirm"] if column.screen_only else [])


def _group_heads(content: Table) -> list[nodes.row]:
    """Build the row of headings that each span the columns of a group."""
    if not any(column.group for column in content.columns):
        return []
    row = nodes.row(classes=["ik-kopfgruppen"])
    for title, members in itertools.groupby(content.columns, key=lambda c: c.group):
        text = [nodes.paragraph("", "", ik.breaking_text(title))] if title else []
        scope = "colgroup" if title else None
        row += ik.concept_entry("", *text, scope=scope, span=len(list(members)))
    return [row]
