"""A command works on the project that one stands in, or refuses: never on another one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import run_konzept
from folders import PROGRAM, PROJECT
from konzept.data.project import Elsewhere, project_around, project_here
from konzept.notebook.book import open_book
from sentences.programs import OTHERS


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What someone gets who copies the folder, as far as it decides which project is meant."""
    folder = tmp_path / "kopie"
    folder.mkdir()
    for place in (PROJECT / "data", PROGRAM / "scripts"):
        shutil.copytree(place, folder / place.name, ignore=shutil.ignore_patterns("__pycache__", "intern"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(PROJECT / name, folder)
    (folder / "book").symlink_to(PROJECT / "book")
    return folder


def sentence(name: str, copy: Path | None = None) -> str:
    text = OTHERS[name].replace("/arbeit/original", str(PROGRAM))
    return text if copy is None else text.replace("/arbeit/kopie", str(copy))


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run this project's program in a folder."""
    result = subprocess.run(
        [sys.executable, "-m", "konzept", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROGRAM / "scripts")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize("place", [".", "book", "data", "scripts/konzept/data"])
def test_a_project_is_found_from_every_folder_in_it(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROGRAM / place)
    assert project_here() == PROGRAM


@pytest.mark.parametrize("kept", ["_config.yml", "_toc.yml", "data/kommune.json"])
def test_a_damaged_project_is_still_one(kept: str, copy: Path) -> None:
    for mark in {"_config.yml", "_toc.yml", "data/kommune.json"} - {kept}:
        (copy / mark).unlink()
    with pytest.raises(Elsewhere):
        project_around(copy)
    (copy / kept).unlink()
    assert project_around(copy) is None


def test_a_project_whose_program_is_a_link_is_its_own(copy: Path) -> None:
    shutil.rmtree(copy / "scripts")
    (copy / "scripts").symlink_to(PROGRAM / "scripts")
    assert project_here(copy) == copy


COMMANDS = (
    ["check"],
    ["check", "--data", "data"],
    ["build", "--only", "html"],
    ["new", "bildung"],
    ["preview"],
    ["excel", "export", "konzept.xlsx"],
    ["excel", "import", "konzept.xlsx"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_program_of_another_project_refuses(command: list[str], copy: Path) -> None:
    place = copy / "data"
    assert run(place, *command) == (2, "", sentence("Befehl in einem kopierten Ordner", copy) + "\n")
    assert run(place, *command, "--help")[0] == 0


def test_a_town_inside_the_project_is_another_one(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = copy / "tests" / "stadt"
    inner.mkdir(parents=True)
    shutil.copy(PROJECT / "_toc.yml", inner)
    result = run_konzept(copy, "check")
    assert result.returncode == 0, result.stderr
    result = subprocess.run(
        [sys.executable, "-m", "konzept", "check"],
        cwd=inner,
        env={**os.environ, "PYTHONPATH": str(copy / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "_config.yml: Diese Datei fehlt." in result.stderr
    assert f"{inner / 'data/kommune.json'}: Diese Datei fehlt." in result.stderr


def test_outside_of_any_project(tmp_path: Path) -> None:
    assert run(tmp_path, "check") == (2, "", sentence("Befehl außerhalb des Projekts") + "\n")


def test_without_an_environment_of_its_own(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/opt/conda/envs/integrationskonzept")
    with pytest.raises(Elsewhere) as refused:
        project_here(copy)
    assert str(refused.value) == sentence("Befehl in einem kopierten Ordner (mit conda)", copy)


def test_a_notebook_shows_the_data_of_its_own_folder(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KONZEPT_DATA", raising=False)
    monkeypatch.chdir(copy / "data")
    with pytest.raises(Elsewhere):
        open_book()
    # Where there is no project, as for papermill in a folder of results, the program's own data are meant.
    monkeypatch.chdir(copy.parent)
    assert open_book().concept.fields


def test_plain_jupyter_book_refuses_another_project(copy: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(copy)],
        env={**os.environ, "PYTHONPATH": str(PROGRAM / "scripts")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode != 0
    assert sentence("Befehl in einem kopierten Ordner", copy) in result.stdout + result.stderr
    assert not list((copy / "_build/html").rglob("*.html"))
