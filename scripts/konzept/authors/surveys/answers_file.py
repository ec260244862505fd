"""A table as survey programs and spreadsheets write it → heads and cells, whatever its signs and letters are."""

from __future__ import annotations

import codecs
import csv
import errno
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from konzept.authors.excel.cells import RawCell, clean
from konzept.authors.excel.raw_sheets import Grid, open_workbook
from konzept.data.files import content
from konzept.data.problems import Problem, refused

_MOST = 100 << 20
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, new ones and old."""
_DELIMITERS = (",", ";", "\t", "|")
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True)
class AnswersFile:
    """The heads of a table, and its rows with the line of each."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def problem(self, message: str, row: int | None = None, column: str | None = None) -> Problem:
        """Say what is wrong, and where."""
        return Problem(self.name, None if row is None else self.lines[row], column, message)


def read_answers(path: Path) -> AnswersFile:
    """Read a table from CSV or from the first sheet of a workbook.

    Raises
    ------
    DataProblems
        It is no such table; the problem says what it is.
    """
    try:
        raw = content(path, _MOST)
    except FileNotFoundError:
        raise refused(path, "Diese Datei gibt es nicht.") from None
    except OSError as error:
        reason = "ist größer als 100 Megabyte" if error.errno == errno.EFBIG else "lässt sich nicht lesen"
        raise refused(path, f"Die Datei {reason}. Prüfen Sie, ob es die richtige ist.") from None
    if raw.startswith(_WORKBOOKS):
        return _table(path, _of_workbook(path))
    return _table(path, _of_text(path, _text(path, raw)))


def _text(path: Path, raw: bytes) -> str:
    """Read the letters of a file: what is not in UTF-8 comes from Excel or from an old program."""
    encoding = next((name for mark, name in _ENCODINGS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace") if encoding == "utf-8" else "\0"
    if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
        raise refused(
            path,
            "Die Datei ist keine Texttabelle oder beschädigt. Exportieren Sie die Antworten neu, als CSV oder Excel.",
        )
    if not text.strip():
        raise refused(path, "Die Datei ist leer. Exportieren Sie die Antworten neu.")
    if text.lstrip().startswith("<"):
        raise refused(
            path,
            "Das ist eine Webseite, keine Tabelle; oft ist die Anmeldung abgelaufen. Exportieren Sie die Antworten neu.",
        )
    return text


Lines = Iterator[tuple[int, list[str]]]


def _of_text(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Read CSV with the sign between its cells that fits best: the one by which all rows are as long as their heads."""
    found = []
    for delimiter in _DELIMITERS:
        try:
            lines = [(line, cells) for line, cells in _csv_lines(text, delimiter) if any(cells)]
        except csv.Error:
            continue
        width = len(lines[0][1])
        found.append((width > 1 and all(len(cells) == width for _, cells in lines), width, lines))
    if not found:
        raise refused(
            path,
            "Ein Anführungszeichen ist nicht geschlossen; die Datei ist wohl abgeschnitten. Exportieren Sie neu.",
        )
    return max(found, key=lambda each: each[:2])[2]


def _csv_lines(text: str, delimiter: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _of_workbook(path: Path) -> list[tuple[int, list[str]]]:
    """Read the first sheet that is not empty."""
    grids = [grid for grid in open_workbook(path).values() if grid.rows]
    if not grids:
        raise refused(path, "Die Arbeitsmappe ist leer. Exportieren Sie die Antworten neu.")
    if grids[0].merged:
        raise refused(
            path,
            f"Die Zellen {grids[0].merged[0]} sind verbunden. Heben Sie die Verbindung auf; jede Antwort hat ihre Zelle.",
        )
    return list(_grid_lines(grids[0]))


def _grid_lines(grid: Grid) -> Lines:
    width = max(max(cells) for cells in grid.rows.values())
    for line in sorted(grid.rows):
        cells = grid.rows[line]
        yield line, [_shown(cells[n]) if n in cells else "" for n in range(1, width + 1)]


def _shown(cell: RawCell) -> str:
    """Write a cell as CSV has it."""
    value = cell.value
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(path: Path, lines: list[tuple[int, list[str]]]) -> AnswersFile:
    """Take the first row for heads, and see that all others have as many cells."""
    (_, first), *others = lines
    heads = [plain(head) for head in first]
    while heads and not heads[-1]:
        heads.pop()
    if not others:
        raise refused(path, "Unter der Kopfzeile steht keine Antwort. Exportieren Sie die Antworten neu.")
    rows = []
    for line, cells in others:
        found = [plain(cell) for cell in cells]
        if len(found) < len(heads) or any(found[len(heads) :]):
            raise refused(
                path,
                f"Die Zeile hat {len(found)} statt {len(heads)} Zellen; die Datei ist abgeschnitten oder verschoben. Exportieren Sie neu.",
                line,
            )
        rows.append(tuple(found[: len(heads)]))
    if "" in heads:
        raise refused(
            path, f"Die {heads.index('') + 1}. Spalte hat keine Überschrift. Exportieren Sie neu.", 1
        )
    return AnswersFile(path.name, tuple(heads), tuple(rows), tuple(line for line, _ in others))


def plain(text: str) -> str:
    r"""Give a text without markup, entities and idle white space.

    Examples
    --------
    >>> plain("<p>Was fehlt&nbsp;Ihnen?</p>\n"), plain("< 5 Jahre")
    ('Was fehlt Ihnen?', '< 5 Jahre')
    """
    return " ".join(clean(html.unescape(_TAG.sub(" ", text))).split())
