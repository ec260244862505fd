"""The fields at a glance and the next steps: stages, projects, and days that have passed."""

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from allowed import word
from folders import HOSTILE, REAL, rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import ActionField, Concept, Event, Source
from konzept.elements.events.timeline import next_steps_figure
from konzept.elements.fields.figure import fields_figure
from layout import boxes, check_layout, words

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")
LONG = "Donaudampfschifffahrtsgesellschaft und Verwaltungsgemeinschaft für alle Fragen Nr."
STAND = dt.date(2025, 6, 15)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def test_fields_of_the_real_data(concept: Concept, real: Path) -> None:
    figure = fields_figure(concept)
    assert figure is not None
    table = sorted(rows(real, "handlungsfelder"), key=lambda r: int(r["nr"]))
    assert [row[:2] for row in figure.csv[1:]] == [(r["nr"], r["name"]) for r in table]
    assert [row[3] == "übergreifend" for row in figure.csv[1:]] == [r["typ"] != "feld" for r in table]
    assert [[c.text for c in row.cells] for row in figure.data.rows] == [list(r) for r in figure.csv[1:]]
    across = [r for r in table if r["typ"] == "uebergreifend"]
    for chart in (figure.wide, figure.narrow):
        assert {f"{r['nr']} {r['name']}" for r in table} <= {" ".join(w.split()) for w in words(chart)}
        assert len(boxes(chart)) == len(table) - len(across)
        bands = [s for s in chart.layout.shapes if s.type == "path"]
        assert len(bands) == len(across)
        check_layout(chart)
    assert figure.finding == (
        "Von neun Handlungsfeldern waren im August 2023 vier in Arbeit, drei als nächster Schritt vorgesehen "
        "und zwei Thema anderer Arbeitsgruppen."
    )


def test_bands_cross_all_other_rows(concept: Concept) -> None:
    figure = fields_figure(concept)
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        for band in (s for s in chart.layout.shapes if s.type == "path"):
            corners = [tuple(map(float, p.split(","))) for p in band.path.strip("MZ").split("L")]
            left, right = corners[2][0], corners[3][0]
            assert min(y for _, y in corners) < min(top for _, top, _, _ in boxes(chart))
            assert all(x0 < left < right <= x1 for x0, _, x1, _ in boxes(chart))


def field(concept: Concept, n: int, **changes: str) -> ActionField:
    named = {"id": f"f{n}", "number": n, "name": f"{LONG} {n}", "source": PAPER, **changes}
    return dataclasses.replace(concept.fields[0], **named)


def test_sentences_on_fields(concept: Concept) -> None:
    def sentence(*fields: ActionField) -> str:
        figure = fields_figure(dataclasses.replace(concept, fields=fields))
        assert figure is not None
        return figure.finding

    undated = dataclasses.replace(PAPER, day=None)
    one, two = (
        field(concept, 1),
        field(concept, 2, progress=word("handlungsfelder", "bearbeitung", "naechster_schritt")),
    )
    assert sentence(one, one) == "Alle zwei Handlungsfelder waren im Januar 2025 in Arbeit."
    assert sentence(one, dataclasses.replace(two, source=undated)) == (
        "Von zwei Handlungsfeldern ist eines in Arbeit und eines als nächster Schritt vorgesehen."
    )


def test_no_fields(concept: Concept) -> None:
    assert fields_figure(dataclasses.replace(concept, fields=())) is None
    assert fields_figure(dataclasses.replace(concept, fields=(field(concept, 1),))) is None


@pytest.mark.parametrize("across", [0, 1, 5, 40])
def test_many_and_long_fields(concept: Concept, across: int) -> None:
    stages = ("laufend", "naechster_schritt", "in_anderen_ag")
    many = tuple(
        field(
            concept,
            n,
            kind="uebergreifend" if n < across else "feld",
            project=word("handlungsfelder", "projekt", ("stadtgesellschaft", "verwaltung")[n % 2]),
            progress=word("handlungsfelder", "bearbeitung", stages[n % 3]),
        )
        for n in range(40)
    )
    figure = fields_figure(dataclasses.replace(concept, fields=many))
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        check_layout(chart)


def event(
    start: dt.date | None, *, state: str = "geplant", precision: str | None = "tag", **changes
) -> Event:
    given = {"end": None, "kind": "workshop", "title": "Ein Workshop", "area_id": None, "field_id": None}
    given |= {"body": None, "place": None, "attendance": None, "asked": None, "unreached": None}
    given |= {"source": PAPER, **changes}
    return Event(id="e", start=start, precision=precision, state=state, **given)


def steps(concept: Concept, *events: Event):
    return next_steps_figure(dataclasses.replace(concept, events=events, stand=STAND))


PAST, AHEAD = dt.date(2025, 6, 14), dt.date(2025, 6, 15)


def test_steps_of_the_real_data(concept: Concept, real: Path) -> None:
    figure = next_steps_figure(concept)
    assert figure is not None
    events = rows(real, "ereignisse")
    reported = {r["ankuendigung_id"] for r in events}
    own = [
        r
        for r in events
        if r["stand"] == "geplant" and r["gebiet_id"] in ("", "lehrte") and r["id"] not in reported
    ]
    assert sorted(row[1] for row in figure.csv[1:]) == sorted(r["titel"] for r in own)
    dated = sorted((r for r in own if r["von"]), key=lambda r: r["von"])
    assert [row[1] for row in figure.csv[1:]][: len(dated)] == [r["titel"] for r in dated]
    assert {row[0] for row in figure.csv[1 + len(dated) :]} == {"ohne Datum"}
    past = {r["titel"] for r in own if r["von"] and (r["bis"] or r["von"]) < concept.stand.isoformat()}
    assert {row[1] for row in figure.csv[1:] if row[3] == "Termin vergangen, nicht belegt"} == past
    for chart in (figure.wide, figure.narrow):
        assert sum("Termin vergangen, nicht belegt" in w for w in words(chart)) == len(past)
        check_layout(chart)
    fields = {row[1]: row[2] for row in figure.csv[1:]}
    assert fields["Workshop Freizeit, Kultur und Sport"] == "Freizeit, Kultur und Sport"
    # This one has no field itself; its working group has two.
    joint = next(r["titel"] for r in own if r["id"] == "e-ag-freizeit-wohnen")
    assert fields[joint] == "Freizeit, Kultur und Sport; Wohnen und Leben"
    assert figure.finding == (
        "Von acht angekündigten Schritten haben vier einen Termin; alle sind vergangen, "
        "ohne dass eine Quelle die Durchführung belegt."
    )


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([event(None)], "Angekündigt ist ein Schritt; ein Termin ist nicht genannt."),
        ([event(None)] * 2, "Angekündigt sind zwei Schritte; Termine sind nicht genannt."),
        (
            [event(PAST)],
            "Angekündigt ist ein Schritt mit Termin; er ist vergangen, ohne dass eine Quelle die Durchführung belegt.",
        ),
        ([event(AHEAD)], "Angekündigt ist ein Schritt mit Termin; vergangen ist er noch nicht."),
        (
            [event(PAST), event(AHEAD), event(None)],
            "Von drei angekündigten Schritten haben zwei einen Termin; einer ist vergangen, "
            "ohne dass eine Quelle die Durchführung belegt.",
        ),
        (
            [event(AHEAD), event(AHEAD)],
            "Von zwei angekündigten Schritten haben zwei einen Termin; vergangen ist noch keiner.",
        ),
        (
            [event(PAST), event(None)],
            "Von zwei angekündigten Schritten hat einer einen Termin; er ist vergangen, "
            "ohne dass eine Quelle die Durchführung belegt.",
        ),
    ],
)
def test_sentences_on_steps(concept: Concept, events: list[Event], sentence: str) -> None:
    figure = steps(concept, *events)
    assert figure is not None
    assert figure.finding == sentence
    assert ("keine Quelle belegt" in figure.reading) == ("ohne dass" in sentence)


@pytest.mark.parametrize(
    ("start", "end", "precision", "past"),
    [
        (dt.date(2025, 6, 14), None, "tag", True),
        (dt.date(2025, 6, 15), None, "tag", False),
        (dt.date(2025, 6, 1), None, "monat", False),
        (dt.date(2025, 5, 1), None, "monat", True),
        (dt.date(2025, 1, 1), None, "jahr", False),
        (dt.date(2024, 1, 1), None, "jahr", True),
        (dt.date(2025, 6, 1), dt.date(2025, 6, 20), "tag", False),
        (dt.date(2025, 2, 1), dt.date(2025, 5, 31), "monat", True),
    ],
)
def test_a_date_has_passed_when_its_last_day_has(
    concept: Concept, start: dt.date, end: dt.date | None, precision: str, past: bool
) -> None:
    figure = steps(concept, event(start, end=end, precision=precision))
    assert figure is not None
    assert (figure.csv[1][3] == "Termin vergangen, nicht belegt") is past


def test_no_steps(concept: Concept) -> None:
    assert steps(concept) is None
    assert steps(concept, event(PAST, state="erfolgt"), event(PAST, state="entfallen")) is None
    assert steps(concept, event(PAST, area_id="anderswo")) is None


def test_many_and_long_steps(concept: Concept) -> None:
    many = [event(PAST if n < 20 else None, title=f"{LONG} {n}", kind="bericht") for n in range(40)]
    figure = steps(concept, *many)
    assert figure is not None
    for chart in (figure.wide, figure.narrow):
        check_layout(chart)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_literal(concept: Concept, text: str) -> None:
    fields = (field(concept, 1, name=text), field(concept, 2, name="x"))
    for figure in (
        fields_figure(dataclasses.replace(concept, fields=fields)),
        steps(concept, event(PAST, title=text)),
    ):
        assert figure is not None
        for chart in (figure.wide, figure.narrow):
            tags = set(re.findall(r"<[^>]*>", "".join(a.text for a in chart.layout.annotations)))
            assert all(
                tag in ("<b>", "</b>", "<br>", "</span>") or tag.startswith("<span style=") for tag in tags
            )
            assert "".join(text.split()) in "".join("".join(words(chart)).split())
