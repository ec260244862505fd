"""Participation, offers, banners and legal pages: computed sentences against the CSVs; missing is said."""

import dataclasses
import datetime as dt
import json
import re
import urllib.parse
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from allowed import word
from folders import PROGRAM, PROJECT, minimal, page_text, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept, Goal, Theme
from konzept.elements import opening
from konzept.elements.content import Notice, plain
from konzept.elements.fields import overview
from konzept.elements.participation import overview as participation
from konzept.elements.participation.overview import offers_table
from konzept.elements.publication import legal
from konzept.elements.sources import documents
from konzept.extension import SETTINGS
from konzept.notebook.book import Book
from konzept.site.theme import LEGAL_PAGES, fold, suggestion

SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
WORDS = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]
CHAPTERS = sorted((PROJECT / "book/chapters").glob("*.md"))


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def said(n: int) -> str:
    return WORDS[n] if n < len(WORDS) else str(n)


def sentence(notice: Notice | None) -> str:
    assert notice is not None
    return f"{notice.title} {plain(notice.lines)}"


def test_the_town_speaks_only_with_a_whole_impressum(concept: Concept) -> None:
    package = concept.package
    assert (package.official, package.speaker) == (False, "Redaktion dieses Buches")
    made = "Aus öffentlichen Quellen zusammengestellt von: Redaktion dieses Buches"
    assert package.origin == made
    assert plain(legal.lead(package).lines).endswith(f" {made}.")
    whole = dataclasses.replace(package, imprint=dict.fromkeys(package.imprint, "x"))
    assert (whole.speaker, whole.origin) == ("Stadt Lehrte", "Herausgegeben von: Stadt Lehrte")
    assert made not in plain(legal.lead(whole).lines)


def test_an_editor_is_a_setting_and_has_a_default(tmp_path: Path) -> None:
    folder = minimal(tmp_path / "data")
    path = folder / "kommune.json"
    settings = json.loads(path.read_text("utf-8"))
    for given, expected in (
        ("Arbeitskreis Beispiel", "Arbeitskreis Beispiel"),
        ("", "Redaktion dieses Buches"),
        (None, "Redaktion dieses Buches"),
    ):
        settings["redaktion"] = given
        path.write_text(json.dumps(settings), "utf-8")
        assert load_concept(folder).package.speaker == expected
    del settings["redaktion"]
    path.write_text(json.dumps(settings), "utf-8")
    assert load_concept(folder).package.speaker == "Redaktion dieses Buches"


def test_one_event_is_told_in_words(concept: Concept, shown: list[Any]) -> None:
    """One dated event is too few for a course, but no reason to say that there is none."""
    first = concept.own_events()[0]
    for events in ((first,), ()):
        Book(dataclasses.replace(concept, events=events)).timeline()
    assert [plain(b.lines) for b in shown] == [
        f"{first.start:%d.%m.%Y}: {first.title} (erfolgt).",
        "Ereignisse sind in den Quellen nicht genannt.",
    ]


def test_small_numbers_stand_in_the_right_form(concept: Concept) -> None:
    guiding = next(g for f in concept.fields for g in f.goals if g.level == "leitziel")
    field = dataclasses.replace(concept.fields[0], goals=(guiding,), measures=concept.fields[0].measures[:1])
    assert [term for term, _ in overview.facts(field).items][1:3] == ["Leitziel", "Maßnahme"]


def test_participation_counts_what_the_files_hold(concept: Concept, real: Path) -> None:
    text = plain(participation.lead(concept).lines)
    contributions = rows(real, "beitraege")
    assert text.lower().startswith(f"{said(len(contributions))} beiträge")
    assert Counter(r["folge"] for r in contributions) == {"offen": len(contributions)}
    assert "alle sind noch offen" in text
    held = [
        r
        for r in rows(real, "ereignisse")
        if r["art"] in ("veranstaltung", "workshop", "sitzung")
        and r["stand"] == "erfolgt"
        and r["gebiet_id"] in ("", "lehrte")
    ]
    named = [r for r in held if r["teilnehmende"]]
    assert f"für {said(len(named))} von {said(len(held))} belegten Terminen" in text
    assert rows(real, "umfrageergebnisse") == []
    assert "Antworten aus Umfragen sind nicht veröffentlicht." in text


def test_outcomes_are_told_apart(concept: Concept) -> None:
    first, *others = concept.contributions
    mixed = dataclasses.replace(
        concept,
        contributions=(
            dataclasses.replace(first, outcome=word("beitraege", "folge", "uebernommen")),
            *others,
        ),
    )
    assert "dokumentiert: einer übernommen und drei noch offen." in plain(participation.lead(mixed).lines)


def test_offers_lead_counts(concept: Concept, real: Path) -> None:
    offers = rows(real, "angebote")
    text = plain(participation.offers_lead(concept).lines)
    assert text.lower().startswith(f"{said(len(offers))} angebote")
    contacts = {r["akteur_id"] for r in rows(real, "kontakte")}
    dative = {0: "keinem", 1: "einem"}
    counts = [
        sum(bool(r["sprachen"]) for r in offers),
        sum(bool(r["zielgruppe"]) for r in offers),
        sum(r["akteur_id"] in contacts for r in offers),
    ]
    assert re.findall(r"zu (\w+)", text) == [dative.get(n) or said(n) for n in counts]


def test_offers_table_has_languages_and_says_what_is_missing(concept: Concept, real: Path) -> None:
    table = offers_table(concept)
    assert table is not None
    # One offer of six has languages: they stand with it, and no column says "not named" of the others.
    assert [c.title for c in table.columns] == ["Angebot", "Träger"]
    for row, offer in zip(table.rows, rows(real, "angebote"), strict=True):
        found = re.findall(r"Sprachen: (.*)", row.cells[0].text)
        assert found == ([offer["sprachen"]] if offer["sprachen"] else [])
    assert "Sprachen und Ort: sonst nicht genannt." in table.notes
    assert "Kontakt: in den Quellen zu keinem Angebot genannt." in table.notes
    assert any("Zielgruppe" in note and "nicht genannt" in note for note in table.notes)


def test_contacts_are_those_of_the_file(concept: Concept, real: Path) -> None:
    table = participation.contacts_table(concept)
    assert table is not None
    shown = [(r.cells[0].text, r.cells[2].text, r.cells[3].text) for r in table.rows]
    assert shown == [(r["funktion"], r["telefon"], r["email"]) for r in rows(real, "kontakte")]


def test_contact_of_an_offers_actor_stands_with_the_offer(tmp_path: Path) -> None:
    folder = minimal(tmp_path / "data")
    write(folder, "akteure", [{"id": "a-x", "name": "Verein", "art": "initiative", **SOURCE}])
    offers = [{"id": "o-x", "name": "Café", "akteur_id": "a-x"}, {"id": "o-y", "name": "Kurs"}]
    write(folder, "angebote", [{**offer, **SOURCE} for offer in offers])
    write(folder, "kontakte", [{"id": "c-x", "akteur_id": "a-x", "funktion": "Anlaufstelle", **SOURCE}])
    table = offers_table(load_concept(folder))
    assert table is not None
    heads = [c.title for c in table.columns]
    carriers = [row.cells[heads.index("Träger")].text for row in table.rows]
    assert carriers == ["Verein; Kontakt: Anlaufstelle", "nicht genannt; Kontakt: nicht genannt"]


def test_lessons_of_the_town_and_of_others_stand_once_and_apart(concept: Concept, tmp_path: Path) -> None:
    assert "nennen die Quellen nicht" in plain(participation.own_experiences(concept).lines)
    folder = minimal(tmp_path / "data")
    tried = {"id": "l-x", "gebiet_id": "lehrte", "text": "Der Kurs blieb leer", "lehre": "Abends anbieten"}
    general = {"id": "l-y", "gebiet_id": "", "text": "Das Fest kam an", "lehre": ""}
    write(folder, "erfahrungen", [{**tried, **SOURCE}, {**general, **SOURCE}])
    event = {"id": "e-x", "art": "workshop", "titel": "Treffen", "stand": "entfallen", "von": "2024-06-01"}
    write(folder, "ereignisse", [{**event, "genauigkeit": "tag", **SOURCE}])
    found = load_concept(folder)
    others = plain(participation.others_experiences(found).lines)
    assert ("Das Fest kam an." in others, "Der Kurs" in others) == (True, False)
    text = plain(participation.own_experiences(found).lines)
    assert "Das Fest" not in text
    assert "Der Kurs blieb leer. Abends anbieten." in text
    assert "Treffen (entfallen)." in text


def test_banner_counts_the_open_notes_of_the_chapter(concept: Concept) -> None:
    for field in concept.fields:
        n = sum(note.state == "offen" for note in field.notes)
        banner = documents.banner_of_field(field)
        assert (banner is None) == (n == 0)
        if banner:
            assert banner.small
            is_ = "ist eine Frage" if n == 1 else f"sind {said(n)} Fragen"
            assert banner.title == f"Zu diesem Kapitel {is_} an die Quellen offen."


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda p: p.stem)
def test_banner_leads_to_a_section_that_is_there(chapter: Path) -> None:
    text = chapter.read_text("utf-8")
    assert "field.sources()" in text
    # The list of all notes is on the page of sources, which every banner leads to.
    assert "book.notes_table()" in (PROJECT / "book/quellen.md").read_text("utf-8")
    assert text.rindex("\n## ") < text.index("field.sources()")


def test_every_open_note_is_announced_somewhere(concept: Concept, real: Path) -> None:
    """By its chapter, or by a page that names its table."""
    by_chapter = {note.id for field in concept.fields for note in field.notes}
    named: set[str] = set()
    for page in (PROJECT / "book").glob("*.md"):
        for call in re.findall(r"notice_of\(([^)]*)\)", page_text(page)):
            named |= set(re.findall(r'"(\w+)"', call))
    # The page of sources lists all notes itself.
    named.add("dokumente")
    for note in rows(real, "pruefhinweise"):
        if note["stand"] == "offen":
            assert note["id"] in by_chapter or note["tabelle"] in named, note["id"]


def test_pages_banner_leaves_indicators_to_their_chapters(concept: Concept, real: Path) -> None:
    across = {r["id"] for r in rows(real, "indikatoren") if not r["handlungsfeld_id"]}
    expected = [
        r
        for r in rows(real, "pruefhinweise")
        if r["stand"] == "offen" and r["tabelle"] == "indikatoren" and r["zeile_id"] in across
    ]
    banner = documents.banner_of_page(concept, ("indikatoren",))
    assert sentence(banner).startswith(
        f"Zu dieser Seite sind {said(len(expected))} Fragen an die Quellen offen."
    )
    assert documents.banner_of_page(concept, ("gruppen",)) is None


def test_imprint_shows_what_is_missing(concept: Concept, real: Path) -> None:
    given = json.loads((real / "kommune.json").read_text("utf-8"))["impressum"]
    assert set(given) == set(legal.FIELDS)
    (sheet,) = legal.imprint(concept.package).items
    assert [term for term, _ in sheet.items] == list(legal.FIELDS.values())
    for (_, lines), value in zip(sheet.items, given.values(), strict=True):
        assert plain(lines) == (value or legal.MISSING)


@pytest.mark.parametrize(
    ("imprint", "expected"),
    [
        ({}, "Das Impressum ist noch leer"),
        ({"anbieter": "Stadt X"}, "fehlen noch fünf von sechs Angaben"),
        (dict.fromkeys(legal.FIELDS, "x") | {"email": " "}, "fehlt noch eine von sechs Angaben: „E-Mail“"),
        (dict.fromkeys(legal.FIELDS, "x"), "Dieses Buch gibt heraus: x."),
    ],
)
def test_imprint_lead(concept: Concept, imprint: dict[str, str], expected: str) -> None:
    package = dataclasses.replace(concept.package, imprint=imprint)
    assert expected in plain(legal.lead(package).lines)
    if imprint.get("email") == "x":
        assert "melden an x" in plain(legal.contact_state(package).lines)
    else:
        assert "noch nicht eingetragen" in plain(legal.contact_state(package).lines)


def test_legal_pages_are_in_the_book_and_the_right_ones_in_print() -> None:
    contents = (PROJECT / "_toc.yml").read_text("utf-8")
    unprinted = SETTINGS["konzept_not_in_print"]
    for _, page in LEGAL_PAGES:
        assert f"file: {page}\n" in contents
        assert (page in unprinted) == (page == "book/datenschutz")


def test_scripts_store_no_more_than_the_privacy_page_says() -> None:
    """The theme's own scripts, as they are published, name these keys and no others."""
    import pydata_sphinx_theme

    script = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/scripts"
    text = "".join(p.read_text("utf-8") for p in script.glob("pydata-sphinx-theme.js"))
    scripts = (PROGRAM / "scripts/konzept/assets/search").glob("*.js")
    text += "".join(own.read_text("utf-8") for own in scripts)
    assert "document.cookie" not in text
    keys = set(re.findall(r"Storage\.setItem\(\s*\"([\w-]+)\"", text))
    # The banners' keys are for announcements, of which the book has none.
    banner = {"pst_banner_pref", "pst_announcement_banner_pref"}
    assert keys - banner == {"mode", "theme", "sidebar-scroll-top"}


def test_minimal_data_read_well(minimal_data: Path) -> None:
    concept = load_concept(minimal_data)
    for block in (participation.lead(concept), participation.offers_lead(concept)):
        text = plain(block.lines)
        assert "nicht" in text
        assert not re.search(r"\b(?:None|nan|null|0)\b", text)
    assert participation.contacts_table(concept) is None
    assert documents.banner_of_field(concept.fields[0]) is None


def test_residents_learn_whom_to_ask_and_what_was_last(concept: Concept) -> None:
    lines = [
        plain([row]).replace("\N{NO-BREAK SPACE}", " ") for row in participation.take_part(concept).lines
    ]
    assert lines[0] == (
        "Melden Sie sich dazu bei: Fachkräfte für Migration und Teilhabe (Funktionspostfach), "
        "Telefon 05132 505-1033, -1034, -1035, MuT@lehrte.de."
    )
    assert lines[1].startswith(
        "Letzte bekannte Veranstaltung: Öffentliche Vorstellung „Gemeinsam Vielfalt leben“ (11.11.2025, nur angekündigt)."
    )
    before = dataclasses.replace(concept, stand=dt.date(2023, 10, 1), contacts=())
    lines = [plain([row]) for row in participation.take_part(before).lines]
    assert lines[0] == "Eine Adresse dafür ist in den Quellen nicht veröffentlicht."
    assert lines[1].startswith("Nächste Veranstaltung: 1. Forum Migration und Teilhabe Lehrte (10.10.2023).")


def test_the_start_page_says_nothing_of_open_questions(concept: Concept) -> None:
    notice = opening.notice(concept)
    assert "Prüfhinweis" not in sentence(notice)
    whole = tuple(dataclasses.replace(f, measures=concept.measures) for f in concept.fields)
    shown = opening.notice(dataclasses.replace(concept, fields=whole))
    assert shown is not None
    assert [plain([row]) for row in shown.lines] == [f"{concept.package.notice}."]


def test_leads_say_what_is_known(concept: Concept, real: Path) -> None:
    themes = {r["handlungsfeld_id"]: r["text"] for r in rows(real, "themen") if r["art"] == "schwerpunkt"}
    titles = [r["titel"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "sprache"]
    shown = {f.id: overview.focus(concept, f).replace("\N{NO-BREAK SPACE}", " ") for f in concept.fields}
    for row in rows(real, "handlungsfelder"):
        if row["fokus"]:
            assert shown[row["id"]] == f"{row['fokus']}."
    press = "(AltkreisBlitz vom 25. April 2024)."
    assert shown["freizeit"] == f"{themes['freizeit']} {press}"
    assert shown["demokratie"] == f"{themes['demokratie']} {press}"
    assert shown["sprache"] == f"Vier Maßnahmen sind genannt: {'; '.join(titles)}."
    assert shown["wohnen"] == (
        "Die Erarbeitung ist als nächster Schritt angekündigt, gemeinsam mit „Freizeit, Kultur und Sport“ (2. Sachstandsbericht). "
        "Vorgesehen: Einzelgespräche und schriftliche Befragungen zum Handlungsfeld Wohnen und Leben."
    )
    assert shown["diskriminierung"] == (
        "Die Arbeitsgruppen der anderen Handlungsfelder bearbeiten das Thema mit (2. Sachstandsbericht). "
        "Bisher dazu: „Themenworkshop: Rassismus und Diskriminierung“ (17.03.2022)."
    )


def test_leads_take_what_there_is(concept: Concept, minimal_data: Path) -> None:
    """What is missing stands in the list of gaps and not in the lead."""
    field = dataclasses.replace(concept.field("bildung"), focus=None, themes=())
    source = field.goals[0].source
    goals = tuple(Goal(f"g{n}", "leitziel", f"Ziel {n}.", "arbeitsstand", source) for n in range(1, 5))
    many = dataclasses.replace(field, goals=())
    assert len(many.measures) == 8
    titles = "; ".join(m.title for m in many.measures[:3])
    need = Theme("bedarf", None, "Plätze in der Nähe", source)
    silent = dataclasses.replace(load_concept(minimal_data).fields[0], progress=None)
    for shown, expected in (
        (dataclasses.replace(field, goals=goals), "Angestrebt ist: Ziel 1; Ziel 2; Ziel 3."),
        (many, f"Acht Maßnahmen sind genannt, darunter: {titles}."),
        (dataclasses.replace(many, measures=(), themes=(need,)), "Plätze in der Nähe."),
        (silent, "Eines von neun Handlungsfeldern des Konzepts."),
    ):
        assert overview.focus(concept, shown) == expected


def test_mail_about_a_page_says_which_one(concept: Concept) -> None:
    """Written only to an address that the Impressum names; what a page's title holds cannot add to the mail."""
    package = concept.package
    assert suggestion(package, "Wohnen", "abc") == ""
    named = dataclasses.replace(package, imprint={**package.imprint, "email": "amt@example.org"})
    mail = suggestion(named, "Wohnen & Leben\r\nBcc: x@example.org", "abc")
    address, _, query = mail.partition("?")
    assert address == "mailto:amt@example.org"
    words = dict(urllib.parse.parse_qsl(query, strict_parsing=True))
    assert set(words) == {"subject", "body"}
    assert words["subject"] == "Integrationskonzept: Wohnen & Leben Bcc: x@example.org"
    assert words["body"].endswith("Datenkennung: abc\n")


def test_pages_for_authors_are_not_among_those_of_readers() -> None:
    pages = '<ul><li><a href="a.html">A</a></li><li><a href="mitschreiben.html">Mitschreiben</a></li></ul>'
    assert fold(pages, [], ["mitschreiben.html"]) == '<ul><li><a href="a.html">A</a></li></ul>'
