"""The files: valid by frictionless, equal to the data, the same bytes, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pytest

from folders import REAL, minimal, rows, schema, write
from konzept.concept.assembly import load_concept
from konzept.site.opendata.files import OpenData, open_data


@pytest.fixture(scope="module")
def made() -> OpenData:
    return open_data(load_concept(REAL))


def put(data: OpenData, folder: Path) -> Path:
    for name, content in data.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def errors(path: Path) -> list[str]:
    report = frictionless.validate(str(path))
    return [f"{e.message}" for task in report.tasks for e in task.errors] + [e.message for e in report.errors]


@pytest.mark.parametrize("kind", ["real", "minimal", "hostile"])
def test_the_package_is_valid(kind: str, tmp_path: Path, hostile_data: Path) -> None:
    folders = {"real": REAL, "hostile": hostile_data}
    folder = folders.get(kind) or minimal(tmp_path / "data")
    data = put(open_data(load_concept(folder)), tmp_path / "daten")
    assert errors(data / "datapackage.json") == []


def test_frictionless_would_find_a_wrong_value(made: OpenData, tmp_path: Path) -> None:
    folder = put(made, tmp_path)
    path = folder / "messwerte.csv"
    path.write_bytes(path.read_bytes().replace(b";21,5;", b";viel;", 1))
    assert errors(folder / "datapackage.json") != []


def test_the_package_is_of_version_2(made: OpenData) -> None:
    description = json.loads(made.files["datapackage.json"])
    assert description["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in description["resources"]:
        content = made.files[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert resource["type"] == "table"
        assert "profile" not in resource
    # What belongs to this program alone is not told.
    assert "konzept" not in description
    assert made.hints == ()


def test_allowed_words_are_explained(made: OpenData) -> None:
    (table_,) = (
        r for r in json.loads(made.files["datapackage.json"])["resources"] if r["name"] == "statusverlauf"
    )
    (field,) = (f for f in table_["schema"]["fields"] if f["name"] == "status")
    assert {c["value"] for c in field["categories"]} == set(field["constraints"]["enum"])
    assert {"value": "in_pruefung", "label": "in Prüfung"} in field["categories"]


def test_tables_hold_what_the_data_hold(made: OpenData) -> None:
    for resource in json.loads(made.files["datapackage.json"])["resources"]:
        numbers = {f["name"] for f in resource["schema"]["fields"] if f["type"] in ("number", "integer")}
        told, known = table(made.files[resource["path"]]), rows(REAL, resource["name"])
        assert len(told) == len(known)
        for ours, theirs in zip(told, known, strict=True):
            for name, cell in theirs.items():
                if name in numbers and cell:
                    assert Decimal(ours[name].replace(",", ".")) == Decimal(cell.replace(",", "."))
                else:
                    assert ours[name].removeprefix("'") == cell.strip()


def test_no_cell_of_any_file_is_run_as_a_formula(hostile_data: Path) -> None:
    data = open_data(load_concept(hostile_data))
    cells = [
        cell
        for name, content in data.files.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        for cell in row
    ]
    dangerous = [
        c
        for c in cells
        if c[:1] in tuple("=+@\t\r") or (c[:1] == "-" and not c[1:].replace(",", "").isdigit())
    ]
    assert dangerous == []
    assert sum(cell.startswith("'=HYPERLINK") for cell in cells) > 10


def test_negative_numbers_stay_numbers(data: Path) -> None:
    areas = rows(data, "gebiete")
    areas[-1] |= {"breite": "52,3", "laenge": "-9,976958"}
    write(data, "gebiete", areas)
    changed = open_data(load_concept(data))
    assert table(changed.files["gebiete.csv"])[-1]["laenge"] == "-9,976958"
    sheet = openpyxl.load_workbook(io.BytesIO(changed.files["integrationskonzept-daten.xlsx"]))["Gebiete"]
    assert -9.976958 in [cell.value for cell in sheet[sheet.max_row]]


def test_indicators_have_the_same_columns_and_all_values(made: OpenData) -> None:
    names = [f["name"] for f in json.loads(made.files["indikatoren/schema.json"])["fields"]]
    found = []
    for indicator in rows(REAL, "indikatoren"):
        content = made.files[f"indikatoren/{indicator['id']}.csv"]
        assert next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) == names
        told = json.loads(made.files[f"indikatoren/{indicator['id']}.json"])
        assert (told["name"], told["definition"], told["einheit"]) == (
            *(indicator["name"], indicator["definition"] or None, indicator["einheit"]),
        )
        for row, value in zip(table(content), told["werte"], strict=True):
            assert row["definition"].removeprefix("'") == indicator["definition"]
            assert value["wert"] is None or isinstance(value["wert"], int | float)
            assert (value["wert"] is None) == (row["wert"] == "")
            if row["wert"]:
                assert Decimal(str(value["wert"])) == Decimal(row["wert"].replace(",", "."))
            assert row["quelle"]
            assert row["fundstelle"]
            assert row["lizenz"]
            assert row["revision"] <= "2025-12-18"
            found.append(
                (
                    row["indikator_id"],
                    row["gebiet_id"],
                    row["gruppe_id"],
                    row["zeit"],
                    row["art"],
                    row["quelle_id"],
                )
            )
        days = [row["revision"] for row in table(content) if row["revision"]]
        assert told["revision"] == max(days, default=None)
    keys = ("indikator_id", "gebiet_id", "gruppe_id", "zeit", "art", "quelle_id")
    assert sorted(found) == sorted(tuple(row[k] for k in keys) for row in rows(REAL, "messwerte"))


def test_indicators_are_valid_by_their_schema(made: OpenData, tmp_path: Path) -> None:
    folder = put(made, tmp_path)
    schema = frictionless.Schema.from_descriptor(json.loads(made.files["indikatoren/schema.json"]))
    for path in sorted((folder / "indikatoren").glob("*.csv")):
        resource = frictionless.Resource(
            path=path.name,
            basepath=str(path.parent),
            schema=schema,
            dialect=frictionless.Dialect.from_descriptor({"delimiter": ";"}),
        )
        report = resource.validate()
        assert report.valid, (path.name, report.flatten(["message"]))


def test_the_archive_is_whole_and_always_the_same(made: OpenData, tmp_path: Path) -> None:
    load_concept.__globals__["_load"].cache_clear()
    assert open_data(load_concept(REAL)).files == made.files
    archive = zipfile.ZipFile(io.BytesIO(made.files["integrationskonzept-daten.zip"]))
    assert archive.testzip() is None
    assert archive.namelist() == sorted(archive.namelist())
    assert {info.date_time for info in archive.infolist()} == {(2025, 12, 18, 0, 0, 0)}
    assert set(made.files) - set(archive.namelist()) == {"katalog.ttl", "integrationskonzept-daten.zip"}
    packed = {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}
    assert packed == {name: made.files[name] for name in packed}
    archive.extractall(tmp_path)
    check = [shutil.which("sha256sum") or "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=tmp_path, check=True)


def test_checksums_are_those_of_all_files(made: OpenData) -> None:
    told = dict(reversed(line.split("  ")) for line in made.files["SHA256SUMS"].decode().splitlines())
    assert told == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in made.files.items()
        if name != "SHA256SUMS"
    }


def test_nothing_of_the_schema_is_lost(made: OpenData) -> None:
    """What the published description leaves out is for the program alone, by its name."""
    ours = {
        "aenderung",
        "frueher",
        "seit",
        "profile",
        "phase",
        "bedeutet",
        "kurz",
        "mehrzahl",
        "kriterium",
        "nachweis",
    }
    told = json.loads(made.files["datapackage.json"])["resources"]
    for resource, given in zip(told, schema()["resources"], strict=True):
        assert given.keys() - ours - resource.keys() == set()
        for field, known in zip(resource["schema"]["fields"], given["schema"]["fields"], strict=True):
            assert known.keys() - ours - field.keys() == set(), field


def test_an_indicator_without_values_has_its_definition(made: OpenData) -> None:
    known = {row["indikator_id"] for row in rows(REAL, "messwerte")}
    silent = next(row for row in rows(REAL, "indikatoren") if row["id"] not in known)
    told = json.loads(made.files[f"indikatoren/{silent['id']}.json"])
    assert (told["werte"], told["quellen"], told["revision"]) == ([], [], None)
    assert told["name"] == silent["name"]


def test_nothing_else_of_the_folder_is_published(data: Path) -> None:
    (data / "intern").mkdir()
    (data / "intern" / "namen.txt").write_text("Erika Mustermann\n", "utf-8")
    (data / "notizen.csv").write_text("a;b\n1;2\n", "utf-8")
    made = open_data(load_concept(data))
    assert not [name for name in made.files if "intern" in name or "notizen" in name]
    assert not [name for name, content in made.files.items() if b"Mustermann" in content]
