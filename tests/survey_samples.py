"""Invented surveys: answers, and the files in which LimeSurvey would export them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from folders import PROGRAM, real_copy, rows, write

SAMPLE = PROGRAM / "tests/samples/umfrage/erfundene-umfrage.csv"
EVENT = "e-fragebogen"


def sample_rows() -> list[list[str]]:
    """Read the invented survey as it lies there: heads first."""
    return list(csv.reader(io.StringIO(SAMPLE.read_text("utf-8-sig"), newline="")))


def as_csv(path: Path, lines: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write a table as survey programs do."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def as_workbook(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    """Write a table as Excel does: whole numbers are numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(path)
    return path


def asked_folder(folder: Path) -> Path:
    """Copy the data; the survey that they name says whom it asked."""
    events = rows(real_copy(folder), "ereignisse")
    (event,) = [row for row in events if row["id"] == EVENT]
    event |= {"befragte": "Erfundene Familien", "nicht_erreicht": "Erfundene Betriebe"}
    write(folder, "ereignisse", events)
    return folder


def random_survey(seed: int) -> list[list[str]]:
    """Invent a small survey: single questions, some put only to those who said yes before, ticks, empty cells."""
    chance = random.Random(seed)
    people = chance.randint(5, 36)
    columns: dict[str, list[str]] = {}
    for n in range(chance.randint(1, 3)):
        options = [f"A{i}" for i in range(1, chance.randint(2, 5))]
        weights = [chance.random() ** 3 + 0.01 for _ in options]
        silent = chance.choice([0, 0, 0.05, 0.3])
        given = [
            "" if chance.random() < silent else chance.choices(options, weights)[0] for _ in range(people)
        ]
        columns[f"Q{n}"] = given
        if chance.random() < 0.5:
            # Only those who gave the first answer are asked on, and all of them answer.
            columns[f"F{n}"] = [chance.choice(["A1", "A2"]) if a == "A1" else "" for a in given]
    ticks = chance.randint(0, 4)
    most = chance.choice([1, 2, 4])
    for i in range(ticks):
        likely = chance.random()
        columns[f"M[SQ{i}]"] = ["Y" if chance.random() < likely else "" for _ in range(people)]
    if ticks and most == 1:
        for row in range(people):
            first = next((c for c in columns if c.startswith("M") and columns[c][row]), None)
            for name, cells in columns.items():
                if name.startswith("M") and name != first:
                    cells[row] = ""
    return [[*columns], *(list(cells) for cells in zip(*columns.values(), strict=True))]
