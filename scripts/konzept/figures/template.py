"""What all charts have in common: type, colours, axes, and text made safe for Plotly."""

from __future__ import annotations

import math
import re
from typing import Any

import plotly.graph_objects as go

from konzept.concept import Source
from konzept.german import bound, date, ranges
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


def new_canvas(*, narrow: bool, height: float) -> go.Figure:
    """Start an empty drawing whose coordinates are px from its upper left corner."""
    chart = new_chart(narrow=narrow, height=math.ceil(height))
    chart.update_xaxes(visible=False, range=[0, chart.layout.width])
    chart.update_yaxes(visible=False, range=[chart.layout.height, 0])
    chart.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return chart


def put_line(
    chart: go.Figure, x0: float, y0: float, x1: float, y1: float, *, colour: str = AXIS, dash: str = "solid"
) -> None:
    """Draw a line on a canvas."""
    chart.add_shape(
        type="line", x0=x0, y0=y0, x1=x1, y1=y1, layer="below",
        line={"color": colour, "width": 1.5, "dash": dash},
    )  # fmt: skip


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


def fit(text: str, width: float, *, bold: bool = False) -> list[str]:
    """Break text into lines that are no wider than `width` px in a chart's common size.

    The letters of the text itself tell how many of them a line holds.
    """
    ems = sum(map(_ems, text)) / max(len(text), 1) * (1.04 if bold else 1)
    most = max(int(0.97 * width / (SIZE - 1) / max(ems, 0.3)), 4)
    if max(map(len, text.split()), default=0) > most:
        text = text.replace("/", "/ ")
    return wrap(text, most)


def _ems(letter: str) -> float:
    """Give a letter's width in parts of the size of type, by rough classes."""
    if letter in "fijlrtI .,:;|!()-/'„“":
        return 0.31
    if ord(letter) > 0x2E80:
        return 1.1
    if letter in "mwMW%@":
        return 0.84
    return 0.63 if letter.isupper() else 0.54


def as_of(sources: list[Source]) -> str:
    """Write the day of the newest source as it stands in a subtitle."""
    days = [s.day for s in sources if s.day]
    return f", Stand {date(max(days))}" if days else ""


_FEW = 3
"""More documents than this are named by their short titles, in one line."""


def source_lines(sources: list[Source]) -> tuple[str, ...]:
    """Name sources as they stand under figures and tables: each document once, with all passages."""
    passages: dict[str, list[str]] = {}
    documents: dict[str, Source] = {}
    for source in sources:
        documents.setdefault(source.id, source)
        passages.setdefault(source.id, []).append(source.passage)
    places = {key: bound("; ".join(_grouped(found))) for key, found in passages.items()}
    if len(documents) > _FEW:
        short = [bound(f"{d.short_title} ({places[key]})") for key, d in documents.items()]
        return (f"{'; '.join(short)}.",)
    return tuple(_source_line(document, places[key]) for key, document in documents.items())


def _source_line(source: Source, places: str) -> str:
    parts = [p for p in (source.publisher, source.title) if p]
    if source.day:
        parts.append(date(source.day))
    text = f"{bound(', '.join(parts))}: {places}."
    return f"{text} Lizenz: {source.licence}." if source.licence else text


_PARAGRAPHS = re.compile(r"Abs(?:atz|ätze) (\d+(?:(?: bis |, | und )\d+)*)")


def _grouped(passages: list[str]) -> list[str]:
    """Name a chapter once for all passages in it, and its paragraphs in one list."""
    chapters: dict[str, dict[str, None]] = {}
    for passage in passages:
        chapter, _, place = passage.partition(", ")
        chapters.setdefault(chapter, {}).update({place: None} if place else {})
    return [", ".join([chapter, *_together(list(places))]) for chapter, places in chapters.items()]


def _together(places: list[str]) -> list[str]:
    """Join "Absatz 5" and "Absätze 6 und 7" to "Absätze 5 bis 7"; what is more than that stays as it is."""
    numbers: list[int] = []
    others: list[str] = []
    for place in places:
        if found := _PARAGRAPHS.fullmatch(place):
            numbers += _numbers(found[1])
        else:
            others.append(place)
    if not numbers:
        return others
    return [f"{'Absatz' if len(set(numbers)) == 1 else 'Absätze'} {ranges(numbers)}", *others]


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for part in re.split(", | und ", text):
        first, _, last = part.partition(" bis ")
        found += range(int(first), int(last or first) + 1)
    return found
