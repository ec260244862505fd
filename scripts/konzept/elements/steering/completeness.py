"""The five questions: for how many measures each is answered, one bar a question."""

from __future__ import annotations

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Concept
from konzept.concept.steering import QUESTIONS, answers, complete
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.drawing.bars import Bar, Part, bars_chart
from konzept.elements.drawing.template import MAIN, PAPER
from konzept.elements.explorer.views import measures_view
from konzept.words import german


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
    bars = [_bar(q.title, n, total) for q, n in zip(QUESTIONS, found, strict=True)]
    label = "abb-angaben"
    sources = [m.source for m in measures]
    return Figure(
        label=label,
        finding=finding(concept),
        subtitle=f"Anzahl der Maßnahmen, zu denen die Frage beantwortet ist{as_of(sources)}.",
        caption="Was zu den Maßnahmen noch fehlt",
        reading=f"Ein voller Balken steht für {german.all_of(total, 'Maßnahmen')}."
        if total > 1
        else "Ein voller Balken steht für die einzige Maßnahme.",
        sources=cited(sources),
        wide=bars_chart(bars, narrow=False),
        narrow=bars_chart(bars, narrow=True),
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
    opening = f"Alle fünf Fragen sind zu {german.some(whole, 'er')} {_of(total)} beantwortet"
    if len(weakest) > 2:
        return f"{opening}."
    return f"{opening}; am seltensten genannt: {german.listing(weakest)} (zu {german.some(least, 'er')})."


def _all(total: int) -> str:
    return "der einzigen Maßnahme" if total == 1 else german.all_of(total, "Maßnahmen", "en")


def _of(total: int) -> str:
    return "Maßnahme" if total == 1 else f"von {german.word(total)} Maßnahmen"


def _bar(title: str, n: int, total: int) -> Bar:
    label = f"{german.number(n)} von {german.number(total)}"
    parts = (Part(0, n, MAIN), Part(n, total - n, PAPER))
    return Bar(title, tuple(p for p in parts if p.length), label, f"{title} {label}")
