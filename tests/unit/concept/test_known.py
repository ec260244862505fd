"""What was known on a day: each rule once on small data, and what holds for every day on the real ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from folders import rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.known import NAMES, Known, known
from konzept.concept.model import Concept
from konzept.data.reading import read_folder
from sentences.data import APPROVAL

DAY = dt.date(2022, 6, 15)
DAYS = [dt.date(year, month, day) for year in range(2015, 2026) for month, day in ((1, 1), (6, 30), (10, 10))]


def paper(key: str, datum: str = "", precision: str = "", **more: str) -> dict[str, str]:
    document = {"id": key, "titel": f"Papier {key}", "art": "bericht", "datum": datum}
    return {**document, "datum_genauigkeit": precision, **more}


def told(key: str, **more: str) -> dict[str, str]:
    return {"quelle_id": key, "fundstelle": "Seite 1", **more}


def goal(key: str, source: str, **more: str) -> dict[str, str]:
    text = {"handlungsfeld_id": "bildung", "ebene": "ziel", "text": f"Ziel {key}", "fassung": "entwurf"}
    return told(source, id=key, **text, **more)


def measure(key: str, source: str) -> dict[str, str]:
    access = dict.fromkeys(("mehrsprachig", "leichte_sprache", "barrierefrei"), "offen")
    return told(source, id=key, handlungsfeld_id="bildung", titel=f"Maßnahme {key}", **access)


def event(key: str, source: str, **more: str) -> dict[str, str]:
    given = {"genauigkeit": "tag", "art": "workshop", "titel": f"Ereignis {key}", "stand": "erfolgt"}
    return told(source, id=key, **{**given, **more})


def put(folder: Path, table: str, *new: dict[str, str]) -> None:
    write(folder, table, [*rows(folder, table), *new])


def at(folder: Path, day: dt.date = DAY) -> Concept:
    return load_concept(folder, stand=day)


def known_at(folder: Path, day: dt.date) -> Known:
    reading = read_folder(folder)
    assert reading.package is not None
    return known(reading.package, reading.rows, day)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (paper("d-x", "2022-06-15"), True),
        (paper("d-x", "2022-06-16"), False),
        # Within the month it may have appeared on its last day.
        (paper("d-x", "2022-05-10", "monat"), True),
        (paper("d-x", "2022-06-10", "monat"), False),
        (paper("d-x", "2021-02-01", "jahr"), True),
        (paper("d-x", "2022-02-01", "jahr"), False),
        (paper("d-x", "2022-06-15", "spaetestens"), True),
        (paper("d-x", "2022-06-16", "spaetestens"), False),
        (paper("d-x", "2022-06-15", "fruehestens"), True),
        (paper("d-x", "2022-06-16", "fruehestens"), False),
        # When it was read, it was there; before, nobody knows.
        (paper("d-x", zugriff_am="2022-06-15"), True),
        (paper("d-x", zugriff_am="2022-06-16"), False),
        (paper("d-x", "2022-06-01", zugriff_am="2024-01-01"), True),
        (paper("d-x"), True),
    ],
)
def test_a_row_is_known_from_the_day_its_source_appeared(
    minimal_data: Path, document: dict[str, str], expected: bool
) -> None:
    put(minimal_data, "dokumente", document)
    put(minimal_data, "ziele", goal("z-x", "d-x"))
    concept = at(minimal_data)
    assert [g.id for g in concept.field("bildung").goals] == ["z-x"] * expected
    assert list(concept.tables["ziele"]["id"]) == ["z-x"] * expected
    assert ("d-x" in {d.id for d in concept.documents}) == expected
    # At the Stand of the data all of it is known.
    assert [g.id for g in load_concept(minimal_data).field("bildung").goals] == ["z-x"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (paper("d-x"), 1),
        (paper("d-x", "2022-01-01", "fruehestens"), 1),
        (paper("d-x", "2022-01-01", "spaetestens"), 0),
        (paper("d-x", "2022-01-01"), 0),
        (paper("d-x", zugriff_am="2022-01-01"), 0),
    ],
)
def test_rows_from_sources_of_unknown_day_are_counted(
    minimal_data: Path, document: dict[str, str], expected: int
) -> None:
    put(minimal_data, "dokumente", document)
    put(minimal_data, "ziele", goal("z-x", "d-x"))
    assert at(minimal_data).undated == expected


def test_what_has_a_day_of_its_own_must_have_happened(minimal_data: Path) -> None:
    put(minimal_data, "dokumente", paper("d-x", art="webseite"))
    put(
        minimal_data,
        "ereignisse",
        event("e-damals", "d-x", von="2022-06-15"),
        event("e-spaeter", "d-x", von="2022-06-16"),
        event("e-monat", "d-x", von="2022-06-01", genauigkeit="monat"),
        event("e-ohne-tag", "d-x", genauigkeit=""),
        event("e-angekuendigt", "d-x", von="2022-07-01", stand="geplant"),
    )
    put(minimal_data, "massnahmen", measure("m-x", "d-x"))
    put(
        minimal_data,
        "statusverlauf",
        told("d-x", massnahme_id="m-x", datum="2022-01-01", status="idee"),
        told("d-x", massnahme_id="m-x", datum="2022-07-01", status="geplant"),
    )
    cost = {"massnahme_id": "m-x", "art": "einmalig", "betrag_eur": "1", "genauigkeit": "genau"}
    put(
        minimal_data,
        "kosten",
        told("d-x", id="k-vor", jahr="2023", haushaltsstand="angemeldet", **cost),
        told("d-x", id="k-alt", jahr="2021", haushaltsstand="verausgabt", **cost),
        told("d-x", id="k-neu", jahr="2022", haushaltsstand="verausgabt", **cost),
    )
    concept = at(minimal_data)
    assert {e.id for e in concept.events} == {"e-damals", "e-ohne-tag", "e-angekuendigt"}
    (found,) = concept.measures
    assert [s.status for s in found.history] == ["idee"]
    assert [c.year for c in found.costs] == [2023, 2021]


@pytest.mark.parametrize(
    ("document", "zeit", "jahr", "expected"),
    [
        # Of a source without a day, the year must be over.
        (paper("d-x", art="webseite"), "2021", "2021", True),
        (paper("d-x", art="webseite"), "2022", "2022", False),
        (paper("d-x", art="webseite"), "31.03.2022", "2022", True),
        (paper("d-x", art="webseite"), "30.06.2022", "2022", False),
        (paper("d-x", art="webseite"), "ohne Jahresangabe", "", True),
        # A source knows only what had happened.
        (paper("d-x", "2022-06-01"), "2022", "2022", True),
    ],
)
def test_values(minimal_data: Path, document: dict[str, str], zeit: str, jahr: str, expected: bool) -> None:
    put(minimal_data, "dokumente", document)
    put(minimal_data, "gruppen", told("d-x", id="insgesamt", name="insgesamt", ordnung="1"))
    given = {
        "name": "Quote",
        "satzname": "die Quote",
        "definition": "Ein Anteil.",
        "einheit": "Prozent",
        "richtung": "keine",
    }
    put(minimal_data, "indikatoren", told("d-x", id="i-x", **given))
    value = {"indikator_id": "i-x", "gebiet_id": "lehrte", "gruppe_id": "insgesamt", "genauigkeit": "genau"}
    put(
        minimal_data,
        "messwerte",
        told("d-x", art="ist", zeit=zeit, jahr=jahr, wert="1", **value),
        told("d-x", art="soll", zeit="2030", jahr="2030", wert="2", soll_art="beschlossen", **value),
    )
    (indicator,) = at(minimal_data).indicators
    # A target lies ahead.
    assert sorted(o.kind for o in indicator.observations) == [*["ist"] * expected, "soll"]


def test_a_paper_is_not_older_than_what_it_reports_but_a_web_page_grows(minimal_data: Path) -> None:
    put(minimal_data, "dokumente", paper("d-blatt", art="presse"), paper("d-seite", art="webseite"))
    put(
        minimal_data,
        "ereignisse",
        event("e-blatt", "d-blatt", von="2022-07-01"),
        event("e-seite", "d-seite", von="2022-07-01"),
    )
    put(minimal_data, "ziele", goal("z-blatt", "d-blatt"), goal("z-seite", "d-seite"))
    concept = at(minimal_data)
    assert [g.id for g in concept.field("bildung").goals] == ["z-seite"]
    assert "d-blatt" not in {d.id for d in concept.documents}
    assert len(at(minimal_data, dt.date(2022, 7, 1)).field("bildung").goals) == 2


def test_a_row_waits_for_the_rows_it_refers_to(minimal_data: Path) -> None:
    put(minimal_data, "dokumente", paper("d-alt", "2022-01-01"), paper("d-neu", "2022-07-01"))
    put(minimal_data, "massnahmen", measure("m-neu", "d-neu"))
    put(
        minimal_data,
        "ziele",
        goal("z-neu", "d-neu"),
        goal("z-unter", "d-alt", uebergeordnet_id="z-neu"),
        goal("z-allein", "d-alt"),
    )
    put(minimal_data, "statusverlauf", told("d-alt", massnahme_id="m-neu", datum="2022-01-01", status="idee"))
    note = {"tabelle": "massnahmen", "zeile_id": "m-neu", "aussage_a": "Ein Zweifel.", "quelle_a_id": "d-alt"}
    put(
        minimal_data,
        "pruefhinweise",
        told("d-alt", id="p-zeile", stand="offen", **note),
        told("d-alt", id="p-quelle", stand="offen", **{**note, "zeile_id": "", "quelle_b_id": "d-neu"}),
        told("d-alt", id="p-alt", stand="offen", **{**note, "zeile_id": ""}),
    )
    concept = at(minimal_data)
    assert concept.measures == ()
    assert list(concept.tables["statusverlauf"]["massnahme_id"]) == []
    assert [g.id for g in concept.field("bildung").goals] == ["z-allein"]
    assert [n.id for n in concept.notes] == ["p-alt"]


def test_names_stay_and_say_no_more_than_their_name(minimal_data: Path) -> None:
    put(minimal_data, "dokumente", paper("d-alt", "2022-01-01"), paper("d-neu", "2022-07-01"))
    (field,) = rows(minimal_data, "handlungsfelder")
    write(minimal_data, "handlungsfelder", [{**field, "fokus": "Chancengleichheit", "quelle_id": "d-neu"}])
    put(
        minimal_data,
        "akteure",
        told("d-neu", id="a-stumm", name="Stumm", art="sonstige"),
        told("d-neu", id="a-genannt", name="Genannt", art="sonstige"),
    )
    put(minimal_data, "gremien", told("d-alt", id="g-x", name="Gruppe", art="arbeitsgruppe"))
    put(
        minimal_data, "mitwirkungen", told("d-alt", gremium_id="g-x", akteur_id="a-genannt", rolle="mitglied")
    )
    concept = at(minimal_data)
    bildung = concept.field("bildung")
    assert (bildung.name, bildung.focus, bildung.progress, bildung.source) == (
        *("Bildung und Erziehung", None, None),
        None,
    )
    assert [a.name for a in concept.actors] == ["Genannt"]
    assert [b.name for b in concept.bodies] == ["Gruppe"]
    assert list(concept.tables["akteure"]["id"]) == ["a-stumm", "a-genannt"]
    assert list(concept.tables["akteure"]["quelle_id"]) == [None, None]
    assert len(at(minimal_data, dt.date(2022, 7, 1)).actors) == 2


def test_an_announced_event_gives_way_to_the_report(minimal_data: Path) -> None:
    put(minimal_data, "dokumente", paper("d-einladung", "2022-06-01"), paper("d-bericht", "2022-08-01"))
    put(
        minimal_data,
        "ereignisse",
        event("e-einladung", "d-einladung", von="2022-07-01", stand="geplant"),
        event("e-x", "d-bericht", von="2022-07-01", teilnehmende="40", ankuendigung_id="e-einladung"),
    )
    contribution = {"ereignis_id": "e-einladung", "text": "Ein Vorschlag", "folge": "offen"}
    put(minimal_data, "beitraege", told("d-bericht", id="b-x", **contribution))

    def shown(day: dt.date) -> list[tuple[str, str, str | None, str]]:
        return [(e.id, e.state, e.attendance, e.source.id) for e in at(minimal_data, day).events]

    announced = ("e-einladung", "geplant", None, "d-einladung")
    assert shown(dt.date(2022, 5, 31)) == []
    assert shown(dt.date(2022, 6, 1)) == [announced]
    # The day has passed, but no source has told of it.
    assert shown(dt.date(2022, 7, 2)) == [announced]
    assert shown(dt.date(2022, 8, 1)) == [("e-x", "erfolgt", "40", "d-bericht")]
    # What the invitation said of the day is still read there.
    (found,) = load_concept(minimal_data).events
    assert [s.id for s in found.sources] == ["d-bericht", "d-einladung"]
    # What refers to the announcement refers to the event.
    assert list(load_concept(minimal_data).tables["beitraege"]["ereignis_id"]) == ["e-x"]


def test_nothing_is_dropped_at_the_stand_of_the_data_but_what_was_announced_and_reported(real: Path) -> None:
    reading = read_folder(real)
    assert reading.package is not None
    now = known(reading.package, reading.rows, reading.package.stand)
    announced = {r["ankuendigung_id"] for r in reading.rows["ereignisse"]} - {None}
    for name, content in reading.rows.items():
        expected = [r for r in content if name != "ereignisse" or r["id"] not in announced]
        assert now.rows[name] == expected
    assert now.unnamed == frozenset()


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), *DAYS], ids=str)
def test_no_reference_is_left_without_its_target(real: Path, day: dt.date) -> None:
    reading = read_folder(real)
    assert reading.package is not None
    found = known_at(real, day).rows
    assert list(found) == list(reading.package.tables)
    for name, table in reading.package.tables.items():
        for column, (target, key) in table.references.items():
            if column != "ankuendigung_id":
                keys = {row[key] for row in found[target]}
                assert {row[column] for row in found[name]} - keys <= {None}, (name, column)
    for name in NAMES:
        assert [r["id"] for r in found[name]] == [r["id"] for r in reading.rows[name]]


def test_knowledge_only_grows(real: Path) -> None:
    before: dict[str, set[str]] = {}
    for day in DAYS:
        found = known_at(real, day).rows
        now = {name: {repr(row) for row in content} for name, content in found.items() if name not in NAMES}
        for name, content in before.items():
            gone = content - now[name]
            if name == "begriffe":
                # Their words hold at any time; only where they are taken from becomes known.
                assert all("'dokument_id': None" in row for row in gone), day
                continue
            assert all("'stand': 'geplant'" in row for row in gone), (day, name)
        before = now


def test_each_stand_of_the_real_data_knows_what_its_papers_said(real: Path) -> None:
    """Read off the sources and the calendar, not off the data."""
    states = {e.title: e.state for e in load_concept(real, stand=dt.date(2021, 8, 1)).own_events()}
    assert states == {
        "Ankündigung: Die Stadt erarbeitet ein Integrationskonzept": "erfolgt",
        "Auftaktveranstaltung zum Integrationskonzept": "geplant",
    }
    before, after = (load_concept(real, stand=dt.date(2023, 8, day)) for day in (29, 30))
    assert (len(before.measures), len(after.measures)) == (0, 26)
    states = {e.title: e.state for e in load_concept(real, stand=dt.date(2024, 5, 1)).own_events()}
    assert states["Workshop Demokratie und Sicherheit"] == "geplant"
    assert states["1. Forum Migration und Teilhabe Lehrte"] == "erfolgt"
    assert not any("Beschluss" in title for title in states)
    # The monitoring is a release of December 2025: none of its series was in that form known before.
    monitoring = [
        o
        for i in load_concept(real, stand=dt.date(2024, 12, 31)).indicators
        for o in i.observations
        if o.source.id == "d-integrationsmonitoring"
    ]
    assert monitoring == []


def test_an_approval_is_known_from_its_day(minimal_data: Path) -> None:
    body = told("d-test", id="g-rat", name="Rat", art="rat")
    put(minimal_data, "gremien", body)
    approvals = [{**APPROVAL, "tag": day} for day in ("2022-06-15", "2022-06-16")]
    put(minimal_data, "freigaben", *approvals)
    assert [a.day for a in at(minimal_data).approvals] == [DAY]
    assert [a.day.day for a in load_concept(minimal_data).approvals] == [16, 15]
