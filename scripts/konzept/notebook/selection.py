"""What a choice selects, answered by pandas; the front-end module answers the same for readers."""

from __future__ import annotations

import unicodedata
from typing import Any

import pandas as pd

from konzept.elements.explorer.choices import INDICATORS, NONE, Choice
from konzept.elements.explorer.material import Material


def frames(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the measures and the observations of the material as tables."""
    return _measures(material), _observations(material)


def _measures(material: Material) -> pd.DataFrame:
    names = {key: dict(material[key]) for key in ("fields", "statuses", "actors")}
    goals = {key: text for key, text, _ in material["goals"]}
    rows = [
        {
            "id": m["id"],
            "titel": m["title"],
            "handlungsfeld_id": m["field"],
            "handlungsfeld": names["fields"][m["field"]],
            "status_id": m["status"],
            "status": names["statuses"].get(m["status"], ""),
            "ziel_ids": tuple(m["goals"]),
            "ziele": "; ".join(goals[key] for key in m["goals"]),
            "akteur_ids": tuple(m["actors"]),
            "zustaendig": "; ".join(names["actors"][key] for key in m["actors"]),
            "kosten": m["costs"],
            "jahre": tuple(m["years"]),
            "suchtext": plain(m["text"]),
        }
        for m in material["measures"]
    ]
    columns = ["id", "titel", "handlungsfeld_id", "handlungsfeld", "status_id", "status", "ziel_ids", "ziele"]
    columns += ["akteur_ids", "zustaendig", "kosten", "jahre", "suchtext"]
    return pd.DataFrame(rows, columns=columns)


def _observations(material: Material) -> pd.DataFrame:
    o, indicators = material["observations"], material["indicators"]
    kinds = pd.Series([o["kinds"][k] for k in o["k"]], dtype=str)
    return pd.DataFrame(
        {
            "indikator_id": [indicators[i]["id"] for i in o["i"]],
            "indikator": [indicators[i]["name"] for i in o["i"]],
            "art": kinds.where(kinds == "Ist", "Soll"),
            "gebiet_id": [material["areas"][a][0] for a in o["a"]],
            "gebiet": [material["areas"][a][1] for a in o["a"]],
            "gruppe_id": [material["groups"][g][0] for g in o["g"]],
            "gruppe": [material["groups"][g][1] for g in o["g"]],
            "zeit": [o["times"][t] for t in o["t"]],
            "jahr": pd.array(o["y"], dtype="Int64"),
            "wert": pd.array(o["v"], dtype="Float64"),
            "einheit": [indicators[i]["unit"] for i in o["i"]],
            "hinweis": [o["notes"][n] for n in o["n"]],
        }
    )


def select(measures: pd.DataFrame, observations: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Give the rows that a choice leaves, in the order of the data."""
    if choice.topic == INDICATORS:
        return observations[_chosen_observations(observations, choice)].reset_index(drop=True)
    return measures[_chosen_measures(measures, choice)].reset_index(drop=True)


def _chosen_measures(frame: pd.DataFrame, choice: Choice) -> pd.Series[bool]:
    keep = pd.Series(data=True, index=frame.index, dtype=bool)
    if choice.field:
        keep &= frame["handlungsfeld_id"] == choice.field
    if choice.status:
        keep &= frame["status_id"] == ("" if choice.status == NONE else choice.status)
    for column, wanted in (("ziel_ids", choice.goal), ("akteur_ids", choice.actor)):
        if wanted:
            keep &= _holds(frame[column], wanted)
    if choice.year:
        year: str | int = NONE if choice.year == NONE else int(choice.year)
        keep &= _holds(frame["jahre"], year)
    if choice.costs:
        keep &= (frame["kosten"] != "") == (choice.costs == "mit")
    for word in plain(choice.text).split():
        keep &= frame["suchtext"].str.contains(word, regex=False).astype(bool)
    return keep


def _holds(column: pd.Series[Any], wanted: str | int) -> pd.Series[bool]:
    return column.map(lambda found: not found if wanted == NONE else wanted in found).astype(bool)


def _chosen_observations(frame: pd.DataFrame, choice: Choice) -> pd.Series[bool]:
    keep = frame["indikator_id"] == choice.indicator
    if choice.areas:
        keep &= frame["gebiet_id"].isin(choice.areas)
    if choice.groups:
        keep &= frame["gruppe_id"].isin(choice.groups)
    # Values without a year stay out as soon as years are chosen.
    if choice.first_year:
        keep &= (frame["jahr"] >= choice.first_year).fillna(value=False).astype(bool)
    if choice.last_year:
        keep &= (frame["jahr"] <= choice.last_year).fillna(value=False).astype(bool)
    if choice.kind:
        keep &= frame["art"].str.lower() == choice.kind
    return keep.astype(bool)


def plain(text: str) -> str:
    """Write a text as searches compare it.

    Examples
    --------
    >>> plain("Für ALLE")
    'für alle'
    """
    return unicodedata.normalize("NFC", text).lower()
