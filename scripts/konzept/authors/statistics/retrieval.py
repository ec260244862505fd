"""A row of the table `abrufe`: which numbers of an office's table are which series of an indicator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from konzept.authors.excel.layout import Cells
from konzept.authors.statistics.flatfile import TOTAL, FlatFile, Number
from konzept.authors.statistics.signs import Published, said
from konzept.data.problems import suggestion
from konzept.words import german

TABLE = "abrufe"


def series_of(row: Cells) -> tuple[str, str]:
    """Give indicator and group of a row."""
    return row["indikator_id"], row["gruppe_id"]


def selection(text: str) -> dict[str, str]:
    """Read which value of each characteristic is meant.

    Examples
    --------
    >>> selection("GES=insgesamt; NAT01=NATA")
    {'GES': 'insgesamt', 'NAT01': 'NATA'}
    """
    parts = [part.partition("=") for part in re.split(r";\s*(?=[^;=]+=)", text.strip()) if part.strip()]
    return {name.strip(): value.strip().rstrip(";").strip() for name, _, value in parts}


def selected(chosen: Mapping[str, str]) -> str:
    """Write which value of each characteristic is meant."""
    return "; ".join(f"{name}={value}" for name, value in chosen.items())


@dataclass(frozen=True)
class Value:
    """An observation as a file gives it."""

    area: str
    time: str
    year: int
    number: Number
    value: Decimal | None


class Misfit(Exception):
    """Why a file is not what a row of the table, or the author, means; the message is a German sentence."""


def rows_of(flat: FlatFile, row: Cells) -> pd.DataFrame:
    """Find the rows of a file that a row of the table means.

    Raises
    ------
    Misfit
        They are not there.
    """
    frame, measure = flat.frame, row["merkmal"]
    measures = [str(each) for each in frame["measure"].unique()]
    if measure not in measures:
        raise Misfit(
            f"Die Werte „{measure}“ stehen nicht in der Datei.{suggestion(measure, measures)} "
            "Gehört die Datei zu einer anderen Tabelle?"
        )
    mask = frame["measure"] == measure
    codes = _codes(flat, selection(row["auswahl"]))
    for i in range(flat.width):
        here = [str(v) for v in frame[f"v{i}"].unique()]
        chosen = [name for name in here if name in selection(row["auswahl"])] or [
            name for name in here if name in codes
        ]
        if not chosen:
            names = german.listing([f"„{name}“" for name in here])
            raise Misfit(
                f"Für {names} nennt die Datei keine Werte insgesamt, und summiert wird nicht. "
                "Nennen Sie einen der Werte in der Spalte „auswahl“."
            )
        mask &= (frame[f"v{i}"] == chosen[0]) & (frame[f"a{i}"] == codes[chosen[0]])
    return _of_unit(frame[mask], row["einheit"])


def _codes(flat: FlatFile, wanted: Mapping[str, str]) -> dict[str, str]:
    """Say by which code of each characteristic what is wanted stands in a file."""
    for name, value in wanted.items():
        if name not in flat.characteristics:
            raise Misfit(
                f"Das Merkmal „{name}“ gibt es in der Datei nicht.{suggestion(name, flat.characteristics)} "
                "Gehört die Datei zu einer anderen Tabelle?"
            )
        if _code_of(flat, name, value) is None:
            values = flat.characteristics[name]
            raise Misfit(
                f"Das Merkmal „{name}“ hat in der Datei keinen Wert „{value}“."
                f"{suggestion(value, [*filter(None, values), *values.values()])}"
            )
    found = {name: _code_of(flat, name, wanted.get(name, TOTAL)) for name in flat.characteristics}
    return {name: code for name, code in found.items() if code is not None}


def _code_of(flat: FlatFile, name: str, value: str) -> str | None:
    """Find the code of a value that is named by its code, its label, or as the total."""
    values = flat.characteristics[name]
    if value == TOTAL:
        return flat.total_of(name)
    if value in values:
        return value
    return next((code for code, label in values.items() if label.strip() == value), None)


def _of_unit(rows: pd.DataFrame, wanted: str) -> pd.DataFrame:
    units = [str(unit) for unit in rows["unit"].unique()]
    meant = [unit for unit in units if same_unit(unit, wanted)]
    if not meant:
        shown = german.listing([f"„{unit}“" for unit in units]) or "keine"
        raise Misfit(
            f"Die Einheit der Tabelle war „{wanted}“, in der Datei ist sie {shown}. "
            "Prüfen Sie „einheit“ und „faktor“ in der Tabelle der Abrufe."
        )
    return rows[rows["unit"].isin(meant)]


_UNITS = {"number": "anzahl", "percent": "prozent", "%": "prozent"}
"""What units are called in English, or by a sign."""


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are the same in two languages.

    Examples
    --------
    >>> same_unit("Anzahl", "number"), same_unit("Anzahl", "1000")
    (True, False)
    """
    first, second = (_UNITS.get(each.casefold(), each.casefold()) for each in (one, other))
    return first == second


def values_of(flat: FlatFile, row: Cells, areas: Mapping[str, str]) -> list[Value]:
    """Give the observations that a file has for a row of the table, in the order of time.

    Parameters
    ----------
    flat
        The file.
    row
        The row of the table.
    areas
        The keys of the file's areas that are certain, and which areas of the data they are.

    Raises
    ------
    Misfit
        The file is not what the row means.
    """
    found = rows_of(flat, row)
    places = _places(flat, row, areas)
    chosen = found[found["area"].isin(list(places))]
    if chosen.empty:
        raise Misfit(
            "Für die Gebiete dieser Zeile nennt die Datei keinen Wert. Prüfen Sie, ob es die richtige Datei ist."
        )
    values = [
        _value(row, _without_former(number, flat.area_names.get(number.area, "")), places[number.area])
        for number in flat.numbers(chosen)
    ]
    times = Counter((v.area, v.time) for v in values)
    if twice := [each for each, n in times.items() if n > 1]:
        area, time = twice[0]
        raise Misfit(
            f"Für „{area}“ und „{time}“ gibt es mehrere Werte. Wählen Sie in der Spalte „auswahl“ genauer."
        )
    return sorted(values, key=lambda v: (v.year, v.time))


_FORMER = re.compile(r"\((?:bis|until) (?:\d{1,2}\.\d{1,2}\.)?(?P<year>\d{4})\)")


def _without_former(number: Number, name: str) -> Number:
    """Take no zero for the value of an area that was not there any more."""
    match = _FORMER.search(name)
    if match is None or said(number.time)[1] <= int(match["year"]) or number.published.value:
        return number
    return replace(number, published=Published(None, "", absent="Gebiet besteht nicht mehr"))


def _value(row: Cells, number: Number, area: str) -> Value:
    time, year = said(number.time)
    time = str(year) if row["zeitform"] == "jahr" else time
    value = number.published.value
    if value is not None:
        value *= german.parse_number(row["faktor"] or "1")
        value = german.rounded(value, int(row["stellen"])) if row["stellen"] else value
    return Value(area, time, year, number, value)


def _places(flat: FlatFile, row: Cells, areas: Mapping[str, str]) -> dict[str, str]:
    """Say which of the file's areas a row means."""
    key, area = row["schluessel"], row["gebiet_id"]
    if not flat.area_names:
        if not area:
            raise Misfit(
                "Die Datei nennt keine Gebiete. Tragen Sie in der Tabelle der Abrufe das Gebiet ein."
            )
        return {"": area}
    if not area:
        return dict(areas)
    if not key:
        return {each: area for each, known in areas.items() if known == area}
    named = [each for each, name in flat.area_names.items() if key in (each, name)]
    if len(named) != 1:
        raise Misfit(
            f"Das Gebiet „{key}“ gibt es in der Datei nicht.{suggestion(key, flat.area_names)} "
            "Hat sich sein Schlüssel geändert?"
        )
    return {named[0]: area}
