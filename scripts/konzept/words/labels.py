"""German words for what the data name by key: statuses, stages, roles, progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """A status in the order of progress, with its word alone and as counted things."""

    key: str
    label: str
    short: str
    one: str
    many: str
    on_path: bool = True
    reported: bool = False
    """Sentences say that a source names it so: its word is no proof that it is so."""


STATUSES: dict[str, Status] = {
    s.key: s
    for s in (
        Status("idee", "Idee", "Idee", "Idee", "Ideen"),
        Status("in_pruefung", "in Prüfung", "in Prüfung", "in Prüfung", "in Prüfung", reported=True),
        Status("geplant", "geplant", "geplant", "geplant", "geplant", reported=True),
        Status("angemeldet", "zum Haushalt angemeldet", "angemeldet", "angemeldet", "angemeldet"),
        Status("beschlossen", "beschlossen", "beschlossen", "beschlossen", "beschlossen"),
        Status("in_umsetzung", "in Umsetzung", "in Umsetzung", "in Umsetzung", "in Umsetzung"),
        Status("daueraufgabe", "Daueraufgabe", "Daueraufgabe", "Daueraufgabe", "Daueraufgaben"),
        Status("abgeschlossen", "abgeschlossen", "abgeschlossen", "abgeschlossen", "abgeschlossen"),
        Status(
            "zurueckgestellt",
            "zurückgestellt",
            "zurückgestellt",
            "zurückgestellt",
            "zurückgestellt",
            on_path=False,
        ),
        Status("verworfen", "verworfen", "verworfen", "verworfen", "verworfen", on_path=False),
    )
}

STATUS_CRITERIA: dict[str, tuple[str, str]] = {
    "idee": (
        "Eine Quelle nennt die Maßnahme als Idee, als Vorschlag oder als möglich. "
        "Mehr muss nicht feststehen.",
        "Protokoll oder Bericht",
    ),
    "in_pruefung": (
        "Eine Quelle nennt eine Prüfung der Maßnahme. "
        "Ob sie begonnen hat, wer prüft und bis wann, kann noch offen sein.",
        "Prüfauftrag oder Bericht",
    ),
    "geplant": (
        "Eine Quelle nennt die Maßnahme als geplant oder kündigt sie an. "
        "Federführung, Beginn und Geld können noch offen sein.",
        "Bericht",
    ),
    "angemeldet": (
        "Geld für die Maßnahme ist zum Haushalt angemeldet. Bewilligt ist es damit nicht.",
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
"""When a measure has a status, and the proof it takes."""

PROGRESS = {
    "laufend": "in Arbeit",
    "naechster_schritt": "nächster Schritt",
    "in_anderen_ag": "in anderen Arbeitsgruppen",
}

COST_KINDS = {"anlauf": "Anlauf", "jaehrlich": "jährlich", "einmalig": "einmalig"}

BUDGET_STAGES = {
    "angemeldet": "angemeldet",
    "beschlossen": "beschlossen",
    "verausgabt": "verausgabt",
    "abgelehnt": "abgelehnt",
    "unbekannt": "Haushaltsstand nicht genannt",
}

VERSIONS = {
    "entwurf": "Entwurf",
    "beschlossen": "beschlossen",
    "geaendert": "geändert",
    "entfallen": "entfallen",
}

OUTCOMES = {
    "uebernommen": "übernommen",
    "teilweise": "teilweise übernommen",
    "nicht": "nicht übernommen",
    "offen": "noch offen",
}

LEVELS = ("ortsteil", "gemeinde", "umland", "kreis", "land", "bund")
"""Levels of areas by nearness to the people of a town."""

LICENCES = {
    "dl-de/by-2-0": "Datenlizenz Deutschland Namensnennung 2.0",
    "dl-de/zero-2-0": "Datenlizenz Deutschland Zero 2.0",
}
"""Licences by their code in catalogues of data, with the name that readers know."""

MORE = "mehr dazu"
"""A link that says no more than that; on paper the page stands in its place."""

NOT_NAMED = "nicht genannt"
"""What stands where the sources are silent."""

UNREPORTED = "ob erledigt, ist nicht bekannt"
"""What stands with a day that has passed since the last report."""

FILED = "„Angemeldet“ heißt: zum Haushalt vorgeschlagen, nicht bewilligt."
"""What stands with amounts that are filed; it holds before and after the council's debate."""

EVENT_KINDS = {
    "veranstaltung": "Veranstaltung",
    "workshop": "Workshop",
    "sitzung": "Sitzung",
    "verabschiedung": "Verabschiedung des Konzepts",
    "beschluss": "Beschluss",
    "befragung": "Befragung",
    "bericht": "Bericht",
    "organisation": "Organisation",
}

BODY_KINDS = {
    "rat": "Rat",
    "ausschuss": "Ausschuss",
    "lenkungsgruppe": "Lenkungsgruppe",
    "projektgruppe": "Projektgruppe",
    "arbeitsgruppe": "Arbeitsgruppe",
    "runder_tisch": "Runder Tisch",
    "forum": "Forum",
}

PROJECTS = {
    "stadtgesellschaft": "Stadtgesellschaft",
    "verwaltung": "Stadtverwaltung",
    "beide": "beide Projekte",
}

RELATIONS = {"untergeordnet": "gehört zu", "berichtet_an": "berichtet an"}

ROLES = {
    "leitung": "Leitung",
    "koordination": "Koordination",
    "mitglied": "Mitglied",
    "kooperation": "Kooperation",
    "gast": "Gast",
}

ACTOR_KINDS = {
    "stadtverwaltung": "Stadtverwaltung",
    "region": "Region",
    "behoerde": "Behörde",
    "bildungseinrichtung": "Bildungseinrichtung",
    "traeger": "Träger",
    "initiative": "Initiative",
    "gesundheit": "Gesundheit",
    "unternehmen": "Unternehmen",
    "sonstige": "Sonstige",
}

DOCUMENT_KINDS = {
    "konzept": "Konzept",
    "bericht": "Bericht",
    "vorlage": "Vorlage",
    "protokoll": "Protokoll",
    "praesentation": "Präsentation",
    "presse": "Presse",
    "webseite": "Webseite",
    "datensatz": "Datensatz",
    "gesetz": "Gesetz",
}

NOTE_STATES = {"offen": "offen", "entschieden": "entschieden"}

ASSIGNMENTS = {"federfuehrend": "federführend", "beteiligt": "beteiligt", "finanzierend": "finanzierend"}

INFLUENCES = {"stadt": "Die Kommune entscheidet selbst.", "land_bund": "Es entscheiden Land oder Bund."}

ACCESS = {
    "mehrsprachig": "mehrsprachig",
    "leichte_sprache": "in Leichter Sprache",
    "barrierefrei": "barrierefrei",
}

FIELD_KINDS = {"feld": "Handlungsfeld", "uebergreifend": "übergreifend"}

THEME_KINDS = {
    "schwerpunkt": "Schwerpunkt",
    "herausforderung": "Herausforderung",
    "bedarf": "Bedarf",
    "staerke": "Stärke",
}

GOAL_LEVELS = {"leitziel": "Leitziel", "ziel": "Ziel"}

PRIORITIES = {"hoch": "hoch", "mittel": "mittel", "niedrig": "niedrig"}

DECIDERS = {"stadt": "Kommune", "land_bund": "Land oder Bund"}

PRECISIONS = {"tag": "Tag", "monat": "Monat", "jahr": "Jahr"}

DATE_PRECISIONS = {**PRECISIONS, "spaetestens": "spätestens", "fruehestens": "frühestens"}
"""How exactly it is known when a document appeared; the last two say only before or after which day."""

ANSWERS = {"ja": "ja", "nein": "nein", "offen": "offen"}

ACCESS_ANSWERS = {
    "ja": "ja",
    "nein": "nein",
    "je_nach_bedeutung": "vorgesehen, je nach Bedeutung",
    "erwogen": "erwogen",
    "offen": "offen",
}
"""Whether a measure comes in several languages, in plain language, without barriers."""

PROOFS = {"quelle": "steht in der Quelle", "abgeleitet": "abgeleitet"}

EXACTNESS = {
    "genau": "genau",
    "circa": "ungefähr",
    "nur_trend": "nur Trend",
    "gesperrt": "gesperrt",
}

DIRECTIONS = {"hoeher": "höher", "niedriger": "niedriger", "keine": "keine"}

OBSERVATION_KINDS = {"ist": "Ist", "soll": "Soll"}

TARGET_KINDS = {"beschlossen": "beschlossen", "abgeleitet": "abgeleitet"}

CONFIDENCES = {"hoch": "hoch", "mittel": "mittel"}

AREA_LEVELS = {
    "ortsteil": "Ortsteil",
    "gemeinde": "Gemeinde",
    "umland": "Umland",
    "kreis": "Kreis",
    "land": "Land",
    "bund": "Bund",
}

EVENT_STATES = {"geplant": "geplant", "erfolgt": "erfolgt", "entfallen": "entfallen"}

LABELS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("dokumente", "art"): DOCUMENT_KINDS,
    ("dokumente", "datum_genauigkeit"): DATE_PRECISIONS,
    ("gebiete", "ebene"): AREA_LEVELS,
    ("handlungsfelder", "typ"): FIELD_KINDS,
    ("handlungsfelder", "projekt"): PROJECTS,
    ("handlungsfelder", "bearbeitung"): PROGRESS,
    ("themen", "art"): THEME_KINDS,
    ("themen", "einfluss"): DECIDERS,
    ("ziele", "ebene"): GOAL_LEVELS,
    ("ziele", "fassung"): VERSIONS,
    ("massnahmen", "prioritaet"): PRIORITIES,
    ("massnahmen", "einfluss"): DECIDERS,
    ("massnahmen", "zeit_genauigkeit"): PRECISIONS,
    ("massnahmen", "mehrsprachig"): ACCESS_ANSWERS,
    ("massnahmen", "leichte_sprache"): ACCESS_ANSWERS,
    ("massnahmen", "barrierefrei"): ACCESS_ANSWERS,
    ("massnahme_bezuege", "beleg"): PROOFS,
    ("statusverlauf", "status"): {key: status.label for key, status in STATUSES.items()},
    ("statusverlauf", "beleg"): PROOFS,
    ("kosten", "art"): COST_KINDS,
    ("kosten", "genauigkeit"): EXACTNESS,
    ("kosten", "haushaltsstand"): BUDGET_STAGES,
    ("akteure", "art"): ACTOR_KINDS,
    ("zustaendigkeiten", "rolle"): ASSIGNMENTS,
    ("indikatoren", "richtung"): DIRECTIONS,
    ("messwerte", "art"): OBSERVATION_KINDS,
    ("messwerte", "genauigkeit"): EXACTNESS,
    ("messwerte", "soll_art"): TARGET_KINDS,
    ("messwerte", "reihenbruch"): ANSWERS,
    ("messwerte", "konfidenz"): CONFIDENCES,
    ("gremien", "art"): BODY_KINDS,
    ("gremien", "projekt"): PROJECTS,
    ("gremium_beziehungen", "art"): RELATIONS,
    ("mitwirkungen", "rolle"): ROLES,
    ("ereignisse", "genauigkeit"): PRECISIONS,
    ("ereignisse", "art"): EVENT_KINDS,
    ("ereignisse", "stand"): EVENT_STATES,
    ("beitraege", "folge"): OUTCOMES,
    ("pruefhinweise", "stand"): NOTE_STATES,
}
"""Table and column → the words that may stand there and that the program knows, with their labels."""
