"""Other towns from data alone: a district and a region with 21 members; nothing of the first town is in them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from accessibility import violations
from conftest import run_konzept
from folders import EXAMPLES, PROJECT, rows
from konzept.authors.check import check_hints, check_project

DISTRICT, REGION = EXAMPLES / "landkreis", EXAMPLES / "region"
TOWNS = {"landkreis": DISTRICT, "region": REGION}

_NAMES = {row["name"] for row in rows(PROJECT / "data", "gebiete") if row["ebene"] == "ortsteil"}
NAMES = (
    *(re.escape(name) for name in sorted(_NAMES)),
    *("Lehrter", "Stadt Lehrte", r"[vV]on Lehrte", r"[fF]ür Lehrte"),
    *("Kurt-Hirschfeld", "Sachstandsbericht –", "SehndeNews"),
)
"""Of the first town, its places and its papers."""
KIND = (
    *("Stadtgesellschaft", "Stadtverwaltung", "Ratsfassung", "Ratsmitglied"),
    *(r"\b[Dd](?:er|es|em|en) Rat(?:e?s)?\b", r"\b[Ii]m Rat\b"),
    *(r"\bstädtisch", r"\b[Dd](?:ie|er) Stadt\b", r"\b[Ii]n der Stadt\b"),
)
"""Words of towns that have a council; what people type into the search is the same everywhere."""
NOWHERE = ("Lehrte",)
"""Its name; in a region it is one of the members."""


@pytest.fixture(scope="session", autouse=True)
def built_towns(once: Callable[[str, Callable[[Path], None]], Path]) -> None:
    """Pages and paper of both, built by the program."""

    def build(folder: Path) -> None:
        for town in TOWNS.values():
            run_konzept(town, "build").check_returncode()

    once("andere-orte", build)


def words(town: str, place: str = "") -> re.Pattern[str]:
    """Give what a place of a town must not say."""
    kind = () if place.endswith("search-index.js") else KIND
    return re.compile("|".join((*NAMES, *kind, *(() if town == "region" else NOWHERE))))


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
def test_nothing_published_tells_of_the_first_town(town: str) -> None:
    found = [
        (name, text[max(0, hit.start() - 40) : hit.end() + 40])
        for name, text in ((name, seen(text)) for name, text in texts(TOWNS[town]))
        for hit in words(town, name).finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("town", TOWNS)
def test_workbook_and_messages_tell_nothing_of_it(town: str, tmp_path: Path) -> None:
    run_konzept(TOWNS[town], "excel", "export", str(tmp_path / "mappe.xlsx")).check_returncode()
    assert not words(town).findall(workbook(tmp_path / "mappe.xlsx"))
    folder, book = TOWNS[town] / "data", TOWNS[town] / "book"
    assert [str(problem) for problem in check_project(folder, book)] == []
    told = " ".join(str(hint) for hint in check_hints(folder, book))
    assert not words(town).findall(told)


def page(town: Path, name: str) -> str:
    text = (town / f"_build/html/book/{name}.html").read_text("utf-8")
    article = BeautifulSoup(text, "html.parser").select_one("article")
    assert article is not None
    return " ".join(seen(article.get_text(" ")).split())


def test_a_district_speaks_of_itself() -> None:
    start = page(DISTRICT, "index")
    assert "Integrations- und Teilhabekonzept des Landkreises Goslar" in start
    # The guidelines were adopted in some month; the concept was not.
    assert "beschlossen oder umgesetzt ist keine vermerkt" in start
    assert not re.search(r"Kreistag[^.]* hat das Integrations- und Teilhabekonzept", start)
    chapter = page(DISTRICT, "chapters/02-spracherwerb")
    assert "Im Landkreis Goslar schwankte der Anteil der Kita-Kinder" in chapter
    shown = page(DISTRICT, "monitoring")
    assert "Sieben weitere Landkreise" in shown
    assert "mit Daten für den Landkreis Goslar" in shown
    assert "für Goslar" not in shown


def test_a_district_shows_its_logo_and_its_colour() -> None:
    site = DISTRICT / "_build/html"
    (logo,) = (site / "_static").glob("logo-*.svg")
    soup = BeautifulSoup((site / "book/chapters/04-mobilitaet.html").read_text("utf-8"), "html.parser")
    shown = soup.select(f'img[src$="{logo.name}"]')
    assert [picture["alt"] for picture in shown if picture["alt"]] == ["Landkreis Goslar"]
    assert "inkscape" not in logo.read_text("utf-8")
    assert "--ik-primaer:#7a2048" in (site / "_static/palette.css").read_text("utf-8")
    with pikepdf.open(DISTRICT / "_build/pdf/integrations-und-teilhabekonzept.pdf") as paper:
        described = {str(o.get("/Alt")) for o in paper.objects if isinstance(o, pikepdf.Dictionary)}
    assert "Landkreis Goslar" in described


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_colour_can_be_read(scheme: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
        for name in ("index", "chapters/02-spracherwerb", "impressum"):
            page.goto((DISTRICT / f"_build/html/book/{name}.html").as_uri())
            assert violations(page) == [], name
        browser.close()


def test_a_regions_members_stand_among_themselves() -> None:
    shown = page(REGION, "mitglieder")
    assert "Gemeinden der Region Hannover" in shown
    assert "die Werte der Gemeinden lagen zwischen" in shown
    assert "Unter 21 verglichenen Gemeinden" in shown
    assert "anderen Gemeinden" not in shown
    told = page(REGION, "chapters/01-teilhabe")
    assert "in zwei Stufen" in told


def test_each_of_four_fields_has_its_chapter() -> None:
    fields = {row["id"] for row in rows(DISTRICT / "data", "handlungsfelder")}
    assert {path.stem.partition("-")[2] for path in (DISTRICT / "book/chapters").glob("*.md")} == fields
    assert len(fields) == 4
