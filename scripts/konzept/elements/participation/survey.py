"""Answers to a survey: one bar an answer, in the order of the data."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from konzept.concept.citing import cited, source_line
from konzept.concept.model import Concept, SurveyAnswer, SurveyQuestion
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.drawing.bars import Bar, Part, bars_chart
from konzept.elements.drawing.template import MAIN, OTHER, safe
from konzept.words import german

FEWEST = 20
"""From so many people on, a share says something; below, the counts speak alone."""

_NAMED = 3
"""So many answers in the first place are named; more are counted."""


def survey_figures(concept: Concept) -> tuple[Figure, ...]:
    """Show every question of every survey; nothing when no results are published."""
    seen: Counter[str] = Counter()
    figures = []
    for question in concept.surveys:
        seen[question.event.id] += 1
        label = f"abb-umfrage-{question.event.id}-{seen[question.event.id]}"
        figures.append(_figure(concept, question, label))
    return tuple(figures)


def _figure(concept: Concept, question: SurveyQuestion, label: str) -> Figure:
    bars = [_bar(question, a) for a in question.answers]
    return Figure(
        label=label,
        finding=finding(question),
        subtitle=_subtitle(concept, question),
        caption=f"Antworten auf die Frage „{question.text}“",
        reading=_reading_aid(question),
        sources=cited([a.source for a in question.answers]),
        wide=bars_chart(bars, narrow=False),
        narrow=bars_chart(bars, narrow=True),
        data=_data_table(label, question),
        csv=_csv(question),
    )


def finding(question: SurveyQuestion) -> str:
    """Name the most frequent answer, or those that share the first place."""
    most = max(a.count for a in question.answers)
    first = [f"„{a.text}“" for a in question.answers if a.count == most]
    if not most:
        return f"Keine der aufgeführten Antworten ist gegeben worden (n = {_people(question)})."
    share = f" ({share_text(most, question.respondents)})" if question.respondents >= FEWEST else ""
    many = f"{german.number(most)} von {_people(question)}{share}"
    if len(question.answers) == 1:
        return f"Die einzige aufgeführte Antwort ist {first[0]}: {many}."
    if len(first) == 1:
        return f"Die häufigste Antwort ist {first[0]}: {many}."
    if len(first) <= _NAMED:
        return f"Gleich häufig stehen {german.listing(first)} an erster Stelle: je {many}."
    if len(first) == len(question.answers):
        return f"Alle {german.word(len(first))} Antworten sind gleich häufig: je {many}."
    equal = german.capital(german.word(len(first)))
    return f"{equal} Antworten stehen gleich häufig an erster Stelle: je {many}."


def share_text(count: int, people: int) -> str:
    r"""Write a share in whole percent that never rounds some to none or most to all.

    Examples
    --------
    >>> share_text(1, 8), share_text(1, 1000), share_text(999, 1000)
    ('13\xa0%', 'unter 1\xa0%', 'über 99\xa0%')
    """
    share = Decimal(100 * count) / people
    if 0 < share < 1:
        return f"unter {german.quantity(1, 'Prozent')}"
    if 99 < share < 100:
        return f"über {german.quantity(99, 'Prozent')}"
    return german.quantity(share, "Prozent", digits=0)


def _people(question: SurveyQuestion) -> str:
    return f"{german.number(question.respondents)} {'Person' if question.respondents == 1 else 'Personen'}"


def _subtitle(concept: Concept, question: SurveyQuestion) -> str:
    what = "Anzahl und Anteil" if question.respondents >= FEWEST else "Anzahl"
    event = question.event
    area = next((a.name for a in concept.areas if a.id == event.area_id), None)
    where = ", ".join(part for part in (event.title, area, event.when) if part)
    return f"„{question.text}“ {what} der Antworten, n = {_people(question)}; {where}."


def _reading_aid(question: SurveyQuestion) -> str:
    shares = question.respondents >= FEWEST
    parts = [
        "n ist die Zahl der Personen, die diese Frage beantwortet haben",
        "Die Antworten stehen in der Reihenfolge der Daten",
    ]
    if sum(a.count for a in question.answers) > question.respondents:
        more = "; die Anteile ergeben zusammen mehr als 100\N{NO-BREAK SPACE}%" if shares else ""
        parts.append(f"Manche Personen haben mehrere Antworten gegeben{more}")
    if not shares:
        parts.append(f"Bei weniger als {FEWEST} Personen stehen Anzahlen ohne Anteile")
    return " ".join(f"{part}." for part in parts)


def _texts(question: SurveyQuestion, answer: SurveyAnswer) -> tuple[str, ...]:
    """Give an answer, its count and, where it says something, its share."""
    count = german.number(answer.count)
    if question.respondents < FEWEST:
        return answer.text, count
    return answer.text, count, share_text(answer.count, question.respondents)


def _data_table(label: str, question: SurveyQuestion) -> Table:
    columns = (Column("Antwort"), Column("Anzahl", numeric=True), Column("Anteil", numeric=True))
    rows = tuple(Row(tuple(map(Cell.of, _texts(question, a)))) for a in question.answers)
    return Table(label=f"{label}-daten", caption="", columns=columns[: len(rows[0].cells)], rows=rows)


def _csv(question: SurveyQuestion) -> tuple[tuple[str, ...], ...]:
    head = ("Befragung", "Zeit", "Frage", "Antwort", "Anzahl", "Anteil", "Personen mit Antwort", "Quelle")
    rows = []
    for answer in question.answers:
        _, _, *share = _texts(question, answer)
        rows.append(
            (
                question.event.title,
                question.event.when,
                question.text,
                answer.text,
                str(answer.count),
                share[0] if share else "",
                str(question.respondents),
                source_line(answer.source),
            )
        )
    return (head, *rows)


def _bar(question: SurveyQuestion, answer: SurveyAnswer) -> Bar:
    """Draw an answer; the most frequent ones stand out."""
    _, count, *share = _texts(question, answer)
    label = f"{count} ({share[0]})" if share else count
    first = answer.count == max(a.count for a in question.answers) > 0
    part = Part(0, answer.count, MAIN if first else OTHER)
    return Bar(answer.text, (part,), label, f"{safe(answer.text)}: {label}", strong=first)
