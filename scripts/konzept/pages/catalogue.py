"""The catalogue of measures: a profile each, registers to find them, and what the sources leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from konzept import german
from konzept.concept.model import (
    ActionField,
    Concept,
    Goal,
    Indicator,
    Measure,
    Observation,
    Source,
    StatusStep,
)
from konzept.concept.schedule import CLOSED, UNDATED, schedule
from konzept.content import (
    Entry,
    Index,
    Line,
    Notice,
    Profile,
    ProfileGroup,
    Profiles,
    Register,
    Run,
    Text,
    line,
)
from konzept.figures.series import value_text
from konzept.figures.status import finding
from konzept.pages.overview import note_line
from konzept.tables.goals import cost_text
from konzept.words import (
    ACCESS,
    ASSIGNMENTS,
    BUDGET_STAGES,
    INFLUENCES,
    NOT_NAMED,
    STATUSES,
)

Lines = tuple[Line, ...]

_WITHOUT_STATUS = "Status nicht genannt"

_UNKNOWN_STAGE = "unbekannt"


def lead(concept: Concept) -> Text:
    """State how many measures there are, and for how many the sources name lead, period and costs."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="lead")
    total = len(measures)
    places = german.count(
        sum(bool(f.measures) for f in concept.fields), "Handlungsfeld", "Handlungsfeldern", gender="em"
    )
    counts = (
        (sum(bool(m.actors("federfuehrend")) for m in measures), "die Federführung"),
        (sum(bool(m.start or m.end) for m in measures), "einen Zeitraum"),
        (sum(bool(m.costs) for m in measures), "Kosten"),
    )
    if total == 1:
        named = german.listing([what for n, what in counts if n])
        text = (
            f" und nennen dazu {named}" if named else "; Federführung, Zeitraum und Kosten nennen sie nicht"
        )
        return Text(
            (line("Die Quellen enthalten ", Run("eine Maßnahme", strong=True), f"{text}."),), role="lead"
        )
    parts = german.listing([f"bei {_dative(n, total)} {what}" for n, what in counts])
    return Text(
        (
            line(
                "Zu ",
                Run(f"{german.word(total)} Maßnahmen", strong=True),
                f" in {places} nennen die Quellen {parts}.",
            ),
        ),
        role="lead",
    )


def _dative(n: int, total: int) -> str:
    if n == total:
        return "allen"
    return {0: "keiner", 1: "einer"}.get(n, german.word(n))


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


def profiles(concept: Concept) -> Profiles | None:
    """Describe every measure under its action field; None when there is none."""
    catalogue = _Catalogue(concept)
    groups = tuple(catalogue.group(f) for f in concept.fields if f.measures)
    return Profiles(groups) if groups else None


def register(concept: Concept) -> Register | None:
    """List the measures by field, actor, status and year; None when there is none."""
    if not concept.measures:
        return None
    return Register((_by_field(concept), _by_actor(concept), _by_status(concept), _by_year(concept)))


# Registers


def _by_field(concept: Concept) -> Index:
    entries = [
        _entry(Run(f"{f.number}. {f.name}"), map(_link, f.measures)) for f in concept.fields if f.measures
    ]
    empty = [f.short_name for f in concept.fields if not f.measures]
    note = f"Noch ohne Maßnahmen in den Daten: {german.listing(empty)}." if empty else ""
    return Index("Nach Handlungsfeld", tuple(entries), note)


def _by_actor(concept: Concept) -> Index:
    found: dict[str, list[Line]] = {}
    for measure in concept.measures:
        for actor, roles in _roles(measure).items():
            found.setdefault(actor, []).append(_link(measure, german.listing(roles)))
    entries = [_entry(Run(name), found[name]) for name in sorted(found, key=str.casefold)]
    silent = sum(not m.responsibilities for m in concept.measures)
    return Index("Nach Zuständigen", tuple(entries), _left_out(silent, "keine Zuständigen"))


def _roles(measure: Measure) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in measure.responsibilities:
        found.setdefault(item.actor, []).append(ASSIGNMENTS[item.role])
    return found


def _by_status(concept: Concept) -> Index:
    entries = []
    for key in [*STATUSES, None]:
        if measures := [m for m in concept.measures if m.status == key]:
            head = Run(STATUSES[key].label, status=key) if key else Run(_WITHOUT_STATUS)
            entries.append(_entry(head, map(_link, measures)))
    return Index("Nach Status", tuple(entries), "")


def _by_year(concept: Concept) -> Index:
    found: dict[int, list[Line]] = {}
    for measure in concept.measures:
        for year, reasons in _years(measure).items():
            found.setdefault(year, []).append(_link(measure, german.listing(reasons)))
    silent = sum(not _years(m) for m in concept.measures)
    entries = tuple(_entry(Run(str(year)), found[year]) for year in sorted(found))
    return Index("Nach Jahr", entries, _left_out(silent, "kein Jahr"))


def _years(measure: Measure) -> dict[int, list[str]]:
    """Name the years that a measure's dates and costs fall in, and which of them."""
    points = [(measure.start.year, "Beginn")] if measure.start else []
    points += [(measure.end.year, "Ende")] if measure.end else []
    points += [(cost.year, "Kosten") for cost in measure.costs if cost.year]
    found: dict[int, list[str]] = {}
    for year, reason in dict.fromkeys(points):
        found.setdefault(year, []).append(reason)
    return found


def _entry(head: Run, links: Iterable[Line]) -> Entry:
    return Entry(head, tuple(links))


def _link(measure: Measure, remark: str = "") -> Line:
    title = Run(measure.title, target=measure.id)
    return line(title, Run(f" ({remark})", muted=True)) if remark else line(title)


def _left_out(silent: int, what: str) -> str:
    if not silent:
        return ""
    return f"Nicht aufgeführt: {german.count(silent, 'Maßnahme', 'Maßnahmen')}, für die die Quellen {what} nennen."


# Profiles


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
    def silent(self) -> list[str]:
        """The fields that no profile names."""
        pairs = [(f, m) for f in self.concept.fields for m in f.measures]
        asked = [p for p in _PARTS if any(p.expected(m) for _, m in pairs)]
        return [p.missing for p in asked if not any(p.lines(self, f, m) for f, m in pairs)]

    def group(self, field: ActionField) -> ProfileGroup:
        chapter = Run(f"Kapitel „{field.name}“", target=field.id)
        return ProfileGroup(
            id=f"massnahmen-{field.id}",
            title=f"{field.number}. {field.name}",
            text=line(f"{finding(field)} Ausgangslage und Ziele stehen im ", chapter, "."),
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
    parts = [f"{said} ({paper})" if said and paper else said or paper]
    parts += [f"Wiedervorlage: {german.date(step.review)}"] if step.review else []
    remark = " ".join(f"{part}." for part in parts if part)
    return (head, line(Run(remark, muted=True))) if remark else (head,)


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
    return ((*named, Run(" (unter dem Vorbehalt der Haushaltsberatungen)", muted=True)),)


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
    own = [o for o in indicator.actual() if o.area.id == town.area_id and o.value is not None]
    if not own:
        return f"Ist: kein Wert für {town.name}"
    newest = [o for o in own if o.group == own[0].group][-1]
    return f"Ist: {value_text(indicator, newest)} ({town.name}, {newest.time})"


def _target(indicator: Indicator) -> str:
    values = [o for o in indicator.targets() if o.value is not None]
    return "; ".join(_target_text(indicator, o) for o in values) or "Soll: nicht festgelegt"


def _target_text(indicator: Indicator, o: Observation) -> str:
    return f"Soll: {value_text(indicator, o)} ({o.time}{', abgeleitet' if o.target_kind == 'abgeleitet' else ''})"


def _access(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    if not measure.access:
        return ()
    decided = dict(measure.access)
    return (line("; ".join(f"{name}: {decided.get(key, NOT_NAMED)}" for key, name in ACCESS.items())),)


def _source(_: _Catalogue, __: ActionField, measure: Measure) -> Lines:
    return (line(_paper(measure.source)),)


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
    _Part("Zugang", _access, unnamed="Zugang (mehrsprachig, in Leichter Sprache, barrierefrei)"),
    _Part("Quelle", _source),
)
