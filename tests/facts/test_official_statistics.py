"""Series that the town has from official tables are those of the tables, counted apart from the program."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import pytest

from folders import PROGRAM, TOWN, rows

SAMPLES = PROGRAM / "tests/samples/statistik"
AREAS = {
    "K03241": "region-hannover",
    "K03241999": "umland-hannover",
    "": "niedersachsen",
    "K030": "niedersachsen",
}
CHARACTERISTICS = {
    "i-kita-auslaendische-herkunft": "ausländische Herkunft mindestens eines Elternteils",
    "i-kita-familiensprache": "in der Familie wird vorrangig nicht deutsch gesprochen",
}


def held(indicator: str) -> dict[tuple[str, str], str]:
    return {
        (row["gebiet_id"], row["zeit"]): row["wert"]
        for row in rows(TOWN / "data", "messwerte")
        if row["indikator_id"] == indicator
    }


def table(name: str, separator: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.mark.parametrize("indicator", CHARACTERISTICS)
def test_values_of_the_monitoring_for_children(indicator: str) -> None:
    said = {
        (AREAS[row["GeoCode"]], row["Year"]): Decimal(row["Value"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for row in table("neu/indicator_3-1-2.csv", ",")
        if row["GeoCode"] in AREAS and row["Kinderbetreuung"] == CHARACTERISTICS[indicator]
    }
    assert {key: Decimal(value.replace(",", ".")) for key, value in held(indicator).items()} == said


def test_values_of_the_monitoring_for_naturalisations() -> None:
    said = {
        (AREAS[row["GeoCode"]], row["Year"]): row["Value"]
        for row in table("neu/indicator_2-3-1.csv", ",")
        if row["GeoCode"] in AREAS
    }
    assert held("i-einbuergerungen") == said


def test_values_of_the_census() -> None:
    areas = {row["ags"]: row["id"] for row in rows(TOWN / "data", "gebiete") if row["ags"]}
    said = {
        areas.get(key[:5] + key[-3:], "deutschland"): row["value"]
        for row in table("1000A-0000_de_flat_auszug.csv", ";")
        if (key := row["1_variable_attribute_code"])
    }
    found = held("i-bevoelkerung-zensus")
    # The state is in another table.
    assert {area: value for (area, _), value in found.items() if area != "niedersachsen"} == said
