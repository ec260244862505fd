"""What a careful colleague would see, ask, and be able to take back when a workbook comes in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from folders import SCHEMA, rows, tell, write
from konzept.authors.check import check_project
from konzept.authors.excel import carry_out, export_workbook, import_workbook, plan_import, read_present
from konzept.authors.excel.importing import Plan
from konzept.cli import main
from konzept.data import package
from konzept.data.problems import DataProblems
from sentences.workbooks import WORKBOOK_OTHERS
from workbook_parts import DATE, GENERAL, MAIN, take_apart
from workbooks import append, cell, column, contents, edit

SOURCE = "d-lehrte-integrationskonzept"
LIBRARY = "m-bildung-bibliothek"
TITLE = "Angebot und Öffnungszeiten der Bibliothek erweitern"
FORM = "Neue Maßnahme"
IDEA = {
    "Handlungsfeld": "bildung",
    "Status": "Idee",
    "Status_seit": "01.09.2025",
    "Quelle": SOURCE,
    "Fundstelle": "Stand der Arbeit",
}


def planned(path: Path, folder: Path) -> Plan:
    before = contents(folder)
    plan = plan_import(path, read_present(folder))
    assert contents(folder) == before
    return plan


def refused(path: Path, folder: Path) -> list[str]:
    before = contents(folder)
    with pytest.raises(DataProblems) as caught:
        import_workbook(path, folder, sure=True)
    assert contents(folder) == before
    return [str(problem).removeprefix("konzept.xlsx, ") for problem in caught.value.problems]


def row_of(folder: Path, table: str, key: str) -> dict[str, str]:
    return next(row for row in rows(folder, table) if row["id"] == key)


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["konzept", "excel", *arguments])
    try:
        main()
        status = 0
    except SystemExit as ended:
        status = int(str(ended.code))
    return (status, *capsys.readouterr())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without chapters to stand in."""
    (tmp_path / "projekt" / "book").mkdir(parents=True)
    monkeypatch.setattr("konzept.cli.project_here", lambda: tmp_path / "projekt")
    return tmp_path / "projekt"


# The trial run, the summary, questions and the way back.


def test_a_trial_run_tells_old_and_new_and_writes_nothing(
    folder: Path,
    workbook: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", LIBRARY, "Zielgruppe").value = "Familien"
        cell(book, "Kosten", "k-sprachprogramm-jaehrlich", "Betrag in Euro").value = 34000

    before = contents(folder)
    told = run(monkeypatch, capsys, "import", str(edit(workbook, change)), "--data", str(folder), "--probe")
    assert told == (
        0,
        f"Maßnahmen: 1 geändert\n  geändert (Zeile 4): {LIBRARY} – {TITLE}\n"
        "    Zielgruppe: leer → „Familien“\n"
        "Kosten: 1 geändert\n  geändert (Zeile 4): k-sprachprogramm-jaehrlich "
        "(Maßnahme „Programm für Spracherwerb und Elternarbeit aufbauen“)\n"
        "    Betrag in Euro: „33000“ → „34000“\n"
        f"{WORKBOOK_OTHERS['Nach einer Probe']}\n",
        "",
    )
    assert contents(folder) == before
    assert not (folder.parent / "_build").exists()


def test_an_import_says_how_to_take_it_back(
    folder: Path,
    workbook: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(folder)
    edit(workbook, lambda book: setattr(cell(book, "Maßnahmen", LIBRARY, "Zielgruppe"), "value", "Familien"))
    status, out, err = run(monkeypatch, capsys, "import", str(workbook), "--data", str(folder))
    assert (status, err) == (0, "")
    (kept,) = (folder.parent / "_build" / "vor-import").iterdir()
    said = WORKBOOK_OTHERS["Weg zurück"].replace("_build/vor-import/2025-12-18-101500", str(kept))
    assert out.splitlines()[-1] == said
    after = contents(folder)
    assert after != before
    back = (0, f"{WORKBOOK_OTHERS['Zurückgenommen']}\n", "")
    assert run(monkeypatch, capsys, "zurueck", "--data", str(folder)) == back
    assert contents(folder) == before
    # Whoever has taken back too much gets it again.
    assert run(monkeypatch, capsys, "zurueck", "--data", str(folder)) == back
    assert contents(folder) == after


def test_where_nothing_was_imported_nothing_is_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(monkeypatch, capsys, "zurueck", "--data", str(folder))
    assert (status, out) == (1, "")
    assert err.splitlines()[0] == WORKBOOK_OTHERS["Nichts zurückzunehmen"]


def test_where_nothing_can_be_kept_nothing_is_written(folder: Path, workbook: Path, tmp_path: Path) -> None:
    edit(workbook, lambda book: setattr(cell(book, "Maßnahmen", LIBRARY, "Zielgruppe"), "value", "Familien"))
    before = contents(folder)
    (tmp_path / "vor-import").write_text("eine Datei")
    with pytest.raises(DataProblems) as caught:
        carry_out(plan_import(workbook, read_present(folder)), tmp_path / "vor-import")
    assert str(caught.value) == WORKBOOK_OTHERS["Sicherung nicht möglich"]
    assert contents(folder) == before


def test_one_column_sorted_alone_is_asked_about(
    folder: Path,
    workbook: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Maßnahmen"]
        at = column(sheet, "Titel")
        last = max(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value)
        titles = sorted(str(sheet.cell(row, at).value) for row in range(4, last + 1))
        for row, title in enumerate(titles, 4):
            sheet.cell(row, at).value = title

    before = contents(folder)
    arguments = ("import", str(edit(workbook, change)), "--data", str(folder))
    status, out, err = run(monkeypatch, capsys, *arguments)
    assert status == 1
    assert "„Titel“" in err
    assert "als wäre diese Spalte allein sortiert worden" in err
    assert re.search(r"Maßnahmen: \d+ von 26 Zeilen werden geändert", err)
    said = WORKBOOK_OTHERS["Rückfrage, die niemand beantworten kann"]
    assert err.splitlines()[-1] == said.replace("konzept.xlsx", f"{arguments[1]} --data {folder}")
    assert f"„{TITLE}“" in out
    assert contents(folder) == before
    assert run(monkeypatch, capsys, *arguments, "--ja")[0] == 0
    assert contents(folder) != before


@pytest.mark.parametrize(("answer", "written"), [("ja", True), ("Ja ", True), ("nein", False), ("", False)])
def test_at_a_terminal_one_is_asked(
    answer: str,
    written: bool,
    folder: Path,
    workbook: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    append_idea(workbook, TITLE)
    before = contents(folder)
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
    status, _, err = run(monkeypatch, capsys, "import", str(workbook), "--data", str(folder))
    assert (WORKBOOK_OTHERS["Rückfrage mit nein beantwortet"] in err) is not written
    assert (contents(folder) != before) is written
    assert status == (0 if written else 1)


def append_idea(path: Path, title: str, **more: object) -> Path:
    return edit(path, lambda book: append(book, FORM, Titel=title, **(IDEA | more)) and None)


def test_titles_that_exist_or_nearly_exist_are_asked_about(folder: Path, workbook: Path) -> None:
    append_idea(workbook, TITLE)
    append_idea(workbook, "Angebot und Öffnungszeiten der Bibliotheken erweitern")
    append_idea(workbook, "Etwas ganz anderes")
    append_idea(workbook, "Etwas ganz anderes")
    asked = planned(workbook, folder).questions
    assert asked == (
        f"Maßnahmen: Die neue Zeile „{TITLE}“ (Blatt „Neue Maßnahme“, Zeile 4) heißt genauso wie: {LIBRARY} – {TITLE}.",
        "Maßnahmen: Die neue Zeile „Angebot und Öffnungszeiten der Bibliotheken erweitern“ "
        f"(Blatt „Neue Maßnahme“, Zeile 5) heißt fast wie: {LIBRARY} – {TITLE}.",
        "Maßnahmen: Die neue Zeile „Etwas ganz anderes“ (Blatt „Neue Maßnahme“, Zeile 7) heißt genauso wie: "
        "m-bildung-etwas-ganz-anderes – Etwas ganz anderes.",
    )


def test_titles_that_differ_by_a_number_are_two(folder: Path, workbook: Path) -> None:
    append_idea(workbook, "Sprachkurse im Winter 2026 anbieten")
    append_idea(workbook, "Sprachkurse im Winter 2027 anbieten")
    assert planned(workbook, folder).questions == ()


def test_the_same_measure_by_two_people_is_asked_about(folder: Path, workbook: Path, tmp_path: Path) -> None:
    other = tmp_path / "andere.xlsx"
    other.write_bytes(workbook.read_bytes())
    import_workbook(append_idea(workbook, "Sprachcafé am Markt"), folder)
    (asked,) = planned(append_idea(other, "Sprachcafé am Markt", Beschreibung="Anders"), folder).questions
    assert asked.endswith("heißt genauso wie: m-bildung-sprachcafe-markt – Sprachcafé am Markt.")


def test_text_struck_through_is_asked_about(folder: Path, workbook: Path) -> None:
    goal = cell(load_workbook(workbook), "Ziele", "z-bildung-schuleingang", "Text")
    edit(workbook, lambda book: setattr(cell(book, "Maßnahmen", LIBRARY, "Titel"), "font", Font(strike=True)))
    # Excel keeps a text that is struck through in part as runs among the strings of the workbook.
    parts = take_apart(workbook)
    text = row_of(folder, "ziele", "z-bildung-schuleingang")["text"]
    first, rest = text[:5], text[5:]
    parts.files["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}"><si><r><rPr><strike/></rPr><t>{first}</t></r>'
        f'<r><t xml:space="preserve">{rest}</t></r></si></sst>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts.replace("[Content_Types].xml", b"</Types>", override.encode())
    parts.put_value("Ziele", f"{get_column_letter(goal.column)}{goal.row}", "0", kind="s")
    workbook.write_bytes(parts.save())
    plan = planned(workbook, folder)
    assert plan.contents == {}
    one, two = sorted(plan.questions)
    assert one.startswith("Blatt „Maßnahmen“, Zeile 4: „Titel“ ist durchgestrichen, gilt aber weiter.")
    assert two.startswith("Blatt „Ziele“, Zeile 4: „Text“ ist durchgestrichen, gilt aber weiter.")


# All mistakes at once, conflicts.


def test_all_mistakes_of_a_new_measure_are_told_at_once(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(
            book,
            FORM,
            Titel="Willkommensmappe",
            Handlungsfeld="bildnug",
            Status="Idee",
            Status_seit="gestern",
            Beleg_für_den_Status="steht in der Quelle",
            Federführung="a-mut",
            Beteiligt_1="a-mut",
            Beginn=dt.date(2026, 5, 1),
            Ende=dt.date(2026, 4, 1),
            Kosten_in_Euro="viel",
            Quelle=SOURCE,
        )

    found = refused(edit(workbook, change), folder)
    columns = [re.search("Spalte „(.*?)“", each)[1] for each in found if "Spalte" in each]  # type: ignore[index]
    assert sorted(columns) == sorted(
        [
            "Handlungsfeld",
            "Status seit",
            "Fundstelle",
            "Beteiligt 1",
            "Kosten in Euro",
            "Art der Kosten",
            "Genauigkeit der Kosten",
            "Haushaltsstand",
            "Wort der Quelle zum Status",
            "Ende",
        ]
    )
    assert len(found) == len(columns)
    (twice,) = (each for each in found if "Beteiligt 1" in each)
    assert twice.endswith(
        ": „a-mut“ steht in dieser Zeile schon unter „Federführung“. Leeren Sie eine der beiden Zellen."
    )


def test_what_is_asked_is_told_with_the_mistakes(folder: Path, workbook: Path) -> None:
    append_idea(workbook, TITLE, Status_seit="gestern")
    one, two = refused(workbook, folder)
    assert "„gestern“ ist kein Tag des Kalenders" in one
    assert two.startswith("konzept.xlsx: Bitte ansehen: Maßnahmen: Die neue Zeile")


def test_mistakes_of_several_sheets_are_told_at_once(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", LIBRARY, "Beginn").value = dt.date(2026, 5, 1)
        cell(book, "Maßnahmen", LIBRARY, "Ende").value = dt.date(2026, 4, 1)
        cell(book, "Kosten", "k-sprachprogramm-jaehrlich", "Betrag in Euro").value = "viel"
        cell(book, "Statusverlauf", "m-bildung-vernetzung", "Datum").value = dt.date(2199, 1, 1)
        cell(book, "Dokumente und Quellen", SOURCE, "Internetadresse").value = "nirgends"

    found = refused(edit(workbook, change), folder)
    assert sorted(each.split(", Zelle")[0] for each in found) == [
        "Blatt „Dokumente und Quellen“",
        "Blatt „Kosten“",
        "Blatt „Maßnahmen“",
        "Blatt „Statusverlauf“",
    ]


def test_a_conflict_leaves_the_rest_to_be_taken(
    folder: Path,
    workbook: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = rows(folder, "massnahmen")
    content[0]["zielgruppe"] = "Kinder"
    write(folder, "massnahmen", content)

    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", LIBRARY, "Zielgruppe").value = "Familien"
        cell(book, "Maßnahmen", LIBRARY, "Beschreibung").value = "Auch samstags."

    status, out, err = run(monkeypatch, capsys, "import", str(edit(workbook, change)), "--data", str(folder))
    assert status == 1
    assert "    Beschreibung: leer → „Auch samstags.“\n" in out
    assert err == (WORKBOOK_OTHERS["Zwei ändern dasselbe"] + "\n")
    first = row_of(folder, "massnahmen", LIBRARY)
    assert (first["zielgruppe"], first["beschreibung"]) == ("Kinder", "Auch samstags.")
    # A workbook with a conflict holds work: an export does not overwrite it.
    with pytest.raises(DataProblems, match="nicht importiert"):
        export_workbook(workbook, folder)


def status_row(status: str) -> dict[str, object]:
    return {
        "Maßnahme": LIBRARY,
        "Datum": dt.date(2025, 11, 5),
        "Status": status,
        "Beleg": "abgeleitet",
        "Quelle": SOURCE,
        "Fundstelle": "Seite 1",
    }


def test_a_row_that_two_people_added(folder: Path, workbook: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(workbook, tmp_path / "andere.xlsx"))
    edit(other, lambda book: append(book, "Statusverlauf", **status_row("Idee")) and None)
    import_workbook(other, folder)
    edit(workbook, lambda book: append(book, "Statusverlauf", **status_row("in Prüfung")) and None)
    assert import_workbook(workbook, folder) == [
        "Keine Änderungen.",
        WORKBOOK_OTHERS["Zwei ergänzen dieselbe Zeile"],
    ]


def test_a_stand_that_two_people_set(folder: Path, workbook: Path) -> None:
    tell(folder, stand="2026-02-02")
    edit(workbook, lambda book: setattr(book["Stand der Daten"]["A4"], "value", dt.date(2026, 3, 1)))
    assert import_workbook(workbook, folder) == [
        "Keine Änderungen.",
        WORKBOOK_OTHERS["Zwei setzen den Stand"],
    ]


def test_tables_that_have_other_columns_by_now(
    folder: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads(SCHEMA.read_text("utf-8"))
    costs = next(table for table in content["resources"] if table["name"] == "kosten")
    costs["schema"]["fields"].insert(-2, {"name": "konto", "title": "Konto", "type": "string"})
    (folder.parent / "schema.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(package, "SCHEMA", folder.parent / "schema.json")
    lines = (folder / "kosten.csv").read_text("utf-8-sig").splitlines()
    head = lines[0].split(";")
    rows_now = [dict(zip(head, line, strict=True)) for line in csv.reader(lines[1:], delimiter=";")]
    names = [field["name"] for field in costs["schema"]["fields"]]
    with (folder / "kosten.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [names, *([row.get(n, "") for n in names] for row in rows_now)]
        )
    assert refused(workbook, folder) == [WORKBOOK_OTHERS["Die Tabellen haben andere Spalten"]]


# What people write.


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2024", "2025", ("2024-01-01", "2025-12-31", "jahr")),
        ("2. Quartal 2024", None, ("2024-04-01", "", "jahr")),
        (None, "IV. Quartal 2024", ("", "2024-12-31", "jahr")),
        ("März 2024", "04/2024", ("2024-03-01", "2024-04-30", "monat")),
        ("März 2024", "2025", ("2024-03-01", "2025-12-31", "jahr")),
        ("2024", "fortlaufend", ("2024-01-01", "", "jahr")),
        (2024, None, ("2024-01-01", "", "jahr")),
    ],
)
def test_times_become_a_day_and_how_exactly_it_is_known(
    begin: object, end: object, expected: tuple[str, ...], folder: Path, workbook: Path
) -> None:
    append_idea(workbook, "Sprachcafé am Markt", Beginn=begin, Ende=end)
    told = import_workbook(workbook, folder)
    row = row_of(folder, "massnahmen", "m-bildung-sprachcafe-markt")
    assert (row["beginn"], row["ende"], row["zeit_genauigkeit"]) == expected
    notes = [each for each in told if "kein Tag" in each]
    assert len(notes) == (end == "fortlaufend")
    assert all("Spalte „Ende“: „fortlaufend“ ist kein Tag, die Angabe bleibt leer." in each for each in notes)


def test_a_year_that_excel_took_for_a_day_of_1905(folder: Path, workbook: Path) -> None:
    parts = take_apart(workbook)
    parts.put_value("Maßnahmen", "H4", "2024", form=DATE)
    parts.put_value("Statusverlauf", "B4", "2024", form=DATE)
    workbook.write_bytes(parts.save())
    (only,) = refused(workbook, folder)
    assert only.startswith("Blatt „Statusverlauf“, Zelle B4, Spalte „Datum“")
    assert (
        "Excel zeigt hier den 16.07.1905; getippt war wohl die Jahreszahl 2024. Gebraucht wird ein Tag"
        in only
    )


def test_a_year_beside_a_finer_word_contradicts(folder: Path, workbook: Path) -> None:
    append_idea(workbook, "Sprachcafé am Markt", Beginn="2024", Genauigkeit_der_Zeit="Tag")
    (only,) = refused(workbook, folder)
    assert only.endswith(
        "Spalte „Beginn“: „2024“ nennt keinen genaueren Zeitpunkt als „Jahr“, unter „Genauigkeit der Zeit“ steht aber "
        "„Tag“. Gleichen Sie beide an."
    )


def test_a_status_needs_a_day(folder: Path, workbook: Path) -> None:
    append_idea(workbook, "Sprachcafé am Markt", Status_seit="2. Quartal 2024")
    (only,) = refused(workbook, folder)
    assert only.endswith(
        "Spalte „Status seit“: „2. Quartal 2024“ ist kein Tag. "
        "Gebraucht wird ein Tag, zum Beispiel der, an dem die Quelle es belegt: 25.06.2025."
    )


@pytest.mark.parametrize("title", ["Кафе языка", "مقهى اللغة", "语言咖啡馆"])
def test_titles_in_any_script_get_a_key(title: str, folder: Path, workbook: Path) -> None:
    append_idea(workbook, title)
    append_idea(workbook, f"{title} {title}")
    import_workbook(workbook, folder, sure=True)
    assert [(row["id"], row["titel"]) for row in rows(folder, "massnahmen")[-2:]] == [
        ("m-bildung-1", title),
        ("m-bildung-2", f"{title} {title}"),
    ]
    assert check_project(folder) == ()
    assert import_workbook(workbook, folder) == ["Keine Änderungen."]


def test_what_web_pages_leave_in_text(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", LIBRARY, "Beschreibung").value = "Spiel &amp; Spaß<br>ab 3&nbsp;Jahren, < 6"

    import_workbook(edit(workbook, change), folder)
    assert row_of(folder, "massnahmen", LIBRARY)["beschreibung"] == "Spiel & Spaß\nab 3\u00a0Jahren, < 6"
    cell_value = "<b>Wichtig</b>"
    edit(workbook, lambda book: setattr(cell(book, "Maßnahmen", LIBRARY, "Zielgruppe"), "value", cell_value))
    assert refused(workbook, folder) == [
        "Blatt „Maßnahmen“, Zelle E4, Spalte „Zielgruppe“: Hier steht „<b>“ aus einer Webseite und würde so gedruckt. "
        "Schreiben Sie den Text ohne solche Zeichen."
    ]


# Stand, status, deleting.


def test_the_stand_is_set_in_the_workbook(folder: Path, workbook: Path) -> None:
    def status(book: Workbook) -> None:
        append(
            book,
            "Statusverlauf",
            Maßnahme=LIBRARY,
            Datum=dt.date(2026, 2, 1),
            Status="Idee",
            Beleg="abgeleitet",
            Quelle=SOURCE,
            Fundstelle="Seite 1",
        )

    (only,) = refused(edit(workbook, status), folder)
    assert "Passen Sie den Stand im Blatt „Stand der Daten“ an" in only
    before = (folder / "kommune.json").read_text("utf-8")
    edit(workbook, lambda book: setattr(book["Stand der Daten"]["A4"], "value", dt.date(2026, 3, 1)))
    told = import_workbook(workbook, folder)
    assert told[:2] == ["Stand der Daten: 18.12.2025 → 01.03.2026", "Statusverlauf: 1 neu"]
    after = (folder / "kommune.json").read_text("utf-8")
    assert after == before.replace('"stand": "2025-12-18"', '"stand": "2026-03-01"')
    assert json.loads(after)["stand"] == "2026-03-01"
    assert import_workbook(workbook, folder) == ["Keine Änderungen."]


def test_the_stand_alone_can_be_set_and_going_back_is_asked_about(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(book["Stand der Daten"]["A4"], "value", dt.date(2025, 12, 17)))
    found = refused(workbook, folder)
    assert "liegt nach dem Stand der Daten (17.12.2025)" in found[0]
    assert found[-1] == f"konzept.xlsx: Bitte ansehen: {WORKBOOK_OTHERS['Der Stand geht zurück']}"
    write(
        folder,
        "dokumente",
        [row | {"datum": "", "datum_genauigkeit": ""} for row in rows(folder, "dokumente")],
    )
    plan = planned(workbook, folder)
    assert plan.questions == (WORKBOOK_OTHERS["Der Stand geht zurück"],)
    assert plan.tell() == ["Stand der Daten: 18.12.2025 → 17.12.2025"]
    assert set(plan.contents) == {"kommune.json"}


def test_a_workbook_without_the_sheet_of_the_stand_leaves_it(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: book.remove(book["Stand der Daten"]))
    assert import_workbook(workbook, folder) == ["Keine Änderungen."]


def test_a_status_is_corrected_as_long_as_no_edition_shows_it(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Statusverlauf", LIBRARY, "Status").value = "in Prüfung"
        sheet = book["Statusverlauf"]
        sheet.delete_rows(cell(book, "Statusverlauf", "m-bildung-vernetzung", "Status").row)

    told = import_workbook(edit(workbook, change), folder)
    assert told == [
        "Statusverlauf: 1 geändert und 1 gelöscht",
        f"  geändert (Zeile 4): {LIBRARY} + 2023-08-30: Idee (Maßnahme „{TITLE}“)",
        "    Status: „Idee“ → „in Prüfung“",
        "  gelöscht: m-bildung-vernetzung + 2023-08-30: Idee (Maßnahme „Akteur*innen weiter vernetzen“)",
    ]
    assert rows(folder, "statusverlauf")[0]["status"] == "in_pruefung"


def frozen(folder: Path) -> Path:
    """Add an edition as `konzept ausgabe` does."""
    edition = {"id": "u-1", "name": "Eins", "tag": "2025-01-02", "stand": "2024-12-31"}
    write(folder, "ausgaben", [*rows(folder, "ausgaben"), edition])
    return folder


def test_what_an_edition_shows_stays(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "konzept.xlsx"
    export_workbook(path, frozen(folder))
    book = load_workbook(path)
    assert cell(book, "Statusverlauf", LIBRARY, "Status").protection.locked

    def change(book: Workbook) -> None:
        cell(book, "Statusverlauf", LIBRARY, "Status").value = "in Prüfung"
        for title in ("Statusverlauf", "Maßnahmen"):
            book[title].delete_rows(cell(book, title, "m-bildung-vernetzung", "Fundstelle").row)

    correcting = "und berichtigen Sie ihn mit einer neuen Zeile, deren Datum nach der Ausgabe liegt."
    shown = "Diesen Status zeigt schon eine Ausgabe (Stand 31.12.2024); er bleibt, wie er ist."
    found = refused(edit(path, change), folder)
    one, three = ("Den Status zeigt schon eine Ausgabe", "Die Maßnahme zeigt schon eine Ausgabe")
    assert [f"konzept.xlsx, {found[0]}", f"konzept.xlsx, {found[2]}"] == [
        WORKBOOK_OTHERS[one],
        WORKBOOK_OTHERS[three],
    ]
    assert found[1:-1] == [
        f"Blatt „Statusverlauf“: Die Zeile „m-bildung-vernetzung + 2023-08-30“ fehlt. {shown} Stellen Sie sie wieder her, {correcting}"
    ]


PROGRAMME = "m-bildung-sprachprogramm"


def delete(path: Path, key: str) -> Path:
    return edit(path, lambda book: book["Maßnahmen"].delete_rows(cell(book, "Maßnahmen", key, "Titel").row))


def test_a_measure_leaves_with_all_that_hangs_on_it(folder: Path, workbook: Path) -> None:
    def of(table: str) -> list[dict[str, str]]:
        return [
            row for row in rows(folder, table) if PROGRAMME in (row["massnahme_id"], row.get("verwandt_id"))
        ]

    tables = ("massnahme_bezuege", "statusverlauf", "kosten", "zustaendigkeiten")
    before = {table: of(table) for table in tables}
    assert all(before.values())
    costs = {row["id"] for row in before["kosten"]}
    plan = planned(delete(workbook, PROGRAMME), folder)
    asked = next(each for each in plan.questions if "wird gelöscht" in each)
    assert asked.startswith(f"Die Maßnahme „{PROGRAMME} – ")
    for title, table in (("Kosten", "kosten"), ("Zuständigkeiten", "zustaendigkeiten")):
        assert f"{len(before[table])} × {title}" in asked
    told = import_workbook(workbook, folder, sure=True)
    assert f"  gelöscht: {before['zustaendigkeiten'][0]['massnahme_id']} + a-mut" in "\n".join(told)
    assert not any(of(table) for table in tables)
    assert not any(row["zeile_id"] in costs | {PROGRAMME} for row in rows(folder, "pruefhinweise"))
    assert not any(row["id"] == PROGRAMME for row in rows(folder, "massnahmen"))
    assert check_project(folder) == ()


def test_a_measure_that_others_worked_on_stays(folder: Path, workbook: Path) -> None:
    content = rows(folder, "kosten")
    content[0]["teilhaushalt"] = "4"
    write(folder, "kosten", content)
    (only,) = refused(delete(workbook, content[0]["massnahme_id"]), folder)
    assert f"konzept.xlsx, {only}" == WORKBOOK_OTHERS["Andere haben an der gelöschten Maßnahme gearbeitet"]


# Sheets, headings, files.


@pytest.mark.parametrize("new", ["Kosten neu", "Tabelle99"])
def test_a_renamed_sheet_is_one_sentence(new: str, folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(book["Kosten"], "title", new))
    assert refused(workbook, folder) == [
        f"konzept.xlsx: Das Blatt „Kosten“ fehlt. Wurde es in „{new}“ umbenannt? Dann geben Sie ihm seinen Namen zurück."
    ]


def test_a_sheet_that_others_refer_to_is_one_sentence(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(book["Akteur_innen"], "title", "Personen"))
    (only,) = refused(workbook, folder)
    assert "„Akteur_innen“ fehlt. Wurde es in „Personen“ umbenannt?" in only


@pytest.mark.parametrize("heading", ["Preis", "Beträge in Euro"])
def test_a_renamed_heading_is_one_sentence(heading: str, folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(book["Kosten"]["E3"], "value", heading))
    assert refused(workbook, folder) == [
        f"Blatt „Kosten“, Zelle E3: Die Spalte „{heading}“ hieß „Betrag in Euro“. Geben Sie ihr diese Überschrift zurück."
    ]


def test_an_inserted_column_is_one_sentence(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Kosten"]
        sheet.insert_cols(3)
        sheet["C3"].value, sheet["C4"].value = "Notiz", "prüfen"

    assert refused(edit(workbook, change), folder) == [
        "Blatt „Kosten“, Zelle C3: Die Spalte „Notiz“ kennt die Tabelle nicht. Löschen Sie die Spalte."
    ]


def test_a_remark_below_the_table_is_one_sentence(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(book, "Maßnahmen", Kennung="Die Liste ist noch nicht vollständig")

    (only,) = refused(edit(workbook, change), folder)
    assert (
        "In dieser Zeile steht nur „Die Liste ist noch nicht vollständig“. Eine Bemerkung löschen Sie bitte;"
        in only
    )


def test_who_is_unknown_can_be_added(folder: Path, workbook: Path) -> None:
    append_idea(workbook, "Sprachcafé am Markt", Federführung="Zirkus Wirbelwind")
    (only,) = refused(workbook, folder)
    assert only.endswith(
        "„Zirkus Wirbelwind“ gibt es im Blatt „Akteur_innen“ nicht. "
        "Wählen Sie aus der Liste, oder ergänzen Sie zuerst im Blatt „Akteur_innen“ eine Zeile."
    )


def strict(path: Path) -> Path:
    """Write a workbook as Excel's „Strict Open XML-Arbeitsmappe“: other names, days in ISO's form."""
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with zipfile.ZipFile(path) as source:
        files = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            part = content
            for old, new in names.items():
                part = part.replace(old, new) if name.endswith((".xml", ".rels")) else part
            if name == "xl/workbook.xml":
                part = part.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
            target.writestr(name, part)
    return path


def test_strict_open_xml_is_read(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: setattr(cell(book, "Maßnahmen", LIBRARY, "Zielgruppe"), "value", "Familien"))
    parts = take_apart(workbook)
    parts.put_value("Maßnahmen", "H4", "2026-05-01T00:00:00", kind="d", form=GENERAL)
    parts.put_text("Maßnahmen", "J4", "Tag")
    workbook.write_bytes(parts.save())
    import_workbook(strict(workbook), folder)
    row = row_of(folder, "massnahmen", LIBRARY)
    assert (row["zielgruppe"], row["beginn"]) == ("Familien", "2026-05-01")


def test_what_cannot_be_compared_keeps_its_edits(folder: Path, workbook: Path) -> None:
    edit(workbook, lambda book: book.remove(book["Stand"]))
    (only,) = refused(workbook, folder)
    assert "Behalten Sie diese Mappe" in only
