"""Building: never stale, never half published, and every failure is one German sentence."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import konzept_environment, run_konzept
from copies import copy_project, replace


@pytest.fixture(scope="module")
def whole(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a good book; tests undo what they change."""
    folder = copy_project(tmp_path_factory.mktemp("kopie") / "projekt", small=True)
    run_konzept(folder, "build").check_returncode()
    return folder


@pytest.fixture
def project(whole: Path) -> Path:
    """The copy, set back after the test."""
    kept = whole.parent / "bewahrt"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name in ("book", "data", "scripts"):
        shutil.copytree(whole / name, kept / name, ignore=shutil.ignore_patterns("__pycache__"))
    yield whole
    for name in ("book", "data", "scripts"):
        shutil.rmtree(whole / name)
        shutil.copytree(kept / name, whole / name)


def state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page(project: Path, name: str = "chapters/01-bildung") -> str:
    return (project / f"_build/html/book/{name}.html").read_text("utf-8").replace("\u00ad", "")


def paper(project: Path) -> str:
    reader = PdfReader(project / "_build/pdf/integrationskonzept.pdf")
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def test_changed_title_is_on_page_and_paper_after_the_next_build(project: Path) -> None:
    assert "Videotutorials erstellen" in page(project)
    replace(project / "data/massnahmen.csv", "Videotutorials erstellen", "Lernfilme drehen")
    run_konzept(project, "build").check_returncode()
    assert "Videotutorials erstellen" not in page(project)
    assert "Lernfilme drehen" in page(project)
    assert "Lernfilme drehen" in paper(project)


def test_changed_code_is_on_the_page_after_the_next_build(project: Path) -> None:
    replace(
        project / "scripts/konzept/words/labels.py",
        "zum Haushalt vorgeschlagen",
        "für den Haushalt vorgeschlagen",
    )
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert "für den Haushalt vorgeschlagen" in page(project)


def test_changed_code_of_the_page_writer_too(project: Path) -> None:
    replace(project / "scripts/konzept/site/nodes.py", "CSV herunterladen", "CSV mitnehmen")
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert "CSV mitnehmen" in page(project)


def test_pages_are_not_stale_after_the_pdf_has_read_the_change(project: Path) -> None:
    """A bug once: the PDF's build brought the shared state up to date, and the pages stayed as they were."""
    replace(
        project / "scripts/konzept/words/labels.py", "zum Haushalt vorgeschlagen", "im Haushalt vorgeschlagen"
    )
    run_konzept(project, "build", "--only", "pdf").check_returncode()
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert "im Haushalt vorgeschlagen" in page(project)
    assert "im Haushalt vorgeschlagen" in paper(project)


def test_a_full_build_reaches_pages_and_paper(project: Path) -> None:
    replace(
        project / "scripts/konzept/words/labels.py",
        "zum Haushalt vorgeschlagen",
        "beim Haushalt vorgeschlagen",
    )
    replace(project / "book/chapters/01-bildung.md", "Im Mittelpunkt steht die", "In der Mitte steht die")
    run_konzept(project, "build").check_returncode()
    for text, name in (
        ("beim Haushalt vorgeschlagen", "chapters/01-bildung"),
        ("In der Mitte steht die", "chapters/01-bildung"),
    ):
        assert text in page(project, name)
        assert text in paper(project)


def test_fingerprint_follows_the_data_on_every_page_and_progress_is_told(project: Path) -> None:
    pages = ("index.html", "chapters/01-bildung.html")
    before = [(project / "_build/html/book" / p).read_text("utf-8") for p in pages]
    replace(project / "data/dokumente.csv", "Marktspiegel", "Der Marktspiegel")
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 0
    assert "Kapitel rechnen: book/chapters/01-bildung" in result.stderr
    assert "Seiten schreiben: book/chapters/01-bildung" in result.stderr
    assert result.stdout.strip() == str(project / "_build/html/index.html")
    after = [(project / "_build/html/book" / p).read_text("utf-8") for p in pages]
    assert all(a != b for a, b in zip(after, before, strict=True))


BREAKAGES = {
    "data": (
        "data/massnahmen.csv",
        ";bildung;Videotutorials",
        ";bildnug;Videotutorials",
        "„bildnug“ gibt es in handlungsfelder nicht. Meinten Sie „bildung“?",
    ),
    "reference": (
        "book/chapters/01-bildung.md",
        "{numref}`tab-ziele-bildung`",
        "{numref}`tab-ziele-bildnug`",
        "Den Verweis „tab-ziele-bildnug“ gibt es nicht. Meinten Sie „tab-ziele-bildung“?",
    ),
    "number": (
        "book/chapters/01-bildung.md",
        "{zahl}`kosten`",
        "{zahl}`koste`",
        "Die Zahl „koste“ ist in diesem Kapitel nicht bekannt.",
    ),
    "cell": (
        "book/chapters/01-bildung.md",
        "field.sources()",
        "field.quellen()",
        "book/chapters/01-bildung.md, Zeile 81: Den Baustein „quellen“ gibt es nicht.",
    ),
    "syntax": (
        "book/chapters/01-bildung.md",
        "field.sources()",
        "field.sources(",
        "book/chapters/01-bildung.md, Zeile 81: Die Schreibweise der Zelle ist verletzt",
    ),
}


@pytest.mark.parametrize("what", BREAKAGES)
def test_failure_is_a_german_sentence_and_leaves_the_last_good_book(project: Path, what: str) -> None:
    file, old, new, sentence = BREAKAGES[what]
    before = state(project / "_build/html"), state(project / "_build/pdf")
    replace(project / file, old, new)
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert (state(project / "_build/html"), state(project / "_build/pdf")) == before


def test_missing_browser_is_a_german_sentence(project: Path) -> None:
    before = state(project / "_build/html")
    shutil.rmtree(project / "_build/.konzept/_build/.diagramme")
    result = run_konzept(project, "build", "--only", "html", BROWSER_PATH="/gibt/es/nicht")
    assert result.returncode == 1
    assert "sudo apt-get install chromium" in result.stderr
    assert "Traceback" not in result.stderr
    assert state(project / "_build/html") == before
    run_konzept(project, "build", "--only", "html").check_returncode()


def test_missing_assets_are_a_german_sentence(project: Path) -> None:
    """Whoever builds without the command `konzept`, which fetches them, is told how to get them."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
    (project / "node_modules").rename(project / "weg")
    try:
        result = subprocess.run(
            command,
            cwd=project,
            env=konzept_environment(project),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (project / "weg").rename(project / "node_modules")
    assert result.returncode == 1
    assert "Führen Sie „make setup“ aus." in result.stdout + result.stderr


def test_plain_jupyter_book_is_clean_twice_and_guarded_by_the_same_check(project: Path) -> None:
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
    options = {"cwd": project, "env": {**os.environ, "PYTHONPATH": str(project / "scripts")}}
    for _ in range(2):
        result = subprocess.run(
            [*command, "--warningiserror", "--keep-going"],
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        assert result.returncode == 0, result.stderr
        assert "WARNING" not in result.stderr
    replace(project / "data/ziele.csv", "entwurf", "entwrf")
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert result.returncode != 0
    assert "„entwrf“ ist hier nicht vorgesehen. Meinten Sie „entwurf“?" in result.stderr
