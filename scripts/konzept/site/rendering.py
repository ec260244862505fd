"""Draws charts as SVG in one batch from one browser, and keeps them by content.

The same chart gives the same bytes: ids that Plotly draws at random are replaced by the chart's key.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from konzept.data.files import whole
from konzept.elements.drawing.template import template
from konzept.elements.palette import chart_colours
from konzept.home import NODE_MODULES
from konzept.site.fonts import font_files

VERSION = "2"
"""To be raised when drawing itself changes, so that kept drawings are not used again."""

_TOOLS = "gezeichnet-mit"
"""Beside the drawings: the state of what has drawn them."""

PLOTLY = NODE_MODULES / "plotly.js-basic-dist-min/plotly-basic.min.js"

_RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")


class DrawingError(Exception):
    """The charts could not be drawn; the message is German."""


def chart_key(chart: Mapping[str, Any]) -> str:
    """Name a chart by its content."""
    text = json.dumps([VERSION, template().to_plotly_json(), chart], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def draw(charts: Mapping[str, Mapping[str, Any]], folder: Path, *, form: str = "svg") -> None:
    """Draw those charts that the folder does not hold yet.

    Parameters
    ----------
    charts
        Plotly JSON without template, by key.
    folder
        Where `KEY.svg` or `KEY.png` is kept.
    form
        ``svg`` for pages and paper, ``png`` for what others show of a page.

    Raises
    ------
    DrawingError
        There is no browser, or it failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = {key: chart for key, chart in charts.items() if not (folder / f"{key}.{form}").is_file()}
    if not missing:
        return
    # The library tells about its browser at length; what matters is raised.
    for name in ("kaleido", "choreographer", "logistro"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        # In a thread of its own, because the caller may be inside an event loop already (as notebooks are).
        with ThreadPoolExecutor(max_workers=1) as thread:
            drawings = thread.submit(asyncio.run, _draw_all(missing, form)).result()
    except Exception as error:
        if type(error).__name__ == "ChromeNotFoundError":
            raise DrawingError(
                "Für die Diagramme fehlt der Browser Chromium. Installieren Sie ihn mit: sudo apt-get install chromium"
            ) from error
        # Its words are for whoever looks after the program; they are kept in the log.
        logging.getLogger(__name__).error("%s: %s", type(error).__name__, error)
        raise DrawingError(
            "Die Diagramme ließen sich nicht zeichnen: Der Browser Chromium ist abgebrochen. Bauen Sie noch einmal; "
            "bleibt der Fehler, schicken Sie das Protokoll an die Person, die das Programm betreut."
        ) from error
    for key, drawing in drawings.items():
        with whole(folder / f"{key}.{form}") as waiting:
            waiting.write_bytes(clean(drawing.decode("utf-8"), key).encode() if form == "svg" else drawing)


def keep_only_drawings_of(folder: Path) -> None:
    """Forget kept drawings that another Plotly or other fonts have drawn."""
    digest = hashlib.sha256()
    for path in [PLOTLY, *font_files()]:
        digest.update(path.read_bytes())
    mark = folder / _TOOLS
    if not mark.is_file() or mark.read_bytes() != digest.hexdigest().encode():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with whole(mark) as waiting:
            waiting.write_text(digest.hexdigest(), "utf-8")


PATIENCE = 60.0
"""So many seconds one step of the browser may take: it draws a chart in a fraction of one."""
_TRIES = 2
_SCALES = {"svg": 1, "png": 2}


async def _draw_all(charts: Mapping[str, Mapping[str, Any]], form: str) -> dict[str, bytes]:
    """Draw with one browser; where it falls silent, a second one draws the rest."""
    drawings: dict[str, bytes] = {}
    for tries_left in reversed(range(_TRIES)):
        try:
            await _draw_missing(charts, form, drawings)
        except TimeoutError:
            # A page now and then never says that it has loaded, and the library waits for ever.
            if not tries_left:
                raise
        else:
            break
    return drawings


async def _draw_missing(
    charts: Mapping[str, Mapping[str, Any]], form: str, drawings: dict[str, bytes]
) -> None:
    from kaleido import Kaleido, PageGenerator

    # As an address, for its page names no charset: letters beyond ASCII in a folder's name would be others there.
    page = PageGenerator(plotly=(PLOTLY.as_uri(), "utf-8"), mathjax=False)
    common = template().to_plotly_json()
    # A proxy that is not there: whatever the browser may want from other hosts, it does not get out.
    browser = Kaleido(page_generator=page, timeout=PATIENCE, proxy_server="127.0.0.1:9")
    try:
        await asyncio.wait_for(browser.open(), PATIENCE)
        for key, chart in charts.items():
            if key in drawings:
                continue
            layout = {**chart["layout"], "template": common}
            if form == "png":
                # A chat shows it on a ground of its own.
                layout["paper_bgcolor"] = "#ffffff"
            figure = {
                "data": [{"uid": f"{i:06x}", **t} for i, t in enumerate(chart["data"])],
                "layout": layout,
            }
            options = {
                "format": form,
                "width": layout["width"],
                "height": layout["height"],
                "scale": _SCALES[form],
            }
            drawings[key] = await asyncio.wait_for(browser.calc_fig(figure, options), PATIENCE)
    finally:
        await asyncio.wait_for(browser.close(), PATIENCE)


def clean(svg: str, key: str) -> str:
    """Make a drawing depend on its content alone and fit to stand beside others on a page.

    Ids get the chart's key, colours become `#rrggbb`, and what only a live chart needs goes.
    """
    ids = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    names = {old: f"k{key[:8]}-{n}" for n, old in enumerate(ids)}
    svg = re.sub(r'\bid="([^"]+)"', lambda m: f'id="{names[m[1]]}"', svg)
    svg = re.sub(r"""url\((&quot;|['"]?)#([^)'"&]+)\1\)""", lambda m: f"url(#{names.get(m[2], m[2])})", svg)
    svg = re.sub(r'href="#([^"]+)"', lambda m: f'href="#{names.get(m[1], m[1])}"', svg)
    svg = re.sub(r' class="[^"]*"', "", svg)
    svg = _RGB.sub(lambda m: "#{:02x}{:02x}{:02x}".format(*map(int, m.groups())), svg)
    svg = re.sub(r'(<svg\b[^>]*?) style="[^"]*"', r"\1", svg, count=1)
    # Plotly writes "transparent" as a colour at no opacity.
    svg = re.sub(r"(fill|stroke): #000000; \1-opacity: 0;", r"\1: none;", svg)
    svg = svg.replace(' pointer-events="all"', "").replace(' data-notex="1"', "")
    return re.sub(r"<defs[^>]*/>|<g[^>]*/>|<g[^>]*></g>", "", svg)


def themed(svg: str) -> str:
    """Let a drawing follow the page's light or dark theme: each colour becomes its variable."""
    colours = chart_colours()

    def variable(match: re.Match[str]) -> str:
        light = match[0].lower()
        return f"var({colours[light][0]},{light})" if light in colours else match[0]

    # Variables work in style attributes only; Plotly writes almost all colours there.
    def style(match: re.Match[str]) -> str:
        return f'style="{_HEX.sub(variable, match[1])}"'

    svg = re.sub(r' (fill|stroke)="(#[0-9a-fA-F]{6})"(?=[^>]*>)', r' style="\1:\2"', svg)
    svg = re.sub(r'style="([^"]*)"((?:(?!style=)[^>])*?) style="([^"]*)"', r'style="\1;\3"\2', svg)
    return re.sub(r'style="([^"]*)"', style, svg)
