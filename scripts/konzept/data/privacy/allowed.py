"""Which files a page may show, link to or take in: those of the book, and the published tables."""

from __future__ import annotations

import html
import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

BOOK = "book"
"""The folder of pages and what they show, below the project."""

_WAYS = re.compile(r"(?:path|project|file):(?://)?", re.IGNORECASE)
"""How the name of a file of one's own may begin."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
"""How the address of something elsewhere begins."""


def leads_out(target: str, page: Path, project: Path, tables: Collection[Path] = ()) -> bool:
    """Tell whether a target on a page is a file of this machine that does not belong to the book.

    Parameters
    ----------
    target
        What stands in the link, picture or option.
    page
        The page.
    project
        The folder of `book`.
    tables
        Files outside `book` that are published.
    """
    text = unicodedata.normalize("NFKC", unquote(unquote(html.unescape(target)))).strip().replace("\\", "/")
    if way := _WAYS.match(text):
        text = text[way.end() :]
    elif _ADDRESS.match(text):
        return False
    text = re.split(r"[?#]", text, maxsplit=1)[0].strip()
    if not re.search(r"\w|\.\.", text):
        return False
    if "\0" in text:
        return True
    # A leading stroke means the project to Sphinx.
    base, text = (project, text.lstrip("/")) if text[0] == "/" else (page.parent, text)
    return is_foreign(base / text, project, tables)


def is_foreign(path: Path, project: Path, tables: Collection[Path] = ()) -> bool:
    """Tell whether a file does not belong to the book, whatever links lead to it."""
    real = Path(os.path.realpath(path))
    named = (table for table in tables if table.name in (path.name, real.name))
    if any(real == Path(os.path.realpath(table)) for table in named):
        return False
    return not real.is_relative_to(os.path.realpath(project / BOOK))
