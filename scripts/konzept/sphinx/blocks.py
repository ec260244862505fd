"""Turns what cells put out into the book's nodes.

A cell's HTML carries its content as JSON (see `konzept.display`).  This transform finds it before
labels and numbers are collected, so that figures and tables are numbered and referable like any other.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from konzept.content import Column, Line, Run, Table, lines_from, table_from
from konzept.sphinx import nodes as ik
from konzept.words import STATUSES

_PAYLOAD = re.compile(
    r'<div class="ik-block" data-kind="\w+">.*<script type="application/json">(.*)</script></div>\s*$',
    re.DOTALL,
)


MEASURES_PAGE = "book/massnahmen"
"""Where each measure has its profile."""


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
        # From the last to the first: each comes to stand right behind the section it leaves.
        for section in reversed([s for s in self.document.findall(nodes.section) if s.get("konzept_lifted")]):
            _lift(section)

    def label(self, node: nodes.Element, label: str) -> None:
        """Give a node an id that `{numref}` finds."""
        node["names"].append(label)
        self.document.note_explicit_target(node, node)

    def field_page(self, field_id: str) -> str | None:
        """Find the chapter of an action field."""
        return field_page(self.env, field_id)

    def label_of(self, target: str) -> str | None:
        """Name the label to which a measure's or an indicator's id leads, or that stands after an @."""
        if target.startswith("@"):
            return target[1:]
        if target.startswith("m-") and MEASURES_PAGE in self.env.found_docs:
            return target
        return f"abb-{target}" if target.startswith("i-") else None


def field_page(env: BuildEnvironment, field_id: str) -> str | None:
    """Find the chapter of an action field: book/chapters/NN-FIELD."""
    pattern = re.compile(rf"book/chapters/\d+-{re.escape(field_id)}")
    return next((d for d in sorted(env.found_docs) if pattern.fullmatch(d)), None)


def _unwrap(cell: nodes.Element) -> None:
    """Take outputs out of the boxes that a notebook needs and a page does not; keep shown code."""
    outputs: list[nodes.Node] = []
    for part in cell.children:
        if not isinstance(part, nodes.container) or part.get("nb_element") != "cell_code_output":
            return
        outputs += part.children
    cell.parent.replace(cell, outputs)


def _lift(section: nodes.Element) -> None:
    """Take a section out of those around it until it stands right below the page's title."""
    place = section
    while isinstance(place.parent.parent, nodes.section):
        place = place.parent
    if place is not section:
        section.parent.remove(section)
        place.parent.insert(place.parent.index(place) + 1, section)


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
        "",
        csv=_csv(data["csv"]),
        file=f"{data['label']}.csv",
        label=f"Daten zu: {data['caption']}",
        view=data["view"],
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
    matrix = ["ik-tab--matrix"] if content.matrix else []
    node = ik.concept_table(classes=[*classes, *fixed, *matrix])
    group = nodes.tgroup(cols=len(content.columns))
    head = nodes.row()
    for column in content.columns:
        css = _column_css(column) + ([f"ik-b{column.width}"] if column.width else [])
        icon = [ik.status_icon("", status=column.status)] if column.status else []
        head += ik.concept_entry("", *icon, nodes.paragraph("", column.title), scope="col", classes=css)
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
        text = [nodes.paragraph("", title)] if title else []
        scope = "colgroup" if title else None
        row += ik.concept_entry("", *text, scope=scope, span=len(list(members)))
    return [row]


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
    if data.get("small"):
        return [_small_notice(transform, data)]
    box = _element("aside", "ik-hinweis", attributes={"aria-label": data["title"]})
    box += _paragraph(data["title"], "ik-hinweis__titel")
    box += [_rich(transform, part, "") for part in lines_from(data["lines"])]
    return [box]


def _small_notice(transform: BlockTransform, data: dict[str, Any]) -> nodes.Element:
    title = nodes.inline("", data["title"], classes=["ik-hinweis__titel"])
    runs = [node for part in lines_from(data["lines"]) for node in (nodes.Text(" "), *_runs(transform, part))]
    box = _element("aside", "ik-hinweis ik-hinweis--klein", attributes={"aria-label": data["title"]})
    box += nodes.paragraph("", "", title, *runs)
    return box


def sheets(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build sheets, under a heading that the page's list of contents knows."""
    content: list[nodes.Node] = [_sheet(transform, item) for item in data["items"]]
    if data["rest"]:
        items = nodes.bullet_list(classes=["ik-liste", "ik-blatt__rest"], bullet="-")
        for part in lines_from(data["rest"]):
            items += nodes.list_item("", nodes.paragraph("", "", *_runs(transform, part)))
        content.append(items)
    if not data["heading"]:
        return content
    section = nodes.section("", nodes.title("", data["heading"]), *content, ids=[data["label"]])
    transform.label(section, data["label"])
    return [section]


def _sheet(transform: BlockTransform, data: dict[str, Any]) -> nodes.Element:
    box = _element("div", "ik-blatt")
    if data["label"]:
        box["ids"].append(data["label"])
    if data["title"]:
        box += _element("h4", "ik-blatt__titel", [nodes.Text(data["title"])])
    box += [_rich(transform, part, "") for part in lines_from(data["intro"])]
    terms = _element("dl", "ik-blatt__liste")
    for term, lines in data["items"]:
        pair = _element("div")
        pair += _element("dt", children=[nodes.Text(term)])
        pair += _element("dd", children=[_rich(transform, part, "") for part in lines_from(lines)])
        terms += pair
    if data["items"]:
        box += terms
    return box


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


def profiles(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build a section for each action field and each measure, so that contents and bookmarks know them."""
    sections: list[nodes.Node] = []
    for group in data["groups"]:
        section = _section(transform, group, konzept_lifted=True)
        section += _rich(transform, lines_from([group["text"]])[0], "ik-steckbriefe__lage")
        section += [_profile(transform, item) for item in group["items"]]
        sections.append(section)
    return sections


def _section(transform: BlockTransform, data: dict[str, Any], **attributes: Any) -> nodes.section:
    section = nodes.section("", nodes.title("", data["title"]), ids=[data["id"]], **attributes)
    transform.label(section, data["id"])
    return section


def _profile(transform: BlockTransform, data: dict[str, Any]) -> nodes.section:
    section = _section(transform, data, classes=["ik-steckbrief"])
    if data["text"]:
        section += _paragraph(data["text"], "ik-steckbrief__text")
    if data["status"]:
        section += _scale(data["status"])
    terms = _element("dl", "ik-steckbrief__liste")
    for term, lines in data["items"]:
        pair = _element("div")
        pair += _element("dt", children=[nodes.Text(term)])
        pair += _element("dd", children=[_rich(transform, part, "") for part in lines_from(lines)])
        terms += pair
    section += terms
    if data["silent"]:
        section += _paragraph(data["silent"], "ik-steckbrief__offen")
    for part in lines_from(data["notes"]):
        # Not an aside: so many landmarks of one name would lead nowhere.
        box = _element("div", "ik-hinweis")
        box += [_paragraph("Prüfhinweis", "ik-hinweis__titel"), _rich(transform, part, "")]
        section += box
    return section


def _scale(status: str) -> nodes.Element:
    """Build the scale of statuses; only the present one is coloured, for no source tells the way there.

    It is hidden from those who hear the page: the list below says the same in words.
    """
    scale = _element("ol", "ik-stufen", attributes={"aria-hidden": "true"})
    for key in scale_steps(status):
        css = "ik-stufe ik-stufe--jetzt" if key == status else "ik-stufe"
        icon = ik.status_icon("", status=key, faint=key != status)
        word = _element("span", "ik-stufe__wort", [nodes.Text(STATUSES[key].label)])
        scale += _element("li", css, [icon, word])
    return scale


def scale_steps(status: str) -> list[str]:
    """Name the steps of a status' scale: the way of all measures, its own last step, or the step aside."""
    way = [key for key, step in STATUSES.items() if step.on_path and key != "daueraufgabe"]
    if status == "daueraufgabe":
        return [*way[:-1], status]
    return way if status in way else [*way, status]


def register(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build lists of links; an entry's links unfold on the page and stand below it in print."""
    grid = _element("div", "ik-register")
    for item in data["lists"]:
        box = _element("div", "ik-register__liste")
        box += _element("h3", "ik-register__titel", [nodes.Text(item["title"])])
        for entry in item["entries"]:
            box += _entry(transform, entry)
        if item["note"]:
            box += _paragraph(item["note"], "ik-anmerkung")
        grid += box
    return [grid]


def _entry(transform: BlockTransform, data: dict[str, Any]) -> nodes.Element:
    entry = _element("details", "ik-register__eintrag")
    entry["print"] = "div"
    count = nodes.inline("", f" ({len(data['links'])})", classes=["ik-leise"])
    text = nodes.inline("", "", *_run(transform, Run(**data["head"])), count)
    head = _element("summary", "", [text])
    head["print"] = "p"
    links = nodes.bullet_list(classes=["ik-liste"], bullet="-")
    for part in lines_from(data["links"]):
        links += nodes.list_item("", nodes.paragraph("", "", *_runs(transform, part)))
    entry += [head, links]
    return entry


def explorer(transform: BlockTransform, data: dict[str, Any]) -> list[nodes.Node]:
    """Build the explorer: its material, the place where it appears, and all tables for readers without scripts."""
    attributes = {}
    if MEASURES_PAGE in transform.env.found_docs:
        attributes["data-massnahmen"] = f"{MEASURES_PAGE.rpartition('/')[2]}.html"
    box = _element("div", "ik-werkstatt", attributes=attributes)
    box["ids"].append("werkstatt")
    box += ik.explorer_material("", material=data["material"])
    tables = _element("div", "ik-werkstatt__tabellen")
    for content in map(table_from, data["tables"]):
        fold = _element("details", "ik-daten")
        fold += _element("summary", children=[nodes.Text(content.caption)])
        scroll = {"tabindex": "0", "role": "region", "aria-label": content.caption}
        table_node = _table(transform, content, classes=["ik-tab--eng"])
        fold += _element("div", "ik-rollen", [table_node], scroll)
        tables += fold
    if data["note"]:
        tables += _paragraph(data["note"], "ik-anmerkung")
    box += tables
    return [box]


BUILDERS: dict[str, Callable[[BlockTransform, dict[str, Any]], list[nodes.Node]]] = {
    "figure": figure,
    "table": table,
    "text": text,
    "facts": facts,
    "notice": notice,
    "sheets": sheets,
    "keyfigures": keyfigures,
    "points": points,
    "documents": documents,
    "profiles": profiles,
    "register": register,
    "cards": cards,
    "explorer": explorer,
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
    elif run.target and run.target.startswith("#"):
        node = nodes.reference("", run.text, refid=run.target[1:], internal=True)
    elif run.target and re.match(r"(?:abb|tab)-", run.target):
        node = ik.number_link(transform.env, run.target, nodes.inline("", run.text))
    elif run.target and (page := transform.field_page(run.target)):
        node = ik.page_link(transform.env, page, _link_text(run))
    elif run.target and (label := transform.label_of(run.target)):
        node = ik.label_link(transform.env, label, _link_text(run))
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


def _link_text(run: Run) -> nodes.inline:
    """Give what a link shows: its text, or an icon with the text for those who hear the page."""
    if not run.icon_only or not run.status:
        return nodes.inline("", run.text)
    icon = ik.status_icon("", status=run.status, tip=run.text)
    return nodes.inline("", "", icon, nodes.inline("", run.text, classes=["ik-nur-vorlesen"]))


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
