"""The page of the data at both widths, light and dark: nothing hinders, nothing is too wide."""

from __future__ import annotations

from typing import Any

import pytest

from accessibility import change_theme, violations

PAGE = "book/daten.html"


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_the_data_hinders_nobody(site: Any, watch: Any, width: int) -> None:
    watched = watch(f"{site.address}/{PAGE}", width=width)
    page = watched.page
    # How it is at full width is judged with all other pages.
    for theme in ("light", "dark") if width == 360 else ():
        change_theme(page, theme)
        assert violations(page) == []
    assert page.locator(".ik-nur-druck").first.is_hidden()
    # On a phone a long section opens by its heading.
    for heading in page.locator("section.ik-lang > h2 .ik-auf").all():
        heading.click()
    for fold in page.locator(".ik-falten > details").all():
        fold.evaluate("fold => { fold.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, ".ik-falten") == []
    assert watched.errors == []
    assert watched.hosts == {site.address.removeprefix("http://")}


def test_files_are_downloaded_as_they_are(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{PAGE}").page
    with page.expect_download() as waiting:
        page.locator("a.ik-datei", has_text="Arbeitsmappe").click()
    assert waiting.value.suggested_filename == "integrationskonzept-daten.xlsx"


def test_a_printed_page_names_the_tables(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{PAGE}").page
    page.emulate_media(media="print")
    assert page.locator(".ik-nur-druck").first.is_visible()
    assert page.locator(".ik-falten > details").first.is_hidden()
