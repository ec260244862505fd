"""A district is compared with its peers, its municipalities among themselves, in the town's own words for areas."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import minimal, rows, tell, write
from konzept.concept.assembly import load_concept
from konzept.concept.findings import comparison_finding, finding, is_comparison
from konzept.concept.model import Concept, Indicator
from konzept.data.reading import read_folder
from konzept.data.rules import apply_rules
from konzept.elements.indicators.bubblemap import bubble_map_figure
from konzept.elements.indicators.figure import comparison_chart, indicator_figure
from konzept.elements.indicators.monitoring import development, latest
from konzept.elements.indicators.tables import districts_table

SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
OWN = {
    "id": "kreis-mitte",
    "name": "Kreis Mitte",
    "ebene": "kreis",
    "ortsangabe": "im Kreis Mitte",
    "ags": "03999",
}
LAND = {"id": "land", "name": "Land", "ebene": "land", "ortsangabe": "im Land"}
MEMBERS = [f"g{n}" for n in range(1, 9)]
PEERS = [f"k{n}" for n in range(1, 5)]


def town(folder: Path, **settings: object) -> Path:
    """Write the data of a district with eight municipalities and four districts beside it, without values."""
    minimal(folder)
    tell(
        folder,
        art="landkreis",
        name="Mitte",
        ags="03999",
        gebiet_id=OWN["id"],
        bezeichnung="Landkreis Mitte",
        projekte={},
        **settings,
    )
    (field,) = rows(folder, "handlungsfelder")
    write(folder, "handlungsfelder", [field | {"projekt": ""}])
    areas = [
        {
            "id": key,
            "name": f"Ort {key}",
            "ebene": "gemeinde",
            "ortsangabe": f"in Ort {key}",
            "breite": f"52,{n}",
            "laenge": f"9,{n}",
            "ags": f"0399900{n}",
        }
        for n, key in enumerate(MEMBERS, 1)
    ]
    areas += [
        {"id": key, "name": f"Kreis {key}", "ebene": "kreis", "ortsangabe": f"im Kreis {key}"}
        for key in PEERS
    ]
    write(folder, "gebiete", [area | SOURCE for area in (*areas, OWN, LAND)])
    write(folder, "gruppen", [{"id": "insgesamt", "name": "insgesamt", "ordnung": "1", **SOURCE}])
    indicator = {
        "id": "i-anteil",
        "name": "Anteil",
        "satzname": "der Anteil",
        "definition": "Ein Anteil",
        "einheit": "Prozent",
        "richtung": "keine",
    }
    write(folder, "indikatoren", [indicator | SOURCE])
    return folder


def observe(
    folder: Path, values: dict[str, int], times: tuple[int, ...] = (2022,), **more: str
) -> tuple[Concept, Indicator]:
    """Give areas a value; later years have one more."""
    write(
        folder,
        "messwerte",
        [
            {
                "indikator_id": "i-anteil", "art": "ist", "gebiet_id": area, "gruppe_id": "insgesamt", "zeit": str(time),
                "jahr": str(time), "wert": str(value + time - times[0]), "genauigkeit": "genau", **SOURCE, **more,
            }
            for area, value in values.items()
            for time in times
        ],
    )  # fmt: skip
    assert [str(p) for p in apply_rules(read_folder(folder))] == []
    concept = load_concept(folder)
    return concept, concept.indicators[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town(tmp_path / "data")


NUMBERED = {key: 10 + n for n, key in enumerate(MEMBERS)}
BESIDE = {"k1": 5, "k2": 30, "k3": 31, "k4": 6}


def test_a_district_is_no_one_of_its_municipalities(folder: Path) -> None:
    concept, indicator = observe(folder, NUMBERED | {OWN["id"]: 12, "land": 20})
    assert is_comparison(indicator)
    assert comparison_finding(concept, indicator) == (
        "Im Kreis Mitte lag der Anteil 2022 bei 12 %; "
        "die Werte der Gemeinden lagen zwischen 10 % (Ort g1) und 17 % (Ort g8)."
    )


def test_a_district_stands_among_districts(folder: Path) -> None:
    concept, indicator = observe(folder, NUMBERED | BESIDE | {OWN["id"]: 12, "land": 20})
    assert comparison_finding(concept, indicator) == (
        "Im Kreis Mitte lag der Anteil 2022 bei 12 %; zwei der 4 anderen Kreise hatten einen höheren Wert; "
        "die Werte der Gemeinden lagen zwischen 10 % (Ort g1) und 17 % (Ort g8)."
    )
    # Members and peers never share an axis.
    shown = comparison_chart(concept, indicator, narrow=False).layout.yaxis.ticktext
    assert {name.replace("<b>", "").replace("</b>", "") for name in shown} == {
        *(f"Ort {key}" for key in MEMBERS),
        "Kreis Mitte",
        "Land",
    }


def test_more_districts_than_municipalities(folder: Path) -> None:
    concept, indicator = observe(folder, {**BESIDE, OWN["id"]: 5, "land": 20, "g1": 50})
    shown = comparison_chart(concept, indicator, narrow=False).layout.yaxis.ticktext
    assert not any("Ort" in name for name in shown)


def test_without_a_value_of_its_own_members_speak_for_themselves(folder: Path) -> None:
    concept, indicator = observe(folder, NUMBERED | {"land": 99})
    assert comparison_finding(concept, indicator) == "In Ort g8 lag der Anteil 2022 mit 17 % am höchsten."
    concept, indicator = observe(folder, {"g1": 3, "g2": 4}, (2021, 2022))
    assert finding(indicator) == "Der Anteil lag 2022 zwischen 4 % (Ort g1) und 5 % (Ort g2)."
    concept, indicator = observe(folder, {"k1": 3, "k2": 4, "land": 7}, (2021, 2022))
    assert finding(indicator) == "Der Anteil lag 2022 zwischen 4 % (Kreis k1) und 5 % (Kreis k2)."


def test_a_peer_holds_nobody(folder: Path) -> None:
    concept, indicator = observe(folder, {"k1": 3, "land": 7}, (2020, 2021, 2022))
    assert "Kreis k1" not in str(development(concept, indicator))
    assert "Land" in str(development(concept, indicator))


def test_only_members_stand_in_the_table_of_members(folder: Path) -> None:
    """A bug once: municipalities of other districts stood there, too."""
    keys = {"g1": "03999001", "g2": "03999002", "g3": "03111003", OWN["id"]: OWN["ags"]}
    areas = rows(folder, "gebiete")
    write(
        folder,
        "gebiete",
        [area | {"ags": keys.get(area["id"], "")} for area in areas],
    )
    concept, _ = observe(folder, NUMBERED)
    table = districts_table(concept)
    assert table is not None
    assert [str(row.cells[0].lines[0][0].text) for row in table.rows] == ["Ort g1", "Ort g2"]
    # Where nothing says who is a member, nobody is called one.
    tell(folder, ags="")
    assert districts_table(load_concept(folder)) is None


def test_levels_bear_the_towns_own_words(tmp_path: Path) -> None:
    words = {
        "gemeinde": {"einzahl": "Mitgliedskommune", "mehrzahl": "Mitgliedskommunen"},
        "kreis": {"einzahl": "Landkreis", "mehrzahl": "Landkreise"},
    }
    concept, indicator = observe(town(tmp_path / "data", ebenen=words), NUMBERED | BESIDE | {OWN["id"]: 12})
    told = [
        comparison_finding(concept, indicator),
        str(latest(concept, indicator)),
        str(districts_table(concept)),
        str(bubble_map_figure(concept, indicator)),
        str(indicator_figure(concept, indicator)),
    ]
    assert "der 4 anderen Landkreise" in told[0]
    assert "weitere Landkreise" in told[1]
    assert "Mitgliedskommunen" in told[1]
    assert "Mitgliedskommunen des Landkreises Mitte" in told[2]
    assert "Unter 8 verglichenen Mitgliedskommunen" in told[3]
    assert not [text for text in told if "Gemeinde" in text or "Ortsteil" in text]


@pytest.mark.parametrize("area", ["g1", OWN["id"], "k1"])
def test_few_people_are_told_at_no_level(folder: Path, area: str) -> None:
    (indicator,) = rows(folder, "indikatoren")
    write(folder, "indikatoren", [indicator | {"mindestfallzahl": "10"}])
    with pytest.raises(AssertionError, match="3 liegt unter der Mindestfallzahl 10"):
        observe(folder, {area: 3}, fallzahl="3")
