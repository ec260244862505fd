"""The builder ``word``: a chapter, all pages or the report as one Word document."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.data.files import write_whole
from konzept.paper.planning import PaperBuilder
from konzept.paper.word.document import Head, word_document
from konzept.paper.word.exporting import word_file
from konzept.paper.word.writer import Page
from konzept.site import nodes as ik
from konzept.site.charts import drawings
from konzept.site.check import data_folder
from konzept.site.papers import Paper
from konzept.site.rendering import draw
from konzept.words import german

logger = logging.getLogger(__name__)

_PICTURES = (".png", ".jpg", ".jpeg")


class WordBuilder(PaperBuilder):
    """Builds one Word document."""

    name = "word"
    format = "word"
    epilog = "Das Dokument liegt in %(outdir)s."
    supported_image_types = ["image/png", "image/jpeg"]  # noqa: RUF012  # as in the base class
    allow_parallel = True

    def write(
        self, build_docnames: Iterable[str] | None, updated_docnames: Sequence[str], method: str = "update"
    ) -> None:
        """Write the document."""
        paper = Paper.from_environment(os.environ)
        concept = load_concept(data_folder(self.app))
        pages = [self._page(docname) for docname in self.pages_of(paper, concept)]
        self._draw(pages)
        content = word_document(_head(concept, paper), pages, self._picture)
        write_whole(Path(self.outdir) / word_file(paper), content)

    def _page(self, docname: str) -> Page:
        logger.info("Seite für Word: %s", docname)
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


def _head(concept: Concept, paper: Paper) -> Head:
    """Gather what the document says of itself."""
    package = concept.package
    whole_name = f"{package.title} {package.town.genitive or package.town.title}"
    name = "Sachstandsbericht" if paper.report else whole_name
    if paper.chapter:
        name = concept.field(paper.chapter).name
    return Head(
        town=package.town.title,
        title=name if name == whole_name else f"{name} – {whole_name}",
        top=whole_name if package.official else f"{whole_name}. {package.notice}",
        foot=f"{name}, Stand {german.date(package.stand)}",
        speaker=package.speaker,
        day=package.stand,
    )
