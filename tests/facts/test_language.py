"""The German of pages and data: spelling, gender forms, protected spaces, length of sentences."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from folders import TOWN, rows, schema
from prose import OTHER_FORMS, lines, plain, sentences

WORDS = Path(__file__).parents[1] / "woerter.txt"
"""Names and terms that the dictionary does not know, one a line."""

PAGES = sorted(
    path
    for path in (TOWN / "book").rglob("*.md")
    # Their blocks have rules of their own.
    if path.parent.name != "sprachen"
)
IDS = [p.relative_to(TOWN / "book").as_posix() for p in PAGES]

FREE = (
    "text",
    "titel",
    "name",
    "beschreibung",
    "definition",
    "hinweis",
    "lehre",
    "aussage_a",
    "aussage_b",
    "entscheidung",
    "fokus",
    "satzname",
    "ortsangabe",
)


def data_texts() -> list[tuple[str, str]]:
    found = []
    for resource in schema()["resources"]:
        for number, row in enumerate(rows(TOWN / "data", resource["name"]), 2):
            found += [(f"{resource['name']}.csv {number} {c}", row[c]) for c in FREE if row.get(c)]
    return found


def unknown_words(texts: list[str]) -> set[str]:
    known = set(WORDS.read_text("utf-8").split())
    cleaned = [re.sub(r"https?://\S+|\S+@\S+", " ", t) for t in texts]
    words = {w for t in cleaned for w in re.findall(r"[A-Za-zÄÖÜäöüß]+(?:[*-][A-Za-zÄÖÜäöüß]+)*", t)}
    words -= known
    # The dictionary knows the feminine plural; the star is ours.
    asked = {w: w.replace("*", "") for w in words}
    result = subprocess.run(
        ["hunspell", "-d", "de_DE", "-i", "utf-8", "-l"],
        input="\n".join(asked.values()),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    wrong = set(result.stdout.split())
    parts = {w for w, a in asked.items() if a in wrong}
    # Compounds with a hyphen are right when their parts are.
    return {w for w in parts if not ("-" in w and not (set(asked[w].split("-")) & wrong))}


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_pages_are_spelt_right(page: Path) -> None:
    assert unknown_words([plain(t) for _, t in lines(page)]) == set()


def test_data_are_spelt_right() -> None:
    assert unknown_words([text for _, text in data_texts()]) == set()


def test_word_list_is_sorted_and_needed() -> None:
    words = WORDS.read_text("utf-8").split()
    assert words == sorted(set(words))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_gender_forms_are_consistent_and_escaped(page: Path) -> None:
    for number, text in lines(page):
        assert not OTHER_FORMS.search(text), (number, text)
        assert not re.search(r"(?<!\\)\*innen|(?<!\\)\*in\b", text), (number, text)


def test_gender_forms_of_the_data_are_consistent() -> None:
    """Names of groups, titles of indicators and what figures, tables and findings say with them; no quotation is among them."""
    for where, text in data_texts():
        assert not OTHER_FORMS.search(text), where


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_spaces_are_protected(page: Path) -> None:
    for number, text in lines(page):
        assert not re.search(r"\d [%€]|\bca\. |§ |\b\d\. Sachstand", text), (number, text)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_years_are_not_grouped(page: Path) -> None:
    for number, text in lines(page):
        assert not re.search(r"\b(?:im Jahr|seit|bis|von|ab) [12]\.\d{3}\b", text), (number, text)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_sentences_are_short(page: Path) -> None:
    lengths = [len(s.split()) for s in sentences(page)]
    if not lengths:
        return
    longest = max(sentences(page), key=lambda s: len(s.split()))
    print(f"{page.name}: {sum(lengths) / len(lengths):.1f} Wörter im Mittel, höchstens {max(lengths)}")
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) <= 34, longest
