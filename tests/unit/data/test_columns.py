"""What we read from cells, and where we find something wrong, is what frictionless reads and finds."""

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from folders import REAL, rows, small_copy, write
from konzept.data.columns import Sheet, Values, typed
from konzept.data.describing import limits
from konzept.data.package import load_package, table_of
from konzept.data.reading import read_folder
from konzept.words import german

PACKAGE = load_package(REAL)
SCHEMAS = {r["name"]: r["schema"] for r in PACKAGE.descriptor["resources"]}
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
    "kurz": {"type": "string", "constraints": {"minLength": 2, "maxLength": 4}},
}
"""Columns with each kind of constraint; the first two are the key and may be empty."""
ROWS = (
    ("x", "2025-06-25", "d-x", "ja", "1", "2020", "0,1", "Rat"),
    ("x", "", "", "nein", "", "91", "-1", ""),
    ("", "01.01.2020", "12345678", "ja", "02", "2100", "", "ja"),
)
PROBE: dict[str, Any] = {
    "fields": [{"name": name, **field} for name, field in EVERY_RULE.items()],
    "primaryKey": ["wort", "tag"],
    "missingValues": [""],
}


Places = set[tuple[int, str | None]]


def ours(sheet: Sheet, described: dict[str, Any]) -> tuple[Values, Places]:
    """Give what we read, and where we find something wrong: lines and columns."""
    values, problems = typed(sheet, described, "x.csv")
    return values, {(problem.line, problem.column) for problem in problems}


def theirs(sheet: Sheet, described: dict[str, Any]) -> tuple[Values, Places]:
    """Give what frictionless reads, and where it finds something wrong."""
    left = ("decimalChar", "categories", "categoriesOrdered")
    fields = [
        {**{k: v for k, v in f.items() if k not in left}, "constraints": limits(f)}
        for f in described["fields"]
    ]
    own = {k: v for k, v in described.items() if k != "foreignKeys"}
    columns = sheet.table.columns
    body = [[_written(cell, c.type) for cell, c in zip(row, columns, strict=True)] for row in sheet.rows]
    values: dict[str, list[Any]] = {column.name: [] for column in columns}
    places: Places = set()
    with frictionless.Resource(
        data=[[column.name for column in columns], *body],
        schema=frictionless.Schema.from_descriptor({**own, "fields": fields}),
    ) as resource:
        for line, cells, row in zip(sheet.lines, sheet.rows, resource.row_stream, strict=True):
            for name, value in row.to_dict().items():
                values[name].append(float(value) if isinstance(value, Decimal) else value)
            for error in row.errors:
                key = error.type == "primary-key"
                places.add((line, _place_of_key(sheet, cells) if key else error.field_name))
    return values, places


def _written(cell: str, kind: str) -> str:
    """Write a German day or number as Table Schema does; what is neither is none there."""
    try:
        if kind == "date" and cell:
            return german.parse_date(cell).isoformat()
        if kind in ("integer", "number") and cell:
            number = german.parse_number(cell)
            return str(number) if abs(number) < 10**18 else "?"
    except ValueError:
        return "?"
    return cell


def _place_of_key(sheet: Sheet, cells: list[str]) -> str:
    named = dict(zip([column.name for column in sheet.table.columns], cells, strict=True))
    lacking = [name for name in sheet.table.key if not named[name]]
    return lacking[0] if lacking else " + ".join(sheet.table.key)


@pytest.mark.parametrize("name", EVERY_RULE)
def test_every_rule_judges_as_frictionless_does(name: str) -> None:
    table = table_of({"name": "probe", "path": "probe.csv", "schema": PROBE}, {})
    at = [*EVERY_RULE].index(name)
    sound = 0
    for row in range(3):
        for cell in {*ODD, *(other[at] for other in ROWS)}:
            body = [list(other) for other in ROWS]
            body[row][at] = cell
            sheet = Sheet(table, body, [2, 3, 4])
            found = ours(sheet, PROBE)
            if not (name == "tag" and cell and found[0]["tag"][row] is None):
                assert found == theirs(sheet, PROBE), (row, cell)
            sound += not found[1]
    assert 0 < sound < 3 * len(ODD)


def test_a_key_that_cannot_be_read_is_no_key_of_another_row() -> None:
    """A bug once: of two rows with different mistakes in their day the second was called the first's double."""
    table = table_of({"name": "probe", "path": "probe.csv", "schema": PROBE}, {})
    body = [list(ROWS[0]), list(ROWS[0])]
    body[0][1], body[1][1], body[1][2], body[1][4] = "31.02.2023", "32.02.2023", "", ""
    assert ours(Sheet(table, body, [2, 3]), PROBE)[1] == {(2, "tag"), (3, "tag")}


@st.composite
def changed_sheets(draw: st.DrawFn) -> Sheet:
    """Give the first rows of a real table with up to four cells or rows changed."""
    sheet = SHEETS[draw(st.sampled_from(sorted(SHEETS)))]
    body = [list(row) for row in sheet.rows]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.sampled_from(body))
        at = draw(st.integers(0, len(row) - 1))
        beside = draw(st.sampled_from(body))
        if draw(st.booleans()):
            row[:at] = beside[:at]
        row[at] = draw(st.sampled_from((*ODD, beside[at])) | st.text(max_size=3))
    assume(all(map(any, body)))  # our reader passes over rows without anything
    return Sheet(sheet.table, body, sheet.lines)


@settings(max_examples=400, deadline=None)
@given(changed_sheets())
def test_broken_tables_are_judged_as_by_frictionless(sheet: Sheet) -> None:
    found = ours(sheet, SCHEMAS[sheet.table.name])
    types = {column.name: column.type for column in sheet.table.columns}
    for name in sheet.table.key:
        unread = [v is None and cell for v, cell in zip(found[0][name], sheet.columns[name], strict=True)]
        assume(types[name] == "string" or not any(unread))
    assert found == theirs(sheet, SCHEMAS[sheet.table.name])


@pytest.mark.parametrize("table", SHEETS)
def test_the_projects_tables_are_sound_for_both(table: str) -> None:
    found = ours(SHEETS[table], SCHEMAS[table])
    assert found == theirs(SHEETS[table], SCHEMAS[table])
    assert found[1] == set()


REFERRING = sorted((name, column) for name, table in PACKAGE.tables.items() for column in table.references)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_copy(tmp_path_factory.mktemp("small") / "data")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_lost_keys_are_those_that_frictionless_misses(small: Path, data: st.DataObject) -> None:
    table, column = data.draw(st.sampled_from(REFERRING))
    target, key = PACKAGE.tables[table].references[column]
    there, here = rows(small, target), rows(small, table)
    cells = st.sampled_from(["", "x", *(row[key] for row in there), *(f"{row[key]}x" for row in there)])
    changed = [{**row, column: data.draw(cells)} for row in here]
    resources = [
        {"name": name, "data": [list(body[0]), *(list(row.values()) for row in body)]}
        for name, body in ({target: there} | {table: changed}).items()
        if body
    ]
    assume(here)
    for resource in resources:
        names = resource["data"][0]
        resource["schema"] = {"fields": [{"name": name, "type": "string"} for name in names]}
    reference = {"resource": "" if target == table else target, "fields": [key]}
    resources[-1]["schema"]["foreignKeys"] = [{"fields": [column], "reference": reference}]
    package = frictionless.Package.from_descriptor({"name": "probe", "resources": resources})
    with package.get_resource(table) as resource:
        missed = {row.row_number for row in resource.row_stream if row.errors}
    try:
        write(small, table, changed)
        found = read_folder(small).problems
    finally:
        write(small, table, here)
    lost = {p.line for p in found if p.column == column and f"gibt es in {target} nicht" in p.message}
    assert lost == missed


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_rows_of_another_width_are_those_that_frictionless_finds(small: Path, data: st.DataObject) -> None:
    """Of the heading, too: what is lacking, twice or unknown there is found by both."""
    table = data.draw(st.sampled_from(sorted(SHEETS)))
    path = small / f"{table}.csv"
    typed_in = path.read_bytes()
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file, delimiter=";")
    changed = [data.draw(st.sampled_from((row, row[:-1], [*row, "x"]))) for row in body]
    heading = data.draw(st.sampled_from((head, head, head[:-1], [*head, head[0]], ["x", *head[1:]])))
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([heading, *changed])
        found = [p for p in read_folder(small).problems if p.file == f"data/{table}.csv"]
    finally:
        path.write_bytes(typed_in)
    described = frictionless.Schema.from_descriptor(
        {"fields": [{"name": name, "type": "string"} for name in head]}
    )
    report = frictionless.Resource(data=[heading, *changed], schema=described).validate()
    told = report.flatten(["rowNumber", "type"])
    assert (heading != head) == any(line is None for line, _ in told) == any(p.line == 1 for p in found)
    if heading == head:
        wide = [p.line for p in found if "statt" in p.message]
        assert wide == sorted({line for line, _ in told})


def test_a_check_loads_neither_frictionless_nor_pandas() -> None:
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
