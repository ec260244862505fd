"""Registers without empty columns: what few rows say, what none says, documents and notes against the files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from folders import rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.elements.bodies.overview import actors_table, bodies_table, members_table
from konzept.elements.content import Table
from konzept.elements.indicators.tables import districts_table, own_values_table
from konzept.elements.participation.overview import contributions_table, offers_table
from konzept.elements.sources.documents import documents_table, notes_table
from konzept.elements.tables import register, written


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def table(heads: Sequence[str], *content: Sequence[str | None]) -> Table:
    cells = [[written(text) for text in row] for row in content]
    return register("x", "Ein Verzeichnis", heads, cells, [])


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_a_column_that_few_rows_fill_stands_below_their_headings() -> None:
    found = table(
        ["Name", "Ort", "Art"], ["A", None, "x"], ["B", "Hof", "y"], ["C", None, "x"], ["D", None, "x"]
    )
    assert [c.title for c in found.columns] == ["Name", "Art"]
    assert texts(found) == [["A", "x"], ["B; Ort: Hof", "y"], ["C", "x"], ["D", "x"]]
    assert found.notes == ("Ort: sonst nicht genannt.",)


def test_a_column_that_more_rows_fill_stays_with_dashes() -> None:
    found = table(["Name", "Ort"], ["A", None], ["B", "Hof"], ["C", None])
    assert texts(found) == [["A", "–"], ["B", "Hof"], ["C", "–"]]
    assert found.notes == ("„–“: in den Quellen nicht genannt.",)


def test_a_column_without_any_value_is_a_note() -> None:
    found = table(["Name", "Ort", "Zeit"], ["A", None, None], ["B", None, None])
    assert texts(found) == [["A"], ["B"]]
    assert found.notes == ("Ort und Zeit: in den Quellen nicht genannt.",)


def test_no_register_repeats_that_something_is_not_named(concept: Concept) -> None:
    for build in (
        bodies_table,
        members_table,
        actors_table,
        offers_table,
        contributions_table,
        documents_table,
        notes_table,
        own_values_table,
        districts_table,
    ):
        found = build(concept)
        assert found is not None
        for n, column in enumerate(found.columns[1:], 1):
            filled = [row for row in found.rows if len(row.cells) > 1 and row.cells[n].text != "–"]
            assert filled, (found.label, column.title)
        assert not any(cell.text == "nicht genannt" for row in found.rows for cell in row.cells), found.label


def test_every_document_stands_with_publisher_day_and_licence(concept: Concept, real: Path) -> None:
    found = documents_table(concept)
    assert found is not None
    by_id = {row.label: row for row in found.rows}
    content = rows(real, "dokumente")
    assert set(by_id) == {r["id"] for r in content}
    for row in content:
        title, *origin = [" ".join(run.text for run in line) for line in by_id[row["id"]].cells[0].lines]
        assert title == row["titel"]
        assert row["herausgeber"] in "".join(origin)
        assert row["datum"][:4] in "".join(origin)
        assert row["vorlage_nr"] in "".join(origin)
        named = row["lizenz"].replace("dl-de/by-2-0", "Datenlizenz Deutschland Namensnennung 2.0")
        assert by_id[row["id"]].cells[2].text == (named or "–")
    undated = sum(not r["datum"] for r in content)
    assert f"Ohne genanntes Datum: {undated} Dokumente." in found.notes


def test_open_notes_stand_first_and_all_say_what_the_file_says(concept: Concept, real: Path) -> None:
    found = notes_table(concept)
    assert found is not None
    content = rows(real, "pruefhinweise")
    still_open = [n for n, r in enumerate(content, 1) if r["stand"] == "offen"]
    decided = [n for n, r in enumerate(content, 1) if r["stand"] == "entschieden"]
    assert [row.cells[0].text for row in found.rows] == [
        f"Offen ({len(still_open)})",
        *map(str, still_open),
        f"Entschieden ({len(decided)})",
        *map(str, decided),
    ]
    for row in found.rows:
        if not row.group:
            note = content[int(row.cells[0].text) - 1]
            assert row.label == f"pruefhinweis-{row.cells[0].text}"
            assert all(note[key] in row.cells[1].text for key in ("aussage_a", "aussage_b"))
            assert row.cells[2].text == (note["entscheidung"] or "nicht genannt")


def test_the_same_source_of_two_statements_is_named_once(concept: Concept, real: Path) -> None:
    found = notes_table(concept)
    assert found is not None
    short = {r["id"]: r["kurztitel"] for r in rows(real, "dokumente")}
    for row in found.rows:
        if row.label:
            note = rows(real, "pruefhinweise")[int(row.cells[0].text) - 1]
            sources = {
                note[f"quelle_{x}_id"] for x in "ab" if note[f"aussage_{x}"] and note[f"quelle_{x}_id"]
            }
            text = row.cells[1].text.replace("\u00a0", " ")
            named = [
                re.findall(rf"\({re.escape(short[key])}(?:, [^()]*(?:\([^()]*\)[^()]*)*)?\)", text)
                for key in sources
            ]
            assert [len(found) for found in named] == [1] * len(sources), row.label
