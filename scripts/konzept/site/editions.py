"""Puts what was issued of the concept beside the pages: the PDFs of all editions, and what sums them up."""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from konzept.concept.editions import FOLDER, NOTES, folder_of
from konzept.site.check import data_folder


def _copy(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html" or app.builder.name == "pdf":
        return
    source, target = folder_of(data_folder(app)), Path(app.outdir) / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    files = [path for path in sorted(source.glob("*")) if path.name == NOTES or path.suffix == ".pdf"]
    for path in files:
        target.mkdir(exist_ok=True)
        shutil.copy2(path, target)


def setup(app: Sphinx) -> None:
    """Register the copying."""
    # Before all files are looked through for private names.
    app.connect("build-finished", _copy, priority=800)
