"""What Jupyter Book says when a build fails, as German sentences with a place and a remedy."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from pathlib import Path

from konzept.authors.messages.notebooks import failed_cells
from konzept.authors.messages.warnings import page_warnings

UNKNOWN = (
    "Jupyter Book ist gescheitert, ohne eine Stelle zu nennen. "
    "Schicken Sie das Protokoll an die Person, die das Programm betreut."
)

FULL = "Der Datenträger ist voll. Schaffen Sie Platz und bauen Sie noch einmal."
FORBIDDEN = (
    "In den Ordner _build darf nicht geschrieben werden. "
    "Prüfen Sie Ihre Rechte, oder löschen Sie den Ordner und bauen Sie noch einmal."
)
FAULTY = (
    "Eine Datei ließ sich nicht lesen oder schreiben. Prüfen Sie den Datenträger, und bauen Sie noch einmal."
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


_OF_THE_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: FORBIDDEN,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EIO: FAULTY,
}


def of_the_system(error: OSError) -> str | None:
    """Say what keeps files from being written; None if it is nothing that an author can mend."""
    return _OF_THE_SYSTEM.get(error.errno or 0)


def in_german(log: str, project: Path) -> list[str]:
    """Say why a build failed.

    Parameters
    ----------
    log
        All that Jupyter Book printed.
    project
        The project's folder, so that places are named from there.

    Returns
    -------
    list of str
        At least one sentence.
    """
    log = _COLOUR.sub("", log)
    found = [
        *_extension_errors(log),
        *failed_cells(log, project),
        *_crashes(log),
        *page_warnings(log, project),
    ]
    return list(dict.fromkeys(found)) or [UNKNOWN]


def _extension_errors(log: str) -> Iterator[str]:
    """Our own extensions raise German sentences."""
    match = re.search(
        r"^Extension error(?: \([\w.]+\))?[!:]\s*\n(.*?)(?=^Traceback|^\s*$|\Z)",
        log,
        re.MULTILINE | re.DOTALL,
    )
    if match is None:
        return
    for line in match[1].strip().splitlines():
        # Sphinx wraps what a handler raised; the sentence is in its exception.
        inner = re.search(r"\(exception: (.*)\)$", line.strip())
        yield inner[1] if inner else line.strip()


def _crashes(log: str) -> Iterator[str]:
    """What ends the build at once and belongs to no page."""
    if "No space left on device" in log or "database or disk is full" in log:
        yield FULL
    elif re.search(
        r"Read-only file system|\b(?:Permission denied|Operation not permitted)\b|readonly database", log
    ):
        yield FORBIDDEN
