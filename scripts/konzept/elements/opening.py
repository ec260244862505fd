"""What opens the book: where the concept stands, its numbers, its first findings."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept import choosing
from konzept.concept.model import Concept, Indicator, Measure
from konzept.concept.standing import summary
from konzept.concept.steering import adoption_sentence
from konzept.elements.content import Line, Notice, Points, Run, Text, line
from konzept.elements.indicators.figure import number_label
from konzept.words import german
from konzept.words.labels import MORE


def state(concept: Concept) -> Text:
    """Say what was decided and what this book shows, from events and measures."""
    adopted = adoption_sentence(concept)
    sentences: list[Run] = [Run(f"{adopted} ")] if adopted else []
    measures = concept.measures
    if not measures:
        sentences.append(Run("In den Daten stehen noch keine Maßnahmen."))
        return Text((tuple(sentences),), role="lead")
    day = concept.last_status_day
    report = next((m.current.source for m in measures if m.current and m.current.day == day), None)
    shown = german.count(len(measures), "Maßnahme", "Maßnahmen", gender="er")
    origin = f" vom {german.long_date(day)}" if day else ""
    named = f" ({german.bound(report.short_title)})" if report else ""
    sentences += [
        Run(f"Dieses Buch zeigt den Arbeitsstand{origin}{named} mit "),
        Run(shown, strong=True),
        Run(f", eingeordnet nach den Worten der Quellen: {summary(measures)}.{_undone(measures)}"),
    ]
    return Text((tuple(sentences),), role="lead")


def _undone(measures: Sequence[Measure]) -> str:
    if any(m.claims("beschlossen") or (m.status and m.status.acting) for m in measures):
        return ""
    return " Als beschlossen oder umgesetzt ist keine vermerkt."


def notice(concept: Concept) -> Notice | None:
    """Say what this book is not and what it lacks, if anything; open questions about sources stand with the sources."""
    empty = [f"„{f.name}“" for f in concept.fields if not f.measures]
    # The town's own words are those of today.
    lines: list[Line] = [] if concept.past else [line(f"{concept.package.notice}.")]
    if empty:
        lines.append(line(f"Noch ohne Maßnahmen in den Daten: {german.listing(empty)}."))
    title = "Was Sie wissen sollten" if concept.package.official else "Was hier fehlt"
    return Notice(title, tuple(lines)) if lines else None


_FINDINGS = 3
"""So many findings open the book."""


def findings(concept: Concept) -> Points | None:
    """State the findings that open the book, each with a way to its chart or its sheet; None where there are no values."""
    found = choosing.findings(concept, _FINDINGS)
    if not found:
        return None
    return Points(tuple(line(f"{text} (", _place(i), ")") for i, text in found))


def _place(indicator: Indicator) -> Run:
    drawn = choosing.is_long(indicator)
    label = f"abb-{indicator.id}" if drawn else f"@{number_label(indicator)}"
    return Run("Abbildung" if drawn else MORE, target=label)
