"""The page for those who steer: every number counted again from the files, and bad input."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from allowed import COST_KINDS, STAGES, STATUSES
from folders import REAL, minimal, real_copy, rows, write
from konzept.concept import steering
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept, Cost, Measure, Responsibility, Source, StatusStep
from konzept.concept.schedule import CLOSED, ON_TIME, OVERDUE, UNDATED, deadline, schedule, unreported
from konzept.elements import opening
from konzept.elements.content import Table, Text, plain
from konzept.elements.costs.sentences import without_costs
from konzept.elements.costs.table import costs_table
from konzept.elements.status.criteria import criteria_table
from konzept.elements.status.matrix import matrix
from konzept.elements.steering import briefing
from konzept.elements.steering.approvals import approvals_table
from konzept.elements.steering.completeness import completeness_figure
from konzept.elements.steering.deadlines import deadlines_table, schedule_table
from konzept.elements.steering.table import completeness_table, fields_steering
from konzept.notebook.html import as_html
from sentences.data import APPROVAL

STAND = dt.date(2025, 12, 18)
PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def measure(
    status: str | None = None,
    *,
    end: dt.date | None = None,
    precision: str | None = "tag",
    review: dt.date | None = None,
    costs: tuple[Cost, ...] = (),
    title: str = "Kurs",
) -> Measure:
    steps = (StatusStep(dt.date(2024, 1, 1), STATUSES[status], None, PAPER, review),) if status else ()
    return Measure("m-x", title, None, None, end, precision, steps, costs, (), (), PAPER)


def with_measures(concept: Concept, *measures: Measure) -> Concept:
    first, *others = concept.fields
    fields = (
        dataclasses.replace(first, measures=measures),
        *(dataclasses.replace(f, measures=()) for f in others),
    )
    return dataclasses.replace(concept, fields=fields, notes=())


def text(block: Text) -> str:
    return plain(block.lines, " ").replace("\u00a0", " ")


def cells(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


# The project's data, counted by another path


def last_status(real: Path) -> dict[str, str]:
    """Give each measure's status: the row of the latest day."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows(real, "statusverlauf"):
        key = row["massnahme_id"]
        found[key] = max(found.get(key, ("", "")), (row["datum"], row["status"]))
    return {key: status for key, (_, status) in found.items()}


def test_lead_counts_what_the_files_hold(concept: Concept, real: Path) -> None:
    counts = Counter(last_status(real).values())
    total = len(rows(real, "massnahmen"))
    early = sum(counts[key] for key in ("idee", "in_pruefung", "geplant", "angemeldet"))
    assert (early, total) == (26, 26)
    assert text(briefing.lead(concept)) == (
        "Im August 2023 waren alle 26 Maßnahmen Ideen oder in Vorbereitung. "
        "Als beschlossen oder umgesetzt ist in den Quellen noch keine vermerkt."
    )


def test_date_of_the_report(concept: Concept, real: Path) -> None:
    day = max(r["datum"] for r in rows(real, "statusverlauf"))
    assert day == "2023-08-30"
    shown = text(briefing.as_of(concept))
    assert "30. August 2023 (2. Sachstandsbericht)" in shown
    assert "seit zwei Jahren und drei Monaten" in shown


def test_decision_box_names_what_nobody_outside_can_know(concept: Concept, real: Path) -> None:
    filed = [key for key, status in last_status(real).items() if status == "angemeldet"]
    titles = [r["titel"] for r in rows(real, "massnahmen") if r["id"] in filed]
    assert len(titles) == 1
    found = steering.decisions(concept)
    assert (found.waiting, found.decided, [f.measure.id for f in found.unknown]) == ((), (), filed)
    box = briefing.decisions(concept)
    shown = [plain([part]).replace("\u00a0", " ") for part in box.lines]
    assert shown == [
        "Zu entscheiden: Aus den Quellen ergibt sich keine offene Entscheidung.",
        "Entschieden: Der Rat der Stadt Lehrte hat das Integrationskonzept am 25. Juni 2025 beschlossen. "
        "Zu einzelnen Maßnahmen nennen die Quellen keine Entscheidung.",
        "Zu erfragen bei der Verwaltung der Stadt Lehrte:",
        f"Ist über die angemeldeten Mittel für „{titles[0]}“ entschieden "
        "(2024: ca. 21.000 € Anlauf; ca. 33.000 € jährlich, Beginn offen)?",
        "Was ist aus den fünf Maßnahmen geworden, deren Termin im Dezember 2024 verstrichen ist?",
        "Welche Maßnahmen enthält das am 25. Juni 2025 beschlossene Konzept? Sein Text liegt nicht vor.",
        "Was ist seit dem 30. August 2023 aus den 21 übrigen Maßnahmen geworden?",
    ]
    assert box.lines[3][1].target == filed[0]
    # On the sheet the lead names the adoption.
    sheet = briefing.decisions(concept, short=True)
    assert sheet.title == ""
    assert sheet.lines == (box.lines[0], *box.lines[2:])


def test_only_questions_that_apply_are_asked(concept: Concept) -> None:
    day = concept.stand
    news = StatusStep(day, STATUSES["in_umsetzung"], None, PAPER)
    official = dataclasses.replace(concept.package, imprint={"name": "Stadt Musterstadt"})
    assert official.official
    settled = dataclasses.replace(
        with_measures(concept, dataclasses.replace(measure(), history=(news,))), package=official
    )
    assert "Zu erfragen" not in plain(briefing.decisions(settled).lines, " ")
    late = with_measures(
        concept,
        measure("geplant", end=dt.date(2024, 5, 31), title="A"),
        measure("geplant", end=dt.date(2025, 2, 1), title="B"),
        # Its newest status is younger than its day: what became of it is known.
        dataclasses.replace(measure(end=dt.date(2025, 2, 1), title="C"), history=(news,)),
        measure("abgeschlossen", title="D"),
    )
    shown = [plain([part]) for part in briefing.decisions(dataclasses.replace(late, package=official)).lines]
    assert shown[-1] == (
        "Was ist aus den zwei Maßnahmen geworden, deren Termin zwischen Mai 2024 und Februar 2025 verstrichen ist?"
    )
    one = with_measures(concept, measure("idee", title="A <b>"))
    shown = [plain([part]).replace("\u00a0", " ") for part in briefing.decisions(one).lines]
    assert shown[-1] == "Was ist seit dem 1. Januar 2024 aus der Maßnahme „A <b>“ geworden?"
    many = with_measures(concept, *[measure("angemeldet", costs=(cost("angemeldet", 1, 2024),))] * 5)
    assert "Ist über die angemeldeten Mittel für fünf Maßnahmen entschieden?" in plain(
        briefing.decisions(many).lines
    )


def test_an_adoption_to_come_is_to_be_decided(concept: Concept) -> None:
    coming = adopted(concept, state="geplant", start=dt.date(2026, 3, 1), precision="monat")
    shown = [plain([part]) for part in briefing.decisions(coming).lines]
    assert shown[0] == (
        "Zu entscheiden: Der Rat der Stadt Lehrte soll das Integrationskonzept im März 2026 beschließen."
    )
    assert not any("beschlossene Konzept" in line for line in shown)


# Who and by when


def test_who_and_by_when_counted_from_the_files(concept: Concept, real: Path) -> None:
    titles = {r["id"]: r["titel"] for r in rows(real, "massnahmen")}
    names = {r["id"]: r["name"] for r in rows(real, "akteure")}
    led: dict[str, set[str]] = {}
    for row in rows(real, "zustaendigkeiten"):
        if row["rolle"] == "federfuehrend":
            led.setdefault(names[row["akteur_id"]], set()).add(titles[row["massnahme_id"]])
    lines = [plain([part]) for part in briefing.who(concept).lines]
    found = {
        line.partition(": ")[0]: set(line.partition(": ")[2].rstrip(".").split("; ")) for line in lines[:-1]
    }
    assert found == led
    assert lines[-1] == "Für 23 weitere Maßnahmen ist keine Federführung genannt."
    assert sum(map(len, led.values())) + 23 == len(titles)
    ends = Counter(
        (r["handlungsfeld_id"], r["ende"], r["zeit_genauigkeit"]) for r in rows(real, "massnahmen")
    )
    assert ends.pop(("verwaltung", "2024-12-31", "monat")) == 5
    assert {end for _, end, _ in ends} == {""}
    assert [plain([part]) for part in briefing.by_when(concept).lines] == [
        "Fünf Maßnahmen im Handlungsfeld „Interkulturelle Öffnung der Stadtverwaltung“: bis Ende Dezember 2024; "
        "der Termin ist verstrichen, ob sie erledigt sind, ist nicht bekannt.",
        f"Für {sum(ends.values())} weitere Maßnahmen nennen die Quellen keinen Termin.",
    ]


def led_by(*names: str, n: int = 1) -> list[Measure]:
    people = tuple(Responsibility(name, "federfuehrend") for name in names)
    return [dataclasses.replace(measure("idee"), responsibilities=people)] * n


def test_who_is_short_for_many(concept: Concept) -> None:
    few = with_measures(concept, *led_by("Amt A"), *led_by("Amt B", "Amt C"), *led_by("Amt D", n=3))
    assert [plain([part]) for part in briefing.who(few).lines] == [
        "Amt D: drei Maßnahmen.",
        "Amt A: Kurs.",
        "Amt B und Amt C: Kurs.",
    ]
    many = with_measures(concept, *(m for i in range(60) for m in led_by(f"Amt {i}", n=5)), measure("idee"))
    lines = [plain([part]) for part in briefing.who(many).lines]
    assert len(lines) == 5
    assert lines[-2:] == [
        "57 weitere Stellen sind für zusammen 285 Maßnahmen federführend.",
        "Für eine weitere Maßnahme ist keine Federführung genannt.",
    ]
    assert text(briefing.who(with_measures(concept))) == "Wer federführend ist, nennen die Quellen nicht."


def test_by_when_in_all_precisions_and_short_for_many(concept: Concept) -> None:
    dated = with_measures(
        concept,
        measure("geplant", end=dt.date(2026, 3, 1), title="Tag"),
        measure("geplant", end=dt.date(2026, 12, 31), precision="jahr", title="Jahr"),
        measure("geplant", review=dt.date(2026, 1, 2), title="Vorlage"),
        measure("abgeschlossen", end=dt.date(2020, 1, 1)),
        # An end that does not count is an end that a source names.
        measure("daueraufgabe", end=dt.date(2020, 1, 1)),
    )
    shown = [plain([part]).replace("\u00a0", " ") for part in briefing.by_when(dated).lines]
    assert shown == [
        "Vorlage: Wiedervorlage am 2. Januar 2026.",
        "Tag: bis zum 1. März 2026.",
        "Jahr: bis Ende 2026.",
    ]
    late = [measure("geplant", end=STAND - dt.timedelta(n)) for n in range(1, 201)]
    ahead = [measure("geplant", end=STAND + dt.timedelta(n)) for n in range(99)]
    many = with_measures(concept, *late, *ahead, measure("idee"))
    assert [plain([part]).replace("\u00a0", " ") for part in briefing.by_when(many).lines] == [
        "Bei 200 Maßnahmen ist der Termin verstrichen; bei 200 ist nicht bekannt, ob sie erledigt sind (Maßnahmen mit Termin).",
        "Bei 99 Maßnahmen steht der Termin bevor, der nächste am 18. Dezember 2025 (Maßnahmen mit Termin).",
        "Für eine weitere Maßnahme nennen die Quellen keinen Termin.",
    ]
    assert text(briefing.by_when(with_measures(concept))) == "Termine nennen die Quellen nicht."


def test_in_its_budget_year_a_filing_waits(real: Path) -> None:
    early = load_concept(real, stand=dt.date(2024, 12, 31))
    found = steering.decisions(early)
    assert [[c.amount for c in f.costs] for f in found.waiting] == [[33000, 21000]]
    assert (found.adoption, found.decided, found.unknown) == (None, (), ())
    later = steering.decisions(load_concept(real, stand=dt.date(2025, 1, 1)))
    assert (later.waiting, len(later.unknown)) == ((), 1)


def test_matrix_holds_every_measure_once(concept: Concept, real: Path) -> None:
    table = matrix(concept)
    assert table is not None
    status = last_status(real)
    fields = {r["id"]: f"{r['nr']}. {r['name']}" for r in rows(real, "handlungsfelder")}
    expected = {
        (fields[r["handlungsfeld_id"]], status[r["id"]], r["id"], r["titel"])
        for r in rows(real, "massnahmen")
    }
    keys = [c.status for c in table.columns]
    shown = [
        (row.cells[0].text, keys[i], run.target, run.text)
        for row in table.rows[:-1]
        for i, cell in enumerate(row.cells[1:-1], 1)
        for line in cell.lines
        for run in line
        if run.icon_only
    ]
    assert set(shown) == expected
    assert len(shown) == len(rows(real, "massnahmen"))
    by_status, by_field = (
        Counter(status.values()),
        Counter(r["handlungsfeld_id"] for r in rows(real, "massnahmen")),
    )
    assert cells(table)[-1][1:] == [str(by_status[k]) if by_status[k] else "–" for k in STATUSES] + ["26"]
    totals = {row[0]: row[-1] for row in cells(table)[:-1]}
    assert totals == {name: str(by_field[key]) if by_field[key] else "–" for key, name in fields.items()}
    unused = {c.status for c in table.columns if c.screen_only}
    assert unused == set(STATUSES) - set(by_status)


def test_questions_are_answered_as_often_as_the_files_say(concept: Concept, real: Path) -> None:
    relations = rows(real, "massnahme_bezuege")
    answered = [
        {r["massnahme_id"] for r in relations if r["ziel_id"]},
        {r["id"] for r in rows(real, "massnahmen") if r["beginn"] or r["ende"]},
        {r["massnahme_id"] for r in rows(real, "zustaendigkeiten") if r["rolle"] == "federfuehrend"},
        {r["massnahme_id"] for r in rows(real, "kosten")},
        {r["massnahme_id"] for r in relations if r["indikator_id"] or r["ereignis_id"]}
        | {r["massnahme_id"] for r in rows(real, "statusverlauf") if r["wiedervorlage"]},
    ]
    expected = [len(found) for found in answered]
    assert expected == [3, 5, 3, 1, 6]
    table = cells(completeness_table(concept))
    assert table[-1][1:] == [f"{n} von 26" for n in expected]
    names = {r["id"]: f"{r['nr']}. {r['name']}" for r in rows(real, "handlungsfelder")}
    for row in table[:-1]:
        own = {r["id"] for r in rows(real, "massnahmen") if names[r["handlungsfeld_id"]] == row[0]}
        assert row[1:] == [f"{len(found & own)} von {len(own)}" for found in answered]
    figure = completeness_figure(concept)
    assert figure is not None
    assert [int(r[1]) for r in figure.csv[1:]] == expected
    assert [trace.x[0] for trace in figure.wide.data if trace.base[0] == 0] == expected
    assert figure.finding.startswith("Alle fünf Fragen sind zu keiner von 26 Maßnahmen beantwortet")
    assert not set.intersection(*answered)


def test_derived_goals_are_said_to_be(concept: Concept, real: Path) -> None:
    relations = [r for r in rows(real, "massnahme_bezuege") if r["ziel_id"]]
    derived = {r["massnahme_id"] for r in relations} - {
        r["massnahme_id"] for r in relations if r["beleg"] == "quelle"
    }
    assert steering.derived(concept, "ziel") == len(derived) == 3
    table = completeness_table(concept)
    assert table is not None
    assert any(note.startswith("Bei drei Maßnahmen ist das Ziel") for note in table.notes)
    reviewed = {r["massnahme_id"] for r in rows(real, "massnahme_bezuege") if r["ereignis_id"]}
    assert steering.derived(concept, "ereignis") == len(reviewed) == 5
    assert any(note.startswith("Bei fünf Maßnahmen nennt die Quelle einen Bericht") for note in table.notes)


def test_days_that_have_passed_are_counted_from_the_files(concept: Concept, real: Path) -> None:
    past = [r for r in rows(real, "massnahmen") if r["ende"] and r["ende"] < concept.stand.isoformat()]
    later = [r for r in rows(real, "massnahmen") if r["ende"] and r["ende"] >= concept.stand.isoformat()]
    assert (len(past), len(later)) == (5, 0)
    assert cells(schedule_table(concept))[-1] == ["alle", "5", "–", "21"]
    assert text(briefing.schedule_sentence(concept)) == (
        "Bei fünf von 26 Maßnahmen ist der Termin verstrichen (ob sie erledigt sind, ist nicht bekannt); "
        "21 haben keinen Termin (Stand 18.12.2025)."
    )
    table = cells(deadlines_table(concept))
    assert {tuple(row[0].split("; ")) for row in table} == {(r["titel"], "Handlungsfeld 7") for r in past}
    assert {row[3] for row in table} == {"Termin verstrichen; seit elf Monaten"}
    whole = deadlines_table(concept)
    assert whole is not None
    assert whole.notes == (
        "Ob die Maßnahmen erledigt sind, deren Termin verstrichen ist, ist nicht bekannt: Ihr Status ist älter als der Termin.",
    )
    # Where a later report tells of one of them, the others say so themselves.
    news = StatusStep(STAND, STATUSES["in_umsetzung"], None, PAPER)
    told = dataclasses.replace(measure(end=dt.date(2025, 1, 17)), history=(news,))
    mixed = deadlines_table(with_measures(concept, told, measure("geplant", end=dt.date(2025, 1, 18))))
    assert mixed is not None
    assert mixed.notes == ()
    assert [row[3] for row in cells(mixed)] == [
        "Termin verstrichen; seit elf Monaten",
        "Termin verstrichen; seit elf Monaten; ob erledigt, ist nicht bekannt",
    ]


def test_costs_and_measures_without(concept: Concept, real: Path) -> None:
    shown = [row[0] for row in cells(costs_table(concept)) if len(row) == 1]
    assert shown == [
        "2024: ca. 21.000 € angemeldet",
        "Jährlich, Beginn offen: ca. 33.000 € angemeldet",
    ]
    known = {r["massnahme_id"] for r in rows(real, "kosten")}
    by_field: dict[str, set[str]] = {}
    for row in rows(real, "massnahmen"):
        by_field.setdefault(row["handlungsfeld_id"], set()).add(row["id"])
    expected = {f"@massnahmen-{field}" for field, ids in by_field.items() if not ids & known}
    expected |= {key for ids in by_field.values() if ids & known for key in ids - known}
    block = without_costs(concept)
    assert {run.target for line in block.lines for run in line if run.target} == expected
    # How many they are stands with each.
    assert len(known) + sum(map(int, re.findall(r"\((\d+)", text(block)))) == len(rows(real, "massnahmen"))


def test_fields_equal_the_files(concept: Concept, real: Path) -> None:
    goals = Counter(r["handlungsfeld_id"] for r in rows(real, "ziele"))
    full = set(goals) | {r["handlungsfeld_id"] for r in rows(real, "massnahmen")}
    order = sorted(rows(real, "handlungsfelder"), key=lambda r: int(r["nr"]))
    table = fields_steering(concept)
    assert table is not None
    for field, row in zip([f for f in order if f["id"] in full], cells(table), strict=True):
        assert row[0] == f"{field['nr']}. {field['name']}"
        assert row[1] == (str(goals[field["id"]]) if goals[field["id"]] else "–")
    (empty,) = [note for note in table.notes if note.startswith("Ohne Ziele und Maßnahmen in den Daten: ")]
    assert all((f["kurzname"] in empty) == (f["id"] not in full) for f in order)


def test_what_has_changed_on_one_day_is_said_below(concept: Concept) -> None:
    table = fields_steering(concept)
    assert table is not None
    assert [c.title for c in table.columns] == ["Handlungsfeld", "Ziele", "Maßnahmen", "Kosten"]
    since = "Letzte Änderung: 30.08.2023; seit zwei Jahren und drei Monaten keine neuere Angabe. "
    assert any(note.startswith(since) for note in table.notes)
    # Where the days differ, each field says its own.
    first, *others = concept.fields
    (one, *rest), newer = first.measures, dt.date(2025, 1, 2)
    one = dataclasses.replace(one, history=(dataclasses.replace(one.history[0], day=newer),))
    changed = dataclasses.replace(
        concept, fields=(dataclasses.replace(first, measures=(one, *rest)), *others)
    )
    table = fields_steering(changed)
    assert table is not None
    assert [c.title for c in table.columns][-1] == "Letzte Änderung"
    assert [row[-1].split(";")[0] for row in cells(table)] == ["02.01.2025", *["30.08.2023"] * 4]


def test_criteria_cover_all_statuses(concept: Concept, real: Path) -> None:
    counts = Counter(last_status(real).values())
    shown = cells(criteria_table(concept))
    assert [row[0] for row in shown] == [s.short for s in STATUSES.values()]
    assert [row[3] for row in shown] == [str(counts[k]) if counts[k] else "keine" for k in STATUSES]


# The schedule


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, OVERDUE), (0, ON_TIME), (1, ON_TIME), (-400, OVERDUE), (4000, ON_TIME)]
)
def test_days_around_the_stand(days: int, expected: str) -> None:
    day = STAND + dt.timedelta(days)
    assert schedule(measure("geplant", end=day), STAND) == expected
    assert schedule(measure("geplant", review=day), STAND) == expected
    assert schedule(measure(None, end=day), STAND) == expected


def test_precision_gives_the_whole_month_or_year() -> None:
    first = dt.date(2025, 12, 1)
    assert schedule(measure("geplant", end=first, precision="tag"), STAND) == OVERDUE
    assert schedule(measure("geplant", end=first, precision="monat"), STAND) == ON_TIME
    assert schedule(measure("geplant", end=dt.date(2025, 1, 1), precision="jahr"), STAND) == ON_TIME
    assert schedule(measure("geplant", end=dt.date(2024, 12, 31), precision="jahr"), STAND) == OVERDUE


@pytest.mark.parametrize("status", ["abgeschlossen", "verworfen"])
def test_what_is_over_is_due_no_more(status: str) -> None:
    assert schedule(measure(status, end=dt.date(2020, 1, 1), review=dt.date(2020, 1, 1)), STAND) == CLOSED
    assert deadline(measure(status, end=dt.date(2020, 1, 1))) is None


def test_a_report_after_the_day_tells_that_it_is_not_done() -> None:
    # Statuses are of the 1st of January 2024.
    assert unreported(measure("geplant", end=dt.date(2024, 1, 2)), STAND)
    assert not unreported(measure("geplant", end=dt.date(2023, 12, 31)), STAND)
    assert not unreported(measure("geplant", end=STAND), STAND)
    assert not unreported(measure("abgeschlossen", end=dt.date(2024, 1, 2)), STAND)
    assert unreported(measure(None, end=dt.date(2024, 1, 2)), STAND)


@pytest.mark.parametrize("status", ["daueraufgabe", "zurueckgestellt"])
def test_an_end_does_not_count_for_what_has_none_or_rests(status: str) -> None:
    past = dt.date(2020, 1, 1)
    assert schedule(measure(status, end=past), STAND) == UNDATED
    assert schedule(measure(status, end=past, review=STAND), STAND) == ON_TIME
    assert schedule(measure(status, review=past), STAND) == OVERDUE


def test_the_earlier_day_counts_and_old_reviews_do_not() -> None:
    found = deadline(measure("geplant", end=dt.date(2027, 1, 1), review=dt.date(2025, 1, 1)))
    assert found is not None
    assert (found.kind, found.day) == ("Wiedervorlage", dt.date(2025, 1, 1))
    old = StatusStep(dt.date(2023, 1, 1), STATUSES["zurueckgestellt"], None, PAPER, dt.date(2024, 1, 1))
    now = StatusStep(dt.date(2024, 2, 1), STATUSES["geplant"], None, PAPER)
    resumed = dataclasses.replace(measure("geplant"), history=(old, now))
    assert schedule(resumed, STAND) == UNDATED


# Sentences


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["idee"], "Im Januar 2024 war die einzige Maßnahme Idee oder in Vorbereitung. Als beschlossen oder umgesetzt ist"),
        (["idee", "beschlossen"], "Im Januar 2024 war eine der zwei Maßnahmen Idee oder in Vorbereitung. Beschlossen war eine, umgesetzt noch keine."),
        (["beschlossen"] * 2, "Im Januar 2024 war keine der zwei Maßnahmen Idee oder in Vorbereitung. Beschlossen waren zwei, umgesetzt"),
        (["idee", "daueraufgabe", "abgeschlossen"], "Als beschlossen ist keine vermerkt, in Umsetzung, Daueraufgabe oder abgeschlossen waren zwei."),
        ([None, "verworfen"], "Im Januar 2024 war keine der zwei Maßnahmen Idee oder in Vorbereitung. Als beschlossen oder umgesetzt ist"),
    ],
)  # fmt: skip
def test_lead_in_all_numbers(concept: Concept, statuses: list[str | None], expected: str) -> None:
    assert expected in text(briefing.lead(with_measures(concept, *map(measure, statuses))))


def test_lead_of_the_day_itself_is_in_the_present(concept: Concept) -> None:
    today = dataclasses.replace(concept, stand=dt.date(2024, 1, 1))
    assert text(briefing.lead(with_measures(today, measure("idee"), measure("idee")))).startswith(
        "Beide Maßnahmen sind Ideen oder in Vorbereitung."
    )


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([measure("idee")], "Die einzige Maßnahme hat keinen Termin (Stand 18.12.2025)."),
        ([measure("idee", end=dt.date(2020, 1, 1))], "Die einzige Maßnahme hat einen verstrichenen Termin (Stand 18.12.2025)."),
        ([measure("idee", end=dt.date(2020, 1, 1)), measure("verworfen")], "Bei einer von zwei Maßnahmen ist der Termin verstrichen; eine ist erledigt oder verworfen (Stand"),
        ([measure("idee", end=STAND), measure()], "Bei keiner von zwei Maßnahmen ist der Termin verstrichen; eine ist im Plan und eine hat keinen Termin (Stand"),
        # Statuses are of January 2024: what became of what was due later, no source says.
        ([measure("idee", end=dt.date(2024, 2, 1))], "Die einzige Maßnahme hat einen verstrichenen Termin; ob sie erledigt ist, ist nicht bekannt (Stand"),
        (
            [measure("idee", end=dt.date(2020, 1, 1)), measure("idee", end=dt.date(2024, 2, 1))],
            "Bei zwei von zwei Maßnahmen ist der Termin verstrichen (bei einer ist nicht bekannt, ob sie erledigt ist) (Stand",
        ),
    ],
)  # fmt: skip
def test_schedule_sentence(concept: Concept, measures: list[Measure], expected: str) -> None:
    assert expected in text(briefing.schedule_sentence(with_measures(concept, *measures)))


def test_a_confirmed_status_has_not_changed() -> None:
    days = [dt.date(2022, 1, 1), dt.date(2023, 1, 1), dt.date(2024, 1, 1)]
    steps = tuple(
        StatusStep(d, STATUSES[s], None, PAPER)
        for d, s in zip(days, ("idee", "geplant", "geplant"), strict=True)
    )
    changed = steering.last_change(dataclasses.replace(measure(), history=steps))
    assert changed is not None
    assert changed.day == dt.date(2023, 1, 1)
    back = (*steps, StatusStep(dt.date(2025, 1, 1), STATUSES["idee"], None, PAPER))
    assert steering.last_change(dataclasses.replace(measure(), history=back)) == back[-1]
    assert steering.last_change(measure()) is None


def cost(stage: str, amount: float, year: int | None = 2026) -> Cost:
    return Cost(COST_KINDS["einmalig"], year, amount, False, STAGES[stage], PAPER)


def sorted_out(concept: Concept, found: Measure) -> tuple[list[float], list[float], list[float]]:
    """Give the amounts that wait, are decided and are not known to be."""
    lists = steering.decisions(with_measures(concept, found))
    return tuple(
        [c.amount for part in parts for c in part.costs]
        for parts in (lists.waiting, lists.decided, lists.unknown)
    )


def test_an_answered_amount_no_longer_waits(concept: Concept) -> None:
    found = measure(
        "angemeldet", costs=(cost("angemeldet", 5), cost("abgelehnt", 6), cost("angemeldet", 7, 2027))
    )
    assert sorted_out(concept, found) == ([7], [6], [])
    box = briefing.decisions(with_measures(concept, found))
    shown = plain(box.lines).replace("\u00a0", " ")
    assert "Zu entscheiden: Kurs (angemeldet, Stand 1. Januar 2024): 2027: 7 € einmalig." in shown
    assert "2026: 6 € einmalig abgelehnt." in shown


@pytest.mark.parametrize(
    ("status", "costs", "expected"),
    [
        # The budget year decides: over, running, to come.
        ("angemeldet", (cost("angemeldet", 5, 2024), cost("angemeldet", 6, 2025), cost("angemeldet", 7)), ([6, 7], [], [5])),
        # The status may say less than the amount (a filing is a filing), but not that it was settled.
        ("idee", (cost("angemeldet", 5),), ([5], [], [])),
        ("in_umsetzung", (cost("angemeldet", 5),), ([], [], [5])),
        ("zurueckgestellt", (cost("angemeldet", 5),), ([], [], [5])),
        # Without a year: as the filing's other amounts, else the year after it was reported (January 2024, January 2025).
        ("angemeldet", (cost("angemeldet", 5, None), cost("angemeldet", 6, 2024)), ([], [], [5, 6])),
        ("angemeldet", (cost("angemeldet", 5, None),), ([5], [], [])),
        ("idee", (cost("angemeldet", 5, None),), ([5], [], [])),
        # A stage that no source names is none, unless the status says that it is filed.
        ("idee", (cost("unbekannt", 5),), ([], [], [])),
        ("angemeldet", (cost("unbekannt", 5),), ([5], [], [])),
        ("beschlossen", (cost("beschlossen", 5, 2020),), ([], [5], [])),
    ],
)  # fmt: skip
def test_three_things_of_money(
    concept: Concept, status: str, costs: tuple[Cost, ...], expected: tuple[list[float], ...]
) -> None:
    assert sorted_out(concept, measure(status, costs=costs)) == expected


def test_every_open_amount_is_in_exactly_one_list(concept: Concept) -> None:
    for status in (None, *STATUSES):
        costs = tuple(cost("angemeldet", year, year) for year in range(2020, 2031))
        waiting, decided, unknown = sorted_out(concept, measure(status, costs=costs))
        assert sorted([*waiting, *unknown]) == [*range(2020, 2031)]
        assert decided == []


def test_a_filing_without_an_amount_and_many(concept: Concept) -> None:
    none = briefing.decisions(with_measures(concept, measure("angemeldet")))
    assert "Kurs (angemeldet, Stand 1. Januar 2024): Betrag nicht genannt." in plain(none.lines).replace(
        "\u00a0", " "
    )
    many = briefing.decisions(with_measures(concept, *[measure("angemeldet")] * 10))
    assert "Dazu kommen sechs weitere Maßnahmen." in plain(many.lines)
    decided = briefing.decisions(with_measures(concept, *[measure("beschlossen")] * 5))
    assert "Kurs: beschlossen." in plain(decided.lines)
    assert "Dazu kommt eine weitere Maßnahme." in plain(decided.lines)


# The adoption


def adopted(concept: Concept, **given: object) -> Concept:
    """Give the concept one event of adoption, and decisions that are none."""
    (real,) = [e for e in concept.events if e.kind == "verabschiedung"]
    others = [
        dataclasses.replace(real, id=f"e-{n}", kind="beschluss", start=day, title=title)
        for n, (day, title) in enumerate(
            [(dt.date(2025, 12, 1), "Haushalt"), (dt.date(2019, 7, 1), "Leitlinien")]
        )
    ]
    events = (
        (*others, dataclasses.replace(real, **given)) if given.pop("kind", "") != "none" else tuple(others)
    )
    return dataclasses.replace(concept, events=events)


KREISTAG = {
    "body": "Kreistag des Landkreises Musterland",
    "body_phrase": "der Kreistag des Landkreises Musterland",
}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "Der Rat der Stadt Lehrte hat das Integrationskonzept am 25. Juni 2025 beschlossen."),
        (
            {**KREISTAG, "start": dt.date(2019, 7, 1), "end": dt.date(2019, 7, 31), "precision": "monat"},
            "Der Kreistag des Landkreises Musterland hat das Integrationskonzept im Juli 2019 beschlossen.",
        ),
        (
            {"body_phrase": "die Regionsversammlung", "start": dt.date(2019, 1, 1), "precision": "jahr"},
            "Die Regionsversammlung hat das Integrationskonzept im Jahr 2019 beschlossen.",
        ),
        (
            {"body_phrase": None},
            "Das Integrationskonzept ist am 25. Juni 2025 beschlossen worden (Rat der Stadt Lehrte).",
        ),
        (
            {"state": "geplant", "start": dt.date(2026, 3, 1), "precision": "monat"},
            "Der Rat der Stadt Lehrte soll das Integrationskonzept im März 2026 beschließen.",
        ),
        (
            {"state": "geplant"},
            "Der Rat der Stadt Lehrte sollte das Integrationskonzept am 25. Juni 2025 beschließen; "
            "ob das geschehen ist, nennt keine Quelle.",
        ),
        (
            {"state": "geplant", "start": None, "body": None, "body_phrase": None},
            "Das Integrationskonzept soll beschlossen werden.",
        ),
        ({"state": "entfallen"}, ""),
        ({"area_id": "region-hannover"}, ""),
        ({"kind": "none"}, ""),
    ],
)
def test_adoption_is_said_as_it_is_known(concept: Concept, given: dict[str, object], expected: str) -> None:
    changed = adopted(concept, **dict(given))
    assert steering.adoption_sentence(changed).replace("\u00a0", " ") == expected
    shown = text(opening.state(changed))
    assert shown.startswith(f"{expected} Dieses Buch zeigt" if expected else "Dieses Buch zeigt")
    assert ("beschlossene Konzept? Sein Text" in plain(briefing.decisions(changed).lines)) == (
        bool(re.search(r"hat .* beschlossen|worden", expected))
    )


def test_before_its_day_the_adoption_is_none(real: Path) -> None:
    assert steering.adoption(load_concept(real, stand=dt.date(2025, 6, 24))) is None


def test_only_the_same_year_kind_and_stage_is_added(concept: Concept) -> None:
    def cost(amount: float, year: int | None, stage: str, *, circa: bool = False) -> Cost:
        return Cost(COST_KINDS["einmalig"], year, amount, circa, STAGES[stage], PAPER)

    found = with_measures(
        concept,
        measure("idee", costs=(cost(0.1, 2026, "angemeldet"), cost(5, None, "angemeldet"))),
        measure("idee", costs=(cost(0.2, 2026, "angemeldet", circa=True), cost(9, 2026, "beschlossen"))),
    )
    groups = [row[0] for row in cells(costs_table(found)) if len(row) == 1]
    assert groups == [
        "2026: ca. 0,30 € angemeldet; 9 € beschlossen",
        "Einmalig, Jahr offen: 5 € angemeldet",
    ]
    field = cells(fields_steering(found))[0][3]
    assert field == (
        "angemeldet: 2026: ca. 0,30 € einmalig; 5 € einmalig, Jahr offen; beschlossen: 2026: 9 € einmalig"
    )


# Bad input


def test_minimal_data_say_what_is_missing(tmp_path: Path) -> None:
    concept = load_concept(minimal(tmp_path / "data"))
    assert text(briefing.lead(concept)) == "In den Daten stehen noch keine Maßnahmen."
    assert text(briefing.as_of(concept)) == "Einen Stand der Maßnahmen nennt keine Quelle."
    for table in (
        matrix(concept),
        completeness_table(concept),
        schedule_table(concept),
        deadlines_table(concept),
        costs_table(concept),
        completeness_figure(concept),
    ):
        assert table is None
    assert fields_steering(concept) is None


def test_five_hundred_measures_stay_readable(tmp_path: Path) -> None:
    folder = real_copy(tmp_path / "data")
    (first, *_), (step, *_) = rows(folder, "massnahmen"), rows(folder, "statusverlauf")
    ids = [f"m-viele-{n}" for n in range(500)]
    write(
        folder,
        "massnahmen",
        [*rows(folder, "massnahmen"), *({**first, "id": i, "titel": f"Kurs {i}"} for i in ids)],
    )
    write(
        folder, "statusverlauf", [*rows(folder, "statusverlauf"), *({**step, "massnahme_id": i} for i in ids)]
    )
    concept = load_concept(folder)
    table = matrix(concept)
    assert table is not None
    crowded = table.rows[0].cells[1]
    assert crowded.text == "506"
    assert crowded.lines[0][0].target == "bildung"
    assert len(as_html(table)) < 100_000
    assert text(briefing.lead(concept)).startswith("Im August 2023 waren alle 526 Maßnahmen")


def test_measures_without_status_have_a_column(concept: Concept) -> None:
    table = matrix(with_measures(concept, measure(), measure("idee")))
    assert table is not None
    assert [c.title for c in table.columns][-2:] == ["ohne Angabe", "alle"]
    assert cells(table)[0][-2:] == ["1", "2"]


def test_hostile_titles_stay_text(hostile_data: Path) -> None:
    concept = load_concept(hostile_data)
    for block in (
        briefing.decisions(concept),
        matrix(concept),
        costs_table(concept),
        deadlines_table(concept),
    ):
        assert block is not None
        shown = as_html(block)
        assert "<script" not in shown
        assert "<img" not in shown


def test_approvals_are_listed_by_field_the_newest_first(data: Path, concept: Concept) -> None:
    assert approvals_table(concept) is None
    committee, papers = {**APPROVAL, "gremium_id": "g-ausschuss-soziales"}, {"vorlage_nr": "12/2026"}
    later = {**APPROVAL, "handlungsfeld_id": "arbeit", "tag": "2026-11-01"}
    # Of one day, what stands below was written later.
    write(data, "freigaben", [{**committee, **papers}, later, APPROVAL, {**committee, "tag": "2026-09-30"}])
    table = approvals_table(load_concept(data))
    assert table is not None
    council, committees = "Rat der Stadt Lehrte", "Ausschuss für Soziales, Gleichstellung und Integration"
    assert [[cell.text for cell in row.cells[:3]] for row in table.rows] == [
        ["1. Bildung und Erziehung", council, "01.10.2026"],
        ["1. Bildung und Erziehung", f"{committees}; Vorlage 12/2026", "01.10.2026"],
        ["1. Bildung und Erziehung", committees, "30.09.2026"],
        ["3. Arbeit und Wirtschaft", council, "01.11.2026"],
    ]
    assert table.notes[1] == (
        "Noch nicht freigegeben: Gesundheit, Freizeit, Demokratie, Wohnen, Stadtverwaltung, Diskriminierungsschutz und Sprache."
    )
