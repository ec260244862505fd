"""The concept: rows put together, and the past state at a date."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from folders import rows, write
from konzept.concept.assembly import load_concept
from konzept.data.problems import DataProblems


def test_field_holds_what_the_tables_hold(real: Path) -> None:
    field = load_concept(real).field("bildung")
    own = [r for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "bildung"]
    assert [m.id for m in field.measures] == [r["id"] for r in own]
    assert [g.id for g in field.guiding_goals] == ["z-bildung-schuleingang", "z-bildung-schulabschluss"]
    values = [r for r in rows(real, "messwerte") if r["indikator_id"] == "i-kita-quote-u3"]
    indicator = next(i for i in field.indicators if i.id == "i-kita-quote-u3")
    assert len(indicator.observations) == len(values)


def test_status_is_the_last_row_of_the_history(data: Path) -> None:
    later = {"massnahme_id": "m-bildung-bibliothek", "datum": "2024-03-01", "status": "in_pruefung"}
    # The paper has no day, so it may have reported that.
    later |= {"quelle_id": "d-lehrte-integrationskonzept", "fundstelle": "Seite 1"}
    # Before the older row: the order of the file must not matter.
    write(data, "statusverlauf", [later, *rows(data, "statusverlauf")])
    measure = next(m for m in load_concept(data).field("bildung").measures if m.id == "m-bildung-bibliothek")
    assert measure.status == "in_pruefung"
    assert [s.status for s in measure.history] == ["idee", "in_pruefung"]


def test_past_state(data: Path) -> None:
    concept = load_concept(data, stand=dt.date(2023, 1, 1))
    assert concept.measures == ()
    assert concept.last_status_day is None
    assert concept.status_day == concept.stand


def test_state_after_the_datas_own_is_refused(real: Path) -> None:
    with pytest.raises(DataProblems, match="liegt nach dem Stand der Daten"):
        load_concept(real, stand=dt.date(2999, 1, 1))


def test_unsound_data_make_no_concept(data: Path) -> None:
    content = rows(data, "ziele")
    content[0]["fassung"] = "x"
    write(data, "ziele", content)
    with pytest.raises(DataProblems, match=r"data/ziele\.csv, Zeile 2"):
        load_concept(data)


def test_unknown_field_names_the_nearest(real: Path) -> None:
    with pytest.raises(KeyError, match="Meinten Sie „bildung“"):
        load_concept(real).field("bildng")


def test_fingerprint_follows_content(data: Path, real: Path) -> None:
    before = load_concept(data).data_id
    assert load_concept(Path(shutil.copytree(data, data.with_name("kopie")))).data_id == before
    content = rows(data, "massnahmen")
    content[0]["titel"] += "!"
    write(data, "massnahmen", content)
    assert load_concept(data).data_id != before
