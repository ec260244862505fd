"""The book's own nodes and how they are written, on the page and in print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode
from sphinx.writers.html5 import HTML5Translator

from konzept.elements.explorer.views import PAGE
from konzept.elements.palette import STATUS_LOOKS
from konzept.site.compat import counted_rows
from konzept.words.hyphenation import hyphenated


class block(nodes.General, nodes.Element):
    """Holds what a cell has handed over until it is taken out of the cell's boxes."""


class concept_figure(nodes.figure):
    """Finding, subtitle, chart, caption, legend (reading aid, sources), foot (data)."""


class chart(nodes.General, nodes.Element):
    """A chart by the keys of its two drawings, with its JSON."""


class figure_foot(nodes.General, nodes.Element):
    """The data as a table and as a file, on the page only; the method."""


class data_link(nodes.Inline, nodes.TextElement):
    """A link to a published file, with its size; on paper its text."""


class explorer_material(nodes.General, nodes.Element):
    """What the explorer knows, for its script; on the page only."""


class concept_table(nodes.table):
    """A table that stacks on phones; numbered when it has an id."""


class concept_entry(nodes.entry):
    """A cell that knows its column's heading and whether it heads a row, column or group."""


class breaking_text(nodes.Text):
    """Text in narrow places: on the page its long words bear soft hyphens, for not every browser knows German breaks.

    To all who ask the doctree it is the plain text; paper breaks all its words itself.
    """


class status_icon(nodes.Inline, nodes.Element):
    """The icon of a status; its word always stands beside it."""


class measure_bar(nodes.General, nodes.Element):
    """One cell for each measure, filled by status; a summary in words stands beside it."""


class source_marks(nodes.Inline, nodes.Element):
    """Sources of the statement before it, as numbers; its text is in the page's notes, so no search finds it here."""


class cited_documents(nodes.General, nodes.Element):
    """Names documents that the page's notes are to list; nothing stands in its place."""


class approval_state(nodes.Inline, nodes.Element):
    """Stands where it will be told whether a chapter still shows what was approved."""


class told_sources(nodes.General, nodes.Element):
    """Sources of a figure or table: in full on the page, with short titles in print, where a list of titles is near."""


class markup(nodes.General, nodes.TextElement):
    """An HTML element around its children, for the page's own elements."""


def in_print(translator: HTML5Translator) -> bool:
    """Tell whether the PDF is being written."""
    return translator.builder.name == "pdf"


def page_link(env: BuildEnvironment, page: str, content: nodes.Node) -> addnodes.pending_xref:
    """Make a link to a page of the book; Sphinx resolves it for page and print."""
    return addnodes.pending_xref(
        "",
        content,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refdoc=env.docname,
        refexplicit=True,
        refwarn=True,
    )


def number_link(env: BuildEnvironment, label: str, content: nodes.Node) -> addnodes.pending_xref:
    """Make a link to a figure or table that shows its number; where there is none the content stays."""
    return addnodes.pending_xref(
        "",
        content,
        refdomain="std",
        reftype="numref",
        reftarget=label,
        refdoc=env.docname,
        refexplicit=False,
        refwarn=False,
    )


def label_link(env: BuildEnvironment, label: str, content: nodes.Node) -> addnodes.pending_xref:
    """Make a link to whatever bears a label anywhere in the book; without it the content stays plain text."""
    return addnodes.pending_xref(
        "",
        content,
        refdomain="",
        reftype=_LABEL,
        reftarget=label,
        refdoc=env.docname,
        refexplicit=True,
        refwarn=False,
    )


_LABEL = "ik-label"


def resolve_label(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Find the place that bears a label; Sphinx' own role would keep the text of an icon and lose the icon."""
    if node["reftype"] != _LABEL:
        return None
    page, anchor = env.domaindata["std"]["anonlabels"].get(node["reftarget"], ("", ""))
    return make_refnode(app.builder, node["refdoc"], page, anchor, content) if page else None


def resolve_stand_in(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Lead a reference to a figure that is not drawn to the words in its place, and name it: it has no number."""
    if node["reftype"] != "numref":
        return None
    page, anchor = env.domaindata["std"]["anonlabels"].get(node["reftarget"], ("", ""))
    found = env.get_doctree(page).ids.get(anchor) if page else None
    if found is None or not found.get("konzept_name"):
        return None
    name = nodes.inline("", f"Angabe „{found['konzept_name']}“")
    return make_refnode(app.builder, node["refdoc"], page, anchor, name)


def pages_in_order(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Give a page and all below it in the order of the contents."""
    yield docname
    for child in env.toctree_includes.get(docname, []):
        yield from pages_in_order(env, child)


def visit_figure(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "figure", CLASS="ik-abb"))


def depart_figure(self: HTML5Translator, node: nodes.Element) -> None:
    # The caption's visitor has opened the figcaption; a foot closes it itself.
    if not any(isinstance(child, figure_foot) for child in node.children):
        self.body.append("</figcaption>\n")
    self.body.append("</figure>\n")


def visit_foot(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</figcaption>\n")
    if in_print(self):
        # The paper tells the method in an annex, and the data are attached.
        for method in node.children[1:]:
            method.walkabout(self)
        raise nodes.SkipNode
    self.body.append('<div class="ik-abb__fuss">')


def depart_foot(self: HTML5Translator, node: nodes.Element) -> None:
    path = self.builder.get_relative_uri(self.builder.current_docname, "")
    root = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    size = max(1, round(len(node["csv"].encode()) / 1024))
    href = self.attval(f"{root}_static/daten/{node['file']}")
    if node.get("view") and PAGE in self.builder.env.found_docs:
        page = self.builder.get_relative_uri(self.builder.current_docname, PAGE)
        target = self.attval(f"{page}#{node['view']}")
        self.body.append(f'<a class="ik-oeffnen" href="{target}">In der Werkstatt öffnen</a>')
    self.body.append(
        f'<a class="ik-csv" href="{href}" download>CSV herunterladen <span>({size}\N{NO-BREAK SPACE}KB)</span></a></div>\n'
    )


def visit_data_link(self: HTML5Translator, node: nodes.Element) -> None:
    if in_print(self):
        return
    path = self.builder.get_relative_uri(self.builder.current_docname, "")
    root = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    href = self.attval(f"{root}{node['file']}")
    self.body.append(f'<a class="ik-datei" href="{href}" download>')


def depart_data_link(self: HTML5Translator, node: nodes.Element) -> None:
    if in_print(self):
        return
    file = Path(self.builder.outdir) / node["file"]
    size = max(1, round(file.stat().st_size / 1024)) if file.is_file() else None
    told = f" <span>({size}\N{NO-BREAK SPACE}KB)</span>" if size else ""
    self.body.append(f"{told}</a>")


def visit_material(self: HTML5Translator, node: nodes.Element) -> None:
    if not in_print(self):
        # JSON in a script must not close it.
        data = json.dumps(node["material"], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        self.body.append(f'<script type="application/json" class="ik-werkstatt__stoff">{data}</script>')
    raise nodes.SkipNode


def visit_table(self: HTML5Translator, node: nodes.Element) -> None:
    counted_rows(self).append(0)
    self.body.append(self.starttag(node, "table", CLASS="ik-tab", role="table"))


def depart_table(self: HTML5Translator, node: nodes.Element) -> None:
    counted_rows(self).pop()
    self.body.append("</table>\n")


def visit_entry(self: HTML5Translator, node: nodes.Element) -> None:
    tag = "td" if node["scope"] is None else "th"
    # Cells become blocks on a phone; the roles keep them a table for screen readers.
    role = {
        None: "cell",
        "col": "columnheader",
        "row": "rowheader",
        "rowgroup": "rowheader",
        "colgroup": "columnheader",
    }[node["scope"]]
    atts: dict[str, Any] = {"role": role}
    if node["scope"]:
        atts["scope"] = node["scope"]
    if node.get("span", 1) > 1:
        atts["colspan"] = node["span"]
    if node.get("heading") and node["scope"] is None:
        atts["data-titel"] = node["heading"]
    self.body.append(self.starttag(node, tag, "", **atts) + "<div>")


def depart_entry(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div></td>\n" if node["scope"] is None else "</div></th>\n")


def visit_breaking(self: HTML5Translator, node: nodes.Text) -> None:
    text = node.astext()
    self.body.append(self.encode(text if in_print(self) else hyphenated(text)))


def depart_breaking(self: HTML5Translator, node: nodes.Text) -> None:
    pass


def visit_icon(self: HTML5Translator, node: nodes.Element) -> None:
    key = node["status"]
    if in_print(self):
        # As CSS background: PDF/UA fails inline pictures without alternative text.
        faint = "-fern" if node.get("faint") else ""
        self.body.append(f'<span class="ik-zeichen ik-zeichen--{key}{faint}"></span>')
    else:
        shape = STATUS_LOOKS[key].shape.replace("#fff", "var(--ik-papier,#fff)")
        colour = "linie-stark" if node.get("faint") else f"st-{key}"
        if node.get("tip"):
            shape = f"<title>{self.encode(node['tip'])}</title>{shape}"
        self.body.append(
            f'<svg class="ik-zeichen" style="color:var(--ik-{colour})" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shape}</svg>'
        )
    raise nodes.SkipNode


def visit_bar(self: HTML5Translator, node: nodes.Element) -> None:
    cells = "".join(f'<i class="ik-leiste__teil ik-sf-{key}"></i>' for key in node["statuses"])
    self.body.append(f'<span class="ik-leiste" aria-hidden="true">{cells}</span>')
    raise nodes.SkipNode


def visit_marks(self: HTML5Translator, node: nodes.Element) -> None:
    links = []
    for mark in node["marks"]:
        name = self.attval(mark["name"])
        anchor = f' id="zu-beleg-{mark["number"]}"' if mark["first"] else ""
        links.append(
            f'<a class="ik-beleg" role="doc-noteref"{anchor} href="#beleg-{mark["number"]}" title="{name}" '
            f'aria-label="Beleg {mark["number"]}: {name}">{mark["number"]}</a>'
        )
    # Sphinx leaves out of what a search shows of a page whatever is of the class headerlink.
    alone = " ik-belege--allein" if node["alone"] else ""
    # In print nothing else keeps a line from ending before the mark.
    joiner = "&#8288;" if in_print(self) else ""
    self.body.append(f'{joiner}<sup class="ik-belege headerlink{alone}">{",&#8239;".join(links)}</sup>')
    raise nodes.SkipNode


def visit_told(self: HTML5Translator, node: nodes.Element) -> None:
    for text in [node["short"]] if in_print(self) else node["full"]:
        self.body.append(f'<p class="ik-methode__quelle">Quelle: {self.encode(text)}</p>\n')
    raise nodes.SkipNode


def visit_markup(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, _tag(self, node), "", **node.get("attributes", {})))


def depart_markup(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f"</{_tag(self, node)}>")


def _tag(translator: HTML5Translator, node: nodes.Element) -> str:
    """Name the element: another one in print where what unfolds on the page stands open."""
    return str(node.get("print", node["tag"]) if in_print(translator) else node["tag"])


def register(app: Sphinx) -> None:
    """Make the nodes known to Sphinx; figures and tables share its numbering."""
    app.add_enumerable_node(concept_figure, "figure", html=(visit_figure, depart_figure))
    app.add_enumerable_node(concept_table, "table", html=(visit_table, depart_table))
    # Typed for elements alone, but a node of any kind may have its own writing.
    written: tuple[tuple[Any, Any, Any], ...] = (
        (explorer_material, visit_material, None),
        (data_link, visit_data_link, depart_data_link),
        (figure_foot, visit_foot, depart_foot),
        (concept_entry, visit_entry, depart_entry),
        (breaking_text, visit_breaking, depart_breaking),
        (status_icon, visit_icon, None),
        (measure_bar, visit_bar, None),
        (source_marks, visit_marks, None),
        (told_sources, visit_told, None),
        (markup, visit_markup, depart_markup),
    )
    for node, visit, depart in written:
        app.add_node(node, html=(visit, depart))
    app.add_node(cited_documents)
    app.connect("missing-reference", resolve_label)
    app.connect("missing-reference", resolve_stand_in)
