"""The data as they stood: on a day, in the folder of an older edition, or in the PDF that carried them.

Older editions have other columns.  They are put into the schema of today in memory: what they lack is empty,
what was called otherwise (`frueher` of a column, `umbenannt` of the data) gets its name of today.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NoReturn

from konzept.concept.known import Row, known
from konzept.data.package import DESCRIPTOR, Package
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import Reading, Rows, read_folder
from konzept.words import german, official


@dataclass(frozen=True)
class State:
    """All that the data told at one day, in the schema of today."""

    package: Package
    day: dt.date
    rows: Mapping[str, Rows]
    name: str
    """How a sentence calls it: „Stand vom 30. August 2023“."""
    reconstructed: bool = False
    """It was never an edition: what the sources had told by then is concluded from their dates."""


def state_of(reading: Reading, day: dt.date | None = None) -> State:
    """Give the state of sound data on a day; None takes their Stand.

    Raises
    ------
    DataProblems
        The data hold problems, or reach no further than an earlier day.
    """
    if reading.package is None or reading.problems:
        raise DataProblems(reading.problems)
    package = reading.package
    if day is not None and day > package.stand:
        _refuse(
            german.date(day),
            f"Dieser Tag liegt nach dem Stand der Daten ({german.date(package.stand)}). Nennen Sie einen früheren.",
        )
    return _state(package, reading.rows, day or package.stand)


def read_state(place: str, present: Reading) -> State:
    """Read the state that someone names: a day, a printed PDF, or a data folder.

    Parameters
    ----------
    place
        Day, month or year; else a path.
    present
        The data of today: they know the days, and the schema.

    Raises
    ------
    DataProblems
        There is no such state, or it cannot be compared; the German sentence says why.
    """
    try:
        day = official.last_day(place)
    except ValueError:
        pass
    else:
        return state_of(present, day)
    path = Path(place)
    if path.is_dir():
        return _older(_read(path, place), present, place)
    if path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            _unpack(path, Path(folder))
            return _older(_read(Path(folder), path.name), present, path.name)
    _refuse(
        place,
        "Das ist kein Tag, kein PDF und kein Datenordner. Nennen Sie einen Tag wie 30.08.2023 oder einen vorhandenen Pfad.",
    )


def _state(package: Package, rows: Mapping[str, Rows], day: dt.date) -> State:
    found = known(package, rows, day)
    kept = {
        name: [row for row in table if (name, row.get("id")) not in found.unnamed]
        for name, table in found.rows.items()
        if _tells(package, name)
    }
    return State(package, day, kept, f"Stand vom {german.long_date(day)}", reconstructed=day < package.stand)


def _tells(package: Package, name: str) -> bool:
    """Whether a table tells of the concept, with a source; others tell of the book: its editions, its approved chapters, words to search for."""
    return name == "dokumente" or any(c.name == "quelle_id" for c in package.tables[name].columns)


def _refuse(place: str, sentence: str) -> NoReturn:
    raise DataProblems([Problem(place, None, None, sentence)])


# What a PDF carries


_MOST = 200_000_000
"""More bytes than any concept's tables have: whoever attaches more means no good."""


def _unpack(paper: Path, folder: Path) -> None:
    """Write the tables that a PDF carries into a folder."""
    # Imported here because a comparison of days needs no PDF.
    import pikepdf

    try:
        with pikepdf.open(paper) as pdf:
            attached = pdf.attachments
            # Only what lies flat may be part of the data.
            flat = [name for name in attached if PurePath(name).name == name]
            wanted = [name for name in flat if name == DESCRIPTOR or name.endswith(".csv")]
            if DESCRIPTOR not in wanted:
                _refuse(
                    paper.name,
                    "In diesem PDF sind keine Daten enthalten. Nehmen Sie eines, das „konzept build“ oder „konzept ausgabe“ gesetzt hat.",
                )
            left = _MOST
            for name in wanted:
                content = attached[name].get_file().read_bytes()
                left -= len(content)
                if left < 0:
                    _refuse(paper.name, "Die Daten in diesem PDF sind größer als jedes Integrationskonzept.")
                (folder / name).write_bytes(content)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, OSError):
        _refuse(paper.name, "Diese Datei ist kein PDF oder beschädigt. Holen Sie eine unversehrte Fassung.")


# Older schemas


def _read(folder: Path, place: str) -> Reading:
    reading = read_folder(folder, older=True)
    if reading.package is None or reading.problems:
        # The folder may be one that nobody has seen.
        raise DataProblems(
            dataclasses.replace(p, file=f"{place}, {PurePath(p.file).name}") for p in reading.problems
        )
    return reading


def _older(reading: Reading, present: Reading, place: str) -> State:
    """Put the data of another edition into the schema of today."""
    if present.package is None:
        raise DataProblems(present.problems)
    old, now = reading.package, present.package
    assert old is not None
    if old.town.ags != now.town.ags:
        _refuse(
            place, f"Diese Daten gehören zu: {old.town.title}. Vergleichen lässt sich nur: {now.town.title}."
        )
    newer = sorted(_unknown(old, now))
    if newer:
        _refuse(
            place,
            f"Diese Ausgabe ist mit einer neueren Fassung des Programms entstanden; hier ist unbekannt: {', '.join(newer)}. "
            "Bringen Sie Programm und Daten auf deren Stand.",
        )
    package = dataclasses.replace(now, stand=old.stand, folder=old.folder)
    return _state(package, _renamed(_fitted(reading.rows, now), now), old.stand)


def _unknown(old: Package, now: Package) -> set[str]:
    """Name tables and columns that the schema of today does not have, under whatever name."""
    found = set()
    for name, table in old.tables.items():
        if name not in now.tables:
            found.add(f"Tabelle „{name}“")
            continue
        names = {each for c in now.tables[name].columns for each in (c.name, *c.former)}
        found |= {f"Spalte „{c.name}“ in „{name}“" for c in table.columns if c.name not in names}
    return found


def _fitted(rows: Mapping[str, Rows], now: Package) -> dict[str, Rows]:
    return {
        name: [
            {c.name: next((row[n] for n in (c.name, *c.former) if n in row), None) for c in table.columns}
            for row in rows.get(name, ())
        ]
        for name, table in now.tables.items()
    }


def _renamed(rows: dict[str, Rows], now: Package) -> dict[str, Rows]:
    """Give keys their names of today, wherever they stand."""
    if not now.renamed:
        return rows
    return {name: [_with_new_keys(name, row, now) for row in rows[name]] for name in rows}


def _with_new_keys(table: str, row: Row, now: Package) -> dict[str, Any]:
    targets = {column: target for column, (target, _) in now.tables[table].references.items()}
    if now.tables[table].key == ("id",):
        targets["id"] = table
    if table == "pruefhinweise":
        targets["zeile_id"] = row["tabelle"]
    new = {c: now.renamed.get(t, {}).get(row[c], row[c]) for c, t in targets.items()}
    return {**row, **new}


def refuse_pair(before: State, after: State) -> None:
    """Refuse two states in the wrong order.

    Raises
    ------
    DataProblems
        The second is the earlier one.
    """
    if before.day > after.day:
        _refuse(
            german.date(before.day),
            f"Der erste Stand ist jünger als der zweite ({german.date(after.day)}). Vertauschen Sie „--seit“ und „--bis“.",
        )
