"""The schema keeps the contract's promises: tables, columns, keys, sources."""

import json

import pytest

from folders import PROJECT, SCHEMA, columns, schema
from konzept.data.describing import description_faults
from konzept.data.town import SCHEMA_VERSION
from needed import Needed, needed

# Read off the contract by hand, apart from the schema; sources are in every table but dokumente.
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
    "abrufe": "id tabelle merkmal auswahl einheit faktor stellen zeitform indikator_id gruppe_id schluessel gebiet_id "
    "hinweis abdeckung datei abgerufen_am pruefsumme lizenz dokument_id fundstelle",
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
    "begriffe": "begriff sprache wort erklaerung dokument_id fundstelle",
    "pruefungen": "sprache geprueft_am geprueft_von fingerabdruck",
    "ausgaben": "id name tag stand vorlage_nr hinweis",
    "freigaben": "handlungsfeld_id gremium_id tag fingerabdruck vorlage_nr",
    "pruefhinweise": "id tabelle zeile_id aussage_a quelle_a_id aussage_b quelle_b_id entscheidung stand",
}
UNSOURCED = ("dokumente", "suchworte", "ausgaben", "freigaben", "abrufe", "begriffe", "pruefungen")
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
    """What `tests/needed.py` lists is what the description says: names, types, keys, what may be empty, where keys lead."""
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
    own = {("handlungsfelder", "projekt"), ("gremien", "projekt")}
    assert all(allowed[place] <= set(words) for place, words in known.items() if words and place not in own)


def test_the_program_s_schema_is_sound() -> None:
    """What a published description must be is the least; pages also ask each status for its criterion."""
    description = json.loads(SCHEMA.read_text("utf-8"))
    assert int(description.pop("version")) == SCHEMA_VERSION
    settings = json.loads((PROJECT / "data/kommune.json").read_text("utf-8"))
    assert description_faults({**description, "konzept": settings}) == []
    table = next(r for r in description["resources"] if r["name"] == "statusverlauf")
    (statuses,) = (f["categories"] for f in table["schema"]["fields"] if f["name"] == "status")
    assert all({"phase", "kriterium", "nachweis"} <= each.keys() for each in statuses)


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
