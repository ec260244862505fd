"""The program installed, and a town's folder elsewhere: the same pages as from the checkout, and nothing of the program in the folder."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from conftest import run_konzept
from copies import copy_project
from folders import PROGRAM


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment in which the program is installed from a wheel, with the libraries of this one."""
    folder = tmp_path_factory.mktemp("programm")
    source = folder / "quelle"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "package.json", "package-lock.json"):
        shutil.copy(PROGRAM / name, source)
    shutil.copytree(PROGRAM / "scripts", source / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    venv.create(folder / "umgebung", with_pip=False)
    bin_ = folder / "umgebung" / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / "python"
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "-w", str(folder), str(source)], check=True)
    (wheel,) = folder.glob("konzept-*.whl")
    subprocess.run([*pip, "--python", str(python), "install", *offline, str(wheel)], check=True)
    told = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
    Path(own, "libraries.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    shared = folder / "umgebung/share/konzept"
    assert (shared / "package-lock.json").is_file()
    (shared / "node_modules").symlink_to(PROGRAM / "node_modules")
    return bin_


def test_a_town_elsewhere_has_the_same_pages(program: Path, tmp_path: Path) -> None:
    town, checkout = (copy_project(tmp_path / name, small=True) for name in ("stadt", "ganz"))
    shutil.rmtree(town / "scripts")
    (town / "node_modules").unlink()
    command = [str(program / "konzept"), "--projekt", str(town), "build", "--only", "html"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert result.returncode == 0, result.stderr
    run_konzept(checkout, "build", "--only", "html").check_returncode()
    ours, theirs = (
        {
            p.relative_to(site_): p.read_bytes()
            for p in site_.rglob("*")
            if p.is_file() and p.suffix in (".html", ".js", ".css", ".svg", ".csv", ".json", ".ttl")
        }
        for site_ in (checkout / "_build/html", town / "_build/html")
    )
    assert theirs == ours
    assert {p.name for p in town.iterdir()} == {"_build", "_config.yml", "_toc.yml", "book", "data"}


def test_what_npm_brings_is_asked_for_where_the_program_is(program: Path, tmp_path: Path) -> None:
    town = copy_project(tmp_path / "stadt", small=True)
    shutil.rmtree(town / "scripts")
    shared = program.parent / "share/konzept"
    (shared / "node_modules").rename(shared / "weg")
    try:
        result = subprocess.run(
            [str(program / "konzept"), "--projekt", str(town), "build", "--only", "html"],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (shared / "weg").rename(shared / "node_modules")
    assert result.returncode == 1
    assert f"Führen Sie „npm ci --ignore-scripts --prefix {shared}“ aus." in result.stderr


def test_a_folder_that_is_no_project_is_refused(program: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [str(program / "konzept"), "--projekt", str(tmp_path), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert (
        result.stderr
        == f"„{tmp_path}“ ist kein Projekt: Dort fehlen _toc.yml und data/. Prüfen Sie den Namen.\n"
    )
