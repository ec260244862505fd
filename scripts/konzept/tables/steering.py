"""Tables for those who steer: matrix, fields, completeness, time, money, indicators."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal

from konzept import german
from konzept.concept.citing import source_lines
from konzept.concept.model import ActionField, Concept, Cost, Indicator, Measure, Observation, Source
from konzept.concept.schedule import CLOSED, OVERDUE, STATES, UNDATED, deadline, schedule
from konzept.concept.steering import (
    DIRECTIONS,
    QUESTIONS,
    answers,
    derived_goals,
    last_change,
    nearest_values,
    schedule_counts,
    span,
)
from konzept.content import Cell, Column, Line, Row, Run, Table, line
from konzept.figures.budget import Item, Total, totals
from konzept.figures.series import value_text
from konzept.tables.goals import cost_text
from konzept.words import BUDGET_STAGES, COST_KINDS, NOT_NAMED, STATUSES

_GROUPS = {
    "idee": "Vorschlag",
    "in_pruefung": "Vorschlag",
    "geplant": "Vorbereitung",
    "angemeldet": "Vorbereitung",
    "beschlossen": "Vorbereitung",
    "in_umsetzung": "Umsetzung",
    "daueraufgabe": "Umsetzung",
    "abgeschlossen": "Umsetzung",
    "zurueckgestellt": "außerhalb",
    "verworfen": "außerhalb",
}
"""Under which heading a status stands."""

_HYPHENATED = {
    "in_pruefung": "in Prü|fung",
    "geplant": "ge|plant",
    "angemeldet": "ange|mel|det",
    "beschlossen": "be|schlos|sen",
    "in_umsetzung": "in Um|set|zung",
    "daueraufgabe": "Dauer|auf|gabe",
    "abgeschlossen": "abge|schlos|sen",
    "zurueckgestellt": "zurück|ge|stellt",
    "verworfen": "ver|wor|fen",
}
"""Where a narrow heading may break: not every browser can part German words by itself."""

_CROWD = 12
"""More measures in a cell are a number alone, which leads to the field's chapter."""

_EMPTY, _NONE = "·", "–"


def matrix(concept: Concept) -> Table | None:
    """Show every measure as the icon of its status, by field and status.

    Returns
    -------
    Table or None
        None when there are no measures.
    """
    measures = concept.measures
    if not measures:
        return None
    used = {m.status or "" for m in measures}
    keys = [*STATUSES, *([""] if "" in used else [])]
    rows = [_matrix_row(field, keys) for field in concept.fields]
    sums = [sum((m.status or "") == key for m in measures) for key in keys]
    total = [_plain_number(n) for n in (*sums, len(measures))]
    crowded = any(f.status_counts()[key] > _CROWD for f in concept.fields for key in keys)
    notes = ["Je voller der Kreis, desto weiter ist die Maßnahme; Quadrate haben den Weg verlassen."]
    if crowded:
        notes.append(
            f"Mehr als {german.word(_CROWD)} Maßnahmen eines Feldes mit demselben Status stehen als Zahl, die zum Kapitel führt."
        )
    return Table(
        label="tab-matrix",
        caption="Jedes Zeichen ist eine Maßnahme",
        columns=(Column("Handlungsfeld"), *(_status_column(key, used) for key in keys), Column("alle", numeric=True)),
        rows=(*rows, Row((Cell.of(Run("alle", strong=True)), *total))),
        notes=tuple(notes),
        sources=source_lines([m.current.source if m.current else m.source for m in measures]),
        matrix=True,
    )  # fmt: skip


def _status_column(key: str, used: set[str]) -> Column:
    if not key:
        return Column("ohne Angabe")
    title = _HYPHENATED.get(key, STATUSES[key].short).replace("|", "\N{SOFT HYPHEN}")
    return Column(title, status=key, group=_GROUPS[key], screen_only=key not in used)


def _matrix_row(field: ActionField, keys: Sequence[str]) -> Row:
    cells = [_icons(field, key) for key in keys]
    return Row((_field_cell(field), *cells, _plain_number(len(field.measures), to=_measures(field))))


def _icons(field: ActionField, key: str) -> Cell:
    found = [m for m in field.measures if (m.status or "") == key]
    if not found:
        return Cell.of(Run(_EMPTY, muted=True))
    number = german.number(len(found))
    if len(found) > _CROWD or not key:
        return Cell.of(Run(number, strong=True, target=field.id))
    icons = [Run(m.title, status=key, target=m.id, icon_only=True) for m in found]
    return Cell.of(*icons, Run(number))


def _plain_number(n: int, *, to: str | None = None) -> Cell:
    return Cell.of(Run(german.number(n), strong=True, target=to)) if n else Cell.of(Run(_NONE, muted=True))


def _field_cell(field: ActionField) -> Cell:
    return Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id))


# Fields


def fields_steering(concept: Concept) -> Table:
    """List for each field goals, measures by status, costs by stage, and since when nothing has changed."""
    rows = tuple(
        Row(
            (
                _field_cell(field),
                _cell(str(len(field.goals)) if field.goals else None, to=f"@tab-ziele-{field.id}"),
                _lines(_by_status(field), to=_measures(field)),
                _lines(_by_stage(field.measures), to="@tab-kosten"),
                _change(concept, field),
            )
        )
        for field in concept.fields
    )
    heads = ("Handlungsfeld", "Ziele", "Maßnahmen", "Kosten", "Letzte Änderung")
    widths = (25, 10, 20, 25, 20)
    notes = []
    if concept.measures:
        notes.append(
            "Letzte Änderung: der jüngste Tag, an dem eine Maßnahme des Feldes ihren heutigen Status erhalten hat, "
            f"und die Zeit von da bis zum Stand der Daten ({german.date(concept.stand)})."
        )
    if any(c.stage == "angemeldet" for m in concept.measures for c in m.costs):
        notes.append("Angemeldete Kosten stehen unter dem Vorbehalt der Haushaltsberatungen.")
    return Table(
        label="tab-steuerung",
        caption="Ziele, Maßnahmen, Kosten und letzte Änderung je Handlungsfeld",
        columns=tuple(Column(h, width=w) for h, w in zip(heads, widths, strict=True)),
        rows=rows,
        notes=tuple(notes),
        sources=source_lines([m.source for m in concept.measures] or [f.source for f in concept.fields]),
    )


def _by_status(field: ActionField) -> list[str]:
    counts = field.status_counts()
    named = [
        f"{counts[key]} {STATUSES[key].one if counts[key] == 1 else STATUSES[key].many}"
        for key in STATUSES
        if counts[key]
    ]
    return [*named, *([f"{counts['']} ohne genannten Status"] if counts[""] else [])]


def _by_stage(measures: Sequence[Measure]) -> list[str]:
    costs = [cost for m in measures for cost in m.costs]
    stages = [stage for stage in BUDGET_STAGES if any(c.stage == stage for c in costs)]
    return [
        f"{BUDGET_STAGES[stage]}: {'; '.join(_sums([c for c in costs if c.stage == stage]))}"
        for stage in stages
    ]


def _sums(costs: Sequence[Cost]) -> list[str]:
    """Add amounts of the same year and kind, and no others."""
    grouped: dict[tuple[int | None, str], list[Cost]] = {}
    for cost in costs:
        grouped.setdefault((cost.year, cost.kind), []).append(cost)
    ordered = sorted(grouped.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1]))
    return [cost_text(added(same)) for _, same in ordered]


def added(costs: Sequence[Cost]) -> Cost:
    """Add amounts of one year, kind and stage; "ca." when a part is approximate."""
    first = costs[0]
    amount = float(sum((Decimal(str(c.amount)) for c in costs), Decimal(0)))
    return Cost(first.kind, first.year, amount, any(c.circa for c in costs), first.stage, first.source)


def _change(concept: Concept, field: ActionField) -> Cell:
    steps = [step for m in field.measures if (step := last_change(m))]
    if not steps:
        return _cell(None if field.measures else "keine Maßnahme")
    day = max(step.day for step in steps)
    if day == concept.stand:
        return Cell.of(german.date(day))
    return Cell.of(german.date(day), Run(f"unverändert seit {span(day, concept.stand)}", muted=True))


# The five questions


def completeness_table(concept: Concept) -> Table | None:
    """Say for each field how many of its measures answer each question; None without measures."""
    if not concept.measures:
        return None
    rows = [_answers_row(_field_cell(f), f.measures, to=_measures(f)) for f in concept.fields if f.measures]
    if len(rows) > 1:
        rows.append(_answers_row(Cell.of(Run("alle", strong=True)), concept.measures))
    notes = [f"{'. '.join(q.rule for q in QUESTIONS)}."]
    empty = [f.short_name for f in concept.fields if not f.measures]
    if empty:
        notes.append(f"Ohne Maßnahmen in den Daten: {german.listing(empty)}.")
    if derived := derived_goals(concept):
        notes.append(
            f"Bei {german.count(derived, 'Maßnahme', 'Maßnahmen', gender='er')} ist das Ziel aus dem Zusammenhang der Quelle abgeleitet, nicht dort genannt."
        )
    return Table(
        label="tab-angaben",
        caption="Für wie viele Maßnahmen die fünf Fragen beantwortet sind",
        columns=(Column("Handlungsfeld", width=25), *(Column(q.short, width=15) for q in QUESTIONS)),
        rows=tuple(rows),
        notes=tuple(notes),
        sources=source_lines([m.source for m in concept.measures]),
    )


def _measures(field: ActionField) -> str:
    """Lead to the field's part of the catalogue."""
    return f"@massnahmen-{field.id}"


def _answers_row(heading: Cell, measures: Sequence[Measure], *, to: str | None = None) -> Row:
    counted = [_of(n, len(measures), to=to) for n in answers(measures)]
    return Row((heading, *counted))


def _of(n: int, total: int, *, to: str | None) -> Cell:
    return Cell.of(Run(f"{german.number(n)} von {german.number(total)}", muted=not n, target=to))


# Time


def schedule_table(concept: Concept) -> Table | None:
    """Count for each field what is overdue, on time and without a date; None without measures."""
    if not concept.measures:
        return None
    whole = schedule_counts(concept, concept.measures)
    shown = [state for state in STATES if state != CLOSED or whole[state]]
    rows = []
    for field in concept.fields:
        if field.measures:
            counts = schedule_counts(concept, field.measures)
            places = {s: _measures(field) if s == UNDATED else "@tab-faellig" for s in shown}
            cells = [_plain_number(counts[s], to=places[s]) for s in shown]
            rows.append(Row((_field_cell(field), *cells)))
    if len(rows) > 1:
        rows.append(Row((Cell.of(Run("alle", strong=True)), *(_plain_number(whole[s]) for s in shown))))
    notes = [
        "Überfällig: Ende oder Wiedervorlage sind genannt und am Stand der Daten verstrichen, "
        "ohne dass eine Quelle den Abschluss belegt. Im Plan: Der genannte Tag steht noch bevor. "
        "Ohne Termin: Es ist keiner genannt. Ob gearbeitet wurde, geht daraus nicht hervor."
    ]
    return Table(
        label="tab-termine",
        caption=f"Maßnahmen nach Termin, Stand {german.date(concept.stand)}",
        columns=(Column("Handlungsfeld"), *(Column(s) for s in shown)),
        rows=tuple(rows),
        notes=tuple(notes),
        sources=source_lines([m.source for m in concept.measures]),
    )


def deadlines_table(concept: Concept) -> Table | None:
    """List the measures that are due, the earliest first; None when no date is named."""
    found = [(due, f, m) for f in concept.fields for m in f.measures if (due := deadline(m))]
    if not found:
        return None
    rows = []
    for due, field, measure in sorted(found, key=lambda item: item[0].day):
        state = schedule(measure, concept.stand)
        since = f"seit {span(due.day, concept.stand)}" if state == OVERDUE else ""
        status = STATUSES[measure.status].short if measure.status else NOT_NAMED
        rows.append(
            Row(
                (
                    Cell.of(Run(measure.title, strong=True, target=measure.id), Run(field.short_name, muted=True)),
                    Cell.of(Run(status, status=measure.status)),
                    Cell.of(f"{due.kind}: {due.text}"),
                    Cell.of(Run(state, strong=state == OVERDUE), *([Run(since, muted=True)] if since else [])),
                )
            )
        )  # fmt: skip
    return Table(
        label="tab-faellig",
        caption="Maßnahmen mit Termin",
        columns=tuple(
            Column(h, width=w) for h, w in (("Maßnahme", 40), ("Status", 20), ("Termin", 20), ("Lage", 20))
        ),
        rows=tuple(rows),
        sources=source_lines([m.source for _, _, m in found]),
    )


# Money


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
        sources=source_lines(sources),
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
        notes.append("Angemeldete Kosten stehen unter dem Vorbehalt der Haushaltsberatungen.")
    return notes


# Indicators


def newest_values_table(concept: Concept) -> Table | None:
    """List each field's indicators with direction and the newest own or nearest value."""
    rows: list[Row] = []
    sources: list[Source] = []
    for field in concept.fields:
        rows.append(Row((_field_cell(field),), group=True))
        shown = [(i, nearest_values(concept, i)) for i in field.indicators]
        valued = [(i, values) for i, values in shown if values]
        rows += [_indicator_row(concept, i, values) for i, values in valued]
        sources += [o.source for _, values in valued for o in values]
        rows += _without_values(field, [i for i, values in shown if not values])
    if not sources:
        return None
    name = concept.town.name
    return Table(
        label="tab-neueste-werte",
        caption="Indikatoren mit Richtung und neuestem Wert",
        columns=tuple(
            Column(h, width=w)
            for h, w in (("Indikator", 35), ("Richtung", 15), ("Neuester Wert", 30), ("Gebiet und Zeit", 20))
        ),
        rows=tuple(rows),
        notes=(
            f"Liegt für {name} kein Wert vor, steht der des nächstgrößeren Gebiets; er gilt nicht für {name}.",
            "Die Werte zeigen Zustände, keine Wirkungen einzelner Maßnahmen.",
        ),
        sources=source_lines(sources),
    )  # fmt: skip


def _indicator_row(concept: Concept, indicator: Indicator, values: Sequence[Observation]) -> Row:
    first = values[0]
    own = first.area.id == concept.town.area_id
    texts: list[Line | Run] = [
        line(value_text(indicator, o), Run(f" ({o.group})" if len(values) > 1 or o.group != "insgesamt" else "", muted=True))
        for o in values
    ]  # fmt: skip
    return Row(
        (
            Cell.of(Run(indicator.name, target=indicator.id)),
            Cell.of(DIRECTIONS[indicator.direction]),
            Cell.of(*texts),
            Cell.of(Run(first.area.name, strong=own), Run(first.time, muted=True)),
        )
    )


def _without_values(field: ActionField, silent: Sequence[Indicator]) -> list[Row]:
    if not field.indicators:
        return [_spanning("kein Indikator benannt")]
    return [_spanning(f"Ohne Zahl: {_names(silent)}.")] if silent else []


def _names(indicators: Iterable[Indicator]) -> str:
    return "; ".join(i.name for i in indicators)


def _spanning(text: str) -> Row:
    return Row((Cell.of(Run(text, muted=True)),))


def _cell(text: str | None, *, to: str | None = None) -> Cell:
    return Cell.of(Run(text, target=to)) if text else Cell.of(Run(NOT_NAMED, muted=True))


def _lines(texts: Sequence[str], *, to: str | None = None) -> Cell:
    return Cell(tuple(line(Run(text, target=to)) for text in texts)) if texts else _cell(None)
