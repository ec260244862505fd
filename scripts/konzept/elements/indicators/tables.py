"""Observed values as tables: the town's own, beside areas like it, and of its parts."""

from __future__ import annotations

from collections.abc import Collection

from konzept.concept.grouping import grouped
from konzept.concept.model import Area, Concept, Indicator, Observation
from konzept.concept.values import newest, newest_by_group, value_text
from konzept.elements.content import Table
from konzept.elements.tables import constant, register, written
from konzept.words.labels import Level


def own_values_table(concept: Concept) -> Table | None:
    """List the newest value of the town itself for each indicator and group."""
    found = [(i, o) for i in concept.indicators for o in newest_by_group(i.own())]
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
    caption = f"{concept.town.short} in Zahlen, jeweils der neueste Wert"
    return register("eigene-werte", caption, heads, rows, [o.source for _, o in found])


_PARTS = {
    "gemeinde": ("ortsteil", "ortsteile"),
    "kreis": ("gemeinde", "gemeinden"),
    "land": ("kreis", "kreise"),
    "bund": ("land", "laender"),
}
"""Level → that of the parts of such an area, and the label of their table."""


def parts_of_the_town(concept: Concept) -> tuple[Level, str]:
    """Name the level of the town's parts, and the label of their table: of a district it is its municipalities."""
    own = next((a.level for a in concept.areas if a.own), "gemeinde")
    level, label = _PARTS.get(own, _PARTS["gemeinde"])
    return concept.package.level(level), label


def districts_table(concept: Concept) -> Table | None:
    """Show what the data hold on the town's parts."""
    level, label = parts_of_the_town(concept)
    districts = sorted(_parts(concept, level), key=lambda a: a.rank)
    ids = {area.id for area in districts}
    used = [column for i in concept.indicators for column in _of_districts(i, ids)]
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
        level.label,
        *(f"{name} ({t})" if t else name for (_, name, _), t in zip(used, times, strict=True)),
    )
    sources = [o.source for _, _, values in used for o in values.values()]
    return register(label, f"{level.plural} {concept.town.genitive}", heads, rows, sources)


def _parts(concept: Concept, level: str) -> list[Area]:
    """List the town's parts: quarters, which have no key, are its own; others' municipalities may be in the data, too."""
    key = concept.town.ags
    return [
        area
        for area in concept.areas
        if area.level == level and (level == "ortsteil" or (key and area.key.startswith(key)))
    ]


def _of_districts(
    indicator: Indicator, districts: Collection[str]
) -> list[tuple[Indicator, str, dict[str, Observation]]]:
    """Give a column for each group: its name, and the newest value of each district, or why there is none."""
    found = [o for o in indicator.actual() if o.area.id in districts]
    groups = list(dict.fromkeys(o.group for o in found))
    columns = []
    for group in groups:
        own = grouped((o.area.id, o) for o in found if o.group == group)
        name = f"{indicator.name}, {group}" if len(groups) > 1 else indicator.name
        columns.append((indicator, name, {key: newest(rows) or rows[-1] for key, rows in own.items()}))
    return columns


def _value_or_silence(indicator: Indicator, o: Observation) -> str:
    if o.value is not None:
        return value_text(indicator, o)
    return "gesperrt" if o.precision == "gesperrt" else "nur Richtung"
