"""Much, long or little: pages stay readable, or the check names what is wrong."""

from pathlib import Path

from folders import minimal, rows, write
from konzept.authors.check import check_project
from konzept.concept.assembly import load_concept
from konzept.concept.standing import finding
from konzept.elements.fields.overview import cards, facts
from konzept.elements.goals.table import goals_table
from konzept.elements.sources.gaps import MEASURES, gaps
from konzept.elements.status.figure import all_status_figure, status_figure
from konzept.notebook.html import as_html

SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
ACCESS = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}


def with_measures(folder: Path, titles: list[str]) -> Path:
    minimal(folder)
    write(
        folder,
        "massnahmen",
        [
            {"id": f"m-{n}", "handlungsfeld_id": "bildung", "titel": t, **ACCESS, **SOURCE}
            for n, t in enumerate(titles)
        ],
    )
    return folder


def test_300_measures(tmp_path: Path) -> None:
    folder = with_measures(tmp_path / "data", [f"Maßnahme {n}" for n in range(300)])
    status = [
        {"massnahme_id": f"m-{n}", "datum": "2024-01-01", "status": "idee", **SOURCE} for n in range(300)
    ]
    write(folder, "statusverlauf", status)
    concept = load_concept(folder)
    (field,) = concept.fields
    figure = status_figure(concept, field)
    assert figure is not None
    # One bar with a number in place of 300 cells.
    assert [list(trace.x) for trace in figure.wide.data] == [[300]]
    assert figure.finding == "Im Januar 2024 waren alle 300 Maßnahmen Ideen."
    table = goals_table(field)
    assert table is not None
    assert len([row for row in table.rows if not row.group]) == 300
    assert all_status_figure(concept) is not None
    assert cards(concept).items[0].summary == "300 Maßnahmen: 300 Ideen"


def test_a_title_of_90_words(tmp_path: Path) -> None:
    title = " ".join(f"Wort{n}" for n in range(90))
    concept = load_concept(with_measures(tmp_path / "data", [title]))
    table = goals_table(concept.fields[0])
    assert table is not None
    assert title in as_html(table)


def test_a_measure_with_everything_empty(tmp_path: Path) -> None:
    concept = load_concept(with_measures(tmp_path / "data", ["Nur ein Titel"]))
    (field,) = concept.fields
    assert finding(field.measures, concept.stand) == "Die einzige Maßnahme hat keinen genannten Status."
    table = goals_table(field)
    assert table is not None
    assert [c.title for c in table.columns] == ["Maßnahme", "Status"]
    # What is missing is said once, in the chapter's list of gaps.
    assert table.notes == ()
    assert [gap.text for gap in gaps(concept, field) if gap.about == MEASURES] == [
        "Ziel, Beginn und Ende, Federführung, Kosten und Status für die einzige Maßnahme",
    ]


def test_a_field_with_no_rows_at_all(tmp_path: Path) -> None:
    concept = load_concept(minimal(tmp_path / "data"))
    (field,) = concept.fields
    assert goals_table(field) is None
    assert status_figure(concept, field) is None
    # The box says what is known only; the list of gaps says the rest.
    assert [term for term, _ in facts(field).items] == ["Stand"]
    lacking = {gap.text for gap in gaps(concept, field)}
    assert {"Ziele", "Maßnahmen", "ein Indikator"} <= lacking


def test_a_measure_without_a_title_is_named(tmp_path: Path) -> None:
    folder = with_measures(tmp_path / "data", ["x", ""])
    assert [str(p) for p in check_project(folder)] == [
        "data/massnahmen.csv, Zeile 3, Spalte „titel“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
    ]


def test_contradictory_dates_are_named(tmp_path: Path) -> None:
    folder = with_measures(tmp_path / "data", ["x"])
    content = rows(folder, "massnahmen")
    content[0] |= {"beginn": "2026-01-01", "ende": "2025-01-01", "zeit_genauigkeit": "tag"}
    write(folder, "massnahmen", content)
    (only,) = check_project(folder)
    assert "liegt vor dem Beginn" in str(only)
