"""What a page says of itself where it is sent to, and the two pages that nobody chooses."""

from __future__ import annotations

from typing import Any

from accessibility import violations

BOOK = "Integrationskonzept – Stadt Lehrte"


def _meta(soup: Any, name: str) -> list[str]:
    return [str(tag["content"]) for tag in soup.select(f"meta[name='{name}'], meta[property='{name}']")]


def test_every_page_tells_what_it_is(site: Any) -> None:
    titles, told = [], []
    for path in site.pages():
        soup = site.soup(path)
        assert len(soup.select("meta[name=viewport]")) == 1, path
        assert len(soup.select("link[rel=icon]")) == 1, path
        title = soup.title.get_text()
        if path.startswith("book/sprachen/"):
            # In the words of its language, and marked by its name.
            assert " · " in title, path
            titles.append(title)
            continue
        assert title.endswith(BOOK), path
        if not soup.select_one("article"):
            continue
        titles.append(title)
        assert (
            _meta(soup, "og:title")[0] == title.removesuffix(BOOK).removesuffix(" – ")
            or path == "book/index.html"
        )
        description = _meta(soup, "description")
        if path.startswith("book/") and path != "book/erkunden.html":
            assert len(description) == 1, path
            assert 40 <= len(description[0]) <= 200, path
            assert description == _meta(soup, "og:description")
            told += description
        # Both must be absolute, and the town has named no address.
        assert _meta(soup, "og:url") == _meta(soup, "og:image") == []
    assert len(set(titles)) == len(titles)
    assert len(set(told)) > 0.9 * len(told)


def test_root_leads_to_the_start_page(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/index.html")
    watched.page.wait_for_url("**/book/index.html")
    assert watched.errors == []


def test_missing_page_searches(site: Any, watch: Any) -> None:
    for dark in (False, True):
        watched = watch(f"{site.address}/404.html", dark=dark)
        assert violations(watched.page) == []
    watched.page.fill("input", "Kita")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/search.html?q=Kita")
    assert watched.page.locator("#suchergebnisse a").count() > 3
    assert watched.errors == []
