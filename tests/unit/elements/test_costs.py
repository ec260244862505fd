"""Budget: only what may be added is added, "circa" stays visible, nothing without a year enters a year."""

import dataclasses
import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allowed import COST_KINDS, STAGES
from folders import REAL, rows
from konzept.concept.assembly import load_concept
from konzept.concept.costs import totals
from konzept.concept.model import Concept, Cost, Source
from konzept.elements.content import Figure, Text
from konzept.elements.costs.figure import budget_figure
from konzept.elements.drawing.template import text_width
from konzept.elements.palette import chart_colours
from konzept.notebook.book import Book

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def cost(
    amount: float,
    year: int | None = 2024,
    stage: str = "angemeldet",
    *,
    kind: str = "einmalig",
    circa: bool = False,
) -> Cost:
    return Cost(COST_KINDS[kind], year, amount, circa, STAGES[stage], PAPER)


def with_costs(concept: Concept, *costs: Cost, title: str = "Kurs") -> Concept:
    """Give the concept one measure with all costs, and no note."""
    first = concept.fields[0]
    measure = dataclasses.replace(first.measures[0], title=title, costs=costs)
    fields = (
        dataclasses.replace(first, measures=(measure,)),
        *(dataclasses.replace(f, measures=()) for f in concept.fields[1:]),
    )
    return dataclasses.replace(concept, fields=fields, notes=())


def finding(concept: Concept, *costs: Cost) -> str:
    figure = budget_figure(with_costs(concept, *costs))
    assert figure is not None
    return figure.finding.replace("\u00a0", " ")


def bars(chart: go.Figure) -> list[tuple[float, float]]:
    """Give start and length of every bar."""
    return [(trace.base[0], trace.x[0]) for trace in chart.data]


def test_real_data(concept: Concept, real: Path) -> None:
    amounts = {r["jahr"]: float(r["betrag_eur"]) for r in rows(real, "kosten")}
    assert amounts == {"": 33000, "2024": 21000}
    figure = budget_figure(concept)
    assert figure is not None
    assert figure.finding == (
        "Für 2024 waren ca.\u00a021.000\u00a0€ angemeldet; "
        "daneben waren ca.\u00a033.000\u00a0€ jährlich angemeldet (Beginn offen)."
    )
    for chart in (figure.wide, figure.narrow):
        assert bars(chart) == [(0, 21000), (0, 33000)]
        assert {t.marker.line.width for t in chart.data} == {2.5}
    assert [row[:3] for row in figure.csv[1:]] == [
        ("2024", "angemeldet", "21000"),
        ("jährlich, Beginn offen", "angemeldet", "33000"),
    ]
    silent = len(rows(real, "massnahmen")) - len({r["massnahme_id"] for r in rows(real, "kosten")})
    assert f"Für {silent} Maßnahmen sind keine Kosten genannt." in figure.method
    (note,) = [r for r in rows(real, "pruefhinweise") if r["tabelle"] == "kosten"]
    assert note["entscheidung"].split(".")[0] in figure.method


def test_the_book_shows_it_or_says_why_not(concept: Concept, shown: list[Any]) -> None:
    # Two amounts are said, three are drawn.
    for costs in (
        concept,
        with_costs(concept, cost(1, 2024), cost(2, 2025), cost(3, 2026)),
        with_costs(concept),
    ):
        Book(costs).budget_chart()
    assert [type(b) for b in shown] == [Text, Figure, Text]
    assert shown[0].lines[0][0].text == budget_figure(concept).finding
    assert shown[2].lines[0][0].text == "Beträge sind in den Quellen nicht genannt."


def test_no_costs_no_figure(concept: Concept) -> None:
    assert budget_figure(with_costs(concept)) is None


def test_stages_are_never_added_to_each_other(concept: Concept) -> None:
    assert finding(concept, cost(100), cost(50), cost(80, stage="beschlossen")) == (
        "Für 2024 waren 150 € angemeldet und 80 € beschlossen."
    )


def test_what_has_no_year_enters_no_year(concept: Concept) -> None:
    text = finding(concept, cost(100), cost(7, None), cost(30, None, kind="jaehrlich"))
    assert text == (
        "Für 2024 waren 100 € angemeldet; daneben waren 30 € jährlich angemeldet (Beginn offen) "
        "und 7 € einmalig angemeldet (Jahr offen)."
    )
    assert finding(concept, cost(9, None, "unbekannt", kind="anlauf")) == (
        "Ohne Jahr waren 9 € für den Anlauf ohne Haushaltsstand genannt (Jahr offen)."
    )


def test_the_highest_of_several_years_and_ties(concept: Concept) -> None:
    assert finding(concept, cost(1, 2024), cost(5, 2026), cost(4, 2026, "beschlossen")) == (
        "Für zwei Jahre von 2024 bis 2026 waren Beträge genannt, am meisten mit 5 € für 2026 (angemeldet)."
    )
    assert finding(concept, cost(5, 2024), cost(5, 2025, "beschlossen", circa=True)).endswith(
        "am meisten mit ca. 5 € für 2024 (angemeldet) und 2025 (beschlossen)."
    )
    assert finding(concept, *(cost(5, 2024 + n) for n in range(4))) == (
        "Für vier Jahre von 2024 bis 2027 waren Beträge genannt."
    )


def test_circa_part_is_pale_and_named(concept: Concept) -> None:
    figure = budget_figure(with_costs(concept, cost(100), cost(40, circa=True)))
    assert figure is not None
    assert bars(figure.wide) == [(0, 100), (100, 40)]
    solid, pale = (trace.marker for trace in figure.wide.data)
    assert solid.color != pale.color
    assert (solid.line.width, pale.line.width) == (1.25, 2.5)
    assert figure.finding == "Für 2024 waren ca.\u00a0140\u00a0€ angemeldet."
    assert figure.csv[1] == ("2024", "angemeldet", "140", "circa", "2")


def test_what_a_source_of_the_day_says_is_in_the_present(concept: Concept) -> None:
    today = dataclasses.replace(with_costs(concept, cost(5)), stand=PAPER.day)
    figure = budget_figure(today)
    assert figure is not None
    assert figure.finding == "Für 2024 sind 5\u00a0€ angemeldet."


def test_cents_are_added_exactly(concept: Concept) -> None:
    assert finding(concept, cost(0.1), cost(0.2)) == "Für 2024 waren 0,30 € angemeldet."


def test_reading_aid_says_what_is_left_out(concept: Concept) -> None:
    figure = budget_figure(with_costs(concept, cost(1, 2024, kind="jaehrlich"), cost(1, 2027)))
    assert figure is not None
    assert "nur in dem Jahr, das die Quelle nennt" in figure.method
    assert "Jahre ohne genannten Betrag sind ausgelassen" in figure.method
    assert "ohne Jahr" not in figure.method


COSTS = st.builds(
    cost,
    st.decimals(0, 10**9, places=2).map(float),
    st.one_of(st.none(), st.integers(2024, 2031)),
    st.sampled_from(list(STAGES)),
    kind=st.sampled_from(list(COST_KINDS)),
    circa=st.booleans(),
)


@given(st.lists(COSTS, min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_sums_of_any_costs(concept: Concept, costs: list[Cost]) -> None:
    changed = with_costs(concept, *costs)
    figure = budget_figure(changed)
    assert figure is not None
    expected: dict[tuple[object, str], Decimal] = {}
    for c in costs:
        key = (c.year or c.kind, c.stage)
        expected[key] = expected.get(key, Decimal(0)) + Decimal(str(c.amount))
    found = {(t.year or t.kind, t.stage): t.amount for t in totals(changed)}
    assert found == expected
    assert len(figure.csv) == len(figure.data.rows) + 1 == len(expected) + 1
    for chart in (figure.wide, figure.narrow):
        low, high = chart.layout.xaxis.range
        assert low <= 0 < high
        assert all(start + length <= high for start, length in bars(chart))
        texts = [a.text for a in chart.layout.annotations]
        assert all(any(f"<b>{t.text}</b>" in text for text in texts) for t in totals(changed))


@given(st.lists(COSTS, min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_nothing_overlaps_or_is_cut_off(concept: Concept, costs: list[Cost]) -> None:
    figure = budget_figure(with_costs(concept, *costs))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        margin = chart.layout.margin
        assert chart.layout.width - margin.l - margin.r > 200
        middles = sorted({trace.y[0] for trace in chart.data})
        thick = chart.data[0].width if chart.data else 0
        assert all(b - a >= thick + 4 for a, b in itertools.pairwise(middles))
        assert not middles or middles[-1] + thick / 2 <= chart.layout.height
    for note in figure.narrow.layout.annotations:
        for part in note.text.replace("<b>", "").replace("</b>", "").split("<br>"):
            assert text_width(part, note.font.size) <= figure.narrow.layout.width


@pytest.mark.parametrize("amounts", [[0], [-5], [-5, 3], [0, 0, 1e12]])
def test_zeros_and_negative_amounts_make_a_chart(concept: Concept, amounts: list[float]) -> None:
    figure = budget_figure(with_costs(concept, *(cost(a, 2024 + n) for n, a in enumerate(amounts))))
    assert figure is not None
    low, high = figure.wide.layout.xaxis.range
    assert low <= min(0, *amounts)
    assert high > max(0, *amounts)


def test_text_is_literal_and_long_titles_are_wrapped(concept: Concept) -> None:
    title = "<b>x</b> & <a href='y'>" + "Donaudampfschifffahrt" * 4
    figure = budget_figure(with_costs(concept, cost(1), title=title))
    assert figure is not None
    (hover,) = figure.wide.data[0].customdata
    assert "<a" not in hover
    assert "&lt;a" in hover
    assert "<br>" in hover


def test_only_the_books_colours(concept: Concept) -> None:
    every = [cost(5, stage=stage, circa=circa) for stage in STAGES for circa in (True, False)]
    figure = budget_figure(with_costs(concept, *every))
    assert figure is not None
    for trace in (*figure.wide.data, *figure.narrow.data):
        assert {trace.marker.color, trace.marker.line.color} <= set(chart_colours())
    fills = {(t.marker.color, t.marker.line.color) for t in figure.wide.data}
    assert len(fills) == 2 * len(STAGES)
