"""Files that are never there in part, whenever the program is killed."""

from __future__ import annotations

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
