"""How long things take; run by `make bench`, not by `make test`."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from conftest import run_konzept
from copies import copy_project, replace

pytestmark = pytest.mark.bench


def seconds(project: Path, *arguments: str) -> float:
    start = time.perf_counter()
    run_konzept(project, *arguments).check_returncode()
    return time.perf_counter() - start


def test_building(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projekt")
    shutil.rmtree(project / "_build", ignore_errors=True)
    figures = {"check": seconds(project, "check"), "build, cold": seconds(project, "build")}
    figures["build, nothing changed"] = seconds(project, "build")
    replace(project / "book/chapters/01-bildung.md", "Im Mittelpunkt steht", "In der Mitte steht")
    figures["build, text changed"] = seconds(project, "build")
    replace(project / "data/massnahmen.csv", "Videotutorials", "Lernvideos")
    figures["build, data changed"] = seconds(project, "build")
    for name, value in figures.items():
        print(f"{name}: {value:.1f} s")
    assert figures["check"] < 10
    assert figures["build, nothing changed"] < figures["build, cold"]
