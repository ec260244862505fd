"""A profile (Steckbrief) of each measure, and what the sources leave out for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from konzept import german
from konzept.concept.model import (
    ActionField,
    Concept,
    Event,
    Goal,
    Indicator,
    Measure,
    Observation,
    Source,
    StatusStep,
)
from konzept.concept.schedule import CLOSED, UNDATED, schedule
from konzept.concept.standing import finding
from konzept.concept.values import newest_by_group, target_words, value_text
from konzept.content import (
    Line,
    Notice,
    Profile,
    ProfileGroup,
    Profiles,
    Run,
    line,
)
from konzept.figures.timeline import STATES, when
from konzept.pages.overview import note_line
from konzept.tables.cells import catalogue_section
from konzept.tables.goals import cost_text
from konzept.words import (
    ACCESS,
    ACCESS_ANSWERS,
    BUDGET_STAGES,
    INFLUENCES,
    NOT_NAMED,
    STATUSES,
)

Lines = tuple[Line, ...]

_UNKNOWN_STAGE = "unbekannt"


def profiles(concept: Concept) -> Profiles | None:
    """Describe every measure under its action field; None when there is none."""
    catalogue = _Catalogue(concept)
    groups = tuple(catalogue.group(f) for f in concept.fields if f.measures)
    return Profiles(groups) if groups else None


def silence(concept: Concept) -> Notice | None:
    """Name the fields on which the sources say nothing for any measure, once for all profiles."""
    silent = _Catalogue(concept).silent
    if not silent:
        return None
    one = len(silent) == 1
    missing = (
        "ist in den Quellen für keine Maßnahme genannt und fehlt"
        if one
        else "sind in den Quellen für keine Maßnahme genannt und fehlen"
    )
    return Notice(
        "Was für alle Maßnahmen fehlt",
        (line(f"{german.listing(silent)} {missing} deshalb in den Steckbriefen."),),
    )


@dataclass(frozen=True)
class _Part:
    """A field of the profile: its term, what the sources say, and whether silence is worth a word."""

    term: str
    lines: Callable[[_Catalogue, ActionField, Measure], Lines]
    expected: Callable[[Measure], bool] = lambda _: True
    unnamed: str = ""
    """How it is called where it is missing; empty: as its term."""

    @property
    def missing(self) -> str:
        return self.unnamed or self.term


@dataclass(frozen=True)
class _Catalogue:
    """Finds what profiles refer to."""

    concept: Concept

    @cached_property
    def goals(self) -> dict[str, Goal]:
        return {g.id: g for f in self.concept.fields for g in f.goals}

    @cached_property
    def fields(self) -> dict[str, ActionField]:
        return {f.id: f for f in self.concept.fields}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {i.id: i for i in self.concept.indicators}

    @cached_property
    def events(self) -> dict[str, Event]:
        return {e.id: e for e in self.concept.events}

    @cached_property
    def related(self) -> dict[str, list[tuple[ActionField, Measure, bool]]]:
        """Measure → the measures that are related to it, whichever of the two has the row."""
        owners = {m.id: (f, m) for f in self.concept.fields for m in f.measures}
        found: dict[str, list[tuple[ActionField, Measure, bool]]] = defaultdict(list)
        for _, measure in owners.values():
            for reference in measure.references:
                if reference.kind == "verwandt" and reference.target_id in owners:
                    found[measure.id].append((*owners[reference.target_id], reference.derived))
                    found[reference.target_id].append((*owners[measure.id], reference.derived))
        return found

    @cached_property
    def silent(self) -> list[str]:
        """The fields that no profile names."""
        pairs = [(f, m) for f in self.concept.fields for m in f.measures]
        asked = [p for p in _PARTS if any(p.expected(m) for _, m in pairs)]
        return [p.missing for p in asked if not any(p.lines(self, f, m) for f, m in pairs)]

    def group(self, field: ActionField) -> ProfileGroup:
        chapter = Run(f"Kapitel „{field.name}“", target=field.id)
        return ProfileGroup(
            id=catalogue_section(field.id),
            title=f"{field.number}. {field.name}",
            text=line(
                f"{finding(field.measures, self.concept.stand)} Ausgangslage und Ziele stehen im ",
                chapter,
                ".",
            ),
            items=tuple(self.profile(field, m) for m in field.measures),
        )

    def profile(self, field: ActionField, measure: Measure) -> Profile:
        found = [(part, part.lines(self, field, measure)) for part in _PARTS]
        unnamed = [
            p.missing
            for p, lines in found
            if p.expected(measure) and not lines and p.missing not in self.silent
        ]
        return Profile(
            id=measure.id,
            title=measure.title,
            status=measure.status,
            text=measure.description or "",
            items=tuple((p.term, lines) for p, lines in found if lines and p.term),
            silent=f"{german.capital(NOT_NAMED)}: {german.listing(unnamed)}." if unnamed else "",
            notes=tuple(note_line(note) for note in measure.notes),
        )


def _status(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    """The history, newest first: day, status, what was said and where."""
    return tuple(part for step in reversed(measure.history) for part in _step(measure, step))


def _step(measure: Measure, step: StatusStep) -> Lines:
    label = STATUSES[step.status].label
    head = line(
        Run(label, strong=step is measure.current, status=step.status), f", Stand {german.date(step.day)}"
    )
    said = step.text.rstrip(".") if step.text else ""
    # The paper that the measure itself comes from stands below as its source.
    paper = "" if step.source == measure.source else _paper(step.source)
    parts = [_wording(step), f"{said} ({paper})" if said and paper else said or paper]
    parts += [f"Wiedervorlage: {german.date(step.review)}"] if step.review else []
    remark = " ".join(f"{part}." for part in parts if part)
    return (head, line(Run(remark, muted=True))) if remark else (head,)


def _wording(step: StatusStep) -> str:
    """Say what the source writes, and whether the status is only concluded from it."""
    if not step.wording:
        return "Der Status ist abgeleitet" if step.derived else ""
    said = f"Die Quelle schreibt „{step.wording}“"
    return f"{said}; der Status ist daraus abgeleitet" if step.derived else said


def _paper(source: Source) -> str:
    """Name a document and the place in it."""
    return german.bound(f"{source.short_title}, {source.passage}")


def _fields(catalogue: _Catalogue, field: ActionField, measure: Measure) -> Lines:
    own = Run(f"{field.number}. {field.name}", target=field.id)
    others: list[Run] = []
    for reference in measure.references:
        if reference.kind == "querfeld" and (other := catalogue.fields.get(reference.target_id)):
            others += [
                Run("; auch " if not others else ", "),
                Run(f"{other.number}. {other.name}", target=other.id),
                Run(" (abgeleitet)" if reference.derived else "", muted=True),
            ]
    return (tuple(run for run in (own, *others) if run.text),)


def _goals(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    derived = {r.target_id for r in measure.references if r.kind == "ziel" and r.derived}
    lines: list[Line] = []
    for goal in (catalogue.goals[key] for key in measure.goal_ids if key in catalogue.goals):
        level = "Leitziel" if goal.level == "leitziel" else "Ziel"
        remark = Run(" (Zuordnung abgeleitet)" if goal.id in derived else "", muted=True)
        lines.append(line(f"{level}: {goal.text.rstrip('.')}", *([remark] if remark.text else [])))
    return tuple(lines)


def _period(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    text = german.period(measure.start, measure.end, measure.precision)
    if not text:
        return ()
    state = schedule(measure, catalogue.concept.stand)
    if state in (CLOSED, UNDATED):
        return (line(text),)
    return (line(text, Run(f" ({state})", muted=True)),)


def _costs(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    stages = {c.stage for c in measure.costs}
    ordered = sorted(measure.costs, key=lambda c: (c.year is None, c.year or 0))
    # One stage for all stands in a line of its own.
    return tuple(
        line(Run(cost_text(c)), Run(f" ({BUDGET_STAGES[c.stage]})" if len(stages) > 1 else "", muted=True))
        for c in ordered
    )


def _stages(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    stages = dict.fromkeys(c.stage for c in measure.costs)
    if not stages or set(stages) == {_UNKNOWN_STAGE}:
        return ()
    named = line(german.listing([BUDGET_STAGES[stage] for stage in stages]))
    if "angemeldet" not in stages:
        return (named,)
    return ((*named, Run(" (angemeldet heißt nicht bewilligt)", muted=True)),)


def _budget_place(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    places = dict.fromkeys(
        "; ".join(
            part
            for part in (
                f"Teilhaushalt {c.sub_budget}" if c.sub_budget else "",
                f"Produkt {c.product}" if c.product else "",
            )
            if part
        )
        for c in measure.costs
    )
    return tuple(line(place) for place in places if place)


def _indicators(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    lines: list[Line] = []
    for reference in measure.references:
        indicator = catalogue.indicators.get(reference.target_id)
        if reference.kind != "indikator" or indicator is None:
            continue
        remark = " (Bezug abgeleitet)" if reference.derived else ""
        name = Run(indicator.name, target=indicator.id)
        lines.append(line(name, Run(remark, muted=True)) if remark else line(name))
        lines.append(line(Run(f"{_actual(catalogue, indicator)}; {_target(indicator)}", muted=True)))
    return tuple(lines)


def _actual(catalogue: _Catalogue, indicator: Indicator) -> str:
    """The town's own newest value of the first group."""
    town = catalogue.concept.town
    own = newest_by_group(o for o in indicator.actual() if o.area.id == town.area_id)
    if not own:
        return f"Ist: kein Wert für {town.name}"
    return f"Ist: {value_text(indicator, own[0])} ({town.name}, {own[0].time})"


def _target(indicator: Indicator) -> str:
    values = [o for o in indicator.targets() if o.value is not None]
    return "; ".join(_target_text(indicator, o) for o in values) or "Soll: nicht festgelegt"


def _target_text(indicator: Indicator, o: Observation) -> str:
    return f"Soll: {value_text(indicator, o)} ({target_words(o)})"


def _access(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    if not measure.access:
        return ()
    said = dict(measure.access)
    names: dict[str, list[str]] = {}
    for key, name in ACCESS.items():
        names.setdefault(ACCESS_ANSWERS[said[key]] if key in said else NOT_NAMED, []).append(name)
    return (line("; ".join(f"{german.listing(found)}: {answer}" for answer, found in names.items())),)


def _reviews(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    derived = {r.target_id for r in measure.references if r.kind == "ereignis" and r.derived}
    lines: list[Line] = []
    for event in (catalogue.events[key] for key in measure.review_ids if key in catalogue.events):
        remark = " (Bezug abgeleitet)" if event.id in derived else ""
        known = f"{when(event)}, {STATES[event.state]}" if event.start else STATES[event.state]
        lines.append(line(f"{event.title}: {known}", *([Run(remark, muted=True)] if remark else [])))
    return tuple(lines)


def _related(catalogue: _Catalogue, _: ActionField, measure: Measure) -> Lines:
    lines: list[Line] = []
    for field, other, derived in catalogue.related.get(measure.id, ()):
        remark = f" ({field.name}{'; Bezug abgeleitet' if derived else ''})"
        lines.append(line(Run(other.title, target=other.id), Run(remark, muted=True)))
    return tuple(lines)


def _source(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    source = measure.source
    return (line(Run(_paper(source), source=(source.id, source.passage))),)


def _text(value: Callable[[Measure], str | None]) -> Callable[[_Catalogue, ActionField, Measure], Lines]:
    """Show a text of the measure as it stands in the data."""

    def lines(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
        found = value(measure)
        return (line(found),) if found else ()

    return lines


def _actors(role: str) -> Callable[[_Catalogue, ActionField, Measure], Lines]:
    return _text(lambda m: "; ".join(m.actors(role)))


_PARTS = (
    _Part("Status", _status),
    _Part("Handlungsfeld", _fields),
    # The description stands above the list.
    _Part("", _text(lambda m: m.description), unnamed="Kurzbeschreibung"),
    _Part("Ziel", _goals),
    _Part("Zielgruppe", _text(lambda m: m.audience)),
    _Part("Priorität", _text(lambda m: m.priority)),
    _Part("Einfluss", _text(lambda m: INFLUENCES.get(m.influence or "")), unnamed="Einfluss der Kommune"),
    _Part("Federführung", _actors("federfuehrend")),
    _Part("Beteiligte", _actors("beteiligt")),
    _Part("Finanzierung", _actors("finanzierend"), expected=lambda _: False),
    _Part("Zeitraum", _period),
    _Part("Kosten", _costs),
    _Part("Haushaltsstand", _stages, expected=lambda m: bool(m.costs)),
    _Part(
        "Haushaltsstelle",
        _budget_place,
        expected=lambda m: bool(m.costs),
        unnamed="Haushaltsstelle (Teilhaushalt, Produkt)",
    ),
    _Part("Indikator", _indicators),
    _Part("Überprüfung", _reviews, expected=lambda _: False),
    _Part("Verwandte Maßnahme", _related, expected=lambda _: False),
    _Part("Zugang", _access, unnamed="Zugang (mehrsprachig, in Leichter Sprache, barrierefrei)"),
    _Part("Quelle", _source),
)
