"""Rows that a table had in the last version in git and has no more: a table saved while filtered, or emptied by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from konzept.data.problems import Problem
from konzept.data.reading import Reading, place
from konzept.data.repository import GitFailed, git
from konzept.words import german

_FEW = 5
"""So few rows are deleted on purpose."""


def lost_rows(reading: Reading) -> Iterator[Problem]:
    """Name tables that have lost all their rows, or more than half of them, since the last version in git."""
    if reading.package is None:
        return
    differences = _differences(reading)
    for name, table in reading.package.tables.items():
        added, removed = differences.get(table.file, (0, 0))
        now, lost = len(reading.rows[name]), removed - added
        if lost > 0 and (now == 0 or (lost >= _FEW and lost > now)):
            rest = german.count(now, "Zeile", "Zeilen") if now else "keine mehr"
            yield Problem(
                place(reading.package, name),
                None,
                None,
                f"In der letzten Fassung in git hat die Tabelle {german.count(now + lost, 'Zeile', 'Zeilen')}, hier {rest}. "
                "Ist das nicht so gemeint, holen Sie die Datei aus git zurück.",
                hint=True,
            )


def _differences(reading: Reading) -> dict[str, tuple[int, int]]:
    """Count for each file the lines that came and went since the last version; nothing where there is no git."""
    assert reading.package is not None
    command = ["diff", "--no-ext-diff", "--no-textconv", "--numstat", "--relative", "HEAD", "--", "."]
    try:
        told = git(reading.package.folder, command)
    except GitFailed:
        return {}
    found = {}
    for line in told.decode("utf-8", "replace").splitlines():
        added, removed, file = line.split("\t", 2)
        if added.isdecimal() and removed.isdecimal():
            found[file] = (int(added), int(removed))
    return found
