"""The workbook itself: the same bytes each time, text as text, lists, locks, and what a newcomer reads."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from allowed import STATUSES
from folders import hostile, rows
from konzept.authors.excel import export_workbook
from konzept.authors.excel.layout import table_sheets
from konzept.data.package import load_package
from konzept.data.problems import DataProblems
from workbook_parts import take_apart
from workbooks import HEAD, column, contents, import_workbook


@pytest.fixture(scope="module")
def book(exported: Path):
    return load_workbook(exported)


def test_the_same_data_give_the_same_bytes(few_data: Path, exported: Path, tmp_path: Path) -> None:
    time.sleep(2.1)  # files in a zip archive are dated to two seconds
    export_workbook(tmp_path / "wieder.xlsx", few_data)
    assert (tmp_path / "wieder.xlsx").read_bytes() == exported.read_bytes()


def test_hostile_texts_are_texts_and_come_back(hostile_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "konzept.xlsx"
    before = contents(hostile_data)
    export_workbook(path, hostile_data)
    assert import_workbook(path, hostile_data) == ["Keine Änderungen."]
    assert contents(hostile_data) == before
    with zipfile.ZipFile(path) as archive:
        sheets = b"".join(archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
    assert b"<f>" not in sheets
    assert b"=HYPERLINK" in sheets


def test_every_table_has_its_sheet(book, few_data: Path) -> None:
    sheets = table_sheets(load_package(few_data))
    tables = [s.title for s in sheets]
    assert book.sheetnames == ["Lies mich", "Neue Maßnahme", "Stand der Daten", *tables, "Listen", "Stand"]
    assert len(sheets) == 31
    for sheet in sheets:
        target = book[sheet.title]
        assert [str(c.value).removesuffix(" *") for c in target[HEAD]] == [f.heading for f in sheet.fields]
        assert [c.value for c in target[HEAD - 1]] == [f.explanation for f in sheet.fields]
        assert target.freeze_panes == f"B{HEAD + 1}"
        assert len(rows(few_data, sheet.table)) == sum(
            1 for r in target.iter_rows(min_row=HEAD + 1) if r[0].value
        )


def test_every_allowed_word_has_one_german_label(few_data: Path) -> None:
    for sheet in table_sheets(load_package(few_data)):
        for field in sheet.fields:
            labels = list(field.labels.values())
            assert len({label.casefold() for label in labels}) == len(labels), (sheet.title, field.name)
            if field.name != "id":
                assert not any("_" in label for label in labels), (sheet.title, field.name, labels)


def test_lists_offer_key_and_name(book, few_data: Path) -> None:
    sheet = book["Zuständigkeiten"]
    (rule,) = [
        r for r in sheet.data_validations.dataValidation if f"B{HEAD + 1}" in str(r.sqref).split(":")[0]
    ]
    assert (rule.type, rule.errorStyle) == ("list", "warning")
    title, _, where = rule.formula1.partition("!")
    assert title == "'Listen'"
    first, last = where.replace("$", "").split(":")
    offered = [row[0].value for row in book["Listen"][first:last]]
    actors = rows(few_data, "akteure")
    assert [entry.split(" – ")[0] for entry in offered] == [row["id"] for row in actors]
    assert offered[0] == "a-mut – Fachkräfte für Migration und Teilhabe"
    # Long names are cut where a word ends.
    assert all(
        f"{row['id']} – {row['name']}".startswith(o.removesuffix(" …"))
        for row, o in zip(actors, offered, strict=True)
    )
    assert book["Listen"].sheet_state == "hidden"


def test_keys_are_locked_and_new_rows_open(book) -> None:
    sheet = book["Maßnahmen"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet.cell(HEAD + 1, 1).protection.locked
    assert not sheet.cell(HEAD + 1, column(sheet, "Titel")).protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    status = book["Statusverlauf"]
    assert [cell.protection.locked for cell in status[HEAD + 1]] == [True, *[False] * 8]
    assert not book["Stand der Daten"]["A4"].protection.locked


def test_values_have_their_types(book) -> None:
    assert book["Kosten"]["E4"].value == 33000
    assert book["Kosten"]["E4"].number_format == "General"
    assert book["Statusverlauf"]["B4"].is_date
    assert book["Statusverlauf"]["C4"].value == "Idee"
    assert book["Maßnahmen"]["C4"].number_format == "@"


def test_the_guide_names_every_status_and_sheet(book) -> None:
    texts = {str(cell.value) for row in book["Lies mich"].iter_rows() for cell in row if cell.value}
    for criterion, proof in ((s.criterion, s.proof) for s in STATUSES.values()):
        assert {criterion, proof} <= texts
    assert set(book.sheetnames) - {"Lies mich", "Listen", "Stand"} <= texts


@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_100_000_rows(filled: bool, folder: Path, exported: Path, tmp_path: Path) -> None:
    parts = take_apart(exported)
    name = parts.sheets["Gremien und Handlungsfelder"]
    cells = '<c r="A{0}" t="inlineStr"><is><t>g-rat</t></is></c>' if filled else '<c r="A{0}" s="1"/>'
    many = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1000, 101_000))
    parts.files[name] = parts.files[name].replace(b"</sheetData>", many.encode() + b"</sheetData>")
    path = tmp_path / "konzept.xlsx"
    path.write_bytes(parts.save())
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))
    before = contents(folder)
    if not filled:
        assert import_workbook(path, folder) == ["Keine Änderungen."]
    else:
        with pytest.raises(DataProblems) as caught:
            import_workbook(path, folder)
        assert len(caught.value.problems) == 100_000
        assert str(caught.value.problems[0]) == (
            "konzept.xlsx, Blatt „Gremien und Handlungsfelder“, Zelle B1000, Spalte „Handlungsfeld“: "
            "Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
        )
    assert contents(folder) == before


def test_hostile_data_are_what_they_seem(tmp_path: Path) -> None:
    """The hostile folder holds texts that a careless export would make formulas of."""
    folder = hostile(tmp_path / "data")
    assert any(row["titel"].startswith("=") for row in rows(folder, "massnahmen"))


def test_explanations_speak_of_sheets_and_words_of_the_workbook(book) -> None:
    sheet = book["Kosten"]
    explanations = [cell.value for cell in sheet[HEAD - 1]]
    assert "Kennung des Dokuments, aus dem die Zeile stammt (Blatt „Dokumente und Quellen“)." in explanations
    assert any("„ungefähr“" in text for text in explanations)
    assert not any("„circa“" in text or "Tabelle „" in text for text in explanations)
