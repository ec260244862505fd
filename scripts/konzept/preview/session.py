"""What is to be built next, and who is to be told."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from konzept.preview.folders import Folders
from konzept.preview.stages import Job
from konzept.preview.watching import Sources
from konzept.preview.worker import BookBuilt, Failed, PagesBuilt, Ready, Worker

Tell = Callable[[str], None]


@dataclass(frozen=True)
class State:
    """What an open page wants to know."""

    page: str
    """A sum over the page as it is served; another one means: load it again."""
    building: bool
    problems: tuple[str, ...]


class Session:
    """Keeps the served pages up to date for as long as it is open."""

    def __init__(self, project: Path, tell: Tell) -> None:
        self.folders = Folders(project)
        self._tell = tell
        self._pending: frozenset[Path] = frozenset()
        self._viewed: Counter[str] = Counter()
        self._problems: tuple[str, ...] = ()
        self._building = True
        self._spare: Worker | None = None
        self._closed = False
        self._news = asyncio.Condition()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Build the book, then whatever is saved."""
        self.folders.make()
        keeper = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    async def follow(self, docname: str) -> AsyncIterator[State]:
        """Give the state of an open page, and each new one."""
        self._viewed[docname] += 1
        last = None
        try:
            while not self._closed:
                state = State(self.sum_of(docname), self._building, self._problems)
                if state != last:
                    yield state
                last = state
                async with self._news:
                    await self._news.wait()
        finally:
            self._viewed[docname] -= 1

    async def close(self) -> None:
        """Let those who follow go."""
        self._closed = True
        await self._share()

    def sum_of(self, docname: str) -> str:
        """Name the state of a served page; empty when there is none."""
        try:
            content = (self.folders.served / f"{docname}.html").read_bytes()
        except (OSError, ValueError):
            return ""
        return hashlib.sha256(content).hexdigest()[:16]

    async def _keep(self) -> None:
        """Build at first and after each change; a change ends the round that is under way."""
        sources = Sources(self.folders.project)
        first = Job(frozenset(), self._view(), everything=True)
        task = asyncio.create_task(self._round(await self._worker(prepared=False), first))
        try:
            async for changed in sources.watch():
                await _end(task)
                self._pending |= changed
                worker = await self._worker(prepared=all(p.suffix == ".md" and p.is_file() for p in changed))
                task = asyncio.create_task(self._round(worker, self._job()))
        finally:
            await _end(task)
            if self._spare:
                self._spare.stop()

    def _job(self) -> Job:
        """Say what is to be done after all changes since the last good book."""
        texts = {path for path in self._pending if path.suffix == ".md"}
        # A style sheet is put in place with the whole book; a page that is served before would show the old one.
        drawn = {p for p in self._pending - texts if p.is_relative_to(self.folders.project / "book")}
        view = () if drawn else self._view()
        return Job(self._pending, view, everything=self._pending != texts)

    def _view(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, count in self._viewed.items() if count))

    async def _worker(self, *, prepared: bool) -> Worker:
        """Give the spare worker where what it has prepared still holds, else a fresh one."""
        spare, self._spare = self._spare, None
        if spare and prepared and spare.is_ready():
            return spare
        if spare:
            await asyncio.to_thread(spare.stop)
        return await asyncio.to_thread(Worker, self.folders.project)

    async def _round(self, worker: Worker, job: Job) -> None:
        """Let a worker do its job, and tell of it; then prepare the next worker."""
        start = time.perf_counter()
        self._building = True
        await self._share()
        try:
            worker.messages.send(job)
            while True:
                message = await asyncio.to_thread(worker.messages.recv)
                if not isinstance(message, Ready):
                    self._told(message, time.perf_counter() - start)
                    await self._share()
                if isinstance(message, (BookBuilt, Failed)):
                    break
        except (EOFError, OSError):
            lines = (f"Der Aufbau ist abgebrochen. Das Protokoll steht in {self._log()}.",)
            self._told(Failed(lines), time.perf_counter() - start)
            await self._share()
        finally:
            worker.stop()
        self._spare = await self._worker(prepared=False)

    def _told(self, message: object, seconds: float) -> None:
        """Take in what a worker says."""
        took = f"neu in {seconds:.1f} s".replace(".", ",")
        if isinstance(message, PagesBuilt):
            self._tell(f"{', '.join(message.pages)} {took}")
        elif isinstance(message, BookBuilt):
            self._tell(f"Ganzes Buch {took}")
            self._building, self._problems, self._pending = False, (), frozenset()
        elif isinstance(message, Failed):
            for line in message.lines:
                self._tell(line)
            self._tell("Die Vorschau zeigt weiter den letzten guten Stand.")
            self._building, self._problems = False, message.lines

    def _log(self) -> str:
        return self.folders.log.relative_to(self.folders.project).as_posix()

    async def _share(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _end(task: asyncio.Task[None]) -> None:
    """End a round and wait until its worker is gone."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
