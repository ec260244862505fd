"""What is to be built next, and who is to be told."""

from __future__ import annotations

import ast
import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from konzept.data.problems import Problem
from konzept.publishing.preview.folders import Folders
from konzept.publishing.preview.watching import Sources
from konzept.publishing.preview.worker import Job, Message, Worker

Tell = Callable[[str], None]

REST = 15 * 60
"""Seconds, longer than JupyterLab takes to save by itself what is being written."""
FIRST = Job(frozenset(), (), everything=True)
"""The whole book, once."""


@dataclass(frozen=True)
class State:
    """What an open page wants to know."""

    page: str
    """A sum over the page as it is served; another one means: load it again."""
    building: bool
    problems: tuple[str, ...]
    hints: tuple[str, ...]
    """What the page is served without."""
    waking: bool = False
    """What builds had been let go, and is prepared anew."""


class Session:
    """Keeps the served pages up to date for as long as it is open.

    There is one worker at any time.  It starts when the one before has ended, prepares while nothing is to be
    done, and gets one job.  A change ends it in the middle of a job, or when what it prepared holds no more.
    When nobody has looked or saved for a while there is none, nor the process that it is forked from, for they take
    most of the memory.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    tell
        Takes lines of progress.
    patience
        So many seconds without a look and a save later the worker is let go.
    """

    def __init__(self, project: Path, tell: Tell, patience: float = REST) -> None:
        self.folders = Folders(project)
        self._tell = tell
        self._patience = patience
        self._used = time.monotonic()
        self._rests = self._wakes = False
        self._pending: frozenset[Path] = frozenset()
        self._viewed: Counter[str] = Counter()
        self._problems: tuple[str, ...] = ()
        self._hints: tuple[str, ...] = ()
        self._said = 0  # When they were said, in nanoseconds since 1970.
        self._job: Job | None = FIRST
        self._began = 0.0
        self._seen = False  # Whether there has been a good book; until then its authors wait and watch.
        # How to deal with what has happened, given the present worker; None: the session is over.
        self._events: asyncio.Queue[Callable[[Worker], Awaitable[Worker]] | None] = asyncio.Queue()
        self._news = asyncio.Condition()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Build the book, then whatever is saved."""
        self.folders.make()
        watching = asyncio.create_task(self._watch())
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            watching.cancel()
            # Not cancelled: a worker that is just starting would be lost.
            self._events.put_nowait(None)
            await keeping

    async def follow(self, docname: str) -> AsyncIterator[State]:
        """Give the state of an open page, and each new one."""
        self._viewed[docname] += 1
        self.look()
        last = None
        try:
            while True:
                state = State(
                    self.sum_of(docname), self._job is not None, self.problems(), self._hints, self._wakes
                )
                if state != last:
                    yield state
                last = state
                async with self._news:
                    await self._news.wait()
        finally:
            self._viewed[docname] -= 1

    def look(self) -> None:
        """Note that someone looks at a page; it may be that its next version has to be prepared."""
        self._used = time.monotonic()
        if self._rests:
            self._events.put_nowait(self._woken)

    def problems(self) -> tuple[str, ...]:
        """Say what hinders a new version.

        What was said before pages were last served anew is about the version before; the round that served
        them will say whether anything of it still holds.  The folder tells, for a worker serves pages
        before it is heard of.
        """
        return self._problems if self.folders.shown_at() <= self._said else ()

    def sum_of(self, docname: str) -> str:
        """Name the state of a served page; empty when there is none."""
        try:
            content = (self.folders.served / f"{docname}.html").read_bytes()
        except (OSError, ValueError):
            return ""
        return hashlib.sha256(content).hexdigest()[:16]

    async def _watch(self) -> None:
        async for changed in Sources(self.folders.project).watch():
            self._events.put_nowait(partial(self._changed, files=frozenset(changed)))

    async def _keep(self) -> None:
        """Deal with one event after the other."""
        worker = await self._start()
        await self._give(worker, FIRST)
        while True:
            try:
                async with asyncio.timeout(self._until_rest(worker)):
                    event = await self._events.get()
            except TimeoutError:
                if self._until_rest(worker) == 0:
                    await self._rest(worker)
                continue
            if event is None:
                break
            worker = await event(worker)
        await asyncio.to_thread(worker.stop)

    def _until_rest(self, worker: Worker) -> float | None:
        """Say in how many seconds the worker is to be let go, if nothing happens; None while it must not be."""
        if self._job or self._rests or not (worker.is_ready or worker.has_ended):
            return None
        return max(0, self._used + self._patience - time.monotonic())

    async def _rest(self, worker: Worker) -> None:
        """Let the worker go, and the process that it was forked from."""
        self._rests = worker.has_ended = True
        await asyncio.to_thread(worker.release)
        self._tell("Die Vorschau ruht, bis jemand eine Seite öffnet oder etwas speichert.")

    async def _woken(self, worker: Worker) -> Worker:
        """Have a worker prepare what was let go; one that is there already stays."""
        return await self._start(worker, ahead=True) if self._rests else worker

    async def _changed(self, worker: Worker, files: frozenset[Path]) -> Worker:
        """Have the change built, by the present worker if what it has prepared holds."""
        self._used = time.monotonic()
        self._pending |= files
        if problems := misspelt(self._pending, self.folders.project):
            # No worker could even begin.
            worker.has_ended = True
            await asyncio.to_thread(worker.stop)
            await self._conclude(Message("failed", problems))
            return worker
        if self._job or worker.has_ended or not all(self._is_text_of_a_page(path) for path in files):
            worker = await self._start(worker)
        await self._give(worker, self._next_job())
        return worker

    def _is_text_of_a_page(self, path: Path) -> bool:
        """Tell whether a file is one that a worker knows; one that is new or gone changes which pages there are."""
        if path.suffix != ".md" or not path.is_file():
            return False
        return bool(self.sum_of(path.relative_to(self.folders.project).with_suffix("").as_posix()))

    async def _heard(self, worker: Worker, sender: Worker, message: Message) -> Worker:
        """Take in what a worker says; when the present one is done, prepare the next."""
        if sender is not worker:
            return worker
        stage = message.stage
        if self._wakes and stage != "at work":
            self._wakes = False
            await self._share()
        if stage == "prepared":
            worker.is_ready = True
        elif stage == "at work":
            if not self._seen:
                self._tell(*message.lines)
        elif stage == "pages built":
            self._tell(f"{', '.join(message.lines)} {self._took()}")
            await self._share()
        elif not self._job:
            # It could not prepare, maybe for a file that was half written; the next change will tell.
            worker.has_ended = True
        elif worker.ahead and not worker.is_ready:
            # What it failed at may have changed since it began.
            job, worker = self._job, await self._start(worker)
            await self._give(worker, job)
        else:
            log = self.folders.log.relative_to(self.folders.project).as_posix()
            broken = f"Der Aufbau ist abgebrochen. Das Protokoll steht in {log}."
            await self._conclude(Message("failed", (broken,)) if stage == "ended" else message)
            worker = await self._start(worker, ahead=True)
        return worker

    async def _start(self, old: Worker | None = None, *, ahead: bool = False) -> Worker:
        if old:
            await asyncio.to_thread(old.stop)
        if self._rests:
            self._tell("Die Vorschau hat geruht und wacht auf.")
            self._rests, self._wakes = False, True
            await self._share()
        loop = asyncio.get_running_loop()

        def hear(worker: Worker, message: Message) -> None:
            event = partial(self._heard, sender=worker, message=message)
            loop.call_soon_threadsafe(self._events.put_nowait, event)

        return await asyncio.to_thread(Worker, self.folders.project, hear, ahead=ahead)

    async def _give(self, worker: Worker, job: Job) -> None:
        self._job, self._began = job, time.perf_counter()
        worker.give(job)
        await self._share()

    def _next_job(self) -> Job:
        """Say what is to be done after all changes since the last good book."""
        texts = {path for path in self._pending if path.suffix == ".md"}
        # A style sheet is put in place with the whole book; a page that is served before would show the old one.
        styles = {p for p in self._pending - texts if p.is_relative_to(self.folders.project / "book")}
        return Job(self._pending, () if styles else self._view(), everything=self._pending != texts)

    def _view(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, count in self._viewed.items() if count))

    async def _conclude(self, verdict: Message) -> None:
        if verdict.stage == "failed":
            for line in verdict.lines:
                self._tell(line)
            self._tell("Die Vorschau zeigt weiter den letzten guten Stand.")
            self._problems, self._said = verdict.lines, time.time_ns()
        else:
            self._tell(f"Ganzes Buch {self._took()}")
            self._pending, self._problems, self._seen = frozenset(), (), True
            self._hints = verdict.lines
            for hint in self._hints:
                self._tell(hint)
        self._job = None
        await self._share()

    def _took(self) -> str:
        return f"neu in {time.perf_counter() - self._began:.1f} s".replace(".", ",")

    async def _share(self) -> None:
        async with self._news:
            self._news.notify_all()


def misspelt(files: Iterable[Path], project: Path) -> tuple[str, ...]:
    """Find code among the files that Python cannot read."""
    found = []
    for path in sorted(files):
        try:
            if path.suffix == ".py" and path.is_file():
                ast.parse(path.read_bytes())
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            text = "Diesen Code kann Python nicht lesen, oft wegen einer Klammer oder Einrückung."
            found.append(str(Problem(path.relative_to(project).as_posix(), line, None, text)))
    return tuple(found)
