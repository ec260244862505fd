"""Short versions in the browser: both widths, both themes, both directions, and the menu by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from accessibility import violations

CODES = {"de-x-einfach": "ltr", "ar": "rtl", "en": "ltr", "tr": "ltr", "uk": "ltr"}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("code", CODES)
def test_a_version_hinders_nobody(site: Any, watch: Any, code: str, width: int) -> None:
    watched = watch(f"{site.address}/book/sprachen/{code}.html", width=width)
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == [
        code,
        CODES[code],
    ]
    assert watched.errors == []
    assert watched.hosts == {site.address.removeprefix("http://")}


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("ar", "vazirmatn-arabic-400-normal.woff2"),
        ("uk", "source-sans-3-cyrillic-400-normal.woff2"),
        ("tr", ""),
    ],
)
def test_only_pages_that_need_them_load_more_letters(site: Any, watch: Any, code: str, file: str) -> None:
    page = watch(f"{site.address}/book/sprachen/{code}.html").page
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map(entry => entry.name.split('/').pop())"
    )
    more = {name for name in loaded if name.endswith(".woff2") and ("vazir" in name or "cyrillic" in name)}
    assert (file in more) if file else (more == set())


def test_the_menu_leads_by_keyboard_from_german_to_arabic_and_back(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/book/index.html", width=360).page
    page.locator(".ik-sprachen summary").focus()
    page.keyboard.press("Enter")
    menu = page.locator(".ik-sprachen nav a")
    assert menu.all_inner_texts() == ["Einfache Sprache", "العربية", "English", "Türkçe", "Українська"]
    assert [link.get_attribute("hreflang") for link in menu.all()] == list(CODES)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sprachen/ar.html")
    assert page.locator("[aria-current=page]").inner_text() == "العربية"
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.get_by_role("link", name="Deutsch", exact=True).click()
    page.wait_for_url("**/book/index.html")
    assert page.locator("head link[hreflang]").count() == len(CODES)
