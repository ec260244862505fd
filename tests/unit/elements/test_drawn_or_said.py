"""What has too few data points is said, with its sources and under its label; the rest is drawn."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from folders import REAL, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.elements.bodies.overview import actors_table, members_table
from konzept.elements.content import Figure, Table, Text
from konzept.elements.drawing.drawn_or_said import points_of
from konzept.elements.indicators.figure import indicator_block, indicator_figure
from konzept.notebook.book import Book
from konzept.notebook.output import Shown

TOWN = Area("lehrte", "Lehrte", "gemeinde", "in Lehrte", own=True)
STATE = Area("niedersachsen", "Niedersachsen", "land", "in Niedersachsen")
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")


def seen(year: int, value: float, *, area: Area = TOWN, group: str = "insgesamt") -> Observation:
    return Observation("ist", area, group, str(year), year, value, "genau", False, None, PAPER)


def indicator(*observations: Observation) -> Indicator:
    return Indicator("i-x", "bildung", "Quote", "die Quote", None, "Prozent", "hoeher", observations)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def test_two_values_are_said_and_three_are_drawn(concept: Concept) -> None:
    two = indicator(seen(2020, 6), seen(2021, 7))
    block = indicator_block(concept, two)
    assert isinstance(block, Text)
    assert (block.label, block.name) == ("abb-i-x", "Quote")
    ((said, mark),) = block.lines
    assert (
        said.text
        == "In Lehrte stieg die Quote von 6\N{NO-BREAK SPACE}% (2020) auf 7\N{NO-BREAK SPACE}% (2021)."
    )
    assert mark.source == ("d-x", "Seite\N{NO-BREAK SPACE}3")
    assert isinstance(indicator_block(concept, indicator(*two.observations, seen(2022, 8))), Figure)
    assert indicator_block(concept, indicator()) is None


def test_two_lines_of_two_values_are_said_with_their_comparison(concept: Concept) -> None:
    values = [seen(y, v, area=a) for a in (TOWN, STATE) for y, v in ((2020, 6), (2021, 7.5))]
    block = indicator_block(concept, indicator(*values))
    assert isinstance(block, Text)
    assert block.lines[0][0].text.endswith("Zum Vergleich: 7,5\N{NO-BREAK SPACE}% (Niedersachsen, 2021).")


def test_whatever_a_cell_shows_comes_by(concept: Concept) -> None:
    figure = indicator_figure(concept, indicator(seen(2020, 6), seen(2021, 7)))
    assert figure is not None
    assert points_of(figure) == 2
    assert isinstance(Shown(figure).block, Text)
    assert isinstance(Shown(dataclasses.replace(figure, points=3)).block, Figure)


def test_two_groups_stand_side_by_side(concept: Concept) -> None:
    values = [
        seen(y, v + step, area=a, group=g)
        for a, step in ((TOWN, 0), (STATE, 10))
        for g, v in (("a", 5.0), ("b", 15.0))
        for y in (2020, 2021, 2022)
    ]
    figure = indicator_figure(concept, indicator(*values))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        marks = {(t.marker.symbol, t.x[0]) for t in chart.data if t.mode == "markers"}
        # Different shapes for the groups, so that grey print tells them apart.
        assert marks == {("circle", 5.0), ("circle", 15.0), ("square", 15.0), ("square", 25.0)}
        texts = [a.text for a in chart.layout.annotations]
        assert "<b>15\N{NO-BREAK SPACE}%</b> a" in texts
        assert {"2020", "2022"} <= set(texts)
    assert "Die Werte sind von 2022." in figure.reading
    assert "der Abstand betrug 10\N{NO-BREAK SPACE}Prozentpunkte" in figure.finding


def test_members_by_body(concept: Concept, real: Path) -> None:
    table = members_table(concept)
    assert table is not None
    names = {r["id"]: r["name"] for r in rows(real, "akteure")}
    bodies = {r["id"]: r["name"] for r in rows(real, "gremien")}
    expected = {
        (bodies[r["gremium_id"]], names[r["akteur_id"]], r["rolle"]) for r in rows(real, "mitwirkungen")
    }
    found = set()
    for row in table.rows:
        for line in row.cells[1].lines:
            name, _, role = line[0].text.rpartition(" (")
            known = role[:-1].casefold() in ("leitung", "koordination", "kooperation", "gast")
            found.add(
                (
                    row.cells[0].text,
                    name if known else line[0].text,
                    role[:-1].casefold() if known else "mitglied",
                )
            )
    assert found == expected
    assert table.rows[0].cells[0].text == "Projektgruppe"


def test_only_the_towns_actors_are_listed(concept: Concept, real: Path, shown: list[Any]) -> None:
    """An actor counts as the town's if it does something here, or a document on the town names it."""
    about = {r["id"]: r["gebiet_id"] for r in rows(real, "dokumente")}
    acting = {
        r["akteur_id"]
        for table in ("mitwirkungen", "angebote", "zustaendigkeiten", "kontakte")
        for r in rows(real, table)
    }
    members = {r["akteur_id"] for r in rows(real, "mitwirkungen")}
    town = {
        r["id"] for r in rows(real, "akteure") if r["id"] in acting or about[r["quelle_id"]] in ("", "lehrte")
    }
    assert {a.id for a in concept.actors if a.own} == town
    assert {a.id for a in concept.actors} > town
    table = actors_table(concept)
    assert table is not None
    names = {r["id"]: r["name"] for r in rows(real, "akteure")}
    assert {row.cells[0].text for row in table.rows} == {names[key] for key in town - members}
    Book(concept).members_table()
    assert [type(b) for b in shown] == [Table]
