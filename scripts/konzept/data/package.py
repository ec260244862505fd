"""The data package: the one description of the data folder.

`datapackage.json` names every table and column with its German title, type and keys;
whatever else needs to know about columns asks here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from konzept.data.describing import faults, limits
from konzept.data.files import content
from konzept.data.needed import LEVEL, STATUS
from konzept.data.saving import is_pending
from konzept.words.labels import Level, Status, Word
from konzept.words.letters import no_text, no_text_by_line

DESCRIPTOR = "datapackage.json"


class PackageError(Exception):
    """The data folder or its description cannot be read; the message is German, a line for each problem."""


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

    def column(self, name: str) -> Column:
        """Find a column by its name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Town:
    """The municipality whose concept this is, as it is named in sentences."""

    name: str
    title: str
    genitive: str
    ags: str
    area_id: str


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
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Table → key in older editions → key today."""

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
    """Read the description of a data folder; that of an older edition may lack what came later.

    Raises
    ------
    PackageError
        The folder or its `datapackage.json` is missing or not readable.
    """
    if is_pending(folder):
        raise PackageError(
            f"{folder.name}: Ein Import ist nicht abgeschlossen, weil sich eine Tabelle nicht ersetzen lässt. "
            "Schließen Sie sie in anderen Programmen."
        )
    descriptor = _read_descriptor(folder)
    if found := faults(descriptor, older=older):
        raise PackageError("\n".join(f"{folder.name}/{DESCRIPTOR}: {sentence}" for sentence in found))
    book, town = descriptor["konzept"], descriptor["konzept"]["kommune"]
    titles = {table["name"]: table.get("title", table["name"]) for table in descriptor["resources"]}
    return Package(
        folder=folder,
        descriptor=descriptor,
        title=book["titel"],
        town=Town(town["name"], town["bezeichnung"], town["genitiv"], town["ags"], town["gebiet_id"]),
        stand=dt.date.fromisoformat(book["stand"]),
        notice=book["hinweis"],
        editor=(book.get("redaktion") or "").strip() or "Redaktion dieses Buches",
        imprint=book["impressum"],
        address=f"{address.rstrip('/')}/" if (address := book.get("adresse", "")) else "",
        tables={table["name"]: table_of(table, titles) for table in descriptor["resources"]},
        renamed=book.get("umbenannt", {}),
    )


def published_files(package: Package) -> list[str]:
    """Name the files of the data folder that are published: the tables and their description."""
    return [DESCRIPTOR, *(table.file for table in package.tables.values())]


def fingerprint(folder: Path) -> str:
    """Name the state of all published data by twelve hexadecimal digits.

    The same content gives the same name on every machine: how lines end, how a letter is put together,
    and what lies beside the tables does not count, nor does `data/intern/`, which is not published.
    """
    digest = hashlib.sha256()
    for path in sorted(folder / name for name in _names_of_files(folder)):
        if path.is_file():
            content = _unified(path.read_bytes())
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def _names_of_files(folder: Path) -> set[str]:
    """Name the files that the description knows; where it cannot be read, all that may be tables."""
    try:
        resources = json.loads((folder / DESCRIPTOR).read_text("utf-8-sig"))["resources"]
        return {DESCRIPTOR, *(str(each["path"]) for each in resources)}
    except (OSError, ValueError, KeyError, TypeError):
        return {DESCRIPTOR, *(path.name for path in folder.glob("*.csv"))}


def _unified(content: bytes) -> bytes:
    """Leave of a text what makes no difference to whoever reads it as a table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).encode()


def _read_descriptor(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTOR
    twice: list[str] = []
    try:
        text = unicodedata.normalize("NFC", content(path).decode("utf-8-sig"))
        descriptor = json.loads(text, object_pairs_hook=partial(_once, twice))
    except FileNotFoundError as error:
        raise PackageError(f"{path}: Diese Datei fehlt. Ohne sie ist „{folder}“ kein Datenordner.") from error
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{folder.name}/{DESCRIPTOR}, Zeile {error.lineno}: "
            "Hier ist die Schreibweise (JSON) verletzt, oft durch ein fehlendes Komma oder Anführungszeichen."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(
            f"{path}: Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie in UTF-8 gespeichert ist und ob Ihnen die Rechte fehlen."
        ) from error
    except RecursionError as error:
        raise PackageError(f"{folder.name}/{DESCRIPTOR}: {_OTHER_SHAPE}") from error
    if not isinstance(descriptor, dict):
        raise PackageError(f"{folder.name}/{DESCRIPTOR}: {_OTHER_SHAPE}")
    if twice:
        raise PackageError(
            f"{folder.name}/{DESCRIPTOR}: Die Angabe „{twice[0]}“ steht in einem Paar geschweifter Klammern zweimal. "
            "Löschen Sie eine von beiden."
        )
    # JSON may also spell such a character out; then no line shows it.
    spelt_out = ((None, no_text(each)) for each in _texts(descriptor))
    for line, sentence in [*no_text_by_line(text), *spelt_out]:
        if sentence:
            place = f"{folder.name}/{DESCRIPTOR}" + (f", Zeile {line}" if line else "")
            raise PackageError(f"{place}: {sentence}")
    return descriptor


_OTHER_SHAPE = "Die Datei ist anders gegliedert als vorgesehen. Holen Sie die letzte Fassung aus git zurück."


def _once(twice: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a group of what stands in a pair of brackets, and note what stands there twice: the last would win."""
    names = [name for name, _ in pairs]
    twice += [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return dict(pairs)


def _texts(value: object) -> Iterator[str]:
    """Give all texts of a description."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


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
        )
        for each in schema["fields"]
    )
    references = {}
    for key in schema.get("foreignKeys", ()):
        source, target = _names(key["fields"]), _names(key["reference"]["fields"])
        if len(source) == 1:
            references[source[0]] = (key["reference"]["resource"] or resource["name"], target[0])
    return Table(
        name=resource["name"],
        title=resource.get("title", resource["name"]),
        file=resource["path"],
        columns=columns,
        key=tuple(_names(schema["primaryKey"])),
        references=references,
        description=resource.get("description", ""),
    )


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
