"""Official names and keys lead to their area, and never to a district of the town."""

from pathlib import Path

import pytest

from folders import REAL, rows
from konzept.authors.excel.keys import Names
from konzept.data.reading import read_folder
from konzept.words.areas import Area, area_meant, may_be_meant

AREAS = [
    Area("adorf", "Adorf", "gemeinde", "03999011"),
    Area("adorf-kernstadt", "Kernstadt Adorf", "ortsteil"),
    Area("landeshauptstadt-bern", "Landeshauptstadt Bern", "gemeinde", "03999001"),
    Area("region-bern", "Region Bern", "kreis"),
    Area("markt-dorf", "Cdorf (Heide)", "gemeinde", "03999020"),
    Area("ost", "Ostland", "land"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Adorf, Stadt", "adorf"),
        ("Stadt Adorf", "adorf"),
        ("Adorf (Stadt)", "adorf"),
        ("ADORF,  STADT", "adorf"),
        ("03999011", "adorf"),
        ("3999011", "adorf"),
        ("039990011011", "adorf"),
        ("03 9 99 0011 011", "adorf"),
        ("039990011", "adorf"),
        ("Bern, Landeshauptstadt", "landeshauptstadt-bern"),
        ("Bern, Stadt", "landeshauptstadt-bern"),
        ("Region Bern, Landkreis", "region-bern"),
        ("Bern, Landkreis", "region-bern"),
        ("Cdorf (Heide), Gemeinde", "markt-dorf"),
        ("Ostland, Land", "ost"),
        ("Kernstadt Adorf", "adorf-kernstadt"),
        ("Bern", None),
        ("Ddorf, Stadt", None),
        ("03999099", None),
        ("2024", None),
    ],
)
def test_official_names_and_keys(text: str, key: str | None) -> None:
    assert area_meant(text, AREAS) == key


@pytest.mark.parametrize(
    ("text", "asked"), [("Adorf, Stdt", False), ("Kernstadt Adrf", True), ("Adorf", False)]
)
def test_a_district_is_suggested_for_its_own_name_alone(text: str, asked: bool) -> None:
    assert may_be_meant(text, AREAS[1]) is asked


def test_the_workbook_understands_them() -> None:
    names = Names()
    names.add("gebiete", rows(REAL, "gebiete"))
    found = [
        names.resolve("gebiete", text) for text in ("Lehrte, Stadt", "03241011", "032410011", "Lehrte, Stdt")
    ]
    assert found == ["lehrte", "lehrte", "lehrte", None]
    assert "Kernstadt" not in names.unknown("gebiete", "Gebiete", "Lehrte, Stdt")


def test_every_area_of_the_data_is_found_by_its_name_and_key(real: Path) -> None:
    content = read_folder(real).rows["gebiete"]
    areas = [Area(r["id"], r["name"], r["ebene"], r["ags"] or "") for r in content]
    assert [area_meant(a.name, areas) for a in areas] == [a.key for a in areas]
    towns = [a for a in areas if a.code]
    assert [area_meant(a.code, areas) for a in towns] == [a.key for a in towns]
    assert [area_meant(f"{a.name}, Stadt", areas) for a in towns] == [a.key for a in towns]
