"""A paper is taken as it is only if nothing of what it was made of has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from konzept.paper.printing import is_current, note


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper with a picture, noted as made of "Stoff"."""
    paper, picture = tmp_path / "papier.pdf", tmp_path / "bild.svg"
    paper.write_bytes(b"%PDF")
    picture.write_bytes(b"<svg/>")
    note(paper, "Stoff", [picture])
    return paper


def test_what_nothing_has_changed_of_is_current(paper: Path) -> None:
    assert is_current(paper, "Stoff")


def _other_picture(paper: Path) -> None:
    (paper.parent / "bild.svg").write_bytes(b"<svg>neu</svg>")


def _lost_picture(paper: Path) -> None:
    (paper.parent / "bild.svg").unlink()


def _half_a_paper(paper: Path) -> None:
    paper.write_bytes(b"%P")


def _lost_paper(paper: Path) -> None:
    paper.unlink()


def _half_a_note(paper: Path) -> None:
    note = paper.with_suffix(".json")
    note.write_bytes(note.read_bytes()[:40])


def _other_note(paper: Path) -> None:
    paper.with_suffix(".json").write_text("[]")


@pytest.mark.parametrize(
    "change", [_other_picture, _lost_picture, _half_a_paper, _lost_paper, _half_a_note, _other_note]
)
def test_any_change_has_it_printed_again(paper: Path, change: Callable[[Path], None]) -> None:
    change(paper)
    assert not is_current(paper, "Stoff")


def test_other_matter_has_it_printed_again(paper: Path) -> None:
    assert not is_current(paper, "anderer Stoff")
