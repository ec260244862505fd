"""Builds what a cell hands over; myst-nb finds it by its entry point (`pyproject.toml`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer

from konzept.elements import content
from konzept.site import nodes as ik
from konzept.site.blocks import measures, tables, texts
from konzept.site.blocks.surroundings import Place

BUILDERS: dict[type, Callable[[Place, Any], list[nodes.Node]]] = {
    content.Figure: tables.figure,
    content.Table: tables.table,
    content.Text: texts.text,
    content.Facts: texts.facts,
    content.Notice: texts.notice,
    content.Sheets: texts.sheets,
    content.Points: texts.points,
    content.Documents: texts.documents,
    content.Profiles: measures.profiles,
    content.Register: measures.register,
    content.Folds: measures.folds,
    content.Cards: measures.cards,
    content.Explorer: measures.explorer,
}


class BlockRenderer(MimeRenderPlugin):
    """Renders the content of a cell as the book's nodes."""

    mime_priority_overrides = (("*", content.MIME, 1),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Build a block; leave all else to myst-nb."""
        if data.mime_type != content.MIME or inline:
            return None
        block = content.decoded(data.content)
        page = renderer.renderer
        return [ik.block("", *BUILDERS[type(block)](Place(page.sphinx_env, page.document), block))]
