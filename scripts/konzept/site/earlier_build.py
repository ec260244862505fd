"""Trusts what an earlier build has left only if that build came to a good end, and files only by their content.

A build that failed or was killed may have read what it did not write.  After it, all pages are read and
written anew; notebooks that have run and charts that are drawn are kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from konzept.site.compat import warnings_of

MARK = ".konzept-ganz"
_SOURCE = "konzept_source"
"""What Sphinx keeps among a page's metadata: the state of the file that was read."""


def _distrust(app: Sphinx, config: Config) -> None:
    """Forget what was read by a build without a good end."""
    folder = Path(app.doctreedir)
    if not (folder / MARK).is_file():
        (folder / ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def _begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    (Path(app.doctreedir) / MARK).unlink(missing_ok=True)


def _end(app: Sphinx, error: Exception | None) -> None:
    # The second build of a page with a warning would be silent, for it would not read the page again.
    strict = app.warningiserror or app.keep_going
    if error is None and not (strict and warnings_of(app)):
        (Path(app.doctreedir) / MARK).touch()


def _changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name pages that are not what was read, even if their time says so, as that of a restored file does."""
    known = {name: noted[_SOURCE] for name, noted in env.metadata.items() if _SOURCE in noted}
    return [name for name in env.found_docs if name in known and known[name] != _state(env, name)]


def _note(app: Sphinx, docname: str, source: list[str]) -> None:
    app.env.metadata[docname][_SOURCE] = _state(app.env, docname)


def _state(env: BuildEnvironment, docname: str) -> str:
    return hashlib.sha256(Path(env.doc2path(docname)).read_bytes()).hexdigest()


def setup(app: Sphinx) -> None:
    """Register what tells whole builds from others."""
    app.connect("config-inited", _distrust)
    app.connect("env-get-outdated", _changed)
    app.connect("env-before-read-docs", _begin, priority=0)
    app.connect("source-read", _note, priority=100)
    # When all others have done their work.
    app.connect("build-finished", _end, priority=1000)
