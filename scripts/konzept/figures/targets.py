"""What is aimed at and what was measured last: a row for each target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from konzept import german
from konzept.concept.citing import cited
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.values import (
    at,
    digits_of,
    exact_text,
    newest,
    target_words,
    value_text,
)
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.axes import fewer, scale, tick_texts
from konzept.figures.indicator import area_names, difference_unit, observations_csv, unit_text
from konzept.figures.rows import LINE, Rows
from konzept.figures.template import MAIN, PAPER, SIZE, TARGET, TEXT, fit, safe, text_width
from konzept.views import indicator_view

_MARKS = 26
"""Height of the marks between a row's two labels, in px."""
_AXIS = 30
_MARK = 17
_NOTES = 3
"""More remarks on targets than this stand in the CSV file only."""
_EVERYONE = "insgesamt"


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
        None when no target has an actual value to stand beside; `target_sentence` says what there is.
    """
    pairs = pairs_of(concept, indicator)
    drawn = [(p.target, p.actual) for p in pairs if p.actual]
    if not drawn:
        return None
    shown = [o for p in pairs for o in (p.actual, p.target) if o]
    label = f"abb-soll-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(indicator, pairs),
        subtitle=f"{unit_text(indicator)}; Sollwerte und neueste Ist-Werte; {area_names(shown)}.",
        caption=f"Soll und Ist: {indicator.name}",
        reading=_reading_aid(pairs),
        method=_method(indicator, pairs),
        sources=cited([o.source for o in shown]),
        wide=_Chart(indicator, drawn, narrow=False).draw(),
        narrow=_Chart(indicator, drawn, narrow=True).draw(),
        data=_data_table(label, indicator, pairs),
        csv=observations_csv(indicator, dict.fromkeys(shown)),
        view=indicator_view(indicator.id),
    )


def target_sentence(concept: Concept, indicator: Indicator) -> str:
    """Say which targets there are, in words alone; empty when none has a number."""
    pairs = pairs_of(concept, indicator)
    return finding(indicator, pairs) if pairs else ""


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
    parts = [f"{_one(n)} {words}" for n, words in [*counts, (silent, "ohne Ist-Wert")] if n]
    return (
        f"{german.capital(german.word(len(pairs)))} Sollwerte zu „{indicator.name}“: {german.listing(parts)}."
    )


def _one(n: int) -> str:
    return "einer" if n == 1 else german.word(n)


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
    return "" if target.group == _EVERYONE else f" ({target.group})"


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
    parts = ["Offene Rauten stehen für Sollwerte, Kreise für den neuesten Ist-Wert"]
    if any(p.actual and p.actual.precision == "circa" for p in pairs):
        parts.append("Hohle Kreise stehen für ungefähre Angaben")
    if not all(p.actual for p in pairs):
        parts.append("Sollwerte ohne Ist-Wert stehen nur in der Datentabelle")
    return " ".join(f"{part}." for part in parts)


def _method(indicator: Indicator, pairs: list[Pair]) -> str:
    parts = [(indicator.definition or "").rstrip(".")]
    if any(p.target.target_kind == "abgeleitet" for p in pairs):
        parts.append("Abgeleitete Sollwerte sind nicht beschlossen")
    notes = list(dict.fromkeys(p.target.note.rstrip(".") for p in pairs if p.target.note))
    if len(notes) <= _NOTES:
        parts += [f"Zum Sollwert: {note}" for note in notes]
    if indicator.reference:
        parts.append(f"Kennziffer: {indicator.reference}")
    return " ".join(f"{part}." for part in parts if part)


def _data_table(label: str, indicator: Indicator, pairs: list[Pair]) -> Table:
    def cell(o: Observation) -> str:
        return f"{exact_text(indicator, o)} ({target_words(o) if o.kind == 'soll' else o.time})"

    rows = [
        (
            p.target.area.name,
            p.target.group,
            cell(p.actual) if p.actual else f"kein Ist-Wert{_why(indicator, p.target)}",
            cell(p.target),
            distance(indicator, p),
        )
        for p in pairs
    ]
    columns = (
        Column("Gebiet"),
        Column("Gruppe"),
        Column("Ist", numeric=True),
        Column("Soll", numeric=True),
        Column("Abstand"),
    )
    return Table(f"{label}-daten", "", columns, tuple(Row(tuple(map(Cell.of, row))) for row in rows))


class _Chart:
    """Lays out and draws pairs of target and actual value in one of the two widths."""

    def __init__(
        self, indicator: Indicator, pairs: list[tuple[Observation, Observation]], *, narrow: bool
    ) -> None:
        self.indicator, self.pairs = indicator, pairs
        names = [f"{target.area.name}, {target.group}" for target, _ in pairs]
        # The labels' lines depend on the width that the names leave, which depends on the names alone.
        width = Rows(names, [0] * len(names), strong=len(pairs), narrow=narrow).width
        self.labels = [[fit(text, width) for text in self._texts(*pair)] for pair in pairs]
        tall = max(max(len(lines) for lines in labels) for labels in self.labels)
        heights = [_MARKS + 2 * LINE * tall] * len(pairs)
        self.rows = Rows(names, heights, strong=len(pairs), narrow=narrow)
        self._scale(width)

    def _scale(self, width: float) -> None:
        """Let the axis hold zero and all values."""
        values = [o.value or 0 for pair in self.pairs for o in pair]
        self.high, ticks = scale(values)
        lowest = min(0.0, *values)
        self.low = lowest - 0.06 * (self.high - lowest) if lowest else lowest
        ticks = [t for t in ticks if t >= self.low]
        self.ticks = fewer(ticks, [text_width(t) for t in tick_texts(self.indicator, ticks)], width)

    def draw(self) -> go.Figure:
        """Draw the chart."""
        chart = self.rows.chart(self.low, self.high, below=_AXIS)
        chart.update_xaxes(tickvals=self.ticks, ticktext=tick_texts(self.indicator, self.ticks))
        for pair, labels, y in zip(self.pairs, self.labels, self.rows.middles, strict=True):
            self._draw_pair(chart, *pair, y)
            # The actual value is written above the marks, the target below them.
            for o, lines, side in zip(pair, labels, (1, -1), strict=True):
                self._write(chart, o, lines, y + side * (_MARKS / 2 + LINE * len(lines) / 2))
        return chart

    def _texts(self, target: Observation, actual: Observation) -> tuple[str, str]:
        """Give the labels of target and actual value."""
        return (
            f"Soll {value_text(self.indicator, target)} ({target_words(target)})",
            f"Ist {value_text(self.indicator, actual)} ({actual.time})",
        )

    def _draw_pair(self, chart: go.Figure, target: Observation, actual: Observation, y: float) -> None:
        """Draw the target first: an actual value that meets it lies within the diamond."""
        chart.add_scatter(
            x=[actual.value, target.value],
            y=[y, y],
            mode="lines",
            hoverinfo="skip",
            line={"color": TARGET, "width": 2, "dash": "5px,4px"},
        )
        self._mark(chart, target, y, symbol="diamond", size=_MARK, colour=TARGET, hollow=True)
        self._mark(chart, actual, y, symbol="circle", size=10, colour=MAIN)

    def _mark(
        self,
        chart: go.Figure,
        o: Observation,
        y: float,
        *,
        symbol: str,
        size: int,
        colour: str,
        hollow: bool = False,
    ) -> None:
        kind = "Soll" if o.kind == "soll" else "Ist"
        words = target_words(o) if o.kind == "soll" else o.time
        text = (
            f"{kind} {value_text(self.indicator, o)} ({safe(words)})<br>{safe(o.area.name)}, {safe(o.group)}"
        )
        hollow = hollow or o.precision == "circa"
        chart.add_scatter(
            x=[o.value],
            y=[y],
            mode="markers",
            cliponaxis=False,
            marker={
                "opacity": 1,
                "symbol": symbol,
                "size": size,
                "color": PAPER if hollow else colour,
                "line": {"color": colour, "width": 2.5 if hollow else 0},
            },
            customdata=[text],
            hovertemplate="%{customdata}<extra></extra>",
        )

    def _write(self, chart: go.Figure, o: Observation, lines: list[str], y: float) -> None:
        """Write a label centred on its value, or from the chart's edge on where that is too near."""
        place = ((o.value or 0) - self.low) / (self.high - self.low) * self.rows.width
        half = max(text_width(part, SIZE - 1) for part in lines) / 2
        anchor, shift = "center", 0.0
        if place < half:
            anchor, shift = "left", -place
        elif place > self.rows.width - half:
            anchor, shift = "right", self.rows.width - place
        self._annotate(chart, o, lines, y, anchor=anchor, shift=shift)

    def _annotate(
        self, chart: go.Figure, o: Observation, lines: list[str], y: float, *, anchor: str, shift: float
    ) -> None:
        chart.add_annotation(
            x=o.value,
            y=y,
            xanchor=anchor,
            xshift=shift,
            yanchor="middle",
            align=anchor,
            borderpad=0,
            text="<br>".join(map(safe, lines)),
            font={"size": SIZE - 1, "color": TEXT},
        )
