"""`konzept ausgabe`: freezes the present state as an edition, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from pathlib import Path

from konzept.authors.excel.keys import slug
from konzept.authors.languages.checking import stale_problems
from konzept.authors.languages.standing import standings
from konzept.concept.editions import NOTES, Note, edition_of, folder_of, notes_of, notes_text, paper_of
from konzept.concept.known import EDITIONS
from konzept.data.csv_file import read_csv, written
from konzept.data.files import whole
from konzept.data.package import fingerprint, load_package
from konzept.data.problems import DataProblems, refused
from konzept.data.reading import place, read_folder, refuse_older
from konzept.data.saving import save, state
from konzept.publishing.building import Tell, build_book
from konzept.words import german


def issue(project: Path, data: Path, name: str, *, day: dt.date, paper_number: str, tell: Tell) -> Path:
    """Write an edition's row, print it, and note its fingerprint and checksum beside the data.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    data
        The data folder; it has been checked.
    name
        What the edition is called.
    day
        The day on which it is issued.
    paper_number
        Number of the council paper; may be empty.
    tell
        Takes lines of progress.

    Returns
    -------
    Path
        The edition's PDF.

    Raises
    ------
    DataProblems
        There is such an edition already, or a block in another language is out of date; nothing was written.
    konzept.publishing.building.BuildFailed
        It could not be printed; all is as it was.
    """
    package = load_package(data)
    refuse_older(package)
    if stale := stale_problems([s for s in standings(project / "book", read_folder(data)) if s.shown]):
        raise DataProblems(stale)
    file = package.tables[EDITIONS].file
    key = _new_key(data, name)
    table = read_csv(data / file)
    cells = {"id": key, "name": name, "tag": day.isoformat(), "stand": package.stand.isoformat()}
    cells |= {"vorlage_nr": paper_number, "hinweis": ""}
    content, _ = written(table, [*table.records, cells])
    before, notes = (data / file).read_bytes(), notes_of(data)
    paper = paper_of(data, key)
    try:
        save(data, {file: content.encode()}, state(data))
        _note(data, {**notes, key: Note(fingerprint(data))})
        [printed] = build_book(project, data, only="pdf", tell=tell)
        with whole(paper) as waiting:
            shutil.copy2(printed, waiting)
        checksum = hashlib.sha256(paper.read_bytes()).hexdigest()
        _note(data, {**notes, key: Note(fingerprint(data), checksum)})
    except BaseException:
        paper.unlink(missing_ok=True)
        save(data, {file: before}, state(data))
        _note(data, notes)
        raise
    return paper


def _new_key(data: Path, name: str) -> str:
    """Make the edition's key, and refuse what is no new edition."""
    reading = read_folder(data)
    package = reading.package
    assert package is not None
    where = place(package, EDITIONS)
    key = f"u-{slug(name)}"
    rows = reading.rows[EDITIONS]
    if not re.fullmatch(r"u-[a-z0-9]+(-[a-z0-9]+)*", key):
        raise refused(
            where, f"„{name}“ ist kein Name für eine Ausgabe. Nennen Sie sie zum Beispiel „Arbeitsfassung 2“."
        )
    if any(row["id"] == key or row["name"].casefold() == name.casefold() for row in rows):
        raise refused(where, f"Eine Ausgabe „{name}“ gibt es schon. Geben Sie der neuen einen anderen Namen.")
    if same := edition_of(package):
        raise refused(
            where,
            f"Diese Daten sind schon die Ausgabe „{same.name}“ (Stand {german.date(same.stand)}); seitdem hat sich nichts geändert.",
        )
    return key


def _note(data: Path, notes: dict[str, Note]) -> None:
    folder = folder_of(data)
    if not notes:
        (folder / NOTES).unlink(missing_ok=True)
        return
    folder.mkdir(exist_ok=True)
    with whole(folder / NOTES) as waiting:
        waiting.write_text(notes_text(notes), "utf-8")
