"""What all charts have in common: type, colours, axes, and text made safe for Plotly."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from konzept.concept import Source
from konzept.german import date
from konzept.palette import DATA, INTERFACE

WIDE, NARROW = 720, 328
"""Widths in px; each chart is laid out for both, because a scaled one has unreadable type."""

SIZE = 15
FONT = "'Source Sans 3', sans-serif"  # unquoted, the digit would break the CSS

TEXT, TEXT_2 = INTERFACE["text"][0], INTERFACE["text-2"][0]
PAPER, AXIS = INTERFACE["papier"][0], INTERFACE["linie-stark"][0]
MAIN, TARGET = INTERFACE["primaer"][0], INTERFACE["hinweis"][0]
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


def safe(text: str) -> str:
    """Make text literal: Plotly would read tags and entities in it.

    Examples
    --------
    >>> safe("<b>Kita & Co</b>")
    '&lt;b&gt;Kita &amp; Co&lt;/b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_width(text: str, size: float = SIZE) -> float:
    """Estimate a text's width in px; charts are laid out without a browser."""
    return 0.53 * size * len(text)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most about `width` characters."""
    import textwrap

    return textwrap.wrap(text, width, break_long_words=True) or [""]


def source_lines(sources: list[Source]) -> tuple[str, ...]:
    """Name sources as they stand under figures and tables: each document once, with all passages."""
    passages: dict[str, list[str]] = {}
    documents: dict[str, Source] = {}
    for source in sources:
        documents.setdefault(source.id, source)
        seen = passages.setdefault(source.id, [])
        if source.passage not in seen:
            seen.append(source.passage)
    return tuple(_source_line(documents[key], passages[key]) for key in documents)


def _source_line(source: Source, passages: list[str]) -> str:
    parts = [p for p in (source.publisher, source.title) if p]
    if source.day:
        parts.append(date(source.day))
    text = f"{', '.join(parts)}: {'; '.join(_grouped(passages))}."
    return f"{text} Lizenz: {source.licence}." if source.licence else text


def _grouped(passages: list[str]) -> list[str]:
    """Name a chapter once for all passages in it."""
    parts: dict[str, list[str]] = {}
    for passage in passages:
        chapter, _, place = passage.partition(", ")
        parts.setdefault(chapter, []).extend([place] if place else [])
    return [", ".join([chapter, *places]) for chapter, places in parts.items()]
