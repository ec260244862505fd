"""Ist und Soll: numbers recomputed from the CSVs by another path; breaks, targets and gaps."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from folders import minimal, rows, write
from konzept.concept.assembly import load_concept
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.elements.content import Sheet, plain
from konzept.elements.indicators import monitoring
from konzept.elements.sources.tables import notes_table
from konzept.notebook.html import as_html

SOURCE = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
WORDS = {"keinem": 0, "einem": 1, "keiner": 0, "einer": 1} | {
    w: n
    for n, w in enumerate(
        ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"], 2
    )
}


@pytest.fixture(scope="module")
def concept(real: Path) -> Concept:
    return load_concept(real)


def number(text: str) -> int:
    return WORDS[text] if text in WORDS else int(text)


def sheet_of(concept: Concept, indicator_id: str) -> dict[str, str]:
    found = next(i for i in concept.indicators if i.id == indicator_id)
    return terms(monitoring.sheet(concept, found))


def terms(sheet: Sheet) -> dict[str, str]:
    return {term: plain(lines, "\n") for term, lines in sheet.items}


def test_lead_counts_what_the_files_hold(concept: Concept, real: Path) -> None:
    values = rows(real, "messwerte")
    observed = {r["indikator_id"] for r in values if r["art"] == "ist"}
    own = {r["indikator_id"] for r in values if r["art"] == "ist" and r["gebiet_id"] == "lehrte"}
    aims = {(r["indikator_id"], r["soll_art"]) for r in values if r["art"] == "soll"}
    kinds = Counter(kind for _, kind in aims)
    text = plain(monitoring.lead(concept).lines)
    assert text.startswith(f"{len(rows(real, 'indikatoren'))} Indikatoren")
    first, second = re.findall(r"[Zz]u (\w+)", text)[:2]
    assert (number(first), number(second)) == (len(observed), len(own))
    match = re.search(r"beschlossenen Sollwert (?:hat|haben) (\w+), einen abgeleiteten (\w+)\.", text)
    assert match is not None
    assert [number(match[1]), number(match[2])] == [kinds["beschlossen"], kinds["abgeleitet"]]


def test_table_counts_by_field(concept: Concept, real: Path) -> None:
    table = monitoring.overview_table(concept)
    assert table is not None
    values = rows(real, "messwerte")
    field_of = {r["id"]: r["handlungsfeld_id"] for r in rows(real, "indikatoren")}
    names = {f"{r['nr']}. {r['name']}": r["id"] for r in rows(real, "handlungsfelder")}
    names[monitoring.ACROSS] = ""
    observed = {r["indikator_id"] for r in values if r["art"] == "ist"}
    own = {r["indikator_id"] for r in values if r["art"] == "ist" and r["gebiet_id"] == "lehrte"}
    aims = {r["indikator_id"] for r in values if r["art"] == "soll"}
    still_open = Counter(
        field_of[r["zeile_id"]]
        for r in rows(real, "pruefhinweise")
        if r["tabelle"] == "indikatoren" and r["stand"] == "offen"
    )
    assert len(table.rows) == len(set(field_of.values()))
    for row in table.rows:
        key = names[row.cells[0].text]
        mine = {i for i, f in field_of.items() if f == key}
        shown = [0 if c.text == "–" else int(c.text) for c in row.cells[1:]]
        sets = [mine, mine & observed, mine & own, mine & aims]
        assert shown == [*map(len, sets), still_open[key]]


def test_every_indicator_stands_once(concept: Concept, real: Path) -> None:
    blocks = [block for block, _ in monitoring.sheets(concept)]
    values = {r["indikator_id"] for r in rows(real, "messwerte")}
    known = rows(real, "indikatoren")
    assert sorted(s.label for b in blocks for s in b.items) == sorted(values)
    silent = " ".join(plain((line,)) for b in blocks for line in b.rest)
    for row in known:
        if row["id"] not in values:
            assert f"{row['name']}:" in silent


def test_newest_values_are_those_of_the_file_and_the_town_comes_first(concept: Concept, real: Path) -> None:
    with (real / "messwerte.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [r for r in csv.DictReader(file, delimiter=";") if r["art"] == "ist" and r["wert"]]
    newest = max(
        (
            r
            for r in values
            if r["indikator_id"] == "i-wahlbeteiligung-gemeindewahl" and r["gebiet_id"] == "lehrte"
        ),
        key=lambda r: int(r["jahr"]),
    )
    first = sheet_of(concept, "i-wahlbeteiligung-gemeindewahl")["Neueste Werte"].split("\n")[0]
    assert first.startswith("Lehrte: ")
    assert newest["jahr"] in first
    shown = re.search(r"([\d,]+)\u00a0%", first)
    assert shown is not None
    assert abs(float(shown[1].replace(",", ".")) - float(newest["wert"].replace(",", "."))) < 0.051


def test_that_the_town_has_no_value_is_said_once_for_the_page(concept: Concept, real: Path) -> None:
    values = [r for r in rows(real, "messwerte") if r["art"] == "ist" and r["wert"]]
    own = {r["indikator_id"] for r in values if r["gebiet_id"] == "lehrte"}
    for indicator in concept.indicators:
        if indicator.actual():
            text = terms(monitoring.sheet(concept, indicator))["Neueste Werte"]
            assert text.startswith("Lehrte: ") == (indicator.id in own)
            assert "keine Angabe" not in text
    page = (real.parent / "book/monitoring.md").read_text("utf-8")
    assert page.count("steht keiner da, nennen die Quellen keinen") == 1


def test_a_single_value_has_no_development(tmp_path: Path) -> None:
    concept = one_indicator(tmp_path / "data", {"zeit": "2021", "jahr": "2021", "wert": "9"})
    assert sheet_of(concept, "i-x") == {"Neueste Werte": "Lehrte: 9\u00a0% (2021) (Ein Papier)"}


def test_all_sources_are_marked_or_stand_under_the_chart(concept: Concept) -> None:
    for indicator in concept.indicators:
        if indicator.observations:
            lines = [line for _, part in monitoring.sheet(concept, indicator).items for line in part]
            marks = {run.source[0] for line in lines for run in line if run.source}
            charts = {run.target for line in lines for run in line if run.target == f"abb-{indicator.id}"}
            assert charts or marks == {o.source.id for o in indicator.observations}, indicator.id


def test_development_never_crosses_a_break(concept: Concept, real: Path) -> None:
    breaks = {
        (r["indikator_id"], r["gebiet_id"], r["gruppe_id"]): r["jahr"]
        for r in rows(real, "messwerte")
        if r["reihenbruch"] == "ja"
    }
    assert breaks
    names = {r["id"]: r["name"] for r in rows(real, "gebiete")}
    for (key, area, _), year in breaks.items():
        for line in sheet_of(concept, key)["Entwicklung"].split("\n"):
            if line.startswith(names[area]) and (since := re.search(r"seit .*?(\d{4})", line)):
                assert int(since[1]) >= int(year)
        assert "Reihenbruch" in sheet_of(concept, key)["Vergleichbarkeit"]


def test_derived_target_is_called_derived(concept: Concept) -> None:
    text = sheet_of(concept, "i-schulabgang-ohne-hsa")["Soll"]
    assert "0\u00a0% (abgeleitet, ohne Frist)" in text
    assert "Soll" not in sheet_of(concept, "i-kita-quote-u3")


def test_notes_of_the_indicator_stand_with_it(concept: Concept, real: Path) -> None:
    table = notes_table(concept)
    assert table is not None
    listed = {row.label: row for row in table.rows if row.label}
    for n, note in enumerate(rows(real, "pruefhinweise"), 1):
        assert note["aussage_a"] in listed[f"pruefhinweis-{n}"].cells[1].text
        if note["tabelle"] == "indikatoren":
            found = next(i for i in concept.indicators if i.id == note["zeile_id"])
            lines = dict(monitoring.sheet(concept, found).items)["Vergleichbarkeit"]
            links = {run.text: run.target for line in lines for run in line if run.target}
            assert links[f"Nr. {n} ({note['stand']})"] == f"@pruefhinweis-{n}"


def test_unit_of_a_range_stands_once() -> None:
    paper = Source("d-x", "Ein Papier", "Papier", "bericht", None, None, None, None, "Seite 3")

    def span(low: float, high: float, unit: str, precision: str = "genau") -> str:
        ends = [
            Observation(
                "ist", Area("x", "X", "land", "in X"), "alle", "2020", 2020, value, kind, False, None, paper
            )
            for value, kind in ((low, precision), (high, "genau"))
        ]
        indicator = Indicator("i-x", None, "Quote", None, None, unit, "keine", tuple(ends))
        return monitoring._span(indicator, *ends)

    assert span(48.2, 68.9, "Prozent") == "48,2 bis 68,9\u00a0%"
    assert span(238, 23493, "Personen") == "238 bis 23.493\u00a0Personen"
    assert span(54, 384, "je 1.000") == "54 bis 384\u00a0je\u00a01.000"
    assert span(5, 9, "Prozent", "circa") == "ca.\u00a05\u00a0% bis 9\u00a0%"


def test_no_indicators(minimal_data: Path) -> None:
    concept = load_concept(minimal_data)
    assert plain(monitoring.lead(concept).lines) == "Indikatoren sind in den Daten nicht genannt."
    assert monitoring.overview_table(concept) is None
    assert monitoring.sheets(concept) == []


def one_indicator(folder: Path, *values: dict[str, str]) -> Concept:
    minimal(folder)
    indicator = {"id": "i-x", "name": "Quote", "definition": "Eine Quote.", "satzname": "die Quote", **SOURCE}
    indicator |= {"einheit": "Prozent", "richtung": "hoeher"}
    write(folder, "indikatoren", [indicator | {"handlungsfeld_id": "bildung"}])
    write(folder, "gruppen", [{"id": "alle", "name": "insgesamt", "ordnung": "1", **SOURCE}])
    base = {"indikator_id": "i-x", "art": "ist", "gebiet_id": "lehrte", "gruppe_id": "alle"}
    write(folder, "messwerte", [base | {"genauigkeit": "genau"} | v | SOURCE for v in values])
    return load_concept(folder)


def test_one_value_after_a_break_is_no_development(tmp_path: Path) -> None:
    concept = one_indicator(
        tmp_path / "data",
        {"zeit": "2019", "jahr": "2019", "wert": "1"},
        {"zeit": "2020", "jahr": "2020", "wert": "5"},
        {"zeit": "2021", "jahr": "2021", "wert": "9", "reihenbruch": "ja"},
    )
    text, chart = sheet_of(concept, "i-x")["Entwicklung"].split("\n")
    assert chart == "Abbildung"
    assert text == "Lehrte: nicht ablesbar, seit dem Reihenbruch 2021 liegt nur ein Wert vor."


def test_suppressed_and_trend_only_values_give_no_number(tmp_path: Path) -> None:
    concept = one_indicator(
        tmp_path / "data",
        {"zeit": "2020", "jahr": "2020", "genauigkeit": "gesperrt"},
        {"zeit": "2021", "jahr": "2021", "genauigkeit": "nur_trend", "hinweis": "nimmt zu"},
    )
    found = sheet_of(concept, "i-x")
    assert "Neueste Werte" not in found
    assert "nimmt zu (ohne Zahl in der Quelle)" in found["Entwicklung"]
    assert not re.search(r"\b0\b", plain(monitoring.sheet(concept, concept.indicators[0]).items[0][1]))


def test_target_without_any_value(tmp_path: Path) -> None:
    aim = {"art": "soll", "zeit": "2030", "jahr": "2030", "wert": "50", "soll_art": "beschlossen"}
    concept = one_indicator(tmp_path / "data", aim)
    assert "Einen beschlossenen Sollwert hat einer" in plain(monitoring.lead(concept).lines)
    found = sheet_of(concept, "i-x")
    assert found["Soll"].startswith("Lehrte: 50\u00a0% (beschlossen, bis 2030)")
    assert "Abbildung" not in found


def test_hostile_texts_stay_text(hostile_data: Path) -> None:
    concept = load_concept(hostile_data)
    for block, _ in monitoring.sheets(concept):
        shown = as_html(block)
        assert "<script" not in shown
        assert "<img" not in shown
