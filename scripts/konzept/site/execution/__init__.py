"""Runs the book's notebooks before Sphinx reads them, two at a time and without starting kernels.

The results go into jupyter-cache, where myst-nb finds them when it reads the pages; a notebook that is
not there it runs itself.  So the extension may be left out (``konzept_execution = ""`` or its line in
`_config.yml`): the pages are the same, and come later.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from myst_nb.core.render import get_mime_priority
from myst_nb.sphinx_ import NbMetadataCollector
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util import logging

from konzept.site.check import data_folder, with_state
from konzept.site.compat import drop, is_sound
from konzept.site.execution.forking import ForkingFailed, Job, can_fork, run_forked

logger = logging.getLogger(__name__)

_GLUED = "application/papermill.record/"


@dataclass(frozen=True)
class _Page:
    """A page that is a notebook."""

    name: str
    path: Path
    notebook: NotebookNode


def _execute(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run those notebooks among the pages to be read that the cache does not hold."""
    if not app.config.konzept_execution or env.mystnb_config.execution_mode != "cache":  # type: ignore[attr-defined]
        return
    pages = [page for name in docnames if (page := _page(app, env, name))]
    if not pages:
        return
    cache = open_cache(Path(env.mystnb_config.execution_cache_path))  # type: ignore[attr-defined]
    missing = [page for page in pages if not outputs_in(cache, page.notebook)]
    if not missing:
        return
    failed, dropped = [], []
    for number, (page, result) in enumerate(_results(app, env, missing), 1):
        logger.info("Kapitel rechnen: %s (%s %%)", page.name, 100 * number // len(missing))
        if result.err is not None:
            failed.append((page, result))
        elif lost := _dropped(app, result.nb):
            dropped.append((page, lost))
        else:
            bundle = CacheBundleIn(result.nb, str(page.path), data={"execution_seconds": result.time})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    if dropped:
        raise ExtensionError("\n".join(_dropped_message(env, page, lost) for page, lost in dropped))
    # What may fail is left to myst-nb, which runs and shows it in its own way.
    if failed and env.mystnb_config.execution_raise_on_error:  # type: ignore[attr-defined]
        for page, result in sorted(failed, key=lambda pair: pair[0].name):
            text = f"Executing notebook failed: {type(result.err).__name__}\n{result.exc_string}"
            logger.warning(text, location=page.name, type="mystnb", subtype="exec")
        raise SphinxError("Notebooks failed: " + ", ".join(page.name for page, _ in failed))


# Nothing is taken from jupyter-cache that is not whole: what is broken goes, and is run again.


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


def _page(app: Sphinx, env: BuildEnvironment, docname: str) -> _Page | None:
    """Read a page as myst-nb will; None if it is no notebook of ours."""
    path = Path(env.doc2path(docname))
    try:
        text = with_state(app, path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        return None  # Sphinx will say so
    config = env.mystnb_config  # type: ignore[attr-defined]
    reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
    if reader is None:
        return None
    notebook = reader.read(text)
    # A page with settings of its own is myst-nb's to run.
    return None if config.metadata_key in notebook.metadata else _Page(docname, path, notebook)


def _results(
    app: Sphinx, env: BuildEnvironment, pages: Sequence[_Page]
) -> Iterator[tuple[_Page, ExecutionResult]]:
    """Run pages in forks, or where that is impossible by kernels, as nbclient does."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    timeout, may_fail = config.execution_timeout, config.execution_allow_errors
    if app.config.konzept_execution == "fork" and can_fork():
        jobs = [Job(page.notebook, page.path.parent, timeout, may_fail) for page in pages]
        try:
            for number, result in run_forked(jobs, warm_up=lambda: _warm_up(app)):
                yield pages[number], result
        except ForkingFailed as error:
            text = "Das Rechnen der Kapitel ist abgebrochen, vielleicht aus Mangel an Arbeitsspeicher."
            raise ExtensionError(text) from error
        return
    for page in pages:
        yield (
            page,
            single_nb_execution(
                page.notebook, cwd=str(page.path.parent), timeout=timeout, allow_errors=may_fail
            ),
        )


def _warm_up(app: Sphinx) -> None:
    """Load what every chapter needs: the concept, and Plotly by drawing up one figure."""
    from konzept.elements.status.figure import all_status_figure
    from konzept.notebook.book import open_book
    from konzept.notebook.output import Shown

    if figure := all_status_figure(open_book(str(data_folder(app))).concept):
        Shown(figure)._repr_mimebundle_()


def _dropped(app: Sphinx, notebook: NotebookNode) -> set[str]:
    """Name the kinds of output that no page would show, nor anything in their place."""
    shown = set(get_mime_priority("html", app.config.nb_mime_priority_overrides))
    lost: set[str] = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            kinds = {kind for kind in output.get("data", ()) if not kind.startswith(_GLUED)}
            # Plain text stands for an object that has no better form; it is no picture.
            if not kinds & (shown - {"text/plain"}):
                lost |= kinds - shown
    return lost


def _dropped_message(env: BuildEnvironment, page: _Page, kinds: set[str]) -> str:
    place = Path(env.doc2path(page.name, base=False)).as_posix()
    return (
        f"{place}: Eine Ausgabe käme nicht auf die Seite ({', '.join(sorted(kinds))}). "
        "Zeigen Sie Abbildungen und Tabellen mit den Bausteinen des Buchs."
    )


def _all_executed(app: Sphinx, env: BuildEnvironment) -> None:
    """Fail if a page holds cells that have not run."""
    data = NbMetadataCollector.get_doc_data(env)
    for docname in sorted(env.found_docs):
        if "kernelspec" in env.metadata[docname]:
            ran = data[docname].get("exec_data") if docname in data else None
            if not (ran and ran["succeeded"]):
                place = Path(env.doc2path(docname, base=False)).as_posix()
                raise ExtensionError(f"{place}: Die Zellen dieser Seite sind nicht gelaufen.")


def setup(app: Sphinx) -> None:
    """Register the execution of notebooks."""
    app.add_config_value("konzept_execution", "fork", "", [str])
    app.connect("env-before-read-docs", _execute)
    app.connect("env-updated", _all_executed)
