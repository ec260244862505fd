"""The way to a translation office and back: what comes home is what was written, and nothing else changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from folders import PROJECT, REAL
from konzept.authors.languages.checking import check_languages
from konzept.authors.languages.office import SHEET, confirm, export_table, import_table, told
from konzept.authors.languages.standing import standings
from konzept.authors.languages.versions import read_versions
from konzept.data.problems import DataProblems
from konzept.data.reading import Reading, read_folder
from sentences.languages import OFFICE, SOUND

CODES = ("de-x-einfach", "ar", "en", "tr", "uk")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_folder(REAL)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The German pages, and one sound version."""
    shutil.copytree(PROJECT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("sprachen", "assets"))
    (tmp_path / "book/sprachen").mkdir()
    (tmp_path / "book/sprachen/en.md").write_text(SOUND, "utf-8")
    return tmp_path / "book"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "tabelle.xlsx"


def _edit(path: Path, row: int, **cells: str) -> None:
    workbook = load_workbook(path)
    sheet = workbook[SHEET]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    names = {
        "text": "Text",
        "title": "Überschrift",
        "fits": "Passt unverändert (ja)",
        "block": "Block",
        "now": "Deutsch heute",
    }
    for name, value in cells.items():
        sheet.cell(row, heads[names[name]]).value = value
    workbook.save(path)


def _change_german(book: Path) -> None:
    index = book / "index.md"
    index.write_text(
        index.read_text("utf-8").replace("in neun Handlungsfelder", "in viele Handlungsfelder"), "utf-8"
    )


def test_all_versions_go_out_and_come_back_as_they_are(reading: Reading, tmp_path: Path, table: Path) -> None:
    shutil.copytree(PROJECT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("assets"))
    before = {path.name: path.read_bytes() for path in (tmp_path / "book/sprachen").iterdir()}
    assert export_table(table, tmp_path / "book", reading) == 0
    assert import_table(table, tmp_path / "book", reading) == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "book/sprachen").iterdir()} == before
    assert {v.code for v in read_versions(tmp_path / "book")} == set(CODES)


def test_a_stale_block_goes_out_with_old_and_new_german_and_comes_back_translated(
    reading: Reading, book: Path, table: Path
) -> None:
    confirm(book, reading, "en", ["was"])
    _change_german(book)
    before = (book / "sprachen/en.md").read_text("utf-8")
    assert export_table(table, book, reading) == 1
    sheet = load_workbook(table)[SHEET]
    cells = dict(zip([c.value for c in sheet[1]], [c.value for c in sheet[2]], strict=True))
    assert "in neun Handlungsfelder" in cells["Deutsch bisher"]
    assert "in viele Handlungsfelder" in cells["Deutsch heute"]
    _edit(table, 2, text="There are {zahl}`massnahmen` measures in many fields.", title="What?")
    assert import_table(table, book, reading, probe=True) == ["book/sprachen/en.md, Block „was“: neuer Text"]
    assert (book / "sprachen/en.md").read_text("utf-8") == before
    import_table(table, book, reading)
    [standing] = standings(book, reading)
    assert standing.stale == {}
    assert (standing.version.blocks[0].title, standing.version.blocks[0].text) == (
        "What?",
        "There are {zahl}`massnahmen` measures in many fields.",
    )
    assert check_languages(reading, book) == []


def test_a_translation_that_still_fits_is_confirmed(reading: Reading, book: Path, table: Path) -> None:
    _change_german(book)
    export_table(table, book, reading)
    _edit(table, 2, fits="ja")
    assert import_table(table, book, reading) == ["book/sprachen/en.md, Block „was“: bestätigt"]
    assert standings(book, reading)[0].stale == {}


def test_a_translation_of_german_that_has_changed_again_stays_stale(
    reading: Reading, book: Path, table: Path
) -> None:
    _change_german(book)
    export_table(table, book, reading)
    _edit(table, 2, text="Another text.")
    index = book / "index.md"
    index.write_text(
        index.read_text("utf-8").replace("in viele Handlungsfelder", "in alle Handlungsfelder"), "utf-8"
    )
    import_table(table, book, reading)
    assert standings(book, reading)[0].stale == {"was": "Der deutsche Text hat sich geändert."}


def test_old_and_new_german_are_told_side_by_side(reading: Reading, book: Path) -> None:
    confirm(book, reading, "en", [])
    _change_german(book)
    lines = list(told(book, reading))
    assert lines[0].startswith("book/sprachen/en.md: Entwurf, nicht geprüft. Überholt: 1 von 1 Blöcken.")
    [beside] = [line for line in lines if "Was dafür getan werden kann" in line]
    assert beside.count("Was dafür getan werden kann") == 2
    text = "\n".join(lines)
    assert "neun" in text
    assert "viele" in text


def test_to_confirm_is_to_note_the_german_of_today(reading: Reading, book: Path) -> None:
    _change_german(book)
    assert confirm(book, reading, "en", []) == 1
    assert standings(book, reading)[0].stale == {}
    assert confirm(book, reading, "en", []) == 0
    assert "in viele Handlungsfelder" in (book / "sprachen/quelltexte.csv").read_text("utf-8-sig")


def _refused(do: object, *args: object) -> list[str]:
    with pytest.raises(DataProblems) as refused:
        do(*args)  # type: ignore[operator]
    return [str(problem) for problem in refused.value.problems]


def test_what_is_refused(reading: Reading, book: Path, table: Path) -> None:
    said = {
        "Tabelle ohne .xlsx": _refused(export_table, table.with_suffix(".xls"), book, reading),
        "Sprache, die es nicht gibt": _refused(export_table, table, book, reading, "enn"),
        "Block, den es nicht gibt": _refused(confirm, book, reading, "en", ["wass"]),
    }
    export_table(table, book, reading)
    said["Tabelle gibt es schon"] = _refused(export_table, table, book, reading)
    for what, cells in (
        ("Fremder Block", {"block": "wo"}),
        ("Formel", {"text": "=1+1"}),
        ("Deutsch in der Tabelle geändert", {"now": "Anderes", "fits": "ja", "text": "Neu."}),
    ):
        table.unlink()
        export_table(table, book, reading)
        _edit(table, 2, **cells)
        said[what] = _refused(import_table, table, book, reading)
    table.unlink()
    export_table(table, book, reading)
    _edit(table, 2, text="Mine.")
    version = book / "sprachen/en.md"
    version.write_text(version.read_text("utf-8").replace("There are", "There were"), "utf-8")
    said["Seit dem Export geändert"] = _refused(import_table, table, book, reading)
    workbook = load_workbook(table)
    workbook[SHEET].delete_cols(10)
    workbook.save(table)
    said["Gelöschte Spalte"] = _refused(import_table, table, book, reading)
    workbook[SHEET].title = "Tabelle1"
    workbook.save(table)
    said["Fremde Arbeitsmappe"] = _refused(import_table, table, book, reading)
    shutil.rmtree(book / "sprachen")
    said["Keine Fassung"] = list(told(book, reading))
    assert said == {what: [sentence] for what, sentence in OFFICE.items()}


def test_what_an_office_writes_is_checked_before_anything_is_written(
    reading: Reading, book: Path, table: Path
) -> None:
    before = (book / "sprachen/en.md").read_bytes()
    export_table(table, book, reading)
    _edit(table, 2, text="A <b>bold</b> text.")
    assert "ist HTML" in _refused(import_table, table, book, reading)[0]
    assert (book / "sprachen/en.md").read_bytes() == before
