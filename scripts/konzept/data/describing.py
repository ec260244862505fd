"""Whether a description of tables says what it should: the program's own schema, or that of a published edition.

Whatever is of another kind there, or has another name, would only be missed in the middle of a page;
here each place gets its sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from konzept.data.problems import suggestion
from konzept.data.shapes import (
    ANY_TEXT,
    COUNT,
    FLAG,
    MORE,
    NUMBER,
    TEXT,
    TEXTS,
    Kind,
    are_texts,
    either,
    misshapen,
    one_of,
    only,
)
from konzept.data.town import SHAPE
from konzept.words.labels import CLAIMS, PHASES


def _is_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and value != "" and bool(re.compile(value))
    except (re.error, RecursionError, OverflowError):
        return False


_PATTERN = Kind("ein gültiges Muster (regulärer Ausdruck)", _is_pattern)
_NAMES = Kind(
    "den Namen einer Spalte oder eine Liste von Namen in eckigen Klammern",
    lambda v: TEXT.holds(v) or are_texts(v),
)
_TYPE = one_of(("string", "integer", "number", "date"))
_CHANGE = one_of(("ereignis", "plan", "tatsache", "wortlaut", "offen"))
_FILE = Kind(
    "den Namen einer CSV-Datei in diesem Ordner",
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"[\w-][\w .-]*\.csv", v)),
)
_CONSTRAINTS: Mapping[str, Any] = {
    **dict.fromkeys(("required?", "unique?"), FLAG),
    "enum?": TEXTS,
    "pattern?": _PATTERN,
    **dict.fromkeys(("minimum?", "maximum?"), NUMBER),
    **dict.fromkeys(("minLength?", "maxLength?"), COUNT),
}
_CATEGORY: Mapping[str, Any] = {
    "value": TEXT,
    "label": TEXT,
    # What the program asks of a status besides; a level has a plural, too.
    **dict.fromkeys(("kurz?", "mehrzahl?", "kriterium?", "nachweis?"), TEXT),
    "phase?": one_of(PHASES),
    "bedeutet?": Kind(
        f"eine Liste in eckigen Klammern, darin {either(CLAIMS)}",
        lambda v: are_texts(v) and set(v) <= set(CLAIMS),
    ),
}
_FIELD: Mapping[str, Any] = {
    "name": TEXT,
    "type": _TYPE,
    "title?": TEXT,
    "description?": ANY_TEXT,
    "constraints?": _CONSTRAINTS,
    "categories?": [_CATEGORY],
    "categoriesOrdered?": FLAG,
    "aenderung?": _CHANGE,
    "frueher?": TEXTS,
    # The version of the schema in which it came.
    "seit?": COUNT,
    # How the tables are written; other programs read them by this.
    "decimalChar?": only(","),
}
_RESOURCE: Mapping[str, Any] = {
    "name": TEXT,
    "path": _FILE,
    "seit?": COUNT,
    "title?": TEXT,
    "description?": ANY_TEXT,
    "profile?": only("tabular-data-resource"),
    "format?": only("csv"),
    "mediatype?": only("text/csv"),
    "encoding?": only("utf-8"),
    "dialect?": only({"delimiter": ";"}),
    "schema": {
        "fields": [_FIELD],
        "primaryKey": _NAMES,
        "missingValues?": only([""]),
        "foreignKeys?": [{"fields": _NAMES, "reference": {"resource": ANY_TEXT, "fields": _NAMES}}],
        "uniqueKeys?": [TEXTS],
    },
}
_DESCRIPTION: Mapping[str, Any] = {
    "profile?": only("tabular-data-package"),
    **dict.fromkeys(("name?", "title?", "description?"), TEXT),
    "konzept": SHAPE,
    "licenses?": [{"title?": TEXT, MORE: None}],
    "sources?": [{"title": TEXT, "path?": TEXT, MORE: None}],
    "resources": [_RESOURCE],
    MORE: None,
}
"""What stands where; behind a question mark, if it is there."""


def description_faults(descriptor: Mapping[str, Any]) -> list[str]:
    """Say in German what is wrong with a description; nothing where the program can read it."""
    # What is of the wrong kind cannot be compared.
    return list(misshapen(descriptor, _DESCRIPTION)) or [
        *_twice(descriptor),
        *_strange_limits(descriptor),
        *_loose_keys(descriptor),
    ]


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
