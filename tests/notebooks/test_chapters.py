"""Every page of the book runs under papermill, and gives the same in a build's forks; also on minimal and hostile data."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import papermill
import pytest
from jupytext.cli import jupytext as jupytext_command

from folders import PROGRAM, PROJECT, minimal, page_text, rows, write
from konzept.elements.content import Explorer, Figure, Table
from konzept.notebook.book import PAGES_VARIABLE
from konzept.words.german import number
from notebook_runs import CHAPTERS, PAGES, Run, check_clean, execute, forked_runs, seen
from prose import OTHER_FORMS

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def minimal_runs(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Run]:
    """All pages on data of one action field and nothing else; a chapter's is its own."""
    folders = dict.fromkeys(PAGES, minimal(tmp_path_factory.mktemp("minimal") / "data"))
    for page in CHAPTERS:
        folders[page] = minimal(tmp_path_factory.mktemp("minimal") / "data")
        _only_field(folders[page], page.stem.split("-", 1)[1])
    return forked_runs(folders)


@pytest.fixture(scope="module")
def hostile_runs(hostile_data: Path) -> dict[Path, Run]:
    """All pages on hostile data."""
    return forked_runs(dict.fromkeys(PAGES, hostile_data))


@pytest.fixture(scope="module")
def real_run(real_runs: dict[Path, Run]) -> Run:
    return real_runs[PROJECT / "book" / "chapters" / "01-bildung.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_parameters_are_those_that_papermill_sets(page: Path, tmp_path: Path) -> None:
    source = tmp_path / "x.ipynb"
    jupytext.write(jupytext.reads(page_text(page), "md"), source)
    assert set(papermill.inspect_notebook(source)) == {"data_dir", "stand"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_real_data(
    page: Path, tmp_path: Path, real_runs: dict[Path, Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PAGES_VARIABLE, "1")
    run = execute(page, tmp_path, data_dir=str(PROJECT / "data"), stand=None)
    check_clean(run)
    # What papermill's kernel gives, a build's fork gives too, to the last character.
    assert [seen(o) for o in real_runs[page].outputs] == [seen(o) for o in run.outputs]
    labels = [b.label for kind in (Figure, Table) for b in run.blocks(kind)]
    assert len(labels) == len(set(labels))
    referred = set(re.findall(r"\{numref\}`([^`]+)`", page.read_text("utf-8")))
    assert referred <= set(labels)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_groups_have_one_name_in_all_that_is_shown(page: Path, real_runs: dict[Path, Run]) -> None:
    """Titles, labels, findings, tables and what charts say aloud: "Ausländer*innen", and no form beside it."""
    shown = json.dumps([seen(o) for o in real_runs[page].outputs], ensure_ascii=False, default=str)
    assert not OTHER_FORMS.search(shown.replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda p: p.stem)
def test_chapter_shows_its_own_fields_rows_and_no_others(
    page: Path, real: Path, real_runs: dict[Path, Run]
) -> None:
    field = page.stem.split("-", 1)[1]
    run = real_runs[page]
    own = {r["id"] for r in rows(real, "indikatoren") if r["handlungsfeld_id"] == field}
    shown = {f.label.removeprefix("abb-") for f in run.blocks(Figure) if f.label.startswith("abb-i-")}
    observed = {r["indikator_id"] for r in rows(real, "messwerte") if r["art"] == "ist"}
    # One telling figure at most; the annexes show the others.
    assert shown <= own & observed
    assert len(shown) <= 1
    titles = {r["titel"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == field}
    firsts = {
        row.cells[0].lines[0][0].text for table in run.blocks(Table) for row in table.rows if not row.group
    }
    assert titles <= firsts
    others = {r["titel"] for r in rows(real, "massnahmen")} - titles
    assert not others & firsts


def test_goals_table_equals_the_csv(real_run: Run, real: Path) -> None:
    (table,) = real_run.blocks(Table)
    measures = [r for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "bildung"]
    goals = [r for r in rows(real, "ziele") if r["handlungsfeld_id"] == "bildung"]
    texts = [
        [" ".join(run.text for run in line if not run.source) for line in cell.lines]
        for row in table.rows
        for cell in row.cells[:1]
    ]
    firsts = [t[0] for t in texts]
    shown = [t for t, row in zip(firsts, table.rows, strict=True) if not row.group and len(row.cells) > 1]
    assert sorted(shown) == sorted(r["titel"] for r in measures)
    for goal in goals:
        assert any(goal["text"] in t for t, row in zip(firsts, table.rows, strict=True) if row.group)
    words = {"idee": "Idee", "geplant": "geplant", "angemeldet": "angemeldet"}
    own = {r["id"] for r in measures}
    status = {
        r["massnahme_id"]: words[r["status"]] for r in rows(real, "statusverlauf") if r["massnahme_id"] in own
    }
    heads = [c.title for c in table.columns]
    by_title = {r["titel"]: r["id"] for r in measures}
    for row, title in zip(table.rows, firsts, strict=True):
        if title in by_title:
            cell = row.cells[heads.index("Status")]
            assert cell.lines[0][0].text == status[by_title[title]]
    # What is known of one measure in eight has no column.
    assert heads[:2] == ["Maßnahme", "Status"]
    assert not {"Zeitraum", "Zuständig", "Kosten"} & set(heads)


def test_costs_stand_in_the_table(real_run: Run) -> None:
    (table,) = real_run.blocks(Table)
    text = str(table).replace("\\xa0", "\u00a0")
    assert "ca.\u00a033.000\u00a0€ jährlich, Beginn offen" in text
    assert "2024: ca.\u00a021.000\u00a0€ Anlauf" in text
    assert "„Angemeldet“ heißt: zum Haushalt vorgeschlagen, nicht bewilligt." in text


def test_charts_hold_the_values_of_the_csv(real_run: Run, real: Path) -> None:
    charts = real_run.charts()
    dated: dict[str, list[tuple[int, float]]] = {}
    for row in rows(real, "messwerte"):
        if row["wert"] and row["jahr"] and row["art"] == "ist" and f"abb-{row['indikator_id']}" in charts:
            pair = (int(row["jahr"]), float(row["wert"].replace(",", ".")))
            dated.setdefault(row["indikator_id"], []).append(pair)
    assert list(dated) == ["i-kita-auslaendische-herkunft"]
    for indicator, expected in dated.items():
        traces = [t for t in charts[f"abb-{indicator}"]["data"] if not t["name"].startswith("Soll")]
        drawn = [(x, y) for trace in traces for x, y in zip(trace["x"], trace["y"], strict=True)]
        assert sorted(drawn) == sorted(expected), indicator


def test_every_long_series_has_one_figure_in_the_book(real_runs: dict[Path, Run], real: Path) -> None:
    """In its chapter or in the annexes, and no figure shows fewer than three values."""
    labels = [f.label for run in real_runs.values() for f in run.blocks(Figure)]
    assert len(labels) == len(set(labels))
    years: dict[str, dict[tuple[str, str], set[str]]] = {}
    for row in rows(real, "messwerte"):
        if row["art"] == "ist" and row["wert"] and row["jahr"]:
            series = years.setdefault(row["indikator_id"], {})
            series.setdefault((row["gebiet_id"], row["gruppe_id"]), set()).add(row["jahr"])
    long = {i for i, s in years.items() if max(map(len, s.values())) >= 3}
    shown = {label.removeprefix("abb-") for label in labels if label.startswith("abb-i-")}
    # The municipalities are compared once, by a figure with a name of its own.
    assert shown == long


def test_each_gap_is_said_once_in_a_chapter(real_runs: dict[Path, Run]) -> None:
    """What the list says no other element of the chapter says."""
    for page in CHAPTERS:
        for output in real_runs[page].outputs:
            text = output.get("data", {}).get("text/html", "")
            assert "nicht genannt" not in text, page.stem


def test_figures_tables_and_files_say_the_same(real_run: Run) -> None:
    for figure in real_run.blocks(Figure):
        place = figure.csv[0].index("Wert")
        file = [row[place] for row in figure.csv[1:] if row[place]]
        table = "\n".join(cell.text for row in figure.data.rows for cell in row.cells)
        assert file
        for value in file:
            assert f"{number(float(value.replace(',', '.')))}\u00a0%" in table


def test_every_figure_has_finding_caption_and_source(real_run: Run) -> None:
    for figure in real_run.blocks(Figure):
        assert figure.finding.endswith(".")
        assert figure.caption
        assert all(figure.sources)


def test_numbers_in_prose_come_from_the_data(real_run: Run) -> None:
    glued = {}
    for output in real_run.outputs:
        if name := output.get("metadata", {}).get("scrapbook", {}).get("name"):
            glued[name] = next(iter(output["data"].values()))
    assert glued["massnahmen"] == "acht Maßnahmen"
    assert glued["leitziele"] == "zwei Leitziele"
    assert glued["stand"] == "30.\u00a0August 2023"
    page = (PROJECT / "book" / "chapters" / "01-bildung.md").read_text("utf-8")
    used = set(re.findall(r"\{zahl\}`(\w+)`", page))
    assert used <= set(glued)
    assert used == {"kosten"}


def test_kernels_never_draw(real_run: Run) -> None:
    for output in real_run.outputs:
        assert not {"image/svg+xml", "image/png"} & set(output.get("data", {}))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_minimal_data_still_read_well(page: Path, minimal_runs: dict[Path, Run]) -> None:
    run = minimal_runs[page]
    check_clean(run)
    text = " ".join(
        html.unescape(o["data"]["text/html"]) for o in run.outputs if "text/html" in o.get("data", {})
    )
    assert not re.findall(r"\b(?:None|nan|NaT)\b|<NA>|  ,|: \.|davon \.", text)
    assert run.blocks(Figure) == []
    if page.stem == "01-bildung":
        assert "bestehende Angebote; Ziele; Maßnahmen." in text
        assert "ein Indikator und beschlossene Sollwerte und Fristen." not in text
        assert "ein Indikator." in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_hostile_data_stay_text(page: Path, hostile_data: Path, hostile_runs: dict[Path, Run]) -> None:
    run = hostile_runs[page]
    check_clean(run)
    for output in run.outputs:
        shown = output.get("data", {}).get("text/html", "")
        assert "<script" not in shown
        assert "<img" not in shown
    if page.stem == "01-bildung":
        (table,) = run.blocks(Table)
        own = [r for r in rows(hostile_data, "massnahmen") if r["handlungsfeld_id"] == "bildung"]
        titles = {r["titel"] for r in own}
        firsts = {row.cells[0].lines[0][0].text for row in table.rows}
        assert titles <= firsts


def _only_field(folder: Path, field: str) -> None:
    """Let the one action field of a minimal folder be this one."""
    (row,) = rows(folder, "handlungsfelder")
    write(folder, "handlungsfelder", [{**row, "id": field}])


def by_hand(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line, inside the environment, in a folder that holds this project."""
    for name in ("book", "data", "scripts", "_config.yml", "_toc.yml"):
        (folder / name).symlink_to((PROGRAM if name == "scripts" else PROJECT) / name)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def taught() -> str:
    """Give the line of the README that runs a chapter by hand."""
    text = (PROGRAM / "README.md").read_text("utf-8")
    (line,) = re.findall(r"^jupytext .*papermill .*$", text, re.MULTILINE)
    assert line.endswith(" -p stand 2024-12-31")
    return str(line)


@pytest.mark.parametrize(
    ("stand", "knows_statuses"),
    # All statuses of this field are of 30 August 2023.
    [("2024-12-31", True), ("2023", True), ("2023-07", False)],
)
def test_papermill_by_hand(stand: str, knows_statuses: bool, tmp_path: Path) -> None:
    result = by_hand(tmp_path, taught().replace("2024-12-31", stand))
    assert result.returncode == 0, result.stderr
    run = Run(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    (shown,) = [
        o.data for o in run.outputs if o.get("metadata", {}).get("scrapbook", {}).get("name") == "stand"
    ]
    assert ("30.\N{NO-BREAK SPACE}August 2023" in json.dumps(shown, ensure_ascii=False)) is knows_statuses


def test_chapters_that_open_as_they_did_before_run(tmp_path: Path, real: Path, real_run: Run) -> None:
    text = (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8")
    page = tmp_path / "seite.md"
    text = text.replace("import kapitel\n", "import open_concept\n")
    text = text.replace('= kapitel("bildung")', '= open_concept(data_dir, stand=stand).field("bildung")')
    text = text.replace("field.facts()", "```\n\n```{code-cell} ipython3\nfield.facts()")
    page.write_text(text, "utf-8")
    run = execute(page, tmp_path, data_dir=str(real), stand=None)
    assert [seen(o) for o in run.outputs] == [seen(o) for o in real_run.outputs]


def test_papermill_by_hand_with_a_mistake(tmp_path: Path) -> None:
    result = by_hand(tmp_path, taught().replace("2024-12-31", "2024-13"))
    assert result.returncode != 0
    assert "„2024-13“ ist kein Tag, Monat oder Jahr." in result.stderr


def test_unsound_data_stop_the_chapter_in_german(data: Path, tmp_path: Path) -> None:
    path = data / "ziele.csv"
    path.write_text(path.read_text("utf-8-sig").replace("entwurf", "entwrf"), "utf-8")
    page = PROJECT / "book" / "chapters" / "01-bildung.md"
    with pytest.raises(papermill.PapermillExecutionError, match="„entwrf“ ist hier nicht vorgesehen"):
        execute(page, tmp_path, data_dir=str(data), stand=None)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_opening_and_saving_as_a_notebook_changes_nothing(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PROGRAM / "scripts/konzept/assets/lab/jupytext.toml", tmp_path)
    (tmp_path / "seite.md").write_text(page_text(page), "utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in (["--to", "ipynb", "seite.md"], ["--to", "md:myst", "seite.ipynb"]):
        assert jupytext_command(["--quiet", *arguments]) == 0
    assert (tmp_path / "seite.md").read_text("utf-8") == page_text(page)


def test_explorer_is_a_widget_for_authors_and_none_in_the_book(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PROJECT / "book" / "erkunden.md"
    (tmp_path / "labor").mkdir()
    live = execute(page, tmp_path / "labor", data_dir=str(real), stand=None)
    shown = [o["data"] for o in live.outputs if WIDGET in o.get("data", {})]
    assert len(shown) == 2  # the explorer, and the example of a control
    monkeypatch.setenv(PAGES_VARIABLE, "1")
    (tmp_path / "buch").mkdir()
    built = execute(page, tmp_path / "buch", data_dir=str(real), stand=None)
    assert not [o for o in built.outputs if WIDGET in o.get("data", {})]
    assert "widgets" not in built.notebook.metadata
    (block,) = built.blocks(Explorer)
    assert [m["id"] for m in block.material["measures"]]
