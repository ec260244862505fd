"""Writes the pages with the HTML writer, joins them and prints them as one document."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.data.files import write_whole
from konzept.data.older_tables import of_today
from konzept.data.package import DESCRIPTOR, Package, described
from konzept.data.reading import read_folder
from konzept.elements.table_cells import catalogue_section
from konzept.paper import document
from konzept.paper.compat import fragment
from konzept.paper.finishing import Attachment, finish, target_pages
from konzept.paper.joining import Annex, Joined, Page, join, slug
from konzept.paper.languages import print_languages
from konzept.paper.planning import PaperBuilder
from konzept.paper.printing import is_current, layout, note, overlay
from konzept.site import nodes as ik
from konzept.site.blocks.surroundings import MEASURES_PAGE
from konzept.site.check import data_folder
from konzept.site.fonts import characters
from konzept.site.papers import FINAL, Paper, missing_library

logger = logging.getLogger(__name__)


class PdfBuilder(PaperBuilder, StandaloneHTMLBuilder):
    """Builds one PDF: all pages in the order of the contents, those of Part A, or one action field's chapter."""

    name = "pdf"
    format = "html"
    epilog = "Das PDF liegt in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  # as in the base class
    search = False
    copysource = False
    # No file lies beside a paper: of a link to one its text is printed.
    download_support = False

    def write(
        self, build_docnames: Iterable[str] | None, updated_docnames: Sequence[str], method: str = "update"
    ) -> None:
        if lacking := missing_library():
            raise ExtensionError(lacking)
        paper = Paper.from_environment(os.environ)
        concept = load_concept(data_folder(self.app))
        annex_pages: dict[str, int] = {}
        if paper.council:
            # Its references into the annexes name their pages in the whole concept.
            whole_paper = replace(paper, council=False)
            self._write_paper(whole_paper, concept, {})
            annex_pages = target_pages(Path(self.outdir) / whole_paper.file(concept.package))
        self._write_paper(paper, concept, annex_pages)
        if paper == FINAL:
            print_languages(self.app, Path(self.outdir))

    def _write_paper(self, paper: Paper, concept: Concept, annex_pages: Mapping[str, int]) -> None:
        plan = self._plan(paper, concept)
        self.prepare_writing({docname for docname, _ in plan})
        pages = []
        for docname, section in plan:
            logger.info("Seite setzen: %s", docname)
            pages.append(Page(docname, self._fragment(docname), self._part(docname), section))
        annexes = self._annexes() if paper.council else {}
        joined = join(
            pages,
            characters(),
            self.config.konzept_run_on_in_print,
            "book/quellen",
            [Annex(slug(docname), title, annex_pages) for docname, title in annexes.items()],
            self.config.konzept_annexes,
        )
        for text in joined.hints:
            logger.info("Hinweis zum PDF: %s", text)
        self._print(joined, concept, paper)

    def _plan(self, paper: Paper, concept: Concept) -> list[tuple[str, str | None]]:
        """List the pages to print, each with the one section of it if it is not all of them."""
        pages: list[tuple[str, str | None]] = [
            (page, None) for page in self.pages_of(paper, concept, self._annexes() if paper.council else ())
        ]
        if paper.chapter and MEASURES_PAGE in self.env.found_docs:
            pages.append((MEASURES_PAGE, catalogue_section(paper.chapter)))
        return pages

    def _annexes(self) -> dict[str, str]:
        """Give the pages of Part B with their titles."""
        return {
            docname: self.env.titles[docname].astext()
            for docname in ik.pages_in_order(self.env, self.config.root_doc)
            if self._part(docname) in self.config.konzept_annexes
        }

    def _part(self, docname: str) -> str:
        """Name the part of the book that a page belongs to."""
        for toctree in self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree):
            if docname in toctree["includefiles"]:
                return toctree.get("caption") or ""
        return ""

    def finish(self) -> None:
        # Extensions write into this folder whatever the builder.
        (Path(self.outdir) / "_static").mkdir(exist_ok=True)

    def _fragment(self, docname: str) -> str:
        doctree = self.env.get_and_resolve_doctree(docname, self)
        for wrapper in [*doctree.findall(nodes.compound)]:
            if "toctree-wrapper" in wrapper["classes"]:
                wrapper.parent.remove(wrapper)
        return fragment(self, docname, doctree)

    def _print(self, joined: Joined, concept: Concept, paper: Paper) -> None:
        state = str(self.config.konzept_data_state)
        root = Path(self.srcdir)
        html = document.whole(joined, concept, paper, data_id=state, project=root)
        files = [*_tables(concept.package), *_figures(joined, self.env)]
        target = Path(self.outdir) / paper.file(concept.package)
        # All that it is made of, but for its pictures.
        parts = [html, state, str(self.config.konzept_code_state), *map(repr, files)]
        matter = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        if is_current(target, matter):
            logger.info("Das PDF ist unverändert.")
            return
        printed = layout(html, root, state)
        for complaint in printed.complaints:
            logger.warning("PDF: %s", complaint, type="konzept", subtype="pdf")
        upper = (
            overlay(printed.sheets, root, cover=paper.chapter is None and not paper.report)
            if paper.draft
            else None
        )
        content = finish(printed.content, attachments=files, day=concept.package.stand, overlay=upper)
        write_whole(target, content)
        # What was complained about is to be complained about again.
        if not printed.complaints:
            note(target, matter, printed.files)


def _tables(package: Package) -> list[Attachment]:
    """Take all tables and their description along."""
    description = described(package, read_folder(package.folder).rows["dokumente"])
    text = f"{json.dumps(description, ensure_ascii=False, indent=1)}\n"
    tables = package.tables.values()
    return [
        Attachment(DESCRIPTOR, "Beschreibung der Tabellen", "application/json", text.encode()),
        *(Attachment(t.file, f"Tabelle „{t.title}“", "text/csv", of_today(package, t)) for t in tables),
    ]


def _figures(joined: Joined, env: BuildEnvironment) -> list[Attachment]:
    """Take what each printed figure shows along, as the pages offer it beside the figure."""
    captions = {caption.target: caption for caption in joined.figures}
    found = []
    for docname in sorted(env.found_docs):
        for node in env.get_doctree(docname).findall(ik.concept_figure):
            caption = captions.get(f"{slug(docname)}--{node['ids'][0]}")
            foot = next(iter(node.findall(ik.figure_foot)), None)
            if caption and foot:
                about = f"Daten zu {caption.number}: {caption.text}"
                found.append(Attachment(foot["file"], about, "text/csv", foot["csv"].encode()))
    return found
