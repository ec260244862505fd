"""What was issued of the concept, and which edition a state of the data is.

`data/ausgaben.csv` says which editions there are.  What sums them up cannot stand inside: `ausgaben/ausgaben.json`
beside the data holds the fingerprint of the data and the checksum of the PDF, which lies there too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from konzept.concept.known import EDITIONS, Row
from konzept.concept.model import Edition
from konzept.concept.states import State, read_state, state_of
from konzept.data.package import Package, fingerprint
from konzept.data.reading import Reading, read_folder

FOLDER, NOTES = "ausgaben", "ausgaben.json"
"""Beside the data folder: what was issued, and the file that sums it up."""


@dataclass(frozen=True)
class Note:
    """What sums an edition up."""

    data_id: str
    checksum: str = ""
    """SHA-256 of the PDF."""


def editions_in(rows: Iterable[Row]) -> tuple[Edition, ...]:
    """Give the editions that a table names, the oldest Stand first."""
    found = [
        Edition(row["id"], row["name"], row["tag"], row["stand"], row["vorlage_nr"], row["hinweis"])
        for row in rows
    ]
    return tuple(sorted(found, key=lambda e: (e.stand, e.day or dt.date.min)))


def folder_of(data: Path) -> Path:
    """Name the folder of what was issued from a data folder."""
    return data.resolve().parent / FOLDER


def paper_of(data: Path, edition_id: str) -> Path:
    """Name the PDF of an edition."""
    return folder_of(data) / f"{edition_id}.pdf"


def notes_of(data: Path) -> dict[str, Note]:
    """Read what sums the editions up; nothing where nothing was issued."""
    try:
        content = json.loads((folder_of(data) / NOTES).read_text("utf-8"))
        return {key: Note(each["datenkennung"], each.get("sha256", "")) for key, each in content.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def notes_text(notes: Mapping[str, Note]) -> str:
    """Write what sums the editions up."""
    content = {key: {"datenkennung": n.data_id, "sha256": n.checksum} for key, n in sorted(notes.items())}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def notes_state(data: Path) -> str:
    """Name the state of what was issued: pages that list it depend on it."""
    path = folder_of(data) / NOTES
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def edition_of(package: Package) -> Edition | None:
    """Find the edition that a data folder is, to the letter; None for a state that was not issued."""
    notes, state = notes_of(package.folder), fingerprint(package.folder)
    editions = editions_in(read_folder(package.folder).rows.get(EDITIONS, ()))
    return next((e for e in reversed(editions) if e.id in notes and notes[e.id].data_id == state), None)


def shown_as(package: Package) -> str:
    """Name the edition of a data folder as every page does: „Ausgabe „Arbeitsfassung 1““, else „Arbeitsstand“."""
    edition = edition_of(package)
    return f"Ausgabe „{edition.name}“" if edition else "Arbeitsstand"


def state_of_edition(edition: Edition, reading: Reading) -> State | None:
    """Give the data of an edition: as its PDF carries them, or as known on its day where it was never issued.

    Raises
    ------
    konzept.data.problems.DataProblems
        The PDF is damaged, or the data hold problems.
    """
    if edition.day is None:
        return state_of(reading, edition.stand)
    assert reading.package is not None
    paper = paper_of(reading.package.folder, edition.id)
    return read_state(str(paper), reading) if paper.is_file() else None
