"""The action fields at a glance: project, stage of work, and what runs across all others."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.concept.citing import as_of, cited
from konzept.concept.model import ActionField, Concept
from konzept.elements.content import Figure
from konzept.elements.drawing.canvas import Canvas
from konzept.elements.drawing.template import AXIS, MAIN, NARROW, PAPER, TEXT, TEXT_2, WIDE, fit
from konzept.elements.palette import DATA
from konzept.elements.tables import data_of
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_LINE, _PAD, _GAP, _HEAD = 18, 5, 4, 26
_ARM, _BETWEEN = 44, 8
_STAGE = 190
"""Room for the stage beside the name in the wide layout, in px."""

_BAND = DATA["d1-hell"][0]
_FILLS = {
    "laufend": (MAIN, MAIN, "solid", PAPER),
    "naechster_schritt": (PAPER, MAIN, "5px,4px", TEXT),
    "in_anderen_ag": (_BAND, AXIS, "solid", TEXT),
}
"""Fill, rim, dash and text by stage of work."""

_READING = {
    "laufend": "Gefüllt: in Arbeit.",
    "naechster_schritt": "Gestrichelter Rand: nächster Schritt.",
    "in_anderen_ag": "Blass gefüllt: in anderen Arbeitsgruppen.",
}
_PREDICATES = {
    "laufend": "in Arbeit",
    "naechster_schritt": "als nächster Schritt vorgesehen",
    "in_anderen_ag": "Thema anderer Arbeitsgruppen",
}
_KINDS = {"feld": "Feld", "uebergreifend": "übergreifend"}


def fields_figure(concept: Concept) -> Figure | None:
    """Show all action fields by project, with those that run across the others as bands.

    Returns
    -------
    Figure or None
        None when the stage is known of fewer than two fields.
    """
    concept = dataclasses.replace(concept, fields=tuple(f for f in concept.fields if f.progress))
    if len(concept.fields) < 2:
        return None
    sources = [f.source for f in concept.fields]
    rows = [
        (str(f.number), f.name, f.project.label if f.project else "", _KINDS[f.kind], _stage(f))
        for f in concept.fields
    ]
    heads = ("Nr.", "Handlungsfeld", "Projekt", "Art", "Stand der Bearbeitung")
    return Figure(
        label="abb-felder",
        finding=finding(concept),
        subtitle=f"Handlungsfelder nach Projekt und Stand der Bearbeitung{as_of(sources)}.",
        caption="Übersicht der Handlungsfelder",
        reading=_reading_aid(concept),
        sources=cited(sources),
        wide=_chart(concept, narrow=False),
        narrow=_chart(concept, narrow=True),
        data=data_of(heads, rows),
        csv=(heads, *rows),
    )


def finding(concept: Concept) -> str:
    """State how many fields were at which stage when the source was written."""
    total = len(concept.fields)
    counts = {key: sum(f.progress == key for f in concept.fields) for key in _PREDICATES}
    groups = [(key, n) for key, n in counts.items() if n]
    months = {f.source.month if f.source else "" for f in concept.fields}
    month = next(iter(months)) if len(months) == 1 else ""
    past = bool(month)
    time = f" im {'Jahr ' if month.isdigit() else ''}{month}" if month else ""

    def verb(n: int) -> str:
        return f"{('war' if n == 1 else 'waren') if past else ('ist' if n == 1 else 'sind')}{time}"

    key, first = groups[0]
    if len(groups) == 1:
        return f"Alle {german.word(total)} Handlungsfelder {verb(total)} {_PREDICATES[key]}."
    parts = [f"{'eines' if n == 1 else german.word(n)} {_PREDICATES[k]}" for k, n in groups]
    return f"Von {german.word(total)} Handlungsfeldern {verb(first)} {german.listing(parts)}."


def _stage(field: ActionField) -> str:
    return field.progress.label if field.progress else NOT_NAMED


def _reading_aid(concept: Concept) -> str:
    stages = {f.progress for f in concept.fields if f.kind == "feld"}
    return german.sentences(
        *(text for key, text in _READING.items() if key in stages),
        "Bänder quer über die anderen: übergreifende Felder, die in allen anderen mitbearbeitet werden"
        if _across(concept)
        else "",
    )


def _across(concept: Concept) -> list[ActionField]:
    return [f for f in concept.fields if f.kind == "uebergreifend"]


@dataclass(frozen=True)
class _Band:
    """A field's row, or a heading above rows."""

    lines: list[str]
    stage: list[str]
    height: float
    field: ActionField | None = None


def _chart(concept: Concept, *, narrow: bool) -> go.Figure:
    """Draw a row for each field; a crosscutting one turns up at its end and runs over all others."""
    width = NARROW if narrow else WIDE
    across = _across(concept)
    arm = min(_ARM, 0.25 * width / max(len(across), 1) - _BETWEEN)
    # Rows and bands end at one edge.
    room = width - 1 - len(across) * (arm + _BETWEEN)
    rows = list(_rows(concept, room, narrow=narrow))
    canvas = Canvas(narrow=narrow)
    y = 2.0
    bands = []
    for row in rows:
        if row.field is None:
            canvas.text(2, y + row.height - 12, row.lines, colour=TEXT_2)
        elif row.field in across:
            bands.append((row, y))
        else:
            fill, rim, dash, colour = _FILLS[str(row.field.progress)]
            canvas.box(1, y, width - 2, row.height, fill=fill, rim=rim, dash=dash)
            _write(canvas, row, y, room, colour, narrow=narrow)
        y += row.height + _GAP
    top = 2 + rows[0].height - 4
    for i, (row, y) in enumerate(bands):
        left = room + _BETWEEN + i * (arm + _BETWEEN)
        _draw_band(canvas, left, arm, (top, y, y + row.height))
        _write(canvas, row, y, room, TEXT, narrow=narrow)
        if row.field and arm > _LINE:
            canvas.text(left + arm / 2, top + 20, [str(row.field.number)], bold=True, anchor="center")
    return canvas.chart(sum(r.height for r in rows) + (len(rows) - 1) * _GAP + 4)


def _draw_band(canvas: Canvas, left: float, width: float, heights: tuple[float, float, float]) -> None:
    """Draw a row that turns up: its own part lies between the last two heights."""
    top, y0, y1 = heights
    corners = [(1, y0), (left, y0), (left, top), (left + width, top), (left + width, y1), (1, y1)]
    canvas.outline(corners, fill=_BAND)


def _rows(concept: Concept, room: float, *, narrow: bool) -> list[_Band]:
    """Put the fields in order, under headings."""
    own = [f for f in concept.fields if f.kind == "feld"]
    projects = concept.package.words("handlungsfelder", "projekt")
    rows = [] if projects else _group("Handlungsfelder", own, room, narrow=narrow)
    for project in projects:
        fields = [f for f in own if f.project == project]
        rows += _group(f"Projekt {project.label}", fields, room, narrow=narrow)
    return rows + _group("Übergreifend, in allen anderen Feldern", _across(concept), room, narrow=narrow)


def _group(head: str, fields: list[ActionField], room: float, *, narrow: bool) -> list[_Band]:
    if not fields:
        return []
    rows = [_Band([head], [], _HEAD)]
    for field in fields:
        lines = fit(f"{field.number}  {field.name}", room - 20 - (0 if narrow else _STAGE), bold=True)
        stage = fit(_stage(field), room - 20 if narrow else _STAGE)
        n = len(lines) + len(stage) if narrow else max(len(lines), len(stage))
        rows.append(_Band(lines, stage, n * _LINE + 2 * _PAD, field))
    return rows


def _write(canvas: Canvas, row: _Band, y: float, room: float, colour: str, *, narrow: bool) -> None:
    """Write a field's name and stage, below each other or side by side."""
    if narrow:
        part = len(row.lines) * _LINE
        canvas.text(11, y + _PAD + part / 2, row.lines, colour=colour, bold=True)
        canvas.text(11, y + row.height - _PAD - len(row.stage) * _LINE / 2, row.stage, colour=colour)
    else:
        canvas.text(11, y + row.height / 2, row.lines, colour=colour, bold=True)
        canvas.text(room - 6, y + row.height / 2, row.stage, colour=colour, anchor="right")
