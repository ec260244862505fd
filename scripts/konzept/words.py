"""German words for what the data name by key: statuses, stages, roles, progress."""

from __future__ import annotations

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


STATUSES: dict[str, Status] = {
    s.key: s
    for s in (
        Status("idee", "Idee", "Idee", "Idee", "Ideen"),
        Status("in_pruefung", "in Prüfung", "in Prüfung", "in Prüfung", "in Prüfung"),
        Status("geplant", "geplant", "geplant", "geplant", "geplant"),
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

NOT_NAMED = "nicht genannt"
"""What stands where the sources are silent."""

EVENT_KINDS = {
    "veranstaltung": "Veranstaltung",
    "workshop": "Workshop",
    "sitzung": "Sitzung",
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
