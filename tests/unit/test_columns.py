"""What is taken for sound at once is what frictionless finds nothing wrong with, value for value."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import REAL, rows, schema, write
from konzept.data.columns import Sheet, sound_values
from konzept.data.judging import judge
from konzept.data.package import Column, Table, load_package
from konzept.data.reading import read_folder
from sentences.programs import OTHERS

PACKAGE = load_package(REAL)
SCHEMAS = {r["name"]: r["schema"] for r in schema()["resources"]}
HEIGHT = 6

ODD = (
    *(
        "",
        "x",
        "Bildung",
        "bildung",
        "d-x",
        "d-x y",
        "D-X",
        "2025-06-25",
        "25.06.2025",
        "5.6.2025",
        "20250625",
    ),
    *(
        "31.02.2023",
        "0",
        "1",
        "01",
        "-1",
        "1,0",
        "1,5",
        "91",
        "-90,0001",
        "180",
        "2101",
        "33.000",
        "1e5",
        "٣",
        "NaN",
    ),
    *(
        "999999999999999999",
        "1000000000000000000",
        "0,1234567890123456789",
        "0,3",
        "0,30000000000000001",
        "x-d-x y",
        "-0",
        "inf",
        "True",
        "None",
    ),
    *("03241011", "0324101x", "https://x.de", "http://", "a@b.de", "a@b", "ja", "nein", "\x00", "\n"),
)
"""Cells that are right in some columns and wrong in others."""


def _sheet(table: str) -> Sheet:
    with (REAL / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        body = list(csv.reader(file, delimiter=";"))[1 : HEIGHT + 1]
    return Sheet(PACKAGE.tables[table], body, list(range(2, len(body) + 2)))


SHEETS = {name: sheet for name in PACKAGE.tables if (sheet := _sheet(name)).rows}


EVERY_RULE: dict[str, dict[str, Any]] = {
    "wort": {"type": "string"},
    "tag": {"type": "date"},
    "muster": {"type": "string", "constraints": {"pattern": r"[a-z]-\w+|\d{8}", "unique": True}},
    "art": {
        "type": "string",
        "constraints": {"required": True},
        "categories": [{"value": "ja", "label": "Ja"}, {"value": "nein", "label": "Nein"}],
    },
    "nr": {"type": "integer", "constraints": {"unique": True, "minimum": 1}},
    "jahr": {"type": "integer", "constraints": {"required": True, "minimum": 91, "maximum": 2100}},
    "wert": {"type": "number", "constraints": {"minimum": -90, "maximum": 0.3}},
}
"""Columns with each kind of constraint; the first two are the key and may be empty."""
ROWS = (
    ("x", "2025-06-25", "d-x", "ja", "1", "2020", "0,1"),
    ("x", "", "", "nein", "", "91", "-1"),
    ("", "01.01.2020", "12345678", "ja", "02", "2100", ""),
)


@pytest.mark.parametrize("name", EVERY_RULE)
def test_every_rule_judges_as_frictionless_does(name: str) -> None:
    fields = [{"name": n, **field} for n, field in EVERY_RULE.items()]
    described = {"fields": fields, "primaryKey": ["wort", "tag"], "missingValues": [""]}
    columns = tuple(Column(n, n, field["type"]) for n, field in EVERY_RULE.items())
    table = Table("probe", "Probe", "probe.csv", columns, ("wort", "tag"), {})
    at = [*EVERY_RULE].index(name)
    sound = 0
    for row in range(3):
        for cell in {*ODD, *(other[at] for other in ROWS)}:
            body = [list(other) for other in ROWS]
            body[row][at] = cell
            sheet = Sheet(table, body, [2, 3, 4])
            values, problems = judge(sheet, described, "x.csv")
            assert sound_values(sheet, described) == (None if problems else values), (row, cell)
            sound += not problems
    assert 0 < sound < 3 * len(ODD)


@st.composite
def changed_sheets(draw: st.DrawFn) -> Sheet:
    """Give the first rows of a real table with up to three cells or rows changed."""
    sheet = SHEETS[draw(st.sampled_from(sorted(SHEETS)))]
    body = [list(row) for row in sheet.rows]
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.sampled_from(body))
        at = draw(st.integers(0, len(row) - 1))
        beside = draw(st.sampled_from(body))
        if draw(st.booleans()):
            row[:at] = beside[:at]
        row[at] = draw(st.sampled_from((*ODD, beside[at])) | st.text(max_size=3))
    return Sheet(sheet.table, body, sheet.lines)


@settings(max_examples=150, deadline=None)
@given(changed_sheets())
def test_sound_at_once_is_sound_for_frictionless(sheet: Sheet) -> None:
    described = SCHEMAS[sheet.table.name]
    values, problems = judge(sheet, described, "x.csv")
    assert sound_values(sheet, described) == (None if problems else values)


@pytest.mark.parametrize("table", SHEETS)
def test_the_projects_tables_are_read_at_once(table: str) -> None:
    sheet = SHEETS[table]
    assert sound_values(sheet, SCHEMAS[table]) == judge(sheet, SCHEMAS[table], "x.csv")[0]


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        ({"missingValues": ["", "-"]}, {}),
        ({}, {"format": "email"}),
        ({}, {"constraints": {"minLength": 900}}),
        ({}, {"constraints": {"pattern": "["}}),
        ({}, {"constraints": {"minimum": "viel"}}),
    ],
)
def test_what_is_not_known_here_is_left_to_frictionless(whole: dict[str, Any], first: dict[str, Any]) -> None:
    described = SCHEMAS["gruppen"] | whole
    described["fields"] = [described["fields"][0] | first, *described["fields"][1:]]
    assert sound_values(SHEETS["gruppen"], described) is None


def test_a_sound_check_loads_neither_frictionless_nor_pandas() -> None:
    code = "import sys; from pathlib import Path; from konzept.authors.check import check_project; " + (
        f"found = check_project(Path({str(REAL)!r}), Path({str(REAL.parent / 'book')!r})); "
        "print(found, {'frictionless', 'pandas', 'numpy', 'plotly'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "() set()\n"


def test_numbers_too_large_for_a_table_are_named(data: Path) -> None:
    """A bug once: they ended in a traceback."""
    content = rows(data, "messwerte")
    content[0]["fallzahl"] = "9" * 19
    content[1]["fallzahl"] = "9" * 18
    write(data, "messwerte", content)
    assert [str(problem) for problem in read_folder(data).problems] == [
        "data/messwerte.csv, Zeile 2, Spalte „fallzahl“: „9999999999999999999“ ist keine Zahl. "
        "Schreiben Sie zum Beispiel 2024."
    ]


def test_what_only_the_judge_knows_has_a_sentence() -> None:
    """The description allows no such column any more; whatever comes, an author reads German."""
    described = {"fields": [{"name": "wort", "type": "boolean"}], "primaryKey": ["wort"]}
    table = Table("probe", "Probe", "probe.csv", (Column("wort", "Wort", "boolean"),), ("wort",), {})
    _, problems = judge(Sheet(table, [["vielleicht"]], [2]), described, "x.csv")
    assert problems[0].message == OTHERS["Unvorhergesehenes"]
