"""What the measures cost, in sentences: each amount with its measure, and the measures without one."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.costs import by_year
from konzept.concept.model import ActionField, Concept, Measure
from konzept.elements.content import Line, Points, Run, Text, line
from konzept.elements.table_cells import in_catalogue
from konzept.words import german

NAMED = 4
"""So many measures with money are named; more are counted."""


def costs_sentence(concept: Concept) -> Points | Text:
    """Name every amount with its measure, year and budget stage, and count the measures without one."""
    measures = [m for m in concept.measures if m.costs]
    if not measures:
        return Text((line("Beträge nennen die Quellen nicht."),), role="plain")
    lines = []
    for measure in measures[:NAMED]:
        ordered = by_year(measure.costs)
        amounts = "; ".join(f"{c.text} ({c.stage.label})" for c in ordered)
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
        empty = not concept.measures
        text = (
            "In den Daten stehen noch keine Maßnahmen."
            if empty
            else "Für alle Maßnahmen sind Kosten genannt."
        )
        return Text((line(text),), role="plain")
    whole = [f for f, found in named if len(found) == len(f.measures)]
    some = [_titles(f, found) for f, found in named if f not in whole]
    return Points((*some, *([_whole_fields(whole)] if whole else [])))


def _whole_fields(fields: Sequence[ActionField]) -> Line:
    """Name the fields of which no measure has an amount; each leads to its measures."""
    runs: list[Run] = [Run("Ohne jeden Betrag: ", strong=True)]
    for i, field in enumerate(fields):
        runs += [Run("; ")] if i else []
        runs += [Run(field.name, target=in_catalogue(field)), Run(f" ({len(field.measures)})")]
    return (*runs, Run("."))


def _titles(field: ActionField, measures: Sequence[Measure]) -> Line:
    runs: list[Run] = [
        Run(f"{field.name} ({len(measures)} von {len(field.measures)})", strong=True),
        Run(": "),
    ]
    for i, measure in enumerate(measures):
        runs += [Run("; ")] if i else []
        runs.append(Run(measure.title, target=measure.id))
    return (*runs, Run("."))


def more(n: int) -> list[Line]:
    """Count the measures that the box does not name."""
    if n < 1:
        return []
    return [
        line(
            f"Dazu {'kommt' if n == 1 else 'kommen'} {german.some(n)} weitere {'Maßnahme' if n == 1 else 'Maßnahmen'}."
        )
    ]
