"""What opens the book and what is shown as a large number: values of the town on migration come first."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from konzept.concept.assembly import load_concept
from konzept.concept.choosing import findings, is_on_migration, lone
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.elements import opening as book_opening
from konzept.elements.content import plain
from konzept.elements.indicators.figure import number_block
from konzept.elements.steering import briefing
from konzept.notebook.html import as_html

TOWN = Area("stadt", "Musterstadt", "gemeinde", "in Musterstadt", own=True)
COUNTY = Area("kreis", "Kreis", "kreis", "im Kreis", place=1)
STATE = Area("land", "Land", "land", "im Land", place=2)
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")


def seen(year: int, value: float | None, area: Area = TOWN, group: str = "insgesamt") -> Observation:
    return Observation("ist", area, group, str(year), year, value, "genau", False, None, PAPER)


def indicator(key: str, name: str, *observed: Observation) -> Indicator:
    return Indicator(key, None, name, f"der Wert {key}", None, "Prozent", "keine", observed)


TURNOUT = indicator("i-wahl", "Wahlbeteiligung", seen(2011, 50), seen(2016, 60), seen(2021, 55))
DOUBLED = indicator(
    "i-jobs", "Beschäftigte", *(seen(y, v, COUNTY) for y, v in ((2019, 1), (2020, 2), (2021, 5)))
)
SHARE = indicator(
    "i-anteil",
    "Menschen mit Einwanderungsgeschichte",
    seen(2022, 21.04),
    seen(2022, 25.6, COUNTY),
    seen(2022, 19.5, STATE),
    seen(2020, 24.0, COUNTY),
)
GROUPS = indicator(
    "i-gruppen", "Wohnfläche", seen(2022, 40, group="Deutsche"), seen(2022, 30, group="Zugewanderte")
)
FOREIGN = indicator("i-land", "Einbürgerungen", seen(2022, 5, STATE))
HIDDEN = indicator("i-gesperrt", "Ausländeranteil", seen(2022, None))


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def of(concept: Concept, *indicators: Indicator) -> Concept:
    fields = tuple(dataclasses.replace(f, indicators=()) for f in concept.fields)
    return dataclasses.replace(concept, fields=fields, indicators=indicators)


def opening(concept: Concept, *indicators: Indicator) -> list[str]:
    return [i.id for i, _ in findings(of(concept, *indicators), 3)]


def test_what_the_town_knows_of_migration_opens_the_book(concept: Concept) -> None:
    assert opening(concept, TURNOUT, SHARE, GROUPS) == ["i-anteil", "i-gruppen", "i-wahl"]


def test_series_follow_as_in_the_chapters(concept: Concept) -> None:
    assert opening(concept, DOUBLED) == ["i-jobs"]
    assert opening(concept, TURNOUT, FOREIGN, HIDDEN) == ["i-wahl"]
    assert opening(concept) == []


def test_the_real_book_opens_with_the_census_and_school_entry(concept: Concept) -> None:
    texts = [text.replace("\u00a0", " ") for _, text in findings(concept, 3)]
    assert len(texts) == 3
    assert "11,8 %" in texts[0]
    assert "21,0 %" in texts[1]
    assert "ca. 20 %" in texts[2]
    assert all(text.startswith("In Lehrte ") for text in texts)
    block = book_opening.findings(concept)
    assert block is not None
    targets = [run.target for row in block.lines for run in row if run.target]
    assert targets == [
        "@zahl-i-auslaenderanteil-zensus",
        "@zahl-i-einwanderungsgeschichte-zensus",
        "@zahl-i-deutsch-bei-einschulung",
    ]


def test_names_and_groups_tell_of_migration() -> None:
    assert [is_on_migration(i) for i in (TURNOUT, SHARE, GROUPS, FOREIGN)] == [False, True, True, True]


def test_only_few_own_values_are_large_numbers() -> None:
    many = dataclasses.replace(SHARE, observations=(*SHARE.observations, seen(2020, 20), seen(2021, 20.5)))
    assert lone([TURNOUT, SHARE, FOREIGN, HIDDEN, many]) == [SHARE]


def test_a_large_number_stands_with_larger_areas_of_its_time() -> None:
    block = number_block(SHARE)
    assert block.role == "number"
    assert plain(block.lines).replace("\u00a0", " ") == (
        "21,0 % Menschen mit Einwanderungsgeschichte (Musterstadt, 2022). "
        "Zum Vergleich: Kreis 25,6 % und Land 19,5 %. (Papier)"
    )
    (number, *_, mark) = block.lines[0]
    assert number.strong
    assert mark.source == ("d-x", "Seite\u00a03")


def test_a_hostile_name_stays_text() -> None:
    block = number_block(dataclasses.replace(SHARE, name="<b>Sprache</b>"))
    assert "<b>Sprache" not in as_html(block)


def test_a_box_below_a_heading_has_no_title(concept: Concept) -> None:
    named, bare = briefing.decisions(concept), briefing.decisions(concept, short=True)
    assert "Was zu entscheiden und zu erfragen ist" in as_html(named)
    assert "Was zu entscheiden und zu erfragen ist" not in as_html(bare)
