"""The workbook for readers, opened by openpyxl and by LibreOffice."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from folders import REAL, rows
from konzept.concept.assembly import load_concept
from konzept.site.opendata.files import open_data

NAME = "integrationskonzept-daten.xlsx"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("mappe") / NAME
    target.write_bytes(open_data(load_concept(REAL)).files[NAME])
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_it_says_what_it_is_and_in_which_language(book: Workbook) -> None:
    assert book.properties.title == "Integrationskonzept der Stadt Lehrte: Daten"
    assert book.properties.language == "de-DE"
    assert book.properties.creator == "Redaktion dieses Buches"
    guide = book.worksheets[0]
    assert guide.title == "Lies mich"
    text = "\n".join(str(cell.value) for row in guide.iter_rows(max_row=8) for cell in row if cell.value)
    for part in ("18.12.2025", "kein amtliches Dokument", "Keine gemeinsame Lizenz", "So zitieren"):
        assert part in text
    assert "Ergebnisse von Befragungen" in text  # a table without rows


def test_each_sheet_has_one_named_table_and_nothing_in_the_way(book: Workbook) -> None:
    names = []
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        first, _, last = table.ref.partition(":")
        heads = [c.value for c in sheet[first : f"{last.rstrip('0123456789')}{sheet[first].row}"][0]]
        assert [c.name for c in table.tableColumns] == heads
        assert len(set(heads)) == len(heads)
        if sheet.title != "Lies mich":
            assert first == "A1"
            assert sheet.freeze_panes == "B2"
            assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[c.column_letter].width >= 12 for c in sheet[sheet[first].row])
    assert len(set(names)) == len(names)


def test_links_of_the_guide_lead_to_sheets(book: Workbook) -> None:
    guide = book.worksheets[0]
    found = [c.hyperlink.location for row in guide.iter_rows() for c in row if c.hyperlink]
    assert len(found) == len(book.worksheets) - 1
    for location in found:
        sheet, _, cell = location.rpartition("!")
        assert sheet.strip("'").replace("''", "'") in book.sheetnames
        assert cell == "A1"


def test_sheets_hold_the_tables(book: Workbook) -> None:
    by_table = {next(iter(s.tables)): s for s in book.worksheets}
    for name in ("messwerte", "massnahmen", "kosten", "dokumente", "ereignisse"):
        known = rows(REAL, name)
        sheet = by_table[name]
        assert sheet.max_row == len(known) + 1
    values = by_table["messwerte"]
    heads = [c.value for c in values[1]]
    for row, known in zip(
        values.iter_rows(min_row=2, values_only=True), rows(REAL, "messwerte"), strict=True
    ):
        cell = row[heads.index("Wert")]
        assert cell == (float(known["wert"].replace(",", ".")) if known["wert"] else None)
        assert str(row[heads.index("Indikator")]).startswith(f"{known['indikator_id']} – ")


def test_no_cell_is_a_formula(hostile_data: Path) -> None:
    content = open_data(load_concept(hostile_data)).files[NAME]
    hostile = openpyxl.load_workbook(io.BytesIO(content))
    cells = [c for s in hostile.worksheets for row in s.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert [c for c in cells if str(c.value).startswith("=HYPERLINK")]
    assert all(c.quotePrefix for c in cells if str(c.value)[:1] == "=")
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [n for n in parts.namelist() if b"<f>" in parts.read(n) or "externalLink" in n or "vba" in n]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(path: Path, tmp_path: Path) -> None:
    """All sheets, as LibreOffice reads them, hold the tables' rows."""
    profile = (tmp_path / "profil").as_uri()
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, timeout=300, capture_output=True
    )
    found = {p.stem.removeprefix("integrationskonzept-daten-"): p for p in tmp_path.glob("*.csv")}
    assert "Lies mich" in found
    for sheet, table in (
        ("Messwerte", "messwerte"),
        ("Maßnahmen", "massnahmen"),
        ("Prüfhinweise", "pruefhinweise"),
    ):
        with found[sheet].open(encoding="utf-8", newline="") as file:
            read = list(csv.reader(file, delimiter=";"))
        assert len(read) == len(rows(REAL, table)) + 1
    with found["Messwerte"].open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter=";"))
    for row, known in zip(read, rows(REAL, "messwerte"), strict=True):
        told = row["Wert"].replace(",", ".")
        assert (float(told) if told else None) == (
            float(known["wert"].replace(",", ".")) if known["wert"] else None
        )
