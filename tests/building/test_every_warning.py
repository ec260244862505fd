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


def cell(mistake: str) -> str:
    return f"zelle{list(FAILURES).index(mistake)}"


def told(project: Path) -> list[str]:
    """What a build says that fails, as all of these must."""
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert not (project / "_build/html").exists()
    lines = result.stderr.splitlines()
    assert lines[-1] == "Das ganze Protokoll steht in _build/.konzept/html.log."
    return lines


def of_page(page: str, lines: list[str]) -> list[str]:
    """What is said of a page, wherever in the line it is named."""
    file = f"book/{page}.md"
    return [line.replace(file, "SEITE") for line in lines if file in line]


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What one build says of a book in which each page holds one mistake."""
    pages = {name(mistake): text for mistake, (text, _) in WARNINGS.items()}
    return told(book_of(tmp_path_factory.mktemp("fehler") / "projekt", pages))


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What builds say of pages whose cells fail; a cell that only warns is told of when no other one fails."""
    pages = {
        cell(mistake): f"{HEAD}# Seite\n\n```{{code-cell}} ipython3\n{code}\n```\n"
        for mistake, (code, _) in FAILURES.items()
    }
    warning = cell("Eine Zelle warnt")
    lines = []
    for book in ({warning: pages.pop(warning)}, pages):
        project = book_of(tmp_path_factory.mktemp("zellen") / "projekt", book)
        replace(project / "_config.yml", "timeout: 120", "timeout: 8")
        lines += told(project)
    return lines


@pytest.mark.parametrize("mistake", WARNINGS)
def test_mistake_in_a_page(mistake: str, warnings: list[str]) -> None:
    assert of_page(name(mistake), warnings) == WARNINGS[mistake][1]


@pytest.mark.parametrize("mistake", FAILURES)
def test_failing_cell(mistake: str, failures: list[str]) -> None:
    assert of_page(cell(mistake), failures) == [FAILURES[mistake][1]]
