"""When a measure has which status: the criteria by which the data are kept."""

from __future__ import annotations

from konzept import german
from konzept.concept import Concept
from konzept.content import Cell, Column, Row, Run, Table
from konzept.words import STATUSES

_CRITERIA: dict[str, tuple[str, str]] = {
    "idee": (
        "Eine Arbeitsgruppe, eine Veranstaltung oder eine Befragung hat die Maßnahme genannt. "
        "Zuständig ist noch niemand.",
        "Protokoll oder Bericht",
    ),
    "in_pruefung": (
        "Eine benannte Stelle klärt Bedarf, Kosten und Zuständigkeit bis zu einem Termin.",
        "Prüfauftrag",
    ),
    "geplant": (
        "Inhalt, Federführung und Beginn stehen fest. Über Geld ist nicht mehr zu entscheiden.",
        "Bericht",
    ),
    "angemeldet": (
        "Ein Betrag ist für ein Haushaltsjahr angemeldet. Entschieden ist darüber nicht.",
        "Anmeldung zum Haushalt oder Bericht darüber",
    ),
    "beschlossen": (
        "Ein Gremium hat die Maßnahme an einem bestimmten Tag beschlossen. "
        "Das Geld steht im Haushalt, oder es wird keines gebraucht.",
        "Niederschrift und Vorlage",
    ),
    "in_umsetzung": (
        "Ein erster Schritt ist getan: ein Vertrag, eine Stelle oder eine Veranstaltung.",
        "datierter Beleg",
    ),
    "daueraufgabe": (
        "Die Maßnahme gehört zum laufenden Betrieb, hat kein Ende und ist dauerhaft ausgestattet.",
        "Bericht",
    ),
    "abgeschlossen": (
        "Die Maßnahme ist umgesetzt wie beschrieben. Ergebnis und Tag sind festgehalten.",
        "Ergebnis",
    ),
    "zurueckgestellt": (
        "Die Arbeit ruht. Grund und Wiedervorlage sind genannt.",
        "Vermerk",
    ),
    "verworfen": (
        "Die Maßnahme wird nicht weiter verfolgt. Der Grund ist genannt, "
        "auch wenn Land oder Bund zuständig sind.",
        "Beschluss oder Vermerk",
    ),
}


def criteria_table(concept: Concept) -> Table:
    """Explain every status, with the proof it takes and how many measures have it."""
    counts = {key: sum(m.status == key for m in concept.measures) for key in STATUSES}
    rows = []
    for key, (criterion, proof) in _CRITERIA.items():
        number = german.number(counts[key]) if counts[key] else "keine"
        rows.append(
            Row(
                (
                    Cell.of(Run(STATUSES[key].short, strong=True, status=key)),
                    Cell.of(criterion),
                    Cell.of(proof),
                    Cell.of(Run(number, muted=not counts[key])),
                )
            )
        )
    heads = (("Status", 25), ("Kriterium", 45), ("Nachweis", 15), ("Maßnahmen", 15))
    return Table(
        label="tab-statuskriterien",
        caption="Wann eine Maßnahme welchen Status hat",
        columns=tuple(Column(h, width=w) for h, w in heads),
        rows=tuple(rows),
    )
