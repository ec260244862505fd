"""Files of the offices → observations in the data: read, compare, tell, check, and only then write."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from konzept.authors.excel.changes import Change, Row, interleaved
from konzept.authors.excel.importing import Planned, read_present
from konzept.authors.excel.keys import free_key
from konzept.authors.excel.layout import Cells, Tables
from konzept.authors.excel.summary import SHOWN
from konzept.authors.excel.trial import Present, check_trial, new_contents, new_hints
from konzept.authors.statistics.account import account, asked_about, doubts
from konzept.authors.statistics.area_keys import areas_of, moved
from konzept.authors.statistics.flatfile import FlatFile, read_flat
from konzept.authors.statistics.proposing import by_values, likely, named
from konzept.authors.statistics.raw_files import downloads
from konzept.authors.statistics.releases import File, new_documents, release_key
from konzept.authors.statistics.retrieval import TABLE, Misfit, selection, series_of, values_of
from konzept.authors.statistics.revisions import Revision, newest_by, revise
from konzept.data.problems import DataProblems, Problem, refused, suggestion
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
class Taking(Planned):
    """What reading files would change, and how it is told."""

    hints: tuple[Problem, ...]
    """What is doubtful in the data then and was not before."""
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
        rows = [row for row in present.tables[TABLE] if row["tabelle"] == flat.table]
        files.append(File(flat, day, rows))
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
    return _planned(files, strangers, present, book)


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
        raise refused(
            flat.name,
            f"Der Name der Datei nennt die Tabelle {flat.table}, in ihr steht aber die Statistik {flat.statistic} („{flat.title}“). Laden Sie die richtige Tabelle herunter, oder geben Sie der Datei ihren Namen zurück.",
        )
    if not flat.download.table:
        meant = [code for code in codes if flat.statistic and code.startswith(flat.statistic)]
        if len(meant) == 1:
            return replace(flat, table=meant[0])
        raise refused(
            flat.name,
            "Der Name der Datei nennt keine Tabelle. Geben Sie ihr den Namen zurück, den sie beim Herunterladen hatte, zum Beispiel „12411-01-01-4_de_flat.csv“.",
        )
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
        file.rows = [row for row in file.rows if series_of(row)[0] == wishes.indicator]
    if file.rows:
        return
    tables, flat = present.tables, file.flat
    if not wishes.selection and not wishes.group:
        found = by_values(flat, tables, _areas(file, present))
        file.proposals = [p for p in found if wishes.indicator in ("", series_of(p.row)[0])]
    if not file.proposals and wishes.indicator:
        try:
            file.proposals = named(flat, tables, wishes.indicator, wishes.group, selection(wishes.selection))
        except Misfit as reason:
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
            # Else the newest whose title names the table.
            naming = [row["id"] for row in tables["dokumente"] if file.flat.table in row["titel"]]
            known = proposal.row["dokument_id"] or next(reversed(naming), "")
            file.rows.append({**proposal.row, "id": key, "dokument_id": wishes.document or known})


def _new_key(row: Cells, taken: set[str]) -> str:
    indicator, people = series_of(row)
    parts = ["r", indicator.removeprefix("i-"), "" if people == "insgesamt" else people, row["gebiet_id"]]
    return free_key("-".join(filter(None, parts)), taken)


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
            sentence = f"Tabelle {row['tabelle']}, Abruf „{row['id']}“: {reason}"
            problems.append(Problem(file.flat.name, None, None, sentence))
            continue
        same = row["pruefsumme"] == file.flat.download.checksum or bool(wishes.document)
        source = wishes.document or row["dokument_id"]
        read = _read(file, row, source if same else release_key(source, file.flat, file.day))
        revision = revise(read, values, present.tables["messwerte"], order, corrects=same)
        known_better = revision.older and not revision and row["pruefsumme"]
        file.rows[n] = revision.row = row if known_better else _settled(revision, source, present.tables)
        file.revisions.append(revision)
    file.notes += moved(_names_used(file, areas), _known_areas(present))


def _read(file: File, row: Cells, document: str) -> Cells:
    """Note in a row which file was read for it."""
    return {
        **row,
        "dokument_id": document,
        "datei": file.flat.name,
        "abgerufen_am": file.day.isoformat(),
        "pruefsumme": file.flat.download.checksum,
    }


def _settled(revision: Revision, source: str, tables: Tables) -> Cells:
    """Note what the file covers; where it brings nothing new, the source stays what it was."""
    known = {row["id"]: row for row in tables["dokumente"]}.get(source)
    nothing_new = known and not (revision.new or revision.changed)
    licence = revision.row["lizenz"] or (known["lizenz"] if known else "")
    document = source if nothing_new else revision.row["dokument_id"]
    return {**revision.row, "abdeckung": revision.coverage, "lizenz": licence, "dokument_id": document}


def _names_used(file: File, areas: Mapping[str, str]) -> dict[str, str]:
    """Give the names of those areas of a file that are read."""
    wanted = {row[name] for row in file.rows for name in ("gebiet_id", "schluessel")}
    return {
        key: name
        for key, name in file.flat.area_names.items()
        if {key, name, areas.get(key, key)} & (wanted - {""})
        or ("" in {r["gebiet_id"] for r in file.rows} and key in areas)
    }


# What is written


def _planned(files: list[File], strangers: Sequence[str], present: Present, book: Path | None) -> Taking:
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
    contents, places = new_contents(present, changes, present.package.stand)
    nothing = () if contents else ("Keine Änderungen.",)
    told = [(*account(files, strangers, documents, tables, most=most), *nothing) for most in (SHOWN, None)]
    return Taking(
        present.package.folder,
        present.expected,
        contents,
        (*asked_about(files, tables), *doubts(files, tables)),
        tuple(new_hints(present, contents, places)),
        *told,
    )


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
    present = tables[table]
    if table == "messwerte":
        return _observations(files, present)
    places = {row["id"]: n for n, row in enumerate(present)}
    found = documents if table == "dokumente" else [(row["id"], row) for file in files for row in file.rows]
    mended = {places[key]: cells for key, cells in found if cells["id"] in places}
    # A release stands behind the one that it follows, all else at the end.
    behind: dict[int, list[Row]] = defaultdict(list)
    for key, cells in found:
        if cells["id"] not in places:
            behind[places.get(key, len(present) - 1)].append(Row(cells, None, None))
    return interleaved(_known(present, mended), behind)


def _known(present: Sequence[Cells], mended: Mapping[int, Cells]) -> list[Row]:
    """Take the rows that the data have, some of them with other cells."""
    return [Row.known(n, cells, mended.get(n, cells)) for n, cells in enumerate(present)]


def _observations(files: Sequence[File], present: Sequence[Cells]) -> list[Row]:
    """Put observations in the order of their series and times."""
    mended: dict[int, Cells] = {}
    places = {id(cells): n for n, cells in enumerate(present)}
    added: list[Cells] = []
    for revision in (revision for file in files for revision in file.revisions):
        for item in (*revision.changed, *revision.noted, *revision.gone):
            assert item.old is not None
            assert item.new is not None
            if item.new["quelle_id"] == item.old["quelle_id"]:
                mended[places[id(item.old)]] = item.new
            else:
                added.append(item.new)
        added += [item.new for item in revision.new if item.new]
    behind: dict[int, list[Row]] = defaultdict(list)
    last = len(present) - 1
    for cells in sorted(added, key=lambda c: int(c["jahr"])):
        series = [n for n, row in enumerate(present) if _series(row) == _series(cells)]
        earlier = [n for n in series if present[n]["jahr"] and int(present[n]["jahr"]) <= int(cells["jahr"])]
        of_indicator = [n for n, row in enumerate(present) if row["indikator_id"] == cells["indikator_id"]]
        at = max(earlier, default=min(series) - 1 if series else max(of_indicator, default=last))
        behind[at].append(Row(cells, None, None))
    place = {series: n for n, series in enumerate(dict.fromkeys(map(_series, added)))}
    for found in behind.values():
        found.sort(key=lambda each: (place[_series(each.cells)], int(each.cells["jahr"])))
    return interleaved(_known(present, mended), behind)


def _series(cells: Cells) -> tuple[str, ...]:
    return tuple(cells[name] for name in ("indikator_id", "art", "gebiet_id", "gruppe_id"))
