"""The catalogue of measures: what the sources name for them, and registers to find them."""

from __future__ import annotations

from konzept.concept.grouping import grouped
from konzept.concept.model import Concept, Measure
from konzept.concept.standing import by_status
from konzept.elements.content import Entry, Index, Line, Register, Run, Text, line
from konzept.elements.palette import look_of
from konzept.words import german

_WITHOUT_STATUS = "Status nicht genannt"


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
        rest = (
            f" und nennen dazu {named}" if named else "; Federführung, Zeitraum und Kosten nennen sie nicht"
        )
        said = line("Die Quellen enthalten ", Run("eine Maßnahme", strong=True), f"{rest}.")
    else:
        parts = [f"bei {'allen' if n == total else german.some(n, 'er')} {what}" for n, what in counts]
        rest = f" in {places} nennen die Quellen {german.listing(parts)}."
        said = line("Zu ", Run(f"{german.word(total)} Maßnahmen", strong=True), rest)
    return Text((said,), role="lead")


def register(concept: Concept) -> Register | None:
    """List the measures by field, actor, status and year; None when there is none."""
    if not concept.measures:
        return None
    return Register((_by_field(concept), _by_actor(concept), _by_status(concept), _by_year(concept)))


def _by_field(concept: Concept) -> Index:
    entries = [
        Entry(Run(f"{f.number}. {f.name}"), tuple(map(_link, f.measures)))
        for f in concept.fields
        if f.measures
    ]
    empty = [f.short_name for f in concept.fields if not f.measures]
    note = f"Noch ohne Maßnahmen in den Daten: {german.listing(empty)}." if empty else ""
    return Index("Nach Handlungsfeld", tuple(entries), note)


def _by_actor(concept: Concept) -> Index:
    found = grouped(
        (actor, _link(measure, german.listing(roles)))
        for measure in concept.measures
        for actor, roles in _roles(measure).items()
    )
    entries = [Entry(Run(name), tuple(found[name])) for name in sorted(found, key=str.casefold)]
    silent = sum(not m.responsibilities for m in concept.measures)
    return Index("Nach Zuständigen", tuple(entries), _left_out(silent, "keine Zuständigen"))


def _roles(measure: Measure) -> dict[str, list[str]]:
    return grouped((r.actor, r.role.label) for r in measure.responsibilities)


def _by_status(concept: Concept) -> Index:
    entries = []
    for status, measures in by_status(concept.measures).items():
        head = Run(status.label, status=look_of(status)) if status else Run(_WITHOUT_STATUS)
        entries.append(Entry(head, tuple(map(_link, measures))))
    return Index("Nach Status", tuple(entries), "")


def _by_year(concept: Concept) -> Index:
    found = grouped(
        (year, _link(measure, german.listing(reasons)))
        for measure in concept.measures
        for year, reasons in _years(measure).items()
    )
    silent = sum(not _years(m) for m in concept.measures)
    entries = tuple(Entry(Run(str(year)), tuple(found[year])) for year in sorted(found))
    return Index("Nach Jahr", entries, _left_out(silent, "kein Jahr"))


def _years(measure: Measure) -> dict[int, list[str]]:
    """Name the years that a measure's dates and costs fall in, and which of them."""
    points = [(measure.start.year, "Beginn")] if measure.start else []
    points += [(measure.end.year, "Ende")] if measure.end else []
    points += [(cost.year, "Kosten") for cost in measure.costs if cost.year]
    return grouped(dict.fromkeys(points))


def _link(measure: Measure, remark: str = "") -> Line:
    title = Run(measure.title, target=measure.id)
    return line(title, Run(f" ({remark})", muted=True)) if remark else line(title)


def _left_out(silent: int, what: str) -> str:
    if not silent:
        return ""
    return f"Nicht aufgeführt: {german.count(silent, 'Maßnahme', 'Maßnahmen')}, für die die Quellen {what} nennen."
