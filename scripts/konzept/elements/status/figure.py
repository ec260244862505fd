"""Measures by status: one cell a measure, one row a status."""

from __future__ import annotations

import plotly.graph_objects as go

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept, Measure
from konzept.concept.standing import by_status, finding, tense
from konzept.elements.content import Figure
from konzept.elements.drawing.template import AXIS, OUTLINE, SIZE, TEXT, fit, new_chart, safe, text_width
from konzept.elements.explorer.choices import measures_view
from konzept.elements.palette import STATUS_LOOKS, look_of
from konzept.elements.tables import data_of
from konzept.words import german
from konzept.words.labels import NOT_NAMED, Status

MANY = 30
"""From so many measures on, a row is one bar with a number instead of cells."""


def status_figure(concept: Concept, field: ActionField) -> Figure | None:
    """Show how far a field's measures have come.

    Returns
    -------
    Figure or None
        None when the field has no measures; the page then says so in words.
    """
    if not field.measures:
        return None
    rows = list(by_status(field.measures).items())
    sources = [m.current.source if m.current else m.source for m in field.measures]
    told = [m for _, measures in rows for m in measures]
    heads = ("Status", "Maßnahme", "Stand")
    return Figure(
        label=f"abb-status-{field.id}",
        finding=finding(field.measures, concept.stand),
        subtitle=f"Anzahl der Maßnahmen{_as_of(concept)}.",
        caption=f"Maßnahmen im Handlungsfeld {field.name} nach Status",
        reading="Jedes Kästchen ist eine Maßnahme."
        if len(field.measures) < MANY
        else "Die Zahl am Balken nennt die Anzahl der Maßnahmen.",
        sources=cited(sources),
        wide=_chart(rows, narrow=False),
        narrow=_chart(rows, narrow=True),
        data=data_of(
            heads,
            [
                (_label(m.status), m.title, german.date(m.current.day) if m.current else NOT_NAMED)
                for m in told
            ],
        ),
        csv=(
            heads,
            *((_label(m.status), m.title, m.current.day.isoformat() if m.current else "") for m in told),
        ),
        points=len(rows),
        view=measures_view(feld=field.id),
    )


def all_status_figure(concept: Concept) -> Figure | None:
    """Show the measures of all fields, one row a field, one cell a measure."""
    if not concept.measures:
        return None
    rows = [
        (f.name, sorted(f.measures, key=lambda m: m.status.place if m.status else -1)) for f in concept.fields
    ]
    heads = ("Handlungsfeld", "Maßnahme", "Status")
    told = [(name, m.title, _label(m.status)) for name, measures in rows for m in measures]
    shades = german.listing([status.label for status in by_status(concept.measures) if status])
    return Figure(
        label="abb-status-alle",
        finding=_all_finding(concept),
        subtitle=f"Anzahl der Maßnahmen je Handlungsfeld{_as_of(concept)}.",
        caption="Maßnahmen nach Handlungsfeld und Status",
        reading=f"Jedes Kästchen ist eine Maßnahme; von hell nach dunkel: {shades}.",
        sources=cited([m.current.source if m.current else m.source for m in concept.measures]),
        wide=_rows_chart(rows, narrow=False),
        narrow=_rows_chart(
            [(f.short_name, ms) for f, (_, ms) in zip(concept.fields, rows, strict=True)], narrow=True
        ),
        data=data_of(heads, told),
        csv=(heads, *told),
        points=sum(bool(ms) for _, ms in rows),
        view=measures_view(nach="feld"),
    )


def _label(status: Status | None) -> str:
    return status.label if status else "Status nicht genannt"


def _all_finding(concept: Concept) -> str:
    """Name the most frequent status, or all that are equally frequent."""
    groups = by_status(concept.measures)
    if len({*map(len, groups.values())}) == 1:
        return finding(concept.measures, concept.stand)  # none is more frequent than another
    top = max(map(len, groups.values()))
    words = [
        f"„{status.label if status else NOT_NAMED}“" for status, found in groups.items() if len(found) == top
    ]
    active = sum(bool(f.measures) for f in concept.fields)
    fields = german.count(active, "Handlungsfeld", "Handlungsfeldern", gender="em")
    time = tense(concept.measures, concept.stand)
    verb = " ".join(part for part in (time.be(len(words)), time.time) if part)
    subject = "Der häufigste" if len(words) == 1 else "Die häufigsten"
    each = "je " if len(words) > 1 else ""
    return (
        f"{subject} Status von {german.word(len(concept.measures))} Maßnahmen in {fields} {verb} "
        f"{german.listing(words)} ({each}{german.number(top)})."
    )


def _rows_chart(rows: list[tuple[str, list[Measure]]], *, narrow: bool) -> go.Figure:
    """Draw a row of cells for each field; an empty one says so."""
    chart = new_chart(narrow=narrow, height=36 * len(rows) + 12)
    longest = max(len(measures) for _, measures in rows)
    for y, (_, measures) in enumerate(rows):
        for m in measures:
            _add_cell(chart, y, 1, m.status, f"{safe(m.title)}<br>{_label(m.status)}")
        count = len(measures)
        chart.add_annotation(
            x=count,
            y=y,
            xanchor="left",
            xshift=9,
            text=f"<b>{count}</b>" if count else "keine",
            font={"size": SIZE - (0 if count else 2), "color": TEXT},
        )
    _label_rows(chart, [label for label, _ in rows], longest, most=140 if narrow else 310)
    return chart


def _as_of(concept: Concept) -> str:
    day = concept.last_status_day
    return f", Stand {german.date(day)}" if day else ""


def _chart(rows: list[tuple[Status | None, list[Measure]]], *, narrow: bool) -> go.Figure:
    chart = new_chart(narrow=narrow, height=40 * len(rows) + 16)
    total = sum(len(measures) for _, measures in rows)
    longest = max(len(measures) for _, measures in rows)
    for y, (status, measures) in enumerate(rows):
        cells = [(m.title, 1) for m in measures] if total < MANY else [(_label(status), len(measures))]
        for title, size in cells:
            _add_cell(chart, y, size, status, safe(title))
        chart.add_annotation(
            x=len(measures), y=y, xanchor="left", xshift=9, text=f"<b>{german.number(len(measures))}</b>"
        )
    chart.add_shape(
        type="line", x0=0, x1=0, y0=-0.45, y1=len(rows) - 0.55, line={"color": AXIS, "width": 1.5}
    )
    _label_rows(chart, [_label(status) for status, _ in rows], longest, most=140 if narrow else 260)
    return chart


def _add_cell(chart: go.Figure, y: int, size: int, status: Status | None, hover: str) -> None:
    chart.add_bar(
        x=[size],
        y=[y],
        orientation="h",
        width=0.56,
        marker={"color": STATUS_LOOKS[look_of(status)].fill[0], "line": {"color": OUTLINE, "width": 1.25}},
        customdata=[hover],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _label_rows(chart: go.Figure, labels: list[str], longest: int, *, most: int) -> None:
    """Name the rows at the left, in no more than `most` px, and stack their cells."""
    lines = [fit(label, most) for label in labels]
    chart.update_layout(barmode="stack")
    chart.update_yaxes(
        range=[len(labels) - 0.5, -0.5],
        showgrid=False,
        tickvals=list(range(len(labels))),
        ticktext=["<br>".join(map(safe, own)) for own in lines],
        tickfont={"size": SIZE - 1, "color": TEXT},
        ticklabelstandoff=8,
    )
    left = int(max(text_width(part, SIZE - 1) for own in lines for part in own)) + 12
    room = text_width(german.number(longest)) + 12
    plot = chart.layout.width - left
    # The number behind the longest row ends at the chart's edge.
    chart.update_xaxes(visible=False, range=[0, longest * plot / (plot - room)])
    chart.update_layout(margin={"l": left, "r": 0, "t": 4, "b": 4, "autoexpand": False})
