"""What a build has left: taken over as it was left, else everything is built anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from konzept.publishing.leftovers import note, take_over

FILES = {
    "html/index.html": "<p>Seite</p>",
    "html/_static/search-index.js": "window.ikSuche = {}",
    "html/.buildinfo": "config: x",
    ".doctrees/environment.pickle": "Bau",
    ".diagramme/a.svg": "<svg/>",
    ".schriften/zeichen.woff2": "Schrift",
    ".jupyter_cache/global.db": "SQLite",
}


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "x").touch()


HARMS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:2]),
    "gone": lambda path: path.unlink(),
    "longer": lambda path: path.write_bytes(bytes(range(256)) * 9),
    "a folder": folder_instead,
}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work folder after a good build."""
    folder = tmp_path / "_build"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    note(folder)
    return folder


def left(work: Path) -> dict[str, str]:
    return {p.relative_to(work).as_posix(): p.read_text("utf-8") for p in work.rglob("*") if p.is_file()}


def test_what_is_as_it_was_is_taken_over_once(work: Path) -> None:
    assert take_over(work) is False
    assert left(work) == FILES
    # The build that has begun may fail: until it has come to a good end nothing is known of what it leaves.
    (work / "html/index.html").write_bytes(b"")
    assert take_over(work) is False
    assert left(work) == {**FILES, "html/index.html": ""}


def test_what_others_keep_there_does_not_count(work: Path) -> None:
    for name in (".ipython/profile_default/history.sqlite", ".schriften/cache/x.cache-8"):
        (work / name).parent.mkdir(parents=True)
        (work / name).write_text("x", "utf-8")
    note(work)
    (work / ".ipython/profile_default/history.sqlite").write_text("länger", "utf-8")
    (work / ".schriften/cache/x.cache-8").unlink()
    (work / "html/mehr.html").touch()
    assert take_over(work) is False


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", HARMS)
def test_what_is_broken_goes(work: Path, name: str, harm: str) -> None:
    HARMS[harm](work / name)
    assert take_over(work) is True
    assert left(work) == {}
    assert take_over(work) is False


@pytest.mark.parametrize("harm", HARMS)
def test_a_broken_note_proves_nothing(work: Path, harm: str) -> None:
    HARMS[harm](work.with_name("bestand.json"))
    assert take_over(work) is (harm != "gone")
    assert not work.with_name("bestand.json").exists()


def test_a_first_build_has_nothing_to_take_over(tmp_path: Path) -> None:
    assert take_over(tmp_path / "nie") is False


def test_a_work_folder_that_is_gone_is_no_book(work: Path) -> None:
    shutil.rmtree(work)
    assert take_over(work) is True
