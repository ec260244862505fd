"""One at a time: a second build waits until the first has ended, a second preview does not begin."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WAITING = "Ein anderer Bau läuft gerade; dieser beginnt, sobald jener fertig ist."


class Taken(Exception):
    """Another one holds the folder."""


@contextmanager
def alone(folder: Path, tell: Callable[[str], None] | None) -> Iterator[tuple[int, ...]]:
    """Hold a folder for this process and those to which it passes the descriptors that are given.

    Parameters
    ----------
    folder
        The folder that only one may work in; it is made if it is not there.
    tell
        Takes a sentence if another one is at work, whose end is then waited for; None not to wait.

    Raises
    ------
    Taken
        Another one holds the folder and it was not to be waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sperre").open("ab") as file:
        if not _take(file.fileno()):
            if tell is None:
                raise Taken
            tell(WAITING)
            while not _take(file.fileno()):
                time.sleep(0.2)
        yield (file.fileno(),) if os.name == "posix" else ()


def _take(descriptor: int) -> bool:
    """Try to get the lock; the system gives it back when the last holder ends, however it ends."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except (BlockingIOError, PermissionError):
        return False
    return True
