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
from konzept.notebook.output import show
from konzept.words import german


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
    day = german.last_day(bis) if bis else None
    comparison = compare(read_state(seit, reading), state_of(reading, day))
    head = (vorlage, gremium, sitzung, oeffentlich)
    return Report(report.Report(load_concept(folder, stand=day), comparison), head)


class Report:
    """The status report as its notebook shows it."""

    def __init__(self, data: report.Report, head: tuple[str, str, str, str]) -> None:
        self.data = data
        self._head = head

    def head(self) -> None:
        """Show the head of the council paper."""
        show(*report.head(self.data, *self._head))

    def nothing(self) -> None:
        """Say that nothing has changed."""
        show(report.nothing(self.data))

    def highlights(self) -> None:
        """Name the most important changes."""
        show(report.highlights(self.data))

    def costs(self) -> None:
        """Show the amounts by stage."""
        show(*report.costs(self.data))

    def fields(self) -> None:
        """Tell what has changed, field by field."""
        show(*report.fields(self.data))

    def participation(self) -> None:
        """Tell what events and contributions are new."""
        show(*report.participation(self.data))

    def missed(self) -> None:
        """Name what was due and is not reported."""
        show(*report.missed(self.data))

    def ahead(self) -> None:
        """Name what comes next."""
        show(*report.ahead(self.data))

    def corrections(self) -> None:
        """Name what was published otherwise before."""
        show(*report.corrections(self.data))

    def records(self) -> None:
        """Name what has only become known, was reworded or has left the data."""
        show(*report.records(self.data))

    def unknown(self) -> None:
        """Say what the sources leave out."""
        show(*report.unknown(self.data))
