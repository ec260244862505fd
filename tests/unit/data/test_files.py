"""A file is there as a whole or as it was."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest

from folders import PROGRAM, PROJECT, rows, write
from konzept.authors.chapters.contents import check_contents
from konzept.authors.check import check_hints, check_project
from konzept.data.files import whole
from konzept.data.foreign_files import stray
from konzept.data.package import fingerprint
from konzept.data.saving import complete, save, state
from sentences.programs import OTHERS


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


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "anderswo").mkdir()
    real = tmp_path / "anderswo/a.txt"
    real.write_text("alt")
    link = tmp_path / "a.txt"
    link.symlink_to(real)
    with whole(link) as waiting:
        waiting.write_text("neu")
    assert (link.is_symlink(), real.read_text()) == (True, "neu")
    assert list(real.parent.iterdir()) == [real]


def test_an_import_keeps_links(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    real = tmp_path / "gruppen.csv"
    real.write_bytes(b"alt")
    (folder / "gruppen.csv").symlink_to(real)
    save(folder, {"gruppen.csv": b"neu", "ziele.csv": b"auch"}, state(folder))
    assert ((folder / "gruppen.csv").is_symlink(), real.read_bytes()) == (True, b"neu")
    assert (folder / "ziele.csv").read_bytes() == b"auch"
    assert sorted(path.name for path in folder.iterdir()) == ["gruppen.csv", "ziele.csv"]


@pytest.mark.parametrize("change", ["line ends", "letters in two parts", "no mark", "foreign files"])
def test_fingerprint_is_that_of_the_content(data: Path, change: str) -> None:
    before = fingerprint(data)
    for path in data.glob("*.csv"):
        text = path.read_bytes().decode("utf-8-sig")
        if change == "line ends":
            path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
        elif change == "letters in two parts":
            path.write_bytes(unicodedata.normalize("NFD", text).encode("utf-8-sig"))
        elif change == "no mark":
            path.write_bytes(text.encode())
    if change == "foreign files":
        (data / "indicator_1-1-1.csv").write_text("Year,Units,Value\n2020,Prozent,12.5\n")
    assert fingerprint(data) == before
    (data / "gruppen.csv").write_bytes((data / "gruppen.csv").read_bytes().replace(b"insgesamt", b"alle"))
    assert fingerprint(data) != before


def test_line_ends_are_no_changes() -> None:
    """As Git for Windows fetches files and Excel saves them: no line of theirs is another."""
    names = (
        "data/messwerte.csv",
        "book/index.md",
        "scripts/setup.py",
        "book/assets/mitschreiben/vorschau.png",
    )
    asked = ["git", "check-attr", "text", "eol", "--", *names]
    answer = subprocess.run(asked, cwd=PROGRAM, capture_output=True, text=True, check=True).stdout
    assert answer.count("text: auto") == len(names)
    assert answer.count("eol: lf") == len(names)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("indicator_1-1-1.csv", "gehört zu keiner Tabelle und hat keine Wirkung. Legen Sie sie anderswohin."),
        (
            "massnahmen - Kopie.csv",
            "sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin.",
        ),
        ("massnahmen (1).csv", "sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin."),
        ("~$messwerte.csv", "sperrt eine Datei, die gerade geöffnet ist. Schließen Sie das andere Programm."),
        (
            ".~lock.messwerte.csv#",
            "sperrt eine Datei, die gerade geöffnet ist. Schließen Sie das andere Programm.",
        ),
        ("messwerte.csv.bak", "ist der Rest eines anderen Programms. Löschen Sie sie."),
    ],
)
def test_foreign_files_are_named(data: Path, name: str, told: str) -> None:
    (data / name).write_text("x")
    assert f"data/{name}: Diese Datei {told}" in [str(hint) for hint in check_hints(data)]
    assert check_project(data) == ()


def test_what_belongs_to_the_data_is_not_named(data: Path) -> None:
    (data / "intern").mkdir()
    (data / ".ipynb_checkpoints").mkdir()
    (data / ".import-x").mkdir()
    assert not [hint for hint in check_hints(data, PROJECT / "book") if "Diese Datei" in hint.message]


def test_rows_that_git_has_and_a_table_has_lost(data: Path) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", "-C", str(data.parent), *name, *words], check=True, capture_output=True)

    def told() -> list[str]:
        return [str(hint) for hint in check_hints(data) if "in git" in hint.message]

    write(data, "akteure", rows(data, "akteure")[:10])
    assert told() == []  # no git, no last version
    (data / "akteure.csv").write_bytes((PROJECT / "data/akteure.csv").read_bytes())
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "x")
    assert told() == []
    # A row less, or one line end for another, is no loss.
    write(data, "messwerte", rows(data, "messwerte")[1:])
    path = data / "gruppen.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert told() == []
    write(data, "gruppen", [])
    write(data, "akteure", rows(data, "akteure")[:10])
    assert told() == [OTHERS["Tabelle ist leer geworden"], OTHERS["Tabelle hat viele Zeilen verloren"]]


def test_what_a_killed_import_has_begun_goes(data: Path) -> None:
    (data / ".import-alt").mkdir()
    (data / ".import-alt/massnahmen.csv").write_text("halb")
    (data / ".import-neu").mkdir()
    os.utime(data / ".import-alt", (0, 0))
    complete(data)
    assert check_project(data) == ()
    assert [path.name for path in data.glob(".import-*")] == [".import-neu"]


def test_leftovers_among_the_pages_are_named(data: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    (book / "chapters").mkdir(parents=True)
    (book / "chapters/bild.png").write_text("x")
    (book / "chapters/.~lock.01-bildung.md#").write_text("x")
    (book / "chapters/bild - Kopie.png").write_text("x")
    told = [hint.file for hint in check_hints(data, book) if "Diese Datei" in hint.message]
    assert told == ["book/chapters/.~lock.01-bildung.md#", "book/chapters/bild - Kopie.png"]


def test_a_copy_of_a_page_is_no_page_of_the_book(tmp_path: Path) -> None:
    contents = "format: jb-book\nroot: book/a\nchapters:\n- url: https://example.org\n"
    (tmp_path / "_toc.yml").write_text(contents, "utf-8")
    (only,) = check_contents(tmp_path, ["book/a", "book/a - Kopie"])
    assert str(only) == (
        "book/a - Kopie.md: Diese Datei sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin."
    )


@pytest.mark.parametrize(
    "name", ["messwerte.csv", "01-bildung.md", "altersgruppen.csv", "vorschau.png", "kopien.csv"]
)
def test_what_is_no_leftover(name: str) -> None:
    assert stray(name) is None
