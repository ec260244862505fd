"""The PDF says what the pages say."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from reading import Paper

from folders import PROJECT, rows
from konzept.authors.chapters.checking import pages_of
from konzept.extension import SETTINGS
from konzept.site.search import entries


def test_cover(texts: list[str]) -> None:
    assert "Stadt Lehrte" in texts[0]
    assert "Aus öffentlichen Quellen zusammengestellt von: Redaktion dieses Buches" in " ".join(
        texts[0].split()
    )
    assert "Integrationskonzept" in texts[0]
    assert "kein amtliches Dokument" in texts[0]
    assert "18.12.2025" in texts[0]


def test_page_numbers_in_the_contents_are_true(texts: list[str]) -> None:
    contents = texts[1].replace("\u2003", " ")
    lists = " ".join(texts[-3:]).replace("\u2003", " ")
    page = int(re.search(r"1 Bildung und Erziehung (\d+)", contents)[1])
    assert "Bildung und Erziehung" in texts[page - 1]
    listed = re.findall(r"Abb\.\s(\d+(?:\.\d+)?)\s[^.]*?\s(\d+)(?= Abb\.| Tabellen| Tab\.)", lists)
    assert len(listed) > 20
    for number, shown in listed:
        assert re.search(rf"Abb\.\s{re.escape(number)} ", texts[int(shown) - 1]), (number, shown)


def test_contents_name_parts_and_pages_as_the_book_does(texts: list[str]) -> None:
    contents = " ".join(texts[1:3]).replace("\u2003", " ")
    order = [
        "Das Konzept Auf einer Seite",
        "Handlungsfelder 1 Bildung",
        "Umsetzung Steuerung",
        "Anlagen Maßnahmenkatalog",
    ]
    places = [contents.index(part) for part in order]
    assert places == sorted(places)
    assert "#" not in contents


def test_references_name_the_page(texts: list[str]) -> None:
    whole = {n: text.replace("\u00a0", " ") for n, text in enumerate(texts, 1)}
    found = [
        (kind, number, int(page))
        for n, text in whole.items()
        for kind, number, page in re.findall(r"(Abb|Tab)\. (\d+(?:\.\d+)?)(?:,| \() ?S\. (\d+)", text)
        if n > 2
    ]
    assert len(found) > 20
    for kind, number, page in found:
        assert re.search(rf"{kind}\. {re.escape(number)} [A-ZÄÖÜ]", whole[page]), (kind, number, page)
    chapters = re.search(
        r"Anlage Der Prozess im Einzelnen[, (]+S\. (\d+)", " ".join(" ".join(whole.values()).split())
    )
    assert "Der Prozess im Einzelnen" in whole[int(chapters[1])]


def test_part_a_is_short_and_the_whole_bearable(paper: Paper) -> None:
    """What a council reads; with this data."""
    starts = {
        item.title: paper.page_of(item) + 1 for item in paper.reader.outline if not isinstance(item, list)
    }
    assert starts["Auf einer Seite"] == 3
    assert starts["Grundgedanke und Selbstverständnis"] == 4
    assert starts["Maßnahmenkatalog"] - 1 <= 35
    assert len(paper.texts) <= 95


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


def test_every_measure_is_found_by_its_id_on_paper_and_by_the_search(
    built: Path, paper: Paper, texts: list[str], real: Path
) -> None:
    """Whether it has a card or is a row of a table."""
    places = paper.reader.named_destinations
    found = entries((built / "html/book/massnahmen.html").read_text("utf-8"))
    titles = {entry.anchor: entry.title for entry in found if entry.kind == "Maßnahme"}
    for row in rows(real, "massnahmen"):
        page = paper.reader.get_destination_page_number(places[row["id"]])
        assert _without_breaks(row["titel"]) in _without_breaks(texts[page])
        assert titles[row["id"]] == row["titel"]


def test_figures_and_tables_are_those_of_the_pages(built: Path, texts: list[str]) -> None:
    page = BeautifulSoup((built / "html/book/chapters/01-bildung.html").read_text("utf-8"), "html.parser")
    whole = " ".join(texts).replace("\u00a0", " ")
    for tag in page.select("figure[id] .caption-number, table[id] .caption-number"):
        assert tag.get_text(strip=True).replace("\u00a0", " ") in whole


NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


PAGES = sorted(
    path.removeprefix("book/")
    for path in (p.relative_to(PROJECT).with_suffix("").as_posix() for p in pages_of(PROJECT / "book"))
    if path not in SETTINGS["konzept_not_in_print"]
)


def _numbers(text: str) -> set[str]:
    return {n.rstrip(".") for n in NUMBER.findall(text)}


@pytest.mark.parametrize("page", PAGES)
def test_tables_and_figures_hold_the_same_numbers_on_page_and_paper(
    built: Path, paper: Paper, page: str
) -> None:
    html = BeautifulSoup((built / f"html/book/{page}.html").read_text("utf-8"), "html.parser")
    title = html.select_one("article h1").get_text(" ", strip=True).removesuffix("#").strip()
    starts = sorted(
        (paper.page_of(item), re.sub(r"^\d+ ", "", item.title))
        for item in paper.reader.outline
        if not isinstance(item, list)
    )
    first = next(n for n, name in starts if name == re.sub(r"^\d+\.\s*", "", title))
    last = next((n for n, _ in starts if n > first), len(paper.texts))
    # The next may begin on the page where this one ends.
    printed = _numbers(" ".join(paper.texts[first : last + 1]))
    cells = html.select("article table[id] :is(th, td), article dd")
    drawn = html.select("article figure .ik-diagramm__breit svg text, article figure :is(p, figcaption)")
    shown = [tag for tag in (*cells, *drawn) if not tag.find_parent("details")]
    assert {n for tag in shown for n in _numbers(tag.get_text(" "))} <= printed


def test_each_figures_data_are_attached_as_the_page_offers_them(built: Path, paper: Paper) -> None:
    offered = {p.name: p.read_bytes() for p in (built / "html/_static/daten").glob("abb-*.csv")}
    attached = {name: files[0] for name, files in paper.reader.attachments.items()}
    assert len(offered) == _figures(built)
    assert {name: attached[name] for name in offered} == offered


def test_charts_are_vectors(paper: Paper) -> None:
    with pikepdf.open(paper.path) as pdf:
        parts = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert [each for each in parts if each.get("/Subtype") == "/Image"] == []
        drawn = [each for each in parts if each.get("/Subtype") == "/Form"]
        for part in (*drawn, *(page.Contents for page in pdf.pages)):
            assert not re.search(rb"(?m)^BI\b", part.read_bytes())  # an image within


def test_on_paper_the_page_of_the_data_is_short(texts: list[str]) -> None:
    (page,) = [n for n, text in enumerate(texts) if "Tabellen und Zahl ihrer Zeilen" in text]
    assert "zeit_genauigkeit" not in "".join(texts[page : page + 2])  # columns are for the page


def _figures(built: Path) -> int:
    pages = (built / "html" / "book").rglob("*.html")
    return sum(p.read_text("utf-8").count('<figure class="ik-abb"') for p in pages)


def test_charts_have_alternative_texts(paper: Paper, built: Path) -> None:
    figures = [e for e in paper.elements() if e.get("/S") == "/Figure"]
    alts = [str(e.get("/Alt", "")) for e in figures]
    assert len(alts) == _figures(built)
    assert any(
        alt.startswith("Von neun Handlungsfeldern waren im August 2023 vier in Arbeit") for alt in alts
    )
    assert all(alts)


def test_document_is_tagged_german_and_named(paper: Paper) -> None:
    root = paper.reader.root_object
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert paper.reader.metadata.title == "Integrationskonzept der Stadt Lehrte"
    # The town speaks only in a book with a whole Impressum.
    assert paper.reader.metadata.author == "Redaktion dieses Buches"


def test_only_the_books_fonts_and_all_embedded(paper: Paper) -> None:
    names = set()
    for page in paper.reader.pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            child = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            names.add(str(font["/BaseFont"]).split("+")[-1])
            assert any(key.startswith("/FontFile") for key in child["/FontDescriptor"])
    assert names
    assert all(re.match(r"Source-(Sans-3|Serif-4)|Vazirmatn$", name) for name in names), names


def test_references_say_where(paper: Paper) -> None:
    links = [a.get_object() for page in paper.reader.pages for a in page.get("/Annots", [])]
    assert len([a for a in links if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"]) >= 8


def test_goals_tables_stand_upright_and_whole(paper: Paper, texts: list[str]) -> None:
    # Behind the chapters its name stands again, in the list of tables.
    page, _ = [i for i, text in enumerate(texts) if "Tab. 1.1 Ziele und Maßnahmen" in text]
    assert "Videotutorialserstellen" in _without_breaks(texts[page] + texts[page + 1])
    # A table that begins low on a page goes on overleaf, under its head.
    if "Stadtfesten vorstellen" not in texts[page]:
        assert "Maßnahme Status" in texts[page + 1]
        assert "Stadtfestenvorstellen" in _without_breaks(texts[page + 1])
    assert paper.reader.pages[page].mediabox.width < paper.reader.pages[page].mediabox.height
