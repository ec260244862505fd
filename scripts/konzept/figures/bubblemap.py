"""Municipalities at their places: a bubble each, its area the value, without a background map."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from konzept import german
from konzept.concept.citing import source_lines
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.series import at, value_text
from konzept.figures.template import (
    MAIN,
    NARROW,
    OTHER,
    PAPER,
    SIZE,
    TEXT,
    TEXT_2,
    WIDE,
    new_canvas,
    put_line,
    safe,
    text_width,
    wrap,
)
from konzept.palette import INTERFACE
from konzept.views import indicator_view
from konzept.words import NOT_NAMED

_KM = 111.2
"""Kilometres from one degree of latitude to the next."""

_TALLEST = 480
"""Most height of the map itself, in px; the strip with the scale stands below it."""

_LOWEST, _STRIP, _EDGE, _GAP, _CLEAR = 200, 52, 10, 4, 2
_PLACES = (
    (1, 0, "left"), (-1, 0, "right"), (0, -1, "center"), (0, 1, "center"),
    (0.7, -0.7, "left"), (-0.7, -0.7, "right"), (0.7, 0.7, "left"), (-0.7, 0.7, "right"),
    (0.94, -0.34, "left"), (-0.94, -0.34, "right"), (0.94, 0.34, "left"), (-0.94, 0.34, "right"),
    (1, -1, "right"), (-1, -1, "left"), (1, 1, "right"), (-1, 1, "left"),
)  # fmt: skip
"""Where a label may stand around its bubble, the best first: steps right and down, and its anchor."""

_TINY = 2.0
"""Radius in px below which a bubble could not be seen."""

_NAMED = 6
"""So many municipalities are named in the reading aid; more are counted."""

_ORDINALS = (
    "", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
)  # fmt: skip


def bubble_map_figure(concept: Concept, indicator: Indicator) -> Figure | None:
    """Show a value of the municipalities at their places.

    Parameters
    ----------
    concept
        The concept; its town is highlighted.
    indicator
        Best a count: the area of a bubble stands for how much there is, not for a share.

    Returns
    -------
    Figure or None
        None when fewer than two municipalities have a positive value and coordinates.
    """
    values = compared(indicator)
    shown = [o for o in values if _has_place(o.area) and (o.value or 0) > 0]
    if len(shown) < 2:
        return None
    maps = [_Map(concept, indicator, shown, narrow=narrow) for narrow in (False, True)]
    label = f"abb-karte-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(concept, indicator, values),
        subtitle=f"{indicator.name} ({indicator.unit}); {len(shown)} Gemeinden, {values[0].time}.",
        caption=f"{indicator.name}: die Gemeinden an ihrem Ort",
        reading=_reading_aid(concept, values, maps),
        sources=source_lines([*(o.source for o in values), *_sources_of_places(shown)]),
        wide=maps[0].chart(),
        narrow=maps[1].chart(),
        data=_data_table(label, indicator, values),
        csv=_csv(indicator, values),
        view=indicator_view(indicator.id, form="punkte"),
    )


def compared(indicator: Indicator) -> list[Observation]:
    """Pick one value of each municipality, the largest first: all of one time and one group.

    Of several times and groups the one with the most municipalities speaks, then the newest.
    """
    grouped: dict[tuple[str, str], dict[str, Observation]] = {}
    for o in indicator.actual():
        if o.area.level == "gemeinde" and o.value is not None:
            grouped.setdefault((o.time, o.group), {}).setdefault(o.area.id, o)
    best = max(grouped.values(), key=lambda g: (len(g), max(o.year or 0 for o in g.values())), default={})
    return sorted(best.values(), key=lambda o: (-(o.value or 0), o.area.name))


def finding(concept: Concept, indicator: Indicator, values: list[Observation]) -> str:
    """State the town's rank among the municipalities that have a value, with those equal to it."""
    phrase = indicator.phrase or f"der Wert „{indicator.name}“"
    mine = next((o for o in values if o.area.id == concept.town.area_id), None)
    if mine is None:
        top = [o for o in values if o.value == values[0].value]
        few = len(top) <= _NAMED
        places = german.listing([o.area.phrase for o in top]) if few else f"in {len(top)} Gemeinden"
        return f"Unter {len(values)} verglichenen Gemeinden war {phrase} {places} am größten."
    year = f" {at(mine)}" if mine.year is not None else ""
    rank = sum((o.value or 0) > (mine.value or 0) for o in values)
    # The predicate takes the article of the phrase: "die Bevölkerung … die fünftgrößte".
    place = (
        f"{phrase.split(' ')[0]} {_ORDINALS[rank]}größte"
        if rank < len(_ORDINALS)
        else f"auf Platz {rank + 1}"
    )
    return (
        f"{german.capital(mine.area.phrase)} war {phrase}{year} mit {value_text(indicator, mine)} "
        f"{place} der {len(values)} verglichenen Gemeinden{_equals(mine, values)}."
    )


def _equals(mine: Observation, values: list[Observation]) -> str:
    others = [o.area.name for o in values if o.value == mine.value and o is not mine]
    if not others:
        return ""
    return f"; denselben Wert {'hat' if len(others) == 1 else 'haben'} {_names(others)}"


def _names(names: list[str]) -> str:
    return german.listing(names) if len(names) <= _NAMED else f"{len(names)} Gemeinden"


def _has_place(area: Area) -> bool:
    return area.latitude is not None and area.longitude is not None


def _sources_of_places(shown: list[Observation]) -> list[Source]:
    """Name the documents of the coordinates by chapter: a passage for each municipality would be long."""
    found = [o.area.source for o in shown if o.area.source]
    return [dataclasses.replace(s, passage=f"{s.passage.split(', ')[0]}, Koordinaten") for s in found]


def _reading_aid(concept: Concept, values: list[Observation], maps: list[_Map]) -> str:
    parts = [
        "Die Fläche eines Kreises entspricht dem Wert; jeder Kreis liegt am Ort der Gemeinde, Norden ist oben"
    ]
    if any(o.precision == "circa" for o in values):
        parts.append("Hohle Kreise stehen für ungefähre Angaben")
    if any(m.enlarged for m in maps):
        parts.append("Die kleinsten Kreise sind vergrößert, damit sie zu sehen sind")
    if any(m.unlabelled for m in maps):
        where = "Nicht" if maps[0].unlabelled else "Auf schmalen Bildschirmen ist nicht"
        parts.append(
            f"{where} jede Gemeinde {'ist ' if where == 'Nicht' else ''}benannt; alle Werte stehen in der Datentabelle"
        )
    if lost := [o.area.name for o in values if not _has_place(o.area)]:
        parts.append(f"Ohne Koordinaten in den Daten und deshalb nicht auf der Karte: {_names(lost)}")
    if empty := [o.area.name for o in values if _has_place(o.area) and (o.value or 0) <= 0]:
        parts.append(f"Ohne Kreis, weil der Wert nicht über null liegt: {_names(empty)}")
    known = {o.area.id for o in values}
    if silent := [a.name for a in concept.areas if a.level == "gemeinde" and a.id not in known]:
        parts.append(f"Ohne Wert: {_names(silent)}")
    return " ".join(f"{part}." for part in parts)


def _data_table(label: str, indicator: Indicator, values: list[Observation]) -> Table:
    return Table(
        label=f"{label}-daten",
        caption="",
        columns=(Column("Gemeinde"), Column(indicator.name, numeric=True), Column("Lage")),
        rows=tuple(
            Row((Cell.of(o.area.name), Cell.of(_exact(indicator, o)), Cell.of(_position(o.area))))
            for o in values
        ),
    )


def _exact(indicator: Indicator, o: Observation) -> str:
    return german.quantity(o.value or 0, indicator.unit, circa=o.precision == "circa")


def _position(area: Area) -> str:
    if area.latitude is None or area.longitude is None:
        return NOT_NAMED
    return (
        f"{german.number(abs(area.latitude), 3)}° {'N' if area.latitude >= 0 else 'S'}, "
        f"{german.number(abs(area.longitude), 3)}° {'O' if area.longitude >= 0 else 'W'}"
    )


def _csv(indicator: Indicator, values: list[Observation]) -> tuple[tuple[str, ...], ...]:
    head = ("Indikator", "Gemeinde", "Zeit", "Wert", "Einheit", "Genauigkeit", "Breite", "Länge", "Quelle")
    rows = (
        (
            indicator.name,
            o.area.name,
            o.time,
            _plain(o.value),
            indicator.unit,
            o.precision,
            _plain(o.area.latitude),
            _plain(o.area.longitude),
            source_lines([o.source])[0],
        )
        for o in values
    )
    return (head, *rows)


def _plain(value: float | None) -> str:
    return "" if value is None else german.number(value).replace(".", "")


@dataclass(frozen=True)
class _Box:
    """Room that a label takes, in px from the upper left, and where its text is anchored."""

    x: float
    y: float
    anchor: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crowds(self, bubble: _Bubble) -> bool:
        """Tell whether the label lies so near to a bubble that it could be taken for its name."""
        dx = max(self.left - bubble.x, 0, bubble.x - self.right)
        dy = max(self.top - bubble.y, 0, bubble.y - self.bottom)
        return math.hypot(dx, dy) < bubble.radius + _CLEAR

    def kept_in(self, width: float) -> _Box:
        """Shift a centred label off the edge."""
        shift = max(-self.left, 0) - max(self.right - width, 0)
        if self.anchor != "center" or not shift:
            return self
        return dataclasses.replace(self, x=self.x + shift, left=self.left + shift, right=self.right + shift)

    def within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class _Bubble:
    """A municipality on the sheet, in px from the upper left."""

    value: Observation
    x: float
    y: float
    radius: float
    mine: bool
    lines: tuple[str, ...]

    def boxes(self, size: float) -> list[_Box]:
        """Give the places for the label, the best first: around the bubble, then on a large one."""
        width = max(text_width(part, size) for part in self.lines)
        height = len(self.lines) * size * 1.25
        reach = self.radius + _GAP
        around = [
            self._box(right * reach, down * (reach + height / 2), width, height, anchor)
            for right, down, anchor in _PLACES
        ]
        if self.radius < size:
            return around
        shifts = (0, 0.3 * self.radius, -0.3 * self.radius)
        return [*around, *(self._box(dx, 0, width, height, "center") for dx in shifts)]

    def _box(self, dx: float, dy: float, width: float, height: float, anchor: str) -> _Box:
        x, y = self.x + dx, self.y + dy
        left = {"left": x, "right": x - width, "center": x - width / 2}[anchor]
        return _Box(x, y, anchor, left, left + width, y - height / 2, y + height / 2)


class _Map:
    """Lays the map out in one of the two widths; one unit of both axes is one px."""

    def __init__(
        self, concept: Concept, indicator: Indicator, shown: list[Observation], *, narrow: bool
    ) -> None:
        self.indicator = indicator
        self.narrow = narrow
        self.size = SIZE - (2 if narrow else 1)
        self.radius = 26 if narrow else 44
        self.highest = max(o.value or 0 for o in shown)
        self.width = NARROW if narrow else WIDE
        self._lay_out(concept.town.area_id, shown)
        self.labels = self._labels()
        self.unlabelled = len(self.bubbles) - len(self.labels)
        self.enlarged = any(self._true_radius(b.value.value or 0) < _TINY for b in self.bubbles)

    def _lay_out(self, town: str, shown: list[Observation]) -> None:
        """Project the places: equirectangular, the same scale both ways."""
        points = [(o.area.longitude or 0, o.area.latitude or 0) for o in shown]
        shrink = math.cos(math.radians(sum(lat for _, lat in points) / len(points)))
        xs = [lon * shrink * _KM for lon, _ in points]
        ys = [-lat * _KM for _, lat in points]
        radii = [max(self._true_radius(o.value or 0), _TINY) for o in shown]
        self.per_km = min(_fit(xs, radii, self.width - 2 * _EDGE), _fit(ys, radii, _TALLEST - 2 * _EDGE))
        columns, _ = _spread(xs, radii, self.per_km, at_least=self.width)
        rows, self.height = _spread(ys, radii, self.per_km, at_least=_LOWEST)
        self.bubbles = [
            _Bubble(
                value=o,
                x=x,
                y=y,
                radius=radius,
                mine=o.area.id == town,
                lines=self._lines(o, mine=o.area.id == town),
            )
            for o, x, y, radius in zip(shown, columns, rows, radii, strict=True)
        ]

    def _true_radius(self, value: float) -> float:
        return self.radius * math.sqrt(value / self.highest)

    def _lines(self, o: Observation, *, mine: bool) -> tuple[str, ...]:
        lines = wrap(o.area.name, 18)
        return (*lines, value_text(self.indicator, o)) if mine and not self.narrow else tuple(lines)

    def _labels(self) -> list[tuple[_Bubble, _Box]]:
        """Place labels, the town's own first, then by value; one that finds no room is left out."""
        placed: list[tuple[_Bubble, _Box]] = []
        for bubble in sorted(self.bubbles, key=lambda b: not b.mine):
            boxes = [box.kept_in(self.width) for box in bubble.boxes(self.size)]
            boxes = [box for box in boxes if box.within(self.width, self.height)]
            free = [box for box in boxes if not self._blocked(bubble, box, placed)]
            if free or (boxes and bubble.mine):
                placed.append((bubble, (free or boxes)[0]))
        return placed

    def _blocked(self, own: _Bubble, box: _Box, placed: list[tuple[_Bubble, _Box]]) -> bool:
        return any(box.crowds(b) for b in self.bubbles if b is not own) or any(
            box.meets(other) for _, other in placed
        )

    def chart(self) -> go.Figure:
        """Draw the map with scale and size key below."""
        chart = new_canvas(narrow=self.narrow, height=self.height + _STRIP)
        # The largest first: a small one near it stays on top.
        for bubble in sorted(self.bubbles, key=lambda b: (b.mine, -b.radius)):
            self._draw(chart, bubble)
        for bubble, box in self.labels:
            self._write(chart, bubble, box)
        self._scale(chart)
        self._key(chart)
        return chart

    def _draw(self, chart: go.Figure, bubble: _Bubble) -> None:
        circa = bubble.value.precision == "circa"
        chart.add_scatter(
            x=[bubble.x],
            y=[bubble.y],
            mode="markers",
            marker=_marker(bubble.radius, mine=bubble.mine, circa=circa),
            customdata=[f"{safe(bubble.value.area.name)}: {value_text(self.indicator, bubble.value)}"],
            hovertemplate="%{customdata}<extra></extra>",
        )

    def _write(self, chart: go.Figure, bubble: _Bubble, box: _Box) -> None:
        text = "<br>".join(map(safe, bubble.lines))
        chart.add_annotation(
            x=box.x,
            y=box.y,
            xanchor=box.anchor,
            yanchor="middle",
            align=box.anchor,
            borderpad=0,
            text=f"<b>{text}</b>" if bubble.mine else text,
            font={"size": self.size, "color": TEXT},
        )

    def _scale(self, chart: go.Figure) -> None:
        """Draw a bar of round length, at most a quarter of the width."""
        length = _round_below(self.width / 4 / self.per_km)
        left, y = 8, self.height + _STRIP / 2
        right = left + length * self.per_km
        put_line(chart, left, y, right, y, colour=TEXT_2)
        for x in (left, right):
            put_line(chart, x, y - 5, x, y + 5, colour=TEXT_2)
        self._remark(chart, right + 8, y, [f"{german.number(length)}{german.NBSP}km"])

    def _key(self, chart: go.Figure) -> None:
        """Draw a bubble of a round value that fits the strip, with that value."""
        most = self.highest * ((_STRIP / 2 - 4) / self.radius) ** 2
        value = _round_below(min(most, self.highest))
        radius = self._true_radius(value)
        text = wrap(german.quantity(value, self.indicator.unit), 22 if self.narrow else 40)
        left = self.width - 8 - max(text_width(part, self.size) for part in text)
        x, y = left - 8 - radius, self.height + _STRIP / 2
        chart.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            hoverinfo="skip",
            marker=_marker(radius),
        )
        self._remark(chart, left, y, text)

    def _remark(self, chart: go.Figure, x: float, y: float, lines: list[str]) -> None:
        chart.add_annotation(
            x=x, y=y, xanchor="left", yanchor="middle", align="left", borderpad=0,
            text="<br>".join(map(safe, lines)), font={"size": self.size, "color": TEXT_2},
        )  # fmt: skip


def _marker(radius: float, *, mine: bool = False, circa: bool = False) -> dict[str, Any]:
    """Style a bubble; its rim keeps it apart from the paper and from others below it."""
    rim = MAIN if mine else OTHER
    fill = PAPER if circa else MAIN if mine else INTERFACE["linie"][0]
    line = {"color": rim, "width": 2.5 if circa else 1.25}
    return {"opacity": 1, "size": 2 * radius, "color": fill, "line": line}


def _fit(points: list[float], radii: list[float], room: float) -> float:
    """Find the scale in px per km at which all bubbles keep within a room; 1 km at least fills it."""
    order = sorted(zip(points, radii, strict=True))
    scales = [(room - r - s) / max(b - a, 1) for i, (a, r) in enumerate(order) for b, s in order[i:]]
    return min(scales)


def _spread(
    points: list[float], radii: list[float], per_km: float, *, at_least: float
) -> tuple[list[float], float]:
    """Place points in px so that all bubbles keep off the edge; give the room that takes."""
    low = min(p * per_km - r for p, r in zip(points, radii, strict=True))
    high = max(p * per_km + r for p, r in zip(points, radii, strict=True))
    room = max(high - low + 2 * _EDGE, at_least)
    return [p * per_km - (low + high) / 2 + room / 2 for p in points], room


def _round_below(value: float) -> float:
    """Give the greatest of 1, 2, 5, 10, 20, … (or their fractions) that is not above a value.

    Examples
    --------
    >>> _round_below(17.3), _round_below(0.7), _round_below(128000)
    (10.0, 0.5, 100000.0)
    """
    magnitude = 10.0 ** math.floor(math.log10(value))
    return next((m * magnitude for m in (5, 2) if m * magnitude <= value), magnitude)
