"""Builds in a process of its own: it prepares, waits for a job, does it, and ends."""

from __future__ import annotations

import gc
import io
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, TextIO, cast

from konzept.publishing.building import step_in

if TYPE_CHECKING:
    from konzept.publishing.preview.folders import Folders

FORKS = "KONZEPT_FORK"
"""Environment variable: 0 lets each worker be a fresh process, as where the system has no fork."""

LIBRARIES = (
    "jupyter_book.config",
    "myst_nb.sphinx_ext",
    "myst_nb.core.execute.cache",
    "ipykernel.ipkernel",
    "nbclient",
    "sphinx.builders.html",
    "sphinx.search.de",
    "sphinx_book_theme",
    "sphinx_design",
    "pandas",
    "plotly.graph_objects",
    "fontTools.subset",
    "bs4",
    "sphinxcontrib.bibtex",
)
"""What the clean parent holds: slow to import, and not of this project."""


@dataclass(frozen=True)
class Job:
    """What a round of building is to do."""

    changed: frozenset[Path]
    """Files that changed since the last good book."""
    view: tuple[str, ...]
    """Pages that are open in a browser."""
    everything: bool
    """Write every page, whatever changed."""


@dataclass(frozen=True)
class Message:
    """What a worker says of its round."""

    stage: Literal["prepared", "at work", "pages built", "book built", "failed", "ended"]
    lines: tuple[str, ...] = ()
    """In German, how far it is, what the book leaves out or why the last good pages stay; names of pages that are served anew."""


Hear = Callable[["Worker", Message], None]


class Worker:
    """A process that builds once.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    hear
        Takes in a thread of its own what the worker says, at last that it has ended.
    ahead
        Whether it begins before there is a job for it.
    """

    origin: ClassVar[int] = 0
    """The process from which all are forked; 0 while it is not known."""

    def __init__(self, project: Path, hear: Hear, *, ahead: bool) -> None:
        self.ahead = ahead
        self.is_ready = False
        self.has_ended = False
        self._connection, other = Pipe()
        self._process = _process(project, other, ahead)
        self._process.start()
        other.close()
        threading.Thread(target=self._listen, args=(hear,), daemon=True).start()

    def give(self, job: Job) -> None:
        """Give the worker its job; one that has ended will be heard of."""
        with suppress(OSError):
            self._connection.send(job)

    def stop(self) -> None:
        """End the worker; what it has started ends with it."""
        self._process.terminate()
        self._process.join(5)
        self._process.kill()
        self._process.join()

    def release(self) -> None:
        """End the worker and what it was forked from; the next worker begins anew, and slower."""
        self.stop()
        if forks() and Worker.origin:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(Worker.origin, signal.SIGKILL)
                # It is left to multiprocessing to notice, which asks the system as well.
                os.waitid(os.P_PID, Worker.origin, os.WEXITED | os.WNOWAIT)
        Worker.origin = 0

    def _listen(self, hear: Hear) -> None:
        with suppress(RuntimeError):  # Nobody hears it any more.
            with suppress(EOFError, OSError):
                Worker.origin = self._connection.recv()
                while True:
                    hear(self, self._connection.recv())
            hear(self, Message("ended"))


def forks() -> bool:
    """Tell whether workers are forked, and fork in their turn."""
    return hasattr(os, "fork") and os.environ.get(FORKS) != "0"


def _process(project: Path, messages: Connection, ahead: bool) -> BaseProcess:
    if not forks():
        return get_context("spawn").Process(target=_work, args=(project, messages, ahead))
    context = get_context("forkserver")
    context.set_forkserver_preload(list(LIBRARIES))
    return context.Process(target=_work, args=(project, messages, ahead))


def _work(project: Path, messages: Connection, ahead: bool) -> None:
    """Do one round: the worker's whole life."""
    from konzept.publishing.preview.folders import Folders

    if hasattr(os, "setsid"):
        os.setsid()  # An interrupt at the terminal is the server's to handle.
    messages.send(os.getppid())
    folders = Folders(project)
    with folders.log.open("w", encoding="utf-8") as log:
        _print_to(log.fileno())
        try:
            _round(folders, log, messages, ahead)
        except (EOFError, BrokenPipeError):
            pass  # Nobody waits for this worker any more.
        except Exception as error:
            explain(error, log)
            messages.send(Message("failed", tuple(_reasons(folders))))


def _round(folders: Folders, log: TextIO, messages: Connection, ahead: bool) -> None:
    from sphinx.util.console import nocolor

    from konzept.authors.chapters.settings import check_settings
    from konzept.authors.check import check_texts
    from konzept.authors.languages.checking import stale_hints
    from konzept.data.reading import read_folder
    from konzept.publishing.preview.stages import application, build_book, build_view, warm_up
    from konzept.site.check import data_folder

    nocolor()
    folders.undo()
    if unreadable := check_settings(folders.project):
        messages.send(Message("failed", tuple(map(str, unreadable))))
        return
    progress = cast("TextIO", _Lines(partial(_tell_step, messages)))
    with application(folders, log, progress, fork=forks()) as app:
        if ahead:
            data = data_folder(app)
            reading = read_folder(data)
            warm_up(app)
        # What is there by now is never garbage; forks then share it.
        gc.freeze()
        messages.send(Message("prepared"))
        job = messages.recv()
        _end_with_the_server(messages)
        # All was checked when Sphinx was set up; texts may have been written since.
        if ahead and (problems := check_texts(reading, folders.project / "book", data / "intern")):
            messages.send(Message("failed", tuple(map(str, problems))))
            return
        folders.begin()
        if pages := _in_a_fork(lambda: build_view(app, job.changed, job.view), log) if job.view else []:
            folders.publish_pages(pages)
            messages.send(Message("pages built", tuple(pages)))
        good = build_book(app, job.changed, job.view, everything=job.everything)
        # Pages of versions in other languages say no more than that something is missing.
        hints = stale_hints(read_folder(data_folder(app)), folders.project / "book")
    if good:
        folders.publish()
        messages.send(Message("book built", tuple(map(str, hints))))
    else:
        messages.send(Message("failed", tuple(_reasons(folders))))


class _Lines(io.TextIOBase):
    """Hands on each line that is written, unless it is written in a fork."""

    encoding = "utf-8"

    def __init__(self, hear: Callable[[str], None]) -> None:
        self._hear = hear
        self._begun = ""
        self._owner = os.getpid()

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).replace("\r", "\n").split("\n")
        if os.getpid() == self._owner:
            for line in lines:
                self._hear(line)
        return len(text)


def _tell_step(messages: Connection, line: str) -> None:
    if step := step_in(line):
        messages.send(Message("at work", (step,)))


def _end_with_the_server(messages: Connection) -> None:
    """Look every second whether the server is still there; a thread for it would forbid forking."""
    if not hasattr(signal, "setitimer"):
        return

    def look(*_: object) -> None:
        if messages.poll():  # Nothing more is said to a worker at work: the connection is gone.
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)


def _in_a_fork(build: Callable[[], list[str]], log: TextIO) -> list[str]:
    """Build in a fork, which may spoil its memory; give nothing where that fails or there is no fork."""
    if not forks():
        return []
    result, told = Pipe(duplex=False)
    log.flush()
    child = 0

    def stopped(*_: object) -> None:
        if child:
            os.kill(child, signal.SIGKILL)
        os._exit(1)

    signal.signal(signal.SIGTERM, stopped)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            # What it complains of may be its own haste; the round that follows has the last word.
            _print_to(os.open(os.devnull, os.O_WRONLY), log.fileno())
            gc.disable()
            told.send(build())
        finally:
            os._exit(0)
    told.close()
    try:
        return list(result.recv())
    except EOFError:
        return []
    finally:
        os.waitpid(child, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _print_to(target: int, *others: int) -> None:
    """Send to a file what is printed, also by programs that are started."""
    for stream in (1, 2, *others):
        os.dup2(target, stream)


def explain(error: Exception, log: TextIO) -> None:
    """Write to the log why Sphinx gave up, in Sphinx' own words; what it did not foresee as it is."""
    from sphinx.errors import SphinxError

    if isinstance(error, SphinxError):
        print(f"{error.category}!\n{error}", file=log)
    else:
        # Sphinx would leave a file of its own in the system's folder.
        traceback.print_exception(error, file=log)
    log.flush()


def _reasons(folders: Folders) -> list[str]:
    from konzept.authors.messages import in_german

    return in_german(folders.log.read_text("utf-8"), folders.project)
