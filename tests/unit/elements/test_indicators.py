"""Figures: findings are true for every data set, charts hold the observations' values."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import REAL, minimal, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.citing import cited, in_brief, in_full, readable, source_line
from konzept.concept.findings import finding
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.concept.series import Series
from konzept.elements.drawing.axes import apart, scale
from konzept.elements.indicators.figure import indicator_figure
from konzept.elements.status.figure import status_figure

TOWN = Area("lehrte", "Lehrte", "gemeinde", "in Lehrte")
AROUND = Area("umland", "Umland (20 Kommunen)", "umland", "im Umland")
STATE = Area("niedersachsen", "Niedersachsen", "land", "in Niedersachsen")
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")


def seen(
    year: int | None,
    value: float | None,
    *,
    area: Area = TOWN,
    group: str = "insgesamt",
    precision: str = "genau",
    after_break: bool = False,
    note: str | None = None,
) -> Observation:
    time = str(year) if year else "ohne Jahresangabe"
    return Observation("ist", area, group, time, year, value, precision, after_break, note, PAPER)


def indicator(*observations: Observation, unit: str = "Prozent") -> Indicator:
    return Indicator("i-x", "bildung", "Quote", "die Quote", "Eine Quote.", unit, "hoeher", observations)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def test_rise() -> None:
    assert finding(indicator(seen(2010, 6.55), seen(2022, 9.86))) == (
        "In Lehrte stieg die Quote von 6,6\u00a0% (2010) auf 9,9\u00a0% (2022)."
    )
    assert finding(indicator(seen(2010, 6.55), seen(2022, 15.86))) == (
        "In Lehrte hat sich die Quote mehr als verdoppelt, von 6,6\u00a0% (2010) auf 15,9\u00a0% (2022)."
    )


def test_fall_and_standstill() -> None:
    assert "sank die Quote von 9\u00a0% (2010) auf 6\u00a0% (2011)" in finding(
        indicator(seen(2010, 9), seen(2011, 6))
    )
    assert finding(indicator(seen(2010, 9.01), seen(2011, 9.02))) == (
        "In Lehrte lag die Quote 2010 und 2011 bei 9,0\u00a0%."
    )


def test_finding_never_crosses_a_break() -> None:
    values = (seen(2020, 10), seen(2021, 20), seen(2022, 5, after_break=True), seen(2023, 6))
    assert finding(indicator(*values)) == "In Lehrte stieg die Quote von 5\u00a0% (2022) auf 6\u00a0% (2023)."


def test_nearest_area_speaks() -> None:
    values = (seen(2020, 1, area=STATE), seen(2021, 2, area=STATE), seen(2020, 3, area=AROUND))
    assert finding(indicator(*values)) == "Im Umland lag die Quote 2020 bei 3\u00a0%."


def test_groups_are_given_with_their_newest_values() -> None:
    values = (seen(2020, 3, group="a"), seen(2021, 2, group="a"), seen(2020, 3, group="b"))
    assert (
        finding(indicator(*values))
        == "In Lehrte lag die Quote 2021 bei 2\u00a0% (a) und 2020 bei 3\u00a0% (b)."
    )


def test_the_distance_of_two_groups_and_how_it_came_about() -> None:
    def groups(*pairs: tuple[float, float], unit: str = "Prozent") -> str:
        years = [(2020 + n, pair) for n, pair in enumerate(pairs)]
        values = [seen(y, v, group=g) for y, pair in years for g, v in zip("ab", pair, strict=True)]
        return finding(indicator(*values, unit=unit)).partition("; ")[2]

    assert groups((10, 15), (11, 17)) == "der Abstand betrug 6\u00a0Prozentpunkte."
    assert groups((10, 15), (11, 12)) == "der Abstand schrumpfte von 5 (2020) auf 1\u00a0Prozentpunkt (2021)."
    # It turned: the distance grew since 2021, whatever it was before.
    assert groups((10, 18), (11, 13), (12, 17)) == (
        "der Abstand wuchs von 2 (2021) auf 5\u00a0Prozentpunkte (2022)."
    )
    assert groups((10, 15), (11, 15.5), unit="Euro je m²") == "der Abstand betrug 4,50\u00a0€/m²."
    assert groups((10, 15), (11, 11)) == ""


def test_the_group_that_alone_doubled_is_named_first() -> None:
    values = [seen(y, v, group="a") for y, v in ((2020, 5), (2021, 7), (2022, 11))]
    values += [seen(y, v, group="b") for y, v in ((2020, 5), (2021, 5), (2022, 6))]
    assert finding(indicator(*values)) == (
        "In Lehrte hat sich die Quote (a) mehr als verdoppelt, von 5\u00a0% (2020) auf 11\u00a0% (2022); "
        "zum Vergleich: 6\u00a0% (b, 2022)."
    )


def test_too_few_values_after_a_break_do_not_hide_those_before_it() -> None:
    before = [seen(y, v) for y, v in ((2019, 10), (2020, 12), (2021, 15))]
    values = (*before, seen(2022, 9, after_break=True), seen(2023, 9.5))
    assert finding(indicator(*values)) == (
        "In Lehrte stieg die Quote von 9,0\u00a0% (2022) auf 9,5\u00a0% (2023); "
        "vor dem Bruch der Reihe stieg der Wert von 10,0\u00a0% (2019) auf 15,0\u00a0% (2021)."
    )


def test_districts_are_given_from_the_lowest_to_the_highest() -> None:
    districts = [Area(f"o{n}", f"Dorf {n}", "ortsteil", f"in Dorf {n}") for n in range(3)]
    values = [seen(2020, 10 - n, area=a) for n, a in enumerate(districts)]
    assert finding(indicator(*values)) == (
        "Die Quote lag 2020 zwischen 8\u00a0% (Dorf 2) und 10\u00a0% (Dorf 0)."
    )
    own = Area("lehrte", "Lehrte", "gemeinde", "in Lehrte", own=True)
    assert (
        finding(indicator(*values, seen(2020, 9, area=own))) == "In Lehrte lag die Quote 2020 bei 9\u00a0%."
    )


def test_a_value_and_its_unit_are_bold_as_one(concept: Concept) -> None:
    values = [seen(y, v, area=a) for y, v in ((2020, 1.35), (2021, 2.58)) for a in (TOWN, AROUND)]
    for figure in (
        indicator_figure(concept, indicator(*values, unit="je 100")),
        indicator_figure(concept, indicator(seen(None, 2.58), unit="je 100 Einwohnerinnen und Einwohner")),
    ):
        assert figure is not None
        unit = "je\u00a0100 Einwohnerinnen und Einwohner" if len(figure.data.rows) == 1 else "je\u00a0100"
        for chart in (figure.wide, figure.narrow):
            bold = [a.text for a in chart.layout.annotations if "<b>" in a.text]
            assert bold
            assert all(text.startswith(f"<b>2,6\u00a0{unit}</b>") for text in bold)


def test_circa_without_a_year() -> None:
    assert finding(indicator(seen(None, 20, precision="circa"))) == (
        "In Lehrte lag die Quote bei ca.\u00a020\u00a0%; ein Jahr ist nicht genannt."
    )


def test_only_a_trend_and_only_suppressed() -> None:
    trend = indicator(seen(2017, None, precision="nur_trend", note="nimmt zu"))
    assert finding(trend) == "Für „Quote“ nennt die Quelle eine Richtung, aber keine Zahl."
    hidden = indicator(seen(2017, None, precision="gesperrt"))
    assert finding(hidden) == "Für „Quote“ sind alle Werte gesperrt."


def test_no_observation_no_figure(concept: Concept) -> None:
    assert indicator_figure(concept, indicator()) is None


@given(
    st.lists(
        st.tuples(st.integers(1990, 2030), st.floats(-50, 150, allow_nan=False).map(lambda x: round(x, 2))),
        min_size=1,
        max_size=30,
        unique_by=lambda pair: pair[0],
    )
)
@settings(max_examples=40, deadline=None)
def test_chart_holds_exactly_the_values(concept: Concept, pairs: list[tuple[int, float]]) -> None:
    figure = indicator_figure(concept, indicator(*(seen(y, v) for y, v in pairs)))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        drawn = [(x, y) for trace in chart.data for x, y in zip(trace.x, trace.y, strict=True)]
        assert sorted(drawn) == sorted(pairs)
        low, high = chart.layout.yaxis.range
        assert low <= min(0, *(v for _, v in pairs))
        assert high >= max(v for _, v in pairs)
    assert len(figure.csv) == len(pairs) + 1
    assert len(figure.data.rows) == len(pairs)


def test_line_has_a_gap_where_years_are_missing_and_at_a_break() -> None:
    values = (seen(2005, 1), seen(2011, 2), seen(2012, 3), seen(2013, 4, after_break=True))
    segments = Series(TOWN, "insgesamt", values).segments()
    assert [[o.year for o in part] for part in segments] == [[2005], [2011, 2012], [2013]]


def test_sources_on_different_bases_are_never_one_line(concept: Concept) -> None:
    other = Source("d-y", "Anderes Papier", "Anderes", "bericht", "Amt", None, None, None, "Seite 9")
    second = Observation("ist", TOWN, "insgesamt", "2021", 2021, 4.0, "genau", False, None, other)
    figure = indicator_figure(concept, indicator(seen(2020, 3), second))
    assert figure is not None
    assert sorted(list(trace.x) for trace in figure.wide.data) == [[2020], [2021]]


def test_trend_and_suppression_stand_in_words(concept: Concept) -> None:
    figure = indicator_figure(
        concept,
        indicator(
            seen(2017, None, precision="nur_trend", note="nimmt zu"), seen(2018, None, precision="gesperrt")
        ),
    )
    assert figure is not None
    words = " ".join(a.text for a in figure.wide.layout.annotations)
    assert "nimmt zu (ohne Zahl in der Quelle)" in words
    assert "Wert nicht veröffentlicht" in words
    assert not [y for trace in figure.wide.data for y in trace.y]


@pytest.mark.parametrize(
    ("areas", "groups"), [(1, 1), (1, 2), (1, 5), (2, 1), (2, 2), (2, 5), (40, 1), (40, 2), (16, 5)]
)
def test_long_names_and_many_areas_make_a_chart(concept: Concept, areas: int, groups: int) -> None:
    long = "Donaudampfschifffahrtsgesellschaft und Verwaltungsgemeinschaft " * 2
    values = [
        seen(
            year, 10.0 + a, area=Area(f"x{a}", f"{long}{a}", "gemeinde", f"in {long}{a}"), group=f"{long}{g}"
        )
        for a in range(areas)
        for g in range(groups)
        for year in (2020, 2021)
    ]
    figure = indicator_figure(concept, indicator(*values))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        low, high = chart.layout.xaxis.domain or (0, 1)
        assert high - low > 0.1
    assert len(figure.csv) == len(values) + 1


def test_breaks_are_marked(concept: Concept) -> None:
    figure = indicator_figure(concept, indicator(seen(2021, 1), seen(2022, 2, after_break=True)))
    assert figure is not None
    assert [shape.x0 for shape in figure.wide.layout.shapes] == [2021.5]
    assert "bricht die Reihe" in figure.method


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1))
def test_axis_holds_zero_and_all_values(values: list[float]) -> None:
    top, ticks = scale(values)
    assert min(ticks) <= min([0.0, *values]) + 1e-6
    assert top >= max([0.0, *values])
    assert 2 <= len(ticks) <= 8


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8).map(sorted))
def test_labels_do_not_overlap(points: list[float]) -> None:
    sizes = [18.0] * len(points)
    centres = apart(points, sizes, floor=-10, ceiling=218)
    assert all(b - a >= 18 - 1e-9 for a, b in itertools.pairwise(centres))


def test_status_figure_counts_the_rows(concept: Concept, real: Path) -> None:
    field = concept.field("bildung")
    figure = status_figure(concept, field)
    assert figure is not None
    own = {r["id"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "bildung"}
    status = [r["status"] for r in rows(real, "statusverlauf") if r["massnahme_id"] in own]
    assert figure.finding == (
        "Im August 2023 waren von acht Maßnahmen sechs Ideen, "
        "eine war als geplant genannt und eine war zum Haushalt angemeldet."
    )
    drawn = [trace.y[0] for trace in figure.wide.data]
    assert [drawn.count(y) for y in sorted(set(drawn))] == [
        status.count("idee"),
        status.count("geplant"),
        status.count("angemeldet"),
    ]


def test_no_measures_no_status_figure(concept: Concept) -> None:
    empty = next(f for f in concept.fields if not f.measures)
    assert status_figure(concept, empty) is None


def test_text_in_charts_is_literal(concept: Concept) -> None:
    bad = Area("lehrte", "<b>x</b> & <a href='y'>z</a>", "gemeinde", "in x")
    figure = indicator_figure(concept, indicator(seen(2020, 1, area=bad), seen(2021, 2, area=bad)))
    assert figure is not None
    texts = [a.text for a in figure.wide.layout.annotations]
    texts += [t for trace in figure.wide.data for t in trace.customdata]
    assert any("&lt;a href=" in t for t in texts)
    assert not any("<a" in t for t in texts)


def passage(text: str, key: str = "d-x") -> Source:
    return Source(key, f"Papier {key}", f"Kurz {key}", "bericht", "Amt", None, None, None, text)


def test_sources_name_a_chapter_and_its_paragraphs_once() -> None:
    found = [passage(f"Kapitel 4.1, {p}") for p in ("Absatz 6", "Absätze 7 und 8", "Absatz 6", "Tabelle 2")]
    found += [passage("Kapitel 5"), passage("Kapitel 4.1, Absatz 10")]
    assert in_full(cited(found)) == (
        "Amt, Papier d-x: Kapitel\u00a04.1, Absätze\u00a06 bis 8 und 10, Tabelle 2; Kapitel\u00a05.",
    )


def test_many_sources_go_by_their_short_titles() -> None:
    found = [passage("Seite 1", f"d-{n}") for n in range(5)]
    (line,) = in_full(cited(found))
    assert line.startswith("Kurz d-0 (Seite\u00a01); Kurz d-1 (Seite\u00a01); ")


def paper(key: str, publisher: str | None, year: int | None = None, licence: str | None = None) -> Source:
    day = dt.date(year, 3, 1) if year else None
    return Source(key, f"Papier {key}", f"Kurz {key}", "bericht", publisher, day, None, licence, "Seite 1")


@pytest.mark.parametrize(
    ("sources", "line"),
    [
        ([], ""),
        ([paper("d-a", "Amt", 2023)], "Amt, 2023."),
        ([paper("d-a", None)], "Kurz d-a."),
        ([paper("d-a", "Amt", 2021), paper("d-b", "Amt", 2023), paper("d-c", "Amt")], "Amt, 2021 bis 2023."),
        ([paper("d-a", "Amt; Büro", 2023, "CC BY 4.0")], "Amt, Büro, 2023, CC BY 4.0."),
        ([paper("d-a", "Amt", 2023, "Quellenangabe © XYZ")], "Amt, 2023, © XYZ."),
        # Terms in words are told with the method.
        ([paper("d-a", "Amt", 2023, "nur zitieren"), paper("d-b", "Blatt")], "Amt, 2023; Blatt."),
        (
            [paper(f"d-{n}", f"Amt {n}", 2020 + n, "CC BY-SA (Texte)" if n == 3 else None) for n in range(5)],
            "Amt 0, Amt 1 und drei weitere, 2020 bis 2024, CC BY-SA.",
        ),
    ],
)
def test_one_line_names_publishers_years_and_licences(sources: list[Source], line: str) -> None:
    assert in_brief(cited(sources)) == line


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("dl-de/by-2-0", "Datenlizenz Deutschland Namensnennung 2.0"),
        ("DL\u2011DE/BY\u20112\u20110", "Datenlizenz Deutschland Namensnennung 2.0"),
        ("dl-de/zero-2-0 (Karte)", "Datenlizenz Deutschland Zero 2.0 (Karte)"),
        ("CC BY 4.0", "CC BY 4.0"),
        ("nur zitieren – siehe dort", "nur zitieren – siehe dort"),
    ],
)
def test_licences_have_the_name_that_readers_know(tmp_path: Path, code: str, name: str) -> None:
    folder = minimal(tmp_path / "data")
    write(folder, "dokumente", [rows(folder, "dokumente")[0] | {"lizenz": code}])
    (document,) = load_concept(folder).documents
    assert document.licence == name


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        ("Indikator 3.1.1, data/indicator_3-1-1.csv", "Indikator 3.1.1"),
        ("census_2022_internal, Commit 8124aa7", ""),
        (
            "census_2022_internal, Commit 8124aa7; bestätigt durch Tabelle 1000A-0000",
            "bestätigt durch Tabelle 1000A-0000",
        ),
        ("AuszugGV4QAktuell_2024, Gemeinde 03241011", "Gemeinde 03241011"),
        ("M5000314", ""),
        ("Kapitel 4.1, Absätze 6 und 8 („Gesamtkoordination“)", "Kapitel 4.1, Absätze 6 und 8 („Gesamtkoordination“)"),
    ],
)  # fmt: skip
def test_file_names_and_codes_are_for_the_files(passage: str, place: str) -> None:
    assert readable(passage) == place


def test_files_of_data_keep_the_whole_passage() -> None:
    assert source_line(passage("Indikator 1, data/x_1.csv")) == "Amt, Papier d-x: Indikator 1, data/x_1.csv."
    (whole,) = in_full(cited([passage("Indikator 1, data/x_1.csv"), passage("tabelle_2")]))
    assert whole == "Amt, Papier d-x: Indikator 1."


def test_a_dip_between_the_ends_is_named() -> None:
    values = (seen(2000, 68.4), seen(2006, 48.1), seen(2021, 57.5))
    assert finding(indicator(*values)) == (
        "In Lehrte sank die Quote von 68,4\u00a0% (2000) auf 48,1\u00a0% (2006) "
        "und stieg danach auf 57,5\u00a0% (2021)."
    )


def test_values_have_equal_digits() -> None:
    assert "von 3,0\u00a0% (2010) auf 2,6\u00a0% (2011)" in finding(indicator(seen(2010, 3), seen(2011, 2.6)))
