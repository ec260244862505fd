"""The description of the published tables: a Data Package, version 2, from the one description of the data.

Only what version 2 knows is taken over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from konzept.data.describing import limits
from konzept.data.package import Package, Table, described

PROFILE = "https://datapackage.org/profiles/2.0/"

_OF_PACKAGE = ("name", "title", "description", "licenses", "sources", "keywords")
_OF_RESOURCE = ("name", "title", "description")
_OF_SCHEMA = ("missingValues", "primaryKey", "foreignKeys", "uniqueKeys")
_OF_FIELD = (
    *("name", "title", "description", "type", "format", "example", "constraints", "rdfType"),
    *("decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues"),
    *("categories", "categoriesOrdered"),
)
_EMPTY: tuple[object, ...] = ("", [], {}, None)


def published(package: Package, documents: Iterable[Mapping[str, Any]], files: Mapping[str, bytes]) -> str:
    """Write the description.

    Parameters
    ----------
    package
        The data as their own folder describes them.
    documents
        The rows of `dokumente`.
    files
        The published tables by file name.
    """
    given = described(package, documents)
    content = {
        "$schema": f"{PROFILE}datapackage.json",
        **_taken(given, _OF_PACKAGE),
        **({"homepage": package.address} if package.address else {}),
        "version": package.stand.isoformat(),
        "contributors": [{"title": package.speaker, "roles": ["publisher"]}],
        "resources": [
            _resource(each, package.tables[each["name"]], files[each["path"]]) for each in given["resources"]
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _resource(given: Mapping[str, Any], table: Table, content: bytes) -> dict[str, Any]:
    schema = given["schema"]
    return {
        **_taken(given, _OF_RESOURCE),
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
            "fields": [_field(table, each) for each in schema["fields"]],
            **_taken(schema, _OF_SCHEMA),
        },
    }


def _field(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    # Those who know no categories read the same limits as a list.
    known = {**given, "constraints": limits(given)}
    if words := table.column(given["name"]).enum:
        known["categories"] = [{"value": word, "label": word.label} for word in words]
    return _taken(known, _OF_FIELD)


def _taken(given: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    """Take over what version 2 knows; the rest is for the program alone."""
    return {name: given[name] for name in known if given.get(name) not in _EMPTY}
