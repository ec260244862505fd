"""Assembles the concept from the rows of the tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from konzept.concept.citing import readable
from konzept.concept.editions import editions_in
from konzept.concept.known import APPROVALS, EDITIONS, RETRIEVALS, known
from konzept.concept.model import (
    ActionField,
    Actor,
    Approval,
    Area,
    Body,
    Concept,
    Contact,
    Contribution,
    Cost,
    Event,
    Experience,
    Goal,
    Indicator,
    Measure,
    Member,
    Observation,
    Offer,
    Reference,
    Relation,
    Responsibility,
    Source,
    SourceNote,
    StatusStep,
    SurveyAnswer,
    SurveyQuestion,
    Theme,
)
from konzept.data.package import Package, fingerprint
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import Reading, frames, read_folder
from konzept.data.rules import apply_rules
from konzept.words import german
from konzept.words.labels import LICENCES

_ACCESS = ("mehrsprachig", "leichte_sprache", "barrierefrei")


def load_concept(folder: Path, *, stand: dt.date | None = None) -> Concept:
    """Read, check and assemble the concept.

    Parameters
    ----------
    folder
        The data folder.
    stand
        Show the concept as it was known on this day; None takes the Stand of the data.

    Raises
    ------
    DataProblems
        The data hold problems: nothing is shown from unchecked data.
    """
    return _load(folder.resolve(), fingerprint(folder), stand)


@lru_cache(maxsize=4)
def _load(folder: Path, state: str, stand: dt.date | None) -> Concept:
    """Load the concept once for each state of the data; it never changes, so all may share it."""
    reading = read_folder(folder)
    problems = (*reading.problems, *apply_rules(reading))
    if problems or reading.package is None:
        raise DataProblems(problems)
    if stand is not None and stand > reading.package.stand:
        message = (
            f"Der gewünschte Stand {stand:%d.%m.%Y} liegt nach dem Stand der Daten "
            f"({reading.package.stand:%d.%m.%Y}). Nennen Sie einen früheren Tag."
        )
        raise DataProblems([Problem("data", None, None, message)])
    return _Assembly(reading.package, reading, stand or reading.package.stand).concept()


class _Assembly:
    """Puts the rows of the tables together; lives only while a concept is loaded."""

    def __init__(self, package: Package, reading: Reading, stand: dt.date) -> None:
        self.package = package
        self.stand = stand
        self.known = known(package, reading.rows, stand)
        self.rows = self.known.rows
        self.level = next(
            (r["ebene"] for r in self.rows["gebiete"] if r["id"] == package.town.area_id), "gemeinde"
        )
        self.documents = {row["id"]: row for row in self.rows["dokumente"]}
        self.areas = {r["id"]: self.area(r, n) for n, r in enumerate(self.rows["gebiete"])}
        self.group_order = {r["id"]: (r["ordnung"] or 0, r["name"]) for r in self.rows["gruppen"]}
        self.actors = {r["id"]: r["name"] for r in self.rows["akteure"]}

    def concept(self) -> Concept:
        indicators = tuple(self.indicator(row) for row in self.rows["indikatoren"])
        rows = sorted(self.rows["handlungsfelder"], key=lambda r: r["nr"])
        return Concept(
            package=self.package,
            stand=self.stand,
            data_id=fingerprint(self.package.folder),
            fields=tuple(self.action_field(row, indicators) for row in rows),
            events=self.events(self.rows["ereignisse"]),
            notes=tuple(self.note(row) for row in self.rows["pruefhinweise"]),
            indicators=indicators,
            bodies=tuple(self.body(r) for r in self.named("gremien")),
            actors=tuple(self.actor(r) for r in self.named("akteure")),
            offers=tuple(self.offer(r) for r in self.rows["angebote"]),
            contacts=tuple(self.contact(r) for r in self.rows["kontakte"]),
            experiences=tuple(self.experience(r) for r in self.rows["erfahrungen"]),
            contributions=tuple(self.contribution(r) for r in self.rows["beitraege"]),
            surveys=self.surveys(),
            areas=tuple(self.areas.values()),
            documents=tuple(self.document(r, "") for r in self.rows["dokumente"]),
            editions=editions_in(self.rows[EDITIONS]),
            approvals=self.approvals(),
            undated=self.known.undated,
            tables=frames(self.package, self.rows),
        )

    def named(self, table: str) -> Iterable[dict[str, Any]]:
        """Give the names that some source has mentioned."""
        return (row for row in self.rows[table] if (table, row["id"]) not in self.known.unnamed)

    def approvals(self) -> tuple[Approval, ...]:
        bodies = {row["id"]: row["name"] for row in self.rows["gremien"]}
        # Of one day, what stands below was written later.
        rows = sorted(self.rows[APPROVALS], key=lambda row: row["tag"])[::-1]
        return tuple(
            Approval(
                r["handlungsfeld_id"], bodies[r["gremium_id"]], r["tag"], r["fingerabdruck"], r["vorlage_nr"]
            )
            for r in rows
        )

    def of(self, table: str, column: str, value: str) -> Iterable[dict[str, Any]]:
        return (row for row in self.rows[table] if row[column] == value)

    def source(self, row: Mapping[str, Any]) -> Source:
        return self.document(self.documents[row["quelle_id"]], row["fundstelle"])

    def source_of_name(self, row: Mapping[str, Any]) -> Source | None:
        """Give the source of a name, if it had appeared."""
        return self.source(row) if row["quelle_id"] else None

    def document(self, document: Mapping[str, Any], passage: str) -> Source:
        return Source(
            id=document["id"],
            title=document["titel"],
            short_title=document["kurztitel"] or document["titel"],
            kind=document["art"],
            publisher=document["herausgeber"],
            day=document["datum"],
            url=document["url"],
            licence=_licence(document["lizenz"]),
            passage=passage,
            precision=document["datum_genauigkeit"],
            paper_number=document["vorlage_nr"],
        )

    def area(self, row: Mapping[str, Any], place: int) -> Area:
        return Area(
            id=row["id"],
            name=row["name"],
            level=row["ebene"],
            phrase=row["ortsangabe"] or f"in {row['name']}",
            latitude=None if row["breite"] is None else float(row["breite"]),
            longitude=None if row["laenge"] is None else float(row["laenge"]),
            source=self.source_of_name(row),
            own=row["id"] == self.package.town.area_id,
            peer=row["id"] != self.package.town.area_id and row["ebene"] == self.level,
            place=place,
            key=row["ags"] or "",
        )

    def action_field(self, row: Mapping[str, Any], indicators: tuple[Indicator, ...]) -> ActionField:
        key = row["id"]
        bodies = {r["gremium_id"] for r in self.of("gremium_felder", "handlungsfeld_id", key)}
        return ActionField(
            id=key,
            number=int(row["nr"]),
            name=row["name"],
            short_name=row["kurzname"] or row["name"],
            kind=row["typ"],
            project=row["projekt"],
            progress=row["bearbeitung"],
            focus=row["fokus"],
            source=self.source_of_name(row),
            themes=tuple(
                Theme(r["art"], r["einfluss"], r["text"], self.source(r))
                for r in self.of("themen", "handlungsfeld_id", key)
            ),
            goals=tuple(
                Goal(r["id"], r["ebene"], r["text"], r["fassung"], self.source(r))
                for r in self.of("ziele", "handlungsfeld_id", key)
            ),
            measures=tuple(self.measure(r) for r in self.of("massnahmen", "handlungsfeld_id", key)),
            indicators=tuple(i for i in indicators if i.field_id == key),
            bodies=tuple(self.body(r) for r in self.rows["gremien"] if r["id"] in bodies),
            contributions=self.contributions(key),
            offers=tuple(self.offer(r) for r in self.of("angebote", "handlungsfeld_id", key)),
            events=self.events(self.of("ereignisse", "handlungsfeld_id", key)),
            notes=self.notes_of(key),
        )

    def contributions(self, field_id: str) -> tuple[Contribution, ...]:
        """Contributions that led to a measure of the field or came from an event about it."""
        measures = {r["id"] for r in self.of("massnahmen", "handlungsfeld_id", field_id)}
        events = {r["id"] for r in self.of("ereignisse", "handlungsfeld_id", field_id)}
        return tuple(
            self.contribution(r)
            for r in self.rows["beitraege"]
            if r["massnahme_id"] in measures or r["ereignis_id"] in events
        )

    def contribution(self, row: Mapping[str, Any]) -> Contribution:
        return Contribution(
            text=row["text"],
            outcome=row["folge"],
            reason=row["begruendung"],
            event=self.name("ereignisse", row["ereignis_id"], "titel"),
            measure=self.name("massnahmen", row["massnahme_id"], "titel"),
            source=self.source(row),
        )

    def name(self, table: str, key: str | None, column: str = "name") -> str | None:
        """Name the row of a key."""
        return next((r[column] for r in self.rows[table] if r["id"] == key), None)

    def short_title(self, key: str | None) -> str | None:
        """Name a document as running text does."""
        return german.bound(self.document(self.documents[key], "").short_title) if key else None

    def notes_of(self, field_id: str) -> tuple[SourceNote, ...]:
        """Notes on rows that belong to the field, directly or by their measure or body."""
        own = {field_id}
        for table in (
            "themen",
            "ziele",
            "massnahmen",
            "indikatoren",
            "ereignisse",
            "angebote",
            "erfahrungen",
        ):
            own |= {r["id"] for r in self.of(table, "handlungsfeld_id", field_id)}
        own |= {r["id"] for r in self.rows["kosten"] if r["massnahme_id"] in own}
        bodies = {r["gremium_id"] for r in self.of("gremium_felder", "handlungsfeld_id", field_id)}
        members = {r["akteur_id"] for r in self.rows["mitwirkungen"] if r["gremium_id"] in bodies}
        own |= bodies | members
        return tuple(self.note(r) for r in self.rows["pruefhinweise"] if r["zeile_id"] in own)

    def measure(self, row: Mapping[str, Any]) -> Measure:
        key = row["id"]
        history = sorted(self.of("statusverlauf", "massnahme_id", key), key=lambda r: r["datum"])
        return Measure(
            id=key,
            title=row["titel"],
            description=row["beschreibung"],
            start=row["beginn"],
            end=row["ende"],
            precision=row["zeit_genauigkeit"],
            history=tuple(
                StatusStep(
                    day=r["datum"],
                    status=r["status"],
                    text=r["text"],
                    source=self.source(r),
                    review=r["wiedervorlage"],
                    wording=r["wortlaut"],
                    derived=r["beleg"] != "quelle",
                )
                for r in history
            ),
            costs=tuple(
                Cost(
                    kind=r["art"],
                    year=None if r["jahr"] is None else int(r["jahr"]),
                    amount=float(r["betrag_eur"]),
                    circa=r["genauigkeit"] == "circa",
                    stage=r["haushaltsstand"],
                    source=self.source(r),
                    sub_budget=r["teilhaushalt"],
                    product=r["produkt"],
                )
                for r in self.of("kosten", "massnahme_id", key)
            ),
            responsibilities=tuple(
                Responsibility(self.actors[r["akteur_id"]], r["rolle"])
                for r in self.of("zustaendigkeiten", "massnahme_id", key)
            ),
            goal_ids=tuple(
                r["ziel_id"] for r in self.of("massnahme_bezuege", "massnahme_id", key) if r["ziel_id"]
            ),
            source=self.source(row),
            indicator_ids=tuple(
                r["indikator_id"]
                for r in self.of("massnahme_bezuege", "massnahme_id", key)
                if r["indikator_id"]
            ),
            audience=row["zielgruppe"],
            priority=row["prioritaet"],
            influence=row["einfluss"],
            access=tuple((c, row[c]) for c in _ACCESS if row[c] != "offen"),
            references=tuple(self.reference(r) for r in self.of("massnahme_bezuege", "massnahme_id", key)),
            notes=self.notes_of_measure(key),
        )

    def reference(self, row: Mapping[str, Any]) -> Reference:
        kind = next(k for k in ("ziel", "querfeld", "indikator", "ereignis", "verwandt") if row[f"{k}_id"])
        return Reference(kind, row[f"{kind}_id"], row["beleg"] == "abgeleitet", self.source(row))

    def notes_of_measure(self, measure_id: str) -> tuple[SourceNote, ...]:
        """Notes on the measure's row and on the rows that belong to it."""
        own = {measure_id}
        for table in ("kosten", "massnahme_bezuege"):
            own |= {r["id"] for r in self.of(table, "massnahme_id", measure_id)}
        return tuple(self.note(r) for r in self.rows["pruefhinweise"] if r["zeile_id"] in own)

    def indicator(self, row: Mapping[str, Any]) -> Indicator:
        rows = sorted(
            self.of("messwerte", "indikator_id", row["id"]),
            key=lambda r: (self.group_order[r["gruppe_id"]], r["jahr"] is None, r["jahr"] or 0),
        )
        tables = list(self.of(RETRIEVALS, "indikator_id", row["id"]))
        return Indicator(
            id=row["id"],
            field_id=row["handlungsfeld_id"],
            name=row["name"],
            phrase=row["satzname"],
            definition=row["definition"],
            unit=row["einheit"],
            direction=row["richtung"],
            observations=tuple(self.observation(r) for r in rows),
            remarks=tuple(dict.fromkeys(r["hinweis"].rstrip(".") for r in tables if r["hinweis"])),
            reach=_reach(r["abdeckung"] for r in tables if r["abdeckung"]),
        )

    def observation(self, row: Mapping[str, Any]) -> Observation:
        return Observation(
            kind=row["art"],
            area=self.areas[row["gebiet_id"]],
            group=self.group_order[row["gruppe_id"]][1],
            time=row["zeit"],
            year=None if row["jahr"] is None else int(row["jahr"]),
            value=None if row["wert"] is None else float(row["wert"]),
            precision=row["genauigkeit"],
            after_break=row["reihenbruch"] == "ja",
            note=row["hinweis"],
            source=self.source(row),
            target_kind=row["soll_art"],
        )

    def body(self, row: Mapping[str, Any]) -> Body:
        key = row["id"]
        return Body(
            id=key,
            name=row["name"],
            kind=row["art"],
            project=row["projekt"],
            field_ids=tuple(r["handlungsfeld_id"] for r in self.of("gremium_felder", "gremium_id", key)),
            above=tuple(
                Relation(r["an_id"], self.name("gremien", r["an_id"]) or "", r["art"], self.source(r))
                for r in self.of("gremium_beziehungen", "von_id", key)
            ),
            members=tuple(
                Member(self.actors[r["akteur_id"]], r["rolle"], self.source(r))
                for r in self.of("mitwirkungen", "gremium_id", key)
            ),
            source=self.source_of_name(row),
        )

    def actor(self, row: Mapping[str, Any]) -> Actor:
        bodies = tuple(
            (self.name("gremien", r["gremium_id"]) or "", r["rolle"])
            for r in self.of("mitwirkungen", "akteur_id", row["id"])
        )
        return Actor(row["id"], row["name"], row["art"], bodies, own=bool(bodies) or self._is_own(row))

    def _is_own(self, actor: Mapping[str, Any]) -> bool:
        """Tell whether an actor does something here, or a document on this town or on no area names it."""
        acting = ("angebote", "zustaendigkeiten", "kontakte")
        area = self.documents[actor["quelle_id"]]["gebiet_id"]
        return area in (None, self.package.town.area_id) or any(
            any(self.of(table, "akteur_id", actor["id"])) for table in acting
        )

    def offer(self, row: Mapping[str, Any]) -> Offer:
        return Offer(
            name=row["name"],
            actor=self.actors.get(row["akteur_id"]),
            field_id=row["handlungsfeld_id"],
            audience=row["zielgruppe"],
            languages=row["sprachen"],
            place=row["ort"],
            description=row["beschreibung"],
            source=self.source(row),
            contacts=tuple(self.contact(r) for r in self.of("kontakte", "akteur_id", row["akteur_id"])),
        )

    def contact(self, row: Mapping[str, Any]) -> Contact:
        return Contact(
            self.actors[row["akteur_id"]], row["funktion"], row["telefon"], row["email"], self.source(row)
        )

    def experience(self, row: Mapping[str, Any]) -> Experience:
        area = self.areas.get(row["gebiet_id"])
        return Experience(area, row["handlungsfeld_id"], row["text"], row["lehre"], self.source(row))

    def events(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
        """Events in order of time; those without a date come last."""
        events = [self.event(row) for row in rows]
        return tuple(sorted(events, key=lambda e: (e.start is None, e.start or dt.date.max)))

    def event(self, row: Mapping[str, Any]) -> Event:
        announcement = self.known.announcements.get(row["ankuendigung_id"])
        return Event(
            id=row["id"],
            start=row["von"],
            end=row["bis"],
            precision=row["genauigkeit"],
            kind=row["art"],
            title=row["titel"],
            state=row["stand"],
            area_id=row["gebiet_id"],
            field_id=row["handlungsfeld_id"],
            body=self.name("gremien", row["gremium_id"]),
            body_phrase=self.name("gremien", row["gremium_id"], "satzname"),
            place=row["ort"],
            attendance=row["teilnehmende"],
            asked=row["befragte"],
            unreached=row["nicht_erreicht"],
            source=self.source(row),
            announcement=self.source(announcement) if announcement else None,
        )

    def surveys(self) -> tuple[SurveyQuestion, ...]:
        """Questions in the order of their events, then of the file."""
        grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in self.rows["umfrageergebnisse"]:
            grouped.setdefault((row["ereignis_id"], row["frage"]), []).append(row)
        return tuple(
            SurveyQuestion(
                event=event,
                text=text,
                respondents=int(rows[0]["grundgesamtheit"]),
                answers=tuple(SurveyAnswer(r["antwort"], r["anzahl"], self.source(r)) for r in rows),
                several=rows[0]["mehrfach"] == "ja",
            )
            for event in self.events(self.rows["ereignisse"])
            for (event_id, text), rows in grouped.items()
            if event_id == event.id
        )

    def note(self, row: Mapping[str, Any]) -> SourceNote:
        return SourceNote(
            id=row["id"],
            table=row["tabelle"],
            row_id=row["zeile_id"],
            statement_a=row["aussage_a"],
            source_a=self.short_title(row["quelle_a_id"]),
            statement_b=row["aussage_b"],
            source_b=self.short_title(row["quelle_b_id"]),
            decision=row["entscheidung"],
            state=row["stand"],
            source_a_id=row["quelle_a_id"],
            source_b_id=row["quelle_b_id"],
            passage_a=readable(row["fundstelle"]) if row["quelle_id"] == row["quelle_a_id"] else "",
        )


_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]")


def _licence(text: str | None) -> str | None:
    """Name a licence as readers know it; its code stays in the data."""
    if not text:
        return text
    named = _DASHES.sub("-", text)
    for code, name in LICENCES.items():
        named = re.sub(re.escape(code), name, named, flags=re.IGNORECASE)
    return named if any(name in named for name in LICENCES.values()) else text


def _reach(coverage: Iterable[str]) -> str:
    """Say how far tables reach: „21 Gebiete, 2022“ says it of the one area beside them, too."""
    texts = list(dict.fromkeys(coverage))
    return german.listing([text for text in texts if not any(other.endswith(f" {text}") for other in texts)])
