"""A new status is shown everywhere once the schema has it; its names in other languages stand in `languages.json`."""

import json
from pathlib import Path

import pytest

from allowed import STATUSES
from folders import SCHEMA, rows, write
from konzept.authors.excel.layout import table_sheets
from konzept.concept.assembly import load_concept
from konzept.concept.schedule import CLOSED, schedule
from konzept.concept.standing import finding
from konzept.data import package as package_module
from konzept.elements.content import Table
from konzept.elements.explorer.material import material_of
from konzept.elements.fields import overview
from konzept.elements.goals.table import goals_table
from konzept.elements.measures import catalogue
from konzept.elements.palette import STATUS_LOOKS, look_of
from konzept.elements.status.figure import status_figure
from konzept.elements.status.tables import criteria_table, matrix

INVENTED = {
    "value": "in_erprobung",
    "label": "in Erprobung",
    "phase": "Umsetzung",
    "kriterium": "Ein Versuch läuft.",
    "nachweis": "Bericht",
}


def text_of(table: Table | None) -> str:
    assert table is not None
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def test_a_status_needs_one_place(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    described = json.loads(SCHEMA.read_text("utf-8"))
    table = next(r for r in described["resources"] if r["name"] == "statusverlauf")
    column = next(f for f in table["schema"]["fields"] if f["name"] == "status")
    at = [c["value"] for c in column["categories"]].index("in_umsetzung")
    column["categories"].insert(at, INVENTED)
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(package_module, "SCHEMA", path)
    history = rows(data, "statusverlauf")
    row = history[0]
    row["status"] = "in_erprobung"
    write(data, "statusverlauf", history)

    concept = load_concept(data)
    package = concept.package
    field, measure = next((f, m) for f in concept.fields for m in f.measures if m.id == row["massnahme_id"])
    status = measure.status
    assert status is not None
    assert [str(s) for s in package.statuses] == [*list(STATUSES)[:at], "in_erprobung", *list(STATUSES)[at:]]
    assert status.acting
    assert not status.preparing
    assert look_of(status) in STATUS_LOOKS
    assert "eine ist als „in Erprobung“ eingeordnet" in finding(field.measures, measure.history[-1].day)
    assert schedule(measure, concept.stand) != CLOSED

    figure = status_figure(concept, field)
    assert figure is not None
    assert ["in Erprobung", measure.title] in [list(line[:2]) for line in figure.csv]
    assert "in Erprobung" in str(figure.wide.layout.yaxis.ticktext)
    fills = {trace.customdata[0]: trace.marker.color for trace in figure.wide.data}
    assert fills[measure.title] == STATUS_LOOKS["in_umsetzung"].fill[0]

    shown = matrix(concept)
    assert shown is not None
    assert [c.status for c in shown.columns if c.title == "in Erprobung"] == [look_of(status)]
    assert "Ein Versuch läuft." in text_of(criteria_table(concept))
    assert "in Erprobung" in text_of(goals_table(field))
    register = catalogue.register(concept)
    assert register is not None
    assert "in Erprobung" in [entry.head.text for index in register.lists for entry in index.entries]
    assert (look_of(status), "in Erprobung") in overview.cards(concept).legend

    sheet = next(s for s in table_sheets(package) if s.table == "statusverlauf")
    assert sheet.field("status").labels["in_erprobung"] == "in Erprobung"

    material = material_of(concept)
    assert ["in_erprobung", "in Erprobung"] in material["statuses"]
    assert [m["status"] for m in material["measures"] if m["id"] == measure.id] == ["in_erprobung"]
