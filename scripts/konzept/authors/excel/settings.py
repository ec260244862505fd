"""The Stand of the data, set in the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from konzept.authors.excel.changes import Cells
from konzept.authors.excel.layout import SETTINGS, SETTINGS_SHEET
from konzept.authors.excel.sheets import Line
from konzept.authors.excel.trial import Present
from konzept.data.problems import Problem
from konzept.words import german


@dataclass(frozen=True)
class About:
    """What is told and asked about a new Stand."""

    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def settings_of(present: Present) -> dict[str, str]:
    """Give the settings as a row."""
    return {"stand": present.package.stand.isoformat()}


def new_stand(
    lines: Sequence[Line],
    base: Mapping[str, Sequence[Cells]],
    present: Present,
    file: str,
    problems: list[Problem],
    conflicts: list[Problem],
) -> tuple[dt.date, About]:
    """Read the Stand that the data shall have, and what is to be said of it.

    Parameters
    ----------
    lines
        The rows of its sheet; none where the workbook has no such sheet.
    base
        The tables and settings when the workbook was written.
    present
        The data as they are now.
    file
        The workbook's name.
    problems, conflicts
        Take what is wrong, and what others changed as well.
    """
    now = present.package.stand
    if SETTINGS_SHEET.table not in base:
        return now, About()
    old = base[SETTINGS_SHEET.table][0]["stand"]
    good = [line for line in lines if not line.bad]
    if len(lines) != 1 or len(good) != 1:
        if len(good) == len(lines):
            message = "Hier steht genau ein Tag: der Stand der Daten. Stellen Sie ihn wieder her."
            problems.append(Problem(f"{file}, Blatt „{SETTINGS}“", None, None, message))
        return now, About()
    text = good[0].cells["stand"]
    if text in (old, now.isoformat()):
        return now, About()
    new = dt.date.fromisoformat(text)
    if old != now.isoformat():
        message = (
            f"Nicht übernommen: Den Stand hat seit dem Export auch jemand in den Daten geändert. Beim Export "
            f"{german.date(dt.date.fromisoformat(old))}, jetzt {german.date(now)}, in dieser Mappe {german.date(new)}."
        )
        conflicts.append(good[0].place.problem("stand", message, text))
        return now, About()
    note = f"Stand der Daten: {german.date(now)} → {german.date(new)}"
    back = (f"Der Stand der Daten würde vom {german.date(now)} auf den {german.date(new)} zurückgesetzt.",)
    return new, About((note,), back if new < now else ())
