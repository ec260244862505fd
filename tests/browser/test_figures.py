"""Every page of the site and its figures, as readers meet them: nothing cut, alive without a jump, accessible."""

from __future__ import annotations

import csv
import functools
import io
import json
from typing import Any

import pytest

from accessibility import change_theme, violations
from folders import PROJECT, rows
from konzept.authors.chapters.checking import pages_of

SOURCES = {
    f"{path.relative_to(PROJECT).as_posix()[:-3]}.html": path.read_text("utf-8")
    for path in sorted(pages_of(PROJECT / "book"))
}
ALL = [*SOURCES, "search.html"]
WITH_FIGURES = [path for path, text in SOURCES.items() if "code-cell" in text]

STILL = """part => {
  const texts = svg => [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => [t.textContent, t.getBoundingClientRect()]).filter(([, box]) => box.width);
  const cut = (svg, frame) => texts(svg).filter(([, box]) =>
    box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3
  ).map(([text]) => text);
  const touching = svg => {
    const boxes = texts(svg), found = [];
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
      const [a, b] = [boxes[i][1], boxes[j][1]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 0.35 * Math.min(a.height, b.height)) found.push([boxes[i][0], boxes[j][0]]);
    }
    return found;
  };
  return [...document.querySelectorAll('figure[id] .ik-diagramm')].map(figure => {
    const svg = figure.querySelector(`.ik-diagramm__${part} > svg`), { width, height } = svg.getBoundingClientRect();
    return { label: figure.closest('figure').id, width, height, around: figure.getBoundingClientRect().toJSON(),
      cut: cut(svg, svg.getBoundingClientRect()), touching: touching(svg) };
  });
}"""
"""All drawings of a page: how large they are, which texts stand out of the frame and which pairs lie on each other."""

OPEN = """() => {
  for (const fold of document.querySelectorAll('.ik-lang')) fold.classList.add('ik-offen');
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));
}"""
"""Open what is folded on a phone, and tell when that was shown."""

SHIFT = """since => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.startTime >= since) sum += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 50);
})"""
"""How far things have jumped since a time, as Core Web Vitals count it."""


@pytest.mark.parametrize(("width", "part"), [(1280, "breit"), (360, "schmal")], ids=["1280", "360"])
@pytest.mark.parametrize("path", ALL)
def test_page_is_whole_comes_to_life_and_is_accessible(
    site: Any, watch: Any, path: str, width: int, part: str
) -> None:
    """Opened once a width, the narrow one dark, for opening costs more than most of what is looked at."""
    watched = watch(f"{site.address}/{path}", width=width, dark=width == 360)
    page = watched.page
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SHIFT, 0) < 0.1
    opened = page.evaluate(OPEN)
    drawn = page.evaluate(STILL, part)
    assert len(drawn) == len(site.soup(path).select("figure[id] .ik-diagramm"))
    for still in drawn:
        assert still["width"] > 250, still["label"]
        assert still["height"] > 30, still["label"]
        assert (still["cut"], still["touching"]) == ([], []), still["label"]
    figures = page.locator("figure[id] .ik-diagramm").all()
    for figure, still in zip(figures, drawn, strict=True):
        figure.hover()
        page.wait_for_function("f => 'live' in f.dataset", arg=figure.element_handle())
        alive = figure.locator(f".ik-diagramm__{part} .ik-lebend")
        assert alive.locator(".main-svg").count() > 0, still["label"]
        for before, after in ((still, alive.bounding_box()), (still["around"], figure.bounding_box())):
            assert abs(before["height"] - after["height"]) < 1.5, still["label"]
            assert abs(before["width"] - after["width"]) < 1.5, still["label"]
    assert page.evaluate(SHIFT, opened) < 0.02
    assert watched.errors == []
    assert watched.hosts == {site.address.removeprefix("http://")}
    if width == 1280:
        assert violations(page) == []
        change_theme(page, "dark")
        assert violations(page) == []


def drawn_on(site: Any) -> list[str]:
    """Name the pages with a chart."""
    return [path for path in WITH_FIGURES if site.soup(path).select_one("figure[id] .ik-diagramm")]


def _answer(route: Any, body: str) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_pages_keep_their_width_while_they_arrive(site: Any, watch: Any) -> None:
    """Shown before their end came, text stands where it will stand: nothing jumps on a slow line."""
    width = "document.querySelector('.bd-article').getBoundingClientRect().width"
    for path in ["book/steuerung.html", "book/erkunden.html"]:
        page = watch(f"{site.address}/{path}").page
        whole = page.evaluate(width)
        half = page.content().split("</article>")[0]
        answer = functools.partial(_answer, body=half)
        page.route(f"**/{path}", answer)
        page.reload()
        assert page.locator(".bd-sidebar-secondary").count() == 0
        assert page.evaluate(width) == whole, path


@pytest.mark.parametrize(("width", "part"), [(1280, "breit"), (360, "schmal")], ids=["1280", "360"])
def test_no_text_is_cut_where_the_books_font_does_not_come(
    site: Any, watch: Any, width: int, part: str
) -> None:
    page = watch(f"{site.address}/{ALL[0]}", width=width, fonts=False).page
    for path in drawn_on(site):
        page.goto(f"{site.address}/{path}")
        faces = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
        assert "Source Sans 3" not in faces
        assert any("Source Sans Fallback" in face for face in faces), faces
        for still in page.evaluate(STILL, part):
            assert (still["cut"], still["touching"]) == ([], []), (path, still["label"])


def test_every_figure_has_three_data_points_at_least(site: Any) -> None:
    """Counted in the charts that readers get: places of marks, bars, boxes and lines, each once."""
    seen = 0
    for path in WITH_FIGURES:
        for figure in site.soup(path).select("figure[id]"):
            for width in ("breit", "schmal"):
                script = figure.select_one(f".ik-diagramm__{width} script[type='application/json']")
                chart = json.loads(script.string)
                points = {
                    (x, y, base)
                    for trace in chart["data"]
                    for x, y, base in zip(
                        trace["x"], trace["y"], trace.get("base") or [0] * len(trace["x"]), strict=True
                    )
                }
                shapes = [s for s in chart["layout"].get("shapes", []) if s["type"] in ("rect", "path")]
                assert len(points) + len(shapes) >= 3, (path, figure["id"])
            seen += 1
    assert seen > 20


def test_figures_show_without_scripts_and_from_a_folder(site: Any, watch: Any) -> None:
    page = watch((site.folder / ALL[0]).as_uri(), scripts=False).page
    for path in drawn_on(site):
        page.goto((site.folder / path).as_uri())
        drawings = page.locator("figure[id] .ik-diagramm__breit > svg")
        assert drawings.count() == page.locator("figure[id]").count() > 0
        for drawing in drawings.all():
            assert drawing.is_visible(), path


def test_figures_stand_in_one_order(site: Any) -> None:
    """Finding, measure, chart, caption with source, data as table, file."""
    for path in WITH_FIGURES:
        for figure in site.soup(path).select("figure[id]"):
            parts = [t for t in figure.find_all(True) if t.parent is figure]
            assert parts[0]["class"] == ["ik-befund"]
            assert parts[1]["class"] == ["ik-abb__unter"]
            assert parts[2]["class"] == ["ik-diagramm"]
            assert parts[2]["aria-label"] == parts[0].get_text()
            assert parts[3].name == "figcaption"
            assert "Quelle: " in parts[3].get_text()
            assert figure.select_one("details table th[scope=col]")
            assert figure.select_one("details table th[scope=row]")
            assert (site.folder / path).parent.joinpath(figure.select_one("a.ik-csv")["href"]).is_file()


def test_files_hold_all_observations(site: Any, real: Any) -> None:
    shown = {path.stem: path for path in (site.folder / "_static/daten").glob("abb-i-*.csv")}
    observed = rows(real, "messwerte")
    drawn = 0
    for label, path in shown.items():
        expected = sorted(
            r["wert"]
            for r in observed
            if r["indikator_id"] == label.removeprefix("abb-") and r["art"] == "ist"
        )
        if expected:
            lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
            assert sorted(line["Wert"] for line in lines if line["Art"] == "Ist") == expected, label
            drawn += 1
    assert drawn > 15
