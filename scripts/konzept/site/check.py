"""No page from unchecked or stale data.

Checks the data before anything is read, tells the kernels where the data are, and makes the state
of data and code part of what decides whether a page is up to date:

- jupyter-cache keys on cells and kernelspec alone, so a changed CSV would leave every chapter stale.
  The kernelspec's display name therefore carries the state of `data/` and `scripts/konzept`.
- Every page shows Stand and fingerprint, so a change of either rewrites every page.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from functools import lru_cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from konzept.authors.check import check_project
from konzept.concept.editions import NOTES, folder_of, notes_state, shown_as
from konzept.data.files import whole
from konzept.data.package import Package, fingerprint, load_package
from konzept.data.project import Elsewhere, project_here
from konzept.data.saving import complete
from konzept.home import HOME, PROGRAM
from konzept.notebook.book import DATA_VARIABLE, PAGES_VARIABLE
from konzept.site.compat import BUILD_INFO, OUTDATED, is_build_info
from konzept.site.kernels import quiet_kernels
from konzept.site.shared import whole_page

_LOCKS = ("requirements.txt", "package-lock.json")
_READINGS = ".konzept-readings"
_DISPLAY_NAME = re.compile(r"^(\s*display_name:).*$", re.MULTILINE)


def data_folder(app: Sphinx) -> Path:
    """Name the folder of the data that this build publishes."""
    return _folder(app.srcdir)


def package(app: Sphinx) -> Package:
    """Describe the data that this build publishes."""
    return _described(data_folder(app), app.config.konzept_data_state)


@lru_cache(maxsize=1)
def _described(folder: Path, state: str) -> Package:
    """Read a description once for all pages: they ask for it one by one."""
    return load_package(folder)


def _folder(srcdir: str | os.PathLike[str]) -> Path:
    return Path(os.environ.get(DATA_VARIABLE) or Path(srcdir) / "data").resolve()


@lru_cache
def code_state() -> str:
    """Name the state of the code by a hash over its files."""
    digest = hashlib.sha256()
    for path in _code_files():
        digest.update(path.relative_to(PROGRAM if path.is_relative_to(PROGRAM) else HOME).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _code_files() -> list[Path]:
    """List our own code, and the lock files that name the state of everybody else's."""
    own = (p for p in PROGRAM.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return [*sorted(own), *(p for name in _LOCKS if (p := HOME / name).is_file())]


def _check(app: Sphinx, config: Config) -> None:
    try:
        project_here(Path(app.srcdir))
    except Elsewhere as reason:
        raise ExtensionError(str(reason)) from None
    folder = _folder(app.srcdir)
    complete(folder)
    # A report's one page has a folder of its own, which leads to the book.
    problems = check_project(folder, (Path(app.srcdir) / "book").resolve())
    if problems:
        raise ExtensionError("\n" + "\n".join(str(problem) for problem in problems))
    os.environ[DATA_VARIABLE] = str(folder)
    os.environ[PAGES_VARIABLE] = "1"
    # Kernels find the package through the environment of the process that starts them.
    paths = [str(PROGRAM.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    config.konzept_data_state = fingerprint(folder)
    config.konzept_code_state = code_state()
    config.konzept_edition = shown_as(load_package(folder))
    config.konzept_issued = notes_state(folder)


def with_state(app: Sphinx, text: str) -> str:
    """Let a notebook's cache key tell the state of data and code; its letters are read as the check reads them."""
    config = app.config
    text = whole_page(text, data_folder(app), config.konzept_data_state)
    text = unicodedata.normalize("NFC", text)  # The search would not find a letter in two parts.
    state = f"Python 3 (Daten {config.konzept_data_state}, Code {config.konzept_code_state}, Ausgaben {config.konzept_issued})"
    head, separator, rest = text.partition("\n---\n")
    if separator and "kernelspec:" in head:
        return _DISPLAY_NAME.sub(rf"\1 {state}", head, count=1) + separator + rest
    return text


def dependencies(app: Sphinx) -> list[Path]:
    """Name the files on which every page depends: data, code, and what sums the editions up."""
    issued = folder_of(data_folder(app)) / NOTES
    return [*data_folder(app).glob("*.*"), *_code_files(), *([issued] if issued.is_file() else [])]


def _key_with_state(app: Sphinx, docname: str, source: list[str]) -> None:
    """Make the page depend on data and code, and a notebook's cache key tell their state."""
    for path in dependencies(app):
        app.env.note_dependency(str(path))
    source[0] = with_state(app, source[0])


def _count_readings(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Count how often pages were read: what one builder has read looks up to date to the other."""
    if docnames:
        env.konzept_readings = getattr(env, "konzept_readings", 0) + 1  # type: ignore[attr-defined]


def _write_after_foreign_reading(app: Sphinx) -> None:
    """Write every page anew when another builder has read pages since this one wrote its own.

    So it does when what this builder noted cannot be read: a full disk leaves it empty or in part, and Sphinx
    would fail for it at every build.
    """
    written, info = Path(app.outdir) / _READINGS, Path(app.outdir) / BUILD_INFO
    if not (written.exists() or info.exists()):
        return
    if _text(written) != _readings(app) or not is_build_info(_text(info)):
        for path in (written, info):
            if path.is_dir():
                shutil.rmtree(path)
        # Sphinx writes all pages when they were made with another configuration.
        with whole(info) as waiting:
            waiting.write_text(OUTDATED, "utf-8")


def _text(path: Path) -> str:
    """Read a small file; nothing where there is none that can be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _unchanged(app: Sphinx, error: Exception | None) -> None:
    """Publish no book of which some pages show other data than the rest."""
    if error is None and fingerprint(data_folder(app)) != app.config.konzept_data_state:
        raise ExtensionError(
            "Die Daten haben sich während des Bauens geändert, durch jemanden oder durch eine Zelle, die in den Ordner data/ schreibt. "
            "Bauen Sie noch einmal; eine solche Zelle nehmen Sie heraus."
        )


def _note_readings(app: Sphinx, error: Exception | None) -> None:
    if not error:
        (Path(app.outdir) / _READINGS).write_text(_readings(app))


def _readings(app: Sphinx) -> str:
    return str(getattr(app.env, "konzept_readings", 0))


def setup(app: Sphinx) -> None:
    """Register the check."""
    for name in ("konzept_data_state", "konzept_code_state", "konzept_edition", "konzept_issued"):
        app.add_config_value(name, "", "env", [str])
    # Early, so that other parts may rely on sound data.
    app.connect("config-inited", _check, priority=100)
    app.connect("builder-inited", lambda app: quiet_kernels(Path(app.doctreedir).parent / ".ipython"))
    app.connect("builder-inited", _write_after_foreign_reading)
    app.connect("env-before-read-docs", _count_readings)
    app.connect("source-read", _key_with_state)
    app.connect("build-finished", _unchanged, priority=100)
    app.connect("build-finished", _note_readings)
