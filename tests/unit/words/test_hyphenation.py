"""Words break where German does, and nothing but the breaks is added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.words.hyphenation import EXCEPTIONS, SOFT_HYPHEN, hyphenated, wrapped


@pytest.mark.parametrize(
    "broken",
    [
        "Eltern|ar|beit",
        "Migra|ti|ons|hin|ter|grund",
        "Hand|lungs|fel|der",
        "Bewe|gungs|mög|lich|kei|ten",
        "Kin|der|ta|ges|stät|ten|fach|be|ra|tung",
        "Schul|ein|gangs|un|ter|su|chung",
        "Aus|län|der|an|teil",
        "Schul|ab|schluss",
        "Haus|halts|stand",
        "Alters|an|teile",
        "Zwi|schen|eva|lua|tion",
        "JupyterLab",
        "Kita",
    ],
)
def test_compounds_break_between_their_parts(broken: str) -> None:
    assert hyphenated(broken.replace("|", "")).replace(SOFT_HYPHEN, "|") == broken


@pytest.mark.parametrize("word", EXCEPTIONS)
def test_exceptions_break_nowhere_else(word: str) -> None:
    allowed = {len(part.replace("-", "")) for part in (word[:i] for i, c in enumerate(word) if c == "-")}
    parts = hyphenated(word.replace("-", "")).split(SOFT_HYPHEN)
    places = {sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)}
    # Two letters never stand alone at the end of a line.
    assert places == {p for p in allowed if 3 <= p <= len(word.replace("-", "")) - 3}


TEXTS = st.text(
    st.sampled_from("abcdefgeinstrungschlÄöüß -\N{NO-BREAK SPACE}\N{EN DASH}*12,.AZ"), max_size=120
)


@given(TEXTS)
def test_without_its_soft_hyphens_the_text_is_as_before(text: str) -> None:
    assert hyphenated(text).replace(SOFT_HYPHEN, "") == text


@given(TEXTS, st.integers(2, 40))
def test_lines_are_no_longer_than_asked_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert max(map(len, lines)) <= width
    kept = "".join(lines).replace("-", "").replace(" ", "")
    assert kept == text.replace("-", "").replace(" ", "")


def test_words_that_fit_a_line_stay_whole() -> None:
    assert wrapped("unter drei Jahren mit Migrationshintergrund", 24) == [
        "unter drei Jahren mit",
        "Migrationshintergrund",
    ]


def test_no_break_spaces_hold() -> None:
    assert wrapped("rund 12\N{NO-BREAK SPACE}%", 6) == ["rund", "12\N{NO-BREAK SPACE}%"]
