"""References that a town's book needs beyond Sphinx' own: sources of a statement, numbers, lists of figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from konzept.concept.assembly import load_concept
from konzept.data.problems import suggestion
from konzept.site import nodes as ik
from konzept.site.check import data_folder

logger = logging.getLogger(__name__)

_LISTS, _CAPTIONS = "konzept_lists", "konzept_captions"
"""What Sphinx keeps among a page's metadata, and forgets with the page: that it holds such a list, and what lists tell of it."""


class caption_list(nodes.General, nodes.Element):
    """Stands where the list of all figures or tables will be."""


class SourceRole(SphinxRole):
    """`{quelle}`: names a document of the data and the place in it; a mark stands there, a note at the page's end."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        key, _, passage = (part.strip() for part in self.text.partition(";"))
        titles: dict[str, str] = self.env.app.konzept_titles  # type: ignore[attr-defined]
        if key not in titles:
            logger.warning(
                "Die Quelle „%s“ gibt es in dokumente nicht.%s",
                key,
                suggestion(key, titles),
                location=(self.env.docname, self.lineno),
                type="konzept",
                subtype="quelle",
            )
            return [nodes.Text(key)], []
        return [ik.source_marks("", marks=[{"document": key, "passage": passage}])], []


class CaptionList(SphinxDirective):
    """`{abbildungsliste}` and `{tabellenliste}`."""

    def run(self) -> list[nodes.Node]:
        kind = "figure" if self.name == "abbildungsliste" else "table"
        self.env.metadata[self.env.docname][_LISTS] = True
        return [caption_list(kind=kind)]


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let the lists be written again if what they list has changed, whichever page it stands on."""
    before = getattr(env, "konzept_listed", None)
    now = [line for kind in ("figure", "table") for line in _numbered(env, kind)]
    env.konzept_listed = now  # type: ignore[attr-defined]
    return [page for page, noted in env.metadata.items() if noted.get(_LISTS)] if before != now else []


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for placeholder in list(doctree.findall(caption_list)):
        items = nodes.bullet_list(classes=["ik-liste"], bullet="-")
        for page, caption, number in _numbered(app.env, placeholder["kind"]):
            uri = app.builder.get_relative_uri(docname, page)
            link = nodes.reference("", caption.text, refuri=f"{uri}#{caption.ids[0]}", internal=True)
            items += nodes.list_item("", nodes.paragraph("", "", nodes.Text(f"{number}: "), link))
        placeholder.replace_self(items if items.children else nodes.paragraph("", "keine"))


@dataclass(frozen=True)
class _Caption:
    """What a list tells of a figure or table; kept apart, because loading all pages takes long."""

    kind: str
    ids: tuple[str, ...]
    text: str


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    kinds: dict[str, type[nodes.Element]] = {"figure": ik.concept_figure, "table": ik.concept_table}
    app.env.metadata[app.env.docname][_CAPTIONS] = [
        _Caption(kind, tuple(node["ids"]), caption.astext())
        for kind, node_class in kinds.items()
        for node in doctree.findall(node_class)
        for caption in node.children
        if isinstance(caption, (nodes.caption, nodes.title))
    ]


def _numbered(env: BuildEnvironment, kind: str) -> Iterator[tuple[str, _Caption, str]]:
    """All numbered figures or tables in the order of the book."""
    pattern = env.config.numfig_format[kind]
    for docname in ik.pages_in_order(env, env.config.root_doc):
        numbers = env.toc_fignumbers.get(docname, {}).get(kind, {})
        for caption in env.metadata.get(docname, {}).get(_CAPTIONS, ()):
            for key in caption.ids:
                if caption.kind == kind and key in numbers:
                    yield docname, caption, pattern % ".".join(map(str, numbers[key]))


def _titles(app: Sphinx) -> None:
    documents = load_concept(data_folder(app)).documents
    app.konzept_titles = {d.id: d.short_title for d in documents}  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register roles and directives."""
    app.add_role("quelle", SourceRole())
    # A number of the chapter, as `{glue:text}` has it, by the word that authors use for it.
    app.add_role("zahl", PasteTextRole())
    app.add_directive("abbildungsliste", CaptionList)
    app.add_directive("tabellenliste", CaptionList)
    app.add_node(caption_list)
    app.connect("builder-inited", _titles)
    app.connect("doctree-read", _collect)
    # After numbers have been given.
    app.connect("env-get-updated", _write_again, priority=900)
    app.connect("doctree-resolved", _fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
