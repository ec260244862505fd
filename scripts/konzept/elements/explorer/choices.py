"""What can be chosen in the explorer, and by which rule it narrows: the one list that pages, notebooks and pandas read.

A choice narrows the rows of its topics by one of seven rules, each of which the front-end module and
`konzept.notebook.selection` know by its name.  What stands for all narrows nothing.

``is``
    The row has what is chosen; `NONE` means that it has nothing. Of two choices that go by the same it has either.
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
MEASURES, INDICATORS, NUMBERS, CHANGES = "massnahmen", "kennzahlen", "zahlen", "aenderungen"
"""Topics: the measures, one indicator or two, all numbers for an area, what has changed between two states."""
OVERDUE, UNDATED, OPEN, ON_TIME, CLOSED = "ueberfaellig", "ohne-termin", "offen", "im-plan", "erledigt"
"""How a measure stands in time; ``offen`` is overdue or undated."""
SORTS = (
    *("massnahme", "feld", "status", "termin", "zustaendig", "kosten", "kennzahl"),
    *("gebiet", "gruppe", "zeit", "art", "wert", "aenderung"),
)
"""The columns by which tables can be sorted; a hyphen before one turns the order round."""

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
    """``massnahmen``, ``kennzahlen``, ``zahlen`` (all numbers for an area) or ``aenderungen``."""
    field: str = _one("feld", (MEASURES, NUMBERS, CHANGES), (IS, "field"))
    """The id of an action field, ``ohne`` for what belongs to none."""
    status: str = _one("status", (MEASURES,), (IS, "status"))
    goal: str = _one("ziel", (MEASURES,), (HOLDS, "goals"))
    """The id of a goal, ``ohne`` for measures without one."""
    actor: str = _one("zustaendig", (MEASURES,), (HOLDS, "actors"))
    """The id of an actor, ``ohne`` for measures without one."""
    costs: str = _one("kosten", (MEASURES,), (GIVEN, "costs"))
    """``mit`` or ``ohne``."""
    year: str = _one("jahr", (MEASURES,), (HOLDS, "years"))
    due: str = _one("termin", (MEASURES,), (HOLDS, "due"))
    """``ueberfaellig``, ``ohne-termin``, ``offen`` (either), ``im-plan`` or ``erledigt``, at the Stand of the data."""
    text: str = _one("suche", (MEASURES,), (WORDS, "text"))
    """Words that must all stand in the text, in any order."""
    chart_by: str = _one("nach", (MEASURES,), standard="status")
    """``status``, ``feld`` or ``kosten``: whether the chart counts measures, or adds what may be added."""
    indicator: str = _one("kennzahl", (INDICATORS,), (IS, "indicator"))
    """The id of an indicator; empty for the first."""
    second: str = _one("dazu", (INDICATORS,), (IS, "indicator"))
    """The id of another indicator, to be seen beside the first."""
    area: str = _one("fuer", (NUMBERS,), (IS, "area"))
    """The id of the area of which all numbers are wanted; empty for the town."""
    areas: tuple[str, ...] = _one("gebiet", (INDICATORS,), (AMONG, "area"), ())
    groups: tuple[str, ...] = _one("gruppe", (INDICATORS, NUMBERS), (AMONG, "group"), ())
    first_year: int = _one("von", (INDICATORS, NUMBERS), (FROM, "year"), 0)
    last_year: int = _one("bis", (INDICATORS, NUMBERS), (UNTIL, "year"), 0)
    kind: str = _one("art", (INDICATORS, NUMBERS), (IS, "kind"))
    """``ist`` or ``soll``."""
    form: str = _one("form", (INDICATORS,))
    """``linie``, ``punkte``, ``tabelle``, or ``streuung`` of two indicators; empty for the one that fits."""
    view: str = _one("ansicht", (INDICATORS,))
    """``index`` (first year = 100) or ``abstand`` (first group minus second); empty for the values."""
    since: str = _one("seit", (CHANGES,), (IS, "since"))
    """The id of an edition; empty for the last that has an earlier Stand."""
    until: str = _one("zum", (CHANGES,), (IS, "until"))
    """The id of an edition, or ``heute``; empty for the last state."""
    change: str = _one("was", (CHANGES,), (IS, "kind"))
    """What became of it: ``geschehen``, ``geaendert``, ``berichtigt``, …"""
    sort: str = _one("reihe", ())
    """The column to sort by, with a hyphen before it from the end; empty for the order of the data."""


def choices(material: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Describe the choices, in the order of an address.

    Each has its word, topics, rule and standard, what the material lets one choose (``allowed``, None where
    anything can be), and what an empty choice stands for (``otherwise``).
    """
    years = sorted({year for m in material["measures"] for year in m["years"]})
    allowed = {
        "topic": [MEASURES, INDICATORS, NUMBERS, *([CHANGES] if len(material["states"]) > 1 else [])],
        "field": ["", NONE, *(key for key, _ in material["fields"])],
        "status": ["", NONE, *(key for key, _ in material["statuses"])],
        "goal": ["", NONE, *(key for key, _, _ in material["goals"])],
        "actor": ["", NONE, *(key for key, _ in material["actors"])],
        "costs": ["", "mit", NONE],
        "year": ["", NONE, *years],
        "due": ["", OVERDUE, UNDATED, OPEN, ON_TIME, CLOSED],
        "chart_by": ["status", "feld", "kosten"],
        "indicator": [i["id"] for i in material["indicators"]] or [""],
        "second": ["", *(i["id"] for i in material["indicators"])],
        "area": ["", *(key for key, _, _ in material["areas"])],
        "areas": [key for key, _, _ in material["areas"]],
        "groups": [key for key, _ in material["groups"]],
        "kind": ["", "ist", "soll"],
        "form": ["", "linie", "punkte", "tabelle", "streuung"],
        "view": ["", "index", "abstand"],
        "since": ["", *(key for key, *_ in material["states"][:-1])],
        "until": ["", *(key for key, *_ in material["states"][1:])],
        "change": ["", *(key for key, _ in material["kinds_of_change"])],
        "sort": ["", *SORTS, *(f"-{name}" for name in SORTS)],
    }
    states = [key for key, *_ in material["states"]]
    otherwise = {
        "indicator": next((i["id"] for i in material["indicators"]), ""),
        "area": material["town"],
        "since": (material["earlier"] or states[-2]) if len(states) > 1 else "",
        "until": states[-1] if len(states) > 1 else "",
    }
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
