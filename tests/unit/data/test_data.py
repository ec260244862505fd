"""The data keep the contract's promises: tables, columns, keys, sources."""

import csv
import re
from pathlib import Path

import pytest

from folders import PROJECT, columns, rows, schema
from konzept.data.needed import Needed, needed
from prose import lines, plain

# Read off the contract by hand, apart from datapackage.json; sources are in every table but dokumente.
CONTRACT = {
    "handlungsfelder": "id nr name kurzname typ projekt bearbeitung fokus",
    "themen": "id handlungsfeld_id art einfluss text",
    "ziele": "id handlungsfeld_id ebene uebergeordnet_id text fassung",
    "massnahmen": "id handlungsfeld_id titel beschreibung zielgruppe prioritaet einfluss beginn ende "
    "zeit_genauigkeit mehrsprachig leichte_sprache barrierefrei",
    "massnahme_bezuege": "id massnahme_id ziel_id querfeld_id indikator_id beleg",
    "statusverlauf": "massnahme_id datum status text wiedervorlage",
    "kosten": "id massnahme_id art jahr betrag_eur genauigkeit haushaltsstand teilhaushalt produkt",
    "zustaendigkeiten": "massnahme_id akteur_id rolle",
    "indikatoren": "id handlungsfeld_id name definition einheit richtung mindestfallzahl referenz",
    "gruppen": "id name ordnung",
    "messwerte": "indikator_id art gebiet_id gruppe_id zeit jahr wert genauigkeit fallzahl soll_art "
    "reihenbruch konfidenz hinweis",
    "gebiete": "id name ebene ags breite laenge",
    "akteure": "id name art",
    "gremien": "id name art projekt",
    "gremium_felder": "gremium_id handlungsfeld_id",
    "gremium_beziehungen": "von_id an_id art",
    "mitwirkungen": "gremium_id akteur_id rolle",
    "kontakte": "id akteur_id funktion telefon email",
    "ereignisse": "id von bis genauigkeit art titel gremium_id handlungsfeld_id gebiet_id ort stand teilnehmende",
    "umfrageergebnisse": "ereignis_id frage antwort anzahl grundgesamtheit mehrfach",
    "beitraege": "id ereignis_id text folge begruendung massnahme_id",
    "angebote": "id name akteur_id handlungsfeld_id zielgruppe sprachen ort beschreibung",
    "erfahrungen": "id handlungsfeld_id gebiet_id text lehre",
    "dokumente": "id titel art vorlage_nr datum herausgeber url zugriff_am gebiet_id lizenz",
    "suchworte": "wort meint",
    "ausgaben": "id name tag stand vorlage_nr hinweis",
    "pruefhinweise": "id tabelle zeile_id aussage_a quelle_a_id aussage_b quelle_b_id entscheidung stand",
}
UNSOURCED = ("dokumente", "suchworte", "ausgaben")
"""Sources themselves, and the town's own words."""
# Columns beyond the contract: how documents are cited, how areas, bodies and indicators stand in a sentence,
# what reviews a measure and which other measure means the same, what a source says of a status,
# how exactly a document is dated, by which row an event was announced, whom a survey asked and whom it did not reach.
BEYOND = {
    "massnahme_bezuege": {"ereignis_id", "verwandt_id"},
    "dokumente": {"kurztitel", "datum_genauigkeit"},
    "ereignisse": {"ankuendigung_id", "befragte", "nicht_erreicht"},
    "gebiete": {"ortsangabe"},
    "gremien": {"satzname"},
    "indikatoren": {"satzname"},
    "statusverlauf": {"wortlaut", "beleg"},
}


def test_the_program_knows_what_it_reads() -> None:
    """What `needed.py` lists is what the description says: names, types, keys, what may be empty, where keys lead."""
    known = {(table, c.name): c.words for table, columns in needed().items() for c in columns}
    described = {}
    for resource in schema()["resources"]:
        table, key = resource["schema"], resource["schema"]["primaryKey"]
        leads = {
            name: each["reference"]["resource"] or resource["name"]
            for each in table.get("foreignKeys", [])
            for name in ([each["fields"]] if isinstance(each["fields"], str) else each["fields"])
        }
        described[resource["name"]] = tuple(
            Needed(
                f["name"],
                f["type"],
                f["name"] in ([key] if isinstance(key, str) else key),
                f.get("constraints", {}).get("required", False),
                leads.get(f["name"]),
                # Which of the words the program tells apart the description cannot say.
                known[resource["name"], f["name"]] if "categories" in f else None,
            )
            for f in table["fields"]
        )
    assert needed() == described
    allowed = {
        (r["name"], f["name"]): {c["value"] for c in f.get("categories", ())}
        for r in schema()["resources"]
        for f in r["schema"]["fields"]
    }
    assert all(allowed[place] <= set(words) for place, words in known.items() if words)


def test_tables_are_those_of_the_contract() -> None:
    assert {r["name"] for r in schema()["resources"]} == set(CONTRACT)


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_are_those_of_the_contract(table: str) -> None:
    expected = set(CONTRACT[table].split()) | BEYOND.get(table, set())
    if table not in UNSOURCED:
        expected |= {"quelle_id", "fundstelle"}
    assert set(columns(table)) == expected


@pytest.mark.parametrize("resource", schema()["resources"], ids=lambda r: r["name"])
def test_every_column_is_explained_in_german(resource: dict) -> None:
    assert resource["title"]
    assert resource["schema"]["primaryKey"]
    for field in resource["schema"]["fields"]:
        assert field["title"], field["name"]
        assert field["description"], field["name"]


@pytest.mark.parametrize("table", [t for t in CONTRACT if t not in UNSOURCED])
def test_every_row_has_source_and_passage(real: Path, table: str) -> None:
    for row in rows(real, table):
        assert row["quelle_id"].startswith("d-")
        assert row["fundstelle"].strip()


def test_files_are_as_german_excel_writes_them(real: Path) -> None:
    for table in CONTRACT:
        content = (real / f"{table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), table
        assert content.endswith(b"\n"), table


def _facts(name: str) -> list[dict[str, str]]:
    with (PROJECT / "tests" / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(resource: str) -> list[str]:
    descriptor = next(r for r in schema()["resources"] if r["name"] == resource)
    key = descriptor["schema"]["primaryKey"]
    return [key] if isinstance(key, str) else key


FACTS = sorted(
    p.stem for p in (PROJECT / "tests" / "facts").glob("*.csv") if p.stem not in ("anzahlen", "seiten")
)


@pytest.mark.parametrize("name", FACTS)
def test_data_equal_the_facts_read_from_the_sources(real: Path, name: str) -> None:
    """The list was written by reading the sources line by line, apart from the data."""
    wrong = []
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for fact in _facts(name):
        table = fact["table"]
        if table not in tables:
            key = _key(table)
            tables[table] = {"|".join(row[k] for k in key): row for row in rows(real, table)}
        found = tables[table].get(fact["key"])
        actual = found.get(fact["column"], "vorhanden") if found else "fehlt"
        # Numbers are equal whether or not a trailing zero is written.
        same = _number(actual) == _number(fact["expected"]) if fact["column"] == "wert" else False
        if actual != fact["expected"] and not same:
            wrong.append(
                (fact["table"], fact["key"], fact["column"], actual, fact["expected"], fact["source"])
            )
    assert wrong == []


def _number(text: str) -> float | str:
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(,\d+)?", text) else text


def test_data_have_as_many_rows_as_the_sources(real: Path) -> None:
    wrong = []
    facts = _facts("anzahlen")
    tables = {fact["table"]: rows(real, fact["table"]) for fact in facts}
    for fact in facts:
        names = fact["column"].split("|")
        actual = sum("|".join(row[n] for n in names) == fact["value"] for row in tables[fact["table"]])
        if actual != int(fact["expected"]):
            wrong.append(
                (fact["table"], fact["column"], fact["value"], actual, fact["expected"], fact["source"])
            )
    assert wrong == []


@pytest.mark.parametrize("page", sorted({fact["page"] for fact in _facts("seiten")}))
def test_pages_say_what_the_sources_say(page: str) -> None:
    """What only prose carries: its words were taken from the sources, apart from the pages."""
    prose = " ".join(plain(text) for _, text in lines(PROJECT / "book" / page)).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    wrong = [f for f in _facts("seiten") if f["page"] == page and f["expected"] not in prose]
    assert wrong == []
