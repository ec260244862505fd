"""A file → one table: a row a number, whatever its columns are called.

Offices have called the columns of ffcsv by three sets of names; a number stands in one column for all, or each
kind of number in its own.  Open SDG has a column for each characteristic.  All become the same frame: `time`,
`area`, `measure`, `unit`, `value`, `quality`, and for each further characteristic `v0`, `a0`, `l0`, `v1` …: what
it is called, the code of its value, the label of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd
from pandas.api.types import union_categoricals

from konzept.authors.statistics.raw_files import AGAIN, SHOWN, Download, is_open_sdg, opened
from konzept.authors.statistics.signs import NUMBER, Published, published, said
from konzept.data.problems import DataProblems, Problem, refused, suggestion
from konzept.words import german

TOTAL = "insgesamt"
"""How the data call the value of a characteristic that stands for all of them."""
_TOTALS = re.compile(r"(?:insgesamt|total|gesamt|all|alle)(?: .*)?|", re.IGNORECASE)
_AREA = re.compile(r"GEO\w*|GEMEIN\w*|KREIS\w*|DLAND\w*|DINSG\w*|REGBEZ\w*|VERBGM\w*|VGEM\w*")
"""Codes of characteristics that are areas."""
_OLD_VALUE = re.compile(r"(?P<code>[^_]+(?:_[^_]+)*)__(?P<label>.+?)(?:__(?P<unit>.+))?")
_NEW_NAMES = {"statistik": "statistics", "zeit": "time", "merkmal": "variable", "auspraegung": "variable_attribute", "ausprägung": "variable_attribute"}  # fmt: skip
_LAST_COLUMNS = ("value", "value_unit", "value_variable_code", "value_variable_label")
_OFFICIAL = "Das sind nicht die Spalten einer flachen Tabelle (ffcsv) oder eines Open-SDG-Datensatzes"
_CHUNK = 100_000
_LARGEST = 1 << 62


@dataclass(frozen=True)
class Number:
    """One number of a file."""

    time: str
    area: str
    published: Published


_read = lru_cache(maxsize=1 << 16)(published)


@dataclass(frozen=True)
class FlatFile:
    """A file of one table of an office."""

    download: Download
    table: str
    """The code of the table: from the name of the file, else that of its statistic."""
    statistic: str
    """The code of the statistic, as it stands in the file; empty for Open SDG."""
    title: str
    frame: pd.DataFrame
    width: int
    """How many characteristics it has besides time and area."""
    area_names: Mapping[str, str]
    """The names of areas by their keys; none where the file tells of no areas."""

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return self.download.name

    @cached_property
    def characteristics(self) -> dict[str, dict[str, str]]:
        """Name each characteristic and its values: code → label."""
        found: dict[str, dict[str, str]] = {}
        for i in range(self.width):
            for variable, code, label in unique(self.frame, f"v{i}", f"a{i}", f"l{i}"):
                found.setdefault(variable, {}).setdefault(code, label)
        return found

    def total_of(self, variable: str) -> str | None:
        """Find the code that stands for all values of a characteristic."""
        values = self.characteristics.get(variable, {})
        exact = [
            code for code, label in values.items() if code == "" or label.casefold() in ("insgesamt", "total")
        ]
        loose = [
            c
            for c, label in values.items()
            if _TOTALS.fullmatch(label) or c.casefold() in ("insgesamt", "total")
        ]
        return next(iter(exact or loose), None)

    def numbers(self, rows: pd.DataFrame | None = None) -> Iterator[Number]:
        """Give every number of the file, or of some of its rows."""
        chosen = (self.frame if rows is None else rows)[["time", "area", "value", "quality"]]
        for time, area, value, quality in chosen.itertuples(index=False):
            yield Number(time, area, _read(value, quality))


def unique(frame: pd.DataFrame, *columns: str) -> list[Any]:
    """Give what stands in some columns of a table, each once: tuples of texts."""
    return [tuple(map(str, cells)) for cells in frame[[*columns]].drop_duplicates().itertuples(index=False)]


def read_flat(download: Download) -> FlatFile:
    """Read a file as a table.

    Raises
    ------
    DataProblems
        It is none, or what stands in it cannot be what it seems.
    """
    renamed = _new_names(download.columns)
    sdg = is_open_sdg(download.columns)
    if not sdg:
        _refuse_other_columns(download, renamed)
    try:
        raw = _categories(download, renamed)
    except (ValueError, OSError) as error:
        raise refused(download.name, f"Die Datei lässt sich nicht als Tabelle lesen. {AGAIN}") from error
    if len(raw) != download.rows:
        # A quotation mark that is not closed makes one cell of many lines.
        raise refused(
            download.name,
            f"Die Datei hat {german.number(download.rows)} Zeilen, als Tabelle aber {german.number(len(raw))}: Ein Anführungszeichen ist nicht geschlossen. {AGAIN}",
        )
    flat = _of_open_sdg(download, raw) if sdg else _of_offices(download, raw)
    _refuse_what_cannot_be(flat)
    return flat


def _categories(download: Download, columns: Sequence[str]) -> pd.DataFrame:
    """Read all cells as text, each different one once: labels and codes repeat a thousand times."""
    parts: dict[str, list[pd.Series]] = {name: [] for name in columns}
    with (
        opened(download.path, download.member) as file,
        pd.read_csv(
            file,
            sep=download.separator,
            header=0,
            names=list(columns),
            # Asked for categories, pandas makes numbers of keys, and their zeros are gone.
            dtype=str,
            na_filter=False,
            encoding="utf-8-sig" if download.encoding == "utf-8" else download.encoding,
            chunksize=_CHUNK,
        ) as reader,
    ):
        for chunk in reader:
            for name in columns:
                parts[name].append(chunk[name].astype("category"))
    return pd.DataFrame({name: union_categoricals(parts.pop(name)) for name in columns})


# The columns


def _new_names(columns: Sequence[str]) -> tuple[str, ...]:
    """Call the columns as the offices do today; those that are numbers of their own keep their names."""
    found = []
    for column in columns:
        name = column.strip()
        if "__" not in name:
            *numbers, rest = name.partition("_") if name[:1].isdigit() else ("", "", name)
            parts = rest.casefold().rsplit("_", 1)
            parts[0] = _NEW_NAMES.get(parts[0], parts[0])
            name = "".join(numbers) + "_".join(parts) if not is_open_sdg(columns) else name
        found.append(name)
    return tuple(found)


def _refuse_other_columns(download: Download, columns: Sequence[str]) -> None:
    needed = ["statistics_code", "time"]
    old = [name for name in columns if "__" in name and not name.endswith("__q")]
    needed += [] if old else _LAST_COLUMNS
    if "time" not in columns and "statistics_code" not in columns:
        names = ", ".join(f"„{german.shortened(n, 30)}“" for n in download.columns[:SHOWN])
        raise refused(download.name, f"{_OFFICIAL}; die Datei beginnt mit {names}. {AGAIN}", 1)
    for name in needed:
        if name not in columns:
            raise refused(
                download.name, f"{_OFFICIAL}: „{name}“ fehlt.{suggestion(name, columns)} {AGAIN}", 1
            )
    for n in _places(columns):
        for part in ("code", "attribute_code", "attribute_label"):
            if f"{n}_variable_{part}" not in columns:
                raise refused(download.name, f"{_OFFICIAL}: „{n}_variable_{part}“ fehlt. {AGAIN}", 1)
    twice = sorted({name for name in columns if list(columns).count(name) > 1})
    if twice:
        raise refused(download.name, f"Die Spalte „{twice[0]}“ steht doppelt. {AGAIN}", 1)


def _places(columns: Sequence[str]) -> list[int]:
    return sorted({int(m[1]) for name in columns if (m := re.match(r"(\d+)_variable_", name))})


def _of_offices(download: Download, raw: pd.DataFrame) -> FlatFile:
    raw = _one_value_column(raw)
    places = _places([str(name) for name in raw.columns])
    area = next((n for n in places if _are_areas(raw[f"{n}_variable_code"])), None)
    part = f"{area}_variable_attribute"
    columns = {
        "time": raw["time"],
        "area": raw[f"{part}_code"] if area else _constant(raw, ""),
        "measure": raw["value_variable_code"],
        "measure_label": raw["value_variable_label"],
        "unit": raw["value_unit"],
        "value": raw["value"],
        "quality": raw["value_q"] if "value_q" in raw else _constant(raw, ""),
    }
    others = [n for n in places if n != area]
    for i, n in enumerate(others):
        columns[f"v{i}"] = raw[f"{n}_variable_code"]
        columns[f"a{i}"] = raw[f"{n}_variable_attribute_code"]
        columns[f"l{i}"] = raw[f"{n}_variable_attribute_label"]
    statistics = list(raw["statistics_code"].cat.categories)
    if len(statistics) != 1:
        raise refused(
            download.name,
            f"In der Spalte „statistics_code“ stehen {len(statistics)} verschiedene Angaben; eine Tabelle hat eine: Spalten sind verschoben. {AGAIN}",
        )
    label = raw["statistics_label"].cat.categories[0] if "statistics_label" in raw else ""
    names = dict(unique(raw, f"{part}_code", f"{part}_label")) if area else {}
    frame = pd.DataFrame(columns)
    _refuse_doubtful_separator(download, frame)
    table = download.table or str(statistics[0])
    return FlatFile(download, table, str(statistics[0]), str(label), frame, len(others), names)


def _of_open_sdg(download: Download, raw: pd.DataFrame) -> FlatFile:
    raw = raw.rename(columns=str)
    known = {"Year", "Value", "Units", "GeoCode", "Gebietseinheit"}
    others = [name for name in raw.columns if name not in known]
    areas, names = _places_of(raw)
    columns = {
        "time": raw["Year"],
        "area": areas,
        "measure": _constant(raw, ""),
        "measure_label": _constant(raw, ""),
        "unit": raw["Units"] if "Units" in raw else _constant(raw, ""),
        "value": raw["Value"],
        "quality": _constant(raw, ""),
    }
    for i, name in enumerate(others):
        columns[f"v{i}"] = _constant(raw, name)
        columns[f"a{i}"] = columns[f"l{i}"] = raw[name]
    # Open SDG leaves a cell empty where there is no value.
    frame = pd.DataFrame(columns)
    frame = frame[frame["value"] != ""].reset_index(drop=True)
    _refuse_doubtful_separator(download, frame)
    table = download.table or download.name.removesuffix(".csv")
    return FlatFile(download, table, "", "", frame, len(others), names)


def _places_of(raw: pd.DataFrame) -> tuple[pd.Series, dict[str, str]]:
    """Give the key of each row's area, and their names: one that lacks its key in some years has it from the others."""
    if "Gebietseinheit" not in raw and "GeoCode" not in raw:
        return _constant(raw, ""), {}
    named = "Gebietseinheit" if "Gebietseinheit" in raw else "GeoCode"
    label = raw[named]
    if "GeoCode" not in raw:
        return label, {str(name): str(name) for name in label.cat.categories}
    pairs = set(unique(raw, "GeoCode", named))
    keys = {name: sorted(c for c, n in pairs if n == name and c) for _, name in pairs}
    alone = {name: found[0] if len(found) == 1 else name for name, found in keys.items()}
    filled = raw["GeoCode"].astype(str).where(raw["GeoCode"] != "", label.astype(str).map(alone))
    return filled.astype("category"), {code or alone[name]: name for code, name in sorted(pairs)}


def _constant(raw: pd.DataFrame, text: str) -> pd.Series:
    return pd.Series(text, index=raw.index, dtype=pd.CategoricalDtype([text]))


def _are_areas(codes: pd.Series) -> bool:
    return all(_AREA.fullmatch(str(code)) for code in codes.cat.categories)


def _one_value_column(raw: pd.DataFrame) -> pd.DataFrame:
    """Put numbers that have a column each below each other, as the offices do today."""
    old = [str(n) for n in raw.columns if "__" in str(n) and not str(n).endswith("__q")]
    if not old:
        return raw
    shared = [name for name in raw.columns if "__" not in str(name)]
    parts = []
    for name in old:
        match = _OLD_VALUE.fullmatch(name.strip())
        assert match is not None
        quality = f"{match['code']}__{match['label']}__q"
        part = raw[shared].assign(
            value=raw[name].astype(str),
            value_unit=match["unit"] or "",
            value_variable_code=match["code"],
            value_variable_label=match["label"].replace("_", " "),
            value_q=raw[quality].astype(str) if quality in raw else "",
        )
        parts.append(part)
    joined = pd.concat(parts, ignore_index=True)
    made = ["value", "value_unit", "value_variable_code", "value_variable_label", "value_q"]
    return joined.astype(dict.fromkeys(made, "category"))


# What cannot be


def _refuse_doubtful_separator(download: Download, frame: pd.DataFrame) -> None:
    """Refuse a file whose numbers have both signs for decimals, or one that may part thousands.

    That is so where every number has three digits behind it.
    """
    cells = [str(cell) for cell in frame["value"].cat.categories]
    points = [c for c in cells if re.search(r"\d\.\d", c)]
    commas = [c for c in cells if re.search(r"\d,\d", c)]
    if points and commas:
        raise refused(
            download.name,
            f"Zahlen stehen teils mit Komma („{commas[0]}“), teils mit Punkt („{points[0]}“) da; die Datei ist nicht mehr, wie das Amt sie geschickt hat. {AGAIN}",
        )
    words = {str(unit).casefold() for unit in frame["unit"].cat.categories}
    is_german = bool(words & {"anzahl", "prozent"}) or not words & {"number", "percent"}
    doubtful = points if is_german else commas
    if doubtful and all(re.search(r"\d[.,]\d{3}(?!\d)", c) for c in doubtful):
        whole = re.sub(r"[.,]", "", doubtful[0])
        part = doubtful[0].replace(".", ",")
        raise refused(
            download.name,
            f"„{doubtful[0]}“ ist mehrdeutig: {whole} oder {part}? Die Datei ist nicht mehr, wie das Amt sie geschickt hat. {AGAIN}",
        )


def _refuse_what_cannot_be(flat: FlatFile) -> None:
    """Say where cells hold no number, no time, or stand twice."""
    columns = {
        name: [str(c) for c in flat.frame[name].cat.categories] for name in ("value", "quality", "time")
    }
    strange = [
        *((cell, "ist weder eine Zahl noch ein amtliches Zeichen") for cell in columns["value"] if not NUMBER.fullmatch(cell) and not _is_sign(cell)),
        *((cell, "ist kein amtliches Zeichen für die Qualität") for cell in columns["quality"] if cell and not _is_sign(cell)),
        *((cell, "ist keine Zeit") for cell in columns["time"] if not _is_read(said, cell)),
    ]  # fmt: skip
    sentences = [
        f"„{german.shortened(cell, 40)}“ {what}: Spalten sind verschoben, oder die Datei ist beschädigt. {AGAIN}"
        for cell, what in strange[:SHOWN]
    ]
    if sentences := [*sentences, *_twice(flat)]:
        raise DataProblems(Problem(flat.name, None, None, sentence) for sentence in sentences)


def _twice(flat: FlatFile) -> Iterator[str]:
    """Find numbers that stand more than once."""
    # A row is one number of its categories, which needs less room than comparing texts.
    row, size = pd.Series(0, index=flat.frame.index, dtype="int64"), 1
    names = ["time", "area", "measure", "unit"]
    names += [f"{letter}{i}" for i in range(flat.width) for letter in "va"]
    for name in names:
        column = flat.frame[name].cat
        if size * len(column.categories) > _LARGEST:
            row = pd.Series(pd.factorize(row)[0], index=row.index)
            size = len(row)
        size *= len(column.categories)
        row = row * len(column.categories) + column.codes
    twice = flat.frame.loc[row.duplicated(), ["area", "time"]]
    for area, time in twice.iloc[:SHOWN].itertuples(index=False):
        yield (
            f"Für „{flat.area_names.get(str(area), str(area))}“ und die Zeit „{time}“ steht dieselbe Angabe mehrmals da. {AGAIN}"
        )


def _is_sign(text: str) -> bool:
    return _is_read(published, text) or (text.strip() != "" and _is_read(published, "0", text))


def _is_read(read: Callable[..., object], *texts: str) -> bool:
    try:
        read(*texts)
    except ValueError:
        return False
    return True
