"""`konzept upgrade`: tables of an older schema are read, told what is new, and rewritten; nothing is lost."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest

from folders import SCHEMA, minimal, rows, tell
from konzept.authors.check import check_hints, check_project
from konzept.authors.excel.importing import read_present
from konzept.authors.upgrading import carry_out, plan_upgrade
from konzept.data import package as packages
from konzept.data import town
from konzept.data.older_tables import of_today
from konzept.data.problems import DataProblems
from konzept.data.reading import read_folder

NEXT = 2
TODAY = json.loads(SCHEMA.read_text("utf-8"))


def upgrade(folder: Path) -> list[str]:
    """Upgrade a data folder; give what is told."""
    plan = plan_upgrade(folder)
    return [*plan.told, *carry_out(plan, folder)]


def state(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def table(schema: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in schema["resources"] if each["name"] == name)


def field(schema: dict[str, Any], name: str, column: str) -> dict[str, Any]:
    return next(each for each in table(schema, name)["schema"]["fields"] if each["name"] == column)


def use(schema: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one of the next version, with another schema."""
    path = folder / "schema.json"
    path.write_text(json.dumps(schema | {"version": str(NEXT)}), "utf-8")
    monkeypatch.setattr(packages, "SCHEMA", path)
    monkeypatch.setattr(town, "SCHEMA_VERSION", NEXT)


# The next version


def test_tables_of_an_older_version_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = minimal(tmp_path / "data")
    before = read_folder(folder)
    schema = copy.deepcopy(TODAY)
    fields = table(schema, "handlungsfelder")["schema"]["fields"]
    fields.insert(3, {"name": "farbe", "title": "Farbe", "type": "string", "seit": NEXT})
    field(schema, "dokumente", "herausgeber")["frueher"] = ["verlag"]
    use(schema, tmp_path, monkeypatch)
    path = folder / "dokumente.csv"
    path.write_text(path.read_text("utf-8").replace("herausgeber", "verlag"), "utf-8")
    reading = read_folder(folder)
    assert [str(p) for p in reading.problems] == []
    (row,) = reading.rows["handlungsfelder"]
    assert row == before.rows["handlungsfelder"][0] | {"farbe": None}
    assert list(row)[3] == "farbe"
    assert reading.rows["dokumente"] == before.rows["dokumente"]
    (hint,) = [h for h in check_hints(folder) if "ältere Fassung" in h.message]
    assert hint.hint
    # Others read what is published in the columns of today; nobody writes into files that lack them.
    assert of_today(reading.package, reading.package.tables["dokumente"]).count(b"herausgeber") == 1  # type: ignore[union-attr, arg-type]
    with pytest.raises(DataProblems, match="Geben Sie zuerst „konzept upgrade“ ein"):
        read_present(folder)
    # What was there before must still be there.
    path.write_text(path.read_text("utf-8").replace(";titel;", ";", 1), "utf-8")
    assert str(read_folder(folder).problems[0]).endswith(
        "Spalte „titel“: Diese Spalte fehlt. Ergänzen Sie sie in der Kopfzeile."
    )


def test_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    folder = tell(
        minimal(tmp_path / "data"), schema=town.SCHEMA_VERSION + 1, spaeteres="gibt es hier noch nicht"
    )
    before = state(folder)
    expected = (
        f"data/kommune.json: Die Daten haben die Fassung {town.SCHEMA_VERSION + 1} des Schemas, dieses Programm kennt nur "
        f"{town.SCHEMA_VERSION}. Nehmen Sie eine neuere Fassung des Programms."
    )
    with pytest.raises(DataProblems) as told:
        upgrade(folder)
    assert [str(p) for p in told.value.problems] == [expected]
    assert [str(p) for p in check_project(folder)] == [expected]
    assert state(folder) == before


_PIECES = ("a", "Ä", "ß", ";", '"', ",", " ", "\n", "„x“", "=1", "'", "0,5", "ja", "2024-01-01", "-")


def _cell(chance: random.Random) -> str:
    return "" if chance.random() < 0.3 else "".join(chance.choices(_PIECES, k=chance.randint(1, 6))).strip()


def _written(path: Path, header: list[str], content: list[dict[str, str]], chance: random.Random) -> None:
    """Write a table as one program or another does."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator=chance.choice(["\n", "\r\n"]))
    writer.writerow(header)
    writer.writerows([row[name] for name in header] for row in content)
    path.write_bytes((chance.choice(["", "\ufeff"]) + out.getvalue()).encode())


@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_lost_whatever_has_changed(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random tables of a random older schema: each cell is found again, by its name of today or set aside."""
    chance = random.Random(seed)
    folder = minimal(tmp_path / "data")
    schema = copy.deepcopy(TODAY)
    expected: dict[str, list[dict[str, str]]] = {}
    kept: dict[str, list[dict[str, str]]] = {}
    for resource in schema["resources"]:
        name, key = resource["name"], resource["schema"]["primaryKey"]
        keys = [key] if isinstance(key, str) else key
        if chance.random() < 0.1:
            resource["seit"] = NEXT
            (folder / resource["path"]).unlink()
            expected[name] = []
            continue
        header, called = [], {}
        for each in resource["schema"]["fields"]:
            old, luck = each["name"], chance.random()
            if luck < 0.15 and old not in keys:
                each["seit"] = NEXT
                continue
            if luck < 0.3:
                each["frueher"] = [f"{old}_frueher"]
                old = f"{old}_frueher"
            called[old] = each["name"]
            header.append(old)
        others = [f"eigen{n}" for n in range(chance.choice([0, 0, 1, 2]))]
        content = [
            {
                c: f"{n}-{_cell(chance)}x" if called.get(c) in keys else _cell(chance)
                for c in [*header, *others]
            }
            for n in range(chance.randint(0, 4))
        ]
        columns = chance.sample([*header, *others], len(header) + len(others))
        _written(folder / resource["path"], columns, content, chance)
        today = [each["name"] for each in resource["schema"]["fields"]]
        named = [{called.get(c, c): v for c, v in row.items()} for row in content]
        expected[name] = [{c: row.get(c, "") for c in today} for row in named]
        if found := [{c: row[c] for c in (*keys, *others)} for row in named if any(row[c] for c in others)]:
            kept[name] = found
    use(schema, tmp_path, monkeypatch)
    upgrade(folder)
    for name, content in expected.items():
        found = rows(folder, name)
        assert found == content, name
    assert json.loads((folder / "kommune.json").read_text("utf-8"))["schema"] == NEXT
    for name, content in kept.items():
        aside = rows(tmp_path / "aufgehoben", name)
        others = [c for c in content[0] if c.startswith("eigen")]
        assert [{c: row[c] for c in others} for row in aside] == [
            {c: row[c] for c in others} for row in content
        ]
        # Each with the key of its row.
        assert all(
            set(row.values()) >= set(known.values()) for row, known in zip(aside, content, strict=True)
        )
    assert {p.stem for p in tmp_path.glob("aufgehoben/*")} == set(kept)
    assert upgrade(folder) == []


def test_what_is_set_aside_takes_the_place_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = minimal(tmp_path / "data")
    path = folder / "gruppen.csv"
    path.write_text("id;name;ordnung;quelle_id;fundstelle;notiz\nx;X;1;d-test;Seite 1;=wichtig\n", "utf-8")
    (tmp_path / "aufgehoben").mkdir()
    (tmp_path / "aufgehoben/gruppen.csv").write_text("anderes", "utf-8")
    use(TODAY, tmp_path, monkeypatch)
    before = state(tmp_path)
    assert plan_upgrade(folder).told
    assert state(tmp_path) == before
    told = upgrade(folder)
    assert "Was das Programm nicht mehr kennt, steht in aufgehoben/gruppen-2.csv." in told
    assert (tmp_path / "aufgehoben/gruppen.csv").read_text("utf-8") == "anderes"
    assert rows(tmp_path / "aufgehoben", "gruppen-2") == [{"id": "x", "notiz": "=wichtig"}]
