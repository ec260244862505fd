"""Tables of a concept that there is already become rows of the data; no cell gets lost."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from concept_samples import concept, hostile, small, written
from conftest import SLOW
from folders import rows, write
from konzept.authors.check import check_project
from konzept.authors.excel import import_workbook
from konzept.authors.excel.importing import read_present
from konzept.authors.excel.trial import Present
from konzept.authors.starting import settings_for, start_town
from konzept.authors.tables import take_tables
from konzept.authors.tables.mapping import Choice
from konzept.authors.tables.taking import Taken, propose
from konzept.authors.tables.word_file import read_word
from konzept.data.problems import DataProblems
from sentences.tables import CELLS_LEFT, TAKING


def empty(folder: Path) -> Path:
    """Begin a town of which nothing is known."""
    start_town(folder, settings_for("Ährenfeld", "stadt", "03999999", "Konzept", dt.date(2026, 1, 31)))
    return folder / "data"


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Present:
    return read_present(empty(tmp_path_factory.mktemp("ort") / "ort"))


def taken(path: Path, present: Present, choice: Choice | None = None) -> Taken:
    return propose(read_word(path), present, choice or Choice())


@pytest.mark.parametrize("seed", range(30))
def test_no_cell_of_a_hostile_table_gets_lost(seed: int, present: Present, tmp_path: Path) -> None:
    known = hostile(tmp_path / "konzept.docx", seed)
    found = taken(tmp_path / "konzept.docx", present)
    new = found.proposal.rows
    left = [each.text for each in found.left]
    by_title = {row["titel"]: row for row in new["massnahmen"]}
    assert sorted(by_title) == sorted(m.cells["titel"] for m in known.measures)
    goals = {row["id"]: row["text"] for row in new["ziele"]}
    bodies = {row["id"]: row["name"] for row in new["akteure"]}

    def of(table: str, column: str, measure: str) -> list[str]:
        return [row[column] for row in new.get(table, ()) if row["massnahme_id"] == measure]

    for measure in known.measures:
        row, cells = by_title[measure.cells["titel"]], measure.cells
        assert row["zielgruppe"] == cells["zielgruppe"]
        assert (row["beginn"], row["ende"]) == measure.span
        assert [goals[key] for key in of("massnahme_bezuege", "ziel_id", row["id"])] == [measure.goal]
        assert [bodies[key] for key in of("zustaendigkeiten", "akteur_id", row["id"])] == [cells["lead"]]
        assert of("kosten", "betrag_eur", row["id"]) == [measure.amount] * bool(measure.amount)
        assert of("statusverlauf", "status", row["id"]) == [measure.status] * bool(measure.status)
        where = [each.text for each in found.left if each.place == row["fundstelle"].split(", Nr.")[0]]
        upright = [each.text for each in found.left if each.place.startswith(row["fundstelle"].split(",")[0])]
        for value, text in ((measure.span[0], "time"), (measure.amount, "cost"), (measure.status, "status")):
            assert value or cells[text] in where + upright
    assert sorted(set(known.noise) - {*left}) == []


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return concept(tmp_path_factory.mktemp("konzept") / "konzept.docx")


DAYS = {
    "2024–2026": ("2024-01-01", "2026-12-31"),
    "ab 2025": ("2025-01-01", ""),
    "bis Ende 2027": ("", "2027-12-31"),
    "März 2025 bis Mai 2026": ("2025-03-01", "2026-05-31"),
    "2. Quartal 2025": ("2025-04-01", "2025-06-30"),
    "kurzfristig": ("", ""),
}
SUMS = {
    "ca. 20.000 € (einmalig)": ("einmalig", "", "20000", "circa"),
    "5.000 € jährlich": ("jaehrlich", "", "5000", "genau"),
    "3.500 € (einmalig, 2025)": ("einmalig", "2025", "3500", "genau"),
    "1.200,50 Euro p. a.": ("jaehrlich", "", "1200,5", "genau"),
}
STATES = {
    "geplant": "geplant",
    "in Umsetzung": "in_umsetzung",
    "Idee": "idee",
    "abgeschlossen": "abgeschlossen",
    "in Umsetzung; Antrag gestellt": "in_umsetzung",
}


@pytest.fixture(scope="module")
def town(document: Path) -> Path:
    """Take the concept into a town that has none; the workbook lies beside its data."""
    folder = empty(document.parent / "ort")
    begun = time.process_time()
    told = take_tables(document, document.with_name("tabellen.xlsx"), folder, lambda text: None)
    assert time.process_time() - begun < 3 * SLOW
    assert told[0] == (
        "Neun Tabellen gelesen; neu: vier Handlungsfelder, 16 Ziele, 60 Maßnahmen, 48 Status, "
        "153 Zuständigkeiten, neun Stellen und 39 Beträge."
    )
    import_workbook(document.with_name("tabellen.xlsx"), folder, sure=True)
    return folder


def test_a_concept_of_sixty_measures_comes_in(town: Path) -> None:
    """Every measure stands under its goal, with all that is certain."""
    folder = town
    assert check_project(folder) == ()
    fields = {row["id"]: row["name"] for row in rows(folder, "handlungsfelder")}
    goals = {row["id"]: row for row in rows(folder, "ziele")}
    names = {row["id"]: row["name"] for row in rows(folder, "akteure")}
    measures = rows(folder, "massnahmen")
    assert [row["titel"] for row in measures] == [m.title for m in written()]
    above = ""
    for row, source in zip(measures, written(), strict=True):

        def of(table: str, key: str = row["id"]) -> list[dict[str, str]]:
            return [each for each in rows(folder, table) if each["massnahme_id"] == key]

        assert fields[row["handlungsfeld_id"]] == source.field
        assert row["zielgruppe"] == source.group
        assert (row["beginn"], row["ende"]) == DAYS[source.time]
        assert row["quelle_id"] == "d-integrationskonzept-aehrenfeld"
        assert row["fundstelle"].endswith(f", Nr. {source.number}")
        (relation,) = of("massnahme_bezuege")
        goal = goals[relation["ziel_id"]]
        assert (goal["text"], goal["ebene"], goal["fassung"]) == (source.goal, "ziel", "beschlossen")
        assert goals[goal["uebergeordnet_id"]]["text"] == f"Alle nehmen gleich teil an {source.field}."
        costs = [(c["art"], c["jahr"], c["betrag_eur"], c["genauigkeit"]) for c in of("kosten")]
        assert costs == ([SUMS[source.cost]] if source.cost in SUMS else [])
        statuses = [(s["status"], s["datum"], s["beleg"]) for s in of("statusverlauf")]
        assert statuses == [(STATES.get(source.status), "2025-06-25", "quelle")] * (source.status in STATES)
        above = above if source.partners == "s. o." else source.partners
        partners = re.split(", |; ", above)
        assert sorted((names[z["akteur_id"]], z["rolle"]) for z in of("zustaendigkeiten")) == sorted(
            [(source.lead, "federfuehrend"), *((partner, "beteiligt") for partner in partners)]
        )


def test_what_is_not_taken_stands_in_a_sheet_with_its_reason(town: Path, document: Path) -> None:
    sheet = [
        [*row]
        for row in load_workbook(document.with_name("tabellen.xlsx"))["nicht übernommen"].iter_rows(
            min_row=3, values_only=True
        )
    ]
    measures = written()
    assert Counter(row[2] for row in sheet) == Counter(
        {
            "kurzfristig": sum(m.time == "kurzfristig" for m in measures),
            "im Haushalt": sum(m.cost == "im Haushalt" for m in measures),
            "–": sum(m.cost == "–" for m in measures),
            "nach Bedarf": sum(m.status == "nach Bedarf" for m in measures),
            **dict.fromkeys(("Summe", "99.000 €", "Vorbehaltlich der Mittel im Haushalt."), 4),
            **dict.fromkeys(("2024", "1.234", "12,5 %"), 1),
        }
    )
    assert all(place and reason for place, _, _, reason in sheet)


def mapping(path: Path, text: str, becomes: str) -> None:
    """Choose something else in the sheet „Zuordnung“."""
    book = load_workbook(path)
    row = next(row for row in book["Zuordnung"].iter_rows(min_row=3) if row[1].value == text)
    row[2].value = becomes
    book.save(path)


def test_the_author_s_mapping_is_taken_the_next_time(town: Path, document: Path, tmp_path: Path) -> None:
    folder = empty(tmp_path / "ort")
    workbook = shutil.copy(document.with_name("tabellen.xlsx"), tmp_path / "k.xlsx")
    mapping(workbook, "Umsetzung", "Beschreibung")
    mapping(workbook, "Leitziel: Alle nehmen gleich teil an Gesundheit.", "nicht übernehmen")
    mapping(workbook, "Datum des Dokuments", "1.7.2025")
    mapping(workbook, "Fassung der Ziele", "Entwurf")
    before = workbook.read_bytes()
    told = take_tables(document, workbook, folder, lambda text: None)
    kept = tmp_path / "k-vorher.xlsx"
    assert kept.read_bytes() == before
    assert f"Die Zuordnung kommt aus Ihrer Mappe; wie sie vorher war, steht in {kept}." in told
    import_workbook(workbook, folder, sure=True)
    assert {row["beschreibung"] for row in rows(folder, "massnahmen")} == {*DAYS}
    assert {row["datum"] for row in rows(folder, "statusverlauf")} == {"2025-07-01"}
    goals = rows(folder, "ziele")
    assert {row["fassung"] for row in goals} == {"entwurf"}
    assert not [row for row in goals if "Gesundheit" in row["text"] and row["ebene"] == "leitziel"]


def test_a_concept_that_is_in_already_adds_nothing(town: Path, document: Path) -> None:
    found = propose(read_word(document), read_present(town), Choice())
    assert found.proposal.rows == {}


def test_what_contradicts_the_data_becomes_a_source_note(town: Path, document: Path, tmp_path: Path) -> None:
    """Another wording, time, sum, body or status is told beside the present one, and changes nothing."""
    folder = Path(shutil.copytree(town, tmp_path / "data"))
    first = written()[0]

    def change(table: str, **cells: str) -> str:
        content = rows(folder, table)
        content[0] |= cells
        write(folder, table, content)
        return content[0].get("id", content[0].get("massnahme_id", ""))

    measure = change("massnahmen", titel=f"{first.title}!", zielgruppe="Männer", ende="2030-12-31")
    cost = change("kosten", betrag_eur="7000")
    change("statusverlauf", status="verworfen")
    change("zustaendigkeiten", akteur_id="a-jobcenter")
    goals = rows(folder, "ziele")
    goals[1]["text"] = "Alle finden gute Beratung im Feld Sprache und Bildung."
    write(folder, "ziele", goals)
    before = {
        table: rows(folder, table)
        for table in ("massnahmen", "kosten", "statusverlauf", "ziele", "zustaendigkeiten")
    }
    take_tables(document, tmp_path / "neu.xlsx", folder, lambda text: None)
    import_workbook(tmp_path / "neu.xlsx", folder, sure=True)
    assert {table: rows(folder, table) for table in before} == before
    found = {
        (n["tabelle"], n["zeile_id"], n["aussage_a"], n["aussage_b"]) for n in rows(folder, "pruefhinweise")
    }
    assert found == {
        ("massnahmen", measure, f"Titel: „{first.title}!“.", f"Titel: „{first.title}“."),
        ("massnahmen", measure, "Zielgruppe: „Männer“.", "Zielgruppe: „Familien“."),
        ("massnahmen", measure, "Ende: „31.12.2030“.", "Ende: „31.12.2026“."),
        ("kosten", cost, "Betrag in Euro: „7000“.", "Betrag in Euro: „20000“."),
        ("massnahmen", measure, "Status: „verworfen“.", "Status: „geplant“."),
        ("massnahmen", measure, "Akteur*in: „Jobcenter“.", "Akteur*in: „Fachdienst Soziales“."),
        (
            "ziele",
            goals[1]["id"],
            f"Text: „{goals[1]['text']}“.",
            "Text: „Alle finden Beratung im Feld Sprache und Bildung.“.",
        ),
    }
    assert {(n["stand"], n["quelle_b_id"]) for n in rows(folder, "pruefhinweise")} == {
        ("offen", "d-integrationskonzept-aehrenfeld")
    }


@pytest.fixture(scope="module")
def town_without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty(tmp_path_factory.mktemp("leer") / "ort")


@pytest.mark.parametrize("mistake", TAKING)
def test_what_cannot_be_read_is_said(mistake: str, town_without: Path, tmp_path: Path) -> None:
    """In one sentence, and nothing is written."""
    case = TAKING[mistake]
    path = case.file(tmp_path)
    if case.there:
        case.there(tmp_path / case.target)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    with pytest.raises(DataProblems) as caught:
        take_tables(path, tmp_path / case.target, town_without, lambda text: None)
    assert [str(p) for p in caught.value.problems] == [case.said.replace("{ORDNER}", tmp_path.name)]
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


@pytest.mark.parametrize("kind", CELLS_LEFT)
def test_a_cell_that_is_not_taken_says_why(kind: str, present: Present, tmp_path: Path) -> None:
    case = CELLS_LEFT[kind]
    path = small(tmp_path / "konzept.docx", case.rows, case.cover, case.field)
    left = [(each.text[: len(case.text)], each.reason) for each in taken(path, present).left]
    assert (case.text, case.reason) in left
