"""Observed values: when they were, which is the newest, and how one is said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from konzept.concept.model import Indicator, Observation
from konzept.words import german

_CROWD = 10


def when(o: Observation) -> tuple[int, int, int]:
    """Place an observation in time: year, month and day, 0 for what the source does not give."""
    try:
        day = german.parse_date(o.time)
    except ValueError:
        month = o.time.split(" ")[0]
        return (o.year or 0, german.MONTHS.index(month) + 1 if o.year and month in german.MONTHS else 0, 0)
    return (o.year or day.year, day.month, day.day)


def newest(values: Iterable[Observation]) -> Observation | None:
    """Find the newest number: of equally new ones the first, one without a year only where there is no other."""
    return max((o for o in values if o.value is not None), key=when, default=None)


def newest_by_group(values: Iterable[Observation]) -> list[Observation]:
    """Find the newest number of each group, in the order in which the groups first appear."""
    groups: dict[str, list[Observation]] = {}
    for o in values:
        groups.setdefault(o.group, []).append(o)
    return [found for own in groups.values() if (found := newest(own))]


def value_text(indicator: Indicator, o: Observation) -> str:
    """Write a value with its unit, rounded for reading and with as many digits as its neighbours."""
    return german.quantity(
        o.value or 0, indicator.unit, circa=o.precision == "circa", digits=_digits_of(indicator, o)
    )


def number_text(indicator: Indicator, o: Observation) -> str:
    """Write a value as `value_text` does, without the unit, which stands near it."""
    return german.quantity(o.value or 0, "", circa=o.precision == "circa", digits=_digits_of(indicator, o))


def shown_number(indicator: Indicator, o: Observation) -> Decimal:
    """Give the number that `value_text` shows."""
    return german.rounded(o.value or 0, _digits_of(indicator, o))


def exact_text(indicator: Indicator, o: Observation) -> str:
    """Write a value with its unit and all digits of the source, for tables of data."""
    return german.quantity(o.value or 0, indicator.unit, circa=o.precision == "circa")


def _digits_of(indicator: Indicator, o: Observation) -> int:
    whole_target = o.kind == "soll" and not _digits(o.value or 0)
    return _digits(o.value or 0) if o.precision == "circa" or whole_target else digits_of(indicator)


def digits_of(indicator: Indicator) -> int:
    """Choose the digits after the comma for all values of an indicator: one if any has one, two for euros.

    Two also where many values lie so close that one digit would make them equal.
    """
    values = {o.value for o in indicator.observations if o.value is not None}
    merged = {round(v, 1) for v in values}
    if indicator.unit.startswith("Euro") or (len(values) >= _CROWD and len(merged) <= len(values) / 2):
        return 2
    return max(map(_digits, values), default=0)


def _digits(value: float) -> int:
    """Give what a reader takes in: none for whole numbers, else one."""
    return 0 if float(value).is_integer() else 1


def at(o: Observation) -> str:
    """Write an observation's time as it stands after a verb.

    A year stands alone, a month takes "im", a day "am".
    """
    if o.time.split(" ")[0] in german.MONTHS:
        return f"im {o.time}"
    return f"am {o.time}" if when(o)[2] else o.time


def kind_words(o: Observation) -> str:
    """Say whether a value is actual, or which target it is."""
    return f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist"


def target_words(o: Observation) -> str:
    """Say how a target came about and until when it is to be met: "beschlossen, bis 2027"."""
    until = f"bis {o.time}" if o.time[:1].isdigit() or o.time.split(" ")[0] in german.MONTHS else o.time
    return ", ".join(part for part in (o.target_kind and o.target_kind.label, until) if part)
