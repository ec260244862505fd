"""Keys that are missing, and rows that have slipped: a sentence with its place in every table, never a traceback."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from folders import PROJECT, real_copy, rows, schema, write
from konzept.authors.check import check_project
from konzept.data.problems import Problem

TABLES = [r["name"] for r in schema()["resources"]]
ANSWER = {"frage": "Wo?", "antwort": "hier", "anzahl": "9", "grundgesamtheit": "9", "mehrfach": "ja"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data, each table with a row, and two pages that ask for them."""
    folder = tmp_path_factory.mktemp("verrutscht")
    data = real_copy(folder / "data")
    answer = {
        **ANSWER,
        "ereignis_id": "e-auftakt",
        "quelle_id": "d-sachstandsbericht-2",
        "fundstelle": "S. 1",
    }
    write(data, "umfrageergebnisse", [answer])
    write(
        data,
        "freigaben",
        [
            {
                "handlungsfeld_id": "bildung",
                "gremium_id": "g-rat",
                "tag": "2025-06-25",
                "fingerabdruck": "0" * 8 + "-" + "0" * 8 + "-" + "0" * 8,
            }
        ],
    )
    check = {"sprache": "en", "geprueft_am": "2025-06-25", "geprueft_von": "Amt", "fingerabdruck": "0" * 12}
    write(data, "pruefungen", [check])
    # Fewer values, so that looking at them does not take long; all areas and groups are there.
    write(data, "messwerte", rows(data, "messwerte")[:40])
    (folder / "book/chapters").mkdir(parents=True)
    for page in ("index.md", "chapters/01-bildung.md"):
        shutil.copy(PROJECT / "book" / page, folder / "book" / page)
    shutil.copy(PROJECT / "_config.yml", folder)
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n- file: book/chapters/01-bildung\n", "utf-8"
    )
    assert check_project(data, folder / "book") == ()
    return folder


def harms(table: str, header: list[str]) -> Iterator[tuple[str, list[str] | None]]:
    """Give each harm with the column that is to be named; None where the whole row is meant."""
    (resource,) = [r for r in schema()["resources"] if r["name"] == table]
    key = resource["schema"]["primaryKey"]
    for name in [key] if isinstance(key, str) else key:
        yield f"leer:{name}", [name]
    yield "rechts", header[:1]
    yield "links", header
    yield "eine mehr", None
    yield "eine weniger", None


def harmed(harm: str, header: list[str], cells: list[str]) -> list[str]:
    if harm == "rechts":
        # As Excel does when a cell is inserted: what falls off at the end is empty, or a cell more.
        return ["", *cells[:-1]] if not cells[-1] else ["", *cells]
    if harm == "links":
        return [*cells[1:], ""]
    if harm == "eine mehr":
        return [*cells, "noch eine"]
    if harm == "eine weniger":
        return cells[:-1]
    at = header.index(harm.removeprefix("leer:"))
    return [*cells[:at], "", *cells[at + 1 :]]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("last", [False, True], ids=["first", "last"])
def test_every_table_says_where(table: str, last: bool, project: Path) -> None:
    path = project / "data" / f"{table}.csv"
    sound = path.read_bytes()
    header, *body = csv.reader(io.StringIO(sound.decode("utf-8-sig"), newline=""), delimiter=";")
    at = len(body) - 1 if last else 0
    line = 2 + at + sum(cell.count("\n") for cells in body[:at] for cell in cells)
    try:
        for harm, columns in harms(table, header):
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=";", lineterminator="\n")
            writer.writerows([header, *body[:at], harmed(harm, header, body[at]), *body[at + 1 :]])
            path.write_bytes(text.getvalue().encode())
            found = [
                p for p in check_project(project / "data", project / "book") if p.file == f"data/{table}.csv"
            ]
            assert says_where(found, line, columns), (harm, [str(p) for p in found])
            # What points to this table is right, and not blamed.
            assert {p.line for p in found} == {line}, harm
    finally:
        path.write_bytes(sound)


def says_where(found: list[Problem], line: int, columns: list[str] | None) -> bool:
    """Tell whether a problem names the row, and a column or how many cells there are."""
    return any(
        p.line == line and (p.column in (columns or ()) or "Die Zeile hat " in p.message) for p in found
    )
