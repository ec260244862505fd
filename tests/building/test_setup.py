"""The set-up and the command `konzept`: in folders of any name, and in copies of a folder that was set up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import openpyxl
import pytest
import yaml

from copies import copy_project
from folders import PROGRAM, rows
from sentences.programs import OTHERS
from typing_commands import ODD, environment, set_up, typed

ACTIVATE = "source .venv/bin/activate"
GOOD = "Daten und Kapitel sind in Ordnung.\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a folder with an odd name, set up."""
    return set_up(copy_project(tmp_path_factory.mktemp("ordner") / ODD / "Original"))


@pytest.fixture
def copied(original: Path, tmp_path: Path) -> Path:
    """The same folder, copied with all that is in it."""
    return Path(shutil.copytree(original, tmp_path / "Kopie (2)", symlinks=True))


@pytest.mark.parametrize("activate", [ACTIVATE, ". .venv/bin/activate"])
def test_the_command_runs_in_a_folder_of_any_name(original: Path, activate: str) -> None:
    result = typed(original, activate, "konzept check")
    assert (result.returncode, result.stdout) == (0, GOOD), result.stderr


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_command_runs_without_activation_and_by_a_link(
    original: Path, shell: str, tmp_path: Path
) -> None:
    (tmp_path / "konzept").symlink_to(original / ".venv/bin/konzept")
    for program in (original / ".venv/bin/konzept", tmp_path / "konzept"):
        result = subprocess.run(
            [shell, "-c", '"$0" check', program],
            cwd=original,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (result.returncode, result.stdout) == (0, GOOD), result.stderr


def test_the_folder_of_the_tests_is_as_odd_as_it_says(original: Path) -> None:
    assert all(sign in str(original) for sign in " ü'\"„“$&")


def change_and_import(project: Path, activate: str) -> subprocess.CompletedProcess[str]:
    """Change a measure by the workbook, as case and page have it."""
    exported = typed(project, activate, "konzept excel export konzept.xlsx")
    if exported.returncode:
        return exported
    book = openpyxl.load_workbook(project / "konzept.xlsx")
    sheet = book["Maßnahmen"]
    (column,) = [cell.column for cell in sheet[3] if str(cell.value).removesuffix(" *") == "Zielgruppe"]
    sheet.cell(4, column).value = "Eine andere Zielgruppe"
    book.save(project / "konzept.xlsx")
    return typed(project, activate, "konzept excel import konzept.xlsx")


def state(project: Path) -> dict[str, bytes]:
    return {p.relative_to(project).as_posix(): p.read_bytes() for p in (project / "data").rglob("*.*")}


def test_a_copied_folder_never_works_on_the_original(original: Path, copied: Path) -> None:
    before = state(original)
    result = change_and_import(copied, ACTIVATE)
    expected = OTHERS["Befehl in einem kopierten Ordner"]
    expected = expected.replace("/arbeit/kopie", str(copied)).replace("/arbeit/original", str(original))
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"{expected}\n")
    assert state(copied) == state(original) == before


def test_a_copied_folder_that_is_set_up_anew_works_on_itself(original: Path, copied: Path) -> None:
    before = state(original)
    result = change_and_import(set_up(copied), ACTIVATE)
    assert (result.returncode, result.stderr) == (0, "")
    assert rows(copied / "data", "massnahmen")[0]["zielgruppe"] == "Eine andere Zielgruppe"
    assert state(original) == before


ASK = "import sys; sys.path.insert(0, 'scripts'); import setup; print(setup.is_from_elsewhere())"


def is_from_elsewhere(project: Path) -> bool:
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout == "True\n"


def test_the_set_up_sees_that_an_environment_is_from_elsewhere(original: Path, copied: Path) -> None:
    assert not is_from_elsewhere(original)
    assert is_from_elsewhere(copied)
    # Moved, or put in place of another.
    moved = copied.rename(copied.with_name("verschoben"))
    assert is_from_elsewhere(moved)
    shutil.rmtree(moved / ".venv")
    (moved / ".venv").symlink_to(original / ".venv")
    assert is_from_elsewhere(moved)
    # What is thrown away is the link, never the original's environment.
    set_up(moved)
    assert not (moved / ".venv").is_symlink()
    assert typed(original, ACTIVATE, "konzept check").stdout == GOOD
    assert typed(moved, ACTIVATE, "konzept check").stdout == GOOD


def test_the_project_is_not_from_elsewhere() -> None:
    assert not is_from_elsewhere(PROGRAM)


def test_what_environment_yml_tells_conda_leads_to_the_same(tmp_path: Path) -> None:
    """Its lines for pip, in an environment of its own that has a package only if this one has; then the link."""
    project = copy_project(tmp_path / ODD)
    for name in ("environment.yml", "requirements.txt", "pyproject.toml"):
        shutil.copy(PROGRAM / name, project)
    described = yaml.safe_load((project / "environment.yml").read_text("utf-8"))["dependencies"]
    (lines,) = (each["pip"] for each in described if isinstance(each, dict))
    venv.create(tmp_path / "conda", with_pip=True)
    python = tmp_path / "conda/bin/python"
    # Python 3.11 brings an older one along.
    subprocess.run([python, "-m", "pip", "uninstall", "-y", "setuptools"], check=True, capture_output=True)
    (packages,) = (tmp_path / "conda").glob("lib/python*/site-packages")
    (packages / "aus-dieser-umgebung.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    wanted = [word for line in lines for word in line.split()]
    for command in (["-m", "pip", "install", "--no-index", *wanted], ["scripts/setup.py", "--link"]):
        subprocess.run([python, *command], cwd=project, env=environment(), check=True, capture_output=True)
    told = subprocess.run(
        [tmp_path / "conda/bin/konzept", "check"],
        cwd=project,
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode() == GOOD


def test_a_folder_that_no_path_can_name(tmp_path: Path) -> None:
    project = tmp_path / "Konzept: Entwurf"
    (project / "scripts").mkdir(parents=True)
    shutil.copy(PROGRAM / "scripts/setup.py", project / "scripts")
    result = subprocess.run(
        [sys.executable, "scripts/setup.py"],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (
        1,
        f"Der Name des Ordners „{project}“ enthält das Zeichen „:“. Benennen Sie ihn um.\n",
    )
