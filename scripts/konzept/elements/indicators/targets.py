"""What is aimed at and what was measured last: a row for each target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from konzept.concept.citing import cited
from konzept.concept.findings import EVERYONE, difference_unit
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.values import at, digits_of, exact_text, newest, target_words, value_text
from konzept.elements.content import Figure, Text
from konzept.elements.drawing.drawn_or_said import in_words
from konzept.elements.drawing.template import MAIN, TARGET, safe
from konzept.elements.explorer.choices import indicator_view
from konzept.elements.indicators.dumbbell import Dumbbell, Mark
from konzept.elements.indicators.figure import area_names, observations_csv, unit_text
from konzept.elements.tables import data_of
from konzept.words import german

_NOTES = 3
"""More remarks on targets than this stand in the CSV file only."""


@dataclass(frozen=True)
class Pair:
    """A target, and the newest actual value of its area and group."""

    target: Observation
    actual: Observation | None

    @property
    def gap(self) -> Decimal | None:
        """How far the actual value lies above the target."""
        return None if self.actual is None else _exact(self.actual) - _exact(self.target)

    def met(self, indicator: Indicator) -> bool | None:
        """Tell whether the target is met; None when that cannot be said."""
        if self.gap is None or indicator.direction == "keine":
            return None
        return self.gap >= 0 if indicator.direction == "hoeher" else self.gap <= 0


def target_figure(concept: Concept, indicator: Indicator) -> Figure | None:
    """Show an indicator's targets beside the newest actual values.

    Returns
    -------
    Figure or None
        None when no target has an actual value to stand beside; `target_text` says what there is.
    """
    pairs = pairs_of(concept, indicator)
    drawn = [(p.target, p.actual) for p in pairs if p.actual]
    if not drawn:
        return None
    shown = [o for p in pairs for o in (p.actual, p.target) if o]
    return Figure(
        label=f"abb-soll-{indicator.id}",
        finding=finding(indicator, pairs),
        subtitle=f"{unit_text(indicator)}; Sollwerte und neueste Ist-Werte; {area_names(shown)}.",
        caption=f"Soll und Ist: {indicator.name}",
        reading=_reading_aid(pairs),
        method=_method(indicator, pairs),
        sources=cited([o.source for o in shown]),
        wide=_chart(indicator, drawn, narrow=False),
        narrow=_chart(indicator, drawn, narrow=True),
        data=data_of(
            ("Gebiet", "Gruppe", "Ist", "Soll", "Abstand"),
            [_row(indicator, pair) for pair in pairs],
            numeric=("Ist", "Soll"),
        ),
        csv=observations_csv(indicator, dict.fromkeys(shown)),
        points=len({o for pair in drawn for o in pair}),
        view=indicator_view(indicator.id),
    )


def target_text(concept: Concept, indicator: Indicator) -> Text | None:
    """Say which targets there are, with their sources; None when none has a number."""
    pairs = pairs_of(concept, indicator)
    if not pairs:
        return None
    sources = cited([o.source for p in pairs for o in (p.actual, p.target) if o])
    return in_words(f"abb-soll-{indicator.id}", indicator.name, [finding(indicator, pairs)], sources)


def pairs_of(concept: Concept, indicator: Indicator) -> list[Pair]:
    """Give each target its newest actual value, the town's own first."""
    aims = [o for o in indicator.targets() if o.value is not None]
    aims.sort(key=lambda o: o.area.rank)
    return [Pair(o, newest(a for a in indicator.actual() if _same(a, o))) for o in aims]


def _same(one: Observation, other: Observation) -> bool:
    return one.area == other.area and one.group == other.group


def _exact(o: Observation) -> Decimal:
    return Decimal(str(o.value))


def finding(indicator: Indicator, pairs: list[Pair]) -> str:
    """State target and actual value of a single pair; of several, how many are met."""
    if len(pairs) == 1:
        return _of_one(indicator, pairs[0])
    met = [p.met(indicator) for p in pairs if p.actual]
    silent = len(pairs) - len(met)
    if indicator.direction == "keine":
        counts = [(len(met), "mit Ist-Wert")]
    else:
        counts = [(met.count(True), "erreicht"), (met.count(False), "nicht erreicht")]
    parts = [f"{german.some(n, 'er')} {words}" for n, words in [*counts, (silent, "ohne Ist-Wert")] if n]
    return (
        f"{german.capital(german.word(len(pairs)))} Sollwerte zu „{indicator.name}“: {german.listing(parts)}."
    )


def _of_one(indicator: Indicator, pair: Pair) -> str:
    target, actual = pair.target, pair.actual
    aim = value_text(indicator, target)
    if actual is None:
        whom = _whom(indicator, target)
        return (
            f"Zu „{indicator.name}“ ist für {whom} ein Sollwert von {aim} {target_words(target)}; "
            f"ein Ist-Wert für {whom} liegt nicht vor{_why(indicator, target)}."
        )
    phrase = indicator.phrase or f"der Wert „{indicator.name}“"
    value = value_text(indicator, actual)
    when = f" {at(actual)}" if actual.year else ""
    place = german.capital(target.area.phrase)
    return (
        f"{place} lag {phrase}{_group(target)}{when} bei {value}, "
        f"{_side(pair, least=Decimal(1).scaleb(-digits_of(indicator)))} dem Sollwert von {aim} ({target_words(target)})."
    )


def _group(target: Observation) -> str:
    return "" if target.group == EVERYONE else f" ({target.group})"


def _whom(indicator: Indicator, target: Observation) -> str:
    """Name the area, and the group when the area's other groups have values."""
    several = any(o.area == target.area and o.group != target.group for o in indicator.actual())
    return f"{target.area.name} ({target.group})" if several else f"{target.area.name}{_group(target)}"


def _side(pair: Pair, least: Decimal = Decimal(0)) -> str:
    """Say on which side of the target the value lies; "knapp" when that is less than the last digit shown."""
    if not pair.gap:
        return "genau auf"
    side = "über" if pair.gap > 0 else "unter"
    return f"knapp {side}" if abs(pair.gap) < least else side


def _why(indicator: Indicator, target: Observation) -> str:
    """Say why there is no actual value, where the data tell."""
    kinds = {o.precision for o in indicator.actual() if _same(o, target)}
    if "gesperrt" in kinds:
        return " (gesperrt)"
    return " (nur eine Richtung ist genannt)" if "nur_trend" in kinds else ""


def distance(indicator: Indicator, pair: Pair) -> str:
    """Put the distance between value and target in words, and whether the target is met."""
    if pair.actual is None or pair.gap is None:
        return f"kein Ist-Wert{_why(indicator, pair.target)}"
    met = {True: ", erreicht", False: ", nicht erreicht", None: ""}[pair.met(indicator)]
    if not pair.gap:
        return f"genau auf dem Sollwert{met}"
    gap = abs(pair.gap)
    circa = "circa" in (pair.actual.precision, pair.target.precision)
    return f"{german.quantity(gap, difference_unit(indicator, gap), circa=circa)} {_side(pair)} dem Sollwert{met}"


def _reading_aid(pairs: list[Pair]) -> str:
    circa = any(p.actual and p.actual.precision == "circa" for p in pairs)
    return german.sentences(
        "Offene Rauten stehen für Sollwerte, Kreise für den neuesten Ist-Wert",
        "Hohle Kreise stehen für ungefähre Angaben" if circa else "",
        "" if all(p.actual for p in pairs) else "Sollwerte ohne Ist-Wert stehen nur in der Datentabelle",
    )


def _method(indicator: Indicator, pairs: list[Pair]) -> str:
    derived = any(p.target.target_kind == "abgeleitet" for p in pairs)
    notes = dict.fromkeys(p.target.note.rstrip(".") for p in pairs if p.target.note)
    return german.sentences(
        indicator.definition or "",
        "Abgeleitete Sollwerte sind nicht beschlossen" if derived else "",
        *(f"Zum Sollwert: {note}" for note in notes if len(notes) <= _NOTES),
    )


def _row(indicator: Indicator, pair: Pair) -> tuple[str, ...]:
    def cell(o: Observation) -> str:
        return f"{exact_text(indicator, o)} ({target_words(o) if o.kind == 'soll' else o.time})"

    actual = cell(pair.actual) if pair.actual else f"kein Ist-Wert{_why(indicator, pair.target)}"
    area, group = pair.target.area.name, pair.target.group
    return area, group, actual, cell(pair.target), distance(indicator, pair)


def _chart(indicator: Indicator, pairs: list[tuple[Observation, Observation]], *, narrow: bool) -> go.Figure:
    """Draw a row for each pair, the actual value above: one that meets its target lies within the diamond."""
    names = [f"{target.area.name}, {target.group}" for target, _ in pairs]
    rows = [
        (_mark(indicator, actual, "Ist", actual.time), _mark(indicator, target, "Soll", target_words(target)))
        for target, actual in pairs
    ]
    return Dumbbell(indicator, names, rows, narrow=narrow, join=(TARGET, "5px,4px")).draw()


def _mark(indicator: Indicator, o: Observation, kind: str, words: str) -> Mark:
    text = f"{kind} {value_text(indicator, o)} ({words})"
    aim = kind == "Soll"
    return Mark(
        observation=o,
        value="",
        text=text,
        hover=f"{safe(text)}<br>{safe(o.area.name)}, {safe(o.group)}",
        symbol="diamond" if aim else "circle",
        size=17 if aim else 10,
        colour=TARGET if aim else MAIN,
        hollow=aim or o.precision == "circa",
    )
