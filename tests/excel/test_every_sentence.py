"""Every sentence about a workbook, word for word; together they make a part of docs/meldungen.md."""

from __future__ import annotations

import base64
import copy
import json
import os
import shutil
import stat
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl.styles import Font

from folders import PROJECT, rows, write
from konzept.authors.excel import export_workbook
from konzept.authors.excel.importing import plan_import, read_present
from konzept.authors.excel.trial import Present
from konzept.cli import main
from konzept.data.problems import DataProblems
from sentences.workbooks import WORKBOOK_OTHERS, WORKBOOKS
from workbook_parts import Parts, take_apart
from workbooks import HEAD, append, cell, column, contents, edit, import_workbook


@pytest.fixture(scope="module")
def parts(exported: Path) -> Parts:
    return take_apart(exported)


@pytest.fixture(scope="module")
def present(few_data: Path) -> Present:
    return read_present(few_data)


def refusals(path: Path, folder: Path) -> list[str]:
    before = contents(folder)
    with pytest.raises(DataProblems) as caught:
        import_workbook(path, folder)
    assert contents(folder) == before
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("mistake", WORKBOOKS)
def test_mistake_in_a_workbook(mistake: str, parts: Parts, present: Present, tmp_path: Path) -> None:
    change, expected = WORKBOOKS[mistake]
    broken = parts.copy()
    content = change(broken)
    path = tmp_path / "konzept.xlsx"
    path.write_bytes(content if isinstance(content, bytes) else broken.save())
    with pytest.raises(DataProblems) as caught:
        plan_import(path, present)
    assert expected in [str(problem) for problem in caught.value.problems]


def test_no_file_and_folder(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "konzept.xlsx"
    assert refusals(path, folder) == [WORKBOOK_OTHERS["Arbeitsmappe gibt es nicht"]]
    path.mkdir()
    assert refusals(path, folder) == [WORKBOOK_OTHERS["Ordner statt Arbeitsmappe"]]


def test_a_workbook_that_unpacks_without_end(folder: Path, workbook: Path) -> None:
    with (
        zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bild.bin", "w") as target,
    ):
        block = bytes(1 << 24)
        for _ in range(7):
            target.write(block)
    assert refusals(workbook, folder) == [WORKBOOK_OTHERS["Riesige Arbeitsmappe"]]


def test_a_workbook_with_pictures(folder: Path, workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a") as archive:
        archive.writestr("xl/bild.bin", bytes(21 << 20))
    assert refusals(workbook, folder) == [WORKBOOK_OTHERS["Große Arbeitsmappe"]]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_not_waited_for(kind: str, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "konzept.xlsx"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    assert refusals(path, folder) == [WORKBOOK_OTHERS["Gerät statt Arbeitsmappe"]]


def test_more_than_anyone_types(folder: Path, workbook: Path) -> None:
    kept = take_apart(workbook)
    kept.put_text("Maßnahmen", "C4", "x" * 40_000)
    workbook.write_bytes(kept.save())
    assert refusals(workbook, folder) == [WORKBOOK_OTHERS["Mehr Text, als eine Zelle fasst"]]


def test_a_cell_that_stands_twice(folder: Path, workbook: Path) -> None:
    """A program that writes by halves leaves such; which of both is meant nobody knows."""
    kept = take_apart(workbook)
    row = kept.row("Maßnahmen", 4)
    row.append(copy.deepcopy(next(each for each in row if each.get("r") == "C4")))
    workbook.write_bytes(kept.save())
    assert refusals(workbook, folder) == [WORKBOOK_OTHERS["Zelle zweimal"]]


def test_more_cells_than_a_table_has(folder: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book) -> None:
        sheet = book.create_sheet("Notizen", 0)
        for _ in range(40):
            sheet.append(list(range(1000)))

    monkeypatch.setattr("konzept.authors.excel.raw_sheets._CELLS", 35_000)
    assert refusals(edit(workbook, fill), folder) == [WORKBOOK_OTHERS["Sehr viele Zellen"]]


def test_a_hidden_sheet_that_unpacks_without_end(folder: Path, workbook: Path) -> None:
    """What the export has noted is refused like a note that is damaged, and never held in memory."""

    def harm(book) -> None:
        text = base64.b64encode(zlib.compress(bytes(200 << 20), 9)).decode()
        for n, at in enumerate(range(0, len(text), 30_000), 1):
            book["Stand"].cell(n, 1).value = text[at : at + 30_000]

    tracemalloc.start()
    told = refusals(edit(workbook, harm), folder)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "fehlt das verborgene Blatt „Stand“" in told[0]
    assert most < 300 << 20


@pytest.mark.parametrize(
    "note",
    [[], {"massnahmen": 7}, {"massnahmen": [["id"]]}, {"massnahmen": [{"id": None}]}, "x", None, 7],
    ids=repr,
)
def test_a_note_that_no_export_has_written(note: object, folder: Path, workbook: Path) -> None:
    def harm(book) -> None:
        book["Stand"].delete_rows(1, 99)
        book["Stand"]["A1"].value = base64.b64encode(zlib.compress(json.dumps(note).encode())).decode()

    assert "fehlt das verborgene Blatt „Stand“" in refusals(edit(workbook, harm), folder)[0]


def test_numbers_with_their_unit(folder: Path, workbook: Path) -> None:
    """What is certain is taken, what is not is answered."""
    shares = {row["id"] for row in rows(folder, "indikatoren") if row["einheit"] == "Prozent"}
    at = next(n for n, row in enumerate(rows(folder, "messwerte")) if row["indikator_id"] in shares)

    def value(book):
        return book["Messwerte"].cell(HEAD + 1 + at, column(book["Messwerte"], "Wert"))

    def certain(book) -> None:
        cell(book, "Kosten", "k-sprachprogramm-jaehrlich", "Betrag in Euro").value = "2.500 €"
        value(book).value = "20,0 %"

    import_workbook(edit(workbook, certain), folder, sure=True)
    assert (
        next(r for r in rows(folder, "kosten") if r["id"] == "k-sprachprogramm-jaehrlich")["betrag_eur"]
        == "2500"
    )
    assert rows(folder, "messwerte")[at]["wert"] == "20"

    def uncertain(book) -> None:
        cell(book, "Kosten", "k-sprachprogramm-jaehrlich", "Betrag in Euro").value = "20 %"
        value(book).value = "2.500 %"

    told = refusals(edit(workbook, uncertain), folder)
    assert any("Betrag in Euro" in each and "enthält die Einheit" in each for each in told)
    assert any("„2.500 %“ ist mehrdeutig: 2500 oder 2,500?" in each for each in told)


def test_new_doubts_are_told_and_hinder_nothing(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(book["Kosten"]["E4"], "value", 2_000_000_000))
    plan = plan_import(workbook, read_present(folder))
    assert [str(hint) for hint in plan.hints] == [
        "konzept.xlsx, Blatt „Kosten“, Zelle E4, Spalte „Betrag in Euro“: "
        "2.000.000.000\N{NO-BREAK SPACE}€ ist ein ungewöhnlicher Betrag. Prüfen Sie die Angabe an der Quelle."
    ]
    told = import_workbook(workbook, folder)
    assert str(plan.hints[0]) in told


def test_a_name_that_several_have(folder: Path, workbook: Path) -> None:
    def change(book) -> None:
        append(
            book,
            "Akteur_innen",
            Name="Frühe Hilfen",
            Art="Initiative",
            Quelle="d-sachstandsbericht-2",
            Fundstelle="1",
        )
        book["Zuständigkeiten"]["B4"].value = "Frühe Hilfen"

    assert WORKBOOK_OTHERS["Name gehört mehreren"] in refusals(edit(workbook, change), folder)


def test_rows_that_others_deleted_or_changed(folder: Path, workbook: Path) -> None:
    content = rows(folder, "zustaendigkeiten")
    write(folder, "zustaendigkeiten", content[1:])
    kept = Path(shutil.copy(workbook, workbook.with_name("anders.xlsx")))
    edit(workbook, lambda book: setattr(book["Zuständigkeiten"]["D4"], "value", "d-integrationsmonitoring"))
    edit(workbook, lambda book: setattr(book["Zuständigkeiten"]["E4"], "value", "Seite 9"))
    told = import_workbook(workbook, folder)
    assert told == ["Keine Änderungen.", WORKBOOK_OTHERS["Andere haben die Zeile gelöscht"]]
    # A row that others deleted and the author left alone is no conflict.
    assert import_workbook(kept, folder) == ["Keine Änderungen."]

    write(folder, "zustaendigkeiten", [content[0] | {"fundstelle": "Seite 9"}, *content[1:]])
    edit(kept, lambda book: book["Zuständigkeiten"].delete_rows(4))
    kept.replace(workbook)
    told = import_workbook(workbook, folder)
    assert told == ["Keine Änderungen.", WORKBOOK_OTHERS["Andere haben die gelöschte Zeile geändert"]]


def test_a_sheet_of_ones_own(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: book.create_sheet("Notizen").append(["Anrufen"]))
    assert import_workbook(workbook, folder) == [
        WORKBOOK_OTHERS["Eigenes Blatt"],
        WORKBOOK_OTHERS["Nichts geändert"],
    ]


def test_an_export_does_not_overwrite_work(folder: Path, workbook: Path) -> None:
    def refused(path: Path) -> list[str]:
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(DataProblems) as caught:
            export_workbook(path, folder)
        assert (path.read_bytes() if path.exists() else None) == before
        return [str(problem) for problem in caught.value.problems]

    assert refused(workbook.with_name("konzept.ods")) == [WORKBOOK_OTHERS["Export mit anderer Endung"]]
    # A workbook without changes is replaced.
    assert export_workbook(workbook, folder) == 31
    edit(
        workbook, lambda book: setattr(cell(book, "Ziele", "z-bildung-schuleingang", "Text"), "value", "Neu")
    )
    assert refused(workbook) == [WORKBOOK_OTHERS["Export über ungesicherte Eingaben"]]
    with zipfile.ZipFile(workbook.with_name("fremd.xlsx"), "w") as archive:
        archive.writestr("a", "b")
    assert len(refused(workbook.with_name("fremd.xlsx"))) == 1
    other = workbook.with_name("konzept.xlsx")
    edit(other, lambda book: book.remove(book["Stand"]))
    assert refused(other) == [WORKBOOK_OTHERS["Export über eine fremde Datei"]]


def test_what_is_asked_and_told(folder: Path, workbook: Path) -> None:
    def planned(change) -> tuple[str, ...]:
        path = Path(shutil.copy(workbook, workbook.with_name("versuch.xlsx")))
        plan = plan_import(edit(path, change), read_present(folder))
        told = (*plan.notes, *plan.questions)
        return tuple(each.replace("versuch.xlsx", "konzept.xlsx") for each in told)

    def new(book) -> None:
        append(
            book,
            "Neue Maßnahme",
            Titel="Akteur*innen weiter vernetzen",
            Handlungsfeld="bildung",
            Status="Idee",
            Status_seit="01.09.2025",
            Ende="fortlaufend",
            Quelle="d-lehrte-integrationskonzept",
            Fundstelle="1",
        )

    assert planned(new) == (
        WORKBOOK_OTHERS["„fortlaufend“ als Ende"],
        WORKBOOK_OTHERS["Der Titel ist schon vergeben"],
    )

    def sorted_alone(book) -> None:
        cells = [book["Maßnahmen"].cell(row, 3) for row in range(4, 30)]
        for each, title in zip(cells, [cells[-1].value, *[c.value for c in cells[:-1]]], strict=True):
            each.value = title

    assert planned(sorted_alone) == (
        WORKBOOK_OTHERS["Viele Zeilen geändert"],
        WORKBOOK_OTHERS["Eine Spalte allein sortiert"],
    )
    assert planned(lambda book: setattr(book["Maßnahmen"]["C4"], "font", Font(strike=True))) == (
        WORKBOOK_OTHERS["Durchgestrichener Text"],
    )
    assert planned(lambda book: book["Maßnahmen"].delete_rows(5)) == (
        WORKBOOK_OTHERS["Eine Maßnahme wird gelöscht"],
    )


def test_an_actor_twice_in_a_row(folder: Path, workbook: Path) -> None:
    def change(book) -> None:
        append(book, "Neue Maßnahme", Titel="Etwas", Federführung="a-mut", Beteiligt_1="a-mut")

    assert WORKBOOK_OTHERS["Ein Akteur zweimal in einer Zeile"] in refusals(edit(workbook, change), folder)


def test_a_text_that_no_cell_takes(folder: Path, tmp_path: Path) -> None:
    content = rows(folder, "ziele")
    write(folder, "ziele", [content[0] | {"text": "x" * 32_768}, *content[1:]])
    with pytest.raises(DataProblems) as caught:
        export_workbook(tmp_path / "konzept.xlsx", folder)
    assert [str(problem) for problem in caught.value.problems] == [WORKBOOK_OTHERS["Zu langer Text"]]
    assert not (tmp_path / "konzept.xlsx").exists()


def test_the_program_says_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The command works on the project that one stands in.
    monkeypatch.chdir(PROJECT)
    path = tmp_path / "konzept.xlsx"

    def run(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["konzept", "excel", *arguments])
        try:
            main()
            status: object = 0
        except SystemExit as ended:
            status = ended.code
        return (status, *capsys.readouterr())

    assert run("export", str(path), "--data", str(folder)) == (
        0,
        f"{WORKBOOK_OTHERS['Export fertig'].replace(path.name, str(path))}\n",
        "",
    )
    assert stat.S_IMODE(path.stat().st_mode) & 0o400
    # The book asks for figures that the few data do not have; what was wrong before is no reason to refuse.
    assert run("import", str(path), "--data", str(folder)) == (0, "Keine Änderungen.\n", "")
    edit(path, lambda book: setattr(book["Kosten"]["E4"], "value", "33.000"))
    status, out, err = run("import", str(path), "--data", str(folder))
    assert (status, out, err) == (1, "", WORKBOOKS["Punkt als Tausender"][1] + "\n")
    assert run("import")[0] == 2
    assert "Prüft eine Arbeitsmappe" in run("--help")[1]
