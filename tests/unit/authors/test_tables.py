"""Tables of a concept that there is already become rows of the data; no cell gets lost."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from openpyxl import Workbook, load_workbook

from concept_samples import add_footnotes, concept, fill, footnote_in, hostile, merge_down, small, written
from conftest import SLOW
from folders import rows, write
from konzept.authors.check import check_project
from konzept.authors.excel.importing import carry_out, plan_import, read_present
from konzept.authors.excel.trial import Present
from konzept.authors.excel.writing import HEAD
from konzept.authors.starting import settings_for, start_town
from konzept.authors.tables import take_tables
from konzept.authors.tables.aside import mapping_rows
from konzept.authors.tables.list_file import read_list
from konzept.authors.tables.mapping import Choice, target_named
from konzept.authors.tables.taking import Taken, propose
from konzept.authors.tables.word_file import read_word
from konzept.data.problems import DataProblems
from sentences.tables import CELLS_LEFT, SOUND, TAKING, TAKING_OTHERS
from workbooks import import_workbook


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
    plan = plan_import(workbook, read_present(folder))
    # A long trial ends with what it all comes to.
    assert plan.tell(everything=True)[-1] == (
        "Zusammen: Dokumente und Quellen: 1 neu; Handlungsfelder: 4 neu; Ziele: 15 neu; Maßnahmen: 60 neu; "
        "Bezüge der Maßnahmen: 60 neu; Statusverlauf: 48 neu; Kosten: 39 neu; Akteur_innen: 9 neu; Zuständigkeiten: 153 neu"
    )
    carry_out(plan, tmp_path / "vor-import")
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
    documents = rows(folder, "dokumente")
    write(folder, "dokumente", [*documents, documents[0] | {"id": "d-alt", "titel": "Altes Konzept"}])

    def change(table: str, **cells: str) -> str:
        content = rows(folder, table)
        content[0] |= cells | {"quelle_id": "d-alt"}
        write(folder, table, content)
        return content[0].get("id", content[0].get("massnahme_id", ""))

    measure = change("massnahmen", titel=f"{first.title}!", zielgruppe="Männer", ende="2030-12-31")
    cost = change("kosten", betrag_eur="7000")
    change("statusverlauf", status="verworfen")
    change("zustaendigkeiten", akteur_id="a-jobcenter")
    goals = rows(folder, "ziele")
    goals[1] |= {"text": "Alle finden gute Beratung im Feld Sprache und Bildung.", "quelle_id": "d-alt"}
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


# Nothing is lost, nothing wrong is taken


def goals(found: Taken) -> list[tuple[str, str]]:
    return [(row["ebene"], row["text"]) for row in found.proposal.rows.get("ziele", ())]


def test_goals_and_fields_without_measures_are_taken(present: Present, tmp_path: Path) -> None:
    """Whether a heading, a row over all columns or a cell names them; and the author is asked about each."""
    document = Document()
    document.add_heading("Handlungsfeld 1: Sprache", 1)
    document.add_paragraph("Leitziel: Alle verstehen einander.")
    document.add_heading("Ziel 1.1: Alle lernen Deutsch", 2)
    table = document.add_table(4, 2)
    fill(table, [("Ziel", "Maßnahme"), ("", "Sprachcafé"), ("Alle finden Kurse", ""), ("", "")])
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Ziel 1.2: Kurse sind kostenlos"
    document.add_heading("Ziel 1.3: Prävention erreicht alle", 2)
    document.add_paragraph("Dazu folgt später mehr.")
    document.add_heading("Handlungsfeld 2: Wohnen", 1)
    document.save(tmp_path / "k.docx")
    found = taken(tmp_path / "k.docx", present)
    assert [row["name"] for row in found.proposal.rows["handlungsfelder"]] == ["Sprache", "Wohnen"]
    assert goals(found) == [
        ("leitziel", "Alle verstehen einander."),
        *(("ziel", text) for text in ("Alle lernen Deutsch", "Alle finden Kurse", "Kurse sind kostenlos")),
        ("ziel", "Prävention erreicht alle"),
    ]
    assert len(found.proposal.rows["massnahme_bezuege"]) == 1
    asked = {row.text: row.becomes for row in mapping_rows(found.choice, found.parts)}
    assert asked["Handlungsfeld 2: Wohnen"] == "Handlungsfeld"
    assert asked["Leitziel: Alle verstehen einander."] == "Leitziel"


def test_a_goal_that_no_field_holds_is_told(present: Present, tmp_path: Path) -> None:
    document = Document(small(tmp_path / "k.docx", [("Maßnahme", "Zielgruppe")], field=""))
    document.add_heading("Ziel 1: Alle lernen Deutsch", 2)
    document.save(tmp_path / "k.docx")
    left = taken(tmp_path / "k.docx", present).left
    reason = CELLS_LEFT["Kein Handlungsfeld"].reason
    assert ("Ziel 1: Alle lernen Deutsch", reason) in [(each.text, each.reason) for each in left]


def test_a_table_of_contents_names_no_goals(present: Present, tmp_path: Path) -> None:
    document = Document(small(tmp_path / "k.docx", SOUND))
    style = document.styles.add_style("toc 2", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Ziel 1: Alle lernen\t12", style=style)
    document.add_paragraph("Handlungsfeld Sprache: Hier geht es um alles, was mit Sprechen zu tun hat.")
    document.save(tmp_path / "k.docx")
    found = taken(tmp_path / "k.docx", present)
    assert goals(found) == []
    assert len(found.proposal.rows["handlungsfelder"]) == 1


def of_cell(heading: str, text: str, path: Path, present: Present, choice: Choice | None = None) -> Taken:
    """Take a measure with one more cell."""
    return taken(
        small(path / "k.docx", [("Maßnahme", "Zielgruppe", heading), ("Sprachcafé", "Alle", text)]),
        present,
        choice,
    )


@pytest.mark.parametrize(
    ("text", "sort"), [("12.000 € pro Jahr", "jaehrlich"), ("500 € einmalig", "einmalig"), ("80 €", "einmalig")]
)  # fmt: skip
def test_what_is_chosen_for_a_column_of_costs_fills_what_a_cell_leaves_open(
    text: str, sort: str, present: Present, tmp_path: Path
) -> None:
    found = of_cell("Kosten", text, tmp_path, present, Choice({"kosten": "kosten_einmalig"}))
    assert [row["art"] for row in found.proposal.rows["kosten"]] == [sort]


def test_the_list_offers_what_the_program_reads(town_without: Path, tmp_path: Path) -> None:
    """Whatever the drop-down list offers may be chosen."""
    take_tables(small(tmp_path / "k.docx", SOUND), tmp_path / "k.xlsx", town_without, lambda text: None)
    sheet = load_workbook(tmp_path / "k.xlsx")["Zuordnung"]
    offered = {
        word for rule in sheet.data_validations.dataValidation for word in rule.formula1.strip('"').split(",")
    }
    assert {"Kosten einmalig", "Kosten jährlich", "Zuständigkeit", "nicht übernehmen"} <= offered
    assert [word for word in offered if target_named(word) is None] == []


@pytest.mark.parametrize(
    ("text", "first", "last", "accuracy"),
    [
        ("ab 3. Quartal 2024", "2024-07-01", "", "monat"),
        ("Q3 2024", "2024-07-01", "2024-09-30", "monat"),
        ("2. Halbjahr 2025", "2025-07-01", "2025-12-31", "monat"),
        ("Schuljahr 2024/25", "2024-08-01", "2025-07-31", "monat"),
        ("ab Schuljahr 2024/2025", "2024-08-01", "", "monat"),
        ("2024/25", "2024-01-01", "2025-12-31", "jahr"),
        *((text, "", "", "") for text in ("Schuljahr 2024", "Kita-Jahr 2024/25", "Schuljahr 2024/29", "III/2024")),
    ],
)  # fmt: skip
def test_times(text: str, first: str, last: str, accuracy: str, present: Present, tmp_path: Path) -> None:
    row = measures(of_cell("Zeitraum", text, tmp_path, present))["Sprachcafé"]
    assert (row["beginn"], row["ende"], row["zeit_genauigkeit"]) == (first, last, accuracy)


@pytest.mark.parametrize(
    ("heading", "text", "roles", "left"),
    [
        ("Federführung", "Fachdienst Soziales,\nVolkshochschule", {"Fachdienst Soziales": "federfuehrend", "Volkshochschule": "federfuehrend"}, []),
        ("Zuständig", "Jobcenter (federführend), VHS (beteiligt)", {"Jobcenter": "federfuehrend", "VHS": "beteiligt"}, []),
        ("Beteiligte", "VHS (Federführung), Jobcenter", {"VHS": "federfuehrend", "Jobcenter": "beteiligt"}, []),
        ("Zuständig", "Federführung: VHS; beteiligt: Jobcenter", {"VHS": "federfuehrend", "Jobcenter": "beteiligt"}, []),
        ("Zuständig", "Volkshochschule (VHS)", {"Volkshochschule (VHS)": "federfuehrend"}, []),
        ("Zuständig", "VHS, Jobcenter", {}, ["VHS, Jobcenter"]),
        ("Beteiligte", "Sportbund, Industrie- und Handelskammer", {}, ["Sportbund, Industrie- und Handelskammer"]),
        ("Beteiligte", "Industrie- und Handelskammer", {"Industrie- und Handelskammer": "beteiligt"}, []),
        ("Beteiligte", "Fachdienst Soziales und Jobcenter", {}, ["Fachdienst Soziales und Jobcenter"]),
        ("Beteiligte", "VHS (beratend)", {}, ["VHS (beratend)"]),
        ("Zuständig", "Fachdienst Soziales u. a.", {"Fachdienst Soziales": "federfuehrend"}, ["Fachdienst Soziales u. a."]),
        ("Beteiligte", "VHS, Jobcenter usw.", {"VHS": "beteiligt", "Jobcenter": "beteiligt"}, ["Jobcenter usw."]),
        ("Zuständig", "Fachdienst Soziales/Caritas", {}, ["Fachdienst Soziales/Caritas"]),
        ("Zuständig", "Rückfragen: VHS", {}, ["Rückfragen: VHS"]),
    ],
)  # fmt: skip
def test_bodies_and_their_roles(
    heading: str, text: str, roles: dict[str, str], left: list[str], present: Present, tmp_path: Path
) -> None:
    """What a cell says of a body goes before its column; whoever is not certain is told."""
    found = of_cell(heading, text, tmp_path, present)
    names = {row["id"]: row["name"] for row in found.proposal.rows.get("akteure", ())}
    told = found.proposal.rows.get("zustaendigkeiten", ())
    assert {names[row["akteur_id"]]: row["rolle"] for row in told} == roles
    assert [*names.values()] == [*roles]
    assert [each.text for each in found.left] == left


def test_as_above_means_the_row_above_and_no_other(present: Present, tmp_path: Path) -> None:
    rows_of = [("Maßnahme", "Zuständig"), ("Eins", "VHS"), ("Zwei", "N.N."), ("Drei", "s. o.")]
    found = taken(small(tmp_path / "k.docx", rows_of), present)
    assert len(found.proposal.rows["zustaendigkeiten"]) == 1
    assert [(each.text, each.reason) for each in found.left] == [
        ("N.N.", CELLS_LEFT["Zelle ohne Angabe"].reason),
        ("s. o.", CELLS_LEFT["„s. o.“ in der ersten Zeile"].reason),
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("geplant", ("geplant", "geplant", "quelle", "2025-06-25", "")),
        ("erledigt", ("abgeschlossen", "erledigt", "abgeleitet", "2025-06-25", "")),
        ("zum Haushalt angemeldet", ("angemeldet", "zum Haushalt angemeldet", "quelle", "2025-06-25", "")),
        ("beschlossen (Rat 12.12.2023)", ("beschlossen", "beschlossen", "quelle", "2023-12-12", "Rat 12.12.2023")),
        ("in Umsetzung (Stand: 1. März 2024)", ("in_umsetzung", "in Umsetzung", "quelle", "2024-03-01", "Stand: 1. März 2024")),
        ("geplant (Start 1.3.2024)", ("geplant", "geplant", "quelle", "2025-06-25", "Start 1.3.2024")),
        ("verworfen: kein Bedarf", ("verworfen", "verworfen", "quelle", "2025-06-25", "kein Bedarf")),
    ],
)  # fmt: skip
def test_a_status_says_no_more_than_its_source(
    text: str, row: tuple[str, ...], present: Present, tmp_path: Path
) -> None:
    found = of_cell("Status", text, tmp_path, present)
    columns = ("status", "wortlaut", "beleg", "datum", "text")
    assert [tuple(each[c] for c in columns) for each in found.proposal.rows["statusverlauf"]] == [row]
    assert found.left == []


def test_running_and_done_at_once_is_no_status(present: Present, tmp_path: Path) -> None:
    rows_of = [("Maßnahme", "Zeitraum", "Status"), ("Sprachcafé", "laufend", "umgesetzt")]
    found = taken(small(tmp_path / "k.docx", rows_of), present)
    assert "statusverlauf" not in found.proposal.rows
    assert [each.text for each in found.left] == ["laufend", "umgesetzt"]


def test_a_reason_in_its_own_column_is_one(present: Present, tmp_path: Path) -> None:
    rows_of = [
        ("Maßnahme", "Status", "Erläuterung zum Status"),
        ("Sprachcafé", "verworfen (Rat, beschlossen am 1.2.2024)", "Kein Bedarf"),
    ]
    found = taken(small(tmp_path / "k.docx", rows_of), present)
    (row,) = found.proposal.rows["statusverlauf"]
    assert (row["datum"], row["text"]) == ("2024-02-01", "Rat, beschlossen am 1.2.2024 Kein Bedarf")
    assert found.left == []


def test_what_is_corrected_by_hand_is_no_contradiction(town: Path, document: Path, tmp_path: Path) -> None:
    """The rows of this document are its authors' own: a second run leaves them, and says so."""
    folder = Path(shutil.copytree(town, tmp_path / "data"))
    content = rows(folder, "zustaendigkeiten")
    content[0]["rolle"] = "beteiligt"
    write(folder, "zustaendigkeiten", content)
    told = take_tables(document, tmp_path / "neu.xlsx", folder, lambda text: None)
    assert told[:2] == ["Neun Tabellen gelesen; neu: nichts.", "Schon in den Daten: 60 Maßnahmen."]
    assert not any("nicht erkannt" in line for line in told)
    found = propose(read_word(document), read_present(folder), Choice())
    assert found.proposal.rows == {}
    assert TAKING_OTHERS["Von Hand berichtigt"] in [each.reason for each in found.left]


def test_what_a_profile_does_not_place_is_named_by_its_label(present: Present, tmp_path: Path) -> None:
    rows_of = [("Maßnahme", "Sprachcafé"), ("Zielgruppe", "Alle"), ("Indikator", "Zahl der Gäste")]
    (left,) = taken(small(tmp_path / "k.docx", rows_of), present).left
    assert (left.heading, left.text, left.reason) == (
        "Indikator",
        "Zahl der Gäste",
        "Der Spalte „Indikator“ ist in der Zuordnung nichts zugewiesen.",
    )


def test_a_letter_is_the_number_of_a_goal(present: Present, tmp_path: Path) -> None:
    rows_of = [("Ziel", "Maßnahme"), ("Ziel B: Sport verbindet", "Turnier"), ("Sport verbindet", "Lauf")]
    found = taken(small(tmp_path / "k.docx", rows_of), present)
    assert goals(found) == [("ziel", "Sport verbindet")]


# Forms that tables have


def listed(rows_of: list[list[object]], path: Path, **more: list[list[object]]) -> Path:
    """Write a workbook as offices keep lists."""
    book = Workbook()
    for n, (title, lines) in enumerate({"Sprache": rows_of, **more}.items()):
        sheet = book.worksheets[0] if n == 0 else book.create_sheet()
        sheet.title = title
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def measures(found: Taken) -> dict[str, dict[str, str]]:
    return {row["titel"]: row for row in found.proposal.rows.get("massnahmen", ())}


def test_a_list_of_measures_in_excel(present: Present, tmp_path: Path) -> None:
    """Headings anywhere in the first rows, merged cells, sheets that are fields, days and sums as Excel stores them."""
    head: list[object] = ["Ziel", "Vorhaben", "Verantwortlich", "Beginn", "Kosten (einmalig)", "Bemerkung"]
    path = listed(
        [
            ["Maßnahmenliste"],
            [None, "Stand: März"],
            head,
            ["Alle lernen Deutsch.", "Sprachcafé", "VHS", dt.datetime(2025, 3, 1), 1500, "wichtig"],
            [None, "Lernhilfe", "VHS", "2026", 20.5, None],
        ],
        tmp_path / "liste.xlsx",
        Arbeit=[head, ["Alle finden Arbeit.", "Messe", "Jobcenter", "bald", None, None]],
    )
    book = load_workbook(path)
    sheet = book["Sprache"]
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A4:A5")
    for cell in ("E4", "E5"):
        sheet[cell].number_format = '#,##0.00 "€"'
    book.save(path)
    found = propose(read_list(path), present, Choice())
    new = found.proposal.rows
    assert [(row["id"], row["nr"]) for row in new["handlungsfelder"]] == [("sprache", "1"), ("arbeit", "2")]
    assert {t: (r["handlungsfeld_id"], r["beginn"], r["zeit_genauigkeit"], r["fundstelle"]) for t, r in measures(found).items()} == {
        "Sprachcafé": ("sprache", "2025-03-01", "tag", "Blatt „Sprache“, Zeile 4"),
        "Lernhilfe": ("sprache", "2026-01-01", "jahr", "Blatt „Sprache“, Zeile 5"),
        "Messe": ("arbeit", "", "", "Blatt „Arbeit“, Zeile 2"),
    }  # fmt: skip
    goals = {row["id"]: row["text"] for row in new["ziele"]}
    assert [goals[row["ziel_id"]] for row in new["massnahme_bezuege"]] == [
        *("Alle lernen Deutsch.", "Alle lernen Deutsch.", "Alle finden Arbeit."),
    ]
    assert [(row["art"], row["betrag_eur"]) for row in new["kosten"]] == [
        ("einmalig", "1500"),
        ("einmalig", "20,5"),
    ]
    assert {each.text for each in found.left} == {"Maßnahmenliste", "Stand: März", "wichtig", "bald"}


def test_headings_over_two_rows_give_each_year_its_sum(present: Present, tmp_path: Path) -> None:
    path = small(
        tmp_path / "k.docx",
        [
            ("Maßnahme", "Kosten pro Jahr", "Kosten pro Jahr"),
            ("", "2025", "2026"),
            ("Sprachcafé", "500 €", "700 €"),
        ],
    )
    document = Document(path)
    table = document.tables[0]
    merge_down(table, 0, 0, 1)
    table.cell(0, 1).text = ""
    table.cell(0, 1).merge(table.cell(0, 2))
    document.save(path)
    new = taken(path, present).proposal.rows
    assert [(r["art"], r["jahr"], r["betrag_eur"]) for r in new["kosten"]] == [
        ("jaehrlich", "2025", "500"),
        ("jaehrlich", "2026", "700"),
    ]


def test_a_cell_with_a_list_holds_several_measures(present: Present, tmp_path: Path) -> None:
    rows_of = [("Ziel", "Maßnahmen", "Zuständig"), ("Alle lernen.", "• Sprachcafé\n• Lernhilfe", "VHS")]
    found = taken(small(tmp_path / "k.docx", rows_of), present)
    assert [*measures(found)] == ["Sprachcafé", "Lernhilfe"]
    assert len(found.proposal.rows["massnahme_bezuege"]) == len(found.proposal.rows["zustaendigkeiten"]) == 2
    assert found.left == []


def test_what_follows_a_title_is_its_description(present: Present, tmp_path: Path) -> None:
    found = taken(small(tmp_path / "k.docx", [("Maßnahme", "Zielgruppe"), ("M1: Sprachcafé\nJeden Montag", "Alle"), ("", "auch Gäste")]), present)  # fmt: skip
    (row,) = measures(found).values()
    assert (row["titel"], row["beschreibung"], row["zielgruppe"]) == (
        "Sprachcafé",
        "Jeden Montag",
        "Alle\nauch Gäste",
    )
    assert row["fundstelle"] == "Tabelle 1, Zeile 2, Nr. M1"


def test_a_table_in_a_table_is_read_where_it_stands(present: Present, tmp_path: Path) -> None:
    """Concepts lay out pages with tables: what stands in their cells belongs to the heading above."""
    document = Document()
    document.add_heading("Handlungsfeld Arbeit", 1)
    inner = document.add_table(1, 1).cell(0, 0).add_table(2, 2)
    fill(inner, [("Maßnahme", "Zielgruppe"), ("Messe", "Frauen")])
    document.save(tmp_path / "k.docx")
    found = taken(tmp_path / "k.docx", present)
    assert measures(found)["Messe"]["handlungsfeld_id"] == "arbeit"
    assert measures(found)["Messe"]["fundstelle"] == "Tabelle 1.1, Zeile 2"


def test_headings_that_do_not_say_so_part_the_fields(present: Present, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Maßnahmenplan", 1)
    for field in ("1.1 Sprache", "1.2 Arbeit"):
        document.add_heading(field, 2)
        fill(document.add_table(2, 2), [("Maßnahme", "Zielgruppe"), (f"Treffen zu {field}", "Alle")])
    document.save(tmp_path / "k.docx")
    rows_of = taken(tmp_path / "k.docx", present).proposal.rows
    assert [(row["name"], row["id"]) for row in rows_of["handlungsfelder"]] == [
        ("Sprache", "sprache"),
        ("Arbeit", "arbeit"),
    ]


def test_tracked_changes_are_taken_as_accepted_and_told(tmp_path: Path) -> None:
    """Rows and words that are deleted are gone, those that are inserted stand there."""
    path = small(
        tmp_path / "k.docx", [("Maßnahme", "Zielgruppe"), ("Sprachcafé", "Alle"), ("Gestrichen", "Niemand")]
    )
    document = Document(path)
    table = document.tables[0]
    properties = table.rows[2]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:del"))
    run = table.cell(1, 1).paragraphs[0].add_run(" Gäste")._r
    inserted = OxmlElement("w:ins")
    run.addprevious(inserted)
    inserted.append(run)
    document.save(path)
    source = read_word(path)
    assert [[cell.text for cell in row.values()] for row in source.tables[0].grid] == [
        ["Maßnahme", "Zielgruppe"],
        ["Sprachcafé", "Alle Gäste"],
    ]
    assert source.told == [TAKING_OTHERS["Änderungsverfolgung"]]


def test_a_page_is_named_where_word_has_counted_them(tmp_path: Path) -> None:
    """Only where its own marks come to as many pages as it says."""
    path = small(
        tmp_path / "k.docx", [("Maßnahme", "Zielgruppe"), ("Sprachcafé", "Alle"), ("Lernhilfe", "Alle")]
    )
    document = Document(path)
    run = document.tables[0].cell(2, 0).paragraphs[0].runs[0]._r
    run.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    for counted, labels in (
        (2, ["Seite 1, Tabelle 1, Zeile 1", "Seite 1, Tabelle 1, Zeile 2", "Seite 1, Tabelle 1, Zeile 3"]),
        (7, ["Tabelle 1, Zeile 1", "Tabelle 1, Zeile 2", "Tabelle 1, Zeile 3"]),
    ):
        kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        part = next(
            (p for p in document.part.package.iter_parts() if p.partname == "/docProps/app.xml"), None
        )
        blob = f"<Properties><Pages>{counted}</Pages></Properties>".encode()
        if part is None:
            part = Part(PackURI("/docProps/app.xml"), kind, blob, document.part.package)
            document.part.package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
        part._blob = blob
        document.save(path)
        assert read_word(path).tables[0].labels == labels


def test_text_under_merged_cells_and_footnotes_are_told(present: Present, tmp_path: Path) -> None:
    path = small(
        tmp_path / "k.docx", [("Maßnahme", "Zielgruppe"), ("Sprachcafé", "Alle"), ("verdeckt", "Gäste")]
    )
    document = Document(path)
    merge_down(document.tables[0], 0, 1, 2)
    footnote_in(document.tables[0].cell(1, 1).paragraphs[0], 1)
    add_footnotes(document, {1: "Nur mit Mitteln."})
    document.save(path)
    assert {(each.text, each.reason) for each in taken(path, present).left} == {
        ("Nur mit Mitteln.", TAKING_OTHERS["Fußnote"]),
        ("verdeckt", TAKING_OTHERS["Text unter verbundenen Zellen"]),
    }


def test_a_known_measure_without_an_answer_keeps_its_row(town: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(town, tmp_path / "data"))
    content = rows(folder, "massnahmen")
    content[0] |= {"id": "m-sprache-sprachcafe", "titel": "Sprachcafé", "zielgruppe": ""}
    write(folder, "massnahmen", [content[0]])
    for table in ("massnahme_bezuege", "kosten", "statusverlauf", "zustaendigkeiten"):
        write(folder, table, [])
    path = small(
        tmp_path / "k.docx", [("Maßnahme", "Zielgruppe"), ("Sprachcafé", "Alle")], field="Sprache und Bildung"
    )
    found = taken(path, read_present(folder))
    assert [(each.text, each.reason) for each in found.left] == [
        ("Alle", TAKING_OTHERS["Maßnahme, die schon in den Daten steht"])
    ]
    assert {*found.proposal.rows} <= {"dokumente"}


def test_what_no_heading_tells_the_author_may_say(town_without: Path, tmp_path: Path) -> None:
    """Strange headings, no field: the sheet „Zuordnung“ asks, and the next run knows."""
    path = small(tmp_path / "k.docx", [("Baustein", "Wirkung"), ("Sprachcafé", "groß")], field="")
    workbook = tmp_path / "k.xlsx"
    told = take_tables(path, workbook, town_without, lambda text: None)
    assert TAKING_OTHERS["Keine Maßnahme erkannt"] in told
    mapping(workbook, "Baustein", "Maßnahme")
    mapping(workbook, "Wirkung", "beschreibung")
    mapping(workbook, "Handlungsfeld, wenn keines genannt ist", "Sprache")
    assert "eine Maßnahme" in take_tables(path, workbook, town_without, lambda text: None)[0]


def test_the_decision_is_entered_in_the_same_workbook(tmp_path: Path) -> None:
    """As the page says: the body first, then the event."""
    folder = empty(tmp_path / "ort")
    take_tables(small(tmp_path / "k.docx", SOUND), tmp_path / "k.xlsx", folder, lambda text: None)
    book = load_workbook(tmp_path / "k.xlsx")
    source = {"Quelle": "d-k", "Fundstelle": "Titelseite"}
    rat = {"Name": "Rat", "Name im Satz": "der Rat", "Art": "Rat"}
    event = {"Von": "25.06.2025", "Genauigkeit": "Tag", "Art": "Verabschiedung des Konzepts", "Titel": "Beschluss", "Gremium": "Rat", "Stand": "erfolgt"}  # fmt: skip
    for title, cells in (("Gremien", rat), ("Ereignisse", event)):
        for cell in book[title][HEAD]:
            name = str(cell.value).strip(" *")
            book[title].cell(HEAD + 1, cell.column).value = (cells | source).get(name)
    book.save(tmp_path / "k.xlsx")
    import_workbook(tmp_path / "k.xlsx", folder, sure=True)
    assert check_project(folder) == ()


def test_three_hundred_tables(present: Present, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Handlungsfeld Sprache", 1)
    for n in range(300):
        document.add_paragraph(f"Abschnitt {n}")
        fill(document.add_table(2, 2), [("Maßnahme", "Zielgruppe"), (f"Vorhaben Nummer {n}", "Alle")])
    document.save(tmp_path / "k.docx")
    begun = time.process_time()
    found = taken(tmp_path / "k.docx", present)
    assert time.process_time() - begun < 3 * SLOW
    assert len(measures(found)) == 300
