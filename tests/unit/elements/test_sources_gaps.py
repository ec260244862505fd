"""What a chapter says to be missing: held against the rows of the data."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from folders import rows
from konzept.concept.assembly import load_concept
from konzept.concept.choosing import telling
from konzept.concept.model import Concept, Indicator
from konzept.elements.content import Points, plain
from konzept.elements.fields import overview
from konzept.elements.sources.gaps import MEASURES, everywhere, gaps, missing, missing_in_all, missing_own
from konzept.site.theme import fold
from konzept.words.german import word

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
        "Aussagen zu Herausforderungen": "herausforderung" not in kinds,
        "Aussagen zu Bedarfen": "bedarf" not in kinds,
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
        assert found[0].split("; ")[0] == f"Werte zu {word(len(silent))} von {word(len(own))} Indikatoren"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        # Counted by hand in the files: indicators of the field, without values, without the town's own.
        ("arbeit", "Werte zu zwei von neun Indikatoren; zu fünf weiteren gibt es nur Werte anderer Gebiete"),
        ("wohnen", "zu fünf von neun Indikatoren gibt es nur Werte anderer Gebiete"),
    ],
)
def test_values_of_others_are_told_apart(concept: Concept, field: str, expected: str) -> None:
    assert [gap.text for gap in gaps(concept, concept.field(field)) if gap.about == "Zahlen"] == [expected]


def test_what_every_field_lacks_is_said_once_for_the_book(concept: Concept, real: Path) -> None:
    assert not [r for r in rows(real, "messwerte") if r["art"] == "soll" and r["soll_art"] == "beschlossen"]
    assert not [r for r in rows(real, "themen") if r["art"] == "staerke"]
    common = {gap.text for gap in everywhere(concept)}
    assert common == {"Aussagen zu Stärken", "beschlossene Sollwerte und Fristen"}
    for field in FIELDS:
        assert common & set(said(concept, field)) == set()
    # A field without indicators lacks targets too, and says that it has no indicators.
    first, *others = concept.fields
    bare = dataclasses.replace(concept, fields=(dataclasses.replace(first, indicators=()), *others))
    assert {gap.text for gap in everywhere(bare)} == common
    # A single field says it itself.
    alone = dataclasses.replace(concept, fields=(first,))
    assert common <= set(said(alone, first.id))


def test_a_field_that_lacks_what_all_lack_says_so(concept: Concept) -> None:
    empty = dataclasses.replace(
        concept.field("freizeit"), themes=(), indicators=(), bodies=(), kind="uebergreifend", focus=None
    )
    two = dataclasses.replace(empty, id="zwei", indicators=concept.field("wohnen").indicators[:1])
    # The second lacks no more than the first, but for its indicator's values.
    pair = dataclasses.replace(concept, fields=(empty, two))
    assert [gap.text for gap in gaps(pair, empty)] == ["ein Indikator"]
    same = dataclasses.replace(concept, fields=(two, dataclasses.replace(two, id="drei", indicators=())))
    own = dataclasses.replace(two, indicators=concept.field("bildung").indicators[:0])
    assert gaps(same, own)[0].text == "ein Indikator"


def test_themes_share_their_word(concept: Concept) -> None:
    lines = [plain([row]) for row in missing(concept, concept.field("sprache")).lines]
    assert lines[0] == (
        "Inhalt: ein Schwerpunkt; Aussagen zu Herausforderungen und Bedarfen; bestehende Angebote; Ziele."
    )


def test_the_sheet_names_what_stands_nowhere_else(concept: Concept) -> None:
    block = missing_in_all(concept)
    assert isinstance(block, Points)
    assert [plain([row]) for row in block.lines] == [
        "Die Maßnahmen: Ziel für 23 von 26 Maßnahmen.",
        "Ohne Ziele und Maßnahmen: Freizeit, Demokratie, Wohnen und Diskriminierungsschutz.",
        "Alle Handlungsfelder: Aussagen zu Stärken; beschlossene Sollwerte und Fristen.",
        "Die Zahlen: Eigene Werte für Lehrte liegen zu 15 von 61 Indikatoren vor.",
    ]


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


def test_what_the_town_itself_lacks_is_counted(concept: Concept, real: Path) -> None:
    """Counted again in the rows: who has values, the town or only others."""
    indicators = rows(real, "indikatoren")
    own = {
        r["indikator_id"] for r in rows(real, "messwerte") if r["art"] == "ist" and r["gebiet_id"] == "lehrte"
    }
    lacking = [r for r in indicators if r["id"] not in own]
    assert (len(lacking), len(indicators)) == (46, 61)
    fields = {r["handlungsfeld_id"] for r in lacking} - {
        r["handlungsfeld_id"] for r in indicators if r["id"] in own
    }
    assert fields == {"gesundheit", "freizeit", "verwaltung", "diskriminierung", "sprache"}
    assert plain(missing_own(concept).lines) == (
        "Zu 46 von 61 Kennzahlen gibt es keinen Wert für Lehrte selbst; darunter sind alle zu "
        "Gesundheit, Freizeit, Stadtverwaltung, Diskriminierungsschutz und Sprache."
    )


def test_the_town_lacks_one_or_none(concept: Concept) -> None:
    by_id = {i.id: i for i in concept.indicators}
    own, foreign = by_id["i-wahlbeteiligung-gemeindewahl"], by_id["i-einbuergerungen"]

    def told(*indicators: Indicator) -> str:
        fields = tuple(dataclasses.replace(f, indicators=()) for f in concept.fields)
        return plain(missing_own(dataclasses.replace(concept, fields=fields, indicators=indicators)).lines)

    assert told(own, foreign) == "Zu einer von zwei Kennzahlen gibt es keinen Wert für Lehrte selbst."
    assert told(own) == "Zu allen Kennzahlen liegen eigene Werte der Stadt Lehrte vor."
    assert told() == "Kennzahlen stehen noch keine in den Daten."
