"""Names the sources of figures and tables: each document once, with all passages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from konzept.concept.model import Source
from konzept.german import bound, ranges


def as_of(sources: Iterable[Source | None]) -> str:
    """Write when the newest source appeared, as it stands in a subtitle."""
    newest = max(
        ((s.day, s.appeared) for s in sources if s and s.day and s.dated),
        key=lambda pair: pair[0],
        default=None,
    )
    return f", Stand {newest[1]}" if newest else ""


_FEW = 3
"""More documents than this are named by their short titles, in one line."""


def source_lines(sources: Iterable[Source | None]) -> tuple[str, ...]:
    """Name sources as they stand under figures and tables: each document once, with all passages."""
    passages: dict[str, list[str]] = {}
    documents: dict[str, Source] = {}
    for source in filter(None, sources):
        documents.setdefault(source.id, source)
        passages.setdefault(source.id, []).append(source.passage)
    places = {key: bound("; ".join(_grouped(found))) for key, found in passages.items()}
    if len(documents) > _FEW:
        short = [bound(f"{d.short_title} ({places[key]})") for key, d in documents.items()]
        return (f"{'; '.join(short)}.",)
    return tuple(_source_line(document, places[key]) for key, document in documents.items())


def _source_line(source: Source, places: str) -> str:
    parts = [p for p in (source.publisher, source.title) if p]
    if source.dated and source.appeared:
        parts.append(source.appeared)
    text = f"{bound(', '.join(parts))}: {places}."
    return f"{text} Lizenz: {source.licence}." if source.licence else text


_PARAGRAPHS = re.compile(r"Abs(?:atz|ätze) (\d+(?:(?: bis |, | und )\d+)*)")


def _grouped(passages: list[str]) -> list[str]:
    """Name a chapter once for all passages in it, and its paragraphs in one list."""
    chapters: dict[str, dict[str, None]] = {}
    for passage in passages:
        chapter, _, place = passage.partition(", ")
        chapters.setdefault(chapter, {}).update({place: None} if place else {})
    return [", ".join([chapter, *_together(list(places))]) for chapter, places in chapters.items()]


def _together(places: list[str]) -> list[str]:
    """Join "Absatz 5" and "Absätze 6 und 7" to "Absätze 5 bis 7"; what is more than that stays as it is."""
    numbers: list[int] = []
    others: list[str] = []
    for place in places:
        if found := _PARAGRAPHS.fullmatch(place):
            numbers += _numbers(found[1])
        else:
            others.append(place)
    if not numbers:
        return others
    return [f"{'Absatz' if len(set(numbers)) == 1 else 'Absätze'} {ranges(numbers)}", *others]


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for part in re.split(", | und ", text):
        first, _, last = part.partition(" bis ")
        found += range(int(first), int(last or first) + 1)
    return found
