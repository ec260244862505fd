"""Doors into the inside of Sphinx, docutils, jupyter-cache, ipykernel and the theme, where no public way leads.

What is here may be gone with any version; tests/unit/test_compat.py says so before a build does.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_cache import __version__ as cache_version
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translator
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from ipykernel.ipkernel import IPythonKernel

ICON_FONTS = Path("_static/vendor/fontawesome/webfonts")
"""Where the theme lays its icon fonts; it has no setting for fewer icons."""

ICON_FONT = "fa-solid-900"
"""The theme's icon font, as ``.ttf`` to cut from and as ``.woff2`` on the pages."""

ICON_SCRIPT = "scripts/fontawesome.js"
"""The theme's script that repeats its icon font (1.4 MB); the theme links it from every page, whatever is set."""

HIGHLIGHT = "sphinx_highlight.js"
"""Sphinx's script that stores what was searched for, in order to mark it; no setting leaves it out."""

SEARCH_SCRIPTS = ("searchtools.js", "language_data.js")
"""Scripts of Sphinx's own search, which it copies even where the book has another one."""

TEMPLATES = "*macros.html"
"""Templates that the themes leave among their static files."""

BUILD_INFO = ".buildinfo"
"""The file by which Sphinx tells whether pages were made with another configuration."""

OUTDATED = "# Sphinx build info version 1\n#\nconfig: veraltet\ntags: veraltet\n"
"""A build info after which Sphinx writes all pages; an event may name pages to be written, but not so early."""

_BUILD_INFO = re.compile(r"# Sphinx build info version 1\n#.*\nconfig: \S+\ntags: \S+\n")


def warnings_of(app: Sphinx) -> int:
    """Count the warnings so far; `statuscode` knows only those before `build-finished`, and only of a strict build."""
    return app._warncount


def write_pages(builder: Builder, pages: Sequence[str]) -> None:
    """Write these pages and no others; what is public writes those as well that list them in their contents."""
    builder._write_serial(pages)


def forget_doctrees(env: BuildEnvironment) -> None:
    """Have pages taken from disk as they were read last; Sphinx keeps what was asked for, and offers no way to drop it."""
    env._pickled_doctree_cache.clear()
    env.__dict__.pop("master_doctree", None)


def translations(catalogue: str) -> dict[str, str]:
    """Give the words of a catalogue, to be overwritten; gettext itself only adds for what a catalogue lacks."""
    # Without its files Sphinx takes a catalogue without words.
    return getattr(get_translator(catalogue), "_catalog", {})


def counted_rows(translator: HTML5Translator) -> list[int]:
    """Give the counts of rows, one a table around the place; only Sphinx's own writer of tables keeps them for its writer of rows."""
    return translator._table_row_indices


def is_build_info(text: str) -> bool:
    """Tell whether Sphinx could read this as its build info; for any other text it fails at every build."""
    return _BUILD_INFO.fullmatch(text) is not None


def is_sound(cache: Path) -> bool:
    """Tell whether a folder of jupyter-cache is whole and of this version; it would notice neither when it opens it."""
    try:
        version = (cache / "__version__.txt").read_text("utf-8").strip()
        with closing(sqlite3.connect(cache / "global.db")) as database:
            (answer,) = database.execute("PRAGMA quick_check(1)").fetchone()
            database.execute("SELECT hashkey FROM nbcache LIMIT 1")
    except (OSError, UnicodeDecodeError, sqlite3.Error):
        return False
    return bool(version == cache_version and answer == "ok")


def drop(cache: JupyterCacheBase, record: NbCacheRecord) -> None:
    """Drop a notebook and its record; jupyter-cache's own `remove_cache` fails where the notebook is gone already."""
    shutil.rmtree(cache.path / "executed" / record.hashkey, ignore_errors=True)
    NbCacheRecord.remove_record(record.pk, cache.db)


@contextmanager
def without_debugger() -> Iterator[None]:
    """Make a kernel without its debugger: it takes long to load, starts threads, and has no setting to leave it out."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    yield
    del sys.modules["debugpy"]


def without_queues(kernel: IPythonKernel) -> None:
    """Let a kernel live without sockets: after a failure it would empty queues that are not there, and wait for them."""
    kernel._abort_queues = lambda *_: None  # type: ignore[method-assign]
    kernel._execute_sleep = 0.0
