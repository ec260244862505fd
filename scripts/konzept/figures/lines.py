"""An indicator over the years: lines, one panel for each group when several areas are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from konzept.concept import Indicator, Observation
from konzept.figures.axes import apart, bold_value, scale, thin, tick_texts
from konzept.figures.series import Series, notes_in_words, value_text, year_of
from konzept.figures.template import (
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
    wrap,
)

_DASHES = ("solid", "solid", "2px,4px", "8px,4px", "12px,3px,2px,3px", "1px,6px")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")

# Lengths in px.
_PLOT, _GAP = 204, 64
_TOP, _LEFT, _RIGHT, _TICKS = 30, 40, 4, 34
_NOTE = 22
_LABEL = 280
"""A longer label at a line's end is broken into lines, at most `_LINES` of them."""
_LINES = 4


@dataclass(frozen=True)
class _Panel:
    """One plot within the chart: what it shows and where it lies (shares of width and height)."""

    index: int
    title: str
    series: tuple[Series, ...]
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def suffix(self) -> str:
        """Plotly counts axes from the second on."""
        return "" if self.index == 0 else str(self.index + 1)

    @property
    def axes(self) -> dict[str, str]:
        """The panel's axes as annotations and shapes name them."""
        return {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}


class Lines:
    """Lays out and draws the chart of dated observations in one of the two widths."""

    def __init__(self, indicator: Indicator, series: list[Series], observed: tuple[Observation, ...]) -> None:
        self.indicator = indicator
        self.series = series
        self.notes = notes_in_words(indicator, observed)
        self.areas = list(dict.fromkeys(s.area.name for s in series))
        self.groups = list(dict.fromkeys(s.group for s in series))
        self.by_group = len(self.areas) > 1 and len(self.groups) > 1
        years = [year_of(o) for s in series for o in s.values]
        self.years = (min(years), max(years))
        self.top, self.ticks = scale([o.value or 0 for s in series for o in s.values])
        self.bottom = min(0.0, self.ticks[0])

    def chart(self, *, narrow: bool) -> go.Figure:
        """Draw the chart."""
        notes = [part for note in self.notes for part in wrap(note, 44 if narrow else 104)]
        below = _TICKS + _NOTE * len(notes)
        count = len(self.groups) if self.by_group else 1
        stacked = narrow or count > 2
        rows = count if stacked else 1
        plots = rows * _PLOT + (rows - 1) * _GAP
        chart = new_chart(narrow=narrow, height=_TOP + plots + below)
        for panel in self._panels(narrow=narrow, stacked=stacked, plots=plots):
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

    def _panels(self, *, narrow: bool, stacked: bool, plots: float) -> list[_Panel]:
        """Share the space: one above the other, or two side by side; labels stand to the right of each."""
        groups = self.groups if self.by_group else [""]
        labels = [part for s in self.series for part in self._label(s, narrow=narrow)]
        width = (NARROW if narrow else WIDE) - _LEFT - _RIGHT
        cell = width if stacked else width / len(groups)
        room = min(max(text_width(part) for part in labels) + 14, cell / 2)
        panels = []
        for i, group in enumerate(groups):
            left = 0.0 if stacked else i * cell
            above = i * (_PLOT + _GAP) if stacked else 0.0
            panels.append(
                _Panel(
                    index=i,
                    title=group,
                    series=tuple(s for s in self.series if group in ("", s.group)),
                    x=((left + (18 if left else 0)) / width, (left + cell - room) / width),
                    y=(max(0.0, 1 - (above + _PLOT) / plots), 1 - above / plots),
                )
            )
        return panels

    def _draw_panel(self, chart: go.Figure, panel: _Panel, *, narrow: bool) -> None:
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

    def _draw_labels(self, chart: go.Figure, panel: _Panel, *, narrow: bool) -> None:
        """Write value and name at each line's end, moved apart where they would touch."""
        order = sorted(panel.series, key=lambda s: s.last.value or 0)
        labels = [self._label(s, narrow=narrow) for s in order]
        height = self.top - self.bottom
        points = [((s.last.value or 0) - self.bottom) / height * _PLOT for s in order]
        sizes = [17.0 * len(label) + 2 for label in labels]
        centres = apart(points, sizes, floor=-10.0, ceiling=_PLOT + 14.0)
        for series, label, point, centre in zip(order, labels, points, centres, strict=True):
            value, *name = label
            chart.add_annotation(
                x=year_of(series.last),
                y=series.last.value,
                **panel.axes,
                xanchor="left",
                xshift=10,
                yshift=centre - point,
                align="left",
                text="<br>".join([f"<b>{safe(value)}</b>", *map(safe, name)]) if name else bold_value(value),
                font={"size": SIZE - 1 if name else SIZE, "color": TEXT},
            )

    def _label(self, series: Series, *, narrow: bool) -> list[str]:
        """Give a label as lines: one where there is room, else value and name below each other."""
        by_group = len(self.areas) == 1 and len(self.groups) > 1
        name = series.group if by_group else series.area.name
        value = value_text(self.indicator, series.last)
        line = f"{value} {name}"
        if not (narrow or self.by_group) and text_width(line) <= _LABEL:
            return [line]
        parts = wrap(name, 16)
        return (
            [value, *parts]
            if len(parts) <= _LINES
            else [value, *parts[: _LINES - 1], f"{parts[_LINES - 1]} …"]
        )


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
