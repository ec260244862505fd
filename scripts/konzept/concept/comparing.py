"""Two states of the data → what became of every row and every cell, each in exactly one class.

A plain difference says that 2 is now 3.  A report has to say why: because something happened, because a plan
was changed, because the old figure was wrong, or because it is only now known what was so before.

- What a column's new value means, the schema says (`aenderung` of a field).
- A new row happened if its own time is later than the first state; else it has only become known.
- A series goes on with a year later than its last; all else that is new in it has become known.
- Observations are compared without their source: a new release of a source is no new value.
- What is announced or aimed at may change; the same column of what is over is corrected.
- Where the data cannot tell a change from a correction, they say so (`UNCLEAR`) until a note (`pruefhinweise`) on the
  row decides: its `entscheidung` begins with „Geändert“ or „Berichtigt“.
- What is gone is gone from the data.  It is not finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from konzept.concept.known import ANNOUNCEMENT, Row, moved, own_day
from konzept.concept.states import State, refuse_pair
from konzept.data.package import Package, Table
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import Rows
from konzept.data.violation import earliest_day

HAPPENED, CHANGED, CORRECTED, LEARNT, REWORDED, GONE, UNCLEAR = (
    "geschehen",
    "geaendert",
    "berichtigt",
    "neu_bekannt",
    "wortlaut",
    "entfallen",
    "unklar",
)
CLASSES = (HAPPENED, CHANGED, CORRECTED, UNCLEAR, LEARNT, REWORDED, GONE)

_OF_COLUMN = {
    "ereignis": HAPPENED,
    "plan": CHANGED,
    "tatsache": CORRECTED,
    "wortlaut": REWORDED,
    "offen": UNCLEAR,
}
_EVENTFUL = ("massnahmen", "ziele", "kosten", "ereignisse", "beitraege", "umfrageergebnisse", "messwerte")
"""Tables whose new rows tell that something happened, if their source appeared after the first state."""


@dataclass(frozen=True)
class Change:
    """What became of a row, or of one cell of it."""

    kind: str
    table: str
    before: Row | None
    """The row as it was; None for a new one."""
    after: Row | None
    """The row as it is; None for one that is gone."""
    column: str | None = None
    """The cell that changed; None means the whole row."""

    @property
    def row(self) -> Row:
        """The row as it is, or was last."""
        found = self.before if self.after is None else self.after
        assert found is not None
        return found

    @property
    def old(self) -> Any:
        """The cell as it was."""
        return self.before[self.column] if self.before and self.column else None

    @property
    def new(self) -> Any:
        """The cell as it is."""
        return self.after[self.column] if self.after and self.column else None


@dataclass(frozen=True)
class Comparison:
    """All changes between two states, in the order of the tables."""

    before: State
    after: State
    changes: tuple[Change, ...]

    def of(self, *kinds: str, table: str | None = None) -> list[Change]:
        """Give the changes of some classes, in one table or in all."""
        return [c for c in self.changes if c.kind in kinds and table in (None, c.table)]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each class."""
        return {kind: len(found) for kind in CLASSES if (found := self.of(kind))}


def compare(before: State, after: State) -> Comparison:
    """Say of everything that differs between two states what became of it.

    Parameters
    ----------
    before
        The earlier state.
    after
        The later one.

    Raises
    ------
    DataProblems
        They stand the wrong way round, or a key has been renamed.
    """
    refuse_pair(before, after)
    old = _reported(before.rows, after)
    if renamed := list(_renamed(old, after)):
        raise DataProblems(renamed)
    found = _Comparing(before, after).changes(old)
    return Comparison(before, after, tuple(found))


def identity(table: Table) -> tuple[str, ...]:
    """Name the columns by which a row is the same in two states."""
    return tuple(name for name in table.key if name != "quelle_id")


def _reported(before: Mapping[str, Rows], after: State) -> Mapping[str, Rows]:
    """Let an announcement be the row that reports its event in the later state."""
    there = {row["id"] for row in before["ereignisse"]}
    reports = {
        row[ANNOUNCEMENT]: row["id"]
        for row in after.rows["ereignisse"]
        if row[ANNOUNCEMENT] in there and row["id"] not in there
    }
    if not reports:
        return before
    found = moved(after.package, before, reports)
    found["ereignisse"] = [
        {**row, "id": reports[row["id"]], ANNOUNCEMENT: row["id"]} if row["id"] in reports else row
        for row in before["ereignisse"]
    ]
    return found


def _renamed(before: Mapping[str, Rows], after: State) -> Iterator[Problem]:
    """Find rows that have nothing new but their key, and measures that have kept their title alone."""
    for name, table in after.package.tables.items():
        if table.key != ("id",) or name not in after.rows:
            continue
        old, new = ({row["id"] for row in rows} for rows in (before[name], after.rows[name]))
        gone = {_without_key(table, row): row["id"] for row in before[name] if row["id"] not in new}
        for row in after.rows[name]:
            key = gone.get(_without_key(table, row)) if row["id"] not in old else None
            if key is not None:
                yield Problem(
                    f"{after.package.folder.name}/{table.file}",
                    None,
                    "id",
                    f"„{key}“ heißt jetzt offenbar „{row['id']}“; Kennungen werden nicht geändert. Stellen Sie sie wieder her, "
                    "oder halten Sie die Umbenennung in kommune.json fest: "
                    f'"umbenannt": {{"{name}": {{"{key}": "{row["id"]}"}}}}.',
                )


def _without_key(table: Table, row: Row) -> tuple[Any, ...]:
    if table.name == "massnahmen":
        return (row["handlungsfeld_id"], row["titel"])
    return tuple(row[c.name] for c in table.columns if c.name != "id")


class _Comparing:
    """Knows the two states while they are compared."""

    def __init__(self, before: State, after: State) -> None:
        self.before, self.after = before, after
        self.package: Package = after.package
        self.documents = {row["id"]: row for state in (before, after) for row in state.rows["dokumente"]}
        self.last_years = _last_years(before.rows["messwerte"])
        self.decided = _decided(after.rows["pruefhinweise"])

    def changes(self, before: Mapping[str, Rows]) -> Iterator[Change]:
        for name, table in self.package.tables.items():
            if name not in self.after.rows:
                continue
            for old, new in _pairs(table, before[name], self.after.rows[name]):
                if old is None and new is not None:
                    yield Change(self.of_new_row(name, new), name, None, new)
                elif new is None:
                    yield Change(GONE, name, old, None)
                elif old is not None:
                    yield from self.of_cells(table, old, new)

    # A new row

    def of_new_row(self, name: str, row: Row) -> str:
        if name == "messwerte" and row["art"] == "ist":
            return HAPPENED if self.goes_on(row) else LEARNT
        day = own_day(name, row, dated=False) or (
            earliest_day(self.documents[row["quelle_id"]]) if name in _EVENTFUL else None
        )
        return HAPPENED if day is not None and day > self.before.day else LEARNT

    def goes_on(self, row: Row) -> bool:
        """Whether a value is of a year later than the last of its series, or of a time after the first state."""
        last = self.last_years.get(_series(row))
        if last is not None:
            return row["jahr"] is not None and row["jahr"] > last
        day = own_day("messwerte", row, dated=False)
        return day is not None and day > self.before.day

    # The cells of a row

    def of_cells(self, table: Table, old: Row, new: Row) -> Iterator[Change]:
        different = [c for c in table.columns if old[c.name] != new[c.name]]
        event = any(c.change == "ereignis" and old[c.name] and new[c.name] for c in different)
        for column in different:
            kind = self.of_cell(
                table.name, column.change, old[column.name], new[column.name], new, event=event
            )
            yield Change(kind, table.name, old, new, column.name)

    def of_cell(self, table: str, change: str, old: Any, new: Any, row: Row, *, event: bool) -> str:
        if change == "wortlaut":
            return REWORDED
        if new is None:
            return GONE
        if event:
            # What a row tells of what has happened since is of the new state, and no correction of the old.
            day = own_day(table, row, dated=False)
            return LEARNT if day is not None and day <= self.before.day else HAPPENED
        if old is None:
            return LEARNT
        kind = _OF_COLUMN[change]
        if kind == CORRECTED and _is_to_come(table, row):
            return CHANGED
        return self.decided.get((table, row.get("id")), kind) if kind == UNCLEAR else kind


def _is_to_come(table: str, row: Row) -> bool:
    """Whether a row tells of what is aimed at or announced, so that its facts may change."""
    return (table == "messwerte" and row["art"] == "soll") or (
        table == "ereignisse" and row["stand"] == "geplant"
    )


def _series(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("indikator_id", "art", "gebiet_id", "gruppe_id"))


def _last_years(rows: Iterable[Row]) -> dict[tuple[Any, ...], int]:
    found: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row["jahr"] is not None:
            found[_series(row)] = max(row["jahr"], found.get(_series(row), row["jahr"]))
    return found


_DECISIONS = {"geändert": CHANGED, "berichtigt": CORRECTED}


def _decided(notes: Iterable[Row]) -> dict[tuple[str, Any], str]:
    """Read from decided notes of which rows an author says that they were changed or corrected."""
    found = {}
    for note in notes:
        first = (note["entscheidung"] or "").split(" ")[0].rstrip(".,:;").casefold()
        if note["stand"] == "entschieden" and first in _DECISIONS:
            found[note["tabelle"], note["zeile_id"]] = _DECISIONS[first]
    return found


def _pairs(
    table: Table, before: Sequence[Row], after: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair the rows of two states by their key, in the order of the later one; those that are gone come last."""
    columns = identity(table)
    old: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    new: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in before:
        old[tuple(row[c] for c in columns)].append(row)
    for row in after:
        new[tuple(row[c] for c in columns)].append(row)
    gone: list[Row] = []
    for key, rows in new.items():
        left = old.pop(key, [])
        # Of several sources for one value each meets itself first, then what is left in its order.
        same = [(row, mate) for row in rows if (mate := _of_source(left, row))]
        rest = [row for row in rows if not any(row is paired for paired, _ in same)]
        others = [row for row in left if not any(row is mate for _, mate in same)]
        yield from ((mate, row) for row, mate in same)
        yield from ((others[n] if n < len(others) else None, row) for n, row in enumerate(rest))
        gone += others[len(rest) :]
    gone += [row for rows in old.values() for row in rows]
    yield from ((row, None) for row in gone)


def _of_source(rows: Sequence[Row], row: Row) -> Row | None:
    return next((each for each in rows if each.get("quelle_id") == row.get("quelle_id")), None)
