"""`konzept freigeben`: notes that a body has approved a chapter as it is now."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from konzept.concept.known import APPROVALS
from konzept.data.csv_file import read_csv, written
from konzept.data.package import load_package
from konzept.data.problems import refused, suggestion
from konzept.data.reading import Reading, read_folder, refuse_older
from konzept.data.saving import save, state
from konzept.publishing.building import Tell, build_book
from konzept.site.approvals import NOTE
from konzept.words import german


def approve(
    project: Path, data: Path, field_id: str, *, body_id: str, day: dt.date, paper_number: str, tell: Tell
) -> str:
    """Write the row of an approval, with what the chapter shows.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    data
        The data folder; it has been checked.
    field_id
        The action field whose chapter was approved; it has one.
    body_id
        The body that approved it.
    day
        The day of the approval.
    paper_number
        Number of the council paper; may be empty.
    tell
        Takes lines of progress.

    Returns
    -------
    str
        The name of the body.

    Raises
    ------
    DataProblems
        The approval cannot be; nothing was written.
    konzept.publishing.building.BuildFailed
        The chapter could not be made; nothing was written.
    """
    package = load_package(data)
    refuse_older(package)
    before, reading = state(data), read_folder(data)
    key = {"handlungsfeld_id": field_id, "gremium_id": body_id, "tag": day.isoformat()}
    body = _body(reading, body_id)
    _refuse_impossible(reading, field_id, body_id, day)
    [pages] = build_book(project, data, only="html", tell=tell, publish=False)
    chapters = json.loads((pages / NOTE).read_text("utf-8"))
    table = read_csv(data / (file := package.tables[APPROVALS].file))
    row = {**key, "fingerabdruck": chapters[field_id], "vorlage_nr": paper_number}
    content, _ = written(table, [*table.records, row])
    save(data, {file: content.encode()}, before)
    return body


def _body(reading: Reading, body_id: str) -> str:
    names = {row["id"]: row["name"] for row in reading.rows["gremien"]}
    if body_id not in names:
        raise refused("--gremium", f"„{body_id}“ gibt es in gremien nicht.{suggestion(body_id, names)}")
    return str(names[body_id])


def _refuse_impossible(reading: Reading, field_id: str, body_id: str, day: dt.date) -> None:
    if day > dt.date.today():
        raise refused(
            "--tag",
            f"Der {german.date(day)} liegt in der Zukunft. Nennen Sie den Tag, an dem das Kapitel freigegeben wurde.",
        )
    key = (field_id, body_id, day)
    if any(
        (row["handlungsfeld_id"], row["gremium_id"], row["tag"]) == key for row in reading.rows[APPROVALS]
    ):
        raise refused(
            "--tag",
            f"Diese Freigabe vom {german.date(day)} steht schon in den Daten. Für eine neue Freigabe nennen Sie deren Tag; war die alte ein Versehen, löschen Sie ihre Zeile.",
        )
