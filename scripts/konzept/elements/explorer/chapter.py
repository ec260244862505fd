"""A view of the explorer in a chapter: the chart where the explorer shows one, the table where it shows one.

The front-end module draws for the page; here the book's own charts draw the same rows, in the same order,
with the same words that must stand with them.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from konzept.concept.citing import cited
from konzept.concept.findings import level_of
from konzept.concept.model import Concept, Indicator, Observation, Source
from konzept.concept.series import Series, series_of
from konzept.concept.values import exact_text, newest, target_words, value_text, when
from konzept.elements.content import Block, Cell, Column, Figure, Row, Table
from konzept.elements.drawing.bars import Bar, Part, bars_chart
from konzept.elements.drawing.dots import Dot, dots_chart
from konzept.elements.drawing.template import MAIN, PAPER, safe
from konzept.elements.explorer.choices import CHANGES, INDICATORS, MEASURES, NUMBERS, filters
from konzept.elements.explorer.cloud import Pair, cloud_chart
from konzept.elements.explorer.hints import HINTS
from konzept.elements.explorer.material import Material, observed_indicators
from konzept.elements.indicators.figure import data_table, observations_csv, unit_text
from konzept.elements.indicators.trend import Lines
from konzept.elements.palette import STATUS_LOOKS
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_LINES, _ROWS = 12, 60
"""So many lines or rows are drawn at most, as on the page."""

Draw = Callable[..., go.Figure]
Seen = tuple[Indicator, Observation]


@dataclass(frozen=True)
class View:
    """What is asked for, and the rows that the choice leaves."""

    concept: Concept
    material: Material
    choice: Mapping[str, Any]
    kept: Sequence[int]
    """The places of the rows in the material."""
    address: str

    @property
    def label(self) -> str:
        """What names the view, the same for the same address."""
        return f"auswahl-{zlib.crc32(self.address.encode()):08x}"

    @property
    def scope(self) -> str:
        """What narrows it, in words."""
        found = filters(self.material, self.choice)
        return f": {'; '.join(found)}" if found else ""

    def figure(
        self, title: str, subtitle: str, caption: str, hints: Sequence[str], sources: Sequence[Source], draw: Draw,
        data: Table, csv: Sequence[Sequence[str]], part: str = "",
    ) -> Figure:  # fmt: skip
        """Make a figure of a chart in two widths."""
        label = f"abb-{self.label}{part}"
        return Figure(
            label=label,
            finding=title,
            subtitle=subtitle,
            caption=caption,
            reading=" ".join(hints),
            sources=cited(sources),
            wide=draw(narrow=False),
            narrow=draw(narrow=True),
            data=dataclasses.replace(data, label=f"{label}-daten"),
            csv=tuple(map(tuple, csv)),
            view=self.address,
        )

    def bars(self, title: str, subtitle: str, unit: str, bars: Sequence[Bar], hints: Sequence[str], sources: Sequence[Source]) -> Figure:  # fmt: skip
        """Make a figure of bars, which are their own table."""
        heads = (unit, "Summe" if unit == "Kosten" else "Anzahl")
        rows = [(bar.name, bar.label) for bar in bars]
        table = Table("", "", (Column(heads[0]), Column(heads[1], numeric=True)), tuple(Row((Cell.of(a), Cell.of(b))) for a, b in rows))  # fmt: skip
        caption = f"{unit} der Auswahl{self.scope}"
        return self.figure(
            title, subtitle, caption, hints, sources, partial(bars_chart, bars), table, [heads, *rows]
        )

    def table(
        self, what: str, columns: Sequence[_Column], sources: Sequence[Source], *, narrow: bool = False
    ) -> Table:
        """Make the table, sorted as chosen; columns that say nothing fold away, but not those of figures."""
        shown = [c for c in columns if narrow or any(text not in ("", NOT_NAMED) for text in c.texts)]
        places = _sorted(self.choice["sort"], columns)
        return Table(
            label=f"tab-{self.label}",
            caption=f"{what} ({len(places)}){self.scope}",
            columns=tuple(Column(c.title, numeric=c.numeric) for c in shown),
            rows=tuple(
                Row(tuple(Cell.of(c.texts[n] or NOT_NAMED if not narrow else c.texts[n]) for c in shown))
                for n in places
            ),
            sources=cited(sources),
        )


@dataclass(frozen=True)
class _Column:
    key: str
    title: str
    texts: Sequence[str]
    order: Sequence[Any] | None = None
    """What it is sorted by, where that is not its texts."""
    numeric: bool = False


def view_blocks(view: View) -> list[Block]:
    """Show a view: its chart, where it has one, and its table, where the chart does not bring it along."""
    build = {MEASURES: _measures, INDICATORS: _indicators, NUMBERS: _numbers, CHANGES: _changes}
    return build[view.choice["topic"]](view)


def _sorted(sort: str, columns: Sequence[_Column]) -> list[int]:
    places = list(range(len(columns[0].texts)))
    wanted = next((c for c in columns if c.key == sort.removeprefix("-")), None)
    if wanted is None:
        return places
    order: list[Any] = [
        _collated(key) if isinstance(key, str) else key for key in wanted.order or wanted.texts
    ]
    said = [n for n in places if order[n] is not None]
    said.sort(key=lambda n: order[n], reverse=sort.startswith("-"))
    return [*said, *(n for n in places if order[n] is None)]


def _collated(text: str) -> list[tuple[int, int, str]] | None:
    """Give a text as German lists order it: marks, then numbers by their value, then letters, whatever their accents."""
    if text in ("", NOT_NAMED):
        return None
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    parts = re.findall(r"\d+|.", bare, re.DOTALL)
    return [(1, int(p), "") if p.isdecimal() else (2 if p.isalpha() else 0, 0, p) for p in parts]


# Measures and changes


def _measures(view: View) -> list[Block]:
    material = view.material
    own = [material["measures"][n] for n in view.kept]
    sources = [m.source for m in (view.concept.measures[n] for n in view.kept)]
    names = {key: {k: name for k, name, *_ in material[key]} for key in ("fields", "statuses", "actors")}
    statuses = [names["statuses"].get(m["status"], NOT_NAMED) for m in own]
    since = [", ".join(filter(None, (m["status_day"], m["status_source"]))) for m in own]
    once = len(own) > 1 and len(set(since)) == 1 and since[0]
    hints = [f"Jeder Status: {since[0]}."] if once else []
    if view.choice["due"] and any("ueberfaellig" in m["due"] for m in own):
        hints.append(HINTS["late"])
    columns = [
        _Column("massnahme", "Maßnahme", [m["title"] for m in own]),
        _Column("feld", "Handlungsfeld", [names["fields"][m["field"]] for m in own], [list(names["fields"]).index(m["field"]) for m in own]),
        _Column(
            "status", "Status",
            [s if once or not m["status_day"] else f"{s} ({day})" for s, m, day in zip(statuses, own, since, strict=True)],
            [list(names["statuses"]).index(m["status"]) if m["status"] else None for m in own],
        ),
        _Column("termin", "Termin", [m["deadline"] or ", ".join(m["years"]) for m in own], [m["deadline_day"] for m in own]),
        _Column("zustaendig", "Zuständig", ["; ".join(names["actors"][key] for key in m["actors"]) for m in own]),
        _Column("kosten", "Kosten", [m["costs"] for m in own], [max((a for _, a, _ in m["amounts"]), default=None) for m in own]),
        _Column("kennzahl", "Kennzahlen", ["; ".join(m["indicators"]) for m in own]),
    ]  # fmt: skip
    chart = _costs(view, own, hints, sources) if view.choice["chart_by"] == "kosten" else _counts(view, own, hints, sources)  # fmt: skip
    return [*([chart] if chart else []), view.table("Maßnahmen der Auswahl", columns, sources)]


def _counts(view: View, own: Sequence[Mapping[str, Any]], hints: Sequence[str], sources: Sequence[Source]) -> Figure | None:  # fmt: skip
    by_field = view.choice["chart_by"] == "feld"
    kinds = (
        view.material["fields"] if by_field else [*view.material["statuses"], ["", "Status nicht genannt"]]
    )
    numbers = Counter(m["field" if by_field else "status"] for m in own)
    looks = {"": PAPER, **{key: STATUS_LOOKS[look].fill[0] for key, look in view.material["looks"].items()}}
    bars = [_bar(name, numbers[key], MAIN if by_field else looks[key]) for key, name in kinds if numbers[key]]
    title = f"Maßnahmen nach {'Handlungsfeld' if by_field else 'Status'}"
    subtitle = f"Anzahl der Maßnahmen in der Auswahl, Stand {view.material['stand']}."
    return view.bars(title, subtitle, "Maßnahmen", bars, hints, sources) if bars else None


def _bar(name: str, value: float, fill: str, label: str = "") -> Bar:
    text = label or german.number(value)
    return Bar(name, (Part(0, value, fill),), text, f"{safe(name)}: {text}")


def _costs(view: View, own: Sequence[Mapping[str, Any]], hints: Sequence[str], sources: Sequence[Source]) -> Figure | None:  # fmt: skip
    amounts = [amount for m in own for amount in m["amounts"]]
    bars, circa = [], False
    for n, (group, stage) in enumerate(view.material["sums"]):
        if part := [(value, about) for place, value, about in amounts if place == n]:
            value, about = sum(round(v * 100) for v, _ in part) / 100, any(a for _, a in part)
            circa |= about
            bars.append(
                _bar(f"{group}, {stage}", value, PAPER if about else MAIN, german.euro(value, circa=about))
            )
    silent = sum(not m["amounts"] for m in own)
    said = [*hints, *([HINTS["no_sum"]] if len(bars) > 1 else [])]
    if silent:
        who = "einer Maßnahme" if silent == 1 else f"{german.number(silent)} Maßnahmen"
        said.append(f"Zu {who} der Auswahl nennen die Quellen keinen Betrag; sie fehlen in den Summen.")
    said += [HINTS["hollow_bars"]] if circa else []
    title = (
        f"Zusammen {bars[0].label} ({bars[0].name})"
        if len(bars) == 1
        else "Kosten nach Jahr und Haushaltsstand"
    )
    subtitle = "Beträge in Euro, je Jahr und Haushaltsstand für sich zusammengezählt."
    return view.bars(title, subtitle, "Kosten", bars, said, sources) if bars else None


def _changes(view: View) -> list[Block]:
    material = view.material
    every = [material["changes"][n] for _, _, lines in material["between"] for n in lines]
    own = [every[n] for n in view.kept]
    states = {key: (name, day) for key, name, day in material["states"]}
    kinds, fields = dict(material["kinds_of_change"]), dict(material["fields"])
    numbers = Counter(c["kind"] for c in own)
    bars = [_bar(name, numbers[key], MAIN) for key, name in kinds.items() if numbers[key]]
    before, after = (states[view.choice[key]] for key in ("since", "until"))
    title = f"Was hat sich seit „{before[0]}“ geändert?"
    compared = german.listing([f"„{name}“ ({day})" for name, day in (before, after)])
    subtitle = f"Anzahl der Änderungen nach ihrer Art; verglichen sind {compared}."
    columns = [
        _Column("aenderung", "Änderung", [": ".join(filter(None, (c["about"], c["text"]))) for c in own]),
        _Column("feld", "Handlungsfeld", [fields.get(c["field"], "übergreifend") for c in own], [list(fields).index(c["field"]) if c["field"] else len(fields) for c in own]),
        _Column("art", "Art", [kinds[c["kind"]] for c in own], [list(kinds).index(c["kind"]) for c in own]),
        _Column("quelle", "Quelle", [c["source"] for c in own]),
    ]  # fmt: skip
    chart = [view.bars(title, subtitle, "Änderungen", bars, [HINTS["gone"]], [])] if bars else []
    return [*chart, view.table("Änderungen", columns, [])]


# Indicators


def _seen(view: View) -> list[Seen]:
    every = [(i, o) for i in observed_indicators(view.concept) for o in i.observations]
    return [every[n] for n in view.kept]


def _indicators(view: View) -> list[Block]:
    seen = _seen(view)
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
    return [figure or _values(view, chosen[0].name, seen, narrow=True)]


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
    computed = {"index": _index, "abstand": _distance}.get(view.choice["view"]) if not part else None
    if computed:
        drawn, unit, hints = computed(indicator, found)
    shown = drawn[:most]
    if not shown:
        return None
    aims = [] if computed else [o for o in observed if o.kind == "soll" and o.value is not None]
    if computed and any(o.kind == "soll" for o in observed):
        hints.append(HINTS["aims"])
    if len(drawn) > most:
        hints.append(
            f"Gezeichnet sind {most} von {german.number(len(drawn))} Linien; die Tabelle enthält alle Werte."
        )
    if any(o.after_break for s in shown for o in s.values):
        hints.append(HINTS["break"])
    lines = Lines(unit, shown, (), aims)
    if years:
        lines.years = (min(years), max(years))
    return _of_values(view, indicator, observed, hints, lines.chart, part)


def _of_values(
    view: View, indicator: Indicator, observed: Sequence[Observation], hints: list[str], draw: Draw, part: str = "", *, by_area: bool = False
) -> Figure:  # fmt: skip
    if any(o.precision == "circa" for o in observed):
        hints.append(HINTS["hollow"])
    finding = next(i["finding"] for i in view.material["indicators"] if i["id"] == indicator.id)
    whole = len(observed) == len(indicator.observations) and not view.choice["view"]
    scale = {"index": "Index", "abstand": "Abstand zweier Gruppen"}.get(view.choice["view"]) or unit_text(
        indicator
    )
    return view.figure(
        f"{indicator.name}{view.scope}", f"{scale}.", indicator.name,
        [*hints, *([indicator.definition] if indicator.definition else [])],
        [o.source for o in observed], draw, data_table("", indicator, tuple(observed), by_area=by_area),
        observations_csv(indicator, observed), part,
    )  # fmt: skip


Computed = tuple[list[Series], Indicator, list[str]]


def _index(indicator: Indicator, lines: Sequence[Series]) -> Computed:
    """Let the first value of each line stand for 100; where a series breaks, its index begins again."""
    drawn = []
    for line in lines:
        start = max((n for n, o in enumerate(line.values) if o.after_break), default=0)
        values = line.values[start:]
        base = values[0].value or 0
        if base > 0 and len(values) > 1:
            new = (
                dataclasses.replace(o, value=100 * (o.value or 0) / base, after_break=False) for o in values
            )
            drawn.append(dataclasses.replace(line, values=tuple(new)))
    hints = [HINTS["index"]]
    if any(o.after_break for line in lines for o in line.values):
        hints.append(HINTS["index_break"])
    if left := len(lines) - len(drawn):
        have = "Reihe hat" if left == 1 else "Reihen haben"
        hints.append(
            f"{german.number(left)} {have} keinen Index: Dazu braucht es zwei Werte und einen ersten über 0."
        )
    if any(line.values[0].precision == "circa" for line in drawn):
        hints.append(HINTS["index_circa"])
    return drawn, _unit(indicator, "", drawn), hints


def _distance(indicator: Indicator, lines: Sequence[Series]) -> Computed:
    """Take the second of two groups from the first, where both have a value of one area, source and time."""
    groups = list(dict.fromkeys(line.group for line in lines))
    if len(groups) != 2:
        return [], indicator, []
    drawn = []
    for line in (line for line in lines if line.group == groups[0]):
        key = (line.area, line.values[0].source.id)
        other = next(
            (s for s in lines if s.group == groups[1] and (s.area, s.values[0].source.id) == key), None
        )
        mates = {o.time: o for o in reversed(other.values)} if other else {}
        values = tuple(_minus(o, mates[o.time]) for o in line.values if o.time in mates)
        if values:
            drawn.append(dataclasses.replace(line, values=values, group=f"{groups[0]} minus {groups[1]}"))
    percent = indicator.unit == "Prozent"
    unit = "Prozentpunkte" if percent else indicator.unit
    hints = [
        f"Abstand: „{groups[0]}“ minus „{groups[1]}“{', in Prozentpunkten' if percent else ''}. {HINTS['distance']}"
    ]
    return drawn, _unit(indicator, unit, drawn), hints


def _minus(a: Observation, b: Observation) -> Observation:
    circa = "circa" if "circa" in (a.precision, b.precision) else a.precision
    value = round((a.value or 0) - (b.value or 0), 10)
    return dataclasses.replace(a, value=value, precision=circa, after_break=a.after_break or b.after_break)


def _unit(indicator: Indicator, unit: str, lines: Sequence[Series]) -> Indicator:
    """Give an indicator of computed values, by which they are written."""
    return dataclasses.replace(
        indicator, unit=unit, observations=tuple(o for line in lines for o in line.values)
    )


def _dots(view: View, indicator: Indicator, observed: Sequence[Observation]) -> Figure | None:
    """Draw the newest value of each series, and the targets, the highest above."""
    values = [o for o in observed if o.value is not None]
    series: dict[tuple[Any, ...], list[Observation]] = {}
    for o in values:
        if o.kind == "ist":
            series.setdefault((o.area.rank, o.group, o.source.id), []).append(o)
    latest = [last for own in series.values() if (last := newest(own))]
    several = len({o.group for o in latest}) > 1
    times = {o.time for o in latest}
    level = level_of(latest) if latest else ""
    areas = len({o.area for o in latest}) > 1
    dots = []
    for o in latest:
        name = ", ".join([o.area.name] * (areas or not several) + [o.group] * several)
        symbol = (
            "circle"
            if o.area.own
            else "square"
            if o.area.level in ("gemeinde", "ortsteil", level)
            else "diamond"
        )
        dots.append(_dot(indicator, o, f"{name} ({o.time})" if len(times) > 1 else name, symbol))
    dots += [_dot(indicator, o, f"Soll, {target_words(o)}: {o.area.name}", "diamond", target=True) for o in values if o.kind == "soll"]  # fmt: skip
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


def _dot(indicator: Indicator, o: Observation, name: str, symbol: str, *, target: bool = False) -> Dot:
    text = value_text(indicator, o)
    return Dot(
        name,
        o.value or 0,
        text,
        f"{safe(name)}: {text}",
        o.area.own,
        symbol,
        target or o.precision == "circa",
        target,
    )


def _two(view: View, both: Sequence[Indicator], seen: Sequence[Seen]) -> list[Block]:
    """Draw two indicators, one below the other on one axis of time, or as a cloud; what shows no cause says so."""
    apart = [[o for i, o in seen if i.id == indicator.id] for indicator in both]
    if view.choice["form"] == "streuung":
        return [
            _cloud(view, both, seen, apart)
            or _values(view, " und ".join(i.name for i in both), seen, named=True)
        ]
    lines = [_of(indicator, observed)[: _LINES // 2] for indicator, observed in zip(both, apart, strict=True)]
    years = [o.year for own in lines for s in own for o in s.values if o.year]
    found = [
        _lines(view, indicator, observed, years=years, most=_LINES // 2, part=f"-{n}")
        for n, (indicator, observed) in enumerate(zip(both, apart, strict=True), 1)
    ]
    drawn = [figure for figure in found if figure]
    if not drawn:
        return [_values(view, " und ".join(i.name for i in both), seen, named=True)]
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
    table = Table("", "", tuple(Column(h, numeric=n > 0) for n, h in enumerate(heads)), tuple(Row(tuple(map(Cell.of, row))) for row in rows))  # fmt: skip
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
    series: dict[tuple[Any, ...], list[Observation]] = {}
    for o in observed:
        if o.value is not None and o.kind == "ist" and (o.area.peer or o.area.own):
            series.setdefault((o.area.rank, o.group, o.source.id), []).append(o)
    latest = [last for own in series.values() if (last := newest(own))]
    latest.sort(key=when, reverse=True)
    latest.sort(key=lambda o: o.area.rank)
    most = next(iter(Counter((o.group, o.time) for o in latest).most_common(1)), None)
    return {o.area.id: o for o in latest if most and (o.group, o.time) == most[0]}


# Tables of values


def _numbers(view: View) -> list[Block]:
    """List all that is known of an area: of each indicator, group and kind the newest value, by action field."""
    latest: dict[tuple[str, str, str], Seen] = {}
    for indicator, o in _seen(view):
        key = (indicator.id, o.group, _kind(o))
        if key not in latest or when(o) > when(latest[key][1]):
            latest[key] = (indicator, o)
    order = ["", *(f.id for f in view.concept.fields)]
    places = {id(o): n for n, (_, o) in enumerate(_seen(view))}
    seen = sorted(
        latest.values(), key=lambda pair: (order.index(pair[0].field_id or ""), places[id(pair[1])])
    )
    area = next(a.name for a in view.concept.areas if a.id == view.choice["area"])
    return [_values(view, f"Alle Zahlen für {area}", seen, fields=True, named=True)]


def _kind(o: Observation) -> str:
    return f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist"


def _values(view: View, title: str, seen: Sequence[Seen], *, fields: bool = False, named: bool = False, narrow: bool = False) -> Table:  # fmt: skip
    observed = [o for _, o in seen]
    names = {f.id: f"{f.number}. {f.short_name}" for f in view.concept.fields}
    order = ["", *names]
    said = {"nur_trend": "nur Richtung", "gesperrt": "gesperrt"}
    remarks = [
        "; ".join(filter(None, ("Reihenbruch davor" if o.after_break else "", o.note))) for o in observed
    ]
    columns = [
        *([_Column("kennzahl", "Kennzahl", [i.name for i, _ in seen])] if named else []),
        *([_Column("feld", "Handlungsfeld", [names.get(i.field_id or "", "übergreifend") for i, _ in seen], [order.index(i.field_id or "") for i, _ in seen])] if fields else []),
        *([] if fields else [_Column("gebiet", "Gebiet", [o.area.name for o in observed], [o.area.rank for o in observed])]),
        *([_Column("gruppe", "Gruppe", [o.group for o in observed])] if len({o.group for o in observed}) > 1 else []),
        _Column("zeit", "Zeit", [o.time for o in observed], [when(o) for o in observed]),
        *([_Column("art", "Art", [_kind(o) for o in observed])] if any(o.kind == "soll" for o in observed) else []),
        _Column("wert", "Wert", [said.get(o.precision) or exact_text(i, o) for i, o in seen], [o.value for o in observed], numeric=True),
        *([_Column("hinweis", "Hinweis", remarks)] if any(remarks) else []),
    ]  # fmt: skip
    return view.table(title, columns, [o.source for o in observed], narrow=narrow)
