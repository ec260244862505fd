"""A view of the explorer: what is asked for, what is left, and how figures and tables are made of it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from konzept.concept.citing import cited
from konzept.concept.model import Concept, Indicator, Observation, Source
from konzept.concept.values import exact_text, target_words, when
from konzept.elements.content import Block, Cell, Column, Figure, Row, Table
from konzept.elements.drawing.rows import Bar, bars_chart
from konzept.elements.explorer.choices import filters
from konzept.elements.explorer.material import Material, observed_indicators
from konzept.elements.tables import data_of
from konzept.words.labels import NOT_NAMED

Draw = Callable[..., go.Figure]


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
        return Figure(
            label=f"abb-{self.label}{part}",
            finding=title,
            subtitle=subtitle,
            caption=caption,
            reading=" ".join(hints),
            sources=cited(sources),
            wide=draw(narrow=False),
            narrow=draw(narrow=True),
            data=data,
            csv=tuple(map(tuple, csv)),
            view=self.address,
        )

    def bars(self, title: str, subtitle: str, unit: str, bars: Sequence[Bar], hints: Sequence[str], sources: Sequence[Source]) -> Figure:  # fmt: skip
        """Make a figure of bars, which are their own table."""
        heads = (unit, "Summe" if unit == "Kosten" else "Anzahl")
        rows = [(bar.name, bar.label) for bar in bars]
        table = data_of(heads, rows, numeric=heads[1:])
        caption = f"{unit} der Auswahl{self.scope}"
        return self.figure(
            title, subtitle, caption, hints, sources, partial(bars_chart, bars), table, [heads, *rows]
        )

    def table(
        self, what: str, columns: Sequence[ViewColumn], sources: Sequence[Source], *, narrow: bool = False
    ) -> Table:
        """Make the table, sorted as chosen; columns that say nothing fold away, but not those of figures."""
        shown = [c for c in columns if narrow or any(text not in ("", NOT_NAMED) for text in c.texts)]
        places = _sorted(self.choice["sort"], columns)
        return Table(
            label=f"tab-{self.label}",
            caption=f"{what} ({len(places)}){self.scope}",
            columns=tuple(Column(c.title, numeric=c.numeric) for c in shown),
            rows=tuple(Row(tuple(Cell.of(c.texts[n]) for c in shown)) for n in places),
            sources=cited(sources),
        )


@dataclass(frozen=True)
class ViewColumn:
    """A column: what its cells say, and what it is sorted by."""

    key: str
    title: str
    texts: Sequence[str]
    order: Sequence[Any] | None = None
    """What it is sorted by, where that is not its texts."""
    numeric: bool = False


def _sorted(sort: str, columns: Sequence[ViewColumn]) -> list[int]:
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


Seen = tuple[Indicator, Observation]


def seen_in(view: View) -> list[Seen]:
    """Give the observations that the choice leaves, each with its indicator."""
    every = [(i, o) for i in observed_indicators(view.concept) for o in i.observations]
    return [every[n] for n in view.kept]


def number_blocks(view: View) -> list[Block]:
    """List all that is known of an area: of each indicator, group and kind the newest value, by action field."""
    latest: dict[tuple[str, str, str], Seen] = {}
    for indicator, o in seen_in(view):
        key = (indicator.id, o.group, kind_of(o))
        if key not in latest or when(o) > when(latest[key][1]):
            latest[key] = (indicator, o)
    order = ["", *(f.id for f in view.concept.fields)]
    places = {id(o): n for n, (_, o) in enumerate(seen_in(view))}
    seen = sorted(
        latest.values(), key=lambda pair: (order.index(pair[0].field_id or ""), places[id(pair[1])])
    )
    area = next(a.name for a in view.concept.areas if a.id == view.choice["area"])
    return [values_table(view, f"Alle Zahlen für {area}", seen, fields=True, named=True)]


def kind_of(o: Observation) -> str:
    """Say whether a value is actual, or which target it is."""
    return f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist"


def values_table(view: View, title: str, seen: Sequence[Seen], *, fields: bool = False, named: bool = False, narrow: bool = False) -> Table:  # fmt: skip
    """List values; a column that says the same in every row is left out."""
    observed = [o for _, o in seen]
    names = {"": "übergreifend", **{f.id: f"{f.number}. {f.short_name}" for f in view.concept.fields}}
    order = list(names)
    said = {"nur_trend": "nur Richtung", "gesperrt": "gesperrt"}
    remarks = [
        "; ".join(filter(None, ("Reihenbruch davor" if o.after_break else "", o.note))) for o in observed
    ]
    columns = [
        *([ViewColumn("kennzahl", "Kennzahl", [i.name for i, _ in seen])] if named else []),
        *([ViewColumn("feld", "Handlungsfeld", [names[i.field_id or ""] for i, _ in seen], [order.index(i.field_id or "") for i, _ in seen])] if fields else []),
        *([] if fields else [ViewColumn("gebiet", "Gebiet", [o.area.name for o in observed], [o.area.rank for o in observed])]),
        *([ViewColumn("gruppe", "Gruppe", [o.group for o in observed])] if len({o.group for o in observed}) > 1 else []),
        ViewColumn("zeit", "Zeit", [o.time for o in observed], [when(o) for o in observed]),
        *([ViewColumn("art", "Art", [kind_of(o) for o in observed])] if any(o.kind == "soll" for o in observed) else []),
        ViewColumn("wert", "Wert", [said.get(o.precision) or exact_text(i, o) for i, o in seen], [o.value for o in observed], numeric=True),
        *([ViewColumn("hinweis", "Hinweis", remarks)] if any(remarks) else []),
    ]  # fmt: skip
    return view.table(title, columns, [o.source for o in observed], narrow=narrow)
