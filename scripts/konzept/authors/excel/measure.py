"""One row of „Neue Maßnahme“ → lines of five tables."""

from __future__ import annotations

from konzept.authors.excel.layout import Sheet
from konzept.authors.excel.sheets import Line
from konzept.data.problems import Problem

_OPEN = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}
"""What the form does not ask is open, not „nein“."""

_SOURCE = {"quelle_id": "quelle", "fundstelle": "fundstelle"}

_MEASURE = {
    "titel": "titel",
    "handlungsfeld_id": "handlungsfeld",
    "beschreibung": "beschreibung",
    "zielgruppe": "zielgruppe",
    "beginn": "beginn",
    "ende": "ende",
    "zeit_genauigkeit": "zeit_genauigkeit",
    **_SOURCE,
}
_GOAL = {"ziel_id": "ziel", "beleg": "ziel_beleg", **_SOURCE}
_STATUS = {
    "status": "status",
    "datum": "status_seit",
    "wortlaut": "status_wortlaut",
    "beleg": "status_beleg",
    "text": "status_text",
    **_SOURCE,
}
_COST = {
    "betrag_eur": "betrag",
    "art": "kosten_art",
    "jahr": "kosten_jahr",
    "genauigkeit": "kosten_genauigkeit",
    "haushaltsstand": "haushaltsstand",
    **_SOURCE,
}
_ROLES = {
    "federfuehrend": "federfuehrend",
    "beteiligt_1": "beteiligt",
    "beteiligt_2": "beteiligt",
    "beteiligt_3": "beteiligt",
}


def measure_line(form: Line, table: Sheet) -> Line:
    """Take the measure itself from a row of the form."""
    line = _line(form, table, _MEASURE)
    line.cells |= {name: text for name, text in _OPEN.items() if name in line.cells}
    return line


def related_lines(form: Line, key: str, tables: dict[str, Sheet]) -> dict[str, list[Line]]:
    """Take goal, status, responsibilities and costs from a row of the form."""
    owner = {"massnahme_id": key}
    lines: dict[str, list[Line]] = {
        "statusverlauf": [_line(form, tables["statusverlauf"], _STATUS, owner)],
        "massnahme_bezuege": [],
        "zustaendigkeiten": [],
        "kosten": [],
    }
    if _says(form, "ziel") or _says(form, "ziel_beleg"):
        lines["massnahme_bezuege"].append(_line(form, tables["massnahme_bezuege"], _GOAL, owner))
    for column, role in _ROLES.items():
        if _says(form, column):
            fixed = owner | {"rolle": role}
            columns = {"akteur_id": column, **_SOURCE}
            lines["zustaendigkeiten"].append(_line(form, tables["zustaendigkeiten"], columns, fixed))
    if any(_says(form, each) for name, each in _COST.items() if name not in _SOURCE):
        lines["kosten"].append(_line(form, tables["kosten"], _COST, owner))
    return lines


def _says(form: Line, column: str) -> bool:
    """Whether something stands in a cell, right or wrong."""
    return bool(form.cells[column]) or column in form.bad


def report_actors_twice(form: Line, problems: list[Problem]) -> None:
    """Name an actor that stands twice in a row of the form; its keys are known by now."""
    first: dict[str, str] = {}
    for column in _ROLES:
        key = form.cells[column]
        if key and column not in form.bad and first.setdefault(key, column) != column:
            message = (
                f"„{key}“ steht in dieser Zeile schon unter „{form.place.headings[first[key]]}“. "
                "Leeren Sie eine der beiden Zellen."
            )
            form.refuse(problems, column, message, key)


def _line(form: Line, table: Sheet, columns: dict[str, str], fixed: dict[str, str] | None = None) -> Line:
    cells = dict.fromkeys((f.name for f in table.fields), "")
    cells |= {name: form.cells[each] for name, each in columns.items() if name in cells} | (fixed or {})
    bad = {name for name, each in columns.items() if each in form.bad}
    return Line(cells, form.place.renamed(columns), bad, new=True)
