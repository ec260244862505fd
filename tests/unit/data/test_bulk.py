"""Bad input in bulk: real tables and chapters, spoilt at random with a fixed seed.

Whatever is done to them, either the tables are read as they were, or a German sentence names file and
place; nothing is dropped in silence and nothing ends in a traceback.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import MORE
from folders import PROJECT, schema, small_copy
from konzept.authors.chapters.checking import check_chapters
from konzept.data.describing import limits
from konzept.data.problems import Problem
from konzept.data.reading import Reading, read_folder
from konzept.data.rules import apply_rules

SEED = 20250625
TIMES = 4 * MORE
"""So often each way to spoil a table or a chapter is tried."""

_ENGLISH = re.compile(r"\b(?:the|is not|error|Error|invalid|expected|could not|None|nan|constraint)\b")


@dataclass
class Csv:
    """A table as it stands in its file."""

    table: str
    cells: list[list[str]]
    random: random.Random

    def text(self) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\n").writerows(self.cells)
        return out.getvalue()

    def body(self) -> int:
        return self.random.randrange(1, len(self.cells))

    def column(self, *kinds: str) -> int | None:
        """Choose a column of these types."""
        found = [i for i, f in enumerate(_fields(self.table)) if f["type"] in kinds]
        return self.random.choice(found) if found else None

    def filled(self, column: int) -> int | None:
        """Choose a row in which a column is filled."""
        found = [i for i in range(1, len(self.cells)) if self.cells[i][column]]
        return self.random.choice(found) if found else None


def _fields(table: str) -> list[dict]:
    return next(r for r in schema()["resources"] if r["name"] == table)["schema"]["fields"]


Spoil = Callable[[Csv], str | bytes | None]
"""Gives the file's new content, or None where the table offers nothing to spoil in this way."""


def delimiter(sheet: Csv) -> str:
    return sheet.text().replace(";", sheet.random.choice([",", "\t", "|"]))


def other_encoding(sheet: Csv) -> bytes:
    kind = sheet.random.choice(["cp1252", "utf-16", "utf-16-le", "mac_roman", "utf-8-sig"])
    return sheet.text().encode(kind, "replace")


def twice_encoded(sheet: Csv) -> bytes:
    return sheet.text().encode().decode("cp1252", "replace").encode()


def second_header(sheet: Csv) -> str:
    sheet.cells.insert(sheet.body(), list(sheet.cells[0]))
    return sheet.text()


def missing_column(sheet: Csv) -> str:
    gone = sheet.random.randrange(len(sheet.cells[0]))
    sheet.cells = [[c for i, c in enumerate(row) if i != gone] for row in sheet.cells]
    return sheet.text()


def missing_heading(sheet: Csv) -> str:
    sheet.cells[0][sheet.random.randrange(len(sheet.cells[0]))] = ""
    return sheet.text()


def misspelt_heading(sheet: Csv) -> str:
    at = sheet.random.randrange(len(sheet.cells[0]))
    sheet.cells[0][at] = sheet.cells[0][at].upper()
    return sheet.text()


def extra_cell(sheet: Csv) -> str:
    sheet.cells[sheet.body()].insert(
        sheet.random.randrange(len(sheet.cells[0])), sheet.random.choice(["", "mehr"])
    )
    return sheet.text()


def too_few_cells(sheet: Csv) -> str:
    sheet.cells[sheet.body()].pop()
    return sheet.text()


def empty_cells_at_the_end(sheet: Csv) -> str:
    for row in sheet.cells:
        row += ["", ""]
    return sheet.text()


def broken_quote(sheet: Csv) -> str:
    text = sheet.text()
    at = sheet.random.randrange(text.index("\n") + 1, len(text))
    return text[:at] + '"' + text[at:]


def lost_quote(sheet: Csv) -> str | None:
    text = sheet.text()
    marks = [m.start() for m in re.finditer('"', text)]
    if not marks:
        return None
    at = sheet.random.choice(marks)
    return text[:at] + text[at + 1 :]


def swapped_columns(sheet: Csv) -> str:
    """Move whole columns, head and all."""
    one, other = sheet.random.sample(range(len(sheet.cells[0])), 2)
    for row in sheet.cells:
        row[one], row[other] = row[other], row[one]
    return sheet.text()


def swapped_headings(sheet: Csv) -> str:
    one, other = sheet.random.sample(range(len(sheet.cells[0])), 2)
    head = sheet.cells[0]
    head[one], head[other] = head[other], head[one]
    return sheet.text()


def _in_column(sheet: Csv, kinds: tuple[str, ...], edit: Callable[[str], str]) -> str | None:
    column = sheet.column(*kinds)
    row = sheet.filled(column) if column is not None else None
    if row is None or column is None:
        return None
    sheet.cells[row][column] = edit(sheet.cells[row][column])
    return sheet.text()


def ambiguous_number(sheet: Csv) -> str | None:
    return _in_column(sheet, ("number", "integer"), lambda _: sheet.random.choice(["1.234", "33.000", "1.5"]))


def no_number(sheet: Csv) -> str | None:
    words = [
        "viel",
        "ca. 20",
        "20 %",
        "1,2,3",
        "1e5",
        "½",
        "#REF!",
        "=1+1",
        "−5",
        "5 000",
        "0x10",
        ",5",
        "5,",
    ]
    return _in_column(sheet, ("number", "integer"), lambda _: sheet.random.choice(words))


def no_day(sheet: Csv) -> str | None:
    words = [
        "31.02.2023",
        "2023-02-31",
        "30.08.53",
        "August 2023",
        "45168",
        "2023/08/30",
        "00.00.0000",
        "heute",
    ]
    return _in_column(sheet, ("date",), lambda _: sheet.random.choice(words))


def german_day(sheet: Csv) -> str | None:
    """Write a day as Germans do; it is the same day."""
    return _in_column(sheet, ("date",), lambda day: "{2}.{1}.{0}".format(*day.split("-")))


def blanks_around(sheet: Csv) -> str | None:
    blanks = [" ", "   ", "\t", "\N{NO-BREAK SPACE}"]
    return _in_column(
        sheet,
        ("string", "number", "integer", "date"),
        lambda cell: f"{sheet.random.choice(['', *blanks])}{cell}{sheet.random.choice(blanks)}",
    )


def invisible(sheet: Csv) -> str | None:
    def edit(cell: str) -> str:
        at = sheet.random.randint(0, len(cell))
        return cell[:at] + sheet.random.choice("\u200b\ufeff\u2060\u00ad") + cell[at:]

    return _in_column(sheet, ("string", "number", "integer", "date"), edit)


def control_character(sheet: Csv) -> str | None:
    return _in_column(
        sheet, ("string", "number", "date"), lambda cell: cell + sheet.random.choice("\x07\x1b\x00") + "x"
    )


def doubled_row(sheet: Csv) -> str:
    sheet.cells.insert(sheet.body(), list(sheet.cells[sheet.body()]))
    return sheet.text()


def unknown_key(sheet: Csv) -> str | None:
    names = [
        i for i, f in enumerate(_fields(sheet.table)) if f["name"].endswith("_id") and f["name"] != "zeile_id"
    ]
    column = sheet.random.choice(names) if names else None
    row = sheet.filled(column) if column is not None else None
    if row is None or column is None:
        return None
    sheet.cells[row][column] += sheet.random.choice(["x", "-2", " x", "ä"])
    return sheet.text()


def lost_required_cell(sheet: Csv) -> str | None:
    needed = [i for i, f in enumerate(_fields(sheet.table)) if f.get("constraints", {}).get("required")]
    if not needed:
        return None
    sheet.cells[sheet.body()][sheet.random.choice(needed)] = sheet.random.choice(["", "  "])
    return sheet.text()


def unforeseen_word(sheet: Csv) -> str | None:
    words = [i for i, f in enumerate(_fields(sheet.table)) if "enum" in limits(f)]
    column = sheet.random.choice(words) if words else None
    row = sheet.filled(column) if column is not None else None
    if row is None or column is None:
        return None
    sheet.cells[row][column] = sheet.cells[row][column].upper()
    return sheet.text()


def cut_off(sheet: Csv) -> str:
    """End inside a row; a file that ends between rows, or in its last text, looks whole."""
    lines = sheet.text().split("\n")
    end = sheet.body()
    return "\n".join(
        [*lines[:end], ";".join(sheet.cells[end][: sheet.random.randrange(1, len(sheet.cells[0]))])]
    )


def not_a_table(sheet: Csv) -> bytes:
    return sheet.random.choice(
        [
            b"",
            b"\n\n\n",
            b"\xef\xbb\xbf",
            b"PK\x03\x04" + sheet.random.randbytes(500),
            b"<html></html>",
            b"\0" * 90,
        ]
    )


def other_line_ends(sheet: Csv) -> str:
    return sheet.text().replace("\n", sheet.random.choice(["\r\n", "\r", "\n\n", "\n;;\n"]))


SPOILS: tuple[Spoil, ...] = (
    *(delimiter, other_encoding, twice_encoded, second_header, missing_column, missing_heading),
    *(misspelt_heading, extra_cell, too_few_cells, empty_cells_at_the_end, broken_quote, lost_quote),
    *(swapped_columns, swapped_headings, ambiguous_number, no_number, no_day, german_day, blanks_around),
    *(invisible, control_character, doubled_row, unknown_key, lost_required_cell, unforeseen_word),
    *(cut_off, not_a_table, other_line_ends),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make small tables of the project's data in which each key still has its row."""
    return small_copy(tmp_path_factory.mktemp("klein") / "data")


@pytest.fixture(scope="module")
def sound(small: Path) -> Reading:
    return read_folder(small)


@pytest.fixture(scope="module")
def whole() -> Reading:
    """All that chapters may name."""
    return read_folder(PROJECT / "data")


CHAPTERS = sorted((PROJECT / "book/chapters").glob("*.md"))

Change = Callable[[str, random.Random], str | bytes]
"""Spoils a chapter's text."""


def _without(pattern: str) -> Change:
    def change(text: str, chance: random.Random) -> str:
        match = chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))
        return text[: match.start()] + text[match.end() :]

    return change


def _instead(pattern: str, *others: str) -> Change:
    def change(text: str, chance: random.Random) -> str:
        match = chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))
        return text[: match.start()] + match.expand(chance.choice(others)) + text[match.end() :]

    return change


def _behind(pattern: str, *added: str) -> Change:
    return _instead(f"({pattern})", *(rf"\g<1>{text}" for text in added))


CHANGES: dict[str, Change] = {
    "other encoding": lambda text, chance: text.encode(
        chance.choice(["cp1252", "utf-16", "utf-8-sig"]), "replace"
    ),
    "empty": lambda text, chance: chance.choice(["", "\n\n", " \n"]),
    "header gone": _without(r"\A---\n(?:.*\n)*?---\n"),
    "header open": _without(r"(?<=name: python3\n)---\n"),
    "header line gone": _without(r"^(?:jupytext:|kernelspec:|    format_name: myst|  name: python3)\n"),
    "header broken": _instead(r"^( *)(name|format_name): ", r"\1\2 [: "),
    "title gone": _without(r"^# .*\n"),
    "second title": _instead(r"^## ", "# "),
    "cell open": _without(r"(?<=\)\n)```\n(?![\s\S]*```\{code-cell)"),
    "parameters gone": _without(r"^:tags: \[parameters\]\n"),
    "tag open": _instead(r"\[parameters\]", "[parameters"),
    "bracket gone": _without(r"(?<=\w\()\)$"),
    "quote gone": _instead(r'kapitel\("(\w+)"\)', r'kapitel("\1)', r"kapitel(\1)"),
    "field misspelt": _instead(r'kapitel\("(\w+)"\)', r'kapitel("\1x")', r'kapitel("x\1")', 'kapitel("")'),
    "block misspelt": _instead(r"^field\.(\w+)\(", r"field.\1e(", r"feld.\1(", r"field.x\1("),
    "brackets gone": _instead(r"^field\.(\w+)\(\)", r"field.\1"),
    "indented": _instead(r"^field\.", "   field."),
    "kind misspelt": _instead(r'themes\("(\w+)"', r'themes("\1x"'),
    "source misspelt": _instead(r"\{quelle\}`d-(\w)", r"{quelle}`x-\1", r"{quelle}`d-x\1", "{quelle}`"),
    "number misspelt": _instead(r"\{zahl\}`(\w+)`", r"{zahl}`\1x`", "{zahl}`-`"),
    "role open": _instead(r"\{(quelle|zahl)\}`([^`\n]*)`(?=[^`\n]*$)", r"{\1}`\2"),
    "footnote without text": _behind(r"^\w.{20,}\.$", "[^1]", "[^quelle-2]"),
    "footnote without place": _behind(r"\Z", "\n[^x]: Text\n"),
    "HTML": _behind(r"^\w.{20,}\.$", "<br>", "<script>alert(1)</script>", "<b>fett</b>"),
    "table row": _behind(r"\Z", "\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "\n| a | b |\n|---|\n| 1 | 2 |\n"),
    "star in a word": _behind(r"^\w.{20,}\.$", " Akteur*innen und Lots*innen", " Die Bewohner*innen*"),
}


@pytest.mark.parametrize("way", CHANGES)
def test_chapters(way: str, whole: Reading, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} {way}")
    folder = tmp_path / "book/chapters"
    folder.mkdir(parents=True)
    tried = 0
    while tried < TIMES:
        chapter = chance.choice(CHAPTERS)
        text = chapter.read_text("utf-8")
        try:
            content = CHANGES[way](text, chance)
        except IndexError:
            continue  # this chapter has no such place
        tried += 1
        path = folder / chapter.name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = check_chapters(whole, tmp_path / "book")
        assert problems, f"{way} of {chapter.name}, try {tried}: nothing is said"
        assert {p.file for p in problems} == {f"book/chapters/{chapter.name}"}
        assert all(_is_german(p) for p in problems), problems
        path.unlink()


def test_a_hundred_thousand_rows(small: Path) -> None:
    path = small / "gruppen.csv"
    head, first = path.read_text("utf-8").split("\n")[:2]
    many = [first.replace("insgesamt", f"gruppe-{n}", 1) for n in range(100_000)]
    with spoilt(path, "\n".join([head, *many, many[7], ""])):
        problems = [p for p in read_folder(small).problems if p.file == "data/gruppen.csv"]
    assert [str(p) for p in problems] == [
        "data/gruppen.csv, Zeile 100002, Spalte „id“: „gruppe-7“ steht schon in einer anderen Zeile. "
        "Jede Zeile braucht eine eigene Angabe."
    ]


def test_no_permission(small: Path, tmp_path: Path) -> None:
    # A folder that has not been read before: what was read of the same bytes is kept.
    small = Path(shutil.copytree(small, tmp_path / "data"))
    path = small / "gruppen.csv"
    mine = os.geteuid()
    if mine == 0:
        # Who may everything has to become someone else for a moment.
        for folder in [small, *small.parents]:
            if folder.stat().st_mode & 0o005 != 0o005 and folder.is_relative_to(tempfile.gettempdir()):
                folder.chmod(0o755)
    before = path.stat().st_mode
    path.chmod(0)
    try:
        if mine == 0:
            os.seteuid(65534)
        problems = read_folder(small).problems
    finally:
        if mine == 0:
            os.seteuid(0)
        path.chmod(before)
    assert [str(p) for p in problems] == [
        "data/gruppen.csv: Die Datei lässt sich nicht lesen. "
        "Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen."
    ]


def is_as_before(reading: Reading, sound: Reading) -> bool:
    return all(frame.equals(sound.tables[name]) for name, frame in reading.tables.items())


def judge(small: Path, sound: Reading, table: str, what: str) -> int:
    """Check the data; give 1 where problems are named, 0 where everything is as before."""
    reading = read_folder(small)
    problems = [*reading.problems, *apply_rules(reading)]
    if not problems:
        assert is_as_before(reading, sound), f"{what}: read as something else without a word"
        return 0
    assert any(problem.file == f"data/{table}.csv" for problem in problems), f"{what}: {problems[0]}"
    for problem in problems[:20]:
        assert _is_german(problem), f"{what}: {problem}"
    return 1


def _is_german(problem: Problem) -> bool:
    said = re.sub(r"„.*?“", "", problem.message, flags=re.DOTALL)
    return (
        said.rstrip().endswith((".", "?"))
        and said[0].isupper() | (not said[0].isalpha())
        and not _ENGLISH.search(said)
    )


@contextmanager
def spoilt(path: Path, content: str | bytes) -> Iterator[None]:
    kept = path.read_bytes()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        yield
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda f: f.__name__)
def test_tables(spoil: Spoil, small: Path, sound: Reading) -> None:
    chance = random.Random(f"{SEED} {spoil.__name__}")
    tables = [t for t in sound.tables if len(sound.tables[t])]
    tried = 0
    while tried < TIMES:
        table = chance.choice(tables)
        path = small / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = Csv(table, list(csv.reader(file, delimiter=";")), chance)
        content = spoil(sheet)
        if content is None:
            continue
        tried += 1
        with spoilt(path, content):
            judge(small, sound, table, f"{spoil.__name__} of {table}, try {tried}")


@pytest.mark.parametrize(
    "spoil",
    [
        *(delimiter, second_header, missing_column, missing_heading, misspelt_heading, too_few_cells),
        *(swapped_headings, ambiguous_number, no_number, no_day, invisible, control_character),
        *(doubled_row, unknown_key, lost_required_cell, unforeseen_word),
    ],
    ids=lambda f: f.__name__,
)
def test_what_must_not_pass(spoil: Spoil, small: Path, sound: Reading) -> None:
    chance = random.Random(f"{SEED} again {spoil.__name__}")
    tried = 0
    while tried < 4:
        table = chance.choice([t for t in sound.tables if len(sound.tables[t])])
        with (small / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheet = Csv(table, list(csv.reader(file, delimiter=";")), chance)
        content = spoil(sheet)
        if content is not None:
            tried += 1
            with spoilt(small / f"{table}.csv", content):
                assert judge(small, sound, table, f"{spoil.__name__} of {table}") == 1


@pytest.mark.parametrize(
    "spoil", [german_day, blanks_around, empty_cells_at_the_end], ids=lambda f: f.__name__
)
def test_what_makes_no_difference(spoil: Spoil, small: Path, sound: Reading) -> None:
    chance = random.Random(f"{SEED} same {spoil.__name__}")
    tried = 0
    while tried < 4:
        table = chance.choice([t for t in sound.tables if len(sound.tables[t])])
        with (small / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheet = Csv(table, list(csv.reader(file, delimiter=";")), chance)
        content = spoil(sheet)
        if content is not None:
            tried += 1
            with spoilt(small / f"{table}.csv", content):
                assert judge(small, sound, table, f"{spoil.__name__} of {table}") == 0
