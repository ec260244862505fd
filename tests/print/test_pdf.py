"""The PDF: plain but right."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import run_konzept
from copies import copy_project
from folders import rows, write


@pytest.fixture(scope="module")
def reader(built: Path) -> PdfReader:
    return PdfReader(built / "pdf" / "integrationskonzept.pdf")


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_cover(texts: list[str]) -> None:
    assert "Stadt Lehrte" in texts[0]
    assert "Integrationskonzept" in texts[0]
    assert "kein amtliches Dokument" in texts[0]
    assert "18.12.2025" in texts[0]


def test_page_numbers_in_the_contents_are_true(texts: list[str]) -> None:
    contents = " ".join(texts[1:5])
    page = int(re.search(r"1 Bildung und Erziehung (\d+)", contents.replace("\u2003", " "))[1])
    assert "Auf einen Blick" in texts[page - 1]
    listed = re.findall(
        r"Abb\.\s(\d+\.\d+)\s[^.]*?\s(\d+)(?= Abb\.| Tabellen| Tab\.)", contents.replace("\u2003", " ")
    )
    assert len(listed) > 10
    for number, shown in listed:
        assert re.search(rf"Abb\.\s{re.escape(number)} ", texts[int(shown) - 1]), (number, shown)


def _without_breaks(text: str) -> str:
    """Take out blanks and hyphens: a line may end in any word."""
    return re.sub(r"[-\u2010\s]", "", text)


def test_every_measure_and_amount_is_there(texts: list[str], real: Path) -> None:
    whole = " ".join(texts)
    unbroken = _without_breaks(whole)
    for row in rows(real, "massnahmen"):
        assert _without_breaks(row["titel"]) in unbroken
    assert "33.000" in whole
    assert "21.000" in whole


def test_figures_and_tables_are_those_of_the_pages(built: Path, texts: list[str]) -> None:
    page = BeautifulSoup((built / "html/book/chapters/01-bildung.html").read_text("utf-8"), "html.parser")
    whole = " ".join(texts).replace("\u00a0", " ")
    for tag in page.select("figure[id] .caption-number, table[id] .caption-number"):
        assert tag.get_text(strip=True).replace("\u00a0", " ") in whole


NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@pytest.mark.parametrize("page", ["steuerung", "massnahmen", "monitoring", "chapters/01-bildung"])
def test_tables_hold_the_same_numbers_on_page_and_paper(
    built: Path, reader: PdfReader, texts: list[str], page: str
) -> None:
    html = BeautifulSoup((built / f"html/book/{page}.html").read_text("utf-8"), "html.parser")
    title = html.select_one("article h1").get_text(" ", strip=True).removesuffix("#").strip()
    starts = sorted(
        (reader.get_destination_page_number(item), re.sub(r"^\d+ ", "", item.title))
        for item in reader.outline
        if not isinstance(item, list)
    )
    first = next(n for n, name in starts if name == re.sub(r"^\d+\.\s*", "", title))
    last = next((n for n, _ in starts if n > first), len(texts))
    printed = {n.rstrip(".") for n in NUMBER.findall(" ".join(texts[first:last]))}
    found = html.select("article table[id] :is(th, td), article dd")
    cells = [c for c in found if not c.find_parent("details")]
    shown = {n.rstrip(".") for cell in cells for n in NUMBER.findall(cell.get_text(" "))}
    assert shown
    assert shown <= printed


def test_charts_are_vectors(reader: PdfReader) -> None:
    assert [image.name for page in reader.pages for image in page.images] == []


def _elements(node: Any) -> list[Any]:
    node = node.get_object()
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    found = [node] if "/S" in node else []
    for kid in (k.get_object() if hasattr(k, "get_object") else k for k in kids):
        if isinstance(kid, dict) and ("/S" in kid or "/K" in kid):
            found += _elements(kid)
    return found


def _figures(built: Path) -> int:
    pages = (built / "html" / "book").rglob("*.html")
    return sum(p.read_text("utf-8").count('<figure class="ik-abb"') for p in pages)


def test_charts_have_alternative_texts(reader: PdfReader, built: Path) -> None:
    figures = [e for e in _elements(reader.root_object["/StructTreeRoot"]) if e.get("/S") == "/Figure"]
    alts = [str(e.get("/Alt", "")) for e in figures]
    assert len(alts) == _figures(built)
    assert any(alt.startswith("Von acht Maßnahmen sind sechs Ideen") for alt in alts)
    assert all(alts)


def test_document_is_tagged_german_and_named(reader: PdfReader) -> None:
    root = reader.root_object
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Integrationskonzept der Stadt Lehrte"


def test_only_the_books_fonts_and_all_embedded(reader: PdfReader) -> None:
    names = set()
    for page in reader.pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            child = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            names.add(str(font["/BaseFont"]).split("+")[-1])
            assert any(key.startswith("/FontFile") for key in child["/FontDescriptor"])
    assert names
    assert all(re.match(r"Source-(Sans-3|Serif-4)", name) for name in names), names


def test_references_say_where(reader: PdfReader) -> None:
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert len([a for a in links if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"]) >= 8


def test_goals_tables_stand_upright_and_whole(reader: PdfReader, texts: list[str]) -> None:
    (page,) = [i for i, text in enumerate(texts) if "Tab. 1.1 Ziele und Maßnahmen" in text and i > 5]
    assert "Videotutorials erstellen" in texts[page]
    assert "Stadtfesten vorstellen" in texts[page]
    assert reader.pages[page].mediabox.width < reader.pages[page].mediabox.height


def test_short_version_has_two_pages(reader: PdfReader) -> None:
    titles = {item.title: reader.get_destination_page_number(item) for item in _outline(reader.outline)}
    assert titles["Steuerung auf einen Blick"] - titles["Kurzfassung"] == 2


def _outline(items: list[Any]) -> list[Any]:
    return [x for item in items for x in (_outline(item) if isinstance(item, list) else [item])]


@pytest.fixture(scope="module")
def hostile_reader(built: Path, hostile_data: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """A book of hostile texts; one measure has a period, so that its goals table has all columns."""
    project = copy_project(tmp_path_factory.mktemp("feindlich") / "projekt")
    data = project / "data-feindlich"
    shutil.copytree(hostile_data, data)
    measures = rows(data, "massnahmen")
    first = next(row for row in measures if row["handlungsfeld_id"] == "bildung")
    first |= {"beginn": "2024-01-01", "zeit_genauigkeit": "jahr"}
    write(data, "massnahmen", measures)
    run_konzept(project, "build", "--only", "pdf", "--data", str(data)).check_returncode()
    return PdfReader(project / "_build/pdf/integrationskonzept.pdf")


def test_a_goals_table_with_all_columns_lies_across(hostile_reader: PdfReader) -> None:
    across = [p for p in hostile_reader.pages if p.mediabox.width > p.mediabox.height]
    assert across
    assert all("Zeitraum" in page.extract_text() for page in across)


def test_hostile_data_show_as_text(hostile_reader: PdfReader) -> None:
    whole = "".join("".join(page.extract_text().split()) for page in hostile_reader.pages)
    for part in ("<script>alert(1)</script>", '=HYPERLINK("http', "{{x}}", "`code`", "a|b*c*", "&amp;<img"):
        assert part in whole, part
