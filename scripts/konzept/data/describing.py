"""Whether a description of tables says what it should: the program's own schema, or that of a published edition.

Whatever is of another kind there, or has another name, would only be missed in the middle of a page;
here each place gets its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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
    return list(misshapen(descriptor, _DESCRIPTION)) or ([] if _holds_together(descriptor) else [_BROKEN])


_BROKEN = (
    "Die Beschreibung widerspricht sich: Ein Name steht zweimal, eine Grenze passt nicht zur Art ihrer Spalte, "
    "oder ein Schlüssel nennt eine Spalte, die es nicht gibt. Nehmen Sie eine unveränderte Ausgabe."
)
_LIMITS = {
    "string": {"enum", "pattern", "minLength", "maxLength"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "date": set[str](),
}
"""Which limits the values of a type may have, besides being there and standing once."""


def _holds_together(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether each name stands once, limits are of their column's type, and keys name columns that there are."""
    resources = descriptor["resources"]
    fields = {each["name"]: each["schema"]["fields"] for each in resources}
    columns = {table: [field["name"] for field in own] for table, own in fields.items()}
    names = [*columns.values(), *([each[what] for each in resources] for what in ("name", "path"))]
    words = [field.get("categories", ()) for own in fields.values() for field in own]
    names += [[word[what] for word in several] for several in words for what in ("value", "label")]
    limited = [(field["type"], limits(field).keys()) for own in fields.values() for field in own]
    return (
        all(len(set(each)) == len(each) for each in names)
        and all(given <= _LIMITS[kind] | {"required", "unique"} for kind, given in limited)
        and all(name in columns.get(table, ()) for table, name in _keys(resources))
    )


def _keys(resources: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give table and column of all that keys name, also of tables that only the authors know."""
    for resource in resources:
        schema, own = resource["schema"], resource["name"]
        yield from (
            (own, name)
            for names in (schema["primaryKey"], *schema.get("uniqueKeys", ()))
            for name in listed(names)
        )
        for key in schema.get("foreignKeys", ()):
            yield from ((own, name) for name in listed(key["fields"]))
            target = key["reference"]["resource"] or own
            yield from ((target, name) for name in listed(key["reference"]["fields"]))


def limits(field: Mapping[str, Any]) -> dict[str, Any]:
    """Give the limits of a column's values, its categories among them."""
    words = [each["value"] for each in field.get("categories", ())]
    return {**field.get("constraints", {}), **({"enum": words} if words else {})}


def listed(names: str | list[str]) -> list[str]:
    """Give the columns of a key, which stand in a list unless it is one."""
    return [names] if isinstance(names, str) else names
