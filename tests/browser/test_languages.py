"""Short versions in the browser: both widths, both themes, both directions, and the menu by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from accessibility import violations

CODES = {"de-x-einfach": "ltr", "ar": "rtl", "en": "ltr", "tr": "ltr", "uk": "ltr"}
SCREENS = 3.2
"""So many of 1280 × 800 at most: what there is no room for stands in the German book."""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("code", CODES)
def test_a_version_hinders_nobody(site: Any, watch: Any, code: str, width: int) -> None:
    watched = watch(f"{site.address}/book/sprachen/{code}.html", width=width)
    page = watched.page
    # As long as the book's own letters take it, which come with the second view.
    page.reload()
    if width == 1280:
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * 800
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
    assert page.locator("head link[hreflang]").count() == len(CODES) + 2  # German, and whatever is asked for


@pytest.mark.parametrize(
    ("code", "typed", "heading"),
    [
        ("en", "childcare", "Education and upbringing"),
        ("uk", "дискримінації", "Захист від дискримінації"),
        ("ar", "تمييز", "الحماية من التمييز"),
        ("tr", "ayrımcılık", "Ayrımcılığa karşı koruma"),
        ("de-x-einfach", "Frage·bögen", "Wohnen und Leben"),
    ],
)
def test_a_version_is_found_in_its_own_words(
    site: Any, watch: Any, code: str, typed: str, heading: str
) -> None:
    """With an article, a case or a middle dot more or less."""
    watched = watch(f"{site.address}/book/sprachen/{code}.html")
    page = watched.page
    page.fill("input[type=search]", typed)
    page.keyboard.press("Enter")
    hit = page.locator(f"#suchergebnisse li[lang={code}]", has_text=heading).first
    assert hit.evaluate("node => getComputedStyle(node).direction") == CODES[code]
    assert violations(page) == []
    hit.locator("a").first.click()
    page.wait_for_url(f"**/sprachen/{code}.html#*")
    assert page.locator(":target").locator("h2, h3").inner_text() == heading
    assert watched.errors == []


def test_a_version_keeps_the_choice_of_light_or_dark(site: Any, watch: Any) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page = watch(f"{site.address}/book/sprachen/en.html").page
    page.emulate_media(color_scheme="dark")
    dark = paper()
    page.emulate_media(color_scheme="light")
    light = paper()
    assert dark != light
    for mode, shown in (("dark", dark), ("auto", light), ("light", light)):
        page.evaluate("mode => localStorage.setItem('mode', mode)", mode)
        page.reload()
        assert paper() == shown
    # What the device wants is asked for only where nobody has chosen.
    page.emulate_media(color_scheme="dark")
    assert paper() == light


@pytest.mark.parametrize(
    ("title", "town"),
    [
        ("", ""),
        ("Konzept für Migration und Teil\u00adha\u00adbe", "Samtgemeinde Gra\u00adfen\u00adtal-Ober\u00adwen\u00adnings\u00addorf"),
        ("Kon\u00adzeptOhneJedeTrennstelle", "Stadt"),
    ],
)  # fmt: skip
def test_no_name_is_cut_above_a_page_of_a_phone(site: Any, watch: Any, title: str, town: str) -> None:
    page = watch(f"{site.address}/book/chapters/01-bildung.html", width=360).page
    if title:
        page.evaluate(
            "([title, town]) => { const b = document.querySelector('.ik-kopf__titel b');"
            " b.firstChild.data = title; b.lastChild.textContent = town; }",
            [title, town],
        )
    name, header = page.locator(".ik-kopf__titel b"), page.locator(".bd-header-article")
    assert name.evaluate("b => [b, b.lastChild].every(e => e.scrollWidth <= e.clientWidth)")
    assert "ellipsis" not in name.evaluate("b => getComputedStyle(b).textOverflow")
    inside, outside = name.bounding_box(), header.bounding_box()
    assert outside["y"] <= inside["y"]
    assert inside["y"] + inside["height"] <= outside["y"] + outside["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in header.locator("button, summary").all():
        if button.is_visible():
            assert (
                button.bounding_box()["x"] >= inside["x"] + inside["width"]
                or button.bounding_box()["x"] < inside["x"]
            )
