"""What a file changes in the observations: new, changed, gone, each with its area and time.

A value that a later release corrects stays in the data with its own source, and the corrected one stands beside it:
whoever looks at an earlier day sees what was known then.  What a release does not tell any more stays, with a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from konzept.authors.excel.layout import Cells
from konzept.authors.statistics.retrieval import Value, series_of
from konzept.data.csv_file import plain_number
from konzept.words import german

_PHRASES = ("vorläufiges Ergebnis", "berichtigtes Ergebnis", "geschätztes Ergebnis")
"""What an office says of a number until it says something else."""
_GONE = "nicht mehr in der Datei vom"


@dataclass(frozen=True)
class Item:
    """One observation that is new, other than before, or gone."""

    area: str
    time: str
    old: Cells | None
    new: Cells | None


@dataclass
class Revision:
    """What one row of `abrufe` brings."""

    row: Cells
    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    noted: list[Item] = field(default_factory=list)
    """Of which only the note is another."""
    gone: list[Item] = field(default_factory=list)
    same: int = 0
    absent: dict[str, int] = field(default_factory=dict)
    """Why there is no number, and how often."""
    coverage: str = ""
    until: tuple[int, int] = (0, 0)
    """The last years of the data and of the file."""

    @property
    def older(self) -> bool:
        """Whether the file does not reach as far as the data, as an older release does not."""
        return self.until[0] > self.until[1]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.noted or self.gone)


def newest_by(documents: Sequence[Cells]) -> Mapping[str, tuple[str, int]]:
    """Give what orders documents by the day from which they are known."""
    return {
        row["id"]: (
            row["datum"] if row["datum"] and row["datum_genauigkeit"] != "fruehestens" else row["zugriff_am"],
            n,
        )
        for n, row in enumerate(documents)
    }


def revise(
    row: Cells,
    values: Sequence[Value],
    present: Sequence[Cells],
    order: Mapping[str, tuple[str, int]],
    *,
    corrects: bool,
) -> Revision:
    """Compare what a file says with what the data have.

    Parameters
    ----------
    row
        The row of `abrufe`; its document is the one that new rows get.
    values
        What the file says for it.
    present
        The rows of `messwerte`.
    order
        Document → what orders it by its day.
    corrects
        Whether the file is of the same release as the data: then a row that differs is mended in its place.
    """
    now = _now(row, present, order)
    areas = {value.area for value in values}
    known = [int(cells["jahr"]) for (area, _), cells in now.items() if area in areas and cells["jahr"]]
    found = Revision(row, until=(max(known, default=0), max((v.year for v in values), default=0)))
    kept = [value for value in values if value.number.published.precision]
    for value in values:
        if why := value.number.published.absent:
            found.absent[why] = found.absent.get(why, 0) + 1
    for value in kept:
        cells = _cells(row, value)
        old = now.pop((value.area, value.time), None)
        if old is None:
            found.new.append(Item(value.area, value.time, None, cells))
        elif _says(old) == _says(cells) and not (cells["reihenbruch"] and not old["reihenbruch"]):
            if note := _renoted(old, cells):
                found.noted.append(Item(value.area, value.time, old, {**old, "hinweis": note[0]}))
            else:
                found.same += 1
        else:
            mended = {**cells, "reihenbruch": cells["reihenbruch"] or old["reihenbruch"], "konfidenz": old["konfidenz"] or cells["konfidenz"], "fallzahl": ""}  # fmt: skip
            if corrects or old["quelle_id"] == cells["quelle_id"]:
                mended |= {"quelle_id": old["quelle_id"], "fundstelle": old["fundstelle"]}
                mended["hinweis"] = cells["hinweis"] or old["hinweis"]
            found.changed.append(Item(value.area, value.time, old, mended))
    found.gone = list(_gone(row, kept, now))
    found.coverage = _coverage(kept)
    return found


def _says(cells: Cells) -> tuple[str, str]:
    return cells["wert"], cells["genauigkeit"]


def _now(
    row: Cells, present: Sequence[Cells], order: Mapping[str, tuple[str, int]]
) -> dict[tuple[str, str], Cells]:
    """Give the values of a series that hold now: of several sources that of the newest."""
    found: dict[tuple[str, str], Cells] = {}
    for cells in present:
        if (cells["indikator_id"], cells["gruppe_id"]) != series_of(row) or cells["art"] != "ist":
            continue
        place = (cells["gebiet_id"], cells["zeit"])
        if place not in found or order.get(found[place]["quelle_id"], ("", 0)) < order.get(
            cells["quelle_id"], ("", 0)
        ):
            found[place] = cells
    return found


def _cells(row: Cells, value: Value) -> dict[str, str]:
    said = value.number.published
    indicator, group = series_of(row)
    return {
        "indikator_id": indicator,
        "art": "ist",
        "gebiet_id": value.area,
        "gruppe_id": group,
        "zeit": value.time,
        "jahr": str(value.year),
        "wert": "" if value.value is None else plain_number(value.value),
        "genauigkeit": said.precision,
        "fallzahl": "",
        "soll_art": "",
        "reihenbruch": "ja" if said.after_break else "",
        "konfidenz": "hoch",
        "hinweis": said.note,
        "quelle_id": row["dokument_id"],
        "fundstelle": row["fundstelle"],
    }


def _renoted(old: Cells, new: Cells) -> tuple[str] | None:
    """Give another note where the office now says something else of the same number; what authors noted stays."""
    parts = [part for part in old["hinweis"].split("; ") if part]
    own = [part for part in parts if part not in _PHRASES and not part.startswith(_GONE)]
    says = [part for part in new["hinweis"].split("; ") if part in _PHRASES]
    if {*parts} == {*own, *says}:
        return None
    return ("; ".join([*own, *says]),)


def _gone(row: Cells, values: Sequence[Value], left: Mapping[tuple[str, str], Cells]) -> Iterator[Item]:
    """Find what the file does not tell any more, though it tells of the time before and after."""
    spans: dict[str, tuple[int, int]] = {}
    for value in values:
        first, last = spans.get(value.area, (value.year, value.year))
        spans[value.area] = min(first, value.year), max(last, value.year)
    for (area, time), cells in left.items():
        if area not in spans or not cells["jahr"] or _GONE in cells["hinweis"]:
            continue
        first, last = spans[area]
        if first <= int(cells["jahr"]) <= last:
            day = row["abgerufen_am"]
            told = f"{_GONE} {german.date(german.parse_date(day))}"
            note = "; ".join(filter(None, (cells["hinweis"], told)))
            yield Item(area, time, cells, {**cells, "hinweis": note})


def _coverage(values: Sequence[Value]) -> str:
    """Say for which areas and times a file has numbers."""
    areas = {value.area for value in values}
    years = sorted({value.year for value in values})
    if not years:
        return ""
    times = list(dict.fromkeys(value.time for value in values))
    text = f"{german.number(len(areas))} Gebiete, " if len(areas) > 1 else ""
    text += times[0] if len(times) == 1 else german.span(years)
    if missing := sorted({*range(years[0], years[-1] + 1)} - {*years}):
        text += f" ohne {german.ranges(missing)}"
    lacking = [a for a in areas if {v.year for v in values if v.area == a} < {*years}]
    return text + (" (nicht für alle Gebiete in jedem Jahr)" if lacking else "")
