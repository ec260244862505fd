"""The preview's parts without a server: what has changed, what is undone, what cannot be read."""

from __future__ import annotations

import io
import socket
import tempfile
import time
from pathlib import Path

import pytest
from sphinx.application import ENV_PICKLE_FILENAME

from konzept.authors.chapters.settings import check_settings
from konzept.data.problems import NotDone
from konzept.publishing.preview.folders import Folders, mirror
from konzept.publishing.preview.server import serve
from konzept.publishing.preview.session import misspelt
from konzept.publishing.preview.watching import Sources, is_source
from konzept.publishing.preview.worker import explain
from konzept.site.earlier_build import MARK


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A last good book: one page read, written and served."""
    made = Folders(tmp_path)
    made.make()
    (made.doctrees / ENV_PICKLE_FILENAME).write_text("gut")
    (made.doctrees / "a.doctree").write_text("gut")
    (made.out / "a.html").write_text("gut")
    made.publish()
    return made


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_only_changed_content_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    page = tmp_path / "book/a.md"
    page.write_text("eins")
    sources = Sources(tmp_path)
    page.write_text("eins")
    assert sources.changed([page]) == set()
    page.write_text("zwei")
    assert sources.changed([page]) == {page}
    assert sources.changed([page]) == set()
    page.unlink()
    assert sources.changed([page]) == {page}


@pytest.mark.parametrize(
    "name", [".a.md.swp", "a.md~", "~$a.csv", "#a.md#", ".~lock.a.csv#", "__pycache__/a.py"]
)
def test_what_editors_leave_is_no_source(name: str) -> None:
    assert not is_source(Path("/book") / name)


def test_a_round_that_did_not_end_well_is_undone(folders: Folders) -> None:
    time.sleep(0.01)
    folders.begin()
    (folders.doctrees / ENV_PICKLE_FILENAME).write_text("halb")
    (folders.doctrees / "a.doctree").write_text("halb")
    (folders.doctrees / "b.doctree").write_text("halb")
    (folders.out / "a.html").write_text("halb")
    (folders.out / "b.html").write_text("halb")
    folders.undo()
    # What was read in the meantime is gone, so that Sphinx reads it again; what is back is whole.
    assert contents(folders.doctrees) == {ENV_PICKLE_FILENAME: "gut", MARK: ""}
    assert contents(folders.out) == contents(folders.served) == {"a.html": "gut"}


def test_a_first_round_that_did_not_end_well_leaves_nothing_known(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    folders.begin()
    (folders.doctrees / ENV_PICKLE_FILENAME).write_text("halb")
    folders.undo()
    assert contents(folders.doctrees) == {}


def test_a_good_round_is_served_and_not_undone(folders: Folders) -> None:
    folders.begin()
    (folders.doctrees / ENV_PICKLE_FILENAME).write_text("neu")
    (folders.out / "a.html").unlink()
    (folders.out / "b.html").write_text("neu")
    folders.publish()
    folders.undo()
    assert contents(folders.served) == contents(folders.out) == {"b.html": "neu"}
    assert contents(folders.doctrees)[ENV_PICKLE_FILENAME] == "neu"


def test_a_preview_that_was_killed_reads_everything_again(folders: Folders) -> None:
    folders.begin()
    folders.make()
    assert contents(folders.doctrees) == {}
    assert contents(folders.served) == {"a.html": "gut"}


def test_mirror_copies_only_what_differs(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    (source / "x").mkdir(parents=True)
    (source / "x/same.txt").write_text("gleich")
    mirror(source, target)
    before = (target / "x/same.txt").stat().st_ino
    (source / "new.txt").write_text("neu")
    mirror(source, target)
    assert contents(target) == {"x/same.txt": "gleich", "new.txt": "neu"}
    assert (target / "x/same.txt").stat().st_ino == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("execute:\n  a: b: c\n", "_config.yml, Zeile 2: Die Schreibweise (YAML) ist verletzt"),
        (
            "",
            "_config.yml: Die Datei ist leer oder unvollständig. Holen Sie ihre letzte Fassung aus git zurück.",
        ),
    ],
)
def test_unreadable_settings_are_a_german_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "_config.yml").write_text(text)
    assert [str(problem)[: len(sentence)] for problem in check_settings(tmp_path)] == [sentence]


def test_taken_port_is_a_german_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(NotDone) as refused:
            serve(tmp_path, port, print)
    assert str(refused.value) == (
        f"Die Adresse 127.0.0.1:{port} ist nicht frei, meist weil dort schon ein anderes Programm läuft. "
        f"Wählen Sie einen anderen Port, zum Beispiel: konzept preview --port {port + 1}"
    )


def test_code_that_python_cannot_read_is_a_german_sentence(tmp_path: Path) -> None:
    good, bad, gone, data = (tmp_path / name for name in ("gut.py", "schlecht.py", "weg.py", "a.csv"))
    good.write_text("a = 1\n")
    bad.write_text("a = 1\nb = (\n")
    data.write_text("b = (\n")
    assert misspelt({good, bad, gone, data}, tmp_path) == (
        "schlecht.py, Zeile 2: Diesen Code kann Python nicht lesen, oft wegen einer Klammer oder Einrückung.",
    )


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), UnicodeDecodeError("utf-8", b"x", 0, 1, "x")])
def test_a_crash_is_told_in_the_log_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    log = io.StringIO()
    try:
        raise error
    except type(error) as raised:
        explain(raised, log)
    assert "in test_a_crash_is_told_in_the_log_and_nowhere_else" in log.getvalue()
    assert type(error).__name__ in log.getvalue()
    assert list(tmp_path.iterdir()) == []
