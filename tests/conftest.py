"""What several rooms of tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

sys.path.insert(0, str(Path(__file__).parent))

from folders import PROGRAM, PROJECT, REAL, hostile, minimal, real_copy
from konzept.publishing.locking import alone

collect_ignore = ["examples"]
SLOW = 3
"""How many times as long as on a quiet machine a step may take in the tests, which share theirs with other tests."""
MORE = int(os.environ.get("MEHR", "1"))
"""How many times as many random examples are tried as in every run: `make test MEHR=8` looks for the rare ones."""
FIRST = ("building/test_address.py", "browser/test_hub.py")
"""One worker builds the book that all read, and another one does what needs none."""
ROOMS = ("building", "browser", "print", "notebooks", "excel", "opendata", "unit")
"""The long ones first, so that the workers end at about the same time."""
TOGETHER = ("tests/print/", "tests/notebooks/")
"""Rooms that stay with one worker: all of their files read the same paper, or start kernels at chosen ports."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the rooms in order; what stands in none of them comes last."""

    def place(item: pytest.Item) -> int:
        room = item.path.parent.name
        if (file := f"{room}/{item.path.name}") in FIRST:
            return FIRST.index(file) - len(FIRST)
        return ROOMS.index(room) if room in ROOMS else len(ROOMS)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a file to one worker, because its tests share what they have built, and some rooms as a whole."""
    from xdist.scheduler import LoadFileScheduling

    class ByFileOrRoom(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((room for room in TOGETHER if nodeid.startswith(room)), super()._split_scope(nodeid))

    config.option.loadscopereorder = False  # the order above is better than that by number of tests
    return ByFileOrRoom(config, log)


@pytest.fixture(scope="session")
def project() -> Path:
    """The frozen town's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def real() -> Path:
    """The frozen town's data; not to be written to."""
    return REAL


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What words of a cell hand to Jupyter, in order."""
    found: list[Any] = []
    monkeypatch.setattr("konzept.notebook.output.display", lambda element: found.append(element.block))
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the frozen town's data to break."""
    return real_copy(tmp_path / "data")


@pytest.fixture
def minimal_data(tmp_path: Path) -> Path:
    """One action field and nothing else."""
    return minimal(tmp_path / "data")


@pytest.fixture(scope="session")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's data with hostile texts."""
    return hostile(tmp_path_factory.mktemp("feindlich") / "data")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Fill a folder that all workers share; whoever needs it first fills it, and the others wait."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def fill(name: str, make: Callable[[Path], None]) -> Path:
        folder = shared / name
        with alone(folder, lambda waiting: None):
            if not (folder / "fertig").exists():
                make(folder)
                (folder / "fertig").touch()
        return folder

    return fill


@pytest.fixture(scope="session")
def built(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The frozen town's whole book, built by the program's own command; gives `_build`."""
    measuring = ["-m", "coverage", "run", f"--rcfile={PROGRAM / 'tests/coverage-build.toml'}"]

    def build(folder: Path) -> None:
        subprocess.run(
            [sys.executable, *(measuring if Coverage.current() else []), "-m", "konzept", "build"],
            cwd=PROJECT,
            env=konzept_environment(PROJECT) | {"COVERAGE_FILE": str(PROGRAM / ".coverage")},
            check=True,
            timeout=900,
        )

    once("buch", build)
    return PROJECT / "_build"


def konzept_environment(project: Path) -> dict[str, str]:
    """Let Python take the code of a project folder, where it has its own."""
    own = project / "scripts"
    return {**os.environ, "PYTHONPATH": str(own if own.is_dir() else PROGRAM / "scripts")}


def run_konzept(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a project's folder."""
    return subprocess.run(
        [sys.executable, "-m", "konzept", *arguments],
        cwd=project,
        env={**konzept_environment(project), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
