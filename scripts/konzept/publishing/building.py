"""Builds the book in a work folder and publishes it only when it is whole.

Jupyter Book runs as a program of its own; its output becomes progress and German sentences.
The last good pages and PDF stay in place until new ones are complete.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from konzept.authors.check import private_names
from konzept.authors.messages import in_german, of_the_system
from konzept.data.files import whole
from konzept.data.package import load_package
from konzept.data.privacy.files import complaint
from konzept.data.problems import NotDone
from konzept.publishing.checksums import day_of_issue, write_sums
from konzept.publishing.leftovers import ANEW, note, take_over
from konzept.publishing.locking import alone
from konzept.site.papers import FINAL, SHORT_VARIABLE, Paper, missing_library, short_version

WORK = ".konzept"
"""Below `_build/`: where Jupyter Book works; its caches make the next build fast."""

PROGRAM = (
    # With JupyterLab come jsonschema's grammars for international addresses, which take a second to load.
    "import sys; sys.modules['rfc3987_syntax'] = None; from jupyter_book.cli.main import main; main()"
)
"""Jupyter Book 1 has no `python -m`, and its script has another name on each system."""

_STEPS = (
    (re.compile(r"Kapitel rechnen: (\S+) \((\d+) %\)"), "Kapitel rechnen: {0} ({1} %)"),
    (re.compile(r"reading sources\.\.\. \[ *(\d+)%\] (\S+)"), "Kapitel lesen: {1} ({0} %)"),
    (re.compile(r"Diagramme zeichnen: (\d+)"), "Diagramme zeichnen: {0}"),
    (re.compile(r"writing output\.\.\. \[ *(\d+)%\] (\S+)"), "Seiten schreiben: {1} ({0} %)"),
    (re.compile(r"Seite setzen: (\S+)"), "PDF setzen: {0}"),
    (re.compile(r"Seite für Word: (\S+)"), "Word-Dokument schreiben: {0}"),
    (re.compile(r"(Hinweis: .+)"), "{0}"),
    (re.compile(r"(Hinweis zum PDF: .+)"), "{0}"),
    (re.compile(r"(Hinweis zu (?:den Dateien|Sprachen): .+)"), "{0}"),
    (re.compile(r"(Das PDF ist unverändert)"), "{0}"),
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

_PRIVATE_PDF = (
    "Im letzten PDF steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
    "Setzen Sie es neu mit „konzept build --only pdf“; bis dahin bleiben die Seiten, wie sie sind."
)

Tell = Callable[[str], None]


class BuildFailed(NotDone):
    """The book could not be built."""


def build_book(
    project: Path, data: Path, *, only: str | None, tell: Tell, paper: Paper = FINAL, publish: bool = True
) -> Iterator[Path]:
    """Build PDF and pages and publish them.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    data
        The data folder to publish.
    only
        ``html``, ``pdf`` or None for both.
    tell
        Takes lines of progress.
    paper
        What the PDF holds; only the whole and final one is put beside the pages.
    publish
        Whether the pages are published; else they are only made in the work folder.

    Yields
    ------
    Path
        What was published, or the folder of pages that were only made.

    Raises
    ------
    BuildFailed
        What was not yielded was not published; the last good one is as it was.
    """
    target = project / "_build"
    work = target / WORK / "_build"
    environment = {
        **os.environ,
        "KONZEPT_DATA": str(data.resolve()),
        **paper.environment(),
    }
    # Dates in the pages are those of what they show, not of the build.
    environment.setdefault("SOURCE_DATE_EPOCH", day_of_issue(project, data))
    package = load_package(data)
    file, last = paper.file(package), target / "pdf" / FINAL.file(package)
    # The pages need nothing of what only printing needs; an older PDF would not belong to them.
    lacking = None if only == "html" else missing_library()
    if not lacking and (only is None or last.is_file()):
        environment["KONZEPT_PDF"] = last.name  # the pages link to it; it is put beside them below
    if not lacking and only is None:
        # Those of an earlier build might hold a block that is out of date by now.
        environment[SHORT_VARIABLE] = "1"
    try:
        with alone(target / WORK, tell) as lock:
            if take_over(work):
                tell(ANEW)
            # The pages first: they are written one by one as needed, the PDF always as a whole.
            if only != "pdf":
                run_book("html", "index.html", project, project, work.parent, environment, tell, lock)
            if only != "html" and not lacking:
                run_book("pdf", file, project, project, work.parent, environment, tell, lock)
                yield _publish_file(work / "pdf" / file, last.with_name(file))
                short = _publish_short(work / "pdf", last.parent) if paper == FINAL else []
            if not publish:
                yield work / "html"
            elif only != "pdf":
                _refuse_private(last, data, project)
                extra = [last] if "KONZEPT_PDF" in environment and last.is_file() else []
                extra += short if SHORT_VARIABLE in environment else []
                yield _publish_folder(work / "html", target / "html", extra) / "index.html"
            if publish:
                write_sums(target)
            note(work)
    except OSError as error:
        if sentence := of_the_system(error):
            raise BuildFailed(sentence) from error
        raise
    if lacking:
        raise BuildFailed(lacking)


def _refuse_private(last: Path, data: Path, project: Path) -> None:
    """Put no older PDF beside the pages that holds a name which has become private."""
    names = private_names(data, project / "book")
    if names and last.is_file() and complaint(last, last.name, names):
        raise BuildFailed(_PRIVATE_PDF)


def run_book(
    builder: str,
    product: str,
    project: Path,
    source: Path,
    out: Path,
    environment: Mapping[str, str],
    tell: Tell,
    lock: Sequence[int],
) -> None:
    """Run Jupyter Book with warnings as errors.

    Parameters
    ----------
    builder
        ``html`` or ``pdf``.
    product
        What it makes last, in the builder's folder.
    project
        The project's folder.
    source
        The folder of `_config.yml` and the pages.
    out
        Where it works.
    environment
        Its environment.
    tell
        Takes lines of progress.
    lock
        Open files that hold the lock.

    Raises
    ------
    BuildFailed
        The book is not whole.
    """
    command = ["-c", PROGRAM, "build", str(source), "--path-output", str(out)]
    command += ["--warningiserror", "--keep-going", "--builder", "custom", "--custom-builder", builder]
    made = out / "_build" / builder / product
    run_python(command, project, source, made, out / f"{builder}.log", environment, tell, lock)


def run_python(
    command: Sequence[str],
    project: Path,
    source: Path,
    made: Path,
    log: Path,
    environment: Mapping[str, str],
    tell: Tell,
    lock: Sequence[int],
) -> None:
    """Run a Python program in a process of its own; what it prints becomes progress, or says why it failed.

    Raises
    ------
    BuildFailed
        It failed, or did not make what it should.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    # Chapters run in forks, and a library's threads would not follow.
    common = {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            [sys.executable, *command],
            cwd=project,
            env={**environment, **common},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # If this program is killed, the lock holds until that one has ended, too.
            pass_fds=lock,
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            plain = _COLOUR.sub("", line)
            file.write(plain)
            if step := step_in(plain):
                tell(step)
    if process.returncode or not made.is_file():
        where = f"Das ganze Protokoll steht in {log.relative_to(project)}."
        raise BuildFailed("\n".join([*in_german(log.read_text("utf-8"), source), where]))


def step_in(line: str) -> str | None:
    """Say in German which step a line of the output tells of; None if it tells of none."""
    for pattern, text in _STEPS:
        if match := pattern.search(line):
            return text.format(*match.groups())
    return None


def _publish_file(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole(target) as waiting:
        shutil.copy2(source, waiting)
    return target


def _publish_short(source: Path, target: Path) -> list[Path]:
    """Publish the short versions in other languages, and no others than those."""
    found = sorted(source.glob(short_version("*")))
    for stale in {path.name for path in target.glob(short_version("*"))} - {path.name for path in found}:
        (target / stale).unlink()
    return [_publish_file(path, target / path.name) for path in found]


def copy_folder(source: Path, target: Path, without: Sequence[str] = ()) -> None:
    """Copy a folder without files of some patterns; `shutil.copytree` would hide why the system refused."""
    for place, _, files in os.walk(source):
        folder = target / Path(place).relative_to(source)
        folder.mkdir()
        for name in files:
            if not any(fnmatch(name, pattern) for pattern in without):
                shutil.copy2(Path(place, name), folder / name)


def _publish_folder(source: Path, target: Path, extra: list[Path]) -> Path:
    """Exchange a folder for a new one with extra files; a crash between leaves the old one under `.alt`."""
    waiting, old = target.with_name(f"{target.name}.neu"), target.with_name(f"{target.name}.alt")
    shutil.rmtree(waiting, ignore_errors=True)
    # Notes for the next build belong to the workshop, not to the book.
    copy_folder(source, waiting, without=(".buildinfo", ".konzept-*"))
    for path in extra:
        shutil.copy2(path, waiting)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    waiting.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target
