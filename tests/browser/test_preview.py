"""The preview in a browser: a save is on the page, at the same place, or a German overlay says why not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copies import copy_project, replace
from previews import Preview, running

CHAPTER = "book/chapters/01-bildung"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small copy."""
    with running(copy_project(tmp_path_factory.mktemp("vorschau") / "projekt", small=True)) as started:
        yield started


@pytest.fixture
def chapter(preview: Preview, watch: Callable[..., Any]) -> Iterator[Page]:
    """A chapter in view; nothing it does is an error."""
    watched = watch(f"{preview.address}/{CHAPTER}.html")
    watched.page.set_default_timeout(25_000)
    expect.set_options(timeout=25_000)
    yield watched.page
    assert watched.errors == []
    assert watched.hosts == {preview.address.removeprefix("http://")}


@pytest.fixture
def source(preview: Preview) -> Path:
    return preview.project / f"{CHAPTER}.md"


def test_text_is_on_the_page_and_the_place_is_kept(preview: Preview, chapter: Page, source: Path) -> None:
    place = chapter.get_by_role("heading", name="Ziele und Maßnahmen")
    place.evaluate("node => node.scrollIntoView({behavior: 'instant'})")
    chapter.wait_for_timeout(300)
    before = place.bounding_box()["y"]
    assert chapter.evaluate("scrollY") > 500
    # More text above the place: the same pixels would be another place.
    replace(source, "Im Mittelpunkt steht", "Hier steht mehr als zuvor. " * 30 + "Im Mittelpunkt steht")
    expect(chapter.get_by_text("Hier steht mehr als zuvor.").first).to_be_attached()
    chapter.wait_for_load_state("load")
    chapter.wait_for_timeout(300)
    assert abs(place.bounding_box()["y"] - before) < 3


def test_code_and_data_are_on_the_page(preview: Preview, chapter: Page, source: Path) -> None:
    assert chapter.get_by_text("Videotutorials erstellen").count() > 0
    replace(preview.project / "data/massnahmen.csv", "Videotutorials erstellen", "Lernfilme drehen")
    expect(chapter.get_by_text("Lernfilme drehen").first).to_be_attached()
    assert chapter.get_by_text("Videotutorials erstellen").count() == 0
    replace(source, "field.members()", "field.themes('bedarf')")
    expect(chapter.get_by_text("In der Arbeitsgruppe wirken unter anderem mit")).to_be_attached()
    replace(
        preview.project / "scripts/konzept/words.py", '"zum Haushalt angemeldet"', '"zum Etat angemeldet"'
    )
    expect(chapter.get_by_text("zum Etat angemeldet").first).to_be_attached()


def test_charts_are_alive_without_being_drawn(preview: Preview, chapter: Page) -> None:
    figures = chapter.locator(".ik-diagramm")
    count = figures.count()
    assert count > 3
    expect(chapter.locator(".ik-diagramm[data-live]")).to_have_count(count)
    assert chapter.locator(".ik-diagramm[data-live] .main-svg").count() >= count
    assert not list((preview.project / "_build/.vorschau").rglob(".diagramme/*.svg"))


BREAKAGES = {
    "cell": (f"{CHAPTER}.md", "field.sources()", "field.sources(", "Schreibweise einer Zelle ist verletzt"),
    "data": ("data/ziele.csv", "entwurf", "entwrf", "„entwrf“ ist hier nicht vorgesehen"),
    "contents": ("_toc.yml", "parts:", "parts: [", "_toc.yml, Zeile 4: Die Schreibweise ist verletzt"),
    "code": (
        "scripts/konzept/words.py",
        "from dataclasses import dataclass",
        "from dataclasses imprt dataclass",
        "scripts/konzept/words.py, Zeile 5: Diesen Code kann Python nicht lesen",
    ),
    "reference": (
        f"{CHAPTER}.md",
        "{numref}`abb-status-bildung`",
        "{numref}`abb-status-bildnug`",
        "Den Verweis „abb-status-bildnug“ gibt es nicht.",
    ),
}


@pytest.mark.parametrize("what", BREAKAGES)
def test_problem_is_a_german_overlay_until_it_is_mended(preview: Preview, chapter: Page, what: str) -> None:
    name, good, bad, sentence = BREAKAGES[what]
    path = preview.project / name
    content = path.read_bytes()
    shown = chapter.locator("article").inner_text()
    overlay = chapter.get_by_role("alert")
    path.write_bytes(content.replace(good.encode(), bad.encode(), 1))
    expect(overlay).to_contain_text(sentence)
    expect(overlay).to_contain_text("Sie sehen den letzten guten Stand.")
    assert "Traceback" not in overlay.inner_text()
    assert any(sentence in line for line in preview.told)
    # The last good page stays, also when it is asked for again.
    chapter.reload()
    expect(overlay).to_contain_text(sentence)
    assert chapter.locator("article").inner_text() == shown
    path.write_bytes(content)
    expect(overlay).to_have_count(0)


def test_half_written_file_does_no_harm(preview: Preview, chapter: Page, source: Path) -> None:
    content = source.read_bytes() + b"\nDas ist der letzte Satz.\n"
    source.write_bytes(content[:700])
    time.sleep(0.4)
    source.write_bytes(b"")
    time.sleep(0.4)
    source.write_bytes(content)
    expect(chapter.get_by_text("Das ist der letzte Satz.")).to_be_attached()
    expect(chapter.get_by_role("alert")).to_have_count(0)


def test_the_last_of_many_saves_is_on_the_page(preview: Preview, chapter: Page, source: Path) -> None:
    text = source.read_text("utf-8")
    for number in range(15):
        source.write_text(f"{text}\nFassung {number}.\n", "utf-8")
        time.sleep(0.07)
    expect(chapter.get_by_text("Fassung 14.")).to_be_attached()
    preview.settled()
    assert "Fassung 14." in chapter.locator("article").inner_text()


def test_chapter_that_is_renamed_or_gone(preview: Preview, chapter: Page, source: Path) -> None:
    other = source.with_name("01-kinder.md")
    source.rename(other)
    expect(chapter.get_by_role("alert")).to_contain_text("01-bildung")
    replace(preview.project / "_toc.yml", "01-bildung", "01-kinder")
    expect(chapter.get_by_role("heading", name="Vorschau")).to_be_visible()
    assert preview.settled()["problems"] == []
    assert preview.get(f"/{CHAPTER}.html")[0] == 404
    assert preview.get("/book/chapters/01-kinder.html")[0] == 200
    other.rename(source)
    replace(preview.project / "_toc.yml", "01-kinder", "01-bildung")
    expect(chapter.get_by_role("heading", name="Bildung und Erziehung")).to_be_visible()
    preview.settled()


def test_published_pages_know_nothing_of_the_preview(preview: Preview) -> None:
    for page in (preview.project / "_build/.vorschau/seiten").rglob("*.html"):
        assert "vorschau.js" not in page.read_text("utf-8")
    assert not (preview.project / "_build/html").exists()
