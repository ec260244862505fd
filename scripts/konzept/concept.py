"""The concept: the questions that a chapter asks of the data.

Everything here is immutable and knows nothing of charts, notebooks or pages.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from konzept.package import Package, Town, fingerprint
from konzept.problems import DataProblems, Problem, nearest
from konzept.reading import read_folder
from konzept.rules import apply_rules, records


@dataclass(frozen=True)
class Source:
    """Where a statement comes from: a document and the place in it."""

    id: str
    title: str
    kind: str
    publisher: str | None
    day: dt.date | None
    url: str | None
    licence: str | None
    passage: str


@dataclass(frozen=True)
class Cost:
    """An amount of money for a measure at one stage of the budget."""

    kind: str
    year: int | None
    amount: float
    circa: bool
    stage: str
    source: Source


@dataclass(frozen=True)
class StatusStep:
    """A measure's status from a day on."""

    day: dt.date
    status: str
    text: str | None
    source: Source


@dataclass(frozen=True)
class Responsibility:
    """Who does what for a measure."""

    actor: str
    role: str


@dataclass(frozen=True)
class Measure:
    """What is to be done, by whom, by when and for how much."""

    id: str
    title: str
    description: str | None
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    history: tuple[StatusStep, ...]
    costs: tuple[Cost, ...]
    responsibilities: tuple[Responsibility, ...]
    goal_ids: tuple[str, ...]
    source: Source

    @property
    def current(self) -> StatusStep | None:
        """The last step of the history, or None when no source names a status."""
        return self.history[-1] if self.history else None

    @property
    def status(self) -> str | None:
        """The present status."""
        return self.current.status if self.current else None

    def actors(self, *roles: str) -> tuple[str, ...]:
        """Name those who have one of the roles, in the order of the data."""
        return tuple(r.actor for r in self.responsibilities if r.role in roles)


@dataclass(frozen=True)
class Goal:
    """A guiding goal (``leitziel``) or a goal (``ziel``)."""

    id: str
    level: str
    text: str
    version: str
    source: Source


@dataclass(frozen=True)
class Theme:
    """A focus, challenge, need or strength that the sources name."""

    kind: str
    influence: str | None
    text: str
    source: Source


@dataclass(frozen=True)
class Area:
    """A place that figures are about, and how it stands in a sentence."""

    id: str
    name: str
    level: str
    phrase: str


@dataclass(frozen=True)
class Observation:
    """One value of an indicator for an area, a group and a time."""

    kind: str
    area: Area
    group: str
    time: str
    year: int | None
    value: float | None
    precision: str
    after_break: bool
    note: str | None
    source: Source


@dataclass(frozen=True)
class Indicator:
    """What is measured, in which unit, and all observations of it."""

    id: str
    field_id: str | None
    name: str
    phrase: str | None
    definition: str | None
    unit: str
    direction: str
    reference: str | None
    observations: tuple[Observation, ...]

    def actual(self) -> tuple[Observation, ...]:
        """The observed values, without targets."""
        return tuple(o for o in self.observations if o.kind == "ist")


@dataclass(frozen=True)
class Body:
    """A body that works on the concept."""

    id: str
    name: str
    kind: str
    members: tuple[tuple[str, str], ...]
    """Actor's name and role."""


@dataclass(frozen=True)
class Event:
    """Something that happened or is planned in the process."""

    id: str
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    kind: str
    title: str
    state: str
    source: Source


@dataclass(frozen=True)
class SourceNote:
    """A contradiction or doubt about the sources, published as such."""

    id: str
    table: str
    row_id: str | None
    statement_a: str
    statement_b: str | None
    decision: str | None
    state: str


@dataclass(frozen=True)
class Contribution:
    """What someone proposed, what became of it, and why."""

    text: str
    outcome: str
    reason: str | None
    source: Source


@dataclass(frozen=True)
class ActionField:
    """One action field with everything the data hold for it."""

    id: str
    number: int
    name: str
    short_name: str
    kind: str
    project: str
    progress: str
    focus: str | None
    source: Source
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    bodies: tuple[Body, ...]
    contributions: tuple[Contribution, ...]
    notes: tuple[SourceNote, ...]
    """Doubts about the field's own rows."""

    @property
    def guiding_goals(self) -> tuple[Goal, ...]:
        """The guiding goals among the goals."""
        return tuple(g for g in self.goals if g.level == "leitziel")

    def themes_of(self, kind: str) -> tuple[Theme, ...]:
        """The themes of one kind."""
        return tuple(t for t in self.themes if t.kind == kind)

    def status_counts(self) -> Counter[str]:
        """How many measures have which status; unnamed ones count as ``""``."""
        return Counter(m.status or "" for m in self.measures)


@dataclass(frozen=True)
class Concept:
    """The whole concept as the data tell it at one date."""

    package: Package
    stand: dt.date
    data_id: str
    fields: tuple[ActionField, ...]
    events: tuple[Event, ...]
    notes: tuple[SourceNote, ...]
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, pd.DataFrame] = dataclasses.field(repr=False, compare=False)

    @property
    def town(self) -> Town:
        """The municipality."""
        return self.package.town

    def field(self, field_id: str) -> ActionField:
        """Find an action field.

        Raises
        ------
        KeyError
            There is none of this id; the message is German and names the nearest.
        """
        for candidate in self.fields:
            if candidate.id == field_id:
                return candidate
        hit = nearest(field_id, [f.id for f in self.fields])
        hint = f" Meinten Sie „{hit}“?" if hit else ""
        raise KeyError(f"Das Handlungsfeld „{field_id}“ gibt es in den Daten nicht.{hint}")

    @cached_property
    def last_status_day(self) -> dt.date | None:
        """The day of the newest status of any measure."""
        days = [m.current.day for f in self.fields for m in f.measures if m.current]
        return max(days, default=None)


def load_concept(folder: Path, *, stand: dt.date | None = None) -> Concept:
    """Read, check and assemble the concept.

    Parameters
    ----------
    folder
        The data folder.
    stand
        Show the concept as it was on this day (status rows after it are left out);
        None takes the Stand of the data.

    Raises
    ------
    DataProblems
        The data hold problems: nothing is shown from unchecked data.
    """
    reading = read_folder(folder)
    problems = (*reading.problems, *apply_rules(reading))
    if problems or reading.package is None:
        raise DataProblems(problems)
    if stand is not None and stand > reading.package.stand:
        message = f"Der gewünschte Stand {stand:%d.%m.%Y} liegt nach dem Stand der Daten."
        raise DataProblems([Problem("data", None, None, message)])
    return _Assembly(reading.package, reading.tables, stand or reading.package.stand).concept()


class _Assembly:
    """Puts the rows of the tables together; lives only while a concept is loaded."""

    def __init__(self, package: Package, tables: Mapping[str, pd.DataFrame], stand: dt.date) -> None:
        self.package = package
        self.stand = stand
        self.tables = tables
        self.rows = {name: records(frame) for name, frame in tables.items()}
        self.documents = {row["id"]: row for row in self.rows["dokumente"]}
        self.areas = {
            r["id"]: Area(r["id"], r["name"], r["ebene"], r["ortsangabe"] or f"in {r['name']}")
            for r in self.rows["gebiete"]
        }
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
            events=tuple(self.event(row) for row in self.rows["ereignisse"]),
            notes=tuple(self.note(row) for row in self.rows["pruefhinweise"]),
            indicators=indicators,
            tables=self.tables,
        )

    def of(self, table: str, column: str, value: str) -> Iterable[dict[str, Any]]:
        return (row for row in self.rows[table] if row[column] == value)

    def source(self, row: Mapping[str, Any]) -> Source:
        document = self.documents[row["quelle_id"]]
        return Source(
            id=document["id"],
            title=document["titel"],
            kind=document["art"],
            publisher=document["herausgeber"],
            day=document["datum"],
            url=document["url"],
            licence=document["lizenz"],
            passage=row["fundstelle"],
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
            source=self.source(row),
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
            notes=self.notes_of(key),
        )

    def contributions(self, field_id: str) -> tuple[Contribution, ...]:
        """Contributions that led to a measure of the field or came from an event about it."""
        measures = {r["id"] for r in self.of("massnahmen", "handlungsfeld_id", field_id)}
        events = {r["id"] for r in self.of("ereignisse", "handlungsfeld_id", field_id)}
        return tuple(
            Contribution(r["text"], r["folge"], r["begruendung"], self.source(r))
            for r in self.rows["beitraege"]
            if r["massnahme_id"] in measures or r["ereignis_id"] in events
        )

    def notes_of(self, field_id: str) -> tuple[SourceNote, ...]:
        """Notes on rows that belong to the field, directly or by their measure."""
        own = {field_id}
        for table in ("themen", "ziele", "massnahmen", "indikatoren"):
            own |= {r["id"] for r in self.of(table, "handlungsfeld_id", field_id)}
        own |= {r["id"] for r in self.rows["kosten"] if r["massnahme_id"] in own}
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
                StatusStep(r["datum"], r["status"], r["text"], self.source(r))
                for r in history
                if r["datum"] <= self.stand
            ),
            costs=tuple(
                Cost(
                    kind=r["art"],
                    year=None if r["jahr"] is None else int(r["jahr"]),
                    amount=float(r["betrag_eur"]),
                    circa=r["genauigkeit"] == "circa",
                    stage=r["haushaltsstand"],
                    source=self.source(r),
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
        )

    def indicator(self, row: Mapping[str, Any]) -> Indicator:
        rows = sorted(
            self.of("messwerte", "indikator_id", row["id"]),
            key=lambda r: (self.group_order[r["gruppe_id"]], r["jahr"] is None, r["jahr"] or 0),
        )
        return Indicator(
            id=row["id"],
            field_id=row["handlungsfeld_id"],
            name=row["name"],
            phrase=row["satzname"],
            definition=row["definition"],
            unit=row["einheit"],
            direction=row["richtung"],
            reference=row["referenz"],
            observations=tuple(self.observation(r) for r in rows),
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
        )

    def body(self, row: Mapping[str, Any]) -> Body:
        members = tuple(
            (self.actors[r["akteur_id"]], r["rolle"])
            for r in self.of("mitwirkungen", "gremium_id", row["id"])
        )
        return Body(row["id"], row["name"], row["art"], members)

    def event(self, row: Mapping[str, Any]) -> Event:
        return Event(
            id=row["id"],
            start=row["von"],
            end=row["bis"],
            precision=row["genauigkeit"],
            kind=row["art"],
            title=row["titel"],
            state=row["stand"],
            source=self.source(row),
        )

    def note(self, row: Mapping[str, Any]) -> SourceNote:
        return SourceNote(
            id=row["id"],
            table=row["tabelle"],
            row_id=row["zeile_id"],
            statement_a=row["aussage_a"],
            statement_b=row["aussage_b"],
            decision=row["entscheidung"],
            state=row["stand"],
        )
