"""Which tables and columns the program reads, whatever else the data package describes.

Titles, explanations, labels and further columns are the authors' own; a table, column or key that is missing
would only be missed in the middle of a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from konzept.words.labels import LEVELS


@dataclass(frozen=True)
class Needed:
    """A column that the program reads."""

    name: str
    type: str = "string"
    key: bool = False
    required: bool = False
    reference: str | None = None
    """The table whose keys it holds."""
    words: tuple[str, ...] | None = None
    """Which words the program tells apart, so that it knows no others; empty where it takes any from the description."""


TABLES = {
    "dokumente": "id* titel! kurztitel art!= vorlage_nr datum:date datum_genauigkeit=tag|monat|jahr|spaetestens|fruehestens herausgeber url zugriff_am:date gebiet_id>gebiete lizenz",
    "gebiete": f"id* name! ebene!={'|'.join(LEVELS)} ortsangabe! ags breite:number laenge:number quelle_id!>dokumente fundstelle!",
    "gruppen": "id* name! ordnung!:integer quelle_id!>dokumente fundstelle!",
    "handlungsfelder": "id* nr!:integer name! kurzname! typ!=feld|uebergreifend projekt bearbeitung!=laufend|naechster_schritt|in_anderen_ag fokus quelle_id!>dokumente fundstelle!",
    "themen": "id* handlungsfeld_id!>handlungsfelder art!= einfluss=stadt|land_bund text! quelle_id!>dokumente fundstelle!",
    "ziele": "id* handlungsfeld_id!>handlungsfelder ebene!=leitziel|ziel uebergeordnet_id>ziele text! fassung!= quelle_id!>dokumente fundstelle!",
    "massnahmen": "id* handlungsfeld_id!>handlungsfelder titel! beschreibung zielgruppe prioritaet= einfluss=stadt|land_bund beginn:date ende:date zeit_genauigkeit=tag|monat|jahr mehrsprachig!= leichte_sprache!= barrierefrei!= quelle_id!>dokumente fundstelle!",
    "massnahme_bezuege": "id* massnahme_id!>massnahmen ziel_id>ziele querfeld_id>handlungsfelder indikator_id>indikatoren ereignis_id>ereignisse verwandt_id>massnahmen beleg!=quelle|abgeleitet quelle_id!>dokumente fundstelle!",
    "statusverlauf": "massnahme_id*>massnahmen datum*:date status!= wortlaut beleg=quelle|abgeleitet text wiedervorlage:date quelle_id!>dokumente fundstelle!",
    "kosten": "id* massnahme_id!>massnahmen art!= jahr:integer betrag_eur!:number genauigkeit!=genau|circa haushaltsstand!=angemeldet|beschlossen|verausgabt|abgelehnt|unbekannt teilhaushalt produkt quelle_id!>dokumente fundstelle!",
    "akteure": "id* name! art!= quelle_id!>dokumente fundstelle!",
    "zustaendigkeiten": "massnahme_id*>massnahmen akteur_id*>akteure rolle!=federfuehrend|beteiligt|finanzierend quelle_id!>dokumente fundstelle!",
    "indikatoren": "id* handlungsfeld_id>handlungsfelder name! satzname! definition! einheit! richtung!=hoeher|niedriger|keine mindestfallzahl:integer referenz quelle_id!>dokumente fundstelle!",
    "messwerte": "indikator_id*>indikatoren art*=ist|soll gebiet_id*>gebiete gruppe_id*>gruppen zeit* jahr:integer wert:number genauigkeit!=genau|circa|nur_trend|gesperrt fallzahl:integer soll_art=beschlossen|abgeleitet reihenbruch=ja|nein|offen konfidenz= hinweis quelle_id*>dokumente fundstelle!",
    "abrufe": "id* tabelle! merkmal auswahl einheit faktor:number stellen:integer zeitform!=quelle|jahr indikator_id!>indikatoren gruppe_id!>gruppen schluessel gebiet_id>gebiete hinweis abdeckung datei abgerufen_am:date pruefsumme lizenz dokument_id!>dokumente fundstelle!",
    "gremien": "id* name! satzname art!= projekt=beide quelle_id!>dokumente fundstelle!",
    "gremium_felder": "gremium_id*>gremien handlungsfeld_id*>handlungsfelder quelle_id!>dokumente fundstelle!",
    "gremium_beziehungen": "von_id*>gremien an_id*>gremien art!=untergeordnet|berichtet_an quelle_id!>dokumente fundstelle!",
    "mitwirkungen": "gremium_id*>gremien akteur_id*>akteure rolle*= quelle_id!>dokumente fundstelle!",
    "kontakte": "id* akteur_id!>akteure funktion! telefon email quelle_id!>dokumente fundstelle!",
    "ereignisse": "id* von:date bis:date genauigkeit=tag|monat|jahr art!= titel! gremium_id>gremien handlungsfeld_id>handlungsfelder gebiet_id>gebiete ort stand!=geplant|erfolgt|entfallen teilnehmende befragte nicht_erreicht ankuendigung_id>ereignisse quelle_id!>dokumente fundstelle!",
    "umfrageergebnisse": "ereignis_id*>ereignisse frage* antwort* anzahl:integer grundgesamtheit!:integer mehrfach!=ja|nein quelle_id!>dokumente fundstelle!",
    "beitraege": "id* ereignis_id!>ereignisse text! folge!= begruendung massnahme_id>massnahmen quelle_id!>dokumente fundstelle!",
    "angebote": "id* name! akteur_id>akteure handlungsfeld_id>handlungsfelder zielgruppe sprachen ort beschreibung quelle_id!>dokumente fundstelle!",
    "erfahrungen": "id* handlungsfeld_id>handlungsfelder gebiet_id>gebiete text! lehre quelle_id!>dokumente fundstelle!",
    "pruefhinweise": "id* tabelle! zeile_id aussage_a! quelle_a_id!>dokumente aussage_b quelle_b_id>dokumente entscheidung stand!=offen|entschieden quelle_id!>dokumente fundstelle!",
    "suchworte": "wort* meint*",
    "begriffe": "begriff* sprache* wort! erklaerung dokument_id>dokumente fundstelle",
    "pruefungen": "sprache* geprueft_am*:date geprueft_von! fingerabdruck!",
    "ausgaben": "id* name! tag:date stand!:date vorlage_nr hinweis",
    "freigaben": "handlungsfeld_id*>handlungsfelder gremium_id*>gremien tag*:date fingerabdruck! vorlage_nr",
}
"""Table → its columns: ``*`` part of the key, ``!`` never empty, ``:type`` where it is no text, ``>table`` whose keys it holds,
``=`` where words stand to choose from, with those that the program tells apart."""

_COLUMN = re.compile(r"(\w+)([*!]?)(?::(\w+))?(?:>(\w+))?(?:(=)([\w|]*))?")


def needed() -> Mapping[str, tuple[Needed, ...]]:
    """Give the columns of each table that the program reads."""
    return {
        table: tuple(
            Needed(
                name,
                kind or "string",
                mark == "*",
                mark != "",
                reference or None,
                tuple(filter(None, words.split("|"))) if chosen else None,
            )
            for name, mark, kind, reference, chosen, words in _COLUMN.findall(columns)
        )
        for table, columns in TABLES.items()
    }
