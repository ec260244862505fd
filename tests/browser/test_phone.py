"""On a phone: a long page is its headings, what is wanted opens, and nothing is lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from accessibility import violations

SCREEN = 740
LONG = {
    "book/monitoring.html": 8,
    "book/massnahmen.html": 7,
    "book/steuerung.html": 10,
    "book/quellen.html": 7,
}
"""So many screens at most, of what had fifty."""


@pytest.mark.parametrize("path", LONG)
def test_long_pages_show_their_headings_and_open(site: Any, watch: Any, path: str) -> None:
    watched = watch(f"{site.address}/{path}", width=360)
    page = watched.page
    assert page.evaluate("document.documentElement.scrollHeight") <= LONG[path] * SCREEN
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    fold = page.locator("section.ik-lang").first
    button = fold.locator(".ik-auf").first
    assert button.get_attribute("aria-expanded") == "false"
    assert button.bounding_box()["height"] >= 44
    before = fold.bounding_box()["height"]
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert fold.bounding_box()["height"] > 2 * before
    button.click()
    assert fold.bounding_box()["height"] == before
    assert watched.errors == []


def test_address_opens_what_it_leads_to(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/book/monitoring.html#i-arbeitslosenquote", width=360).page
    assert page.locator("#i-arbeitslosenquote").is_visible()
    assert -5 <= page.locator("#i-arbeitslosenquote").bounding_box()["y"] < SCREEN
    page = watch(f"{site.address}/book/quellen.html", width=360).page
    row = page.locator("table.ik-viele > tbody > tr[id^=d-]").last
    assert not row.is_visible()
    page.evaluate("id => { location.hash = id; }", row.get_attribute("id"))
    row.locator("td").first.wait_for(state="visible")


def test_rows_of_a_long_table_open_one_by_one(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/book/quellen.html#dokumente", width=360).page
    row = page.locator("#dokumente table.ik-viele > tbody > tr").first
    assert not row.locator("td").first.is_visible()
    row.locator(".ik-auf").click()
    assert row.locator("td").first.is_visible()


def test_the_sign_that_unfolds_a_row_is_within_the_screen(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/book/mitschreiben.html", width=360).page
    signs = page.locator("#anhang-im-terminal table.ik-viele .ik-auf")
    assert signs.count() > 10
    assert (
        signs.evaluate_all("all => all.filter(sign => sign.getBoundingClientRect().right > innerWidth)") == []
    )


def test_wide_pages_paper_and_pages_without_scripts_hold_everything(site: Any, watch: Any) -> None:
    path = f"{site.address}/book/monitoring.html"
    for wide in (watch(path).page, watch(path, width=360, scripts=False).page):
        assert wide.locator(".ik-auf").count() == 0
        assert wide.locator("#i-arbeitslosenquote").is_visible()
    narrow = watch(path, width=360).page
    sheets = PdfReader(io.BytesIO(narrow.pdf())).pages
    assert "Arbeitslosenquote" in "".join(sheet.extract_text() for sheet in sheets)
