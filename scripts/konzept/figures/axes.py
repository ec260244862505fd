"""Axes and labels laid out by rule: round ticks, years that do not touch, boxes that do not overlap."""

from __future__ import annotations

import math

from konzept import german
from konzept.concept import Indicator
from konzept.figures.template import safe

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
    """Place boxes near their points, from below, without overlap and within limits where they fit.

    Examples
    --------
    >>> apart([50, 52], [20, 20], floor=0, ceiling=100)
    [50, 70.0]
    """
    centres: list[float] = []
    edge = floor
    for point, size in zip(points, sizes, strict=True):
        centres.append(max(point, edge + size / 2))
        edge = centres[-1] + size / 2
    edge = ceiling
    for i in reversed(range(len(centres))):
        centres[i] = min(centres[i], edge - sizes[i] / 2)
        edge = centres[i] - sizes[i] / 2
    return centres


def bold_value(text: str) -> str:
    """Set the value in bold and the name after it as it is; a plain blank parts the two."""
    value, _, name = text.partition(" ")
    return f"<b>{safe(value)}</b> {safe(name)}".rstrip()
