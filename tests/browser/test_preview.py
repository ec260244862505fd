"""The preview in a browser: a save is on the page, at the same place, or a German overlay says why not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copies import replace
from konzept.authors.languages.office import confirm
from konzept.data.reading import read_folder
from previews import Preview, running, slim_copy, wait_for
from sentences.languages import SOUND

CHAPTER = "book/chapters/01-bildung"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small copy."""
    with running(slim_copy(tmp_path_factory.mktemp("vorschau") / "projekt")) as started:
        yield started


@pytest.fixture
def chapter(preview: Preview, watch: Callable[..., Any]) -> Iterator[Page]:
    """A chapter in view; nothing it does is an error."""
    watched = watch(f"{preview.address}/{CHAPTER}.html")
    watched.page.set_default_timeout(25_000)
    expect.set_options(timeout=25_000)
    yield watched.page
    # A page that is gone from the book is missing, and nothing else.
    assert [error for error in watched.errors if "404" not in error] == []
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
    # While the page loads once more, for the whole book, there is no place.
    wait_for(lambda: (box := place.bounding_box()) is not None and abs(box["y"] - before) < 3)


def test_code_and_data_are_on_the_page(preview: Preview, chapter: Page, source: Path) -> None:
    assert chapter.get_by_text("Videotutorials erstellen").count() > 0
    replace(preview.project / "data/massnahmen.csv", "Videotutorials erstellen", "Lernfilme drehen")
    expect(chapter.get_by_text("Lernfilme drehen").first).to_be_attached()
    assert chapter.get_by_text("Videotutorials erstellen").count() == 0
    offer = chapter.get_by_text("Projekt der Region")
    assert offer.count() == 1
    replace(source, "field.offers()", "field.themes('bedarf')")
    expect(offer).to_have_count(0)
    expect(chapter.get_by_text("im Alter bis sechs").first).to_be_attached()
    code = preview.project / "scripts/konzept/words/labels.py"
    replace(code, "nicht bewilligt.", "nicht mehr.")
    expect(chapter.get_by_text("nicht mehr.").first).to_be_attached()


def test_style_is_on_the_page(preview: Preview, chapter: Page) -> None:
    style = preview.project / "scripts/konzept/assets/web/page.css"
    style.write_text(f"{style.read_text('utf-8')}\nh1 {{ letter-spacing: 7px !important; }}\n", "utf-8")
    expect(chapter.get_by_role("heading", level=1)).to_have_css("letter-spacing", "7px")


def test_charts_are_alive_without_being_drawn(preview: Preview, chapter: Page) -> None:
    figures = chapter.locator(".ik-diagramm")
    count = figures.count()
    assert count == 1
    expect(chapter.locator(".ik-diagramm[data-live]")).to_have_count(count)
    assert chapter.locator(".ik-diagramm[data-live] .main-svg").count() >= count
    assert not list((preview.project / "_build/.vorschau").rglob(".diagramme/*.svg"))


BREAKAGES = {
    "cell": (
        f"{CHAPTER}.md",
        "field.goals_table()",
        "field.goals_table(",
        "Die Schreibweise der Zelle ist verletzt",
    ),
    "data": ("data/ziele.csv", "entwurf", "entwrf", "„entwrf“ ist hier nicht vorgesehen"),
    "contents": ("_toc.yml", "parts:", "parts: [", "Die Schreibweise (YAML) ist verletzt"),
    "code": (
        "scripts/konzept/words/labels.py",
        "from types import MappingProxyType",
        "from types imprt MappingProxyType",
        "scripts/konzept/words/labels.py, Zeile 6: Diesen Code kann Python nicht lesen",
    ),
    "reference": (
        f"{CHAPTER}.md",
        "{numref}`tab-ziele-bildung`",
        "{numref}`tab-ziele-bildnug`",
        "Den Verweis „tab-ziele-bildnug“ gibt es nicht.",
    ),
}


def test_problem_is_a_german_overlay_until_it_is_mended(preview: Preview, chapter: Page) -> None:
    """One problem after the other, the first two at once; each mended as the next one comes."""
    good = {name: (preview.project / name).read_bytes() for name, *_ in BREAKAGES.values()}
    shown = chapter.locator("article").inner_text()
    overlay = chapter.get_by_role("alert")
    for broken in (("cell", "data"), ("code",), ("contents",), ("reference",)):
        wanted = dict(good)
        for name, old, new, _ in (BREAKAGES[what] for what in broken):
            assert old.encode() in wanted[name]
            wanted[name] = wanted[name].replace(old.encode(), new.encode(), 1)
        save(preview, wanted)
        sentences = [BREAKAGES[what][3] for what in broken]
        for sentence in sentences:
            expect(overlay).to_contain_text(sentence)
            assert any(sentence in line for line in preview.told)
        expect(overlay.locator("li")).to_have_count(len(sentences))
        expect(overlay).to_contain_text("Sie sehen den letzten guten Stand.")
        assert "Traceback" not in overlay.inner_text()
        # The last good page stays, also when it is asked for again.
        chapter.reload()
        expect(overlay).to_contain_text(sentences[0])
        assert chapter.locator("article").inner_text() == shown
    save(preview, good)
    expect(overlay).to_have_count(0)
    assert preview.settled()["problems"] == []


def test_stale_block_of_a_version_is_a_hint_and_is_not_shown(preview: Preview, chapter: Page) -> None:
    book, rounds = preview.project / "book", preview.rounds()
    chapter.goto("about:blank")  # Else the open page loads itself anew while it is to be left.
    # Written for another text than that of the small book.
    (book / "sprachen/en.md").write_text(SOUND, "utf-8")
    wait_for(lambda: preview.rounds() > rounds)
    chapter.goto(f"{preview.address}/book/sprachen/en.html")
    expect(chapter.locator(".ueberholt")).to_be_visible()
    hints, block = chapter.locator(".vorschau-hinweise"), chapter.get_by_role("heading", name="What is it?")
    expect(block).to_have_count(0)
    hints.locator("summary").click()
    sentence = "Der Block „was“ erscheint nicht, weil er überholt ist. Der deutsche Text hat sich geändert."
    expect(hints.locator("li")).to_contain_text(sentence)
    assert any(sentence in line for line in preview.told)
    confirm(book, read_folder(preview.project / "data"), "en", [])
    wait_for(lambda: preview.rounds() > rounds + 1)
    expect(block).to_be_visible()
    expect(hints).to_have_count(0)


def save(preview: Preview, contents: dict[str, bytes]) -> None:
    """Write those files that are to have another content."""
    for name, content in contents.items():
        path = preview.project / name
        if path.read_bytes() != content:
            path.write_bytes(content)


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
