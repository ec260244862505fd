"""What can be computed of lines: an index, the distance of two groups; each with its honest note."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from konzept.concept.model import Indicator, Observation
from konzept.concept.series import Series
from konzept.elements.explorer.choices import HINTS
from konzept.words import german

Computed = tuple[list[Series], Indicator, list[str]]


def as_index(indicator: Indicator, lines: Sequence[Series]) -> Computed:
    """Let the first value of each line stand for 100; where a series breaks, its index begins again."""
    drawn = []
    for line in lines:
        start = max((n for n, o in enumerate(line.values) if o.after_break), default=0)
        values = line.values[start:]
        base = values[0].value or 0
        if base > 0 and len(values) > 1:
            new = (
                dataclasses.replace(o, value=100 * (o.value or 0) / base, after_break=False) for o in values
            )
            drawn.append(dataclasses.replace(line, values=tuple(new)))
    hints = [HINTS["index"]]
    if any(o.after_break for line in lines for o in line.values):
        hints.append(HINTS["index_break"])
    if left := len(lines) - len(drawn):
        have = "Reihe hat" if left == 1 else "Reihen haben"
        hints.append(
            f"{german.number(left)} {have} keinen Index: Dazu braucht es zwei Werte und einen ersten über 0."
        )
    if any(line.values[0].precision == "circa" for line in drawn):
        hints.append(HINTS["index_circa"])
    return drawn, _unit(indicator, "", drawn), hints


def as_distance(indicator: Indicator, lines: Sequence[Series]) -> Computed:
    """Take the second of two groups from the first, where both have a value of one area, source and time."""
    groups = list(dict.fromkeys(line.group for line in lines))
    if len(groups) != 2:
        return [], indicator, []
    drawn = []
    for line in (line for line in lines if line.group == groups[0]):
        key = (line.area, line.values[0].source.id)
        other = next(
            (s for s in lines if s.group == groups[1] and (s.area, s.values[0].source.id) == key), None
        )
        mates = {o.time: o for o in reversed(other.values)} if other else {}
        values = tuple(_minus(o, mates[o.time]) for o in line.values if o.time in mates)
        if values:
            drawn.append(dataclasses.replace(line, values=values, group=f"{groups[0]} minus {groups[1]}"))
    percent = indicator.unit == "Prozent"
    unit = "Prozentpunkte" if percent else indicator.unit
    hints = [
        f"Abstand: „{groups[0]}“ minus „{groups[1]}“{', in Prozentpunkten' if percent else ''}. {HINTS['distance']}"
    ]
    return drawn, _unit(indicator, unit, drawn), hints


def _minus(a: Observation, b: Observation) -> Observation:
    circa = "circa" if "circa" in (a.precision, b.precision) else a.precision
    value = round((a.value or 0) - (b.value or 0), 10)
    return dataclasses.replace(a, value=value, precision=circa, after_break=a.after_break or b.after_break)


def _unit(indicator: Indicator, unit: str, lines: Sequence[Series]) -> Indicator:
    """Give an indicator of computed values, by which they are written."""
    return dataclasses.replace(
        indicator, unit=unit, observations=tuple(o for line in lines for o in line.values)
    )
