"""The description of the published tables: a Data Package, version 2, from the one description of the data.

Only what version 2 knows is taken over; anything else is left out and named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from konzept.data.describing import limits
from konzept.data.package import Package, Table

PROFILE = "https://datapackage.org/profiles/2.0/"
_VERSION = re.compile(r"/profiles/(\d+)\.")

_OF_PACKAGE = ("name", "title", "description", "licenses", "sources", "keywords")
_OF_RESOURCE = ("name", "title", "description")
_OF_SCHEMA = ("missingValues", "primaryKey", "foreignKeys", "uniqueKeys")
_OF_FIELD = (
    *("name", "title", "description", "type", "format", "example", "constraints", "rdfType"),
    *("decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues"),
    *("categories", "categoriesOrdered"),
)
_OURS = frozenset(
    # What the program itself says of the package, its tables and their files.
    [
        *("konzept", "profile", "resources", "$schema", "contributors", "homepage", "version"),
        *("schema", "path", "format", "mediatype", "encoding", "dialect", "bytes", "hash", "type"),
        # For the comparison of two states alone.
        *("aenderung", "frueher"),
    ]
)
_EMPTY: tuple[object, ...] = ("", [], {}, None)


def described(package: Package, files: Mapping[str, bytes]) -> tuple[str, list[str]]:
    """Write the description, and name what of the town's own could not be taken over.

    Parameters
    ----------
    package
        The data as their own folder describes them.
    files
        The published tables by file name.
    """
    left_out: list[str] = []
    given = package.descriptor
    if (version := _VERSION.search(str(given.get("$schema", "")))) and version[1] != "2":
        left_out.append(f"die Fassung {version[1]} in „$schema“")
    content = {
        "$schema": f"{PROFILE}datapackage.json",
        **_taken(given, _OF_PACKAGE, "", left_out),
        **({"homepage": package.address} if package.address else {}),
        "version": package.stand.isoformat(),
        "contributors": [{"title": package.speaker, "roles": ["publisher"]}],
        "resources": [
            _resource(each, package.tables[each["name"]], files[each["path"]], left_out)
            for each in given["resources"]
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n", list(dict.fromkeys(left_out))


def _resource(given: Mapping[str, Any], table: Table, content: bytes, left_out: list[str]) -> dict[str, Any]:
    schema = given["schema"]
    return {
        **_taken(given, _OF_RESOURCE, given["name"], left_out),
        "path": given["path"],
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"$schema": f"{PROFILE}tabledialect.json", "delimiter": ";", "lineTerminator": "\r\n"},
        "schema": {
            "$schema": f"{PROFILE}tableschema.json",
            "fields": [_field(table, each, left_out) for each in schema["fields"]],
            **_taken(schema, _OF_SCHEMA, given["name"], left_out, besides=("fields", "$schema")),
        },
    }


def _field(table: Table, given: Mapping[str, Any], left_out: list[str]) -> dict[str, Any]:
    # Those who know no categories read the same limits as a list.
    known = {**given, "constraints": limits(given)}
    if words := table.column(given["name"]).enum:
        known["categories"] = [{"value": word, "label": word.label} for word in words]
    return _taken(known, _OF_FIELD, f"{table.name}.{given['name']}", left_out)


def _taken(
    given: Mapping[str, Any],
    known: tuple[str, ...],
    place: str,
    left_out: list[str],
    besides: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Take over what version 2 knows, and note what it does not."""
    left_out += [f"„{name}“ ({place})" if place else f"„{name}“" for name in _unknown(given, known, besides)]
    return {name: given[name] for name in known if given.get(name) not in _EMPTY}


def _unknown(given: Mapping[str, Any], known: tuple[str, ...], besides: tuple[str, ...]) -> Iterator[str]:
    return (name for name in given if name not in known and name not in besides and name not in _OURS)
