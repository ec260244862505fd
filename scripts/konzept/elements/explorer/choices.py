"""What can be chosen in the explorer, and by which rule it narrows: the one list that pages, notebooks and pandas read.

A choice narrows the rows of its topics by one of seven rules, each of which the front-end module and
`konzept.notebook.selection` know by its name.  What stands for all narrows nothing.

``is``
    The row has what is chosen; `NONE` means that it has nothing.
``holds``
    It has it among others; `NONE` means that it has none.
``among``
    It has one of those that are chosen.
``given``
    It says something (``mit``), or nothing (`NONE`).
``words``
    Its text holds every word, wherever it stands.
``from``, ``until``
    Its number is not lower or not higher; rows without one are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NONE = "ohne"
"""Chosen for a status, goal, actor or year: those that have none."""
MEASURES, INDICATORS = "massnahmen", "kennzahlen"
TOPICS = (MEASURES, INDICATORS)

IS, HOLDS, AMONG, GIVEN, WORDS, FROM, UNTIL = "is", "holds", "among", "given", "words", "from", "until"


def _one(word: str, topics: tuple[str, ...], rule: tuple[str, str] = ("", ""), standard: Any = "") -> Any:
    """Describe a choice.

    Parameters
    ----------
    word
        Its word in the address of a view.
    topics
        What it is a choice for; none where it is one for all.
    rule
        By which rule it narrows, and by what of a row; none where it changes only how the rows are shown.
    standard
        What stands for all.
    """
    named, by = rule
    metadata = {"word": word, "topics": topics, "rule": named, "by": by}
    return dataclasses.field(default=standard, metadata=metadata)


@dataclass(frozen=True)
class Choice:
    """What is chosen; the empty text, 0 or an empty tuple stands for all."""

    topic: str = _one("thema", (), standard=MEASURES)
    """``massnahmen`` or ``kennzahlen``."""
    field: str = _one("feld", (MEASURES,), (IS, "field"))
    """The id of an action field."""
    status: str = _one("status", (MEASURES,), (IS, "status"))
    goal: str = _one("ziel", (MEASURES,), (HOLDS, "goals"))
    """The id of a goal, ``ohne`` for measures without one."""
    actor: str = _one("zustaendig", (MEASURES,), (HOLDS, "actors"))
    """The id of an actor, ``ohne`` for measures without one."""
    costs: str = _one("kosten", (MEASURES,), (GIVEN, "costs"))
    """``mit`` or ``ohne``."""
    year: str = _one("jahr", (MEASURES,), (HOLDS, "years"))
    text: str = _one("suche", (MEASURES,), (WORDS, "text"))
    """Words that must all stand in the text, in any order."""
    chart_by: str = _one("nach", (MEASURES,), standard="status")
    """``status`` or ``feld``: what the chart counts by."""
    indicator: str = _one("kennzahl", (INDICATORS,), (IS, "indicator"))
    """The id of an indicator; empty for the first."""
    areas: tuple[str, ...] = _one("gebiet", (INDICATORS,), (AMONG, "area"), ())
    groups: tuple[str, ...] = _one("gruppe", (INDICATORS,), (AMONG, "group"), ())
    first_year: int = _one("von", (INDICATORS,), (FROM, "year"), 0)
    last_year: int = _one("bis", (INDICATORS,), (UNTIL, "year"), 0)
    kind: str = _one("art", (INDICATORS,), (IS, "kind"))
    """``ist`` or ``soll``."""
    form: str = _one("form", (INDICATORS,))
    """``linie``, ``punkte`` or ``tabelle``; empty for the one that fits the indicator."""


def choices(material: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Describe the choices, in the order of an address.

    Each has its word, topics, rule and standard, what the material lets one choose (``allowed``, None where
    anything can be), and what an empty choice stands for (``otherwise``).
    """
    years = sorted({year for m in material["measures"] for year in m["years"]})
    allowed = {
        "topic": [*TOPICS],
        "field": ["", *(key for key, _ in material["fields"])],
        "status": ["", NONE, *(key for key, _ in material["statuses"])],
        "goal": ["", NONE, *(key for key, _, _ in material["goals"])],
        "actor": ["", NONE, *(key for key, _ in material["actors"])],
        "costs": ["", "mit", NONE],
        "year": ["", NONE, *years],
        "chart_by": ["status", "feld"],
        "indicator": [i["id"] for i in material["indicators"]] or [""],
        "areas": [key for key, _, _ in material["areas"]],
        "groups": [key for key, _ in material["groups"]],
        "kind": ["", "ist", "soll"],
        "form": ["", "linie", "punkte", "tabelle"],
    }
    otherwise = {"indicator": next((i["id"] for i in material["indicators"]), "")}
    return [
        (
            f.name,
            {
                **f.metadata,
                "standard": f.default,
                "allowed": allowed.get(f.name),
                "otherwise": otherwise.get(f.name, f.default),
            },
        )
        for f in dataclasses.fields(Choice)
    ]
