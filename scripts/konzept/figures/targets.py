"""What is aimed at and what was measured last: a row for each target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from konzept import german
from konzept.concept.citing import cited
from konzept.concept.model import Concept, Indicator, Observation
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.axes import fewer, scale, tick_texts
from konzept.figures.indicator import area_names, observations_csv, unit_text
from konzept.figures.rows import LINE, Rows
from konzept.figures.series import NEAREST, at, digits_of, newest, target_words, value_text
from konzept.figures.template import GRID, MAIN, OTHER, PAPER, SIZE, TARGET, TEXT, fit, safe, text_width
from konzept.views import indicator_view

_MARKS = 26
"""Height of the marks between a row's two labels, in px."""
_AXIS = 30
_MARK = 17
_BESIDE = 12
"""From a mark to the label beside it."""
_COMPARED = 2
"""So many other areas stand beside a target without an actual value."""
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
        None when no target has a number; the page then says so in words.
    """
    pairs = pairs_of(concept, indicator)
    if not pairs:
        return None
    others = compared(indicator, pairs)
    shown = [o for p in pairs for o in (p.actual, p.target) if o] + others
    label = f"abb-soll-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(indicator, pairs),
        subtitle=f"{unit_text(indicator)}; Sollwerte und neueste Ist-Werte; {area_names(shown)}.",
        caption=f"Soll und Ist: {indicator.name}",
        reading=_reading_aid(pairs, others),
        method=_method(indicator, pairs),
        sources=cited([o.source for o in shown]),
        wide=_Chart(indicator, pairs, others, narrow=False).draw(),
        narrow=_Chart(indicator, pairs, others, narrow=True).draw(),
        data=_data_table(label, indicator, pairs, others),
        csv=observations_csv(indicator, dict.fromkeys(shown)),
        view=indicator_view(indicator.id),
    )


def pairs_of(concept: Concept, indicator: Indicator) -> list[Pair]:
    """Give each target its newest actual value, the town's own first."""
    aims = [o for o in indicator.targets() if o.value is not None]
    aims.sort(key=lambda o: (o.area.id != concept.town.area_id, NEAREST.index(o.area.level), o.area.name))
    return [Pair(o, newest(a for a in indicator.actual() if _same(a, o))) for o in aims]


def compared(indicator: Indicator, pairs: list[Pair]) -> list[Observation]:
    """Find what may stand beside targets that have no actual value.

    These are the newest values of the target's own area (for other groups) and of the areas around it,
    the nearest first; of the same group where there is one.
    """
    found: dict[Observation, None] = {}
    for pair in pairs:
        if pair.actual is None:
            found |= dict.fromkeys(_around(indicator, pair.target))
    return [o for o in found if all(o != p.actual for p in pairs)]


def _around(indicator: Indicator, target: Observation) -> list[Observation]:
    level = NEAREST.index(target.area.level)
    values = [
        o
        for o in indicator.actual()
        if o.value is not None and (o.area == target.area or NEAREST.index(o.area.level) > level)
    ]
    order = sorted(values, key=lambda o: NEAREST.index(o.area.level))
    found = []
    for area in list(dict.fromkeys(o.area for o in order))[:_COMPARED]:
        own = [o for o in values if o.area == area]
        groups = list(dict.fromkeys(o.group for o in own))
        for group in [target.group] if target.group in groups else groups:
            found += [o for o in [newest(o for o in own if o.group == group)] if o]
    return found


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
    unit = indicator.unit
    if unit == "Prozent":
        unit = "Prozentpunkt" if gap == 1 else "Prozentpunkte"
    return f"{german.quantity(gap, unit, circa=circa)} {_side(pair)} dem Sollwert{met}"


def _reading_aid(pairs: list[Pair], others: list[Observation]) -> str:
    drawn = [o for p in pairs for o in (p.target, p.actual) if o] + others
    parts = ["Offene Rauten stehen für Sollwerte"]
    if any(p.actual for p in pairs):
        parts.append("Kreise stehen für den neuesten Ist-Wert")
    if others:
        parts.append("Quadrate zeigen zum Vergleich Ist-Werte, für die kein Sollwert genannt ist")
    if any(o.precision == "circa" and o.kind == "ist" for o in drawn):
        parts.append("Hohle Kreise und Quadrate stehen für ungefähre Angaben")
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


def _data_table(label: str, indicator: Indicator, pairs: list[Pair], others: list[Observation]) -> Table:
    def cell(o: Observation) -> str:
        value = german.quantity(_exact(o), indicator.unit, circa=o.precision == "circa")
        return f"{value} ({target_words(o) if o.kind == 'soll' else o.time})"

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
    rows += [(o.area.name, o.group, cell(o), "kein Sollwert", "kein Sollwert") for o in others]
    columns = (
        Column("Gebiet"),
        Column("Gruppe"),
        Column("Ist", numeric=True),
        Column("Soll", numeric=True),
        Column("Abstand"),
    )
    return Table(f"{label}-daten", "", columns, tuple(Row(tuple(map(Cell.of, row))) for row in rows))


class _Chart:
    """Lays out and draws pairs, then what stands beside them, in one of the two widths."""

    def __init__(
        self, indicator: Indicator, pairs: list[Pair], others: list[Observation], *, narrow: bool
    ) -> None:
        self.indicator, self.pairs, self.others = indicator, pairs, others
        names = [f"{p.target.area.name}, {p.target.group}" for p in pairs]
        if others:
            names.append("Zum Vergleich nur Ist-Werte:")
        names += [f"{o.area.name}, {o.group}" for o in others]
        # The labels' lines depend on the width that the names leave, which depends on the names alone.
        width = Rows(names, [0] * len(names), strong=len(pairs), narrow=narrow).width
        self.labels = [(self._actual_label(p, width), self._target_label(p, width)) for p in pairs]
        tall = max(max(len(lines) for lines in labels) for labels in self.labels)
        heights = [_MARKS + 2 * LINE * tall] * len(pairs) + [0] * bool(others) + [LINE] * len(others)
        self.rows = Rows(names, heights, strong=len(pairs), narrow=narrow)
        self._scale(width)

    def _scale(self, width: float) -> None:
        """Let the axis hold zero, all values, and the labels to the right of those that stand beside."""
        values = [o.value or 0 for p in self.pairs for o in (p.target, p.actual) if o]
        values += [o.value or 0 for o in self.others]
        self.high, ticks = scale(values)
        lowest = min(0.0, *values)
        self.low = lowest - 0.06 * (self.high - lowest) if lowest else lowest
        for o in self.others:
            room = min(_BESIDE + text_width(self._beside(o), SIZE - 1), width / 2)
            reach = ((o.value or 0) - self.low) * width / (width - room)
            self.high = max(self.high, self.low + reach)
        ticks = [t for t in ticks if t >= self.low]
        self.ticks = fewer(ticks, [text_width(t) for t in tick_texts(self.indicator, ticks)], width)

    def draw(self) -> go.Figure:
        """Draw the chart."""
        chart = self.rows.chart(self.low, self.high, below=_AXIS)
        chart.update_xaxes(tickvals=self.ticks, ticktext=tick_texts(self.indicator, self.ticks))
        for pair, labels, y in zip(self.pairs, self.labels, self.rows.middles, strict=False):
            self._draw_pair(chart, pair, y)
            for o, lines, side in zip(
                (pair.actual or pair.target, pair.target), labels, (-1, 1), strict=True
            ):
                self._write(chart, o, lines, y + side * (_MARKS / 2 + LINE * len(lines) / 2))
        for o, y in zip(self.others, self.rows.middles[len(self.pairs) + 1 :], strict=False):
            self._draw_other(chart, o, y)
        return chart

    def _actual_label(self, pair: Pair, width: float) -> list[str]:
        if pair.actual is None:
            whom, why = _whom(self.indicator, pair.target), _why(self.indicator, pair.target)
            return fit(f"kein Ist-Wert für {whom}{why}", width)
        return fit(f"Ist {value_text(self.indicator, pair.actual)} ({pair.actual.time})", width)

    def _target_label(self, pair: Pair, width: float) -> list[str]:
        words = target_words(pair.target)
        return fit(f"Soll {value_text(self.indicator, pair.target)} ({words})", width)

    def _draw_pair(self, chart: go.Figure, pair: Pair, y: float) -> None:
        """Draw the target first: an actual value that meets it lies within the diamond."""
        target, actual = pair.target, pair.actual
        if actual:
            chart.add_scatter(
                x=[actual.value, target.value],
                y=[y, y],
                mode="lines",
                hoverinfo="skip",
                line={"color": TARGET, "width": 2, "dash": "5px,4px"},
            )
        self._mark(chart, target, y, symbol="diamond", size=_MARK, colour=TARGET, hollow=True)
        if actual:
            self._mark(chart, actual, y, symbol="circle", size=10, colour=MAIN)

    def _draw_other(self, chart: go.Figure, o: Observation, y: float) -> None:
        chart.add_shape(
            type="line", x0=0, x1=o.value, y0=y, y1=y, layer="below", line={"color": GRID, "width": 1.5}
        )
        self._mark(chart, o, y, symbol="square", size=9, colour=OTHER)
        self._annotate(chart, o, [self._beside(o)], y, anchor="left", shift=_BESIDE)

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

    def _beside(self, o: Observation) -> str:
        return f"{value_text(self.indicator, o)} ({o.time})"

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
