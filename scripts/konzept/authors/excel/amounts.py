"""Numbers typed with their unit: „20,0 %“ is 20 where the row counts in per cent, „2.500 €“ is 2500 where it counts in euros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from konzept.authors.excel.sheets import Line
from konzept.authors.excel.trial import Present
from konzept.data.problems import Problem

_EURO = "betrag_eur"
"""The column of amounts, whose name says its unit."""


def settle_amounts(present: Present, lines: Mapping[str, Sequence[Line]], problems: list[Problem]) -> None:
    """Take numbers over whose unit is that of their row, and report the others.

    Parameters
    ----------
    present
        The data as they are now.
    lines
        The lines of each sheet, with keys in place of names.
    problems
        Takes what is wrong.
    """
    units = {cells["id"]: cells["einheit"] for cells in present.tables.get("indikatoren", ())}
    units |= {line.cells["id"]: line.cells["einheit"] for line in lines.get("indikatoren", ())}
    for line in [line for each in lines.values() for line in each]:
        for name, (amount, typed) in line.amounts.items():
            unit = "Euro" if name == _EURO else units.get(line.cells.get("indikator_id", ""))
            if amount.unit != unit:
                line.cells[name] = ""
                line.bad.add(name)
                problems.append(line.place.problem(name, str(amount), typed))
