"""Brings a town's tables to the program's schema: `konzept upgrade`.

What a table lacks comes in empty, what was called otherwise gets its name of today.  What the schema has no place for
is set aside beside the data folder, so nothing is lost.  All tables change at one moment, or none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from konzept.data import town
from konzept.data.files import content, whole
from konzept.data.older_tables import Layout, header_of, rewritten, set_aside, written
from konzept.data.package import Table
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import read_folder, read_sheet
from konzept.data.saving import State, save, state
from konzept.data.town import TOWN
from konzept.words import german

ASIDE = "aufgehoben"
"""The folder beside the data that holds what the schema has no place for; nothing of it is published."""


@dataclass(frozen=True)
class Upgrade:
    """What becomes of a data folder."""

    contents: Mapping[str, bytes]
    """File of the data folder → new content."""
    aside: Mapping[str, bytes]
    """File → what is set aside."""
    told: tuple[str, ...]
    """What is new, a German sentence each."""
    expected: State
    """The folder's state when this was worked out."""


def plan_upgrade(folder: Path) -> Upgrade:
    """Work out what becomes of a data folder; nothing is written.

    Parameters
    ----------
    folder
        The data folder, of whatever version.

    Raises
    ------
    DataProblems
        It cannot be read, lacks what its own version had, or is of a newer version than the program's.
    """
    expected = state(folder)
    reading = read_folder(folder)
    package = reading.package
    if package is None:
        raise DataProblems(reading.problems)
    if not package.is_older:
        return Upgrade({}, {}, (), expected)
    settings = content(folder / TOWN).decode("utf-8")
    newer = re.sub(r'("schema"\s*:\s*)\d+', rf"\g<1>{town.SCHEMA_VERSION}", settings, count=1)
    contents, aside = {TOWN: newer.encode()}, {}
    problems: list[Problem] = []
    told: list[str] = []
    for table in package.tables.values():
        path = folder / table.file
        if not path.exists() and table.since > package.version:
            contents[table.file] = header_of(table)
            told.append(f"Neue Tabelle „{table.title}“ ({table.file}): {table.description}")
            continue
        before = len(problems)
        _, layout = read_sheet(package, table, problems, others=True)
        if len(problems) > before or layout.same:
            continue
        text = content(path).decode("utf-8")
        contents[table.file] = rewritten(text, table, layout).encode()
        if kept := set_aside(text, table, layout):
            aside[table.file] = written(kept).encode()
        told += _told(table, layout, len(kept) - 1)
    if problems:
        raise DataProblems(problems)
    return Upgrade(contents, aside, tuple(told), expected)


def carry_out(upgrade: Upgrade, folder: Path) -> Iterator[str]:
    """Write what was planned, and tell where things are that the tables have no place for.

    Raises
    ------
    DataProblems
        No table was written.
    """
    for name, kept in upgrade.aside.items():
        yield f"Was das Programm nicht mehr kennt, steht in {_keep(folder.parent / ASIDE / name, kept)}."
    save(folder, upgrade.contents, upgrade.expected)


def _keep(path: Path, kept: bytes) -> str:
    """Set something aside, never in the place of something else."""
    path.parent.mkdir(exist_ok=True)
    places = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100))]
    free = next(each for each in places if not each.exists() or each.read_bytes() == kept)
    if not free.exists():
        with whole(free) as waiting:
            waiting.write_bytes(kept)
    return f"{ASIDE}/{free.name}"


def _told(table: Table, layout: Layout, kept: int) -> Iterator[str]:
    """Say what is new in a table."""
    for name in layout.added:
        column = table.column(name)
        yield f"{table.title} ({table.file}): Neu ist die Spalte „{column.title}“ ({name}). {column.description}".rstrip()
    for old, new in layout.renamed.items():
        yield f"{table.title} ({table.file}): Die Spalte „{old}“ heißt jetzt „{new}“."
    if layout.left:
        names = german.listing([f"„{name}“" for name in layout.left])
        what = "ihr Inhalt wird aufgehoben" if kept > 0 else "sie war leer"
        yield f"{table.title} ({table.file}): Das Programm kennt nicht (mehr): {names}; {what}."
