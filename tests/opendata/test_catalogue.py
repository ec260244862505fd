"""The catalogue, judged by the official shapes of DCAT-AP.de 3.0 without any network."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH

from folders import REAL, minimal, real_copy, rows, tell, write
from konzept.concept.assembly import load_concept
from konzept.data.package import load_package
from konzept.data.plainjson import PackageError
from konzept.site.opendata.catalogue import geocoding_of
from konzept.site.opendata.files import OpenData, open_data
from konzept.site.opendata.licences import address_of
from konzept.site.opendata.turtle import nameless, text, turtle, value

SHAPES = Path(__file__).parent / "dcat"
SPECIFICATION = (
    *("semic_dcat-ap-SHACL", "dcat-ap-SHACL-DE", "dcat-ap-spec-german-additions"),
    *("dcat-ap-de-controlledvocabularies", "dcat-ap-de-deprecated"),
)
CONVENTIONS = "dcat-ap-konventionen"
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADDRESS = "https://www.beispiel.de/integration/"
IMPRINT = {
    "anbieter": "Stadt Beispiel",
    "vertretung": "Bürgermeisterin",
    "anschrift": "Rathausplatz 1, 12345 Beispiel",
    "telefon": "05132 505-0",
    "email": "stadt@beispiel.de",
    "verantwortlich": "Fachdienst Soziales",
}
Finding = tuple[str, str]
"""Severity and message."""


def complete(folder: Path) -> Path:
    """The project's data, published by a town under an address."""
    return tell(real_copy(folder), adresse=ADDRESS, impressum=IMPRINT)


def read(data: OpenData) -> Graph:
    return Graph().parse(data=data.files["katalog.ttl"].decode(), format="turtle")


def shapes(*names: str) -> Graph:
    found = Graph()
    for name in names:
        found.parse(SHAPES / f"{name}.ttl")
    return found


@pytest.fixture(scope="module")
def specification() -> Graph:
    return shapes(*SPECIFICATION)


def judge(catalogue: Graph, rules: Graph) -> Counter[Finding]:
    """Give all that the shapes find, of whatever severity."""
    whole = catalogue + Graph().parse(SHAPES / "vokabulare.ttl")
    _, report, _ = pyshacl.validate(whole, shacl_graph=rules, advanced=True)
    return Counter(
        (str(report.value(result, SH.resultSeverity)).partition("#")[2], str(message))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for message in [report.value(result, SH.resultMessage) or report.value(result, SH.resultPath)]
    )


FOLDERS: dict[str, Callable[[Path], Path]] = {
    "as it is": real_copy,
    "of a town with an address": complete,
    "with one field": minimal,
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_official_shapes_find_nothing(kind: str, specification: Graph, tmp_path: Path) -> None:
    catalogue = read(open_data(load_concept(FOLDERS[kind](tmp_path / "data"))))
    found = judge(catalogue, specification)
    # A licence that a source states in its own words, or not at all, is on no list: that is told, and only advised against.
    assert {severity for severity, _ in found} <= {"Warning"}
    assert all("dcterms:license SOLL" in message for _, message in found), found
    own = [o for o in catalogue.objects(None, DCTERMS.license) if not str(o).startswith("http://dcat-ap.de")]
    assert sum(found.values()) == len(own) > 0


def test_hostile_texts_stay_texts(hostile_data: Path, specification: Graph) -> None:
    found = judge(read(open_data(load_concept(hostile_data))), specification)
    assert {severity for severity, _ in found} <= {"Warning"}


def test_of_the_conventions_only_what_others_give_is_missing(tmp_path: Path) -> None:
    found = judge(read(open_data(load_concept(complete(tmp_path / "data")))), shapes(CONVENTIONS))
    broken = {message.partition(":")[0] for severity, message in found if severity == "Violation"}
    # The id of who delivers comes from the portal; a licence outside its list keeps a file from being delivered there.
    assert broken == {"K12&13", "K31"}
    advised = {message for severity, message in found if severity == "Warning"}
    assert [m for m in advised if "dct:issued" not in m] == []


BROKEN = {
    "a licence is missing": ("    dcterms:license <", "    dcterms:relation <"),
    "an organisation answers": ("a vcard:Kind", "a vcard:Organization"),
    "an unknown format": ("file-type/CSV>", "file-type/TABELLE>"),
    "a title is missing": ("dcterms:title", "rdfs:label"),
    "no publisher": ("dcterms:publisher", "dcterms:creator"),
    "a period without days": ("dcat:startDate", "rdfs:label"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The catalogue of a town that has hardly begun."""
    folder = tell(minimal(tmp_path_factory.mktemp("klein") / "data"), adresse=ADDRESS, impressum=IMPRINT)
    return open_data(load_concept(folder)).files["katalog.ttl"].decode()


@pytest.mark.parametrize("kind", BROKEN)
def test_the_shapes_would_find_what_is_wrong(kind: str, specification: Graph, small: str) -> None:
    text = small
    wrong = text.replace(*BROKEN[kind])
    assert wrong != text
    if kind == "a period without days":
        wrong = wrong.replace("dcat:endDate", "rdfs:label")
    found = judge(Graph().parse(data=wrong, format="turtle"), specification)
    assert "Violation" in {severity for severity, _ in found}


@pytest.fixture(scope="module")
def real_data() -> OpenData:
    return open_data(load_concept(REAL))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> OpenData:
    return open_data(load_concept(complete(tmp_path_factory.mktemp("stadt") / "data")))


def issued() -> set[str]:
    """Name the editions that have a paper."""
    return {row["id"] for row in rows(REAL, "ausgaben") if row["tag"]}


def test_each_indicator_with_values_is_a_data_set(real_data: OpenData) -> None:
    catalogue = read(real_data)
    told = {str(catalogue.value(s, DCTERMS.identifier)) for s in catalogue.subjects(RDF.type, DCAT.Dataset)}
    assert told == {"konzept"} | issued() | {row["indikator_id"] for row in rows(REAL, "messwerte")}


def test_checksums_and_sizes_are_those_of_the_files(town: OpenData) -> None:
    catalogue = read(town)
    described = list(catalogue.subjects(RDF.type, DCAT.Distribution))
    for each in described:
        name = str(catalogue.value(each, DCAT.downloadURL)).removeprefix(f"{ADDRESS}daten/")
        content = town.files[name]
        checksum = catalogue.value(each, SPDX.checksum)
        assert str(catalogue.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert int(str(catalogue.value(each, DCAT.byteSize))) == len(content)
    told = {str(catalogue.value(e, DCTERMS.identifier)) for e in described}
    silent = {row["id"] for row in rows(REAL, "indikatoren")} - {
        r["indikator_id"] for r in rows(REAL, "messwerte")
    }
    left = {f"daten/{name}" for name in town.files} - told
    assert left == {
        *("daten/SHA256SUMS", "daten/katalog.ttl", "daten/LIESMICH.txt", "daten/indikatoren/schema.json"),
        *(f"daten/indikatoren/{key}.{form}" for key in silent for form in ("csv", "json")),
    }


def test_who_speaks_publishes(real_data: OpenData, town: OpenData) -> None:
    for data, name in ((real_data, "Redaktion dieses Buches"), (town, "Stadt Lehrte")):
        catalogue = read(data)
        assert {
            str(o) for s in catalogue.subjects(RDF.type, FOAF.Agent) for o in catalogue.objects(s, FOAF.name)
        } == {name}
    # Nobody who could be asked is told yet.
    assert list(read(real_data).subjects(RDF.type, VCARD.Kind)) == []
    kind = read(town).value(None, RDF.type, VCARD.Kind)
    assert {
        str(o)
        for p in (VCARD.hasEmail, VCARD.hasTelephone, VCARD.hasURL)
        for o in read(town).objects(kind, p)
    } == {
        *("mailto:stadt@beispiel.de", "tel:051325050", f"{ADDRESS}book/impressum.html"),
    }


def test_names_lie_below_the_address_or_last_without_one(real_data: OpenData, town: OpenData) -> None:
    own = [str(s) for s in read(town).subjects(RDF.type, None) if isinstance(s, URIRef)]
    assert all(s.startswith((f"{ADDRESS}daten/katalog.ttl#", "http://dcat-ap.de/")) for s in own)
    without = {str(s) for s in read(real_data).subjects(RDF.type, None) if isinstance(s, URIRef)}
    assert all(s.startswith(("urn:uuid:", "http://dcat-ap.de/")) for s in without)
    assert list(read(real_data).objects(None, DCAT.downloadURL)) == []


def test_names_stay_when_the_data_change(real_data: OpenData, data: Path) -> None:
    values = rows(data, "messwerte")
    write(data, "messwerte", values[:-1])
    changed = read(open_data(load_concept(data)))
    before = {str(s) for s in read(real_data).subjects(RDF.type, DCAT.Distribution)}
    assert {str(s) for s in changed.subjects(RDF.type, DCAT.Distribution)} <= before


def test_period_area_and_licence_are_those_of_the_values(real_data: OpenData) -> None:
    catalogue = read(real_data)
    papers = {row["id"]: row for row in rows(REAL, "dokumente")}
    areas = {row["id"]: row for row in rows(REAL, "gebiete")}
    values = rows(REAL, "messwerte")
    for each in catalogue.subjects(RDF.type, DCAT.Dataset):
        key = str(catalogue.value(each, DCTERMS.identifier))
        mine = [row for row in values if row["indikator_id"] == key]
        if key in {"konzept"} | issued():
            continue
        years = sorted(row["jahr"] for row in mine if row["art"] == "ist" and row["jahr"])
        period = catalogue.value(each, DCTERMS.temporal)
        if not years:
            assert period is None
        else:
            assert catalogue.value(period, DCAT.startDate) == Literal(years[0], datatype=XSD.gYear)
            assert catalogue.value(period, DCAT.endDate) == Literal(years[-1], datatype=XSD.gYear)
        keys = {areas[row["gebiet_id"]]["ags"] for row in mine} - {""}
        places = {str(o) for o in catalogue.objects(each, DCTERMS.spatial)}
        assert {p.rpartition("/")[2] for p in places if "municipalityKey" in p} == keys
        words = dict.fromkeys(papers[row["quelle_id"]]["lizenz"] or "nicht angegeben" for row in mine)
        for file in catalogue.objects(each, DCAT.distribution):
            licence = catalogue.value(file, DCTERMS.license)
            label = catalogue.value(licence, RDFS.label)
            if label is None:
                assert str(licence) == address_of(*words)
            else:
                together = f"je nach Quelle: {'; '.join(words)}" if len(words) > 1 else next(iter(words))
                assert str(label) == together


def test_the_newest_source_is_the_revision(real_data: OpenData) -> None:
    catalogue = read(real_data)
    (known,) = (
        s
        for s in catalogue.subjects(
            DCTERMS.identifier, Literal("i-kita-auslaendische-herkunft", datatype=XSD.string)
        )
    )
    assert str(catalogue.value(known, DCTERMS.modified)) == "2025-12-18"


LICENCES = {
    "": None,
    "nur zitieren": None,
    "alle Rechte vorbehalten": None,
    "CC BY 4.0": "cc-by/4.0",
    "CC-BY-4.0": "cc-by/4.0",
    "cc by-sa": "cc-by-sa",
    "CC BY-NC-SA 4.0": None,
    "dl-de/by-2-0 (Zensusdaten; Paket MIT)": "dl-by-de/2.0",
    "dl-de/zero\N{NON-BREAKING HYPHEN}2-0": "dl-zero-de/2.0",
    "CC0 1.0": "cc-zero",
    "CC BY 4.0 oder nach Absprache": None,
}


@pytest.mark.parametrize("words", LICENCES)
def test_only_known_words_become_a_known_licence(words: str) -> None:
    code = LICENCES[words]
    assert address_of(words) == (f"http://dcat-ap.de/def/licenses/{code}" if code else None)


def test_every_licence_that_is_taken_over_is_on_the_list() -> None:
    listed = {str(s) for s in Graph().parse(SHAPES / "vokabulare.ttl").subjects()}
    from konzept.site.opendata.licences import _CODES

    assert {f"http://dcat-ap.de/def/licenses/{code}" for code in _CODES.values()} <= listed


@pytest.mark.parametrize("licence", ["", "alle Rechte vorbehalten"])
def test_a_licence_that_is_missing_or_closed_is_named(licence: str, data: Path, specification: Graph) -> None:
    papers = rows(data, "dokumente")
    write(data, "dokumente", [{**row, "lizenz": licence} for row in papers])
    made = open_data(load_concept(data))
    assert {s for s, _ in judge(read(made), specification)} <= {"Warning"}
    stated = json.loads(made.files["indikatoren/i-kita-quote-u3.json"])["werte"]
    assert {row["lizenz"] for row in stated} == {licence or "nicht angegeben"}


def with_editions(folder: Path) -> Path:
    """Data that know three editions: one with its PDF, one whose PDF is gone, one that was never issued."""
    (folder / "ausgaben.csv").write_text(
        "id;name;tag;stand;vorlage_nr;hinweis\n"
        "u-eins;Fassung 1;2024-02-01;2024-01-31;;\n"
        "u-zwei;Fassung 2;2025-02-01;2025-01-31;;Ohne PDF.\n"
        "u-drei;Stand 2023;;2023-08-30;;Nie veröffentlicht.\n",
        "utf-8",
    )
    (folder.parent / "ausgaben").mkdir()
    for name in ("u-eins", "u-drei"):
        (folder.parent / "ausgaben" / f"{name}.pdf").write_bytes(f"%PDF-1.7 {name}".encode())
    return folder


def test_an_edition_that_was_issued_is_a_data_set(specification: Graph, tmp_path: Path) -> None:
    folder = with_editions(complete(tmp_path / "data"))
    catalogue = read(open_data(load_concept(folder)))
    told = {
        str(catalogue.value(s, DCTERMS.identifier)): s for s in catalogue.subjects(RDF.type, DCAT.Dataset)
    }
    assert [key for key in told if key.startswith("u-")] == ["u-eins"]
    (paper,) = catalogue.objects(told["u-eins"], DCAT.distribution)
    assert str(catalogue.value(paper, DCAT.downloadURL)) == f"{ADDRESS}ausgaben/u-eins.pdf"
    checksum = catalogue.value(catalogue.value(paper, SPDX.checksum), SPDX.checksumValue)
    assert str(checksum) == hashlib.sha256(b"%PDF-1.7 u-eins").hexdigest()
    assert str(catalogue.value(told["u-eins"], DCTERMS.modified)) == "2024-02-01"
    assert {severity for severity, _ in judge(catalogue, specification)} <= {"Warning"}


def test_keys_of_areas() -> None:
    assert geocoding_of("03241011") == "municipalityKey/03241011"
    assert geocoding_of("03241") == geocoding_of("03241000") == "districtKey/03241"
    assert geocoding_of("032415401") == "municipalAssociationKey/032415401"
    assert geocoding_of("3241") is None


@pytest.mark.parametrize("address", ["www.beispiel.de", "https://a b.de", "ftp://x.de", 'https://x.de/"'])
def test_an_address_that_is_none_is_named(address: str, data: Path) -> None:
    with pytest.raises(PackageError, match="Schreiben Sie dort die Adresse der Startseite"):
        load_package(tell(data, adresse=address))


@given(st.text(), st.text())
def test_any_text_is_read_back(words: str, other: str) -> None:
    words, other = (t.encode("utf-8", "ignore").decode() for t in (words, other))
    written = turtle(
        {"ex": "http://example.org/", "xsd": str(XSD)},
        [("urn:ding", {"ex:a": text(words), "ex:b": nameless({"ex:c": value(other, "xsd:string")})})],
    )
    graph = Graph().parse(data=written, format="turtle")
    example = Namespace("http://example.org/")
    assert graph.value(URIRef("urn:ding"), example.a) == Literal(words, lang="de")
    inner = graph.value(URIRef("urn:ding"), example.b)
    assert str(graph.value(inner, example.c)) == other
