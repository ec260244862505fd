"""The course of events: one line an event, in order of time."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from konzept.concept.citing import cited, source_line
from konzept.concept.model import Event
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.drawing.drawn_or_said import FEWEST
from konzept.elements.drawing.template import AXIS, MAIN, OTHER, PAPER, SIZE, TEXT, TEXT_2, new_canvas, safe
from konzept.words import german
from konzept.words.hyphenation import wrapped

_LINE, _PAD = 20, 14
_DATES = 150
"""Room for the dates beside the line in the wide layout, in px."""


def timeline_figure(label: str, title: str, events: tuple[Event, ...]) -> Figure | None:
    """Show dated events from top to bottom.

    Parameters
    ----------
    label
        The figure's label without ``abb-``.
    title
        What the events belong to, as the caption.
    events
        In order of time; those without a date are named with the method.

    Returns
    -------
    Figure or None
        None when fewer events have a date than a chart needs: those are better told in words.
    """
    dated = tuple(e for e in events if e.start)
    if len(dated) < FEWEST:
        return None
    loose = [e.title for e in events if not e.start]
    reading = "Gefüllte Zeichen: belegt. Hohle Zeichen: nur angekündigt, die Durchführung ist nicht belegt. "
    reading += "Rauten: Beschlüsse und Berichte."
    return Figure(
        label=f"abb-{label}",
        finding=finding(dated),
        subtitle=f"Ereignisse {german.span(e.start.year for e in dated if e.start)}.",
        caption=title,
        reading=reading,
        method=f"Ohne Datum in den Quellen: {german.listing(loose)}." if loose else "",
        sources=cited(s for e in events for s in e.sources),
        wide=course(dated, narrow=False),
        narrow=course(dated, narrow=True),
        data=Table(
            label=f"abb-{label}-daten",
            caption="",
            columns=(Column("Zeit"), Column("Ereignis"), Column("Art"), Column("Stand")),
            rows=tuple(
                Row(
                    (
                        Cell.of(e.when),
                        Cell.of(f"{e.title} ({e.circumstances})" if e.circumstances else e.title),
                        Cell.of(e.kind.label),
                        Cell.of(e.state_text),
                    )
                )
                for e in events
            ),
        ),
        csv=(
            ("Zeit", "Ereignis", "Art", "Ort", "Teilnehmende", "Stand", "Quelle"),
            *(
                (
                    e.when,
                    e.title,
                    e.kind.label,
                    e.place or "",
                    e.attendance or "",
                    e.state_text,
                    " ".join(map(source_line, e.sources)),
                )
                for e in events
            ),
        ),
    )


def finding(events: tuple[Event, ...]) -> str:
    """State how many events are documented and how many were only announced."""
    done = [e for e in events if e.state == "erfolgt"]
    open_ = [e for e in events if e.state == "geplant"]
    if not done:
        return f"{german.capital(_are(len(open_), 'angekündigt'))}; belegt ist noch keines."
    first, last = done[0], done[-1]
    period = (
        f"Im {_month(first)}" if _month(first) == _month(last) else f"Von {_month(first)} bis {_month(last)}"
    )
    rest = f"; {_are(len(open_), 'nur angekündigt', more=True)}" if open_ else ""
    return f"{period} {'ist' if len(done) == 1 else 'sind'} {german.count(len(done), 'Ereignis', 'Ereignisse', gender='')} belegt{rest}."


def _are(n: int, what: str, *, more: bool = False) -> str:
    noun = "weiteres" if n == 1 else "weitere"
    number = ("eines" if more else "ein Ereignis") if n == 1 else german.word(n)
    subject = (
        f"{'ein' if n == 1 else number} {noun}" if more else (number if n == 1 else f"{number} Ereignisse")
    )
    return f"{subject} {'ist' if n == 1 else 'sind'} {what}"


def _month(event: Event) -> str:
    if event.start is None:
        return ""
    return f"{german.MONTHS[event.start.month - 1]} {event.start.year}"


def course(events: tuple[Event, ...], *, narrow: bool, notes: Sequence[Sequence[str]] = ()) -> go.Figure:
    """Draw events from top to bottom, those with a date on a line.

    Parameters
    ----------
    events
        In order of time, those without a date last.
    narrow
        Lay it out for the narrow width.
    notes
        What to write under each event, if anything: one or more texts.
    """
    letters = 36 if narrow else 62
    texts = [wrapped(e.title, letters) for e in events]
    below = [[line for note in own for line in wrapped(note, letters)] for own in notes or [()] * len(events)]
    lines = [len(t) + len(n) + (1 if narrow else 0) for t, n in zip(texts, below, strict=True)]
    tops: list[int] = []
    height = 8
    for n in lines:
        tops.append(height)
        height += n * _LINE + _PAD
    chart = new_canvas(narrow=narrow, height=height)
    x = 10 if narrow else _DATES
    dated = [top + 10 for event, top in zip(events, tops, strict=True) if event.start]
    if dated:
        chart.add_shape(
            type="line",
            x0=x,
            x1=x,
            y0=dated[0],
            y1=dated[-1],
            layer="below",
            line={"color": AXIS, "width": 2},
        )
    for event, text, note, top in zip(events, texts, below, tops, strict=True):
        _draw(chart, event, text, note, top, x, narrow=narrow)
    return chart


def _draw(
    chart: go.Figure, event: Event, text: list[str], note: list[str], top: int, x: int, *, narrow: bool
) -> None:
    weighty = event.kind in ("verabschiedung", "beschluss", "bericht")
    colour = TEXT if weighty else (MAIN if event.kind != "organisation" else OTHER)
    hollow = event.state != "erfolgt"
    chart.add_scatter(
        x=[x],
        y=[top + 10],
        mode="markers",
        marker={
            "opacity": 1,
            "symbol": "diamond" if weighty else "circle",
            "size": 14 if weighty else 11,
            "color": PAPER if hollow else colour,
            "line": {"color": colour if hollow else PAPER, "width": 2.5 if hollow else 1.5},
        },
        customdata=[f"{event.when}: {'<br>'.join(map(safe, text))}<br>{event.state_text}"],
        hovertemplate="%{customdata}<extra></extra>",
    )
    title = "<br>".join(map(safe, text))
    title = f"<b>{title}</b>" if weighty else title
    title += "".join(f"<br><span style='color:{TEXT_2}'>{safe(part)}</span>" for part in note)
    date = f"<span style='color:{TEXT_2}'>{event.when}</span>"
    common = {
        "xref": "x",
        "yref": "y",
        "yanchor": "top",
        "y": top - 2,
        "font": {"size": SIZE - 1, "color": TEXT},
    }
    if narrow:
        chart.add_annotation(x=x + 16, xanchor="left", align="left", text=f"{date}<br>{title}", **common)
        return
    chart.add_annotation(x=x - 18, xanchor="right", align="right", text=_short(event), **common)
    chart.add_annotation(x=x + 18, xanchor="left", align="left", text=title, **common)


def _short(event: Event) -> str:
    """Write the time so that it fits beside the line."""
    text = event.when.replace(" bis ", "–")
    for month in german.MONTHS:
        if len(month) > 4 and len(text) > 16:
            text = text.replace(month, f"{month[:3]}.")
    return f"<span style='color:{TEXT_2}'>{text}</span>"
