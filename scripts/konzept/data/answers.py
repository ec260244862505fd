"""What must hold of the results of a survey: that they are of one, fit together, and show no single person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from konzept.data.disclosure import LEAST, NO_ANSWER, gives_away, is_small
from konzept.data.violation import Row, RowRule, Rule, Tables, Violation, grouped
from konzept.words import german

_NO_SURVEYS = ("beschluss", "verabschiedung", "bericht", "organisation", "sitzung")
"""Kinds of events that ask nobody."""


def answers_fit_their_question(data: Tables) -> Iterator[Violation]:
    """All answers to a question name the same number of people and one kind of question, and none was given by more."""
    first: dict[tuple[Any, ...], Row] = {}
    for i, row in enumerate(data["umfrageergebnisse"]):
        people, count = row["grundgesamtheit"], row["anzahl"]
        other = first.setdefault(_question(row), row)
        if people != other["grundgesamtheit"]:
            yield Violation(
                "umfrageergebnisse",
                i,
                "grundgesamtheit",
                f"Zu derselben Frage steht in einer anderen Zeile {other['grundgesamtheit']}; die Zahl gilt der ganzen Frage. Gleichen Sie die Zeilen an.",
            )
        elif row["mehrfach"] != other["mehrfach"]:
            yield Violation(
                "umfrageergebnisse",
                i,
                "mehrfach",
                f"Zu derselben Frage steht in einer anderen Zeile „{other['mehrfach']}“; die Angabe gilt der ganzen Frage. Gleichen Sie die Zeilen an.",
            )
        elif count is not None and count > people:
            yield Violation(
                "umfrageergebnisse",
                i,
                "anzahl",
                f"{count} Antworten sind mehr, als Personen geantwortet haben ({people}). Berichtigen Sie eine der beiden Zahlen.",
            )


def no_answer_of_few(data: Tables) -> Iterator[Violation]:
    """No count of a survey is so small that one might find who it is, nor can it be worked out from the others."""
    rows = data["umfrageergebnisse"]
    for i, row in enumerate(rows):
        count, people = row["anzahl"], row["grundgesamtheit"]
        rest = people - count if count is not None and row["mehrfach"] == "ja" else 0
        if people < LEAST:
            message = f"Von weniger als {german.word(LEAST)} Personen wird nichts veröffentlicht; man könnte sie erkennen. Löschen Sie die Zeilen dieser Frage."
            yield Violation("umfrageergebnisse", i, "grundgesamtheit", message)
        elif count is not None and is_small(count):
            message = f"So antworteten weniger als {german.word(LEAST)} Personen; man könnte sie erkennen. Leeren Sie die Zelle, und halten Sie eine zweite Anzahl zurück, aus der sich diese errechnen ließe."
            yield Violation("umfrageergebnisse", i, "anzahl", message)
        elif is_small(rest):
            message = f"So antworteten alle bis auf weniger als {german.word(LEAST)} von {people} Personen; man könnte sie erkennen. Leeren Sie die Zelle."
            yield Violation("umfrageergebnisse", i, "anzahl", message)
    for members in grouped(rows, _question, lambda row: row["mehrfach"] == "nein"):
        yield from _worked_out([rows[i] for i in members], members)


def _question(row: Row) -> tuple[Any, ...]:
    return row["ereignis_id"], row["frage"]


def _worked_out(answers: Sequence[Row], places: Sequence[int]) -> Iterator[Violation]:
    """Find what the counts of one question tell together, of which each person gave one answer."""
    shown = [row["anzahl"] for row in answers if row["anzahl"] is not None]
    people, hidden = answers[0]["grundgesamtheit"], len(answers) - len(shown)
    if sum(shown) > people:
        message = f"Die Antworten sind zusammen {sum(shown)}, mehr als Personen teilnahmen ({people}). Konnte eine Person mehrere Antworten geben, gehört „ja“ in die Spalte „mehrfach“."
        yield Violation("umfrageergebnisse", places[0], "mehrfach", message)
    elif any(map(is_small, shown)) or people < LEAST:
        return  # said for the row
    elif hidden and gives_away(shown, hidden, people):
        at = next(place for place, row in zip(places, answers, strict=True) if row["anzahl"] is None)
        message = "Wie viele so antworteten, lässt sich aus den anderen Anzahlen dieser Frage errechnen oder fast errechnen. Leeren Sie die nächstgrößere Anzahl, oder löschen Sie die Zeilen der Frage."
        yield Violation("umfrageergebnisse", at, "anzahl", message)
    elif not hidden and gives_away(shown, hidden, people):
        message = f"Zu {people} Personen fehlen weniger als {german.word(LEAST)}; man könnte sie erkennen. Ergänzen Sie eine Zeile „{NO_ANSWER}“ ohne Anzahl, und leeren Sie die kleinste Anzahl."
        yield Violation("umfrageergebnisse", places[0], "grundgesamtheit", message)


def asked_are_named(data: Tables) -> Iterator[Violation]:
    """Results say whom they speak for: who was asked, and who was not reached."""
    events = {row["id"]: row for row in data["ereignisse"]}
    for i, row in enumerate(data["umfrageergebnisse"]):
        event = events.pop(row["ereignis_id"], None)
        if event and not (event["befragte"] and event["nicht_erreicht"]):
            message = f"Wer befragt und wer nicht erreicht worden ist, steht in ereignisse bei „{event['id']}“ nicht. Ergänzen Sie dort „befragte“ und „nicht_erreicht“, soweit es bekannt ist."
            yield Violation("umfrageergebnisse", i, "ereignis_id", message)


ANSWERS: tuple[Rule, ...] = (
    # Answers come from an event that took place, and that asked.
    RowRule(
        "umfrageergebnisse",
        "ereignis_id",
        lambda row, data: data.row("ereignisse", row["ereignis_id"])["stand"] != "erfolgt",
        lambda row, data: (
            f"„{row['ereignis_id']}“ ist noch nicht erfolgt und kann keine Ergebnisse haben. Nennen Sie das richtige Ereignis, oder ändern Sie seinen Stand."
        ),
    ),
    RowRule(
        "umfrageergebnisse",
        "ereignis_id",
        lambda row, data: (
            (event := data.row("ereignisse", row["ereignis_id"]))["stand"] == "erfolgt"
            and event["art"] in _NO_SURVEYS
        ),
        lambda row, data: (
            f"„{row['ereignis_id']}“ ist keine Befragung, sondern hat die Art „{data.row('ereignisse', row['ereignis_id'])['art']}“. Nennen Sie das richtige Ereignis."
        ),
    ),
    answers_fit_their_question,
    no_answer_of_few,
)
