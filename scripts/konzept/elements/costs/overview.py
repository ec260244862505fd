"""What the measures cost: all amounts in a table, with what may be added to one sum, and in sentences."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from konzept.concept.citing import cited
from konzept.concept.costs import by_year, totals
from konzept.concept.model import ActionField, Concept, Cost, Measure
from konzept.elements.content import Cell, Column, Line, Points, Row, Run, Table, Text, joined, line
from konzept.elements.tables import in_catalogue
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
        head = f"{german.capital(name)}: {'; '.join(f'{t.text} {t.stage.label}' for t in sums)}"
        rows.append(Row((Cell.of(Run(head, strong=True)),), group=True))
        rows += [
            _cost_row(item.cost, owners[id(item.cost)])
            for t in sums
            for item in sorted(t.items, key=lambda i: i.cost.kind.place)
        ]
    silent = sum(not m.costs for m in concept.measures)
    notes = (
        "Addiert sind nur Beträge desselben Jahres und desselben Haushaltsstands; "
        "Beträge ohne Jahr stehen daneben und gehen in keine Jahressumme ein.",
        "„ca.“ steht bei einer Summe, sobald ein Betrag darin ungefähr ist."
        if any(t.circa for t in found)
        else "",
        f"Für {german.count(silent, 'Maßnahme', 'Maßnahmen')} sind keine Kosten genannt." if silent else "",
        FILED if any(t.stage == "angemeldet" for t in found) else "",
    )
    return Table(
        label="tab-kosten",
        caption="Kosten nach Jahr, Art und Haushaltsstand",
        columns=tuple(
            Column(h, width=w)
            for h, w in (("Maßnahme", 45), ("Art", 15), ("Haushaltsstand", 20), ("Betrag", 20))
        ),
        rows=tuple(rows),
        notes=tuple(filter(None, notes)),
        sources=cited([i.cost.source for t in found for i in t.items]),
    )


def _cost_row(cost: Cost, measure: Measure) -> Row:
    title = Cell.of(Run(measure.title, target=measure.id))
    return Row((title, *map(Cell.of, (cost.kind.label, cost.stage.label, cost.money))))


NAMED = 4
"""So many measures with money are named; more are counted."""


def costs_sentence(concept: Concept) -> Points | Text:
    """Name every amount with its measure, year and budget stage, and count the measures without one."""
    measures = [m for m in concept.measures if m.costs]
    if not measures:
        return Text((line("Beträge nennen die Quellen nicht."),), role="plain")
    lines = []
    for measure in measures[:NAMED]:
        amounts = "; ".join(f"{c.text} ({c.stage.label})" for c in by_year(measure.costs))
        lines.append(line(Run(measure.title, target=measure.id), f": {amounts}."))
    lines += more(len(measures) - NAMED)
    silent = len(concept.measures) - len(measures)
    if silent:
        what = german.count(silent, "weiteren Maßnahme", "weiteren Maßnahmen", gender="er")
        lines.append(line(f"Zu {what} nennen die Quellen keinen Betrag."))
    return Points(tuple(lines))


def without_costs(concept: Concept) -> Points | Text:
    """Name the measures without an amount, a line for each field; fields without any amount share one."""
    silent = [(f, [m for m in f.measures if not m.costs]) for f in concept.fields]
    named = [(f, found) for f, found in silent if found]
    if not named:
        text = (
            "Für alle Maßnahmen sind Kosten genannt."
            if concept.measures
            else "In den Daten stehen noch keine Maßnahmen."
        )
        return Text((line(text),), role="plain")
    whole = [f for f, found in named if len(found) == len(f.measures)]
    some = [_titles(f, found) for f, found in named if f not in whole]
    return Points((*some, *([_whole_fields(whole)] if whole else [])))


def _whole_fields(fields: Sequence[ActionField]) -> Line:
    """Name the fields of which no measure has an amount; each leads to its measures."""
    named = (line(Run(f.name, target=in_catalogue(f)), f" ({len(f.measures)})") for f in fields)
    return line(Run("Ohne jeden Betrag: ", strong=True), *joined(named), ".")


def _titles(field: ActionField, measures: Sequence[Measure]) -> Line:
    head = Run(f"{field.name} ({len(measures)} von {len(field.measures)})", strong=True)
    return line(head, ": ", *joined(line(Run(m.title, target=m.id)) for m in measures), ".")


def more(n: int) -> list[Line]:
    """Count the measures that the box does not name."""
    if n < 1:
        return []
    return [
        line(
            f"Dazu {'kommt' if n == 1 else 'kommen'} {german.some(n)} weitere {'Maßnahme' if n == 1 else 'Maßnahmen'}."
        )
    ]
