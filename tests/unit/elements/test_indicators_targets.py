"""Targets: they stand beside actual values of their own area only, and zero is a target."""

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allowed import word
from folders import HOSTILE, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.elements.content import Figure, Text, chart_json, plain
from konzept.elements.drawing.axes import apart
from konzept.elements.drawing.template import MAIN, PAPER, TARGET
from konzept.elements.indicators.figure import indicator_figure
from konzept.elements.indicators.targets import target_figure, target_sentence
from konzept.notebook.book import Book
from konzept.notebook.html import as_html
from layout import foreign_colours

PERCENT = "\u00a0%"
TOWN = Area("lehrte", "Lehrte", "gemeinde", "in Lehrte")
AROUND = Area("umland", "Umland", "umland", "im Umland")
REGION = Area("region", "Region", "kreis", "in der Region")
STATE = Area("land", "Land", "land", "im Land")
NEXT = Area("nebenan", "Nebenan", "gemeinde", "in Nebenan")
SOURCE = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", None, None, None, "Seite 3")
KNOWN = "i-schulabgang-ohne-hsa"


def seen(year: int | None, value: float | None, area: Area = TOWN, **more: Any) -> Observation:
    time = str(year) if year else "ohne Jahresangabe"
    plain = Observation("ist", area, "insgesamt", time, year, value, "genau", False, None, SOURCE)
    return dataclasses.replace(plain, **more)


def aim(value: float | None, year: int | None = 2030, area: Area = TOWN, **more: Any) -> Observation:
    kind = {
        "kind": "soll",
        "target_kind": word("messwerte", "soll_art", "beschlossen"),
        "time": str(year) if year else "ohne Frist",
    }
    return seen(year, value, area, **{**kind, **more})


def indicator(*observations: Observation, unit: str = "Prozent", direction: str = "hoeher") -> Indicator:
    return Indicator("i-x", "bildung", "Quote", "die Quote", "Eine Quote.", unit, direction, observations)


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def figure_of(concept: Concept, *observations: Observation, **more: Any) -> Figure:
    figure = target_figure(concept, indicator(*observations, **more))
    assert figure is not None
    return figure


def marks(chart: go.Figure, symbol: str) -> list[float]:
    return [t.x[0] for t in chart.data if t.mode == "markers" and t.marker.symbol == symbol]


def words(chart: go.Figure) -> list[str]:
    return [a.text.replace("<br>", " ") for a in chart.layout.annotations]


def test_real_target_of_the_town_without_own_value(concept: Concept, real: Path) -> None:
    found = next(i for i in concept.indicators if i.id == KNOWN)
    # What has no actual value beside it is said and not drawn.
    assert target_figure(concept, found) is None
    assert target_sentence(concept, found) == (
        f"Zu „Schulabgang ohne Hauptschulabschluss“ ist für Lehrte ein Sollwert von 0{PERCENT} abgeleitet, "
        "ohne Frist; ein Ist-Wert für Lehrte liegt nicht vor."
    )
    own = [r for r in rows(real, "messwerte") if r["indikator_id"] == KNOWN]
    assert [r["wert"] for r in own if r["art"] == "soll"] == ["0"]
    figure = indicator_figure(concept, found)
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        assert dashed(chart) == []
    assert not [line for line in figure.csv if line[1].startswith("Soll")]


def test_no_target_no_figure(concept: Concept) -> None:
    assert target_figure(concept, indicator(seen(2020, 3))) is None
    assert target_figure(concept, indicator()) is None
    assert target_figure(concept, indicator(aim(None, precision="nur_trend"))) is None


def test_newest_value_and_target(concept: Concept) -> None:
    figure = figure_of(concept, seen(2021, 30), seen(2023, 35.25), seen(2022, 99), aim(50))
    assert figure.finding == (
        f"In Lehrte lag die Quote 2023 bei 35,3{PERCENT}, unter dem Sollwert von 50{PERCENT} (beschlossen, bis 2030)."
    )
    for chart in (figure.wide, figure.narrow):
        assert (marks(chart, "circle"), marks(chart, "diamond")) == ([35.25], [50])
        (link,) = [t for t in chart.data if t.mode == "lines"]
        assert (sorted(link.x), link.line.color, link.line.dash) == ([35.25, 50], TARGET, "5px,4px")
    assert [c.text for c in figure.data.rows[0].cells][2:] == [
        f"35,25{PERCENT} (2023)",
        f"50{PERCENT} (beschlossen, bis 2030)",
        "14,75\u00a0Prozentpunkte unter dem Sollwert, nicht erreicht",
    ]


@pytest.mark.parametrize(
    ("value", "direction", "distance"),
    [
        (12, "hoeher", "2\u00a0Prozentpunkte über dem Sollwert, erreicht"),
        (12, "niedriger", "2\u00a0Prozentpunkte über dem Sollwert, nicht erreicht"),
        (12, "keine", "2\u00a0Prozentpunkte über dem Sollwert"),
        (9, "niedriger", "1\u00a0Prozentpunkt unter dem Sollwert, erreicht"),
        (10, "hoeher", "genau auf dem Sollwert, erreicht"),
        (10, "keine", "genau auf dem Sollwert"),
    ],
)
def test_better_and_worse_need_a_direction(
    concept: Concept, value: float, direction: str, distance: str
) -> None:
    figure = figure_of(concept, seen(2020, value), aim(10), direction=direction)
    assert figure.data.rows[0].cells[-1].text == distance


def test_rounding_hides_no_gap(concept: Concept) -> None:
    assert (
        f"9,0{PERCENT}, knapp über dem Sollwert von 9{PERCENT}"
        in figure_of(concept, seen(2020, 9.02), aim(9)).finding
    )
    assert (
        f"9{PERCENT}, genau auf dem Sollwert von 9{PERCENT}"
        in figure_of(concept, seen(2020, 9), aim(9)).finding
    )


def test_circa_is_hollow_and_said(concept: Concept) -> None:
    figure = figure_of(
        concept,
        seen(None, 20, precision="circa"),
        aim(0, None, target_kind=word("messwerte", "soll_art", "abgeleitet")),
    )
    assert figure.finding == (
        f"In Lehrte lag die Quote bei ca.\u00a020{PERCENT}, über dem Sollwert von 0{PERCENT} (abgeleitet, ohne Frist)."
    )
    (circle,) = [t for t in figure.wide.data if t.marker.symbol == "circle"]
    assert (circle.marker.color, circle.marker.line.color) == (PAPER, MAIN)
    assert figure.data.rows[0].cells[-1].text.startswith("ca.\u00a020\u00a0Prozentpunkte")


def test_zero_is_a_target_that_is_met(concept: Concept) -> None:
    figure = figure_of(concept, seen(2020, 0), aim(0, None), direction="niedriger")
    assert marks(figure.wide, "circle") == marks(figure.wide, "diamond") == [0]
    assert all(t.cliponaxis is False for t in figure.wide.data if t.mode == "markers")


def test_a_suppressed_value_is_named_as_such(concept: Concept) -> None:
    hidden = indicator(seen(2020, None, precision="gesperrt"), aim(5))
    assert target_figure(concept, hidden) is None
    assert target_sentence(concept, hidden).endswith("ein Ist-Wert für Lehrte liegt nicht vor (gesperrt).")


def test_other_areas_and_groups_never_stand_for_the_town(concept: Concept) -> None:
    others = [seen(2020, n, area) for n, area in enumerate((STATE, NEXT, REGION, AROUND), 1)]
    assert target_figure(concept, indicator(*others, aim(50))) is None
    children = indicator(seen(2020, 7, group="Kinder"), seen(2020, 9, STATE), aim(50))
    assert target_figure(concept, children) is None
    assert "ein Ist-Wert für Lehrte (insgesamt) liegt nicht vor" in target_sentence(concept, children)


def test_a_target_without_actual_value_stands_in_the_table_only(concept: Concept) -> None:
    figure = figure_of(concept, seen(2020, 7), aim(5), aim(6, area=REGION))
    assert marks(figure.wide, "diamond") == [5]
    assert [[c.text for c in row.cells][2] for row in figure.data.rows] == [
        f"7{PERCENT} (2020)",
        "kein Ist-Wert",
    ]
    assert "Sollwerte ohne Ist-Wert stehen nur in der Datentabelle." in figure.reading


def test_several_targets_are_counted(concept: Concept) -> None:
    observations = (
        seen(2020, 60), aim(50), aim(70, 2035), aim(5, area=REGION), seen(2020, 1, AROUND), aim(1, area=AROUND),
    )  # fmt: skip
    assert figure_of(concept, *observations).finding == (
        "Vier Sollwerte zu „Quote“: zwei erreicht, einer nicht erreicht und einer ohne Ist-Wert."
    )
    assert figure_of(concept, *observations, direction="keine").finding == (
        "Vier Sollwerte zu „Quote“: drei mit Ist-Wert und einer ohne Ist-Wert."
    )
    # The town's own come first.
    assert figure_of(concept, *observations).data.rows[0].cells[0].text == "Lehrte"


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.none() | st.floats(-1e6, 1e6)), min_size=1, max_size=39))
@settings(max_examples=30, deadline=None)
def test_all_values_lie_on_the_axis_and_all_text_in_the_chart(
    concept: Concept, pairs: list[tuple[float, float | None]]
) -> None:
    areas = [Area(f"x{i}", f"Samtgemeinde mit einem langen Namen {i}", "gemeinde", "in X") for i in range(40)]
    pairs = [*pairs, (1.0, 2.0)]
    observations = [aim(target, area=area) for (target, _), area in zip(pairs, areas, strict=False)]
    observations += [
        seen(2020, actual, area)
        for (_, actual), area in zip(pairs, areas, strict=False)
        if actual is not None
    ]
    figure = figure_of(concept, *observations, unit="Personen")
    assert len(figure.data.rows) == len(pairs)
    for chart in (figure.wide, figure.narrow):
        low, high = chart.layout.xaxis.range
        assert low <= min(0, *(t.x[0] for t in chart.data))
        assert high >= max(0, *(t.x[0] for t in chart.data))
        assert 0 in chart.layout.xaxis.tickvals
        drawn = [target for target, actual in pairs if actual is not None]
        assert sorted(marks(chart, "diamond")) == sorted(drawn)
        assert len([w for w in words(chart) if "Samtgemeinde" in w]) == len(drawn)
        ys = [a.y for a in chart.layout.annotations]
        assert 0 < min(ys) <= max(ys) < chart.layout.height


def test_text_is_literal_and_colours_are_the_books(concept: Concept) -> None:
    areas = [Area(f"x{i}", text, "gemeinde", text) for i, text in enumerate(HOSTILE)]
    values = [aim(5, area=a, note=a.name, time=a.name) for a in areas] + [seen(2020, 3, a) for a in areas[:5]]
    figure = figure_of(concept, *values)
    lines = indicator_figure(concept, indicator(*values, seen(2021, 4, areas[0])))
    assert lines is not None
    for chart in (figure.wide, figure.narrow, lines.wide, lines.narrow):
        texts = [a.text for a in chart.layout.annotations]
        texts += [t for trace in chart.data for t in trace.customdata or ()]
        texts += [trace.name for trace in chart.data if trace.name]
        for tag in ("<br>", "<b>", "</b>"):
            texts = [t.replace(tag, "") for t in texts]
        assert not [t for t in texts if "<" in t or ">" in t]
        assert foreign_colours(chart_json(chart)) == set()


def dashed(chart: go.Figure) -> list[go.Scatter]:
    return [t for t in chart.data if t.line.color == TARGET]


def lines_of(concept: Concept, *observations: Observation, **more: Any) -> Figure:
    figure = indicator_figure(concept, indicator(*observations, **more))
    assert figure is not None
    return figure


@given(st.floats(-50, 150).map(lambda x: round(x, 2)), st.none() | st.integers(1990, 2050))
@settings(max_examples=30, deadline=None)
def test_lines_axis_holds_the_target(concept: Concept, value: float, year: int | None) -> None:
    figure = lines_of(concept, seen(2010, 20), seen(2011, 21), aim(value, year))
    for chart in (figure.wide, figure.narrow):
        (line,) = dashed(chart)
        low, high = chart.layout.yaxis.range
        assert low <= value <= high
        first, last = chart.layout.xaxis.range
        assert first <= min(line.x) <= max(line.x) <= last
        marked = [x for x, size in zip(line.x, line.marker.size, strict=True) if size]
        assert marked == [year or 2011]
    assert len(figure.csv) == len(figure.data.rows) + 1 == 4


def test_a_later_target_leaves_no_doubt_about_the_values_year(concept: Concept) -> None:
    figure = lines_of(concept, seen(2010, 20), seen(2011, 21), aim(30, 2020))
    (line,) = dashed(figure.wide)
    assert list(line.x) == [2011, 2020]
    assert f"<b>21{PERCENT}\u00a0(2011)</b> Lehrte" in words(figure.wide)


def test_lines_show_targets_of_drawn_areas_only(concept: Concept) -> None:
    values = (seen(2010, 20, AROUND), seen(2011, 21, AROUND))
    figure = lines_of(concept, *values, aim(1, area=STATE), aim(2, area=AROUND), aim(3))
    assert [t.y[0] for t in dashed(figure.wide)] == [2]
    # The town's own come first.
    own = lines_of(concept, *values, seen(2011, 9), aim(2, area=AROUND), aim(3))
    assert [t.y[0] for t in dashed(own.wide)] == [3, 2]


def test_a_target_for_a_group_stands_in_its_plot(concept: Concept) -> None:
    values = [seen(y, 5, a, group=g) for y in (2010, 2011) for a in (AROUND, STATE) for g in ("a", "b")]
    figure = lines_of(concept, *values, aim(1, area=AROUND, group="b"))
    (line,) = dashed(figure.wide)
    assert line.xaxis == "x2"


def test_labels_have_room_however_many_they_are(concept: Concept) -> None:
    areas = [Area(f"x{i}", f"Samtgemeinde mit langem Namen Nummer {i}", "gemeinde", "in X") for i in range(6)]
    values = [seen(year, 5, a, group=g) for year in (2010, 2011) for a in areas for g in ("a", "b")]
    figure = lines_of(concept, *values, *(aim(i, area=a) for i, a in enumerate(areas)))
    for chart in (figure.wide, figure.narrow):
        height = chart.layout.height - chart.layout.margin.t - chart.layout.margin.b
        low, high = chart.layout.yaxis.range
        bottom, top = chart.layout.yaxis.domain
        labels = [a for a in chart.layout.annotations if a.xref == "x" and a.yref == "y"]
        assert len(labels) == 9
        boxes = []
        for a in labels:
            middle = (a.y - low) / (high - low) * (top - bottom) * height + a.yshift
            size = 17 * (a.text.count("<br>") + 1)
            boxes.append((middle - size / 2, middle + size / 2))
        boxes.sort()
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(boxes))


@given(
    st.lists(st.tuples(st.floats(0, 200), st.integers(10, 30)), min_size=1, max_size=6).map(sorted),
)
def test_boxes_stay_where_they_fit_and_share_the_way_elsewhere(boxes: list[tuple[float, int]]) -> None:
    points, sizes = [p for p, _ in boxes], [float(s) for _, s in boxes]
    centres = apart(points, sizes, floor=-20, ceiling=220)
    edges = [(c - s / 2, c + s / 2) for c, s in zip(centres, sizes, strict=True)]
    assert edges[0][0] >= -20 - 1e-6
    assert edges[-1][1] <= 220 + 1e-6
    assert all(one[1] <= other[0] + 1e-6 for one, other in itertools.pairwise(edges))
    if all(b - a >= (s + t) / 2 for (a, s), (b, t) in itertools.pairwise(boxes)) and len(boxes) > 1:
        inside = points[0] - sizes[0] / 2 >= -20 and points[-1] + sizes[-1] / 2 <= 220
        assert not inside or centres == pytest.approx(points)


def test_pages_show_targets_or_a_sentence(concept: Concept, shown: list[Any]) -> None:
    Book(concept).targets()
    chapter = Book(concept).field("bildung")
    chapter.target_chart(KNOWN)
    words = "ein Ist-Wert für Lehrte liegt nicht vor"
    assert [words in as_html(block) for block in shown] == [True, True]
    shown.clear()
    given = dataclasses.replace(concept, indicators=(indicator(seen(2020, 3), aim(5)),))
    Book(given).targets()
    # Two values are said; a chapter may show them too, so that the label is another.
    assert [(type(b), b.label) for b in shown] == [(Text, "abb-soll-i-x-gesamt")]
    shown.clear()
    two = (seen(2020, 3), aim(5), seen(2020, 3, group="b"), aim(5, group="b"))
    Book(dataclasses.replace(concept, indicators=(indicator(*two),))).targets()
    assert [(type(b), b.label) for b in shown] == [(Figure, "abb-soll-i-x-gesamt")]
    shown.clear()
    chapter.target_chart("i-kita-quote-u3")
    chapter.target_chart("i-gibt-es-nicht")
    Book(dataclasses.replace(concept, indicators=())).targets()
    assert [plain(b.lines) for b in shown] == [
        "Betreuungsquote der unter Dreijährigen: Ein Sollwert als Zahl ist nicht festgelegt.",
        "Der Indikator „i-gibt-es-nicht“ ist in diesen Daten nicht enthalten.",
        "Sollwerte sind nicht festgelegt.",
    ]
