"""Several authors, each with an own copy: what they do comes together, and nothing is lost or decided unasked."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import run_konzept
from copies import copy_project, replace
from konzept.authors.states import (
    Conflict,
    fetch_common,
    give_to_common,
    save_state,
    saved_states,
    unsaved,
)
from konzept.data.problems import NotDone

PAGE, SECOND = "book/chapters/01-bildung.md", "book/index.md"
TABLE = "data/massnahmen.csv"
OTHER_SIDE = ("massnahmen.csv", "Zeile „m-bildung-videotutorials“, Spalte „Titel“")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True, text=True).stdout


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The working copies of two authors, and the common state of both."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = tmp_path / "anna"
    copy_project(first, small=True)
    shutil.rmtree(first / "scripts")
    save_state(first, "Anfang", "Anna")
    git(first, "branch", "-M", "main")
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "gemeinsam.git")
    git(first, "remote", "add", "origin", str(tmp_path / "gemeinsam.git"))
    git(first, "push", "--quiet", "-u", "origin", "main")
    git(tmp_path, "clone", "--quiet", "gemeinsam.git", "ben")
    return first, tmp_path / "ben"


def titled(project: Path, old: str, new: str) -> None:
    replace(project / TABLE, old, new)


def give(project: Path, sentence: str, **choices: str) -> list[Conflict]:
    if unsaved(project).files:
        save_state(project, sentence, project.name)
    return give_to_common(project, choices)[1]


def test_two_cells_of_one_row_and_two_sentences_of_one_page_come_together(copies: tuple[Path, Path]) -> None:
    anna, ben = copies
    row = next(
        line for line in (anna / TABLE).read_text("utf-8").splitlines() if "m-bildung-videotutorials" in line
    )
    assert ";Videotutorials erstellen;" in row
    titled(anna, row, row.replace("Videotutorials erstellen", "Lehrfilme drehen"))
    lines = (anna / PAGE).read_text("utf-8").splitlines()
    (anna / PAGE).write_text("\n".join([*lines, "", "Annas Satz."]) + "\n", "utf-8")
    assert give(anna, "Titel") == []
    status = row.rpartition(";")
    titled(ben, row, f"{status[0]};Anmerkung von Ben")
    (ben / PAGE).write_text(
        (ben / PAGE).read_text("utf-8").replace("\n## ", "\nBens Satz.\n\n## ", 1), "utf-8"
    )
    assert give(ben, "Anmerkung") == []
    assert fetch_common(anna)[1] == []
    for project in copies:
        text = (project / TABLE).read_text("utf-8")
        assert "Lehrfilme drehen" in text
        assert "Anmerkung von Ben" in text
        page = (project / PAGE).read_text("utf-8")
        assert "Annas Satz." in page
        assert "Bens Satz." in page
    assert git(anna, "rev-parse", "HEAD") == git(ben, "rev-parse", "HEAD")


@pytest.mark.parametrize("side", ["meine", "andere"])
def test_the_same_cell_is_asked_about_and_one_side_chosen(copies: tuple[Path, Path], side: str) -> None:
    anna, ben = copies
    titled(anna, "Videotutorials erstellen", "Lehrfilme drehen")
    titled(ben, "Videotutorials erstellen", "Filme zeigen")
    assert give(anna, "Titel") == []
    before = (ben / TABLE).read_bytes()
    (conflict,) = give(ben, "Titel")
    assert (conflict.file.removeprefix("data/"), conflict.place) == OTHER_SIDE
    assert (conflict.mine, conflict.other) == ("„Filme zeigen“", "„Lehrfilme drehen“")
    assert (ben / TABLE).read_bytes() == before
    assert give(ben, "", **{conflict.key: side}) == []
    assert fetch_common(anna)[1] == []
    chosen = {"meine": "Filme zeigen", "andere": "Lehrfilme drehen"}[side]
    assert chosen in (anna / TABLE).read_text("utf-8")
    assert (anna / TABLE).read_bytes() == (ben / TABLE).read_bytes()


@pytest.mark.parametrize("side", ["meine", "andere"])
def test_the_same_sentence_is_asked_about(copies: tuple[Path, Path], side: str) -> None:
    anna, ben = copies
    for project, word in ((anna, "Annas"), (ben, "Bens")):
        path = project / PAGE
        path.write_text(path.read_text("utf-8").replace("\n## ", f"\n{word} Satz.\n\n## ", 1), "utf-8")
    assert give(anna, "Satz") == []
    (conflict,) = give(ben, "Satz")
    assert (conflict.mine, conflict.other) == ("„Bens Satz.“", "„Annas Satz.“")
    assert give(ben, "", **{conflict.key: side}) == []
    text = (ben / PAGE).read_text("utf-8")
    assert ("Bens Satz." in text, "Annas Satz." in text) == (side == "meine", side == "andere")
    assert "<<<<" not in text
    assert "====" not in text


def test_a_row_that_one_deletes_and_the_other_changes_is_asked_about(copies: tuple[Path, Path]) -> None:
    anna, ben = copies
    notes = "data/suchworte.csv"
    lines = (anna / notes).read_text("utf-8").splitlines(keepends=True)
    (anna / notes).write_text("".join([*lines[:1], *lines[2:]]), "utf-8")
    assert give(anna, "Gelöscht") == []
    assert give(ben, "Nichts") == []
    assert (ben / notes).read_bytes() == (anna / notes).read_bytes()
    titled(ben, "Videotutorials erstellen", "Filme zeigen")
    assert give(ben, "Titel") == []
    (anna / PAGE).unlink()
    save_state(anna, "Seite weg", "anna")
    (ben / PAGE).write_text((ben / PAGE).read_text("utf-8") + "\nBens Satz.\n", "utf-8")
    assert give(ben, "Satz") == []
    _, (conflict,) = fetch_common(anna)
    assert (conflict.place, conflict.mine, conflict.other) == ("ganze Datei", "gelöscht", "geändert oder neu")
    assert fetch_common(anna, {conflict.key: "andere"})[1] == []
    assert "Bens Satz." in (anna / PAGE).read_text("utf-8")


def test_what_does_not_pass_the_check_is_not_given(copies: tuple[Path, Path]) -> None:
    anna, _ = copies
    common = git(anna, "rev-parse", "origin/main")
    (anna / PAGE).write_text((anna / PAGE).read_text("utf-8") + "\n{quelle}`d-gibt-es-nicht`\n", "utf-8")
    with pytest.raises(NotDone, match="Sichern Sie zuerst"):
        give_to_common(anna)
    with pytest.raises(NotDone, match="Beheben Sie erst die Fehler"):
        give(anna, "Fehler")
    assert git(anna, "ls-remote", "origin", "main").split()[0] == common.strip()


def test_without_a_common_state_it_says_so(tmp_path: Path, copies: tuple[Path, Path]) -> None:
    anna, _ = copies
    git(anna, "remote", "remove", "origin")
    with pytest.raises(NotDone, match="Einen gemeinsamen Stand gibt es für diesen Ordner nicht"):
        fetch_common(anna)


def test_the_command_tells_and_takes_choices(copies: tuple[Path, Path]) -> None:
    anna, ben = copies

    def stand(project: Path, *words: str) -> str:
        done = run_konzept(project, "stand", *words)
        return done.stdout + done.stderr

    assert stand(anna, "holen") == "Im gemeinsamen Stand ist nichts Neues.\n"
    assert stand(anna, "abgeben") == "Der gemeinsame Stand hat schon alles von Ihnen.\n"
    titled(anna, "Videotutorials erstellen", "Lehrfilme drehen")
    titled(ben, "Videotutorials erstellen", "Filme zeigen")
    for project in copies:
        save_state(project, "Titel", project.name)
    assert stand(anna, "abgeben").startswith("Abgegeben: ")
    told = stand(ben, "holen")
    assert "bei Ihnen „Filme zeigen“, im gemeinsamen Stand „Lehrfilme drehen“" in told
    assert "Dasselbe haben auch andere geändert. Geändert ist noch nichts." in told
    assert stand(ben, "holen", "--andere", told[:6]).startswith("Übernommen: ")


def sessions(copies: tuple[Path, Path], count: int, rng: random.Random) -> None:
    """Let two authors write, save, fetch and give by chance; then all of it is there, or was decided against."""
    written: set[str] = set()
    replaced: set[str] = set()
    for n in range(count):
        project = rng.choice(copies)
        token = f"Wort{n:04}{project.name}"
        if rng.random() < 0.5:
            path = project / rng.choice((PAGE, SECOND))
            lines = path.read_text("utf-8").split("\n")
            starts = [k for k, line in enumerate(lines) if line.startswith("## ")]
            lines.insert(rng.choice(starts), f"{token} steht hier.\n")
            path.write_text("\n".join(lines), "utf-8")
        else:
            path = project / TABLE
            rows = path.read_bytes().decode("utf-8").split("\n")
            k = rng.randrange(1, min(len(rows) - 1, 8))
            cells = rows[k].split(";")
            replaced |= set(re.findall(r"Wort\d{4}\w+", cells[3]))
            cells[3] = token
            rows[k] = ";".join(cells)
            path.write_bytes("\n".join(rows).encode())
        written.add(token)
        if rng.random() < 0.6:
            for conflict in give(project, token):
                _decide(project, conflict, rng, replaced)
    for _ in range(2):
        for project in copies:
            for conflict in give(project, "Ende"):
                _decide(project, conflict, rng, replaced)
    for project in copies:
        assert fetch_common(project) == (None, [])
    there = "".join((copies[0] / name).read_text("utf-8") for name in (TABLE, PAGE, SECOND))
    found = set(re.findall(r"Wort\d{4}(?:anna|ben)", there))
    assert written - replaced <= found
    assert (copies[0] / TABLE).read_bytes() == (copies[1] / TABLE).read_bytes()
    assert len(saved_states(copies[0], 10_000)) > count // 4


def _decide(project: Path, first: Conflict, rng: random.Random, replaced: set[str]) -> None:
    """Choose for each conflict that is told, until none is left."""
    choices: dict[str, str] = {}
    conflicts = [first]
    while conflicts:
        for conflict in conflicts:
            side = rng.choice(("meine", "andere"))
            choices[conflict.key] = side
            lost = conflict.other if side == "meine" else conflict.mine
            replaced |= set(re.findall(r"Wort\d{4}(?:anna|ben)", lost))
        conflicts = give_to_common(project, choices)[1]


def test_in_chance_sessions_nothing_is_lost(copies: tuple[Path, Path]) -> None:
    sessions(copies, 24, random.Random(28))
