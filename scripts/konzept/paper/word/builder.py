"""The builder ``word``: a chapter, all pages or the report as one Word document that can be read back."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from docutils import nodes
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from sphinx.builders import Builder
from sphinx.errors import ExtensionError
from sphinx.util import logging

from konzept.authors.word.original import NAMESPACE, Entry, Original
from konzept.authors.word.reading import RAISED, read_blocks
from konzept.authors.word.source import shown_markup
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.data.files import whole
from konzept.data.problems import suggestion
from konzept.paper.joining import SCHEME
from konzept.paper.word import styles
from konzept.paper.word.exporting import word_file
from konzept.paper.word.writer import Page, Writer, Written
from konzept.site import nodes as ik
from konzept.site.blocks.surroundings import field_page
from konzept.site.charts import drawings
from konzept.site.check import data_folder
from konzept.site.papers import Paper
from konzept.site.rendering import draw
from konzept.words import german

logger = logging.getLogger(__name__)

_PICTURES = (".png", ".jpg", ".jpeg")
_DAY = (1980, 1, 1, 0, 0, 0)
"""Of all that is packed: no clock decides about the bytes."""


class WordBuilder(Builder):
    """Builds one Word document."""

    name = "word"
    format = "word"
    epilog = "Das Dokument liegt in %(outdir)s."
    supported_image_types = ["image/png", "image/jpeg"]  # noqa: RUF012  # as in the base class
    allow_parallel = True

    def get_outdated_docs(self) -> Iterator[str]:
        """Name all pages: a document is always written as a whole."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Name a page, for links to be resolved when all is written."""
        return f"{SCHEME}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Name a page alike from everywhere."""
        return self.get_target_uri(to, typ)

    def write(
        self, build_docnames: Iterable[str] | None, updated_docnames: Sequence[str], method: str = "update"
    ) -> None:
        """Write the document."""
        paper = Paper.from_environment(os.environ)
        concept = load_concept(data_folder(self.app))
        title, about = _titles(concept, paper)
        notice = "" if concept.package.official else f". {concept.package.notice}"
        head = (
            f"{concept.package.title} {concept.package.town.genitive or concept.package.town.title}{notice}"
        )
        pages = [self._page(docname) for docname in self._plan(paper, concept)]
        self._draw(pages)
        document = styles.new(title, head, about, concept.package.speaker, concept.package.stand)
        writer = Writer(document, self._picture)
        for page in pages:
            logger.info("Seite für Word: %s", page.docname)
            writer.page(page)
        writer.finish()
        stand = concept.package.stand.isoformat()
        entries = _entries(document, writer.written)
        original = Original(concept.package.town.title, title, stand, tuple(p.file for p in pages), entries)
        _take_along(document, original)
        with whole(Path(self.outdir) / word_file(paper)) as waiting:
            waiting.write_bytes(_packed(document))

    def _plan(self, paper: Paper, concept: Concept) -> list[str]:
        if paper.chapter is None:
            left_out = set(self.config.konzept_not_in_print)
            return [d for d in ik.pages_in_order(self.env, self.config.root_doc) if d not in left_out]
        page = field_page(self.env, paper.chapter)
        if page is None:
            known = [f.id for f in concept.fields if field_page(self.env, f.id)]
            raise ExtensionError(
                f"Ein Kapitel „{paper.chapter}“ gibt es nicht.{suggestion(paper.chapter, known)}"
            )
        return [page]

    def _page(self, docname: str) -> Page:
        tree = self.env.get_and_resolve_doctree(docname, self)
        path = Path(self.env.doc2path(docname))
        number = self.env.toc_secnumbers.get(docname, {}).get("", ())
        text = path.read_text("utf-8") if path.suffix == ".md" else ""
        file = path.relative_to(self.srcdir).as_posix()
        figures = self.env.toc_fignumbers.get(docname, {})
        return Page(docname, file, text, tree, ".".join(map(str, number)), figures)

    def _draw(self, pages: Sequence[Page]) -> None:
        """Draw the charts as pictures in points, which all programs can show; they are kept as the others are."""
        charts = {node["wide_key"]: node["wide"] for page in pages for node in page.tree.findall(ik.chart)}
        draw(charts, drawings(self.app), form="png")

    def _picture(self, node: nodes.Element) -> tuple[Path | None, Path | None]:
        if isinstance(node, ik.chart):
            folder, key = drawings(self.app), node["wide_key"]
            return folder / f"{key}.png", folder / f"{key}.svg"
        path = Path(self.srcdir) / str(node["uri"])
        return (path if path.suffix.lower() in _PICTURES and path.is_file() else None), None

    def finish(self) -> None:
        """Everything is written."""


def _titles(concept: Concept, paper: Paper) -> tuple[str, str]:
    """Give the document's title, and what stands at the foot of its pages."""
    package = concept.package
    title = f"{package.title} {package.town.genitive or package.town.title}"
    if paper.report:
        name = "Sachstandsbericht"
    elif paper.chapter:
        name = concept.field(paper.chapter).name
    else:
        name = title
    return name if name == title else f"{name} – {title}", f"{name}, Stand {german.date(package.stand)}"


def _entries(document: Document, written: Sequence[Written]) -> tuple[Entry, ...]:
    """Note each block as an import will find it."""
    by_mark = {each.mark: each for each in written}
    found = []
    for block in read_blocks(document):
        about = next((by_mark[mark] for mark in block.marks if mark in by_mark), None)
        if about is None:
            continue
        entry = Entry(about.mark, about.page, about.line, about.what, block.text)
        chars = block.chars[len(about.before) if block.text.startswith(about.before) else 0 :]
        while chars and chars[0][0].isspace():
            del chars[0]
        while chars and chars[-1][0].isspace():
            del chars[-1]
        text, raised = "".join(char for char, _ in chars), [RAISED in form for _, form in chars]
        if (block_ := about.source) is not None and (shown := shown_markup(block_, text, raised)) is not None:
            entry = replace(
                entry,
                kind=block_.kind,
                level=block_.level,
                source=block_.source,
                shown=tuple(shown),
                before=about.before,
            )
        found.append(entry)
    return tuple(found)


def _take_along(document: Document, original: Original) -> None:
    """Put the original into a part of its own, as Office keeps the data of other programs."""
    text = f'<original xmlns="{NAMESPACE}">{escape(original.written())}</original>'
    package = document.part.package
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", text.encode(), package)
    key = "{6B4F0A5E-5A0B-4C55-9D7D-6B6F6E7A6570}"
    about = (
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{key}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = Part(PackURI("/customXml/itemProps9.xml"), kind, about.encode(), package)
    part.relate_to(properties, f"{RELATIONSHIP_TYPE.CUSTOM_XML}Props")
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _packed(document: Document) -> bytes:
    """Pack a document so that its bytes depend on its content alone."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
