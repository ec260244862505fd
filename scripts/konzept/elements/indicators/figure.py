"""An indicator: over time as lines, as single points where the source gives no years, or many places side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import plotly.graph_objects as go

from konzept.concept.citing import cited, source_line
from konzept.concept.findings import (
    ABSOLUTE,
    MANY,
    comparison_finding,
    finding,
    in_order,
    is_comparison,
    level_of,
    peers_of,
    values_side_by_side,
)
from konzept.concept.grouping import grouped
from konzept.concept.model import ActionField, Concept, Indicator, Observation
from konzept.concept.series import Series, notes_in_words, series_of
from konzept.concept.values import exact_text, kind_words, newest, number_text, target_words, value_text, when
from konzept.elements.content import Cell, Column, Figure, Row, Run, Table, Text, line
from konzept.elements.drawing.dots import Dot, dots_chart
from konzept.elements.drawing.drawn_or_said import or_words
from konzept.elements.drawing.template import safe
from konzept.elements.explorer.choices import indicator_view
from konzept.elements.indicators.dumbbell import groups_by_area, of_two_groups, reading_of_groups
from konzept.elements.indicators.trend import Lines
from konzept.elements.tables import csv_number
from konzept.words import german

_NAMED = 5
"""So many areas are named below a finding; more are counted."""


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
    if is_comparison(indicator):
        return _comparison(concept, indicator, observed)
    found = series_of(indicator)
    lines = worth_drawing(concept, indicator, found)
    loose = [o for o in observed if o.value is not None and o.year is None]
    targets = worth_aiming_at(concept, indicator, lines) if lines else []
    side_by_side = of_two_groups(lines) and not targets
    dots = [
        dot_of(indicator, o, f"{o.area.name}, {o.group} ({o.time})", label=_short_text(indicator, o))
        for o in loose
    ]
    draw: Callable[..., go.Figure] = partial(dots_chart, dots)
    if side_by_side:
        draw = partial(groups_by_area, indicator, lines)
    elif lines:
        draw = Lines(indicator, lines, observed, targets).chart
    shown = (*observed, *targets)
    return Figure(
        label=f"abb-{indicator.id}",
        finding=finding(indicator),
        subtitle=_subtitle(indicator, [o for s in lines for o in s.values] or observed),
        caption=indicator.name,
        reading=german.sentences(
            reading_of_groups(lines) if side_by_side else "",
            # Lines have words for what has no number; elsewhere it has no place.
            *([] if lines and not side_by_side else _unnumbered(indicator)),
            _reading_aid(shown),
        ),
        method=_method(indicator, shown, partly=len(lines) < len(found), dashed=not side_by_side),
        sources=cited([o.source for o in shown]),
        wide=draw(narrow=False),
        narrow=draw(narrow=True),
        data=data_table(indicator, shown),
        csv=observations_csv(indicator, shown),
        points=_points(lines, loose),
        view=indicator_view(indicator.id),
    )


def indicator_block(concept: Concept, indicator: Indicator) -> Figure | Text | None:
    """Show an indicator's observations as a figure, or say what there is; None when there is nothing."""
    figure = indicator_figure(concept, indicator)
    return or_words(figure, *_besides(indicator)) if figure else None


def number_block(indicator: Indicator) -> Text:
    """Show the town's own newest value as a large number, with what it is and the values of larger areas at that time."""
    own = newest(o for o in indicator.actual() if o.area.own and o.value is not None)
    assert own is not None, indicator.id
    others = [
        o
        for o in in_order(indicator.actual())
        if o.area.level in _LARGER
        and not o.area.peer
        and (o.time, o.group) == (own.time, own.group)
        and o.value is not None
    ]
    values = [f"{o.area.name} {value_text(indicator, o)}" for o in others]
    compared = f" Zum Vergleich: {german.listing(values)}." if values else ""
    text = f" {indicator.name} ({own.area.name}, {own.time}).{compared}"
    marks = (Run(f" ({s.short_title})", source=(s.document, s.places)) for s in cited([own.source]))
    number = line(Run(value_text(indicator, own), strong=True), text, *marks)
    return Text((number,), role="number", label=number_label(indicator), name=indicator.name)


def number_label(indicator: Indicator) -> str:
    """Name the place where an indicator's large number stands."""
    return f"zahl-{indicator.id}"


_LARGER = ("umland", "kreis", "land", "bund")
"""Areas that hold the town."""


def further_indicators(field: ActionField) -> Text:
    """Lead to the field's other indicators, which the annexes show."""
    place = Run("Ist und Soll", target=f"@indikatoren-{field.id}")
    return Text((line("Weitere Kennzahlen zeigt die Anlage ", place, "."),))


def _points(lines: Sequence[Series], loose: Sequence[Observation]) -> int:
    """Count what is seen at once: the values of the longest line, or the lines or values side by side."""
    if lines:
        return max(len({(s.area, s.group) for s in lines}), *(len({o.time for o in s.values}) for s in lines))
    return len({(o.area, o.group) for o in loose})


def _besides(indicator: Indicator) -> list[str]:
    """Say what a few observations tell besides the finding: the newest of other areas, and what has no number."""
    series = series_of(indicator)
    others = {s.area.id: s for s in reversed(series) if s.area != series[0].area}
    texts = []
    if others and not (peers_of(series) and not series[0].area.own):
        values = [
            f"{value_text(indicator, s.last)} ({s.area.name}, {s.last.time})"
            for s in reversed(list(others.values()))
        ]
        texts.append(f"Zum Vergleich: {german.listing(values)}.")
    return [*texts, *_unnumbered(indicator)]


def _unnumbered(indicator: Indicator) -> list[str]:
    """Say what has no number; the words of charts begin with a sign, which a sentence does not."""
    return [f"{text[2:]}." for text in notes_in_words(indicator, indicator.actual())]


def _short_text(indicator: Indicator, o: Observation) -> str:
    """Write a value; a unit longer than a sign stands above the chart, once."""
    return value_text(indicator, o) if indicator.unit == "Prozent" else number_text(indicator, o)


def dot_of(
    indicator: Indicator,
    o: Observation,
    name: str,
    symbol: str = "square",
    *,
    label: str = "",
    target: bool = False,
) -> Dot:
    """Draw a value as a dot; the town's own is a circle, and hollow is what is approximate or aimed at."""
    value = value_text(indicator, o)
    return Dot(
        name=name,
        value=o.value or 0,
        label=label or value,
        hover=f"{safe(name)}: {value}",
        main=o.area.own,
        symbol="circle" if o.area.own and not target else symbol,
        hollow=target or o.precision == "circa",
        target=target,
    )


def _comparison(concept: Concept, indicator: Indicator, observed: tuple[Observation, ...]) -> Figure:
    times = list(dict.fromkeys(o.time for o in observed))
    return Figure(
        label=f"abb-{indicator.id}",
        finding=comparison_finding(concept, indicator),
        subtitle=f"{unit_text(indicator)}; {german.listing(times)}.",
        caption=indicator.name,
        reading=_reading_aid(observed),
        method=_method(indicator, observed),
        sources=cited([o.source for o in observed]),
        wide=comparison_chart(concept, indicator, narrow=False),
        narrow=comparison_chart(concept, indicator, narrow=True),
        data=data_table(indicator, observed, by_area=True),
        csv=observations_csv(indicator, observed),
        view=indicator_view(indicator.id),
    )


def unit_text(indicator: Indicator) -> str:
    """Name the unit at the beginning of a sentence."""
    if indicator.unit in ("Personen", "Anzahl") or indicator.unit.startswith("je "):
        return german.capital(indicator.unit)
    return f"In {indicator.unit}"


def area_names(observed: Iterable[Observation]) -> str:
    """Name a few areas, or the first and how many more."""
    areas = list(dict.fromkeys(o.area.name for o in in_order(observed)))
    return german.listing(areas if len(areas) <= _NAMED else [areas[0], f"{len(areas) - 1} weitere Gebiete"])


def _subtitle(indicator: Indicator, observed: Sequence[Observation]) -> str:
    """Name unit, areas and years; that the town has no values is said once a chapter, in its list of gaps."""
    years = german.span(o.year for o in observed if o.value is not None and o.year is not None)
    return f"{unit_text(indicator)}; {', '.join(filter(None, (area_names(observed), years)))}."


def _reading_aid(observed: tuple[Observation, ...]) -> str:
    kinds = dict.fromkeys(target_words(o) for o in observed if o.kind == "soll")
    return german.sentences(
        "Hohle Punkte stehen für ungefähre Angaben" if any(o.precision == "circa" for o in observed) else "",
        f"Offene Rauten mit gestrichelter Linie stehen für Sollwerte ({'; '.join(kinds)})" if kinds else "",
    )


def _method(
    indicator: Indicator, observed: tuple[Observation, ...], *, partly: bool = False, dashed: bool = True
) -> str:
    times = list(dict.fromkeys(o.time for o in observed if o.after_break))
    where = "An der gestrichelten Linie" if dashed else f"Vor dem Wert von {german.listing(times)}"
    return german.sentences(
        indicator.definition or "",
        *indicator.remarks,
        f"Abdeckung der Tabelle: {indicator.reach}" if indicator.reach else "",
        "Werte weiterer Gebiete stehen in den Daten zur Abbildung" if partly else "",
        f"{where} bricht die Reihe; die Werte davor und danach sind nicht vergleichbar" if times else "",
    )


def data_table(indicator: Indicator, observed: Iterable[Observation], *, by_area: bool = False) -> Table:
    """Give the observations as a table: a row a time (or area), a column an area and group (or time)."""
    observed = in_order(observed)
    areas = list(dict.fromkeys(o.area.name for o in observed))
    groups = list(dict.fromkeys(o.group for o in observed))

    def series(o: Observation) -> str:
        if len(groups) == 1:
            return o.area.name
        return o.group if len(areas) == 1 else f"{o.area.name}, {o.group}"

    def time(o: Observation) -> str:
        return kind_words(o) if o.kind == "soll" else o.time

    cells = grouped(
        ((series(o), time(o)) if by_area else (time(o), series(o)), _cell_text(indicator, o))
        for o in sorted(observed, key=lambda o: (o.kind == "soll", when(o)))
    )
    heads = dict.fromkeys(column for _, column in cells) if by_area else dict.fromkeys(map(series, observed))
    rows = tuple(
        Row((Cell.of(row), *(Cell.of(*cells.get((row, head), ["keine Angabe"])) for head in heads)))
        for row in dict.fromkeys(row for row, _ in cells)
    )
    columns = (Column("Gebiet" if by_area else "Zeit"), *(Column(head, numeric=True) for head in heads))
    return Table("", "", columns, rows)


def _cell_text(indicator: Indicator, o: Observation) -> str:
    if o.precision == "nur_trend":
        return f"nur Richtung: {o.note}" if o.note else "nur Richtung, keine Zahl"
    if o.precision == "gesperrt" or o.value is None:
        return "gesperrt"
    text = exact_text(indicator, o)
    return f"{text} (nach Bruch)" if o.after_break else text


def observations_csv(indicator: Indicator, observed: Iterable[Observation]) -> tuple[tuple[str, ...], ...]:
    """Give observations as heading and rows of a file for download."""
    head = (
        "Indikator",
        "Art",
        "Gebiet",
        "Gruppe",
        "Zeit",
        "Wert",
        "Einheit",
        "Genauigkeit",
        "Reihenbruch",
        "Hinweis",
        "Quelle",
    )
    rows = (
        (
            indicator.name,
            kind_words(o),
            o.area.name,
            o.group,
            o.time,
            csv_number(o.value),
            indicator.unit,
            o.precision,
            "ja" if o.after_break else "",
            o.note or "",
            source_line(o.source),
        )
        for o in observed
    )
    return (head, *rows)


_TARGETS = 3
"""More targets than these would crowd the lines; a figure of their own shows all."""


def worth_drawing(concept: Concept, indicator: Indicator, series: list[Series]) -> list[Series]:
    """Leave to the data table what would crowd the lines or flatten them.

    Counts of areas of different size do not share an axis: the nearest area alone is drawn.
    Of many areas only those with more than one value are.
    """
    if indicator.unit in ABSOLUTE and len({s.area.id for s in series}) > 1:
        return [s for s in series if s.area == series[0].area]
    if len({s.area.id for s in series}) <= MANY:
        return series
    return [s for s in series if len(s.values) > 1 or s.area.id == concept.town.area_id]


def worth_aiming_at(concept: Concept, indicator: Indicator, series: list[Series]) -> list[Observation]:
    """Choose the targets that lines can carry: of areas whose actual values are drawn, the town's own first."""
    drawn = {s.area for s in series}
    found = [o for o in indicator.targets() if o.value is not None and o.area in drawn]
    return sorted(found, key=lambda o: o.area.id != concept.town.area_id)[:_TARGETS]


def comparison_chart(concept: Concept, indicator: Indicator, *, narrow: bool) -> go.Figure:
    """Draw the dots from the lowest to the highest value, upwards."""
    values = sorted(
        values_side_by_side(indicator), key=lambda o: (o.value or 0, o.area.id == concept.town.area_id)
    )
    level = level_of(values)
    dots = [
        dot_of(
            indicator,
            o,
            o.area.name,
            "square" if o.area.level == level else "diamond",
            label=_short_text(indicator, o),
        )
        for o in values
    ]
    return dots_chart(dots, narrow=narrow)
