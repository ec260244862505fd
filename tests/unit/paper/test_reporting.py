"""The status report: what is named in which part, and its sentences."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from folders import REAL, real_copy, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.comparing import compare
from konzept.concept.states import read_state, state_of
from konzept.data.problems import DataProblems
from konzept.data.reading import read_folder
from konzept.elements.changes import editions, report
from konzept.elements.changes.editions import changes_table
from konzept.elements.changes.report import Report
from konzept.elements.changes.telling import told
from konzept.elements.content import Block, Table, plain
from konzept.notebook.html import lines_of
from konzept.paper import assessments
from konzept.paper.reporting import Wanted, compared
from sentences.states import REPORTING

DAY = "2023-08-30"


def between(data: Path, since: str) -> Report:
    reading = read_folder(data)
    return Report(load_concept(data), compare(read_state(since, reading), state_of(reading)))


def texts(*blocks: Block) -> list[str]:
    found = []
    for block in blocks:
        found += [plain((part,)) for part in lines_of(block)]
        if isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells]
    return found


@pytest.fixture(scope="module")
def since_2023() -> Report:
    return between(REAL, DAY)


def test_the_five_sentences_since_the_last_report(since_2023: Report) -> None:
    assert texts(report.highlights(since_2023)) == [
        "Der Rat der Stadt Lehrte hat das Integrationskonzept am 25.\N{NO-BREAK SPACE}Juni 2025 beschlossen.",
        "Zum Status der 26 Maßnahmen liegt seit dem 30.\N{NO-BREAK SPACE}August 2023 keine neue Angabe vor.",
        "Neue Angaben zu Kosten nennen die Quellen seit dem 30.\N{NO-BREAK SPACE}August 2023 nicht.",
        "Es liegen zu 21 Indikatoren neue Werte vor; beschlossene Sollwerte, an denen sie zu messen wären, nennen die Quellen nicht.",
        "Stattgefunden haben: 1. Forum Migration und Teilhabe Lehrte (10.10.2023) und Workshop Demokratie und Sicherheit (04.06.2024).",
    ]


@pytest.mark.parametrize("told", ["g-rat", "Rat der Stadt Lehrte"])
def test_the_head_names_the_body_by_its_key_or_its_name(since_2023: Report, told: str) -> None:
    given = dataclasses.replace(since_2023, head=report.Head(committee=told))
    assert "Gremium: Rat der Stadt Lehrte" in texts(*report.head(given))


@pytest.mark.parametrize("since", [DAY, "2022-06-15", "2021-12-31", "2025-06-25"])
def test_every_change_is_named_once(since: str) -> None:
    found = between(REAL, since)
    named = Counter(id(change) for part in found.parts.values() for each in part for change in each.changes)
    assert named == Counter(map(id, found.comparison.changes))
    shown = texts(
        *report.fields(found),
        *report.participation(found),
        *report.corrections(found),
        *report.records(found),
    )
    for part in found.parts.values():
        for each in part:
            subject = plain((each.subject,))
            assert any(subject in text for text in shown), subject


def test_the_table_of_an_edition_names_every_change(since_2023: Report) -> None:
    table = changes_table(since_2023.concept, since_2023.comparison, label="tab-x", caption="x")
    assert table is not None
    lines = told(since_2023.comparison)
    assert len(table.rows) == len(lines)
    assert sum(len(each.changes) for each in lines) == len(since_2023.comparison.changes)


@pytest.fixture
def edited(tmp_path: Path) -> tuple[Path, Path]:
    """Give the data as they are, and the same a month later, to be edited."""
    old, new = real_copy(tmp_path / "alt"), real_copy(tmp_path / "neu")
    path = new / "kommune.json"
    path.write_text(
        path.read_text("utf-8").replace('"stand": "2025-12-18"', '"stand": "2026-01-31"'), "utf-8"
    )
    paper = {"id": "d-neu", "titel": "3. Sachstandsbericht", "art": "bericht", "datum": "2026-01-15"}
    write(new, "dokumente", [*rows(new, "dokumente"), paper])
    return old, new


def put(folder: Path, table: str, **row: str) -> None:
    write(folder, table, [*rows(folder, table), {"quelle_id": "d-neu", "fundstelle": "S. 1", **row}])


def test_nothing_changed_is_one_sentence(tmp_path: Path) -> None:
    old, new = real_copy(tmp_path / "alt"), real_copy(tmp_path / "neu")
    path = new / "kommune.json"
    path.write_text(
        path.read_text("utf-8").replace('"stand": "2025-12-18"', '"stand": "2026-01-31"'), "utf-8"
    )
    found = between(new, str(old))
    assert found.comparison.changes == ()
    assert texts(report.nothing(found)) == [
        "Zwischen dem 18.\N{NO-BREAK SPACE}Dezember 2025 und dem 31.\N{NO-BREAK SPACE}Januar 2026 hat sich nach den Daten nichts geändert."
    ]


def test_what_happened_stands_in_its_field(edited: tuple[Path, Path]) -> None:
    old, new = edited
    put(
        new,
        "statusverlauf",
        massnahme_id="m-bildung-sprachprogramm",
        datum="2026-01-10",
        status="beschlossen",
        beleg="quelle",
        wortlaut="beschlossen",
    )
    put(
        new,
        "kosten",
        id="k-neu",
        massnahme_id="m-bildung-sprachprogramm",
        art="anlauf",
        jahr="2026",
        betrag_eur="25000",
        genauigkeit="genau",
        haushaltsstand="beschlossen",
    )
    found = between(new, str(old))
    said = texts(report.highlights(found))
    assert said[1] == "Zu einer der 26 Maßnahmen liegt ein neuer Status vor."
    assert (
        said[2]
        == "Neue Angaben zu den Kosten gibt es zu einer Maßnahme; beschlossen: 25.000\N{NO-BREAK SPACE}€."
    )
    shown = texts(*report.fields(found))
    assert (
        "Programm für Spracherwerb und Elternarbeit aufbauen: zum Haushalt angemeldet → beschlossen (seit 10.01.2026)."
        in shown
    )
    assert (
        "Programm für Spracherwerb und Elternarbeit aufbauen: 25.000\N{NO-BREAK SPACE}€ (Anlauf, 2026, beschlossen)."
        in shown
    )


def test_what_was_wrong_stands_apart(edited: tuple[Path, Path]) -> None:
    old, new = edited
    content = rows(new, "messwerte")
    next(r for r in content if r["indikator_id"] == "i-kita-quote-u3" and r["wert"] == "6,1")["wert"] = "6,4"
    write(new, "messwerte", content)
    goals = rows(new, "ziele")
    goals[0]["text"] = "Ein anderes Ziel."
    write(new, "ziele", goals)
    found = between(new, str(old))
    assert texts(*report.corrections(found)) == [
        "Betreuungsquote der unter Dreijährigen: Niedersachsen, mit Migrationshintergrund, 2009: 6,1 → 6,4",
        "berichtigt",
        "Ein anderes Ziel: Text: „Jedes Kind wird den Anforderungen der Schuleingangsuntersuchung gerecht.“ → „Ein anderes Ziel.“",
        "geändert oder berichtigt",
    ]
    assert "Keine neuen Angaben zu" in texts(*report.fields(found))[0]


def test_a_measure_that_is_gone_is_not_done(edited: tuple[Path, Path]) -> None:
    old, new = edited
    gone = "m-bildung-videotutorials"
    title = next(r["titel"] for r in rows(new, "massnahmen") if r["id"] == gone)
    for table in ("massnahmen", "statusverlauf", "massnahme_bezuege", "zustaendigkeiten", "kosten"):
        keys = ("id", "massnahme_id", "verwandt_id")
        write(new, table, [r for r in rows(new, table) if gone not in [r.get(k) for k in keys]])
    shown = texts(*report.fields(between(new, str(old))))
    assert f"{title}: Maßnahme nicht mehr in den Daten." in shown


def refusal(wanted: Wanted) -> str:
    with pytest.raises(DataProblems) as found:
        compared(REAL, wanted)
    return str(found.value)


def test_a_report_of_nothing_is_refused() -> None:
    assert refusal(Wanted("2025-12-18")) == REPORTING["Zweimal derselbe Stand"]
    assert refusal(Wanted(DAY, "morgen")) == REPORTING["Kein Tag als zweiter Stand"]


# The author's words

PARTS = ["Das Wichtigste", "Kosten"]


def test_words_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "berichte" / "2025-12-18.md"
    assert assessments.read(path, PARTS) == {}
    assessments.prepare(path, PARTS)
    assert assessments.read(path, PARTS) == {}
    path.write_text(
        path.read_text("utf-8").replace(
            "## Kosten\n", "## Kosten\n\nZu *teuer*.\n\n```text\n## kein Titel\n```\n"
        ),
        "utf-8",
    )
    before = path.read_bytes()
    assessments.prepare(path, PARTS)
    assert path.read_bytes() == before
    assert assessments.read(path, PARTS) == {"Kosten": "Zu *teuer*.\n\n```text\n## kein Titel\n```"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("# X\n\n## Das Wichtige\n", "Unbekannter Abschnitt"),
        ("# X\n\n## Das Wichtigste\n\n## Das Wichtigste\n", "Abschnitt doppelt"),
        ("# Maß\n".encode("cp1252"), "Einschätzungen in anderer Kodierung"),
    ],
)
def test_words_without_a_place_are_told(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    path = tmp_path / "2025-12-18.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataProblems) as found:
        assessments.read(path, PARTS)
    assert str(found.value) == REPORTING[sentence]


def test_the_head_has_lines_for_what_is_unknown(since_2023: Report) -> None:
    given = dataclasses.replace(since_2023, head=report.Head("12/2026", meeting="01.02.2026"))
    facts, states = report.head(given)
    assert [text.split(": ")[1] for text in texts(facts)] == ["12/2026", "_" * 12, "01.02.2026", "_" * 12]
    assert "aus den Quellen rekonstruiert" in texts(states)[0]
    assert given.comparison.before.day == dt.date(2023, 8, 30)


def test_pages_say_what_is_new_since_the_last_report(since_2023: Report) -> None:
    block = editions.since_last(since_2023.concept)
    assert block is not None
    [said] = texts(block)
    assert said.startswith(
        "Neu seit dem letzten Bericht (Stand 30.08.2023): Der Rat der Stadt Lehrte hat das"
    )
    assert said.endswith("(04.06.2024). Mehr unter Ausgaben.")


def test_without_an_earlier_state_nothing_is_new(tmp_path: Path) -> None:
    folder = real_copy(tmp_path / "data")
    write(folder, "ausgaben", [])
    assert editions.since_last(load_concept(folder)) is None
    assert editions.editions_table(load_concept(folder)) is None
