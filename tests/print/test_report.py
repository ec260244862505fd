"""The status report as page and paper: short, lawful, the same whenever it is made, with the author's words."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from verapdf import judge

from conftest import SLOW, run_konzept
from copies import copy_project, replace
from folders import REAL

DAY = "2023-08-30"
NAME = "sachstandsbericht-2025-12-18"
WORDS = "Das Amt hält die *neuen* Werte für belastbar."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("bericht") / "projekt", small=True)


@pytest.fixture(scope="module")
def first(project: Path) -> tuple[dict[str, bytes], float]:
    """Write a report once; give its files and the seconds of computing that it took."""
    return written(project)


def written(project: Path, since: str = DAY) -> tuple[dict[str, bytes], float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run_konzept(project, "bericht", "--seit", since, "--gremium", "Rat").check_returncode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = {kind: (project / f"_build/bericht/{NAME}.{kind}").read_bytes() for kind in ("html", "pdf")}
    return files, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def paper(project: Path) -> str:
    pages = PdfReader(project / f"_build/bericht/{NAME}.pdf").pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_report_is_short_and_lawful(project: Path, first: object) -> None:
    path = project / f"_build/bericht/{NAME}.pdf"
    reader = PdfReader(path)
    assert len(reader.pages) <= 8
    assert "massnahmen.csv" in reader.attachments
    assert [v.failed for v in judge(path)[path]] == [{}, {}]
    told = paper(project)
    assert "Vorlage Nr." in told
    assert "Verglichen sind der Stand vom 30. August 2023 (aus den Quellen rekonstruiert)" in told.replace(
        "- ", ""
    ).replace("\u2010 ", "")
    assert "Beschlussvorschlag Noch nicht eingetragen." in told
    assert "am 25. Juni 2025 beschlossen" in told


def test_what_the_page_needs_lies_beside_it(project: Path, first: tuple[dict[str, bytes], float]) -> None:
    page = first[0]["html"].decode()
    assert "Das Wichtigste" in page
    assert "http-equiv" in page  # the pages' security policy
    assert (project / "_build/bericht/_static/page.css").is_file()


def test_the_same_report_has_the_same_bytes_and_takes_little(
    project: Path, first: tuple[dict[str, bytes], float]
) -> None:
    again, seconds = written(project)
    assert again == first[0]
    assert min(seconds, first[1]) <= SLOW * 15


def test_the_authors_words_stand_in_their_places_and_stay(project: Path, first: object) -> None:
    own = project / "book/berichte/2025-12-18.md"
    replace(own, "## Das Wichtigste\n", f"## Das Wichtigste\n\n{WORDS}\n")
    replace(
        own, "## Beschlussvorschlag\n", "## Beschlussvorschlag\n\nDer Rat nimmt den Bericht zur Kenntnis.\n"
    )
    before = own.read_bytes()
    files, _ = written(project)
    assert own.read_bytes() == before
    page = files["html"].decode().replace("\u00ad", "")
    assert "Das Amt hält die <em>neuen</em> Werte für belastbar." in page
    assert (
        page.index("Stattgefunden haben")
        < page.index("Das Amt hält")
        < page.index(
            "Finanzielle Auswirkungen</h2>" if "Finanzielle Auswirkungen</h2>" in page else 'id="finanzielle'
        )
    )
    assert "Beschlussvorschlag Der Rat nimmt den Bericht zur Kenntnis." in paper(project)
    assert run_konzept(project, "check").returncode == 0


def test_what_is_no_state_writes_nothing(project: Path, first: object) -> None:
    kept = (project / f"_build/bericht/{NAME}.pdf").read_bytes()
    broken = project / "kaputt.pdf"
    broken.write_bytes(b"%PDF-1.7")
    told = run_konzept(project, "bericht", "--seit", str(broken))
    assert (told.returncode, told.stderr.splitlines()[-1]) == (
        1,
        "kaputt.pdf: Diese Datei ist kein PDF oder beschädigt. Holen Sie eine unversehrte Fassung.",
    )
    assert (project / f"_build/bericht/{NAME}.pdf").read_bytes() == kept


def test_nothing_changed_is_one_page(project: Path, tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "alt", ignore=shutil.ignore_patterns("intern"))
    replace(project / "data/kommune.json", '"stand": "2025-12-18"', '"stand": "2026-01-31"')
    run_konzept(project, "bericht", "--seit", str(tmp_path / "alt")).check_returncode()
    reader = PdfReader(project / "_build/bericht/sachstandsbericht-2026-01-31.pdf")
    [page] = reader.pages
    assert "hat sich nach den Daten nichts geändert" in " ".join(page.extract_text().split())
