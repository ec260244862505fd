"""What both builders of papers share: which pages a paper has, and how links between them are written until it is joined."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sphinx.builders import Builder
from sphinx.errors import ExtensionError

from konzept.concept.model import Concept
from konzept.data.problems import suggestion
from konzept.paper.joining import SCHEME
from konzept.site import nodes as ik
from konzept.site.blocks.surroundings import field_page
from konzept.site.papers import Paper


class PaperBuilder(Builder):
    """Builds one document of pages."""

    def get_outdated_docs(self) -> Iterator[str]:
        """Name all pages: a document is always written as a whole."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Name a page, for links to be resolved when all is written."""
        return f"{SCHEME}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Name a page alike from everywhere."""
        return self.get_target_uri(to, typ)

    def pages_of(self, paper: Paper, concept: Concept, left_out: Collection[str] = ()) -> list[str]:
        """Name the pages of a paper in their order; `left_out` are those that this one lacks besides."""
        if paper.chapter is None:
            # The paper has its own lists, with page numbers.
            without = {*self.config.konzept_not_in_print, *left_out}
            return [d for d in ik.pages_in_order(self.env, self.config.root_doc) if d not in without]
        page = field_page(self.env, paper.chapter)
        if page is None:
            known = [f.id for f in concept.fields if field_page(self.env, f.id)]
            raise ExtensionError(
                f"Ein Kapitel „{paper.chapter}“ gibt es nicht.{suggestion(paper.chapter, known)}"
            )
        return [page]
