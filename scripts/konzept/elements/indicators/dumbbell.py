"""Two values a row on one scale: a mark each, the way between them, and how they came about in a small line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept.concept.model import Indicator, Observation
from konzept.concept.series import Series, year_of
from konzept.concept.values import value_text
from konzept.elements.drawing.axes import fewer, scale, tick_texts
from konzept.elements.drawing.rows import LINE, Rows
from konzept.elements.drawing.template import (
    AXIS,
    GRID,
    MAIN,
    OTHER,
    PAPER,
    SIZE,
    TEXT,
    TEXT_2,
    fit,
    safe,
    text_width,
)

MARKS = 26
"""Height of the marks between a row's two labels, in px."""
_AXIS = 30
_SPARK, _SPARK_WIDTH, _SPARK_GAP, _YEARS = 44, 150, 36, 20
"""A small line: its height, its width beside the marks, the room before it, and that for its years below."""


@dataclass(frozen=True)
class Mark:
    """A value in a row: how it is said and drawn."""

    observation: Observation
    value: str
    text: str
    """It begins with the value."""
    hover: str
    symbol: str
    size: int
    colour: str
    hollow: bool = False


class Dumbbell:
    """Lays out and draws rows of one or two marks; the first is written above its row, the second below it.

    Parameters
    ----------
    indicator
        Whose values they are.
    names
        A name a row.
    rows
        The marks of each row; the first lies above the others.
    join
        Colour and dash of the way between two marks.
    courses
        For each row the values over time, in the order of the marks; they are drawn as a small line.
    """

    def __init__(
        self,
        indicator: Indicator,
        names: Sequence[str],
        rows: Sequence[Sequence[Mark]],
        *,
        narrow: bool,
        join: tuple[str, str],
        courses: Sequence[Sequence[Series]] = (),
    ) -> None:
        self.indicator, self.marks, self.join, self.courses, self.narrow = (
            indicator, rows, join, courses, narrow,
        )  # fmt: skip
        # The labels' lines depend on the width that the names leave, which depends on the names alone.
        width = Rows(names, [0] * len(names), strong=len(names), narrow=narrow).width
        self.beside = _SPARK_WIDTH + _SPARK_GAP if courses and not narrow else 0
        self.width = width - self.beside
        self.labels = [[fit(mark.text, self.width) for mark in row] for row in rows]
        tall = max(max(len(lines) for lines in labels) for labels in self.labels)
        self.below = _SPARK + _YEARS if courses and narrow else 0
        self.high_row = MARKS + 2 * LINE * tall
        self.rows = Rows(names, [self.high_row + self.below] * len(names), strong=len(names), narrow=narrow)
        self._scale()

    def _scale(self) -> None:
        """Let the axis hold zero and all values."""
        values = [m.observation.value or 0 for row in self.marks for m in row]
        self.high, ticks = scale(values)
        lowest = min(0.0, *values)
        self.low = lowest - 0.06 * (self.high - lowest) if lowest else lowest
        ticks = [t for t in ticks if t >= self.low]
        self.ticks = fewer(ticks, [text_width(t) for t in tick_texts(self.indicator, ticks)], self.width)

    def draw(self) -> go.Figure:
        """Draw the chart."""
        # The axis goes on below the small lines, so that a px is as much everywhere.
        end = self.low + (self.high - self.low) * self.rows.width / self.width
        chart = self.rows.chart(self.low, end, below=0 if self.courses else _AXIS)
        if not self.courses:
            chart.update_xaxes(tickvals=self.ticks, ticktext=tick_texts(self.indicator, self.ticks))
        for i, (row, labels) in enumerate(zip(self.marks, self.labels, strict=True)):
            y = self.rows.middles[i] - self.below / 2
            self._draw_row(chart, row, y)
            for mark, lines, side in zip(row, labels, (-1, 1), strict=False):
                self._write(chart, mark, lines, y + side * (MARKS / 2 + LINE * len(lines) / 2))
            if self.courses:
                self._draw_course(chart, i, y)
        return chart

    def _draw_row(self, chart: go.Figure, row: Sequence[Mark], y: float) -> None:
        if self.courses:
            for x0, x1, y0, y1, colour in (
                (self.low, self.high, y, y, GRID), (0, 0, y - MARKS / 2, y + MARKS / 2, AXIS),
            ):  # fmt: skip
                chart.add_shape(
                    type="line", x0=x0, x1=x1, y0=y0, y1=y1, layer="below",
                    line={"color": colour, "width": 1.5},
                )  # fmt: skip
        colour, dash = self.join
        chart.add_scatter(
            x=[m.observation.value for m in row],
            y=[y] * len(row),
            mode="lines",
            hoverinfo="skip",
            line={"color": colour, "width": 2, "dash": dash},
        )
        # The first lies above the others.
        for mark in reversed(row):
            _draw_mark(chart, mark, y)

    def _write(self, chart: go.Figure, mark: Mark, lines: list[str], y: float) -> None:
        """Write a label centred on its value, or from the edge on where that is too near."""
        o = mark.observation
        place = ((o.value or 0) - self.low) / (self.high - self.low) * self.width
        half = max(text_width(part, SIZE - 1) for part in lines) / 2
        anchor, shift = "center", 0.0
        if place < half:
            anchor, shift = "left", -place
        elif place > self.width - half:
            anchor, shift = "right", self.width - place
        chart.add_annotation(
            x=o.value, y=y, xanchor=anchor, xshift=shift, yanchor="middle", align=anchor, borderpad=0,
            text=_bold("<br>".join(map(safe, lines)), safe(mark.value)), font={"size": SIZE - 1, "color": TEXT},
        )  # fmt: skip

    def _draw_course(self, chart: go.Figure, i: int, y: float) -> None:
        """Draw how a row's values came about; all rows share years and scale."""
        values = [o for row in self.courses for s in row for o in s.values]
        first, last = min(map(year_of, values)), max(map(year_of, values))
        numbers = [o.value or 0 for o in values]
        low, high = min(0.0, *numbers), max(0.0, *numbers)
        left = 6.0 if self.narrow else self.width + _SPARK_GAP
        width = (self.rows.width if self.narrow else _SPARK_WIDTH + self.width + _SPARK_GAP) - left - 6
        bottom = y + (self.high_row / 2 + _SPARK if self.narrow else _SPARK / 2)
        unit = (self.high - self.low) / self.width

        def at(o: Observation) -> tuple[float, float]:
            x = left + width * (year_of(o) - first) / max(last - first, 1)
            height = (_SPARK - 8) * ((o.value or 0) - low) / ((high - low) or 1)
            return self.low + unit * x, bottom - height

        x0, x1 = (self.low + unit * x for x in (left, left + width))
        chart.add_shape(
            type="line", x0=x0, x1=x1, y0=bottom, y1=bottom, layer="below",
            line={"color": AXIS, "width": 1},
        )  # fmt: skip
        # What lies upon another is the first: it is drawn last.
        for series, mark in reversed(list(zip(self.courses[i], self.marks[i], strict=True))):
            for part in series.segments():
                places = [at(o) for o in part]
                chart.add_scatter(
                    x=[x for x, _ in places],
                    y=[height for _, height in places],
                    mode="lines+markers",
                    line={"color": mark.colour, "width": 2},
                    marker={
                        "opacity": 1,
                        "symbol": mark.symbol,
                        "size": [7 if o is series.last else 0 for o in part],
                        "color": PAPER if mark.hollow else mark.colour,
                        "line": {"color": mark.colour, "width": 1.5 if mark.hollow else 0},
                    },
                    customdata=[
                        f"{value_text(self.indicator, o)} ({safe(o.time)})<br>{safe(o.area.name)}, {safe(o.group)}"
                        for o in part
                    ],
                    hovertemplate="%{customdata}<extra></extra>",
                )
        if self.narrow or i == len(self.marks) - 1:
            for year, x, anchor in ((first, x0, "left"), (last, x1, "right")):
                chart.add_annotation(
                    x=x, y=bottom + 3, xanchor=anchor, yanchor="top", borderpad=0,
                    text=str(year), font={"size": SIZE - 1, "color": TEXT_2},
                )  # fmt: skip


def _bold(text: str, value: str) -> str:
    return f"<b>{value}</b>{text.removeprefix(value)}" if value and text.startswith(value) else text


def _draw_mark(chart: go.Figure, mark: Mark, y: float) -> None:
    chart.add_scatter(
        x=[mark.observation.value],
        y=[y],
        mode="markers",
        cliponaxis=False,
        marker={
            "opacity": 1,
            "symbol": mark.symbol,
            "size": mark.size,
            "color": PAPER if mark.hollow else mark.colour,
            "line": {"color": mark.colour, "width": 2.5 if mark.hollow else 0},
        },
        customdata=[mark.hover],
        hovertemplate="%{customdata}<extra></extra>",
    )


def of_two_groups(series: Sequence[Series]) -> bool:
    """Tell whether lines show two groups in several areas."""
    return len({s.group for s in series}) == 2 and len({s.area for s in series}) > 1


def groups_by_area(indicator: Indicator, series: Sequence[Series], *, narrow: bool) -> go.Figure:
    """Draw two groups side by side: a row for each area, the newest values, and their course.

    Where an area has more than one series of a group, the one with the newest value speaks.
    """
    groups = list(dict.fromkeys(s.group for s in series))
    chosen: dict[str, dict[str, Series]] = {}
    for s in series:
        chosen.setdefault(s.area.name, {}).setdefault(s.group, s)
    rows = [[own[g] for g in groups if g in own] for own in chosen.values()]
    dated = _common_time(series) == ""
    marks = [[_mark(indicator, s, groups.index(s.group), dated=dated) for s in row] for row in rows]
    lasting = any(len(s.values) > 2 for row in rows for s in row)
    return Dumbbell(
        indicator,
        list(chosen),
        marks,
        narrow=narrow,
        join=(OTHER, "solid"),
        courses=rows if lasting else (),
    ).draw()


_SHAPES = (("circle", 14, MAIN), ("square", 12, OTHER))


def _common_time(series: Sequence[Series]) -> str:
    """Give the time of all newest values, if they are of one time."""
    times = {s.last.time for s in series}
    return times.pop() if len(times) == 1 else ""


def _mark(indicator: Indicator, series: Series, place: int, *, dated: bool) -> Mark:
    symbol, size, colour = _SHAPES[place]
    o = series.last
    value = value_text(indicator, o)
    return Mark(
        observation=o,
        value=value,
        text=f"{value} {o.group} ({o.time})" if dated else f"{value} {o.group}",
        hover=f"{value} ({safe(o.time)})<br>{safe(o.area.name)}, {safe(o.group)}",
        symbol=symbol,
        size=size,
        colour=colour,
        hollow=o.precision == "circa",
    )


def reading_of_groups(series: Sequence[Series]) -> str:
    """Say what the marks of two groups mean."""
    first, second = dict.fromkeys(s.group for s in series)
    text = f"Kreis: {first}. Quadrat: {second}."
    if time := _common_time(series):
        text += f" Die Werte sind von {time}."
    if any(len(s.values) > 2 for s in series):
        text += " Die kleinen Linien zeigen dieselben Gruppen über die Jahre, alle ab null."
    return text
