"""The two pages that readers do not choose: the address without a page, and an address that is none.

Both stand alone, so that they show wherever a server answers with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

ROOT, MISSING = "index", "404"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.format == "html" and app.builder.name != "pdf":
        if app.config.root_doc != ROOT:
            yield ROOT, {"title": ""}, "eingang.html"
        yield MISSING, {"title": "Seite nicht gefunden"}, "nicht-gefunden.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both pages."""
    app.connect("html-collect-pages", _pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
