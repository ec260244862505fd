"""What an exported Word file takes along, so that what has changed in it can be told, whoever has switched tracking off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

NAMESPACE = "urn:konzept:word:1"
"""Of the part that holds it; the number changes when older files could no longer be understood."""
MARK = "k"
"""Begins the names of bookmarks around blocks; those that links lead to begin otherwise."""


@dataclass(frozen=True)
class Entry:
    """A block of the document as it was exported."""

    mark: str
    """Its bookmark."""
    page: int
    """Which of the pages it belongs to."""
    line: int
    """Where in the page's file it comes from, from 1; 0 where it comes from no line."""
    what: str
    """What it is, in German."""
    text: str
    kind: str = ""
    """Of prose, the kind of its block; empty for what is not written in the page but comes from data."""
    level: int = 0
    source: str = ""
    """Of prose, the lines of the page."""
    shown: tuple[str, ...] = ()
    """Of prose, what stood for its markup."""
    before: str = ""
    """What the book sets before it: a chapter's number."""
    leads: tuple[tuple[int, str], ...] = ()
    """Where its letters lead, blanks apart: so many, and where."""


@dataclass(frozen=True)
class Original:
    """A document as it was exported."""

    town: str
    title: str
    stand: str
    pages: tuple[str, ...]
    """Files from the project's folder."""
    entries: tuple[Entry, ...]

    def written(self) -> str:
        """Write it as text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Tell texts apart in a few letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_original(text: str) -> Original | None:
    """Read what `Original.written` wrote; None for anything else, for the file has been with others."""
    try:
        found = json.loads(text)
        entries = tuple(_entry(entry) for entry in _listed(found["entries"]))
        pages = tuple(_text(page) for page in _listed(found["pages"]))
        original = Original(
            _text(found["town"]), _text(found["title"]), _text(found["stand"]), pages, entries
        )
        return original if entries and all(entry.page < len(pages) for entry in entries) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _entry(found: Mapping[str, Any]) -> Entry:
    return Entry(
        mark=_text(found["mark"]),
        page=_number(found["page"]),
        line=_number(found["line"]),
        what=_text(found["what"]),
        text=_text(found["text"]),
        kind=_text(found["kind"]),
        level=_number(found["level"]),
        source=_text(found["source"]),
        shown=tuple(_text(part) for part in _listed(found["shown"])),
        before=_text(found["before"]),
        leads=tuple((_number(many), _text(about)) for many, about in _listed(found.get("leads", []))),
    )


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _number(found: object) -> int:
    if not isinstance(found, int) or not 0 <= found < 10_000_000:
        raise ValueError
    return found


def _listed(found: object) -> Sequence[Any]:
    if not isinstance(found, list):
        raise TypeError
    return found
