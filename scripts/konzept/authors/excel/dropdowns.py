"""Drop-down lists and what a cell accepts; lists stand on a hidden sheet."""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from konzept.authors.excel.keys import name_of, shown
from konzept.authors.excel.layout import LISTS, Field, Tables
from konzept.authors.excel.style import cell_at, write_text

LAST_ROW = 1_048_576
_PROMPT, _TITLE = 255, 32
"""Characters that Excel shows beside a cell."""


class Lists:
    """The hidden sheet of lists; each stands in a column and is written once."""

    def __init__(self, sheet: Worksheet, tables: Tables) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}
        self.names = {
            table: {cells["id"]: shown(cells["id"], name_of(cells)) for cells in rows if "id" in cells}
            for table, rows in tables.items()
        }
        """Table → key → „key – name“."""

    def range(self, field: Field) -> str | None:
        """Find or write the list of a column; None where there is nothing to choose from."""
        entries = tuple((self.names[field.reference] if field.reference else field.labels).values())
        if not entries:
            return None
        if entries not in self._known:
            column = len(self._known) + 1
            write_text(cell_at(self._sheet, 1, column), field.reference or field.heading)
            for row, entry in enumerate(entries, 2):
                write_text(cell_at(self._sheet, row, column), entry)
            name = get_column_letter(column)
            self._known[entries] = f"{quote_sheetname(LISTS)}!${name}$2:${name}${len(entries) + 1}"
        return self._known[entries]


def add_validation(target: Worksheet, column: int, first: int, field: Field, lists: Lists) -> None:
    """Offer a list, or hold cells to their type; explain the column when a cell is entered."""
    rule, error = _rule(field, lists)
    rule.allow_blank = True
    rule.errorStyle = "warning" if rule.type == "list" and field.reference else "stop"
    rule.showErrorMessage = error is not None
    rule.error = error
    rule.errorTitle = rule.promptTitle = field.heading[:_TITLE]
    rule.showInputMessage = bool(field.explanation)
    rule.prompt = _short(field.explanation, _PROMPT) or None
    rule.add(f"{get_column_letter(column)}{first}:{get_column_letter(column)}{LAST_ROW}")
    target.add_data_validation(rule)


def _rule(field: Field, lists: Lists) -> tuple[DataValidation, str | None]:
    """Give the rule of a column, and what is said of a cell that breaks it."""
    if where := lists.range(field) if field.labels or field.reference else None:
        # A row that is new in this workbook is named by its title, which no list knows yet.
        missing = "Das steht nicht in der Liste. Neue Zeilen nennen Sie mit ihrem Namen."
        return DataValidation(type="list", formula1=where), (
            missing if field.reference else "Bitte wählen Sie aus der Liste."
        )
    return {
        "date": (
            DataValidation(type="date", operator="greaterThan", formula1="1"),
            "Bitte schreiben Sie einen Tag, zum Beispiel 25.06.2025.",
        ),
        "integer": (
            DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0"),
            "Bitte schreiben Sie eine ganze Zahl ohne Punkt.",
        ),
        "number": (
            DataValidation(type="decimal", operator="greaterThan", formula1="-1000000000000"),
            "Bitte schreiben Sie eine Zahl mit Komma, ohne Punkt, zum Beispiel 6,55.",
        ),
    }.get(field.type, (DataValidation(), None))


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 2].rsplit(' ', 1)[0]} …"
