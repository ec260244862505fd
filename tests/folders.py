"""Data folders for tests: the frozen town's copied, one with a single field, and a hostile one.

Tests of the program take the town of `tests/examples/stadt`, as it was one day, so that whoever edits the data or the
prose of the town in this repository breaks tests of facts alone (`tests/facts`).
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from konzept.site.shared import whole_page

PROGRAM = Path(__file__).resolve().parents[1]
"""The repository: the program, and the town that is written in it."""
TOWN = PROGRAM
"""The town that is written in this repository; only tests of facts read it."""
EXAMPLES = PROGRAM / "tests" / "examples"
PROJECT = EXAMPLES / "stadt"
"""The frozen town."""
REAL = PROJECT / "data"

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.invalid";"x")',
    "a|b *c* _d_ **e**",
    "{{x}} ${y} $1 + 1$ {math}`z`",
    "`code` ```fence``` ~~~",
    "\"doppelt\" 'einfach' „deutsch“",
    "😀 \u200fمن اليمين إلى اليسار\u200e",
    "<b>fett</b> &amp; <img src=x onerror=alert(2)>",
    "[Verweis](http://example.invalid) ![Bild](x.png)",
    "# keine Überschrift --- :::{note}",
)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Read a table as the file has it."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(folder: Path, table: str, content: list[dict[str, str]]) -> None:
    """Write a table as Excel does."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns(table), delimiter=";", lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(content)


SCHEMA = PROGRAM / "scripts/konzept/data/schema.json"


def schema() -> dict:
    """Read the program's description of all tables; its projects are the town's."""
    description = json.loads(SCHEMA.read_text("utf-8"))
    projects = json.loads((REAL / "kommune.json").read_text("utf-8"))["projekte"]
    for table in ("handlungsfelder", "gremien"):
        fields = next(r for r in description["resources"] if r["name"] == table)["schema"]["fields"]
        field = next(f for f in fields if f["name"] == "projekt")
        own = [{"value": key, "label": name} for key, name in projects.items()]
        field["categories"] = [*own, *field.get("categories", [])]
    return description


def tell(folder: Path, **settings: object) -> Path:
    """Change what `kommune.json` says of the town."""
    path = folder / "kommune.json"
    told = json.loads(path.read_text("utf-8")) | settings
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")
    return folder


def published(folder: Path) -> Path:
    """Give a data folder the form in which a printed PDF carries it: described by itself."""
    path = folder / "kommune.json"
    description = {**schema(), "konzept": json.loads(path.read_text("utf-8"))}
    del description["version"]
    (folder / "datapackage.json").write_text(json.dumps(description, ensure_ascii=False, indent=2), "utf-8")
    path.unlink()
    return folder


def page_text(page: Path) -> str:
    """Read a page of the book as it is built: with the program's text, if it takes one."""
    text = page.read_text("utf-8")
    town = next((folder for folder in page.parents if (folder / "data/kommune.json").is_file()), None)
    return whole_page(text, town / "data", "") if town else text


def columns(table: str) -> list[str]:
    """Name the columns of a table."""
    resource = next(r for r in schema()["resources"] if r["name"] == table)
    return [field["name"] for field in resource["schema"]["fields"]]


def real_copy(folder: Path) -> Path:
    """Copy the project's own data, as long as no edition has been issued."""
    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("intern"))
    forget_editions(folder)
    return folder


def forget_editions(folder: Path) -> None:
    """Take back the editions that were issued: they hold statuses fast, and their PDFs are not copied."""
    every = rows(folder, "ausgaben")
    if any(row["tag"] for row in every):
        write(folder, "ausgaben", [row for row in every if not row["tag"]])


def minimal(folder: Path) -> Path:
    """Write a folder with one action field and what it cannot do without."""
    folder.mkdir(parents=True)
    shutil.copy(REAL / "kommune.json", folder)
    for resource in schema()["resources"]:
        write(folder, resource["name"], [])
    write(folder, "dokumente", [{"id": "d-test", "titel": "Ein Papier", "art": "bericht"}])
    source = {"quelle_id": "d-test", "fundstelle": "Seite 1"}
    write(
        folder,
        "gebiete",
        [{"id": "lehrte", "name": "Lehrte", "ebene": "gemeinde", "ortsangabe": "in Lehrte", **source}],
    )
    field = {
        "id": "bildung",
        "nr": "1",
        "name": "Bildung und Erziehung",
        "kurzname": "Bildung",
        "typ": "feld",
    }
    field |= {"projekt": "stadtgesellschaft", "bearbeitung": "laufend", **source}
    write(folder, "handlungsfelder", [field])
    return folder


def hostile(folder: Path) -> Path:
    """Copy the real data and make every free text hostile."""
    real_copy(folder)
    n = 0
    for resource in schema()["resources"]:
        free = _free_texts(resource)
        content = rows(folder, resource["name"])
        for row in content:
            for column in free:
                if row[column]:
                    row[column] = f"{HOSTILE[n % len(HOSTILE)]} {row[column]}"
                    n += 1
        write(folder, resource["name"], content)
    return folder


def _free_texts(resource: dict) -> list[str]:
    schema = resource["schema"]
    keys = {name for key in schema.get("foreignKeys", []) for name in _list(key["fields"])}
    keys |= set(_list(schema["primaryKey"])) | {"url", "zeile_id", "tabelle", "email", "telefon"}
    return [
        f["name"]
        for f in schema["fields"]
        if f["type"] == "string"
        and f["name"] not in keys
        and "categories" not in f
        and not {"enum", "pattern"} & set(f.get("constraints", {}))
    ]


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


ENOUGH = 8
"""So many rows of each table are kept, and those that they point to: judging takes time by the cell."""


def small_copy(folder: Path, **more: int) -> Path:
    """Copy the project's data with few rows of each table, in which each key still has its row.

    Parameters
    ----------
    folder
        Where they shall lie.
    more
        How many rows of a table are kept, where that are more.
    """
    real_copy(folder)
    tables = {r["name"]: rows(folder, r["name"]) for r in schema()["resources"]}
    kept = {table: set(range(min(more.get(table, ENOUGH), len(tables[table])))) for table in tables}
    grown = -1
    while grown != (grown := sum(map(len, kept.values()))):
        for table, (column, target, key) in _references():
            wanted = {tables[table][i][column] for i in kept[table]}
            kept[target] |= {i for i, row in enumerate(tables[target]) if row[key] in wanted}
        for note in (tables["pruefhinweise"][i] for i in kept["pruefhinweise"]):
            about = enumerate(tables[note["tabelle"]])
            kept[note["tabelle"]] |= {i for i, row in about if row.get("id", "") == note["zeile_id"] != ""}
    for table, positions in kept.items():
        write(folder, table, [tables[table][i] for i in sorted(positions)])
    return folder


def _references() -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Give each table's columns that point to a column of a table."""
    for resource in schema()["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            (column,), (target,) = _list(key["fields"]), _list(key["reference"]["fields"])
            yield resource["name"], (column, key["reference"]["resource"] or resource["name"], target)
