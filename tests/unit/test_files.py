"""A file is there as a whole or as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from konzept.files import whole


def test_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("alt")
    with whole(path) as waiting:
        waiting.write_text("neu")
        assert path.read_text() == "alt"
    assert path.read_text() == "neu"
    assert list(tmp_path.iterdir()) == [path]


def _break_off(path: Path) -> None:
    with whole(path) as waiting:
        waiting.write_text("halb")
        raise OSError("Platte voll")


def test_failed_writing_leaves_the_old_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("alt")
    with pytest.raises(OSError, match="Platte voll"):
        _break_off(path)
    assert path.read_text() == "alt"
    assert list(tmp_path.iterdir()) == [path]
