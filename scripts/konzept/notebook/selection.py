"""What a choice selects, answered by pandas; the front-end module answers the same for readers.

Both follow the rules that the material brings with its choices (see `konzept.elements.explorer.choices`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from konzept.elements.explorer.choices import (
    AMONG,
    FROM,
    GIVEN,
    HOLDS,
    INDICATORS,
    IS,
    MEASURES,
    NONE,
    UNTIL,
    WORDS,
)
from konzept.elements.explorer.material import Material


class Tables:
    """The material as tables: for each topic what its rules go by, and what people read.

    Parameters
    ----------
    material
        What can be explored.
    """

    def __init__(self, material: Material) -> None:
        self.choices: dict[str, Mapping[str, Any]] = dict(material["choices"])
        self._parts = {MEASURES: _measures(material), INDICATORS: _observations(material)}

    def select(self, choice: Mapping[str, Any]) -> pd.DataFrame:
        """Give the rows that a choice leaves, in the order of the data, with their ids as index.

        Parameters
        ----------
        choice
            What is chosen, by the names of the traits; what is missing stands for all.
        """
        topic = choice.get("topic", MEASURES)
        by, shown = self._parts[topic]
        keep = pd.Series(data=True, index=by.index, dtype=bool)
        for name, one in self.choices.items():
            wanted = choice.get(name, one["standard"]) or one["otherwise"]
            if one["rule"] and topic in one["topics"] and wanted:
                keep &= _RULES[one["rule"]](by[one["by"]], wanted).fillna(value=False).astype(bool)
        return shown[keep.to_numpy()]


_RULES: Mapping[str, Callable[[pd.Series[Any], Any], pd.Series[bool]]] = {
    IS: lambda column, wanted: column == ("" if wanted == NONE else wanted),
    HOLDS: lambda column, wanted: column.map(lambda found: not found if wanted == NONE else wanted in found),
    AMONG: lambda column, wanted: column.isin(wanted),
    GIVEN: lambda column, wanted: (column != "") == (wanted == "mit"),
    WORDS: lambda column, wanted: column.map(lambda text: all(word in text for word in plain(wanted).split())),
    FROM: lambda column, wanted: column >= wanted,
    UNTIL: lambda column, wanted: column <= wanted,
}  # fmt: skip


def _measures(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = {key: dict(material[key]) for key in ("fields", "statuses", "actors")}
    goals = {key: text for key, text, _ in material["goals"]}
    own = material["measures"]
    by = pd.DataFrame(own, columns=["field", "status", "goals", "actors", "costs", "years", "text"])
    shown = {
        "Maßnahme": [m["title"] for m in own],
        "Handlungsfeld": [names["fields"][m["field"]] for m in own],
        "Status": [names["statuses"].get(m["status"], "") for m in own],
        "Zuständig": ["; ".join(names["actors"][key] for key in m["actors"]) for m in own],
        "Kosten": [m["costs"] for m in own],
        "Jahre": [", ".join(m["years"]) for m in own],
        "Ziele": ["; ".join(goals[key] for key in m["goals"]) for m in own],
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
        "Hinweis": [o["notes"][n] for n in o["n"]],
    }
    return pd.DataFrame(by), pd.DataFrame(shown, index=_ids(by["indicator"]))


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
