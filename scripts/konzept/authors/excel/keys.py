"""Keys and what they are called: which key a name stands for, and keys for new rows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from konzept.authors.excel.layout import Field, Sheet
from konzept.data.package import Column, Package
from konzept.data.problems import nearest
from konzept.words import german
from konzept.words.areas import Area, area_meant, may_be_meant
from konzept.words.letters import plain_words

DASH = " – "
_AREAS = "gebiete"
_SHOWN = 70
"""So many characters of a name follow the key in a list."""

_TITLES = ("kurztitel", "titel", "name", "text", "aussage_a", "funktion")
_SLUG = 40
_FILLERS = frozenset(
    [
        "als",
        "am",
        "an",
        "auf",
        "aus",
        "bei",
        "beim",
        "bis",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "eines",
        "fuer",
        "fur",
        "im",
        "in",
        "ins",
        "mit",
        "nach",
        "oder",
        "sich",
        "sowie",
        "uber",
        "ueber",
        "um",
        "und",
        "vom",
        "von",
        "vor",
        "wie",
        "zu",
        "zum",
        "zur",
        "zwischen",
    ]
)
_PREFIX = re.compile(r"\^([a-z]+-)\[")


def name_of(cells: Mapping[str, str]) -> str:
    """Name a row by its title, or by its text."""
    return next((cells[c] for c in _TITLES if cells.get(c)), "")


def shown(key: str, name: str) -> str:
    """Write a key with its name, as drop-down lists do.

    Examples
    --------
    >>> shown("bildung", "Bildung und Erziehung")
    'bildung – Bildung und Erziehung'
    """
    name = german.shortened(name, _SHOWN)
    return f"{key}{DASH}{name}" if name else key


@dataclass
class Names:
    """The keys of all tables that have one, with the names that stand for them."""

    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table → key → name."""
    by_name: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Tables whose sheet could not be read, so that not all names are known."""
    areas: dict[str, Area] = field(default_factory=dict)
    """Key → area, which may be written as offices do."""

    def add(self, table: str, rows: Iterable[Mapping[str, str]]) -> None:
        """Make rows known."""
        keys = self.keys.setdefault(table, {})
        names = self.by_name.setdefault(table, {})
        for cells in rows:
            if key := cells.get("id"):
                keys[key] = name_of(cells)
                if table == _AREAS:
                    self.areas[key] = Area(key, cells["name"], cells["ebene"], cells["ags"])
                # A shortened title and the full one both lead to the row.
                for name in filter(None, (cells.get(column) for column in _TITLES)):
                    names.setdefault(_folded(name), set()).add(key)

    def resolve(self, table: str, text: str) -> str | None:
        """Find the key that a cell means: a key, „key – name“, or a name that only one row has."""
        keys = self.keys.get(table, {})
        if text in keys:
            return text
        head = text.split(DASH, maxsplit=1)[0].split(" - ", maxsplit=1)[0].strip()
        if head in keys:
            return head
        hits = self.by_name.get(table, {}).get(_folded(text), set())
        if not hits and table == _AREAS:
            return area_meant(text, self.areas.values())
        return next(iter(hits)) if len(hits) == 1 else None

    def unknown(self, table: str, title: str, text: str) -> str:
        """Say that no row is meant, or more than one."""
        hits = self.by_name.get(table, {}).get(_folded(text), set())
        if len(hits) > 1:
            return f"„{text}“ heißen im Blatt „{title}“ mehrere Zeilen. Schreiben Sie die Kennung dazu."
        keys = self.keys.get(table, {})
        if table == _AREAS:
            keys = {key: keys[key] for key, area in self.areas.items() if may_be_meant(text, area)}
        hit = nearest(text.split(DASH, maxsplit=1)[0].strip(), keys)
        if hit is None and (name := nearest(text, keys.values())):
            hit = next(key for key, each in keys.items() if each == name)
        if hit:
            return f"„{text}“ gibt es im Blatt „{title}“ nicht. Meinten Sie „{shown(hit, keys[hit])}“?"
        return (
            f"„{text}“ gibt es im Blatt „{title}“ nicht. "
            f"Wählen Sie aus der Liste, oder ergänzen Sie zuerst im Blatt „{title}“ eine Zeile."
        )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def slug(text: str) -> str:
    """Make a short key of a title.

    Examples
    --------
    >>> slug("Sprachcafé für Eltern und Großeltern im Stadtteil")
    'sprachcafe-eltern-grosseltern-stadtteil'
    """
    words = plain_words(text)
    words = [w for w in words if w not in _FILLERS] or words
    # As many whole words as there is room for.
    lines = textwrap.wrap(" ".join(words), _SLUG, break_long_words=False)
    return lines[0][:_SLUG].replace(" ", "-") if lines else ""


def new_key(package: Package, sheet: Sheet, cells: Mapping[str, str], taken: Container[str]) -> str | None:
    """Assign a key from a row's short or full title, else from what the row relates; None when it has neither."""
    columns = {column.name: column for column in package.tables[sheet.table].columns}
    prefix = _PREFIX.match(columns["id"].pattern)
    # A title in another script leaves nothing for a key; a number tells such rows apart.
    title = cells.get("kurzname") or name_of(cells)
    name = (slug(title) or "1") if titled(sheet) else _related(sheet, columns, cells)
    if not name:
        return None
    owner = columns.get("handlungsfeld_id")
    parts = [cells["handlungsfeld_id"]] if owner is not None and owner.required else []
    stem = (prefix[1] if prefix else "") + "-".join(filter(None, [*parts, name]))
    return free_key(stem, taken, stem.removesuffix("-1") if name == "1" else stem)


def free_key(stem: str, taken: Container[str], numbered: str = "") -> str:
    """Give a key that nobody has: the stem, or one with a number behind it."""
    return next(c for n in count(1) if (c := stem if n == 1 else f"{numbered or stem}-{n}") not in taken)


def titled(sheet: Sheet) -> bool:
    """Whether rows have a title of their own."""
    return any(f.name in _TITLES for f in sheet.fields)


def _related(sheet: Sheet, columns: Mapping[str, Column], cells: Mapping[str, str]) -> str:
    parts = [
        re.sub(r"^[a-z]-", "", text)
        for each in sheet.fields
        if (text := cells.get(each.name)) and _tells(each)
    ]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).casefold()).strip("-")


def _tells(each: Field) -> bool:
    """Whether a column tells rows of its table apart."""
    return each.reference not in (None, "dokumente") or each.type == "integer" or each.name == "art"
