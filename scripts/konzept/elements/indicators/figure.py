"""An indicator: over time as lines, or as single points where the source gives no years."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial

import plotly.graph_objects as go

from konzept.concept.citing import cited, source_line
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.values import at, digits_of, exact_text, newest, target_words, value_text, when
from konzept.elements.content import Cell, Column, Figure, Row, Run, Table, Text, line
from konzept.elements.drawing.drawn_or_said import or_words
from konzept.elements.explorer.views import indicator_view
from konzept.elements.indicators.claims import Change, Claim, Dated, Jump, Turn, claim_of, movement, worded
from konzept.elements.indicators.comparison import (
    comparison_chart,
    comparison_finding,
    is_comparison,
    worth_aiming_at,
    worth_drawing,
)
from konzept.elements.indicators.dumbbell import groups_by_area, of_two_groups, reading_of_groups
from konzept.elements.indicators.lines import Lines
from konzept.elements.indicators.points import Points
from konzept.elements.indicators.series import Series, dated, notes_in_words, series_of
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
    draw: Callable[..., go.Figure]
    if side_by_side:
        draw = partial(groups_by_area, indicator, lines)
    else:
        draw = (
            Lines(indicator, lines, observed, targets) if lines else Points(indicator, loose, observed)
        ).chart
    shown = (*observed, *targets)
    label = f"abb-{indicator.id}"
    return Figure(
        label=label,
        finding=finding(indicator),
        subtitle=_subtitle(indicator, [o for s in lines for o in s.values] or observed),
        caption=indicator.name,
        reading=" ".join(filter(None, [*_of_two(indicator, lines, side_by_side), _reading_aid(shown)])),
        method=_method(indicator, shown, partly=len(lines) < len(found), dashed=not side_by_side),
        sources=cited([o.source for o in shown]),
        wide=draw(narrow=False),
        narrow=draw(narrow=True),
        data=data_table(label, indicator, shown),
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
    if own is None:
        raise ValueError(indicator.id)
    others = [
        o
        for o in in_order(indicator.actual())
        if o.area.level in _LARGER and (o.time, o.group) == (own.time, own.group) and o.value is not None
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
    if others and not (_peers(series) and not series[0].area.own):
        values = [
            f"{value_text(indicator, s.last)} ({s.area.name}, {s.last.time})"
            for s in reversed(list(others.values()))
        ]
        texts.append(f"Zum Vergleich: {german.listing(values)}.")
    return [*texts, *_unnumbered(indicator)]


def _unnumbered(indicator: Indicator) -> list[str]:
    """Say what has no number; the words of charts begin with a sign, which a sentence does not."""
    return [f"{text[2:]}." for text in notes_in_words(indicator, indicator.actual())]


def _of_two(indicator: Indicator, lines: Sequence[Series], side_by_side: bool) -> list[str]:
    """Say how two groups side by side are to be read, and what has no place there."""
    return [reading_of_groups(lines), *_unnumbered(indicator)] if side_by_side else []


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

    Of one group it is the claim of its values since the last break in the series.
    Of several groups it is their newest values; of two also their distance, or the multiple that one alone reached.
    Several municipalities or districts that are not the town itself are given from the lowest to the highest.
    """
    phrase = phrase_of(indicator)
    series = series_of(indicator)
    if not series:
        return _finding_of_points(indicator, phrase)
    area = series[0].area
    if not area.own and (peers := _peers(series)):
        return _range(indicator, phrase, peers)
    groups = leaders(series)
    place = german.capital(area.phrase)
    if len(groups) == 1:
        verb, rest = worded(recent_claim(indicator, groups[0]))
        return f"{place} {verb} {phrase} {rest}{_before_break(indicator, groups[0])}."
    return f"{place} {_of_groups(indicator, phrase, groups)}."


def phrase_of(indicator: Indicator) -> str:
    """Name what is measured as the subject of a sentence."""
    return indicator.phrase or f"der Wert „{indicator.name}“"


def leaders(series: Sequence[Series]) -> list[Series]:
    """Take one series for each group of the first area: the one with the newest value."""
    found: dict[str, Series] = {}
    for s in series:
        if s.area == series[0].area:
            found.setdefault(s.group, s)
    return list(found.values())


def recent_claim(indicator: Indicator, series: Series) -> Claim:
    """Claim what the values show that can be compared with the newest one."""
    return claim_of([dated(indicator, o) for o in series.segments()[-1]])


def _before_break(indicator: Indicator, series: Series) -> str:
    """Tell of the values before a break where those after it are too few to show anything."""
    parts = series.segments()
    if len(parts) < 2 or len(parts[-1]) > 2 or len(parts[-2]) < 3 or not parts[-1][0].after_break:
        return ""
    verb, rest = worded(claim_of([dated(indicator, o) for o in parts[-2]]))
    return f"; vor dem Bruch der Reihe {verb} der Wert {rest}"


def _peers(series: Sequence[Series]) -> list[Observation]:
    """Find the newest values of the areas of the first one's level, where those do not hold the town."""
    first = series[0].area
    if first.level not in ("ortsteil", "gemeinde"):
        return []
    found = {s.area.id: s.last for s in reversed(series) if s.area.level == first.level and not s.area.own}
    return list(found.values()) if len(found) > 1 else []


def _range(indicator: Indicator, phrase: str, peers: Sequence[Observation]) -> str:
    low, high = (pick(peers, key=lambda o: o.value or 0) for pick in (min, max))
    same = len({o.time for o in peers}) == 1
    when = f" {at(low)}" if same else ""
    ends = [f"{value_text(indicator, o)} ({o.area.name}{'' if same else f', {o.time}'})" for o in (low, high)]
    return f"{german.capital(phrase)} lag{when} zwischen {ends[0]} und {ends[1]}."


def _of_groups(indicator: Indicator, phrase: str, groups: Sequence[Series]) -> str:
    """Compare groups of one area; the sentence follows the place."""
    last = [s.last for s in groups]
    if len(groups) == 2:
        claims = [recent_claim(indicator, s) for s in groups]
        told = [n for n, claim in enumerate(claims) if _has_factor(claim)]
        if len(told) == 1:
            own, other = told[0], last[1 - told[0]]
            verb, rest = worded(claims[own])
            aside = f"zum Vergleich: {value_text(indicator, other)} ({other.group}, {other.time})"
            return f"{verb} {phrase} ({groups[own].group}) {rest}; {aside}"
    if len({o.time for o in last}) > 1:
        values = german.listing([f"{at(o)} bei {value_text(indicator, o)} ({o.group})" for o in last])
        return f"lag {phrase} {values}"
    values = german.listing([f"{value_text(indicator, o)} ({o.group})" for o in last])
    return f"lag {phrase} {at(last[0])} bei {values}{_distance(indicator, groups)}"


def _has_factor(claim: Claim) -> bool:
    return isinstance(claim, Jump | Turn | Change) and claim.factor is not None


def _distance(indicator: Indicator, groups: Sequence[Series]) -> str:
    """Say how far two groups lie apart, and how that came about where it changed by a quarter at least."""
    if len(groups) != 2:
        return ""
    one, other = ({o.time: dated(indicator, o) for o in s.segments()[-1]} for s in groups)
    gaps: list[Dated] = []
    digits = digits_of(indicator)
    for time in [o.time for o in groups[0].segments()[-1]][::-1]:
        if time not in other or one[time].circa or other[time].circa:
            break
        shown = abs(one[time].shown - other[time].shown)
        exact = abs(one[time].exact - other[time].exact)
        gaps.insert(
            0, dataclasses.replace(one[time], text=german.number(shown, digits), shown=shown, exact=exact)
        )
    if not gaps or not gaps[-1].shown:
        return ""
    last = gaps[-1]
    unit = difference_unit(indicator, last.shown)
    moved = movement(claim_of(gaps))
    if moved is None or not moved[0].shown or 4 * abs(last.shown - moved[0].shown) < moved[0].shown:
        return f"; der Abstand betrug {german.quantity(last.shown, unit, digits=digits)}"
    verb = "wuchs" if last.shown > moved[0].shown else "schrumpfte"
    now = german.quantity(last.shown, unit, digits=digits)
    return f"; der Abstand {verb} von {moved[0].text} ({moved[0].time}) auf {now} ({last.time})"


def difference_unit(indicator: Indicator, gap: Decimal) -> str:
    """Name the unit of a difference: of percentages it is percentage points."""
    if indicator.unit != "Prozent":
        return indicator.unit
    return "Prozentpunkt" if gap == 1 else "Prozentpunkte"


def _finding_of_points(indicator: Indicator, phrase: str) -> str:
    loose = [o for o in indicator.actual() if o.value is not None]
    if loose:
        nearest = min(loose, key=lambda o: o.area.rank)
        place = german.capital(nearest.area.phrase)
        return f"{place} lag {phrase} bei {value_text(indicator, nearest)}; ein Jahr ist nicht genannt."
    if any(o.precision == "nur_trend" for o in indicator.actual()):
        return f"Für „{indicator.name}“ nennt die Quelle eine Richtung, aber keine Zahl."
    return f"Für „{indicator.name}“ sind alle Werte gesperrt."


def in_order(observed: Iterable[Observation]) -> list[Observation]:
    """Sort observations by the one order of areas, and else as the data have them."""
    return sorted(observed, key=lambda o: o.area.rank)


def area_names(observed: Iterable[Observation]) -> str:
    """Name a few areas, or the first and how many more."""
    areas = list(dict.fromkeys(o.area.name for o in in_order(observed)))
    return german.listing(areas if len(areas) <= _NAMED else [areas[0], f"{len(areas) - 1} weitere Gebiete"])


def _subtitle(indicator: Indicator, observed: Sequence[Observation]) -> str:
    """Name unit, areas and years; that the town has no values is said once a chapter, in its list of gaps."""
    years = sorted({o.year for o in observed if o.value is not None and o.year is not None})
    parts = [area_names(observed)]
    if years:
        parts.append(str(years[0]) if len(years) == 1 else f"{years[0]} bis {years[-1]}")
    return f"{unit_text(indicator)}; {', '.join(parts)}."


def _reading_aid(observed: tuple[Observation, ...]) -> str:
    parts = []
    if any(o.precision == "circa" for o in observed):
        parts.append("Hohle Punkte stehen für ungefähre Angaben")
    if targets := [o for o in observed if o.kind == "soll"]:
        kinds = dict.fromkeys(target_words(o) for o in targets)
        parts.append(f"Offene Rauten mit gestrichelter Linie stehen für Sollwerte ({'; '.join(kinds)})")
    return " ".join(f"{part}." for part in parts)


def _method(
    indicator: Indicator, observed: tuple[Observation, ...], *, partly: bool = False, dashed: bool = True
) -> str:
    parts = [(indicator.definition or "").rstrip(".")]
    if partly:
        parts.append("Werte weiterer Gebiete stehen in den Daten zur Abbildung")
    if times := list(dict.fromkeys(o.time for o in observed if o.after_break)):
        where = "An der gestrichelten Linie" if dashed else f"Vor dem Wert von {german.listing(times)}"
        parts.append(f"{where} bricht die Reihe; die Werte davor und danach sind nicht vergleichbar")
    return " ".join(f"{part}." for part in parts if part)


def data_table(
    label: str, indicator: Indicator, observed: tuple[Observation, ...], *, by_area: bool = False
) -> Table:
    """Give the observations as a table: a row a time (or area), a column an area and group (or time)."""
    observed = tuple(in_order(observed))
    areas = list(dict.fromkeys(o.area.name for o in observed))
    groups = list(dict.fromkeys(o.group for o in observed))

    def series(o: Observation) -> str:
        if len(groups) == 1:
            return o.area.name
        return o.group if len(areas) == 1 else f"{o.area.name}, {o.group}"

    def time(o: Observation) -> str:
        return f"Soll, {target_words(o)}" if o.kind == "soll" else o.time

    ordered = sorted(observed, key=lambda o: (o.kind == "soll", when(o)))
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
