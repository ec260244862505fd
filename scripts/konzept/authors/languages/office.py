"""What is to be done in other languages: said, written as a table for a translation office, and taken back from it.

A block bears the fingerprint of the German that it renders; `quelltexte.csv` beside the versions keeps that German, so that
old and new can be laid side by side without any history of the files.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.worksheet import Worksheet

from konzept.authors.excel import style
from konzept.authors.excel.cells import unescape
from konzept.authors.excel.raw_sheets import Grid, open_workbook
from konzept.authors.languages.plain import MOST_WORDS, broken_rules, sentences, words
from konzept.authors.languages.sources import Missing, Sources
from konzept.authors.languages.standing import Standing, standings
from konzept.authors.languages.versions import (
    FOLDER,
    Block,
    Version,
    fingerprint_of,
    read_version,
    read_versions,
)
from konzept.data.csv_file import separated
from konzept.data.files import whole
from konzept.data.problems import DataProblems, NotDone, Problem, refused, suggestion
from konzept.data.reading import Reading
from konzept.words import german

SEEN = "quelltexte.csv"
"""The German that versions were made of, by fingerprint."""
SHEET = "Übersetzung"
_HEADS = (
    "Sprache",
    "Block",
    "Was zu tun ist",
    "Deutsch bisher",
    "Deutsch heute",
    "Überschrift",
    "Text",
    "Passt unverändert (ja)",
    "Kennung Deutsch",
    "Kennung Text",
)
_WIDTHS = (12, 16, 28, 50, 50, 30, 60, 14, 15, 15)
_OPEN = ("Überschrift", "Text", "Passt unverändert (ja)")
"""Columns that the office fills in."""
_COLUMN = 56


@dataclass(frozen=True)
class Task:
    """A block, and what is to be done with it."""

    version: Version
    block: Block
    why: str
    """Empty where nothing is to be done."""
    before: str
    """The German that it renders; empty where nobody has kept it."""
    now: str


def tasks(book: Path, found: Iterable[Standing], reading: Reading) -> list[Task]:
    """List all blocks with the German that they render and the German of today."""
    sources, seen = Sources(book, reading), _seen(book)
    return [
        Task(
            s.version,
            block,
            s.stale.get(block.name, ""),
            seen.get(block.fingerprint, ""),
            _now(block, sources),
        )
        for s in found
        for block in s.version.blocks
    ]


def _now(block: Block, sources: Sources) -> str:
    try:
        return sources.text(block)
    except Missing:
        return ""


def _seen(book: Path) -> dict[str, str]:
    path = book / FOLDER / SEEN
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["fingerabdruck"]: row["text"].removeprefix("'") for row in csv.DictReader(file, delimiter=";")
        }


def told(book: Path, reading: Reading) -> Iterator[str]:
    """Say how each version stands, and lay old and new German side by side where a block is out of date."""
    found = standings(book, reading)
    if not found:
        yield "Das Buch hat noch keine Fassung in einer anderen Sprache. Legen Sie zum Beispiel „book/sprachen/en.md“ an."
    for standing in found:
        version, count = standing.version, len(standing.stale)
        checked = (
            f"geprüft von {standing.review['geprueft_von']} am {german.date(standing.review['geprueft_am'])}"
            if standing.review
            else "Entwurf, nicht geprüft"
        )
        shown = "" if standing.shown else ", erscheint nicht (Einstellung „sprachen_ungeprueft“)"
        stale = (
            f"Überholt: {count} von {len(version.blocks)} Blöcken."
            if count
            else f"Alle {len(version.blocks)} Blöcke entsprechen dem deutschen Text."
        )
        yield f"{version.file}: {checked}{shown}. {stale} Fingerabdruck des Textes: {version.fingerprint}"
    for task in tasks(book, found, reading):
        if task.why:
            yield f"\n{task.version.file}, Zeile {task.block.line}, Block „{task.block.name}“: {task.why}"
            yield from _beside(
                ("bisher", *(task.before or "(nicht festgehalten)").splitlines()),
                ("heute", *(task.now or "(nicht gefunden)").splitlines()),
            )
    for standing in found:
        if standing.version.code.startswith("de-"):
            yield from _plain(standing.version)


def _beside(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    columns = [
        [part for text in side for part in textwrap.wrap(text, _COLUMN) or [""]] for side in (left, right)
    ]
    for one, other in zip_longest(*columns, fillvalue=""):
        yield f"  {one:{_COLUMN}} | {other}".rstrip()


def _plain(version: Version) -> Iterator[str]:
    every = [s for b in version.blocks for s in sentences(b.text)]
    long = sum(len(words(s)) > MOST_WORDS for s in every)
    yield f"\n{version.file}: {len(every)} Sätze, {long} davon länger als {MOST_WORDS} Wörter."
    for block in version.blocks:
        yield from (f"  Zeile {block.line}, Block „{block.name}“: {text}" for text in broken_rules(block))
        yield from (
            f"  Zeile {block.line}, Block „{block.name}“, Ausnahme: {text}" for text in block.exceptions
        )


Change = tuple[Block, str]
"""A block as it will be, and the German that whoever changed it saw."""


def confirm(book: Path, reading: Reading, code: str, names: Sequence[str]) -> int:
    """Note that blocks of a language render the German of today; without names, all that are out of date."""
    version, present = _version(book, code), tasks(book, standings(book, reading), reading)
    own = {task.block.name: task for task in present if task.version.code == code}
    problems = [
        Problem(version.file, None, None, f"Einen Block „{name}“ gibt es nicht.{suggestion(name, own)}")
        for name in names
        if name not in own
    ]
    asked = [own[name] for name in names if name in own] or list(own.values())
    problems += [Problem(version.file, t.block.line, None, t.why) for t in asked if not t.now]
    if problems:
        raise DataProblems(problems)
    changes = [
        (replace(t.block, fingerprint=fingerprint_of(t.now)), t.now)
        for t in asked
        if t.block.fingerprint != fingerprint_of(t.now) or not t.before
    ]
    _write(book, {code: changes})
    return len(changes)


def _version(book: Path, code: str) -> Version:
    versions = {version.code: version for version in read_versions(book)}
    if code not in versions:
        text = f"Eine Fassung „{code}“ gibt es nicht.{suggestion(code, versions)}"
        raise DataProblems([Problem(f"{book.name}/{FOLDER}", None, None, text)])
    return versions[code]


def _write(book: Path, changes: Mapping[str, Sequence[Change]]) -> None:
    """Write changed files, all of them sound, and the German that they render."""
    texts = [(v, _rewritten(v, changes[v.code])) for v in read_versions(book) if changes.get(v.code)]
    problems = [p for v, text in texts for p in read_version(v.path, v.file, text.encode()).problems]
    if problems:
        raise DataProblems(problems)
    seen = _seen(book) | {block.fingerprint: text for own in changes.values() for block, text in own}
    for version, text in texts:
        with whole(version.path) as waiting:
            waiting.write_text(text, "utf-8", newline="\n")
    used = {block.fingerprint for v in read_versions(book) for block in v.blocks}
    rows = [(key, text) for key, text in sorted(seen.items()) if key in used]
    with whole(book / FOLDER / SEEN) as waiting:
        waiting.write_text(
            separated([("fingerabdruck", "text"), *rows]).replace("\r\n", "\n"), "utf-8", newline=""
        )


def _rewritten(version: Version, changes: Sequence[Change]) -> str:
    lines = version.page.text.split("\n")
    for block in sorted((block for block, _ in changes), key=lambda block: block.line, reverse=True):
        first = block.line - 1
        last = next(
            n
            for n in range(first + 1, len(lines))
            if set(lines[n].strip()) == {":"} and len(lines[n].strip()) > 2
        )
        options = [
            ("titel", block.title),
            ("quelle", "; ".join(block.sources)),
            ("gilt", "; ".join(block.claims)),
        ]
        options += [("ausnahme", text) for text in block.exceptions] + [("fingerabdruck", block.fingerprint)]
        lines[first : last + 1] = [
            f":::{{block}} {block.name}",
            *(f":{key}: {text}" for key, text in options if text),
            "",
            *block.text.split("\n"),
            ":::",
        ]
    return "\n".join(lines)


def export_table(path: Path, book: Path, reading: Reading, code: str = "") -> int:
    """Write what is to be translated; give how many blocks are out of date.

    Raises
    ------
    DataProblems
        Nothing was written; the problem says why.
    """
    if path.suffix.lower() != ".xlsx":
        raise refused(path, "Der Name muss auf „.xlsx“ enden.")
    if path.exists():
        raise refused(path, "Diese Datei gibt es schon. Wählen Sie einen anderen Namen.")
    if code:
        _version(book, code)
    found = [t for t in tasks(book, standings(book, reading), reading) if code in ("", t.version.code)]
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    for n, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        style.write_head(style.cell_at(sheet, 1, n), head)
        sheet.column_dimensions[style.cell_at(sheet, 1, n).column_letter].width = width
    for row, task in enumerate(sorted(found, key=lambda t: (t.version.code, not t.why)), 2):
        block = task.block
        cells = (
            task.version.code,
            block.name,
            task.why or "nichts",
            task.before,
            task.now,
            block.title,
            block.text,
            "",
            fingerprint_of(task.now),
            _own(block),
        )
        for n, (head, text) in enumerate(zip(_HEADS, cells, strict=True), 1):
            cell = style.cell_at(sheet, row, n)
            style.write_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=head not in _OPEN)
            cell.border = style.GRID
    sheet.freeze_panes = "C2"
    style.set_up_page(sheet, paper="A3")
    out = io.BytesIO()
    workbook.save(out)
    with whole(path) as waiting:
        waiting.write_bytes(out.getvalue())
    return sum(bool(task.why) for task in found)


def _own(block: Block) -> str:
    return fingerprint_of(f"{block.title}\0{block.text}")


def import_table(path: Path, book: Path, reading: Reading, *, probe: bool = False) -> list[str]:
    """Take back what an office has written; give a line for each changed block.

    Raises
    ------
    DataProblems
        Nothing was written; the problems say why.
    """
    grid = open_workbook(path).get(SHEET)
    heads = {str(cell.value): n for n, cell in (grid.rows.get(1, {}) if grid else {}).items()}
    if grid is None or (lacking := [head for head in _HEADS if head not in heads]):
        raise refused(
            path,
            "Das ist keine Tabelle von „konzept sprachen export“."
            if grid is None
            else f"Es fehlen Spalten: {', '.join(lacking)}.",
        )
    german_now = {(t.version.code, t.block.name): t for t in tasks(book, standings(book, reading), reading)}
    changes: dict[str, list[Change]] = {}
    lines, problems = [], []
    for number in sorted(set(grid.rows) - {1}):
        try:
            row = {head: _text(grid, number, heads[head]) for head in _HEADS}
            task = german_now.get((row["Sprache"], row["Block"]))
            if task is None:
                raise NotDone(f"Einen Block „{row['Block']}“ der Sprache „{row['Sprache']}“ gibt es nicht.")
            if (change := _change(row, task)) is not None:
                changes.setdefault(task.version.code, []).append(change)
                new, old = change[0], task.block
                done = "bestätigt" if (new.title, new.text) == (old.title, old.text) else "neuer Text"
                lines.append(f"{task.version.file}, Block „{old.name}“: {done}")
        except NotDone as error:
            problems.append(Problem(f"{path.name}, Blatt „{SHEET}“", number, None, str(error)))
    if problems:
        raise DataProblems(problems)
    if not probe:
        _write(book, changes)
    return lines


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.rows[row].get(column)
    if cell is None:
        return ""
    if cell.kind == "f":
        raise NotDone(
            f"In der Spalte „{grid.rows[1][column].value}“ steht eine Formel. Schreiben Sie den Text selbst."
        )
    return "\n".join(
        line.rstrip() for line in unescape(str(cell.value)).replace("\r\n", "\n").strip().split("\n")
    )


def _change(row: Mapping[str, str], task: Task) -> Change | None:
    block = task.block
    new = replace(
        block,
        title=" ".join(row["Überschrift"].split()),
        text=row["Text"],
        fingerprint=row["Kennung Deutsch"],
    )
    differs = (new.title, new.text) != (block.title, block.text)
    if differs and row["Kennung Text"] != _own(block):
        raise NotDone(
            f"Der Block „{block.name}“ ist seit dem Export auch in {task.version.file} geändert. Übertragen Sie Ihre Änderung dort von Hand."
        )
    fits = row["Passt unverändert (ja)"].casefold() == "ja"
    if not (differs or fits) or (not differs and new.fingerprint == block.fingerprint):
        return None
    german_text = row["Deutsch heute"]
    if fingerprint_of(german_text) != new.fingerprint:
        raise NotDone(
            "Die Spalten „Deutsch heute“ und „Kennung Deutsch“ passen nicht zusammen. Ändern Sie nur Überschrift und Text."
        )
    return new, german_text
