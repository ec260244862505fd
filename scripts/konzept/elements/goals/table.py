"""The goals table of an action field: goals as group rows, their measures below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Goal, Measure
from konzept.elements.content import Cell, Column, Row, Run, Table, line
from konzept.elements.palette import look_of
from konzept.elements.tables import NOTHING, written
from konzept.words import german
from konzept.words.labels import FILED

WITHOUT_GOAL = "Maßnahmen ohne in der Quelle genanntes Ziel"

_DETAILS = ("Zuständig", "Zeitraum", "Kosten")

_WIDTHS = {"Status": 20, "Zuständig": 25, "Zeitraum": 15, "Kosten": 15}
"""Shares of the table; the measures take the rest."""


def goals_table(field: ActionField) -> Table | None:
    """Build the goals table.

    Returns
    -------
    Table or None
        None when the field has neither goals nor measures.
        What is known of few measures has no column: it stands below their titles.
    """
    if not field.goals and not field.measures:
        return None
    cells = {m.id: _cells(m) for m in field.measures}
    shown = [
        "Maßnahme",
        "Status",
        *(t for t in _DETAILS if _fills_a_column([own[t] for own in cells.values()])),
    ]
    below = [title for title in _DETAILS if title not in shown]
    days = {m.current.day if m.current else None for m in field.measures}
    day = days.pop() if len(days) == 1 else None
    one_place = len({m.source.passage for m in field.measures}) == 1
    widths = {title: _WIDTHS[title] for title in shown[1:]}
    widths["Maßnahme"] = 100 - sum(widths.values())

    def row(measure: Measure) -> Row:
        own = cells[measure.id]
        word, *since = own["Status"].lines
        # The same place for all stands below the table, and so does the same day.
        word = word if one_place else line(*word, _mark(measure))
        told = {
            "Maßnahme": _with_details(own, below),
            "Status": Cell((word,) if day else (word, *since)),
        }
        return Row(tuple({**own, **told}[title] for title in shown))

    # What has left the path comes last.
    ordered = sorted(
        field.measures, key=lambda m: m.status.place if m.status and m.status.on_path else -1, reverse=True
    )
    known = {goal.id for goal in field.goals}
    groups = [(_goal_cell(goal), [m for m in ordered if goal.id in m.goal_ids]) for goal in field.goals]
    loose = [m for m in ordered if known.isdisjoint(m.goal_ids)]
    if loose and field.goals:
        groups.append((Cell.of(Run(WITHOUT_GOAL, strong=True)), loose))
    rows = [] if field.goals else list(map(row, loose))
    for heading, measures in groups:
        rows += [Row((heading,), group=True), *map(row, measures)]
    parts = (("Ziele", field.goals), ("Maßnahmen", field.measures))
    filed = any(c.stage == "angemeldet" for m in field.measures for c in m.costs)
    notes = (
        f"Stand aller Angaben zum Status: {german.date(day)}." if day else "",
        "Die am weitesten gediehenen Maßnahmen stehen zuerst." if len(field.status_counts()) > 1 else "",
        FILED if filed else "",
    )
    return Table(
        label=f"tab-ziele-{field.id}",
        caption=f"{' und '.join(what for what, found in parts if found)} im Handlungsfeld {field.name}",
        columns=tuple(Column(title, width=widths[title]) for title in shown),
        rows=tuple(rows),
        notes=tuple(filter(None, notes)),
        sources=cited([*(g.source for g in field.goals), *(m.source for m in field.measures)]),
    )


def _goal_cell(goal: Goal) -> Cell:
    level = "Leitziel" if goal.level == "leitziel" else "Ziel"
    return Cell.of(
        line(Run(f"{level}: {goal.text}", strong=True), Run(f" ({goal.version.label})", muted=True))
    )


def _mark(measure: Measure) -> Run:
    source = measure.source
    return Run(source.passage, source=(source.id, source.passage))


def _cells(measure: Measure) -> dict[str, Cell]:
    """Say in a cell each what is known of a measure."""
    return {
        "Maßnahme": Cell.of(Run(measure.title, strong=True, target=measure.id)),
        "Status": _status(measure),
        "Zuständig": _responsible(measure),
        "Zeitraum": written(german.period(measure.start, measure.end, measure.precision), silent=NOTHING),
        "Kosten": _costs(measure),
    }


def _status(measure: Measure) -> Cell:
    step = measure.current
    if step is None:
        return written(silent=NOTHING)
    since = Run(f"Stand {german.date(step.day)}", muted=True)
    return Cell.of(Run(step.status.short, status=look_of(step.status)), since)


def _responsible(measure: Measure) -> Cell:
    lead = german.listing(measure.actors("federfuehrend"))
    others = german.listing(measure.actors("beteiligt", "finanzierend"))
    lines = [Run(f"{lead} (federführend)")] if lead else []
    lines += [Run(f"beteiligt: {others}", muted=bool(lead))] if others else []
    return Cell.of(*lines) if lines else written(silent=NOTHING)


def _costs(measure: Measure) -> Cell:
    if not measure.costs:
        return written(silent=NOTHING)
    stages = list(dict.fromkeys(c.stage.label for c in measure.costs))
    return Cell.of(*(c.text for c in measure.costs), Run(german.listing(stages), muted=True))


def _fills_a_column(cells: Sequence[Cell]) -> bool:
    """Tell whether a column is filled in at least half of the rows."""
    filled = sum(cell.text != NOTHING for cell in cells)
    return bool(filled) and 2 * filled >= len(cells)


def _with_details(cells: Mapping[str, Cell], titles: Sequence[str]) -> Cell:
    """Add below a measure's title what is known of it and has no column."""
    details = (
        line(Run(f"{title}: ", muted=True), Run(cells[title].text))
        for title in titles
        if cells[title].text != NOTHING
    )
    return Cell((*cells["Maßnahme"].lines, *details))
