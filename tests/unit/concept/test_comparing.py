"""Two states of the data: how they are read, and in which one class every difference stands."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MORE
from folders import PROGRAM, REAL, SCHEMA, minimal, published, rows, schema, tell, write
from konzept.concept import states
from konzept.concept.comparing import (
    CHANGED,
    CLASSES,
    CORRECTED,
    GONE,
    HAPPENED,
    LEARNT,
    REWORDED,
    UNCLEAR,
    Change,
    compare,
    identity,
)
from konzept.concept.states import State, read_state, state_of
from konzept.data import package as package_module
from konzept.data.problems import DataProblems
from konzept.data.reading import Reading, read_folder
from konzept.elements.changes.telling import told
from sentences.data import APPROVAL
from sentences.states import STATES

FIRST, SECOND = dt.date(2024, 1, 31), dt.date(2025, 1, 31)
SAMPLE = PROGRAM / "tests" / "samples" / "monitoring"


def set_stand(folder: Path, day: dt.date) -> None:
    tell(folder, stand=day.isoformat())


def put(folder: Path, table: str, *new: dict[str, str]) -> None:
    told = {"quelle_id": "d-alt", "fundstelle": "S. 1"} if table != "dokumente" else {}
    write(folder, table, [*rows(folder, table), *({**told, **row} for row in new)])


def edit(folder: Path, table: str, row: int = 0, **cells: str) -> None:
    content = rows(folder, table)
    content[row] |= cells
    write(folder, table, content)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Give a small concept at one day, and the same a year later, to be edited."""
    for name, day in (("alt", FIRST), ("neu", SECOND)):
        folder = minimal(tmp_path / name)
        set_stand(folder, day)
        put(folder, "dokumente", {"id": "d-alt", "titel": "Alt", "art": "bericht", "datum": "2024-01-10"})
        put(folder, "dokumente", {"id": "d-neu", "titel": "Neu", "art": "bericht", "datum": "2025-01-10"})
        put(folder, "gruppen", {"id": "alle", "name": "alle", "ordnung": "1"})
        put(
            folder,
            "massnahmen",
            {
                "id": "m-a",
                "handlungsfeld_id": "bildung",
                "titel": "Treff",
                "ende": "2024-12-31",
                "zeit_genauigkeit": "tag",
            }
            | dict.fromkeys(("mehrsprachig", "leichte_sprache", "barrierefrei"), "offen"),
        )
        put(
            folder,
            "statusverlauf",
            {"massnahme_id": "m-a", "datum": "2024-01-10", "status": "idee", "beleg": "abgeleitet"},
        )
        put(
            folder,
            "kosten",
            {
                "id": "k-a",
                "massnahme_id": "m-a",
                "art": "einmalig",
                "jahr": "2024",
                "betrag_eur": "100",
                "genauigkeit": "genau",
                "haushaltsstand": "angemeldet",
            },
        )
        put(
            folder,
            "ziele",
            {
                "id": "z-a",
                "handlungsfeld_id": "bildung",
                "ebene": "ziel",
                "text": "Ziel",
                "fassung": "entwurf",
            },
        )
        put(
            folder,
            "indikatoren",
            {
                "id": "i-a",
                "handlungsfeld_id": "bildung",
                "name": "Anteil",
                "satzname": "der Anteil",
                "definition": "Anteil",
                "einheit": "Prozent",
                "richtung": "hoeher",
            },
        )
        put(
            folder,
            "messwerte",
            value("2022", "20"),
            value("2023", "21"),
            value("2030", "50", art="soll", soll_art="beschlossen"),
        )
        put(
            folder,
            "ereignisse",
            {
                "id": "e-plan",
                "von": "2024-03-01",
                "genauigkeit": "tag",
                "art": "workshop",
                "titel": "Forum",
                "stand": "geplant",
            },
        )
    return tmp_path / "alt", tmp_path / "neu"


def value(year: str, number: str, **more: str) -> dict[str, str]:
    """Give an observation."""
    return {"indikator_id": "i-a", "art": "ist", "gebiet_id": "lehrte", "gruppe_id": "alle", "zeit": year, "jahr": year, "wert": number, "genauigkeit": "genau", "konfidenz": "hoch"} | more  # fmt: skip


def changes(pair: tuple[Path, Path]) -> list[tuple[str, str, str | None]]:
    present = read_folder(pair[1])
    found = compare(read_state(str(pair[0]), present), state_of(present))
    return [(c.kind, c.table, c.column) for c in found.changes]


def test_nothing_changed(pair: tuple[Path, Path]) -> None:
    assert changes(pair) == []


NEW: dict[str, tuple[str, dict[str, str], str]] = {
    "Neuer Status": ("statusverlauf", {"massnahme_id": "m-a", "datum": "2024-06-01", "status": "geplant", "beleg": "quelle"}, HAPPENED),
    "Status von früher": ("statusverlauf", {"massnahme_id": "m-a", "datum": "2023-06-01", "status": "idee", "beleg": "quelle"}, LEARNT),
    "Neue Maßnahme": ("ziele", {"id": "z-n", "handlungsfeld_id": "bildung", "ebene": "ziel", "text": "Neu", "fassung": "entwurf", "quelle_id": "d-neu"}, HAPPENED),
    "Aus alter Quelle": ("ziele", {"id": "z-n", "handlungsfeld_id": "bildung", "ebene": "ziel", "text": "Neu", "fassung": "entwurf"}, LEARNT),
    "Quelle ohne Tag": ("ziele", {"id": "z-n", "handlungsfeld_id": "bildung", "ebene": "ziel", "text": "Neu", "fassung": "entwurf", "quelle_id": "d-test"}, LEARNT),
    "Beschlossen": ("kosten", {"id": "k-n", "massnahme_id": "m-a", "art": "einmalig", "jahr": "2024", "betrag_eur": "100", "genauigkeit": "genau", "haushaltsstand": "beschlossen", "quelle_id": "d-neu"}, HAPPENED),
    "Neues Jahr": ("messwerte", value("2024", "22", quelle_id="d-neu"), HAPPENED),
    "Lücke geschlossen": ("messwerte", value("2021", "19", quelle_id="d-neu"), LEARNT),
    "Zweite Quelle": ("messwerte", value("2023", "21", quelle_id="d-neu"), LEARNT),
    "Andere Gruppe, altes Jahr": ("messwerte", value("2022", "9", gebiet_id="lehrte", gruppe_id="andere", quelle_id="d-neu"), LEARNT),
    "Ereignis seitdem": ("ereignisse", {"id": "e-n", "von": "2024-05-01", "genauigkeit": "tag", "art": "workshop", "titel": "Treffen", "stand": "erfolgt", "quelle_id": "d-neu"}, HAPPENED),
    "Ereignis davor": ("ereignisse", {"id": "e-n", "von": "2023-05-01", "genauigkeit": "tag", "art": "workshop", "titel": "Treffen", "stand": "erfolgt", "quelle_id": "d-neu"}, LEARNT),
    "Name": ("akteure", {"id": "a-n", "name": "Verein", "art": "initiative", "quelle_id": "d-neu"}, LEARNT),
}  # fmt: skip


@pytest.mark.parametrize("case", NEW)
def test_a_new_row_has_happened_or_become_known(pair: tuple[Path, Path], case: str) -> None:
    table, row, kind = NEW[case]
    for folder in pair:
        put(folder, "gruppen", {"id": "andere", "name": "andere", "ordnung": "2"})
    put(pair[1], table, row)
    assert changes(pair) == [(kind, table, None)]


CELLS: dict[str, tuple[str, int, dict[str, str], str]] = {
    "Ende verschoben": ("massnahmen", 0, {"ende": "2025-12-31"}, CHANGED),
    "Vorrang ergänzt": ("massnahmen", 0, {"prioritaet": "hoch"}, LEARNT),
    "Titel": ("massnahmen", 0, {"titel": "Treffpunkt"}, REWORDED),
    "Nachweis": ("massnahmen", 0, {"quelle_id": "d-neu"}, REWORDED),
    "Fassung": ("ziele", 0, {"fassung": "beschlossen"}, CHANGED),
    "Wortlaut eines Ziels": ("ziele", 0, {"text": "Anderes Ziel"}, UNCLEAR),
    "Wert eines Jahres": ("messwerte", 0, {"wert": "20,5"}, CORRECTED),
    "Neue Ausgabe der Quelle": ("messwerte", 1, {"quelle_id": "d-neu"}, REWORDED),
    "Ziel neu gesetzt": ("messwerte", 2, {"wert": "60"}, CHANGED),
    "Betrag auf gleicher Stufe": ("kosten", 0, {"betrag_eur": "120"}, CORRECTED),
    "Angekündigtes verschoben": ("ereignisse", 0, {"von": "2024-04-01"}, CHANGED),
    "Status berichtigt": ("statusverlauf", 0, {"status": "geplant"}, CORRECTED),
    "Angabe weg": ("massnahmen", 0, {"ende": "", "zeit_genauigkeit": "tag"}, GONE),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_changed_cell_has_one_class(pair: tuple[Path, Path], case: str) -> None:
    table, row, cells, kind = CELLS[case]
    edit(pair[1], table, row, **cells)
    [(found, where, _)] = changes(pair)
    assert (found, where) == (kind, table)


def test_a_decided_amount_is_no_correction_of_the_filed_one(pair: tuple[Path, Path]) -> None:
    edit(pair[1], "kosten", haushaltsstand="beschlossen", betrag_eur="90")
    assert {kind for kind, _, _ in changes(pair)} == {HAPPENED}


def test_an_announcement_that_is_reported_is_one_event(pair: tuple[Path, Path]) -> None:
    report = {
        "id": "e-ist",
        "von": "2024-03-08",
        "genauigkeit": "tag",
        "art": "workshop",
        "titel": "Forum",
        "stand": "erfolgt",
    }
    put(pair[1], "ereignisse", {**report, "ankuendigung_id": "e-plan", "ort": "Rathaus"})
    assert changes(pair) == [(HAPPENED, "ereignisse", c) for c in ("von", "ort", "stand")]


def test_what_is_gone_is_not_finished(pair: tuple[Path, Path]) -> None:
    write(pair[1], "statusverlauf", [])
    write(pair[1], "kosten", [])
    write(pair[1], "massnahmen", [])
    assert {kind for kind, _, _ in changes(pair)} == {GONE}


@pytest.mark.parametrize(
    ("word", "kind"), [("Geändert", CHANGED), ("Berichtigt", CORRECTED), ("Offen", UNCLEAR)]
)
def test_a_note_decides_what_the_data_cannot_tell(pair: tuple[Path, Path], word: str, kind: str) -> None:
    edit(pair[1], "ziele", text="Anderes Ziel")
    put(pair[1], "pruefhinweise", {"id": "p-a", "tabelle": "ziele", "zeile_id": "z-a", "aussage_a": "x", "quelle_a_id": "d-alt", "entscheidung": f"{word}: so die Verwaltung.", "stand": "entschieden"})  # fmt: skip
    assert [each for each in changes(pair) if each[1] == "ziele"] == [(kind, "ziele", "text")]


# Which states there are


def refused(place: str | Path, present: Path = REAL, day: dt.date | None = None) -> str:
    reading = read_folder(present)
    with pytest.raises(DataProblems) as found:
        compare(read_state(str(place), reading), state_of(reading, day))
    return str(found.value)


def paper(path: Path, folder: Path) -> Path:
    """Write a PDF that carries a data folder as the printed book does."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for file in sorted(published(shutil.copytree(folder, path.with_suffix(""))).iterdir()):
            pdf.attachments[file.name] = pikepdf.AttachedFileSpec(pdf, file.read_bytes(), filename=file.name)
        pdf.attachments["../böse.csv"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="../böse.csv")
        pdf.save(path)
    return path


def test_a_paper_is_the_edition_that_it_carries(pair: tuple[Path, Path], tmp_path: Path) -> None:
    present = read_folder(pair[1])
    by_folder, by_paper = (read_state(str(p), present) for p in (pair[0], paper(tmp_path / "a.pdf", pair[0])))
    assert by_paper.rows == by_folder.rows
    assert by_paper.day == FIRST
    assert not by_paper.reconstructed
    assert not (tmp_path.parent / "böse.csv").exists()


@pytest.mark.parametrize("given_", ["2023-08-30", "30.08.2023"])
def test_a_day_is_what_was_known_by_then(given_: str) -> None:
    state = read_state(given_, read_folder(REAL))
    assert (state.day, state.name, state.reconstructed) == (
        dt.date(2023, 8, 30),
        "Stand vom 30.\N{NO-BREAK SPACE}August 2023",
        True,
    )
    assert len(state.rows["massnahmen"]) == 26
    assert "e-ratsbeschluss" not in {row["id"] for row in state.rows["ereignisse"]}


def test_an_older_schema_is_read_in_that_of_today(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns that are missing are empty, renamed ones and keys have their names of today."""
    old, new = published(pair[0]), pair[1]
    described = json.loads((old / "datapackage.json").read_text("utf-8"))
    described["resources"] = [r for r in described["resources"] if r["name"] != "erfahrungen"]
    measures = next(r for r in described["resources"] if r["name"] == "massnahmen")["schema"]["fields"]
    measures[:] = [f for f in measures if f["name"] != "einfluss"]
    next(f for f in measures if f["name"] == "titel")["name"] = "ueberschrift"
    (old / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    content = rows(old, "massnahmen")
    lines = [";".join(f["name"] for f in measures)]
    for row in content:
        row["ueberschrift"], row["id"] = row["titel"], "m-frueher"
        lines.append(";".join(row[f["name"]] for f in measures))
    (old / "massnahmen.csv").write_text("\n".join(lines) + "\n", "utf-8")
    for table in ("statusverlauf", "kosten"):
        edit(old, table, massnahme_id="m-frueher")
    assert "ueberschrift" in refused(old, new)
    described = json.loads(SCHEMA.read_text("utf-8"))
    title = next(r for r in described["resources"] if r["name"] == "massnahmen")["schema"]["fields"]
    next(f for f in title if f["name"] == "titel")["frueher"] = ["ueberschrift"]
    tell(new, umbenannt={"massnahmen": {"m-frueher": "m-a"}})
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(package_module, "SCHEMA", path)
    assert changes(pair) == []


def test_what_is_no_state_is_refused() -> None:
    assert refused("gestern") == STATES["Weder Tag noch Datei"]
    assert refused("2026-01-01") == STATES["Tag in der Zukunft"]
    assert refused("2024-01-01", day=dt.date(2023, 1, 1)) == STATES["Stände vertauscht"]


def test_what_is_no_paper_with_data_is_refused(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, empty, half = (tmp_path / f"{name}.pdf" for name in ("kaputt", "leer", "halb"))
    broken.write_bytes(b"%PDF-1.7\nkaputt")
    assert refused(broken) == STATES["Beschädigtes PDF"]
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(empty)
    assert refused(empty) == STATES["PDF ohne Daten"]
    full = paper(tmp_path / "gross.pdf", pair[0])
    half.write_bytes(full.read_bytes()[: full.stat().st_size // 2])
    assert "halb.pdf" in refused(half, pair[1])
    monkeypatch.setattr(states, "_MOST", 1000)
    assert refused(full, pair[1]) == STATES["Maßlos große Daten"]


def redescribe(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the description of published data."""
    path = published(folder) / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    change(described)
    path.write_text(json.dumps(described, ensure_ascii=False), "utf-8")


def test_the_data_of_others_are_refused(pair: tuple[Path, Path]) -> None:
    old, new = pair
    redescribe(old, lambda d: d["konzept"].update(ags="03999999", bezeichnung="Stadt Adorf"))
    assert refused(old, new) == STATES["Daten einer anderen Kommune"].replace("ORDNER", str(old.parent))


def test_a_newer_schema_is_refused(pair: tuple[Path, Path]) -> None:
    old, new = pair

    def from_the_future(described: dict[str, Any]) -> None:
        table = next(r for r in described["resources"] if r["name"] == "gruppen")
        table["schema"]["fields"].append({"name": "dauer", "type": "string"})
        described["resources"].append({**table, "name": "zukunft", "path": "zukunft.csv"})

    redescribe(old, from_the_future)
    text = (
        (old / "gruppen.csv")
        .read_text("utf-8-sig")
        .replace("fundstelle", "fundstelle;dauer")
        .replace("S. 1", "S. 1;x")
    )
    for name in ("gruppen", "zukunft"):
        (old / f"{name}.csv").write_text(text, "utf-8")
    assert refused(old, new) == STATES["Ausgabe eines neueren Programms"].replace("ORDNER", str(old.parent))


def test_doubled_keys_and_renamed_measures_are_refused(pair: tuple[Path, Path]) -> None:
    old, new = pair
    put(old, "akteure", *[{"id": "a-x", "name": "Verein", "art": "initiative"}] * 2)
    assert f"{old}, akteure.csv, Zeile 3" in refused(old, new)
    write(old, "akteure", [])
    edit(new, "massnahmen", id="m-b")
    for table in ("statusverlauf", "kosten"):
        edit(new, table, massnahme_id="m-b")
    assert refused(old, new) == STATES["Kennung umbenannt"]


# The schema says what a column's new value means


def tells_of_the_concept(resource: dict[str, Any]) -> bool:
    """Whether a table has sources or is that of sources; others tell of the book."""
    return resource["name"] == "dokumente" or "quelle_id" in {f["name"] for f in resource["schema"]["fields"]}


def test_every_column_says_what_its_change_means() -> None:
    resources = [r for r in schema()["resources"] if tells_of_the_concept(r)]
    said = {(r["name"], f["name"]): f.get("aenderung") for r in resources for f in r["schema"]["fields"]}
    keys = {(r["name"], key) for r in resources for key in r["schema"]["primaryKey"] if key != "quelle_id"}
    assert {key for key, word in said.items() if word is None} == keys
    assert set(said.values()) == {None, "ereignis", "plan", "tatsache", "wortlaut", "offen"}


# Two releases of a series as an office publishes it


def released(name: str, package_of: Reading) -> list[dict[str, Any]]:
    package = package_of.package
    assert package is not None
    empty = {c.name: None for c in package.tables["messwerte"].columns}
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return [
            {
                **empty,
                "indikator_id": "i",
                "art": "ist",
                "gebiet_id": row["GeoCode"],
                "gruppe_id": row["Herkunft"],
            }
            | {"zeit": row["Year"], "jahr": int(row["Year"]), "genauigkeit": "genau", "quelle_id": name}
            | {"wert": Decimal(row["Value"]) if row["Value"] else None}
            for row in csv.DictReader(file)
        ]


def test_a_new_release_of_a_series_is_told_apart_from_what_it_revised() -> None:
    reading = read_folder(REAL)
    assert reading.package is not None
    bare = {name: [] for name in reading.package.tables}
    old, new = (
        State(reading.package, day, {**bare, "messwerte": released(name, reading)}, name)
        for name, day in (("2025-01.csv", dt.date(2025, 1, 31)), ("2025-12.csv", dt.date(2025, 12, 18)))
    )
    found = compare(old, new)
    happened = found.of(HAPPENED)
    assert {c.row["jahr"] for c in happened} == {2024}
    assert Counter((c.kind, c.column) for c in found.changes if c.column != "quelle_id") == {
        (HAPPENED, None): 4,
        (CORRECTED, "wert"): 2,
        (LEARNT, None): 1,
        (LEARNT, "wert"): 1,
        (GONE, None): 1,
    }


# Random edits of all tables


@cache
def present() -> State:
    """Give the state of the real data, with fewer of their many values."""
    state = state_of(read_folder(REAL))
    return dataclasses.replace(state, rows={name: rows_[:40] for name, rows_ in state.rows.items()})


TABLES = [r["name"] for r in schema()["resources"] if tells_of_the_concept(r)]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["change", "empty", "drop", "add"]),
        st.sampled_from(TABLES),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=12,
)


def edited(edits: list[tuple[str, str, int, int]]) -> State:
    state = present()
    tables = {name: [dict(row) for row in content] for name, content in state.rows.items()}
    for n, (what, name, row, column) in enumerate(edits):
        content, table = tables[name], state.package.tables[name]
        if not content:
            continue
        chosen = content[row % len(content)]
        free = [c for c in table.columns if c.name not in table.key and c.name != "ankuendigung_id"]
        cell = free[column % len(free)]
        if what == "drop":
            content.remove(chosen)
        elif what == "add":
            # Its own title or passage, or it would be a row that lost its key.
            own = {c.name: f"Neu {n}" for c in table.columns if c.name in ("titel", "fundstelle")}
            content.append({**chosen, **{c: f"{chosen[c]}-neu-{n}" for c in free_keys(table)}, **own})
        elif cell.name != "quelle_id":
            chosen[cell.name] = None if what == "empty" and not cell.required else other(cell, n)
    return dataclasses.replace(state, rows=tables, day=state.day)


def free_keys(table: Any) -> tuple[str, ...]:
    texts = [c.name for c in table.columns if c.name in identity(table) and c.type == "string"]
    return (texts[-1],)


def other(column: Any, n: int) -> Any:
    if column.name == "quelle_id":
        return "d-sachstandsbericht-2"
    values = {"integer": 3000 + n, "number": Decimal(5000 + n), "date": dt.date(2024, 1, 1 + n)}
    if column.enum:
        return column.enum[n % len(column.enum)]
    return values.get(column.type, f"Neuer Text {n}")


def cells_of(change: Change, table: Any) -> set[tuple[Any, ...]]:
    key = tuple(change.row[c] for c in identity(table))
    names = [change.column] if change.column else [c.name for c in table.columns]
    return {(change.table, key, name) for name in names}


@settings(max_examples=100 * MORE, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS)
def test_every_changed_cell_stands_in_exactly_one_class(edits: list[tuple[str, str, int, int]]) -> None:
    before, after = present(), edited(edits)
    expected = set()
    for name in TABLES:
        table = before.package.tables[name]
        key = identity(table)
        old, new = ({tuple(r[c] for c in key): r for r in state.rows[name]} for state in (before, after))
        for each in old.keys() | new.keys():
            a, b = old.get(each), new.get(each)
            whole = a is None or b is None
            expected |= {(name, each, c.name) for c in table.columns if whole or a[c.name] != b[c.name]}
    found = compare(before, after)
    named = [
        cell for change in found.changes for cell in cells_of(change, before.package.tables[change.table])
    ]
    assert set(named) == expected
    assert len(named) == len(set(named))
    assert {c.kind for c in found.changes} <= set(CLASSES)
    assert sum(found.counts.values()) == len(found.changes)
    for by_field in (True, False):
        lines = Counter(id(change) for each in told(found, by_field=by_field) for change in each.changes)
        assert lines == Counter(map(id, found.changes))


def test_an_approval_tells_of_the_book_and_is_no_news_of_the_concept(pair: tuple[Path, Path]) -> None:
    old, new = pair
    for folder in pair:
        put(folder, "gremien", {"id": "g-rat", "name": "Rat", "art": "rat"})
    write(new, "freigaben", [{**APPROVAL, "tag": "2024-02-01"}])
    assert compare(read_state(str(old), read_folder(new)), state_of(read_folder(new))).changes == ()
