"""Workbooks that LibreOffice edits and saves, without a window and with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from folders import rows
from konzept.data.problems import DataProblems
from workbooks import contents, import_workbook

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

MACROS = """
Sub EditBook(source, target)
  book = OpenBook(source)
  sheet = book.Sheets.getByName("Maßnahmen")
  sheet.getCellRangeByName("E4").String = "Familien"
  sheet.getCellRangeByName("H4").Formula = "2026-03-01"
  sheet = book.Sheets.getByName("Kosten")
  sheet.getCellRangeByName("E4").Value = 34000.5
  sheet = book.Sheets.getByName("Neue Maßnahme")
  values = Array("Sprachcafé im Stadtteil", "bildung – Bildung und Erziehung", "+ Essen", "", "", "", "Idee")
  For n = 0 To 6
    sheet.getCellByPosition(n, 3).String = values(n)
  Next n
  sheet.getCellRangeByName("H4").Formula = "2025-12-01"
  sheet.getCellRangeByName("X4").String = "d-lehrte-integrationskonzept"
  sheet.getCellRangeByName("Y4").String = "Seite 1"
  SaveBook(book, target, "Calc MS Excel 2007 XML")
End Sub

Sub DeleteInBook(source, target)
  book = OpenBook(source)
  book.Sheets.getByName("Statusverlauf").getCellRangeByName("C4").String = "in Prüfung"
  book.Sheets.getByName("Stand der Daten").getCellRangeByName("A4").Formula = "2026-01-31"
  sheet = book.Sheets.getByName("Maßnahmen")
  For n = 3 To 60
    If Left(sheet.getCellByPosition(0, n).String, 24) = "m-bildung-spiel-bewegung" Then sheet.Rows.removeByIndex(n, 1)
  Next n
  SaveBook(book, target, "Calc MS Excel 2007 XML")
End Sub

Sub ComputeInBook(source, target)
  book = OpenBook(source)
  book.Sheets.getByName("Kosten").getCellRangeByName("E4").Formula = "=30000+3000"
  SaveBook(book, target, "Calc MS Excel 2007 XML")
End Sub

Sub SaveAsOldBook(source, target)
  SaveBook(OpenBook(source), target, "MS Excel 97")
End Sub

Function OpenBook(source)
  Dim options(0) As New com.sun.star.beans.PropertyValue
  options(0).Name = "Hidden"
  options(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, options())
  For Each sheet In book.Sheets
    sheet.unprotect("")
  Next sheet
  OpenBook = book
End Function

Sub SaveBook(book, target, form)
  Dim options(0) As New com.sun.star.beans.PropertyValue
  options(0).Name = "FilterName"
  options(0).Value = form
  book.storeToURL(ConvertToURL(target), options())
  book.close(True)
End Sub
"""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = _HEAD + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Arbeit"/>'
    "</library:library>"
)
_MODULE = _HEAD + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Arbeit" '
    f'script:language="StarBasic">{escape(MACROS)}</script:module>'
)

Office = Callable[..., None]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Run LibreOffice with our macros in a fresh profile."""
    profile = tmp_path_factory.mktemp("profil")

    def run(*arguments: str | Path) -> None:
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True, timeout=180)

    # The first start fills the profile; macros put there before would be lost.
    run("--terminate_after_init")
    standard = profile / "user" / "basic" / "Standard"
    (standard / "script.xlb").write_text(_LIBRARY, "utf-8")
    (standard / "Arbeit.xba").write_text(_MODULE, "utf-8")
    return run


def by_macro(office: Office, name: str, workbook: Path) -> Path:
    target = workbook.with_name("gespeichert.xlsx")
    office(f'macro:///Standard.Arbeit.{name}("{workbook}","{target}")')
    assert target.is_file()
    return target


def test_saved_by_libreoffice_nothing_changes(office: Office, folder: Path, workbook: Path) -> None:
    """To its own format and back: every cell was read, judged and written by another program."""
    before = contents(folder)
    place = workbook.parent / "über-ods"
    office("--convert-to", "ods", "--outdir", place, workbook)
    office("--convert-to", "xlsx", "--outdir", place, place / "konzept.ods")
    assert import_workbook(place / "konzept.xlsx", folder) == ["Keine Änderungen."]
    with pytest.raises(DataProblems, match="OpenDocument-Format"):
        import_workbook(place / "konzept.ods", folder)
    assert contents(folder) == before


def test_edited_in_libreoffice(office: Office, folder: Path, workbook: Path) -> None:
    costs = rows(folder, "kosten")
    told = import_workbook(by_macro(office, "EditBook", workbook), folder)
    place = "(Blatt „Neue Maßnahme“, Zeile 4)"
    heads = [line for line in told if not line.startswith("    ")]
    assert heads == [
        "Maßnahmen: 1 neu und 1 geändert",
        f"  neu {place}: m-bildung-sprachcafe-stadtteil – Sprachcafé im Stadtteil",
        "  geändert (Zeile 4): m-bildung-bibliothek – Angebot und Öffnungszeiten der Bibliothek erweitern",
        "Statusverlauf: 1 neu",
        f"  neu {place}: m-bildung-sprachcafe-stadtteil + 2025-12-01: Idee (Maßnahme „Sprachcafé im Stadtteil“)",
        "Kosten: 1 geändert",
        "  geändert (Zeile 4): k-sprachprogramm-jaehrlich "
        "(Maßnahme „Programm für Spracherwerb und Elternarbeit aufbauen“)",
    ]
    assert [line for line in told if " → " in line] == [
        "    Zielgruppe: leer → „Familien“",
        "    Beginn: leer → „01.03.2026“",
        "    Betrag in Euro: „33000“ → „34000,5“",
    ]
    measures = rows(folder, "massnahmen")
    assert (measures[0]["zielgruppe"], measures[0]["beginn"]) == ("Familien", "2026-03-01")
    assert measures[-1]["beschreibung"] == "+ Essen"
    assert rows(folder, "kosten") == [costs[0] | {"betrag_eur": "34000,5"}, *costs[1:]]


def test_corrected_and_deleted_in_libreoffice(office: Office, folder: Path, workbook: Path) -> None:
    """As the page "Mitschreiben" says: a status, the Stand, and a measure with all that hangs on it."""
    told = import_workbook(by_macro(office, "DeleteInBook", workbook), folder, sure=True)
    assert [line for line in told if not line.startswith("  ")] == [
        "Stand der Daten: 18.12.2025 → 31.01.2026",
        "Maßnahmen: 1 gelöscht",
        "Statusverlauf: 1 geändert und 1 gelöscht",
    ]
    assert [line for line in told if " → " in line][1:] == ["    Status: „Idee“ → „in Prüfung“"]
    gone = "m-bildung-spiel-bewegung"
    assert gone not in [row["id"] for row in rows(folder, "massnahmen")]
    assert gone not in [row["massnahme_id"] for row in rows(folder, "statusverlauf")]


def test_computed_in_libreoffice(office: Office, folder: Path, workbook: Path) -> None:
    with pytest.raises(DataProblems) as caught:
        import_workbook(by_macro(office, "ComputeInBook", workbook), folder)
    (only,) = caught.value.problems
    assert str(only) == (
        "gespeichert.xlsx, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: Hier steht eine Formel; "
        "übernommen werden nur Werte. Kopieren Sie die Zelle und fügen Sie sie mit „Inhalte einfügen“ als Wert wieder ein."
    )


def test_saved_in_the_old_format(office: Office, folder: Path, workbook: Path) -> None:
    with pytest.raises(DataProblems) as caught:
        import_workbook(by_macro(office, "SaveAsOldBook", workbook), folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "gespeichert.xlsx: Die Datei hat das alte Excel-Format. Speichern Sie sie als .xlsx."
    ]
