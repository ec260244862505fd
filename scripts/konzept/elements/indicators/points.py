"""Values of an indicator without a year, on one scale."""

from __future__ import annotations

import plotly.graph_objects as go

from konzept.concept.model import Indicator, Observation
from konzept.concept.series import notes_in_words
from konzept.concept.values import value_text
from konzept.elements.drawing.axes import bold_value, scale, tick_texts
from konzept.elements.drawing.template import AXIS, MAIN, PAPER, SIZE, TEXT, new_chart, safe
from konzept.words.hyphenation import wrapped


class Points:
    """Draws undated values in one of the two widths."""

    def __init__(
        self, indicator: Indicator, loose: list[Observation], observed: tuple[Observation, ...]
    ) -> None:
        self.indicator = indicator
        self.loose = loose
        self.notes = notes_in_words(indicator, observed)

    def chart(self, *, narrow: bool) -> go.Figure:
        """Draw the chart."""
        notes = [part for note in self.notes for part in wrapped(note, 44 if narrow else 104)]
        rows = len(self.loose)
        height = 70 * rows + (34 if rows else 6) + 22 * len(notes) + 10
        chart = new_chart(narrow=narrow, height=height)
        values = [o.value or 0 for o in self.loose]
        percent = self.indicator.unit == "Prozent" and max(values, default=0) <= 100
        top, ticks = (100.0, [0.0, 25.0, 50.0, 75.0, 100.0]) if percent else scale(values)
        for y, o in enumerate(self.loose):
            self._draw(chart, o, y)
        for n, note in enumerate(notes):
            chart.add_annotation(
                xref="paper", yref="paper", x=0, y=0, xanchor="left", yanchor="top",
                yshift=-(34 if rows else 0) - 22 * n, align="left", text=safe(note),
            )  # fmt: skip
        chart.update_xaxes(
            range=[-0.015 * top, top * 1.015],
            tickvals=ticks,
            ticktext=tick_texts(self.indicator, ticks),
            visible=bool(rows),
        )
        chart.update_yaxes(visible=False, range=[max(rows, 1) - 1, -0.95])
        chart.update_layout(
            margin={
                "l": 8,
                "r": 26,
                "t": 4,
                "b": (34 if rows else 0) + 22 * len(notes) + 4,
                "autoexpand": False,
            }
        )
        return chart

    def _draw(self, chart: go.Figure, o: Observation, y: int) -> None:
        circa = o.precision == "circa"
        hover = f"{value_text(self.indicator, o)}<br>{safe(o.area.name)}, {safe(o.group)}, {safe(o.time)}"
        chart.add_scatter(
            x=[0, o.value],
            y=[y, y],
            mode="lines",
            cliponaxis=False,
            hoverinfo="skip",
            line={"color": MAIN, "width": 5},
        )
        chart.add_scatter(
            x=[o.value],
            y=[y],
            mode="markers",
            cliponaxis=False,
            marker={
                "opacity": 1,
                "size": 17,
                "color": PAPER if circa else MAIN,
                "line": {"color": MAIN, "width": 3.5},
            },
            customdata=[hover],
            hovertemplate="%{customdata}<extra></extra>",
        )
        if y < len(self.loose) - 1:  # the last one sits on the axis
            chart.add_shape(
                type="line",
                x0=0,
                x1=1,
                xref="x domain",
                y0=y,
                y1=y,
                layer="below",
                line={"color": AXIS, "width": 1},
            )
        chart.add_annotation(
            x=o.value, y=y, yanchor="bottom", xanchor="left", yshift=12, xshift=-12,
            text=bold_value(value_text(self.indicator, o), o.area.name), font={"size": SIZE + 1, "color": TEXT},
        )  # fmt: skip
