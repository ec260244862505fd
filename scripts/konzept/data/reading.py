"""CSV files → typed tables; problems are collected, never raised one by one.

Our reader takes what Excel and editors really write (byte order mark or not, German dates)
and keeps the line of every row.  Types, constraints and primary keys come from the schema:
`columns` reads by them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konzept.data.columns import Sheet, Values, typed
from konzept.data.files import content
from konzept.data.older_tables import Layout, layout_of
from konzept.data.package import Column, Package, Table, load_package
from konzept.data.plainjson import PackageError
from konzept.data.problems import DataProblems, Problem, suggestion
from konzept.data.saving import State, state
from konzept.data.town import TOWN
from konzept.words.areas import Area, area_meant, may_be_meant
from konzept.words.letters import no_text

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"integer": "Int64", "number": "Float64"}
_TRIES = 5
"""So often a folder is read again that changes while it is read."""
UNREADABLE = (
    "Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen."
)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """What a data folder holds: typed rows, the line of each, and all problems."""

    package: Package | None
    rows: Mapping[str, Rows]
    """None for an empty cell; shared by all who read the same folder, so nobody may change them."""
    lines: Mapping[str, tuple[int, ...]]
    problems: tuple[Problem, ...]

    def keys(self, table: str) -> list[str]:
        """Name the keys that a table holds; where a row has lost its own, there is none."""
        return [row["id"] for row in self.rows.get(table, ()) if row["id"]]

    @cached_property
    def observations(self) -> Mapping[str, Rows]:
        """The rows of observed values by their indicator: whoever asks for one need not go through all."""
        found: dict[str, Rows] = defaultdict(list)
        for row in self.rows.get("messwerte", ()):
            found[row["indikator_id"]].append(row)
        return found

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Give the rows as data frames."""
        return frames(self.package, self.rows) if self.package else {}


def frames(package: Package, rows: Mapping[str, Rows]) -> dict[str, pd.DataFrame]:
    """Give rows as data frames."""
    # Imported here because a check needs no pandas.
    import pandas as pd

    found = {}
    for name, table in package.tables.items():
        frame = pd.DataFrame(rows[name], columns=[c.name for c in table.columns], dtype=object)
        found[name] = frame.astype({c.name: _DTYPES[c.type] for c in table.columns if c.type in _DTYPES})
    return found


def read_folder(folder: Path, *, older: bool = False) -> Reading:
    """Read all tables of a data folder.

    Parameters
    ----------
    folder
        The data folder with `kommune.json` and one CSV file a table.
    older
        Whether it is of an older edition, whose schema may lack what came later.

    Returns
    -------
    Reading
        Tables without rows where a file could not be read; the problems say why.
    """
    for _ in range(_TRIES):
        before = state(folder)
        reading = _read(folder, before, older)
        # Files that an import exchanged in between would be a mix of old and new.
        if state(folder) == before:
            break
    return reading


@lru_cache(maxsize=2)
def _read(folder: Path, before: State, older: bool) -> Reading:
    """Read a state of the folder once, whoever asks: the check, the concept, the list of sources."""
    try:
        package = load_package(folder, older=older)
    except PackageError as error:
        told = (line.partition(": ") for line in str(error).splitlines())
        return Reading(None, {}, {}, tuple(Problem(place, None, None, message) for place, _, message in told))
    problems: list[Problem] = []
    sheets = {name: read_sheet(package, table, problems)[0] for name, table in package.tables.items()}
    readable = not problems
    values = {name: _values(package, sheet, problems) for name, sheet in sheets.items()}
    if readable:
        # A table that could not be read would make every key that points to it look wrong.
        problems += _lost_keys(package, sheets)
    return Reading(
        package,
        {name: _rows(columns) for name, columns in values.items()},
        {name: tuple(sheet.lines) for name, sheet in sheets.items()},
        tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or "", p.message))),
    )


def refuse_older(package: Package) -> None:
    """Refuse to write into tables of an older schema: their files lack columns of today.

    Raises
    ------
    DataProblems
        They are of an older version than the program's.
    """
    if package.is_older:
        raise DataProblems(
            [
                Problem(
                    f"{package.folder.name}/{TOWN}",
                    None,
                    None,
                    "Die Tabellen sind für eine ältere Fassung des Programms geschrieben. Geben Sie zuerst „konzept upgrade“ ein.",
                )
            ]
        )


def place(package: Package, table: str) -> str:
    """Name a table's file as messages do."""
    return f"{package.folder.name}/{package.tables[table].file}"


def read_sheet(
    package: Package, table: Table, problems: list[Problem], *, others: bool = False
) -> tuple[Sheet, Layout]:
    """Read one file as text and report everything that keeps it from being a table.

    Parameters
    ----------
    package, table
        The data and the table.
    problems
        Takes what is found.
    others
        Whether the file may have columns that the schema does not know.

    Returns
    -------
    tuple of Sheet and Layout
        The rows in the columns of today, and where those stand in the file.
    """
    sheet = Sheet(table, [], [])
    layout = Layout(tuple(range(len(table.columns))))
    file = place(package, table.name)

    def report(message: str, line: int | None = None, column: str | None = None) -> None:
        problems.append(Problem(file, line, column, message))

    text = _text_of(package, table, report)
    if text is None:
        return sheet, layout
    # Excel for Windows ends lines with CR LF, older Macs with CR alone.
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=";", strict=True)
    line = 1
    try:
        header = [cell.strip() for cell in next(reader, [])]
        while header and not header[-1]:
            header.pop()  # Excel writes an empty column where one was formatted
        if not header:
            report("Die Datei ist leer. Sie braucht mindestens die Kopfzeile.")
            return sheet, layout
        expected = [column.name for column in table.columns]
        if package.is_older:
            layout = layout_of(header, table, package.version)
            expected = _expected(header, layout, table, others=others)
        if not _check_header(header, expected, report):
            return sheet, layout
        line, quoted = reader.line_num + 1, '"' in text
        for raw in reader:
            cells = list(map(str.strip, raw))
            if quoted and not _quotes_are_sound(lines[line - 1 : reader.line_num]):
                report(_QUOTES, line)
            elif any(cells):
                _take_row(cells, line, sheet, header, report)
            line = reader.line_num + 1
    except csv.Error:
        report(_QUOTES, line)
    sheet.rows[:] = [layout.row(cells) for cells in sheet.rows] if not layout.same else sheet.rows
    _report_strange_letters(sheet, report)
    return sheet, layout


def _text_of(package: Package, table: Table, report: Callable[..., None]) -> str | None:
    """Read a table's file, or say why it cannot be read."""
    try:
        # A letter may be typed as one character or, as on a Mac, as two: ä, or a and dots.  Whoever searches types one.
        text = unicodedata.normalize("NFC", content(package.folder / table.file).decode("utf-8-sig"))
    except FileNotFoundError:
        if table.since <= package.version:
            report("Diese Datei fehlt. Holen Sie sie zurück, zum Beispiel aus der letzten Fassung in git.")
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        report(
            "Die Datei ist nicht in UTF-8 gespeichert. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
            line,
        )
        return None
    except OSError:
        report(UNREADABLE)
        return None
    if "\0" in text.partition("\n")[0]:
        report(
            "Die Datei enthält Nullzeichen; sie ist keine CSV-Datei oder beschädigt. Holen Sie ihre letzte Fassung aus git zurück."
        )
        return None
    return text


def _expected(header: list[str], layout: Layout, table: Table, *, others: bool) -> list[str]:
    """Name the columns that an older file should have: its own, in any order, and those that it has lost."""
    known = [name for name in header if name not in layout.left]
    if len(set(header)) == len(header) and all(header) and not layout.lacking and (others or not layout.left):
        return header
    return [*known, *layout.lacking]


_QUOTES = (
    "Ein Anführungszeichen ist nicht richtig geschlossen. Um einen Text mit Semikolon oder Anführungszeichen "
    "stehen gerade Anführungszeichen, und die in seinem Inneren sind verdoppelt."
)
_QUOTED = r'[ \t]*(?:"(?:[^"]|"")*"|[^";\r\n]*)[ \t]*'
_SOUND = re.compile(rf"{_QUOTED}(?:;{_QUOTED})*[\r\n]*")


def _quotes_are_sound(lines: list[str]) -> bool:
    """Tell whether quotation marks stand only around cells: the reader takes others for text."""
    typed = "".join(lines)
    return '"' not in typed or _SOUND.fullmatch(typed) is not None


def _take_row(
    cells: list[str], line: int, sheet: Sheet, header: list[str], report: Callable[..., None]
) -> None:
    """Keep a row, or say why it is none."""
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) == len(header) + 1 and not cells[0] and header[0] in sheet.table.key:
        report(
            "Die Zeile ist um eine Zelle nach rechts gerückt. Löschen Sie die leere Zelle an ihrem Anfang.",
            line,
            header[0],
        )
        return
    if len(cells) != len(header):
        report(
            f"Die Zeile hat {len(cells)} statt {len(header)} Zellen. "
            "Oft fehlen Anführungszeichen um einen Text, der ein Semikolon enthält.",
            line,
        )
        return
    if cells == header:
        report("Die Kopfzeile steht ein zweites Mal. Löschen Sie diese Zeile.", line)
        return
    sheet.rows.append(cells)
    sheet.lines.append(line)


_LOST = re.compile("\N{REPLACEMENT CHARACTER}|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
"""What umlauts and quotation marks become when UTF-8 is read as another encoding."""


def _report_strange_letters(sheet: Sheet, report: Callable[..., None]) -> None:
    for column, cells in zip(sheet.table.columns, sheet.columns.values(), strict=True):
        # A column repeats its cells: each is looked at once.
        strange = {c: message for c in set(cells) if (message := _strange_letters(c, column, sheet.table))}
        for line, cell in zip(sheet.lines, cells, strict=True) if strange else ():
            if cell in strange:
                report(strange[cell], line, column.name)


def _strange_letters(cell: str, column: Column, table: Table) -> str | None:
    """Find what nobody typed on purpose: invisible characters, and umlauts lost on the way."""
    if cell.isascii() and cell.isprintable():
        return None
    if match := _LOST.search(cell):
        return (
            f"Hier steht „{match[0]}“; ein Umlaut oder ein Anführungszeichen ist beim Umwandeln verloren gegangen. "
            "Tippen Sie das Wort neu."
        )
    compared = column.enum or column.pattern or column.name in {"id", *table.references}
    return no_text(cell, key=bool(compared) or column.type != "string")


def _check_header(header: list[str], expected: list[str], report: Callable[..., None]) -> bool:
    if len(header) == 1 and len(expected) > 1:
        report(
            "Die Spalten sind nicht mit Semikolon getrennt. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
            1,
        )
        return False
    if header == expected:
        return True
    for name in expected:
        if name not in header:
            report("Diese Spalte fehlt. Ergänzen Sie sie in der Kopfzeile.", 1, name)
        elif header.count(name) > 1:
            report("Diese Spalte steht doppelt. Löschen Sie eine von beiden.", 1, name)
    for number, name in enumerate(header, 1):
        if not name:
            report(f"Die {number}. Spalte hat keine Überschrift. Ergänzen oder löschen Sie sie.", 1)
        elif name not in expected:
            left = [n for n in expected if n not in header]
            report(f"Diese Spalte kennt die Tabelle nicht.{suggestion(name, left)}", 1, name)
    if sorted(header) == sorted(expected):
        # Headings moved without their cells would look the same as whole columns moved.
        at = next(i for i, name in enumerate(header) if name != expected[i])
        report(
            f"Die Spalten stehen in anderer Reihenfolge; hier gehört „{expected[at]}“ hin. "
            "Stellen Sie die Reihenfolge wieder her.",
            1,
            header[at],
        )
    return False


def _values(package: Package, sheet: Sheet, problems: list[Problem]) -> Values:
    """Give a table's values and say what is wrong with them."""
    resources = package.descriptor["resources"]
    schema = next(r["schema"] for r in resources if r["name"] == sheet.table.name)
    values, found = typed(sheet, schema, place(package, sheet.table.name))
    problems += found
    # What stands in a column of fixed words knows its label.
    return {column.name: column.worded(values[column.name]) for column in sheet.table.columns}


def _rows(values: Values) -> Rows:
    return [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]


def _lost_keys(package: Package, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Find keys that the table they point to does not have."""
    columns = {name: sheet.columns for name, sheet in sheets.items()}
    for sheet in sheets.values():
        for name, (table, target) in sheet.table.references.items():
            known = columns[table][target]
            if "" in known:
                continue  # A row has lost its key; it is said there, and what points to it is right.
            lost = set(columns[sheet.table.name][name]) - {*known, ""}
            for line, key in zip(sheet.lines, columns[sheet.table.name][name], strict=True):
                if key in lost:
                    hint = _area_hint(key, columns[table]) if table == _AREAS else suggestion(key, known)
                    message = f"„{key}“ gibt es in {table} nicht.{hint}"
                    yield Problem(place(package, sheet.table.name), line, name, message, key)


_AREAS = "gebiete"


def _area_hint(text: str, columns: Mapping[str, Sequence[str]]) -> str:
    """Suggest the area that an official name or key means, never a part of the town by mistake."""
    cells = zip(*(columns[name] for name in ("id", "name", "ebene", "ags")), strict=True)
    areas = [Area(*each) for each in cells]
    if key := area_meant(text, areas):
        return f" Schreiben Sie seine Kennung „{key}“."
    return suggestion(text, [area.key for area in areas if may_be_meant(text, area)])
