"""Who takes part: one sign for each row of the table, readable for one and for sixty."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from folders import HOSTILE, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Body, Concept, Member, Source
from konzept.figures import actors_by_group_figure
from layout import check_layout, words

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", None, None, None, "Seite 3")
LONG = "Donaudampfschifffahrtsgesellschaft und Verwaltungsgemeinschaft für alle Fragen Nr."
ROLES = ("mitglied", "koordination", "gast", "kooperation", "leitung")


def body(key: str, *members: tuple[str, str], name: str = "", kind: str = "arbeitsgruppe") -> Body:
    own = tuple(Member(who, f"Stelle {who}", role, PAPER) for who, role in members)
    return Body(key, name or f"Gremium {key}", kind, None, (), (), own, PAPER)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(Path(__file__).parents[2] / "data")


def of(concept: Concept, *bodies: Body):
    return actors_by_group_figure(dataclasses.replace(concept, bodies=bodies))


def signs(chart) -> list[tuple[float, float]]:
    return [point for trace in chart.data for point in zip(trace.x, trace.y, strict=True)]


def test_real_data(concept: Concept, real: Path) -> None:
    figure = actors_by_group_figure(concept)
    assert figure is not None
    memberships = rows(real, "mitwirkungen")
    actors = {r["id"]: r["name"] for r in rows(real, "akteure")}
    bodies = {r["id"]: r["name"] for r in rows(real, "gremien")}
    expected = Counter((actors[r["akteur_id"]], bodies[r["gremium_id"]], r["rolle"]) for r in memberships)
    assert Counter((a, b, role.casefold()) for a, b, role in figure.csv[1:]) == expected
    assert [[c.text for c in row.cells] for row in figure.data.rows] == [list(r) for r in figure.csv[1:]]
    for chart in (figure.wide, figure.narrow):
        assert len(signs(chart)) == len(set(signs(chart))) == len(memberships)
        check_layout(chart)
    sizes = Counter(r["gremium_id"] for r in memberships)
    (top, most), (_, second) = sizes.most_common(2)
    assert most > second
    assert f"die meisten ({most}) in „{bodies[top]}“" in figure.finding
    assert figure.finding.startswith(f"Die Quellen nennen {len({r['akteur_id'] for r in memberships})} ")


def test_project_group_is_named(concept: Concept, real: Path) -> None:
    figure = actors_by_group_figure(concept)
    assert figure is not None
    actors = {r["id"]: r["name"] for r in rows(real, "akteure")}
    own = [r for r in rows(real, "mitwirkungen") if r["gremium_id"] == "g-projektgruppe"]
    assert own
    for row in own:
        assert f"{actors[row['akteur_id']]} ({row['rolle'].capitalize()})" in figure.method
        assert actors[row["akteur_id"]] in words(figure.wide)


def test_those_in_most_bodies_come_first(concept: Concept) -> None:
    figure = of(
        concept,
        body("1", ("a", "mitglied"), ("b", "koordination"), ("c", "mitglied")),
        body("2", ("c", "gast"), ("d", "mitglied")),
        body("3", ("p", "mitglied"), kind="projektgruppe"),
    )
    assert figure is not None
    names = [w for w in words(figure.wide) if w.startswith("Stelle")]
    # c is in two; the project group comes before the others, the coordinator before the member.
    assert names == ["Stelle c", "Stelle p", "Stelle b", "Stelle a", "Stelle d"]


def test_role_is_a_shape_not_a_colour(concept: Concept) -> None:
    figure = of(concept, body("1", *((r, r) for r in ROLES)))
    assert figure is not None
    shapes = {(t.marker.symbol, t.marker.color == t.marker.line.color) for t in figure.wide.data}
    assert shapes == {("diamond", True), ("circle", True), ("square", True), ("circle", False)}
    assert "Raute: Leitung oder Koordination. Gefüllter Kreis: Mitglied." in figure.reading
    assert "Stelle gast (Gast)" in words(figure.narrow)


def test_sentences(concept: Concept) -> None:
    def sentence(*bodies: Body) -> str:
        figure = of(concept, *bodies)
        assert figure is not None
        return figure.finding

    assert (
        sentence(body("1", ("a", "gast"))) == "Die Quellen nennen eine mitwirkende Stelle in einem Gremium."
    )
    assert sentence(body("1", ("a", "gast")), body("2", ("a", "mitglied"), ("b", "mitglied"))) == (
        "Die Quellen nennen zwei mitwirkende Stellen in zwei Gremien, die meisten (2) in „Gremium 2“; "
        "eine wirkt in mehreren mit."
    )
    assert sentence(body("1", ("a", "gast")), body("2", ("b", "mitglied"))) == (
        "Die Quellen nennen zwei mitwirkende Stellen in zwei Gremien."
    )


def test_two_roles_in_one_body_are_two_signs_of_one_actor(concept: Concept) -> None:
    figure = of(concept, body("1", ("a", "leitung"), ("a", "mitglied")))
    assert figure is not None
    assert len(set(signs(figure.wide))) == 2
    assert "Gremium 1 (1)" in words(figure.wide)


def test_nobody(concept: Concept) -> None:
    assert of(concept) is None
    assert of(concept, body("1")) is None


@pytest.mark.parametrize("bodies", [1, 6, 14, 40])
@pytest.mark.parametrize("actors", [1, 60])
def test_many_and_long(concept: Concept, bodies: int, actors: int) -> None:
    many = [
        Body(
            f"g{g}",
            f"{LONG} {g}",
            "arbeitsgruppe",
            None,
            (),
            (),
            tuple(
                Member(f"a{i}", f"{LONG} {i}" if i % 3 else f"Stelle {i}", ROLES[i % 5], PAPER)
                for i in range(actors)
                if i % bodies == g or i % 7 == g
            ),
            PAPER,
        )
        for g in range(bodies)
    ]
    figure = of(concept, *many)
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        check_layout(chart)
        assert len(signs(chart)) == len(figure.csv) - 1
        assert all(0 <= x <= chart.layout.width and 0 <= y <= chart.layout.height for x, y in signs(chart))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_literal(concept: Concept, text: str) -> None:
    one = Body("g", text, "arbeitsgruppe", None, (), (), (Member("a", text, "mitglied", PAPER),), PAPER)
    figure = of(concept, one)
    assert figure is not None
    texts = [a.text for a in figure.wide.layout.annotations] + [
        h for t in figure.wide.data for h in t.customdata
    ]
    for shown in texts:
        assert not set("<>") & set(shown.replace("<b>", "").replace("</b>", "").replace("<br>", ""))
