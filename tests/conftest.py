"""What several rooms of tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from folders import PROJECT, REAL, hostile, minimal, real_copy


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def real() -> Path:
    """The project's data; not to be written to."""
    return REAL


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the project's data to break."""
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
def built() -> Path:
    """The whole book, built by the project's own command; gives `_build`."""
    run_konzept(PROJECT, "build").check_returncode()
    return PROJECT / "_build"


def konzept_environment(project: Path) -> dict[str, str]:
    """Let Python take the code of a project folder."""
    return {**os.environ, "PYTHONPATH": str(project / "scripts")}


def run_konzept(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program of a project folder."""
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
