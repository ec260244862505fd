"""What an author looks for by name, and what can be chosen for a task."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.util.inventory import InventoryFile

from konzept.authors.excel.layout import HEAD, table_sheets
from konzept.data.package import Package
from konzept.data.reading import Reading

_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page that an author writes."""

    file: str
    """Its place in the project."""
    title: str


@dataclass(frozen=True)
class Find:
    """Something with a name, and the line that brings it into a chapter."""

    kind: str
    name: str
    line: str


def pages(project: Path) -> list[Page]:
    """List the pages with a text of their own, chapters first."""
    found = []
    for path in sorted((project / "book").rglob("*.md"), key=lambda p: (p.parent.name != "chapters", p)):
        if "/.ipynb_checkpoints/" not in path.as_posix() and (
            title := _HEADING.search(path.read_text("utf-8", "replace"))
        ):
            found.append(Page(path.relative_to(project).as_posix(), title[1].strip()))
    return found


def finds(reading: Reading, inventory: Path) -> list[Find]:
    """List indicators, documents and numbered figures and tables.

    Parameters
    ----------
    reading
        The data.
    inventory
        What a build has found in the book; it need not be there yet.
    """
    return [*_from_data(reading), *_from_book(inventory)]


def sheets(package: Package, lines: Mapping[str, Sequence[int]]) -> dict[str, dict[str, object]]:
    """Say where in the workbook stands what a message names by its place in a table's file.

    Parameters
    ----------
    package
        What the tables are.
    lines
        Table → the line of each row in its file.
    """
    return {
        f"data/{sheet.table}.csv": {
            "titel": sheet.title,
            "spalten": {field.name: field.heading for field in sheet.fields},
            # A file has one line above the first row.
            "versatz": HEAD - 1,
            # Of a file in which a cell takes several lines, its rows' lines.
            "zeilen": [] if (of := lines.get(sheet.table, ())) == tuple(range(2, len(of) + 2)) else list(of),
        }
        for sheet in table_sheets(package)
    }


def chapters(project: Path) -> dict[str, str]:
    """Map the fields that have a chapter to its title."""
    return {
        Path(page.file).stem.partition("-")[2]: page.title
        for page in pages(project)
        if page.file.startswith("book/chapters/")
    }


LISTS = {
    "indikator": ("indikatoren", "name", None),
    "gremium": ("gremien", "name", None),
    "umfrage": ("ereignisse", "titel", ("art", "befragung")),
}
"""What is chosen from the data: the table, the column of the name, and what a row must say."""


KINDS = ("kapitel", *LISTS)
"""All that can be chosen."""


def lists(project: Path, reading: Reading) -> dict[str, dict[str, str]]:
    """Give what can be chosen: for each kind its keys and names."""
    found = {
        kind: {
            str(row["id"]): str(row[name])
            for row in reading.rows.get(table, ())
            if wanted is None or row[wanted[0]] == wanted[1]
        }
        for kind, (table, name, wanted) in LISTS.items()
    }
    return {"kapitel": chapters(project), **found}


def traits(project: Path, reading: Reading, *, common: bool) -> set[str]:
    """Say what a project has that some tasks need."""
    missing = {row["id"] for row in reading.rows.get("handlungsfelder", ())} - chapters(project).keys()
    return {
        "gemeinsam" if common else "allein",
        *(["fehlend"] if missing else []),
        *(["sprachen"] if any((project / "book/sprachen").glob("*.md")) else []),
    }


def _from_data(reading: Reading) -> Iterator[Find]:
    for row in reading.rows.get("indikatoren", ()):
        yield Find("Diagramm eines Indikators", str(row["name"]), f'field.indicator_chart("{row["id"]}")')
    for row in reading.rows.get("dokumente", ()):
        yield Find("Nachweis einer Quelle", str(row["titel"]), f"{{quelle}}`{row['id']}`")


def _from_book(inventory: Path) -> Iterator[Find]:
    if not inventory.is_file():
        return
    with inventory.open("rb") as file:
        known = InventoryFile.load(file, "", posixpath.join)
    for name, (*_, title) in sorted(known.get("std:label", {}).items()):
        kind = {"abb": "Verweis auf eine Abbildung", "tab": "Verweis auf eine Tabelle"}.get(name[:3])
        if kind and name[3:4] == "-":
            yield Find(kind, title, f"{{numref}}`{name}`")
