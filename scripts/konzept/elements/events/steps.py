"""The next steps: what is announced, and whether its day has passed."""

from __future__ import annotations

import datetime as dt

from konzept.concept.citing import cited
from konzept.concept.model import Concept, Event
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.events.timeline import course
from konzept.words import german

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
        finding=finding(states),
        subtitle=f"Angekündigte Schritte, Stand der Daten {german.date(concept.stand)}.",
        caption="Angekündigte nächste Schritte",
        reading=_reading_aid(steps, states, concept.stand),
        sources=cited(s for e in steps for s in e.sources),
        wide=course(steps, narrow=False, notes=notes),
        narrow=course(steps, narrow=True, notes=notes),
        data=Table(
            label="abb-schritte-daten",
            caption="",
            columns=tuple(map(Column, heads)),
            rows=tuple(Row(tuple(map(Cell.of, row))) for row in rows),
        ),
        csv=(heads, *rows),
    )


def finding(states: list[str]) -> str:
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
    parts = ["Hohle Zeichen: nur angekündigt."]
    if any(e.kind in ("verabschiedung", "beschluss", "bericht") for e in steps):
        parts.append("Rauten: Beschlüsse und Berichte.")
    if _PAST in states:
        parts.append(
            f"„{_PAST}“ heißt: Der Termin liegt vor dem {german.long_date(stand)}, dem Stand der Daten; "
            "keine Quelle belegt, dass der Schritt stattgefunden hat."
        )
    return " ".join(parts)
