"""A document → a workbook to look through and import: read, map, propose, write."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from konzept.authors.excel.importing import read_present
from konzept.authors.excel.keys import Names
from konzept.authors.excel.raw_sheets import open_workbook
from konzept.authors.excel.trial import Present
from konzept.authors.excel.writing import steady, workbook_of
from konzept.authors.office_files import UNWRITABLE, keep, refused
from konzept.authors.tables.arranging import Arranged, Ledger, Left, Reader, arrange, leftovers
from konzept.authors.tables.aside import LEFT, MAPPING, mapping_rows, read_mapping, write_aside
from konzept.authors.tables.list_file import read_list
from konzept.authors.tables.mapping import DAY, Choice, completed
from konzept.authors.tables.proposing import Proposal
from konzept.authors.tables.source import Heading, Source
from konzept.authors.tables.word_file import read_word
from konzept.data.files import write_whole
from konzept.data.problems import DataProblems, Problem
from konzept.words import german

_TOLD = {
    "handlungsfelder": ("Handlungsfeld", "Handlungsfelder", ""),
    "ziele": ("Ziel", "Ziele", ""),
    "massnahmen": ("Maßnahme", "Maßnahmen", "e"),
    "statusverlauf": ("Status", "Status", ""),
    "zustaendigkeiten": ("Zuständigkeit", "Zuständigkeiten", "e"),
    "akteure": ("Stelle", "Stellen", "e"),
    "kosten": ("Betrag", "Beträge", ""),
    "pruefhinweise": ("Prüfhinweis", "Prüfhinweise", ""),
}
"""What is told of new rows: one, many, and the ending of „ein“."""


@dataclass(frozen=True)
class Taken:
    """What a document gives, before anything is written."""

    parts: list[Heading | Arranged]
    proposal: Proposal
    choice: Choice
    left: list[Left]


def take_tables(path: Path, target: Path, folder: Path, tell: Callable[[str], None]) -> list[str]:
    """Make a workbook of a document's tables.

    Parameters
    ----------
    path
        The document: a Word file, or a workbook with lists.
    target
        The workbook; one that is there already tells by its sheet „Zuordnung“ what becomes of what.
    folder
        The data folder; nothing is written there.
    tell
        Takes what is being done.

    Returns
    -------
    list of str
        What was found, and what comes next, in German.

    Raises
    ------
    DataProblems
        Nothing was written; the problems say why.
    """
    if target.suffix.lower() != ".xlsx":
        raise refused(target, "Der Name muss auf „.xlsx“ enden.")
    if target.exists() and path.exists() and target.samefile(path):
        raise refused(target, "Das ist die Liste selbst. Nennen Sie mit „--nach“ eine andere Mappe.")
    present = read_present(folder)
    saved = _saved(target)
    tell(f"{path.name} wird gelesen …")
    source = read_list(path) if path.suffix.lower() == ".xlsx" else read_word(path)
    if not source.tables:
        raise refused(
            path,
            "In diesem Dokument steht keine Tabelle. Gebraucht wird die Datei mit den Tabellen der Ziele und Maßnahmen.",
        )
    taken = propose(source, present, saved or Choice())
    kept = keep(target) if saved else None
    _write(target, present, taken)
    return [*source.told, *_summary(source, taken, target, kept)]


def propose(source: Source, present: Present, saved: Choice) -> Taken:
    """Work out which rows a document adds to the data."""
    names = Names()
    for sheet in present.sheets:
        names.add(sheet.table, present.tables[sheet.table])
    choice = completed(saved, source, names)
    if day := choice.facts[DAY]:
        try:
            choice.facts[DAY] = german.parse_date(day).isoformat()
        except ValueError:
            message = f"„{day}“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025."
            raise DataProblems([Problem(f"Blatt „{MAPPING}“", None, DAY, message)]) from None
    ledger = Ledger()
    parts = [*arrange(source, choice)]
    proposal = Proposal(present, choice, ledger, names)
    for record in Reader(choice, ledger).read(parts):
        proposal.take(record)
    return Taken(parts, proposal, choice, leftovers(parts, ledger, choice))


def _saved(target: Path) -> Choice | None:
    """Read the sheet „Zuordnung“ of a workbook that is there already."""
    if not target.exists():
        return None
    grids = open_workbook(target)
    if MAPPING not in grids:
        raise refused(
            target,
            "Diese Datei gibt es schon, und sie hat kein Blatt „Zuordnung“. Nennen Sie mit „--nach“ eine andere Mappe.",
        )
    return read_mapping(grids[MAPPING], target.name)


def _write(target: Path, present: Present, taken: Taken) -> None:
    days = [row["datum"] for row in taken.proposal.rows.get("dokumente", ())]
    stand = max([present.package.stand, *(dt.date.fromisoformat(day) for day in days if day)])
    book = workbook_of(present, taken.proposal.rows, stand)
    write_aside(book, mapping_rows(taken.choice, taken.parts), taken.left)
    content = steady(book, dt.datetime.combine(stand, dt.time()))
    try:
        write_whole(target, content)
    except OSError:
        raise refused(target, UNWRITABLE) from None


def _summary(source: Source, taken: Taken, target: Path, kept: Path | None) -> list[str]:
    rows = taken.proposal.rows
    tables = german.count(len(source.tables), "Tabelle", "Tabellen")
    found = [
        german.count(len(rows[table]), one, many, gender=gender)
        for table, (one, many, gender) in _TOLD.items()
        if rows.get(table)
    ]
    lines = [f"{german.capital(tables)} gelesen; neu: {german.listing(found) if found else 'nichts'}."]
    known = len({row["id"] for row in taken.proposal.measures.values()}) - len(rows.get("massnahmen", ()))
    if known:
        lines.append(f"Schon in den Daten: {german.count(known, 'Maßnahme', 'Maßnahmen')}.")
    elif "massnahmen" not in rows:
        lines.append(
            f"Keine Maßnahme ist erkannt. Sagen Sie im Blatt „{MAPPING}“, welche Spalte die Maßnahme nennt."
        )
    reasons = Counter(left.reason for left in taken.left).most_common()
    if reasons:
        lines.append(
            f"Nicht übernommen: {german.count(len(taken.left), 'Angabe', 'Angaben')} (Blatt „{LEFT}“):"
        )
        lines += [f"  {number} × {reason}" for reason, number in reasons[:8]]
        lines += [f"  und {len(reasons) - 8} weitere Gründe"] if len(reasons) > 8 else []
    if kept:
        lines.append(f"Die Zuordnung kommt aus Ihrer Mappe; wie sie vorher war, steht in {kept}.")
    lines.append(
        f"{target} geschrieben. Sehen Sie das Blatt „{MAPPING}“ durch; haben Sie dort etwas geändert, geben Sie denselben Befehl noch einmal ein."
    )
    lines.append(f"Stimmt alles: „konzept excel import {target} --probe“, dann ohne „--probe“.")
    return lines
