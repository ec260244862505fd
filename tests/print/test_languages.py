"""Each short version is a paper of its own, lawful, and its text is that of the source, letter for letter."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader
from verapdf import PROFILES, judge

from folders import PROJECT
from konzept.authors.languages.versions import read_versions

CODES = ("de-x-einfach", "ar", "en", "tr", "uk")


VOWELS = {*"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"}
"""Marks that Arabic is printed without; pages have them where they help reading."""


def _letters(text: str) -> str:
    """Keep what is spoken: letters with their marks, and digits."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum() or unicodedata.combining(c))


def _read(path: Path) -> tuple[PdfReader, str]:
    reader = PdfReader(path)
    return reader, "".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("code", CODES)
def test_the_text_of_the_paper_is_that_of_the_source(built: Path, code: str) -> None:
    """From right to left, too: other fonts than the book's give a text that nobody could search or hear."""
    reader, text = _read(built / "pdf" / f"kurzfassung-{code}.pdf")
    # Numbers of pages stand between lines.
    found = _letters(re.sub(r"\n?\d+ / \d+\n?", "\n", text))
    [version] = [v for v in read_versions(PROJECT / "book") if v.code == code]
    assert VOWELS.isdisjoint(text)
    assert VOWELS.isdisjoint("".join(block.text for block in version.blocks)) == (code != "ar")
    place = 0
    for block in version.blocks:
        pieces = [block.title, *re.split(r"\{(?:zahl|kontakt)\}`[^`]*`|\n+", block.text)]
        for piece in pieces:
            plain = re.sub(r"\{(?:begriff|abbildung)\}`([^`<]*?)\s*(?:<[^`]*)?`", r"\1", piece)
            if wanted := _letters("".join(c for c in plain if c not in VOWELS)):
                at = found.find(wanted, place)
                assert at >= 0, (block.name, plain)
                place = at + len(wanted)
    assert reader.root_object["/Lang"] == code


@pytest.mark.parametrize("code", CODES)
def test_a_short_version_has_few_pages(built: Path, code: str) -> None:
    assert 1 <= len(PdfReader(built / "pdf" / f"kurzfassung-{code}.pdf").pages) <= 4
    assert (built / "html" / f"kurzfassung-{code}.pdf").is_file()


def test_verapdf_finds_nothing_wrong(built: Path) -> None:
    paths = [built / "pdf" / f"kurzfassung-{code}.pdf" for code in CODES]
    for verdicts in judge(*paths).values():
        assert [v.standard for v in verdicts] == list(PROFILES)
        assert [v.failed for v in verdicts] == [{}, {}]
