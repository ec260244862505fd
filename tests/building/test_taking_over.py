"""The whole way of a concept that is there already: from Word to the pages of a town that was empty."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from concept_samples import FIELDS, concept, written
from conftest import run_konzept
from folders import PROGRAM


def konzept(*arguments: str, project: Path | None = None) -> str:
    named = ["--projekt", str(project)] if project else []
    result = run_konzept(PROGRAM, *named, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_sixty_measures_from_word_to_the_pages(tmp_path: Path) -> None:
    town, workbook = tmp_path / "ort", str(tmp_path / "tabellen.xlsx")
    konzept("anfangen", str(town), "--name", "Ährenfeld", "--art", "stadt", "--ags", "03999999")
    document = concept(tmp_path / "konzept.docx")
    konzept("word", "tabellen", str(document), "--nach", workbook, project=town)
    before = (town / "data/massnahmen.csv").read_bytes()
    assert "Maßnahmen: 60 neu" in konzept("excel", "import", workbook, "--probe", project=town)
    assert (town / "data/massnahmen.csv").read_bytes() == before
    konzept("excel", "import", workbook, "--ja", project=town)
    konzept("new", "--alle", project=town)
    konzept("check", project=town)
    konzept("build", "--only", "html", project=town)
    pages = sorted((town / "_build/html/book/chapters").glob("*.html"))
    assert len(pages) == len(FIELDS)
    for page, field in zip(pages, FIELDS, strict=True):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        text = " ".join(soup.get_text(" ").replace("\N{SOFT HYPHEN}", "").split())
        for measure in (m for m in written() if m.field == field):
            assert measure.title in text
            assert measure.goal in text
