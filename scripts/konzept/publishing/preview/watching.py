"""Which files of the project have really changed: a save without a change costs nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from watchfiles import Change, awatch

FOLDERS = ("book", "data", "scripts")
FILES = ("_config.yml", "_toc.yml")

_PATIENCE = 20
"""Milliseconds without a further event, after which saves that belong together are over."""


class Sources:
    """The files that the book is made of, and what was in them when last looked at."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self._content = {path: _digest(path) for path in self._files()}

    def _files(self) -> Iterable[Path]:
        yield from (self.project / name for name in FILES)
        for folder in FOLDERS:
            yield from (p for p in (self.project / folder).rglob("*") if p.is_file() and is_source(p))

    def changed(self, paths: Iterable[Path]) -> set[Path]:
        """Of files that an event named, give those whose content is another one or that came or went."""
        found = set()
        for path in paths:
            before, now = self._content.get(path), _digest(path)
            if before != now:
                found.add(path)
                self._content[path] = now
        return found

    async def watch(self) -> AsyncIterator[set[Path]]:
        """Wait for changes; each step gives the files that changed together."""
        found: asyncio.Queue[set[Path]] = asyncio.Queue()

        async def follow(*roots: Path, recursive: bool) -> None:
            def wanted(_: Change, name: str) -> bool:
                path = Path(name)
                return is_source(path) and (recursive or path.name in FILES)

            async for events in awatch(*roots, watch_filter=wanted, step=_PATIENCE, recursive=recursive):
                if changed := self.changed(Path(name) for _, name in events):
                    found.put_nowait(changed)

        folders = [self.project / name for name in FOLDERS if (self.project / name).is_dir()]
        # The two files by their folder: editors that replace a file on saving would leave a watch on nothing.
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(follow(*folders, recursive=True))
            tasks.create_task(follow(self.project, recursive=False))
            while True:
                yield await found.get()


def is_source(path: Path) -> bool:
    """Tell a file of the book from what editors and Python leave beside it."""
    own = not path.name.startswith((".", "~", "#")) and not path.name.endswith(("~", ".pyc", ".tmp"))
    return own and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)


def _digest(path: Path) -> bytes | None:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
