"""What an author looks for by name, and the line that brings it into a chapter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx.util.inventory import InventoryFile

from konzept.data.reading import Reading, read_folder

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


def finds(project: Path, inventory: Path) -> list[Find]:
    """List indicators, documents and numbered figures and tables.

    Parameters
    ----------
    project
        The folder of `data/`.
    inventory
        What a build has found in the book; it need not be there yet.
    """
    return [*_from_data(read_folder(project / "data")), *_from_book(inventory)]


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
