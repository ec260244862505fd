"""Files of the offices → observations in the data: read, compare, tell, check, and only then write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from konzept.authors.excel.changes import Change, Row
from konzept.authors.excel.importing import Plan, read_present
from konzept.authors.excel.layout import Cells, Tables
from konzept.authors.excel.trial import Present, check_trial, new_contents, new_hints
from konzept.authors.statistics.account import SHOWN, account, asked_about, doubts
from konzept.authors.statistics.area_keys import areas_of, moved
from konzept.authors.statistics.flatfile import FlatFile, read_flat
from konzept.authors.statistics.proposing import NotProposed, by_values, likely, named
from konzept.authors.statistics.raw_files import downloads
from konzept.authors.statistics.releases import File, new_documents, release_key
from konzept.authors.statistics.retrieval import TABLE, Misfit, Retrieval, retrievals, selection, values_of
from konzept.authors.statistics.revisions import Revision, newest_by, revise
from konzept.data.problems import DataProblems, Problem, suggestion
from konzept.words import german, official
from konzept.words.areas import Area

_NO_STATISTIC = ("99910",)
"""Codes of statistics whose tables are called otherwise: the Regionalatlas."""


@dataclass(frozen=True)
class Wishes:
    """What the author says besides the files."""

    indicator: str = ""
    group: str = ""
    selection: str = ""
    day: dt.date | None = None
    document: str = ""


@dataclass(frozen=True)
class Taking:
    """What reading files would change, checked, and how it is told."""

    plan: Plan
    told: tuple[str, ...]
    everything: tuple[str, ...]


def plan_taking(
    paths: Sequence[Path],
    folder: Path,
    book: Path | None,
    wishes: Wishes,
    tell: Callable[[str], None] = lambda text: None,
) -> Taking:
    """Work out what files of the offices change in the data, and check the result as `konzept check` does.

    Parameters
    ----------
    paths
        Files, archives, or folders of Open SDG.
    folder
        The data folder.
    book
        The folder of chapters; they must still find what they ask for.
    wishes
        What the author says besides.
    tell
        Takes what is being done.

    Raises
    ------
    DataProblems
        Files or data hold problems.
    """
    present = read_present(folder)
    _refuse_wishes(wishes, present.tables)
    found = downloads(paths)
    # A folder, or an archive of one, holds many files that no indicator is of.
    alone = len({download.path for download in found}) == len(found) and not any(p.is_dir() for p in paths)
    files = []
    for download in found:
        tell(f"Lese {download.name} ({german.number(download.rows)} Zeilen) …")
        day = wishes.day or dt.date.fromtimestamp(download.path.stat().st_mtime)
        flat = _of_known_table(read_flat(download), present.tables)
        files.append(File(flat, day, list(retrievals(present.tables[TABLE], flat.table))))
    problems: list[Problem] = []
    strangers: list[str] = []
    for file in files:
        _propose(file, present, wishes, problems, strangers, alone=alone)
    _name(files, wishes, present.tables)
    files = [file for file in files if file.rows]
    if not problems:
        for file in files:
            _compare(file, present, wishes, problems)
    if not files and not problems:
        problems.append(
            Problem(
                paths[0].name,
                None,
                None,
                "Keine der Dateien gehört zu einem Indikator der Daten. Nennen Sie eine Datei und mit --indikator den Indikator.",
            )
        )
    if problems:
        raise DataProblems(dict.fromkeys(problems))
    return _planned(files, strangers, present, book, wishes)


def _refuse_wishes(wishes: Wishes, tables: Tables) -> None:
    """Refuse keys that the data do not have."""
    problems = []
    for option, key, table in (
        ("--indikator", wishes.indicator, "indikatoren"),
        ("--gruppe", wishes.group, "gruppen"),
        ("--quelle", wishes.document, "dokumente"),
    ):
        keys = [row["id"] for row in tables[table]]
        if key and key not in keys:
            problems.append(
                Problem(option, None, None, f"„{key}“ gibt es in {table} nicht.{suggestion(key, keys)}")
            )
    if problems:
        raise DataProblems(problems)


def _of_known_table(flat: FlatFile, tables: Tables) -> FlatFile:
    """Know the table of a file, also of one that was renamed, and refuse one that is called after another."""
    codes = sorted({row["tabelle"] for row in tables[TABLE]})
    other = (
        flat.statistic and flat.statistic not in _NO_STATISTIC and not flat.table.startswith(flat.statistic)
    )
    if flat.download.table and other:
        raise DataProblems([Problem(flat.name, None, None, f"Der Name der Datei nennt die Tabelle {flat.table}, in ihr steht aber die Statistik {flat.statistic} („{flat.title}“). Laden Sie die richtige Tabelle herunter, oder geben Sie der Datei ihren Namen zurück.")])  # fmt: skip
    if not flat.download.table:
        meant = [code for code in codes if flat.statistic and code.startswith(flat.statistic)]
        if len(meant) == 1:
            return replace(flat, table=meant[0])
        raise DataProblems([Problem(flat.name, None, None, "Der Name der Datei nennt keine Tabelle. Geben Sie ihr den Namen zurück, den sie beim Herunterladen hatte, zum Beispiel „12411-01-01-4_de_flat.csv“.")])  # fmt: skip
    return flat


def _propose(
    file: File,
    present: Present,
    wishes: Wishes,
    problems: list[Problem],
    strangers: list[str],
    *,
    alone: bool,
) -> None:
    """Find the rows of `abrufe` that a file is for, or propose them."""
    if wishes.indicator:
        file.rows = [row for row in file.rows if row.series[0] == wishes.indicator]
    if file.rows:
        return
    tables, flat = present.tables, file.flat
    if not wishes.selection and not wishes.group:
        found = by_values(flat, tables, _areas(file, present))
        file.proposals = [p for p in found if wishes.indicator in ("", p.row.series[0])]
    if not file.proposals and wishes.indicator:
        try:
            file.proposals = named(flat, tables, wishes.indicator, wishes.group, selection(wishes.selection))
        except NotProposed as reason:
            problems.append(Problem(flat.name, None, None, str(reason)))
    if not file.proposals and not wishes.indicator and alone:
        ids = ", ".join(likely(flat, tables["indikatoren"]))
        problems.append(
            Problem(
                flat.name,
                None,
                None,
                f"Zu welchem Indikator die Tabelle {flat.table} gehört, ist noch nicht bekannt, und kein Wert der Daten steht in ihr. "
                f"Nennen Sie ihn mit --indikator; am nächsten liegen: {ids}.",
            )
        )
    elif not file.proposals and not problems:
        strangers.append(flat.name)


def _name(files: Sequence[File], wishes: Wishes, tables: Tables) -> None:
    """Give proposed rows their keys, and the documents that they are from as far as the data know."""
    taken = {row["id"] for row in tables[TABLE]}
    for file in files:
        for proposal in file.proposals:
            key = _new_key(proposal.row, taken)
            taken.add(key)
            known = proposal.row.cells["dokument_id"] or _naming(file.flat.table, tables)
            file.rows.append(proposal.row.with_cells(id=key, dokument_id=wishes.document or known))


def _naming(table: str, tables: Tables) -> str:
    """Find the newest document whose title names a table."""
    return next((row["id"] for row in reversed(tables["dokumente"]) if table in row["titel"]), "")


def _new_key(row: Retrieval, taken: set[str]) -> str:
    indicator, people = row.series
    parts = ["r", indicator.removeprefix("i-"), *([people] if people != "insgesamt" else [])]
    parts += [row.cells["gebiet_id"]] if row.cells["gebiet_id"] else []
    key, n = "-".join(parts), 1
    candidate = key
    while candidate in taken:
        n += 1
        candidate = f"{key}-{n}"
    return candidate


def _known_areas(present: Present) -> list[Area]:
    return [Area(r["id"], r["name"], r["ebene"], r["ags"]) for r in present.tables["gebiete"]]


def _areas(file: File, present: Present) -> dict[str, str]:
    return areas_of(file.flat.area_names, _known_areas(present), present.package.town.ags)


def _compare(file: File, present: Present, wishes: Wishes, problems: list[Problem]) -> None:
    """Compare a file with the data, and give what is new its source."""
    areas = _areas(file, present)
    order = newest_by(present.tables["dokumente"])
    for n, row in enumerate(file.rows):
        try:
            values = values_of(file.flat, row, areas)
        except Misfit as reason:
            sentence = f"Tabelle {row.table}, Abruf „{row.key}“: {reason}"
            problems.append(Problem(file.flat.name, None, None, sentence))
            continue
        same = row.cells["pruefsumme"] == file.flat.download.checksum or bool(wishes.document)
        source = wishes.document or row.cells["dokument_id"]
        read = _read(file, row, source if same else release_key(source, file.flat, file.day))
        revision = revise(read, values, present.tables["messwerte"], order, corrects=same)
        known_better = revision.older and not revision and row.cells["pruefsumme"]
        file.rows[n] = revision.row = row if known_better else _settled(revision, source, present.tables)
        file.revisions.append(revision)
    file.notes += moved(_names_used(file, areas), _known_areas(present))


def _read(file: File, row: Retrieval, document: str) -> Retrieval:
    """Note in a row which file was read for it."""
    return row.with_cells(
        dokument_id=document,
        datei=file.flat.name,
        abgerufen_am=file.day.isoformat(),
        pruefsumme=file.flat.download.checksum,
    )


def _settled(revision: Revision, source: str, tables: Tables) -> Retrieval:
    """Note what the file covers; where it brings nothing new, the source stays what it was."""
    known = {row["id"]: row for row in tables["dokumente"]}.get(source)
    nothing_new = known and not (revision.new or revision.changed)
    licence = revision.row.cells["lizenz"] or (known["lizenz"] if known else "")
    row = revision.row.with_cells(abdeckung=revision.coverage, lizenz=licence)
    return row.with_cells(dokument_id=source) if nothing_new else row


def _names_used(file: File, areas: Mapping[str, str]) -> dict[str, str]:
    """Give the names of those areas of a file that are read."""
    wanted = {
        cells[name] for cells in (row.cells for row in file.rows) for name in ("gebiet_id", "schluessel")
    }
    return {
        key: name
        for key, name in file.flat.area_names.items()
        if {key, name, areas.get(key, key)} & (wanted - {""})
        or ("" in {r.cells["gebiet_id"] for r in file.rows} and key in areas)
    }


# What is written


def _planned(
    files: list[File], strangers: Sequence[str], present: Present, book: Path | None, wishes: Wishes
) -> Taking:
    problems = list(_after_the_stand(files, present))
    documents = new_documents(files, present, problems)
    if problems:
        raise DataProblems(problems)
    tables = present.tables
    sheets = {sheet.table: sheet for sheet in present.sheets}
    changes = tuple(
        Change(sheet, _rows_of(sheet.table, files, documents, tables), [])
        for sheet in (sheets["dokumente"], sheets["messwerte"], sheets[TABLE])
    )
    changes = tuple(change for change in changes if change)
    found = check_trial(present, changes, present.package.stand, book)
    if found:
        raise DataProblems(dict.fromkeys(found))
    contents, _ = new_contents(present, changes, present.package.stand)
    asked = (*asked_about(files, tables), *doubts(files, tables))
    plan = Plan(
        present.package.folder,
        present.expected,
        contents,
        changes,
        (),
        {},
        asked,
        (),
        tuple(new_hints(present, changes, present.package.stand)),
    )
    told = [list(account(files, strangers, documents, tables, most=most)) for most in (SHOWN, None)]
    return Taking(plan, tuple(told[0]), tuple(told[1]))


def _after_the_stand(files: Sequence[File], present: Present) -> Iterator[Problem]:
    """Say when values are younger than the data: who takes them in has to say that the data reach that far."""
    stand = present.package.stand
    for file in files:
        new = [item for revision in file.revisions for item in revision.new]
        later = [item.time for item in new if item.new and _begins(item.time, item.new["jahr"]) > stand]
        if later:
            yield Problem(
                file.flat.name,
                None,
                None,
                f"Die Datei nennt Werte für {later[-1]}, die Daten gelten aber nur bis zum {german.date(stand)}. "
                "Setzen Sie zuerst den Stand der Daten auf einen Tag danach.",
            )


def _begins(time: str, year: str) -> dt.date:
    span = official.span(time)
    return span.first if span else dt.date(int(year), 1, 1)


def _rows_of(
    table: str, files: Sequence[File], documents: Sequence[tuple[str, Cells]], tables: Tables
) -> list[Row]:
    if table == "dokumente":
        return _put(tables[table], [(_by_id(before), cells) for before, cells in documents], {})
    if table == TABLE:
        rows = [row for file in files for row in file.rows]
        known = {row["id"] for row in tables[table]}
        new = [(_never, row.cells) for row in rows if row.key not in known]
        return _put(tables[table], new, {row.key: row.cells for row in rows if row.key in known})
    return _observations(files, tables[table])


def _by_id(key: str) -> Callable[[Cells], bool]:
    return lambda cells: cells["id"] == key


def _never(cells: Cells) -> bool:
    return False


def _put(
    present: Sequence[Cells],
    new: Sequence[tuple[Callable[[Cells], bool], Cells]],
    other: Mapping[str, Cells],
) -> list[Row]:
    """Put new rows behind those that they belong to, else at the end, and known ones in their place."""
    behind: dict[int, list[Row]] = {}
    for belongs, cells in new:
        at = max((n for n, row in enumerate(present) if belongs(row)), default=len(present) - 1)
        behind.setdefault(at, []).append(Row(cells, None, None))
    rows = behind.pop(-1, [])
    for n, cells in enumerate(present):
        rows.append(_row(n, cells, other.get(cells["id"], cells)))
        rows += behind.get(n, [])
    return rows


def _row(n: int, before: Cells, cells: Cells) -> Row:
    changed = tuple(name for name in before if cells[name] != before[name])
    return Row(cells, n, None, changed, before)


def _observations(files: Sequence[File], present: Sequence[Cells]) -> list[Row]:
    """Put observations in the order of their series and times."""
    revisions = [revision for file in files for revision in file.revisions]
    mended: dict[int, Cells] = {}
    places = {id(cells): n for n, cells in enumerate(present)}
    added: list[Cells] = []
    for revision in revisions:
        for item in (*revision.changed, *revision.noted, *revision.gone):
            assert item.old is not None
            assert item.new is not None
            if item.new["quelle_id"] == item.old["quelle_id"]:
                mended[places[id(item.old)]] = item.new
            else:
                added.append(item.new)
        added += [item.new for item in revision.new if item.new]
    behind: dict[int, list[Row]] = {}
    last = len(present) - 1
    for cells in sorted(added, key=lambda c: int(c["jahr"])):
        series = [n for n, row in enumerate(present) if _series(row) == _series(cells)]
        earlier = [n for n in series if present[n]["jahr"] and int(present[n]["jahr"]) <= int(cells["jahr"])]
        of_indicator = [n for n, row in enumerate(present) if row["indikator_id"] == cells["indikator_id"]]
        at = max(earlier, default=min(series) - 1 if series else max(of_indicator, default=last))
        behind.setdefault(at, []).append(Row(cells, None, None))
    place = {series: n for n, series in enumerate(dict.fromkeys(map(_series, added)))}
    for found in behind.values():
        found.sort(key=lambda row: (place[_series(row.cells)], int(row.cells["jahr"])))
    rows = behind.get(-1, [])
    for n, cells in enumerate(present):
        rows.append(_row(n, cells, mended.get(n, cells)))
        rows += behind.get(n, [])
    return rows


def _series(cells: Cells) -> tuple[str, ...]:
    return tuple(cells[name] for name in ("indikator_id", "art", "gebiet_id", "gruppe_id"))
