"""Every figure of the site, as readers meet it: drawn, nothing cut, alive without a jump."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from conftest import PROJECT
from folders import rows

WITH_FIGURES = sorted(
    f"{path.relative_to(PROJECT).as_posix()[:-3]}.html"
    for path in (PROJECT / "book").rglob("*.md")
    if "code-cell" in path.read_text("utf-8")
)

CUT = """svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).filter(t => {
    const box = t.getBoundingClientRect();
    return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2
      || box.top < frame.top - 3 || box.bottom > frame.bottom + 3);
  }).map(t => t.textContent);
}"""
"""Texts of a drawing that stand out of its frame."""

TOUCHING = """svg => {
  const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() && t.getBoundingClientRect().width)
    .map(t => [t.textContent, t.getBoundingClientRect()]);
  const found = [];
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, b] = [boxes[i][1], boxes[j][1]];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 0.35 * Math.min(a.height, b.height)) found.push([boxes[i][0], boxes[j][0]]);
  }
  return found;
}"""
"""Pairs of texts that lie on each other."""

SHIFT = """since => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.startTime >= since) sum += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 50);
})"""
"""How far things have jumped since a time, as Core Web Vitals count it."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "part"), [(1280, "breit"), (360, "schmal")], ids=["1280", "360"])
@pytest.mark.parametrize("path", WITH_FIGURES)
def test_figures_are_drawn_whole_and_come_to_life(
    site: Any, watch: Any, path: str, width: int, part: str, dark: bool
) -> None:
    watched = watch(f"{site.address}/{path}", width=width, dark=dark)
    opened = watched.page.evaluate("document.fonts.ready.then(() => performance.now())")
    assert watched.page.evaluate(SHIFT, 0) < 0.1
    figures = watched.page.locator("figure[id] .ik-diagramm").all()
    before = []
    for figure in figures:
        drawing = figure.locator(f".ik-diagramm__{part} > svg")
        box = drawing.bounding_box()
        assert box["width"] > 250
        assert box["height"] > 30
        assert drawing.evaluate(CUT) == []
        assert drawing.evaluate(TOUCHING) == []
        before.append(box)
    for figure, box in zip(figures, before, strict=True):
        figure.scroll_into_view_if_needed()
        figure.hover()
        watched.page.wait_for_function("f => 'live' in f.dataset", arg=figure.element_handle())
        after = figure.locator(f".ik-diagramm__{part} .ik-lebend").bounding_box()
        assert abs(box["height"] - after["height"]) < 1.5
        assert abs(box["width"] - after["width"]) < 1.5
    assert watched.page.evaluate(SHIFT, opened) < 0.02
    assert watched.errors == []


@pytest.mark.parametrize("path", WITH_FIGURES)
def test_figures_show_without_scripts_and_from_a_folder(site: Any, watch: Any, path: str) -> None:
    watched = watch((site.folder / path).as_uri(), scripts=False)
    drawings = watched.page.locator("figure[id] .ik-diagramm__breit > svg")
    assert drawings.count() == watched.page.locator("figure[id]").count()
    for drawing in drawings.all():
        assert drawing.is_visible()


def test_figures_stand_in_one_order(site: Any) -> None:
    """Finding, measure, chart, caption with source, data as table, file."""
    for path in WITH_FIGURES:
        page = BeautifulSoup((site.folder / path).read_text("utf-8"), "html.parser")
        for figure in page.select("figure[id]"):
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
    assert drawn > 25
