"""Rows of `abrufe` for a file that is read for the first time.

What a file is for, the data tell best themselves: the series whose values stand in it.  Only where there is no such
series the author names the indicator, and the rest follows from the file: the total of each characteristic, or those
of its values that are groups of the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz

from konzept.authors.excel.layout import Cells, Tables
from konzept.authors.statistics.flatfile import TOTAL, FlatFile, unique
from konzept.authors.statistics.publishers import OF_STATISTICS, publisher_of
from konzept.authors.statistics.retrieval import Misfit, selected
from konzept.authors.statistics.signs import said
from konzept.words import german

_LEAST = 4
"""So many equal values are no chance."""
_MOSTLY = 0.75
"""So many of the values that both know must be equal: offices revise what they have published."""
_MANY = 200_000
"""Of larger files only the areas are compared that are certain."""
_EVERYWHERE = 3
"""Of so many municipalities all others are taken, too."""
_SHORT, _STEM = 4, 6
_LIKELY = 5


@dataclass(frozen=True)
class Proposal:
    """A row of `abrufe` that is not there yet, and what speaks for it."""

    row: Cells
    reason: str


class _Series(NamedTuple):
    values: list[tuple[int, str]]
    digits: int
    year_only: bool
    source: str
    passage: str


class _Match(NamedTuple):
    group: int
    area: str
    indicator: str
    people: str
    place: str
    equal: int
    common: int
    series: _Series
    certain: bool
    """Whether the key of the file's area tells by itself which area of the data it is."""


def by_values(flat: FlatFile, tables: Tables, areas: Mapping[str, str]) -> list[Proposal]:
    """Find the series of the data whose values stand in a file."""
    frame = flat.frame
    if len(frame) > _MANY:
        frame = frame[frame["area"].isin(list(areas))]
    keys = ["measure", "unit", *(f"{letter}{i}" for i in range(flat.width) for letter in "va")]
    groups = frame.groupby(keys, observed=True, sort=False).ngroup()
    found = _best(_matches(flat, frame, groups, tables, areas))
    return list(_rows(flat, frame, groups, found))


def _matches(
    flat: FlatFile, frame: pd.DataFrame, groups: pd.Series, tables: Tables, areas: Mapping[str, str]
) -> Iterator[_Match]:
    """Count for each series of the file and of the data how many of their common values are equal."""
    present = _series(tables["messwerte"])
    keys = list(present)
    years = {str(t): said(str(t))[1] for t in frame["time"].cat.categories}
    numbers = {str(c): _number(str(c)) for c in frame["value"].cat.categories}
    file = pd.DataFrame(
        {
            "group": groups.to_numpy(),
            "area": frame["area"].astype(str).to_numpy(),
            "year": [years[t] for t in frame["time"].astype(str)],
            "value": [numbers[c] for c in frame["value"].astype(str)],
        }
    ).dropna()
    file = file[file["year"].isin({year for series in present.values() for year, _ in series.values})]
    for digits in sorted({series.digits for series in present.values()}):
        ours = pd.DataFrame(
            [
                (n, year, text)
                for n, key in enumerate(keys)
                if present[key].digits == digits
                for year, text in present[key].values
            ],
            columns=["key", "year", "text"],
        )
        # As exactly as the data have it; a count is not rounded: that would make many alike.
        texts = {v: _rounded(v, digits) for v in file["value"].unique()}
        theirs = file.assign(text=file["value"].map(texts))
        counted = ["group", "area", "key"]
        equal = theirs.merge(ours, on=["year", "text"]).groupby(counted, as_index=False).size()
        common = theirs.merge(ours, on="year").groupby(counted, as_index=False).size()
        both = equal.merge(common, on=counted, suffixes=("_equal", "_common"))
        for group, area, k, n, of in both.itertuples(index=False):
            indicator, people, where = keys[k]
            if areas.get(area, where) == where:
                yield _Match(group, area, indicator, people, where, n, of, present[keys[k]], area in areas)


def _series(rows: Sequence[Cells]) -> dict[tuple[str, str, str], _Series]:
    found: dict[tuple[str, str, str], list[Cells]] = {}
    of_indicator: dict[str, int] = {}
    for row in rows:
        if row["art"] == "ist" and row["wert"] and row["jahr"]:
            found.setdefault((row["indikator_id"], row["gruppe_id"], row["gebiet_id"]), []).append(row)
            after = len(row["wert"].partition(",")[2])
            of_indicator[row["indikator_id"]] = max(after, of_indicator.get(row["indikator_id"], 0))
    series = {}
    for key, each in found.items():
        digits = of_indicator[key[0]]
        values = [(int(r["jahr"]), _rounded(_number(r["wert"]), digits)) for r in each]
        sources = [(r["quelle_id"], r["fundstelle"]) for r in each]
        source, passage = max(sources, key=sources.count)
        series[key] = _Series(values, digits, all(r["zeit"] == r["jahr"] for r in each), source, passage)
    return series


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        return None


def _rounded(value: Decimal | None, digits: int) -> str:
    return "" if value is None else f"{german.rounded(value, digits):f}"


def _best(matches: Iterator[_Match]) -> list[_Match]:
    """Leave of all that are alike, for each series of the data, the one that is most."""
    every = [m for m in matches if m.equal >= _MOSTLY * m.common]
    together: dict[tuple[int, str, str], int] = {}
    for m in (m for m in every if m.certain):
        together[m.group, m.indicator, m.people] = together.get((m.group, m.indicator, m.people), 0) + m.equal
    # A single value is a chance, unless it is that of its own area, as those beside it are.
    sure = [
        m
        for m in every
        if m.equal >= _LEAST or (m.certain and together[m.group, m.indicator, m.people] >= _LEAST)
    ]
    shown = {m.indicator for m in sure}
    sure += [m for m in every if m.certain and m not in sure and m.indicator in shown]
    best: dict[tuple[str, str, str], _Match] = {}
    for m in sorted(
        sure,
        key=lambda m: (not m.certain, -m.equal, -together.get((m.group, m.indicator, m.people), 0), m.group),
    ):
        best.setdefault((m.indicator, m.people, m.place), m)
    return list(best.values())


def _rows(
    flat: FlatFile,
    frame: pd.DataFrame,
    groups: pd.Series,
    matches: Sequence[_Match],
) -> Iterator[Proposal]:
    together: dict[tuple[int, str, str], list[_Match]] = {}
    for m in matches:
        together.setdefault((m.group, m.indicator, m.people), []).append(m)
    for (group, indicator, people), every in together.items():
        first = frame[groups == group].iloc[0]
        certain = [m for m in every if m.certain]
        many = len(certain) >= _EVERYWHERE
        parts = [certain] if many else []
        parts += [[m] for m in every if not (many and m in certain)]
        for part in parts:
            one = part[0]
            equal, common = sum(m.equal for m in part), sum(m.common for m in part)
            chosen = {str(first[f"v{i}"]): str(first[f"a{i}"]) for i in range(flat.width)}
            totals = {name: TOTAL for name, code in chosen.items() if code == flat.total_of(name)}
            cells = _cells(flat, str(first["measure"]), str(first["unit"]), {**chosen, **totals})
            cells |= {
                "indikator_id": indicator,
                "gruppe_id": people,
                "stellen": str(one.series.digits) if one.series.digits else "",
                "zeitform": "jahr" if one.series.year_only else "quelle",
                "schluessel": "" if one.certain else one.area,
                "gebiet_id": "" if part is certain else one.place,
            }
            if publisher_of(flat.table) is None:
                # What its own code does not tell, the values that the data have from it do.
                cells |= {"dokument_id": one.series.source, "fundstelle": one.series.passage}
            yield Proposal(
                cells,
                f"{german.number(equal)} von {german.number(common)} Werten, die Daten und Datei beide nennen, sind gleich",
            )


def _cells(flat: FlatFile, measure: str, unit: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Begin a row of `abrufe` by what a file says of itself, and which of its values are meant."""
    publisher = publisher_of(flat.table)
    notes = (publisher.note if publisher else "", OF_STATISTICS.get(flat.statistic, ""))
    return {
        "id": "",
        "tabelle": flat.table,
        "merkmal": measure,
        "auswahl": selected(chosen),
        "einheit": unit,
        "faktor": "",
        "stellen": "",
        "zeitform": "quelle",
        "indikator_id": "",
        "gruppe_id": "",
        "schluessel": "",
        "gebiet_id": "",
        "hinweis": "; ".join(filter(None, notes)),
        "abdeckung": "",
        "datei": "",
        "abgerufen_am": "",
        "pruefsumme": "",
        "lizenz": publisher.licence if publisher else "",
        "dokument_id": "",
        "fundstelle": f"Tabelle {flat.table}",
    }


# An indicator that the author names

_UNITS: Mapping[str, Mapping[str, str]] = {
    "Personen": {"anzahl": "", "number": "", "personen": "", "": "", "1000": "1000"},
    "Anzahl": {"anzahl": "", "number": "", "": "", "1000": "1000"},
    "Prozent": {"prozent": "", "percent": "", "%": "", "": ""},
    "Euro": {"eur": "", "euro": "", "tsd. eur": "1000", "1000 eur": "1000"},
    "km²": {"qkm": "", "km²": "", "ha": "0,01"},
    "m²": {"qm": "", "m²": ""},
}
"""Unit of an indicator → units of files that are the same → factor."""


def named(
    flat: FlatFile, tables: Tables, indicator: str, group: str, wanted: Mapping[str, str]
) -> list[Proposal]:
    """Propose the rows for an indicator that the author names.

    Raises
    ------
    Misfit
        The file leaves open which numbers are meant.
    """
    unit = next(row["einheit"] for row in tables["indikatoren"] if row["id"] == indicator)
    measure, of_file, factor = _measure(flat, unit, wanted)
    groups = _groups(flat, tables["gruppen"], group, wanted)
    known = [r for r in tables["messwerte"] if r["indikator_id"] == indicator and r["jahr"]]
    years = bool(known) and all(row["zeit"] == row["jahr"] for row in known)
    rows = []
    for people, chosen in groups:
        own = {name: value for name, value in wanted.items() if name in flat.characteristics}
        totals = {n: TOTAL for n in flat.characteristics if flat.total_of(n) is not None}
        cells = _cells(flat, measure, of_file, {**totals, **own, **chosen})
        cells |= {
            "indikator_id": indicator,
            "gruppe_id": people,
            "faktor": factor,
            "zeitform": "jahr" if years else "quelle",
        }
        rows.append(Proposal(cells, "der Indikator ist von Ihnen genannt"))
    return rows


def _measure(flat: FlatFile, unit: str, wanted: Mapping[str, str]) -> tuple[str, str, str]:
    """Choose the kind of numbers whose unit is that of the indicator."""
    kinds = unique(flat.frame, "measure", "measure_label", "unit")
    known = _UNITS.get(unit, {unit.casefold(): ""})
    fitting = [
        (measure, label, of_file, known[of_file.casefold()])
        for measure, label, of_file in kinds
        if of_file.casefold() in known and wanted.get("wert", measure) == measure
    ]
    if len(fitting) == 1:
        return fitting[0][0], fitting[0][2], fitting[0][3]
    if not fitting:
        units = german.listing([f"„{each}“" for each in dict.fromkeys(of_file for _, _, of_file in kinds)])
        raise Misfit(
            f"Der Indikator hat die Einheit „{unit}“, die Datei {units}. Nennen Sie einen Indikator, der dazu passt."
        )
    names = german.listing([f"{measure} („{label}“)" for measure, label, _, _ in fitting])
    raise Misfit(
        f"Die Datei enthält mehrere Arten von Werten: {names}. Nennen Sie eine, zum Beispiel --auswahl „wert={fitting[0][0]}“."
    )


def _groups(
    flat: FlatFile, groups: Sequence[Cells], group: str, wanted: Mapping[str, str]
) -> list[tuple[str, dict[str, str]]]:
    """Say which groups of the data a file has, and by which value of which characteristic."""
    for name, values in flat.characteristics.items():
        if flat.total_of(name) is None and name not in wanted and not _in_other_place(flat, name):
            pairs = [(code, label.strip()) for code, label in list(values.items())[:_LIKELY]]
            some = german.listing([c if c == label else f"{c} („{label}“)" for c, label in pairs])
            raise Misfit(
                f"Für das Merkmal „{name}“ nennt die Datei keine Werte insgesamt, und summiert wird nicht. "
                f"Wählen Sie einen Wert, zum Beispiel --auswahl „{name}={next(iter(values))}“; es gibt: {some}."
            )
    if group:
        return [(group, {})]
    for name, values in flat.characteristics.items():
        if name in wanted:
            continue
        codes = [code for code in values if code != flat.total_of(name)]
        meant = {row["id"]: [c for c in codes if _same_word(row["name"], values[c])] for row in groups}
        found = [(key, {name: several[0]}) for key, several in meant.items() if len(several) == 1]
        if found:
            total = flat.total_of(name) is not None and any(row["id"] == TOTAL for row in groups)
            return [*([(TOTAL, {name: TOTAL})] if total else []), *found]
    return [(TOTAL, {})]


def _in_other_place(flat: FlatFile, name: str) -> bool:
    """Whether another characteristic stands in the same column, so that this one need not be chosen."""
    places = [[str(v) for v in flat.frame[f"v{i}"].cat.categories] for i in range(flat.width)]
    return any(name in here and any(flat.total_of(n) is not None for n in here) for here in places)


def _same_word(group: str, label: str) -> bool:
    """Whether a group of the data and a value of a file begin with the same word, but for its ending."""
    words = [text.strip().casefold().partition(" ")[0].partition("*")[0] for text in (group, label)]
    return len(words[0]) > _SHORT and words[0][:_STEM] == words[1][:_STEM]


def likely(flat: FlatFile, indicators: Sequence[Cells]) -> list[str]:
    """Name the indicators that a file is most likely for."""
    labels = " ".join(map(str, flat.frame["measure_label"].cat.categories))
    number = flat.table.removeprefix("indicator_").replace("-", ".")
    words = f"{flat.title} {labels} {' '.join(flat.characteristics)}"

    def alike(row: Cells) -> float:
        texts = " ".join(row[name] for name in ("name", "definition", "referenz", "fundstelle"))
        return fuzz.token_set_ratio(words, texts) + (
            200 if flat.table in texts or number in texts.split() else 0
        )

    return [row["id"] for row in sorted(indicators, key=alike, reverse=True)[:_LIKELY]]
