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
from urllib.parse import urlencode

from konzept.words import german

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


_DUE = {
    OPEN: "Termin verstrichen oder ohne Termin",
    OVERDUE: "Termin verstrichen",
    UNDATED: "ohne Termin",
    ON_TIME: "Termin steht bevor",
    CLOSED: "erledigt oder verworfen",
}
_COSTS = {"mit": "mit genannten Kosten", NONE: "ohne genannte Kosten"}
_KINDS = {"ist": "nur Ist-Werte", "soll": "nur Sollwerte"}


def _one(
    word: str,
    topics: tuple[str, ...],
    rule: tuple[str, str] = ("", ""),
    standard: Any = "",
    *,
    says: str = "{}",
    names: str | Mapping[str, str] = "",
    without: str = "",
) -> Any:
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
    says
        How a sentence names what is chosen.
    names
        The names of what can be chosen, or the list of the material that holds them; none where it names itself.
    without
        How a sentence says that `NONE` is chosen.
    """
    named, by = rule
    metadata = {"word": word, "topics": topics, "rule": named, "by": by, "says": says, "names": names, "without": without}  # fmt: skip
    return dataclasses.field(default=standard, metadata=metadata)


@dataclass(frozen=True)
class Choice:
    """What is chosen; the empty text, 0 or an empty tuple stands for all."""

    topic: str = _one("thema", (), standard=MEASURES)
    """``massnahmen``, ``kennzahlen``, ``zahlen`` (all numbers for an area) or ``aenderungen``."""
    field: str = _one(
        "feld", (MEASURES, NUMBERS, CHANGES), (IS, "field"),
        says="Handlungsfeld „{}“", names="fields", without="Handlungsfeld „übergreifend“",
    )  # fmt: skip
    """The id of an action field, ``ohne`` for what belongs to none."""
    status: str = _one(
        "status", (MEASURES,), (IS, "status"), says="Status „{}“", names="statuses", without="ohne genannten Status"
    )  # fmt: skip
    goal: str = _one(
        "ziel", (MEASURES,), (HOLDS, "goals"), says="Ziel „{}“", names="goals", without="ohne Ziel"
    )
    """The id of a goal, ``ohne`` for measures without one."""
    actor: str = _one(
        "zustaendig", (MEASURES,), (HOLDS, "actors"),
        says="zuständig: {}", names="actors", without="ohne genannte Zuständige",
    )  # fmt: skip
    """The id of an actor, ``ohne`` for measures without one."""
    costs: str = _one("kosten", (MEASURES,), (GIVEN, "costs"), names=_COSTS, without=_COSTS[NONE])
    """``mit`` or ``ohne``."""
    year: str = _one("jahr", (MEASURES,), (HOLDS, "years"), says="Jahr {}", without="ohne genanntes Jahr")
    due: str = _one("termin", (MEASURES,), (HOLDS, "due"), names=_DUE)
    """``ueberfaellig``, ``ohne-termin``, ``offen`` (either), ``im-plan`` or ``erledigt``, at the Stand of the data."""
    text: str = _one("suche", (MEASURES,), (WORDS, "text"), says="Suche „{}“")
    """Words that must all stand in the text, in any order."""
    chart_by: str = _one("nach", (MEASURES,), standard="status")
    """``status``, ``feld`` or ``kosten``: whether the chart counts measures, or adds what may be added."""
    indicator: str = _one("kennzahl", (INDICATORS,), (IS, "indicator"))
    """The id of an indicator; empty for the first."""
    second: str = _one("dazu", (INDICATORS,), (IS, "indicator"))
    """The id of another indicator, to be seen beside the first."""
    area: str = _one("fuer", (NUMBERS,), (IS, "area"))
    """The id of the area of which all numbers are wanted; empty for the town."""
    areas: tuple[str, ...] = _one("gebiet", (INDICATORS,), (AMONG, "area"), (), names="areas")
    groups: tuple[str, ...] = _one("gruppe", (INDICATORS, NUMBERS), (AMONG, "group"), (), names="groups")
    first_year: int = _one("von", (INDICATORS, NUMBERS), (FROM, "year"), 0, says="ab {}")
    last_year: int = _one("bis", (INDICATORS, NUMBERS), (UNTIL, "year"), 0, says="bis {}")
    kind: str = _one("art", (INDICATORS, NUMBERS), (IS, "kind"), names=_KINDS)
    """``ist`` or ``soll``."""
    form: str = _one("form", (INDICATORS,))
    """``linie``, ``punkte``, ``tabelle``, or ``streuung`` of two indicators; empty for the one that fits."""
    view: str = _one("ansicht", (INDICATORS,))
    """``index`` (first year = 100) or ``abstand`` (first group minus second); empty for the values."""
    since: str = _one("seit", (CHANGES,), (IS, "since"))
    """The id of an edition; empty for the last that has an earlier Stand."""
    until: str = _one("zum", (CHANGES,), (IS, "until"))
    """The id of an edition, or ``heute``; empty for the last state."""
    change: str = _one("was", (CHANGES,), (IS, "kind"), names="kinds_of_change")
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


ASKED = ("indicator", "second", "area", "since", "until")
"""What a view is about; the others narrow it, and a sentence names them."""


def filters(material: Mapping[str, Any], choice: Mapping[str, Any]) -> list[str]:
    """Name what narrows a view, as the front-end module does."""
    found = []
    for trait, one in material["choices"]:
        wanted = choice.get(trait)
        if (
            not one["rule"]
            or trait in ASKED
            or choice["topic"] not in one["topics"]
            or not str(wanted or "").strip()
        ):
            continue
        names = one["names"]
        known = (
            {v: name for v, name, *_ in material[names]}
            if isinstance(names, str) and names
            else dict(names or {})
        )
        if wanted == NONE and one["without"]:
            found.append(one["without"])
        else:
            values = wanted if isinstance(wanted, list | tuple) else [wanted]
            found.append(one["says"].format(german.listing([known.get(v, str(v).strip()) for v in values])))
    return found


PAGE = "book/erkunden"
"""The page of the book on which readers explore."""


def measures_view(**choices: str) -> str:
    """Name a view of the measures.

    Parameters
    ----------
    choices
        What is chosen, by the words of the address: ``feld``, ``status``, ``ziel``, ``zustaendig``, ``kosten``, ``jahr``, ``suche``, ``nach``.

    Examples
    --------
    >>> measures_view(feld="bildung")
    'thema=massnahmen&feld=bildung'
    """
    return urlencode({"thema": "massnahmen", **choices})


def indicator_view(indicator_id: str, **choices: str) -> str:
    """Name a view of an indicator.

    Examples
    --------
    >>> indicator_view("i-kita-quote-u3", form="punkte")
    'thema=kennzahlen&kennzahl=i-kita-quote-u3&form=punkte'
    """
    return urlencode({"thema": "kennzahlen", "kennzahl": indicator_id, **choices})


HINTS = {
    "cause": "Dass zwei Kennzahlen gemeinsam hoch oder niedrig sind, zeigt keine Ursache: Beide können von Drittem abhängen, oder es ist Zufall.",
    "index": "Index: Der erste gezeigte Wert jeder Linie steht für 100. Ein Index zeigt, wie sich Werte verändert haben, nicht, wie hoch sie sind.",
    "index_break": "Wo eine Reihe bricht, beginnt ihr Index nach dem Bruch.",
    "index_circa": "Eine Bezugsgröße ist nur ungefähr bekannt; der Index ist es dann auch.",
    "distance": "Über 0 ist der Wert der ersten Gruppe höher; ob das gut ist, sagt der Abstand nicht.",
    "no_distance": "Beide Gruppen haben zu keiner Zeit einen Wert aus derselben Quelle.",
    "aims": "Sollwerte stehen nur in der Tabelle.",
    "newest": "Gezeigt ist der jeweils neueste Wert; die Tabelle enthält alle Jahre.",
    "hollow": "Hohle Zeichen stehen für ungefähre Angaben.",
    "hollow_bars": "Hohle Balken enthalten ungefähre Angaben.",
    "break": "An der gestrichelten Linie bricht die Reihe; die Werte davor und danach sind nicht vergleichbar.",
    "no_sum": "Eine Gesamtsumme gibt es nicht: Beträge verschiedener Jahre oder Haushaltsstände, und Beträge ohne Jahr, lassen sich nicht zusammenzählen.",
    "late": "„Termin verstrichen“ heißt: Die Quellen nennen einen Tag, der vorbei ist. Ob die Maßnahme erledigt ist, sagt das nicht.",
    "gone": "„Entfallen“ heißt: nicht mehr in den Daten. Es heißt nicht: erledigt. „Neu bekannt“ war schon vorher so.",
}
