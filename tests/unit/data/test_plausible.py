"""Numbers, years and places that a careful officer would ask about; and what she would not."""

import datetime as dt
from pathlib import Path

import pytest

from folders import rows, write
from konzept.authors.check import check_hints, check_project
from konzept.data.reading import read_folder
from konzept.data.rules import stand_is_reached
from konzept.words import german, official
from sentences.data import of_town
from sentences.doubtful import OF_PEOPLE, RATE
from sentences.programs import OTHERS


def told(folder: Path, *added: dict[str, str], table: str = "messwerte") -> list[str]:
    """Say what is said of added rows, errors and hints, with line and sentence."""
    content = rows(folder, table)
    write(folder, table, [*content, *added])
    problems = [*check_project(folder), *check_hints(folder)]
    return [str(p) for p in problems if p.file.endswith(f"/{table}.csv") and (p.line or 0) > len(content) + 1]


@pytest.mark.parametrize(
    ("time", "year"),
    [
        ("2019", "2019"),
        ("31.12.2019", "2019"),
        ("31.12.19", "2019"),
        ("Dezember 2019", "2019"),
        ("12/2019", "2019"),
        ("2018/19", "2018"),
        ("2018/19", "2019"),
        ("Schuljahr 2018/2019", "2019"),
        ("2016–2018", "2017"),
        ("2010-11", "2011"),
        ("3. Quartal 2019", "2019"),
        ("1. Halbjahr 2019", "2019"),
        ("seit 2017", "2017"),
        ("ohne Jahresangabe", ""),
    ],
)
def test_year_and_time_agree(data: Path, time: str, year: str) -> None:
    assert told(data, {**RATE, "gebiet_id": "arpke", "zeit": time, "jahr": year}) == []


@pytest.mark.parametrize("time", ["2019", "31.12.2019", "Juni 2019", "2018/19", "seit 2017"])
def test_year_is_asked_for(data: Path, time: str) -> None:
    (only,) = told(data, {**RATE, "gebiet_id": "arpke", "zeit": time, "jahr": ""})
    assert "fehlt das Jahr" in only


def test_a_stand_without_news_is_asked_about(data: Path) -> None:
    of_town(lambda d: d.update(stand="2027-06-30"))(data)
    hints = stand_is_reached(read_folder(data), dt.date(2028, 1, 1))
    assert [str(hint) for hint in hints] == [OTHERS["Lange nichts ergänzt"]]
    of_town(lambda d: d.update(stand="2026-06-30"))(data)
    assert not list(stand_is_reached(read_folder(data), dt.date(2026, 7, 1)))


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        ("05132 505-0", False),
        ("(05132) 505 1033", False),
        ("+49 5132/505-1033, -1034", False),
        ("05132 505-0 oder 505-1", False),
        ("115", False),
        ("12", True),
        ("siehe Seite", True),
        ("05132 5O5-0", True),
    ],
)
def test_telephone_numbers(data: Path, number: str, asked: bool) -> None:
    first = rows(data, "kontakte")[0]
    sentences = told(data, {**first, "id": "c-x", "telefon": number}, table="kontakte")
    assert any("Telefonnummer" in sentence for sentence in sentences) is asked


def test_the_real_data_are_asked_about_what_is_open_only(real: Path) -> None:
    """Each hint about the published data is one that people have looked at and let stand."""
    assert {hint.column for hint in check_hints(real)} <= {"stand"}


def test_share_beyond_the_whole_may_be_explained(data: Path) -> None:
    row = {**RATE, "gebiet_id": "arpke", "wert": "102", "hinweis": "Zähler und Nenner aus zwei Statistiken"}
    assert told(data, row) == []


def test_change_may_be_negative(data: Path) -> None:
    indicators = rows(data, "indikatoren")
    balance = {**indicators[-1], "id": "i-saldo", "name": "Wanderungssaldo", "einheit": "Personen"}
    write(data, "indikatoren", [*indicators, balance])
    assert told(data, {**OF_PEOPLE, "indikator_id": "i-saldo", "wert": "-120"}) == []


def test_size_of_households_is_no_count(data: Path) -> None:
    row = {**OF_PEOPLE, "indikator_id": "i-haushaltsgroesse-zensus", "gebiet_id": "arpke", "wert": "2,05"}
    assert told(data, row) == []


def test_growth_is_no_leap(data: Path) -> None:
    numbers = [("2017", "40"), ("2018", "60"), ("2019", "95"), ("2020", "170"), ("2021", "300")]
    grown = [{**OF_PEOPLE, "gebiet_id": "arpke", "zeit": y, "jahr": y, "wert": n} for y, n in numbers]
    assert told(data, *grown) == []


@pytest.mark.parametrize(("number", "at"), [("1500", 0), ("1,5", 2), ("145", 4)])
def test_comma_lost(data: Path, number: str, at: int) -> None:
    numbers = ["14", "15", "16", "15", "14"]
    numbers[at] = number
    years = range(2015, 2020)
    series = [
        {**RATE, "gebiet_id": "arpke", "zeit": str(y), "jahr": str(y), "wert": n, "hinweis": ""}
        for y, n in zip(years, numbers, strict=True)
    ]
    assert any("Größenordnung" in sentence for sentence in told(data, *series))


def test_excel_makes_months_of_time(data: Path) -> None:
    """As German Excel gives back „Juni 2024“ when a CSV file is opened and saved."""
    assert len(told(data, {**RATE, "gebiet_id": "arpke", "zeit": "Jun 24", "jahr": "2024"})) == 1
    assert told(data, {**RATE, "gebiet_id": "ahlten", "zeit": "Juni 2023", "jahr": "2023"}) == []


@pytest.mark.parametrize("text", ["Mai", "Kapitel 4.1", "Jun", "24", "Sep. 2024", "Okt 2024", "Seite 4"])
def test_what_excel_has_not_made(text: str) -> None:
    assert official.made_by_excel(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.9.25", dt.date(2025, 9, 1)),
        ("01.09.25", dt.date(2025, 9, 1)),
        ("1. 9. 2025", dt.date(2025, 9, 1)),
        ("1. September 2025", dt.date(2025, 9, 1)),
        ("2024-01-15T00:00:00+01:00", dt.date(2024, 1, 15)),
        ("2024-01-15T00:00:00Z", dt.date(2024, 1, 15)),
        ("2024-01-15 00:00:00", dt.date(2024, 1, 15)),
    ],
)
def test_days_as_offices_write_them(text: str, day: dt.date) -> None:
    assert german.parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["20240115", "2024-W03-1", "2024-01-15T14:00:00Z", "31.2.25", "1.9.45", "2024", "45444"]
)
def test_what_is_no_certain_day(text: str) -> None:
    with pytest.raises(ValueError):
        german.parse_date(text)
    assert official.not_a_day(text).startswith(f"„{text}“ ")


@pytest.mark.parametrize("text", ["-12,5", "12", "0", "12,5", "a", ""])
def test_what_is_no_sign(text: str) -> None:
    assert official.meaning_of_sign(text) is None


@pytest.mark.parametrize("text", ["–", "−", "…", ". . .", "X", "×", "•", "(12)"])
def test_signs_in_other_print(text: str) -> None:
    assert official.meaning_of_sign(text)
