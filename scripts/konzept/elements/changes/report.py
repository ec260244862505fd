"""The status report: what has become of the concept between two states, part by part.

Each change stands in one part only.  Whatever the data cannot tell is said to be unknown; nothing is left out
because it is small, but what only names or rewords something is told in one line for many.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from konzept.concept import steering
from konzept.concept.comparing import CHANGED, CORRECTED, GONE, HAPPENED, UNCLEAR, Change, Comparison
from konzept.concept.grouping import grouped
from konzept.concept.model import Concept, Event, Indicator, Observation
from konzept.concept.schedule import OVERDUE, deadline, schedule, unreported
from konzept.concept.values import newest, value_text, when
from konzept.elements.changes.telling import KINDS, Told, told
from konzept.elements.content import Block, Cell, Column, Facts, Line, Points, Row, Run, Table, Text, line
from konzept.elements.costs.overview import costs_table
from konzept.elements.sources import gaps
from konzept.words import german

FIELDS, PARTICIPATION, CORRECTIONS, RECORDS = "felder", "beteiligung", "berichtigungen", "nachtraege"
"""The parts of the report that name changes."""

_EVENTS = ("ereignisse", "beitraege", "umfrageergebnisse")
_BLANK = "\N{LOW LINE}" * 12
"""A line to write on, where nobody has said what belongs there."""
_FEW = 3


@dataclass(frozen=True)
class Head:
    """What stands at the head of a council paper; empty where it is not known yet."""

    number: str = ""
    committee: str = ""
    meeting: str = ""
    public: str = ""


@dataclass(frozen=True)
class Report:
    """A comparison, and the concept as it is at the later state."""

    concept: Concept
    comparison: Comparison
    head: Head = dataclasses.field(default_factory=Head)

    @cached_property
    def parts(self) -> Mapping[str, list[Told]]:
        """Say in which part each line stands."""
        found: dict[str, list[Told]] = {name: [] for name in (FIELDS, PARTICIPATION, CORRECTIONS, RECORDS)}
        for each in told(self.comparison, by_field=False):
            found[_part(each)].append(each)
        return found

    @property
    def since(self) -> str:
        """The day of the earlier state, as a sentence has it."""
        return german.long_date(self.comparison.before.day)

    @property
    def until(self) -> str:
        """The day of the later state."""
        return german.long_date(self.concept.stand)


def _part(each: Told) -> str:
    if each.kind in (CORRECTED, UNCLEAR):
        return CORRECTIONS
    if each.kind in (HAPPENED, CHANGED):
        return PARTICIPATION if each.table in _EVENTS else FIELDS
    return FIELDS if each.kind == GONE and each.table == "massnahmen" else RECORDS


# The head of a council paper


def head(report: Report) -> list[Block]:
    """Give the head of the council paper, with lines to write on for what is not known, and the two states."""
    given = report.head
    how = " (aus den Quellen rekonstruiert)" if report.comparison.before.reconstructed else ""
    names = {body.id: body.name for body in report.concept.bodies}
    items = (
        ("Vorlage Nr.", given.number),
        ("Gremium", names.get(given.committee, given.committee)),
        ("Sitzung am", given.meeting),
        ("Öffentlich", given.public),
    )
    states = f"Verglichen sind der Stand vom {report.since}{how} und der vom {report.until}."
    return [Facts(tuple((term, line(text or _BLANK)) for term, text in items)), Text((line(states),))]


def nothing(report: Report) -> Text:
    """Say that nothing has changed."""
    return Text(
        (
            line(
                f"Zwischen dem {report.since} und dem {report.until} hat sich nach den Daten nichts geändert."
            ),
        ),
        role="lead",
    )


# The most important changes


def highlights(report: Report) -> Points:
    """Name the most important changes in at most five sentences: decision, status, cost, target, event."""
    return Points(
        tuple(
            make(report)
            or line(silence.format(since=report.since, n=german.word(len(report.concept.measures))))
            for make, silence in _SENTENCES
        )
    )


def news(report: Report) -> list[Line]:
    """Give those of the five sentences that tell of something new."""
    return [sentence for make, _ in _SENTENCES if (sentence := make(report))]


def _decision(report: Report) -> Line | None:
    decided = [e for e in _new_events(report) if e.kind in ("verabschiedung", "beschluss")]
    if not decided:
        return None
    adopted = steering.adoption(report.concept)
    first = next((e for e in decided if e == adopted), decided[-1])
    said = steering.adoption_sentence(report.concept) if first == adopted else _event_sentence(first)
    others = len(decided) - 1
    more = f" Dazu {'kommt ein weiterer Beschluss' if others == 1 else f'kommen {german.word(others)} weitere Beschlüsse'}."
    return line(said, *_marks(first.source.id, first.source.passage), more if others else "")


def _event_sentence(event: Event) -> str:
    assert event.start is not None
    return f"{german.capital(german.at(event.start, event.end, event.precision))}: {event.title}."


def _statuses(report: Report) -> Line | None:
    moved = report.comparison.of(HAPPENED, table="statusverlauf")
    added = report.comparison.of(HAPPENED, table="massnahmen")
    if not moved and not added:
        return None
    known = len({c.row["massnahme_id"] for c in moved} - {c.row["id"] for c in added})
    whole = f"der {german.word(len(report.concept.measures))} Maßnahmen"
    said = [f"zu {german.some(known, 'er')} {whole} liegt ein neuer Status vor"] if known else []
    if new := len(added):
        said.append(f"{german.some(new)} {'' if known else f'{whole} '}{'ist' if new == 1 else 'sind'} neu")
    return line(f"{german.capital('; '.join(said))}.")


def _costs(report: Report) -> Line | None:
    new = [c for c in report.comparison.of(HAPPENED, table="kosten") if c.column in (None, "haushaltsstand")]
    if not new:
        return None
    stages = sorted({c.row["haushaltsstand"] for c in new}, key=lambda stage: stage.place)
    counts = [f"{s.label}: {_amounts([c for c in new if c.row['haushaltsstand'] == s])}" for s in stages]
    measures = german.count(len({c.row["massnahme_id"] for c in new}), "Maßnahme", "Maßnahmen", gender="er")
    return line(f"Neue Angaben zu den Kosten gibt es zu {measures}; {'; '.join(counts)}.")


def _amounts(changes: Sequence[Change]) -> str:
    rows = list({id(c.row): c.row for c in changes}.values())
    shown = [german.euro(float(r["betrag_eur"]), circa=r["genauigkeit"] == "circa") for r in rows[:_FEW]]
    more = len(rows) - _FEW
    return german.listing([*shown, *([f"{german.word(more)} weitere"] if more > 0 else [])])


def _targets(report: Report) -> Line | None:
    new = [t for t in report.parts[FIELDS] if t.table == "messwerte"]
    indicators = {t.row["indikator_id"] for t in new if t.row["art"] == "ist"}
    aims = {t.row["indikator_id"] for t in new if t.row["art"] == "soll"}
    goals = [t for t in report.parts[FIELDS] if t.table == "ziele"]
    counts = (
        (len(indicators), "Indikator", "Indikatoren", "neue Werte"),
        (len(aims), "Indikator", "Indikatoren", "ein neuer Sollwert"),
        (len(goals), "Ziel", "Zielen", "eine neue Fassung"),
    )
    said = [f"zu {german.count(n, one, many, gender='em')} {what}" for n, one, many, what in counts if n]
    if not said:
        return None
    unset = not any(o.target_kind == "beschlossen" for i in report.concept.indicators for o in i.targets())
    rest = (
        "; beschlossene Sollwerte, an denen sie zu messen wären, nennen die Quellen nicht"
        if unset and indicators
        else ""
    )
    return line(f"Es liegen {german.listing(said)} vor{rest}.")


def _held(report: Report) -> Line | None:
    held = [
        e
        for e in _new_events(report)
        if e.kind not in ("verabschiedung", "beschluss") and e.state == "erfolgt"
    ]
    if not held:
        return None
    named = [f"{e.title} ({e.when})" for e in held[:_FEW]]
    more = len(held) - _FEW
    named += [f"{german.word(more)} weitere"] if more > 0 else []
    marks = [mark for e in held[:_FEW] for mark in _marks(e.source.id, e.source.passage)]
    verb = "hat" if len(held) == 1 else "haben"
    return line(f"Stattgefunden {verb}: {german.listing(named)}.", *marks)


def _new_events(report: Report) -> list[Event]:
    changed = {c.row["id"] for c in report.comparison.of(HAPPENED, table="ereignisse")}
    return [e for e in report.concept.own_events() if e.id in changed and e.state == "erfolgt"]


def _marks(document: str | None, passage: str | None) -> list[Run]:
    """Give the mark of a source."""
    return [Run("", source=(document, passage or ""))] if document else []


_SENTENCES: tuple[tuple[Callable[[Report], Line | None], str], ...] = (
    (_decision, "Ein Beschluss eines Gremiums ist seit dem {since} nicht bekannt."),
    (_statuses, "Zum Status der {n} Maßnahmen liegt seit dem {since} keine neue Angabe vor."),
    (_costs, "Neue Angaben zu Kosten nennen die Quellen seit dem {since} nicht."),
    (_targets, "Neue Werte zu Indikatoren und neue Ziele liegen seit dem {since} nicht vor."),
    (_held, "Über Veranstaltungen seit dem {since} ist nichts bekannt."),
)
"""What makes each sentence, and what is said in its place."""


# Money


def costs(report: Report) -> list[Block]:
    """Show all amounts by stage, and say which are new."""
    table = costs_table(report.concept)
    if table is None:
        return [Text((line("Beträge nennen die Quellen nicht."),))]
    new = [t for t in report.parts[FIELDS] if t.table == "kosten"]
    said = f"Seit dem {report.since} {'ist keine Angabe' if not new else 'sind Angaben'} hinzugekommen."
    silent = sum(not m.costs for m in report.concept.measures)
    without = (
        f" Für {german.count(silent, 'Maßnahme', 'Maßnahmen')} nennen die Quellen keine Kosten."
        if silent
        else ""
    )
    notes = [n for n in table.notes if not n.startswith("Für ")]
    marks = [
        mark
        for m in report.concept.measures
        for c in m.costs
        for mark in _marks(c.source.id, c.source.passage)
    ]
    # On paper the sources of a table stand in an annex; here its sentence bears their marks.
    return [
        Text((line(f"{said}{without}", *marks),)),
        dataclasses.replace(table, notes=tuple(notes), sources=()),
    ]


# By field

_MEASURES, _MONEY, _GOALS, _NUMBERS, _WORK = "Maßnahmen", "Kosten", "Ziele", "Neue Werte", "Bearbeitung"
_TERMS = {
    "massnahmen": _MEASURES,
    "statusverlauf": _MEASURES,
    "zustaendigkeiten": _MEASURES,
    "kosten": _MONEY,
    "ziele": _GOALS,
    "messwerte": _NUMBERS,
}


def fields(report: Report) -> list[Block]:
    """Tell what has happened or was changed, field by field, and in which fields nothing has."""
    lines = report.parts[FIELDS]
    rows: list[Row] = []
    silent = []
    for field in report.concept.fields:
        own = [t for t in lines if t.field_id == field.id]
        rows += _rows(report, f"{field.number}. {field.name}", own)
        silent += [] if own else [field.short_name]
    rows += _rows(report, "Übergreifend", [t for t in lines if t.field_id is None])
    table = Table(
        label="tab-felder-seitdem",
        caption=f"Was sich seit dem {report.since} geändert hat, nach Handlungsfeld",
        columns=(Column("Was sich geändert hat", width=80), Column("Betrifft", width=20)),
        rows=tuple(rows),
    )
    rest = Text((line(f"Keine neuen Angaben zu: {german.listing(silent)}."),))
    return [*([table] if rows else []), *([rest] if silent else [])]


def _rows(report: Report, title: str, lines: Sequence[Told]) -> list[Row]:
    """Give a field's rows below its name, the measures first."""
    order = (_MEASURES, _MONEY, _GOALS, _NUMBERS, _WORK)
    terms = sorted(((_TERMS.get(t.table, _WORK), t) for t in lines), key=lambda pair: order.index(pair[0]))
    rows = [Row((Cell.of(_told_line(report, t)), Cell.of(term))) for term, t in terms]
    return [Row((Cell.of(Run(title, strong=True)),), group=True), *rows] if rows else []


def _told_line(report: Report, each: Told) -> Line:
    indicators = {i.id: i for i in report.concept.indicators}
    text = each.text
    if each.table == "messwerte" and each.row["art"] == "ist" and each.kind == HAPPENED:
        text = _value(indicators[each.row["indikator_id"]], each)
    changed = " (geändert)" if each.kind == CHANGED else ""
    return (
        *each.subject,
        Run(f": {text}{changed}." if text else "."),
        *_marks(each.row.get("quelle_id"), each.row.get("fundstelle")),
    )


def _value(indicator: Indicator, each: Told) -> str:
    """Name the newest value of the nearest area and what it was before, and its target."""
    new = [o for o in indicator.actual() if _is_among(o, each.changes)]
    numbers = [o for o in new if o.value is not None]
    if not numbers:
        return each.text
    nearest = min(numbers, key=lambda o: o.area.rank).area
    o = newest(o for o in numbers if o.area == nearest)
    assert o is not None
    own = [p for p in indicator.actual() if (p.area, p.group) == (o.area, o.group)]
    before = newest(p for p in own if not _is_among(p, each.changes) and when(p) < when(o))
    was = f"; zuvor {value_text(indicator, before)}, {before.time}" if before else ""
    group = "" if o.group == "insgesamt" else f", {o.group}"
    aim = next((t for t in indicator.targets() if t.area == o.area and t.value is not None), None)
    target = f"; Sollwert {value_text(indicator, aim)} ({aim.time})" if aim else ""
    rest = len(new) - 1
    more = (
        f"; dazu {german.count(rest, 'Wert', 'Werte', gender='')} anderer Gebiete, Gruppen oder Jahre"
        if rest
        else ""
    )
    return f"{value_text(indicator, o)} {o.area.phrase}{group} ({o.time}{was}){target}{more}"


def _is_among(o: Observation, changes: Sequence[Change]) -> bool:
    return any(
        (c.row["gebiet_id"], c.row["zeit"], c.row["quelle_id"]) == (o.area.id, o.time, o.source.id)
        and c.row["wert"] == o.value
        for c in changes
    )


# Participation, what was due, what comes next


def participation(report: Report) -> list[Block]:
    """Tell which events and contributions are new."""
    lines = [_told_line(report, t) for t in report.parts[PARTICIPATION]]
    return _points(lines, f"Zu Beteiligung und Gremien ist seit dem {report.since} nichts bekannt.")


def _points(lines: Sequence[Line], silence: str) -> list[Block]:
    """List lines, or say what is said in their place."""
    return [Points(tuple(lines)) if lines else Text((line(silence),))]


def missed(report: Report) -> list[Block]:
    """Name what was due between the two states and of which no source says that it was done."""
    text = f"Zwischen dem {report.since} und dem {report.until} ist kein Termin verstrichen, zu dem eine Nachricht fehlt."
    return _points([*_late_measures(report), *_late_events(report)], text)


def _late_measures(report: Report) -> Iterator[Line]:
    """Name measures whose day has passed, those of one day and one silence together."""
    since, stand = report.comparison.before.day, report.concept.stand
    groups = grouped(
        ((f"{due.kind} {due.text}", unreported(m, stand)), m)
        for m in report.concept.measures
        if (due := deadline(m)) and schedule(m, stand) == OVERDUE and due.day > since
    )
    for (day, silent), found in groups.items():
        titles = "; ".join(m.title for m in found)
        noun, are = ("Maßnahme", "ist") if len(found) == 1 else ("Maßnahmen", "sind")
        rest = f" Ob sie erledigt {are}, nennt keine Quelle." if silent else ""
        marks = [mark for m in found for mark in _marks(m.source.id, m.source.passage)]
        yield line(Run(f"{noun} mit {day}", strong=True), f": {titles}.{rest}", *marks)


def _late_events(report: Report) -> Iterator[Line]:
    for e in report.concept.own_events():
        day = e.last_day
        if e.state == "geplant" and day and report.comparison.before.day < day < report.concept.stand:
            text = f": geplant für {e.when}. Ob das stattgefunden hat, nennt keine Quelle."
            yield line(Run(e.title, strong=True), text, *_marks(e.source.id, e.source.passage))


def ahead(report: Report) -> list[Block]:
    """Name what is announced, and which measures are due next."""
    stand = report.concept.stand
    due = [(d, m) for m in report.concept.measures if (d := deadline(m)) and d.day >= stand]
    lines = [
        line(Run(e.title, strong=True), f": {e.when}.", *_marks(e.source.id, e.source.passage))
        for e in report.concept.own_events()
        if e.state == "geplant" and ((day := e.last_day) is None or day >= stand)
    ] + [
        line(Run(m.title, strong=True), f": {d.kind} {d.text}.", *_marks(m.source.id, m.source.passage))
        for d, m in sorted(due, key=lambda pair: pair[0].day)
    ]
    return _points(lines, "Termine nach diesem Stand nennen die Quellen nicht.")


# Corrections, and what the data tell besides


def corrections(report: Report) -> list[Block]:
    """Name each figure and fact that was published otherwise before."""
    lines = report.parts[CORRECTIONS]
    if not lines:
        return [Text((line("Angaben des früheren Stands sind nicht berichtigt worden."),))]
    rows = [Row((Cell.of(t.line), Cell.of(KINDS[t.kind]))) for t in lines]
    unclear = any(t.kind == UNCLEAR for t in lines)
    notes = (
        "„Geändert oder berichtigt“: Die Daten sagen nicht, ob sich die Sache geändert hat oder die frühere Angabe falsch war. "
        "Ein Prüfhinweis zu der Zeile entscheidet es; seine Entscheidung beginnt mit „Geändert“ oder „Berichtigt“."
    )
    return [
        Table(
            label="tab-berichtigungen",
            caption="Angaben, die früher anders lauteten",
            columns=(Column("Angabe", width=75), Column("Art", width=25)),
            rows=tuple(rows),
            notes=(notes,) if unclear else (),
        )
    ]


def records(report: Report) -> list[Block]:
    """Name in short what has only become known, was reworded or has left the data."""
    lines = report.parts[RECORDS]
    if not lines:
        return [Text((line("Weiter hat sich in den Daten nichts geändert."),))]
    text = (
        "Das betrifft die Zeit vor dem früheren Stand, Namen oder den Wortlaut; geschehen ist damit nichts. "
        "„Entfallen“ heißt: nicht mehr in den Daten, nicht erledigt."
    )
    found: list[Block] = [Text((line(text),))]
    for kind in dict.fromkeys(t.kind for t in lines):
        head = line(Run(german.capital(KINDS[kind]), strong=True), ":")
        found += [Text((head,)), Points(tuple(_records([t for t in lines if t.kind == kind])))]
    return found


def _records(lines: Sequence[Told]) -> Iterator[Line]:
    """Give a line for each table, and one for all observations."""
    values = [t for t in lines if t.table == "messwerte"]
    for each in (t for t in lines if t.table != "messwerte"):
        yield (*each.subject, Run(german.sentence(f": {each.text}")))
    if values:
        yield line(
            Run("Messwerte", strong=True), f": {'; '.join(f'{t.subject[0].text}, {t.text}' for t in values)}."
        )


def unknown(report: Report) -> list[Block]:
    """Say what the sources leave out."""
    return [gaps.missing_in_all(report.concept)]
