"""The page of the data: which files there are, what they hold, what may be done with them, how to cite them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from konzept.concept.editions import shown_as
from konzept.concept.model import Concept
from konzept.data.package import DESCRIPTOR, Package
from konzept.data.package import Table as DataTable
from konzept.data.reading import read_folder
from konzept.elements.content import Cell, Column, Fold, Folds, Line, Points, Row, Run, Table, Text, line
from konzept.words import german

PAGE = "book/daten"
"""The page of the book that leads to the files."""
FOLDER = "daten"
"""Where the files lie, beside the folder of pages; links name them with this folder."""
SUMS = "SHA256SUMS"
INDICATORS = "indikatoren"
COLUMNS = f"{INDICATORS}/schema.json"
CATALOGUE = f"{FOLDER}/katalog.ttl"

_NO_LICENCE = "Eine Lizenz für die Zusammenstellung ist nicht angegeben; es gelten die Angaben der Quellen."
_SHOWN = 3
"""So many rows of a table are shown beforehand."""
_LONG = 80
"""So many characters of a cell are shown."""


def rights(package: Package) -> str:
    """Say under which licence the data as a whole are, or that none is named, with a full stop."""
    titles = [str(each.get("title") or each.get("name")) for each in package.descriptor.get("licenses") or ()]
    return f"{'; '.join(titles).rstrip('.')}." if titles else _NO_LICENCE


def citation(package: Package) -> str:
    """Say how to cite the data."""
    where = f" {package.address}{PAGE}.html." if package.address else ""
    return (
        f"{package.speaker}: {package.title} {package.town.genitive}, Daten. "
        f"{shown_as(package)}, Stand {german.date(package.stand)}.{where}"
    )


def title_of_table(table: DataTable) -> str:
    """Name a table's file."""
    return f"Tabelle „{table.title}“"


def lead(concept: Concept) -> Text:
    """Count what there is, and up to when it reaches; at an earlier day there are no files."""
    if concept.past:
        return Text((line(f"Dateien gibt es nur zum Stand der Daten, dem {_stand(concept)}."),), role="lead")
    rows = sum(map(len, _frames(concept).values()))
    text = (
        f"Alle Angaben dieses Buches gibt es als Dateien: {german.number(len(concept.package.tables))} Tabellen mit "
        f"{german.number(rows)} Zeilen und {_counted(len(concept.indicators), 'Indikator', 'Indikatoren')}, "
        f"Stand {_stand(concept)}."
    )
    return Text((line(text),), role="lead")


def workbook_of(package: Package) -> str:
    """Name the workbook for readers."""
    return f"{package.stem}-daten.xlsx"


def archive_of(package: Package) -> str:
    """Name the archive of all files."""
    return f"{package.stem}-daten.zip"


def _stand(concept: Concept) -> str:
    return german.date(concept.package.stand)


def files(concept: Concept) -> Points | None:
    """List the files for all purposes; None at an earlier day."""
    if concept.past:
        return None
    entries = (
        (
            workbook_of(concept.package),
            "Arbeitsmappe",
            "für Excel und LibreOffice: ein Blatt je Tabelle, alles ausgeschrieben",
        ),
        (
            archive_of(concept.package),
            "Alles in einem Archiv",
            "Tabellen als CSV, Arbeitsmappe, Indikatoren, Prüfsummen",
        ),
        (DESCRIPTOR, "Beschreibung der Tabellen", "Data Package, Fassung 2: Spalten, Schlüssel, Quellen"),
        (CATALOGUE.removeprefix(f"{FOLDER}/"), "Katalog", "DCAT-AP.de 3.0, für Datenportale"),
        (SUMS, "Prüfsummen", "SHA-256 aller Dateien"),
    )
    return Points(tuple(line(_link(title, name), f": {about}") for name, title, about in entries))


def _link(text: str, name: str) -> Run:
    return Run(text, target=f"{FOLDER}/{name}")


def tables(concept: Concept) -> Folds | None:
    """Show each table's columns and first rows; on paper the tables are named. None at an earlier day."""
    if concept.past:
        return None
    known, frames = concept.package.tables.values(), _frames(concept)
    named = [f"{t.title} ({german.number(len(frames[t.name]))})" for t in known]
    return Folds(
        tuple(_table(t, frames[t.name]) for t in known),
        (line(f"Tabellen und Zahl ihrer Zeilen: {'; '.join(named)}."),),
    )


def _frames(concept: Concept) -> Mapping[str, pd.DataFrame]:
    """Give the tables as they stand in the files: with announcements of events that have been reported since."""
    return read_folder(concept.package.folder).tables


def _table(table: DataTable, frame: pd.DataFrame) -> Fold:
    columns = tuple(
        Row((Cell((line(column.name), line(Run(column.title, muted=True)))), Cell.of(column.description)))
        for column in table.columns
    )
    heads = (Column("Spalte"), Column("Bedeutung"))
    first = frame.head(_SHOWN)
    shown = [column for column in table.columns if first[column.name].notna().any()]
    rows = tuple(
        Row(tuple(Cell.of(_short(value)) for value in values))
        for values in first[[column.name for column in shown]].itertuples(index=False)
    )
    preview = Table("", f"{table.title}: erste Zeilen", tuple(Column(c.name) for c in shown), rows)
    explained = Table("", f"{table.title}: Spalten", heads, columns)
    return Fold(
        f"{table.title} ({_counted(len(frame), 'Zeile', 'Zeilen')})",
        (line(f"{table.description} ", _link(table.file, table.file)),),
        (explained, *([preview] if rows else [])),
    )


def _counted(n: int, one: str, many: str) -> str:
    return f"{german.number(n)}\N{NO-BREAK SPACE}{one if n == 1 else many}"


def _short(value: Any) -> str:
    if pd.isna(value):
        return ""
    text = german.number(value) if isinstance(value, float) else str(value)
    return german.shortened(text, _LONG)


def indicators(concept: Concept) -> Folds | None:
    """List the files of each indicator by field; on paper the pattern of their addresses. None at an earlier day."""
    if concept.past:
        return None
    groups: dict[str, list[Line]] = {"Übergreifend": [], **{f.short_name: [] for f in concept.fields}}
    for indicator in concept.indicators:
        name = f"{INDICATORS}/{indicator.id}"
        field = concept.field_name(indicator.field_id) or "Übergreifend"
        count = len(indicator.observations)
        told = _counted(count, "Wert", "Werte") if count else "noch keine Werte"
        entry = line(
            f"{indicator.name}: ",
            _link("CSV", f"{name}.csv"),
            ", ",
            _link("JSON", f"{name}.json"),
            f" ({told})",
        )
        groups[field].append(entry)
    pattern = f"Jeder Indikator hat eine Datei je Format: {FOLDER}/{INDICATORS}/KENNUNG.csv und .json."
    return Folds(
        tuple(
            Fold(f"{title} ({len(found)})", (), (), tuple(found)) for title, found in groups.items() if found
        ),
        (line(pattern),),
    )


def silent_indicators(concept: Concept) -> Text | None:
    """Say how many indicators have no values, and what that means for their files."""
    silent = sum(not i.observations for i in concept.indicators)
    if concept.past or not silent:
        return None
    text = (
        f"Für {german.count(silent, 'Indikator', 'Indikatoren', gender='em')} nennt keine Quelle Werte; die Dateien enthalten "
        "dort nur Definition oder Kopfzeile, und der Katalog führt sie nicht."
    )
    return Text((line(text),))


def licences(concept: Concept) -> Text:
    """Say under which licence the whole is, and how many sources allow what, in their own words."""
    counts = Counter((document.licence or "").strip() for document in concept.documents)
    named = [f"„{words}“ ({n})" for words, n in counts.most_common() if words]
    text = rights(concept.package)
    if named:
        text += f" Die Quellen sagen, in Klammern ihre Zahl: {german.listing(named)}."
    if silent := counts[""]:
        names = "Eine Quelle nennt" if silent == 1 else f"{german.some(silent).capitalize()} Quellen nennen"
        text += f" {names} keine Lizenz; in den Dateien steht dort „nicht angegeben“."
    return Text((line(text),))


def how_to_cite(concept: Concept) -> Text:
    """Say how to cite the data."""
    return Text((line(citation(concept.package)),))
