"""What changed between two states, told in lines: each change stands in exactly one of them.

A line tells of one measure, goal, event or amount; of an indicator's values and of what only names things
one line tells of many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from konzept.concept.comparing import (
    CHANGED,
    CLASSES,
    CORRECTED,
    GONE,
    HAPPENED,
    LEARNT,
    REWORDED,
    UNCLEAR,
    Change,
    Comparison,
)
from konzept.concept.grouping import grouped
from konzept.concept.known import Row
from konzept.elements.content import Line, Run, line
from konzept.words import german

KINDS: Mapping[str, str] = {
    HAPPENED: "geschehen",
    CHANGED: "geändert",
    CORRECTED: "berichtigt",
    UNCLEAR: "geändert oder berichtigt",
    LEARNT: "neu bekannt",
    REWORDED: "nur Wortlaut oder Nachweis",
    GONE: "entfallen",
}
"""What a class is called."""

_ROW_BY_ROW = ("massnahmen", "statusverlauf", "kosten", "ziele", "ereignisse", "beitraege", "handlungsfelder")
"""Tables of which each row has a line of its own."""
_LONG, _NAME, _FEW = 90, 60, 3


@dataclass(frozen=True)
class Told:
    """A line, and the changes that it tells."""

    kind: str
    table: str
    field_id: str | None
    subject: Line
    text: str
    row: Row
    """The row that it tells of, or the first of several: it names the source."""
    changes: tuple[Change, ...]

    @property
    def line(self) -> Line:
        """Subject and text."""
        return (*self.subject, Run(f": {self.text}")) if self.text else self.subject


def told(comparison: Comparison, *, by_field: bool = True) -> list[Told]:
    """Tell all changes, by class, then in the order of the tables.

    Parameters
    ----------
    comparison
        The two states.
    by_field
        Whether what has only become known, was reworded or is gone is told for each action field apart.
    """
    teller = _Teller(comparison, by_field=by_field)
    groups = grouped((teller.group(change), change) for change in comparison.changes)
    found = [teller.tell(tuple(changes)) for changes in groups.values()]
    return sorted(found, key=lambda t: CLASSES.index(t.kind))


class _Teller:
    """Knows the names of both states."""

    def __init__(self, comparison: Comparison, *, by_field: bool) -> None:
        self.by_field = by_field
        self.package = comparison.after.package
        self.before, self.after = comparison.before.rows, comparison.after.rows
        self.by_id: dict[str, dict[str, Row]] = {
            name: {row["id"]: row for state in (self.before, self.after) for row in state[name]}
            for name, table in self.package.tables.items()
            if table.key == ("id",) and name in self.after
        }

    def group(self, change: Change) -> tuple[Any, ...]:
        row = change.row
        if change.table == "messwerte":
            return (change.kind, change.table, row["art"], row["indikator_id"])
        if change.kind != REWORDED and change.table in _ROW_BY_ROW:
            key = self.package.tables[change.table].key
            return (change.kind, change.table, *(row[c] for c in key))
        together = not self.by_field and change.kind in (LEARNT, REWORDED, GONE)
        return (change.kind, change.table, None if together else self.field_of(change))

    def field_of(self, change: Change) -> str | None:
        """Give the action field that a change belongs to, as far as it belongs to one."""
        if change.table == "handlungsfelder":
            return str(change.row["id"])
        row: Row | None = change.row
        for column, table in (
            ("massnahme_id", "massnahmen"),
            ("indikator_id", "indikatoren"),
            ("ereignis_id", "ereignisse"),
        ):
            if row and row.get(column) and "handlungsfeld_id" not in row:
                row = self.by_id[table].get(row[column])
        found = row.get("handlungsfeld_id") if row else None
        return str(found) if found else None

    def tell(self, changes: tuple[Change, ...]) -> Told:
        first = changes[0]
        if first.table == "messwerte":
            subject, text = self._values(changes)
        elif first.kind != REWORDED and first.table in _ROW_BY_ROW:
            subject, text = self._row(changes)
        else:
            subject, text = self._many(changes)
        return Told(first.kind, first.table, self.field_of(first), subject, text, first.row, changes)

    def _values(self, changes: Sequence[Change]) -> tuple[Line, str]:
        first = changes[0]
        row = first.row
        indicator = self.by_id["indikatoren"][row["indikator_id"]]
        subject = line(Run(indicator["name"], strong=True, target=indicator["id"]))
        word = "Sollwert" if row["art"] == "soll" else "Wert"
        rows = {id(c.row): c.row for c in changes}
        times = sorted({int(r["jahr"]) for r in rows.values() if r["jahr"] is not None})
        text = german.count(len(rows), word, f"{word}e", gender="")
        span = german.ranges(times) if len(times) < _FEW else f"{times[0]} bis {times[-1]}"
        text += f" ({span})" if times else ""
        if len(changes) == 1 and first.column == "wert" and first.kind != REWORDED:
            what = ", ".join(
                filter(
                    None,
                    (
                        self._name("gebiete", row["gebiet_id"]),
                        self._name("gruppen", row["gruppe_id"]),
                        row["zeit"],
                    ),
                )
            )
            return subject, f"{what}: {self._cell(first)}"
        return subject, text

    def _row(self, changes: Sequence[Change]) -> tuple[Line, str]:
        first = changes[0]
        subject = self.subject(first.table, first.row)
        if first.column is None:
            return subject, self._whole(first)
        return subject, "; ".join(f"{self._title(c)}: {self._cell(c)}" for c in changes)

    def subject(self, table: str, row: Row) -> Line:
        """Name what a row tells of."""
        measure = row["id"] if table == "massnahmen" else row.get("massnahme_id")
        if table in ("massnahmen", "statusverlauf", "kosten") and measure in self.by_id["massnahmen"]:
            return line(Run(self.by_id["massnahmen"][measure]["titel"], strong=True, target=str(measure)))
        return line(Run(german.shortened(self.named(table, row), _LONG).rstrip("."), strong=True))

    def named(self, table: str, row: Row) -> str:
        """Name a row by what stands for it; a note by the row that it is about."""
        if table == "pruefhinweise" and row["zeile_id"] in self.by_id.get(row["tabelle"], ()):
            return self._name(row["tabelle"], row["zeile_id"])
        for column in ("titel", "name", "text", "frage", "funktion", "aussage_a"):
            if row.get(column):
                return str(row[column])
        targets = self.package.tables[table].references.items()
        parts = [self._name(t, row[c]) for c, (t, _) in targets if row.get(c) and t != "dokumente"]
        return " – ".join(filter(None, parts)) or self.package.tables[table].title

    def _name(self, table: str, key: Any) -> str:
        row = self.by_id.get(table, {}).get(key)
        return self.named(table, row) if row else str(key or "")

    def _whole(self, change: Change) -> str:
        """Say what a row that is new or gone tells."""
        row = change.row

        def label(column: str) -> str:
            return self._label(change.table, column, row)

        match change.table:
            case "statusverlauf":
                return self._step(change)
            case "kosten":
                parts = (label("art"), str(row["jahr"] or ""), label("haushaltsstand"))
                amount = german.euro(float(row["betrag_eur"]), circa=row["genauigkeit"] == "circa")
                return f"{amount} ({', '.join(filter(None, parts))})"
            case "ereignisse":
                when = (
                    german.period(row["von"], row["bis"] or row["von"], row["genauigkeit"])
                    if row["von"]
                    else "ohne Termin"
                )
                return f"{when}, {label('stand')}"
            case "massnahmen":
                return {GONE: "Maßnahme nicht mehr in den Daten", HAPPENED: "neue Maßnahme"}.get(
                    change.kind, "Maßnahme"
                )
            case "ziele":
                return {GONE: "Ziel nicht mehr in den Daten", HAPPENED: "neues Ziel"}.get(change.kind, "Ziel")
            case "beitraege":
                return f"Vorschlag, {label('folge')}"
        return self.package.tables[change.table].title

    def _step(self, change: Change) -> str:
        """Say from which status to which, and since when."""
        row = change.row
        earlier = [
            r
            for r in self.before["statusverlauf"]
            if r["massnahme_id"] == row["massnahme_id"] and r["datum"] < row["datum"]
        ]
        label, since = self._label(change.table, "status", row), german.date(row["datum"])
        if change.kind == GONE:
            return f"Status {label} vom {since} nicht mehr in den Daten"
        before = (
            self._label(change.table, "status", max(earlier, key=lambda r: r["datum"])) if earlier else ""
        )
        if not before:
            return f"Status {label} (seit {since})"
        return (
            f"Status bestätigt: {label} ({since})"
            if before == label
            else f"{before} → {label} (seit {since})"
        )

    def _many(self, changes: Sequence[Change]) -> tuple[Line, str]:
        first = changes[0]
        table = self.package.tables[first.table]
        subject = line(Run(table.title, strong=True))
        rows = list({id(c.row): c.row for c in changes}.values())
        if first.kind == REWORDED:
            columns = german.listing(list(dict.fromkeys(self._title(c) for c in changes)))
            return subject, f"{columns} ({german.count(len(rows), 'Zeile', 'Zeilen')})"
        if first.column and len(changes) == 1:
            return (
                subject,
                f"{german.shortened(self.named(first.table, first.row), _LONG)} ({self._title(first)}: {self._cell(first)})",
            )
        names = "; ".join(
            dict.fromkeys(german.shortened(self.named(first.table, row), _NAME) for row in rows)
        )
        return subject, f"{german.count(len(rows), 'Zeile', 'Zeilen')} ({names})" if len(rows) > 1 else names

    def _title(self, change: Change) -> str:
        columns = self.package.tables[change.table].columns
        return next(c.title for c in columns if c.name == change.column)

    def _cell(self, change: Change) -> str:
        return f"{self.shown(change, change.old)} → {self.shown(change, change.new)}"

    def shown(self, change: Change, value: Any) -> str:
        """Write a value of a cell."""
        column = str(change.column)
        references = self.package.tables[change.table].references
        if value is None:
            return "leer"
        if column in references:
            return f"„{german.shortened(self._name(references[column][0], value), _LONG)}“"
        if isinstance(value, dt.date):
            return german.date(value)
        if isinstance(value, Decimal | float):
            return german.number(value)
        label = self.package.word(change.table, column, str(value)).traits.get("label")
        return label or (str(value) if isinstance(value, int) else f"„{german.shortened(str(value), _LONG)}“")

    def _label(self, table: str, column: str, row: Row) -> str:
        """Give a cell's label: an older edition may not know one."""
        return self.package.word(table, column, row[column]).label
