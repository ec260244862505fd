"""What authors fill of events and documents is shown, on the page and in its files of data."""

from pathlib import Path

from folders import rows
from konzept.concept.assembly import load_concept
from konzept.elements.events.timeline import events_in_words, timeline_figure
from konzept.elements.sources.documents import note_label, note_line, notes_table


def test_place_and_people_of_an_event_stand_with_its_figure(real: Path) -> None:
    concept = load_concept(real)
    figure = timeline_figure("x", "Verlauf", concept.events)
    assert figure is not None
    head, *lines = figure.csv
    where, who = head.index("Ort"), head.index("Teilnehmende")
    for row in (r for r in rows(real, "ereignisse") if r["teilnehmende"] and r["stand"] == "erfolgt"):
        (told,) = [each for each in lines if each[1] == row["titel"] and each[who]]
        assert (told[where], told[who]) == (row["ort"], row["teilnehmende"])
        assert any(f"Teilnehmende: {row['teilnehmende']})" in r.cells[1].text for r in figure.data.rows)


def test_place_and_people_of_an_event_stand_in_words(real: Path) -> None:
    concept = load_concept(real)
    (event,) = [e for e in concept.events if e.id == "e-workshop-arbeit"]
    (only,) = events_in_words([event]).lines
    assert "".join(run.text for run in only).endswith("(erfolgt; Ort: online; Teilnehmende: über 30).")


def test_where_a_doubtful_statement_stands_is_told_with_it(real: Path) -> None:
    concept = load_concept(real)
    table = notes_table(concept)
    assert table is not None
    shown = {
        row.label: " ".join(run.text for line in row.cells[1].lines for run in line)
        for row in table.rows
        if row.label
    }
    for number, note in enumerate(concept.notes, 1):
        assert note.passage_a in shown[note_label(number)]
    assert sum(bool(note.passage_a) for note in concept.notes) > len(concept.notes) / 2
    told = [note for note in concept.notes if note.source_a_id]
    marks = [run.source for note in told for run in note_line(note) if run.source]
    assert {(note.source_a_id, note.passage_a) for note in told} <= set(marks)
