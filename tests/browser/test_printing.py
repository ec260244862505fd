"""A page as the browser prints it: whose it is on every sheet, no navigation, addresses that can be read."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader


def _sheets(page: Any) -> list[str]:
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages]


def _close(text: str) -> str:
    """Without spaces: what was read from a sheet has one at each soft hyphen."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("path", "title", "most"),
    [
        ("book/chapters/01-bildung.html", "1. Bildung und Erziehung", 5),
        ("book/steuerung.html", "Steuerung auf einen Blick", 6),
        ("book/massnahmen.html", "Maßnahmenkatalog", 9),
    ],
)
def test_every_sheet_says_where_it_comes_from(
    site: Any, watch: Any, path: str, title: str, most: int
) -> None:
    page = watch(f"{site.address}/{path}").page
    state = page.inner_text(".ik-fuss .ik-kennung")
    sheets = _sheets(page)
    assert len(sheets) <= most
    for number, text in enumerate(sheets, 1):
        assert f"Seite {number} von {len(sheets)}" in text
        assert "Integrationskonzept der Stadt Lehrte" in text
        assert title in text
        assert f"Stand der Daten: 18.12.2025 · {state}" in text
    whole = "\n".join(sheets)
    for word in ("Auf dieser Seite", "Impressum", "Daten als Tabelle", "Zur Methode", "PDF zum Drucken"):
        assert word not in whole
    assert f"{site.address}/{path}" in whole


def test_no_list_of_links_and_no_empty_heading_is_printed(site: Any, watch: Any) -> None:
    for path, heading in (
        ("book/index.html", "Wo möchten Sie"),
        ("book/massnahmen.html", "Maßnahmen finden"),
    ):
        page = watch(f"{site.address}/{path}").page
        assert page.locator("h2", has_text=heading).count() == 1
        assert _close(heading) not in _close("".join(_sheets(page)))


def test_the_table_of_all_measures_stays_on_one_sheet(site: Any, watch: Any) -> None:
    sheets = _sheets(watch(f"{site.address}/book/steuerung.html").page)
    assert sum("außerhalb" in _close(text) for text in sheets) == 1


def test_links_become_notes_on_paper_only(site: Any, watch: Any) -> None:
    """On whichever page has addresses in its text."""
    path, link = next(
        (path, link)
        for path in site.pages()
        for link in site.soup(path).select("article a[href^=http]")
        if not link.find_parent(class_="ik-noten") and link.get_text(strip=True) != link["href"]
    )
    page = watch(f"{site.address}/{path}").page
    before = page.inner_html("article")
    whole = re.sub(r"\s", "", "\n".join(_sheets(page)))
    assert "AdressenimText:" in whole
    assert re.sub(r"\s", "", str(link["href"])) in whole
    assert page.inner_html("article") == before


def test_two_charts_fit_on_a_sheet(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/book/nachbarn.html").page
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('.ik-abb .ik-diagramm__breit > svg')].map(svg => svg.getBoundingClientRect().height)"
    )
    millimetre = 96 / 25.4
    assert len(heights) == 2
    assert all(height <= 82 * millimetre + 1 for height in heights)
