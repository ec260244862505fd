"""Other towns from data alone: a district, a region with 21 members, an empty town; nothing of the first town is in them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from pypdf import PdfReader

from conftest import run_konzept
from folders import EXAMPLES, PROJECT, rows
from konzept.authors.check import check_hints, check_project

DISTRICT, REGION = EXAMPLES / "landkreis", EXAMPLES / "region"
EMPTY = "leer"
TOWNS = ("landkreis", "region", EMPTY)

_NAMES = {row["name"] for row in rows(PROJECT / "data", "gebiete") if row["ebene"] == "ortsteil"}
OF_THE_FIRST = (
    *(re.escape(name) for name in sorted(_NAMES)),
    *("Lehrter", "Stadt Lehrte", r"[vV]on Lehrte", r"[fF]ür Lehrte", "Stadtgesellschaft", "Stadtverwaltung"),
    *(
        r"\b[Dd](?:er|es|em|en) Rat(?:e?s)?\b",
        r"\b[Ii]m Rat\b",
        "Ratsfassung",
        "Ratsmitglied",
        r"\bstädtisch",
    ),
    *(
        r"\b[Dd](?:ie|er) Stadt\b",
        r"\b[Ii]n der Stadt\b",
        "Kurt-Hirschfeld",
        "Sachstandsbericht –",
        "SehndeNews",
    ),
)
"""Words of the first town: its places, its bodies, its kind, its papers."""
NOWHERE = ("Lehrte",)
"""Its name; in a region it is one of the members."""


@pytest.fixture(scope="session")
def towns(once: Callable[[str, Callable[[Path], None]], Path]) -> dict[str, Path]:
    """All three, built by the program: pages and paper of those with data, pages of the empty one."""

    def build(folder: Path) -> None:
        for town in (DISTRICT, REGION):
            run_konzept(town, "build").check_returncode()
        empty = folder / "ort"
        result = run_konzept(
            PROJECT,
            "anfangen",
            str(empty),
            "--name",
            "St. Ähren am „Fluß“",
            "--art",
            "gemeinde",
            "--ags",
            "09999999",
        )
        assert result.returncode == 0, result.stderr
        run_konzept(empty, "build", "--only", "html").check_returncode()

    folder = once("andere-orte", build)
    return {"landkreis": DISTRICT, "region": REGION, EMPTY: folder / "ort"}


def words(town: str) -> re.Pattern[str]:
    return re.compile("|".join(OF_THE_FIRST if town == "region" else (*OF_THE_FIRST, *NOWHERE)))


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Give all that is published of a town, each with its place."""
    for path in sorted((folder / "_build/html").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".html":
            page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
            yield name, f"{page.get_text()} {' '.join(str(t.attrs) for t in page.find_all(True))}"
        elif path.suffix in (".csv", ".json", ".ttl", ".xml", ".svg") or path.name == "search-index.js":
            yield name, path.read_text("utf-8")
        elif path.suffix == ".xlsx":
            yield name, workbook(path)
    for path in sorted((folder / "_build/pdf").glob("*.pdf")):
        yield path.name, "\n".join(page.extract_text() for page in PdfReader(path).pages)


def workbook(path: Path) -> str:
    sheets = load_workbook(path, read_only=True).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None
    )


def seen(text: str) -> str:
    return text.replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("town", TOWNS)
def test_nothing_published_tells_of_the_first_town(towns: dict[str, Path], town: str) -> None:
    found = [
        (name, text[max(0, hit.start() - 40) : hit.end() + 40])
        for name, text in ((name, seen(text)) for name, text in texts(towns[town]))
        for hit in words(town).finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("town", TOWNS)
def test_workbook_and_messages_tell_nothing_of_it(towns: dict[str, Path], town: str, tmp_path: Path) -> None:
    run_konzept(towns[town], "excel", "export", str(tmp_path / "mappe.xlsx")).check_returncode()
    assert not words(town).findall(workbook(tmp_path / "mappe.xlsx"))
    folder, book = towns[town] / "data", towns[town] / "book"
    assert [str(problem) for problem in check_project(folder, book)] == []
    told = " ".join(str(hint) for hint in check_hints(folder, book))
    assert not words(town).findall(told)


def page(town: Path, name: str) -> str:
    text = (town / f"_build/html/book/{name}.html").read_text("utf-8")
    article = BeautifulSoup(text, "html.parser").select_one("article")
    assert article is not None
    return " ".join(seen(article.get_text(" ")).split())


def test_a_district_speaks_of_itself(towns: dict[str, Path]) -> None:
    start = page(DISTRICT, "index")
    assert "Integrations- und Teilhabekonzept des Landkreises Goslar" in start
    # The guidelines were adopted in some month; the concept was not.
    assert "beschlossen oder umgesetzt ist keine vermerkt" in start
    assert not re.search(r"Kreistag[^.]* hat das Integrations- und Teilhabekonzept", start)
    chapter = page(DISTRICT, "chapters/02-spracherwerb")
    assert "Im Landkreis Goslar schwankte der Anteil der Kita-Kinder" in chapter
    shown = page(DISTRICT, "monitoring")
    assert "Sieben weitere Landkreise" in shown
    assert "eigene für den Landkreis Goslar" in shown
    assert "für Goslar" not in shown


def test_a_regions_members_stand_among_themselves(towns: dict[str, Path]) -> None:
    shown = page(REGION, "mitglieder")
    assert "Gemeinden der Region Hannover" in shown
    assert "die Werte der Gemeinden lagen zwischen" in shown
    assert "Unter 21 verglichenen Gemeinden" in shown
    assert "anderen Gemeinden" not in shown
    told = page(REGION, "chapters/01-teilhabe")
    assert "in zwei Stufen" in told


def test_the_pages_of_an_empty_town_hold_no_empty_tables(towns: dict[str, Path]) -> None:
    for path in sorted((towns[EMPTY] / "_build/html/book").glob("*.html")):
        article = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("article")
        assert article is not None, path.name
        for table in article.find_all("table"):
            assert table.select("tbody td, tbody th"), path.name


def test_each_of_four_fields_has_its_chapter() -> None:
    fields = {row["id"] for row in rows(DISTRICT / "data", "handlungsfelder")}
    assert {path.stem.partition("-")[2] for path in (DISTRICT / "book/chapters").glob("*.md")} == fields
    assert len(fields) == 4


def test_plain_jupyter_book_builds_it_too(towns: dict[str, Path], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "jupyter_book",
        "build",
        str(towns[EMPTY]),
        "--path-output",
        str(tmp_path),
        "-q",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "_build/html/book/index.html").is_file()
