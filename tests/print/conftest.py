"""The PDF that all tests of print share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from reading import Paper, read_paper


@pytest.fixture(scope="session")
def paper(built: Path) -> Paper:
    """The whole concept."""
    return read_paper(built / "pdf" / "integrationskonzept.pdf")


@pytest.fixture(scope="session")
def texts(paper: Paper) -> list[str]:
    """The text of its pages."""
    return paper.texts
