"""What the tests of notebooks share."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import PROJECT
from notebook_runs import PAGES, Run, forked_runs


@pytest.fixture(scope="session")
def real_runs() -> dict[Path, Run]:
    """All pages on the real data."""
    return forked_runs(dict.fromkeys(PAGES, PROJECT / "data"))
