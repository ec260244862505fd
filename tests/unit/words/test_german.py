"""German notation: what is written can be read again, and looks as Germans write it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.words import german, official


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_number_round_trip(value: Decimal) -> None:
    assert german.parse_number(german.number(value).replace(".", "")) == value


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_date_round_trip(day: dt.date) -> None:
    assert german.parse_date(german.date(day)) == day
    assert german.parse_date(day.isoformat()) == day


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_thousands_are_grouped_by_points(value: int) -> None:
    assert german.number(value) == f"{value:,}".replace(",", ".")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (6.55, 1, "6,6"),
        (31.91, 1, "31,9"),
        (0.05, 1, "0,1"),
        (-0.04, 1, "0,0"),
        (2.5, 0, "3"),
        (100.2, None, "100,2"),
    ],
)
def test_rounding_is_half_up(value: float, digits: int | None, expected: str) -> None:
    assert german.number(value, digits) == expected


@pytest.mark.parametrize("text", ["33.000", "1.234", "1,", "abc", "", " ", "1e3", "--1", "½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        german.parse_number(text)


@pytest.mark.parametrize("text", ["31.02.2023", "2023-13-01", "gestern", "1.1.45"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        german.parse_date(text)


def test_unit_is_glued_by_a_no_break_space() -> None:
    assert german.quantity(17.8, "Prozent") == "17,8\u00a0%"
    assert german.euro(21000, circa=True) == "ca.\u00a021.000\u00a0€"
    assert german.euro(10.5) == "10,50\u00a0€"


def test_period_is_no_more_exact_than_its_source() -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    assert german.period(start, end, "jahr") == "2026 bis 2027"
    assert german.period(start, None, "monat") == "ab Januar 2026"
    assert german.period(None, end, "tag") == "bis 31.12.2027"
    assert german.period(None, None, None) == ""


def test_counting() -> None:
    assert german.count(1, "Maßnahme", "Maßnahmen") == "eine Maßnahme"
    assert german.count(13, "Maßnahme", "Maßnahmen") == "13 Maßnahmen"
    assert german.listing([]) == ""
    assert german.listing(["a", "b"]) == "a und b"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2024-12-31", (2024, 12, 31)),
        (" 31.12.2024 ", (2024, 12, 31)),
        ("1.2.2024", (2024, 2, 1)),
        ("25.\N{NO-BREAK SPACE}Juni 2025", (2025, 6, 25)),
        ("März 2023", (2023, 3, 31)),
        ("2023-02", (2023, 2, 28)),
        ("02.2024", (2024, 2, 29)),
        ("2023", (2023, 12, 31)),
        (2023, (2023, 12, 31)),
        (12.2024, (2024, 12, 31)),  # papermill takes 12.2024 for a number
        (dt.date(2023, 8, 30), (2023, 8, 30)),
        (dt.datetime(2023, 8, 30, 23, 59), (2023, 8, 30)),
    ],
)
def test_days_as_people_name_them(said: object, expected: tuple[int, int, int]) -> None:
    assert official.last_day(said) == dt.date(*expected)
    assert type(official.last_day(said)) is dt.date


@pytest.mark.parametrize(
    "said",
    [
        *(
            "",
            " ",
            "heute",
            "2023-13",
            "2023-02-30",
            "31.02.2023",
            "00.2023",
            "23",
            "0000",
            "20231231",
            "2023-W52",
        ),
        *("Monat 2023", "2023-8", "٢٠٢٣", "2023 2024", "-2023"),
        *(True, False, 0, 20241231, 2023.0, 10.202, float("nan"), ["2023"]),
    ],
)
def test_no_days(said: object) -> None:
    with pytest.raises(ValueError, match=r"kein Tag, Monat oder Jahr. Schreiben Sie zum Beispiel") as error:
        official.last_day(said)
    assert str(error.value).startswith(f"„{said}“ ")
