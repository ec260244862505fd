"""What must hold of the results of a survey: that they are of one, fit together, and show no single person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from konzept.data.disclosure import LEAST, NO_ANSWER, gives_away, is_small
from konzept.data.violation import Row, RowRule, Rule, Tables, Violation, grouped, standing_once
from konzept.words import german

_NO_SURVEYS = ("beschluss", "verabschiedung", "bericht", "organisation", "sitzung")
"""Kinds of events that ask nobody."""


def worked_out(data: Tables) -> Iterator[Violation]:
    """No count of a survey can be worked out from the others of its question, if each person gave one answer."""
    rows = data["umfrageergebnisse"]
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
    # All answers to a question name the same number of people and one kind of question, and none was given by more.
    standing_once(
        "umfrageergebnisse",
        "grundgesamtheit",
        _question,
        lambda row, first: (
            f"Zu derselben Frage steht in einer anderen Zeile {first['grundgesamtheit']}; die Zahl gilt der ganzen Frage. Gleichen Sie die Zeilen an."
        ),
        may_repeat=lambda row, first: row["grundgesamtheit"] == first["grundgesamtheit"],
    ),
    standing_once(
        "umfrageergebnisse",
        "mehrfach",
        _question,
        lambda row, first: (
            f"Zu derselben Frage steht in einer anderen Zeile „{first['mehrfach']}“; die Angabe gilt der ganzen Frage. Gleichen Sie die Zeilen an."
        ),
        may_repeat=lambda row, first: row["mehrfach"] == first["mehrfach"],
    ),
    RowRule(
        "umfrageergebnisse",
        "anzahl",
        lambda row, data: (row["anzahl"] or 0) > row["grundgesamtheit"],
        lambda row, data: (
            f"{row['anzahl']} Antworten sind mehr, als Personen geantwortet haben ({row['grundgesamtheit']}). Berichtigen Sie eine der beiden Zahlen."
        ),
    ),
    # No count is so small that one might find who it is.
    RowRule(
        "umfrageergebnisse",
        "grundgesamtheit",
        lambda row, data: row["grundgesamtheit"] < LEAST,
        f"Von weniger als {german.word(LEAST)} Personen wird nichts veröffentlicht; man könnte sie erkennen. Löschen Sie die Zeilen dieser Frage.",
    ),
    RowRule(
        "umfrageergebnisse",
        "anzahl",
        lambda row, data: row["grundgesamtheit"] >= LEAST and is_small(row["anzahl"] or 0),
        f"So antworteten weniger als {german.word(LEAST)} Personen; man könnte sie erkennen. Leeren Sie die Zelle, und halten Sie eine zweite Anzahl zurück, aus der sich diese errechnen ließe.",
    ),
    RowRule(
        "umfrageergebnisse",
        "anzahl",
        lambda row, data: (
            row["grundgesamtheit"] >= LEAST
            and row["mehrfach"] == "ja"
            and row["anzahl"] is not None
            and not is_small(row["anzahl"])
            and is_small(row["grundgesamtheit"] - row["anzahl"])
        ),
        lambda row, data: (
            f"So antworteten alle bis auf weniger als {german.word(LEAST)} von {row['grundgesamtheit']} Personen; man könnte sie erkennen. Leeren Sie die Zelle."
        ),
    ),
    worked_out,
)
