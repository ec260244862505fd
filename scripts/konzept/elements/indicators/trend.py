"""An indicator over the years: lines, one panel for each group when several areas are compared."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from konzept.concept.model import Indicator, Observation
from konzept.concept.series import Series, notes_in_words, year_of
from konzept.concept.values import target_words, value_text
from konzept.elements.drawing.axes import apart, bold_value, scale, thin, tick_texts
from konzept.elements.drawing.template import (
    AXIS,
    MAIN,
    NARROW,
    OTHER,
    PAPER,
    SIZE,
    TARGET,
    TEXT,
    WIDE,
    new_chart,
    safe,
    text_width,
)
from konzept.words.german import NBSP
from konzept.words.hyphenation import wrapped

_DASHES = ("solid", "solid", "2px,4px", "8px,4px", "12px,3px,2px,3px", "1px,6px")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")

# Lengths in px.
_PLOT, _GAP = 204, 64
_TOP, _LEFT, _RIGHT, _TICKS = 30, 40, 4, 34
_NOTE = 22
_LABEL = 280
"""A longer label at a line's end is broken into lines, at most `_LINES` of them."""
_LINES = 4
_BEYOND = 24
"""So far labels may reach beyond a plot, above and below together."""


@dataclass(frozen=True)
class _Panel:
    """One plot within the chart: what it shows and where it lies (shares of width and height)."""

    suffix: str
    """Plotly counts axes from the second on."""
    title: str
    series: tuple[Series, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    height: float
    """In px."""

    @property
    def axes(self) -> dict[str, str]:
        """The panel's axes as annotations and shapes name them."""
        return {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}


@dataclass(frozen=True)
class _Label:
    """What stands at the end of a line: the point it belongs to, its value in words, and a name.

    The name stands beside the value, or in lines of its own below it.
    """

    year: int
    value: float
    text: str
    beside: str = ""
    below: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Its lines of text."""
        return [f"{self.text} {self.beside}".rstrip(), *self.below]

    @property
    def size(self) -> float:
        """Its height in px."""
        return 17.0 * len(self.lines) + 2


class Lines:
    """Lays out and draws the chart of dated observations, and of targets, in one of the two widths."""

    def __init__(
        self,
        indicator: Indicator,
        series: list[Series],
        observed: tuple[Observation, ...],
        targets: Sequence[Observation] = (),
    ) -> None:
        self.indicator = indicator
        self.series = series
        self.targets = targets
        self.notes = notes_in_words(indicator, observed)
        self.areas = list(dict.fromkeys(s.area.name for s in series))
        self.groups = list(dict.fromkeys(s.group for s in series))
        self.by_group = len(self.areas) > 1 and len(self.groups) > 1
        self.panels = self.groups if self.by_group else [""]
        years = [year_of(o) for s in series for o in s.values]
        self.last_observed = max(years)
        years += [o.year for o in targets if o.year]
        self.years = (min(years), max(years))
        self.ahead = self.years[1] > self.last_observed
        self.top, self.ticks = scale(
            [o.value or 0 for part in [targets, *(s.values for s in series)] for o in part]
        )
        self.bottom = min(0.0, self.ticks[0])

    def chart(self, *, narrow: bool) -> go.Figure:
        """Draw the chart."""
        notes = [part for note in self.notes for part in wrapped(note, 44 if narrow else 104)]
        below = _TICKS + _NOTE * len(notes)
        stacked = narrow or len(self.panels) > 2
        rows = len(self.panels) if stacked else 1
        plot = self._plot(narrow=narrow)
        plots = rows * plot + (rows - 1) * _GAP
        chart = new_chart(narrow=narrow, height=_TOP + plots + below)
        for panel in self._panels(narrow=narrow, stacked=stacked, plot=plot, plots=plots):
            self._draw_panel(chart, panel, narrow=narrow)
        for n, note in enumerate(notes):
            chart.add_annotation(
                xref="paper",
                yref="paper",
                x=0,
                y=0,
                xanchor="left",
                yanchor="top",
                yshift=-_TICKS - _NOTE * n,
                align="left",
                text=safe(note),
                font={"size": SIZE - 1},
            )
        chart.update_layout(margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": below, "autoexpand": False})
        return chart

    @property
    def _beyond(self) -> int:
        """How far labels may reach beyond a plot: below it, and above where no title stands."""
        return 8 if self.by_group else _BEYOND

    def _plot(self, *, narrow: bool) -> int:
        """Choose the height of a plot so that its labels do not touch, however many they are."""
        labels = max(sum(label.size for label in self._labels(g, narrow=narrow)) for g in self.panels)
        return max(_PLOT, math.ceil(labels) - self._beyond)

    def _panels(self, *, narrow: bool, stacked: bool, plot: int, plots: float) -> list[_Panel]:
        """Share the space: one above the other, or two side by side; labels stand to the right of each."""
        labels = [
            part for group in self.panels for x in self._labels(group, narrow=narrow) for part in x.lines
        ]
        width = (NARROW if narrow else WIDE) - _LEFT - _RIGHT
        cell = width if stacked else width / len(self.panels)
        room = min(max(text_width(part) for part in labels) + 14, cell / 2)
        panels = []
        for i, group in enumerate(self.panels):
            left = 0.0 if stacked else i * cell
            above = i * (plot + _GAP) if stacked else 0.0
            panels.append(
                _Panel(
                    suffix=str(i + 1) if i else "",
                    title=group,
                    series=self._series_of(group),
                    x=((left + (18 if left else 0)) / width, (left + cell - room) / width),
                    y=(max(0.0, 1 - (above + plot) / plots), 1 - above / plots),
                    height=plot,
                )
            )
        return panels

    def _draw_panel(self, chart: go.Figure, panel: _Panel, *, narrow: bool) -> None:
        for target in self._targets_of(panel.title):
            self._draw_target(chart, panel, target)
        for rank, series in enumerate(panel.series):
            self._draw_series(chart, panel, series, rank)
        self._draw_labels(chart, panel, narrow=narrow)
        breaks = sorted({year_of(o) for s in panel.series for o in s.values if o.after_break})
        for year in breaks:
            _draw_break(chart, panel, year - 0.5)
        if panel.title:
            chart.add_annotation(
                x=panel.x[0],
                y=panel.y[1],
                xref="paper",
                yref="paper",
                xanchor="left",
                yanchor="bottom",
                yshift=22 if breaks else 6,
                text=f"<b>{safe(panel.title)}</b>",
            )
        first, last = self.years
        span = max(last - first, 1)
        shown = thin(first, last, most=3 if narrow else (4 if self.by_group else 6))
        chart.update_layout(
            {
                f"xaxis{panel.suffix}": {
                    "domain": panel.x,
                    "anchor": panel.axes["yref"],
                    "range": [first - 0.04 * span, last + 0.02 * span],
                    "tickvals": shown,
                    "ticktext": [str(year) for year in shown],
                },
                f"yaxis{panel.suffix}": {
                    "domain": panel.y,
                    "anchor": panel.axes["xref"],
                    "range": [self.bottom, self.top],
                    "tickvals": self.ticks,
                    "ticktext": tick_texts(self.indicator, self.ticks),
                },
            }
        )

    def _draw_series(self, chart: go.Figure, panel: _Panel, series: Series, rank: int) -> None:
        """Draw a line for each segment; a value on its own becomes a point."""
        colour = MAIN if rank == 0 else OTHER
        for part in series.segments():
            ends = (part[0], part[-1])
            circa = [o.precision == "circa" for o in part]
            marker: dict[str, Any] = {
                "opacity": 1,
                "symbol": _SYMBOLS[rank % len(_SYMBOLS)],
                "size": [8 if o in ends or hollow else 4 for o, hollow in zip(part, circa, strict=True)],
                "color": [PAPER if hollow else colour for hollow in circa],
                "line": {"color": colour, "width": [2.5 if hollow else 0 for hollow in circa]},
            }
            name = f"{safe(series.area.name)}, {safe(series.group)}"
            chart.add_scatter(
                x=[year_of(o) for o in part],
                y=[o.value for o in part],
                xaxis=panel.axes["xref"],
                yaxis=panel.axes["yref"],
                name=name,
                mode="lines+markers",
                line={"color": colour, "width": 3 if rank == 0 else 2, "dash": _DASHES[rank % len(_DASHES)]},
                marker=marker,
                customdata=[f"{safe(o.time)}: {value_text(self.indicator, o)}<br>{name}" for o in part],
                hovertemplate="%{customdata}<extra></extra>",
            )

    def _series_of(self, group: str) -> tuple[Series, ...]:
        return tuple(s for s in self.series if group in ("", s.group))

    def _targets_of(self, group: str) -> list[Observation]:
        """Targets of a panel's group; one for a group without a panel concerns all panels."""
        return [o for o in self.targets if group in ("", o.group) or o.group not in self.groups]

    def _end(self, target: Observation) -> int:
        """Give the year at which a target is marked."""
        return target.year or self.years[1]

    def _draw_target(self, chart: go.Figure, panel: _Panel, target: Observation) -> None:
        """Mark a target in its year, joined to the last observed one; without a year it holds throughout."""
        first = min(target.year, self.last_observed) if target.year else self.years[0]
        last = max(self._end(target), self.last_observed)
        text = f"Soll {value_text(self.indicator, target)} ({safe(target_words(target))})"
        hover = f"{text}<br>{safe(target.area.name)}, {safe(target.group)}"
        years = sorted({first, self._end(target), last})
        chart.add_scatter(
            x=years,
            y=[target.value] * len(years),
            xaxis=panel.axes["xref"],
            yaxis=panel.axes["yref"],
            name=f"Soll, {safe(target.area.name)}, {safe(target.group)}",
            mode="lines+markers",
            cliponaxis=False,
            line={"color": TARGET, "width": 2, "dash": "5px,4px"},
            marker={
                "opacity": 1,
                "symbol": "diamond",
                "size": [11 if year == self._end(target) else 0 for year in years],
                "color": PAPER,
                "line": {"color": TARGET, "width": 2},
            },
            customdata=[hover] * len(years),
            hovertemplate="%{customdata}<extra></extra>",
        )

    def _draw_labels(self, chart: go.Figure, panel: _Panel, *, narrow: bool) -> None:
        """Write value and name at each line's end, moved apart where they would touch."""
        labels = sorted(self._labels(panel.title, narrow=narrow), key=lambda label: label.value)
        height = self.top - self.bottom
        points = [(label.value - self.bottom) / height * panel.height for label in labels]
        sizes = [label.size for label in labels]
        centres = apart(points, sizes, floor=-10.0, ceiling=panel.height + self._beyond - 10.0)
        for label, point, centre in zip(labels, points, centres, strict=True):
            if self.ahead:
                # Between a line's end and its label there is room for a later target.
                chart.add_shape(
                    type="line",
                    x0=label.year,
                    x1=self.years[1],
                    y0=label.value,
                    y1=self.bottom + centre / panel.height * height,
                    layer="below",
                    line={"color": AXIS, "width": 1},
                    **panel.axes,
                )
            chart.add_annotation(
                x=self.years[1] if self.ahead else label.year,
                y=label.value,
                **panel.axes,
                xanchor="left",
                xshift=10,
                yshift=centre - point,
                align="left",
                text="<br>".join([bold_value(label.text, label.beside), *map(safe, label.below)]),
                font={"size": SIZE - 1 if label.below else SIZE, "color": TEXT},
            )

    def _labels(self, group: str, *, narrow: bool) -> list[_Label]:
        """Give the labels of a panel."""
        found = [self._label(s, narrow=narrow) for s in self._series_of(group)]
        return found + [self._target_label(o, group, narrow=narrow) for o in self._targets_of(group)]

    def _label(self, series: Series, *, narrow: bool) -> _Label:
        """Give the label of a line."""
        by_group = len(self.areas) == 1 and len(self.groups) > 1
        name = series.group if by_group else series.area.name
        value = value_text(self.indicator, series.last)
        text = f"{value}{NBSP}({series.last.time})" if self.ahead else value
        return self._named(_Label(year_of(series.last), series.last.value or 0, text), name, narrow=narrow)

    def _target_label(self, target: Observation, group: str, *, narrow: bool) -> _Label:
        """Name a target's area and group where the chart shows others."""
        area = target.area.name if self.areas != [target.area.name] else ""
        own = target.group if group != target.group and self.groups != [target.group] else ""
        name = ", ".join(part for part in (area, own) if part)
        year = max(self._end(target), self.last_observed)
        label = _Label(year, target.value or 0, f"Soll{NBSP}{value_text(self.indicator, target)}")
        return self._named(label, f"{name} ({target.target_kind or 'ohne Angabe'})".strip(), narrow=narrow)

    def _named(self, label: _Label, name: str, *, narrow: bool) -> _Label:
        """Set the name beside the value where there is room, else below it."""
        roomy = not (narrow or self.by_group)
        if roomy and text_width(f"{label.text} {name}") <= _LABEL:
            return dataclasses.replace(label, beside=name)
        parts = wrapped(name, 30 if roomy else 17)
        if len(parts) > _LINES:
            parts = [*parts[: _LINES - 1], f"{parts[_LINES - 1]} …"]
        return dataclasses.replace(label, below=tuple(parts))


def _draw_break(chart: go.Figure, panel: _Panel, at: float) -> None:
    """Mark where the series must not be compared across."""
    place = {"xref": panel.axes["xref"], "yref": f"{panel.axes['yref']} domain"}
    chart.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        line={"color": TARGET, "width": 1.5, "dash": "5px,4px"},
        **place,
    )
    chart.add_annotation(
        x=at,
        y=1,
        **place,
        xanchor="right",
        yanchor="bottom",
        xshift=8,
        text="Bruch der Reihe",
        font={"size": SIZE - 1, "color": TARGET},
    )
