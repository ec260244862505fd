"""Paths → files to read: unpacked, judged by their bytes, with a checksum.

A file is looked through once before it is read as a table: what an office sends in place of one, and what was
cut off on the way, is told by its bytes.  Large files are never held in memory as a whole.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from konzept.authors.statistics.publishers import table_named
from konzept.data.files import BROKEN_ARCHIVE
from konzept.data.problems import DataProblems, Problem, refused
from konzept.words import german

_BLOCK = 1 << 20
_MOST = 2 << 30
"""More bytes than any table has that an office lets one download."""
AGAIN = "Laden Sie die Tabelle noch einmal herunter, als „CSV (Flat)“."
SHOWN = 3
_INDICATOR = re.compile(r"(?:^|/)data/indicator_[^/]*\.csv$")


@dataclass(frozen=True)
class Download:
    """A file as it was downloaded."""

    name: str
    """As messages name it."""
    table: str
    """The code of its table, where its name says it."""
    path: Path
    member: str
    """Its name in the archive; empty where it is none."""
    checksum: str
    encoding: str
    columns: tuple[str, ...]
    separator: str
    rows: int


def downloads(paths: Sequence[Path]) -> list[Download]:
    """Look through files, archives and folders of Open SDG.

    Raises
    ------
    DataProblems
        One of them is no table of an office; all that is wrong is told.
    """
    found: list[Download] = []
    problems: list[Problem] = []
    for path, member in _listed(paths, problems):
        try:
            found.append(_judged(path, member))
        except DataProblems as error:
            problems += error.problems
    names = [each.name for each in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(Problem(name, None, None, "Diese Datei ist zweimal genannt. Nennen Sie sie einmal."))
    if problems:
        raise DataProblems(problems)
    return found


def _listed(paths: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Name the files that paths mean, each with its name in its archive."""
    for path in paths:
        if path.is_dir():
            places = ("indicator_*.csv", "data/indicator_*.csv", "*/data/indicator_*.csv")
            inside = sorted(found for place in places for found in path.glob(place))
            if not inside:
                message = "In diesem Ordner liegt kein Open-SDG-Datensatz („data/indicator_….csv“). Nennen Sie dessen Ordner, oder einzelne Dateien."
                problems.append(Problem(path.name, None, None, message))
            yield from ((each, "") for each in inside)
        elif not path.is_file():
            problems.append(
                Problem(
                    path.name, None, None, "Diese Datei gibt es nicht. Prüfen Sie den Namen und den Ordner."
                )
            )
        elif zipfile.is_zipfile(path):
            try:
                yield from ((path, member) for member in _members(path))
            except DataProblems as error:
                problems += error.problems
        else:
            yield path, ""


def _members(path: Path) -> list[str]:
    """Name the tables of an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            if any(each.flag_bits & 1 for each in archive.infolist()):
                raise refused(
                    path, "Dieses Archiv ist mit einem Passwort geschützt. Entpacken Sie es selbst."
                )
            names = [each.filename for each in archive.infolist()]
            found = [name for name in names if name.lower().endswith(".csv")]
            # An archive of Open SDG holds the whole project; its data are called like this.
            found = [name for name in found if _INDICATOR.search(name)] or found
            if any(name.startswith("xl/") for name in names):
                raise refused(path, f"Das ist eine Arbeitsmappe von Excel. {AGAIN}")
    except BROKEN_ARCHIVE as error:
        raise refused(path, f"Dieses Archiv ist beschädigt. {AGAIN}") from error
    if not found:
        raise refused(path, f"In diesem Archiv liegt keine CSV-Datei. {AGAIN}")
    return found


@contextmanager
def opened(path: Path, member: str) -> Iterator[IO[bytes]]:
    """Open a file, or one of an archive, for reading."""
    if not member:
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as inside:
        yield inside


def _judged(path: Path, member: str) -> Download:
    """Look through a file once."""
    named = PurePosixPath(member or path.name).name
    name = f"{path.name}, {named}" if member else named
    try:
        with opened(path, member) as file:
            head = file.readline(_BLOCK)
            _refuse_what_is_no_table(name, head, file)
            separator, columns = _header(name, head)
            checksum, encoding, rows = _looked_through(name, head, file, separator, len(columns))
    except BROKEN_ARCHIVE as error:
        raise refused(name, f"Die Datei lässt sich nicht lesen; sie ist beschädigt. {AGAIN}") from error
    return Download(
        name,
        table_named(named) or table_named(path.name),
        path,
        member,
        checksum,
        encoding,
        tuple(columns),
        separator,
        rows,
    )


def _refuse_what_is_no_table(name: str, head: bytes, file: IO[bytes]) -> None:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:300]
    if not start:
        raise refused(name, f"Die Datei ist leer. {AGAIN}")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        raise refused(
            name,
            f"Die Datei ist in UTF-16 gespeichert oder keine Textdatei; die Ämter liefern UTF-8. {AGAIN}",
        )
    if start.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise refused(name, f"Das ist keine CSV-Datei. {AGAIN}")
    if start.startswith(b"<"):
        raise refused(
            name,
            "Das ist eine Webseite und keine Tabelle, meist die Seite zum Anmelden. "
            "Melden Sie sich im Browser an, und laden Sie die Tabelle von Neuem herunter, als „CSV (Flat)“.",
        )
    if start.startswith(b"{"):
        raise refused(name, _answer(head + file.read(_BLOCK)))


def _answer(content: bytes) -> str:
    """Say what an office answered instead of sending the table."""
    try:
        status = json.loads(content.decode("utf-8-sig"))["Status"]
        code, text = status["Code"], " ".join(str(status["Content"]).split())
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"Das ist eine Antwort des Webdienstes (JSON) und keine Tabelle. {AGAIN}"
    if code == 98:
        return (
            f"Das Amt hat keine Tabelle geschickt, sondern geantwortet (Nummer 98): „{german.shortened(text, 90)}“ "
            "Wählen Sie vor dem Herunterladen weniger Gebiete oder Jahre."
        )
    return f"Das Amt hat keine Tabelle geschickt, sondern geantwortet (Nummer {code}): „{german.shortened(text, 200)}“ {AGAIN}"


def _header(name: str, head: bytes) -> tuple[str, list[str]]:
    """Read the names of the columns, and what parts them."""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = head.decode("cp1252", "replace")
    separator = ";" if text.count(";") >= text.count(",") else ","
    try:
        return separator, [
            each.strip() for each in next(csv.reader([text.rstrip("\r\n")], delimiter=separator))
        ]
    except (csv.Error, StopIteration) as error:
        raise refused(name, f"Das ist keine Kopfzeile einer Tabelle. {AGAIN}", 1) from error


def _looked_through(
    name: str, head: bytes, file: IO[bytes], separator: str, width: int
) -> tuple[str, str, int]:
    """Give checksum, encoding and number of rows, or say where the file is no whole table."""
    digest = hashlib.sha256(head)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, size, rows = _decodes(decoder, head), len(head), 0
    rest = b""
    wrong: list[Problem] = []
    mark = separator.encode()
    while block := file.read(_BLOCK):
        size += len(block)
        if size > _MOST:
            raise refused(name, "Die Datei ist größer als jede Tabelle eines Amtes.")
        digest.update(block)
        utf8 = utf8 and _decodes(decoder, block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        found = _of_other_width(lines, mark, width, rows + 2, SHOWN - len(wrong))
        wrong += [Problem(name, line, None, sentence) for line, sentence in found]
        rows += len(lines)
    if rest or not head.endswith(b"\n"):
        line = rows + (2 if rest else 1)
        raise refused(
            name, f"Die Datei endet mitten in einer Zeile; sie ist nicht ganz angekommen. {AGAIN}", line
        )
    if wrong:
        raise DataProblems(wrong)
    if not rows:
        raise refused(name, f"Die Tabelle hat eine Kopfzeile, aber keine Werte. {AGAIN}")
    return digest.hexdigest(), "utf-8" if utf8 else "cp1252", rows


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _of_other_width(
    lines: list[bytes], mark: bytes, width: int, first: int, most: int
) -> Iterator[tuple[int | None, str]]:
    """Find rows whose cells do not fit the head."""
    if {line.count(mark) for line in lines} <= {width - 1} and not any(b"\r" in line[:-1] for line in lines):
        return
    for n, line in enumerate(lines):
        found = _width(line, mark)
        if found != width and most > 0:
            most -= 1
            cells = f"{found} statt {width} Zellen" if found else "einen Umbruch mitten in einer Zelle"
            yield (
                first + n,
                f"Die Zeile hat {cells}: Spalten sind verschoben, oder die Datei ist beschädigt. {AGAIN}",
            )


def _width(line: bytes, mark: bytes) -> int:
    """Count the cells of a line; 0 where it is broken within one."""
    if b"\r" in line[:-1]:
        return 0
    if b'"' not in line:
        return line.count(mark) + 1
    try:
        row = next(
            csv.reader([line.decode("utf-8", "replace").rstrip("\r")], delimiter=mark.decode(), strict=True),
            [],
        )
    except csv.Error:
        return 0
    return len(row)


def is_open_sdg(columns: Sequence[str]) -> bool:
    """Tell whether these are the columns of an indicator of Open SDG."""
    return "Year" in columns and "Value" in columns
