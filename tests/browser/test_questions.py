"""What the council asks is answered in three steps, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest

START = "book/index.html"


def follow(page: Any, name: str) -> None:
    """Tab to the next link of this name and press Enter, as someone without a mouse does."""
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').replaceAll('\u00ad', '').trim()"
        )
        if focused == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link named {name}")


@pytest.mark.parametrize(
    ("steps", "section", "answers"),
    [
        pytest.param(
            ["Steuerung auf einen Blick"],
            "main",
            ["Im August 2023 waren alle 26 Maßnahmen Ideen oder in Vorbereitung", "1. Bildung und Erziehung"],
            id="wo stehen wir",
        ),
        pytest.param(
            ["Steuerung auf einen Blick"],
            "main",
            [
                "ca. 33.000 € jährlich",
                "ca. 21.000 €",
                "Ist über die angemeldeten Mittel",
            ],
            id="was kostet es",
        ),
        pytest.param(
            ["Steuerung auf einen Blick", "Programm für Spracherwerb und Elternarbeit aufbauen"],
            "main",
            # No period is named, and the page says once what that means.
            [
                "Federführung Fachkräfte für Migration und Teilhabe Beteiligte",
                "wozu nichts vermerkt ist, das fehlt dort",
            ],
            id="wer macht es bis wann",
        ),
        pytest.param(
            ["Ist und Soll"],
            "main",
            ["61 Indikatoren", "1. Bildung und Erziehung", "ein Sollwert von 0 % abgeleitet"],
            id="woher wissen wir es",
        ),
    ],
)
def test_council_finds_the_answer_by_keyboard(
    site: Any, watch: Any, steps: list[str], section: str, answers: list[str]
) -> None:
    page = watch(f"{site.address}/{START}").page
    for name in steps:
        follow(page, name)
    text = page.locator(section).first.inner_text().replace("\u00a0", " ").replace("\u00ad", "")
    drawn = " ".join(page.locator("svg text").all_text_contents()).replace("\u00a0", " ")
    for answer in answers:
        assert answer in " ".join(text.split()) or answer in drawn, answer
