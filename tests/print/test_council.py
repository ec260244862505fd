"""What a council gets: Part A as a paper of its own, in which nothing leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from reading import Paper, read_paper

from conftest import run_konzept
from folders import PROJECT, page_text

PARTS = yaml.safe_load((PROJECT / "_toc.yml").read_text("utf-8"))["parts"]


@pytest.fixture(scope="module")
def council(built: Path) -> Paper:
    """Part A, printed alone."""
    run_konzept(PROJECT, "build", "--teil", "A").check_returncode()
    return read_paper(built / "pdf/ratsfassung.pdf")


def _titles(parts: list[dict]) -> set[str]:
    """Take the titles of pages from their files."""
    files = [PROJECT / f"{page['file']}.md" for part in parts for page in part["chapters"]]
    lines = (next(line for line in page_text(p).splitlines() if line.startswith("# ")) for p in files)
    return {line.removeprefix("# ") for line in lines}


def test_it_is_short(council: Paper) -> None:
    assert 20 < len(council.texts) <= 35


def test_it_holds_part_a_and_no_annex(council: Paper) -> None:
    begin = {item.title for item in council.reader.outline if not isinstance(item, list)}
    chapters = {title.lstrip("0123456789 ") for title in begin}
    annexes = next(n for n, part in enumerate(PARTS) if part["caption"] == "Anlagen")
    assert _titles(PARTS[:annexes]) <= chapters
    assert _titles(PARTS[annexes:]) & chapters == set()


def test_the_sheet_is_one_page_and_answers_who_and_by_when(council: Paper) -> None:
    items = [item for item in council.reader.outline if not isinstance(item, list)]
    sheet = next(n for n, item in enumerate(items) if item.title == "Auf einer Seite")
    first, following = (council.page_of(item) for item in items[sheet : sheet + 2])
    assert following == first + 1
    for head in ("Was es kostet", "Wer es macht", "Bis wann", "Was zu entscheiden und zu erfragen ist"):
        assert head in council.texts[first]


def test_no_link_leads_nowhere(council: Paper) -> None:
    targets = set(council.reader.named_destinations)
    links = [a.get_object() for page in council.reader.pages for a in page.get("/Annots", [])]
    inside = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert len(inside) > 50
    assert inside - targets == set()


def test_what_stands_elsewhere_is_named_and_what_is_here_has_its_page(council: Paper) -> None:
    pages = [" ".join(text.replace("\u00a0", " ").split()) for text in council.texts]
    assert "(Anlage „" in " ".join(pages)
    found = [
        f for text in pages for f in re.findall(r"((?:Abb|Tab)\. \d+(?:\.\d+)?)(?:,| \() ?S\. (\d+)", text)
    ]
    assert len(found) > 5
    for number, page in found:
        assert re.search(rf"{re.escape(number)} [A-ZÄÖÜ]", pages[int(page) - 1]), (number, page)


def test_annexes_are_where_the_contents_say(council: Paper, paper: Paper) -> None:
    """Their pages are those of the whole concept."""
    begins = {i.title: paper.page_of(i) + 1 for i in paper.reader.outline if not isinstance(i, list)}
    contents = " ".join(council.texts[1].split("Anlagen, nur in der Gesamtfassung")[1].split())
    found = [title for title in begins if f"{title} {begins[title]}" in contents]
    assert len(found) > 8
    assert "Ist und Soll" in found
    told = " ".join(" ".join(text.replace("\u00a0", " ").split()) for text in council.texts[2:])
    assert f"Anlage Ist und Soll (S. {begins['Ist und Soll']} der Gesamtfassung)" in told


def test_its_contents_and_pages_agree(council: Paper) -> None:
    contents = " ".join(council.texts[1].replace("\u2003", " ").split())
    for item in council.reader.outline[1:]:
        if not isinstance(item, list):
            assert f"{item.title} {council.page_of(item) + 1}" in contents
