"""Costs by year and budget stage: a bar for each sum that may be formed, and none for others."""

from __future__ import annotations

from konzept.concept.citing import as_of, cited
from konzept.concept.costs import Total, totals
from konzept.concept.model import Concept
from konzept.elements.content import Figure
from konzept.elements.drawing.rows import Bar, Part, bars_chart
from konzept.elements.drawing.template import PAPER, safe
from konzept.elements.explorer.choices import measures_view
from konzept.elements.palette import DATA, INTERFACE, STATUS_LOOKS
from konzept.elements.tables import csv_number, data_of
from konzept.words import german
from konzept.words.hyphenation import wrapped

_LOOKS = {
    "angemeldet": "angemeldet",
    "beschlossen": "beschlossen",
    "verausgabt": "abgeschlossen",
    "abgelehnt": "zurueckgestellt",
    "unbekannt": "in_pruefung",
}
"""As which status a stage is drawn."""

_PALE = {
    "angemeldet": INTERFACE["hinweis-hell"][0],
    "beschlossen": DATA["d1-hell"][0],
    "verausgabt": DATA["d1-hell"][0],
}
"""Fill of approximate amounts; the other stages' solid fill is pale already, theirs is paper."""

_PREDICATES = {"unbekannt": "ohne Haushaltsstand genannt"}
_KINDS = {"anlauf": "für den Anlauf"}
"""How sentences say what has another label."""

_HOVERED = 8
"""So many measures are named when a bar is touched; more are counted."""


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
    bars = [_bar(total) for total in found]
    sources = [i.cost.source for t in found for i in t.items]
    days = [s.day for s in sources if s.day]
    day = as_of(sources).replace(",", ";", 1)
    return Figure(
        label="abb-kosten",
        finding=finding(found, past=bool(days) and max(days) < concept.stand),
        subtitle=f"Beträge in Euro, je Jahr und Haushaltsstand für sich summiert; {concept.town.short}{day}.",
        caption="Kosten nach Jahr und Haushaltsstand",
        reading=_reading_aid(found),
        method=_method(concept, found),
        sources=cited(sources),
        wide=bars_chart(bars, narrow=False),
        narrow=bars_chart(bars, narrow=True),
        data=data_of(
            ("Jahr", "Haushaltsstand", "Summe", "Anzahl der Beträge"),
            [(t.group, t.stage.label, t.text, german.number(len(t.items))) for t in found],
            numeric=("Summe", "Anzahl der Beträge"),
        ),
        csv=(
            ("Jahr", "Haushaltsstand", "Summe in Euro", "Genauigkeit", "Anzahl der Beträge"),
            *(
                (
                    t.group,
                    t.stage.label,
                    csv_number(t.amount),
                    "circa" if t.circa else "genau",
                    str(len(t.items)),
                )
                for t in found
            ),
        ),
        view=measures_view(kosten="mit"),
    )


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
            [f"{t.text} {_KINDS.get(t.kind, t.kind.label)} {_said(t)} ({t.open})" for t in undated if t.kind]
        )
        text = f"{german.word(len(undated))} Summen ohne Jahr genannt" if many else sums
        parts.append(f"{'daneben' if dated else 'ohne Jahr'} {verb} {text}")
    return f"{german.capital('; '.join(parts))}."


def _said(total: Total) -> str:
    return _PREDICATES.get(total.stage, total.stage.label)


def _of_years(dated: list[Total], verb: str) -> str:
    years = sorted({t.year for t in dated if t.year is not None})
    if len(years) == 1:
        sums = german.listing([f"{t.text} {_said(t)}" for t in dated])
        return f"für {years[0]} {verb} {sums}"
    span = f"für {german.word(len(years))} Jahre von {years[0]} bis {years[-1]} {verb} Beträge genannt"
    top = max(t.amount for t in dated)
    highest = [t for t in dated if t.amount == top]
    if len(highest) > 3:
        return span
    named = german.listing([f"{t.year} ({_said(t)})" for t in highest])
    text = german.euro(top, circa=any(t.circa for t in highest))
    return f"{span}, am meisten mit {text} für {named}"


def _reading_aid(found: list[Total]) -> str:
    return german.sentences(
        "Beträge verschiedener Haushaltsstände werden nicht addiert",
        "Blasse Balken mit kräftigem Rand stehen für ungefähre Angaben"
        if any(t.circa for t in found)
        else "",
    )


def _method(concept: Concept, found: list[Total]) -> str:
    yearly = any(t.kind is None and i.cost.kind == "jaehrlich" for t in found for i in t.items)
    years = {t.year for t in found if t.year is not None}
    silent = sum(not m.costs for m in concept.measures)
    doubts = [n.decision for n in concept.notes if n.table == "kosten" and n.state == "offen" and n.decision]
    if len(doubts) > 1:
        doubts = [f"Zu den Kosten gibt es {german.word(len(doubts))} offene Prüfhinweise"]
    return german.sentences(
        "Beträge ohne Jahr gehen in keine Jahressumme ein" if any(t.kind for t in found) else "",
        "Jährliche Beträge zählen nur in dem Jahr, das die Quelle nennt" if yearly else "",
        "Jahre ohne genannten Betrag sind ausgelassen"
        if years and len(years) <= max(years) - min(years)
        else "",
        f"Für {german.count(silent, 'Maßnahme', 'Maßnahmen')} sind keine Kosten genannt" if silent else "",
        *doubts,
    )


def _bar(total: Total) -> Bar:
    """Draw what is exact and what is approximate as two parts."""
    look = STATUS_LOOKS[_LOOKS[total.stage]]
    exact, approximate = float(total.exact), float(total.approximate)
    parts = (
        Part(0, exact, look.fill[0], look.icon[0]),
        Part(exact, approximate, _PALE.get(total.stage, PAPER), look.icon[0], 2.5),
    )
    shown = tuple(part for part in parts if part.length)
    return Bar(f"{total.group}: {total.stage.label}", shown, total.text, _hover(total), strong=True)


def _hover(total: Total) -> str:
    """Name the measures behind a sum with their amounts."""
    lines = [f"{total.group}: {total.text} {total.stage.label}"]
    for item in total.items[:_HOVERED]:
        lines += map(safe, wrapped(f"{item.measure}: {item.cost.money} {item.cost.kind.label}", 48))
    more = len(total.items) - _HOVERED
    return "<br>".join([*lines, *([f"und {german.number(more)} weitere"] if more > 0 else [])])
