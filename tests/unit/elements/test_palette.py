"""A town's accent can be read wherever it stands, on light pages and on dark ones, or it is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.elements.palette import INTERFACE, accent_fault, accented, chart_colours, contrast, variables

GROUNDS = ("papier", "flaeche", "flaeche-2", "hinweis-hell")


def by_the_book(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it, written from its text."""

    def light(colour: str) -> float:
        total = 0.0
        for place, share in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
            value = int(colour[place : place + 2], 16) / 255
            total += share * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
        return total

    a, b = light(one), light(other)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def test_contrast_as_others_measure_it() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(
        4.48, abs=0.005
    )  # WebAIM's example of just too little
    assert contrast("#ffffff", "#0000ff") == pytest.approx(8.59, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_an_accent_is_readable_or_refused(number: int) -> None:
    colour = f"#{number:06x}"
    if said := accent_fault(colour):
        better = re.findall("„(#[0-9a-f]{6})“", said)[-1]
        assert accent_fault(better) == ""
        colour = better
    new = accented(colour)
    assert new["primaer"][0] == colour
    for side in (0, 1):
        grounds = [INTERFACE[name][side] for name in GROUNDS] + [new["primaer-hell"][side]]
        for name in ("primaer", "primaer-tief"):
            assert min(by_the_book(new[name][side], ground) for ground in grounds) >= 4.5, name
        # The ring around what is focused stands on the page, beside what the accent has filled.
        assert by_the_book(INTERFACE["fokus"][side], new["primaer-hell"][side]) >= 3


@pytest.mark.parametrize("colour", ["#ffd700", "#ffffff", "#00ff00", "#e2001a"])
def test_what_is_too_bright_is_told(colour: str) -> None:
    said = accent_fault(colour)
    assert said.startswith(f"Die Farbe „{colour}“ (akzentfarbe) hat auf den hellen Seiten nur einen Kontrast")


def test_charts_keep_their_colours() -> None:
    own, other = variables(), variables("#7a2048")
    assert {name for name in own if own[name] != other[name]} == {
        *("ik-primaer", "ik-primaer-tief", "ik-primaer-hell"),
    }
    assert not {name for name, _ in chart_colours().values()} & {"--ik-primaer", "--ik-primaer-hell"}
