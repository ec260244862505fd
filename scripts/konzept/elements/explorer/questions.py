"""The questions that a council asks first: each is a view of the explorer, and so an address that can be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from konzept.concept.findings import ABSOLUTE
from konzept.elements.explorer.choices import CHANGES, INDICATORS, MEASURES, NUMBERS, OPEN

Question = tuple[str, dict[str, Any]]
"""Its words, and what is chosen where it is asked; all else stands for all."""

_FEW = 3
"""Fewer areas than this show nothing side by side."""


def questions(material: Mapping[str, Any]) -> list[Question]:
    """Ask what the material can answer."""
    return [*_of_changes(material), *_of_measures(material), *_of_numbers(material)]


def _of_changes(material: Mapping[str, Any]) -> Iterator[Question]:
    if since := material["earlier"]:
        name = next(name for key, name, _ in material["states"] if key == since)
        yield f"Was hat sich seit „{name}“ geändert?", {"topic": CHANGES, "since": since}


def _of_measures(material: Mapping[str, Any]) -> Iterator[Question]:
    if material["measures"]:
        yield (
            "Was ist überfällig oder ohne Termin?",
            {"topic": MEASURES, "due": OPEN, "sort": "termin"},
        )
        yield "Was kostet was?", {"topic": MEASURES, "costs": "mit", "chart_by": "kosten"}


def _of_numbers(material: Mapping[str, Any]) -> Iterator[Question]:
    town = next((name for key, name, _ in material["areas"] if key == material["town"]), None)
    if not material["indicators"] or town is None:
        return
    yield f"Alle Zahlen für {town}", {"topic": NUMBERS, "area": material["town"]}
    if pair := _pair(material):
        first, second, form = pair
        chosen = {"topic": INDICATORS, "indicator": first, "second": second, "form": form}
        yield "Wie hängen zwei Kennzahlen zusammen?", chosen
    if compared := _compared(material):
        chosen = {"topic": INDICATORS, "indicator": compared[0], "form": "punkte"}
        yield f"Wo steht {town} unter den Nachbarn?", chosen


def _pair(material: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Choose two indicators: of many municipalities, else any two."""
    areas = _areas(material)
    for n, first in enumerate(keys := _compared(material)):
        for second in keys[n + 1 :]:
            if len(areas[first] & areas[second]) >= _FEW:
                return first, second, "streuung"
    rest = [i["id"] for i in material["indicators"] if i["form"] == "linie"]
    return (rest[0], rest[1], "linie") if len(rest) > 1 else None


def _compared(material: Mapping[str, Any]) -> list[str]:
    """Name the indicators of which the town and others of its kind have values, shares before counts."""
    areas = _areas(material)
    own = [
        i for i in material["indicators"] if material["town"] in areas[i["id"]] and len(areas[i["id"]]) > 1
    ]
    return [i["id"] for i in sorted(own, key=lambda i: i["unit"] in ABSOLUTE)]


def _areas(material: Mapping[str, Any]) -> dict[str, set[str]]:
    """Say of which of the town's peers an indicator has values."""
    o, peers = material["observations"], set(material["peers"])
    found: dict[str, set[str]] = {i["id"]: set() for i in material["indicators"]}
    for i, a, k, v in zip(o["i"], o["a"], o["k"], o["v"], strict=True):
        area = material["areas"][a][0]
        if area in peers and v is not None and o["kinds"][k] == "Ist":
            found[material["indicators"][i]["id"]].add(area)
    return found
