"""The catalogue of measures: every number counted again from the files, real sections, bad input."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import time
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from myst_nb.core.render import MimeData

from allowed import COST_KINDS, STAGES, STATUSES, word
from folders import HOSTILE, REAL, minimal, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept, Cost, Measure, Reference, Source, StatusStep
from konzept.elements.content import MIME, Block, Index, Profile, ProfileGroup, Row, Run, encoded, plain
from konzept.elements.goals.table import goals_table
from konzept.elements.measures import catalogue
from konzept.elements.measures.profiles import profiles, silence
from konzept.notebook.html import as_html
from konzept.paper.joining import Page, join
from konzept.site import nodes as ik
from konzept.site.blocks.renderer import BlockRenderer
from konzept.site.blocks.transform import BlockTransform

PAPER = Source("d-x", "Ein Papier", "Papier", "bericht", "Amt", dt.date(2025, 1, 2), None, None, "Seite 3")
SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
OPEN = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


def with_measures(concept: Concept, *measures: Measure) -> Concept:
    first, *others = concept.fields
    fields = (
        dataclasses.replace(first, measures=measures),
        *(dataclasses.replace(f, measures=()) for f in others),
    )
    return dataclasses.replace(concept, fields=fields)


def measure(key: str = "m-x", title: str = "Kurs", **changes: Any) -> Measure:
    empty = Measure(key, title, None, None, None, None, (), (), (), (), PAPER)
    return dataclasses.replace(empty, **changes)


def all_groups(concept: Concept) -> tuple[ProfileGroup, ...]:
    block = profiles(concept)
    assert block is not None
    return block.groups


def cards(concept: Concept) -> dict[str, Profile]:
    """The measures with a card of their own."""
    return {item.id: item for group in all_groups(concept) for item in group.items}


def brief(concept: Concept) -> dict[str, Row]:
    """The measures that stand in their field's table."""
    return {row.label: row for group in all_groups(concept) if group.brief for row in group.brief.rows}


def told(concept: Concept) -> dict[str, str]:
    """All that the catalogue tells of each measure, with what it says once for several."""
    found = {}
    for group in all_groups(concept):
        above = plain((group.text,))
        for item in group.items:
            terms = [f"{term}: {plain(lines)}" for term, lines in item.items]
            found[item.id] = "\n".join([above, item.title, item.text, plain(item.states), *terms])
        for row in group.brief.rows if group.brief else ():
            notes = group.brief.notes if group.brief else ()
            found[row.label] = "\n".join([above, *(cell.text for cell in row.cells), *notes])
    return found


def only(concept: Concept, item: Measure) -> dict[str, str]:
    """The list of a single measure's card, and its status."""
    profile = cards(with_measures(concept, item))[item.id]
    return {term: plain(lines) for term, lines in profile.items} | {"Status": plain(profile.states, "\n")}


def entries(index: Index) -> dict[str, set[str]]:
    return {e.head.text: {str(link[0].target) for link in e.links} for e in index.entries}


def spoken(text: str) -> int:
    words = ["keiner", "einer", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"]
    words += ["elf", "zwölf"]
    return words.index(text) if text in words else int(text)


# Real data, counted again


def test_lead_counts_what_the_files_hold(concept: Concept, real: Path) -> None:
    table = rows(real, "massnahmen")
    leads = {r["massnahme_id"] for r in rows(real, "zustaendigkeiten") if r["rolle"] == "federfuehrend"}
    costs = {r["massnahme_id"] for r in rows(real, "kosten")}
    text = plain(catalogue.lead(concept).lines)
    found = re.fullmatch(
        r"Zu (\S+) Maßnahmen in (\S+) Handlungsfeldern nennen die Quellen bei (\S+) die Federführung, "
        r"bei (\S+) einen Zeitraum und bei (\S+) Kosten\.",
        text,
    )
    assert found is not None, text
    assert [spoken(n) for n in found.groups()] == [
        len(table),
        len({r["handlungsfeld_id"] for r in table}),
        len(leads),
        sum(bool(r["beginn"] or r["ende"]) for r in table),
        len(costs),
    ]


def test_every_measure_stands_once_under_its_field(concept: Concept, real: Path) -> None:
    shown = [(g.id, i.id, i.title) for g in all_groups(concept) for i in g.items]
    shown += [
        (g.id, r.label, plain(r.cells[0].lines[:1]))
        for g in all_groups(concept)
        if g.brief
        for r in g.brief.rows
    ]
    table = rows(real, "massnahmen")
    assert sorted(shown) == sorted(
        (f"massnahmen-{r['handlungsfeld_id']}", r["id"], r["titel"]) for r in table
    )


def test_the_catalogue_tells_what_the_rows_hold(concept: Concept, real: Path) -> None:
    shown = told(concept)
    names = {r["id"]: r["name"] for r in rows(real, "akteure")}
    for row in rows(real, "massnahmen"):
        text = shown[row["id"]]
        assert row["beschreibung"] in text
        assert ("Zielgruppe: " in text) == bool(row["zielgruppe"])
        assert row["zielgruppe"] in text
        for role, term in (("federfuehrend", "Federführung"), ("beteiligt", "Beteiligte")):
            own = [r for r in rows(real, "zustaendigkeiten") if r["massnahme_id"] == row["id"]]
            expected = "; ".join(names[r["akteur_id"]] for r in own if r["rolle"] == role)
            assert (f"{term}: {expected}" in text) if expected else (f"{term}:" not in text)
        history = [r for r in rows(real, "statusverlauf") if r["massnahme_id"] == row["id"]]
        assert text.count("Stand ") == len(history)
        for step in history:
            assert STATUSES[step["status"]].label in text
            assert f"{dt.date.fromisoformat(step['datum']):%d.%m.%Y}" in text
            assert f"„{step['wortlaut']}“" in text
        costs = [r for r in rows(real, "kosten") if r["massnahme_id"] == row["id"]]
        assert text.count("€") == len(costs)
        assert "icht genannt" not in text.replace("ist nicht genannt", "").replace(
            "barrierefrei: nicht genannt", ""
        )


def test_sources_are_marked_at_every_measure(concept: Concept) -> None:
    shown = cards(concept)
    for measure in concept.measures:
        lines = shown[measure.id].states if measure.id in shown else brief(concept)[measure.id].cells[1].lines
        marks = {run.source for line in lines for run in line if run.source}
        assert marks == {(step.source.id, step.source.passage) for step in measure.history}
        assert (measure.source.id, measure.source.passage) in marks


def test_only_what_is_hardly_known_stands_in_the_table(concept: Concept, real: Path) -> None:
    costs = {r["massnahme_id"] for r in rows(real, "kosten")}
    people = {r["massnahme_id"] for r in rows(real, "zustaendigkeiten")}
    goals = {r["massnahme_id"] for r in rows(real, "massnahme_bezuege") if r["ziel_id"] or r["indikator_id"]}
    dated = {r["id"] for r in rows(real, "massnahmen") if r["beginn"] or r["ende"]}
    noted = {m.id for m in concept.measures if m.notes}
    full = costs | people | goals | dated | noted
    assert set(cards(concept)) == full
    assert set(brief(concept)) == {r["id"] for r in rows(real, "massnahmen")} - full


def test_relations_say_whether_they_are_derived(concept: Concept, real: Path) -> None:
    shown = told(concept)
    terms = {
        "ziel_id": "Ziel",
        "querfeld_id": "Berührt auch",
        "indikator_id": "Indikator",
        "ereignis_id": "Überprüfung",
        "verwandt_id": "Verwandte Maßnahme",
    }
    expected: dict[str, int] = defaultdict(int)
    named: dict[str, set[str]] = defaultdict(set)
    for row in rows(real, "massnahme_bezuege"):
        for column, term in terms.items():
            if row[column]:
                named[row["massnahme_id"]].add(term)
                expected[row["massnahme_id"]] += row["beleg"] == "abgeleitet"
    # The related measure names its relation, too.
    for row in rows(real, "massnahme_bezuege"):
        if row["verwandt_id"]:
            expected[row["verwandt_id"]] += row["beleg"] == "abgeleitet"
    for key, derived in expected.items():
        for term in named[key]:
            assert term in shown[key]
        assert shown[key].replace("daraus abgeleitet", "").count("abgeleitet") == derived, key


def test_notes_stand_with_their_measures(concept: Concept, real: Path) -> None:
    owner = {r["id"]: r["id"] for r in rows(real, "massnahmen")}
    for table in ("kosten", "massnahme_bezuege"):
        owner |= {r["id"]: r["massnahme_id"] for r in rows(real, table)}
    expected: dict[str, int] = defaultdict(int)
    for row in rows(real, "pruefhinweise"):
        if row["zeile_id"] in owner:
            expected[owner[row["zeile_id"]]] += 1
    assert expected
    assert {k: len(p.notes) for k, p in cards(concept).items() if p.notes} == expected


def test_silence_is_named_once(concept: Concept, real: Path) -> None:
    notice = silence(concept)
    assert notice is not None
    text = plain(notice.lines)
    columns = {"prioritaet": "Priorität", "einfluss": "Einfluss der Kommune", "zielgruppe": "Zielgruppe"}
    table = rows(real, "massnahmen")
    for column, term in columns.items():
        assert (term in text) == (not any(r[column] for r in table))
    assert ("Zugang" in text) == all(r[c] == "offen" for r in table for c in OPEN)
    assert not any("Priorität" in said for said in told(concept).values())


def test_registers_hold_every_measure_where_it_belongs(concept: Concept, real: Path) -> None:
    block = catalogue.register(concept)
    assert block is not None
    by_field, by_actor, by_status, by_year = block.lists
    table = rows(real, "massnahmen")
    fields = {r["id"]: f"{r['nr']}. {r['name']}" for r in rows(real, "handlungsfelder")}
    expected: dict[str, set[str]] = defaultdict(set)
    for row in table:
        expected[fields[row["handlungsfeld_id"]]].add(row["id"])
    assert entries(by_field) == expected
    names = {r["id"]: r["name"] for r in rows(real, "akteure")}
    expected = defaultdict(set)
    for row in rows(real, "zustaendigkeiten"):
        expected[names[row["akteur_id"]]].add(row["massnahme_id"])
    assert entries(by_actor) == expected
    latest = {r["massnahme_id"]: r for r in sorted(rows(real, "statusverlauf"), key=lambda r: r["datum"])}
    expected = defaultdict(set)
    for row in table:
        expected[STATUSES[latest[row["id"]]["status"]].label].add(row["id"])
    assert entries(by_status) == expected
    expected = defaultdict(set)
    for row in table:
        for day in filter(None, (row["beginn"], row["ende"])):
            expected[day[:4]].add(row["id"])
    for row in rows(real, "kosten"):
        if row["jahr"]:
            expected[row["jahr"]].add(row["massnahme_id"])
    assert entries(by_year) == expected
    without = len(table) - len(set().union(*expected.values()))
    assert f"{without} Maßnahmen" in by_year.note


def test_goals_tables_lead_to_profiles(concept: Concept) -> None:
    for field in concept.fields:
        if table := goals_table(field):
            found = {
                str(run.target)
                for row in table.rows
                if len(row.cells) > 1
                for run in row.cells[0].lines[0]  # below the title stand details
            }
            assert found == {m.id for m in field.measures}


# The page


def transform(content: Block | None, *, pages: tuple[str, ...] = ("book/massnahmen",)) -> BlockTransform:
    """A page with its title, a section with the element in it, and a section after it."""
    assert content is not None
    document = new_document("seite")
    document.settings.env = SimpleNamespace(found_docs=set(pages), docname="book/massnahmen")
    made = BlockTransform(document)
    page = SimpleNamespace(renderer=SimpleNamespace(sphinx_env=made.env, document=document))
    built = BlockRenderer.handle_mime(page, MimeData(MIME, encoded(content)), False)
    box = nodes.container("", *built, mime_type=MIME)
    other = nodes.container("", nodes.raw("", as_html(content), format="html"), mime_type="text/html")
    bundle = nodes.container("", box, other, nb_element="mime_bundle")
    output = nodes.container("", bundle, nb_element="cell_code_output")
    cell = nodes.container("", output, nb_element="cell_code")
    first = nodes.section("", nodes.title("", "Finden"), nodes.paragraph("", "davor"), cell, ids=["finden"])
    last = nodes.section("", nodes.title("", "Danach"), ids=["danach"])
    document += nodes.section("", nodes.title("", "Katalog"), first, last, ids=["katalog"])
    made.apply()
    return made


def test_measures_become_sections_and_cells_that_links_and_search_find(concept: Concept, real: Path) -> None:
    document = transform(profiles(concept)).document
    (page,) = document.findall(lambda n: isinstance(n, nodes.section) and n["ids"] == ["katalog"])
    sections = [s for s in page.children if isinstance(s, nodes.section)]
    fields = [f"massnahmen-{f.id}" for f in concept.fields if f.measures]
    assert [s["ids"][0] for s in sections] == ["finden", *fields, "danach"]
    shown = [c["ids"][0] for s in sections for c in s.children if isinstance(c, nodes.section)]
    cells = [c for c in document.findall(ik.concept_entry) if "ik-steckbrief-zeile" in c["classes"]]
    assert set(shown) == set(cards(concept))
    shown += [cell["ids"][0] for cell in cells]
    titles = {r["id"]: r["titel"] for r in rows(real, "massnahmen")}
    assert sorted(shown) == sorted(titles)
    # Labels, by which every page can link to them.
    assert {document.nameids[key] for key in shown} == set(shown)
    found = {t.parent["ids"][0]: t.astext() for t in document.findall(nodes.title) if t.parent["ids"]}
    found |= {cell["ids"][0]: cell.children[0].astext() for cell in cells}
    assert titles.items() <= found.items()


def test_links_lead_to_labels_or_stay_text(concept: Concept) -> None:
    content = catalogue.register(concept)
    assert content is not None
    links = transform(content).document
    targets = {x["reftarget"] for x in links.findall(lambda n: n.tagname == "pending_xref")}
    assert targets == {m.id for m in concept.measures}
    # A book without the catalogue has nothing to link to.
    bare = transform(content, pages=()).document
    assert not list(bare.findall(lambda n: n.tagname == "pending_xref"))
    assert bare.astext() == links.astext()


@pytest.mark.parametrize("status", STATUSES)
def test_one_icon_stands_beside_the_status_word(concept: Concept, status: str) -> None:
    step = StatusStep(dt.date(2024, 1, 1), STATUSES[status], None, PAPER)
    for item in (measure(history=(step,)), measure(history=(step,), end=dt.date(2024, 1, 1))):
        built = transform(profiles(with_measures(concept, item))).document
        icons = list(built.findall(ik.status_icon))
        assert [n["status"] for n in icons] == [status]
        assert icons[0].parent.astext().strip() == STATUSES[status].label


def test_measures_keep_their_ids_in_print() -> None:
    joined = join(
        [
            Page("book/a", '<h1>A</h1><a href="ik-seite:book/b#m-x">x</a><a href="https://e.org/#m-x">y</a>'),
            Page(
                "book/b",
                '<h1>B</h1><section class="ik-steckbrief" id="m-x"></section><p id="m-y"></p>'
                '<table class="ik-tab"><tr><th class="ik-steckbrief-zeile" id="m-z">Z</th></tr></table>',
            ),
        ],
        known=range(0x20, 0x2030),
    )
    assert 'href="#m-x"' in joined.html
    assert 'id="m-x"' in joined.html
    assert 'id="m-z"' in joined.html
    assert 'href="https://e.org/#m-x"' in joined.html
    assert 'id="book-b--m-y"' in joined.html


def test_paper_has_no_lists_that_only_lead_about_the_page() -> None:
    lists = '<section id="finden"><h2>Finden</h2>{}<div class="ik-register"><p><a href="#m-x">X</a></p></div></section>'
    page = '<section id="katalog"><h1>Katalog</h1>{}<section class="ik-steckbrief" id="m-x"><h3>X</h3></section></section>'
    for more in ("", "<p>Ein Satz.</p>"):
        joined = join([Page("book/b", page.format(lists.format(more)))], known=range(0x20, 0x2030))
        assert "ik-register" not in joined.html
        assert ("Finden" in joined.html) == bool(more)
        assert "Katalog" in joined.html
        assert 'id="m-x"' in joined.html


# Little, much, bad


def test_minimal_data(minimal_data: Path) -> None:
    concept = load_concept(minimal_data)
    assert plain(catalogue.lead(concept).lines) == "In den Daten stehen noch keine Maßnahmen."
    assert profiles(concept) is None
    assert catalogue.register(concept) is None
    assert silence(concept) is None


def test_a_single_measure_with_nothing_but_a_title(concept: Concept) -> None:
    small = with_measures(concept, measure())
    assert plain(catalogue.lead(small).lines) == (
        "Die Quellen enthalten eine Maßnahme; Federführung, Zeitraum und Kosten nennen sie nicht."
    )
    assert cards(small) == {}
    assert [cell.text for cell in brief(small)["m-x"].cells] == [
        "Kurs; Quelle: Papier, Seite\u00a03",
        "nicht genannt",
    ]
    notice = silence(small)
    assert notice is not None
    for term in ("Status", "Kurzbeschreibung", "Ziel", "Zeitraum", "Kosten", "Zugang"):
        assert term in plain(notice.lines)


def test_history_with_gaps_is_shown_as_it_is_newest_first(concept: Concept) -> None:
    other = dataclasses.replace(PAPER, short_title="Protokoll", passage="TOP 4")
    history = (
        StatusStep(dt.date(2021, 5, 1), STATUSES["idee"], "Aus dem Forum.", other),
        StatusStep(dt.date(2025, 3, 1), STATUSES["zurueckgestellt"], None, PAPER, dt.date(2026, 2, 1)),
    )
    status = only(concept, measure(history=history))["Status"]
    assert status == (
        "zurückgestellt, Stand 01.03.2025. Wiedervorlage: 01.02.2026. (Papier, Seite\u00a03)\n"
        "Idee, Stand 01.05.2021. Aus dem Forum. (Protokoll, TOP 4)"
    )


def test_the_words_of_the_source_stand_once(concept: Concept) -> None:
    step = StatusStep(dt.date(2024, 1, 1), STATUSES["idee"], "Im Forum genannt", PAPER, None, "denkbar", True)
    status = only(concept, measure(history=(step,), priority=word("massnahmen", "prioritaet", "hoch")))[
        "Status"
    ]
    assert (
        status
        == "Idee, Stand 01.01.2024: „denkbar“, daraus abgeleitet. Im Forum genannt. (Papier, Seite\u00a03)"
    )


def test_another_source_of_the_measure_itself_is_named(concept: Concept) -> None:
    other = dataclasses.replace(PAPER, short_title="Protokoll", passage="TOP 4")
    step = StatusStep(dt.date(2024, 1, 1), STATUSES["idee"], None, other)
    assert (
        only(concept, measure(history=(step,), priority=word("massnahmen", "prioritaet", "hoch")))["Quelle"]
        == "Papier, Seite\u00a03"
    )
    own = StatusStep(dt.date(2024, 1, 1), STATUSES["idee"], None, PAPER)
    assert "Quelle" not in only(
        concept, measure(history=(own,), priority=word("massnahmen", "prioritaet", "hoch"))
    )


def test_what_is_the_same_for_all_of_three_is_said_once(concept: Concept) -> None:
    step = StatusStep(dt.date(2024, 1, 1), STATUSES["idee"], None, PAPER)
    event = concept.events[0]
    three = [
        measure(
            f"m-{n}",
            f"Kurs {n}",
            history=(step,),
            references=(Reference("ereignis", event.id, False, PAPER),),
            priority=word("massnahmen", "prioritaet", "hoch"),
        )
        for n in range(3)
    ]
    small = with_measures(concept, *three)
    (group,) = all_groups(small)
    assert plain((group.text,)).startswith(f"Überprüfung aller drei Maßnahmen: {event.title}")
    assert [[term for term, _ in item.items] for item in group.items] == [["Priorität"]] * 3
    # Of two, each says it.
    (group,) = all_groups(with_measures(concept, *three[:2]))
    assert [[term for term, _ in item.items] for item in group.items] == [["Priorität", "Überprüfung"]] * 2


def test_a_table_names_its_day_once_and_each_where_they_differ(concept: Concept) -> None:
    def table(*days: int) -> tuple[list[str], tuple[str, ...]]:
        steps = [StatusStep(dt.date(2024, 1, day), STATUSES["idee"], None, PAPER) for day in days]
        many = [measure(f"m-{n}", f"Kurs {n}", history=(step,)) for n, step in enumerate(steps)]
        (group,) = all_groups(with_measures(concept, *many))
        assert group.brief is not None
        return [row.cells[1].text for row in group.brief.rows], group.brief.notes

    mark = " (Papier, Seite\u00a03)"
    assert table(1, 1, 1) == ([f"Idee{mark}"] * 3, ("Stand aller Angaben dieser Tabelle: 01.01.2024.",))
    assert table(1, 2, 1) == ([f"Idee, Stand 0{n}.01.2024{mark}" for n in (1, 2, 1)], ())


@pytest.mark.parametrize(
    ("status", "end", "word"),
    [
        ("geplant", dt.date(2020, 1, 1), "Termin verstrichen; ob erledigt, ist nicht bekannt"),
        ("geplant", dt.date(2018, 1, 1), "Termin verstrichen"),
        ("geplant", dt.date(2099, 1, 1), "im Plan"),
        ("abgeschlossen", dt.date(2020, 1, 1), ""),
        ("verworfen", dt.date(2020, 1, 1), ""),
    ],
)
def test_what_has_passed_follows_from_date_and_status(
    concept: Concept, status: str, end: dt.date, word: str
) -> None:
    step = StatusStep(dt.date(2019, 1, 1), STATUSES[status], None, PAPER)
    period = only(concept, measure(end=end, precision="tag", history=(step,)))["Zeitraum"]
    assert period == f"bis {end:%d.%m.%Y}" + (f" ({word})" if word else "")


def test_costs_without_year_and_of_several_stages(concept: Concept) -> None:
    costs = (
        Cost(COST_KINDS["jaehrlich"], None, 10, False, STAGES["angemeldet"], PAPER),
        Cost(COST_KINDS["einmalig"], 2026, 20, True, STAGES["beschlossen"], PAPER, "05", "31.1"),
    )
    parts = only(concept, measure(costs=costs))
    text = parts["Kosten"].replace("\u00a0", " ")
    assert text == "2026: ca. 20 € einmalig (beschlossen); 10 € jährlich, Beginn offen (angemeldet)"
    assert parts["Haushaltsstand"].startswith("angemeldet und beschlossen (angemeldet heißt nicht bewilligt")
    assert parts["Haushaltsstelle"] == "Teilhaushalt 05; Produkt 31.1"


def test_unknown_stage_is_not_a_stage(concept: Concept) -> None:
    cost = Cost(COST_KINDS["einmalig"], 2026, 20, False, STAGES["unbekannt"], PAPER)
    assert "Haushaltsstand" not in only(concept, measure(costs=(cost,)))


def test_goals_and_fields_of_others(concept: Concept) -> None:
    goal = concept.fields[1].goals[0] if concept.fields[1].goals else concept.fields[0].goals[0]
    references = (
        Reference("ziel", goal.id, True, PAPER),
        Reference("querfeld", concept.fields[2].id, False, PAPER),
        Reference("querfeld", concept.fields[3].id, True, PAPER),
    )
    parts = only(concept, measure(goal_ids=(goal.id,), references=references))
    assert parts["Ziel"].endswith("Zuordnung abgeleitet)")
    third, fourth = concept.fields[2:4]
    assert parts["Berührt auch"] == (
        f"{third.number}. {third.name}; {fourth.number}. {fourth.name} (abgeleitet)"
    )


def test_access_names_what_is_decided(concept: Concept) -> None:
    parts = only(
        concept,
        measure(
            access=(
                ("mehrsprachig", word("massnahmen", "mehrsprachig", "ja")),
                ("barrierefrei", word("massnahmen", "barrierefrei", "nein")),
            ),
            priority=word("massnahmen", "prioritaet", "hoch"),
        ),
    )
    assert parts["Zugang"] == "mehrsprachig: ja; in Leichter Sprache: nicht genannt; barrierefrei: nein"


def test_access_with_a_reservation_is_no_yes(concept: Concept) -> None:
    shown = told(concept)
    reserved = "mehrsprachig, in Leichter Sprache und barrierefrei: vorgesehen, je nach Bedeutung"
    seven = "bibliothek vernetzung sprachkurse spiel-bewegung eltern-kind stadtfeste videotutorials"
    assert {key for key, text in shown.items() if re.search("Zugang(:| aller)", text)} == {
        *(f"m-bildung-{m}" for m in seven.split()),
        "m-arbeit-lotsen",
    }
    assert all(
        f"Zugang aller Maßnahmen dieser Tabelle: {reserved}." in shown[f"m-bildung-{m}"]
        for m in seven.split()
    )
    lotsen = "Zugang: mehrsprachig: erwogen; in Leichter Sprache und barrierefrei: nicht genannt"
    assert lotsen in shown["m-arbeit-lotsen"]


def test_reports_that_review_measures_stand_in_their_profiles(concept: Concept, real: Path) -> None:
    shown = told(concept)
    events = {r["id"]: r["titel"] for r in rows(real, "ereignisse")}
    expected: dict[str, list[str]] = defaultdict(list)
    for row in rows(real, "massnahme_bezuege"):
        if row["ereignis_id"]:
            expected[row["massnahme_id"]].append(events[row["ereignis_id"]])
    assert expected
    assert {key for key, text in shown.items() if "Überprüfung aller" in text} == set(expected)
    for key, titles in expected.items():
        assert all(f"{title}: " in shown[key] for title in titles)
        assert shown[key].count("nur angekündigt") == len(titles)


def test_related_measures_name_each_other(concept: Concept) -> None:
    one, other = "m-sprache-kinderbetreuung", "m-bildung-sprachkurse"
    titles = {m.id: m.title for m in concept.measures}
    card = dict(cards(concept)[one].items)["Verwandte Maßnahme"]
    assert plain(card) == f"{titles[other]} (Bildung und Erziehung; Bezug abgeleitet)"
    assert card[0][0].target == other
    cell = brief(concept)[other].cells[0]
    assert f"Verwandte Maßnahme: {titles[one]} (Sprache; Bezug abgeleitet)" in cell.text
    assert one in {run.target for line in cell.lines for run in line}
    assert sum("Verwandte Maßnahme" in text for text in told(concept).values()) == 2


def test_an_actor_with_two_roles_stands_once(concept: Concept, data: Path) -> None:
    content = rows(data, "zustaendigkeiten")
    first = next(r for r in content if r["rolle"] == "federfuehrend")
    concept = load_concept(data)
    found = next(m for m in concept.measures if m.id == first["massnahme_id"])
    twice = dataclasses.replace(
        found, responsibilities=(*found.responsibilities, dataclasses.replace(found.responsibilities[0], role=word("zustaendigkeiten", "rolle", "finanzierend")))
    )  # fmt: skip
    block = catalogue.register(with_measures(concept, twice))
    assert block is not None
    entry = next(e for e in block.lists[1].entries if e.head.text == found.responsibilities[0].actor)
    assert [plain((link,)) for link in entry.links] == [f"{found.title} (federführend und finanzierend)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(concept: Concept, text: str) -> None:
    small = with_measures(concept, measure(title=text, description=text, audience=text))
    block = profiles(small)
    assert block is not None
    html = as_html(block)
    assert not re.search(r"<(script|img|b)\b", html)
    document = transform(block).document
    shown = [n.astext() for n in document.findall(lambda n: isinstance(n, (nodes.title, nodes.paragraph)))]
    assert text in shown


def test_500_measures(tmp_path: Path) -> None:
    folder = minimal(tmp_path / "data")
    numbers = range(500)
    keys = list(STATUSES)
    table = [
        {"id": f"m-{n}", "handlungsfeld_id": "bildung", "titel": f"Maßnahme {n}", **OPEN, **SOURCE}
        for n in numbers
    ]
    for row in table[::2]:
        row |= {"beginn": "2024-01-01", "ende": "2027-12-31", "zeit_genauigkeit": "jahr"}
    write(folder, "massnahmen", table)
    history = [
        {"massnahme_id": f"m-{n}", "datum": f"202{y}-01-01", "status": keys[n % 10], **SOURCE}
        for n in numbers
        for y in range(n % 4)
    ]
    write(folder, "statusverlauf", history)
    concept = load_concept(folder)
    start = time.perf_counter()
    content = profiles(concept)
    lists = catalogue.register(concept)
    document = transform(content).document
    assert time.perf_counter() - start < 10
    assert lists is not None
    assert plain(catalogue.lead(concept).lines) == (
        "Zu 500 Maßnahmen in einem Handlungsfeld nennen die Quellen bei keiner die Federführung, "
        "bei 250 einen Zeitraum und bei keiner Kosten."
    )
    shown = [s for s in document.findall(nodes.section) if "ik-steckbrief" in s["classes"]]
    shown += [c for c in document.findall(ik.concept_entry) if "ik-steckbrief-zeile" in c["classes"]]
    assert len(shown) == 500
    by_status = entries(lists.lists[2])
    assert sum(map(len, by_status.values())) == 500
    assert len(by_status["Status nicht genannt"]) == 125
    assert {year: len(found) for year, found in entries(lists.lists[3]).items()} == {"2024": 250, "2027": 250}
    assert lists.lists[3].entries[0].head == Run("2024")
