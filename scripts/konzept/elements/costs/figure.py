"""Costs by year and budget stage: a bar for each sum that may be formed, and none for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from konzept.concept.citing import as_of, cited
from konzept.concept.model import Concept, Cost
from konzept.elements.content import Cell, Column, Figure, Row, Table
from konzept.elements.drawing.template import AXIS, GRID, NARROW, PAPER, WIDE, new_chart, safe, text_width
from konzept.elements.explorer.views import measures_view
from konzept.elements.palette import INTERFACE, STATUS_FILL, STATUS_ICON
from konzept.words import german
from konzept.words.hyphenation import wrapped
from konzept.words.labels import BUDGET_STAGES, COST_KINDS

_STAGE_AS_STATUS = {
    "angemeldet": "angemeldet",
    "beschlossen": "beschlossen",
    "verausgabt": "abgeschlossen",
    "abgelehnt": "zurueckgestellt",
    "unbekannt": "in_pruefung",
}
"""Whose colours a stage takes."""

_PALE = {
    "angemeldet": INTERFACE["hinweis-hell"][0],
    "beschlossen": INTERFACE["primaer-hell"][0],
    "verausgabt": INTERFACE["primaer-hell"][0],
}
"""Fill of approximate amounts; the other stages' solid fill is pale already, theirs is paper."""

_PREDICATES = {**BUDGET_STAGES, "unbekannt": "ohne Haushaltsstand genannt"}
_KINDS = {**COST_KINDS, "anlauf": "für den Anlauf"}

_LINE, _GAP = 20, 20
_HOVERED = 8
"""So many measures are named when a bar is touched; more are counted."""


@dataclass(frozen=True)
class Item:
    """An amount with the measure it is for."""

    measure: str
    cost: Cost


@dataclass(frozen=True)
class Total:
    """What may be added: amounts of one year and stage, or of one kind and stage without a year."""

    year: int | None
    kind: str | None
    """Only of amounts without a year."""
    stage: str
    items: tuple[Item, ...]

    @property
    def amount(self) -> Decimal:
        """The whole sum."""
        return self.exact + self.approximate

    @property
    def exact(self) -> Decimal:
        """The sum of what the sources give exactly."""
        return _sum(i.cost for i in self.items if not i.cost.circa)

    @property
    def approximate(self) -> Decimal:
        """The sum of what the sources give as "ca."."""
        return _sum(i.cost for i in self.items if i.cost.circa)

    @property
    def circa(self) -> bool:
        """Whether any part is approximate."""
        return any(i.cost.circa for i in self.items)

    @property
    def text(self) -> str:
        """The sum in German, with "ca." when a part is approximate."""
        return german.euro(self.amount, circa=self.circa)

    @property
    def group(self) -> str:
        """The year, or what stands in its place."""
        return str(self.year) if self.kind is None else f"{COST_KINDS[self.kind]}, {self.open}"

    @property
    def open(self) -> str:
        """What the sources leave open about the time."""
        return "Beginn offen" if self.kind == "jaehrlich" else "Jahr offen"


def budget_figure(concept: Concept) -> Figure | None:
    """Show the costs by year and budget stage.

    Stages are never added to each other, and amounts without a year enter no year's sum.

    Returns
    -------
    Figure or None
        None when no measure has an amount.
    """
    found = totals(concept)
    if not found:
        return None
    label = "abb-kosten"
    sources = [i.cost.source for t in found for i in t.items]
    days = [s.day for s in sources if s.day]
    day = as_of(sources).replace(",", ";", 1)
    return Figure(
        label=label,
        finding=finding(found, past=bool(days) and max(days) < concept.stand),
        subtitle=f"Beträge in Euro, je Jahr und Haushaltsstand für sich summiert; {concept.town.name}{day}.",
        caption="Kosten nach Jahr und Haushaltsstand",
        reading=_reading_aid(found),
        method=_method(concept, found),
        sources=cited(sources),
        wide=_Bars(found, narrow=False).chart(),
        narrow=_Bars(found, narrow=True).chart(),
        data=_data_table(label, found),
        csv=(
            ("Jahr", "Haushaltsstand", "Summe in Euro", "Genauigkeit", "Anzahl der Beträge"),
            *(
                (
                    t.group,
                    BUDGET_STAGES[t.stage],
                    german.number(t.amount).replace(".", ""),
                    "circa" if t.circa else "genau",
                    str(len(t.items)),
                )
                for t in found
            ),
        ),
        view=measures_view(kosten="mit"),
    )


def totals(concept: Concept) -> list[Total]:
    """Add up what may be added: years in order, then amounts without a year by kind."""
    grouped: dict[tuple[int | None, str | None, str], list[Item]] = {}
    for measure in concept.measures:
        for cost in measure.costs:
            key = (cost.year, None if cost.year is not None else cost.kind, cost.stage)
            grouped.setdefault(key, []).append(Item(measure.title, cost))
    kinds, stages = list(COST_KINDS), list(BUDGET_STAGES)

    def order(total: Total) -> tuple[bool, int, int]:
        place = kinds.index(total.kind) if total.kind else total.year or 0
        return total.kind is not None, place, stages.index(total.stage)

    return sorted((Total(*key, tuple(items)) for key, items in grouped.items()), key=order)


def finding(found: list[Total], *, past: bool = False) -> str:
    """State one year's sums or the highest of several years, and what has no year.

    What the newest source says of an earlier day stands in the past.
    """
    verb = "waren" if past else "sind"
    dated = [t for t in found if t.kind is None]
    undated = [t for t in found if t.kind is not None]
    parts = [_of_years(dated, verb)] if dated else []
    if undated:
        many = len(undated) > 3
        sums = german.listing(
            [f"{t.text} {_KINDS[t.kind or '']} {_PREDICATES[t.stage]} ({t.open})" for t in undated]
        )
        text = f"{german.word(len(undated))} Summen ohne Jahr genannt" if many else sums
        parts.append(f"{'daneben' if dated else 'ohne Jahr'} {verb} {text}")
    return f"{german.capital('; '.join(parts))}."


def _of_years(dated: list[Total], verb: str) -> str:
    years = sorted({t.year for t in dated if t.year is not None})
    if len(years) == 1:
        sums = german.listing([f"{t.text} {_PREDICATES[t.stage]}" for t in dated])
        return f"für {years[0]} {verb} {sums}"
    span = f"für {german.word(len(years))} Jahre von {years[0]} bis {years[-1]} {verb} Beträge genannt"
    top = max(t.amount for t in dated)
    highest = [t for t in dated if t.amount == top]
    if len(highest) > 3:
        return span
    named = german.listing([f"{t.year} ({_PREDICATES[t.stage]})" for t in highest])
    text = german.euro(top, circa=any(t.circa for t in highest))
    return f"{span}, am meisten mit {text} für {named}"


def _reading_aid(found: list[Total]) -> str:
    parts = ["Beträge verschiedener Haushaltsstände werden nicht addiert"]
    if any(t.circa for t in found):
        parts.append("Blasse Balken mit kräftigem Rand stehen für ungefähre Angaben")
    return " ".join(f"{part}." for part in parts)


def _method(concept: Concept, found: list[Total]) -> str:
    parts = []
    if any(t.kind for t in found):
        parts.append("Beträge ohne Jahr gehen in keine Jahressumme ein")
    if any(t.kind is None and i.cost.kind == "jaehrlich" for t in found for i in t.items):
        parts.append("Jährliche Beträge zählen nur in dem Jahr, das die Quelle nennt")
    years = {t.year for t in found if t.year is not None}
    if years and len(years) <= max(years) - min(years):
        parts.append("Jahre ohne genannten Betrag sind ausgelassen")
    if silent := sum(not m.costs for m in concept.measures):
        parts.append(f"Für {german.count(silent, 'Maßnahme', 'Maßnahmen')} sind keine Kosten genannt")
    doubts = [n.decision for n in concept.notes if n.table == "kosten" and n.state == "offen" and n.decision]
    if len(doubts) == 1:
        parts.append(doubts[0].rstrip("."))
    elif doubts:
        parts.append(f"Zu den Kosten gibt es {german.word(len(doubts))} offene Prüfhinweise")
    return " ".join(f"{part}." for part in parts)


def _data_table(label: str, found: list[Total]) -> Table:
    return Table(
        label=f"{label}-daten",
        caption="",
        columns=(
            Column("Jahr"),
            Column("Haushaltsstand"),
            Column("Summe", numeric=True),
            Column("Anzahl der Beträge", numeric=True),
        ),
        rows=tuple(
            Row(
                (
                    Cell.of(t.group),
                    Cell.of(BUDGET_STAGES[t.stage]),
                    Cell.of(t.text),
                    Cell.of(german.number(len(t.items))),
                )
            )
            for t in found
        ),
    )


def _sum(costs: Iterable[Cost]) -> Decimal:
    return sum((Decimal(str(c.amount)) for c in costs), Decimal(0))


class _Bars:
    """Draws the sums in one of the two widths; one unit of the upright axis is one px.

    The wide chart names sum and stage to the right of a bar, the narrow one above it.
    """

    def __init__(self, found: list[Total], *, narrow: bool) -> None:
        self.found = found
        self.narrow = narrow
        self.bar = 16 if narrow else 24
        names = [part for t in found for part in _group_lines(t.group)]
        labels = [part for t in found for part in self._label(t)]
        self.left = 8 if narrow else int(max(text_width(name) for name in names)) + 20
        self.right = 8 if narrow else int(max(text_width(part) for part in labels)) + 20

    def chart(self) -> go.Figure:
        """Draw the groups from top to bottom, those without a year under a rule."""
        chart = new_chart(narrow=self.narrow, height=100)
        y = 8
        for name, members in self._groups().items():
            if members[0].kind and y > 8:
                self._rule(chart, y - _GAP / 2)
            y = self._draw_group(chart, name, members, y) + _GAP
        ends = [float(x) for t in self.found for x in (t.exact, t.amount)]
        low, high = min(0, *ends), max(0, *ends)
        high = high if high > low else 1  # all amounts are zero
        air = 0.01 * (high - low)  # for the rims at both ends
        chart.update_xaxes(visible=False, range=[low - air, high + air])
        chart.update_yaxes(visible=False, range=[y - _GAP + 4, 0])
        chart.update_layout(
            height=y - _GAP + 4,
            barmode="overlay",
            margin={"l": self.left, "r": self.right, "t": 0, "b": 0, "autoexpand": False},
        )
        return chart

    def _groups(self) -> dict[str, list[Total]]:
        groups: dict[str, list[Total]] = {}
        for total in self.found:
            groups.setdefault(total.group, []).append(total)
        return groups

    def _label(self, total: Total) -> list[str]:
        """Write sum and stage in one line, or in two where one does not hold them."""
        line = f"{total.text} {BUDGET_STAGES[total.stage]}"
        room = NARROW - 16 if self.narrow else WIDE / 3
        return [line] if text_width(line) <= room else [total.text, BUDGET_STAGES[total.stage]]

    def _height(self, total: Total) -> int:
        text = len(self._label(total)) * _LINE
        return text + 4 + self.bar if self.narrow else max(text, self.bar)

    def _rule(self, chart: go.Figure, y: float) -> None:
        """Part what has no year from the years, over the whole width."""
        width = NARROW if self.narrow else WIDE
        plot = width - self.left - self.right
        chart.add_shape(
            type="line", xref="paper", x0=-self.left / plot, x1=1 + self.right / plot, y0=y, y1=y,
            line={"color": GRID, "width": 1},
        )  # fmt: skip

    def _draw_group(self, chart: go.Figure, name: str, members: list[Total], top: int) -> int:
        """Draw a group's bars under or beside its name; give where it ends."""
        lines = [name] if self.narrow else _group_lines(name)
        side = "left" if self.narrow else "right"
        chart.add_annotation(
            xref="paper", x=0, xshift=0 if self.narrow else -12, xanchor=side, align=side,
            y=top, yshift=0 if self.narrow else -1, yanchor="top", borderpad=0,
            text=f"<b>{'<br>'.join(lines)}</b>",
        )  # fmt: skip
        y = top + (_LINE + 4 if self.narrow else 0)
        start = y
        for total in members:
            self._draw(chart, total, y)
            y += self._height(total) + 10
        if not self.narrow:
            self._zero(chart, start - 3, y - 7)
        return max(y - 10, top + len(lines) * _LINE)

    def _draw(self, chart: go.Figure, total: Total, top: int) -> None:
        height = self._height(total)
        middle = top + height - self.bar / 2 if self.narrow else top + height / 2
        if self.narrow:
            self._zero(chart, middle - self.bar / 2 - 2, middle + self.bar / 2 + 2)
        parts = ((total.exact, Decimal(0), False), (total.approximate, total.exact, True))
        for amount, base, circa in parts:
            if amount:
                self._part(chart, total, float(amount), float(base), middle, circa=circa)
        amount_text, *stage = self._label(total)
        text = f"<b>{total.text}</b>{amount_text.removeprefix(total.text)}"
        beyond = max(float(total.amount), float(total.exact), 0)
        chart.add_annotation(
            xref="paper" if self.narrow else "x",
            x=0 if self.narrow else beyond,
            xshift=0 if self.narrow else 10,
            xanchor="left",
            y=top if self.narrow else middle,
            yanchor="top" if self.narrow else "middle",
            align="left",
            borderpad=0,
            text="<br>".join([text, *stage]),
        )

    def _part(
        self, chart: go.Figure, total: Total, amount: float, base: float, y: float, *, circa: bool
    ) -> None:
        """Draw the exact or the approximate part of a sum."""
        status = _STAGE_AS_STATUS[total.stage]
        fill = _PALE.get(total.stage, PAPER) if circa else STATUS_FILL[status][0]
        chart.add_bar(
            x=[amount],
            base=[base],
            y=[y],
            orientation="h",
            width=self.bar,
            cliponaxis=False,
            marker={
                "color": fill,
                "line": {"color": STATUS_ICON[status][0], "width": 2.5 if circa else 1.25},
            },
            customdata=[_hover(total)],
            hovertemplate="%{customdata}<extra></extra>",
        )

    def _zero(self, chart: go.Figure, y0: float, y1: float) -> None:
        chart.add_shape(
            type="line", x0=0, x1=0, y0=y0, y1=y1, layer="below", line={"color": AXIS, "width": 1.5}
        )


def _group_lines(name: str) -> list[str]:
    first, comma, rest = name.partition(", ")
    return [f"{first},", rest] if comma else [first]


def _hover(total: Total) -> str:
    """Name the measures behind a sum with their amounts."""
    lines = [f"{total.group}: {total.text} {BUDGET_STAGES[total.stage]}"]
    for item in total.items[:_HOVERED]:
        amount = german.euro(item.cost.amount, circa=item.cost.circa)
        lines += [
            safe(part) for part in wrapped(f"{item.measure}: {amount} {COST_KINDS[item.cost.kind]}", 48)
        ]
    if more := len(total.items) - _HOVERED:
        lines += [f"und {german.number(more)} weitere"] if more > 0 else []
    return "<br>".join(lines)
