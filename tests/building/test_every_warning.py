"""Every mistake in a page that only a build finds, and every way in which a cell fails, in German."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import run_konzept
from copies import copy_project, replace
from sentences.cells import FAILURES
from sentences.pages import HEAD
from sentences.warnings import WARNINGS


def book_of(folder: Path, pages: Mapping[str, str]) -> Path:
    """Make a copy of the project whose book holds these pages alone: no notebook, so it is soon built."""
    copy_project(folder)
    for page in (folder / "book").rglob("*.md"):
        page.unlink()
    contents = "format: jb-book\nroot: book/anfang\nchapters:\n"
    for name, text in {"anfang": "# Anfang\n", **pages}.items():
        (folder / "book" / f"{name}.md").write_text(text, "utf-8")
        contents += f"  - file: book/{name}\n" if name != "anfang" else ""
    (folder / "_toc.yml").write_text(contents, "utf-8")
    return folder


def name(mistake: str) -> str:
    return f"s{list(WARNINGS).index(mistake):02d}"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What one build says of a book in which each page holds one mistake."""
    pages = {name(mistake): text for mistake, (text, _) in WARNINGS.items()}
    project = book_of(tmp_path_factory.mktemp("fehler") / "projekt", pages)
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert not (project / "_build/html").exists()
    return result.stderr.splitlines()


@pytest.mark.parametrize("mistake", WARNINGS)
def test_mistake_in_a_page(mistake: str, answers: list[str]) -> None:
    page = f"book/{name(mistake)}.md"
    found = [line.replace(page, "SEITE") for line in answers if line.startswith(page)]
    assert found == WARNINGS[mistake][1]


@pytest.mark.parametrize("mistake", FAILURES)
def test_failing_cell(mistake: str, tmp_path: Path) -> None:
    code, expected = FAILURES[mistake]
    page = f"{HEAD}# Seite\n\n```{{code-cell}} ipython3\n{code}\n```\n"
    project = book_of(tmp_path / "projekt", {"seite": page})
    replace(project / "_config.yml", "timeout: 120", "timeout: 8")
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    told = [line.replace("book/seite.md", "SEITE") for line in result.stderr.splitlines()]
    assert [line for line in told if "SEITE" in line] == [expected]
    assert told[-1] == "Das ganze Protokoll steht in _build/.konzept/html.log."
    assert "Traceback" not in result.stdout + result.stderr
