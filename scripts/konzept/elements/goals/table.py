"""The goals table of an action field: goals as group rows, their measures below."""

from __future__ import annotations

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Goal, Measure
from konzept.elements.content import Cell, Column, Line, Row, Run, Table, line
from konzept.elements.palette import look_of
from konzept.elements.table_cells import NOTHING, written
from konzept.words import german
from konzept.words.labels import FILED

WITHOUT_GOAL = "Maßnahmen ohne in der Quelle genanntes Ziel"

_DETAILS = ("Zuständig", "Zeitraum", "Kosten")

_COLUMNS = ("Maßnahme", "Status", "Zuständig", "Zeitraum", "Kosten")
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
    shown = [title for title in _COLUMNS if _fills_a_column(title, field.measures)]
    below = tuple(title for title in _DETAILS if title not in shown)
    same_day = _same_day(field.measures)
    one_place = len({m.source.passage for m in field.measures}) == 1
    widths = {title: _WIDTHS[title] for title in shown[1:]}
    widths["Maßnahme"] = 100 - sum(widths.values())
    # What has left the path comes last.
    ordered = sorted(
        field.measures, key=lambda m: m.status.place if m.status and m.status.on_path else -1, reverse=True
    )
    groups = [(_goal_cell(goal), [m for m in ordered if goal.id in m.goal_ids]) for goal in field.goals]
    loose = [m for m in ordered if not _known_goals(m, field)]
    if loose and field.goals:
        groups.append((Cell.of(Run(WITHOUT_GOAL, strong=True)), loose))
    rows: list[Row] = []

    def row(measure: Measure) -> Row:
        cells = {title: _CELLS[title](measure) for title in shown}
        cells["Maßnahme"] = _with_details(cells["Maßnahme"], measure, below)
        word, *since = cells["Status"].lines
        # The same place for all stands below the table, and so does the same day.
        word = word if one_place else line(*word, _mark(measure))
        cells["Status"] = Cell((word,) if same_day else (word, *since))
        return Row(tuple(cells.values()))

    if not field.goals:
        rows = [row(m) for m in loose]
    for heading, measures in groups:
        rows.append(Row((heading,), group=True))
        rows.extend(row(m) for m in measures)
    return Table(
        label=f"tab-ziele-{field.id}",
        caption=f"{_what(field)} im Handlungsfeld {field.name}",
        columns=tuple(Column(title, width=widths[title]) for title in shown),
        rows=tuple(rows),
        notes=tuple(_notes(field)),
        sources=cited([*(g.source for g in field.goals), *(m.source for m in field.measures)]),
    )


def _known_goals(measure: Measure, field: ActionField) -> set[str]:
    return set(measure.goal_ids) & {goal.id for goal in field.goals}


def _goal_cell(goal: Goal) -> Cell:
    level = "Leitziel" if goal.level == "leitziel" else "Ziel"
    return Cell.of(
        line(Run(f"{level}: {goal.text}", strong=True), Run(f" ({goal.version.label})", muted=True))
    )


def _title(measure: Measure) -> Cell:
    return Cell.of(Run(measure.title, strong=True, target=measure.id))


def _mark(measure: Measure) -> Run:
    source = measure.source
    return Run(source.passage, source=(source.id, source.passage))


def _status(measure: Measure) -> Cell:
    step = measure.current
    if step is None:
        return written(silent=NOTHING)
    since = Run(f"Stand {german.date(step.day)}", muted=True)
    return Cell.of(Run(step.status.short, status=look_of(step.status)), since)


def _responsible(measure: Measure) -> Cell:
    lead = measure.actors("federfuehrend")
    others = measure.actors("beteiligt", "finanzierend")
    lines: list[Line] = []
    if lead:
        lines.append(line(f"{german.listing(lead)} (federführend)"))
    if others:
        lines.append(line(Run(f"beteiligt: {german.listing(others)}", muted=bool(lead))))
    return Cell(tuple(lines)) if lines else written(silent=NOTHING)


def _period(measure: Measure) -> Cell:
    return written(german.period(measure.start, measure.end, measure.precision), silent=NOTHING)


def _costs(measure: Measure) -> Cell:
    if not measure.costs:
        return written(silent=NOTHING)
    lines: list[Line] = [line(cost.text) for cost in measure.costs]
    stages = list(dict.fromkeys(c.stage.label for c in measure.costs))
    lines.append(line(Run(german.listing(stages), muted=True)))
    return Cell(tuple(lines))


_CELLS = {
    "Maßnahme": _title,
    "Status": _status,
    "Zuständig": _responsible,
    "Zeitraum": _period,
    "Kosten": _costs,
}


def _what(field: ActionField) -> str:
    if field.goals and field.measures:
        return "Ziele und Maßnahmen"
    return "Ziele" if field.goals else "Maßnahmen"


def _fills_a_column(title: str, measures: tuple[Measure, ...]) -> bool:
    """Tell whether a column is filled in at least half of the rows."""
    if title in ("Maßnahme", "Status"):
        return True
    filled = sum(_CELLS[title](m).text != NOTHING for m in measures)
    return bool(filled) and 2 * filled >= len(measures)


def _with_details(cell: Cell, measure: Measure, titles: tuple[str, ...]) -> Cell:
    """Add below a measure's title what is known of it and has no column."""
    lines = list(cell.lines)
    for title in titles:
        found = _CELLS[title](measure)
        if found.text != NOTHING:
            lines.append(line(Run(f"{title}: ", muted=True), Run(found.text)))
    return Cell(tuple(lines))


def _same_day(measures: tuple[Measure, ...]) -> str:
    """Give the day of the measures' status where it is one; empty where it is not."""
    days = {m.current.day if m.current else None for m in measures}
    day = days.pop() if len(days) == 1 else None
    return german.date(day) if day else ""


def _notes(field: ActionField) -> list[str]:
    notes = []
    if day := _same_day(field.measures):
        notes.append(f"Stand aller Angaben zum Status: {day}.")
    if len(field.status_counts()) > 1:
        notes.append("Die am weitesten gediehenen Maßnahmen stehen zuerst.")
    if any(c.stage == "angemeldet" for m in field.measures for c in m.costs):
        notes.append(FILED)
    return notes
