"""Makes page and PDF of a status report: ``python -m konzept.paper.report PROJECT WORK NAME``.

The book's settings and extensions, a contents of one page, and a notebook that has run already.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

_NOT_NEEDED = ("konzept.site.execution", "konzept.site.explorer", "konzept.site.editions")
"""It has run already; nobody chooses on it, and no edition lies beside it."""


def main(project: Path, work: Path, name: str) -> int:
    """Make both; give 0 if they are whole."""
    nocolor()
    source = work / "quelle"
    own: dict[str, Any] = {
        "latex_individualpages": False,
        "external_toc_path": "inhalt.yml",
        "nb_execution_mode": "off",
    }
    config, _ = get_final_config(user_yaml=project / "_config.yml", cli_config=own, sourcedir=source)
    config["extensions"] = [e for e in config["extensions"] if e not in _NOT_NEEDED]
    config.pop("konzept_execution", None)
    config["konzept_not_in_print"] = []
    # One page needs no list of pages, and nothing to search them by.
    config["html_sidebars"] = {"**": ["ik-marke.html"]}
    options = config["html_theme_options"]
    options["article_header_end"] = [
        name for name in options["article_header_end"] if name != "ik-kopf-suche.html"
    ]
    for builder in ("html", "pdf"):
        with patch_docutils(None), docutils_namespace():
            app = Sphinx(
                srcdir=source,
                confdir=None,
                outdir=work / builder,
                doctreedir=work / f".doctrees-{builder}",
                buildername=builder,
                confoverrides=copy.deepcopy(config),
                status=sys.stdout,
                warning=sys.stderr,
                freshenv=True,
                warningiserror=True,
                keep_going=True,
            )
            app.build(force_all=True)
        if app.statuscode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
