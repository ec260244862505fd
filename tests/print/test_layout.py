"""No line stands alone and nothing runs over the edge: by the places of the text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image
from pypdf import PageObject, PdfReader
from reading import Paper, Piece, beyond
from weasyprint import HTML

from folders import PROGRAM, PROJECT, page_text

FOOT, HEAD = 55, 780
"""Between these (pt from below) stands a page's own text on upright pages."""


def _own(page: list[Piece]) -> list[Piece]:
    return [p for p in page if FOOT < p.y < HEAD]


def test_no_heading_is_last_on_its_page(paper: Paper) -> None:
    headings = paper.outline()
    assert len(headings) > 100
    for heading in headings:
        page = _own(paper.pieces[paper.page_of(heading)])
        below = sorted({round(p.y) for p in page if p.y < heading.top - 8}, reverse=True)
        lines = [y for y in below if y < below[0] - 6] if below else []
        assert len(lines) >= 2, (heading.title, paper.page_of(heading) + 1)


def test_no_page_is_left_half_empty(paper: Paper) -> None:
    """But for the last of a part; a figure that finds no room may leave a third of a page."""
    parts = yaml.safe_load((PROJECT / "_toc.yml").read_text("utf-8"))["parts"]
    titles = {_title(part["chapters"][0]["file"]) for part in parts} | {"Abbildungen und Tabellen"}
    items = [item for item in paper.reader.outline if not isinstance(item, list)]
    begins = {paper.page_of(item) for item in items if item.title.lstrip("0123456789 ") in titles}
    assert len(begins) == len(parts) + 1
    last = {begin - 1 for begin in begins} | {0, len(paper.texts) - 1}
    for number, page in enumerate(paper.pieces):
        if number not in last:
            lowest = min(piece.y for piece in _own(page))
            assert (HEAD - lowest) / (HEAD - FOOT) > 0.6, number + 1


def _title(file: str) -> str:
    lines = page_text(PROJECT / f"{file}.md").splitlines()
    return next(line for line in lines if line.startswith("# ")).removeprefix("# ")


def test_nothing_leaves_its_page(paper: Paper) -> None:
    for number, (page, pieces) in enumerate(zip(paper.reader.pages, paper.pieces, strict=True), 1):
        assert pieces, number
        assert beyond(page, pieces) == [], number


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3000), (300, 200)])
def test_an_authors_picture_stays_on_its_page_with_its_caption(size: tuple[int, int], tmp_path: Path) -> None:
    """A bug once: a photograph as wide as it was taken left the paper, and its caption stood on the next."""
    Image.new("RGB", size, "teal").save(tmp_path / "foto.jpg")
    text = "<p>Ein Satz, der vor dem Bild steht.</p>" * 20
    picture = "<figure><img src=foto.jpg alt=Foto><figcaption><p>Foto: Stadt</p></figcaption></figure>"
    page = f"<main class=seite><section><section>{text}{picture}</section></section></main>"
    (tmp_path / "seite.html").write_text(page, "utf-8")
    HTML(tmp_path / "seite.html").write_pdf(
        tmp_path / "seite.pdf", stylesheets=[PROGRAM / "scripts/konzept/assets/print/print.css"]
    )
    (found,) = [
        (page, place) for page in PdfReader(tmp_path / "seite.pdf").pages for place in _pictures(page)
    ]
    page, (x, y, width, height) = found
    assert x > 40
    assert x + width < float(page.mediabox.width) - 40
    assert 40 < y < y + height < float(page.mediabox.height) - 40
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert "Foto: Stadt" in page.extract_text()


def _pictures(page: PageObject) -> list[tuple[float, float, float, float]]:
    """Give where pictures stand on a page, and how large they are, in pt."""
    found = []

    def look(operator: bytes, _: Any, matrix: list[float], __: Any) -> None:
        if operator == b"Do":
            a, _b, _c, d, x, y = matrix
            found.append((x, min(y, y + d), a, abs(d)))

    page.extract_text(visitor_operand_before=look)
    return found


def test_type_is_large_enough(paper: Paper) -> None:
    """Running text, which is in the serif face, has 10.5 pt and more, apparatus 9, a chart 6.5."""
    pieces = [piece for page in paper.pieces for piece in page]
    assert min(p.size for p in pieces if "Serif" in p.font) >= 9
    assert min(p.size for p in pieces) >= 6.5
    letters = sum(len(p.text) for p in pieces)
    assert sum(len(p.text) for p in pieces if p.size < 9) < 0.06 * letters
    # Part B, for looking up, is smaller; what a council reads is not.
    first = next(
        paper.page_of(i)
        for i in paper.reader.outline
        if not isinstance(i, list) and i.title == "Maßnahmenkatalog"
    )
    read = [piece for page in paper.pieces[:first] for piece in page]
    assert sum(len(p.text) for p in read if p.size >= 10) > 0.5 * sum(len(p.text) for p in read)


def test_every_page_says_where_it_stands(paper: Paper) -> None:
    last = len(paper.texts)
    for number, text in enumerate(paper.texts[1:], 2):
        assert f"Seite {number} von {last}" in text, number
    assert "Seite 1 von" not in paper.texts[0]


def test_heads_name_the_chapter(paper: Paper) -> None:
    """The head names the chapter that begins on the page, or the first of several."""
    begins: dict[int, str] = {}
    for item in paper.reader.outline[1:]:
        if not isinstance(item, list):
            begins.setdefault(paper.page_of(item), "".join(item.title.split()))
    assert len(begins) > 20
    for page, title in begins.items():
        head = "".join("".join(p.text for p in paper.pieces[page] if p.y > HEAD).split())
        assert title in head, (page + 1, head)


@pytest.mark.parametrize("number", range(1, 10))
def test_order_of_reading_is_that_of_the_page(built: Path, paper: Paper, number: int) -> None:
    """Headings, findings and the beginnings of paragraphs, each after the one before."""
    (page,) = (built / "html/book/chapters").glob(f"0{number}-*.html")
    html = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    found = html.select("article :is(h2, h3, .ik-befund, section > p:not([class]))")
    beginnings = [_letters(tag.get_text().removesuffix("#"))[:20] for tag in found]
    own = [b for b in beginnings if not b.startswith(("Abb.", "Tab."))]
    assert len(own) > 5
    start = next(
        paper.page_of(item)
        for item in paper.reader.outline
        if not isinstance(item, list) and item.title.startswith(f"{number} ")
    )
    whole, place = _letters("".join(paper.texts[start : start + 16])), 0
    for beginning in own:
        place = whole.find(beginning, place)
        assert place >= 0, beginning


def _letters(text: str) -> str:
    """Take out blanks and hyphens: a line may end in any word."""
    return re.sub(r"[-\u2010\u00ad\s]", "", text)
