"""Survey figures: counts and shares are those of the rows, small groups have no percentages."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import HOSTILE, rows, write
from konzept.authors.check import check_project
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept, SurveyAnswer, SurveyQuestion
from konzept.elements.content import Figure, Text, chart_json
from konzept.elements.drawing.template import NARROW, WIDE, text_width
from konzept.elements.participation.survey import finding, share_text, survey_figures
from konzept.notebook.book import Book
from konzept.notebook.html import as_html
from layout import foreign_colours

EVENT = "e-workshop-arbeit"
SOURCE = {"quelle_id": "d-sachstandsbericht-2", "fundstelle": "Seite 1"}
SEVERAL = "Was hilft Ihnen?"
ASKED = [
    (EVENT, SEVERAL, "Sprachkurse am Abend", "58", "1260", "ja"),
    (EVENT, SEVERAL, "Kinderbetreuung", "71", "1260", "ja"),
    (EVENT, SEVERAL, "Nichts davon", "6", "1260", "ja"),
    (EVENT, SEVERAL, "Beratung", "", "1260", "ja"),
    ("e-auftakt", "Kommen Sie wieder?", "Ja", "14", "14", "nein"),
    ("e-auftakt", "Kommen Sie wieder?", "Nein", "0", "14", "nein"),
]


def published(folder: Path, asked: list[tuple[str, ...]] = ASKED) -> Path:
    names = ("ereignis_id", "frage", "antwort", "anzahl", "grundgesamtheit", "mehrfach")
    write(folder, "umfrageergebnisse", [dict(zip(names, row, strict=True)) | SOURCE for row in asked])
    return folder


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def asked(
    concept: Concept, people: int, *answers: tuple[str, int | None], several: bool = False
) -> SurveyQuestion:
    source = concept.documents[0]
    return SurveyQuestion(
        concept.events[0], "Was?", people, tuple(SurveyAnswer(t, n, source) for t, n in answers), several
    )


def drawn(concept: Concept, question: SurveyQuestion) -> Figure:
    (figure,) = survey_figures(dataclasses.replace(concept, surveys=(question,)))
    return figure


def test_no_results_are_a_sentence(real: Path, concept: Concept, shown: list[Any]) -> None:
    assert rows(real, "umfrageergebnisse") == []
    assert survey_figures(concept) == ()
    Book(concept).surveys()
    assert [as_html(b) for b in shown] == ["<p>Ergebnisse von Umfragen sind nicht veröffentlicht.</p>"]


def test_results_of_the_table(data: Path, shown: list[Any]) -> None:
    concept = load_concept(published(data))
    first, second = survey_figures(concept)
    # In the order of the events, whatever the order of the file.
    assert [first.label, second.label] == ["abb-umfrage-e-auftakt-1", f"abb-umfrage-{EVENT}-1"]
    assert second.finding == (
        "Die häufigste gezeigte Antwort ist „Kinderbetreuung“: 71 von 1.260 Personen (6\u00a0%)."
    )
    assert "n\u00a0=\u00a01.260 Personen" in second.subtitle
    assert "17.02.2022" in second.subtitle
    own = [r for r in rows(data, "umfrageergebnisse") if r["ereignis_id"] == EVENT]
    for chart in (second.wide, second.narrow):
        assert [trace.x[0] for trace in chart.data] == [int(r["anzahl"] or 0) for r in own]
        assert chart.layout.xaxis.range[0] == 0
    assert [[c.text for c in row.cells] for row in second.data.rows] == [
        ["Sprachkurse am Abend", "58", "5\u00a0%"],
        ["Kinderbetreuung", "71", "6\u00a0%"],
        ["Nichts davon", "6", "unter 1\u00a0%"],
        ["Beratung", "zurückgehalten", ""],
    ]
    assert [line[3:8] for line in second.csv[1:]] == [
        ("Sprachkurse am Abend", "58", "5\u00a0%", "1260", ""),
        ("Kinderbetreuung", "71", "6\u00a0%", "1260", ""),
        ("Nichts davon", "6", "unter 1\u00a0%", "1260", ""),
        ("Beratung", "", "", "1260", "zurückgehalten"),
    ]
    assert "Eine Person konnte mehrere Antworten geben" in second.reading
    assert "Zurückgehalten sind zum Schutz der Befragten Anzahlen unter fünf" in second.reading
    assert "Wer befragt und wer nicht erreicht worden ist, ist nicht genannt." in second.reading
    Book(concept).surveys()
    # Two answers are said, three are drawn.
    assert [(type(b), b.label) for b in shown] == [(Text, first.label), (Figure, second.label)]
    assert shown[0].lines[0][0].text == f"{first.caption}: {first.finding} {first.reading}"


def test_few_people_have_no_percentages(data: Path) -> None:
    few = survey_figures(load_concept(published(data)))[0]
    assert few.finding == "Die häufigste Antwort ist „Ja“: 14 von 14 Personen."
    assert [c.title for c in few.data.columns] == ["Antwort", "Anzahl"]
    everything = f"{few.finding}{few.subtitle}{few.reading}{few.data}{few.csv}{chart_json(few.wide)}"
    assert "%" not in everything.replace("%{customdata}", "")


@pytest.mark.parametrize(("people", "percent"), [(19, False), (20, True)])
def test_percentages_from_twenty_people_on(concept: Concept, people: int, percent: bool) -> None:
    assert ("%" in finding(asked(concept, people, ("Ja", 5), ("Nein", 4)))) is percent


def test_findings_of_ties_and_of_nothing(concept: Concept) -> None:
    assert finding(asked(concept, 30, ("A", 9), ("B", 3), ("C", 9))) == (
        "Gleich häufig stehen „A“ und „C“ an erster Stelle: je 9 von 30 Personen (30\u00a0%)."
    )
    assert finding(asked(concept, 30, *((f"A{n}", 3) for n in range(4)))) == (
        "Alle vier Antworten sind gleich häufig: je 3 von 30 Personen (10\u00a0%)."
    )
    assert finding(asked(concept, 30, *((f"A{n}", 3) for n in range(4)), ("B", 1))) == (
        "Vier Antworten stehen gleich häufig an erster Stelle: je 3 von 30 Personen (10\u00a0%)."
    )
    assert finding(asked(concept, 30, ("A", 0), ("B", 0))) == (
        "Keine der aufgeführten Antworten ist gegeben worden (n = 30 Personen)."
    )
    assert finding(asked(concept, 1, ("A", 1))) == "Die einzige aufgeführte Antwort ist „A“: 1 von 1 Person."


def test_shares_never_hide_someone() -> None:
    texts = [share_text(n, 1000) for n in (0, 1, 10, 125, 995, 1000)]
    assert texts == [
        "0\u00a0%", "unter 1\u00a0%", "1\u00a0%", "13\u00a0%", "über 99\u00a0%", "100\u00a0%",
    ]  # fmt: skip


@given(
    st.integers(1, 5_000_000).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n), min_size=1, max_size=40))
    )
)
@settings(max_examples=40, deadline=None)
def test_any_counts_fit_their_chart(concept: Concept, given_: tuple[int, list[int]]) -> None:
    people, counts = given_
    figure = drawn(concept, asked(concept, people, *((f"Antwort {i}", n) for i, n in enumerate(counts))))
    assert len(figure.csv) == len(figure.data.rows) + 1 == len(counts) + 1
    for chart, whole in ((figure.wide, WIDE), (figure.narrow, NARROW)):
        assert [trace.x[0] for trace in chart.data] == counts
        low, high = chart.layout.xaxis.range
        assert low == 0
        room = whole - chart.layout.margin.l - chart.layout.margin.r
        labels = [a for a in chart.layout.annotations if a.xref != "paper"]
        for label in labels:
            text = label.text.removeprefix("<b>").removesuffix("</b>")
            assert label.x / high * room + label.xshift + text_width(text) <= room + 1


def test_long_answers_stand_in_full_and_apart(concept: Concept) -> None:
    long = "Beratung zur Anerkennung ausländischer Abschlüsse und zur Weiterbildung im Ort, Nr."
    figure = drawn(concept, asked(concept, 90, *((f"{long} {n}", n) for n in range(40))))
    for chart in (figure.wide, figure.narrow):
        names = [a for a in chart.layout.annotations if a.xref == "paper"]
        assert [a.text.replace("<br>", " ") for a in names] == [f"{long} {n}" for n in range(40)]
        height = [20 * (a.text.count("<br>") + 1) for a in names]
        tops = [a.y - h / 2 for a, h in zip(names, height, strict=True)]
        assert all(top + h <= below for top, h, below in zip(tops, height, tops[1:], strict=False))
        assert names[-1].y < chart.layout.height
        assert chart.layout.yaxis.range[0] <= chart.layout.height


def test_text_is_literal_and_colours_are_the_books(concept: Concept) -> None:
    figure = drawn(concept, asked(concept, 50, *((text, 3) for text in HOSTILE)))
    for chart in (figure.wide, figure.narrow):
        texts = [a.text for a in chart.layout.annotations] + [t.customdata[0] for t in chart.data]
        bare = [t.replace("<br>", "").replace("<b>", "").replace("</b>", "") for t in texts]
        assert not [t for t in bare if "<" in t or ">" in t]
        assert foreign_colours(chart_json(chart)) == set()


def test_what_is_held_back_is_no_first_place(concept: Concept) -> None:
    assert finding(asked(concept, 80, ("A", None), ("B", None))) == (
        "Wie häufig welche Antwort ist, bleibt zum Schutz der Befragten offen (n = 80 Personen)."
    )
    assert finding(asked(concept, 80, ("A", None), ("B", None), ("C", 55))) == (
        "Die häufigste Antwort ist „C“: 55 von 80 Personen (69\u00a0%)."
    )
    silent = asked(concept, 80, ("A", 20), ("B", 10), ("keine Antwort", 50))
    assert finding(silent) == "Die häufigste Antwort ist „A“: 20 von 80 Personen (25\u00a0%)."
    figure = drawn(concept, asked(concept, 80, ("A", None), ("B", 70), several=True))
    labels = [a.text for a in figure.wide.layout.annotations if a.xref != "paper"]
    assert labels == ["zurückgehalten", "<b>70 (88\u00a0%)</b>"]


def test_who_was_asked_stands_below(data: Path) -> None:
    events = rows(published(data), "ereignisse")
    next(row for row in events if row["id"] == EVENT)["befragte"] = "Alle Familien"
    write(data, "ereignisse", events)
    reading = survey_figures(load_concept(data))[1].reading
    assert reading.startswith("Befragt: Alle Familien. Nicht erreicht: nicht genannt.")


@pytest.mark.parametrize(
    ("count", "people", "message"),
    [
        ("5", "1250", "Spalte „grundgesamtheit“: Zu derselben Frage steht in einer anderen Zeile 1260; "
         "die Zahl gilt der ganzen Frage. Gleichen Sie die Zeilen an."),
        ("1261", "1260", "Spalte „anzahl“: 1261 Antworten sind mehr, als Personen geantwortet haben (1260). "
         "Berichtigen Sie eine der beiden Zahlen."),
    ],
)  # fmt: skip
def test_counts_that_contradict_each_other_are_named(
    data: Path, count: str, people: str, message: str
) -> None:
    published(data, [*ASKED, (EVENT, SEVERAL, "Anderes", count, people, "ja")])
    assert [str(p) for p in check_project(data)] == [f"data/umfrageergebnisse.csv, Zeile 8, {message}"]
