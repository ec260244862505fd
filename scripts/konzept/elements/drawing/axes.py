"""Axes and labels laid out by rule: round ticks, years that do not touch, boxes that do not overlap."""

from __future__ import annotations

import math
from statistics import fmean

from konzept.concept.model import Indicator
from konzept.elements.drawing.template import safe
from konzept.words import german

_LEAST = 1e-9
"""A smaller span is none: no statistic has such values."""


def scale(values: list[float]) -> tuple[float, list[float]]:
    """Choose the top of an axis that holds zero, and about five round ticks up to the highest value."""
    low, high = min([*values, 0.0]), max([*values, 0.0])
    if high - low < _LEAST:
        high = 1.0
    span = high - low
    raw = span / 5
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= raw)
    ticks = [round(i * step, 10) for i in range(math.floor(low / step), math.floor(high / step) + 1)]
    return max(high, ticks[-1]) + 0.06 * span, ticks


def fewer(ticks: list[float], widths: list[float], room: float) -> list[float]:
    """Leave out every other tick as long as their labels would touch; zero stays.

    Examples
    --------
    >>> fewer([0.0, 5.0, 10.0, 15.0], [40.0] * 4, room=120)
    [0.0, 10.0]
    """
    while len(ticks) > 2 and len(ticks) * (max(widths) + 12) > room:
        ticks = ticks[ticks.index(0) % 2 :: 2]
    return ticks


def tick_texts(indicator: Indicator, ticks: list[float]) -> list[str]:
    """Label ticks; the last one carries the unit."""
    texts = [german.number(t) for t in ticks]
    if indicator.unit == "Prozent":
        texts[-1] = german.quantity(ticks[-1], "Prozent")
    return texts


def thin(first: int, last: int, *, most: int) -> list[int]:
    """Choose years for an axis: first, last, and round ones between that do not touch them.

    Examples
    --------
    >>> thin(2008, 2024, most=6)
    [2008, 2015, 2020, 2024]
    """
    room = max(last - first, 1) / most / 1.2
    inner = [y for y in range(first + 1, last) if y % 5 == 0 and y - first > room and last - y > room]
    while len(inner) + 2 > most:
        inner = inner[1::2]
    return list(dict.fromkeys([first, *inner, last]))


def apart(points: list[float], sizes: list[float], *, floor: float, ceiling: float) -> list[float]:
    """Place boxes near their points, without overlap and within limits where they fit.

    Points go from low to high.  Boxes that would overlap share the way that they must move.

    Examples
    --------
    >>> apart([50, 52], [20, 20], floor=0, ceiling=100)
    [41.0, 61.0]
    """
    below = [sum(sizes[:i]) + sizes[i] / 2 for i in range(len(sizes))]
    # With the boxes below taken out of each wish, boxes may not overlap when wishes do not fall.
    stacks: list[list[float]] = []
    for point, under in zip(points, below, strict=True):
        stacks.append([point - under])
        while len(stacks) > 1 and fmean(stacks[-2]) > fmean(stacks[-1]):
            stacks[-2:] = [stacks[-2] + stacks[-1]]
    wishes = [fmean(stack) for stack in stacks for _ in stack]
    highest = ceiling - sum(sizes)
    return [min(max(wish, floor), highest) + under for wish, under in zip(wishes, below, strict=True)]


def bold_value(value: str, name: str) -> str:
    """Set a value with its whole unit in bold, and the name after it as it is."""
    return f"<b>{safe(value)}</b> {safe(name)}".rstrip()
