"""The explorer on a page without a server: what it answers, how it is used, what it costs."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import random
import re
import shutil
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pandas as pd
import pytest

from accessibility import violations
from conftest import SLOW
from folders import REAL

PAGE = "book/erkunden.html"
SEARCH = "input[id$='-text']"
READY = ".ik-werkstatt[data-bereit]"
ROWS = """() => { document.querySelector('.ik-erkunden > .ik-e-knopf:not([hidden])')?.click();
  return [...document.querySelectorAll('.ik-e-tabelle tbody tr')].map(r => r.dataset.id) }"""
"""All rows, however many are shown at first."""


@pytest.fixture
def explorer(site: Any, watch: Any) -> Any:
    """Open the explorer with a choice in its address, and, unless a test is about that, all of its controls."""

    def open_view(choice: str = "", *, folded: bool = False, **options: Any) -> Any:
        watched = watch(f"{site.address}/{PAGE}{f'#{choice}' if choice else ''}", **options)
        watched.page.wait_for_selector(READY)
        if not folded:
            unfold(watched.page)
        return watched

    return open_view


def unfold(page: Any) -> None:
    """Open what narrows a choice further, and the less common ways out."""
    page.evaluate(
        "document.querySelectorAll('.ik-e-genauer, .ik-e-weitere').forEach((e) => { e.open = true; })"
    )


def status(page: Any) -> str:
    return page.inner_text(".ik-e-stand")


# What it answers


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(REAL / f"{name}.csv", sep=";", dtype=str, encoding="utf-8-sig", keep_default_na=False)


def measures() -> pd.DataFrame:
    """All measures with what a reader filters by, read from the files alone."""
    frame = table("massnahmen")
    fields = table("handlungsfelder").assign(nr=lambda f: f["nr"].astype(int))
    order = fields.sort_values("nr")["id"].tolist()
    frame = frame.sort_values("handlungsfeld_id", key=lambda c: c.map(order.index), kind="stable")
    history = table("statusverlauf").sort_values("datum").groupby("massnahme_id")["status"].last()
    actors = table("zustaendigkeiten").groupby("massnahme_id")["akteur_id"].agg(set)
    goals = table("massnahme_bezuege").query("ziel_id != ''").groupby("massnahme_id")["ziel_id"].agg(set)
    costs = table("kosten")
    cost_years = costs.query("jahr != ''").groupby("massnahme_id")["jahr"].agg(set)

    def years(row: Any) -> set[str]:
        known = [int(day[:4]) for day in (row["beginn"], row["ende"]) if day]
        running = {str(y) for y in range(min(known), max(known) + 1)} if known else set()
        return running | cost_years.get(row["id"], set())

    names = table("akteure").set_index("id")["name"]
    texts = table("ziele").set_index("id")["text"]
    titles = fields.set_index("id")["name"]
    return pd.DataFrame(
        {
            "id": frame["id"],
            "feld": frame["handlungsfeld_id"],
            "status": frame["id"].map(history).fillna(""),
            "ziel": [goals.get(i, set()) for i in frame["id"]],
            "zustaendig": [actors.get(i, set()) for i in frame["id"]],
            "kosten": frame["id"].isin(costs["massnahme_id"]),
            "jahr": [years(row) for _, row in frame.iterrows()],
            "text": [
                " ".join(
                    [row["titel"], row["beschreibung"], row["zielgruppe"], titles[row["handlungsfeld_id"]]]
                    + [names[a] for a in actors.get(row["id"], set())]
                    + [texts[g] for g in goals.get(row["id"], set())]
                ).casefold()
                for _, row in frame.iterrows()
            ],
        }
    )


def expected_measures(frame: pd.DataFrame, choice: dict[str, str]) -> list[str]:
    keep = pd.Series(True, index=frame.index)
    for word, value in choice.items():
        if word in ("ziel", "zustaendig", "jahr"):
            keep &= frame[word].map(lambda found, v=value: not found if v == "ohne" else v in found)
        elif word == "kosten":
            keep &= frame["kosten"] == (value == "mit")
        elif word == "suche":
            for part in value.split():
                keep &= frame["text"].str.contains(part.casefold(), regex=False)
        else:
            keep &= frame[word] == ("" if value == "ohne" else value)
    return frame.loc[keep, "id"].tolist()


def test_measures_are_those_that_pandas_finds(explorer: Any) -> None:
    frame = measures()
    dice = random.Random(8)
    choices = {
        "feld": sorted(set(table("handlungsfelder")["id"])),
        "status": ["idee", "geplant", "angemeldet", "abgeschlossen", "ohne"],
        "ziel": ["ohne", *table("ziele")["id"]],
        "zustaendig": ["ohne", *set(table("zustaendigkeiten")["akteur_id"])],
        "kosten": ["mit", "ohne"],
        "jahr": ["2024", "ohne"],
        "suche": ["sprach", "DER", "kinder betreuung", "Förder", ".*", "(", "[a-z]", "gibt es nicht"],
    }
    page = explorer().page
    sizes = Counter()
    for _ in range(80):
        words = dice.sample(sorted(choices), dice.choice([1, 1, 2, 2, 3]))
        choice = {word: dice.choice(choices[word]) for word in words}
        found = _rows_for(page, {"thema": "massnahmen", **choice})
        expected = expected_measures(frame, choice)
        assert found == expected, choice
        sizes[len(expected)] += 1
    assert len(sizes) > 6  # the sample is not of empty answers


def test_observations_are_those_that_pandas_finds(explorer: Any) -> None:
    frame = table("messwerte")
    year = pd.to_numeric(frame["jahr"])
    keys = frame[["gebiet_id", "gruppe_id", "zeit", "art"]].agg("|".join, axis=1)
    dice = random.Random(80)
    page = explorer().page
    found_any = 0
    for _ in range(80):
        indicator = dice.choice(sorted(set(frame["indikator_id"])))
        own = frame[frame["indikator_id"] == indicator]
        choice: dict[str, str] = {}
        keep = frame["indikator_id"] == indicator
        if dice.random() < 0.5:
            areas = dice.sample(
                sorted(set(own["gebiet_id"])), dice.choice([1, min(2, own["gebiet_id"].nunique())])
            )
            choice["gebiet"] = ",".join(areas)
            keep &= frame["gebiet_id"].isin(areas)
        if dice.random() < 0.3:
            choice["gruppe"] = dice.choice(sorted(set(own["gruppe_id"])))
            keep &= frame["gruppe_id"] == choice["gruppe"]
        if dice.random() < 0.4:
            choice["von"] = str(dice.randint(2005, 2023))
            keep &= year >= int(choice["von"])
        if dice.random() < 0.3:
            choice["bis"] = str(dice.randint(2005, 2024))
            keep &= year <= int(choice["bis"])
        if dice.random() < 0.3:
            choice["art"] = dice.choice(["ist", "soll"])
            keep &= frame["art"] == choice["art"]
        choice["form"] = dice.choice(["linie", "punkte", "tabelle"])
        found = _rows_for(page, {"thema": "kennzahlen", "kennzahl": indicator, **choice})
        assert Counter(found) == Counter(keys[keep]), (indicator, choice)
        found_any += bool(found)
    assert found_any > 30


def _rows_for(page: Any, choice: dict[str, str]) -> list[str]:
    """Follow a link to a view and read its table."""
    before = page.evaluate("document.querySelector('.ik-erkunden').dataset.gezeichnet")
    page.evaluate("hash => { location.hash = hash }", urlencode(choice))
    # A view that changes nothing is not drawn again.
    page.evaluate(
        """async before => {
             const root = document.querySelector('.ik-erkunden');
             for (let n = 0; n < 20 && root.dataset.gezeichnet === before; n++) await new Promise(r => setTimeout(r, 5));
           }""",
        before,
    )
    return page.evaluate(ROWS)


def test_values_read_as_in_the_file(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-auslaendische-herkunft&gebiet=umland-hannover").page
    own = table("messwerte").query(
        "indikator_id == 'i-kita-auslaendische-herkunft' and gebiet_id == 'umland-hannover'"
    )
    shown = page.locator(".ik-e-tabelle td.ik-e-zahl").all_inner_texts()
    assert [text.replace("\u00a0%", "") for text in shown] == own.sort_values("jahr")["wert"].tolist()


def test_chart_shows_the_values(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-auslaenderanteil-zensus").page
    own = table("messwerte").query("indikator_id == 'i-auslaenderanteil-zensus'")
    heights = sorted(float(v.replace(",", ".")) for v in own["wert"])
    texts = page.locator(".ik-e-diagramm svg text").all_text_contents()
    drawn = [
        float(t.split("\u00a0")[0].replace(",", ".")) for t in texts if re.fullmatch(r"[\d,]+\u00a0%", t)
    ]
    assert drawn == sorted(drawn, reverse=True)
    assert len(drawn) == len(heights)
    assert all(abs(a - b) <= 0.0501 for a, b in zip(sorted(drawn), heights, strict=True))


def test_values_of_other_areas_do_not_pass_for_the_towns(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3").page
    assert page.inner_text(".ik-e-unter") == (
        "Betreuungsquote der unter Dreijährigen, in Prozent; keine eigenen Werte für Lehrte."
    )
    page.select_option("select[id$='-indicator']", "i-auslaenderanteil-zensus")
    assert page.inner_text(".ik-e-unter") == "Ausländeranteil nach dem Zensus 2022, in Prozent."


def test_areas_stand_in_one_order(explorer: Any) -> None:
    """The town first, then its districts, then the other municipalities, each as in the data."""
    page = explorer("thema=kennzahlen&kennzahl=i-flaeche").page
    areas = table("gebiete")
    areas = areas[areas["id"].isin(table("messwerte").query("indikator_id == 'i-flaeche'")["gebiet_id"])]
    levels = areas["ebene"].map({"ortsteil": 1, "gemeinde": 2}).where(areas["id"] != "lehrte", 0)
    expected = areas.assign(rang=levels).sort_values("rang", kind="stable")["id"].tolist()
    assert len(expected) > 12
    assert page.locator("[id$='-areas'] input").evaluate_all("all => all.map((e) => e.value)") == expected


def test_points_show_the_newest_value_of_each_series(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-arbeitslosenquote&form=punkte&gebiet=niedersachsen").page
    texts = " ".join(page.locator(".ik-e-diagramm svg text").all_text_contents())
    own = table("messwerte").query("indikator_id == 'i-arbeitslosenquote' and gebiet_id == 'niedersachsen'")
    latest = own.sort_values("jahr").groupby("gruppe_id").last()
    assert len(latest) == 2
    for row in latest.itertuples():
        assert f"({row.zeit})" in texts
        assert f"{row.wert}\u00a0%" in texts


# The questions of a council, each answered by the files alone


def asked(explorer: Any, words: str, **options: Any) -> Any:
    """Follow a question; what it shows is an address that shows the same."""
    page = explorer(**options).page
    page.locator(".ik-e-fragen a", has_text=words).click()
    page.wait_for_selector(f".ik-e-fragen a[aria-current] >> text={words}")
    again = explorer(page.evaluate("location.hash.slice(1)"), **options).page
    assert again.evaluate(ROWS) == page.evaluate(ROWS)
    assert status(again) == status(page)
    return page


def test_what_has_changed_is_what_the_page_of_editions_tells(explorer: Any, site: Any) -> None:
    page = asked(explorer, "Was hat sich seit „Stand August 2023“ geändert?")
    page.select_option("select[id$='-until']", "u-arbeitsfassung-1")
    told = site.soup("book/ausgaben.html").select(
        "table[id='tab-aenderungen-1'] tbody tr, #tab-aenderungen-1 tbody tr"
    )
    lines = {_plain(row.find(["th", "td"]).get_text()) for row in told if len(row.find_all(["th", "td"])) > 1}
    assert len(lines) > 40
    assert len(page.evaluate(ROWS)) > 50
    assert {_plain(t) for t in page.locator(".ik-e-tabelle tbody th").all_inner_texts()} == lines
    # New values of an indicator are as many as the file has for years after its last in the earlier state.
    page.select_option("select[id$='-change']", "geschehen")
    assert 0 < len(page.evaluate(ROWS)) < len(lines)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u00a0", " ")).strip()


def test_what_is_overdue_or_undated(explorer: Any) -> None:
    page = asked(explorer, "Was ist überfällig oder ohne Termin?")
    own = table("massnahmen").query("ende != ''").sort_values("ende", kind="stable")
    late = own[own["ende"] < "2025-12-18"]
    assert len(late) > 3
    assert set(page.evaluate(ROWS)[: len(late)]) == set(late["id"])
    undated = len(table("massnahmen")) - len(own)
    assert f"Davon sind {len(late)} Termine verstrichen, ohne Termin sind {undated}." in status(page)
    page.select_option("select[id$='-due']", "ueberfaellig")
    assert set(page.evaluate(ROWS)) == set(late["id"])


def test_what_costs_what_is_added_only_where_it_may_be(explorer: Any) -> None:
    page = asked(explorer, "Was kostet was?")
    costs = table("kosten")
    assert set(page.evaluate(ROWS)) == set(costs["massnahme_id"])
    costs["gruppe"] = costs["jahr"].where(costs["jahr"] != "", costs["art"])
    sums = costs.assign(v=costs["betrag_eur"].str.replace(",", ".").astype(float)).groupby(["gruppe", "haushaltsstand"])["v"].sum()  # fmt: skip
    texts = page.locator(".ik-e-diagramm svg text").all_text_contents()
    drawn = [t for t in texts if t.endswith("€")]
    assert sorted(float(re.sub(r"[^\d,]", "", t).replace(",", ".")) for t in drawn) == sorted(sums)
    assert "Eine Gesamtsumme gibt es nicht" in page.inner_text(".ik-e-quellen")
    whole = f"{sum(sums):,.0f}".replace(",", ".")
    assert whole not in page.inner_text(".ik-erkunden")


def test_all_numbers_for_the_town(explorer: Any) -> None:
    page = asked(explorer, "Alle Zahlen für Lehrte")
    own = table("messwerte").query("gebiet_id == 'lehrte'")
    keys = own.groupby(["indikator_id", "gruppe_id", "art"])["zeit"].count()
    found = page.evaluate(ROWS)
    assert len(found) == len(keys)
    assert {f.split("|")[0] for f in found} == set(own["indikator_id"])
    newest = (
        own.query("art == 'ist' and jahr != ''")
        .sort_values("jahr")
        .groupby(["indikator_id", "gruppe_id"])
        .last()
    )
    times = {(f.split("|")[0], f.split("|")[2]): f.split("|")[3] for f in found if f.endswith("|ist")}
    for (indicator, group), row in newest.iterrows():
        assert times[indicator, group] == row["zeit"]
    assert f"alle {len(own)} Werte" in status(page)
    # Each row leads to its indicator.
    page.locator(".ik-e-tabelle tbody a").first.click()
    assert page.evaluate("location.hash").startswith("#thema=kennzahlen&kennzahl=i-")


def peers_with(indicator: str) -> dict[str, float]:
    """Give the municipalities' values of an indicator that has one each."""
    towns = set(table("gebiete").query("ebene == 'gemeinde'")["id"])
    own = table("messwerte").query("indikator_id == @indicator and art == 'ist' and wert != ''")
    own = own[own["gebiet_id"].isin(towns)]
    return dict(zip(own["gebiet_id"], own["wert"].str.replace(",", ".").astype(float), strict=True))


def test_two_indicators_are_a_cloud_without_a_cause(explorer: Any) -> None:
    page = asked(explorer, "Wie hängen zwei Kennzahlen zusammen?")
    words = dict(part.split("=") for part in page.evaluate("location.hash.slice(1)").split("&"))
    both = peers_with(words["kennzahl"]).keys() & peers_with(words["dazu"]).keys()
    assert len(both) > 10
    assert page.locator(".ik-e-diagramm svg :is(circle[fill], path[stroke-width='2'])").count() - 1 == len(
        both
    )
    assert "zeigt keine Ursache" in page.inner_text(".ik-e-quellen")
    assert page.inner_text(".ik-e-unter").startswith(f"{len(both)} Gemeinden, je ein Zeichen.")
    page.focus(".ik-e-diagramm")
    page.locator("[aria-live=assertive]").filter(has_text="Pfeiltasten").wait_for()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.ik-e-punkt').textContent.includes('%')")
    assert page.inner_text(".ik-e-punkt").count("%") == 2


def test_two_indicators_stand_on_one_axis_of_time(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3&dazu=i-arbeitslosenquote&form=linie").page
    parts = page.locator(".ik-e-diagramm svg svg")
    assert parts.count() == 2
    axes = [
        part.locator("text").evaluate_all(
            "all => all.filter(t => /^(19|20)\\d\\d$/.test(t.textContent)).map(t => `${t.textContent} ${t.getAttribute('x')}`)"
        )
        for part in parts.all()
    ]
    assert axes[0] == axes[1]
    assert len(axes[0]) > 3


def test_where_the_town_stands_among_its_neighbours(explorer: Any) -> None:
    page = asked(explorer, "Wo steht Lehrte unter den Nachbarn?")
    values = peers_with(re.search(r"kennzahl=([\w-]+)", page.evaluate("location.hash"))[1])
    rank = 1 + sum(v > values["lehrte"] for v in values.values())
    assert 1 < rank < len(values)
    assert f"auf Platz {rank} von {len(values)} Gemeinden" in page.inner_text(".ik-e-quellen")
    page.goto(
        f"{page.url.partition('#')[0]}#thema=kennzahlen&kennzahl=i-wahlbeteiligung-europa&form=punkte&gebiet=lehrte"
    )
    assert "Platz" not in page.inner_text(".ik-e-quellen")


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("ansicht=index&gruppe=mit-migrationshintergrund", lambda a, b: 100 * a[-1] / a[0]),
        ("ansicht=abstand&gruppe=mit-migrationshintergrund,ohne-migrationshintergrund", lambda a, b: a[-1] - b[-1]),
    ],
)  # fmt: skip
def test_views_say_what_they_compute(explorer: Any, view: str, expected: Any) -> None:
    page = explorer(f"thema=kennzahlen&kennzahl=i-kita-quote-u3&gebiet=deutschland&{view}").page
    own = table("messwerte").query("indikator_id == 'i-kita-quote-u3' and gebiet_id == 'deutschland'")
    own = own.sort_values("jahr").assign(v=lambda f: f["wert"].str.replace(",", ".").astype(float))
    a, b = (own.loc[own["gruppe_id"] == f"{g}-migrationshintergrund", "v"].tolist() for g in ("mit", "ohne"))
    page.focus(".ik-e-diagramm")
    page.locator("[aria-live=assertive]").filter(has_text="Pfeiltasten").wait_for()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.ik-e-punkt').textContent.length > 5")
    shown = re.search(r": (-?[\d.]+(?:,\d+)?)", page.inner_text(".ik-e-punkt"))[1]
    assert abs(float(shown.replace(".", "").replace(",", ".")) - expected(a, b)) <= 0.0501
    words = {"index": "steht für 100", "abstand": "in Prozentpunkten"}
    assert words[view.split("&", maxsplit=1)[0].removeprefix("ansicht=")] in page.inner_text(".ik-e-quellen")


def test_measures_are_sorted_by_what_their_columns_say(explorer: Any) -> None:
    page = explorer("thema=massnahmen").page
    titles = table("massnahmen").set_index("id")["titel"]
    page.click(".ik-e-kopf[data-reihe=massnahme]")
    rows = [titles[i] for i in page.evaluate(ROWS)]
    assert rows == page.evaluate("all => all.sort(new Intl.Collator('de', { numeric: true }).compare)", rows)
    assert page.evaluate("document.activeElement.dataset.reihe") == "massnahme"
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "ascending"
    page.click(".ik-e-kopf[data-reihe=massnahme]")
    assert [titles[i] for i in page.evaluate(ROWS)] == rows[::-1]
    assert page.evaluate("location.hash") == "#thema=massnahmen&reihe=-massnahme"
    page.click(".ik-e-kopf[data-reihe=massnahme]")
    assert page.evaluate(ROWS) == measures()["id"].tolist()


def test_columns_that_say_nothing_fold_away(explorer: Any) -> None:
    page = explorer("thema=massnahmen&feld=wohnen").page
    heads = page.locator(".ik-e-tabelle thead th").all_inner_texts()
    assert not [h for h in heads if h.startswith("Kosten")]
    assert "Kosten" in page.locator("text=In keiner Zeile genannt").inner_text()


def test_the_list_of_indicators_is_searched_and_grouped(explorer: Any) -> None:
    page = explorer("thema=kennzahlen").page
    groups = page.locator("select[id$='-indicator'] optgroup").evaluate_all("all => all.map((e) => e.label)")
    assert len(groups) == len(set(groups)) > 3
    page.fill("input[id$='-finder']", "schulabgang")
    left = page.locator("select[id$='-indicator'] option").evaluate_all(
        "all => all.map((e) => e.textContent)"
    )
    assert 1 <= len(left) <= 3
    assert any("Schulabgang" in text for text in left)


def test_an_answer_comes_within_two_screens_of_a_phone(explorer: Any) -> None:
    page = explorer("thema=massnahmen&termin=offen", width=360, folded=True).page
    for part in (".ik-e-stand", ".ik-e-befund", ".ik-e-diagramm"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 2 * 740, part
    # What narrows further is one click away, what leaves the page stands before the long list.
    assert not page.locator("select[id$='-due']").is_visible()
    buttons, table = (page.locator(part).first.bounding_box() for part in (".ik-e-knoepfe", ".ik-e-tabelle"))
    assert buttons["y"] < table["y"]


def test_a_picture_names_finding_source_and_address(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3").page
    with page.expect_download() as download:
        page.click("text=Bild (SVG)")
    said = " ".join(re.findall(r"<text[^>]*>([^<]*)", Path(download.value.path()).read_text("utf-8")))
    for words in (
        "Quelle:",
        "Stand der Daten: 18.12.2025",
        page.inner_text(".ik-e-befund").split(":")[0][:30],
    ):
        assert words in said.replace("\u00ad", "")
    assert "kennzahl=i-kita-quote-u3" in said.replace(" ", "").replace("&amp;", "&")
    with page.expect_download() as download:
        page.click("text=Bild (PNG)")
    picture = Path(download.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 1000


def test_a_line_for_a_chapter_names_the_view(explorer: Any) -> None:
    page = explorer("thema=massnahmen&feld=bildung&status=geplant").page
    page.click("text=Als Zelle für mein Kapitel")
    line = page.inner_text(".ik-e-zelle")
    assert (
        line == 'from konzept import buch; buch().selection("thema=massnahmen&feld=bildung&status=geplant")'
    )


# How it is used


def test_address_and_controls_say_the_same(explorer: Any) -> None:
    watched = explorer()
    page = watched.page
    page.select_option("select[id$='-field']", "gesundheit")
    page.fill(SEARCH, "projekt")
    assert page.evaluate("location.hash") == "#thema=massnahmen&feld=gesundheit&suche=projekt"
    expected = expected_measures(measures(), {"feld": "gesundheit", "suche": "projekt"})
    assert page.evaluate(ROWS) == expected
    assert 0 < len(expected) < 3
    again = explorer(page.evaluate("location.hash.slice(1)")).page
    assert again.evaluate(ROWS) == expected
    assert again.input_value("select[id$='-field']") == "gesundheit"
    assert again.input_value(SEARCH) == "projekt"
    assert status(again) == status(page)
    again.click("text=Auswahl zurücksetzen")
    assert len(again.evaluate(ROWS)) == 26
    assert watched.errors == []


def test_sentence_says_what_is_shown(explorer: Any) -> None:
    page = explorer("feld=bildung&status=geplant").page
    assert status(page) == "Gezeigt wird 1 von 26 Maßnahmen: Handlungsfeld „1. Bildung“; Status „geplant“."
    page.check("input[value=kennzahlen]")
    assert status(page).startswith("Gezeigt werden alle 2 Werte zu „Kinder mit wenig bis gar keinem Deutsch")
    assert page.locator(".ik-e-stand").get_attribute("role") == "status"


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("feld=bildnug", "Gezeigt werden alle 26 Maßnahmen. Unbekannt und deshalb nicht berücksichtigt: feld=bildnug."),
        ("thema=geld&farbe=rot", "Unbekannt und deshalb nicht berücksichtigt: thema=geld, farbe=rot."),
        ("thema=kennzahlen&kennzahl=i-nichts&von=gestern", "kennzahl=i-nichts, von=gestern."),
        ("thema=kennzahlen&kennzahl=i-kita-quote-u3&gebiet=mond,niedersachsen", "gebiet=mond."),
        ("suche=%5B.*%2B%3F(", "Zu dieser Auswahl gibt es keine Maßnahme: Suche „[.*+?(“."),
        ("feld=wohnen&kosten=mit", "Zu dieser Auswahl gibt es keine Maßnahme"),
        ("thema=kennzahlen&kennzahl=i-flaeche&von=2030", "Zu dieser Auswahl gibt es keinen Wert"),
        ("suche=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "Suche „<img src=x onerror=alert(1)>“"),
        ("thema=aenderungen&seit=u-nie", "Unbekannt und deshalb nicht berücksichtigt: seit=u-nie."),
        ("thema=aenderungen&seit=u-arbeitsfassung-1&zum=u-arbeitsfassung-1", "Der zweite Stand muss der jüngere sein."),
        ("thema=zahlen&fuer=mond", "Unbekannt und deshalb nicht berücksichtigt: fuer=mond."),
        ("thema=massnahmen&reihe=__proto__&termin=nie", "termin=nie, reihe=__proto__."),
        ("thema=kennzahlen&kennzahl=i-weg&dazu=i-auch-weg&ansicht=9", "kennzahl=i-weg, dazu=i-auch-weg, ansicht=9."),
        ("__proto__=x&constructor=y", "nicht berücksichtigt: __proto__=x, constructor=y."),
        ("werkstatt-massnahmen", "Gezeigt werden alle 26 Maßnahmen."),
    ],
)  # fmt: skip
def test_strange_choices_are_answered_calmly(explorer: Any, choice: str, words: str) -> None:
    watched = explorer(choice)
    assert words in status(watched.page)
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.page.locator(".ik-e-tabelle img").count() == 0


def test_another_indicator_starts_with_all_values(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3&gebiet=niedersachsen&von=2015").page
    page.select_option("select[id$='-indicator']", "i-flaeche")
    assert "alle 31 Werte" in status(page)
    assert page.evaluate("location.hash") == "#thema=kennzahlen&kennzahl=i-flaeche"


def test_areas_are_chosen_by_keyboard(explorer: Any) -> None:
    page = explorer("thema=kennzahlen&kennzahl=i-kita-auslaendische-herkunft").page
    page.focus(".ik-e-mehr summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "Gebiete: Umland (20 Kommunen)" in page.inner_text(".ik-e-mehr summary")
    assert "17 von 51 Werten" in status(page)
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_all_controls_are_reached_by_tab_and_seen(explorer: Any) -> None:
    page = explorer().page
    wanted = page.locator(".ik-erkunden :is(select, button, input, summary, [tabindex='0'])")
    names = {e.get_attribute("id") or e.inner_text() for e in wanted.all() if e.is_visible()}
    page.focus("input[value=massnahmen]")
    reached = {page.evaluate("document.activeElement.id")}
    for _ in range(100):
        seen = page.evaluate(
            """() => { const e = document.activeElement; const seen = e.matches('[type=radio]') ? e.nextElementSibling : e;
                 return [e.id || e.innerText, getComputedStyle(seen).outlineStyle, getComputedStyle(seen).outlineWidth, Boolean(e.closest('.ik-erkunden'))] }"""
        )
        if not seen[3]:
            break
        if page.evaluate("document.activeElement.tagName") != "A":
            assert seen[1:3] == ["solid", "3px"], seen
        reached.add(seen[0])
        page.keyboard.press("Tab")
    # Of radio buttons Tab reaches the chosen one.
    radios = {f for f in names if re.search(r"-(topic|chart_by)-", f)}
    assert names - radios <= reached
    assert len(reached & radios) == 2


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("choice", ["", "thema=kennzahlen&kennzahl=i-kita-quote-u3"])
def test_targets_are_large_and_labelled(explorer: Any, width: int, choice: str) -> None:
    page = explorer(choice, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if choice:
        for summary in page.locator(".ik-e-mehr summary").all():
            summary.click()
    controls = page.locator(".ik-erkunden :is(select, button, summary, input)")
    checked = 0
    for control in controls.all():
        if not control.is_visible():
            continue
        # A box is ticked by its label, too.
        target = control.locator("xpath=..") if control.get_attribute("type") == "checkbox" else control
        assert target.bounding_box()["height"] >= 44, control.get_attribute("id")
        if control.evaluate("e => 'labels' in e && e.tagName !== 'BUTTON'"):
            assert control.evaluate("e => e.labels.length") == 1
        checked += 1
    assert checked >= 12


def test_arrow_keys_walk_the_points_in_german(explorer: Any) -> None:
    watched = explorer("thema=kennzahlen&kennzahl=i-kita-auslaendische-herkunft")
    page = watched.page
    own = table("messwerte").query(
        "indikator_id == 'i-kita-auslaendische-herkunft' and gebiet_id == 'umland-hannover'"
    )
    values = own.sort_values("jahr")["wert"].tolist()
    page.focus(".ik-e-diagramm")
    voice = page.locator("[aria-live=assertive] >> css=div:last-child")
    voice.filter(has_text="Pfeiltasten").wait_for()
    assert "Diagramm: Im Umland der Landeshauptstadt" in voice.inner_text()
    for n in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        year, value = str(2008 + n), _round_half_up(values[n])
        voice.filter(has_text=f"{year}, {value}\u00a0%").wait_for()
        assert page.inner_text(".ik-e-punkt") == f"Umland (20 Kommunen), {year}: {value}\u00a0%"
    page.keyboard.press("PageDown")
    voice.filter(has_text="Region Hannover").wait_for()
    assert page.inner_text(".ik-e-punkt").startswith("Region Hannover, ")
    assert watched.errors == []
    assert watched.hosts == {watched.page.url.split("/")[2]}


def _round_half_up(text: str) -> str:
    from decimal import ROUND_HALF_UP, Decimal

    return str(Decimal(text.replace(",", ".")).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def test_bars_are_read_with_their_words(explorer: Any) -> None:
    page = explorer().page
    page.focus(".ik-e-diagramm")
    voice = page.locator("[aria-live=assertive] >> css=div:last-child")
    voice.filter(has_text="Pfeiltasten").wait_for()
    page.keyboard.press("End")
    voice.filter(has_text="zum Haushalt angemeldet, 1 Maßnahme").wait_for()


def test_sounds_are_heard_only_when_wanted(explorer: Any) -> None:
    watched = explorer("thema=kennzahlen&kennzahl=i-kita-auslaendische-herkunft")
    page = watched.page
    page.evaluate(
        """() => { window.tones = 0; const make = AudioContext.prototype.createOscillator;
             AudioContext.prototype.createOscillator = function () { window.tones++; return make.call(this); } }"""
    )
    for wanted in (False, True):
        if wanted:
            page.check("text=Töne dazu")
        page.focus(".ik-e-diagramm")
        page.locator("[aria-live=assertive]").filter(has_text="Pfeiltasten").wait_for()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
        assert (page.evaluate("window.tones") > 0) == wanted
        page.focus("select[id$='-kind']")


def test_file_holds_the_choice_for_german_excel(explorer: Any) -> None:
    page = explorer(
        "thema=kennzahlen&kennzahl=i-kita-quote-u3&gruppe=mit-migrationshintergrund&von=2020"
    ).page
    content = _download(page)
    assert content.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content[1:], newline=""), delimiter=";"))
    frame = table("messwerte").query(
        "indikator_id == 'i-kita-quote-u3' and gruppe_id == 'mit-migrationshintergrund'"
    )
    frame = frame[pd.to_numeric(frame["jahr"]) >= 2020].sort_values(["jahr"], kind="stable")
    assert len(frame) > 3
    assert sorted((r["Jahr"], r["Wert"]) for r in rows) == sorted(
        zip(frame["jahr"], frame["wert"], strict=True)
    )
    assert {r["Einheit"] for r in rows} == {"Prozent"}
    assert all(r["Quelle"] and r["Fundstelle"] for r in rows)


def test_changes_name_source_licence_and_state_in_their_file(explorer: Any) -> None:
    page = explorer("thema=aenderungen&seit=u-august-2023&zum=u-arbeitsfassung-1").page
    rows = list(csv.DictReader(io.StringIO(_download(page)[1:], newline=""), delimiter=";"))
    code, name = "dl-de/by-2-0", "Datenlizenz Deutschland Namensnennung 2.0"
    licences = [text.replace(code, name) for text in table("dokumente")["lizenz"]]
    assert list(rows[0])[-4:] == ["Quelle", "Fundstelle", "Lizenz", "Stand der Daten"]
    assert {r["Stand der Daten"] for r in rows} == {"18.12.2025"}
    assert {r["Lizenz"] for r in rows} <= {*filter(None, licences), "nicht angegeben"}
    assert sum(r["Lizenz"] != "nicht angegeben" for r in rows) > 5
    assert all(r["Von"] and r["Bis"] for r in rows)


def workbook(page: Any) -> Any:
    """Load the workbook that the page gives."""
    with page.expect_download() as download:
        page.click("text=Für Excel")
    assert download.value.suggested_filename.endswith(".xlsx")
    return openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))


def records(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows()
    return [{h.value: cell for h, cell in zip(head, row, strict=False)} for row in rows]


def test_workbook_holds_the_values_of_the_files(explorer: Any) -> None:
    watched = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3&gruppe=mit-migrationshintergrund&von=2020", folded=True)  # fmt: skip
    book = workbook(watched.page)
    own = table("messwerte").query(
        "indikator_id == 'i-kita-quote-u3' and gruppe_id == 'mit-migrationshintergrund'"
    )
    own = own[pd.to_numeric(own["jahr"]) >= 2020]
    names = table("gebiete").set_index("id")["name"]
    expected = [
        (names[r.gebiet_id], int(r.jahr), float(r.wert.replace(",", ".")), r.fundstelle)
        for r in own.itertuples()
    ]
    rows = records(book["Werte der Auswahl"])
    assert len(rows) > 3
    found = [tuple(r[k].value for k in ("Gebiet", "Jahr", "Wert", "Fundstelle")) for r in rows]
    assert Counter(found) == Counter(expected)
    assert {r["Wert"].data_type for r in rows} == {"n"}
    assert {r["Stand der Daten"].value for r in rows} == {dt.datetime(2025, 12, 18)}
    assert all(r["Quelle"].value and r["Lizenz"].value for r in rows)
    about = dict(row[:2] for row in book["Über diese Datei"].iter_rows(values_only=True))
    assert about["Gezeigt"] == status(watched.page)
    assert about["Adresse"] == watched.page.url
    assert about["Stand der Daten"] == dt.datetime(2025, 12, 18)
    # Its headings are those of the CSV file.
    unfold(watched.page)
    head = next(csv.reader(io.StringIO(_download(watched.page)[1:], newline=""), delimiter=";"))
    assert list(rows[0]) == head
    assert watched.errors == []


@pytest.mark.parametrize("topic", ["massnahmen", "aenderungen", "zahlen", "kennzahlen&kennzahl=i-kita-quote-u3&dazu=i-arbeitslosenquote"])  # fmt: skip
def test_workbook_and_csv_file_say_the_same(explorer: Any, topic: str) -> None:
    page = explorer(f"thema={topic}").page
    sheet = workbook(page).worksheets[0]
    rows = [[_as_csv(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    content = csv.reader(io.StringIO(_download(page)[1:], newline=""), delimiter=";")
    expected = [[cell.removeprefix("'") if cell[1:2] in ("=", "+", "-", "@") else cell for cell in row] for row in content]  # fmt: skip
    assert len(rows) > 5
    assert rows == expected


def _as_csv(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return repr(value).replace(".", ",").removesuffix(",0")
    return "" if value is None else str(value)


def test_pictures_in_pixels_have_the_books_font(explorer: Any) -> None:
    """A bug once: a picture within a page knows no font of the page, so it had whatever the machine has."""
    page = explorer("thema=kennzahlen&kennzahl=i-kita-quote-u3").page
    page.evaluate(
        """() => { window.written = []; const write = CanvasRenderingContext2D.prototype.fillText;
             CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
               window.written.push([text, this.font, this.measureText(text).width]); return write.call(this, text, ...at); } }"""
    )
    with page.expect_download():
        page.click("text=Bild (PNG)")
    written = page.evaluate("window.written")
    assert len(written) > 15
    assert {font.split(" ", 1)[0] for _, font, _ in written} >= {"400", "600"} or any(
        "600" in f for _, f, _ in written
    )
    for text, font, width in written:
        size = re.search(r"([\d.]+)px", font)[1]
        weight = 600 if "600" in font else 400
        drawn = page.evaluate(
            """([text, size, weight]) => { const e = document.createElement("span"); e.textContent = text;
                 e.style.cssText = `position:absolute;white-space:pre;font:${weight} ${size}px 'Source Sans 3'`; document.body.append(e);
                 const { width } = e.getBoundingClientRect(); e.remove(); return [width, document.fonts.check(`${weight} ${size}px 'Source Sans 3'`)]; }""",
            [text, size, weight],
        )
        assert drawn[1]
        assert abs(drawn[0] - width) < 1, (text, font)


def _download(page: Any) -> str:
    with page.expect_download() as download:
        page.click("text=/^CSV$/")
    return Path(download.value.path()).read_bytes().decode("utf-8")


def test_picture_is_whole_by_itself(explorer: Any) -> None:
    page = explorer().page
    with page.expect_download() as download:
        page.click("text=Bild (SVG)")
    picture = Path(download.value.path()).read_text("utf-8")
    assert picture.startswith("<svg")
    assert "var(" not in picture
    assert "geplant" in picture


def test_hostile_texts_stay_text(hostile_site: Any, watch: Any) -> None:
    watched = watch(f"{hostile_site.address}/{PAGE}")
    page = watched.page
    page.wait_for_selector(READY)
    unfold(page)
    assert "<script>alert(1)</script>" in page.inner_text(".ik-e-tabelle")
    texts = [cell for sheet in workbook(page).worksheets for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") and cell.data_type == "s" for cell in texts)
    assert not [cell for cell in texts if cell.data_type == "f"]
    content = _download(page)
    cells = [cell for row in csv.reader(io.StringIO(content[1:], newline=""), delimiter=";") for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)]
    page.check("input[value=kennzahlen]")
    page.wait_for_function("document.querySelector('.ik-e-stand').textContent.includes('Werte zu')")
    for form in ("linie", "punkte", "tabelle"):
        page.check(f"input[value={form}]")
    assert watched.dialogs == []
    assert watched.errors == []
    assert watched.hosts == {hostile_site.address.removeprefix("http://")}


def test_printing_leaves_the_controls_out(explorer: Any) -> None:
    page = explorer("feld=bildung").page
    page.emulate_media(media="print")
    assert not page.locator(".ik-e-steuerung").is_visible()
    assert not page.locator("text=Für Excel").is_visible()
    assert page.locator(".ik-e-stand").is_visible()
    assert page.locator(".ik-e-diagramm svg").is_visible()
    assert page.locator(".ik-e-tabelle tbody tr").count() == 8


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "choice",
    ["thema=kennzahlen&kennzahl=i-kita-quote-u3", "thema=kennzahlen&kennzahl=i-flaeche&form=punkte", "feld=wohnen&kosten=mit",
     "thema=aenderungen", "thema=zahlen", "thema=massnahmen&kosten=mit&nach=kosten",
     "thema=kennzahlen&kennzahl=i-auslaenderanteil-zensus&dazu=i-einwanderungsgeschichte-zensus&form=streuung"],
)  # fmt: skip
def test_views_are_accessible(explorer: Any, choice: str, dark: bool) -> None:
    page = explorer(choice, dark=dark).page
    for summary in page.locator(".ik-e-mehr:visible summary").all():
        summary.click()
    if page.locator(".ik-e-diagramm").is_visible():
        page.focus(".ik-e-diagramm")
        page.locator("[aria-live=assertive]").filter(has_text="Pfeiltasten").wait_for()
    assert violations(page) == []


# Without a script, without a server


def test_without_scripts_all_tables_stand_there(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{PAGE}", scripts=False).page
    tables = page.locator(".ik-werkstatt__tabellen details")
    assert tables.first.is_visible()
    assert page.locator(".ik-erkunden").count() == 0
    tables.first.locator("summary").click()
    assert tables.first.locator("tbody tr").count() == len(table("massnahmen"))
    text = site.soup(PAGE).select_one(".ik-werkstatt__tabellen")
    frame = table("messwerte")
    assert len(text.select("details")) == 1 + frame["indikator_id"].nunique()
    values = Counter(m.replace(".", "") for m in re.findall(r"-?\d[\d.]*(?:,\d+)?", text.get_text(" ")))
    missing = Counter(v for v in frame["wert"] if v) - values
    assert not missing


def test_it_works_from_a_folder(site: Any, watch: Any) -> None:
    watched = watch(f"{(site.folder / PAGE).as_uri()}#thema=kennzahlen&kennzahl=i-kita-quote-u3")
    page = watched.page
    page.wait_for_selector(READY)
    page.focus(".ik-e-diagramm")
    page.locator("[aria-live=assertive]").filter(has_text="Pfeiltasten").wait_for()
    assert "59 Werte" in status(page)
    assert watched.hosts <= {""}
    assert watched.errors == []


# The figures lead here


def test_every_figure_of_measures_or_an_indicator_leads_to_its_view(site: Any) -> None:
    checked = Counter()
    for path in site.pages():
        for figure in site.soup(path).select("figure.ik-abb[id]"):
            link = figure.select_one("a.ik-oeffnen")
            indicator = re.match(r"abb-(?:soll-|karte-)?(i-[\w-]+?)(?:-gesamt)?$", figure["id"])
            field = re.match(r"abb-status-(\w+)$", figure["id"])
            if indicator:
                assert f"thema=kennzahlen&kennzahl={indicator[1]}" in link["href"], figure["id"]
            elif field and field[1] != "alle":
                assert link["href"].endswith(f"erkunden.html#thema=massnahmen&feld={field[1]}")
            elif figure["id"] in ("abb-status-alle", "abb-kosten", "abb-angaben"):
                assert "erkunden.html#thema=massnahmen" in link["href"]
            elif figure["id"] in ("abb-nachbarn", "abb-nachbarkarte"):
                assert "erkunden.html#thema=kennzahlen" in link["href"]
            else:
                assert link is None, figure["id"]
                continue
            checked[link.get_text()] += 1
            assert (site.folder / path).parent.joinpath(link["href"].partition("#")[0]).resolve() == (
                site.folder / PAGE
            ).resolve()
    assert set(checked) == {"In der Werkstatt öffnen"}
    assert checked.total() > 20


def test_a_figures_link_shows_the_same_data(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/book/monitoring.html")
    page = watched.page
    figure = page.locator("#abb-i-kita-quote-u3")
    address = figure.locator("a.ik-csv").evaluate("a => a.href")
    file = site.folder / address.removeprefix(f"{site.address}/")
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))[1:]
    figure.locator("a.ik-oeffnen").click()
    page.wait_for_selector(READY)
    assert f"alle {len(rows)} Werte" in status(page)
    assert watched.errors == []


# What it costs


def test_scripts_are_small(site: Any) -> None:
    static = site.folder / "_static"
    packed = {n: len(gzip.compress((static / n).read_bytes(), 9)) for n in ("explorer.js", "explorer-page.js", "chart2music.js", "client-zip.js")}  # fmt: skip
    assert sum(packed.values()) <= 70 * 1024, packed
    assert len(gzip.compress((site.folder / PAGE).read_bytes(), 9)) < 80 * 1024
    assert "Copyright (c) 2022 julianna-langston" in (static / "chart2music.js").read_text("utf-8")


@pytest.fixture(scope="module")
def with_material(site: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Exchange the material of the page, in a copy of it."""
    folder = tmp_path_factory.mktemp("gross")
    for path in site.folder.iterdir():
        if path.name != "book":
            (folder / path.name).symlink_to(path)
    (folder / "book").mkdir()
    text = (site.folder / PAGE).read_text("utf-8")
    before, _, rest = text.partition('class="ik-werkstatt__stoff">')
    old, _, after = rest.partition("</script>")

    def exchange(name: str, change: Any) -> str:
        material = json.loads(old)
        change(material)
        path = folder / "book" / f"{name}.html"
        path.write_text(
            f'{before}class="ik-werkstatt__stoff">{json.dumps(material)}</script>{after}', "utf-8"
        )
        return path.as_uri()

    yield exchange
    shutil.rmtree(folder)


def many_measures(count: int) -> Any:
    def change(material: dict[str, Any]) -> None:
        own = material["measures"]
        material["measures"] = [{**own[n % len(own)], "id": f"m-{n}", "title": f"{own[n % len(own)]['title']} {n}"} for n in range(count)]  # fmt: skip

    return change


def many_observations(count: int) -> Any:
    def change(material: dict[str, Any]) -> None:
        columns = material["observations"]
        total = len(columns["i"])
        for name in ("i", "k", "a", "g", "t", "y", "v", "p", "b", "n", "s"):
            columns[name] = [columns[name][n % total] for n in range(count)]

    return change


CHANGE = """async values => {
  const select = document.querySelector("select[id$='-field']");
  const times = [];
  for (const value of values) {
    select.value = value;
    const start = performance.now();
    select.dispatchEvent(new Event('change'));
    await Promise.resolve();
    document.querySelector('.ik-erkunden').getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(r => setTimeout(r, 20));
  }
  return times;
}"""


def test_it_is_usable_soon_and_redraws_500_measures_at_once(with_material: Any, watch: Any) -> None:
    address = with_material("fuenfhundert", many_measures(500))
    loads, redraws = [], []
    for _ in range(3):
        watched = watch(address)
        watched.page.wait_for_selector(READY)
        loads.append(
            watched.page.evaluate(
                "() => performance.getEntriesByName('ik-bereit')[0].startTime - performance.getEntriesByType('navigation')[0].responseEnd"
            )
        )
        times = watched.page.evaluate(CHANGE, ["bildung", "", "arbeit", "", "sprache", ""])
        redraws.append(statistics.median(times))
        watched.page.close()
    # Whatever else the machine does can only add to it: the best of three is nearest to what it costs.
    assert min(loads) <= SLOW * 1000, loads
    assert min(redraws) <= SLOW * 100, redraws


def test_5000_measures_are_answered_calmly(with_material: Any, watch: Any) -> None:
    watched = watch(with_material("viele", many_measures(5000)))
    page = watched.page
    page.wait_for_selector(READY)
    unfold(page)
    assert status(page) == "Gezeigt werden alle 5.000 Maßnahmen."
    assert page.locator(".ik-e-tabelle tbody tr").count() == 50
    page.click("text=Weitere Zeilen zeigen (4.950 folgen)")
    assert page.locator(".ik-e-tabelle tbody tr").count() == 300
    page.fill(SEARCH, ".*(")
    assert "keine Maßnahme" in status(page)
    assert statistics.median(page.evaluate(CHANGE, ["bildung", "", "arbeit", ""])) <= SLOW * 500
    page.click("text=Auswahl zurücksetzen")
    assert _download(page).count("\r\n") == 5001
    assert watched.errors == []


def test_250000_observations_are_answered_calmly(with_material: Any, watch: Any) -> None:
    watched = watch(with_material("massen", many_observations(250_000)))
    page = watched.page
    page.wait_for_selector(READY, timeout=30_000)
    unfold(page)
    page.check("input[value=kennzahlen]")
    own = table("messwerte")["indikator_id"]
    whole, rest = divmod(250_000, len(own))
    count = whole * (own == "i-schulabgang-ohne-hsa").sum() + (own[:rest] == "i-schulabgang-ohne-hsa").sum()
    page.select_option("select[id$='-indicator']", "i-schulabgang-ohne-hsa")
    assert f"alle {count:,} Werte".replace(",", ".") in status(page)
    assert page.locator(".ik-e-tabelle tbody tr").count() == 50
    for form in ("punkte", "tabelle", "linie"):
        page.check(f"input[value={form}]")
        assert f"alle {count:,} Werte".replace(",", ".") in status(page)
    # Whatever else the machine does can only add to it.
    times = page.evaluate(CHANGE.replace("-field", "-kind"), ["ist", "soll"] * 12)
    assert min(times[::2]) <= SLOW * 50, times
    assert watched.errors == []
