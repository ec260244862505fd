"""Saved states: what is kept, what stays outside, what is told of a change, and that nothing is ever lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import run_konzept
from copies import replace
from folders import PROJECT
from konzept.authors.states import (
    bring_back,
    differences,
    save_state,
    saved_states,
    unsaved,
)
from konzept.data.problems import NotDone

PAGE = "book/chapters/02-gesundheit.md"
TABLE = "data/statusverlauf.csv"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The frozen town's pages and data, without any saved state, at a desk where git knows nobody."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "projekt"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("_build"))
    return folder


def kept(project: Path) -> set[str]:
    told = subprocess.run(
        ["git", "ls-tree", "-r", "-z", "--name-only", "HEAD"], cwd=project, capture_output=True, check=True
    )
    return set(told.stdout.decode().split("\0")) - {""}


def edit(project: Path, sentence: str) -> None:
    path = project / PAGE
    path.write_text(f"{path.read_text('utf-8')}\n{sentence}\n", "utf-8")


def test_only_what_belongs_to_the_project_is_kept(project: Path) -> None:
    assert saved_states(project) == []
    foreign = ("data/Antworten.xlsx", "book/Entwurf.docx")
    for name in (
        *foreign,
        "Notizen.txt",
        "_build/x.md",
        "data/messwerte - Kopie.csv",
    ):
        path = project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("geheim", "utf-8")
    intern = project / "data/intern/namen.csv"
    intern.parent.mkdir(exist_ok=True)
    intern.write_text("name\nKunigunde Beispielfrau\n", "utf-8")
    state, faults, outside = save_state(project, " Erster \n Stand ", "Erika Muster")
    assert (state.sentence, state.who, faults) == ("Erster Stand", "Erika Muster", 0)
    assert set(outside) == {*foreign, "data/messwerte - Kopie.csv"}
    own = {p.relative_to(PROJECT).as_posix() for p in PROJECT.rglob("*") if p.is_file()}
    assert kept(project) == {
        name
        for name in own
        if name.startswith(("book/", "data/", "_", "ausgaben/")) and "_build/" not in name
    }
    assert unsaved(project).files == ()
    with pytest.raises(NotDone, match="hat sich nichts geändert"):
        save_state(project, "Noch einmal")


def test_what_changed_is_told_by_row_and_sentence(project: Path) -> None:
    save_state(project, "Anfang")
    old = "m-bildung-videotutorials;2023-08-30;geplant;"
    assert old in (project / TABLE).read_text("utf-8")
    replace(project / TABLE, old, old.replace("geplant", "laufend"))
    edit(project, "Ein neuer Satz.")
    told = [
        f"{PAGE}:",
        "  neu: „Ein neuer Satz.“",
        "Statusverlauf: 1 geändert",
    ]
    lines = differences(project)
    assert [line for line in lines if line in told] == told
    assert "      Status: „geplant“ → „laufend“" in [f"  {line}" for line in lines] + lines
    state, _, _ = save_state(project, "Status nachgetragen")
    assert differences(project) == []
    assert differences(project, state.key) == lines
    replace(project / PAGE, "Ein neuer Satz.", "Ein ganz neuer Satz.")
    assert differences(project) == [f"{PAGE}:", "  geändert: „Ein neuer Satz.“ → „Ein ganz neuer Satz.“"]


def test_a_name_that_must_not_be_published_is_not_passed_on(project: Path) -> None:
    save_state(project, "Anfang")
    (project / "data/intern").mkdir()
    (project / "data/intern/namen.csv").write_text("name\nKunigunde Beispielfrau\n", "utf-8")
    edit(project, "Gefragt wurde Kunigunde Beispielfrau.")
    with pytest.raises(NotDone, match="nicht veröffentlicht werden"):
        save_state(project, "Gespräch eingetragen")
    assert len(saved_states(project)) == 1


@pytest.mark.parametrize("key", ["HEAD", "--all", "-n1", "abc", "0000000", "..", "main", ""])
def test_what_is_no_state_is_refused(project: Path, key: str) -> None:
    save_state(project, "Anfang")
    before = {path: path.read_bytes() for path in (project / "book").rglob("*.md")}
    with pytest.raises(NotDone, match="gibt es nicht"):
        bring_back(project, key)
    assert before == {path: path.read_bytes() for path in (project / "book").rglob("*.md")}


def test_one_file_comes_back_and_the_others_stay(project: Path) -> None:
    first, _, _ = save_state(project, "Anfang")
    page = (project / PAGE).read_bytes()
    edit(project, "Ein neuer Satz.")
    other = project / "book/chapters/01-bildung.md"
    other.write_bytes(other.read_bytes() + b"\nNoch einer.\n")
    state = bring_back(project, first.key, (PAGE,))
    assert state is not None
    assert (project / PAGE).read_bytes() == page
    assert other.read_bytes().endswith(b"Noch einer.\n")
    assert [s.sentence.split(" (")[0] for s in saved_states(project)] == [
        f"Zurückgeholt: {PAGE}",
        "Stand vor dem Zurückholen",
        "Anfang",
    ]
    assert bring_back(project, first.key, (PAGE,)) is None
    with pytest.raises(NotDone, match="gibt es weder"):
        bring_back(project, first.key, ("book/nirgends.md",))


def test_whatever_is_done_nothing_is_lost(project: Path) -> None:
    rng = random.Random(28)
    save_state(project, "Anfang")
    seen = {(project / PAGE).read_bytes()}
    for n in range(40):
        deed = rng.choice(("schreiben", "schreiben", "sichern", "zurück"))
        if deed == "schreiben":
            edit(project, f"Satz {n}.")
            seen.add((project / PAGE).read_bytes())
        elif deed == "sichern" and unsaved(project).files:
            save_state(project, f"Stand {n}")
        elif deed == "zurück":
            bring_back(project, rng.choice(saved_states(project)).key)
    # What was overwritten by a later sentence holds all of it; what was brought back over was saved before.
    contents = [
        subprocess.run(
            ["git", "show", f"{s.key}:{PAGE}"], cwd=project, capture_output=True, check=True
        ).stdout
        for s in saved_states(project, 1000)
    ]
    contents.append((project / PAGE).read_bytes())
    assert all(any(one in content for content in contents) for one in seen)


def test_a_project_in_a_folder_of_another_repository_keeps_to_itself(tmp_path: Path, project: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "fremd.md").write_text("fremd", "utf-8")
    first, _, _ = save_state(project, "Anfang", "Erika Muster")
    edit(project, "Ein Satz.")
    assert unsaved(project).files == (PAGE,)
    assert bring_back(project, first.key) is not None
    assert unsaved(project).files == ()
    assert all("fremd" not in name for name in kept(project))


def test_without_git_it_says_what_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert saved_states(project) == []
    with pytest.raises(NotDone, match="Das Programm „git“ fehlt"):
        save_state(project, "Anfang")


def test_the_command_saves_tells_and_brings_back(project: Path) -> None:
    def konzept(*words: str) -> str:
        done = run_konzept(project, "stand", *words)
        return done.stdout + done.stderr

    assert konzept("verlauf") == (
        "Noch ist kein Stand gesichert: „konzept stand sichern“ beginnt den Verlauf.\n"
    )
    assert "Gesichert als" in konzept("sichern", "Anfang", "--von", "Erika Muster")
    key = saved_states(project)[0].key
    edit(project, "Ein Satz.")
    (project / TABLE).write_text("falsch", "utf-8")
    (project / "data/Antworten.xlsx").write_text("geheim", "utf-8")
    assert "Noch nicht gesichert:" in konzept("verlauf")
    told = konzept("sichern", "Versehen")
    assert "in diesem Stand: „konzept check“ nennt, was zu ändern ist." in told
    assert "weil es zu keiner Seite und keiner Tabelle gehört: data/Antworten.xlsx" in told
    assert ". Gesichert als" in konzept("zurueckholen", key)
    assert konzept("zurueckholen", key) == "Es ist schon alles so wie in diesem Stand.\n"
    assert "Erika Muster: Anfang" in konzept("verlauf", key)
