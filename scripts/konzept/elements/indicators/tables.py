"""Observed values as tables: the town's own, beside other municipalities, and of its districts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from konzept.concept.findings import compared
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.values import newest, newest_by_group, value_text
from konzept.elements.content import Table
from konzept.elements.register import constant, register
from konzept.elements.table_cells import written


def own_values_table(concept: Concept) -> Table | None:
    """List the newest value of the town itself for each indicator and group."""
    found: list[tuple[Indicator, Observation]] = []
    for indicator in concept.indicators:
        own = newest_by_group(indicator.own())
        found += [(indicator, o) for o in own]
    if not found:
        return None
    rows = [
        [
            written(indicator.name, strong=True),
            written(o.group),
            written(value_text(indicator, o)),
            written(o.time),
            written(concept.field_name(indicator.field_id) or "übergreifend"),
        ]
        for indicator, o in found
    ]
    heads = ("Kennzahl", "Gruppe", "Wert", "Zeit", "Handlungsfeld")
    caption = f"{concept.town.name} in Zahlen, jeweils der neueste Wert"
    return register("eigene-werte", caption, heads, rows, [o.source for _, o in found])


def comparisons_table(concept: Concept, field_id: str, indicators: Sequence[Indicator]) -> Table | None:
    """Compare the town with the lowest and the highest value of the municipalities, for some indicators of a field.

    Such comparisons say little on the concept, and a chart each would take a page.
    """
    rows, sources = [], []
    named = [i for i in indicators if compared(i)]
    for indicator in named:
        values = compared(indicator)
        mine = next((o for o in values if o.area.id == concept.town.area_id), None)
        ends = [written(f"{value_text(indicator, o)} ({o.area.name})") for o in (values[0], values[-1])]
        rows.append(
            [
                written(f"{indicator.name} ({values[0].time})", strong=True),
                written(value_text(indicator, mine) if mine else None),
                *ends,
                written(str(len(values))),
            ]
        )
        sources += [o.source for o in values]
    if not rows:
        return None
    heads = ("Kennzahl", concept.town.name, "niedrigster Wert", "höchster Wert", "Gemeinden")
    caption = f"{concept.town.name} im Vergleich der Gemeinden"
    table = register(f"vergleich-{field_id}", caption, heads, rows, sources, widths=(30, 15, 20, 20, 15))
    labelled = zip(table.rows, named, strict=True)
    return dataclasses.replace(
        table, rows=tuple(dataclasses.replace(row, label=f"abb-{i.id}") for row, i in labelled)
    )


def districts_table(concept: Concept) -> Table | None:
    """Show what the data hold on the districts."""
    districts = sorted((a for a in concept.areas if a.level == "ortsteil"), key=lambda a: a.rank)
    used = [column for i in concept.indicators for column in _of_districts(i)]
    if not districts or not used:
        return None
    times = [constant(o.time for o in values.values()) for _, _, values in used]
    rows = []
    for area in districts:
        cells = []
        for (indicator, _, values), time in zip(used, times, strict=True):
            o = values.get(area.id)
            text = _value_or_silence(indicator, o) if o else None
            cells.append(written(text if time or not o else f"{text} ({o.time})"))
        rows.append([written(area.name, strong=True), *cells])
    heads = (
        concept.town.parts[0],
        *(f"{name} ({t})" if t else name for (_, name, _), t in zip(used, times, strict=True)),
    )
    sources = [o.source for _, _, values in used for o in values.values()]
    return register("ortsteile", f"{concept.town.parts[1]} von {concept.town.name}", heads, rows, sources)


def _of_districts(indicator: Indicator) -> list[tuple[Indicator, str, dict[str, Observation]]]:
    """Give a column for each group: its name, and the newest value of each district, or why there is none."""
    found = [o for o in indicator.actual() if o.area.level == "ortsteil"]
    groups = list(dict.fromkeys(o.group for o in found))
    columns = []
    for group in groups:
        own: dict[str, list[Observation]] = {}
        for o in found:
            if o.group == group:
                own.setdefault(o.area.id, []).append(o)
        name = f"{indicator.name}, {group}" if len(groups) > 1 else indicator.name
        columns.append((indicator, name, {key: newest(rows) or rows[-1] for key, rows in own.items()}))
    return columns


def _value_or_silence(indicator: Indicator, o: Observation) -> str:
    if o.value is not None:
        return value_text(indicator, o)
    return "gesperrt" if o.precision == "gesperrt" else "nur Richtung"
