"""Marks in the text and notes at a page's end, in a small book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import run_konzept
from copies import copy_project
from konzept.site.search import entries

REPORT, LAW = "d-sachstandsbericht-2", "d-nbgg"

TEXT = f"""# Anfang

Eins.{{quelle}}`{REPORT}; Kapitel 4.1`
Zwei, und das {{quelle}}`{LAW}; § 9d` mitten im Satz.{{quelle}}`{REPORT}; Kapitel 4.1`

Drei.{{quelle}}`{REPORT}; Kapitel 5`{{quelle}}`{LAW}; § 9d` {{quelle}}`{REPORT}; Kapitel 5`; {{quelle}}`{REPORT};Kapitel 4.1`

| Wer | Quelle |
|---|---|
| Alle | {{quelle}}`{REPORT}` |

Vier (siehe {{quelle}}`{LAW}; § 9d` und *mehr*).

## Schluss

- Fünf.{{quelle}}`d-presse-forum; Absatz „<b>“ & Ende`
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two pages, one of them without sources."""
    folder = tmp_path_factory.mktemp("belege") / "projekt"
    copy_project(folder)
    for page in (folder / "book").rglob("*.md"):
        page.unlink()
    (folder / "book/anfang.md").write_text(TEXT, "utf-8")
    (folder / "book/ende.md").write_text("# Ende\n\nOhne Quellen.\n", "utf-8")
    contents = "format: jb-book\nroot: book/anfang\nchapters:\n  - file: book/ende\n"
    (folder / "_toc.yml").write_text(contents, "utf-8")
    run_konzept(folder, "build", "--only", "html").check_returncode()
    return folder / "_build/html"


@pytest.fixture(scope="module")
def article(small: Path) -> Tag:
    page = BeautifulSoup((small / "book/anfang.html").read_text("utf-8"), "html.parser")
    found = page.select_one("article")
    assert found is not None
    return found


def test_marks_count_by_document_and_passage_and_stand_close(article: Tag) -> None:
    shown = [" ".join(p.get_text().split("\u202f")) for p in article.select("sup.ik-belege")]
    assert shown == ["1", "2", "1", "1, 2, 3", "4", "2", "5"]
    paragraphs = [" ".join(p.get_text().split()) for p in article.select("section > p")]
    assert paragraphs[0] == "Eins.1 Zwei, und das2 mitten im Satz.1"
    assert paragraphs[1] == "Drei.1, 2, 3"


def test_a_mark_says_its_source(article: Tag) -> None:
    marks = [(a.get_text(), a["title"], a["aria-label"]) for a in article.select("a.ik-beleg")]
    assert marks[0] == (
        "1",
        "2.\u00a0Sachstandsbericht, Kapitel\u00a04.1",
        "Beleg 1: 2.\u00a0Sachstandsbericht, Kapitel\u00a04.1",
    )
    assert marks[1][1] == "NBGG, § 9d"
    assert marks[-1][1] == "AltkreisBlitz vom 18.\u00a0Oktober 2023, Absatz „<b>“ & Ende"


def test_notes_name_each_document_once_with_its_passages(article: Tag) -> None:
    (section,) = article.select("section.ik-noten")
    assert section.find_parent("section").h1.get_text().removesuffix("#") == "Anfang"
    lines = [" ".join(item.get_text().replace("\u00a0", " ").split()) for item in section.select("li")]
    assert lines == [
        "2. Sachstandsbericht: 1 Kapitel 4.1; 3 Kapitel 5; 4",
        "NBGG: 2 § 9d",
        "AltkreisBlitz vom 18. Oktober 2023: 5 Absatz „<b>“ & Ende",
    ]


def test_links_lead_both_ways(article: Tag) -> None:
    ids = [tag["id"] for tag in article.select("[id]")]
    assert len(ids) == len(set(ids))
    for mark in article.select("a.ik-beleg"):
        note = article.find(id=mark["href"].removeprefix("#"))
        assert note is not None
        assert note.a.get_text() == mark.get_text()
        back = article.find(id=note.a["href"].removeprefix("#"))
        assert back is not None
        assert back.get_text() == mark.get_text()


def test_a_page_without_sources_has_no_notes(small: Path) -> None:
    page = (small / "book/ende.html").read_text("utf-8")
    assert "ik-noten" not in page
    assert "ik-beleg" not in page


def test_marks_are_no_words_of_the_search(small: Path, article: Tag) -> None:
    assert article.select(".ik-belege")
    for entry in entries((small / "book/anfang.html").read_text("utf-8")):
        assert not re.search(r"\w\d(?:, ?\d)*(?:\s|$)", entry.text), entry
