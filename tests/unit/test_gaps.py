"""What a chapter says to be missing: held against the rows of the data."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from folders import rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.content import Points, plain
from konzept.figures.telling import telling
from konzept.german import word
from konzept.pages import overview
from konzept.pages.gaps import MEASURES, gaps, missing, missing_in_all, missing_own
from konzept.sphinx.theme import fold

FIELDS = (
    "bildung",
    "gesundheit",
    "arbeit",
    "freizeit",
    "demokratie",
    "wohnen",
    "verwaltung",
    "diskriminierung",
    "sprache",
)


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def said(concept: Concept, field: str) -> list[str]:
    return [gap.text for gap in gaps(concept, concept.field(field))]


@pytest.mark.parametrize("field", FIELDS)
def test_content_that_no_row_holds_is_missing(concept: Concept, real: Path, field: str) -> None:
    kinds = {r["art"] for r in rows(real, "themen") if r["handlungsfeld_id"] == field}
    expected = {
        "Herausforderungen": "herausforderung" not in kinds,
        "Bedarfe": "bedarf" not in kinds,
        "Stärken": "staerke" not in kinds,
        "Ziele": not any(r["handlungsfeld_id"] == field for r in rows(real, "ziele")),
        "Maßnahmen": not any(r["handlungsfeld_id"] == field for r in rows(real, "massnahmen")),
        "bestehende Angebote": not any(r["handlungsfeld_id"] == field for r in rows(real, "angebote")),
    }
    texts = said(concept, field)
    assert {text for text in expected if text in texts} == {text for text, lacks in expected.items() if lacks}
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("field", FIELDS)
def test_measures_without_costs_are_counted(concept: Concept, real: Path, field: str) -> None:
    own = {r["id"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == field}
    lacking = own - {r["massnahme_id"] for r in rows(real, "kosten")}
    found = [text for text in said(concept, field) if "Kosten" in text]
    assert len(found) == bool(lacking)
    for text in found:
        number = f"alle {word(len(own))}" if lacking == own else f"{word(len(lacking))} von {word(len(own))}"
        assert f" für {number}" in text


def test_what_as_many_measures_lack_is_said_together(concept: Concept) -> None:
    """Counted by hand in the files: `bildung` has eight measures, none with a beginning, one with the rest."""
    texts = [gap.text for gap in gaps(concept, concept.field("bildung")) if gap.about == MEASURES]
    assert texts == [
        "Beginn und Ende für alle acht Maßnahmen",
        "Ziel, Federführung und Kosten für sieben von acht",
    ]
    listed = missing(concept, concept.field("bildung"))
    assert isinstance(listed, Points)
    assert f"Maßnahmen: {'; '.join(texts)}." in [plain([row]) for row in listed.lines]


@pytest.mark.parametrize("field", FIELDS)
def test_a_gap_is_said_once_a_chapter(concept: Concept, field: str) -> None:
    """The lead says what is known; the list says what is not."""
    lead = plain(overview.lead(concept, concept.field(field)).lines)
    assert not re.search(r"\b(?:nicht|kein\w*|noch)\b", lead), lead


@pytest.mark.parametrize("field", FIELDS)
def test_indicators_without_values_are_counted(concept: Concept, real: Path, field: str) -> None:
    own = {r["id"] for r in rows(real, "indikatoren") if r["handlungsfeld_id"] == field}
    silent = own - {r["indikator_id"] for r in rows(real, "messwerte") if r["art"] == "ist"}
    found = [text for text in said(concept, field) if text.startswith("Werte")]
    assert bool(found) == bool(silent)
    if silent == own:
        assert found == [f"Werte zu allen {word(len(own))} Indikatoren"]
    elif silent:
        assert found == [f"Werte zu {word(len(silent))} von {word(len(own))} Indikatoren"]


def test_the_sheet_names_text_time_and_money(concept: Concept) -> None:
    block = missing_in_all(concept)
    assert isinstance(block, Points)
    text = plain(block.lines, " ")
    assert "Der Text des beschlossenen Konzepts liegt nicht vor." in text
    assert "30.\u00a0August 2023" in text


def test_the_telling_indicator_has_three_values_or_more(concept: Concept, real: Path) -> None:
    """Of the town itself where one of its series is long enough."""
    chosen = telling(concept.field("demokratie").indicators)
    assert chosen is not None
    assert chosen.id == "i-wahlbeteiligung-gemeindewahl"
    years = {
        r["jahr"]
        for r in rows(real, "messwerte")
        if r["indikator_id"] == chosen.id and r["gebiet_id"] == "lehrte"
    }
    assert len(years) >= 3
    assert telling(concept.field("gesundheit").indicators) is None


def test_annexes_are_folded_and_open_where_one_is() -> None:
    pages = '<p class="caption"><span>{}</span></p><ul><li class="{}"><a href="x">X</a></li></ul>'
    closed = fold(pages.format("Konzept", "current") + pages.format("Anlagen", ""), ["Anlagen"])
    assert closed.count("<details") == 1
    assert '<details class="ik-anlagen"><summary>Anlagen</summary><ul>' in closed
    assert "Konzept" in closed.partition("<details")[0]
    assert '<details class="ik-anlagen" open="">' in fold(pages.format("Anlagen", "current"), ["Anlagen"])


def test_what_the_town_itself_lacks_is_named_by_field(concept: Concept, real: Path) -> None:
    """Counted again in the rows: who has values, the town or only others."""
    block = missing_own(concept)
    assert isinstance(block, Points)
    lines = [plain([row]) for row in block.lines]
    local = {r["id"] for r in rows(real, "gebiete") if r["ebene"] == "ortsteil"} | {"lehrte"}
    names = {r["id"]: r["kurzname"] for r in rows(real, "handlungsfelder")} | {"": "Übergreifend"}
    known: dict[str, set[str]] = {}
    for row in rows(real, "messwerte"):
        if row["art"] == "ist":
            known.setdefault(row["indikator_id"], set()).add(row["gebiet_id"])
    expected: dict[str, list[str]] = {}
    for row in rows(real, "indikatoren"):
        areas = known.get(row["id"], set())
        if areas and not areas & local:
            expected.setdefault(names[row["handlungsfeld_id"]], []).append(row["name"])
    assert {line.partition(": ")[0]: line.partition(": ")[2] for line in lines[:-2]} == {
        name: f"{', '.join(found[:-1])} und {found[-1]}." for name, found in expected.items()
    }
    assert lines[-2:] == [
        "Auch anderswo ohne Werte: alle Indikatoren zu Gesundheit, Freizeit, Stadtverwaltung und Diskriminierungsschutz; "
        "einzelne zu Bildung, Arbeit, Demokratie und Sprache.",
        "Ortsteile: alle Indikatoren außer „Einwohner*innen der Ortsteile“ und „Gebietsfläche“.",
    ]


def test_long_lists_of_what_is_lacking_are_counted(concept: Concept) -> None:
    foreign = next(i for i in concept.indicators if i.id == "i-einbuergerungen")
    many = tuple(dataclasses.replace(foreign, field_id=None, name=f"Wert {n}") for n in range(12))
    fields = tuple(dataclasses.replace(f, indicators=()) for f in concept.fields)
    block = missing_own(dataclasses.replace(concept, fields=fields, indicators=many))
    assert [plain([row]) for row in block.lines] == [
        "Übergreifend: Wert 0, Wert 1, Wert 2, Wert 3, Wert 4 und sieben weitere Indikatoren."
    ]
