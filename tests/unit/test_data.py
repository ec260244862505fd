"""The data keep the contract's promises: tables, columns, keys, sources."""

from pathlib import Path

import pytest

from folders import columns, rows, schema

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
    "umfrageergebnisse": "ereignis_id frage antwort anzahl grundgesamtheit",
    "beitraege": "id ereignis_id text folge begruendung massnahme_id",
    "angebote": "id name akteur_id handlungsfeld_id zielgruppe sprachen ort beschreibung",
    "erfahrungen": "id handlungsfeld_id gebiet_id text lehre",
    "dokumente": "id titel art vorlage_nr datum herausgeber url zugriff_am gebiet_id lizenz",
    "pruefhinweise": "id tabelle zeile_id aussage_a quelle_a_id aussage_b quelle_b_id entscheidung stand",
}
# Columns beyond the contract: how documents are cited, how areas and indicators stand in a sentence.
BEYOND = {"dokumente": {"kurztitel"}, "gebiete": {"ortsangabe"}, "indikatoren": {"satzname"}}


def test_tables_are_those_of_the_contract() -> None:
    assert {r["name"] for r in schema()["resources"]} == set(CONTRACT)


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_are_those_of_the_contract(table: str) -> None:
    expected = set(CONTRACT[table].split()) | BEYOND.get(table, set())
    if table != "dokumente":
        expected |= {"quelle_id", "fundstelle"}
    assert set(columns(table)) == expected


@pytest.mark.parametrize("resource", schema()["resources"], ids=lambda r: r["name"])
def test_every_column_is_explained_in_german(resource: dict) -> None:
    assert resource["title"]
    assert resource["schema"]["primaryKey"]
    for field in resource["schema"]["fields"]:
        assert field["title"], field["name"]
        assert field["description"], field["name"]


@pytest.mark.parametrize("table", [t for t in CONTRACT if t != "dokumente"])
def test_every_row_has_source_and_passage(real: Path, table: str) -> None:
    for row in rows(real, table):
        assert row["quelle_id"].startswith("d-")
        assert row["fundstelle"].strip()


def test_files_are_as_german_excel_writes_them(real: Path) -> None:
    for table in CONTRACT:
        content = (real / f"{table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), table
        assert content.endswith(b"\n"), table


def test_facts_of_the_second_report(real: Path) -> None:
    """Read line by line in chapter 4.1 of the 2nd report."""
    costs = [
        (r["art"], r["jahr"], r["betrag_eur"], r["genauigkeit"], r["haushaltsstand"])
        for r in rows(real, "kosten")
    ]
    assert sorted(costs) == [
        ("anlauf", "2024", "21000", "circa", "angemeldet"),
        ("jaehrlich", "", "33000", "circa", "angemeldet"),
    ]
    status = {r["massnahme_id"]: (r["datum"], r["status"]) for r in rows(real, "statusverlauf")}
    day = "2023-08-30"
    assert sorted(status.values()) == [(day, "angemeldet"), (day, "geplant"), *[(day, "idee")] * 6]
    assert [r["text"] for r in rows(real, "ziele")] == [
        "Jedes Kind wird den Anforderungen der Schuleingangsuntersuchung gerecht.",
        "Alle Schüler*innen erreichen einen qualifizierten Schulabschluss.",
    ]
    assert len(rows(real, "handlungsfelder")) == 9
