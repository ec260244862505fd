"""A profile (Steckbrief) of each measure, and what the sources leave out for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from konzept.concept.costs import by_year
from konzept.concept.grouping import grouped
from konzept.concept.model import (
    ActionField,
    Concept,
    Indicator,
    Measure,
    Source,
    StatusStep,
)
from konzept.concept.schedule import CLOSED, UNDATED, schedule, unreported
from konzept.concept.values import newest_by_group, target_words, value_text
from konzept.elements.content import (
    Cell,
    Column,
    Line,
    Profile,
    ProfileGroup,
    Profiles,
    Row,
    Run,
    Table,
    Text,
    joined,
    line,
    plain,
)
from konzept.elements.palette import look_of
from konzept.elements.sources.documents import note_line
from konzept.elements.tables import catalogue_section
from konzept.words import german
from konzept.words.labels import NOT_NAMED, UNREPORTED

Lines = tuple[Line, ...]
Known = dict[str, Lines]
"""What is known of a measure, by term."""

_SEVERAL = 3
"""What is the same for so many measures is said once."""

_UNKNOWN_STAGE = "unbekannt"

_INFLUENCES = {"stadt": "Die Kommune entscheidet selbst.", "land_bund": "Es entscheiden Land oder Bund."}

_ACCESS = {
    "mehrsprachig": "mehrsprachig",
    "leichte_sprache": "in Leichter Sprache",
    "barrierefrei": "barrierefrei",
}


def profiles(concept: Concept) -> Profiles | None:
    """Describe every measure under its action field; None when there is none."""
    catalogue = _Catalogue(concept)
    groups = tuple(catalogue.group(f) for f in concept.fields if f.measures)
    return Profiles(groups) if groups else None


def silence(concept: Concept) -> Text | None:
    """Name the fields on which the sources say nothing for any measure, once for all profiles."""
    silent = _Catalogue(concept).silent()
    if not silent:
        return None
    verb = "ist" if len(silent) == 1 else "sind"
    return Text((line(f"{german.listing(silent)} {verb} in den Quellen für keine Maßnahme genannt."),))


@dataclass(frozen=True)
class _Part:
    """A field of the profile: its term, what the sources say, and whether silence is worth a word."""

    term: str
    lines: Callable[[_Catalogue, Measure], Lines]
    expected: Callable[[Measure], bool] = lambda _: True
    unnamed: str = ""
    """How it is called where it is missing; empty: as its term."""
    small: bool = False
    """It fits under a title: a measure of which no more is known needs no card."""
    common: bool = False
    """Said once where it is the same for all measures of a field."""


class _Catalogue:
    """Finds what profiles refer to."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        self.fields = {f.id: f for f in concept.fields}
        self.goals = {g.id: g for f in concept.fields for g in f.goals}
        self.indicators = {i.id: i for i in concept.indicators}
        self.events = {e.id: e for e in concept.events}

    @cached_property
    def related(self) -> dict[str, list[tuple[ActionField, Measure, bool]]]:
        """Measure → the measures that are related to it, whichever of the two has the row."""
        owners = {m.id: (f, m) for f in self.concept.fields for m in f.measures}
        return grouped(
            (one, (*owners[other], r.derived))
            for m in self.concept.measures
            for r in m.references
            if r.kind == "verwandt" and r.target_id in owners
            for one, other in ((m.id, r.target_id), (r.target_id, m.id))
        )

    def silent(self) -> list[str]:
        """Name what no profile tells."""
        measures = self.concept.measures
        asked = [p for p in _PARTS if any(map(p.expected, measures))]
        return [p.unnamed or p.term for p in asked if not any(p.lines(self, m) for m in measures)]

    def group(self, field: ActionField) -> ProfileGroup:
        known = {
            m.id: {p.term: lines for p in _PARTS if p.term and (lines := p.lines(self, m))}
            for m in field.measures
        }
        common = _take_common(list(known.values()), [p.term for p in _PARTS if p.common])
        small = {p.term for p in _PARTS if p.small}
        brief = [
            m for m in field.measures if len(m.history) < 2 and not m.notes and small.issuperset(known[m.id])
        ]
        cards = tuple(self.profile(m, known[m.id]) for m in field.measures if m not in brief)
        chapter = Run(f"Kapitel „{field.name}“", target=field.id)
        whose = f" {german.all_of(len(field.measures), 'Maßnahmen', 'er')}"
        shared = (*_run_on(common, whose), Run(". ")) if common else ()
        return ProfileGroup(
            id=catalogue_section(field.id),
            title=f"{field.number}. {field.name}",
            text=line(*shared, "Ausgangslage und Ziele: ", chapter, "."),
            items=cards,
            brief=_brief_table(brief, known, more=bool(cards)) if brief else None,
        )

    def profile(self, measure: Measure, known: Known) -> Profile:
        return Profile(
            id=measure.id,
            title=measure.title,
            text=measure.description or "",
            states=tuple(_state(step) for step in reversed(measure.history)),
            items=tuple(known.items()),
            notes=tuple(
                (Run(f"Prüfhinweis ({note.state}): ", strong=True), *note_line(note)[1:])
                for note in measure.notes
            ),
        )


def _take_common(found: list[Known], terms: Iterable[str]) -> Known:
    """Take out what is the same for all of several measures, so that it is said once."""
    common: Known = {}
    for term in terms:
        values = [known.get(term, ()) for known in found]
        if len(values) >= _SEVERAL and values[0] and len(set(values)) == 1:
            common[term] = values[0]
            for known in found:
                del known[term]
    return common


def _run_on(known: Known, whose: str = "") -> Line:
    """Write terms and what is said of them behind each other."""
    return tuple(
        run
        for n, (term, lines) in enumerate(known.items())
        for run in (Run(f"{'; ' if n else ''}{term}{whose}: ", muted=True), *joined(lines))
    )


def _brief_table(measures: Sequence[Measure], known: Mapping[str, Known], *, more: bool) -> Table:
    """List the measures of which the sources name hardly more than title and status."""
    common = _take_common([known[m.id] for m in measures], [p.term for p in _PARTS if p.small and p.common])
    days = {m.current.day if m.current else None for m in measures}
    day = days.pop() if len(days) == 1 and len(measures) >= _SEVERAL else None
    notes = [f"{term} aller Maßnahmen dieser Tabelle: {plain(lines)}." for term, lines in common.items()]
    notes += [f"Stand aller Angaben dieser Tabelle: {german.date(day)}."] if day else []
    return Table(
        label="",
        caption="",
        columns=(Column("Weitere Maßnahmen" if more else "Maßnahme", width=60), Column("Status", width=40)),
        rows=tuple(_brief_row(m, known[m.id], dated=day is None) for m in measures),
        notes=tuple(notes),
    )


def _brief_row(measure: Measure, known: Known, *, dated: bool) -> Row:
    about = [line(measure.description)] if measure.description else []
    about += [_run_on(known)] if known else []
    states = [part for step in measure.history for part in _state_lines(step, dated=dated)]
    status = Cell(tuple(states)) if states else Cell.of(Run(NOT_NAMED, muted=True))
    return Row((Cell((line(Run(measure.title, strong=True)), *about)), status), label=measure.id)


def _state(step: StatusStep) -> Line:
    """Say in one line: status, day, the source's words and mark."""
    head, *remark = _state_lines(step)
    between = Run(": " if step.wording else ". ")
    return (*head, *(run for part in remark for run in (between, *part)))


def _state_lines(step: StatusStep, *, dated: bool = True) -> list[Line]:
    """Give the status with its day, and what the source says; the source's mark stands at the end."""
    label = Run(step.status.label, strong=True, status=look_of(step.status))
    head = line(label, f", Stand {german.date(step.day)}") if dated else line(label)
    said = [_wording(step), *([step.text.rstrip(".")] if step.text else [])]
    said += [f"Wiedervorlage: {german.date(step.review)}"] if step.review else []
    remark = " ".join(f"{part}." for part in said if part)
    mark = Run(f" ({_paper(step.source)})", source=(step.source.id, step.source.passage))
    return [head, line(Run(remark, muted=True), mark)] if remark else [(*head, mark)]


def _wording(step: StatusStep) -> str:
    """Quote the source, and say whether the status is only concluded from it."""
    if not step.wording:
        return "Der Status ist abgeleitet" if step.derived else ""
    return f"„{step.wording}“, daraus abgeleitet" if step.derived else f"„{step.wording}“"


def _paper(source: Source) -> str:
    """Name a document and the place in it."""
    return german.bound(f"{source.short_title}, {source.passage}")


def _aside(*remarks: str) -> Line:
    """Put remarks in brackets, as far as there are any."""
    text = ", ".join(filter(None, remarks))
    return (Run(f" ({text})", muted=True),) if text else ()


def _fields(catalogue: _Catalogue, measure: Measure) -> Lines:
    """Name the other fields that the measure touches."""
    return tuple(
        line(
            Run(f"{other.number}. {other.name}", target=other.id), *_aside("abgeleitet" if r.derived else "")
        )
        for r in measure.references
        if r.kind == "querfeld" and (other := catalogue.fields.get(r.target_id))
    )


def _goals(catalogue: _Catalogue, measure: Measure) -> Lines:
    derived = {r.target_id for r in measure.references if r.kind == "ziel" and r.derived}
    return tuple(
        line(
            goal.text.rstrip("."),
            *_aside(
                "Leitziel" if goal.level == "leitziel" else "",
                "Zuordnung abgeleitet" if goal.id in derived else "",
            ),
        )
        for key in measure.goal_ids
        if (goal := catalogue.goals.get(key))
    )


def _period(catalogue: _Catalogue, measure: Measure) -> Lines:
    text = german.period(measure.start, measure.end, measure.precision)
    if not text:
        return ()
    state = schedule(measure, catalogue.concept.stand)
    if state in (CLOSED, UNDATED):
        return (line(text),)
    remark = f"; {UNREPORTED}" if unreported(measure, catalogue.concept.stand) else ""
    return (line(text, *_aside(f"{state}{remark}")),)


def _costs(_: _Catalogue, measure: Measure) -> Lines:
    # One stage for all stands in a line of its own.
    several = len({c.stage for c in measure.costs}) > 1
    return tuple(
        line(c.text, Run(f" ({c.stage.label})" if several else "", muted=True))
        for c in by_year(measure.costs)
    )


def _stages(_: _Catalogue, measure: Measure) -> Lines:
    stages = dict.fromkeys(c.stage for c in measure.costs)
    if not stages or set(stages) == {_UNKNOWN_STAGE}:
        return ()
    remark = "angemeldet heißt nicht bewilligt" if "angemeldet" in stages else ""
    return (line(german.listing([stage.label for stage in stages]), *_aside(remark)),)


def _budget_place(_: _Catalogue, measure: Measure) -> Lines:
    named = [(("Teilhaushalt", c.sub_budget), ("Produkt", c.product)) for c in measure.costs]
    places = dict.fromkeys("; ".join(f"{what} {key}" for what, key in parts if key) for parts in named)
    return tuple(line(place) for place in places if place)


def _indicators(catalogue: _Catalogue, measure: Measure) -> Lines:
    lines: list[Line] = []
    for reference in measure.references:
        indicator = catalogue.indicators.get(reference.target_id)
        if reference.kind != "indikator" or indicator is None:
            continue
        remark = _aside("Bezug abgeleitet" if reference.derived else "")
        lines.append(line(Run(indicator.name, target=indicator.id), *remark))
        lines.append(line(Run(f"{_actual(catalogue, indicator)}; {_target(indicator)}", muted=True)))
    return tuple(lines)


def _actual(catalogue: _Catalogue, indicator: Indicator) -> str:
    """The town's own newest value of the first group."""
    town = catalogue.concept.town
    own = newest_by_group(indicator.own())
    if not own:
        return f"Ist: kein Wert für {town.whom}"
    return f"Ist: {value_text(indicator, own[0])} ({town.short}, {own[0].time})"


def _target(indicator: Indicator) -> str:
    values = [o for o in indicator.targets() if o.value is not None]
    texts = (f"Soll: {value_text(indicator, o)} ({target_words(o)})" for o in values)
    return "; ".join(texts) or "Soll: nicht festgelegt"


def _access(_: _Catalogue, measure: Measure) -> Lines:
    if not measure.access:
        return ()
    said = dict(measure.access)
    names = grouped((said[key].label if key in said else NOT_NAMED, name) for key, name in _ACCESS.items())
    return (line("; ".join(f"{german.listing(found)}: {answer}" for answer, found in names.items())),)


def _reviews(catalogue: _Catalogue, measure: Measure) -> Lines:
    derived = {r.target_id for r in measure.references if r.kind == "ereignis" and r.derived}
    events = [catalogue.events[key] for key in measure.review_ids if key in catalogue.events]
    return tuple(
        line(
            f"{e.title}: {f'{e.when}, ' if e.start else ''}{e.state_text}",
            *_aside("Bezug abgeleitet" if e.id in derived else ""),
        )
        for e in events
    )


def _related(catalogue: _Catalogue, measure: Measure) -> Lines:
    return tuple(
        line(
            Run(other.title, target=other.id),
            *_aside(f"{field.name}{'; Bezug abgeleitet' if derived else ''}"),
        )
        for field, other, derived in catalogue.related.get(measure.id, ())
    )


def _source(_: _Catalogue, measure: Measure) -> Lines:
    """Give the source of the measure itself, unless its status has the same."""
    source = measure.source
    if any((s.source.id, s.source.passage) == (source.id, source.passage) for s in measure.history):
        return ()
    return (line(Run(_paper(source), source=(source.id, source.passage))),)


def _text(value: Callable[[Measure], str | None]) -> Callable[[_Catalogue, Measure], Lines]:
    """Show a text of the measure as it stands in the data."""

    def lines(_: _Catalogue, measure: Measure) -> Lines:
        found = value(measure)
        return (line(found),) if found else ()

    return lines


def _actors(role: str) -> Callable[[_Catalogue, Measure], Lines]:
    return _text(lambda m: "; ".join(m.actors(role)))


_PARTS = (
    # Status and description stand above the list.
    _Part("", lambda _, m: tuple(map(_state, m.history)), unnamed="Status"),
    _Part("", _text(lambda m: m.description), unnamed="Kurzbeschreibung"),
    _Part("Ziel", _goals),
    _Part("Zielgruppe", _text(lambda m: m.audience), small=True),
    _Part("Priorität", _text(lambda m: m.priority and m.priority.label)),
    _Part("Einfluss", _text(lambda m: _INFLUENCES.get(m.influence or "")), unnamed="Einfluss der Kommune"),
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
    _Part("Überprüfung", _reviews, expected=lambda _: False, common=True),
    _Part("Berührt auch", _fields, expected=lambda _: False, small=True),
    _Part("Verwandte Maßnahme", _related, expected=lambda _: False, small=True),
    _Part(
        "Zugang",
        _access,
        unnamed="Zugang (mehrsprachig, in Leichter Sprache, barrierefrei)",
        small=True,
        common=True,
    ),
    _Part("Quelle", _source, expected=lambda _: False, small=True),
)
