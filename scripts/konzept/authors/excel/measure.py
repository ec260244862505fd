"""One row of „Neue Maßnahme“ → lines of five tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from konzept.authors.excel.layout import FORM, Cells, Sheet
from konzept.authors.excel.sheets import Line
from konzept.data.problems import Problem

_OPEN = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}
"""What the form does not ask is open, not „nein“."""

_SOURCE = {"quelle_id": "quelle", "fundstelle": "fundstelle"}

_ROLES = {
    "federfuehrend": "federfuehrend",
    "beteiligt_1": "beteiligt",
    "beteiligt_2": "beteiligt",
    "beteiligt_3": "beteiligt",
}


def measure_line(form: Line, table: Sheet) -> Line:
    """Take the measure itself from a row of the form."""
    line = _line(form, table, {})
    line.cells |= {name: text for name, text in _OPEN.items() if name in line.cells}
    return line


def related_lines(form: Line, key: str, tables: Mapping[str, Sheet]) -> Iterator[tuple[str, Line]]:
    """Take goal, status, responsibilities and costs from a row of the form, each with its table."""
    owner = {"massnahme_id": key}
    yield "statusverlauf", _line(form, tables["statusverlauf"], owner)
    for table in ("massnahme_bezuege", "kosten"):
        if any(_says(form, name) for name, each, *_ in FORM if each == table):
            yield table, _line(form, tables[table], owner)
    for column, role in _ROLES.items():
        if _says(form, column):
            fixed = owner | {"rolle": role}
            yield "zustaendigkeiten", _line(form, tables["zustaendigkeiten"], fixed, akteur_id=column)


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


def _line(form: Line, table: Sheet, fixed: Cells, **own: str) -> Line:
    """Take the cells of one table: those the form has for it, and what is fixed."""
    columns = {column: name for name, each, column, *_ in FORM if each == table.table} | _SOURCE | own
    cells = dict.fromkeys((f.name for f in table.fields), "")
    cells |= {name: form.cells[each] for name, each in columns.items() if name in cells} | dict(fixed)
    bad = {name for name, each in columns.items() if each in form.bad}
    return Line(cells, form.place.renamed(columns), bad, new=True)
