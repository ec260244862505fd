"""Turns what cells put out into the book's nodes.

A cell's HTML carries its content as JSON (see `konzept.display`).  This transform finds it before
labels and numbers are collected, so that figures and tables are numbered and referable like any other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from konzept.content import Line, Run, Table, lines_from, table_from
from konzept.sphinx import nodes as ik
from konzept.words import STATUSES

_PAYLOAD = re.compile(
    r'<div class="ik-block" data-kind="\w+">.*<script type="application/json">(.*)</script></div>\s*$',
    re.DOTALL,
)


class BlockTransform(SphinxTransform):
    """Replaces cell outputs by nodes; runs before labels are collected (priority 850)."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        containers = list(self.document.findall(nodes.container))
        for container in containers:
            if container.get("nb_element") == "mime_bundle" and (payload := _payload(container)):
                container.replace_self(BUILDERS[payload["kind"]](self, payload))
        for container in containers:
            if container.get("nb_element") == "cell_code":
                _unwrap(container)

    def label(self, node: nodes.Element, label: str) -> None:
        """Give a node an id that `{numref}` finds."""
        node["names"].append(label)
        self.document.note_explicit_target(node, node)

    def field_page(self, field_id: str) -> str | None:
        """Find the chapter of an action field: book/chapters/NN-FIELD."""
        pattern = re.compile(rf"book/chapters/\d+-{re.escape(field_id)}")
        return next((d for d in sorted(self.env.found_docs) if pattern.fullmatch(d)), None)


def _unwrap(cell: nodes.Element) -> None:
    """Take outputs out of the boxes that a notebook needs and a page does not; keep shown code."""
    outputs: list[nodes.Node] = []
    for part in cell.children:
        if not isinstance(part, nodes.container) or part.get("nb_element") != "cell_code_output":
            return
        outputs += part.children
    cell.parent.replace(cell, outputs)


def _payload(bundle: nodes.Element) -> dict[str, Any] | None:
    for raw in bundle.findall(nodes.raw):
        if match := _PAYLOAD.match(raw.astext()):
            return dict(json.loads(match[1]))
    return None


def figure(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a figure: finding first, source and data below."""
    node = ik.concept_figure()
    transform.label(node, data["label"])
    node += _paragraph(data["finding"], "ik-befund")
    node += _paragraph(data["subtitle"], "ik-abb__unter")
    node += ik.chart("", wide=data["wide"], narrow=data["narrow"], alt=data["finding"], label=data["label"])
    node += nodes.caption("", data["caption"])
    # Not docutils' legend: it would open a second figcaption, because the finding comes first.
    legend = _element("div", "ik-legende-text")
    if data["reading"]:
        legend += _paragraph(data["reading"], "ik-quelle")
    legend += [_paragraph(f"Quelle: {source}", "ik-quelle") for source in data["sources"]]
    node += legend
    table = table_from(data["data"])
    foot = ik.figure_foot(
        "", csv=_csv(data["csv"]), file=f"{data['label']}.csv", label=f"Daten zu: {data['caption']}"
    )
    foot += _table(transform, table, classes=["ik-tab--eng"])
    node += foot
    return [node]


def table(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a numbered table with notes and sources below."""
    content = table_from(data)
    node = _table(transform, content, classes=["ik-tab--stapel"])
    node.insert(0, nodes.title("", content.caption))
    transform.label(node, content.label)
    notes = [_paragraph(note, "ik-anmerkung") for note in content.notes]
    notes += [_paragraph(f"Quelle: {source}", "ik-quelle") for source in content.sources]
    across = ["ik-tabelle--quer"] if content.across else []
    return [nodes.container("", node, *notes, classes=["ik-tabelle", *across])]


def _table(transform: BlockTransform, content: Table, *, classes: Sequence[str]) -> nodes.Element:
    fixed = ["ik-tab--fest"] if any(column.width for column in content.columns) else []
    node = ik.concept_table(classes=[*classes, *fixed])
    group = nodes.tgroup(cols=len(content.columns))
    head = nodes.row()
    for column in content.columns:
        css = (["ik-zahl"] if column.numeric else []) + ([f"ik-b{column.width}"] if column.width else [])
        head += ik.concept_entry("", nodes.paragraph("", column.title), scope="col", classes=css)
    body = nodes.tbody()
    for row in content.rows:
        line = nodes.row(classes=["ik-gruppe"] if row.group else [])
        alone = len(row.cells) == 1
        for i, (cell, column) in enumerate(zip(row.cells, content.columns, strict=False)):
            scope = ("rowgroup" if row.group else "row") if i == 0 else None
            entry = ik.concept_entry(
                "",
                *(nodes.paragraph("", "", *_runs(transform, part)) for part in cell.lines),
                scope=scope,
                heading=column.title,
                span=len(content.columns) if alone else 1,
                classes=["ik-zahl"] if column.numeric else [],
            )
            line += entry
        body += line
    group += [nodes.thead("", head), body]
    node += group
    return node


def text(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build paragraphs in their role."""
    css = {"lead": "ik-vorspann", "muted": "ik-leise", "plain": "ik-satz"}[data["role"]]
    return [_rich(transform, part, css) for part in lines_from(data["lines"])]


def facts(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the strip of facts as a definition list."""
    strip = _element("dl", "ik-eckdaten")
    for term, value in data["items"]:
        pair = _element("div")
        pair += _element("dt", children=[nodes.Text(term)])
        pair += _element("dd", children=_runs(transform, lines_from([value])[0]))
        strip += pair
    return [strip]


def notice(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a notice."""
    box = _element("aside", "ik-hinweis", attributes={"aria-label": data["title"]})
    box += _paragraph(data["title"], "ik-hinweis__titel")
    box += [_rich(transform, part, "") for part in lines_from(data["lines"])]
    return [box]


def keyfigures(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the row of big numbers."""
    row = _element("ul", "ik-kennzahlen")
    for value, unit, what, note in data["items"]:
        shown = f"{value}\N{NO-BREAK SPACE}{unit}" if unit else value
        row += _element(
            "li",
            children=[
                _element("span", "ik-kennzahlen__wert", [nodes.Text(shown)]),
                nodes.Text(" "),
                _element("span", "ik-kennzahlen__was", [nodes.Text(what)]),
                nodes.Text(" "),
                _element("span", "ik-kennzahlen__dazu", [nodes.Text(note)]),
            ],
        )
    return [row]


def points(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a list."""
    items = nodes.bullet_list(classes=["ik-schwer" if data["grid"] else "ik-liste"], bullet="-")
    for part in lines_from(data["lines"]):
        items += nodes.list_item("", nodes.paragraph("", "", *_runs(transform, part)))
    return [items]


def documents(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the list of documents: those behind the data, then those that the page's text names."""
    known: dict[str, Line] = transform.app.konzept_documents  # type: ignore[attr-defined]
    found = {key: lines_from([part])[0] for key, part in data["items"]}
    for name in transform.document.findall(nodes.inline):
        key = name.get("konzept_source")
        if key in known:
            found.setdefault(key, known[key])
    items = nodes.bullet_list(classes=["ik-liste"], bullet="-")
    for part in found.values():
        items += nodes.list_item("", nodes.paragraph("", "", *_runs(transform, part)))
    return [items]


def cards(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the action fields as cards, with a key to the cells."""
    grid = _element("ol", "ik-karten")
    for card in data["items"]:
        page = transform.field_page(card["field_id"])
        title: nodes.Node = nodes.Text(card["title"])
        if page:
            title = ik.page_link(transform.env, page, nodes.inline("", card["title"]))
        css = "ik-karte ik-karte--quer" if card["crosscutting"] else "ik-karte"
        grid += _element(
            "li",
            css,
            [
                _element(
                    "p",
                    "ik-karte__nr",
                    [
                        _element("span", "ik-nr", [nodes.Text(str(card["number"]))]),
                        _element("span", "ik-karte__stand", [nodes.Text(card["state"])]),
                    ],
                ),
                _element("h3", "ik-karte__titel", [title]),
                _element("p", "ik-karte__text", [nodes.Text(card["text"])]),
                _element(
                    "p",
                    "ik-karte__fuss",
                    [
                        *([ik.measure_bar("", statuses=card["statuses"])] if card["statuses"] else []),
                        _element("span", "ik-karte__zahl", [nodes.Text(card["summary"])]),
                    ],
                ),
            ],
        )
    legend = _element("ul", "ik-legende")
    for key in data["legend"]:
        legend += _element(
            "li", children=[ik.measure_bar("", statuses=[key]), nodes.Text(f" {STATUSES[key].label}")]
        )
    return [grid, legend] if data["legend"] else [grid]


BUILDERS: dict[str, Callable[[BlockTransform, dict[str, Any]], list[nodes.Node]]] = {
    "figure": figure,
    "table": table,
    "text": text,
    "facts": facts,
    "notice": notice,
    "keyfigures": keyfigures,
    "points": points,
    "documents": documents,
    "cards": cards,
}


def _element(
    tag: str,
    css: str = "",
    children: Iterable[nodes.Node] = (),
    attributes: dict[str, str] | None = None,
) -> ik.markup:
    return ik.markup("", "", *children, tag=tag, classes=css.split(), attributes=attributes or {})


def _paragraph(content: str, css: str) -> nodes.paragraph:
    return nodes.paragraph("", content, classes=[css])


def _rich(transform: BlockTransform, part: Line, css: str) -> nodes.paragraph:
    return nodes.paragraph("", "", *_runs(transform, part), classes=css.split())


def _runs(transform: BlockTransform, part: Line) -> list[nodes.Node]:
    return [node for run in part for node in _run(transform, run)]


def _run(transform: BlockTransform, run: Run) -> list[nodes.Node]:
    node: nodes.Node = nodes.Text(run.text)
    if run.target and re.match(r"https?://|mailto:", run.target):
        node = nodes.reference("", run.text, refuri=run.target, internal=False)
    elif run.target and (page := transform.field_page(run.target)):
        node = ik.page_link(transform.env, page, nodes.inline("", run.text))
    if run.strong:
        node = nodes.strong("", "", node)
    if run.muted:
        node = nodes.inline("", "", node, classes=["ik-leise"])
    if run.status:
        icon = ik.status_icon("", status=run.status)
        return [nodes.inline("", "", icon, nodes.Text(" "), node, classes=["ik-status"])]
    return [node]


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """Write rows for German Excel; a cell that a spreadsheet would run as a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def _harmless(cell: str) -> str:
    if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"-?\d+(,\d+)?", cell):
        return f"'{cell}"
    return cell


def setup(app: Sphinx) -> dict[str, Any]:
    """Register nodes and transform."""
    ik.register(app)
    app.add_transform(BlockTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
