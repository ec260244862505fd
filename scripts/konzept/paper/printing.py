"""Lays out one HTML document with WeasyPrint, and what lies upon a draft; knows whether a paper is to be printed again."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import BufferingHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from konzept.data.files import write_whole
from konzept.paper.compat import line_boxes
from konzept.paper.document import render
from konzept.words.hyphenation import write_dictionary


@dataclass(frozen=True)
class Line:
    """Where a line of text stands on its page, in pt from the upper left corner."""

    top: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """One page: its size in pt and its lines of text."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Printed:
    """A tagged PDF by PDF/A-3a, its pages, the files it took, and what WeasyPrint complained about."""

    content: bytes
    sheets: tuple[Sheet, ...]
    files: tuple[Path, ...]
    complaints: tuple[str, ...]


def layout(html: str, base: Path, identifier: str, *, tagged: bool = True) -> Printed:
    """Lay out and write a document.

    Parameters
    ----------
    html
        The document.
    base
        The folder from which it may take pictures; nothing comes from anywhere else.
    identifier
        What the file's identifier is made of, so that it is no random number.
    tagged
        Without tags it is no document, only something to be laid upon another.
    """
    import pyphen
    import weasyprint

    files: set[Path] = set()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined,unused-ignore]
        def fetch(self, url: str, headers: Any = None) -> Any:
            response = super().fetch(url, headers)
            if response.path:
                files.add(Path(response.path))
            return response

    fetcher = Fetcher(allowed_protocols={"file", "data"}, fail_on_errors=True)
    with _complaints() as kept, TemporaryDirectory() as folder:
        # WeasyPrint breaks words by Pyphen, and Pyphen's own dictionary breaks compounds wrongly.
        pyphen.LANGUAGES["de"] = write_dictionary(Path(folder))
        document = weasyprint.HTML(string=html, base_url=base.as_uri() + "/", url_fetcher=fetcher).render()
        content = document.write_pdf(
            pdf_variant="pdf/a-3a" if tagged else None, pdf_identifier=identifier.encode()
        )
    sheets = tuple(_sheet(page) for page in document.pages)
    return Printed(
        content,
        sheets,
        tuple(sorted(files)),
        tuple(dict.fromkeys(map(logging.LogRecord.getMessage, kept.buffer))),
    )


@contextmanager
def _complaints() -> Iterator[BufferingHandler]:
    """Keep what WeasyPrint complains about."""
    kept = BufferingHandler(sys.maxsize)
    kept.setLevel(logging.WARNING)
    printer = logging.getLogger("weasyprint")
    printer.addHandler(kept)
    try:
        yield kept
    finally:
        printer.removeHandler(kept)


_PT = 0.75
"""A CSS px in pt."""


def _sheet(page: Any) -> Sheet:
    lines = tuple(Line(box.position_y * _PT, box.height * _PT) for box in line_boxes(page))
    return Sheet(page.width * _PT, page.height * _PT, lines)


def overlay(sheets: Sequence[Sheet], root: Path, *, cover: bool) -> bytes:
    """Print what lies upon a draft: the word "Entwurf" across each page, and numbers of lines; none on a cover."""
    numbered = [(s, [] if cover and s is sheets[0] else baselines(s.lines)) for s in sheets]
    html = render("draft.html", pages=numbered)
    return layout(html, root, "entwurf", tagged=False).content


def baselines(lines: Iterable[Line]) -> list[float]:
    """Say where lines end, from top to bottom; those of columns side by side count as one.

    Examples
    --------
    >>> baselines([Line(100, 15), Line(115, 15), Line(101, 12)])
    [114, 130]
    """
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.height / 2, line.top)):
        middle = line.top + line.height / 2
        if not found or middle - found[-1][0] > line.height / 2:
            found.append((middle, line.top + line.height))
    return [bottom for _, bottom in found]


def is_current(paper: Path, matter: str) -> bool:
    """Tell whether a printed paper is whole, and made of this matter and of the same pictures.

    Parameters
    ----------
    paper
        The printed file; what it was made of is noted beside it.
    matter
        Names by a hash all that the paper is made of, but for what the layout takes from files.
    """
    try:
        known = json.loads(_note(paper).read_text("utf-8"))
        return bool(
            known["matter"] == matter
            and known["paper"] == _state(paper)
            and all(_state(Path(name)) == state for name, state in known["files"].items())
        )
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return False  # a note that is gone or broken proves nothing


def note(paper: Path, matter: str, files: Iterable[Path]) -> None:
    """Note beside a paper what it was made of."""
    known = {"matter": matter, "paper": _state(paper), "files": {str(f): _state(f) for f in files}}
    write_whole(_note(paper), json.dumps(known, indent=1))


def _note(paper: Path) -> Path:
    return paper.with_suffix(".json")


def _state(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
