"""Which column and which heading of a document becomes what: proposed, and changed by the author in the sheet „Zuordnung“."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from rapidfuzz import fuzz

from konzept.authors.excel.keys import Names
from konzept.authors.tables.source import BOLD, Heading, Source, Table
from konzept.authors.tables.values import day_of_paper
from konzept.authors.tables.words import (
    LEVELS,
    NOTHING,
    TARGETS,
    folded,
    level_of,
    looks_like_heading,
    meant_by_heading,
)

DOCUMENT, DAY, WORDING, FIELD = (
    "Titel des Dokuments",
    "Datum des Dokuments",
    "Fassung der Ziele",
    "Handlungsfeld, wenn keines genannt ist",
)
FACTS: Mapping[str, str] = {
    DOCUMENT: "Titel, wie er auf dem Dokument steht, oder die Kennung eines vorhandenen (d-…).",
    DAY: "Tag, zum Beispiel 25.06.2025. Ohne ihn wird kein Status übernommen.",
    WORDING: "„beschlossen“, wenn das Dokument beschlossen ist, sonst „Entwurf“.",
    FIELD: "Name oder Kennung; für Tabellen, über denen kein Handlungsfeld steht.",
}
"""What is asked about the document, and how to answer."""
ALIKE = 90
"""From this likeness on (of 100) two names mean the same."""


@dataclass
class Choice:
    """What the columns, headings and the document itself are taken for."""

    columns: dict[str, str] = field(default_factory=dict)
    """Heading of a column as it compares → target."""
    headings: dict[str, str] = field(default_factory=dict)
    """Heading above tables as it compares → level."""
    facts: dict[str, str] = field(default_factory=dict)

    def column(self, heading: str) -> str | None:
        """Tell what the column below a heading becomes; None where nobody knows."""
        return self.columns.get(folded(heading)) or meant_by_heading(heading)

    def heads(self, text: str) -> bool:
        """Tell whether a cell is the heading of a column."""
        return folded(text) in self.columns or looks_like_heading(text)

    def level(self, text: str) -> str:
        """Tell what a heading names."""
        found = level_of(text)
        return self.headings.get(folded(text)) or (found[0] if found else NOTHING)


def completed(saved: Choice, source: Source, names: Names) -> Choice:
    """Propose whatever the author has not decided."""
    headings = [part for part in source.parts if isinstance(part, Heading)]
    fields = _fields(headings, source, names)
    before_tables = takewhile(lambda part: not isinstance(part, Table), source.parts)
    cover = [part.text if isinstance(part, Heading) else str(part) for part in before_tables]
    day = next(filter(None, map(day_of_paper, cover)), "")
    wording = "beschlossen" if any("beschlossen" in text.casefold() for text in cover) else "Entwurf"
    facts = {DOCUMENT: source.title, DAY: day, WORDING: wording, FIELD: ""}
    return Choice(saved.columns, fields | saved.headings, facts | {k: v for k, v in saved.facts.items() if v})


def _fields(headings: Iterable[Heading], source: Source, names: Names) -> dict[str, str]:
    """Find headings that name action fields without saying so: known ones, else the outermost that part the tables."""
    known = names.by_name.get("handlungsfelder", {})
    found = {
        folded(h.text): LEVELS[0]
        for h in headings
        if level_of(h.text) is None and any(fuzz.ratio(_bare(h.text), name) >= ALIKE for name in known)
    }
    said = any((level_of(h.text) or ("",))[0] == LEVELS[0] for h in headings)
    columns = {
        meant_by_heading(cell.text)
        for t in source.tables
        for n in range(min(3, len(t.grid)))
        for cell in t.row(n)
    }
    if found or said or LEVELS[0] in columns:
        return found
    above: dict[int, dict[str, None]] = {}
    stack: dict[int, str] = {}
    for part in source.parts:
        if isinstance(part, Heading) and level_of(part.text) is None and part.level < BOLD:
            stack = {level: text for level, text in stack.items() if level < part.level} | {
                part.level: part.text
            }
        elif isinstance(part, Table):
            for level, text in stack.items():
                above.setdefault(level, {})[folded(text)] = None
    parting = next((texts for _, texts in sorted(above.items()) if len(texts) > 1), {})
    return dict.fromkeys(parting, LEVELS[0])


def _bare(text: str) -> str:
    return folded(text.lstrip("0123456789. "))


def target_named(text: str) -> str | None:
    """Find the target that a cell of the sheet „Zuordnung“ names."""
    wanted = folded(text)
    return next((key for key, label in TARGETS.items() if folded(label) == wanted), None)
