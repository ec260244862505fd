"""What the explorer knows and selects, and its widget without a browser."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
import traitlets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sphinx.errors import ExtensionError

from folders import PROGRAM, REAL, minimal
from konzept.concept.assembly import load_concept
from konzept.concept.citing import in_full
from konzept.concept.model import Concept
from konzept.elements.content import Figure, Table
from konzept.elements.drawing.captioned import worded
from konzept.elements.explorer.choices import HINTS
from konzept.elements.explorer.material import material_of, questions
from konzept.elements.explorer.page import explorer_block
from konzept.elements.explorer.script import module
from konzept.elements.indicators.figure import indicator_figure
from konzept.notebook.selection import Tables, blocks_of
from konzept.notebook.widget import Explorer
from konzept.site.explorer import library_script, page_script


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


@pytest.fixture(scope="module")
def explorer(concept: Concept) -> Explorer:
    return Explorer(material_of(concept), live=False)


def read(table: str) -> pd.DataFrame:
    return pd.read_csv(REAL / f"{table}.csv", sep=";", dtype=str, encoding="utf-8-sig", keep_default_na=False)


def number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def test_every_observation_is_selected_once(concept: Concept) -> None:
    tables = Tables(material_of(concept))
    names = [read(t).set_index("id")["name"] for t in ("indikatoren", "gebiete", "gruppen")]
    own = read("messwerte")
    keys = ("indikator_id", "gebiet_id", "gruppe_id")
    named = [own[key].map(n) for key, n in zip(keys, names, strict=True)]
    expected = zip(
        own["indikator_id"], *named, own["art"], own["zeit"], map(number, own["wert"]), strict=True
    )
    found = []
    for i in sorted(set(own["indikator_id"])):
        rows = tables.select({"topic": "kennzahlen", "indicator": i})
        kinds = rows["Art"].str.split(",").str[0].str.lower()
        values = [None if v is pd.NA else v for v in rows["Wert"]]
        found += zip(rows.index, rows["Kennzahl"], rows["Gebiet"], rows["Gruppe"], kinds, rows["Zeit"], values, strict=True)  # fmt: skip
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_every_measure_is_selected_with_its_names(concept: Concept) -> None:
    shown = Tables(material_of(concept)).select({})
    own = read("massnahmen").set_index("id")
    assert sorted(shown.index) == sorted(own.index)
    assert shown["Maßnahme"].to_dict() == own["titel"].to_dict()
    status = read("statusverlauf").sort_values("datum").groupby("massnahme_id")["status"].last()
    labels = {s: s.label for s in concept.package.statuses}
    assert shown["Status"].to_dict() == {**dict.fromkeys(own.index, ""), **status.map(labels)}


def test_choices_narrow_and_never_invent(concept: Concept) -> None:
    material = material_of(concept)
    tables, known = Tables(material), dict(material["choices"])

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.fixed_dictionaries(
            {
                name: st.sampled_from(known[name]["allowed"])
                for name in ("field", "status", "goal", "actor", "costs", "year")
            }
        ),
        st.sampled_from(["", "sprach", "der", ".*", "\\", "[", "ß"]),
    )
    def each_filter_is_an_and(chosen: dict[str, str], text: str) -> None:
        whole = tables.select({**chosen, "text": text})
        ids = set(tables.select({}).index)
        for name, value in {**chosen, "text": text}.items():
            ids &= set(tables.select({name: value}).index)
        assert set(whole.index) == ids

    each_filter_is_an_and()


def test_the_shown_text_is_what_one_searches(concept: Concept) -> None:
    tables = Tables(material_of(concept))
    assert tables.select({"text": "VIDEOTUTORIALS"}).index.tolist() == ["m-bildung-videotutorials"]
    assert tables.select({"text": "Video.utorials"}).empty


ANSWERED = """
import { readFileSync } from "node:fs";
import { VIEWS, chosen, chosenRows, prepare, shownColumns, sorted } from "%s";
const { material, choices } = JSON.parse(readFileSync(0, "utf-8"));
const data = prepare(material);
const answers = choices.map((values) => {
  const state = chosen({ get: (trait) => values[trait] }, data);
  const view = VIEWS[state.topic](data, state);
  const [columns] = shownColumns(view);
  return {
    places: chosenRows(data, state).map((row) => row.id ?? row.n ?? row),
    title: view.title,
    hints: view.hints,
    columns: columns.map((c) => c.name),
    rows: sorted(view, state.sort).map((row) => columns.map((c) => c.text(row))),
    kind: Object.keys(view.chart ?? {}).find((key) => ["lines", "parts", "cloud", "bars"].includes(key)) ?? null,
    points: (view.chart?.groups ?? []).flatMap((g) => g.points.map((p) => ({ name: p.name, year: p.year, at: p.at, value: p.value }))),
    aims: (view.chart?.aims ?? []).map((a) => a.value),
  };
});
process.stdout.write(JSON.stringify(answers));
"""


def answers(material: dict[str, Any], picks: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Put choices to the module that pages and notebooks show."""
    path = folder / "explorer.mjs"
    names = "VIEWS, chosen, chosenRows, prepare, shownColumns, sorted"
    path.write_text(f"{module()}\nexport {{ {names} }};\n", "utf-8")
    run = subprocess.run(
        ["node", "--input-type=module", "-e", ANSWERED % path.as_uri()],
        input=json.dumps({"material": material, "choices": picks}),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(run.stdout))


def test_readers_and_notebooks_are_answered_alike(concept: Concept, tmp_path: Path) -> None:
    """The same 500 choices, seeded, put to the module that pages and notebooks show and to pandas."""
    material = json.loads(json.dumps(material_of(concept)))
    dice = random.Random(24)
    picks = [_any_choice(dice, dict(material["choices"])) for _ in range(500)]
    tables, observed = Tables(material), material["observations"]
    sizes: dict[str, set[int]] = {}
    for choice, told in zip(picks, answers(material, picks, tmp_path), strict=True):
        answer = told["places"]
        found = tables.select(choice)
        if choice["topic"] == "massnahmen":
            assert found.index.tolist() == answer, choice
        elif choice["topic"] == "aenderungen":
            lines = [material["changes"][n] for n in answer]
            assert found["Änderung"].tolist() == [c["text"] for c in lines], choice
            assert found["Gegenstand"].tolist() == [c["about"] for c in lines], choice
        else:
            columns = {"Zeit": ("times", "t"), "Hinweis": ("notes", "n")}
            for name, (words, column) in columns.items():
                assert found[name].tolist() == [observed[words][observed[column][n]] for n in answer], choice
            values = [None if v is pd.NA else v for v in found["Wert"]]
            assert values == [observed["v"][n] for n in answer], choice
        sizes.setdefault(choice["topic"], set()).add(len(answer))
    # The sample is not of empty answers.
    assert all(len(found) > 8 for found in sizes.values()), sizes


def _any_choice(dice: random.Random, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Choose a topic, and one to three things in it."""
    topic = dice.choice(known["topic"]["allowed"])
    own = [name for name, one in known.items() if topic in one["topics"] and one["rule"]]
    chosen = {name: _any_value(dice, known[name]) for name in dice.sample(own, dice.choice([1, 1, 2, 3]))}
    return {"topic": topic, **chosen}


def _any_value(dice: random.Random, one: dict[str, Any]) -> Any:
    if isinstance(one["standard"], list):
        return dice.sample(one["allowed"], dice.choice([1, 2, 3]))
    if isinstance(one["standard"], int):
        return dice.randint(2000, 2025)
    texts = ["sprach", "DER", "kinder betreuung", "FÖRDER", "fo\u0308rder", ".*", "(", " ", "ß", "[a-z]"]
    return dice.choice(one["allowed"] or texts)


def test_selection_follows_the_traits(explorer: Explorer) -> None:
    explorer.field = "bildung"
    assert set(explorer.selection.index) == set(
        read("massnahmen").query("handlungsfeld_id == 'bildung'")["id"]
    )
    explorer.topic, explorer.indicator = "kennzahlen", "i-kita-quote-u3"
    explorer.areas, explorer.first_year = ["deutschland"], 2019
    own = read("messwerte").query("indikator_id == 'i-kita-quote-u3' and gebiet_id == 'deutschland'")
    own = own[pd.to_numeric(own["jahr"]) >= 2019]
    assert len(own) > 1
    assert explorer.selection["Wert"].tolist() == [float(v.replace(",", ".")) for v in own["wert"]]


def test_options_name_every_trait_and_what_it_may_be(explorer: Explorer) -> None:
    options = explorer.options
    assert list(options.index) == list(dict(explorer.material["choices"]))
    assert options.loc["costs"].tolist() == ["kosten", "massnahmen", "mit, ohne"]
    assert "bildung" in options.loc["field", "möglich"]


@pytest.mark.parametrize(
    ("trait", "value", "message"),
    [
        ("field", "bildnug", "„bildnug“ kann man bei field nicht wählen. Meinten Sie „bildung“?"),
        (
            "topic",
            "geld",
            "„geld“ kann man bei topic nicht wählen. Erlaubt: massnahmen, kennzahlen, zahlen, aenderungen.",
        ),
        ("areas", ["lehrte", "lerhte"], "„lerhte“ kann man bei areas nicht wählen. Meinten Sie „lehrte“?"),
    ],
)
def test_traits_refuse_what_the_data_do_not_know(
    explorer: Explorer, trait: str, value: object, message: str
) -> None:
    before = getattr(explorer, trait)
    with pytest.raises(traitlets.TraitError) as caught:
        setattr(explorer, trait, value)
    assert str(caught.value) == message
    assert getattr(explorer, trait) == before


def test_empty_data_are_answered(tmp_path: Path) -> None:
    concept = load_concept(minimal(tmp_path / "data"))
    explorer = Explorer(material_of(concept), live=False)
    assert explorer.selection.empty
    explorer.topic = "kennzahlen"
    assert explorer.selection.empty
    assert explorer_block(concept, {}).tables == ()


def test_material_is_small(concept: Concept) -> None:
    assert len(json.dumps(material_of(concept), ensure_ascii=False)) < 160_000


def test_traits_are_the_choices_that_the_front_end_reads(concept: Concept) -> None:
    explorer = Explorer(material_of(concept), live=False)
    read = dict(explorer.material["choices"])
    synced = {n for n in explorer.trait_names(sync=True) if not n.startswith("_")}
    assert set(read) == synced - {"layout", "tabbable", "tooltip", "material"}
    state = json.loads(json.dumps(explorer.get_state()))
    # What stands for nothing chosen is chosen from the first.
    assert {n: state[n] for n in read if read[n]["otherwise"] != read[n]["standard"]} == {
        n: one["otherwise"] for n, one in read.items() if one["otherwise"] != one["standard"]
    }
    state.update(dict.fromkeys(("indicator", "area", "since", "until"), ""))
    assert {name: state[name] for name in read} == json.loads(
        json.dumps({name: choice["standard"] for name, choice in read.items()})
    )
    # What the front end narrows by must be a choice: a name misspelt there would narrow by nothing.
    assert set(re.findall(r"\b(?:state|now)\.(\w+)", module())) <= {*read, "unknown"}


LOOKS = ("chart_by", "form", "view", "sort")


def test_a_cell_shows_what_the_explorer_shows(concept: Concept, tmp_path: Path) -> None:
    """Of 120 seeded views: the chart with the same values where there is one, the table with the same rows where not."""
    material = json.loads(json.dumps(material_of(concept)))
    known, dice = dict(material["choices"]), random.Random(4)
    picks = []
    for _ in range(120):
        pick = _any_choice(dice, known)
        if pick["topic"] == "kennzahlen":
            pick.setdefault("indicator", dice.choice(known["indicator"]["allowed"]))
        own = [name for name in LOOKS if not known[name]["topics"] or pick["topic"] in known[name]["topics"]]
        picks.append({**pick, **{name: dice.choice(known[name]["allowed"]) for name in own}})
    seen: Counter[str] = Counter()
    for pick, told in zip(picks, answers(material, picks, tmp_path), strict=True):
        words = {known[k]["word"]: ",".join(v) if isinstance(v, list) else v for k, v in pick.items() if v}
        blocks = blocks_of(concept, material, urlencode(words))
        figures = [b for b in blocks if isinstance(b, Figure)]
        tables = [b for b in blocks if isinstance(b, Table)]
        if not told["rows"]:
            assert blocks == []
            seen["nothing"] += 1
            continue
        assert bool(figures) == bool(told["points"]), pick
        if figures:
            assert sorted(drawn_in(figures, told["kind"]), key=str) == sorted(points_of(told), key=str), pick
            said = " ".join(figure.reading for figure in figures)
            assert [hint for hint in told["hints"] if hint in HINTS.values() and hint not in said] == [], pick
        if not told["points"] or pick["topic"] in ("massnahmen", "aenderungen"):
            (table,) = tables
            assert [c.title for c in table.columns] == told["columns"], pick
            assert [[c.text for c in row.cells] for row in table.rows] == told["rows"], pick
        else:
            assert not tables
        seen[f"{pick['topic']} {told['kind'] if figures else 'table'}"] += 1
    # The sample is not of one kind.
    assert len(seen) >= 9, seen


def points_of(told: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Give what the module draws, rounded."""
    if told["kind"] == "bars":
        return [(p["name"], round(p["value"], 6)) for p in told["points"]]
    points = [(p.get("at", p.get("year")), round(p["value"], 6)) for p in told["points"]]
    return points + [("aim", round(v, 6)) for v in told["aims"]]


def drawn_in(figures: list[Figure], kind: str | None) -> list[tuple[Any, ...]]:
    """Give what Plotly draws, rounded."""
    traces = [trace for figure in figures for trace in figure.wide.data]
    if kind == "bars":
        (figure,) = figures
        names = [row.cells[0].text for row in figure.data.rows]
        return [(name, round(t.x[0], 6)) for name, t in zip(names, traces, strict=True)]
    if kind is None:
        return [(None, round(t.x[0], 6)) for t in traces]
    found: list[tuple[Any, ...]] = []
    for t in traces:
        if (t.name or "").startswith("Soll, "):
            found.append(("aim", round(t.y[0], 6)))
        else:
            found += [(x, round(y, 6)) for x, y in zip(t.x, t.y, strict=True)]
    return found


def test_a_cell_names_what_narrows_it_and_its_sources(concept: Concept) -> None:
    material = material_of(concept)
    chart, table = blocks_of(concept, material, "thema=massnahmen&feld=bildung&status=geplant")
    assert isinstance(chart, Figure)
    assert isinstance(table, Table)
    own = read("massnahmen").query("handlungsfeld_id == 'bildung'").set_index("id")
    status = read("statusverlauf").sort_values("datum").groupby("massnahme_id")["status"].last()
    planned = [own["titel"][key] for key in own.index if status.get(key) == "geplant"]
    assert [row.cells[0].text for row in table.rows] == planned
    assert table.caption == "Maßnahmen der Auswahl (1): Handlungsfeld „1. Bildung“; Status „geplant“"
    assert chart.caption.endswith("Handlungsfeld „1. Bildung“; Status „geplant“")
    (figure,) = blocks_of(
        concept, material, "#thema=kennzahlen&kennzahl=i-kita-quote-u3&gebiet=deutschland&von=2022"
    )
    assert isinstance(figure, Figure)
    assert figure.finding == "Betreuungsquote der unter Dreijährigen: Deutschland; ab 2022"
    assert figure.view == "thema=kennzahlen&kennzahl=i-kita-quote-u3&gebiet=deutschland&von=2022"
    assert figure.sources
    # The whole of an indicator has its finding; another view has another label.
    (whole,) = blocks_of(concept, material, "thema=kennzahlen&kennzahl=i-kita-quote-u3")
    assert isinstance(whole, Figure)
    assert whole.finding.startswith("In Niedersachsen lag die Betreuungsquote")
    assert whole.label != figure.label


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ("thema=massnahmen&feld=bildnug", "Die Auswahl „feld=bildnug“ gibt es in den Daten nicht (mehr)."),
        ("farbe=rot", "Die Auswahl „farbe=rot“ gibt es in den Daten nicht (mehr)."),
        ("thema=kennzahlen&von=gestern", "Die Auswahl „von=gestern“ braucht eine Jahreszahl."),
        ("thema=kennzahlen&gebiet=mond,lehrte", "Die Auswahl „gebiet=mond,lehrte“ gibt es"),
    ],
)
def test_a_cell_refuses_what_the_data_do_not_know(concept: Concept, view: str, message: str) -> None:
    with pytest.raises(KeyError) as caught:
        blocks_of(concept, material_of(concept), view)
    assert message in caught.value.args[0]


def test_questions_are_only_those_that_can_be_answered(concept: Concept, tmp_path: Path) -> None:
    material = material_of(concept)
    known = dict(material["choices"])
    asked = [text for text, _ in material["questions"]]
    assert len(asked) == 6
    for _, values in material["questions"]:
        for trait, value in values.items():
            assert value in known[trait]["allowed"]
        assert not Tables(material).select(values).empty
    empty = material_of(load_concept(minimal(tmp_path / "data")))
    assert not empty["questions"]
    assert dict(empty["choices"])["topic"]["allowed"] == ["massnahmen", "kennzahlen", "zahlen"]
    # One municipality only: nothing to be compared with.
    town = next(n for n, area in enumerate(material["areas"]) if area[0] == material["town"])
    o = material["observations"]
    alone = [n for n, a in enumerate(o["a"]) if a == town]
    columns = {name: [o[name][n] for n in alone] for name in ("i", "k", "a", "g", "t", "y", "v", "p", "b", "n", "s")}  # fmt: skip
    lone = questions({**material, "observations": {**o, **columns}})
    assert not [text for text, _ in lone if "Nachbarn" in text]


def test_page_script_needs_the_one_export() -> None:
    script = page_script(module())
    assert not re.search(r"^(?:export|import) ", script, re.MULTILINE)
    assert "window.ikExplorer = { render };" in script
    with pytest.raises(ExtensionError, match="genau ein „export default“"):
        page_script("export const x = 1;\n")


def test_sound_keeps_its_licence_and_the_page_its_language() -> None:
    script = library_script("chart2music")
    licence = (PROGRAM / "node_modules/chart2music/LICENSE").read_text("utf-8")
    assert licence.strip() in script
    assert "Sonifizierte Grafik" in script
    assert "Gráfico" not in script
    assert "Diagramma" not in script


def test_other_pages_do_not_pay_for_widgets() -> None:
    code = "import konzept.notebook.book, sys; print('anywidget' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_notebooks_show_a_chart_with_its_words(concept: Concept) -> None:
    figure = indicator_figure(concept, concept.field("bildung").indicators[0])
    assert figure is not None
    chart = worded(figure)
    flat = re.sub(r" +", " ", re.sub(r"<[^>]*>", " ", chart.layout.title.text)).strip()
    assert flat == f"{figure.finding} {figure.subtitle}"
    below = chart.layout.annotations[-1].text.replace("<br>", " ")
    assert below.startswith(f"{figure.caption}. ")
    assert all(source in below for source in in_full(figure.sources))
    # The chart itself stays as it is, and as large.
    assert [t.to_plotly_json() for t in chart.data] == [t.to_plotly_json() for t in figure.wide.data]
    grown = chart.layout.margin.t + chart.layout.margin.b
    own = (figure.wide.layout.margin.t or 8) + (figure.wide.layout.margin.b or 8)
    assert chart.layout.height - grown == figure.wide.layout.height - own
