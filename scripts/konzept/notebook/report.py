"""What the status report's notebook can show, in words of a cell."""

from __future__ import annotations

import os
from pathlib import Path

from konzept.concept.assembly import load_concept
from konzept.concept.comparing import compare
from konzept.concept.states import read_state, state_of
from konzept.data.reading import read_folder
from konzept.elements.changes import report
from konzept.notebook.book import DATA_VARIABLE
from konzept.notebook.output import Page, word
from konzept.words import official


def open_report(
    data_dir: str | None = None,
    *,
    seit: str,
    bis: str | None = None,
    vorlage: str = "",
    gremium: str = "",
    sitzung: str = "",
    oeffentlich: str = "",
) -> Report:
    """Compare two states for the status report.

    Parameters
    ----------
    data_dir
        The data folder; None takes the build's.
    seit
        The earlier state: a day, a printed PDF or a data folder.
    bis
        The day of the later state; None takes the data's own.
    vorlage, gremium, sitzung, oeffentlich
        The head of the council paper; empty leaves a line to write on.
    """
    folder = Path(data_dir or os.environ[DATA_VARIABLE])
    reading = read_folder(folder)
    day = official.last_day(bis) if bis else None
    comparison = compare(read_state(seit, reading), state_of(reading, day))
    head = report.Head(vorlage, gremium, sitzung, oeffentlich)
    return Report(report.Report(load_concept(folder, stand=day), comparison, head))


class Report(Page[report.Report]):
    """The status report as its notebook shows it."""

    head = word(report.head, "Show the head of the council paper.")
    nothing = word(report.nothing, "Say that nothing has changed.")
    highlights = word(report.highlights, "Name the most important changes.")
    costs = word(report.costs, "Show the amounts by stage.")
    fields = word(report.fields, "Tell what has changed, field by field.")
    participation = word(report.participation, "Tell what events and contributions are new.")
    missed = word(report.missed, "Name what was due and is not reported.")
    ahead = word(report.ahead, "Name what comes next.")
    corrections = word(report.corrections, "Name what was published otherwise before.")
    records = word(report.records, "Name what has only become known, was reworded or has left the data.")
    unknown = word(report.unknown, "Say what the sources leave out.")
