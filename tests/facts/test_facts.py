"""The town of this repository: its data and pages are sound, and say what the sources say.

These are the only tests that read its data and pages; those of the program take the frozen examples.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from folders import TOWN, columns, rows, schema
from konzept.authors.check import check_project
from prose import lines, plain

DATA, BOOK = TOWN / "data", TOWN / "book"
TABLES = [resource["name"] for resource in schema()["resources"]]
SOURCED = [table for table in TABLES if "quelle_id" in columns(table)]


def test_data_and_pages_are_sound() -> None:
    assert [str(problem) for problem in check_project(DATA, BOOK)] == []


@pytest.mark.parametrize("table", SOURCED)
def test_every_row_has_source_and_passage(table: str) -> None:
    for row in rows(DATA, table):
        assert row["quelle_id"].startswith("d-")
        assert row["fundstelle"].strip()


def test_files_are_as_german_excel_writes_them() -> None:
    for table in TABLES:
        content = (DATA / f"{table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), table
        assert content.endswith(b"\n"), table


def _facts(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(resource: str) -> list[str]:
    descriptor = next(r for r in schema()["resources"] if r["name"] == resource)
    key = descriptor["schema"]["primaryKey"]
    return [key] if isinstance(key, str) else key


FACTS = sorted(p.stem for p in Path(__file__).parent.glob("*.csv") if p.stem not in ("anzahlen", "seiten"))


@pytest.mark.parametrize("name", FACTS)
def test_data_equal_the_facts_read_from_the_sources(name: str) -> None:
    """The list was written by reading the sources line by line, apart from the data."""
    wrong = []
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for fact in _facts(name):
        table = fact["table"]
        if table not in tables:
            key = _key(table)
            tables[table] = {"|".join(row[k] for k in key): row for row in rows(DATA, table)}
        found = tables[table].get(fact["key"])
        actual = found.get(fact["column"], "vorhanden") if found else "fehlt"
        # Numbers are equal whether or not a trailing zero is written.
        same = _number(actual) == _number(fact["expected"]) if fact["column"] == "wert" else False
        if actual != fact["expected"] and not same:
            wrong.append(
                (fact["table"], fact["key"], fact["column"], actual, fact["expected"], fact["source"])
            )
    assert wrong == []


def _number(text: str) -> float | str:
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(,\d+)?", text) else text


def test_data_have_as_many_rows_as_the_sources() -> None:
    wrong = []
    facts = _facts("anzahlen")
    tables = {fact["table"]: rows(DATA, fact["table"]) for fact in facts}
    for fact in facts:
        names = fact["column"].split("|")
        actual = sum("|".join(row[n] for n in names) == fact["value"] for row in tables[fact["table"]])
        if actual != int(fact["expected"]):
            wrong.append(
                (fact["table"], fact["column"], fact["value"], actual, fact["expected"], fact["source"])
            )
    assert wrong == []


@pytest.mark.parametrize("page", sorted({fact["page"] for fact in _facts("seiten")}))
def test_pages_say_what_the_sources_say(page: str) -> None:
    """What only prose carries: its words were taken from the sources, apart from the pages."""
    prose = " ".join(plain(text) for _, text in lines(BOOK / page)).replace("\N{NO-BREAK SPACE}", " ")
    wrong = [f for f in _facts("seiten") if f["page"] == page and f["expected"] not in prose]
    assert wrong == []


def test_no_source_tells_of_a_survey() -> None:
    """Surveys that tests show are invented, and stay out of the town's data."""
    assert rows(DATA, "umfrageergebnisse") == []
    assert not (DATA / "umfragen").exists()
