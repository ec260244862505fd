"""Tables of a concept that there is already become rows of the data; no cell gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from concept_samples import hostile
from folders import minimal
from konzept.authors.excel.importing import read_present
from konzept.authors.excel.trial import Present
from konzept.authors.tables.mapping import Choice
from konzept.authors.tables.taking import Taken, propose
from konzept.authors.tables.word_file import read_word


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Present:
    """Read a town of which nothing is known but one field."""
    return read_present(minimal(tmp_path_factory.mktemp("ort") / "data"))


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
