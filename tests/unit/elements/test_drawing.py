"""Drawings: the same chart gives the same bytes; only the book's colours; no ids that collide."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from folders import PROGRAM, PROJECT
from konzept.concept.assembly import load_concept
from konzept.elements.content import chart_json
from konzept.elements.indicators.figure import indicator_figure
from konzept.elements.palette import chart_colours
from konzept.elements.status.figure import status_figure
from konzept.site.fonts import use_own_fonts
from konzept.site.rendering import DrawingError, chart_key, clean, draw, themed
from layout import foreign_colours


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    import json

    use_own_fonts(tmp_path_factory.mktemp("schriften"))
    concept = load_concept(PROJECT / "data")
    field = concept.field("bildung")
    figures = [status_figure(concept, field), *(indicator_figure(concept, i) for i in field.indicators)]
    drawn = [json.loads(chart_json(c)) for f in figures if f for c in (f.wide, f.narrow)]
    return {chart_key(chart): chart for chart in drawn}


@pytest.fixture(scope="module")
def folder(charts: dict[str, dict], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diagramme")
    draw(charts, path)
    return path


def test_every_chart_is_drawn(charts: dict[str, dict], folder: Path) -> None:
    assert {p.stem for p in folder.iterdir()} == set(charts)


def test_same_bytes_twice_and_in_a_folder_of_any_name(
    charts: dict[str, dict], folder: Path, tmp_path: Path
) -> None:
    """A bug once: no chart could be drawn in a project below a folder with an umlaut in its name."""
    project, drawings = tmp_path / "für München, 100 % (neu)", tmp_path / "diagramme"
    project.mkdir()
    (project / "node_modules").symlink_to(PROGRAM / "node_modules")
    draw(charts, drawings)
    for key in charts:
        assert (drawings / f"{key}.svg").read_bytes() == (folder / f"{key}.svg").read_bytes()


def test_drawing_works_inside_a_running_event_loop(
    charts: dict[str, dict], folder: Path, tmp_path: Path
) -> None:
    async def inside() -> None:
        draw(dict(list(charts.items())[:1]), tmp_path)

    # In a thread: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, inside()).result()
    (path,) = tmp_path.glob("*.svg")
    assert path.read_bytes() == (folder / path.name).read_bytes()


def test_only_the_books_colours(folder: Path) -> None:
    for path in folder.iterdir():
        assert foreign_colours(path.read_text("utf-8")) == set()


def test_page_drawing_follows_the_theme(folder: Path) -> None:
    for path in folder.iterdir():
        svg = themed(path.read_text("utf-8"))
        bare = re.sub(r"var\(--[\w-]+,#[0-9a-f]{6}\)", "", svg)
        assert not re.findall(r"#[0-9a-f]{6}\b", bare)
        assert not re.search(r'<[^>]*style="[^"]*"[^>]*style="', svg)


def test_ids_of_two_drawings_do_not_collide(folder: Path) -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', p.read_text("utf-8"))) for p in folder.iterdir()]
    assert len(set().union(*ids)) == sum(map(len, ids))


def test_references_within_a_drawing_resolve(folder: Path) -> None:
    for path in folder.iterdir():
        svg = path.read_text("utf-8")
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r'\bid="([^"]+)"', svg))


def test_text_stays_text(folder: Path) -> None:
    assert any("Umland (20 Kommunen)" in p.read_text("utf-8") for p in folder.iterdir())
    assert all("<text" in p.read_text("utf-8") for p in folder.iterdir())


def test_every_light_colour_has_one_dark_twin() -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", dark) for _, dark in chart_colours().values())


def test_clean_keeps_ids_apart() -> None:
    svg = '<svg class="a" style="x"><g id="clip1"/><rect clip-path="url(#clip1)" style="fill: rgb(11, 85, 99)"/></svg>'
    assert clean(svg, "0123456789") == (
        '<svg><rect clip-path="url(#k01234567-0)" style="fill: #0b5563"/></svg>'
    )


def test_missing_browser_is_one_sentence(
    charts: dict[str, dict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/gibt/es/nicht")
    with pytest.raises(DrawingError, match="sudo apt-get install chromium"):
        draw(charts, tmp_path)
    assert not list(tmp_path.glob("*.svg"))


def test_broken_browser_is_german_and_its_own_words_are_in_the_log(
    charts: dict[str, dict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with pytest.raises(DrawingError) as raised:
        draw(charts, tmp_path)
    assert str(raised.value) == (
        "Die Diagramme ließen sich nicht zeichnen: Der Browser Chromium ist abgebrochen. Bauen Sie noch einmal; "
        "bleibt der Fehler, schicken Sie das Protokoll an die Person, die das Programm betreut."
    )
    cause = raised.value.__cause__
    assert caplog.messages == [f"{type(cause).__name__}: {cause}"]


def test_a_browser_that_falls_silent_is_replaced(
    charts: dict[str, dict], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen in a build: the page's word that it has loaded never came."""
    from kaleido import Kaleido

    from konzept.site import rendering

    opened = []
    really_open = Kaleido.open

    async def open_or_wait(browser: Kaleido) -> None:
        opened.append(browser)
        if len(opened) == 1:
            # The second one has all the time that it needs.
            monkeypatch.setattr(rendering, "PATIENCE", patience)
            await really_open(browser)
            await asyncio.Event().wait()
        await really_open(browser)

    patience = rendering.PATIENCE
    monkeypatch.setattr(Kaleido, "open", open_or_wait)
    monkeypatch.setattr(rendering, "PATIENCE", 2.0)
    key, chart = next(iter(charts.items()))
    draw({key: chart}, tmp_path)
    assert len(opened) == 2
    assert (tmp_path / f"{key}.svg").read_text("utf-8") == (folder / f"{key}.svg").read_text("utf-8")
