"""The two pages that readers do not choose: the address without a page, and an address that is none.

Both stand alone, so that they show wherever a server answers with them.  Once the book has an address,
search engines find its pages by a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from konzept.site.check import package
from konzept.site.languages import PAGES, listed

ROOT, MISSING = "index", "404"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.format == "html" and app.builder.name != "pdf":
        if app.config.root_doc != ROOT:
            yield ROOT, {"title": ""}, "eingang.html"
        yield MISSING, {"title": "Seite nicht gefunden"}, "nicht-gefunden.html"


def _list(app: Sphinx, error: Exception | None) -> None:
    """Write the list of pages for search engines, which wants whole addresses."""
    if error or app.builder.format != "html" or app.builder.name == "pdf":
        return
    path, address = Path(app.outdir) / "sitemap.xml", package(app).address
    if not address:
        path.unlink(missing_ok=True)
        return
    checked = (f"{PAGES}/{e['code']}" for e in listed(app) if not e["draft"])
    names = sorted([*app.env.found_docs, *checked])
    pages = "".join(f"<url><loc>{escape(f'{address}{name}.html')}</loc></url>\n" for name in names)
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n',
        "utf-8",
    )


def setup(app: Sphinx) -> None:
    """Register both pages."""
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _list)
