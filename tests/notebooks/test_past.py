"""Every page at earlier days: it opens, reads well, and holds nothing that was learnt later."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any

import pytest

from folders import PROJECT, rows
from konzept.elements.content import Explorer, Figure, Notice, Table
from konzept.notebook.book import PAGES_VARIABLE
from konzept.words.german import long_date, number
from notebook_runs import CHAPTERS, PAGES, Run, check_clean, execute, forked_runs, seen

TODAY = dt.date(2025, 12, 18)
BEGINNING = dt.date(1900, 1, 1)
EARLIER = (
    *(BEGINNING, dt.date(2021, 8, 1), dt.date(2022, 12, 31)),
    *(dt.date(2023, 8, 30), dt.date(2024, 12, 31)),
)
DATA = PROJECT / "data"
NAMES = ("gebiete", "gruppen", "gremien", "akteure", "indikatoren")
"""Tables that only name things; of the fields, the focus is a statement."""
TEXTS = {
    "dokumente": ("titel", "kurztitel", "url"),
    "handlungsfelder": ("fokus",),
    "themen": ("text",),
    "ziele": ("text",),
    "massnahmen": ("titel", "beschreibung"),
    "statusverlauf": ("text",),
    "ereignisse": ("titel", "ort", "teilnehmende"),
    "angebote": ("name", "sprachen", "beschreibung"),
    "erfahrungen": ("text", "lehre"),
    "beitraege": ("text", "begruendung"),
    "pruefhinweise": ("aussage_a", "aussage_b", "entscheidung"),
    "kontakte": ("telefon", "email"),
    "messwerte": ("hinweis",),
}
"""What the rows of a table state in words, and besides where it stands."""


@pytest.fixture(scope="module")
def runs(real_runs: dict[Path, Run]) -> dict[dt.date | None, dict[Path, Run]]:
    """All pages at all days, as papermill sets the parameters and as a build runs them."""
    on_data = dict.fromkeys(PAGES, DATA)
    return {None: real_runs} | {day: forked_runs(on_data, day.isoformat()) for day in (TODAY, *EARLIER)}


def later(table: str, row: dict[str, str], day: dt.date) -> bool:
    """Tell by the papers' recorded days alone, apart from the program, whether a row was learnt after a day."""
    papers = {r["id"]: r for r in rows(DATA, "dokumente")}
    names = ("quelle_id", "quelle_a_id", "quelle_b_id") if table != "dokumente" else ("id",)
    found = [papers[row[n]] for n in names if row.get(n)]
    return any(p["datum"] > day.isoformat() for p in found)


def told(day: dt.date) -> tuple[set[str], set[str]]:
    """Give what the rows known by a day state in words, and what only later ones do."""
    before: set[str] = set()
    after: set[str] = set()
    for table, columns in TEXTS.items():
        for row in rows(DATA, table):
            texts = {row[c] for c in columns if row[c]}
            # Chapters and paragraphs are gathered: two known ones may read as a later one does.
            if not re.search(r"Kapitel|Absatz|Absätze", row.get("fundstelle", "Absatz")):
                texts.add(row["fundstelle"])
            (after if later(table, row, day) else before).update(map(plain, texts))
    for table in (*NAMES, "handlungsfelder"):
        for row in rows(DATA, table):
            before |= {plain(v) for c, v in row.items() if c not in ("fokus", "fundstelle", "quelle_id")}
    known = "\n".join(before)
    return before, {text for text in after if text not in known}


def numbers(day: dt.date) -> set[str]:
    """Give the values and amounts that only later rows carry, as they are written."""
    before: set[str] = set()
    after: set[str] = set()
    for table, column in (("messwerte", "wert"), ("kosten", "betrag_eur")):
        for row in rows(DATA, table):
            if row[column]:
                written = {row[column], number(float(row[column].replace(",", ".")))}
                (after if later(table, row, day) else before).update(written)
    # Short ones occur as counts, days and chapters too.
    return {n for n in after - before if len(n) > 4}


def plain(text: str) -> str:
    return " ".join(html.unescape(text).replace("\N{NO-BREAK SPACE}", " ").replace("\\", "").split())


def strings(value: Any) -> list[str]:
    """Find all texts in JSON."""
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    if isinstance(value, list):
        return [s for v in value for s in strings(v)]
    return [value] if isinstance(value, str) else []


def text_of(run: Run) -> str:
    """Gather all that a page's cells give: their content, HTML, Markdown, charts, glued words."""
    found = []
    for output in run.outputs:
        for kind, data in output.get("data", {}).items():
            if kind == "text/html":
                found.append([re.sub(r"<[^>]+>", " ", data)])
            else:
                found.append(strings(data))
    return plain("\n".join(s for part in found for s in part))


@pytest.mark.parametrize("day", EARLIER, ids=str)
def test_every_page_opens_and_reads_well(day: dt.date, runs: dict[Any, dict[Path, Run]]) -> None:
    for page, run in runs[day].items():
        check_clean(run)
        shown = " ".join(
            html.unescape(o["data"]["text/html"]) for o in run.outputs if "text/html" in o.get("data", {})
        )
        assert not re.findall(r"\b(?:None|nan|NaT)\b|<NA>|  ,|: \.|davon \.", shown), page
        assert "<tbody></tbody>" not in shown, page
        for table in run.blocks(Table):
            assert table.rows, (page, table.label)


@pytest.mark.parametrize("day", EARLIER, ids=str)
def test_no_cell_holds_what_was_learnt_later(day: dt.date, runs: dict[Any, dict[Path, Run]]) -> None:
    _, after = told(day)
    values = numbers(day)
    assert len(after) > 20
    assert len(values) > 100
    for page, run in runs[day].items():
        text = text_of(run)
        assert [t for t in after if len(t) > 5 and t in text] == [], page
        assert values & set(re.findall(r"\d[\d.]*(?:,\d+)?", text)) == set(), page
    for block in runs[day][PROJECT / "book" / "erkunden.md"].blocks(Explorer):
        material = block.material
        ids = {m["id"] for m in material["measures"]}
        assert ids == {r["id"] for r in rows(DATA, "massnahmen") if not later("massnahmen", r, day)}
        known = [
            r
            for r in rows(DATA, "messwerte")
            if not later("messwerte", r, day) and r["jahr"] <= str(day.year)
        ]
        expected = {float(r["wert"].replace(",", ".")) for r in known if r["wert"]}
        assert {v for v in material["observations"]["v"] if v is not None} <= expected


@pytest.mark.parametrize("day", EARLIER, ids=str)
def test_charts_hold_no_later_value(day: dt.date, runs: dict[Any, dict[Path, Run]]) -> None:
    of_indicator: dict[str, tuple[set[float], set[float]]] = {}
    for row in rows(DATA, "messwerte"):
        if row["wert"]:
            sets = of_indicator.setdefault(row["indikator_id"], (set(), set()))
            sets[later("messwerte", row, day)].add(float(row["wert"].replace(",", ".")))
    for page, run in runs[day].items():
        for label, chart in run.charts().items():
            key = re.sub(r"^abb-(?:soll-)?|-gesamt$", "", label)
            if key in of_indicator:
                before, after = of_indicator[key]
                drawn = {
                    v for t in chart["data"] for axis in "xy" for v in t.get(axis) or () if v is not None
                }
                assert not drawn & (after - before), (page, label)
                assert before, (page, label)


@pytest.mark.parametrize("day", EARLIER, ids=str)
def test_a_notice_says_what_is_of_that_day(day: dt.date, runs: dict[Any, dict[Path, Run]]) -> None:
    for page, run in runs[day].items():
        titles = [b.title for b in run.blocks(Notice)]
        assert titles.count(f"Stand {long_date(day)}") == 1, page
        assert titles[0] == f"Stand {long_date(day)}", page
        text = text_of(run)
        assert f"Der übrige Text der Seite ist der vom {plain(long_date(TODAY))}." in text
        assert "aus Quellen ohne bekanntes Datum enthalten" in text


def test_the_stand_of_the_data_is_today(runs: dict[Any, dict[Path, Run]]) -> None:
    for page, run in runs[TODAY].items():
        assert [seen(o) for o in run.outputs] == [seen(o) for o in runs[None][page].outputs]
        assert not [b for b in run.blocks(Notice) if b.title.startswith("Stand ")]


@pytest.mark.parametrize("day", [dt.date(2023, 8, 30), dt.date(2024, 12, 31), TODAY], ids=str)
def test_all_pages_name_the_same_day_for_statuses(day: dt.date, runs: dict[Any, dict[Path, Run]]) -> None:
    """All statuses are of the 2nd report, presented on 30 August 2023."""
    for page in CHAPTERS:
        glued = {
            o.metadata["scrapbook"]["name"]: next(iter(o["data"].values()))
            for o in runs[day][page].outputs
            if "scrapbook" in o.get("metadata", {})
        }
        assert plain(glued["stand"]) == "30. August 2023", page
    (explorer,) = runs[day][PROJECT / "book" / "erkunden.md"].blocks(Explorer)
    assert explorer.material["stand"] == "30.08.2023"
    (figure,) = [
        b for b in runs[day][PROJECT / "book" / "zahlen.md"].blocks(Figure) if b.label == "abb-status-alle"
    ]
    assert figure.subtitle.endswith("Stand 30.08.2023.")
    start = text_of(runs[day][PROJECT / "book" / "index.md"])
    assert "Arbeitsstand vom 30. August 2023" in start
    steering = text_of(runs[day][PROJECT / "book" / "steuerung.md"])
    assert "Neueste Angabe zum Status: 30. August 2023" in steering


def test_papermill_itself_gives_the_same(
    runs: dict[Any, dict[Path, Run]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PAGES_VARIABLE, "1")
    page, day = CHAPTERS[0], dt.date(2022, 12, 31)
    run = execute(page, tmp_path, data_dir=str(DATA), stand=day.isoformat())
    assert [seen(o) for o in run.outputs] == [seen(o) for o in runs[day][page].outputs]
