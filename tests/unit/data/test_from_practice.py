"""Inputs as they come from practice, each with the one right answer: what Excel, offices and other programs make of data."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from folders import PROGRAM, rows, write
from konzept.authors.check import check_hints, check_project
from konzept.data.package import fingerprint
from konzept.data.reading import read_folder
from sentences.data import ANSWER, SOURCE, VALUE, add, change, typed

RATE = {**VALUE, "indikator_id": "i-auslaenderanteil", "zeit": "2019", "jahr": "2019", "wert": "12,5"}


def told(folder: Path) -> tuple[list[str], list[str]]:
    """Give errors and hints about the measured values and what else is harmed, without places."""
    problems = [p.message for p in check_project(folder)]
    before = "Geplant war das Ereignis"
    return problems, [h.message for h in check_hints(folder) if not h.message.startswith(before)]


def test_excel_makes_a_date_of_a_month(data: Path) -> None:
    add("messwerte", {**RATE, "zeit": "Jun 24", "jahr": "2024"})(data)
    (only,) = told(data)[0]
    assert "schreibt Excel, wenn es aus einem Text wie „Juni 2024“" in only


@pytest.mark.parametrize(
    ("time", "year", "answer"),
    [("2019", "2091", "Tragen Sie 2019 ein"), ("2001", "", "Tragen Sie 2001 ein")],
)
def test_a_year_far_from_its_time_or_none(data: Path, time: str, year: str, answer: str) -> None:
    add("messwerte", {**RATE, "zeit": time, "jahr": year})(data)
    (only,) = told(data)[0]
    assert answer in only


@pytest.mark.parametrize(
    ("value", "is_error", "answer"),
    [
        ("1250", False, "1.250 Prozent sind mehr als das Ganze"),
        ("-12,5", True, "-12,5 ist negativ"),
        ("33,25262308313155", False, "viel genauer als die übrigen Werte"),
    ],
)
def test_shares_that_are_none(data: Path, value: str, is_error: bool, answer: str) -> None:
    add("messwerte", {**RATE, "gebiet_id": "arpke", "wert": value})(data)
    problems, hints = told(data)
    assert any(
        answer in message.replace("\N{MINUS SIGN}", "-") for message in (problems if is_error else hints)
    )
    assert bool(problems) is is_error


def test_letters_in_two_parts_are_letters(data: Path) -> None:
    """As a Mac writes them; whoever searches types one."""
    title = "Mütterförderung in größeren Räumen"
    content = rows(data, "massnahmen")
    content[0]["titel"] = unicodedata.normalize("NFD", title)
    assert content[0]["titel"] != title
    write(data, "massnahmen", content)
    assert check_project(data) == ()
    assert read_folder(data).rows["massnahmen"][0]["titel"] == title


@pytest.mark.parametrize("text", ["Lehrte, Stadt", "03241011", "3241011", "032410011", "032410011011"])
def test_official_names_and_keys_mean_the_town(data: Path, text: str) -> None:
    add("messwerte", {**RATE, "gebiet_id": text})(data)
    assert told(data)[0] == [f"„{text}“ gibt es in gebiete nicht. Schreiben Sie seine Kennung „lehrte“."]


@pytest.mark.parametrize(
    ("count", "of", "event", "is_error", "answer"),
    [
        ("1", "9", "e-fragebogen", True, "man könnte sie erkennen"),
        ("4", "126", "e-fragebogen", True, "man könnte sie erkennen"),
        ("122", "126", "e-fragebogen", True, "alle bis auf weniger als fünf"),
        ("5", "126", "e-fragebogen", False, "Wer befragt und wer nicht erreicht worden ist"),
        ("8", "9", "e-ratsbeschluss", True, "ist keine Befragung"),
        ("8", "9", "e-vorstellung", True, "ist noch nicht erfolgt"),
    ],
)
def test_answers_of_few(data: Path, count: str, of: str, event: str, is_error: bool, answer: str) -> None:
    row = {**ANSWER, "ereignis_id": event, "anzahl": count, "grundgesamtheit": of, **SOURCE}
    add("umfrageergebnisse", row)(data)
    problems, hints = told(data)
    assert any(answer in message for message in (problems if is_error else hints))
    assert bool(problems) is is_error


@pytest.mark.parametrize("name", ["indicator_1-1-1.csv", "massnahmen - Kopie.csv"])
def test_foreign_tables_have_no_weight_and_are_named(data: Path, name: str) -> None:
    before = fingerprint(data)
    (data / name).write_text("Year,Units,Value\n2020,Prozent,12.5\n", "utf-8")
    assert fingerprint(data) == before
    assert check_project(data) == ()
    assert [hint.file for hint in check_hints(data) if hint.file.endswith(name)] == [f"data/{name}"]


@pytest.mark.parametrize("sign", ["-", ".", "/", "x", "...", "(12,5)", "12,5e"])
def test_signs_of_official_tables_are_explained(data: Path, sign: str) -> None:
    change("messwerte", 2, wert=sign)(data)
    (only,) = [p.message for p in check_project(data) if p.column == "wert"]
    assert "in amtlichen Tabellen" in only
    assert "ist keine Zahl" not in only


@pytest.mark.parametrize("day", ["2024-01-15T00:00:00+01:00", "15.1.24", "15. Januar 2024"])
def test_days_as_catalogues_write_them(data: Path, day: str) -> None:
    change("dokumente", 2, zugriff_am=day)(data)
    assert check_project(data) == ()
    change("dokumente", 2, zugriff_am="2024")(data)
    (only,) = told(data)[0]
    assert only.startswith("„2024“ nennt keinen einzelnen Tag. Schreiben Sie 2024-01-01 oder 2024-12-31")


def test_line_ends_have_no_weight(data: Path) -> None:
    before = fingerprint(data)
    for table in data.glob("*.csv"):
        typed(table.stem, lambda b: b.replace(b"\n", b"\r\n"))(data)
    assert fingerprint(data) == before
    assert check_project(data) == ()


def test_git_for_windows_brings_the_same_lines(tmp_path: Path) -> None:
    """What `.gitattributes` says holds whatever the machine prefers."""
    shutil.copy(PROGRAM / ".gitattributes", tmp_path)
    git = ["git", "-c", "core.autocrlf=true", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    asked = [*git, "check-attr", "text", "eol", "--", "data/messwerte.csv", "_toc.yml"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.count("eol: lf") == 2
