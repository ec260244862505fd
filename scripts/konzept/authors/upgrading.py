"""Brings a town's tables to the program's schema: `konzept upgrade`.

What a table lacks comes in empty, what was called otherwise gets its name of today.  What the schema has no place for
is set aside beside the data folder, so nothing is lost.  All tables change at one moment, or none does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konzept.data import town
from konzept.data.files import content, whole
from konzept.data.older_tables import Layout, header_of, rewritten, set_aside, written
from konzept.data.package import DESCRIPTOR, Table, package_of
from konzept.data.plainjson import PackageError, read_group
from konzept.data.problems import DataProblems, Problem, refused
from konzept.data.reading import read_sheet
from konzept.data.saving import State, save, state
from konzept.data.town import TOWN, settings_of, town_faults
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
    settings, contents, aside = _settings(folder)
    version = int(settings["schema"])
    if version == town.SCHEMA_VERSION:
        return Upgrade({}, {}, (), expected)
    package = package_of(folder, settings)
    problems: list[Problem] = []
    told: list[str] = []
    for table in package.tables.values():
        path = folder / table.file
        if not path.exists() and table.since > version:
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
    # All that it says has its place in the town's settings, in the program, or aside.
    (folder / DESCRIPTOR).unlink(missing_ok=True)


def _keep(path: Path, kept: bytes) -> str:
    """Set something aside, never in the place of something else."""
    path.parent.mkdir(exist_ok=True)
    places = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100))]
    free = next(each for each in places if not each.exists() or each.read_bytes() == kept)
    if not free.exists():
        with whole(free) as waiting:
            waiting.write_bytes(kept)
    return f"{ASIDE}/{free.name}"


# The town


def _settings(folder: Path) -> tuple[dict[str, Any], dict[str, bytes], dict[str, bytes]]:
    """Give the town's settings, their file as it will be, and what of the older one is set aside."""
    try:
        if (folder / TOWN).exists() or not (folder / DESCRIPTOR).exists():
            settings = read_group(
                folder / TOWN, lacking=f"Diese Datei fehlt. Ohne sie ist „{folder}“ kein Datenordner."
            )
            _judge(settings, f"{folder.name}/{TOWN}")
            text = content(folder / TOWN).decode("utf-8")
            newer = re.sub(r'("schema"\s*:\s*)\d+', rf"\g<1>{town.SCHEMA_VERSION}", text, count=1)
            return settings, {TOWN: newer.encode()}, {}
        described = read_group(folder / DESCRIPTOR, lacking="")
    except PackageError as error:
        place, _, sentence = str(error).partition(": ")
        raise refused(place, sentence) from error
    settings = {**settings_of(described.get("konzept")), **_projects(described)}
    _judge(settings, f"{folder.name}/{DESCRIPTOR}")
    text = json.dumps({**settings, "schema": town.SCHEMA_VERSION}, ensure_ascii=False, indent=2) + "\n"
    return settings, {TOWN: text.encode()}, {DESCRIPTOR: content(folder / DESCRIPTOR)}


def _judge(settings: Mapping[str, Any], file: str) -> None:
    if told := list(town_faults(settings)):
        raise DataProblems(Problem(file, None, None, sentence) for sentence in told)


def _projects(described: Mapping[str, Any]) -> dict[str, Any]:
    """Give the projects of an older description, which were words of a column."""
    fields = {
        (table["name"], each["name"]): each
        for table in described.get("resources", ())
        for each in table["schema"]["fields"]
    }
    column = fields.get(("handlungsfelder", "projekt"), {})
    words = column.get("categories") or [
        {"value": key} for key in column.get("constraints", {}).get("enum", ())
    ]
    found = {each["value"]: each.get("label") or str(each["value"]).capitalize() for each in words}
    return {"projekte": found} if found else {}


# A table


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
