"""Takes nothing from jupyter-cache that is not whole: what is broken goes, and is run again."""

from __future__ import annotations

import shutil
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode

from konzept.site.compat import drop, is_sound


def open_cache(folder: Path) -> JupyterCacheBase:
    """Open the cache; a broken one, or one of another version, is made anew."""
    if folder.exists() and not is_sound(folder):
        shutil.rmtree(folder)
    return get_cache(str(folder))


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
    drop(cache, record)
    return False
