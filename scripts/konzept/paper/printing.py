"""Lays out one HTML document with WeasyPrint."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from konzept.paper.compat import line_boxes
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
    with _complaints() as found, TemporaryDirectory() as folder:
        # WeasyPrint breaks words by Pyphen, and Pyphen's own dictionary breaks compounds wrongly.
        pyphen.LANGUAGES["de"] = write_dictionary(Path(folder))
        document = weasyprint.HTML(string=html, base_url=base.as_uri() + "/", url_fetcher=fetcher).render()
        content = document.write_pdf(
            pdf_variant="pdf/a-3a" if tagged else None, pdf_identifier=identifier.encode()
        )
    sheets = tuple(_sheet(page) for page in document.pages)
    return Printed(content, sheets, tuple(sorted(files)), tuple(dict.fromkeys(found)))


@contextmanager
def _complaints() -> Iterator[list[str]]:
    handler = _Messages()
    printer = logging.getLogger("weasyprint")
    printer.addHandler(handler)
    try:
        yield handler.found
    finally:
        printer.removeHandler(handler)


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


_PT = 0.75
"""A CSS px in pt."""


def _sheet(page: Any) -> Sheet:
    lines = tuple(Line(box.position_y * _PT, box.height * _PT) for box in line_boxes(page))
    return Sheet(page.width * _PT, page.height * _PT, lines)
