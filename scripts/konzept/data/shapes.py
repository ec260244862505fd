"""What may stand where in a file that people write by hand, and what a German sentence says of what may not.

A shape is a dictionary of names with the shapes of what stands there, a list with the shape of its items, or a `Kind`.
A question mark behind a name says that it may be missing, the name `MORE` that others may stand beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from konzept.data.problems import suggestion

MORE = "*"
_SHOWN = 40
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Kind:
    """What may stand at a place, as a sentence names it."""

    says: str
    holds: Callable[[Any], bool]


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        return dt.date.fromisoformat(value).year in _YEARS
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def are_texts(value: Any) -> bool:
    """Tell whether a value is a list of texts."""
    return (
        isinstance(value, list) and value != [] and all(isinstance(v, str) and v.strip() != "" for v in value)
    )


def either(words: Collection[str]) -> str:
    """Name words to choose from."""
    *first, last = (f"„{word}“" for word in words)
    return f"{', '.join(first)} oder {last}"


def one_of(words: Collection[str]) -> Kind:
    """Allow one of some words."""
    return Kind(either(words), lambda v: isinstance(v, str) and v in words)


TEXT = Kind("einen Text in Anführungszeichen", lambda v: isinstance(v, str) and v.strip() != "")
ANY_TEXT = Kind('einen Text in Anführungszeichen, oder "", wenn es keinen gibt', lambda v: isinstance(v, str))
DAY = Kind("ein Datum wie 2025-06-25", _is_day)
FLAG = Kind("true oder false, ohne Anführungszeichen", lambda v: isinstance(v, bool))
NUMBER = Kind("eine Zahl ohne Anführungszeichen", _is_number)
COUNT = Kind("eine ganze Zahl ohne Anführungszeichen", lambda v: _is_number(v) and v >= 0 and v == int(v))
TEXTS = Kind("eine Liste von Texten in eckigen Klammern", are_texts)
LIST = Kind("eine Liste in eckigen Klammern", lambda v: isinstance(v, list) and v != [])
GROUP = Kind("Angaben in geschweiften Klammern", lambda v: isinstance(v, dict))


def only(value: Any) -> Kind:
    """Allow one value."""
    return Kind(json.dumps(value, ensure_ascii=False), lambda v: type(v) is type(value) and v == value)


def misshapen(value: Any, shape: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Compare a value with what may stand at its place, and give a German sentence for each difference."""
    if isinstance(shape, Kind):
        if not shape.holds(value):
            shown = json.dumps(value, ensure_ascii=False)
            shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
            yield f"Bei {_place(path)} steht {shown}. Schreiben Sie dort {shape.says}."
    elif isinstance(shape, list):
        if not LIST.holds(value):
            yield from misshapen(value, LIST, path)
        else:
            for number, item in enumerate(value, 1):
                name = item.get("name") if isinstance(item, dict) else None
                yield from misshapen(item, shape[0], (*path, name if isinstance(name, str) else f"{number}."))
    elif not isinstance(value, dict):
        yield from misshapen(value, GROUP, path)
    else:
        known = {name.removesuffix("?"): part for name, part in shape.items() if name != MORE}
        for name, part in known.items():
            if name in value:
                yield from misshapen(value[name], part, (*path, name))
            elif f"{name}?" not in shape:
                yield f"{_within(path)} fehlt die Angabe „{name}“. Ergänzen Sie sie."
        for name in () if MORE in shape else sorted(value.keys() - known.keys()):
            yield f"{_within(path)} steht „{name}“; das kennt das Programm nicht.{suggestion(name, known)}"


def _place(path: tuple[str, ...]) -> str:
    return f"„{' → '.join(path)}“"


def _within(path: tuple[str, ...]) -> str:
    return f"In {_place(path)}" if path else "In der Datei"
