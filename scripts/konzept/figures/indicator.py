"""An indicator: over time as lines, or as single points where the source gives no years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from konzept import german
from konzept.concept.citing import cited, source_line
from konzept.concept.model import Concept, Indicator, Observation
from konzept.content import Cell, Column, Figure, Row, Table
from konzept.figures.comparison import (
    comparison_chart,
    comparison_finding,
    is_comparison,
    worth_aiming_at,
    worth_drawing,
)
from konzept.figures.lines import Lines
from konzept.figures.points import Points
from konzept.figures.series import NEAREST, at, series_of, target_words, value_text, year_of
from konzept.views import indicator_view

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
    draw = Lines(indicator, lines, observed, targets) if lines else Points(indicator, loose, observed)
    shown = (*observed, *targets)
    label = f"abb-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(indicator),
        subtitle=_subtitle(concept, indicator, [o for s in lines for o in s.values] or observed),
        caption=indicator.name,
        reading=_reading_aid(shown),
        method=_method(indicator, shown, partly=len(lines) < len(found)),
        sources=cited([o.source for o in shown]),
        wide=draw.chart(narrow=False),
        narrow=draw.chart(narrow=True),
        data=data_table(label, indicator, shown),
        csv=observations_csv(indicator, shown),
        view=indicator_view(indicator.id),
    )


def _comparison(concept: Concept, indicator: Indicator, observed: tuple[Observation, ...]) -> Figure:
    label = f"abb-{indicator.id}"
    times = list(dict.fromkeys(o.time for o in observed))
    return Figure(
        label=label,
        finding=comparison_finding(concept, indicator),
        subtitle=f"{unit_text(indicator)}; {german.listing(times)}.",
        caption=indicator.name,
        reading=_reading_aid(observed),
        method=_method(indicator, observed),
        sources=cited([o.source for o in observed]),
        wide=comparison_chart(concept, indicator, narrow=False),
        narrow=comparison_chart(concept, indicator, narrow=True),
        data=data_table(label, indicator, observed, by_area=True),
        csv=observations_csv(indicator, observed),
        view=indicator_view(indicator.id),
    )


def unit_text(indicator: Indicator) -> str:
    """Name the unit at the beginning of a sentence."""
    if indicator.unit in ("Personen", "Anzahl") or indicator.unit.startswith("je "):
        return german.capital(indicator.unit)
    return f"In {indicator.unit}"


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
        year = min(year_of(s.last) for s in nearest)
        now = [o for s in nearest for o in s.values if o.year == year]
        if len(now) > 1:
            values = german.listing([f"{value_text(indicator, o)} ({o.group})" for o in now])
            return f"{place} lag {phrase} {at(now[0])} bei {values}."
    recent = nearest[0].segments()[-1]
    first, last = recent[0], recent[-1]
    if first is last:
        return f"{place} lag {phrase} {at(last)} bei {value_text(indicator, last)}."
    if value_text(indicator, first) == value_text(indicator, last):
        return f"{place} lag {phrase} {at(first)} und {at(last)} bei {value_text(indicator, last)}."
    verb = "stieg" if (last.value or 0) > (first.value or 0) else "sank"
    return (
        f"{place} {verb} {phrase} von {value_text(indicator, first)} ({first.time}) "
        f"auf {value_text(indicator, last)} ({last.time}){between(indicator, recent)}."
    )


def between(indicator: Indicator, values: list[Observation]) -> str:
    """Name the highest or lowest value between the ends where the ends alone would mislead."""
    low, high = sorted([values[0].value or 0, values[-1].value or 0])
    lowest = min(values, key=lambda o: o.value or 0)
    highest = max(values, key=lambda o: o.value or 0)
    reach = (high - low) / 2
    words = []
    if low - (lowest.value or 0) > reach:
        words.append(f"der niedrigste Wert war {value_text(indicator, lowest)} ({lowest.time})")
    if (highest.value or 0) - high > reach:
        words.append(f"der höchste Wert war {value_text(indicator, highest)} ({highest.time})")
    return f"; {german.listing(words)}" if words else ""


def _finding_of_points(indicator: Indicator, phrase: str) -> str:
    loose = [o for o in indicator.actual() if o.value is not None]
    if loose:
        nearest = min(loose, key=lambda o: NEAREST.index(o.area.level))
        place = german.capital(nearest.area.phrase)
        return f"{place} lag {phrase} bei {value_text(indicator, nearest)}; ein Jahr ist nicht genannt."
    if any(o.precision == "nur_trend" for o in indicator.actual()):
        return f"Für „{indicator.name}“ nennt die Quelle eine Richtung, aber keine Zahl."
    return f"Für „{indicator.name}“ sind alle Werte gesperrt."


def area_names(observed: Iterable[Observation]) -> str:
    """Name a few areas, or the first and how many more."""
    areas = list(dict.fromkeys(o.area.name for o in observed))
    return german.listing(areas if len(areas) <= _NAMED else [areas[0], f"{len(areas) - 1} weitere Gebiete"])


def _subtitle(concept: Concept, indicator: Indicator, observed: Sequence[Observation]) -> str:
    years = sorted({o.year for o in observed if o.value is not None and o.year is not None})
    parts = [area_names(observed)]
    if years:
        parts.append(str(years[0]) if len(years) == 1 else f"{years[0]} bis {years[-1]}")
    text = f"{unit_text(indicator)}; {', '.join(parts)}"
    if concept.town.area_id not in {o.area.id for o in observed}:
        text += f"; keine eigenen Werte für {concept.town.name}"
    return f"{text}."


def _reading_aid(observed: tuple[Observation, ...]) -> str:
    parts = []
    if any(o.precision == "circa" for o in observed):
        parts.append("Hohle Punkte stehen für ungefähre Angaben")
    if targets := [o for o in observed if o.kind == "soll"]:
        kinds = dict.fromkeys(target_words(o) for o in targets)
        parts.append(f"Offene Rauten mit gestrichelter Linie stehen für Sollwerte ({'; '.join(kinds)})")
    return " ".join(f"{part}." for part in parts)


def _method(indicator: Indicator, observed: tuple[Observation, ...], *, partly: bool = False) -> str:
    parts = [(indicator.definition or "").rstrip(".")]
    if partly:
        parts.append("Werte weiterer Gebiete stehen in den Daten zur Abbildung")
    if any(o.after_break for o in observed):
        parts.append(
            "An der gestrichelten Linie bricht die Reihe; die Werte davor und danach sind nicht vergleichbar"
        )
    if indicator.reference:
        parts.append(f"Kennziffer: {indicator.reference}")
    return " ".join(f"{part}." for part in parts if part)


def data_table(
    label: str, indicator: Indicator, observed: tuple[Observation, ...], *, by_area: bool = False
) -> Table:
    """Give the observations as a table: a row a time (or area), a column an area and group (or time)."""
    areas = list(dict.fromkeys(o.area.name for o in observed))
    groups = list(dict.fromkeys(o.group for o in observed))

    def series(o: Observation) -> str:
        if len(groups) == 1:
            return o.area.name
        return o.group if len(areas) == 1 else f"{o.area.name}, {o.group}"

    def time(o: Observation) -> str:
        return f"Soll, {target_words(o)}" if o.kind == "soll" else o.time

    ordered = sorted(observed, key=lambda o: (o.kind == "soll", o.year or 0, o.time))
    places = [(series(o), time(o)) if by_area else (time(o), series(o)) for o in ordered]
    heads = list(dict.fromkeys(column for _, column in places))
    if not by_area:
        heads = list(dict.fromkeys(series(o) for o in observed))
    cells: dict[tuple[str, str], list[str]] = {}
    for place, o in zip(places, ordered, strict=True):
        cells.setdefault(place, []).append(_cell_text(indicator, o))
    rows = tuple(
        Row((Cell.of(row), *(Cell.of(*cells.get((row, head), ["keine Angabe"])) for head in heads)))
        for row in dict.fromkeys(row for row, _ in places)
    )
    columns = (Column("Gebiet" if by_area else "Zeit"), *(Column(head, numeric=True) for head in heads))
    return Table(label=f"{label}-daten", caption="", columns=columns, rows=rows)


def _cell_text(indicator: Indicator, o: Observation) -> str:
    if o.precision == "nur_trend":
        return f"nur Richtung: {o.note}" if o.note else "nur Richtung, keine Zahl"
    if o.precision == "gesperrt" or o.value is None:
        return "gesperrt"
    text = german.quantity(o.value, indicator.unit, circa=o.precision == "circa")
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
            f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist",
            o.area.name,
            o.group,
            o.time,
            "" if o.value is None else german.number(o.value).replace(".", ""),
            indicator.unit,
            o.precision,
            "ja" if o.after_break else "",
            o.note or "",
            source_line(o.source),
        )
        for o in observed
    )
    return (head, *rows)
