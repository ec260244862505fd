"""The structure of the bodies: every relation of the tables, every box whole, no line through a box."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from allowed import word
from conftest import MORE
from folders import HOSTILE, REAL, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Body, Concept, Relation, Source
from konzept.elements.bodies.figure import structure_figure
from layout import boxes, check_layout, rectangles, words

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", None, None, None, "Seite 3")
LONG = "Donaudampfschifffahrtsgesellschaft und Verwaltungsgemeinschaft für alle Fragen Nr."
BELONGS, REPORTS = "untergeordnet", "berichtet_an"


def body(key: str, *above: tuple[str, str], name: str = "", project: str | None = None) -> Body:
    relations = tuple(
        Relation(a, f"Gremium {a}", word("gremium_beziehungen", "art", kind), PAPER) for a, kind in above
    )
    side = word("gremien", "projekt", project) if project else None
    kind = word("gremien", "art", "arbeitsgruppe")
    return Body(key, name or f"Gremium {key}", kind, side, (), relations, (), PAPER)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def of(concept: Concept, *bodies: Body, project: str | None = None):
    return structure_figure(dataclasses.replace(concept, bodies=bodies), project=project)


def test_real_data(concept: Concept, real: Path) -> None:
    figure = structure_figure(concept)
    assert figure is not None
    names = {r["id"]: r["name"] for r in rows(real, "gremien")}
    relations = rows(real, "gremium_beziehungen")
    words_of = {BELONGS: "gehört zu", REPORTS: "berichtet an"}
    expected = {(names[r["von_id"]], f"{words_of[r['art']]}: {names[r['an_id']]}") for r in relations}
    from_above = {row[0] for row in expected}
    expected |= {(n, "kein Gremium darüber genannt") for n in names.values() if n not in from_above}
    assert {(name, text) for name, _, text in figure.csv[1:]} == expected
    assert [[c.text for c in row.cells] for row in figure.data.rows] == [list(r) for r in figure.csv[1:]]
    related = {r[side] for r in relations for side in ("von_id", "an_id")}
    drawn = {names[key] for key in {*related, "g-rat"}}
    assert len(boxes(figure.wide)) == len(drawn)
    for chart in (figure.wide, figure.narrow):
        assert drawn <= set(words(chart))
        # The council stands above all others; who stands nowhere is named in one line, the last.
        tops = {name.split(": ", 1)[1]: box[1] for name, box in rectangles(chart).items()}
        line = max(tops, key=tops.__getitem__)
        assert line == f"Ohne genannte Zuordnung: {'; '.join(n for n in names.values() if n not in drawn)}."
        assert min(tops, key=tops.__getitem__) == names["g-rat"]
    assert figure.finding == (
        "Sechs Gremien gehören zu „Projektgruppe“; dieses Gremium berichtet an "
        "„Ausschuss für Soziales, Gleichstellung und Integration“ und "
        "„Lenkungsgruppe Interkulturelle Öffnung der Stadtverwaltung Lehrte“."
    )
    assert "Zu „Rat der Stadt Lehrte“ ist keine Zuordnung genannt." in figure.reading


def test_one_project_alone(concept: Concept) -> None:
    figure = structure_figure(concept, project="verwaltung")
    assert figure is not None
    shown = {row[0] for row in figure.csv[1:]}
    assert {b.name for b in concept.bodies if b.project in ("verwaltung", "beide")} <= shown
    assert not {b.name for b in concept.bodies if b.project == "stadtgesellschaft"} & shown
    # The committee belongs to no project and is reported to; the council is not related to any of these.
    assert {b.name for b in concept.bodies if b.id == "g-ausschuss-soziales"} <= shown
    assert not {b.name for b in concept.bodies if b.id == "g-rat"} & shown
    assert "Nicht gezeigt: drei Gremien außerhalb des Projekts" in figure.reading
    assert figure.label == "abb-struktur-verwaltung"


def test_nothing_and_one(concept: Concept) -> None:
    assert of(concept) is None
    assert of(concept, body("a"), project="verwaltung") is None
    one = of(concept, body("a"))
    assert one is not None
    assert one.finding == "Genannt ist ein Gremium; eine Zuordnung zu anderen ist nicht genannt."
    assert "Ohne genannte Zuordnung: Gremium a." in words(one.wide)


def test_sentences(concept: Concept) -> None:
    def sentence(*bodies: Body) -> str:
        figure = of(concept, *bodies)
        assert figure is not None
        return figure.finding

    assert sentence(body("a"), body("b", ("a", REPORTS))) == ("Ein Gremium berichtet an „Gremium a“.")
    assert sentence(body("a"), body("b", ("a", REPORTS)), body("c", ("a", REPORTS)), body("d")) == (
        "Zwei Gremien berichten an „Gremium a“."
    )
    assert sentence(body("a"), body("b", ("a", REPORTS)), body("c", ("b", BELONGS))) == (
        "Ein Gremium gehört zu „Gremium b“; dieses Gremium berichtet an „Gremium a“."
    )
    assert sentence(body("a"), body("b")) == "Für keines der zwei Gremien ist eine Zuordnung genannt."


def test_who_stands_above_is_drawn_above(concept: Concept) -> None:
    figure = of(
        concept,
        body("d", ("c", BELONGS), ("a", REPORTS)),
        body("c", ("b", BELONGS)),
        body("b", ("a", BELONGS)),
        body("a"),
    )
    assert figure is not None
    tops = {name.split(": ")[1]: box[1] for name, box in rectangles(figure.wide).items()}
    assert tops["Gremium a"] < tops["Gremium b"] < tops["Gremium c"] < tops["Gremium d"]


def test_reports_are_dashed_and_labelled(concept: Concept) -> None:
    figure = of(concept, body("a"), body("b", ("a", REPORTS)), body("c", ("a", BELONGS)))
    assert figure is not None
    dashes = {s.line.dash for s in figure.wide.layout.shapes if s.type == "line"}
    assert dashes == {"solid", "5px,4px"}
    assert {"berichtet an", "gehört zu"} <= set(words(figure.wide))
    assert {"hierher berichtet:", "dazu gehört:"} <= set(words(figure.narrow))


def test_two_above_stand_twice_in_the_list(concept: Concept) -> None:
    figure = of(concept, body("a"), body("b"), body("c", ("a", REPORTS), ("b", REPORTS)))
    assert figure is not None
    assert {"Gremium c", "Gremium c (siehe oben)"} <= set(words(figure.narrow))


def test_many_lines_become_a_list(concept: Concept) -> None:
    bodies = [body("0"), *(body(str(n), (str((n - 1) // 2), BELONGS)) for n in range(1, 20))]
    figure = of(concept, *bodies)
    assert figure is not None
    assert "dazu gehören:" in words(figure.wide)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_literal(concept: Concept, text: str) -> None:
    figure = of(concept, body("a", name=text), body("b", ("a", BELONGS)))
    assert figure is not None
    for annotation in figure.wide.layout.annotations:
        assert not set("<>") & set(annotation.text.replace("<b>", "").replace("</b>", "").replace("<br>", ""))


@st.composite
def webs(draw: st.DrawFn) -> tuple[Body, ...]:
    """Any bodies without a circle: each stands below some of those before it."""
    n = draw(st.integers(1, 25))
    found = []
    for i in range(n):
        above = draw(st.lists(st.integers(0, i - 1), max_size=3, unique=True)) if i else []
        found.append(
            body(
                str(i),
                *((str(k), draw(st.sampled_from([BELONGS, REPORTS]))) for k in above),
                name=draw(st.sampled_from([f"AG {i}", f"{LONG} {i}"])),
                project=draw(st.sampled_from([None, "beide", "stadtgesellschaft", "verwaltung"])),
            )
        )
    return tuple(draw(st.permutations(found)))


@given(webs())
@settings(max_examples=6 * MORE, deadline=None, phases=[Phase.generate])
def test_any_web_is_laid_out(concept: Concept, bodies: tuple[Body, ...]) -> None:
    figure = of(concept, *bodies)
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        # A word that is too long for a line is broken by a hyphen.
        shown = "|".join(words(chart)).replace(" ", "").replace("-", "")
        assert all(b.name.replace(" ", "").replace("-", "") in shown for b in bodies)
        check_layout(chart)
        drawn = boxes(chart)
        for line in (s for s in chart.layout.shapes if s.type == "line"):
            for left, top, right, bottom in drawn:
                inside_x = max(line.x0, line.x1) > left + 1 and min(line.x0, line.x1) < right - 1
                inside_y = max(line.y0, line.y1) > top + 1 and min(line.y0, line.y1) < bottom - 1
                assert not (inside_x and inside_y), (line, (left, top, right, bottom))
