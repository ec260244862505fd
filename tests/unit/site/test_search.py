"""What the search finds: places of pages, each with the words that stand there."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from folders import rows
from konzept.data.package import load_package
from konzept.site.search import EVERYDAY, entries, everyday

PAGE = """
<nav>Inhalt</nav><article class="bd-article"><section id="seite"><h1>Sei\u00adte<a class="headerlink">#</a></h1><p>Am Anfang.</p>
<section id="teil"><h2>Teil</h2><p>Im <em>Teil</em>.<sup class="ik-belege headerlink">3</sup></p>
<section id="m-kurs" class="ik-steckbrief"><h3>Kurs anbieten</h3><p>geplant</p></section>
<table id="tab-a"><caption><span class="caption-number">Tab. 1 </span><span class="caption-text">Wer</span></caption>
<tbody><tr id="tab-a-caritas"><th><div><p>Caritas</p><p>Verband</p></div></th><td><p>Beratung</p></td></tr>
<tr><th id="m-fest"><p><strong>Fest feiern</strong></p><p>im Sommer</p></th><td><p>Idee</p></td></tr></tbody></table>
<figure id="abb-x"><p class="ik-befund">Es stieg.</p><svg><text>2024</text></svg>
<figcaption><p><span class="caption-number">Abb. 1 </span><span class="caption-text">Anteil</span></p></figcaption>
<div class="ik-abb__fuss"><details class="ik-daten">Daten
<table><tr><th>Jahr</th><th>Stadt</th></tr><tr><th>2024</th><td>7</td></tr></table></details></div></figure>
<dl><dt id="term-AGG">AGG</dt><dd><p>Ein Gesetz.</p></dd></dl>
</section></section><section class="ik-noten" id="quellen"><h2>Quellen</h2></section></article>
"""


def test_each_place_has_its_own_words() -> None:
    found = [(e.anchor, e.kind, e.title, e.text) for e in entries(PAGE)]
    assert found == [
        ("", "Seite", "Seite", "Am Anfang."),
        ("teil", "Abschnitt", "Teil", "Im Teil."),
        ("m-kurs", "Maßnahme", "Kurs anbieten", "geplant"),
        ("tab-a", "Tabelle", "Wer", ""),
        ("tab-a-caritas", "Eintrag", "Caritas", "Verband · Beratung"),
        ("m-fest", "Maßnahme", "Fest feiern", "im Sommer · Idee"),
        ("abb-x", "Abbildung", "Anteil", "Es stieg. · Stadt"),
        ("term-AGG", "Begriff", "AGG", "Ein Gesetz."),
    ]


def test_figures_and_tables_have_their_number() -> None:
    found = {e.anchor: e.number for e in entries(PAGE) if e.number}
    assert found == {"tab-a": "Tab. 1", "abb-x": "Abb. 1"}


def test_chapter_of_a_field_is_named_so() -> None:
    assert entries(PAGE, field_page=True)[0].kind == "Handlungsfeld"


@pytest.mark.parametrize("html", ["", "<p>Ohne Artikel</p>", "<article><p>Ohne Titel</p></article>"])
def test_page_without_article_or_title_has_no_entry(html: str) -> None:
    assert entries(html) == ()


def test_words_of_any_town_and_of_this_one_are_joined() -> None:
    rows = [
        {"wort": "Kindergarten", "meint": "Kita"},
        {"wort": "Spatzennest", "meint": "Kita"},
        {"wort": "Amtshof", "meint": "Haus der Vereine"},
    ]
    found, alone = everyday(rows, "Musterstadt"), everyday([], "")
    assert found["Kita"] == [*alone["Kita"], "Spatzennest"]
    assert found["Haus der Vereine"] == ["Amtshof"]
    assert found[""] == ["Musterstadt", *alone[""][1:]]
    assert "wer" in found[""]


def test_everyday_words_stand_once_and_name_no_town(real: Any) -> None:
    """A person reads and completes the table: each meaning has one line, each word stands there once."""
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        table = [(row["meint"], row["worte"].split(", ")) for row in csv.DictReader(file, delimiter=";")]
    meanings = [meaning for meaning, _ in table]
    assert sorted(set(meanings)) == sorted(meanings)
    town = load_package(real).town.name.casefold()
    for meaning, words in table:
        assert all(word and word == word.strip() for word in words), meaning
        assert len({word.casefold() for word in words}) == len(words), meaning
        assert meaning not in words
        assert town not in f"{meaning} {' '.join(words)}".casefold()


def test_towns_words_are_none_that_the_search_folds_itself(real: Any) -> None:
    """A line that only changes case or ae for ä would be of no use."""
    for row in rows(real, "suchworte"):
        assert row["wort"].casefold() != row["meint"].casefold()
