"""What the sources do not say: of one field, once in its chapter, and of the whole concept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from konzept.concept.model import ActionField, Concept, Indicator, Measure
from konzept.elements.content import Line, Points, Run, Text, line
from konzept.words import german


@dataclass(frozen=True)
class Gap:
    """One thing on which the sources say nothing."""

    about: str
    """What it belongs to: a heading in the list."""
    text: str


CONTENT, MEASURES, NUMBERS, PARTICIPATION = "Inhalt", "Maßnahmen", "Zahlen", "Beteiligung"

_NO_TARGETS = Gap(NUMBERS, "beschlossene Sollwerte und Fristen")
_SAID = "Aussagen zu "
"""What is said of themes; several share the word."""


def gaps(concept: Concept, field: ActionField) -> tuple[Gap, ...]:
    """List what the data lack for a field and not for every field; the chapter says it nowhere else."""
    common = everywhere(concept)
    return tuple(gap for gap in _of_field(concept, field) if gap not in common)


def everywhere(concept: Concept) -> tuple[Gap, ...]:
    """List what the data lack for every field; the book says it once. What is counted stays with its field."""
    if len(concept.fields) < 2:
        return ()
    found = [(field, _of_field(concept, field)) for field in concept.fields]
    return tuple(
        gap
        for gap in dict.fromkeys(gap for _, own in found for gap in own)
        if gap == _NO_TARGETS or gap.about in (CONTENT, PARTICIPATION)
        if all(gap in own or (gap == _NO_TARGETS and not field.indicators) for field, own in found)
    )


def _of_field(concept: Concept, field: ActionField) -> tuple[Gap, ...]:
    return (
        *(Gap(CONTENT, text) for text in _content(field)),
        *(Gap(MEASURES, text) for text in _measures(field.measures)),
        *_numbers(concept, field.indicators),
        *(Gap(PARTICIPATION, text) for text in _participation(field)),
    )


def _content(field: ActionField) -> list[str]:
    lacking = [
        ("ein Schwerpunkt", bool(field.focus or field.themes_of("schwerpunkt"))),
        (f"{_SAID}Herausforderungen", bool(field.themes_of("herausforderung"))),
        (f"{_SAID}Bedarfen", bool(field.themes_of("bedarf"))),
        (f"{_SAID}Stärken", bool(field.themes_of("staerke"))),
        ("bestehende Angebote", bool(field.offers)),
        ("Ziele", bool(field.goals)),
        ("Maßnahmen", bool(field.measures)),
    ]
    return [text for text, known in lacking if not known]


def _measures(measures: Sequence[Measure], *, without: Sequence[str] = ()) -> list[str]:
    """Say once how many measures lack what, but for what is said elsewhere; the most first."""
    lacking = [
        ("Ziel", sum(not m.goal_ids for m in measures)),
        ("Beginn und Ende", sum(m.start is None and m.end is None for m in measures)),
        ("Federführung", sum(not m.actors("federfuehrend") for m in measures)),
        ("Kosten", sum(not m.costs for m in measures)),
        ("Status", sum(m.status is None for m in measures)),
    ]
    lacking = [(what, n) for what, n in lacking if what not in without]
    counts = sorted({n for _, n in lacking if n}, reverse=True)
    told = [(german.listing([what for what, lack in lacking if lack == n]), n) for n in counts]
    return [f"{what} {_of_measures(n, len(measures), noun=not i)}" for i, (what, n) in enumerate(told)]


def _of_measures(n: int, total: int, *, noun: bool) -> str:
    """Count measures; the noun is said the first time."""
    if total == 1:
        return "für die einzige Maßnahme"
    if n == total:
        return f"für {german.all_of(total, 'Maßnahmen')}"
    return f"für {german.some(n)} von {german.word(total)}{' Maßnahmen' if noun else ''}"


def _numbers(concept: Concept, indicators: Sequence[Indicator]) -> list[Gap]:
    if not indicators:
        return [Gap(NUMBERS, "ein Indikator")]
    total = len(indicators)
    silent = sum(not i.actual() for i in indicators)
    foreign = sum(bool(i.actual()) and not i.own() for i in indicators)
    parts = [f"Werte {_of_indicators(silent, total)}"] if silent else []
    if foreign:
        more = f"zu {'einem' if foreign == 1 else german.word(foreign)} weiteren"
        parts.append(
            f"{more if silent else _of_indicators(foreign, total)} gibt es nur Werte anderer Gebiete"
        )
    found = [Gap(NUMBERS, "; ".join(parts))] if parts else []
    decided = any(o.target_kind == "beschlossen" for i in indicators for o in i.targets())
    return found if decided else [*found, _NO_TARGETS]


def _of_indicators(n: int, total: int) -> str:
    if n == total:
        return "zum einzigen Indikator" if n == 1 else f"zu {german.all_of(total, 'Indikatoren', 'en')}"
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
    if not found and everywhere(concept):
        return Text((line("Hier fehlt nur, was in allen Handlungsfeldern fehlt."),))
    if not found:
        return Text(
            (line("Die Quellen beantworten alle Fragen, die dieses Buch zu einem Handlungsfeld stellt."),)
        )
    kinds = dict.fromkeys(gap.about for gap in found)
    return Points(tuple(_line(kind, [g.text for g in found if g.about == kind]) for kind in kinds))


def _line(kind: str, texts: Sequence[str]) -> Line:
    """List what is missing of a kind; a semicolon parts what has an "und" of its own."""
    texts = _together(texts)
    parted = any(" und " in text for text in texts)
    listed = "; ".join(texts) if parted else german.listing(list(texts))
    return line(Run(f"{kind}: ", strong=True), f"{listed}.")


def _together(texts: Sequence[str]) -> list[str]:
    """Let texts that begin alike share their beginning."""
    named = [text.removeprefix(_SAID) for text in texts if text.startswith(_SAID)]
    told = [f"{_SAID}{german.listing(named)}" if text.startswith(_SAID) else text for text in texts]
    return list(dict.fromkeys(told))


def missing_in_all(concept: Concept) -> Points | Text:
    """Say what is missing for the whole concept beside leads, dates, money and what is to be asked."""
    common = [gap.text for gap in everywhere(concept)]
    lines = [
        *_of_all_measures(concept.measures),
        *_of_fields(concept),
        *([_line("Alle Handlungsfelder", common)] if common else []),
        *_of_all_indicators(concept),
    ]
    if not lines:
        return Text((line("Die Quellen beantworten alle anderen Fragen, die diese Seite stellt."),))
    return Points(tuple(lines))


def _of_all_measures(measures: Sequence[Measure]) -> list[Line]:
    counted = [m for m in measures if m.status is None or m.status.on_path]
    texts = _measures(counted, without=("Beginn und Ende", "Federführung", "Kosten"))
    return [_line("Die Maßnahmen", texts)] if texts else []


def _of_fields(concept: Concept) -> list[Line]:
    empty = [f.short_name for f in concept.fields if not f.measures and not f.goals]
    if len(empty) == len(concept.fields) > 1:  # what is missing for every field has a line of its own
        return []
    return (
        [line(Run("Ohne Ziele und Maßnahmen: ", strong=True), f"{german.listing(empty)}.")] if empty else []
    )


def _of_all_indicators(concept: Concept) -> list[Line]:
    own = [i for i in concept.indicators if i.own()]
    total = len(concept.indicators)
    if not total or len(own) == total:
        return []
    text = f"Eigene Werte für {concept.town.whom} liegen zu {german.some(len(own), 'em')} von {german.word(total)} Indikatoren vor."
    return [line(Run("Die Zahlen: ", strong=True), text)]


def missing_own(concept: Concept) -> Text:
    """Count on what the town has no values of its own, and name the fields without any."""
    total = len(concept.indicators)
    foreign = sum(not i.own() for i in concept.indicators)
    if not total:
        return Text((line("Kennzahlen stehen noch keine in den Daten."),))
    if not foreign:
        return Text((line(f"Zu allen Kennzahlen liegen eigene Werte {concept.town.genitive} vor."),))
    opening = f"Zu {german.some(foreign, 'er')} von {german.word(total)} Kennzahlen gibt es keinen Wert für {concept.town.whom} selbst"
    whole = [f.short_name for f in concept.fields if f.indicators and not any(i.own() for i in f.indicators)]
    rest = f"; darunter sind alle zu {german.listing(whole)}" if whole else ""
    return Text((line(f"{opening}{rest}."),))
