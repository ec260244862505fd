"""An indicator: over time as lines, or as single points where the source gives no years."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import plotly.graph_objects as go

from konzept import german
from konzept.concept import Area, Concept, Indicator, Observation
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.template import (
    AXIS,
    MAIN,
    OTHER,
    PAPER,
    SIZE,
    TARGET,
    TEXT,
    TEXT_2,
    new_chart,
    safe,
    source_lines,
    text_width,
    wrap,
)

_NEAREST = ("ortsteil", "gemeinde", "umland", "kreis", "land", "bund")
_DASHES = ("solid", "solid", "2px,4px", "8px,4px", "12px,3px,2px,3px", "1px,6px")
_PLOT = 240
"""Height of a panel's plot in px."""

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")


@dataclass(frozen=True)
class Series:
    """Dated values of one area and group from one source: what may be one line."""

    area: Area
    group: str
    values: tuple[Observation, ...]

    @property
    def last(self) -> Observation:
        """The newest value."""
        return self.values[-1]

    def segments(self) -> list[list[Observation]]:
        """Cut the series at breaks and at years without a value."""
        years = [_year(o) for o in self.values]
        step = min((b - a for a, b in zip(years, years[1:], strict=False)), default=1)
        parts: list[list[Observation]] = []
        for before, now in zip([None, *self.values], self.values, strict=False):
            if before is None or now.after_break or _year(now) - _year(before) > step:
                parts.append([])
            parts[-1].append(now)
        return parts


def indicator_figure(concept: Concept, indicator: Indicator) -> Figure | None:
    """Show all observations of an indicator.

    Returns
    -------
    Figure or None
        None when there is no observation; the page then says so in words.
    """
    observed = indicator.actual()
    if not observed:
        return None
    lines = series_of(indicator)
    loose = [o for o in observed if o.value is not None and o.year is None]
    draw = _Lines(indicator, lines, observed) if lines else _Points(indicator, loose, observed)
    label = f"abb-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(indicator),
        subtitle=_subtitle(concept, indicator, observed),
        caption=indicator.name,
        reading=_reading_aid(indicator, observed),
        sources=source_lines([o.source for o in observed]),
        wide=draw.chart(narrow=False),
        narrow=draw.chart(narrow=True),
        data=_data_table(label, indicator, observed),
        csv=_csv(indicator, observed),
    )


def series_of(indicator: Indicator) -> list[Series]:
    """Sort the dated values into lines, the area nearest to the town first."""
    grouped: dict[tuple[str, str, str], list[Observation]] = {}
    for o in indicator.actual():
        if o.value is not None and o.year is not None:
            grouped.setdefault((o.area.id, o.group, o.source.id), []).append(o)
    series = [
        Series(values[0].area, values[0].group, tuple(sorted(values, key=_year)))
        for values in grouped.values()
    ]
    return sorted(series, key=lambda s: _NEAREST.index(s.area.level))


def finding(indicator: Indicator) -> str:
    """State what the observations show, for the area nearest to the town.

    With several groups the sentence compares their newest values of the same year,
    with one group it compares the first and last value since the last break in the series.
    """
    phrase = indicator.phrase or f"der Wert „{indicator.name}“"
    series = series_of(indicator)
    if not series:
        return _finding_of_points(indicator, phrase)
    nearest = [s for s in series if s.area == series[0].area]
    place = german.capital(nearest[0].area.phrase)
    if len({s.group for s in nearest}) > 1:
        year = min(_year(s.last) for s in nearest)
        now = [o for s in nearest for o in s.values if o.year == year]
        if len(now) > 1:
            values = german.listing([f"{_value(indicator, o)} ({o.group})" for o in now])
            return f"{place} lag {phrase} {now[0].time} bei {values}."
    recent = nearest[0].segments()[-1]
    first, last = recent[0], recent[-1]
    if first is last:
        return f"{place} lag {phrase} {last.time} bei {_value(indicator, last)}."
    if _rounded(first) == _rounded(last):
        return f"{place} lag {phrase} {first.time} und {last.time} bei {_value(indicator, last)}."
    verb = "stieg" if (last.value or 0) > (first.value or 0) else "sank"
    return (
        f"{place} {verb} {phrase} von {_value(indicator, first)} ({first.time}) "
        f"auf {_value(indicator, last)} ({last.time})."
    )


def _finding_of_points(indicator: Indicator, phrase: str) -> str:
    loose = [o for o in indicator.actual() if o.value is not None]
    if loose:
        nearest = min(loose, key=lambda o: _NEAREST.index(o.area.level))
        place = german.capital(nearest.area.phrase)
        return f"{place} lag {phrase} bei {_value(indicator, nearest)}; ein Jahr ist nicht genannt."
    if any(o.precision == "nur_trend" for o in indicator.actual()):
        return f"Für „{indicator.name}“ nennt die Quelle eine Richtung, aber keine Zahl."
    return f"Für „{indicator.name}“ sind alle Werte gesperrt."


def _subtitle(concept: Concept, indicator: Indicator, observed: Iterable[Observation]) -> str:
    areas = list(dict.fromkeys(o.area.name for o in observed))
    years = sorted({o.year for o in observed if o.value is not None and o.year is not None})
    unit = "In Prozent" if indicator.unit == "Prozent" else german.capital(indicator.unit)
    parts = [german.listing(areas)]
    if years:
        parts.append(str(years[0]) if len(years) == 1 else f"{years[0]} bis {years[-1]}")
    text = f"{unit}; {', '.join(parts)}."
    if concept.town.area_id not in {o.area.id for o in observed}:
        text += f" Eigene Werte für {concept.town.name} liegen in dieser Reihe nicht vor."
    return text


def _reading_aid(indicator: Indicator, observed: tuple[Observation, ...]) -> str:
    parts = [(indicator.definition or "").rstrip(".")]
    if any(o.precision == "circa" for o in observed):
        parts.append("Hohle Punkte stehen für ungefähre Angaben")
    if any(o.after_break for o in observed):
        parts.append("An der gestrichelten Linie bricht die Reihe; davor und danach ist nicht vergleichbar")
    if indicator.reference:
        parts.append(f"Kennziffer: {indicator.reference}")
    return " ".join(f"{part}." for part in parts if part)


class _Lines:
    """Lines over the years, one panel for each group when several areas are compared."""

    def __init__(
        self, indicator: Indicator, series: list[Series], observed: tuple[Observation, ...]
    ) -> None:
        self.indicator = indicator
        self.series = series
        self.notes = _notes_in_words(indicator, observed)
        areas = list(dict.fromkeys(s.area.name for s in series))
        groups = list(dict.fromkeys(s.group for s in series))
        self.by_group = len(areas) > 1 and len(groups) > 1
        self.panels = (
            [(g, [s for s in series if s.group == g]) for g in groups]
            if self.by_group
            else [("", series)]
        )
        self.names_group = len(areas) == 1

    def name(self, series: Series) -> str:
        return series.group if self.names_group else series.area.name

    def chart(self, *, narrow: bool) -> go.Figure:
        stacked = narrow or len(self.panels) > 2
        rows = len(self.panels) if stacked else 1
        columns = 1 if stacked else len(self.panels)
        plot, gap, foot = _PLOT, 64, 34
        notes = [part for note in self.notes for part in wrap(note, 44 if narrow else 104)]
        height = rows * plot + (rows - 1) * gap + foot + 30 + 22 * len(notes)
        chart = new_chart(narrow=narrow, height=height)
        labels = [self._label(s, narrow=narrow) for s in self.series]
        right = max(text_width(part) for label in labels for part in label) + 14
        width = (328 if narrow else 720) - 44
        cell = width / columns
        top, bottom = 30, foot + 22 * len(notes)
        area_height = height - top - bottom
        years = [_year(o) for s in self.series for o in s.values]
        for i, (title, series) in enumerate(self.panels):
            row, column = (i, 0) if stacked else (0, i)
            left = column * cell
            x = ((left + (18 if column else 0)) / width, (left + cell - right) / width)
            y_top = 1 - row * (plot + gap) / area_height
            y = (max(0.0, y_top - plot / area_height), y_top)
            self._panel(chart, i, title, series, (x, y), (min(years), max(years)), narrow=narrow)
        for n, note in enumerate(notes):
            chart.add_annotation(
                xref="paper", yref="paper", x=0, y=0, xanchor="left", yanchor="top",
                yshift=-foot - 22 * n, text=safe(note), align="left",
                font={"size": SIZE - 1, "color": TEXT},
            )  # fmt: skip
        chart.update_layout(margin={"l": 40, "r": 4, "t": top, "b": bottom, "autoexpand": False})
        return chart

    def _label(self, series: Series, *, narrow: bool) -> list[str]:
        value = _value(self.indicator, series.last)
        name = self.name(series)
        return [value, *wrap(name, 16)] if narrow or self.by_group else [f"{value} {name}"]

    def _panel(
        self,
        chart: go.Figure,
        index: int,
        title: str,
        series: list[Series],
        domain: tuple[tuple[float, float], tuple[float, float]],
        years: tuple[int, int],
        *,
        narrow: bool,
    ) -> None:
        suffix = "" if index == 0 else str(index + 1)
        xref, yref = f"x{suffix}", f"y{suffix}"
        (x0, x1), (y0, y1) = domain
        top, ticks = _scale([o.value or 0 for s in self.series for o in s.values])
        bottom = min(0.0, ticks[0])
        for rank, one in enumerate(series):
            self._draw(chart, one, rank, xref, yref)
        for shift, one, label in self._label_shifts(series, bottom, top, narrow=narrow):
            chart.add_annotation(
                x=_year(one.last), y=one.last.value, xref=xref, yref=yref, xanchor="left",
                xshift=10, yshift=shift, align="left",
                text="<br>".join([f"<b>{label[0]}</b>", *map(safe, label[1:])])
                if len(label) > 1
                else _bold_value(label[0]),
                font={"size": SIZE - 1 if narrow or self.by_group else SIZE, "color": TEXT},
            )  # fmt: skip
        breaks = {_year(o) for s in series for o in s.values if o.after_break}
        for year in sorted(breaks):
            chart.add_shape(
                type="line", xref=xref, yref=f"{yref} domain", x0=year - 0.5, x1=year - 0.5, y0=0, y1=1,
                line={"color": TARGET, "width": 1.5, "dash": "5px,4px"},
            )  # fmt: skip
            chart.add_annotation(
                x=year - 0.5, y=1, xref=xref, yref=f"{yref} domain", yanchor="bottom", xanchor="right",
                xshift=8, text="Bruch der Reihe", font={"size": SIZE - 1, "color": TARGET},
            )  # fmt: skip
        if title:
            chart.add_annotation(
                x=x0, y=y1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
                yshift=22 if breaks else 6, text=f"<b>{safe(title)}</b>",
            )  # fmt: skip
        first, last = years
        span = max(last - first, 1)
        wanted = [first, *[y for y in range(first + 1, last) if y % 5 == 0], last]
        shown = _thin(wanted, span, 3 if narrow else (4 if self.by_group else 6))
        chart.update_layout(
            {
                f"xaxis{suffix}": {
                    "domain": [x0, x1],
                    "anchor": yref,
                    "range": [first - 0.04 * span, last + 0.02 * span],
                    "tickvals": shown,
                    "ticktext": [str(year) for year in shown],
                },
                f"yaxis{suffix}": {
                    "domain": [y0, y1],
                    "anchor": xref,
                    "range": [bottom, top],
                    "tickvals": ticks,
                    "ticktext": _tick_texts(self.indicator, ticks),
                },
            }
        )

    def _draw(self, chart: go.Figure, series: Series, rank: int, xref: str, yref: str) -> None:
        colour = MAIN if rank == 0 else OTHER
        symbol = _SYMBOLS[rank % len(_SYMBOLS)]
        for part in series.segments():
            chart.add_scatter(
                x=[_year(o) for o in part],
                y=[o.value for o in part],
                xaxis=xref,
                yaxis=yref,
                name=safe(self.name(series)),
                mode="lines+markers",
                line={"color": colour, "width": 3 if rank == 0 else 2, "dash": _DASHES[rank % len(_DASHES)]},
                marker={
                    "opacity": 1,
                    "symbol": symbol,
                    "size": [8 if o in (part[0], part[-1]) or o.precision == "circa" else 4 for o in part],
                    "color": [PAPER if o.precision == "circa" else colour for o in part],
                    "line": {"color": colour, "width": [2.5 if o.precision == "circa" else 0 for o in part]},
                },
                customdata=[
                    f"{safe(o.time)}: {_value(self.indicator, o)}<br>{safe(self._hover_name(series))}" for o in part
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )

    def _hover_name(self, series: Series) -> str:
        return f"{series.area.name}, {series.group}"

    def _label_shifts(
        self, series: list[Series], bottom: float, top: float, *, narrow: bool
    ) -> list[tuple[float, Series, list[str]]]:
        """Move the labels at the lines' ends apart, from the bottom up."""
        order = sorted(series, key=lambda s: s.last.value or 0)
        labels = [self._label(one, narrow=narrow) for one in order]
        sizes = [17.0 * len(label) + 2 for label in labels]
        points = [((one.last.value or 0) - bottom) / (top - bottom) * _PLOT for one in order]
        centres = _apart(points, sizes, floor=-10.0, ceiling=_PLOT + 14.0)
        return [
            (centre - point, one, label)
            for centre, point, one, label in zip(centres, points, order, labels, strict=True)
        ]


def _apart(points: list[float], sizes: list[float], *, floor: float, ceiling: float) -> list[float]:
    """Place boxes near their points, from below, without overlap and within limits where they fit."""
    centres: list[float] = []
    edge = floor
    for point, size in zip(points, sizes, strict=True):
        centres.append(max(point, edge + size / 2))
        edge = centres[-1] + size / 2
    edge = ceiling
    for i in reversed(range(len(centres))):
        centres[i] = min(centres[i], edge - sizes[i] / 2)
        edge = centres[i] - sizes[i] / 2
    return centres


class _Points:
    """Values without a year, on one scale."""

    def __init__(
        self, indicator: Indicator, loose: list[Observation], observed: tuple[Observation, ...]
    ) -> None:
        self.indicator = indicator
        self.loose = loose
        self.notes = _notes_in_words(indicator, observed)

    def chart(self, *, narrow: bool) -> go.Figure:
        notes = [part for note in self.notes for part in wrap(note, 44 if narrow else 104)]
        rows = len(self.loose)
        height = 70 * rows + (34 if rows else 6) + 22 * len(notes) + 10
        chart = new_chart(narrow=narrow, height=height)
        values = [o.value or 0 for o in self.loose]
        percent = self.indicator.unit == "Prozent" and max(values, default=0) <= 100
        top, ticks = (100.0, [0.0, 25.0, 50.0, 75.0, 100.0]) if percent else _scale(values)
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
            ticktext=_tick_texts(self.indicator, ticks),
            visible=bool(rows),
        )
        chart.update_yaxes(visible=False, range=[max(rows, 1) - 1, -0.95])
        chart.update_layout(
            margin={"l": 8, "r": 26, "t": 4, "b": (34 if rows else 0) + 22 * len(notes) + 4, "autoexpand": False}
        )
        return chart

    def _draw(self, chart: go.Figure, o: Observation, y: int) -> None:
        circa = o.precision == "circa"
        text = f"{_value(self.indicator, o)} {o.area.name}"
        hover = f"{_value(self.indicator, o)}<br>{safe(o.area.name)}, {safe(o.group)}, {safe(o.time)}"
        chart.add_scatter(
            x=[0, o.value], y=[y, y], mode="lines", cliponaxis=False, hoverinfo="skip",
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
                type="line", x0=0, x1=1, xref="x domain", y0=y, y1=y, layer="below", line={"color": AXIS, "width": 1}
            )
        chart.add_annotation(
            x=o.value, y=y, yanchor="bottom", xanchor="left", yshift=12, xshift=-12,
            text=_bold_value(text), font={"size": SIZE + 1, "color": TEXT},
        )  # fmt: skip


def _notes_in_words(indicator: Indicator, observed: Iterable[Observation]) -> list[str]:
    """Say what has no place on an axis: trends without a number, suppressed values."""
    notes = []
    for o in observed:
        if o.precision == "nur_trend":
            notes.append(f"→ {o.area.name}, {o.time}: {o.note or 'Richtung genannt'} (ohne Zahl in der Quelle)")
        if o.precision == "gesperrt":
            notes.append(f"○ {o.area.name}, {o.group}, {o.time}: {o.note or 'Wert nicht veröffentlicht'}")
    return notes


def _value(indicator: Indicator, o: Observation) -> str:
    digits = min(1, _digits(o.value or 0))
    return german.quantity(o.value or 0, indicator.unit, circa=o.precision == "circa", digits=digits)


def _rounded(o: Observation) -> str:
    return german.number(o.value or 0, 1)


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def _bold_value(text: str) -> str:
    """Set the value in bold and the name after it as it is; both are glued by plain blanks."""
    value, _, name = text.partition(" ")
    return f"<b>{safe(value)}</b> {safe(name)}".rstrip()


def _scale(values: list[float]) -> tuple[float, list[float]]:
    """Choose the top of an axis that holds zero, and about five round ticks up to the highest value."""
    low, high = min([*values, 0.0]), max([*values, 0.0])
    span = (high - low) or 1.0
    raw = span / 5
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= raw)
    ticks = [round(i * step, 10) for i in range(math.floor(low / step), math.floor(high / step) + 1)]
    return max(high, ticks[-1]) + 0.06 * span, ticks


def _tick_texts(indicator: Indicator, ticks: list[float]) -> list[str]:
    texts = [german.number(t) for t in ticks]
    if indicator.unit == "Prozent":
        texts[-1] = german.quantity(ticks[-1], "Prozent")
    return texts


def _thin(years: list[int], span: int, most: int) -> list[int]:
    """Keep first and last year and as many between as do not touch."""
    apart = span / most / 1.6
    inner = [y for y in years[1:-1] if y - years[0] > apart and years[-1] - y > apart]
    while len(inner) + 2 > most:
        inner = inner[1::2]
    return list(dict.fromkeys([years[0], *inner, years[-1]]))


def _data_table(label: str, indicator: Indicator, observed: tuple[Observation, ...]) -> Table:
    """Give the observations as a table: a row for each time, a column for each area and group."""
    areas = list(dict.fromkeys(o.area.name for o in observed))
    groups = list(dict.fromkeys(o.group for o in observed))

    def name(o: Observation) -> str:
        if len(groups) == 1:
            return o.area.name
        return o.group if len(areas) == 1 else f"{o.area.name}, {o.group}"

    columns = list(dict.fromkeys(name(o) for o in observed))
    times = list(dict.fromkeys(o.time for o in sorted(observed, key=lambda o: (o.year or 0, o.time))))
    cells: dict[tuple[str, str], list[str]] = {}
    for o in observed:
        cells.setdefault((o.time, name(o)), []).append(_cell_text(indicator, o))
    rows = tuple(
        Row((Cell.of(t), *(Cell.of(*cells.get((t, c), ["keine Angabe"])) for c in columns))) for t in times
    )
    head = (Column("Zeit"), *(Column(c, numeric=True) for c in columns))
    return Table(label=f"{label}-daten", caption="", columns=head, rows=rows)


def _cell_text(indicator: Indicator, o: Observation) -> str:
    if o.precision == "nur_trend":
        return f"nur Richtung: {o.note}" if o.note else "nur Richtung, keine Zahl"
    if o.precision == "gesperrt" or o.value is None:
        return "gesperrt"
    text = german.quantity(o.value, indicator.unit, circa=o.precision == "circa")
    return f"{text} (nach Bruch)" if o.after_break else text


def _csv(indicator: Indicator, observed: tuple[Observation, ...]) -> tuple[tuple[str, ...], ...]:
    head = ("Indikator", "Gebiet", "Gruppe", "Zeit", "Wert", "Einheit", "Genauigkeit", "Reihenbruch", "Hinweis", "Quelle")
    rows = (
        (
            indicator.name,
            o.area.name,
            o.group,
            o.time,
            "" if o.value is None else german.number(o.value).replace(".", ""),
            indicator.unit,
            o.precision,
            "ja" if o.after_break else "",
            o.note or "",
            source_lines([o.source])[0],
        )
        for o in observed
    )
    return (head, *rows)


def _year(o: Observation) -> int:
    if o.year is None:
        raise ValueError("a dated value is needed here")
    return o.year
