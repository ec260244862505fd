"""Commands that run, what they say meanwhile, and how to stop them."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LINE = 2**24
"""More letters than any line has."""
_PATIENCE = 5


@dataclass(frozen=True)
class Said:
    """What a running command says, and where."""

    text: str
    progress: bool
    """Whether it tells of its progress or of problems; otherwise it is a result."""


class Running:
    """The commands of one project that run."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._processes: dict[str, Process] = {}

    async def run(self, words: Sequence[str]) -> AsyncIterator[str | Said | int]:
        """Run a command: give the key that stops it, then all lines, then its exit code.

        Whoever stops listening ends it.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "konzept", *words),
            cwd=self._project,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            limit=_LINE,
            env={**os.environ, "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        key = secrets.token_hex(8)
        self._processes[key] = process
        try:
            yield key
            async for said in _said(process):
                yield said
            yield await process.wait()
        finally:
            del self._processes[key]
            await _end(process)

    def stop(self, key: str) -> bool:
        """Let a command end as by Ctrl+C; tell whether it was running."""
        process = self._processes.get(key)
        if process is not None:
            _signal(process, signal.SIGINT)
        return process is not None

    async def close(self) -> None:
        """End all that runs."""
        for process in list(self._processes.values()):
            await _end(process)


async def _said(process: Process) -> AsyncIterator[Said]:
    """Give the lines of both outputs as they come."""
    lines: asyncio.Queue[Said | None] = asyncio.Queue()

    async def read(stream: asyncio.StreamReader, *, progress: bool) -> None:
        async for line in stream:
            lines.put_nowait(Said(line.decode("utf-8", "replace").rstrip("\r\n"), progress))
        lines.put_nowait(None)

    assert process.stdout is not None
    assert process.stderr is not None
    readers = [
        asyncio.create_task(read(process.stdout, progress=False)),
        asyncio.create_task(read(process.stderr, progress=True)),
    ]
    for _ in readers:
        while (said := await lines.get()) is not None:
            yield said


async def _end(process: Process) -> None:
    if process.returncode is None:
        _signal(process, signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), _PATIENCE)
        except TimeoutError:
            _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            await process.wait()


def _signal(process: Process, number: int) -> None:
    """Reach also what the command has started."""
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(process.pid, number)
        else:
            process.terminate()
