"""Several files of a data folder change together, or none does, whenever the program is killed.

New contents are written in a folder of their own.  Renaming that folder to `.import` is the one moment
at which the change happens: from then on it only remains to move its files into place, and every program
that begins to work on the data does that first (`complete`).  A reader writes nothing, and refuses a mix of old and new.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from konzept.data.files import whole

JOURNAL = ".import"
_WAITING = ".import-"
_OLD = 600
"""Seconds after which an unfinished folder is left by a killed import."""

State = tuple[tuple[str, int, int, int], ...]


class NotSaved(Exception):
    """Nothing was written; the message says why in German."""


def state(folder: Path) -> State:
    """Tell apart two states of a data folder without reading its files."""
    entries = []
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.json"), folder / JOURNAL]):
        try:
            info = path.stat()
        except OSError:
            continue
        entries.append((path.name, info.st_ino, info.st_mtime_ns, info.st_size))
    return tuple(entries)


def finish(folder: Path) -> None:
    """Move the files of a saved change into place; does nothing when there are none.

    Several programs may do this at the same time.

    Raises
    ------
    OSError
        A file is held open by another program, or the folder may not be written to.
    """
    _forget_waiting(folder)
    journal = folder / JOURNAL
    if not journal.is_dir():
        return
    for path in sorted(journal.iterdir()):
        try:
            _put(path, folder / path.name)
        except FileNotFoundError:  # another program was quicker
            continue
    _sync(folder)
    # Gone already, or filled by the next change.
    with contextlib.suppress(OSError):
        journal.rmdir()


def complete(folder: Path) -> None:
    """Finish what a killed import has left, where a program begins; what cannot be finished, readers refuse."""
    with contextlib.suppress(OSError):
        finish(folder)


def _put(path: Path, target: Path) -> None:
    """Move a file to its place; where that is a link, the link stays and what it leads to changes."""
    if not target.is_symlink():
        path.replace(target)
        return
    content = path.read_bytes()
    with whole(target) as waiting:
        _write(waiting, content, target)
    path.unlink()


def save(folder: Path, contents: Mapping[str, bytes], expected: State) -> None:
    """Write all files of a change at once.

    Parameters
    ----------
    folder
        The data folder.
    contents
        File name → new content.
    expected
        The folder's state when the change was worked out.

    Raises
    ------
    NotSaved
        The folder changed in the meantime, or may not be written to.
    """
    if not contents:
        return
    try:
        _forget_waiting(folder)
        waiting = Path(tempfile.mkdtemp(prefix=_WAITING, dir=folder))
        waiting.chmod(folder.stat().st_mode)
        for name, content in contents.items():
            _write(waiting / name, content, folder / name)
        _sync(waiting)
        if state(folder) != expected:
            shutil.rmtree(waiting)
            raise NotSaved("Die Daten haben sich währenddessen geändert. Importieren Sie noch einmal.")
        waiting.rename(folder / JOURNAL)
        _sync(folder)
    except OSError as error:
        raise NotSaved(
            f"In den Ordner „{folder.name}“ lässt sich nicht schreiben; geändert ist nichts. Prüfen Sie Ihre Rechte und den freien Platz."
        ) from error
    try:
        finish(folder)
    except OSError:
        # The change is saved; the next command moves what is left.
        raise NotSaved(
            "Die Änderungen sind gespeichert, aber eine Tabelle ist noch in einem anderen Programm geöffnet. "
            "Schließen Sie es; der nächste Befehl schließt den Import ab."
        ) from None


def _write(path: Path, content: bytes, old: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if old.exists():
        shutil.copymode(old, path)


def _sync(folder: Path) -> None:
    """Let a folder's entries reach the disk, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_waiting(folder: Path) -> None:
    """Remove what killed imports had begun to write, but not what another is writing now."""
    for path in folder.glob(f"{_WAITING}*"):
        # Another program may be quicker.
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _OLD:
                shutil.rmtree(path, ignore_errors=True)
