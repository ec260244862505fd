"""What the page „Mitschreiben“ types into its examples: a town's own first rows, or invented ones as long as it has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from konzept.data.package import Package
from konzept.data.reading import Reading

_ENOUGH = 3
"""So many values are drawn."""


def examples_of(reading: Reading, pages: Collection[str]) -> Mapping[str, str]:
    """Give what stands in examples, so that whoever types it changes sound data into sound data.

    Parameters
    ----------
    reading
        The town's data.
    pages
        Its pages, as their links name them.
    """
    package = reading.package
    assert package is not None
    source, day = _source(reading, package)
    field, chapter = _chapter(reading, pages)
    measures = reading.keys("massnahmen")
    return {
        "source": source,
        "day": f"{day:%d.%m.%Y}",
        "stand": f"{package.stand + dt.timedelta(days=30):%d.%m.%Y}",
        "measure": _measure(reading, day),
        "deleted": measures[-1] if measures else "m-beispiel",
        "field": field,
        "chapter": chapter,
        "indicator": _indicator(reading, field),
        "event": next(
            (row["id"] for row in reading.rows["ereignisse"] if row["art"] == "befragung"), "e-umfrage"
        ),
    }


def _source(reading: Reading, package: Package) -> tuple[str, dt.date]:
    """Choose a document that may tell a status, and the newest day for which it can."""
    rows = reading.rows["dokumente"]
    for row in rows:
        if row["datum"] is None and row["art"] != "gesetz":
            return row["id"], package.stand
    dated = [row for row in rows if row["datum"] and row["datum"] <= package.stand]
    newest = max(dated, key=lambda row: row["datum"], default=None)
    return (newest["id"], newest["datum"]) if newest else ("d-beispiel", package.stand)


def _measure(reading: Reading, day: dt.date) -> str:
    """Choose a measure whose status may change on a day."""
    newest: dict[str, dt.date] = {}
    for row in reading.rows["statusverlauf"]:
        newest[row["massnahme_id"]] = max(row["datum"], newest.get(row["massnahme_id"], dt.date.min))
    known = reading.keys("massnahmen")
    free = (key for key in known if newest.get(key, dt.date.min) < day)
    return next(free, known[0] if known else "m-beispiel")


def _chapter(reading: Reading, pages: Collection[str]) -> tuple[str, str]:
    """Choose a field that has goals, and its chapter: the first, whether it is written yet or not."""
    chapters = {
        page.removeprefix("chapters/").partition("-")[2]: page
        for page in sorted(pages)
        if page.startswith("chapters/")
    }
    aims = {row["handlungsfeld_id"] for row in reading.rows["ziele"]}
    fields = reading.keys("handlungsfelder")
    field = next(
        (key for key in fields if key in chapters and key in aims), fields[0] if fields else "bildung"
    )
    return field, chapters.get(field, f"chapters/01-{field}")


def _indicator(reading: Reading, field: str) -> str:
    values = [row["indikator_id"] for row in reading.rows["messwerte"] if row["wert"] is not None]
    own = [row["id"] for row in reading.rows["indikatoren"] if row["handlungsfeld_id"] == field]
    drawn = (key for key in own if values.count(key) >= _ENOUGH)
    return next(drawn, own[0] if own else "i-beispiel")
