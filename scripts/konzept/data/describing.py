"""Whether the description of the data says what the program reads, before anything is read by it.

`datapackage.json` is written by hand.  What is of another kind there, or has another name, would only be missed
in the middle of a page; here each place gets its sentence.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from konzept.data.needed import STATUS, Needed, needed
from konzept.data.problems import nearest, suggestion
from konzept.words.labels import CLAIMS, PHASES

_SHOWN = 40
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class _Kind:
    """What may stand at a place, as a sentence names it."""

    says: str
    holds: Callable[[Any], bool]


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        return dt.date.fromisoformat(value).year in _YEARS
    except ValueError:
        return False


def _is_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and value != "" and bool(re.compile(value))
    except (re.error, RecursionError, OverflowError):
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _are_texts(value: Any) -> bool:
    return (
        isinstance(value, list) and value != [] and all(isinstance(v, str) and v.strip() != "" for v in value)
    )


def _either(words: Collection[str]) -> str:
    *first, last = (f"„{word}“" for word in words)
    return f"{', '.join(first)} oder {last}"


def _one_of(words: Collection[str]) -> _Kind:
    return _Kind(_either(words), lambda v: isinstance(v, str) and v in words)


_TEXT = _Kind("einen Text in Anführungszeichen", lambda v: isinstance(v, str) and v.strip() != "")
_ANY_TEXT = _Kind(
    'einen Text in Anführungszeichen, oder "", wenn es keinen gibt', lambda v: isinstance(v, str)
)
_DAY = _Kind("ein Datum wie 2025-06-25", _is_day)
_AREA = _Kind(
    'einen Gemeindeschlüssel aus acht Ziffern in Anführungszeichen, oder "", wenn es keinen gibt',
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"(\d{8})?", v, re.ASCII)),
)
_ADDRESS = _Kind(
    'die Adresse der Startseite wie "https://www.beispiel.de/konzept/", ohne Leerzeichen, „?“ und „#“, oder "", wenn es keine gibt',
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"(https?://[^\s?#\"<>\\^`{|}]+)?", v)),
)
_FLAG = _Kind("true oder false, ohne Anführungszeichen", lambda v: isinstance(v, bool))
_NUMBER = _Kind("eine Zahl ohne Anführungszeichen", _is_number)
_COUNT = _Kind("eine ganze Zahl ohne Anführungszeichen", lambda v: _is_number(v) and v >= 0 and v == int(v))
_PATTERN = _Kind("ein gültiges Muster (regulärer Ausdruck)", _is_pattern)
_TEXTS = _Kind("eine Liste von Texten in eckigen Klammern", _are_texts)
_NAMES = _Kind(
    "den Namen einer Spalte oder eine Liste von Namen in eckigen Klammern",
    lambda v: _TEXT.holds(v) or _are_texts(v),
)
_TYPE = _one_of(("string", "integer", "number", "date"))
_CHANGE = _one_of(("ereignis", "plan", "tatsache", "wortlaut", "offen"))
_FILE = _Kind(
    "den Namen einer CSV-Datei in diesem Ordner",
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"[\w-][\w .-]*\.csv", v)),
)
_LIST = _Kind("eine Liste in eckigen Klammern", lambda v: isinstance(v, list) and v != [])
_GROUP = _Kind("Angaben in geschweiften Klammern", lambda v: isinstance(v, dict))


def _only(value: Any) -> _Kind:
    return _Kind(json.dumps(value, ensure_ascii=False), lambda v: type(v) is type(value) and v == value)


_IMPRINT = ("anbieter", "vertretung", "anschrift", "telefon", "email", "verantwortlich")
_SETTINGS: Mapping[str, Any] = {
    "kommune": {
        **dict.fromkeys(("name", "bezeichnung", "genitiv", "gebiet_id"), _TEXT),
        "ags": _AREA,
    },
    "titel": _TEXT,
    "stand": _DAY,
    # Older editions name themselves here; today `ausgaben.csv` does.
    "ausgabe?": _TEXT,
    "hinweis": _TEXT,
    # Whoever has no name of their own may say so in any way.
    "redaktion?": _Kind(_ANY_TEXT.says, lambda v: v is None or isinstance(v, str)),
    "adresse?": _ADDRESS,
    # Table → key in older editions → key today.
    "umbenannt?": _GROUP,
    "impressum": dict.fromkeys(_IMPRINT, _ANY_TEXT),
}
_CONSTRAINTS: Mapping[str, Any] = {
    **dict.fromkeys(("required?", "unique?"), _FLAG),
    "enum?": _TEXTS,
    "pattern?": _PATTERN,
    **dict.fromkeys(("minimum?", "maximum?"), _NUMBER),
    **dict.fromkeys(("minLength?", "maxLength?"), _COUNT),
}
_CATEGORY: Mapping[str, Any] = {
    "value": _TEXT,
    "label": _TEXT,
    # What the program asks of a status besides; a level has a plural, too.
    **dict.fromkeys(("kurz?", "mehrzahl?", "kriterium?", "nachweis?"), _TEXT),
    "phase?": _one_of(PHASES),
    "bedeutet?": _Kind(
        f"eine Liste in eckigen Klammern, darin {_either(CLAIMS)}",
        lambda v: _are_texts(v) and set(v) <= set(CLAIMS),
    ),
}
_FIELD: Mapping[str, Any] = {
    "name": _TEXT,
    "type": _TYPE,
    "title?": _TEXT,
    "description?": _ANY_TEXT,
    "constraints?": _CONSTRAINTS,
    "categories?": [_CATEGORY],
    "categoriesOrdered?": _FLAG,
    "aenderung?": _CHANGE,
    "frueher?": _TEXTS,
    # How the tables are written; other programs read them by this.
    "decimalChar?": _only(","),
}
_RESOURCE: Mapping[str, Any] = {
    "name": _TEXT,
    "path": _FILE,
    "title?": _TEXT,
    "description?": _ANY_TEXT,
    "profile?": _only("tabular-data-resource"),
    "format?": _only("csv"),
    "mediatype?": _only("text/csv"),
    "encoding?": _only("utf-8"),
    "dialect?": _only({"delimiter": ";"}),
    "schema": {
        "fields": [_FIELD],
        "primaryKey": _NAMES,
        "missingValues?": _only([""]),
        "foreignKeys?": [{"fields": _NAMES, "reference": {"resource": _ANY_TEXT, "fields": _NAMES}}],
        "uniqueKeys?": [_TEXTS],
    },
}
_DESCRIPTION: Mapping[str, Any] = {
    "profile?": _only("tabular-data-package"),
    **dict.fromkeys(("name?", "title?", "description?"), _TEXT),
    "konzept": _SETTINGS,
    "licenses?": [{"title?": _TEXT}],
    "sources?": [{"title": _TEXT, "path?": _TEXT}],
    "resources": [_RESOURCE],
}
"""What stands where; behind a question mark, if it is there."""
_OPEN = ("licenses", "sources")
"""Where more may stand; elsewhere it would be a word mistyped, and what it says would not hold."""


def faults(descriptor: Mapping[str, Any], *, older: bool = False) -> list[str]:
    """Say in German what is wrong with a description; nothing where the program can read it.

    That of an older edition may lack what came later, and know what has gone since.
    """
    found = list(_misshapen(descriptor, _DESCRIPTION, ()))
    if older:
        return found or [*_twice(descriptor), *_strange_limits(descriptor), *_loose_keys(descriptor)]
    # What is of the wrong kind cannot be compared.
    return found or [
        *_twice(descriptor),
        *_lacking(descriptor),
        *_strange_limits(descriptor),
        *_unknown_words(descriptor),
        *_loose_keys(descriptor),
    ]


def _misshapen(value: Any, shape: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Compare a value with what may stand at its place."""
    if isinstance(shape, _Kind):
        if not shape.holds(value):
            shown = json.dumps(value, ensure_ascii=False)
            shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
            yield f"Bei {_place(path)} steht {shown}. Schreiben Sie dort {shape.says}."
    elif isinstance(shape, list):
        if not _LIST.holds(value):
            yield from _misshapen(value, _LIST, path)
        else:
            for number, item in enumerate(value, 1):
                name = item.get("name") if isinstance(item, dict) else None
                yield from _misshapen(
                    item, shape[0], (*path, name if isinstance(name, str) else f"{number}.")
                )
    elif not isinstance(value, dict):
        yield from _misshapen(value, _GROUP, path)
    else:
        known = {name.removesuffix("?"): part for name, part in shape.items()}
        for name, part in known.items():
            if name in value:
                yield from _misshapen(value[name], part, (*path, name))
            elif f"{name}?" not in shape:
                yield f"{_within(path)} fehlt die Angabe „{name}“. Ergänzen Sie sie."
        for name in sorted(value.keys() - known.keys()) if path and path[0] not in _OPEN else ():
            yield f"{_within(path)} steht „{name}“; das kennt das Programm nicht.{suggestion(name, known)}"


def _place(path: tuple[str, ...]) -> str:
    return f"„{' → '.join(path)}“"


def _within(path: tuple[str, ...]) -> str:
    return f"In {_place(path)}" if path else "In der Datei"


def _columns(resource: Mapping[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _twice(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Find names that stand more than once."""
    resources = descriptor["resources"]
    lists = [("Unter den Tabellen", [resource[what] for resource in resources]) for what in ("name", "path")]
    lists += [(f"In der Tabelle „{resource['name']}“", _columns(resource)) for resource in resources]
    lists += [
        (f"Unter „categories“ der Spalte „{field['name']}“ der Tabelle „{resource['name']}“", [each[what] for each in words])
        for resource in resources
        for field in resource["schema"]["fields"]
        if (words := field.get("categories"))
        for what in ("value", "label")
    ]  # fmt: skip
    for where, names in lists:
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{where} gibt es „{name}“ zweimal. Löschen Sie einen der Einträge, oder geben Sie ihm einen eigenen Namen."


def _lacking(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Find what the program reads and the description does not have."""
    tables = {resource["name"]: resource for resource in descriptor["resources"]}
    for table, columns in needed().items():
        if table not in tables:
            yield f"Die Tabelle „{table}“ fehlt; das Programm braucht sie.{_renamed(table, tables, needed())}"
            continue
        yield from _lacking_columns(tables[table], columns)


def _renamed(name: str, present: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    hit = nearest(name, [other for other in present if other not in known])
    if hit:
        return f" Heißt sie jetzt „{hit}“? Dann geben Sie ihr ihren Namen zurück."
    return " Holen Sie sie aus der letzten Fassung in git zurück."


def _lacking_columns(resource: Mapping[str, Any], columns: tuple[Needed, ...]) -> Iterator[str]:
    table, schema = resource["name"], resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    references = {
        tuple(_listed(key["fields"])): key["reference"]["resource"] or table
        for key in schema.get("foreignKeys", ())
    }
    for column in columns:
        where = f"Die Spalte „{column.name}“ der Tabelle „{table}“"
        field = fields.get(column.name)
        if field is None:
            names = {other.name: other for other in columns}
            yield f"{where} fehlt; das Programm braucht sie.{_renamed(column.name, fields, names)}"
            continue
        if field["type"] != column.type:
            yield f"{where} hat die Art „{field['type']}“; das Programm braucht „{column.type}“. Schreiben Sie das."
        if column.required and not field.get("constraints", {}).get("required"):
            yield f'{where} darf nicht leer bleiben. Schreiben Sie bei „constraints“ wieder „"required": true“.'
        if references.get((column.name,)) != column.reference:
            yield (
                f"{where} enthält Kennungen der Tabelle „{column.reference}“; unter „foreignKeys“ steht das nicht so. Ergänzen Sie es."
                if column.reference
                else f"{where} verweist auf eine Tabelle, das Programm liest sie aber als Text. Nehmen Sie sie aus „foreignKeys“."
            )
    key = {column.name for column in columns if column.key}
    if {*_listed(schema["primaryKey"])} != key:
        yield f"Der Schlüssel („primaryKey“) der Tabelle „{table}“ muss aus {' + '.join(c.name for c in columns if c.key)} bestehen. Schreiben Sie das."


_LIMITS = {
    "string": {"categories", "enum", "pattern", "minLength", "maxLength"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "date": set[str](),
}
"""Which limits the values of a type may have, besides being there and standing once."""


def _strange_limits(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Find limits that the values of a column cannot have."""
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            where = f"Bei der Spalte „{field['name']}“ der Tabelle „{resource['name']}“ steht"
            given = field.get("constraints", {}) | {k: field[k] for k in ("categories",) if k in field}
            if {"enum", "categories"} <= given.keys():
                yield f"{where} die Auswahl zweimal: als „categories“ und unter „constraints“ als „enum“. Löschen Sie „enum“."
            for name in sorted(given.keys() - {"required", "unique"} - _LIMITS[field["type"]]):
                yield f"{where} „{name}“; für die Art „{field['type']}“ gibt es diese Grenze nicht. Nehmen Sie sie heraus."
            for name in ("minimum", "maximum") if field["type"] == "integer" else ():
                if name in given and given[name] != int(given[name]):
                    yield f"{where} als „{name}“ {json.dumps(given[name])}; die Werte sind ganze Zahlen. Schreiben Sie dort auch eine."


def _unknown_words(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Find words to choose from that no page could write, and columns without the words that pages are about."""
    tables = {resource["name"]: resource["schema"]["fields"] for resource in descriptor["resources"]}
    asked = {(table, column.name): column.words for table, columns in needed().items() for column in columns}
    for table, fields in tables.items():
        for field in fields:
            words, place = asked.get((table, field["name"])), (table, field["name"])
            where = f"Bei der Spalte „{field['name']}“ der Tabelle „{table}“"
            if words is not None and "categories" not in field:
                yield (
                    f"{where} fehlt die Liste „categories“ der Wörter, die dort stehen dürfen, mit ihren Bezeichnungen "
                    'wie {"value": "jaehrlich", "label": "jährlich"}. Holen Sie sie aus der letzten Fassung in git zurück.'
                )
            for word in limits(field).get("enum", ()):
                known = tables if place == ("pruefhinweise", "tabelle") else words
                if known and word not in known:
                    yield f"{where} steht „{word}“ zur Auswahl; das kennt das Programm nicht.{suggestion(word, known)}"
            for each in field.get("categories", ()) if place == STATUS else ():
                for name in sorted({"phase", "kriterium", "nachweis"} - each.keys()):
                    yield f"{where} fehlt beim Wort „{each['value']}“ die Angabe „{name}“. Ergänzen Sie sie."


def limits(field: Mapping[str, Any]) -> dict[str, Any]:
    """Give the limits of a column's values, its categories among them."""
    words = [each["value"] for each in field.get("categories", ())]
    return {**field.get("constraints", {}), **({"enum": words} if words else {})}


def _loose_keys(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Find keys that name no column, also of tables that only the authors know."""
    tables = {resource["name"]: _columns(resource) for resource in descriptor["resources"]}
    for resource in descriptor["resources"]:
        schema, own = resource["schema"], resource["name"]
        pairs = [("primaryKey", own, name) for name in _listed(schema["primaryKey"])]
        pairs += [("uniqueKeys", own, name) for names in schema.get("uniqueKeys", ()) for name in names]
        for key in schema.get("foreignKeys", ()):
            pairs += [("foreignKeys", own, name) for name in _listed(key["fields"])]
            target = key["reference"]["resource"] or own
            pairs += [("foreignKeys", target, name) for name in _listed(key["reference"]["fields"])]
        for what, table, name in pairs:
            if name not in tables.get(table, ()):
                yield f"„{what}“ der Tabelle „{own}“ nennt die Spalte „{name}“ der Tabelle „{table}“; die gibt es nicht.{suggestion(name, tables.get(table, tables))}"


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
