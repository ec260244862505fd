"""The data package: whose data a folder holds, and how they are described.

The program's `schema.json` names every table and column with its German title, type and keys, a folder's `kommune.json`
the town; whatever else needs to know about columns asks here.  `datapackage.json`, made of both, is published.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from konzept.data import town
from konzept.data.describing import description_faults, limits, listed
from konzept.data.plainjson import PackageError, read_group
from konzept.data.saving import JOURNAL
from konzept.data.town import TOWN, Town, settings_of, town_faults, town_of
from konzept.words.labels import Level, Status, Word
from konzept.words.letters import plain_words

DESCRIPTOR = "datapackage.json"
"""The published description."""
SCHEMA = Path(__file__).with_name("schema.json")
"""The program's description of all tables."""

LEVEL = ("gebiete", "ebene")
"""Where the words stand that are described as levels."""
STATUS = ("statusverlauf", "status")
"""Where the words stand that are described as statuses."""
PROJECTS = (("handlungsfelder", "projekt"), ("gremien", "projekt"))
"""Where the town's projects stand; its fields need one as soon as it has any."""


@dataclass(frozen=True)
class Column:
    """One column of a table: technical name, German title, type and allowed words."""

    name: str
    title: str
    type: str
    enum: tuple[Word, ...] = ()
    description: str = ""
    required: bool = False
    pattern: str = ""
    change: str = "offen"
    """What another value than before means: ``ereignis``, ``plan``, ``tatsache``, ``wortlaut``; ``offen``: nobody can tell."""
    former: tuple[str, ...] = ()
    """What the column was called in older editions."""
    since: int = 0
    """The version of the schema in which it came."""

    def worded(self, values: Sequence[Any]) -> Sequence[Any]:
        """Put the allowed words in the place of their keys; anything else stays what it is."""
        known: dict[str, Word] = {word: word for word in self.enum}
        return [known.get(value, value) for value in values] if known else values


@dataclass(frozen=True)
class Table:
    """One table: its file, columns, primary key, and where its foreign keys point."""

    name: str
    title: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]]
    """Column → (table, column) it must exist in."""
    description: str = ""
    since: int = 0
    """The version of the schema in which it came."""

    def column(self, name: str) -> Column:
        """Find a column by its name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Package:
    """The data package with its tables and what it says about the book as a whole."""

    folder: Path
    descriptor: Mapping[str, Any]
    title: str
    town: Town
    stand: dt.date
    notice: str
    editor: str
    """Who made the book, as long as it does not speak for the town."""
    imprint: Mapping[str, str]
    address: str
    """Where the book is published, up to the last stroke; empty as long as that is not told."""
    tables: Mapping[str, Table]
    is_accessible: bool = False
    """Whether this very book has been checked for barriers."""
    shows_drafts: bool = False
    """Whether short versions in other languages appear before a native speaker has checked them."""
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Table → key in older editions → key today."""

    @property
    def version(self) -> int:
        """Of the schema by which the tables were written."""
        return int(self.descriptor["konzept"]["schema"])

    @property
    def is_older(self) -> bool:
        """Whether the schema has changed since the tables were written."""
        return self.version < town.SCHEMA_VERSION

    def words(self, table: str, column: str) -> tuple[Word, ...]:
        """Give the words that a column allows, in their order."""
        return self.tables[table].column(column).enum

    def word(self, table: str, column: str, key: str) -> Word:
        """Find the word of a key; what the column does not allow stands for itself."""
        return next((word for word in self.words(table, column) if word == key), Word(key))

    def level(self, key: str) -> Level:
        """Give the word of a level of areas."""
        return next(word for word in self.words(*LEVEL) if isinstance(word, Level) and word == key)

    @property
    def stem(self) -> str:
        """Begin the names of files that are published: the title as such names have it."""
        return "-".join(plain_words(self.title)) or "konzept"

    @property
    def statuses(self) -> tuple[Status, ...]:
        """All statuses in the order of progress."""
        return tuple(word for word in self.words(*STATUS) if isinstance(word, Status))

    @property
    def official(self) -> bool:
        """Whether the Impressum is complete, so that the book may speak for the town."""
        return all(self.imprint.values()) and bool(self.imprint)

    @property
    def speaker(self) -> str:
        """Who speaks in this book: the town, once the Impressum says so, else those who made it."""
        return self.town.title if self.official else self.editor

    @property
    def origin(self) -> str:
        """Who made the book from what, without a full stop."""
        if self.official:
            return f"Herausgegeben von: {self.town.title}"
        return f"Aus öffentlichen Quellen zusammengestellt von: {self.editor}"


def load_package(folder: Path, *, older: bool = False) -> Package:
    """Read whose data a folder holds, and how they are described.

    Parameters
    ----------
    folder
        A town's data folder; the program's own schema describes its tables.
    older
        Whether it may be a published one, of an older edition: its tables are then as its own `datapackage.json` says.

    Raises
    ------
    PackageError
        The folder or its `kommune.json` is missing or not readable.
    """
    if (folder / JOURNAL).is_dir():
        raise PackageError(
            f"{folder.name}: Ein Import ist nicht abgeschlossen, weil sich eine Tabelle nicht ersetzen lässt. "
            "Schließen Sie sie in anderen Programmen."
        )
    published = older and not (folder / TOWN).exists()
    if not older and not (folder / TOWN).exists() and (folder / DESCRIPTOR).exists():
        raise PackageError(
            f"{folder.name}/{DESCRIPTOR}: Diese Daten sind für eine ältere Fassung des Programms geschrieben. "
            "„konzept upgrade“ bringt sie auf den heutigen Stand; verloren geht nichts."
        )
    file = DESCRIPTOR if published else TOWN
    found = read_group(folder / file, lacking=f"Diese Datei fehlt. Ohne sie ist „{folder}“ kein Datenordner.")
    if published:
        found["konzept"] = settings_of(found.get("konzept"))
    sentences = description_faults(found) if published else town_faults(found)
    if told := list(sentences):
        raise PackageError("\n".join(f"{folder.name}/{file}: {sentence}" for sentence in told))
    return _package(folder, found) if published else package_of(folder, found)


def package_of(folder: Path, settings: Mapping[str, Any]) -> Package:
    """Describe a data folder by the program's schema.

    Parameters
    ----------
    folder
        The folder.
    settings
        What is sound in `kommune.json`.
    """
    return _package(folder, _described(settings))


@cache
def _schema(path: Path) -> Mapping[str, Any]:
    """Read the program's description of all tables."""
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _described(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a town's tables: by the schema, with its own projects and its words for areas."""
    schema = copy.deepcopy(_schema(SCHEMA))
    fields = {
        (each["name"], field["name"]): field
        for each in schema["resources"]
        for field in each["schema"]["fields"]
    }
    projects = [{"value": key, "label": name} for key, name in settings.get("projekte", {}).items()]
    for place in PROJECTS if projects else ():
        fields[place]["categories"] = projects + fields[place].get("categories", [])
    if projects:
        fields[PROJECTS[0]]["constraints"] = {"required": True}
    for level in fields[LEVEL]["categories"]:
        if own := settings.get("ebenen", {}).get(level["value"]):
            level |= {"label": own["einzahl"], "mehrzahl": own["mehrzahl"]}
    ours = town_of(settings)
    for (table, column, key), label in ours.words.items():
        category = next(c for c in fields[table, column]["categories"] if c["value"] == key)
        category["label"] = label
    return {
        "profile": schema["profile"],
        "name": "-".join(plain_words(f"{settings['titel']} {ours.name}")) or "konzept",
        "title": f"{settings['titel']} {ours.genitive} – Daten",
        "description": schema["description"],
        "konzept": settings,
        "licenses": schema["licenses"],
        "resources": schema["resources"],
    }


def _package(folder: Path, described: Mapping[str, Any]) -> Package:
    book = described["konzept"]
    titles = {table["name"]: table.get("title", table["name"]) for table in described["resources"]}
    return Package(
        folder=folder,
        descriptor=described,
        title=book["titel"],
        town=town_of(book),
        stand=dt.date.fromisoformat(book["stand"]),
        notice=book["hinweis"],
        editor=(book.get("redaktion") or "").strip() or "Redaktion dieses Buches",
        imprint=book["impressum"],
        is_accessible=book.get("barrierefreiheit") == "geprueft",
        shows_drafts=book.get("sprachen_ungeprueft") == "zeigen",
        address=f"{address.rstrip('/')}/" if (address := book.get("adresse", "")) else "",
        tables={table["name"]: table_of(table, titles) for table in described["resources"]},
        renamed=book.get("umbenannt", {}),
    )


def described(package: Package, documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Describe the data as they are published: whose they are, what they are made from, and their tables.

    Parameters
    ----------
    package
        The town and its tables.
    documents
        The rows of `dokumente`, from which all comes.
    """
    given = dict(package.descriptor)
    resources = given.pop("resources")
    # Whatever the town's own files lack yet: what is published has the columns of today.
    given["konzept"] = {**given["konzept"], "schema": town.SCHEMA_VERSION}
    return {**given, "sources": [_source(row) for row in documents], "resources": resources}


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    title = f"{row['titel']} ({row['herausgeber']})" if row["herausgeber"] else row["titel"]
    return {"title": title, **({"path": row["url"]} if row["url"] else {})}


def own_files(package: Package) -> list[str]:
    """Name the files of the data folder: the tables, and what is said of the town."""
    return [TOWN, *(table.file for table in package.tables.values())]


def fingerprint(folder: Path) -> str:
    """Name the state of all published data by twelve hexadecimal digits.

    The same content gives the same name on every machine: how lines end, how a letter is put together,
    and what lies beside the tables does not count, nor does `data/intern/`, which is not published.
    """
    digest = hashlib.sha256()
    names = {TOWN, *(each["path"] for each in _schema(SCHEMA)["resources"])}
    for path in sorted(folder / name for name in names):
        if path.is_file():
            content = _unified(path.read_bytes())
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def _unified(content: bytes) -> bytes:
    """Leave of a text what makes no difference to whoever reads it as a table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).encode()


def _words(table: str, field: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[Word, ...]:
    """Name what a column allows: by its categories; tables by their titles; what has no label by itself."""
    kind = {STATUS: Status, LEVEL: Level}.get((table, field["name"]), Word)
    given = field.get("categories") or [{"value": key} for key in limits(field).get("enum", ())]
    tables = titles if {each["value"] for each in given} <= titles.keys() else {}
    return tuple(
        kind(each["value"], each.get("label") or tables.get(each["value"], ""), place, each)
        for place, each in enumerate(given)
    )


def table_of(resource: Mapping[str, Any], titles: Mapping[str, str]) -> Table:
    """Give a table as its description has it."""
    schema = resource["schema"]
    columns = tuple(
        Column(
            name=each["name"],
            title=each.get("title", each["name"]),
            type=each["type"],
            enum=_words(resource["name"], each, titles),
            description=each.get("description", ""),
            required=bool(each.get("constraints", {}).get("required")),
            pattern=each.get("constraints", {}).get("pattern", ""),
            change=each.get("aenderung", "offen"),
            former=tuple(each.get("frueher", ())),
            since=each.get("seit", 0),
        )
        for each in schema["fields"]
    )
    references = {}
    for key in schema.get("foreignKeys", ()):
        source, target = listed(key["fields"]), listed(key["reference"]["fields"])
        if len(source) == 1:
            references[source[0]] = (key["reference"]["resource"] or resource["name"], target[0])
    return Table(
        name=resource["name"],
        title=resource.get("title", resource["name"]),
        file=resource["path"],
        columns=columns,
        key=tuple(listed(schema["primaryKey"])),
        references=references,
        description=resource.get("description", ""),
        since=resource.get("seit", 0),
    )
