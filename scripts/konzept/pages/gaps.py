"""What the sources do not say: of one field, once in its chapter, and of the whole concept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from konzept import german
from konzept.concept.model import ActionField, Concept, Indicator, Measure
from konzept.concept.steering import adoption, decisions, last_step
from konzept.content import Line, Points, Run, Text, line
from konzept.words import STATUSES


@dataclass(frozen=True)
class Gap:
    """One thing on which the sources say nothing."""

    about: str
    """What it belongs to: a heading in the list."""
    text: str


CONTENT, MEASURES, NUMBERS, PARTICIPATION = "Inhalt", "Maßnahmen", "Zahlen", "Beteiligung"


def gaps(concept: Concept, field: ActionField) -> tuple[Gap, ...]:
    """List what the data lack for a field; the chapter says it nowhere else."""
    return (
        *(Gap(CONTENT, text) for text in _content(field)),
        *(Gap(MEASURES, text) for text in _measures(field.measures)),
        *(Gap(NUMBERS, text) for text in _numbers(concept, field.indicators)),
        *(Gap(PARTICIPATION, text) for text in _participation(field)),
    )


def _content(field: ActionField) -> list[str]:
    lacking = [
        ("ein Schwerpunkt", bool(field.focus or field.themes_of("schwerpunkt"))),
        ("Herausforderungen", bool(field.themes_of("herausforderung"))),
        ("Bedarfe", bool(field.themes_of("bedarf"))),
        ("Stärken", bool(field.themes_of("staerke"))),
        ("bestehende Angebote", bool(field.offers)),
        ("Ziele", bool(field.goals)),
        ("Maßnahmen", bool(field.measures)),
    ]
    return [text for text, known in lacking if not known]


def _measures(measures: Sequence[Measure]) -> list[str]:
    """Say once how many measures lack what; the most first."""
    lacking = [
        ("Ziel", sum(not m.goal_ids for m in measures)),
        ("Beginn und Ende", sum(m.start is None and m.end is None for m in measures)),
        ("Federführung", sum(not m.actors("federfuehrend") for m in measures)),
        ("Kosten", sum(not m.costs for m in measures)),
        ("Status", sum(m.status is None for m in measures)),
    ]
    counts = sorted({n for _, n in lacking if n}, reverse=True)
    told = [(german.listing([what for what, lack in lacking if lack == n]), n) for n in counts]
    return [f"{what} {_of_measures(n, len(measures), noun=not i)}" for i, (what, n) in enumerate(told)]


def _of_measures(n: int, total: int, *, noun: bool) -> str:
    """Count measures; the noun is said the first time."""
    if total == 1:
        return "für die einzige Maßnahme"
    if n == total:
        return f"für alle {german.word(total)} Maßnahmen"
    return f"für {german.some(n)} von {german.word(total)}{' Maßnahmen' if noun else ''}"


def _numbers(concept: Concept, indicators: Sequence[Indicator]) -> list[str]:
    if not indicators:
        return ["ein Indikator"]
    silent = [i for i in indicators if not i.actual()]
    foreign = [i for i in indicators if i.actual() and not _own(concept, i)]
    found = []
    if silent:
        found.append(f"Werte {_of_indicators(len(silent), len(indicators))}")
    if foreign:
        few = "einem Indikator" if len(foreign) == 1 else f"{german.word(len(foreign))} Indikatoren"
        found.append(f"eigene Werte für {concept.town.name} zu {few} mit Werten anderer Gebiete")
    if not any(o.target_kind == "beschlossen" for i in indicators for o in i.targets()):
        found.append("beschlossene Sollwerte und Fristen")
    return found


def _own(concept: Concept, indicator: Indicator) -> bool:
    return any(o.area.id == concept.town.area_id for o in indicator.actual())


def _of_indicators(n: int, total: int) -> str:
    if n == total:
        return "zum einzigen Indikator" if n == 1 else f"zu allen {german.word(total)} Indikatoren"
    return f"zu {'einem' if n == 1 else german.word(n)} von {german.word(total)} Indikatoren"


def _participation(field: ActionField) -> list[str]:
    groups = [body for body in field.bodies if body.kind == "arbeitsgruppe"]
    crosscutting = field.kind == "uebergreifend"
    lacking = [
        ("eine eigene Arbeitsgruppe", bool(groups) or crosscutting),
        ("Mitglieder der Arbeitsgruppe", not groups or any(g.members for g in groups)),
        ("einzelne Vorschläge und ihre Folgen", bool(field.contributions)),
    ]
    return [text for text, known in lacking if not known]


def missing(concept: Concept, field: ActionField) -> Points | Text:
    """Say in a few lines what is missing for a field."""
    found = gaps(concept, field)
    if not found:
        return Text(
            (line("Die Quellen beantworten alle Fragen, die dieses Buch zu einem Handlungsfeld stellt."),)
        )
    kinds = dict.fromkeys(gap.about for gap in found)
    return Points(tuple(_line(kind, [g.text for g in found if g.about == kind]) for kind in kinds))


def _line(kind: str, texts: Sequence[str]) -> Line:
    """List what is missing of a kind; a semicolon parts what has an "und" of its own."""
    parted = any(" und " in text for text in texts)
    listed = "; ".join(texts) if parted else german.listing(list(texts))
    return line(Run(f"{kind}: ", strong=True), f"{listed}.")


def missing_in_all(concept: Concept) -> Points | Text:
    """Say what is missing for the whole concept: the text adopted, newer reports, decisions, leads, dates, money, numbers."""
    lines = [
        *_text_adopted(concept),
        *_since(concept),
        *_of_all_measures(concept.measures),
        *_of_fields(concept),
        *_of_all_indicators(concept),
    ]
    if not lines:
        return Text((line("Die Quellen beantworten alle Fragen, die diese Seite stellt."),))
    return Points(tuple(lines))


def _text_adopted(concept: Concept) -> list[Line]:
    found = adoption(concept)
    if concept.package.official or found is None or found.state != "erfolgt":
        return []
    return [line(Run("Der Beschluss: ", strong=True), "Der Text des beschlossenen Konzepts liegt nicht vor.")]


def _since(concept: Concept) -> list[Line]:
    last = last_step(concept.measures)
    if last is None or last.day >= concept.stand:
        return []
    lines = [
        line(
            Run("Der Stand: ", strong=True),
            f"Was nach dem {german.long_date(last.day)} aus den Maßnahmen geworden ist.",
        )
    ]
    if decisions(concept).unknown:
        lines.append(line(Run("Das Geld: ", strong=True), "Ob über die angemeldeten Mittel entschieden ist."))
    return lines


def _of_all_measures(measures: Sequence[Measure]) -> list[Line]:
    texts = _measures([m for m in measures if m.status is None or STATUSES[m.status].on_path])
    return [_line("Die Maßnahmen", texts)] if texts else []


def _of_fields(concept: Concept) -> list[Line]:
    empty = [f"„{f.name}“" for f in concept.fields if not f.measures and not f.goals]
    return [line(Run("Ziele und Maßnahmen: ", strong=True), f"für {german.listing(empty)}.")] if empty else []


def _of_all_indicators(concept: Concept) -> list[Line]:
    own = [i for i in concept.indicators if _own(concept, i)]
    total = len(concept.indicators)
    if not total or len(own) == total:
        return []
    few = {0: "keinem", 1: "einem"}.get(len(own), german.word(len(own)))
    text = f"Eigene Werte für {concept.town.name} liegen zu {few} von {german.word(total)} Indikatoren vor."
    return [line(Run("Die Zahlen: ", strong=True), text)]


_LISTED = 5
"""So many indicators of a field are named; more are counted."""


def missing_own(concept: Concept) -> Points | Text:
    """Say field by field on what the town has no values of its own, and what there is for its districts."""
    groups = [("Übergreifend", [i for i in concept.indicators if i.field_id is None])]
    groups += [(f.short_name, list(f.indicators)) for f in concept.fields]
    foreign = [(name, [i for i in found if i.actual() and not _local(i)]) for name, found in groups]
    lines = [_names(name, found) for name, found in foreign if found]
    lines += _nowhere(groups)
    if districts := _of_districts(concept):
        lines.append(districts)
    if not lines:
        return Text((line(f"Zu allen Indikatoren liegen eigene Werte {concept.town.genitive} vor."),))
    return Points(tuple(lines))


def _nowhere(groups: Sequence[tuple[str, Sequence[Indicator]]]) -> list[Line]:
    """Name the fields with indicators that no source gives a value of."""
    silent = [(name, [not i.actual() for i in found]) for name, found in groups]
    whole = [name for name, lacks in silent if lacks and all(lacks)]
    partly = [name for name, lacks in silent if any(lacks) and not all(lacks)]
    parts = [
        f"{what} zu {german.listing(names)}"
        for what, names in (("alle Indikatoren", whole), ("einzelne", partly))
        if names
    ]
    return [line(Run("Auch anderswo ohne Werte: ", strong=True), f"{'; '.join(parts)}.")] if parts else []


def _local(indicator: Indicator) -> bool:
    """Tell whether there are values of the town itself or of its districts."""
    return any(o.area.own or o.area.level == "ortsteil" for o in indicator.actual())


def _names(head: str, found: Sequence[Indicator]) -> Line:
    more = len(found) - _LISTED
    names = [i.name for i in found[: _LISTED if more > 1 else None]]
    return _line(head, [*names, *([f"{german.word(more)} weitere Indikatoren"] if more > 1 else [])])


def _of_districts(concept: Concept) -> Line | None:
    found = [i for i in concept.indicators if any(o.area.level == "ortsteil" for o in i.actual())]
    total = len(concept.indicators)
    if not found or len(found) == total:
        return None
    names = german.listing([f"„{i.name}“" for i in found])
    return line(Run("Ortsteile: ", strong=True), f"alle Indikatoren außer {names}.")
