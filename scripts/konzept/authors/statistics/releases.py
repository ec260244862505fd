"""A file that was read, and the document that stands for its release: one row of `dokumente` each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from konzept.authors.excel.layout import Cells
from konzept.authors.excel.trial import Present
from konzept.authors.statistics.flatfile import FlatFile
from konzept.authors.statistics.proposing import Proposal
from konzept.authors.statistics.publishers import publisher_of
from konzept.authors.statistics.retrieval import TABLE
from konzept.authors.statistics.revisions import Revision
from konzept.data.problems import Problem
from konzept.words import german


@dataclass
class File:
    """A file and what it brings."""

    flat: FlatFile
    day: dt.date
    rows: list[Cells]
    proposals: list[Proposal] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def release_key(source: str, flat: FlatFile, day: dt.date) -> str:
    """Give the key of the document that stands for a release read on a day."""
    if publisher := publisher_of(flat.table):
        base = f"{publisher.key}-{re.sub('[^a-z0-9]+', '-', flat.table.casefold())}"
    else:
        base = re.sub(r"-\d{4}-\d{2}-\d{2}$", "", source)
    return f"{base}-{day.isoformat()}"


def new_documents(
    files: Sequence[File], present: Present, problems: list[Problem]
) -> list[tuple[str, Cells]]:
    """Make the documents of new releases, each with the one that it follows; say where nobody can."""
    known = {row["id"]: row for row in present.tables["dokumente"]}
    before = {row["id"]: row["dokument_id"] for row in present.tables[TABLE]}
    made: dict[str, tuple[str, Cells]] = {}
    for file in files:
        proposed = {
            row["id"]: proposal.row["dokument_id"]
            for row, proposal in zip(file.rows, file.proposals, strict=False)
        }
        for row in file.rows:
            key = row["dokument_id"]
            if key in known or key in made:
                continue
            source = before.get(row["id"]) or proposed.get(row["id"], "")
            cells = _first(key, file, present)
            if cells is None and source in known:
                cells = _following(known[source], key, file)
            if cells is None:
                problems.append(
                    Problem(
                        file.flat.name,
                        None,
                        None,
                        "Wer diese Tabelle herausgibt, sagt ihr Name nicht. Nennen Sie mit --quelle das Dokument der Daten, zu dem sie gehört.",
                    )
                )
                return []
            made[key] = (source, cells)
    return list(made.values())


def _following(old: Cells, key: str, file: File) -> Cells:
    """Describe the next release of a source."""
    day = german.date(file.day)
    title = re.sub(r", (?:Datenstand|abgerufen am) [^,]*$", "", old["titel"])
    short = re.sub(r" \(Abruf [^)]*\)$", "", old["kurztitel"])
    return {
        **old,
        "id": key,
        "titel": f"{title}, abgerufen am {day}",
        "kurztitel": f"{short} (Abruf {day})" if short else "",
        "datum": "",
        "datum_genauigkeit": "",
        "zugriff_am": file.day.isoformat(),
        # What an address names besides the place is another release.
        "url": re.sub(r"/(?:tree|blob|commit)/.*$", "", old["url"]),
    }


def _first(key: str, file: File, present: Present) -> Cells | None:
    """Describe the first release of a table that is read."""
    publisher = publisher_of(file.flat.table)
    if publisher is None:
        return None
    empty = dict.fromkeys((c.name for c in present.package.tables["dokumente"].columns), "")
    nation = [row["id"] for row in present.tables["gebiete"] if row["ebene"] == "bund"]
    title = f"{publisher.name}, Tabelle {file.flat.table}"
    return {
        **empty,
        "id": key,
        "titel": f"{title} („{file.flat.title}“), abgerufen am {german.date(file.day)}",
        "kurztitel": title,
        "art": "datensatz",
        "herausgeber": publisher.editor,
        "url": publisher.address,
        "zugriff_am": file.day.isoformat(),
        "gebiet_id": nation[0] if nation else present.package.town.area_id,
        "lizenz": publisher.licence,
    }
