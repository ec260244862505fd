"""References that a town's book needs beyond Sphinx' own: sources of a statement, numbers, lists of figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from konzept.concept.assembly import load_concept
from konzept.data.problems import nearest, suggestion
from konzept.data.reading import read_folder
from konzept.elements.content import IN_CHAPTER
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


class Terms(SphinxDirective):
    """`{begriffe}`: the glossary, of the German rows of `begriffe`."""

    def run(self) -> list[nodes.Node]:
        rows = read_folder(data_folder(self.env.app)).rows["begriffe"]
        entries = [
            f"{escape(row['wort'])}\n  {_explained(row)}"
            for row in rows
            if row["sprache"] == "de" and row["erklaerung"]
        ]
        text = "\n\n".join(["```{glossary}", *entries]) + "\n```"
        return self.parse_text_to_nodes(text) if entries else []


def _explained(row: Mapping[str, str | None]) -> str:
    text, place = escape(row["erklaerung"] or ""), row["fundstelle"] or ""
    if row["dokument_id"]:
        return f"{text}{{quelle}}`{row['dokument_id']}; {place}`"
    return f"{text} (Quelle: {escape(place)})" if place else text


def escape(text: str) -> str:
    r"""Make text literal in Markdown, in a table cell too.

    Every punctuation mark gets a backslash, which CommonMark takes as the mark itself.

    Examples
    --------
    >>> print(escape("Akteur*innen | `x`"))
    Akteur\*innen \| \`x\`
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split("\n")))


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


FIXED = (
    *("abb-angaben", "abb-felder", "abb-kosten", "abb-nachbarkarte", "abb-nachbarn", "abb-schritte"),
    *("abb-status-alle", "abb-struktur", "tab-akteure", "tab-angaben", "tab-angebote", "tab-ausgaben"),
    *(
        "tab-beitraege",
        "tab-dokumente",
        "tab-eigene-werte",
        "tab-faellig",
        "tab-freigaben",
        "tab-gremien",
        "tab-indikatoren",
    ),
    *(
        "tab-kontakte",
        "tab-kosten",
        "tab-matrix",
        "tab-mitwirkung",
        "tab-pruefhinweise",
        "tab-statuskriterien",
    ),
    *("tab-statuswoerter", "tab-steuerung", "tab-termine"),
)
"""Marks of figures and tables that every town's data may bring."""
_OF_ROWS = re.compile(
    r"(abb-(?:soll-|karte-)?(?=i-)|abb-status-|abb-struktur-|abb-umfrage-(?=e-)|tab-ziele-)(.+)"
)
"""Marks that end in a key of the data."""
LACKING = (
    "„{0}“ gibt es mit diesen Daten nicht; an seiner Stelle steht „{1}“. "
    "Ergänzen Sie die Daten, oder nehmen Sie den Verweis heraus."
)


class WithoutData(SphinxPostTransform):
    """Where a reference leads if its figure stands in a chapter only, and what it reads where the data lack its figure or table."""

    # Before Sphinx and MyST look for it.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Put words in the place of such references."""
        known = self.env.domaindata["std"]["anonlabels"]
        for node in list(self.document.findall(addnodes.pending_xref)):
            mark = str(node.get("reftarget", "")).removeprefix("#")
            if mark not in known and (copy := mark + IN_CHAPTER) in known:
                # The annexes leave out what a chapter shows.
                node["reftarget"] = mark = copy
            # Without a warning the book itself refers, and has a text of its own for that.
            if (
                node["reftype"] in ("numref", "ref", "myst")
                and node.get("refwarn", True)
                and self._lacks(mark)
            ):
                what = (
                    "Abbildung (noch ohne Daten)" if mark.startswith("abb-") else "Tabelle (noch ohne Daten)"
                )
                own = node["reftype"] != "numref" and node.get("refexplicit") and node.astext().strip()
                place = f"{self.env.docname}.md" + (f", Zeile {node.line}" if node.line else "")
                if self.app.builder.name != "pdf":  # it has been told of the pages
                    logger.info("Hinweis: %s: %s", place, LACKING.format(mark, own or what))
                node.replace_self(nodes.inline("", own or what))

    def _lacks(self, mark: str) -> bool:
        """Tell whether a mark is right, and only the data have nothing to show for it; one like another is mistyped."""
        known = self.env.domaindata["std"]["anonlabels"]
        if mark in known:
            return False
        if mark in FIXED:
            return True
        match = _OF_ROWS.fullmatch(mark)
        if match is None:
            return False
        keys: frozenset[str] = self.app.konzept_keys  # type: ignore[attr-defined]
        alike = [label for label in known if label.startswith(match[1])]
        alike += [match[1] + key for key in keys]
        return match[2] in keys or nearest(mark, alike) is None


def _titles(app: Sphinx) -> None:
    concept = load_concept(data_folder(app))
    app.konzept_titles = {d.id: d.short_title for d in concept.documents}  # type: ignore[attr-defined]
    rows = (*concept.fields, *concept.indicators, *concept.events)
    app.konzept_keys = frozenset({row.id for row in rows} | {*concept.town.projects})  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Register roles and directives."""
    app.add_role("quelle", SourceRole())
    # A number of the chapter, as `{glue:text}` has it, by the word that authors use for it.
    app.add_role("zahl", PasteTextRole())
    app.add_directive("begriffe", Terms)
    app.add_directive("abbildungsliste", CaptionList)
    app.add_directive("tabellenliste", CaptionList)
    app.add_node(caption_list)
    app.add_post_transform(WithoutData)
    app.connect("builder-inited", _titles)
    app.connect("doctree-read", _collect)
    # After numbers have been given.
    app.connect("env-get-updated", _write_again, priority=900)
    app.connect("doctree-resolved", _fill)
