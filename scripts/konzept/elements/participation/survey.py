"""Answers to a survey: one bar an answer, in the order of the data."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from konzept.concept.citing import cited, source_line
from konzept.concept.model import Concept, Event, SurveyAnswer, SurveyQuestion
from konzept.data.disclosure import LEAST, NO_ANSWER
from konzept.elements.content import Figure, Text
from konzept.elements.drawing.drawn_or_said import or_words
from konzept.elements.drawing.rows import Bar, Part, bars_chart
from konzept.elements.drawing.template import MAIN, OTHER, safe
from konzept.elements.tables import data_of
from konzept.words import german

FEWEST = 20
"""From so many people on, a share says something; below, the counts speak alone."""

HELD_BACK = "zurückgehalten"
_NAMED = 3
"""So many answers in the first place are named; more are counted."""


def survey_figures(
    concept: Concept, event_id: str | None = None, text: str | None = None
) -> tuple[Figure, ...]:
    """Show the questions of all surveys; nothing when no results are published.

    Parameters
    ----------
    concept
        The concept.
    event_id
        Show those of this survey alone.
    text
        Show this question alone.
    """
    seen: Counter[str] = Counter()
    figures = []
    for question in concept.surveys:
        seen[question.event.id] += 1
        label = f"abb-umfrage-{question.event.id}-{seen[question.event.id]}"
        if event_id in (None, question.event.id) and text in (None, question.text):
            figures.append(_figure(concept, question, label))
    return tuple(figures)


def shown(figure: Figure) -> Figure | Text:
    """Draw a question that has answers enough, and say the others in words."""
    return or_words(figure, figure.reading, opening=f"{figure.caption}:")


def _figure(concept: Concept, question: SurveyQuestion, label: str) -> Figure:
    bars = [_bar(question, a) for a in question.answers]
    rows = [_texts(question, a) for a in question.answers]
    return Figure(
        label=label,
        finding=finding(question),
        subtitle=_subtitle(concept, question),
        caption=f"Antworten auf die Frage „{question.text}“",
        reading=_reading_aid(question),
        sources=cited([a.source for a in question.answers]),
        wide=bars_chart(bars, narrow=False),
        narrow=bars_chart(bars, narrow=True),
        data=data_of(("Antwort", "Anzahl", "Anteil")[: len(rows[0])], rows, numeric=("Anzahl", "Anteil")),
        csv=_csv(question),
    )


def finding(question: SurveyQuestion) -> str:
    """Name the most frequent answer, or those that share the first place, as far as counts are shown."""
    given = [(a.text, a.count) for a in question.answers if a.count is not None and a.text != NO_ANSWER]
    most = max((count for _, count in given), default=0)
    hidden = any(a.count is None for a in question.answers)
    people = f"n = {_people(question)}"
    if not most:
        if hidden:
            return f"Wie häufig welche Antwort ist, bleibt zum Schutz der Befragten offen ({people})."
        return f"Keine der aufgeführten Antworten ist gegeben worden ({people})."
    first = [f"„{text}“" for text, count in given if count == most]
    share = f" ({share_text(most, question.respondents)})" if question.respondents >= FEWEST else ""
    many = f"{german.number(most)} von {_people(question)}{share}"
    if len(question.answers) == 1:
        return f"Die einzige aufgeführte Antwort ist {first[0]}: {many}."
    if len(first) == 1:
        # Of several answers one that nearly all gave is held back, too.
        kind = "häufigste gezeigte" if hidden and question.several else "häufigste"
        return f"Die {kind} Antwort ist {first[0]}: {many}."
    if len(first) <= _NAMED:
        return f"Gleich häufig stehen {german.listing(first)} an erster Stelle: je {many}."
    if len(first) == len(given) and not hidden:
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
    return f"„{question.text}“ {what} der Antworten, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{_people(question)}; {where}."


def _reading_aid(question: SurveyQuestion) -> str:
    shares = question.respondents >= FEWEST
    more = "; die Anteile ergeben zusammen nicht 100\N{NO-BREAK SPACE}%" if shares else ""
    return german.sentences(
        *asked(question.event),
        "n ist die Zahl der Personen, die an der Umfrage teilgenommen haben",
        "Die Antworten stehen in der Reihenfolge der Daten",
        f"Eine Person konnte mehrere Antworten geben{more}" if question.several else "",
        "" if shares else f"Bei weniger als {FEWEST} Personen stehen Anzahlen ohne Anteile",
        f"Zurückgehalten sind zum Schutz der Befragten Anzahlen unter {german.word(LEAST)} "
        "und so viele weitere, dass sich keine davon errechnen lässt"
        if any(a.count is None for a in question.answers)
        else "",
    )


def asked(event: Event) -> list[str]:
    """Say who was asked and who was not reached, or that this is not known."""
    if not (event.asked or event.unreached):
        return ["Wer befragt und wer nicht erreicht worden ist, ist nicht genannt"]
    return [
        f"Befragt: {event.asked or 'nicht genannt'}",
        f"Nicht erreicht: {event.unreached or 'nicht genannt'}",
    ]


def _texts(question: SurveyQuestion, answer: SurveyAnswer) -> tuple[str, ...]:
    """Give an answer, its count and, where it says something, its share."""
    count = HELD_BACK if answer.count is None else german.number(answer.count)
    if question.respondents < FEWEST:
        return answer.text, count
    share = "" if answer.count is None else share_text(answer.count, question.respondents)
    return answer.text, count, share


def _csv(question: SurveyQuestion) -> tuple[tuple[str, ...], ...]:
    head = ("Befragung", "Zeit", "Frage", "Antwort", "Anzahl", "Anteil", "Teilgenommen", "Hinweis", "Quelle")
    event = question.event
    rows = (
        (
            event.title,
            event.when,
            question.text,
            answer.text,
            "" if answer.count is None else str(answer.count),
            "".join(_texts(question, answer)[2:]),
            str(question.respondents),
            HELD_BACK if answer.count is None else "",
            source_line(answer.source),
        )
        for answer in question.answers
    )
    return (head, *rows)


def _bar(question: SurveyQuestion, answer: SurveyAnswer) -> Bar:
    """Draw an answer; the most frequent ones stand out, and what is held back has no length."""
    _, count, *share = _texts(question, answer)
    label = f"{count} ({share[0]})" if share and share[0] else count
    most = max((a.count for a in question.answers if a.count and a.text != NO_ANSWER), default=0)
    first = answer.count == most > 0 and answer.text != NO_ANSWER
    part = Part(0, answer.count or 0, MAIN if first else OTHER)
    return Bar(answer.text, (part,), label, f"{safe(answer.text)}: {label}", strong=first)
