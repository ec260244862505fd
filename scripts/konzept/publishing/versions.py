"""`konzept veroeffentlichen`: what was built becomes a version in a folder that any web server can show.

`aktuell` leads to the version that is shown; it is exchanged at one moment, when the new version is whole and on the
disk.  So whoever reads never meets half a book, and a run that was killed leaves nothing but what the next one clears.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import os
import shutil
from pathlib import Path

from konzept.data.problems import NotDone
from konzept.publishing.building import WORK, Tell, copy_folder
from konzept.publishing.locking import alone

CURRENT = "aktuell"
VERSIONS = "versionen"
KEPT = 10

_NAME = "%Y-%m-%d-%H%M%S"
_UNFINISHED = ".neu"


def refuse_unfit(project: Path, folder: Path) -> None:
    """Refuse a folder in which versions would do harm, before anything is built for it.

    Raises
    ------
    NotDone
        It lies in the project, or holds something else of the name that leads to the version shown.
    """
    if folder.resolve().is_relative_to(project.resolve()):
        raise NotDone(
            f"„{folder}“ liegt im Projekt. Nennen Sie einen Ordner außerhalb, den der Webserver zeigt."
        )
    current = folder / CURRENT
    if (folder.exists() and not folder.is_dir()) or (current.exists() and not current.is_symlink()):
        raise NotDone(
            f"In „{folder}“ liegt schon etwas anderes. Nennen Sie einen neuen Ordner; angelegt wird er von selbst."
        )


def publish(
    project: Path, folder: Path, now: dt.datetime, tell: Tell, built: Path | None = None
) -> dt.datetime | None:
    """Put what was built into a folder as a new version, and show that.

    Parameters
    ----------
    project
        The folder of `_config.yml`; its book has been built.
    folder
        Where the versions are kept.
    now
        The present time.
    tell
        Takes a sentence if another one publishes, whose end is then waited for.
    built
        The pages, if they are not those that were built last.

    Returns
    -------
    datetime or None
        When the version is from; None if the one that is shown is the same.
    """
    built = built or project / "_build" / "html"
    # Whoever builds in the meantime would take the pages away while they are copied.
    with alone(folder / VERSIONS, tell), alone(project / "_build" / WORK, tell):
        for left in (folder / VERSIONS).glob(f"*{_UNFINISHED}"):
            shutil.rmtree(left)
        shown = current(folder)
        if shown and _are_same(built, _place(folder, shown)):
            return None
        versions = kept(folder)
        # A clock that was set back does not make the new version an old one.
        when = max([now.replace(microsecond=0), *(version + dt.timedelta(seconds=1) for version in versions)])
        waiting = _unfinished(folder, when)
        copy_folder(built, waiting)
        _let_all_read(folder, waiting)
        waiting.rename(_place(folder, when))
        if hasattr(os, "sync"):
            os.sync()
        _show(folder, when)
        for old in [*versions, when][:-KEPT]:
            # Nobody may go back to what is half gone.
            shutil.rmtree(_place(folder, old).rename(_unfinished(folder, old)))
    return when


def go_back(folder: Path, tell: Tell) -> dt.datetime:
    """Show the version before the one that is shown; that one stays.

    Raises
    ------
    NotDone
        There is none.
    """
    if not (folder / VERSIONS).is_dir():
        raise NotDone(f"In „{folder}“ ist noch nichts veröffentlicht.")
    with alone(folder / VERSIONS, tell):
        shown = current(folder)
        earlier = [version for version in kept(folder) if shown is None or version < shown]
        if not earlier:
            raise NotDone(f"In „{folder}“ gibt es keine frühere Version; aufgehoben werden die letzten zehn.")
        _show(folder, earlier[-1])
    return earlier[-1]


def kept(folder: Path) -> list[dt.datetime]:
    """List the versions of a folder, the oldest first."""
    times = (_time(path.name) for path in (folder / VERSIONS).iterdir() if path.is_dir())
    return sorted(time for time in times if time)


def current(folder: Path) -> dt.datetime | None:
    """Tell which version is shown; None if there is none."""
    link = folder / CURRENT
    return _time(link.readlink().name) if link.is_symlink() and link.is_dir() else None


def _place(folder: Path, version: dt.datetime) -> Path:
    return folder / VERSIONS / version.strftime(_NAME)


def _unfinished(folder: Path, version: dt.datetime) -> Path:
    return folder / VERSIONS / f"{version.strftime(_NAME)}{_UNFINISHED}"


def _time(name: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(name, _NAME)
    except ValueError:
        return None


def _show(folder: Path, version: dt.datetime) -> None:
    waiting = folder / f"{CURRENT}{_UNFINISHED}"
    waiting.unlink(missing_ok=True)
    # From where the link lies, so that the folder may be moved, or be seen elsewhere by the web server.
    waiting.symlink_to(Path(VERSIONS, version.strftime(_NAME)), target_is_directory=True)
    waiting.replace(folder / CURRENT)


def _let_all_read(folder: Path, version: Path) -> None:
    """Let the web server read what is public, however closed the one who publishes keeps his own files."""
    for path in (folder, folder / VERSIONS, version, *version.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _are_same(one: Path, other: Path) -> bool:
    files = _files(one)
    return files == _files(other) and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in files
    )


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
