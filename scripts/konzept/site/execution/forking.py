"""Runs notebooks in forks of one process in which everything is loaded already.

A first fork of the caller loads and warms up; forked from it, each notebook finds pandas, Plotly and
the concept in memory and runs in a process of its own.  The caller itself stays as it was.
"""

from __future__ import annotations

import gc
import locale
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode


@dataclass(frozen=True)
class Job:
    """A notebook to run in its folder, for so many seconds at most."""

    notebook: NotebookNode
    folder: Path
    timeout: int | None
    allow_errors: bool


class ForkingFailed(Exception):
    """The process that forks for notebooks has died."""


def can_fork() -> bool:
    """Tell whether this system forks, and whether it is safe: a thread's locks would stay locked in a fork."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def run_forked(
    jobs: Sequence[Job], *, warm_up: Callable[[], None], at_once: int = 2
) -> Iterator[tuple[int, ExecutionResult]]:
    """Run notebooks, each in a process of its own.

    Parameters
    ----------
    jobs
        What to run; `can_fork` must hold.
    warm_up
        Loads, in the process from which notebooks fork, what all of them need.
    at_once
        How many run at the same time.

    Yields
    ------
    tuple
        A job's number and what jupyter-cache's own executor says of it, as jobs end.

    Raises
    ------
    ForkingFailed
        The forking process has died, for example because memory ran out.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs, ours, jobs, warm_up, at_once))
    # What is in the buffer would be written by every fork.
    sys.stdout.flush()
    sys.stderr.flush()
    server.start()
    theirs.close()
    try:
        for _ in jobs:
            yield ours.recv()
    except (EOFError, OSError) as error:
        raise ForkingFailed from error
    finally:
        # The server ends its notebooks and itself when the caller is gone.
        ours.close()
        server.join(10)
        server.kill()
        server.join()


@dataclass
class _Run:
    """A notebook that is running."""

    job: Job
    process: ForkProcess
    results: Connection
    began: float = field(default_factory=time.monotonic)
    cell: int = 0

    def left(self) -> float | None:
        """Count the seconds that it may still take."""
        if not self.job.timeout or self.job.timeout < 0:
            return None
        return max(0.0, self.began + self.job.timeout - time.monotonic())

    def result(self, ready: Sequence[object]) -> ExecutionResult | None:
        """Give the result if there is one: the notebook's own, or that it died or took too long."""
        try:
            while self.results.poll():
                message = self.results.recv()
                if isinstance(message, ExecutionResult):
                    return message
                self.cell = message
        except (EOFError, OSError):
            return self._failed(DeadKernelError("Kernel died"))
        if self.process.sentinel in ready:
            return self._failed(DeadKernelError("Kernel died"))
        if self.job.timeout and self.left() == 0:
            cell = self.job.notebook.cells[self.cell]
            text = "Cell execution timed out"
            return self._failed(CellTimeoutError.error_from_timeout_and_cell(text, self.job.timeout, cell))
        return None

    def _failed(self, error: Exception) -> ExecutionResult:
        took = time.monotonic() - self.began
        text = f"{type(error).__name__}: {error}"
        return ExecutionResult(self.job.notebook, str(self.job.folder), took, error, text)

    def end(self) -> None:
        """Leave nothing of the notebook behind, nor of what it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.results.close()


def _serve(
    caller: Connection, foreign: Connection, jobs: Sequence[Job], warm_up: Callable[[], None], at_once: int
) -> None:
    """Fork for one notebook after the other until all are done or the caller is gone."""
    from konzept.site.execution.kernel import HereKernel

    foreign.close()
    _like_a_new_process()
    warm_up()
    kernel = HereKernel()
    # What is loaded stays: collecting it would copy its memory into each fork.
    gc.collect()
    gc.freeze()
    waiting = list(enumerate(jobs))[::-1]
    running: dict[int, _Run] = {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, job = waiting.pop()
                running[number] = _start(job, kernel)
            watched = [x for run in running.values() for x in (run.results, run.process.sentinel)]
            limits = [left for run in running.values() if (left := run.left()) is not None]
            ready = wait([caller, *watched], min(limits, default=None))
            if caller in ready:
                return
            for number, run in list(running.items()):
                if result := run.result(ready):
                    del running[number]
                    run.end()
                    caller.send((number, result))
    finally:
        for run in running.values():
            run.end()


def _start(job: Job, kernel: object) -> _Run:
    context = multiprocessing.get_context("fork")
    results, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(job, kernel, theirs))
    process.start()
    theirs.close()
    return _Run(job, process, results)


def _run(job: Job, kernel: object, results: Connection) -> None:
    """Run one notebook in this process, and end with it whatever it has started."""
    os.setsid()
    os.chdir(job.folder)
    kernel.redirect()  # type: ignore[attr-defined]
    try:
        result = single_nb_execution(
            job.notebook,
            cwd=str(job.folder),
            # Who forked watches the time: a cell that loops would not let this process do it.
            timeout=None,
            allow_errors=job.allow_errors,
            km=kernel,
            on_cell_execute=lambda cell, cell_index: results.send(cell_index),
        )
    except Exception as error:
        result = ExecutionResult(job.notebook, str(job.folder), 0.0, error, traceback.format_exc())
    results.send(result)
    # Not even a thread that goes on keeps the process alive.
    os._exit(0)


def _like_a_new_process() -> None:
    """Undo what the caller has set and a kernel would not know of."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    locale.setlocale(locale.LC_ALL, "C")
    locale.setlocale(locale.LC_CTYPE, "")
    warnings.resetwarnings()
    # Python's own filters, the first to match counts.
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    if "" not in sys.path:
        sys.path.insert(0, "")
