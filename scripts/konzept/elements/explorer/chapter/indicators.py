"""Indicators of a view: one as lines or dots, two below each other or as a cloud, and else as a table."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from konzept.concept.findings import level_of
from konzept.concept.grouping import grouped
from konzept.concept.model import Indicator, Observation
from konzept.concept.series import Series, series_of
from konzept.concept.values import exact_text, newest, target_words, when
from konzept.elements.content import Block, Figure
from konzept.elements.drawing.dots import dots_chart
from konzept.elements.explorer.chapter.cloud import Pair, cloud_chart
from konzept.elements.explorer.chapter.computed import as_distance, as_index
from konzept.elements.explorer.chapter.view import Draw, Seen, View, seen_in, values_table
from konzept.elements.explorer.choices import HINTS
from konzept.elements.explorer.material import observed_indicators
from konzept.elements.indicators.figure import data_table, dot_of, observations_csv, unit_text
from konzept.elements.indicators.trend import Lines
from konzept.elements.tables import data_of
from konzept.words import german

_LINES, _ROWS = 12, 60
"""So many lines or rows are drawn at most, as on the page."""


def indicator_blocks(view: View) -> list[Block]:
    """Draw an indicator, or two."""
    seen = seen_in(view)
    ids = list(dict.fromkeys([view.choice["indicator"], view.choice["second"] or view.choice["indicator"]]))
    chosen = [i for key in ids for i in observed_indicators(view.concept) if i.id == key]
    if len(chosen) == 2:
        return _two(view, chosen, seen)
    form = _form(view)
    figure = None
    if form == "linie":
        figure = _lines(view, chosen[0], [o for _, o in seen])
    elif form == "punkte":
        figure = _dots(view, chosen[0], [o for _, o in seen])
    return [figure or values_table(view, chosen[0].name, seen, narrow=True)]


def _form(view: View) -> str:
    wanted: str = view.choice["form"]
    if wanted in ("", "streuung"):
        own = next(i["form"] for i in view.material["indicators"] if i["id"] == view.choice["indicator"])
        return "linie" if view.choice["view"] else str(own)
    return wanted


def _of(indicator: Indicator, observed: Sequence[Observation]) -> list[Series]:
    return series_of(dataclasses.replace(indicator, observations=tuple(observed)))


def _lines(
    view: View, indicator: Indicator, observed: Sequence[Observation], *, years: Sequence[int] = (), most: int = _LINES, part: str = ""
) -> Figure | None:  # fmt: skip
    """Draw lines; as an index or as a distance they are lines of what is computed."""
    found = _of(indicator, observed)
    hints: list[str] = []
    drawn, unit = found, indicator
    computed = "" if part else view.choice["view"]
    if computed:
        drawn, unit, hints = (as_index if computed == "index" else as_distance)(indicator, found)
    shown = drawn[:most]
    if not shown:
        return None
    aims = [] if computed or part else [o for o in observed if o.kind == "soll" and o.value is not None]
    if computed and any(o.kind == "soll" for o in observed):
        hints.append(HINTS["aims"])
    if len(drawn) > most:
        hints.append(
            f"Gezeichnet sind {most} von {german.number(len(drawn))} Linien; die Tabelle enthält alle Werte."
        )
    if any(o.after_break for s in shown for o in s.values):
        hints.append(HINTS["break"])
    lines = Lines(unit, shown, tuple(observed), aims)
    if years:
        lines.years = (min(years), max(years))
    return _of_values(view, indicator, observed, hints, lines.chart, part, computed=computed)


_COMPUTED = {"index": "Index", "abstand": "Abstand zweier Gruppen"}


def _of_values(
    view: View, indicator: Indicator, observed: Sequence[Observation], hints: list[str], draw: Draw, part: str = "",
    *, computed: str = "", by_area: bool = False,
) -> Figure:  # fmt: skip
    """Make the figure; it has the indicator's finding where it shows all of its values."""
    if any(o.precision == "circa" for o in observed):
        hints.append(HINTS["hollow"])
    finding = next(i["finding"] for i in view.material["indicators"] if i["id"] == indicator.id)
    whole = len(observed) == len(indicator.observations) and not computed and not part
    return view.figure(
        title=finding if whole else f"{indicator.name}{view.scope}",
        subtitle=f"{_COMPUTED.get(computed) or unit_text(indicator)}.",
        caption=indicator.name,
        hints=[*hints, *([indicator.definition] if indicator.definition else [])],
        sources=[o.source for o in observed],
        draw=draw,
        data=data_table(indicator, observed, by_area=by_area),
        csv=observations_csv(indicator, observed),
        part=part,
    )


def _dots(view: View, indicator: Indicator, observed: Sequence[Observation]) -> Figure | None:
    """Draw the newest value of each series, and the targets, the highest above."""
    values = [o for o in observed if o.value is not None]
    series = _by_series(o for o in values if o.kind == "ist")
    latest = [last for own in series.values() if (last := newest(own))]
    several = len({o.group for o in latest}) > 1
    times = {o.time for o in latest}
    level = level_of(latest) if latest else ""
    areas = len({o.area for o in latest}) > 1
    dots = []
    for o in latest:
        name = ", ".join([o.area.name] * (areas or not several) + [o.group] * several)
        symbol = "square" if o.area.level in ("gemeinde", "ortsteil", level) else "diamond"
        dots.append(dot_of(indicator, o, f"{name} ({o.time})" if len(times) > 1 else name, symbol))
    dots += [dot_of(indicator, o, f"Soll, {target_words(o)}: {o.area.name}", "diamond", target=True) for o in values if o.kind == "soll"]  # fmt: skip
    if not dots:
        return None
    dots.sort(key=lambda dot: -dot.value)
    hints = []
    if len(dots) > _ROWS:
        hints.append(
            f"Gezeichnet sind die {_ROWS} höchsten von {german.number(len(dots))} Werten; die Tabelle enthält alle."
        )
        dots = [*dots[:_ROWS], *(dot for dot in dots[_ROWS:] if dot.main)]
    if any(len(own) > 1 for own in series.values()):
        hints.append(HINTS["newest"])
    elif len(times) == 1:
        hints.append(f"Alle Werte: {next(iter(times))}.")
    return _of_values(view, indicator, observed, hints, partial(dots_chart, dots[::-1]), by_area=areas)


def _by_series(values: Iterable[Observation]) -> dict[Any, list[Observation]]:
    return grouped(((o.area.rank, o.group, o.source.id), o) for o in values)


def _two(view: View, both: Sequence[Indicator], seen: Sequence[Seen]) -> list[Block]:
    """Draw two indicators, one below the other on one axis of time, or as a cloud; what shows no cause says so."""
    apart = [[o for i, o in seen if i.id == indicator.id] for indicator in both]
    if view.choice["form"] == "streuung":
        return [
            _cloud(view, both, seen, apart)
            or values_table(view, " und ".join(i.name for i in both), seen, named=True)
        ]
    lines = [_of(indicator, observed)[: _LINES // 2] for indicator, observed in zip(both, apart, strict=True)]
    years = [o.year for own in lines for s in own for o in s.values if o.year]
    found = [
        _lines(view, indicator, observed, years=years, most=_LINES // 2, part=f"-{n}")
        for n, (indicator, observed) in enumerate(zip(both, apart, strict=True), 1)
    ]
    drawn = [figure for figure in found if figure]
    if not drawn:
        return [values_table(view, " und ".join(i.name for i in both), seen, named=True)]
    last = drawn[-1]
    return [*drawn[:-1], dataclasses.replace(last, reading=f"{HINTS['cause']} {last.reading}".strip())]


def _cloud(view: View, both: Sequence[Indicator], seen: Sequence[Seen], apart: Sequence[Sequence[Observation]]) -> Figure | None:  # fmt: skip
    sides = [_side(indicator, observed) for indicator, observed in zip(both, apart, strict=True)]
    pairs = [Pair(o, sides[1][area]) for area, o in sides[0].items() if area in sides[1]]
    if len(pairs) < 3:
        return None
    pairs.sort(key=lambda pair: pair.across.value or 0)
    heads = ("Gebiet", *(i.name for i in both))
    rows = [
        (p.up.area.name, *(exact_text(i, o) for i, o in zip(both, (p.across, p.up), strict=True)))
        for p in pairs
    ]
    table = data_of(heads, rows, numeric=heads[1:])
    across, up = (
        (i.name, i.unit, side[pairs[0].up.area.id].time) for i, side in zip(both, sides, strict=True)
    )
    subtitle = (
        f"{len(pairs)} {view.material['peer']}, je ein Zeichen. Waagerecht: {across[0]} ({across[1]}, {across[2]}); "
        f"senkrecht: {up[0]} ({up[1]}, {up[2]})."
    )
    title = f"{both[0].name} und {both[1].name}"
    sources = [o.source for pair in pairs for o in (pair.across, pair.up)]
    return view.figure(title, subtitle, f"{title}{view.scope}", [HINTS["cause"]], sources, partial(cloud_chart, both[0], both[1], pairs), table, [heads, *rows])  # fmt: skip


def _side(indicator: Indicator, observed: Sequence[Observation]) -> dict[str, Observation]:
    """Give the newest value of the town and of its like, of that group and time of which there are most."""
    alike = (o for o in observed if o.value is not None and o.kind == "ist" and (o.area.peer or o.area.own))
    latest = [last for own in _by_series(alike).values() if (last := newest(own))]
    latest.sort(key=when, reverse=True)
    latest.sort(key=lambda o: o.area.rank)
    most = next(iter(Counter((o.group, o.time) for o in latest).most_common(1)), None)
    return {o.area.id: o for o in latest if most and (o.group, o.time) == most[0]}
