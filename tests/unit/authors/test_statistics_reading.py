"""Files of the offices are read whole: an independent reader finds the same numbers, in every form they come in."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from folders import PROGRAM
from konzept.authors.statistics.flatfile import FlatFile, read_flat
from konzept.authors.statistics.raw_files import downloads
from konzept.authors.statistics.signs import published, said
from konzept.data.problems import DataProblems

SAMPLES = PROGRAM / "tests/samples/statistik"
FLAT = sorted(p.name for p in SAMPLES.glob("*_flat_auszug.csv"))
SDG = sorted(str(p.relative_to(SAMPLES)) for p in SAMPLES.glob("*/indicator_*.csv"))


def read(path: Path) -> FlatFile:
    (download,) = downloads([path])
    return read_flat(download)


def rows(path: Path, separator: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def numbers(flat: FlatFile) -> Counter:
    """Count what is read: time, area, measure, unit, codes, value."""
    columns = ["measure", "unit", *(f"a{i}" for i in range(flat.width))]
    rows = flat.frame[columns].itertuples(index=False)
    return Counter(
        (n.time, n.area, measure, unit, *sorted(codes), n.published.value)
        for n, (measure, unit, *codes) in zip(flat.numbers(), rows, strict=True)
    )


def number(cell: str) -> Decimal | None:
    """Read a cell apart from the program: a dash is zero, other signs are no number."""
    if cell == "-":
        return Decimal(0)
    return (
        Decimal(cell.replace(",", "."))
        if cell.strip("-").replace(",", "").replace(".", "").isdigit()
        else None
    )


def recounted(content: list[dict[str, str]]) -> Counter:
    found: Counter = Counter()
    for row in content:
        codes = [row[f"{i}_variable_attribute_code"] for i in range(2, 9) if f"{i}_variable_code" in row]
        place = (row["time"], row["1_variable_attribute_code"], row["value_variable_code"], row["value_unit"])
        found[(*place, *sorted(codes), number(row["value"]))] += 1
    return found


@pytest.mark.parametrize("name", FLAT)
def test_no_number_is_lost_or_invented(name: str) -> None:
    content = rows(SAMPLES / name, ";")
    flat = read(SAMPLES / name)
    assert numbers(flat) == recounted(content)
    assert flat.download.rows == len(content)
    signs = Counter(row["value"] for row in content if number(row["value"]) is None)
    read_signs = Counter(n.published.precision for n in flat.numbers() if n.published.value is None)
    assert read_signs["nur_trend"] == signs["/"]
    rough = sum(row.get("value_q") == "()" for row in content)
    assert Counter(n.published.precision for n in flat.numbers())["circa"] == rough


@pytest.mark.parametrize("name", SDG)
def test_no_number_of_open_sdg_is_lost_or_invented(name: str) -> None:
    content = rows(SAMPLES / name, ",")
    flat = read(SAMPLES / name)
    assert sorted(n.published.value or 0 for n in flat.numbers()) == sorted(
        Decimal(r["Value"]) for r in content
    )
    assert Counter(n.time for n in flat.numbers()) == Counter(r["Year"] for r in content)
    by_name = Counter((flat.area_names[n.area], n.time) for n in flat.numbers())
    assert by_name == Counter((r["Gebietseinheit"], r["Year"]) for r in content)


def test_an_area_that_has_lost_its_key_is_the_same_area() -> None:
    """In the real file the state has its key up to 2020 and none from then on."""
    flat = read(SAMPLES / "neu/indicator_2-3-1.csv")
    assert {r["GeoCode"] for r in rows(SAMPLES / "neu/indicator_2-3-1.csv", ",")} >= {"", "K030"}
    assert len([n for n in flat.numbers() if n.area == "K030"]) == 20


def old_form(name: str, *, english: bool = False, quality: bool = False) -> bytes:
    """Write a sample as offices wrote it until 2024: a column for each kind of number, names by language."""
    content = rows(SAMPLES / name, ";")
    value = f"{content[0]['value_variable_code']}__{content[0]['value_variable_label']}"
    words = {
        "statistics": "Statistik",
        "time": "Zeit",
        "variable_attribute": "Auspraegung",
        "variable": "Merkmal",
    }
    head = [column for column in content[0] if not column.startswith("value")]
    for new, old in () if english else words.items():
        head = [column.replace(new, old) for column in head]
    head = ["_".join(part.capitalize() for part in column.split("_")) for column in head]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow([*head, f"{value}__{content[0]['value_unit']}", *([f"{value}__q"] if quality else [])])
    for row in content:
        cells = [cell for column, cell in row.items() if not column.startswith("value")]
        point = row["value"].replace(",", ".") if english else row["value"]
        writer.writerow([*cells, point, *([row["value_q"]] if quality else [])])
    return buffer.getvalue().encode()


@pytest.mark.parametrize(
    ("name", "english", "quality"),
    [
        ("12411-01-01-4_de_flat_auszug.csv", False, False),
        ("12411-01-01-4_de_flat_auszug.csv", True, False),
        ("21311-01-01-4-B_de_flat_auszug.csv", False, False),
        ("12211-Z-11_de_flat_auszug.csv", False, True),
        ("12211-Z-11_de_flat_auszug.csv", True, True),
    ],
)
def test_old_columns_say_the_same(name: str, english: bool, quality: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(old_form(name, english=english, quality=quality))
    old, new = read(tmp_path / name), read(SAMPLES / name)
    assert numbers(old) == numbers(new)
    assert [n.published.precision for n in old.numbers()] == [n.published.precision for n in new.numbers()]


def test_german_and_english_say_the_same() -> None:
    german, english = (read(SAMPLES / f"1000A-0000_{language}_flat_auszug.csv") for language in ("de", "en"))
    values = [[(n.area, n.published.value) for n in flat.numbers()] for flat in (german, english)]
    assert values[0] == values[1]


def test_english_numbers_have_a_point(tmp_path: Path) -> None:
    name = "AI-N-01-2-5_de_flat_auszug.csv"
    text = (SAMPLES / name).read_text("utf-8-sig").replace("Prozent", "percent")
    (tmp_path / name).write_text("".join(line.replace(",", ".") if i else line for i, line in enumerate(text.splitlines(keepends=True))), "utf-8")  # fmt: skip
    found = [
        sorted(
            (n.area, measure, n.published.value)
            for n, measure in zip(flat.numbers(), flat.frame["measure"], strict=True)
        )
        for flat in (read(SAMPLES / name), read(tmp_path / name))
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_zipped_and_in_other_encodings_it_is_the_same(encoding: str, tmp_path: Path) -> None:
    name = "12411-01-01-4_de_flat_auszug.csv"
    content = (SAMPLES / name).read_text("utf-8-sig").replace("\n", "\r\n").encode(encoding)
    with zipfile.ZipFile(tmp_path / "12411-01-01-4_de_flat.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("12411-01-01-4_de_flat.csv", content)
    flat = read(tmp_path / "12411-01-01-4_de_flat.zip")
    assert numbers(flat) == numbers(read(SAMPLES / name))
    assert flat.title == "Fortschreibung des Bevölkerungsstandes"
    assert flat.table == "12411-01-01-4"


SIGNS = {
    ("-", ""): (0, "genau", "", False, ""),
    ("0", ""): (0, "genau", "", False, ""),
    ("–", ""): (0, "genau", "", False, ""),
    (".", ""): (None, "gesperrt", "Zahlenwert unbekannt oder geheim zu halten", False, ""),
    ("/", ""): (None, "nur_trend", "Zahlenwert zu unsicher, um genannt zu werden", False, ""),
    ("x", ""): (None, "", "", False, "Angabe nicht sinnvoll"),
    ("X", ""): (None, "", "", False, "Angabe nicht sinnvoll"),
    ("...", ""): (None, "", "", False, "Angabe fällt später an"),
    ("…", ""): (None, "", "", False, "Angabe fällt später an"),
    ("(12,5)", ""): ("12.5", "circa", "", False, ""),
    ("12,5", "()"): ("12.5", "circa", "", False, ""),
    ("12,5", "e"): ("12.5", "genau", "", False, ""),
    ("12,5 p", ""): ("12.5", "genau", "vorläufiges Ergebnis", False, ""),
    ("12,5", "p"): ("12.5", "genau", "vorläufiges Ergebnis", False, ""),
    ("12,5r", ""): ("12.5", "genau", "berichtigtes Ergebnis", False, ""),
    ("12,5", "s"): ("12.5", "circa", "geschätztes Ergebnis", False, ""),
    ("12,5", "|"): ("12.5", "genau", "", True, ""),
    ("| 12,5", ""): ("12.5", "genau", "", True, ""),
    ("-0,5", ""): ("-0.5", "genau", "", False, ""),
    ("12", "/"): (None, "nur_trend", "Zahlenwert zu unsicher, um genannt zu werden", False, ""),
}


@pytest.mark.parametrize("cell", SIGNS)
def test_signs_mean_what_the_offices_say(cell: tuple[str, str]) -> None:
    value, precision, note, after_break, absent = SIGNS[cell]
    found = published(*cell)
    assert found.value == (None if value is None else Decimal(value))
    assert (found.precision, found.note, found.after_break, found.absent) == (
        precision,
        note,
        after_break,
        absent,
    )


@pytest.mark.parametrize("cell", ["", "Anzahl", "1.234,5", "(12", "12)", "1 2", "12;5", "e12", "#"])
def test_what_is_no_sign_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        published(cell)


TIMES = {
    "2024-12-31": ("31.12.2024", 2024),
    "31.12.2024": ("31.12.2024", 2024),
    "2019": ("2019", 2019),
    "2023-10P6M": ("Wintersemester 2023/24", 2023),
    "1999-10P6M": ("Wintersemester 1999/00", 1999),
    "2024-04P6M": ("Sommersemester 2024", 2024),
    "2023-08P1Y": ("2023/24", 2024),
    "2023-09P12M": ("2023/24", 2024),
    "2024-01P1Y": ("2024", 2024),
    "2024-01P3M": ("1. Quartal 2024", 2024),
    "2024-10P3M": ("4. Quartal 2024", 2024),
    "2024-07P6M": ("2. Halbjahr 2024", 2024),
    "2024-07": ("Juli 2024", 2024),
    "2024-11P4M": ("November 2024 bis Februar 2025", 2024),
    "2023/24": ("2023/24", 2024),
    "WS 2023/24": ("WS 2023/24", 2023),
}


@pytest.mark.parametrize("time", TIMES)
def test_times_are_said_as_readers_know_them(time: str) -> None:
    assert said(time) == TIMES[time]


@pytest.mark.parametrize("time", ["Stichtag", "", "2024-13P6M", "20241231"])
def test_what_is_no_time_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        said(time)


JUNK = [
    b";",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"-",
    b"/",
    b".",
    b"x",
    b"1.234",
    b"__q",
    b"",
    "é".encode("cp1252"),
]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Insert, delete or replace something, repeat a line, or shuffle the cells of one."""
    at, end = rng.randrange(len(content)), rng.choice((1, 3, 40, 400))
    lines = content.split(b"\n")
    line = rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            return content[:at] + rng.choice(JUNK) + content[at:]
        case 1:
            return content[:at] + rng.choice(JUNK) + content[at + end :]
        case 2:
            lines.insert(rng.randrange(len(lines)), lines[line])
        case _:
            cells = lines[line].split(b";")
            rng.shuffle(cells)
            lines[line] = b";".join(cells)
    return b"\n".join(lines)


def test_a_damaged_file_is_refused_or_read_as_it_stands(tmp_path: Path) -> None:
    """Of 200 damaged files none is read otherwise than an independent reader does, and none ends in a traceback."""
    rng = random.Random(25)
    read_whole = 0
    for _ in range(200):
        name = rng.choice(FLAT)
        content = damaged((SAMPLES / name).read_bytes(), rng)
        (tmp_path / name).write_bytes(content)
        try:
            flat = read(tmp_path / name)
        except DataProblems:
            continue
        read_whole += 1
        text = content.decode("utf-8-sig" if flat.download.encoding == "utf-8" else "cp1252")
        table = csv.DictReader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter=";")
        values = sorted(v for row in table if (v := number(row["value"])) is not None)
        assert sorted(n.published.value for n in flat.numbers() if n.published.value is not None) == values
    assert 10 < read_whole < 150


def test_a_damaged_archive_is_refused_or_read_as_it_stands(tmp_path: Path) -> None:
    """Wherever an archive is broken (its list, a member, the packed bytes), the answer is a sentence."""
    rng = random.Random(25)
    source = SAMPLES / "12411-01-01-4_de_flat_auszug.csv"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(source.name, source.read_bytes())
    (whole,) = downloads([source])
    refused = 0
    for _ in range(200):
        content = bytearray(packed.getvalue())
        for _ in range(3):
            content[rng.randrange(4, len(content))] ^= rng.randrange(1, 256)
        path = tmp_path / "regio.zip"
        path.write_bytes(content)
        try:
            assert [d.checksum for d in downloads([path])] == [whole.checksum]
        except DataProblems:
            refused += 1
    assert refused > 100
