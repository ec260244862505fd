"""No statement loses its source, on page and paper, and sources stay quiet."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from reading import Paper
from test_pdf import PAGES as PRINTED

from folders import PROJECT, REAL, rows

DOCUMENTS = {row["id"]: row for row in rows(REAL, "dokumente")}
ROLE = re.compile(r"\{quelle\}`([^`;]+)(?:; ?([^`]*))?`")
PAGES = sorted(
    path.relative_to(PROJECT / "book").with_suffix("").as_posix()
    for path in (PROJECT / "book").rglob("*.md")
    if path.parent.name != "sprachen"  # no pages of the book: they are not set with it
)

MOST = 4
"""So many of a hundred words that a reader sees may name sources."""

CODES = ("8124aa7", "bb9749e", "indicator_", "census_2022_internal", "AuszugGV", "M5000314", "data/")


@cache
def article(built: Path, page: str) -> Tag:
    """A page's article without scripts; not to be changed."""
    soup = BeautifulSoup((built / f"html/book/{page}.html").read_text("utf-8"), "html.parser")
    found = soup.select_one("article")
    assert found is not None
    for tag in found.select("script"):
        tag.decompose()
    return found


def plain(text: str) -> str:
    """Give a text as it is compared: without breaks, hyphens at a line's end and kinds of blanks."""
    return re.sub(r"[-\s\u00ad\u2010\u2060]", "", text)


def cited(page: str) -> list[tuple[str, str]]:
    """Sources that a page's text names, with the place in each: from the file as its author wrote it."""
    text = (PROJECT / f"book/{page}.md").read_text("utf-8")
    text = re.sub(r"(?ms)^(`{3,})(?!\{glossary\}).*?^\1 *$", "", text)
    return [(key.strip(), (passage or "").strip()) for key, passage in ROLE.findall(text)]


def chapters(built: Path, paper: Paper) -> dict[str, str]:
    """The printed text of each page of the book, with what begins on its last sheet."""
    starts = sorted(
        (paper.page_of(item), re.sub(r"^\d+ ", "", item.title))
        for item in paper.reader.outline
        if not isinstance(item, list)
    )
    found = {}
    for page in PRINTED:
        title = article(built, page).h1.get_text(" ", strip=True).removesuffix("#").strip()
        name = re.sub(r"^\d+\.\s*", "", title)
        first = next(n for n, start in starts if start == name)
        last = next((n for n, _ in starts if n > first), len(paper.texts))
        found[page] = plain("".join(paper.texts[first : last + 1]))
    return found


@pytest.fixture(scope="module")
def printed(built: Path, paper: Paper) -> dict[str, str]:
    return chapters(built, paper)


@pytest.fixture(scope="module")
def annex(paper: Paper) -> str:
    """The annex on the method of figures and tables."""
    titles = [(paper.page_of(i), i.title) for i in paper.reader.outline if not isinstance(i, list)]
    first = next(n for n, title in titles if title.startswith("Zur Methode"))
    last = next((n for n, _ in titles if n > first), len(paper.texts))
    # What goes on overleaf has the page's head and foot between.
    own = [
        text.rpartition("Integrationskonzept der Stadt Lehrte Zur Methode")[0] or text for text in paper.texts
    ]
    return plain("".join(own[first : last + 1]))


def test_pages_cite_much() -> None:
    assert len([source for page in PAGES for source in cited(page)]) > 100


@pytest.mark.parametrize("page", [page for page in PAGES if cited(page)])
def test_every_source_of_a_text_is_in_its_pages_notes(
    built: Path, printed: dict[str, str], page: str
) -> None:
    html = article(built, page)
    notes: dict[str, list[str]] = {}
    for item in html.select(".ik-noten li"):
        name, _, _ = item.get_text().partition(": ")
        assert plain(name) not in notes, name
        notes[plain(name)] = [plain(note.get_text()) for note in item.select(".ik-note")]
    for key, passage in cited(page):
        title = plain(DOCUMENTS[key]["kurztitel"])
        found = [note for note in notes[title] if re.fullmatch(rf"\d+{re.escape(plain(passage))}", note)]
        assert len(found) == 1, (key, passage)
        if page in PRINTED:
            assert f"{title}:" in printed[page], key
            assert found[0] in printed[page], (key, passage)
    numbers = [int(a.get_text()) for a in html.select(".ik-noten .ik-note__nr")]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    # In order of appearance: each new mark is one more than the highest before it.
    highest = 0
    for mark in html.select("a.ik-beleg"):
        assert int(mark.get_text()) <= highest + 1
        highest = max(highest, int(mark.get_text()))
    assert highest == len(numbers)


@pytest.mark.parametrize("page", [page for page in PAGES if cited(page)])
def test_marks_stand_behind_the_point(page: str) -> None:
    """No bracket, semicolon or blank is left around a mark."""
    text = (PROJECT / f"book/{page}.md").read_text("utf-8")
    for match in re.finditer(r"(?s)(.)\{quelle\}`[^`]*`(.?)", text):
        assert match[1] not in "( ;,\n" or match[1] == ",", match[0]
        assert match[2] not in ");,.", match[0]


def figures(built: Path) -> dict[str, Tag]:
    return {f["id"]: f for page in PAGES for f in article(built, page).select("figure[id]")}


def test_every_figure_of_an_indicator_names_all_its_papers(built: Path, annex: str) -> None:
    """Which these are is taken from the rows of values."""
    papers: dict[str, set[str]] = defaultdict(set)
    for row in rows(REAL, "messwerte"):
        papers[row["indikator_id"]].add(row["quelle_id"])
    shown = figures(built)
    checked = 0
    for indicator, keys in papers.items():
        if (figure := shown.get(f"abb-{indicator}")) is None:
            continue
        told = plain(figure.select_one("details.ik-methode").get_text())
        drawn = {row["Quelle"] for row in csv_rows(built, f"abb-{indicator}")}
        used = [
            key
            for key in keys
            if any(DOCUMENTS[key]["titel"] in name.replace("\u00a0", " ") for name in drawn)
        ]
        assert used, indicator
        for key in used:
            assert plain(DOCUMENTS[key]["titel"]) in told or plain(DOCUMENTS[key]["kurztitel"]) in told
            assert plain(DOCUMENTS[key]["kurztitel"]) in annex
        checked += 1
    assert checked > 15


def csv_rows(built: Path, label: str) -> list[dict[str, str]]:
    text = (built / f"html/_static/daten/{label}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_figure_and_table_tells_its_method_on_page_and_paper(built: Path, annex: str) -> None:
    boxes = [box for page in PAGES for box in article(built, page).select("details.ik-methode")]
    assert len(boxes) > 45
    for page in PAGES:
        for box in article(built, page).select("details.ik-methode"):
            owner = box.find_parent("figure") or box.find_parent(class_="ik-tabelle").select_one("table[id]")
            number = plain(owner.select_one(".caption-number").get_text())
            assert "Quelle:" in owner.parent.get_text()
            if page in PRINTED:
                assert number in annex
                for text in box.select(".ik-methode__text"):
                    assert plain(text.get_text()) in annex, number
    for figure in figures(built).values():
        assert figure.select_one("details.ik-methode")


def test_below_a_figure_stands_one_line(built: Path) -> None:
    for figure in figures(built).values():
        (line,) = [p.get_text() for p in figure.select("figcaption p.ik-quelle")]
        assert line.startswith("Quelle: ")
        assert len(line) <= 180


def test_file_names_and_codes_are_in_the_files_only(built: Path) -> None:
    for page in PAGES:
        html = article(built, page)
        said = " ".join(
            t.get_text(" ") for t in html.select("figcaption, .ik-methode, .ik-quelle, .ik-noten")
        )
        assert [code for code in CODES if code in said] == [], page
        assert "Lizenz nicht angegeben" not in said
    files = " ".join(p.read_text("utf-8-sig") for p in (built / "html/_static/daten").glob("*.csv"))
    for code in ("8124aa7", "indicator_3-1-1.csv", "M5000314", "AuszugGV4QAktuell"):
        assert code in files


def test_marks_on_paper_lead_to_their_notes_and_back(built: Path, paper: Paper) -> None:
    names = set(paper.reader.named_destinations)
    links = [
        str(a.get_object().get("/Dest") or a.get_object().get("/A", {}).get("/D", ""))
        for page in paper.reader.pages
        for a in page.get("/Annots", [])
    ]
    marks = [link for link in links if re.search(r"--beleg-\d+$", link)]
    backs = [link for link in links if re.search(r"--zu-beleg-\d+$", link)]
    pages = [article(built, page) for page in PRINTED]
    assert len(marks) == sum(len(page.select("a.ik-beleg")) for page in pages)
    assert len(backs) == sum(len(page.select(".ik-note__nr")) for page in pages)
    assert set(marks) | set(backs) <= names


WORD = re.compile(r"[^\W\d_][\w./-]*")
"""A word has a letter at its beginning: numbers count on neither side."""


def words(tags: list[Tag]) -> int:
    return sum(len(WORD.findall(tag.get_text(" ").replace("\u00ad", ""))) for tag in tags)


def test_sources_are_a_small_part_of_what_a_reader_sees(built: Path) -> None:
    """Of all words of the articles that show without unfolding: marks, notes, source lines, columns and terms „Quelle“.

    The list of sources itself does not count, nor what unfolds: data tables and methods; a hint on open questions among the notes names none.
    """
    named = seen = 0
    for page in PAGES:
        if page == "quellen":
            continue
        html = BeautifulSoup(str(article(built, page)), "html.parser")
        for fold in html.select("details.ik-daten, details.ik-methode"):
            fold.decompose()
        seen += words([html])
        found = html.select(".ik-belege, .ik-noten > :not(aside), p.ik-quelle, td[data-titel=Quelle]")
        found += [dt.find_next_sibling("dd") for dt in html.select("dt") if dt.get_text() == "Quelle"]
        alone = [tag for tag in found if not any(parent in found for parent in tag.parents)]
        named += words(alone)
    assert seen > 20_000
    assert 100 * named / seen <= MOST, f"{named} of {seen}"
