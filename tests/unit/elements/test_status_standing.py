"""Sentences on statuses: no more than the sources say, and in the right tense."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowed import STATUSES
from folders import rows
from konzept.concept.assembly import load_concept
from konzept.concept.model import Measure, Source, StatusStep
from konzept.concept.standing import by_status, finding, summary
from konzept.elements import opening
from konzept.elements.content import plain
from konzept.elements.measures import profiles
from konzept.elements.status.figure import all_status_figure
from konzept.elements.status.tables import words_table
from konzept.words import german

DAY = dt.date(2024, 3, 5)
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", DAY, None, None, "Seite 3")


def measure(status: str | None, *, derived: bool = False, day: dt.date = DAY) -> Measure:
    steps = (StatusStep(day, STATUSES[status], None, PAPER, derived=derived),) if status else ()
    return Measure("m-x", "Kurs", None, None, None, None, steps, (), (), (), PAPER)


def named(*keys: str | None) -> list[Measure]:
    return [measure(key) for key in keys]


@pytest.mark.parametrize(
    ("measures", "now", "later"),
    [
        (named("idee"), "Die einzige Maßnahme ist eine Idee.", "Im März 2024 war die einzige Maßnahme eine Idee."),
        (named("geplant"), "Die einzige Maßnahme ist als geplant genannt.", "Im März 2024 war die einzige Maßnahme als geplant genannt."),
        (named("daueraufgabe"), "Die einzige Maßnahme ist eine Daueraufgabe.", "Im März 2024 war die einzige Maßnahme eine Daueraufgabe."),
        (named("idee", "idee"), "Beide Maßnahmen sind Ideen.", "Im März 2024 waren beide Maßnahmen Ideen."),
        (named(*["in_umsetzung"] * 3), "Alle drei Maßnahmen sind in Umsetzung.", "Im März 2024 waren alle drei Maßnahmen in Umsetzung."),
        (
            named("idee", "idee", "geplant"),
            "Von drei Maßnahmen sind zwei Ideen und eine ist als geplant genannt.",
            "Im März 2024 waren von drei Maßnahmen zwei Ideen und eine war als geplant genannt.",
        ),
        (
            [*named("geplant"), measure("geplant", derived=True), measure("in_pruefung", derived=True)],
            "Von drei Maßnahmen sind zwei als geplant genannt oder so eingeordnet und eine ist als „in Prüfung“ eingeordnet.",
            "Im März 2024 waren von drei Maßnahmen zwei als geplant genannt oder so eingeordnet und eine war als „in Prüfung“ eingeordnet.",
        ),
        (
            [*named("beschlossen", None), measure("angemeldet", derived=True)],
            "Von drei Maßnahmen ist eine als „zum Haushalt angemeldet“ eingeordnet, eine ist beschlossen und eine hat keinen genannten Status.",
            "Im März 2024 war von drei Maßnahmen eine als „zum Haushalt angemeldet“ eingeordnet, eine war beschlossen und eine hatte keinen genannten Status.",
        ),
    ],
)  # fmt: skip
def test_sentence_and_tense(measures: list[Measure], now: str, later: str) -> None:
    assert finding(measures, DAY) == now
    assert finding(measures, DAY + dt.timedelta(1)) == later


def test_days_of_several_months_are_named() -> None:
    measures = [measure("idee", day=dt.date(2022, 5, 1)), measure("idee", day=dt.date(2023, 8, 30))]
    assert finding(measures, DAY) == "Nach Angaben von Mai 2022 bis August 2023 waren beide Maßnahmen Ideen."
    # The newest status is of the Stand itself.
    assert finding(measures, dt.date(2023, 8, 30)) == "Beide Maßnahmen sind Ideen."


def test_no_status_at_all_has_no_past() -> None:
    assert finding(named(None, None), DAY) == "Beide Maßnahmen haben keinen genannten Status."
    assert summary(named(None)) == "eine ohne genannten Status"


MEASURES = st.builds(
    measure,
    st.sampled_from([None, *STATUSES]),
    derived=st.booleans(),
    day=st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31)),
)


@given(st.lists(MEASURES, min_size=1, max_size=40), st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)))
def test_a_sentence_claims_no_more_than_its_steps(measures: list[Measure], stand: dt.date) -> None:
    text, listed = finding(measures, stand), summary(measures)
    counts = Counter(m.status for m in measures)
    assert sum(map(len, by_status(measures).values())) == len(measures)
    for key, n in counts.items():
        assert f"{german.some(n)} " in f"{listed} "
        own = [m for m in measures if m.status == key]
        derived = [m.current is not None and m.current.derived for m in own]
        if key in ("in_pruefung", "geplant"):
            label = STATUSES[key].label
            said = f"als „{label}“" if " " in label else f"als {label}"
            # Never the bare word: either a source says it, or it is derived, and the sentence tells which.
            assert (f"{said} genannt" in text) == (not all(derived))
            assert (f"{said} eingeordnet" in text) == all(derived)
    days = [m.current.day for m in measures if m.current]
    past = bool(days) and max(days) < stand
    verbs = set(text.rstrip(".").split())
    assert bool(verbs & {"war", "waren", "hatte", "hatten"}) == past
    assert bool(verbs & {"ist", "sind", "hat", "haben"}) == (not past)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["idee", "idee", "geplant"], "Der häufigste Status von drei Maßnahmen in einem Handlungsfeld war im März 2024 „Idee“ (2)."),
        (["idee", "geplant"], "Im März 2024 war von zwei Maßnahmen eine eine Idee und eine war als geplant genannt."),
        ([None, None, "idee"], "Der häufigste Status von drei Maßnahmen in einem Handlungsfeld war im März 2024 „nicht genannt“ (2)."),
        (["idee"], "Im März 2024 war die einzige Maßnahme eine Idee."),
    ],
)  # fmt: skip
def test_the_most_frequent_of_all_fields(real: Path, keys: list[str | None], expected: str) -> None:
    concept = load_concept(real)
    first, *others = (dataclasses.replace(f, measures=()) for f in concept.fields)
    small = dataclasses.replace(
        concept, fields=(dataclasses.replace(first, measures=tuple(named(*keys))), *others)
    )
    figure = all_status_figure(small)
    assert figure is not None
    assert figure.finding == expected


# The project's data


def test_criteria_keep_the_order_of_the_ladder() -> None:
    assert all(status.criterion and status.proof for status in STATUSES.values())
    assert "Geld können noch offen sein" in STATUSES["geplant"].criterion
    assert list(STATUSES).index("geplant") < list(STATUSES).index("angemeldet")


def test_every_status_shows_the_words_of_its_source(real: Path) -> None:
    concept = load_concept(real)
    block = profiles.profiles(concept)
    assert block is not None
    shown = {item.id: plain(item.states) for group in block.groups for item in group.items}
    tables = [group.brief for group in block.groups if group.brief]
    shown |= {row.label: row.cells[1].text for table in tables for row in table.rows}
    steps = rows(real, "statusverlauf")
    assert len(steps) == 26
    for row in steps:
        said = f"„{row['wortlaut']}“"
        rest = ", daraus abgeleitet." if row["beleg"] == "abgeleitet" else "."
        assert f"{said}{rest}" in shown[row["massnahme_id"]]


def test_words_table_counts_the_rows(real: Path) -> None:
    table = words_table(load_concept(real))
    assert table is not None
    expected = Counter(
        (r["status"], f"„{r['wortlaut']}“", {"quelle": "genannt"}.get(r["beleg"], r["beleg"]))
        for r in rows(real, "statusverlauf")
    )
    found = {
        (row.cells[0].lines[0][0].status, row.cells[1].text, row.cells[2].text): int(row.cells[3].text)
        for row in table.rows
    }
    assert found == dict(expected)


def test_start_page_counts_what_is_named_and_what_is_derived(real: Path) -> None:
    steps = rows(real, "statusverlauf")
    assert Counter((r["status"], r["beleg"]) for r in steps if r["status"] != "idee") == {
        ("in_pruefung", "abgeleitet"): 1, ("geplant", "quelle"): 8, ("geplant", "abgeleitet"): 2, ("angemeldet", "quelle"): 1,
    }  # fmt: skip
    text = plain(opening.state(load_concept(real)).lines)
    assert text.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "Dieses Buch zeigt den Arbeitsstand vom 30. August 2023 (2. Sachstandsbericht) mit 26 Maßnahmen, "
        "eingeordnet nach den Worten der Quellen: 14 Ideen, zehn geplante, eine in Prüfung "
        "und eine zum Haushalt angemeldete. Als beschlossen oder umgesetzt ist keine vermerkt."
    )


def test_what_was_decided_is_not_denied(real: Path) -> None:
    concept = load_concept(real)
    first, *others = (dataclasses.replace(f, measures=()) for f in concept.fields)
    for key in STATUSES:
        field = dataclasses.replace(first, measures=tuple(named(key, key, "idee")))
        text = plain(opening.state(dataclasses.replace(concept, fields=(field, *others))).lines)
        done = key in ("beschlossen", "in_umsetzung", "daueraufgabe", "abgeschlossen")
        assert ("Als beschlossen oder umgesetzt ist keine vermerkt." in text) == (not done)
    assert summary(named("daueraufgabe", "daueraufgabe", "in_umsetzung", None)) == (
        "zwei Daueraufgaben, eine in Umsetzung und eine ohne genannten Status"
    )
