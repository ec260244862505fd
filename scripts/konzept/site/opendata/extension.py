"""The data as files beside the pages, and what search engines read on their page."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from konzept.concept.assembly import load_concept
from konzept.concept.editions import folder_of
from konzept.data.files import whole
from konzept.elements.publication.downloads import FOLDER, PAGE
from konzept.site.check import data_folder

logger = logging.getLogger(__name__)

_NOTE = ".konzept-daten"
"""Beside the folder: for which data and program it was written, and what belongs to it."""


def _write(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the files before the page that names their sizes; what is there already stays."""
    if app.builder.format != "html" or app.builder.name == "pdf" or not app.config.konzept_data_files:
        return
    folder, note = Path(app.outdir) / FOLDER, Path(app.outdir) / _NOTE
    state = f"{app.config.konzept_data_state} {app.config.konzept_code_state} {_issued(data_folder(app))}"
    if PAGE not in env.found_docs:
        shutil.rmtree(folder, ignore_errors=True)
        return
    if _is_current(folder, note, state):
        return
    # Here, because most builds find the files written, and what writes workbooks takes its time to load.
    from konzept.site.opendata.files import open_data

    data = open_data(load_concept(data_folder(app)))
    for hint in data.hints:
        logger.info("Hinweis zu den Dateien: %s", hint)
    # Files of what is no longer in the data go with the folder.
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in data.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sizes = [f"{len(content)} {name}" for name, content in data.files.items()]
    with whole(note) as waiting:
        waiting.write_text("\n".join([state, data.search, *sizes]), "utf-8")


def _issued(data: Path) -> str:
    """Name the state of the editions' PDFs: the catalogue describes them, too."""
    papers = sorted(folder_of(data).glob("*.pdf"))
    digests = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in papers]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:12]


def _is_current(folder: Path, note: Path, state: str) -> bool:
    """Tell whether the files are those of this state, and all of them are whole."""
    try:
        known, _, *sizes = note.read_text("utf-8").split("\n")
        parts = [line.partition(" ") for line in sizes]
        return known == state and all((folder / name).stat().st_size == int(n) for n, _, name in parts)
    except (OSError, ValueError):
        return False


def _describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the page of the data tell search engines what it offers."""
    note = Path(app.outdir) / _NOTE
    if pagename != PAGE or app.builder.name == "pdf" or not note.is_file():
        return
    search = note.read_text("utf-8").split("\n")[1].replace("<", "\\u003c")
    context["metatags"] = f'{context.get("metatags", "")}<script type="application/ld+json">{search}</script>'


def setup(app: Sphinx) -> None:
    """Register the files of the data."""
    # The preview's first look at a page does without them.
    app.add_config_value("konzept_data_files", True, "", [bool])
    app.connect("env-updated", _write)
    app.connect("html-page-context", _describe)
