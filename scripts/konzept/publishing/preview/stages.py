"""One page quickly, then the whole book, with the same Sphinx application that publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils

from konzept.elements.publication.downloads import PAGE as DATA_PAGE
from konzept.publishing.preview.folders import Folders
from konzept.site.compat import forget_doctrees, warnings_of, write_pages
from konzept.site.guard import is_clean
from konzept.site.theme import seal


@contextmanager
def application(folders: Folders, log: TextIO, progress: TextIO, *, fork: bool = True) -> Iterator[Sphinx]:
    """Set up Sphinx as Jupyter Book does, but for the preview: charts are not drawn.

    Parameters
    ----------
    folders
        Where to build.
    log
        Takes warnings.
    progress
        Takes what Sphinx tells of its progress.
    fork
        Whether notebooks may run in forks.
    """
    own = {"latex_individualpages": False, "external_toc_path": "_toc.yml", "konzept_draw": False}
    if not fork:
        own["konzept_execution"] = "kernel"
    config, _ = get_final_config(
        user_yaml=folders.project / "_config.yml", cli_config=own, sourcedir=folders.project
    )
    with patch_docutils(None), docutils_namespace():
        yield Sphinx(
            srcdir=folders.project,
            confdir=None,
            outdir=folders.out,
            doctreedir=folders.doctrees,
            buildername="html",
            confoverrides=config,
            # Progress apart: a warning begins a line of its own.
            status=progress,
            warning=log,
            warningiserror=True,
            keep_going=True,
        )


def warm_up(app: Sphinx) -> None:
    """Write the start page once, if it has been read, so that templates and their like are at hand."""
    builder, start = app.builder, app.config.root_doc
    # A round that was undone leaves a page known and not read.
    if start in app.env.all_docs and (Path(app.doctreedir) / f"{start}.doctree").is_file():
        builder.prepare_writing({start})
        builder.write_doc(start, app.env.get_and_resolve_doctree(start, builder))
        _forget_old_pages(app, app.env)


def build_view(app: Sphinx, changed: frozenset[Path], view: tuple[str, ...]) -> list[str]:
    """Read and write the pages in view and nothing else; give those that are good.

    The application knows only half of the change afterwards and is of no further use.
    """
    builder, env = app.builder, app.env
    app.config.konzept_data_files = DATA_PAGE in view

    def only_view(_: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        docnames[:] = [name for name in docnames if name in view]

    app.connect("env-get-outdated", _touched(changed))
    # Before others who work on the pages that are to be read.
    app.connect("env-before-read-docs", only_view, priority=1)
    app.connect("env-updated", _forget_old_pages, priority=1)
    with logging.pending_warnings():
        pages = sorted(set(builder.read()) & set(view))
    if pages:
        list(env.check_dependents(app, set(pages)))  # numbers figures and tables
        app.phase = BuildPhase.RESOLVING
        builder.prepare_writing(set(pages))
        write_pages(builder, pages)
        builder.copy_image_files()  # type: ignore[attr-defined]
    written = [Path(builder.get_outfilename(page)) for page in pages]  # type: ignore[attr-defined]
    good = is_clean(app, written) and not [page for page in written if not seal(page)]
    return pages if good and not warnings_of(app) else []


def build_book(app: Sphinx, changed: frozenset[Path], view: tuple[str, ...], *, everything: bool) -> bool:
    """Build all that a change touches, the pages in view first; tell whether it is good."""

    def view_first(_: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        docnames.sort(key=lambda name: (name not in view, name))

    app.connect("env-get-outdated", _touched(changed))
    app.connect("env-before-read-docs", view_first, priority=1)
    app.connect("env-updated", _forget_old_pages, priority=1)
    app.build(force_all=everything)
    return app.statuscode == 0


def _forget_old_pages(_: Sphinx, env: BuildEnvironment) -> None:
    """Have pages taken as they were read last.

    Sphinx keeps those that were asked for before, as by `warm_up`, and saves the start page, from which
    the navigation is made, with all that it knows of the book.
    """
    forget_doctrees(env)


def _touched(changed: frozenset[Path]) -> Callable[..., list[str]]:
    """Name the pages that depend on a changed file.

    Sphinx goes by times, and would miss what a round that was undone has read.
    """

    def depends(env: BuildEnvironment, docname: str) -> bool:
        files = {Path(env.srcdir, name) for name in env.dependencies.get(docname, ())}
        return not changed.isdisjoint(files | {Path(env.doc2path(docname))})

    def touched(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
        return [name for name in env.found_docs if depends(env, name)]

    return touched
