"""All amounts by year, kind and stage, with what may be added to one sum."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.costs import Total, totals
from konzept.concept.model import Concept, Cost, Measure
from konzept.elements.content import Cell, Column, Row, Run, Table
from konzept.words import german
from konzept.words.labels import FILED


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
        rows.append(
            Row(
                (
                    Cell.of(
                        Run(
                            f"{german.capital(name)}: {'; '.join(f'{t.text} {t.stage.label}' for t in sums)}",
                            strong=True,
                        )
                    ),
                ),
                group=True,
            )
        )
        rows += [
            _cost_row(item.cost, owners[id(item.cost)])
            for t in sums
            for item in sorted(t.items, key=lambda i: i.cost.kind.place)
        ]
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


def _cost_row(cost: Cost, measure: Measure) -> Row:
    return Row(
        (
            Cell.of(Run(measure.title, target=measure.id)),
            Cell.of(cost.kind.label),
            Cell.of(cost.stage.label),
            Cell.of(cost.money),
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
