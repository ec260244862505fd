"""Trusts what an earlier build has left only if that build came to a good end, and files only by their content.

A build that failed or was killed may have read what it did not write.  After it, all pages are read and
written anew; notebooks that have run and charts that are drawn are kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

MARK = ".konzept-ganz"


def _distrust(app: Sphinx, config: Config) -> None:
    """Forget what was read by a build without a good end."""
    folder = Path(app.doctreedir)
    if not (folder / MARK).is_file():
        (folder / "environment.pickle").unlink(missing_ok=True)


def _begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    (Path(app.doctreedir) / MARK).unlink(missing_ok=True)


def _end(app: Sphinx, error: Exception | None) -> None:
    # The second build of a page with a warning would be silent, for it would not read the page again.
    strict = app.warningiserror or app.keep_going
    if error is None and not (strict and app._warncount):
        (Path(app.doctreedir) / MARK).touch()


def _changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name pages that are not what was read, even if their time says so, as that of a restored file does."""
    known = _sources(env)
    return [name for name in env.found_docs if name in known and known[name] != _state(env, name)]


def _note(app: Sphinx, docname: str, source: list[str]) -> None:
    _sources(app.env)[docname] = _state(app.env, docname)


def _sources(env: BuildEnvironment) -> dict[str, str]:
    """What was read, by page."""
    if not hasattr(env, "konzept_sources"):
        env.konzept_sources = {}  # type: ignore[attr-defined]
    return env.konzept_sources  # type: ignore[attr-defined,no-any-return]


def _state(env: BuildEnvironment, docname: str) -> str:
    return hashlib.sha256(Path(env.doc2path(docname)).read_bytes()).hexdigest()


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    _sources(env).update({d: s for d, s in _sources(other).items() if d in docnames})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what tells whole builds from others."""
    app.connect("config-inited", _distrust)
    app.connect("env-get-outdated", _changed)
    app.connect("env-before-read-docs", _begin, priority=0)
    app.connect("source-read", _note, priority=100)
    app.connect("env-merge-info", _merge)
    # When all others have done their work.
    app.connect("build-finished", _end, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
