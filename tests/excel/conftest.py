"""What the tests of workbooks share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from konzept.authors.excel import export_workbook
from workbooks import few


@pytest.fixture(scope="session")
def few_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with few observations; not to be written to."""
    return few(tmp_path_factory.mktemp("wenig") / "data")


@pytest.fixture(scope="session")
def exported(few_data: Path) -> Path:
    """Their workbook; not to be written to."""
    path = few_data.parent / "konzept.xlsx"
    export_workbook(path, few_data)
    return path


@pytest.fixture
def folder(few_data: Path, tmp_path: Path) -> Path:
    """A copy of the data to change."""
    return Path(shutil.copytree(few_data, tmp_path / "data"))


@pytest.fixture
def workbook(exported: Path, tmp_path: Path) -> Path:
    """A copy of the workbook to change."""
    return Path(shutil.copy(exported, tmp_path / "konzept.xlsx"))
