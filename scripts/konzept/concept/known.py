"""What was known on a day: the rows of all tables → those that the sources carried by then.

- A row is known from the day its source appeared: ``datum``, else ``zugriff_am``, the day by which it was public.
- What has a day of its own must also have happened: a status, a held event, an observed value, money spent.
- A row is not known before the rows it refers to.
- Where a source's day is unknown, its rows are known unless something in them proves the opposite:
  their own day, or what the same paper reports besides.  Web pages grow, so there only the row's own day counts.
- Tables without sources stay whole: they are the town's own words.
- Tables that only name things stay whole.  Of a name that no source carries yet, only the name is left.
- An announcement gives way to the row that reports the event.
- A value of official statistics gives way to that of a later release of its table (`abrufe` says which series these are).
- What the data hold at their own Stand is known at that Stand.

Nothing else filters by time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from konzept.data.package import Package
from konzept.data.reading import Rows
from konzept.data.violation import last_known_day
from konzept.words import german

NAMES: Mapping[str, tuple[str, ...]] = {
    "gebiete": (),
    "gruppen": (),
    "handlungsfelder": ("bearbeitung", "fokus"),
    "gremien": (),
    "akteure": (),
    "indikatoren": (),
}
"""Tables that only name things, and what their rows state besides."""

EDITIONS = "ausgaben"
"""The table of what was published of the concept itself: it has no source, and its own Stand says since when it is known."""

APPROVALS = "freigaben"
"""The table of chapters that were approved: the day of the approval says since when it is known."""

ANNOUNCEMENT = "ankuendigung_id"
"""The column of an event that names its announcement."""

OBSERVATIONS, RETRIEVALS, TERMS = "messwerte", "abrufe", "begriffe"
"""What was observed, and which series of it are read from tables of official statistics."""

_OF_A_FILE = ("dokument_id", "abdeckung", "datei", "abgerufen_am", "pruefsumme")
"""What a row of the retrievals tells of the file that was read last."""

_EARLIEST = "fruehestens"
_ALWAYS = dt.date.min

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """The rows known on a day."""

    rows: Mapping[str, Rows]
    undated: int
    """So many of them come from sources whose day is unknown."""
    unnamed: frozenset[tuple[str, str]]
    """Table and id of names that no source had mentioned by then."""
    announcements: Mapping[str, Row]
    """Those that gave way to the report of their event, by id."""


def known(package: Package, rows: Mapping[str, Rows], day: dt.date) -> Known:
    """Leave out of all tables what was not known on a day.

    Parameters
    ----------
    package
        Says which columns refer to which tables, and up to when the data reach.
    rows
        The rows as read; they are not changed.
    day
        The day; from the Stand of the data on, everything is known.
    """
    return _Chronology(package, rows).at(day)


class _Chronology:
    """Since when each row is known."""

    def __init__(self, package: Package, rows: Mapping[str, Rows]) -> None:
        self.package = package
        self.rows = rows
        self.by_id = {
            name: {row["id"]: row for row in rows[name]}
            for name, table in package.tables.items()
            if table.key == ("id",)
        }
        self.days = {key: last_known_day(row) for key, row in self.by_id["dokumente"].items()}
        self.sourced = [
            name
            for name, table in package.tables.items()
            if name not in NAMES and any(column.name == "quelle_id" for column in table.columns)
        ]
        self.found: dict[tuple[str, str], dt.date] = {}

    def at(self, day: dt.date) -> Known:
        if day >= self.package.stand:
            return self._known(dict(self.rows), frozenset())
        kept = {
            name: [row for row in self.rows[name] if self.since(name, row) <= day] for name in self.sourced
        }
        editions = [row for row in self.rows.get(EDITIONS, ()) if row["stand"] <= day]
        approvals = [row for row in self.rows.get(APPROVALS, ()) if row["tag"] <= day]
        named = {
            name: [row if self.source(row) <= day else _bare(row, NAMES[name]) for row in self.rows[name]]
            for name in NAMES
        }
        mentioned = {target for name in kept for row in kept[name] for target in self._targets(name, row)}
        unnamed = {
            (name, row["id"])
            for name in named
            for row in named[name]
            if row["quelle_id"] is None and (name, row["id"]) not in mentioned
        }
        documents = self._documents({**kept, **named}, day)
        found = {
            **self.rows,
            **kept,
            **named,
            "dokumente": documents,
            EDITIONS: editions,
            APPROVALS: approvals,
        }
        found[RETRIEVALS] = [
            row if self._document(row["dokument_id"]) <= day else {**row, **dict.fromkeys(_OF_A_FILE)}
            for row in self.rows.get(RETRIEVALS, ())
        ]
        found[TERMS] = [
            row
            if row["dokument_id"] is None or self._document(row["dokument_id"]) <= day
            else {**row, "dokument_id": None, "fundstelle": None}
            for row in self.rows.get(TERMS, ())
        ]
        return self._known({name: found[name] for name in self.package.tables}, frozenset(unnamed))

    def _known(self, rows: dict[str, Rows], unnamed: frozenset[tuple[str, str]]) -> Known:
        undated = sum(self.days[row["quelle_id"]] is None for name in self.sourced for row in rows[name])
        reports = {row[ANNOUNCEMENT]: row["id"] for row in rows["ereignisse"] if row[ANNOUNCEMENT]}
        gone = {row["id"]: row for row in rows["ereignisse"] if row["id"] in reports}
        rows = {**rows, OBSERVATIONS: self._newest(rows)}
        return Known(_given_way(self.package, rows, reports), undated, unnamed, gone)

    def _newest(self, rows: Mapping[str, Rows]) -> Rows:
        """Leave of several releases' values for one time that of the newest, in the series that are read from tables."""
        kept = {(row["indikator_id"], row["gruppe_id"]) for row in self.rows.get(RETRIEVALS, ())}
        observed = rows[OBSERVATIONS]
        if not kept:
            return observed
        place = {row["id"]: n for n, row in enumerate(self.rows["dokumente"])}

        def age(row: Row) -> tuple[dt.date, int]:
            key = row["quelle_id"]
            return self.days[key] or self.starts[key], place[key]

        newest: dict[tuple[Any, ...], Row] = {}
        for row in observed:
            what = _observation(row)
            if row["art"] == "ist" and (what not in newest or age(newest[what]) < age(row)):
                newest[what] = row
        return [
            row
            for row in observed
            if (row["indikator_id"], row["gruppe_id"]) not in kept
            or row["art"] != "ist"
            or newest[_observation(row)] is row
        ]

    def since(self, table: str, row: Row) -> dt.date:
        """Give the day from which a row is known; at the Stand of the data all are."""
        key = (table, row["id"]) if "id" in row else None
        if key and key in self.found:
            return self.found[key]
        dated = self.days[row["quelle_id"]] is not None
        day = max(
            self.source(row),
            own_day(table, row, dated=dated) or _ALWAYS,
            *(self._since_target(*target) for target in self._targets(table, row)),
        )
        day = min(day, self.package.stand)
        if key:
            self.found[key] = day
        return day

    def source(self, row: Row) -> dt.date:
        """Give the day from which a row's source is known."""
        return self._document(row["quelle_id"])

    def _document(self, key: str) -> dt.date:
        return min(self.days[key] or self.starts[key], self.package.stand)

    def _since_target(self, table: str, key: str) -> dt.date:
        if table == "dokumente":
            return self._document(key)
        return _ALWAYS if table in NAMES else self.since(table, self.by_id[table][key])

    def _targets(self, table: str, row: Row) -> Iterator[tuple[str, str]]:
        """Name the rows that a row refers to, but not the announcement that it replaces."""
        for column, (target, _) in self.package.tables[table].references.items():
            if row[column] is not None and column != ANNOUNCEMENT:
                yield target, row[column]
        if table == "pruefhinweise" and row["zeile_id"] in self.by_id.get(row["tabelle"], ()):
            yield row["tabelle"], row["zeile_id"]

    @cached_property
    def starts(self) -> Mapping[str, dt.date]:
        """Give for each document of unknown day the first day on which it can have appeared.

        A paper appears at once, so none of it is older than what it reports; a web page grows.
        """
        reported: dict[str, dt.date] = {}
        for name in self.rows:
            for row in self.rows[name] if name not in NAMES else ():
                key = row.get("quelle_id")
                if key is None or self.days[key] or self.by_id["dokumente"][key]["art"] == "webseite":
                    continue
                if day := own_day(name, row, dated=False):
                    reported[key] = max(reported.get(key, day), day)
        for key, row in self.by_id["dokumente"].items():
            earliest = row["datum"] if row["datum_genauigkeit"] == _EARLIEST else None
            reported[key] = max(reported.get(key, _ALWAYS), earliest or _ALWAYS)
        return reported

    def _documents(self, kept: Mapping[str, Rows], day: dt.date) -> Rows:
        """Keep the documents known by then; one of unknown day only with a row that is known."""
        cited, ever = self._cited(kept), self._cited(self.rows)
        return [
            row
            for row in self.rows["dokumente"]
            if self._document(row["id"]) <= day
            and (self.days[row["id"]] or row["id"] in cited or row["id"] not in ever)
        ]

    def _cited(self, rows: Mapping[str, Rows]) -> set[str]:
        columns = {
            name: [c for c, (target, _) in table.references.items() if target == "dokumente"]
            for name, table in self.package.tables.items()
        }
        return {row[c] for name in rows for row in rows[name] for c in columns[name] if row[c]}


def own_day(table: str, row: Row, *, dated: bool) -> dt.date | None:
    """Give the day by which what a row tells had happened; None where it has none of its own.

    A source of known day knows only the past, so a year that it names had begun.
    Of a source of unknown day, the year must be over.
    """
    match table:
        case "statusverlauf":
            day: dt.date = row["datum"]
            return day
        case "ereignisse" if row["stand"] == "erfolgt" and row["von"]:
            return german.latest_day(row["bis"] or row["von"], row["genauigkeit"])
        case "messwerte" if row["art"] == "ist":
            return _day(row["zeit"]) or _year(row["jahr"], over=not dated)
        case "kosten" if row["haushaltsstand"] == "verausgabt":
            return _year(row["jahr"], over=not dated)
    return None


@lru_cache(maxsize=1024)
def _day(text: str) -> dt.date | None:
    try:
        return german.parse_date(text)
    except ValueError:
        return None


def _year(year: int | None, *, over: bool) -> dt.date | None:
    if year is None:
        return None
    return dt.date(int(year), 12, 31) if over else dt.date(int(year), 1, 1)


def _observation(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("indikator_id", "gebiet_id", "gruppe_id", "zeit"))


def _bare(row: Row, statements: tuple[str, ...]) -> dict[str, Any]:
    """Leave of a row what it names."""
    return {**row, **dict.fromkeys(("quelle_id", "fundstelle", *statements))}


def moved(package: Package, rows: Mapping[str, Rows], reports: Mapping[str, str]) -> dict[str, Rows]:
    """Let what refers to the announcements of reported events refer to the reports."""
    found = dict(rows)
    for name, table in package.tables.items():
        columns = [c for c, (t, _) in table.references.items() if t == "ereignisse" and c != ANNOUNCEMENT]
        if columns and name in rows:
            found[name] = [{**row, **{c: reports.get(row[c], row[c]) for c in columns}} for row in rows[name]]
    return found


def _given_way(package: Package, rows: dict[str, Rows], reports: Mapping[str, str]) -> dict[str, Rows]:
    """Drop the announcements of events that are reported; what refers to them refers to the report."""
    if not reports:
        return rows
    rows = moved(package, rows, reports)
    rows["ereignisse"] = [row for row in rows["ereignisse"] if row["id"] not in reports]
    return rows
