"""Which sheets and columns a workbook has, and what they are called in German."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from konzept.data.package import Column, Package, Table

Cells = Mapping[str, str]
"""One row: column → text."""
Tables = Mapping[str, Sequence[Cells]]

GUIDE = "Lies mich"
NEW_MEASURE = "Neue Maßnahme"
ASIDE = ("Zuordnung", "nicht übernommen")
"""Sheets of a workbook made of another document: they say how, and hold no table."""
LISTS = "Listen"
"""The hidden sheet of what drop-down lists offer."""
BASE = "Stand"
"""The hidden sheet with the tables as they were exported."""
SETTINGS = "Stand der Daten"
"""The sheet of what holds for the data as a whole."""

FROZEN = "statusverlauf"
"""The table whose rows stay as they are once an edition shows them."""

_ACCURACY = {
    ("massnahmen", "beginn"): "zeit_genauigkeit",
    ("massnahmen", "ende"): "zeit_genauigkeit",
    ("dokumente", "datum"): "datum_genauigkeit",
    ("ereignisse", "von"): "genauigkeit",
    ("ereignisse", "bis"): "genauigkeit",
}
"""Days that may be known to the month or year only, and where it is said."""
_ENDS = ("ende", "datum", "bis")


HEAD = 3
"""The row of headings; title and explanations stand above it."""


@dataclass(frozen=True)
class Field:
    """One column of a sheet."""

    name: str
    heading: str
    explanation: str
    type: str
    required: bool
    labels: Mapping[str, str]
    """Key → German word of what may stand here; empty where anything may."""
    reference: str | None
    """The table whose keys may stand here."""
    accuracy: str = ""
    """The column that says how exactly a day here is known."""
    ends: bool = False
    """Whether a month or year stands for its last day here, not for its first."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: a table, or the form for new measures."""

    table: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    def field(self, name: str) -> Field:
        """Find a column by its name in the data."""
        return next(f for f in self.fields if f.name == name)


def table_sheets(package: Package) -> tuple[Sheet, ...]:
    """Lay out one sheet a table, in the order of the data package."""
    titles: list[str] = []
    for table in package.tables.values():
        titles.append(_sheet_title(table.title, titles))
    return tuple(_sheet(package, table, t) for table, t in zip(package.tables.values(), titles, strict=True))


def _sheet(package: Package, table: Table, title: str) -> Sheet:
    times = Counter(column.title for column in table.columns)
    fields = [
        table_field(package, table, c, c.title if times[c.title] == 1 else f"{c.title} ({c.name})")
        for c in table.columns
    ]
    return Sheet(table.name, title, _told(table.description, package, {}), tuple(fields), table.key)


def table_field(package: Package, table: Table, column: Column, heading: str) -> Field:
    """Lay out one column of a table."""
    labels: dict[str, str] = {word: word.label for word in column.enum}
    return Field(
        name=column.name,
        heading=heading,
        explanation=_told(column.description, package, labels),
        type=column.type,
        required=column.required,
        labels=labels,
        reference=table.references.get(column.name, (None,))[0],
        accuracy=_ACCURACY.get((table.name, column.name), ""),
        ends=column.name in _ENDS,
    )


def _told(text: str, package: Package, labels: Mapping[str, str]) -> str:
    """Say in the workbook's words what the data package explains in those of the data."""
    for key, label in labels.items():
        text = text.replace(f"„{key}“", f"„{label}“")
    for table in package.tables.values():
        text = text.replace(f"Tabelle „{table.name}“", f"Blatt „{table.title}“")
        text = text.replace(f"„{table.name}“", f"„{table.title}“")
    return text


def _sheet_title(title: str, taken: list[str]) -> str:
    """Cut a title to what Excel allows as the name of a sheet."""
    # The star of „Akteur*innen“ is forbidden there; the gap says the same.
    title = re.sub(r"\*(?=in)", "_", title)
    plain = re.sub(r"[\[\]:*?/\\]", "", title).strip("' ") or "Tabelle"
    candidate, n = plain[:31], 1
    while candidate.casefold() in (
        t.casefold() for t in [*taken, *ASIDE, GUIDE, NEW_MEASURE, LISTS, BASE, SETTINGS]
    ):
        n += 1
        candidate = f"{plain[:27]} {n}"
    return candidate


SETTINGS_SHEET = Sheet(
    "stand",
    SETTINGS,
    "Der Tag, den die Daten wiedergeben. Ein neuerer Status braucht auch einen neueren Stand.",
    (
        Field(
            name="stand",
            heading="Stand",
            explanation="Bis zu diesem Tag reichen die Daten; er steht auf jeder Seite.",
            type="date",
            required=True,
            labels={},
            reference=None,
        ),
    ),
    (),
)
"""The sheet of settings; its one row stands in the description of the data."""


FORM: tuple[tuple[str, str, str, str, str], ...] = (
    ("titel", "massnahmen", "titel", "Titel", "Kurz und ohne Punkt am Ende."),
    ("handlungsfeld", "massnahmen", "handlungsfeld_id", "Handlungsfeld", "Aus der Liste."),
    ("beschreibung", "massnahmen", "beschreibung", "Beschreibung", "Ein bis drei Sätze."),
    ("zielgruppe", "massnahmen", "zielgruppe", "Zielgruppe", "Für wen die Maßnahme ist."),
    ("ziel", "massnahme_bezuege", "ziel_id", "Ziel", "Das Ziel, dem die Maßnahme dient; aus der Liste."),
    ("ziel_beleg", "massnahme_bezuege", "beleg", "Beleg für das Ziel", "Nennt die Quelle das Ziel selbst?"),
    ("status", "statusverlauf", "status", "Status", "Die Kriterien stehen im Blatt „Lies mich“."),
    ("status_seit", "statusverlauf", "datum", "Status seit", "Der Tag, zu dem die Quelle ihn belegt."),
    ("status_wortlaut", "statusverlauf", "wortlaut", "Wort der Quelle zum Status", "Kurz und wörtlich."),
    ("status_beleg", "statusverlauf", "beleg", "Beleg für den Status", "Nennt die Quelle den Status selbst?"),
    (
        "status_text",
        "statusverlauf",
        "text",
        "Erläuterung zum Status",
        "Ein Satz; leer, wenn nichts zu erläutern ist.",
    ),
    (
        "federfuehrend",
        "zustaendigkeiten",
        "akteur_id",
        "Federführung",
        "Wer die Maßnahme verantwortet; aus der Liste.",
    ),
    ("beteiligt_1", "zustaendigkeiten", "akteur_id", "Beteiligt 1", "Wer mitwirkt; aus der Liste."),
    ("beteiligt_2", "zustaendigkeiten", "akteur_id", "Beteiligt 2", "Wer mitwirkt; aus der Liste."),
    ("beteiligt_3", "zustaendigkeiten", "akteur_id", "Beteiligt 3", "Weitere: im Blatt der Zuständigkeiten."),
    ("beginn", "massnahmen", "beginn", "Beginn", "Erster Tag; leer, wenn unbekannt."),
    ("ende", "massnahmen", "ende", "Ende", "Letzter Tag; leer, wenn unbekannt."),
    (
        "zeit_genauigkeit",
        "massnahmen",
        "zeit_genauigkeit",
        "Genauigkeit der Zeit",
        "Wie genau die Quelle die Zeit nennt.",
    ),
    (
        "betrag",
        "kosten",
        "betrag_eur",
        "Kosten in Euro",
        "Nur die Zahl; weitere Beträge im Blatt der Kosten.",
    ),
    ("kosten_art", "kosten", "art", "Art der Kosten", "Wozu der Betrag gehört."),
    ("kosten_jahr", "kosten", "jahr", "Haushaltsjahr", "Leer, wenn die Quelle keines nennt."),
    (
        "kosten_genauigkeit",
        "kosten",
        "genauigkeit",
        "Genauigkeit der Kosten",
        "„ungefähr“, wenn die Quelle „circa“ sagt.",
    ),
    (
        "haushaltsstand",
        "kosten",
        "haushaltsstand",
        "Haushaltsstand",
        "Wie weit über das Geld entschieden ist.",
    ),
    ("quelle", "massnahmen", "quelle_id", "Quelle", "Das Dokument, das alles in dieser Zeile belegt."),
    ("fundstelle", "massnahmen", "fundstelle", "Fundstelle", "Kapitel, Seite oder Absatz darin."),
)
"""Columns of the form: name, table and column they go to, heading, explanation."""

_FORM_REQUIRED = ("titel", "handlungsfeld", "status", "status_seit", "quelle", "fundstelle")


def measure_sheet(package: Package) -> Sheet | None:
    """Lay out the form for new measures, or nothing where the data know no measures."""
    fields = []
    for name, table_name, column_name, heading, explanation in FORM:
        table = package.tables.get(table_name)
        column = next((c for c in table.columns if c.name == column_name), None) if table else None
        if table is None or column is None:
            return None
        field = table_field(package, table, column, heading)
        required = name in _FORM_REQUIRED
        fields.append(replace(field, name=name, explanation=explanation, required=required))
    return Sheet(
        NEW_MEASURE,
        NEW_MEASURE,
        "Eine Zeile je Maßnahme; der Import verteilt sie auf die Tabellen für Maßnahmen, Bezüge, "
        "Statusverlauf, Zuständigkeiten und Kosten.",
        tuple(fields),
        (),
    )
