"""All amounts by year, kind and stage, with what may be added to one sum."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.model import Concept, Cost, Measure
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.elements.costs.figure import Item, Total, totals
from konzept.words import german
from konzept.words.labels import BUDGET_STAGES, COST_KINDS, FILED


def costs_table(concept: Concept) -> Table | None:
    """List every amount by year, kind and stage, with what may be added to one sum at its head.

    Returns
    -------
    Table or None
        None when no measure has an amount.
    """
    found = totals(concept)
    if not found:
        return None
    owners = {id(c): m for m in concept.measures for c in m.costs}
    rows: list[Row] = []
    for name, members in itertools.groupby(found, key=lambda t: t.group):
        sums = list(members)
        rows.append(Row((Cell.of(Run(f"{_year(name, sums)}: {_spoken(sums)}", strong=True)),), group=True))
        rows += [_cost_row(item.cost, owners[id(item.cost)]) for t in sums for item in _in_order(t)]
    sources = [i.cost.source for t in found for i in t.items]
    return Table(
        label="tab-kosten",
        caption="Kosten nach Jahr, Art und Haushaltsstand",
        columns=tuple(
            Column(h, width=w)
            for h, w in (("Maßnahme", 45), ("Art", 15), ("Haushaltsstand", 20), ("Betrag", 20))
        ),
        rows=tuple(rows),
        notes=tuple(_cost_notes(concept, found)),
        sources=cited(sources),
    )


def _year(name: str, sums: Sequence[Total]) -> str:
    return name if sums[0].year is not None else german.capital(name)


def _spoken(sums: Sequence[Total]) -> str:
    return "; ".join(f"{t.text} {BUDGET_STAGES[t.stage]}" for t in sums)


def _in_order(total: Total) -> list[Item]:
    kinds = list(COST_KINDS)
    return sorted(total.items, key=lambda i: kinds.index(i.cost.kind))


def _cost_row(cost: Cost, measure: Measure) -> Row:
    return Row(
        (
            Cell.of(Run(measure.title, target=measure.id)),
            Cell.of(COST_KINDS[cost.kind]),
            Cell.of(BUDGET_STAGES[cost.stage]),
            Cell.of(german.euro(cost.amount, circa=cost.circa)),
        )
    )


def _cost_notes(concept: Concept, found: Sequence[Total]) -> list[str]:
    silent = sum(not m.costs for m in concept.measures)
    notes = [
        "Addiert sind nur Beträge desselben Jahres und desselben Haushaltsstands; "
        "Beträge ohne Jahr stehen daneben und gehen in keine Jahressumme ein."
    ]
    if any(t.circa for t in found):
        notes.append("„ca.“ steht bei einer Summe, sobald ein Betrag darin ungefähr ist.")
    if silent:
        notes.append(f"Für {german.count(silent, 'Maßnahme', 'Maßnahmen')} sind keine Kosten genannt.")
    if any(t.stage == "angemeldet" for t in found):
        notes.append(FILED)
    return notes
