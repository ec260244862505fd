"""The course of events, one line an event in order of time; the next steps; and events in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

import plotly.graph_objects as go

from konzept.concept.citing import cited, source_line
from konzept.concept.model import Concept, Event
from konzept.elements.content import Figure, Points, Run, Text, line
from konzept.elements.drawing.drawn_or_said import FEWEST
from konzept.elements.drawing.template import AXIS, MAIN, OTHER, PAPER, SIZE, TEXT, TEXT_2, new_canvas, safe
from konzept.elements.tables import data_of
from konzept.words import german
from konzept.words.hyphenation import wrapped

_WEIGHTY = ("verabschiedung", "beschluss", "bericht")
"""Kinds of events that are drawn as diamonds."""
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
    return Figure(
        label=f"abb-{label}",
        finding=finding(dated),
        subtitle=f"Ereignisse {german.span(e.start.year for e in dated if e.start)}.",
        caption=title,
        reading="Gefüllte Zeichen: belegt. Hohle Zeichen: nur angekündigt, die Durchführung ist nicht belegt. "
        "Rauten: Beschlüsse und Berichte.",
        method=f"Ohne Datum in den Quellen: {german.listing(loose)}." if loose else "",
        sources=cited(s for e in events for s in e.sources),
        wide=course(dated, narrow=False),
        narrow=course(dated, narrow=True),
        data=data_of(
            ("Zeit", "Ereignis", "Art", "Stand"),
            [
                (
                    e.when,
                    f"{e.title} ({e.circumstances})" if e.circumstances else e.title,
                    e.kind.label,
                    e.state_text,
                )
                for e in events
            ],
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
    done = [e.start for e in events if e.start and e.state == "erfolgt"]
    announced = sum(e.state == "geplant" for e in events)
    are = "ist" if announced == 1 else "sind"
    if not done:
        what = german.capital(german.count(announced, "Ereignis", "Ereignisse", gender=""))
        return f"{what} {are} angekündigt; belegt ist noch keines."
    first, last = german.month(done[0]), german.month(done[-1])
    period = f"Im {first}" if first == last else f"Von {first} bis {last}"
    more = german.count(announced, "weiteres", "weitere", gender="")
    rest = f"; {more} {are} nur angekündigt" if announced else ""
    return f"{period} {'ist' if len(done) == 1 else 'sind'} {german.count(len(done), 'Ereignis', 'Ereignisse', gender='')} belegt{rest}."


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
    *tops, height = accumulate((n * _LINE + _PAD for n in lines), initial=8)
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
    weighty = event.kind in _WEIGHTY
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


_PAST, _AHEAD, _OPEN = (
    "Termin vergangen, nicht belegt",
    "Termin steht bevor",
    "kein Termin genannt",
)


def next_steps_figure(concept: Concept) -> Figure | None:
    """Show the town's announced events: dated ones in order of time, then those without a date.

    Returns
    -------
    Figure or None
        None when nothing is announced.
    """
    steps = tuple(e for e in concept.own_events() if e.state == "geplant")
    if not steps:
        return None
    states = [_state(e, concept.stand) for e in steps]
    fields = [_field(concept, e) for e in steps]
    notes = [(f, s) if e.start else (f,) for e, f, s in zip(steps, fields, states, strict=True)]
    rows = [(e.when, e.title, f, s) for e, f, s in zip(steps, fields, states, strict=True)]
    heads = ("Zeit", "Schritt", "Handlungsfeld", "Stand")
    return Figure(
        label="abb-schritte",
        finding=finding_of_steps(states),
        subtitle=f"Angekündigte Schritte, Stand der Daten {german.date(concept.stand)}.",
        caption="Angekündigte nächste Schritte",
        reading=_reading_aid(steps, states, concept.stand),
        sources=cited(s for e in steps for s in e.sources),
        wide=course(steps, narrow=False, notes=notes),
        narrow=course(steps, narrow=True, notes=notes),
        data=data_of(heads, rows),
        csv=(heads, *rows),
    )


def finding_of_steps(states: list[str]) -> str:
    """State how many steps are announced, how many have a date, and how many dates have passed."""
    total, past, open_ = len(states), states.count(_PAST), states.count(_OPEN)
    dated = total - open_
    if not dated:
        if total == 1:
            return "Angekündigt ist ein Schritt; ein Termin ist nicht genannt."
        return f"Angekündigt sind {german.word(total)} Schritte; Termine sind nicht genannt."
    if total == 1:
        opening = "Angekündigt ist ein Schritt mit Termin"
    else:
        have = "hat einer" if dated == 1 else f"haben {german.word(dated)}"
        opening = f"Von {german.word(total)} angekündigten Schritten {have} einen Termin"
    return f"{opening}; {_passed(past, dated)}."


def _passed(past: int, dated: int) -> str:
    if not past:
        return "vergangen ist noch keiner" if dated > 1 else "vergangen ist er noch nicht"
    which = "alle sind" if past == dated else ("einer ist" if past == 1 else f"{german.word(past)} sind")
    if dated == 1:
        which = "er ist"
    return f"{which} vergangen, ohne dass eine Quelle die Durchführung belegt"


def _state(event: Event, stand: dt.date) -> str:
    if event.last_day is None:
        return _OPEN
    return _PAST if event.last_day < stand else _AHEAD


def _field(concept: Concept, event: Event) -> str:
    """Name the field of an event, or those of its body where it has none itself."""
    if event.field_id:
        return concept.field(event.field_id).name
    ids = next((b.field_ids for b in concept.bodies if b.name == event.body), ())
    names = [f.name for f in concept.fields if f.id in ids]
    # A comma may be part of a name.
    return "; ".join(names) or "kein einzelnes Handlungsfeld"


def _reading_aid(steps: tuple[Event, ...], states: list[str], stand: dt.date) -> str:
    weighty = any(e.kind in _WEIGHTY for e in steps)
    return german.sentences(
        "Hohle Zeichen: nur angekündigt",
        "Rauten: Beschlüsse und Berichte" if weighty else "",
        f"„{_PAST}“ heißt: Der Termin liegt vor dem {german.long_date(stand)}, dem Stand der Daten; "
        "keine Quelle belegt, dass der Schritt stattgefunden hat"
        if _PAST in states
        else "",
    )


def events_in_words(found: Sequence[Event], *, of: str = "") -> Points | Text:
    """List events in words, where they are too few for a chart."""
    if not found:
        return Text((line(f"Ereignisse{of} sind in den Quellen nicht genannt."),))
    return Points(
        tuple(
            line(
                Run(e.when, strong=True),
                f": {e.title} ({'; '.join(filter(None, (e.state_text, e.circumstances)))}).",
            )
            for e in found
        )
    )
