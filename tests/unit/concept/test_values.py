"""One newest value, one order of areas and one way of saying a value, whoever asks."""

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import minimal, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.findings import comparison_finding, finding
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.concept.series import series_of
from konzept.concept.values import exact_text, newest, newest_by_group, number_text, value_text, when
from konzept.elements.content import plain
from konzept.elements.explorer.material import material_of
from konzept.elements.indicators import monitoring
from konzept.elements.indicators.figure import indicator_figure
from konzept.elements.indicators.tables import districts_table, own_values_table
from konzept.elements.measures import profiles

SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", None, None, None, "Seite 3")
TOWN = Area("lehrte", "Lehrte", "gemeinde", "in Lehrte")


def seen(time: str, year: int | None, value: float | None = 1, **more: Any) -> Observation:
    plain = Observation("ist", TOWN, "insgesamt", time, year, value, "genau", False, None, PAPER)
    return dataclasses.replace(plain, **more)


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


IN_TIME = (
    seen("ohne Jahresangabe", None),
    seen("2021/22", 2021),
    seen("2022", 2022),
    seen("Juni 2022", 2022),
    seen("30.11.2022", 2022),
    seen("Dezember 2022", 2022),
    seen("31.12.2022", 2022),
    seen("2023-01-01", 2023),
)


def test_time_goes_on() -> None:
    assert all(when(a) < when(b) for a, b in itertools.pairwise(IN_TIME[:5]))
    assert [when(o) for o in IN_TIME[4:]] == [(2022, 11, 30), (2022, 12, 0), (2022, 12, 31), (2023, 1, 1)]


@given(st.permutations(IN_TIME))
def test_the_newest_does_not_depend_on_the_order_of_rows(values: list[Observation]) -> None:
    assert newest(values) is IN_TIME[-1]
    assert newest([*values, seen("2030", 2030, None, precision="gesperrt")]) is IN_TIME[-1]


def test_an_undated_value_speaks_only_alone() -> None:
    undated = seen("ohne Jahresangabe", None)
    assert newest([seen("1990", 1990), undated]).time == "1990"  # type: ignore[union-attr]
    assert newest([undated]) is undated
    assert newest([]) is None


def test_of_equally_new_values_the_first_row_counts() -> None:
    one, other = seen("2022", 2022, 1), seen("2022", 2022, 2)
    assert newest([one, other]) is one
    assert newest_by_group([one, other, seen("2020", 2020, 9, group="Kinder")])[0] is one


def indicator(*observations: Observation, unit: str = "Prozent") -> Indicator:
    return Indicator("i-x", None, "Quote", "die Quote", None, unit, "keine", observations)


def test_a_value_is_said_in_one_way() -> None:
    rough, plain = seen("2020", 2020, 20, precision="circa"), seen("2021", 2021, 6.55)
    quote = indicator(rough, plain)
    assert [value_text(quote, o) for o in (rough, plain)] == ["ca.\u00a020\u00a0%", "6,6\u00a0%"]
    assert [number_text(quote, o) for o in (rough, plain)] == ["ca.\u00a020", "6,6"]
    assert [exact_text(quote, o) for o in (rough, plain)] == ["ca.\u00a020\u00a0%", "6,55\u00a0%"]
    assert value_text(indicator(plain, unit="je 1.000"), plain) == "6,6\u00a0je\u00a01.000"


def folder_with(path: Path, *values: dict[str, str], **indicator: str) -> Concept:
    """Give a concept of one indicator, with a measure that refers to it."""
    minimal(path)
    own = {"id": "i-x", "name": "Quote", "satzname": "die Quote", "einheit": "Prozent", "richtung": "hoeher"}
    write(
        path,
        "indikatoren",
        [own | {"handlungsfeld_id": "bildung", "definition": "Eine Quote."} | indicator | SOURCE],
    )
    write(path, "gruppen", [{"id": "alle", "name": "insgesamt", "ordnung": "1", **SOURCE}])
    areas = rows(path, "gebiete")
    more = [("dorf-b", "Dorf B", "ortsteil"), ("dorf-a", "Dorf A", "ortsteil"), ("land-x", "Land X", "land")]
    areas = [
        {"id": i, "name": n, "ebene": e, "ortsangabe": f"in {n}", **SOURCE} for i, n, e in reversed(more)
    ] + areas
    write(path, "gebiete", areas)
    measure = {"id": "m-x", "handlungsfeld_id": "bildung", "titel": "Ein Kurs"}
    measure |= dict.fromkeys(("mehrsprachig", "leichte_sprache", "barrierefrei"), "offen")
    write(path, "massnahmen", [measure | SOURCE])
    relation = {"id": "v-x", "massnahme_id": "m-x", "indikator_id": "i-x", "beleg": "quelle"}
    write(path, "massnahme_bezuege", [relation | SOURCE])
    base = {
        "indikator_id": "i-x",
        "art": "ist",
        "gebiet_id": "lehrte",
        "gruppe_id": "alle",
        "genauigkeit": "genau",
    }
    write(path, "messwerte", [base | v | SOURCE for v in values])
    return load_concept(path)


def test_title_label_tables_profile_and_explorer_agree_on_the_newest_value(tmp_path: Path) -> None:
    """The newest value stands in the middle of the rows, an undated one at their end."""
    concept = folder_with(
        tmp_path / "data",
        {"zeit": "31.12.2023", "jahr": "2023", "wert": "11"},
        {"zeit": "30.06.2024", "jahr": "2024", "wert": "13"},
        {"zeit": "31.03.2024", "jahr": "2024", "wert": "12"},
        {"zeit": "ohne Jahresangabe", "wert": "99"},
    )
    (found,) = concept.indicators
    figure, table = indicator_figure(concept, found), own_values_table(concept)
    assert figure is not None
    assert table is not None
    text = "13\u00a0%"
    assert figure.finding == f"In Lehrte stieg die Quote von 11\u00a0% (31.12.2023) auf {text} (30.06.2024)."
    labels = [a.text for a in figure.wide.layout.annotations if "<b>" in a.text]
    assert labels == [f"<b>{text}</b> Lehrte"]
    assert [c.text for c in table.rows[0].cells if "%" in c.text] == [text]
    found_in = profiles.profiles(concept)
    assert found_in is not None
    words = " ".join(plain(lines) for _, lines in found_in.groups[0].items[0].items)
    assert f"Ist: {text} (Lehrte, 30.06.2024)" in words
    assert f"{text} (30.06.2024)" in plain(tuple(monitoring.latest(concept, found)))
    material = material_of(concept)["observations"]
    # Times stand in their order, so that the explorer finds the newest by their place.
    assert material["times"] == ["ohne Jahresangabe", "31.12.2023", "31.03.2024", "30.06.2024"]


def test_real_titles_name_the_newest_values(concept: Concept, real: Path) -> None:
    for found in concept.indicators:
        series = series_of(found)
        if not series or len({s.area for s in series}) > 6:
            continue
        title = finding(found)
        own = [r for r in rows(real, "messwerte") if r["indikator_id"] == found.id and r["art"] == "ist"]
        own = [r for r in own if r["gebiet_id"] == series[0].area.id and r["jahr"] and r["wert"]]
        latest = max(int(r["jahr"]) for r in own)
        assert any(r["zeit"] in title for r in own if int(r["jahr"]) == latest), title


def test_one_order_of_areas(tmp_path: Path) -> None:
    """The town, then by nearness, then as in the data; the explorer gets the same list."""
    values = [
        {"zeit": "2024", "jahr": "2024", "wert": "3", "gebiet_id": a} for a in ("land-x", "dorf-a", "lehrte")
    ]
    concept = folder_with(tmp_path / "data", *values)
    assert [a[0] for a in material_of(concept)["areas"]][:4] == ["lehrte", "dorf-a", "dorf-b", "land-x"]
    (found,) = concept.indicators
    figure = indicator_figure(concept, found)
    assert figure is not None
    assert [c.title for c in figure.data.columns][1:] == ["Lehrte", "Dorf A", "Land X"]
    assert [s.area.id for s in series_of(found)] == ["lehrte", "dorf-a", "land-x"]
    assert figure.subtitle.startswith("In Prozent; Lehrte, Dorf A und Land X")


def test_districts_show_their_newest_value_or_that_it_is_suppressed(tmp_path: Path) -> None:
    concept = folder_with(
        tmp_path / "data",
        {"gebiet_id": "dorf-a", "zeit": "2024", "jahr": "2024", "wert": "8"},
        {"gebiet_id": "dorf-a", "zeit": "2020", "jahr": "2020", "wert": "5"},
        {"gebiet_id": "dorf-b", "zeit": "2024", "jahr": "2024", "genauigkeit": "gesperrt"},
    )
    table = districts_table(concept)
    assert table is not None
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["Dorf A", "8\u00a0% (2024)"],
        ["Dorf B", "gesperrt (2024)"],
    ]


def test_a_district_is_not_ranked_among_its_own_municipalities(concept: Concept) -> None:
    region = Area("region", "Region", "kreis", "in der Region", own=True)
    town = dataclasses.replace(concept.town, area_id="region")
    district = dataclasses.replace(concept, package=dataclasses.replace(concept.package, town=town))
    parts = [
        seen("2022", 2022, n, area=Area(f"g{n}", f"Ort {n}", "gemeinde", f"in Ort {n}")) for n in range(1, 9)
    ]
    own = seen("2022", 2022, 5, area=region)
    assert comparison_finding(district, indicator(*parts, own)) == (
        "In der Region lag die Quote 2022 bei 5\u00a0%; "
        "die Werte der Gemeinden lagen zwischen 1\u00a0% (Ort 1) und 8\u00a0% (Ort 8)."
    )
