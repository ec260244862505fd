"""The five questions: for how many measures each is answered, one bar a question."""

from __future__ import annotations

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Concept
from konzept.concept.steering import QUESTIONS, answers, complete
from konzept.elements.content import Figure
from konzept.elements.drawing.rows import Bar, Part, bars_chart
from konzept.elements.drawing.template import MAIN, PAPER
from konzept.elements.explorer.choices import measures_view
from konzept.elements.tables import data_of
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
    found = {q.title: n for q, n in zip(QUESTIONS, answers(measures), strict=True)}
    bars = [_bar(title, n, total) for title, n in found.items()]
    sources = [m.source for m in measures]
    return Figure(
        label="abb-angaben",
        finding=finding(concept),
        subtitle=f"Anzahl der Maßnahmen, zu denen die Frage beantwortet ist{as_of(sources)}.",
        caption="Was zu den Maßnahmen noch fehlt",
        reading=f"Ein voller Balken steht für {german.all_of(total, 'Maßnahmen')}."
        if total > 1
        else "Ein voller Balken steht für die einzige Maßnahme.",
        sources=cited(sources),
        wide=bars_chart(bars, narrow=False),
        narrow=bars_chart(bars, narrow=True),
        data=data_of(
            ("Frage", "beantwortet", "offen"),
            [(title, german.number(n), german.number(total - n)) for title, n in found.items()],
            numeric=("beantwortet", "offen"),
        ),
        csv=(
            ("Frage", "beantwortet", "offen", "Maßnahmen"),
            *((title, str(n), str(total - n), str(total)) for title, n in found.items()),
        ),
        view=measures_view(),
    )


def finding(concept: Concept) -> str:
    """State how many measures answer all questions, and which question is answered least."""
    measures = concept.measures
    total, whole = len(measures), complete(measures)
    if whole == total:
        every = "der einzigen Maßnahme" if total == 1 else german.all_of(total, "Maßnahmen", "en")
        return f"Zu {every} sind alle fünf Fragen beantwortet."
    found = answers(measures)
    least = min(found)
    weakest = [q.short for q, n in zip(QUESTIONS, found, strict=True) if n == least]
    of = "Maßnahme" if total == 1 else f"von {german.word(total)} Maßnahmen"
    opening = f"Alle fünf Fragen sind zu {german.some(whole, 'er')} {of} beantwortet"
    if len(weakest) > 2:
        return f"{opening}."
    return f"{opening}; am seltensten genannt: {german.listing(weakest)} (zu {german.some(least, 'er')})."


def _bar(title: str, n: int, total: int) -> Bar:
    label = f"{german.number(n)} von {german.number(total)}"
    parts = (Part(0, n, MAIN), Part(n, total - n, PAPER))
    return Bar(title, tuple(p for p in parts if p.length), label, f"{title} {label}")
