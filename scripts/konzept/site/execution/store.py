"""Takes nothing from jupyter-cache that is not whole: what is broken goes, and is run again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from jupyter_cache import __version__, get_cache
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode


def open_cache(folder: Path) -> JupyterCacheBase:
    """Open the cache; a broken one, or one of another version, is made anew."""
    if folder.exists() and not _is_sound(folder):
        shutil.rmtree(folder)
    return get_cache(str(folder))


def _is_sound(folder: Path) -> bool:
    try:
        version = (folder / "__version__.txt").read_text("utf-8").strip()
        with closing(sqlite3.connect(folder / "global.db")) as database:
            (answer,) = database.execute("PRAGMA quick_check(1)").fetchone()
            database.execute("SELECT hashkey FROM nbcache LIMIT 1")
    except (OSError, UnicodeDecodeError, sqlite3.Error):
        return False
    return bool(version == __version__ and answer == "ok")


def outputs_in(cache: JupyterCacheBase, notebook: NotebookNode) -> bool:
    """Tell whether the cache holds a notebook's outputs, readable and complete."""
    try:
        record = cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    try:
        kept = cache.get_cache_bundle(record.pk).nb
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if [c.source for c in kept.cells] == [c.source for c in cells]:
            return True
    except (KeyError, ValueError, AttributeError):
        pass
    shutil.rmtree(cache.path / "executed" / record.hashkey, ignore_errors=True)
    NbCacheRecord.remove_record(record.pk, cache.db)
    return False
