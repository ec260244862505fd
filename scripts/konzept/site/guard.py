"""Nothing is published that must not be: looks through what was read and what was built, before it replaces the last book.

`konzept check` refuses what stands in a text.  A cell can still put a name together, and a file can be reached
in ways that no check foresees; both show here.  What was built then goes, with all that was kept for the next build.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from konzept.authors.check import private_names
from konzept.data.package import load_package, own_files
from konzept.data.privacy.allowed import BOOK, is_foreign
from konzept.data.privacy.files import complaint
from konzept.site.check import data_folder, dependencies
from konzept.site.papers import Paper, short_version

_KEPT = (".jupyter_cache", "jupyter_execute", ".diagramme", ".ipython")
"""What a build keeps beside its pages for the next one."""
_COPIED = ("_downloads", "_images")
"""Folders of files that pages link to or show."""
_COPY = re.compile(rf"(?:{'|'.join(_COPIED)})/[^\"'\s<>?#)]+")
_OF_PROGRAMS, _OF_THE_DATA = "_static/", "_static/daten/"
"""The first holds what programs bring along and what was looked through in `book/assets`, and the second besides."""

FOREIGN = (
    "{0}.md: Die Seite holt eine Datei, die nicht zum Buch gehört. Nennen Sie nur Dateien im Ordner book/."
)


def is_clean(app: Sphinx, pages: list[Path]) -> bool:
    """Tell whether single finished pages hold no private name."""
    names = private_names(data_folder(app), Path(app.srcdir) / BOOK)
    return not names or not any(complaint(page, page.name, names) for page in pages)


def _refuse_foreign_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse pages that have taken in a file from outside the book, whatever way they found."""
    project = Path(app.srcdir)
    tables = [data_folder(app) / name for name in own_files(load_package(data_folder(app)))]
    made = Path(app.outdir).parent / "jupyter_execute"
    used: dict[str, set[str]] = defaultdict(set)
    for files in (env.dlfiles, env.images):
        for name, (docnames, _) in files.items():
            if not (project / name).is_relative_to(made):
                used[name] |= set(docnames)
    own = {os.path.realpath(path) for path in dependencies(app)}
    for docname, names in env.dependencies.items():
        for name in names:
            used[name].add(docname)
    pages = {
        docname
        for name, docnames in used.items()
        if os.path.realpath(project / name) not in own and is_foreign(project / name, project, tables)
        for docname in docnames
    }
    if pages:
        _refuse(app, [FOREIGN.format(page) for page in sorted(pages)])


def _refuse(app: Sphinx, lines: list[str]) -> NoReturn:
    """Let nothing stay of what was built or kept."""
    work = Path(app.outdir).parent
    for folder in (Path(app.outdir), Path(app.doctreedir), *(work / name for name in _KEPT)):
        shutil.rmtree(folder, ignore_errors=True)
    raise ExtensionError("\n" + "\n".join(lines))


def _look_through(app: Sphinx, error: Exception | None) -> None:
    """Drop files that no page names any more; look through all others."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    if app.builder.name != "pdf":
        _drop_what_is_unused(out)
    names = private_names(data_folder(app), Path(app.srcdir) / BOOK)
    if not names:
        return
    complaints = [complaint(path, _place(app, path), names) for path in _published(app)]
    if found := sorted(filter(None, complaints)):
        _refuse(app, list(dict.fromkeys(found)))


def _drop_what_is_unused(out: Path) -> None:
    """Let copied files go with the last link to them; Sphinx keeps them, and reports of cells that failed."""
    shutil.rmtree(out / "reports", ignore_errors=True)
    if not any((out / folder).is_dir() for folder in _COPIED):
        return
    pages = [page.read_text("utf-8") for page in out.rglob("*.html")]
    used = {unquote(html.unescape(copy)) for page in pages for copy in _COPY.findall(page)}
    for folder in _COPIED:
        # What lies in a folder comes before it.
        for path in sorted([out / folder, *(out / folder).rglob("*")], reverse=True):
            if not path.exists():
                continue
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(out).as_posix() not in used:
                path.unlink()


def _published(app: Sphinx) -> Iterator[Path]:
    """Give every file that is published and comes from what an author wrote."""
    out = Path(app.outdir)
    if app.builder.name == "pdf":
        yield out / Paper.from_environment(os.environ).file(load_package(data_folder(app)))
        yield from sorted(out.glob(short_version("*")))
        return
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        of_programs = name.startswith(_OF_PROGRAMS) and not name.startswith(_OF_THE_DATA)
        if path.is_file() and not name.startswith(".") and not of_programs:
            yield path


def _place(app: Sphinx, path: Path) -> str:
    """Name a finished file as an author knows it: a page by its source."""
    name = path.relative_to(app.outdir).as_posix()
    page = name.removesuffix(".html")
    return f"{page}.md" if page in app.env.found_docs else name


def setup(app: Sphinx) -> None:
    """Register what looks through the book."""
    app.connect("env-updated", _refuse_foreign_files, priority=100)
    # When all others have written, and before the pages get their policy and the build counts as whole.
    app.connect("build-finished", _look_through, priority=850)
