"""The book as one Sphinx extension: its parts in their order, and the settings that every town's book shares.

`_config.yml` holds what Jupyter Book itself reads and what is this town's; what is set there is not set here.
"""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Mapping
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from konzept.home import ASSETS
from konzept.site.papers import Paper

PARTS = (
    *("site.guard", "site.check", "site.earlier_build", "site.execution", "site.blocks", "site.charts"),
    *(
        "site.languages",
        "site.explorer",
        "site.opendata.extension",
        "site.folding",
        "site.search",
        "site.entry_pages",
    ),
    *(
        "site.outline",
        "site.references",
        "site.notes",
        "site.approvals",
        "site.editions",
        "site.theme",
    ),
    "paper",
)
_NOT_IN_A_REPORT = ("site.execution", "site.explorer", "site.editions", "site.languages")
"""A Sachstandsbericht has run already; nobody chooses on it, and neither editions nor other languages lie beside it."""

SETTINGS: Mapping[str, Any] = {
    # Headings of the first two levels can be linked to from other pages.
    "myst_heading_anchors": 2,
    # Quotation marks are those that the author typed.
    "smartquotes": False,
    "numfig_secnum_depth": 1,
    # No-break spaces, so that "Abb." and its number stay on one line.
    "numfig_format": {
        "figure": "Abb.\N{NO-BREAK SPACE}%s",
        "table": "Tab.\N{NO-BREAK SPACE}%s",
        "section": "Kapitel\N{NO-BREAK SPACE}%s",
        "code-block": "Listing\N{NO-BREAK SPACE}%s",
    },
    # Readers see results, not code.
    "nb_remove_code_source": True,
    # The paper has its own cover, contents and lists in place of these; a browser's data are not its matter, and no paper holds its own checksum.
    "konzept_not_in_print": [
        *(
            "book/index",
            "book/so-geht-es-weiter",
            "book/erkunden",
            "book/verzeichnisse",
            "book/ausgaben",
            "book/datenschutz",
        ),
        *("book/mitschreiben", "book/konzept-uebernehmen"),
    ],
    # Parts of _toc.yml that are Part B: folded in the navigation and left out of the council's own paper.
    "konzept_annexes": ["Anlagen"],
    # For those who write the book: not among what readers choose from; the first stands in the foot and leads to the others.
    "konzept_for_authors": ["book/mitschreiben", "book/konzept-uebernehmen"],
    # Parts of _toc.yml with short pages: on paper these follow each other without a new sheet.
    "konzept_run_on_in_print": ["Das Konzept", "Handlungsfelder", "Umsetzung", "Anlagen"],
    # Light or dark as the reader's device says; without a value the theme complains in the console.
    "html_context": {"default_mode": "auto"},
    # Its only entries would be the terms of the glossary.
    "html_use_index": False,
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_show_copyright": False,
    # Ours in place of the theme's, whose labels are English.
    "html_sidebars": {"**": ["ik-marke.html", "ik-suche.html", "ik-seiten.html"]},
}
_OF_THE_THEME: Mapping[str, Any] = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    # Else a second header with a search box appears.
    "navbar_persistent": [],
    "article_header_start": ["ik-kopf-menue.html", "ik-kopf-titel.html"],
    "article_header_end": [
        f"ik-kopf-{name}.html" for name in ("sprachen", "pdf", "vorfuehren", "farbe", "suche", "inhalt")
    ],
    "footer_content_items": ["ik-fuss.html"],
    "show_prev_next": True,
    # The start page is wide and short: no list of its headings beside it.
    "secondary_sidebar_items": {"**": ["page-toc.html"], "book/index": []},
    "show_navbar_depth": 1,
    "show_toc_level": 2,
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Load the parts of the book."""
    # A book is a tree that lives to the end: who looks for garbage in it often takes a seventh of the time.
    gc.set_threshold(20_000)
    atexit.register(gc.freeze)
    report = Paper.from_environment(os.environ).report
    for part in PARTS:
        if part not in _NOT_IN_A_REPORT or not report:
            import_module(f"konzept.{part}").setup(app)
    # Before any other extension acts by them.
    app.connect("config-inited", _settle, priority=0)
    app.connect("config-inited", _take_assets, priority=0)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _settle(app: Sphinx, config: Config) -> None:
    # Copies, because other extensions add to them, and a report is two books of one program.
    for name in SETTINGS.keys() - config.overrides.keys():
        config[name] = deepcopy(SETTINGS[name])
    options = {**deepcopy(_OF_THE_THEME), **config.html_theme_options}
    # Jupyter Book has set one in English.
    config.html_theme_options = {**options, "search_bar_text": "Suche"}
    # The charts' JSON is for JupyterLab and other programs; the book takes the content beside it.
    config.suppress_warnings = [*config.suppress_warnings, "mystnb.unknown_mime_type"]


def _take_assets(app: Sphinx, config: Config) -> None:
    """Take styles, scripts and templates from the program, by their way from the book: then no folder changes a page."""
    web, templates = (_from_here(app, ASSETS / name) for name in ("web", "templates"))
    # Not _static/: Jupyter Book would load every script in it on every page.
    config.html_static_path = [*config.html_static_path, web]
    config.templates_path = [*config.templates_path, templates]
    config.html_favicon = config.html_favicon or f"{web}/favicon.svg"


def _from_here(app: Sphinx, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, app.confdir)).as_posix()
    except ValueError:  # on Windows, from another drive
        return path.as_posix()
