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
        _lists(self.env).add(self.env.docname)
        return [caption_list(kind=kind)]


def _lists(env: BuildEnvironment) -> set[str]:
    """Pages that hold such a list."""
    if not hasattr(env, "konzept_lists"):
        env.konzept_lists = set()  # type: ignore[attr-defined]
    return env.konzept_lists  # type: ignore[attr-defined,no-any-return]


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let the lists be written again if what they list has changed, whichever page it stands on."""
    before = getattr(env, "konzept_listed", None)
    now = [line for kind in ("figure", "table") for line in _numbered(env, kind)]
    env.konzept_listed = now  # type: ignore[attr-defined]
    return sorted(_lists(env) & env.found_docs) if before != now else []


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


def _captions(env: BuildEnvironment) -> dict[str, list[_Caption]]:
    """Captions by page."""
    if not hasattr(env, "konzept_captions"):
        env.konzept_captions = {}  # type: ignore[attr-defined]
    return env.konzept_captions  # type: ignore[attr-defined,no-any-return]


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    kinds: dict[str, type[nodes.Element]] = {"figure": ik.concept_figure, "table": ik.concept_table}
    _captions(app.env)[app.env.docname] = [
        _Caption(kind, tuple(node["ids"]), caption.astext())
        for kind, node_class in kinds.items()
        for node in doctree.findall(node_class)
        for caption in node.children
        if isinstance(caption, (nodes.caption, nodes.title))
    ]


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _captions(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    _captions(env).update({d: c for d, c in _captions(other).items() if d in docnames})


def _numbered(env: BuildEnvironment, kind: str) -> Iterator[tuple[str, _Caption, str]]:
    """All numbered figures or tables in the order of the book."""
    pattern = env.config.numfig_format[kind]
    for docname in ik.pages_in_order(env, env.config.root_doc):
        numbers = env.toc_fignumbers.get(docname, {}).get(kind, {})
        for caption in _captions(env).get(docname, ()):
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
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    # After numbers have been given.
    app.connect("env-get-updated", _write_again, priority=900)
    app.connect("doctree-resolved", _fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
