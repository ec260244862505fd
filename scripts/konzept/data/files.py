"""Files that are never there in part, whenever the program is killed, and of which reading never comes to no end."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place to write to; what is written there becomes the file at one moment, or not at all.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     greeting = Path(folder, "gruss.txt")
    ...     with whole(greeting) as waiting:
    ...         _ = waiting.write_text("Guten Tag")
    ...     greeting.read_text()
    'Guten Tag'
    """
    # A link stays a link: what it leads to is written.
    path = path.resolve() if path.is_symlink() else path
    waiting = path.with_name(f"{path.name}.neu")
    try:
        yield waiting
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file at one moment, or not at all."""
    with whole(path) as waiting:
        waiting.write_bytes(content.encode() if isinstance(content, str) else content)


BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
"""All that reading a broken archive may end in: its list, its packed bytes, a password (RuntimeError), and a way of
packing that `zipfile` does not know (a RuntimeError as well)."""

MOST = 200 << 20
"""So many bytes a file may hold that is read as a whole: a hundred times what the largest table needs."""


def content(path: Path, most: int = MOST) -> bytes:
    """Read a file, but no device or pipe, of which there may be no end.

    Raises
    ------
    OSError
        It is no file, cannot be read, or is larger than `most` (then ``errno.EFBIG``).
    """
    # Opening a pipe would wait for someone who writes.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        found = file.read(most + 1)
    if len(found) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return found


def write_changed(path: Path, text: str) -> None:
    """Write a file unless it holds just this text: pages that link to it by its time or content then stay as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = text.encode()
    # What a full disk has left half written need not be text.
    if not path.is_file() or path.read_bytes() != new:
        path.write_bytes(new)
