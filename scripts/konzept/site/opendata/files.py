"""All files that the book offers its readers besides pages and paper: names and contents."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from konzept.concept.known import EDITIONS
from konzept.concept.model import Concept
from konzept.data.describing import limits
from konzept.data.package import DESCRIPTOR, Package, Table, described
from konzept.data.reading import read_folder
from konzept.elements.publication.downloads import (
    CATALOGUE,
    COLUMNS,
    FOLDER,
    INDICATORS,
    SUMS,
    archive_of,
    citation,
    rights,
    title_of_table,
    workbook_of,
)
from konzept.site.opendata.catalogue import catalogue, data_sets, for_search_engines
from konzept.site.opendata.rows import columns_schema, series_csv, series_json, series_of, table_csv
from konzept.site.opendata.workbook import workbook
from konzept.words import german

README = "LIESMICH.txt"
_PLAIN_KEY = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class OpenData:
    """The files by their names below the folder of data, and what goes with them."""

    files: Mapping[str, bytes]
    search: str
    """What search engines read on the page of the data."""
    hints: tuple[str, ...]
    """What could not be taken over, in German."""


def open_data(concept: Concept) -> OpenData:
    """Make all files of the data as they are at their Stand."""
    package = concept.package
    tables = read_folder(package.folder).rows
    series = tuple(series_of(concept, tables))
    strange = [each.id for each in series if not _PLAIN_KEY.fullmatch(each.id)]
    series = tuple(each for each in series if each.id not in strange)
    csvs = {t.file: table_csv(t, tables[t.name]).encode() for t in package.tables.values()}
    description = published(package, tables["dokumente"], csvs)
    files = {
        DESCRIPTOR: description.encode(),
        **csvs,
        workbook_of(package): workbook(package, tables),
        COLUMNS: (json.dumps(columns_schema(), ensure_ascii=False, indent=1) + "\n").encode(),
        **{f"{INDICATORS}/{s.id}.csv": series_csv(s).encode() for s in series},
        **{f"{INDICATORS}/{s.id}.json": series_json(s, package.stand).encode() for s in series},
        README: _readme(concept).encode(),
    }
    files[archive_of(package)] = _archive({**files, SUMS: sums(files).encode()}, package.stand)
    titles = {
        archive_of(package): "Alle Dateien in einem Archiv",
        workbook_of(package): "Arbeitsmappe für Excel und LibreOffice",
        DESCRIPTOR: "Beschreibung der Tabellen (Data Package)",
        **{t.file: title_of_table(t) for t in package.tables.values()},
    }
    sets = data_sets(concept, files, titles, series, tables.get(EDITIONS, ()))
    files[CATALOGUE.removeprefix(f"{FOLDER}/")] = catalogue(concept, sets).encode()
    files[SUMS] = sums(files).encode()
    hints = tuple(
        f"Der Indikator „{key}“ hat keine eigene Datei: Seine Kennung eignet sich nicht als Name."
        for key in strange
    )
    return OpenData(files, for_search_engines(concept, sets[0]), hints)


def sums(files: Mapping[str, bytes]) -> str:
    """Give the checksums of files, as `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def _archive(files: Mapping[str, bytes], day: dt.date) -> bytes:
    """Pack files in the order of their names, with the day of what they hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on Windows, where it would be another
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return out.getvalue()


def _readme(concept: Concept) -> str:
    package = concept.package
    lines = [
        f"{package.title} {package.town.genitive}: Daten",
        "",
        f"Stand der Daten: {german.date(package.stand)}. {package.origin}.",
        f"{package.notice}.",
        "",
        f"{DESCRIPTOR} beschreibt alle Tabellen und ihre Spalten (Data Package, Fassung 2).",
        "Die CSV-Dateien sind in UTF-8 mit Semikolon und Dezimalkomma geschrieben. Text, den ein",
        "Tabellenprogramm als Formel rechnen würde, beginnt mit einem Apostroph.",
        f"{workbook_of(package)} enthält dieselben Tabellen für Excel und LibreOffice.",
        f"{INDICATORS}/ enthält jeden Indikator einzeln; {COLUMNS} beschreibt die Spalten.",
        f"{SUMS} enthält die Prüfsummen.",
        "",
        f"Rechte: {rights(package)}",
        f"So zitieren: {citation(package)}",
    ]
    return "\n".join(lines) + "\n"


# The description of the tables: a Data Package, version 2, from the one description of the data


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
