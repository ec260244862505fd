"""What all charts have in common: type, colours, axes, and text made safe for Plotly."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from konzept.elements.palette import DATA, INTERFACE
from konzept.words.hyphenation import wrapped

WIDE, NARROW = 720, 328
"""Widths in px; each chart is laid out for both, because a scaled one has unreadable type."""

SIZE = 15
FONT = "'Source Sans 3', 'Source Sans Fallback', 'Source Sans Fallback 2', sans-serif"
"""The second and third are local fonts in the first one's widths, for readers whom it reaches late; quoted for the digits."""

TEXT, TEXT_2 = INTERFACE["text"][0], INTERFACE["text-2"][0]
PAPER, AXIS = INTERFACE["papier"][0], INTERFACE["linie-stark"][0]
MAIN, TARGET = DATA["d1"][0], INTERFACE["hinweis"][0]
OTHER, GRID, OUTLINE = DATA["vergleich"][0], DATA["gitter"][0], DATA["umriss"][0]


def template() -> go.layout.Template:
    """Build the shared template; a page carries it once."""
    axis: dict[str, Any] = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": GRID,
        "linecolor": AXIS,
        "showgrid": False,
        "showline": False,
        "tickcolor": AXIS,
        "tickfont": {"size": SIZE - 1, "color": TEXT_2},
        "ticks": "",
        "zeroline": False,
    }
    return go.layout.Template(
        layout={
            "annotationdefaults": {"showarrow": False, "font": {"size": SIZE, "color": TEXT}},
            "bargap": 0.38,
            "dragmode": False,
            "font": {"family": FONT, "size": SIZE, "color": TEXT},
            "hoverlabel": {
                "bgcolor": PAPER,
                "bordercolor": AXIS,
                "font": {"family": FONT, "size": SIZE, "color": TEXT},
            },
            "hovermode": "closest",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": ",.",
            "showlegend": False,
            "xaxis": {**axis, "showline": True, "ticks": "outside", "ticklen": 5},
            "yaxis": {**axis, "showgrid": True},
        }
    )


def new_chart(*, narrow: bool, height: int) -> go.Figure:
    """Start an empty chart in one of the two widths."""
    chart = go.Figure()
    chart.update_layout(template=template(), width=NARROW if narrow else WIDE, height=height)
    return chart


def new_canvas(*, narrow: bool, height: float) -> go.Figure:
    """Start an empty drawing whose coordinates are px from its upper left corner."""
    chart = new_chart(narrow=narrow, height=math.ceil(height))
    chart.update_xaxes(visible=False, range=[0, chart.layout.width])
    chart.update_yaxes(visible=False, range=[chart.layout.height, 0])
    chart.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return chart


def safe(text: str) -> str:
    """Make text literal: Plotly would read tags and entities in it.

    Examples
    --------
    >>> safe("<b>Kita & Co</b>")
    '&lt;b&gt;Kita &amp; Co&lt;/b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_width(text: str, size: float = SIZE) -> float:
    """Estimate a text's width in px, rather too wide; charts are laid out without a browser."""
    return 1.02 * size * sum(map(_ems, text))


def fit(text: str, width: float, *, bold: bool = False) -> list[str]:
    """Break text into lines that are no wider than `width` px in a chart's common size.

    The letters of the text itself tell how many of them a line holds.
    """
    ems = sum(map(_ems, text)) / max(len(text), 1) * (1.04 if bold else 1)
    most = max(int(0.97 * width / (SIZE - 1) / max(ems, 0.3)), 4)
    if max(map(len, text.split()), default=0) > most:
        text = text.replace("/", "/ ")
    return wrapped(text, most)


def _ems(letter: str) -> float:
    """Give a letter's width in parts of the size of type, by rough classes."""
    if letter in "fijlrtI .,:;|!()-/'„“":
        return 0.31
    if ord(letter) > 0x2E80:
        return 1.1
    if letter in "mwMW%@":
        return 0.84
    return 0.63 if letter.isupper() else 0.54
