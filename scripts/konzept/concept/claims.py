"""What a series of values shows, as a claim with the numbers that it uses, and its words.

All claims are about the numbers as readers see them, so that the chart's labels bear them out.
The first of these that fits is the claim:

1. one value: it is stated (`Single`);
2. all values look the same (`Steady`);
3. the last step doubles or halves the value at least, and is more than half of the last movement (`Jump`);
4. three or more values differ by at most a fiftieth of the largest (`Level`);
5. the values turn more than once: lowest, highest and newest value (`Swing`);
6. they turn once: both movements (`Turn`);
7. they go one way: both ends (`Change`).

A turn counts where the values go back by at least a third of the distance from the lowest to the highest;
less is seen, but hides neither rise nor fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_TURN = Fraction(1, 3)
_LEVEL = Fraction(1, 50)
_NEAR = Fraction(19, 20)
"""From here on a multiple is nearly reached."""
_MULTIPLES = {2: "verdoppelt", 3: "verdreifacht", 4: "vervierfacht", 5: "verfünffacht"}


@dataclass(frozen=True)
class Dated:
    """A value with its time: the number as readers see it, and as the source gives it."""

    time: str
    """As it stands in brackets: "2024", "Juni 2024", "31.12.2024"."""
    at: str
    """As it stands after a verb: "2024", "im Juni 2024", "am 31.12.2024"."""
    text: str
    """With its unit."""
    shown: Decimal
    exact: Decimal
    circa: bool = False


@dataclass(frozen=True)
class Factor:
    """How many times as large a value became, or what part of itself; halves are the only part that is told."""

    times: int
    nearness: str
    """``fast``, ``genau`` or ``mehr als``."""
    grown: bool


@dataclass(frozen=True)
class Single:
    """There is one value."""

    last: Dated


@dataclass(frozen=True)
class Steady:
    """All values look the same."""

    first: Dated
    last: Dated
    count: int


@dataclass(frozen=True)
class Jump:
    """The last step alone doubles or halves the value."""

    first: Dated
    before: Dated
    last: Dated
    factor: Factor
    peak: Dated
    """The highest value after growth, else the lowest: the last one only where no earlier one equals it."""


@dataclass(frozen=True)
class Level:
    """The values lie close together."""

    low: Dated
    high: Dated
    last: Dated


@dataclass(frozen=True)
class Swing:
    """The values go up and down."""

    low: Dated
    high: Dated
    last: Dated


@dataclass(frozen=True)
class Turn:
    """The values went one way and then the other."""

    start: Dated
    pivot: Dated
    last: Dated
    factor: Factor | None


@dataclass(frozen=True)
class Change:
    """The values went one way."""

    first: Dated
    last: Dated
    factor: Factor | None


Claim = Single | Steady | Jump | Level | Swing | Turn | Change


def claim_of(values: Sequence[Dated]) -> Claim:
    """Choose what to say of values in the order of time; there is at least one, and they are comparable."""
    first, last = values[0], values[-1]
    if len(values) == 1:
        return Single(last)
    low, high = _latest(values, lowest=True), _latest(values, lowest=False)
    if low.shown == high.shown:
        return Steady(first, last, len(values))
    turns = _turns(values)
    jump = _jump(values, turns)
    if jump:
        return jump
    largest = max(abs(low.shown), abs(high.shown))
    if len(values) > 2 and Fraction(high.shown - low.shown) <= _LEVEL * Fraction(largest):
        return Level(low, high, last)
    if len(turns) > 2:
        return Swing(low, high, last)
    if len(turns) == 2:
        start, pivot = (values[i] for i in turns)
        return Turn(start, pivot, last, factor(pivot, last))
    return Change(first, last, factor(first, last))


def _latest(values: Sequence[Dated], *, lowest: bool) -> Dated:
    """Find the lowest or highest value; of equal ones the latest."""
    wanted = (min if lowest else max)(v.shown for v in values)
    return next(v for v in reversed(values) if v.shown == wanted)


def _turns(values: Sequence[Dated]) -> list[int]:
    """Find where movements begin that go back by a third of the whole distance at least."""
    shown = [Fraction(v.shown) for v in values]
    least = _TURN * (max(shown) - min(shown))
    found: list[int] = []
    low = high = end = 0
    rising: bool | None = None
    for i, value in enumerate(shown):
        if rising is None:
            low = i if value <= shown[low] else low
            high = i if value >= shown[high] else high
            up = value - shown[low] >= least
            if up or shown[high] - value >= least:
                found.append(low if up else high)
                rising, end = up, i
        elif (value >= shown[end]) if rising else (value <= shown[end]):
            end = i
        elif abs(value - shown[end]) >= least:
            found.append(end)
            rising, end = not rising, i
    return found


def _jump(values: Sequence[Dated], turns: Sequence[int]) -> Jump | None:
    """Tell whether the last step says more than the movement that it ends."""
    # A single turn at the last value but one says it all, and says where the values came from.
    if len(values) < 3 or (len(turns) == 2 and turns[-1] == len(values) - 2):
        return None
    before, last = values[-2], values[-1]
    found = factor(before, last)
    begin = values[turns[-1]] if len(turns) > 1 else values[0]
    if found is None or 2 * abs(last.shown - before.shown) <= abs(last.shown - begin.shown):
        return None
    earlier = _latest(values[:-1], lowest=not found.grown)
    beaten = last.shown > earlier.shown if found.grown else last.shown < earlier.shown
    return Jump(values[0], before, last, found, last if beaten else earlier)


def factor(first: Dated, last: Dated) -> Factor | None:
    """Name the multiple that a value grew to, or that it halved, where both numbers bear it out.

    Approximate numbers, zero and negative ones bear out none.
    """
    if first.circa or last.circa or min(first.shown, last.shown, first.exact, last.exact) <= 0:
        return None
    grown = last.shown > first.shown
    small, large = (first, last) if grown else (last, first)
    seen, exact = Fraction(large.shown) / Fraction(small.shown), Fraction(large.exact) / Fraction(small.exact)
    most = max(_MULTIPLES) if grown else 2
    for times in range(most, 1, -1):
        if seen == times:
            near = _NEAR * times <= exact <= times / _NEAR
            return Factor(times, "genau", grown) if near else None
        if seen > times:
            return Factor(times, "mehr als", grown) if exact > times else None
        if seen >= _NEAR * times:
            return Factor(times, "fast", grown) if exact < times else None
    return None


def worded(claim: Claim) -> tuple[str, str]:
    """Put a claim in words: the verb, and what follows the subject: "stieg" … "von 6,6 % (2010) auf 9 % (2024)"."""
    match claim:
        case Single(last):
            return "lag", f"{last.at} bei {last.text}"
        case Steady(first, last, 2):
            return "lag", f"{first.at} und {last.at} bei {last.text}"
        case Steady(first, last, _):
            return "lag", f"durchweg bei {last.text} ({first.time} bis {last.time})"
        case Jump(_, before, last, found, _):
            return (
                "hat sich",
                f"{_multiple(found)}, von {_dated(before)} auf {_dated(last)}; {_record(claim)}",
            )
        case Level(low, high, last):
            return "lag", f"zwischen {_dated(low)} und {_dated(high)}, zuletzt bei {_dated(last)}"
        case Swing(low, high, last):
            return "schwankte", f"zwischen {_dated(low)} und {_dated(high)}{_newest(low, high, last)}"
        case Turn(start, pivot, last, None):
            there, back = _verbs(start, pivot), _verbs(pivot, last)
            return there, f"von {_dated(start)} auf {_dated(pivot)} und {back} danach auf {_dated(last)}"
        case Turn(start, pivot, last, Factor() as found):
            return (
                _verbs(start, pivot),
                f"von {_dated(start)} auf {_dated(pivot)} und hat sich seitdem {_multiple(found)}, auf {_dated(last)}",
            )
        case Change(first, last, None):
            return _verbs(first, last), f"von {_dated(first)} auf {_dated(last)}"
        case Change(first, last, Factor() as found):
            return "hat sich", f"{_multiple(found)}, von {_dated(first)} auf {_dated(last)}"
    raise AssertionError(claim)


def movement(claim: Claim) -> tuple[Dated, Dated] | None:
    """Give beginning and end of the last movement that a claim tells of, if it tells of one."""
    match claim:
        case Jump(_, begin, last, _, _) | Turn(_, begin, last, _) | Change(begin, last, _):
            return begin, last
    return None


def _verbs(begin: Dated, end: Dated) -> str:
    return "stieg" if end.shown > begin.shown else "sank"


def _multiple(found: Factor) -> str:
    word = _MULTIPLES[found.times] if found.grown else "halbiert"
    return word if found.nearness == "genau" else f"{found.nearness} {word}"


def _record(jump: Jump) -> str:
    """Say how the newest value stands among the earlier ones."""
    side = "höchste" if jump.factor.grown else "niedrigste"
    if jump.peak is jump.last:
        return f"das ist der {side} Wert seit {_since(jump.first)}"
    if jump.peak.shown == jump.last.shown:
        return f"so {'hoch' if jump.factor.grown else 'niedrig'} war der Wert zuletzt {jump.peak.at}"
    return f"der {side} Wert war {_dated(jump.peak)}"


def _newest(low: Dated, high: Dated, last: Dated) -> str:
    return "" if last in (low, high) else f" und lag zuletzt bei {_dated(last)}"


def _dated(value: Dated) -> str:
    return f"{value.text} ({value.time})"


def _since(value: Dated) -> str:
    return value.at.replace("am ", "dem ", 1) if value.at.startswith("am ") else value.time
