"""Reads a PDF as tests need it: text, places of text, structure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from layout import width


@dataclass(frozen=True)
class Piece:
    """A piece of a page's own text: where its baseline begins, in pt from the lower left corner, and its type."""

    x: float
    y: float
    size: float
    font: str
    text: str


def beyond(page: Any, pieces: list[Piece], edge: float = 40) -> list[Piece]:
    """Find text nearer to its page's sides than an edge (pt), or nearer than half of it to head and foot."""
    width_, height = float(page.mediabox.width), float(page.mediabox.height)

    def right(piece: Piece) -> float:
        line = max(piece.text.strip().splitlines(), key=len)
        return piece.x + width(line, piece.size, bold="Bold" in piece.font)

    return [
        p
        for p in pieces
        if not (edge < p.x and right(p) < width_ - edge and edge / 2 < p.y < height - edge / 2)
    ]


@dataclass(frozen=True)
class Paper:
    """A PDF and the text of its pages in the order of reading."""

    path: Path
    reader: PdfReader
    texts: list[str]
    """With single blanks."""
    pieces: list[list[Piece]]

    def outline(self) -> list[Any]:
        """All bookmarks, flat."""
        return _flat(self.reader.outline)

    def page_of(self, bookmark: Any) -> int:
        """The index of a bookmark's page."""
        return self.reader.get_destination_page_number(bookmark)

    def elements(self) -> list[Any]:
        """All elements of structure in the order of reading."""
        return _elements(self.reader.root_object["/StructTreeRoot"])


def read_paper(path: Path) -> Paper:
    """Read a PDF."""
    reader = PdfReader(path)
    pages = [_page(page) for page in reader.pages]
    return Paper(path, reader, [text for text, _ in pages], [pieces for _, pieces in pages])


def _page(page: Any) -> tuple[str, list[Piece]]:
    found: list[Piece] = []
    drawing: list[bool] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        # Charts have coordinates of their own.
        if text.strip() and not drawing:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            name = str(font["/BaseFont"]).split("+")[-1] if font else ""
            found.append(Piece(x, y, round(size * abs(tm[3] * cm[3]), 1), name, text))

    def before(operator: bytes, *_: Any) -> None:
        if operator == b"Do":
            drawing.append(True)

    def after(operator: bytes, *_: Any) -> None:
        if operator == b"Do":
            drawing.pop()

    text = page.extract_text(visitor_text=visit, visitor_operand_before=before, visitor_operand_after=after)
    return " ".join(text.split()), found


def _flat(items: list[Any]) -> list[Any]:
    return [x for item in items for x in (_flat(item) if isinstance(item, list) else [item])]


def _elements(node: Any) -> list[Any]:
    node = node.get_object()
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    found = [node] if "/S" in node else []
    for kid in (k.get_object() if hasattr(k, "get_object") else k for k in kids):
        if isinstance(kid, dict) and ("/S" in kid or "/K" in kid):
            found += _elements(kid)
    return found
