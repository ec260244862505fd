"""The catalogue by DCAT-AP.de 3.0: the data of the concept, each indicator that has values, each edition that was issued.

What no one has stated is not stated: a licence that a source does not name is called so, and who answers
for the data is who speaks in the book.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from konzept.concept.editions import FOLDER as ISSUED
from konzept.concept.editions import paper_of
from konzept.concept.model import Concept, Source
from konzept.data.package import Package
from konzept.elements.publication.downloads import CATALOGUE, FOLDER, PAGE, rights
from konzept.site.opendata.licences import address_of, together
from konzept.site.opendata.rows import Row, Series, named
from konzept.site.opendata.turtle import Said, iri, nameless, text, turtle, value
from konzept.words import german

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_GERMAN = iri(f"{_AUTHORITY}/language/DEU")
_AUTHORITY_OF_A_TOWN = iri("http://purl.org/adms/publishertype/LocalAuthority")
_MEDIA = "https://www.iana.org/assignments/media-types/"
_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding"
_LEVELS = {
    "ortsteil": "municipality",
    "gemeinde": "municipality",
    "kreis": "administrativeDistrict",
    "land": "state",
    "bund": "federal",
}
"""Levels of areas → those of the catalogues' list; what has no counterpart there is left out."""
_FORMATS = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ("ZIP", "application/zip"),
    "pdf": ("PDF", "application/pdf"),
}
_NAMES = uuid.UUID("6f0f3c5e-8a53-5d3e-9a39-2f4f6c1c7a10")
"""The space in which names are made as long as the book has no address."""


@dataclass(frozen=True)
class File:
    """A file of a data set."""

    path: str
    """Where it lies, below the folder of all that is published."""
    title: str
    content: bytes

    @property
    def kind(self) -> tuple[str, str]:
        """Its format in the catalogues' list, and its media type."""
        return _FORMATS[self.path.rpartition(".")[2]]


@dataclass(frozen=True)
class DataSet:
    """What a catalogue says of a set of data, whatever notation it is written in."""

    key: str
    title: str
    description: str
    files: tuple[File, ...]
    licence: str
    """In words."""
    licence_address: str | None
    sources: tuple[Source, ...]
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    modified: dt.date | None
    start: str = ""
    end: str = ""
    """A year, or a day as ISO writes it."""
    areas: tuple[Row, ...] = ()
    version: str = ""
    """What an edition is called."""


def data_sets(
    concept: Concept,
    files: Mapping[str, bytes],
    titles: Mapping[str, str],
    series: Sequence[Series],
    editions: Sequence[Row],
) -> tuple[DataSet, ...]:
    """Describe the data of the concept, each indicator that has values, and each edition that was issued.

    Parameters
    ----------
    concept
        The concept.
    files
        The files of the concept's data by name.
    titles
        What these files are.
    series
        The indicators.
    editions
        The rows of the table of editions.
    """
    whole = _of_concept(concept, files, titles)
    papers = ((row, paper_of(concept.package.folder, row["id"])) for row in editions if row["tag"])
    issued = (_of_edition(row, paper.read_bytes(), whole) for row, paper in papers if paper.is_file())
    return (whole, *(_of_series(concept, s, files) for s in series if s.rows), *issued)


def _of_concept(concept: Concept, files: Mapping[str, bytes], titles: Mapping[str, str]) -> DataSet:
    package = concept.package
    own = [e.start for e in concept.own_events() if e.start and e.state == "erfolgt"]
    title, address = _own_licence(package)
    own_level = next((a.level for a in concept.areas if a.own), "")
    return DataSet(
        key="konzept",
        title=str(package.descriptor["title"]),
        description=f"{package.descriptor['description']} Stand {german.date(package.stand)}. {package.notice}.",
        files=tuple(
            File(f"{FOLDER}/{name}", titles[name], content)
            for name, content in files.items()
            if name in titles
        ),
        licence=title,
        licence_address=address,
        sources=concept.documents,
        themes=("SOCI", "GOVE"),
        keywords=("Integration", "Teilhabe", "Migration", package.title),
        modified=package.stand,
        start=min(own, default=package.stand).isoformat(),
        end=package.stand.isoformat(),
        areas=(
            {
                "id": package.town.area_id,
                "name": package.town.name,
                "ags": package.town.ags,
                "ebene": own_level,
            },
        ),
    )


def _of_edition(row: Row, paper: bytes, whole: DataSet) -> DataSet:
    """Describe an edition: its PDF, which carries the data that it was made of."""
    return replace(
        whole,
        key=row["id"],
        title=f"{whole.title}: {row['name']}",
        description=row["hinweis"]
        or f"Das Konzept als PDF mit seinen Daten, Stand {german.date(row['stand'])}.",
        files=(File(f"{ISSUED}/{row['id']}.pdf", "PDF mit den Daten im Anhang", paper),),
        sources=(),
        modified=row["tag"],
        end=row["stand"].isoformat(),
        version=row["name"],
    )


def _of_series(concept: Concept, series: Series, files: Mapping[str, bytes]) -> DataSet:
    indicator, name = series.indicator, f"indikatoren/{series.id}"
    licences = [row["lizenz"] for row in series.rows]
    words = together(licences)
    field_name = concept.field_name(indicator["handlungsfeld_id"])
    return DataSet(
        key=series.id,
        title=f"{indicator['name']} ({indicator['einheit']})",
        description=indicator["definition"] or indicator["name"],
        files=(
            File(f"{FOLDER}/{name}.csv", "Werte als CSV", files[f"{name}.csv"]),
            File(f"{FOLDER}/{name}.json", "Werte und Definition als JSON", files[f"{name}.json"]),
        ),
        licence=words,
        licence_address=address_of(words),
        sources=series.sources,
        themes=("SOCI",),
        keywords=("Integration", "Indikator", *([field_name] if field_name else [])),
        modified=series.revision,
        start=str(series.years[0]) if series.years else "",
        end=str(series.years[-1]) if series.years else "",
        areas=series.areas,
    )


def _own_licence(package: Package) -> tuple[str, str | None]:
    """Give the licence of the whole in words and, if catalogues know it, by its address."""
    found = [each for each in package.descriptor.get("licenses") or () if isinstance(each, dict)]
    address = address_of(str(found[0].get("name", ""))) if len(found) == 1 else None
    return rights(package), address


class _Names:
    """Names things by their address below the book's, or by names that stay as long as there is none."""

    def __init__(self, package: Package) -> None:
        self.base = package.address
        self._space = uuid.uuid5(_NAMES, f"{package.town.ags}/{package.descriptor['name']}")

    def thing(self, key: str) -> str:
        return f"{self.base}{CATALOGUE}#{key}" if self.base else self._made(f"#{key}")

    def file(self, path: str) -> str:
        return f"{self.base}{path}" if self.base else self._made(path)

    def _made(self, name: str) -> str:
        return uuid.uuid5(self._space, name).urn


def catalogue(concept: Concept, sets: Sequence[DataSet]) -> str:
    """Write the catalogue as Turtle."""
    package, names = concept.package, _Names(concept.package)
    publisher, contact = names.thing("herausgeber"), names.thing("kontakt")
    ways = _ways(package, names)
    areas = {a["id"]: a for each in sets for a in each.areas}
    places = {key: _place(area, names) for key, area in areas.items()}
    common = {"dcterms:publisher": iri(publisher), "dcat:contactPoint": iri(contact) if ways else None}
    things: list[tuple[str, Said]] = [
        (
            names.thing("katalog"),
            {
                "a": "dcat:Catalog",
                "dcterms:title": text(f"Daten zum {package.title} {package.town.genitive}"),
                "dcterms:description": text(f"{package.origin}. {package.notice}."),
                "dcterms:publisher": iri(publisher),
                "dcterms:language": _GERMAN,
                "dcterms:modified": _day(package.stand),
                "dcterms:spatial": iri(places[package.town.area_id]),
                "dcat:themeTaxonomy": iri(f"{_AUTHORITY}/data-theme"),
                "foaf:homepage": iri(names.base) if names.base else None,
                "dcat:dataset": [iri(names.thing(each.key)) for each in sets],
            },
        ),
        (
            publisher,
            {
                "a": "foaf:Agent",
                "foaf:name": text(package.speaker),
                "dcterms:type": _AUTHORITY_OF_A_TOWN if package.official else None,
            },
        ),
        *([(contact, {"a": "vcard:Kind", "vcard:fn": text(package.speaker), **ways})] if ways else []),
    ]
    for each in sets:
        things.append((names.thing(each.key), _data_set(each, names, common, places)))
        if each.sources:
            told = text(f"Quellen: {'; '.join(map(named, each.sources))}")
            origin = {"a": "dcterms:ProvenanceStatement", "rdfs:label": told}
            things.append((names.thing(f"{each.key}-herkunft"), origin))
        things += [(names.thing(_key(file)), _distribution(file, each, names)) for file in each.files]
    things += [
        (place, {"a": "dcterms:Location", "locn:geographicName": text(areas[key]["name"])})
        for key, place in places.items()
    ]
    things += [
        (names.thing(_licence_key(words)), {"a": "dcterms:LicenseDocument", "rdfs:label": text(words)})
        for words in dict.fromkeys(each.licence for each in sets if not each.licence_address)
    ]
    return turtle(_PREFIXES, things)


def _ways(package: Package, names: _Names) -> dict[str, str]:
    """Say how to reach the publisher, as far as that is told."""
    email, phone = (str(package.imprint.get(key) or "").strip() for key in ("email", "telefon"))
    digits = re.sub(r"[^\d+]", "", phone)
    ways = {
        "vcard:hasEmail": email and f"mailto:{email}",
        "vcard:hasTelephone": digits and f"tel:{digits}",
        "vcard:hasURL": names.base and f"{names.base}book/impressum.html",
    }
    return {name: iri(address) for name, address in ways.items() if address}


def _data_set(
    each: DataSet, names: _Names, common: Mapping[str, str | None], places: Mapping[str, str]
) -> Said:
    levels = dict.fromkeys(_LEVELS[a["ebene"]] for a in each.areas if a["ebene"] in _LEVELS)
    return {
        "a": "dcat:Dataset",
        "dcterms:title": text(each.title),
        "dcterms:description": text(each.description),
        "dcterms:identifier": value(each.key, "xsd:string"),
        "dcat:version": text(each.version) if each.version else None,
        **common,
        "dcat:theme": [iri(f"{_AUTHORITY}/data-theme/{theme}") for theme in each.themes],
        "dcat:keyword": [text(word) for word in each.keywords],
        "dcterms:language": _GERMAN,
        "dcterms:accessRights": iri(f"{_AUTHORITY}/access-right/PUBLIC"),
        "dcterms:modified": _day(each.modified),
        "dcterms:spatial": [iri(places[area["id"]]) for area in each.areas],
        "dcatde:politicalGeocodingLevelURI": [iri(f"{_GEOCODING}/Level/{level}") for level in levels],
        "dcterms:temporal": _period(each) if each.start or each.end else None,
        "dcterms:provenance": iri(names.thing(f"{each.key}-herkunft")) if each.sources else None,
        "dcat:landingPage": iri(f"{names.base}{PAGE}.html") if names.base else None,
        "dcat:distribution": [iri(names.thing(_key(file))) for file in each.files],
    }


def _period(each: DataSet) -> str:
    ends = {"dcat:startDate": each.start, "dcat:endDate": each.end}
    told = {name: value(at, "xsd:gYear" if len(at) == 4 else "xsd:date") for name, at in ends.items() if at}
    return nameless({"a": "dcterms:PeriodOfTime", **told})


def _distribution(file: File, each: DataSet, names: _Names) -> Said:
    kind, media = file.kind
    publishers = dict.fromkeys(s.publisher for s in each.sources if s.publisher)
    attributed = text(f"Quelle: {'; '.join(publishers)}") if each.licence_address and publishers else None
    return {
        "a": "dcat:Distribution",
        "dcterms:title": text(file.title),
        "dcterms:identifier": value(file.path, "xsd:string"),
        "dcat:accessURL": iri(names.file(file.path)),
        "dcat:downloadURL": iri(names.file(file.path)) if names.base else None,
        "dcterms:license": iri(each.licence_address or names.thing(_licence_key(each.licence))),
        "dcatde:licenseAttributionByText": attributed,
        "dcterms:format": iri(f"{_AUTHORITY}/file-type/{kind}"),
        "dcat:mediaType": iri(_MEDIA + media),
        "dcterms:language": _GERMAN,
        "dcterms:modified": _day(each.modified),
        "dcat:byteSize": value(str(len(file.content)), "xsd:nonNegativeInteger"),
        "spdx:checksum": nameless(
            {
                "a": "spdx:Checksum",
                "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
                "spdx:checksumValue": value(hashlib.sha256(file.content).hexdigest(), "xsd:hexBinary"),
            }
        ),
    }


def _key(file: File) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.path.rpartition("/")[2].casefold())


def _licence_key(words: str) -> str:
    return f"lizenz-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _place(area: Row, names: _Names) -> str:
    """Name an area by its official key, or else by its own in this book."""
    code = geocoding_of(area["ags"] or "")
    return f"{_GEOCODING}/{code}" if code else names.thing(f"gebiet-{area['id']}")


def geocoding_of(ags: str) -> str | None:
    """Give list and key of an area by its official key, as catalogues name it; None where there is no list.

    Examples
    --------
    >>> geocoding_of("01054015"), geocoding_of("03241000"), geocoding_of("")
    ('municipalityKey/01054015', 'districtKey/03241', None)
    """
    if not re.fullmatch(r"\d{2}|\d{5}|\d{8}|\d{9}", ags):
        return None
    # Regions and districts are often written like a municipality, with zeros at the end.
    if len(ags) == 8 and ags.endswith("000") and not ags.endswith("00000"):
        return f"districtKey/{ags[:5]}"
    lists = {2: "stateKey", 5: "districtKey", 8: "municipalityKey", 9: "municipalAssociationKey"}
    return f"{lists[len(ags)]}/{ags}"


def _day(day: dt.date | None) -> str | None:
    return value(day.isoformat(), "xsd:date") if day else None


def for_search_engines(concept: Concept, whole: DataSet) -> str:
    """Write the same of the concept's data in schema.org's words, as JSON-LD.

    Parameters
    ----------
    concept
        The concept.
    whole
        What the catalogue says of its data.
    """
    package, names = concept.package, _Names(concept.package)
    content: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": names.thing(whole.key),
        "name": whole.title,
        "description": whole.description,
        "inLanguage": "de",
        "dateModified": package.stand.isoformat(),
        "temporalCoverage": f"{whole.start}/{whole.end}",
        "spatialCoverage": {"@type": "Place", "name": package.town.title},
        "keywords": list(whole.keywords),
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": package.speaker},
        "creator": {"@type": "Organization", "name": package.speaker},
        "license": whole.licence_address or {"@type": "CreativeWork", "name": whole.licence},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "encodingFormat": file.kind[1],
                "contentSize": str(len(file.content)),
                "contentUrl": names.file(file.path) if names.base else f"../{file.path}",
            }
            for file in whole.files
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
