"""The five questions: for how many measures each is answered, one bar a question."""

from __future__ import annotations

import plotly.graph_objects as go

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Concept
from konzept.concept.steering import QUESTIONS, answers, complete
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.drawing.rows import Rows
from konzept.elements.drawing.template import MAIN, OUTLINE, PAPER, SIZE, TEXT, text_width
from konzept.elements.explorer.views import measures_view
from konzept.words import german

_BAR = 18


def completeness_figure(concept: Concept) -> Figure | None:
    """Show how far the measures answer the five questions.

    Returns
    -------
    Figure or None
        None when there are no measures.
    """
    measures = concept.measures
    if not measures:
        return None
    total = len(measures)
    found = answers(measures)
    label = "abb-angaben"
    sources = [m.source for m in measures]
    return Figure(
        label=label,
        finding=finding(concept),
        subtitle=f"Anzahl der Maßnahmen, zu denen die Frage beantwortet ist{as_of(sources)}.",
        caption="Was zu den Maßnahmen noch fehlt",
        reading=f"Ein voller Balken steht für alle {german.word(total)} Maßnahmen."
        if total > 1
        else "Ein voller Balken steht für die einzige Maßnahme.",
        sources=cited(sources),
        wide=_chart(found, total, narrow=False),
        narrow=_chart(found, total, narrow=True),
        data=Table(
            label=f"{label}-daten",
            caption="",
            columns=(Column("Frage"), Column("beantwortet", numeric=True), Column("offen", numeric=True)),
            rows=tuple(
                Row((Cell.of(q.title), Cell.of(german.number(n)), Cell.of(german.number(total - n))))
                for q, n in zip(QUESTIONS, found, strict=True)
            ),
        ),
        csv=(
            ("Frage", "beantwortet", "offen", "Maßnahmen"),
            *((q.title, str(n), str(total - n), str(total)) for q, n in zip(QUESTIONS, found, strict=True)),
        ),
        view=measures_view(),
    )


def finding(concept: Concept) -> str:
    """State how many measures answer all questions, and which question is answered least."""
    measures = concept.measures
    total, whole = len(measures), complete(measures)
    if whole == total:
        return f"Zu {_all(total)} sind alle fünf Fragen beantwortet."
    found = answers(measures)
    least = min(found)
    weakest = [q.short for q, n in zip(QUESTIONS, found, strict=True) if n == least]
    none = "keiner" if not least else "einer" if least == 1 else german.word(least)
    opening = f"Alle fünf Fragen sind zu {'keiner' if not whole else 'einer' if whole == 1 else german.word(whole)} {_of(total)} beantwortet"
    if len(weakest) > 2:
        return f"{opening}."
    return f"{opening}; am seltensten genannt: {german.listing(weakest)} (zu {none})."


def _all(total: int) -> str:
    return "der einzigen Maßnahme" if total == 1 else f"allen {german.word(total)} Maßnahmen"


def _of(total: int) -> str:
    return "Maßnahme" if total == 1 else f"von {german.word(total)} Maßnahmen"


def _chart(found: list[int], total: int, *, narrow: bool) -> go.Figure:
    rows = Rows([q.title for q in QUESTIONS], [_BAR] * len(found), narrow=narrow)
    labels = [f"{german.number(n)} von {german.number(total)}" for n in found]
    room = max(text_width(label) for label in labels) + 12
    chart = rows.chart(0, total * rows.width / (rows.width - room))
    for question, n, label, y in zip(QUESTIONS, found, labels, rows.middles, strict=True):
        for start, length, fill in ((0, n, MAIN), (n, total - n, PAPER)):
            if length:
                _part(chart, (start, length), y, fill, f"{question.title} {label}")
        chart.add_annotation(
            x=total,
            y=y,
            xanchor="left",
            yanchor="middle",
            xshift=8,
            text=label,
            font={"size": SIZE, "color": TEXT},
        )
    return chart


def _part(chart: go.Figure, span: tuple[int, int], y: float, fill: str, hover: str) -> None:
    chart.add_bar(
        x=[span[1]],
        base=[span[0]],
        y=[y],
        orientation="h",
        width=_BAR,
        cliponaxis=False,
        marker={"color": fill, "line": {"color": OUTLINE, "width": 1.25}},
        customdata=[hover],
        hovertemplate="%{customdata}<extra></extra>",
    )
    chart.update_layout(barmode="overlay")
