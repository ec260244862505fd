"""The concept: the questions that a chapter asks of the data.

Everything here is immutable and knows nothing of charts, notebooks or pages.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from konzept.data.package import Package
from konzept.data.problems import nearest
from konzept.data.town import Town
from konzept.words import german
from konzept.words.labels import LEVELS, Status, Word


@dataclass(frozen=True)
class Source:
    """Where a statement comes from: a document and the place in it."""

    id: str
    title: str
    short_title: str
    kind: Word
    publisher: str | None
    day: dt.date | None
    url: str | None
    licence: str | None
    passage: str
    precision: Word | None = None
    """How exactly the day is known: ``tag`` (also None), ``monat`` or ``jahr``; or that it is only a bound,
    ``spaetestens`` or ``fruehestens``."""
    paper_number: str | None = None
    """Under which number a council treated it."""

    @property
    def dated(self) -> bool:
        """Whether it is known when the document appeared, not only before or after which day."""
        return self.day is not None and self.precision not in _BOUNDS

    @property
    def appeared(self) -> str | None:
        """When the document appeared, no more exactly than is known."""
        if self.day is None:
            return None
        if self.dated:
            return german.period(self.day, self.day, self.precision)
        return f"{self.precision.label if self.precision else ''} {german.date(self.day)}"

    @property
    def month(self) -> str:
        """The month or, where no more is known, the year in which it appeared; empty where neither is known."""
        if self.day is None or not self.dated:
            return ""
        return str(self.day.year) if self.precision == "jahr" else german.month(self.day)


_BOUNDS = ("spaetestens", "fruehestens")


@dataclass(frozen=True)
class Cost:
    """An amount of money for a measure at one stage of the budget."""

    kind: Word
    year: int | None
    amount: float
    circa: bool
    stage: Word
    source: Source
    sub_budget: str | None = None
    """The part of the budget (Teilhaushalt) in which it stands."""
    product: str | None = None

    @property
    def money(self) -> str:
        """The amount alone."""
        return german.euro(self.amount, circa=self.circa)

    @property
    def text(self) -> str:
        """The amount with its kind and year."""
        if self.kind == "jaehrlich" and self.year is None:
            return f"{self.money} jährlich, Beginn offen"
        if self.year is None:
            return f"{self.money} {self.kind.label}, Jahr offen"
        return f"{self.year}: {self.money} {self.kind.label}"


@dataclass(frozen=True)
class StatusStep:
    """A measure's status from a day on."""

    day: dt.date
    status: Status
    text: str | None
    source: Source
    review: dt.date | None = None
    """When the status is to be looked at again."""
    wording: str | None = None
    """What the source writes, word for word."""
    derived: bool = False
    """The status is concluded from these words; the source does not name it."""


@dataclass(frozen=True)
class Responsibility:
    """Who does what for a measure."""

    actor: str
    role: Word


@dataclass(frozen=True)
class Reference:
    """What a measure relates to beyond its own field, and whether a source says so."""

    kind: str
    """``ziel``, ``querfeld``, ``indikator``, ``ereignis`` (by which it is reviewed) or ``verwandt``."""
    target_id: str
    derived: bool
    """The relation is concluded, not named by the source."""
    source: Source


@dataclass(frozen=True)
class SourceNote:
    """A contradiction or doubt about the sources, published as such."""

    id: str
    table: str
    row_id: str | None
    statement_a: str
    source_a: str | None
    statement_b: str | None
    source_b: str | None
    decision: str | None
    state: str
    source_a_id: str | None = None
    source_b_id: str | None = None
    passage_a: str = ""
    """Where in the first source a reader finds it."""


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
    indicator_ids: tuple[str, ...] = ()
    audience: str | None = None
    priority: Word | None = None
    influence: str | None = None
    """Who decides on it: ``stadt`` or ``land_bund``."""
    access: tuple[tuple[str, Word], ...] = ()
    """The ways in (column of the data) on which a source says something, with its answer."""
    references: tuple[Reference, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    """Doubts about its rows: its own, its costs, relations and history."""

    @property
    def current(self) -> StatusStep | None:
        """The last step of the history, or None when no source names a status."""
        return self.history[-1] if self.history else None

    @property
    def status(self) -> Status | None:
        """The present status."""
        return self.current.status if self.current else None

    def claims(self, what: str) -> bool:
        """Tell whether its present status says one of `konzept.words.labels.CLAIMS`."""
        return self.status is not None and self.status.claims(what)

    @property
    def review_ids(self) -> tuple[str, ...]:
        """The events by which it is reviewed, such as an interim report."""
        return tuple(r.target_id for r in self.references if r.kind == "ereignis")

    def actors(self, *roles: str) -> tuple[str, ...]:
        """Name those who have one of the roles, in the order of the data."""
        return tuple(r.actor for r in self.responsibilities if r.role in roles)


@dataclass(frozen=True)
class Goal:
    """A guiding goal (``leitziel``) or a goal (``ziel``)."""

    id: str
    level: str
    text: str
    version: Word
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
    latitude: float | None = None
    longitude: float | None = None
    source: Source | None = None
    """Where the place's name and coordinates come from."""
    own: bool = False
    """The area of the town that the concept is about."""
    peer: bool = False
    """It is of the same level as the town's: to be compared with it, and never one that holds it."""
    place: int = 0
    """Its row among the areas of the data."""
    key: str = ""
    """Its official key, which begins with that of the area it lies in; empty where there is none."""

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Its place in the one order of areas: the town, then by nearness, then as in the data."""
        return (not self.own, LEVELS.index(self.level), self.place)


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
    target_kind: Word | None = None
    """How a target came about: ``beschlossen`` or ``abgeleitet``; None for an actual value."""


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
    observations: tuple[Observation, ...]
    remarks: tuple[str, ...] = ()
    """What one must know of the tables that its values are read from, without full stops."""
    reach: str = ""
    """For which areas and times these tables have values."""

    def actual(self) -> tuple[Observation, ...]:
        """The observed values, without targets."""
        return tuple(o for o in self.observations if o.kind == "ist")

    def own(self) -> tuple[Observation, ...]:
        """The observed values of the town itself."""
        return tuple(o for o in self.actual() if o.area.own)

    def targets(self) -> tuple[Observation, ...]:
        """The values aimed at."""
        return tuple(o for o in self.observations if o.kind == "soll")


@dataclass(frozen=True)
class Relation:
    """The body that another belongs or reports to."""

    body_id: str
    name: str
    kind: Word
    source: Source


@dataclass(frozen=True)
class Member:
    """Who takes part in a body, and in which role."""

    name: str
    role: Word
    source: Source


@dataclass(frozen=True)
class Body:
    """A body that works on the concept."""

    id: str
    name: str
    kind: Word
    project: Word | None
    field_ids: tuple[str, ...]
    above: tuple[Relation, ...]
    members: tuple[Member, ...]
    source: Source | None
    """None where no source had named it at the Stand."""


@dataclass(frozen=True)
class Event:
    """Something that happened or is planned in the process."""

    id: str
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    kind: Word
    title: str
    state: Word
    area_id: str | None
    field_id: str | None
    body: str | None
    place: str | None
    attendance: str | None
    asked: str | None
    """Whom a survey asked."""
    unreached: str | None
    """Who was not reached."""
    source: Source
    body_phrase: str | None = None
    """How the body begins a sentence, with its article."""
    announcement: Source | None = None
    """Where it was announced, if another source tells that it took place."""

    @property
    def when(self) -> str:
        """Its time as exactly as its source tells it."""
        return german.period(self.start, self.end, self.precision).removeprefix("ab ") or "ohne Datum"

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it can have ended."""
        return german.latest_day(self.end or self.start, self.precision) if self.start else None

    @property
    def state_text(self) -> str:
        """Say whether it took place, as far as sources tell."""
        return "nur angekündigt" if self.state == "geplant" else self.state.label

    @property
    def circumstances(self) -> str:
        """Say where it was and who took part, as far as it is known."""
        parts = (("Ort", self.place), ("Teilnehmende", self.attendance))
        return "; ".join(f"{what}: {text}" for what, text in parts if text)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that is known of it comes from these."""
        return (self.source, self.announcement) if self.announcement else (self.source,)


@dataclass(frozen=True)
class SurveyAnswer:
    """An answer, and how many people gave it; None where that is held back."""

    text: str
    count: int | None
    source: Source


@dataclass(frozen=True)
class SurveyQuestion:
    """A question of a survey with its answers in the order of the data."""

    event: Event
    text: str
    respondents: int
    """How many people took part."""
    answers: tuple[SurveyAnswer, ...]
    several: bool = False
    """Whether a person could give several answers."""


@dataclass(frozen=True)
class Contact:
    """How to reach someone by function, where that is published."""

    actor: str
    function: str
    phone: str | None
    email: str | None
    source: Source


@dataclass(frozen=True)
class Offer:
    """Something that exists already and that people can use."""

    name: str
    actor: str | None
    field_id: str | None
    audience: str | None
    languages: str | None
    place: str | None
    description: str | None
    source: Source
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True)
class Experience:
    """What was tried elsewhere or before, and what it teaches."""

    area: Area | None
    field_id: str | None
    text: str
    lesson: str | None
    source: Source


@dataclass(frozen=True)
class Actor:
    """Someone who takes part, and the bodies in which."""

    id: str
    name: str
    kind: Word
    bodies: tuple[tuple[str, str], ...]
    """Body's name and role."""
    own: bool = True
    """It belongs to this town's work; others are known from elsewhere."""


@dataclass(frozen=True)
class Contribution:
    """What someone proposed, what became of it, and why."""

    text: str
    outcome: Word
    reason: str | None
    event: str | None
    measure: str | None
    source: Source


@dataclass(frozen=True)
class Edition:
    """A state of the concept that one can cite."""

    id: str
    name: str
    day: dt.date | None
    """When it was issued; None for one that was never published but is concluded from the sources."""
    stand: dt.date
    paper_number: str | None
    note: str | None


@dataclass(frozen=True)
class Approval:
    """What a body has approved: a chapter as it was on a day."""

    field_id: str
    body: str
    """The body's name."""
    day: dt.date
    shown: str
    """Sums up what the chapter showed."""
    paper_number: str | None


@dataclass(frozen=True)
class ActionField:
    """One action field with everything the data hold for it."""

    id: str
    number: int
    name: str
    short_name: str
    kind: str
    project: Word
    progress: Word | None
    """How far the work is; None where no source had said it at the Stand."""
    focus: str | None
    source: Source | None
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    bodies: tuple[Body, ...]
    contributions: tuple[Contribution, ...]
    offers: tuple[Offer, ...]
    events: tuple[Event, ...]
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
    bodies: tuple[Body, ...]
    actors: tuple[Actor, ...]
    offers: tuple[Offer, ...]
    contacts: tuple[Contact, ...]
    experiences: tuple[Experience, ...]
    contributions: tuple[Contribution, ...]
    surveys: tuple[SurveyQuestion, ...]
    areas: tuple[Area, ...]
    documents: tuple[Source, ...]
    editions: tuple[Edition, ...]
    """What was issued of it, the oldest Stand first."""
    approvals: tuple[Approval, ...]
    """Which chapters were approved, the newest first."""
    undated: int
    """So many statements come from sources whose day is unknown."""
    tables: Mapping[str, pd.DataFrame] = dataclasses.field(repr=False, compare=False)

    @property
    def town(self) -> Town:
        """The municipality."""
        return self.package.town

    @property
    def past(self) -> bool:
        """Whether it shows an earlier day than that of its data."""
        return self.stand < self.package.stand

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

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures in the order of the fields."""
        return tuple(m for f in self.fields for m in f.measures)

    def own_events(self) -> tuple[Event, ...]:
        """The town's events; those of other areas are not part of its course."""
        return tuple(e for e in self.events if e.area_id in (None, self.town.area_id))

    def field_name(self, field_id: str | None) -> str:
        """Name a field shortly, or nothing."""
        return next((f.short_name for f in self.fields if f.id == field_id), "")

    @property
    def status_day(self) -> dt.date:
        """The Stand of all that is said of statuses: the day of the newest, else the Stand itself."""
        return self.last_status_day or self.stand

    @cached_property
    def last_status_day(self) -> dt.date | None:
        """The day of the newest status of any measure."""
        days = [m.current.day for f in self.fields for m in f.measures if m.current]
        return max(days, default=None)
