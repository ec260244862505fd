"""Tables and indicators as CSV, indicators also as JSON: numbers as numbers, days as ISO writes them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from konzept.concept.model import Concept, Source
from konzept.data.csv_file import plain_number, separated
from konzept.data.package import Table
from konzept.data.reading import Rows
from konzept.data.violation import last_known_day
from konzept.site.opendata.licences import words_of

Row = Mapping[str, Any]

COLUMNS: tuple[tuple[str, str, str, str], ...] = (
    ("indikator_id", "string", "Indikator (Kennung)", "Kennung des Indikators; sie ändert sich nicht."),
    ("indikator", "string", "Indikator", "Name des Indikators."),
    ("definition", "string", "Definition", "Was gemessen wird und wie es abgegrenzt ist."),
    ("einheit", "string", "Einheit", "Einheit der Spalte „wert“."),
    ("art", "string", "Art", "„ist“ für gemessene Werte, „soll“ für Zielwerte."),
    ("gebiet_id", "string", "Gebiet (Kennung)", "Kennung des Gebiets."),
    ("gebiet", "string", "Gebiet", "Name des Gebiets."),
    ("ags", "string", "Gemeindeschlüssel", "Amtlicher Gemeindeschlüssel; nur bei Gemeinden."),
    ("gruppe_id", "string", "Gruppe (Kennung)", "Kennung der Bevölkerungsgruppe."),
    ("gruppe", "string", "Gruppe", "Name der Bevölkerungsgruppe."),
    ("zeit", "string", "Zeit", "Zeitpunkt oder Zeitraum, wie die Quelle ihn nennt."),
    ("jahr", "integer", "Jahr", "Jahr der Zeit; leer, wenn die Quelle keines nennt."),
    ("wert", "number", "Wert", "Der Wert mit Dezimalkomma; leer, wenn die Quelle keine Zahl nennt."),
    ("genauigkeit", "string", "Genauigkeit", "„genau“, „circa“, „nur_trend“ oder „gesperrt“."),
    ("fallzahl", "integer", "Fallzahl", "Auf wie vielen Fällen der Wert beruht; leer, wenn nicht genannt."),
    ("soll_art", "string", "Art des Zielwerts", "Ob ein Zielwert beschlossen oder abgeleitet ist."),
    ("reihenbruch", "string", "Reihenbruch", "„ja“, wenn der Wert nicht mit den früheren vergleichbar ist."),
    ("konfidenz", "string", "Verlässlichkeit", "„hoch“ oder „mittel“; leer, wenn nicht bewertet."),
    ("hinweis", "string", "Hinweis", "Was beim Lesen des Werts zu beachten ist."),
    ("quelle_id", "string", "Quelle (Kennung)", "Kennung des Dokuments in der Tabelle „dokumente“."),
    ("quelle", "string", "Quelle", "Herausgeber, Titel und Datum des Dokuments."),
    ("fundstelle", "string", "Fundstelle", "Wo der Wert im Dokument steht."),
    ("lizenz", "string", "Lizenz", "Lizenz in den Worten der Quelle oder „nicht angegeben“."),
    (
        "revision",
        "date",
        "Revision",
        "Tag, an dem die Quelle erschienen war oder gelesen wurde; leer, wenn unbekannt.",
    ),
)
"""The columns of every indicator's file: name, type, title, what it says."""


@dataclass(frozen=True)
class Series:
    """All that is published of an indicator."""

    indicator: Row
    rows: tuple[Row, ...]
    """A row a value, by `COLUMNS`."""
    sources: tuple[Source, ...]
    areas: tuple[Row, ...]

    @property
    def id(self) -> str:
        """The indicator's id, by which its files are named."""
        return str(self.indicator["id"])

    @property
    def revision(self) -> dt.date | None:
        """The day of the newest source, as far as any is known."""
        return max((row["revision"] for row in self.rows if row["revision"]), default=None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years for which something was observed, in order."""
        return tuple(
            sorted({int(r["jahr"]) for r in self.rows if r["art"] == "ist" and r["jahr"] is not None})
        )


def table_csv(table: Table, rows: Rows) -> str:
    """Write a table with the columns that its description names."""
    names = [column.name for column in table.columns]
    return separated([names, *([_cell(row[name]) for name in names] for row in rows)])


def series_of(concept: Concept, tables: Mapping[str, Rows]) -> Iterator[Series]:
    """Gather each indicator's values with all that is needed to read them apart from the book."""
    areas, groups, papers = (
        {row["id"]: row for row in tables[t]} for t in ("gebiete", "gruppen", "dokumente")
    )
    documents = {source.id: source for source in concept.documents}
    values: dict[str, list[Row]] = {}
    for row in tables["messwerte"]:
        values.setdefault(row["indikator_id"], []).append(row)
    for indicator in tables["indikatoren"]:
        found = values.get(indicator["id"], [])
        own = {
            "indikator_id": indicator["id"],
            "indikator": indicator["name"],
            "definition": indicator["definition"],
            "einheit": indicator["einheit"],
        }
        yield Series(
            indicator,
            tuple(
                {
                    **row,
                    **own,
                    "gebiet": areas[row["gebiet_id"]]["name"],
                    "ags": areas[row["gebiet_id"]]["ags"],
                    "gruppe": groups[row["gruppe_id"]]["name"],
                    "quelle": named(documents[row["quelle_id"]]),
                    "lizenz": words_of(papers[row["quelle_id"]]["lizenz"]),
                    "revision": (day := last_known_day(papers[row["quelle_id"]])) and min(day, concept.stand),
                }
                for row in found
            ),
            tuple(documents[key] for key in dict.fromkeys(row["quelle_id"] for row in found)),
            tuple(areas[key] for key in dict.fromkeys(row["gebiet_id"] for row in found)),
        )


def named(source: Source) -> str:
    """Name a document by publisher, title and day."""
    return ", ".join(part for part in (source.publisher, source.title, source.appeared) if part)


def series_csv(series: Series) -> str:
    """Write an indicator's values; the columns are the same for all."""
    names = [name for name, *_ in COLUMNS]
    return separated([names, *([_cell(row[name]) for name in names] for row in series.rows)])


def series_json(series: Series, stand: dt.date) -> str:
    """Write an indicator with its values for programs."""
    indicator = series.indicator
    content = {
        "id": indicator["id"],
        "name": indicator["name"],
        "definition": indicator["definition"],
        "einheit": indicator["einheit"],
        "richtung": indicator["richtung"],
        "handlungsfeld_id": indicator["handlungsfeld_id"],
        "referenz": indicator["referenz"],
        "stand": stand,
        "revision": series.revision,
        "quellen": [{"id": s.id, "titel": named(s), "url": s.url} for s in series.sources],
        "werte": [{name: row[name] for name, *_ in COLUMNS[4:]} for row in series.rows],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> object:
    """Write what JSON has no word for; whole numbers without a fraction."""
    if isinstance(value, Decimal):
        return float(value)
    assert isinstance(value, dt.date)
    return value.isoformat()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return plain_number(Decimal(repr(value)))
        case Decimal():
            return plain_number(value)
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def columns_schema() -> dict[str, Any]:
    """Describe the columns of the indicators' files as a Table Schema."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {
                **{"name": name, "type": kind, "title": title, "description": description},
                **({"decimalChar": ","} if kind == "number" else {}),
            }
            for name, kind, title, description in COLUMNS
        ],
        "missingValues": [""],
    }
