"""What a choice selects, answered by pandas; the front-end module answers the same for readers.

Both follow the rules that the material brings with its choices (see `konzept.elements.explorer.choices`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd

from konzept.concept.model import Concept
from konzept.elements.content import Block
from konzept.elements.explorer.chapter import view_blocks
from konzept.elements.explorer.chapter.view import View
from konzept.elements.explorer.choices import (
    AMONG,
    CHANGES,
    FROM,
    GIVEN,
    HOLDS,
    INDICATORS,
    IS,
    MEASURES,
    NONE,
    NUMBERS,
    UNTIL,
    WORDS,
)
from konzept.elements.explorer.material import PRECISIONS, Material


class Tables:
    """The material as tables: for each topic what its rules go by, and what people read.

    Parameters
    ----------
    material
        What can be explored.
    """

    def __init__(self, material: Material) -> None:
        self.choices: dict[str, Mapping[str, Any]] = dict(material["choices"])
        observations = _observations(material)
        self._parts = {
            MEASURES: _measures(material),
            INDICATORS: observations,
            NUMBERS: observations,
            CHANGES: _changes(material),
        }

    def select(self, choice: Mapping[str, Any]) -> pd.DataFrame:
        """Give the rows that a choice leaves, in the order of the data, with their ids as index.

        Parameters
        ----------
        choice
            What is chosen, by the names of the traits; what is missing stands for all.
        """
        return self._parts[choice.get("topic", MEASURES)][1][self.kept(choice)]

    def kept(self, choice: Mapping[str, Any]) -> list[bool]:
        """Say of each row of the topic whether a choice leaves it."""
        topic = choice.get("topic", MEASURES)
        by, _ = self._parts[topic]
        kept: dict[tuple[str, ...], pd.Series[bool]] = {}
        for name, one in self.choices.items():
            wanted = choice.get(name, one["standard"]) or one["otherwise"]
            if one["rule"] and topic in one["topics"] and wanted:
                held = _RULES[one["rule"]](by[one["by"]], wanted).fillna(value=False).astype(bool)
                # Of two choices that go by the same a row has either.
                key = (IS, one["by"]) if one["rule"] == IS else (name,)
                kept[key] = kept[key] | held if key in kept else held
        keep = pd.Series(data=True, index=by.index, dtype=bool)
        for held in kept.values():
            keep &= held
        return keep.tolist()


_RULES: Mapping[str, Callable[[pd.Series[Any], Any], pd.Series[bool]]] = {
    IS: lambda column, wanted: column == ("" if wanted == NONE else wanted),
    HOLDS: lambda column, wanted: column.map(lambda found: not found if wanted == NONE else wanted in found),
    AMONG: lambda column, wanted: column.isin(wanted),
    GIVEN: lambda column, wanted: (column != "") == (wanted == "mit"),
    WORDS: lambda column, wanted: column.map(lambda text: all(word in text for word in plain(wanted).split())),
    FROM: lambda column, wanted: column >= wanted,
    UNTIL: lambda column, wanted: column <= wanted,
}  # fmt: skip


def blocks_of(concept: Concept, material: Material, view: str) -> list[Block]:
    """Give what a view of the explorer shows, for a chapter: its chart, its table.

    Parameters
    ----------
    concept
        The concept.
    material
        What can be explored of it.
    view
        What stands behind the # of the explorer's address.

    Raises
    ------
    KeyError
        The address names what the data do not know; the message is German.
    """
    tables = Tables(material)
    asked = _choice_of(tables.choices, view)
    choice = {name: asked.get(name) or one["otherwise"] for name, one in tables.choices.items()}
    places = [n for n, kept in enumerate(tables.kept(asked)) if kept]
    return view_blocks(View(concept, material, choice, places, view.removeprefix("#")))


def _choice_of(known: Mapping[str, Mapping[str, Any]], view: str) -> dict[str, Any]:
    """Read an address; one that names what is unknown is refused, not half obeyed."""
    by_word = {one["word"]: name for name, one in known.items()}
    choice: dict[str, Any] = {}
    for word, text in parse_qsl(view.removeprefix("#"), keep_blank_values=True):
        one = known.get(by_word.get(word, ""), {})
        parts = text.split(",") if isinstance(one.get("standard"), tuple | list) else [text]
        allowed = one.get("allowed")
        if not one or (allowed is not None and not set(parts) <= set(allowed)):
            raise KeyError(f"Die Auswahl „{word}={text}“ gibt es in den Daten nicht (mehr). Wählen Sie in der Werkstatt neu aus.")  # fmt: skip
        if isinstance(one["standard"], int):
            if not (text.isascii() and text.isdigit()):
                raise KeyError(f"Die Auswahl „{word}={text}“ braucht eine Jahreszahl.")
            choice[by_word[word]] = int(text)
        else:
            choice[by_word[word]] = (
                parts if len(parts) > 1 or isinstance(one["standard"], tuple | list) else text
            )
    return choice


def _measures(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = {key: dict(material[key]) for key in ("fields", "statuses", "actors")}
    goals = {key: text for key, text, _ in material["goals"]}
    own = material["measures"]
    by = pd.DataFrame(own, columns=["field", "status", "goals", "actors", "costs", "years", "due", "text"])
    shown = {
        "Maßnahme": [m["title"] for m in own],
        "Handlungsfeld": [names["fields"][m["field"]] for m in own],
        "Status": [names["statuses"].get(m["status"], "") for m in own],
        "Status vom": [m["status_day"] for m in own],
        "Termin": [m["deadline"] for m in own],
        "Zuständig": ["; ".join(names["actors"][key] for key in m["actors"]) for m in own],
        "Kosten": [m["costs"] for m in own],
        "Jahre": [", ".join(m["years"]) for m in own],
        "Ziele": ["; ".join(goals[key] for key in m["goals"]) for m in own],
        "Kennzahlen": ["; ".join(m["indicators"]) for m in own],
        "Beschreibung": [m["about"] for m in own],
        "Quelle": [m["source"] for m in own],
        "Fundstelle": [m["passage"] for m in own],
        "Lizenz": [m["licence"] for m in own],
    }
    by["text"] = by["text"].map(plain)
    return by, pd.DataFrame(shown, index=_ids(m["id"] for m in own))


def _observations(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    o, indicators = material["observations"], material["indicators"]
    kinds = [o["kinds"][k] for k in o["k"]]
    years = pd.array(o["y"], dtype="Int64")
    by = {
        "indicator": [indicators[i]["id"] for i in o["i"]],
        "area": [material["areas"][a][0] for a in o["a"]],
        "group": [material["groups"][g][0] for g in o["g"]],
        "year": years,
        "kind": ["ist" if kind == "Ist" else "soll" for kind in kinds],
        "field": [indicators[i]["field"] for i in o["i"]],
    }
    shown = {
        "Kennzahl": [indicators[i]["name"] for i in o["i"]],
        "Art": kinds,
        "Gebiet": [material["areas"][a][1] for a in o["a"]],
        "Gruppe": [material["groups"][g][1] for g in o["g"]],
        "Zeit": [o["times"][t] for t in o["t"]],
        "Jahr": years,
        "Wert": pd.array(o["v"], dtype="Float64"),
        "Einheit": [indicators[i]["unit"] for i in o["i"]],
        "Genauigkeit": [PRECISIONS[p] for p in o["p"]],
        "Reihenbruch": ["ja" if b else "" for b in o["b"]],
        "Hinweis": [o["notes"][n] for n in o["n"]],
        "Quelle": [o["sources"][s][0] for s in o["s"]],
        "Fundstelle": [o["sources"][s][1] for s in o["s"]],
        "Lizenz": [o["sources"][s][2] for s in o["s"]],
    }
    return pd.DataFrame(by), pd.DataFrame(shown, index=_ids(by["indicator"]))


def _changes(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    fields = {"": "übergreifend", **dict(material["fields"])}
    kinds = dict(material["kinds_of_change"])
    rows = [
        {"since": since, "until": until, **material["changes"][n]}
        for since, until, lines in material["between"]
        for n in lines
    ]
    by = pd.DataFrame(rows, columns=["since", "until", "kind", "field"])
    shown = {
        "Gegenstand": [r["about"] for r in rows],
        "Änderung": [r["text"] for r in rows],
        "Handlungsfeld": [fields[r["field"]] for r in rows],
        "Art": [kinds[r["kind"]] for r in rows],
        "Quelle": [r["source"] for r in rows],
        "Fundstelle": [r["passage"] for r in rows],
        "Lizenz": [r["licence"] for r in rows],
    }
    return by, pd.DataFrame(shown, index=_ids(r["target"] for r in rows))


def _ids(keys: Iterable[str]) -> pd.Index[str]:
    return pd.Index(list(keys), name="Kennung")


def plain(text: str) -> str:
    """Write a text as searches compare it.

    Examples
    --------
    >>> plain("Für ALLE")
    'für alle'
    """
    return unicodedata.normalize("NFC", text).lower()
