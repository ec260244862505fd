"""What can be chosen in the explorer: the one list that pages, notebooks and pandas read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NONE = "ohne"
"""Chosen for a status, goal, actor or year: those that have none."""
MEASURES, INDICATORS = "massnahmen", "kennzahlen"


def _one(word: str, topic: str, standard: Any = "") -> Any:
    """Describe a choice: its word in the address of a view, the topic that it narrows, and what stands for all."""
    return dataclasses.field(default=standard, metadata={"word": word, "topic": topic})


@dataclass(frozen=True)
class Choice:
    """What is chosen; the empty text, 0 or an empty tuple stands for all."""

    topic: str = _one("thema", "", MEASURES)
    field: str = _one("feld", MEASURES)
    status: str = _one("status", MEASURES)
    goal: str = _one("ziel", MEASURES)
    actor: str = _one("zustaendig", MEASURES)
    costs: str = _one("kosten", MEASURES)
    """``mit`` or ``ohne``."""
    year: str = _one("jahr", MEASURES)
    text: str = _one("suche", MEASURES)
    chart_by: str = _one("nach", MEASURES, "status")
    indicator: str = _one("kennzahl", INDICATORS)
    areas: tuple[str, ...] = _one("gebiet", INDICATORS, ())
    groups: tuple[str, ...] = _one("gruppe", INDICATORS, ())
    first_year: int = _one("von", INDICATORS, 0)
    last_year: int = _one("bis", INDICATORS, 0)
    kind: str = _one("art", INDICATORS)
    """``ist`` or ``soll``."""
    form: str = _one("form", INDICATORS)
    """Empty for the one that fits the indicator."""


def choices(material: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Describe the choices, in the order of an address, with what the material lets one choose; None where anything can be."""
    years = sorted({year for m in material["measures"] for year in m["years"]})
    allowed = {
        "topic": [MEASURES, INDICATORS],
        "field": ["", *(key for key, _ in material["fields"])],
        "status": ["", NONE, *(key for key, _ in material["statuses"])],
        "goal": ["", NONE, *(key for key, _, _ in material["goals"])],
        "actor": ["", NONE, *(key for key, _ in material["actors"])],
        "costs": ["", "mit", NONE],
        "year": ["", NONE, *map(str, years)],
        "chart_by": ["status", "feld"],
        "indicator": [i["id"] for i in material["indicators"]] or [""],
        "areas": [key for key, _, _ in material["areas"]],
        "groups": [key for key, _ in material["groups"]],
        "kind": ["", "ist", "soll"],
        "form": ["", "linie", "punkte", "tabelle"],
    }
    return [
        (f.name, {**f.metadata, "standard": f.default, "allowed": allowed.get(f.name)})
        for f in dataclasses.fields(Choice)
    ]
