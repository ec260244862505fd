"""Charts on the page: drawn as SVG after reading, brought to life by the local Plotly bundle when touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.osutil import copyfile
from sphinx.writers.html5 import HTML5Translator

from konzept.data.files import write_changed
from konzept.elements.drawing.template import template
from konzept.elements.palette import chart_colours
from konzept.home import SETUP
from konzept.site import nodes as ik
from konzept.site.check import package
from konzept.site.fonts import font_files, kept_fonts, use_own_fonts
from konzept.site.rendering import PLOTLY, DrawingError, chart_key, draw, keep_only_drawings_of, themed

logger = logging.getLogger(__name__)

_CHARTS, _FILES = "konzept_charts", "konzept_files"
"""What Sphinx keeps among a page's metadata, and forgets with the page: its charts by key, the data by file."""


def drawings(app: Sphinx) -> Path:
    """Name the folder of kept drawings, shared by all builders."""
    return Path(app.doctreedir).parent / ".diagramme"


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note a page's charts; they are drawn together when all pages are read."""
    charts: dict[str, Any] = {}
    for node in doctree.findall(ik.chart):
        for width in ("wide", "narrow"):
            key = chart_key(node[width])
            charts[key] = node[width]
            node[f"{width}_key"] = key
    noted = app.env.metadata[app.env.docname]
    noted[_CHARTS] = charts
    noted[_FILES] = {foot["file"]: foot["csv"] for foot in doctree.findall(ik.figure_foot)}


def _all(env: BuildEnvironment, what: str) -> dict[str, Any]:
    """Gather what is noted of all pages."""
    return {key: item for page in env.metadata.values() for key, item in page.get(what, {}).items()}


def _draw(app: Sphinx, env: BuildEnvironment) -> None:
    if not app.config.konzept_draw:
        return
    folder = drawings(app)
    charts = _all(env, _CHARTS)
    shared = {key: charts[key] for page in env.found_docs if (key := picture(app, page))}
    missing = [key for key in charts if not (folder / f"{key}.svg").is_file()]
    missing += [key for key in shared if not (folder / f"{key}.png").is_file()]
    if not missing:
        return
    logger.info("Diagramme zeichnen: %s", len(missing))
    try:
        draw(charts, folder)
        draw(shared, folder, form="png")
    except DrawingError as error:
        raise ExtensionError(str(error)) from error


def picture(app: Sphinx, docname: str) -> str:
    """Name the chart that others show of a page: its first, once the book has an address; else none."""
    wanted = app.config.konzept_draw and app.builder.name != "pdf" and package(app).address
    return next(iter(app.env.metadata.get(docname, {}).get(_CHARTS, ())), "") if wanted else ""


def _show_picture(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if key := picture(app, pagename):
        context["ik"]["bild"] = f"{package(app).address}_static/bilder/{key}.png"


def visit_chart(self: HTML5Translator, node: nodes.Element) -> None:
    """Write the drawing: themed and with its JSON on the page, as a vector picture in print."""
    folder, alt = drawings(self.builder.app), self.attval(node["alt"])
    if ik.in_print(self):
        path = (folder / f"{node['wide_key']}.svg").as_uri()
        self.body.append(f'<img class="{_room(node["wide"])}" src="{path}" alt="{alt}"/>')
        raise nodes.SkipNode
    self.body.append(f'<div class="ik-diagramm" role="img" aria-label="{alt}">')
    draw = self.config.konzept_draw
    for width, css in (("wide", "breit"), ("narrow", "schmal")):
        layout = node[width]["layout"]
        # Without a drawing the chart is live at once; its place is kept free for it.
        place = "" if draw else f' style="aspect-ratio:{layout["width"]}/{layout["height"]}"'
        svg = themed((folder / f"{node[f'{width}_key']}.svg").read_text("utf-8")) if draw else ""
        self.body.append(f'<div class="ik-diagramm__{css}"{place}>{svg}')
        # The template is on the page once; JSON in a script must not close it.
        data = json.dumps(node[width], sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
        self.body.append(f'<script type="application/json">{data}</script></div>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _room(chart: dict[str, Any]) -> str:
    """Say how much of a printed page a chart needs, so that its type does not become too small."""
    share = chart["layout"]["height"] / chart["layout"]["width"]
    more = " ik-druckbild--hoch" if share > 0.58 else ""
    return f"ik-druckbild{more}{' ik-druckbild--seite' if share > 0.8 else ''}"


def _publish(app: Sphinx, error: Exception | None) -> None:
    """Put the bundle, the shared template and the figures' data beside the pages."""
    if error or app.builder.format != "html" or app.builder.name == "pdf":
        return
    static = Path(app.outdir) / "_static"
    copyfile(str(PLOTLY), str(static / "plotly-basic.min.js"))
    _publish_pictures(app, static / "bilder")
    folder = static / "daten"
    folder.mkdir(parents=True, exist_ok=True)
    files = _all(app.env, _FILES)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    for stale in {p.name for p in folder.iterdir()} - set(files):
        (folder / stale).unlink()


def _publish_pictures(app: Sphinx, folder: Path) -> None:
    keys = {key for page in app.env.found_docs if (key := picture(app, page))}
    if keys or folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for key in keys:
        copyfile(str(drawings(app) / f"{key}.png"), str(folder / f"{key}.png"))


def _share(app: Sphinx) -> None:
    """Write what all charts have in common."""
    if app.builder.name == "pdf":
        return
    colours = {light: dark for light, (_, dark) in chart_colours().items()}
    common = json.dumps({"template": template().to_plotly_json(), "dark": colours}, sort_keys=True)
    write_changed(Path(app.outdir) / "_static" / "ik-shared.js", f"window.ikShared={common};\n")


def _fonts(app: Sphinx) -> None:
    if not PLOTLY.is_file() or not font_files():
        raise ExtensionError(f"Schriften und Skripte fehlen. Führen Sie „{SETUP}“ aus.")
    use_own_fonts(kept_fonts(app))
    keep_only_drawings_of(drawings(app))


def setup(app: Sphinx) -> None:
    """Register drawing and hydration."""
    app.add_config_value("konzept_draw", True, "html", [bool])
    app.add_node(ik.chart, html=(visit_chart, None))
    app.connect("builder-inited", _fonts, priority=100)
    app.connect("builder-inited", _share)
    app.connect("doctree-read", _collect)
    app.connect("env-updated", _draw)
    # After the look has said what a page shows of the book, before the theme renders its parts.
    app.connect("html-page-context", _show_picture, priority=200)
    app.connect("build-finished", _publish)
