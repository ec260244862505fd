"""Bubble map: true ranks, areas in proportion, places at scale, labels that do not overlap."""

import datetime as dt
import itertools
import math
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import REAL, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.elements.indicators.bubblemap import bubble_map_figure, compared
from konzept.elements.indicators.bubbles import BubbleMap, _round_below
from konzept.elements.palette import chart_colours
from konzept.notebook.book import Book

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")
KNOWN = "i-bevoelkerung-zensus"


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def place(key: str, latitude: float | None, longitude: float | None, name: str = "") -> Area:
    name = name or key.capitalize()
    return Area(key, name, "gemeinde", f"in {name}", latitude, longitude)


def seen(area: Area, value: float | None, *, year: int = 2022, precision: str = "genau") -> Observation:
    return Observation("ist", area, "insgesamt", str(year), year, value, precision, False, None, PAPER)


def indicator(*observations: Observation) -> Indicator:
    return Indicator("i-x", None, "Bevölkerung", "die Bevölkerung", None, "Personen", "keine", observations)


TOWN = place("lehrte", 52.37, 9.98)
NORTH = place("norden", 52.57, 9.98)
EAST = place("osten", 52.37, 10.28)


def own_rows(real: Path) -> dict[str, int]:
    """Give the census population of every municipality as the file has it."""
    towns = {r["id"] for r in rows(real, "gebiete") if r["ebene"] == "gemeinde"}
    found = [r for r in rows(real, "messwerte") if r["indikator_id"] == KNOWN and r["gebiet_id"] in towns]
    return {r["gebiet_id"]: int(r["wert"]) for r in found}


def bubbles(chart: go.Figure) -> list[tuple[float, float, float]]:
    """Give the bubbles' places and sizes; the last one is the size key."""
    return [(t.x[0], t.y[0], t.marker.size) for t in chart.data]


def test_real_data(concept: Concept, real: Path) -> None:
    values = own_rows(real)
    figure = bubble_map_figure(concept, next(i for i in concept.indicators if i.id == KNOWN))
    assert figure is not None
    assert sum(v > values["lehrte"] for v in values.values()) == 4
    assert figure.finding == (
        "In Lehrte war die Bevölkerung nach dem Zensus 2022 mit 43.501\u00a0Personen "
        "die fünftgrößte der 21 verglichenen Gemeinden."
    )
    assert sorted(int(row[3]) for row in figure.csv[1:]) == sorted(values.values())
    assert len(figure.data.rows) == len(values) == 21
    for chart in (figure.wide, figure.narrow):
        assert len(chart.data) == 22
    words = [a.text for a in figure.wide.layout.annotations]
    assert "<b>Lehrte<br>43.501\u00a0Personen</b>" in words
    assert any("Koordinaten" in source.places for source in figure.sources)


def test_the_book_shows_it_with_its_own_label(concept: Concept, shown: list[Any]) -> None:
    Book(concept).neighbours_map()
    assert [b.label for b in shown] == ["abb-nachbarkarte"]


def test_coordinates_are_those_of_the_file(concept: Concept, real: Path) -> None:
    areas = {a.id: a for a in concept.areas}
    for row in rows(real, "gebiete"):
        area = areas[row["id"]]
        expected = [float(row[c].replace(",", ".")) if row[c] else None for c in ("breite", "laenge")]
        assert [area.latitude, area.longitude] == expected


def test_areas_are_in_proportion_to_values(concept: Concept) -> None:
    figure = bubble_map_figure(concept, indicator(seen(TOWN, 400), seen(NORTH, 1600), seen(EAST, 100)))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        sizes = sorted(size for *_, size in bubbles(chart)[:3])
        assert [(size / sizes[0]) ** 2 for size in sizes] == pytest.approx([1, 4, 16])


def test_north_is_up_and_the_scale_is_the_same_both_ways(concept: Concept) -> None:
    figure = bubble_map_figure(concept, indicator(seen(TOWN, 300), seen(NORTH, 200), seen(EAST, 100)))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        # The largest is drawn first, the town's own last.
        (x1, y1, _), (x2, y2, _), (x0, y0, _), _ = bubbles(chart)
        assert (x1, y2) == pytest.approx((x0, y0))
        mean = math.radians((52.37 + 52.57 + 52.37) / 3)
        per_degree = (y0 - y1) / 0.2
        assert per_degree > 0
        assert (x2 - x0) / 0.3 == pytest.approx(per_degree * math.cos(mean))
        assert chart.layout.xaxis.range == (0, chart.layout.width)
        assert chart.layout.yaxis.range == (chart.layout.height, 0)


def test_scale_bar_has_its_length(concept: Concept) -> None:
    figure = bubble_map_figure(concept, indicator(seen(TOWN, 300), seen(NORTH, 200)))
    assert figure is not None
    (_, y1, _), (_, y0, _), _ = bubbles(figure.wide)
    bar = figure.wide.layout.shapes[0]
    (text,) = [a.text for a in figure.wide.layout.annotations if a.text.endswith("km")]
    kilometres = float(text.removesuffix("\u00a0km").replace(",", "."))
    assert bar.x1 - bar.x0 == pytest.approx(kilometres * abs(y0 - y1) / (0.2 * 111.2))


def test_key_is_a_bubble_of_its_value(concept: Concept) -> None:
    figure = bubble_map_figure(concept, indicator(seen(TOWN, 90_000), seen(NORTH, 400)))
    assert figure is not None
    _, (*_, size), (*_, key) = bubbles(figure.wide)
    assert "20.000\u00a0Personen" in [a.text for a in figure.wide.layout.annotations]
    assert (key / size) ** 2 == pytest.approx(20_000 / 90_000)


def test_ties_and_ranks(concept: Concept) -> None:
    def rank(*values: float) -> str:
        others = [place(f"ort{n}", 52 + n / 50, 9) for n in range(len(values) - 1)]
        observations = [seen(a, v) for a, v in zip([TOWN, *others], values, strict=True)]
        figure = bubble_map_figure(concept, indicator(*observations))
        assert figure is not None
        return figure.finding.removeprefix("In Lehrte war die Bevölkerung 2022 mit ")

    assert rank(9, 5) == "9\u00a0Personen die größte der 2 verglichenen Gemeinden."
    assert rank(5, 9, 5) == (
        "5\u00a0Personen die zweitgrößte der 3 verglichenen Gemeinden; denselben Wert hat Ort1."
    )
    assert rank(5, 5, 5).endswith("denselben Wert haben Ort0 und Ort1.")
    assert rank(*[5] * 20).endswith("denselben Wert haben 19 Gemeinden.")
    assert rank(1, *range(2, 22)) == "1\u00a0Personen auf Platz 21 der 21 verglichenen Gemeinden."


def test_without_the_own_town_the_largest_speaks(concept: Concept) -> None:
    figure = bubble_map_figure(concept, indicator(seen(NORTH, 7), seen(EAST, 9)))
    assert figure is not None
    assert figure.finding == "Unter 2 verglichenen Gemeinden war die Bevölkerung in Osten am größten."


def test_places_that_cannot_be_drawn_are_named(concept: Concept) -> None:
    lost, empty = place("nirgends", None, 9.0), place("leer", 52.0, 9.0)
    figure = bubble_map_figure(
        concept, indicator(seen(TOWN, 5), seen(NORTH, 4), seen(lost, 9), seen(empty, 0))
    )
    assert figure is not None
    assert "zweitgrößte der 4 verglichenen" in figure.finding
    assert "nicht auf der Karte: Nirgends." in figure.method
    assert "nicht über null liegt: Leer." in figure.method
    assert len(figure.wide.data) == 3
    assert figure.data.rows[0].cells[2].text == "nicht genannt"


def test_one_time_for_all(concept: Concept) -> None:
    older = [seen(TOWN, 1, year=2011), seen(NORTH, 2, year=2011), seen(EAST, 3, year=2011)]
    newer = [seen(TOWN, 4, year=2022), seen(NORTH, 5, year=2022)]
    assert [o.value for o in compared(indicator(*newer, *older))] == [3, 2, 1]
    assert [o.value for o in compared(indicator(*older[:2], *newer))] == [5, 4]


@pytest.mark.parametrize(
    "values",
    [[], [seen(TOWN, 5)], [seen(TOWN, 5), seen(NORTH, -1)], [seen(TOWN, 5), seen(NORTH, None)]],
)
def test_fewer_than_two_bubbles_are_no_map(concept: Concept, values: list[Observation]) -> None:
    assert bubble_map_figure(concept, indicator(*values)) is None


def test_circa_is_hollow(concept: Concept) -> None:
    figure = bubble_map_figure(
        concept, indicator(seen(TOWN, 9, precision="circa"), seen(NORTH, 5), seen(EAST, 5))
    )
    assert figure is not None
    own = figure.wide.data[2].marker
    assert (own.color, own.line.width) == ("#ffffff", 2.5)
    assert "mit ca.\u00a09\u00a0Personen" in figure.finding
    assert "ungefähre" in figure.reading


def test_text_is_literal(concept: Concept) -> None:
    bad = place("lehrte", 52.3, 9.9, "<b>x</b> & <a href='y'>z")
    figure = bubble_map_figure(concept, indicator(seen(bad, 5), seen(NORTH, 3)))
    assert figure is not None
    texts = [a.text for a in figure.wide.layout.annotations]
    texts += [text for t in figure.wide.data for text in t.customdata or ()]
    assert any("&lt;a" in text.replace("<br>", " ") for text in texts)
    assert not any("<a" in text for text in texts)


@given(
    st.lists(
        st.tuples(
            st.floats(52, 53), st.floats(9, 11), st.integers(1, 600_000), st.text("abc de", max_size=80)
        ),
        min_size=2,
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_labels_never_overlap_or_leave_the_sheet(
    concept: Concept, places: list[tuple[float, float, int, str]]
) -> None:
    values = [
        seen(place("lehrte" if n == 0 else f"x{n}", lat, lon, f"N{name}"), value)
        for n, (lat, lon, value, name) in enumerate(places)
    ]
    for narrow in (False, True):
        sheet = BubbleMap(concept, indicator(), values, narrow=narrow)
        boxes = [box for _, box in sheet.labels]
        assert not any(a.meets(b) for a, b in itertools.combinations(boxes, 2))
        assert all(box.within(sheet.width, sheet.height) for box in boxes)
        assert any(bubble.mine for bubble, _ in sheet.labels)
        for bubble in sheet.bubbles:
            assert bubble.radius <= bubble.x <= sheet.width - bubble.radius
            assert bubble.radius <= bubble.y <= sheet.height - bubble.radius
        for bubble, box in sheet.labels:
            others = [b for b in sheet.bubbles if b is not bubble]
            assert bubble.mine or not any(box.crowds(other) for other in others)


def test_only_the_books_colours(concept: Concept) -> None:
    figure = bubble_map_figure(concept, next(i for i in concept.indicators if i.id == KNOWN))
    assert figure is not None
    for trace in (*figure.wide.data, *figure.narrow.data):
        assert {trace.marker.color, trace.marker.line.color} <= set(chart_colours())


@given(st.floats(1e-6, 1e12))
def test_round_numbers_are_not_above(value: float) -> None:
    assert value / 2.5 < _round_below(value) <= value * (1 + 1e-9)
