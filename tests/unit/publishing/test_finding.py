"""What the desk finds in a project's data."""

from __future__ import annotations

from pathlib import Path

from konzept.data.package import load_package
from konzept.publishing.desk.finding import sheets


def test_a_row_is_named_as_in_the_workbook_also_where_a_cell_takes_several_lines(real: Path) -> None:
    package = load_package(real)
    plain = sheets(package, {"massnahmen": (2, 3, 4)})["data/massnahmen.csv"]
    assert (plain["titel"], plain["versatz"], plain["zeilen"]) == ("Maßnahmen", 2, [])
    assert sheets(package, {"massnahmen": (2, 5, 6)})["data/massnahmen.csv"]["zeilen"] == [2, 5, 6]
