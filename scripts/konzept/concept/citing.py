"""Names the sources of figures and tables: in one line below, in full where the method is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from konzept.concept.model import Source
from konzept.words import german
from konzept.words.german import bound, ranges


@dataclass(frozen=True)
class Cited:
    """A document on which a figure or table rests, with all places in it."""

    document: str
    """Its id."""
    title: str
    """Its publisher, title and day."""
    short_title: str
    places: str
    """Chapters, pages or tables where a reader finds what is shown; may be empty."""
    publisher: str
    year: int | None
    licence: str


def as_of(sources: Iterable[Source | None]) -> str:
    """Write when the newest source appeared, as it stands in a subtitle."""
    newest = max(
        ((s.day, s.appeared) for s in sources if s and s.day and s.dated),
        key=lambda pair: pair[0],
        default=None,
    )
    return f", Stand {newest[1]}" if newest else ""


def cited(sources: Iterable[Source | None]) -> tuple[Cited, ...]:
    """Gather sources: each document once, with all places in it that a reader can look up."""
    places: dict[str, list[str]] = {}
    documents: dict[str, Source] = {}
    for source in filter(None, sources):
        documents.setdefault(source.id, source)
        places.setdefault(source.id, []).extend([place] if (place := readable(source.passage)) else [])
    return tuple(
        Cited(
            document=key,
            title=_title(source),
            short_title=source.short_title,
            places=_together_in(places[key]),
            publisher=source.publisher or "",
            year=source.day.year if source.day and source.dated else None,
            licence=source.licence or "",
        )
        for key, source in documents.items()
    )


def source_line(source: Source, *, place: bool = True) -> str:
    """Name one source as it stands in a file of data: with file names and codes, for those who compute with it."""
    return _full(_title(source), _together_in([source.passage]) if place else "", source.licence or "")


_FEW = 3
"""More documents than this are named by their short titles, in one line."""


def in_full(sources: Sequence[Cited]) -> tuple[str, ...]:
    """Name sources with title and all places: a line a document, or one line for many."""
    if len(sources) > _FEW:
        return (in_short(sources),)
    return tuple(_full(s.title, s.places, s.licence) for s in sources)


def in_short(sources: Sequence[Cited]) -> str:
    """Name sources with short titles and all places, where the titles stand in a list nearby."""
    short = [f"{s.short_title} ({s.places})" if s.places else s.short_title for s in sources]
    return f"{'; '.join(map(bound, short))}."


def in_brief(sources: Sequence[Cited]) -> str:
    """Name sources in one line: who published them, in which years, under which licences."""
    publishers: dict[str, list[Cited]] = {}
    for source in sources:
        publishers.setdefault(source.publisher.replace(";", ",") or source.short_title, []).append(source)
    if len(publishers) <= _FEW:
        parts = [_brief(name, found) for name, found in publishers.items()]
        return f"{bound('; '.join(parts))}." if parts else ""
    more = len(publishers) - 2
    shown = [*list(publishers)[:2], f"{german.word(more)} weitere"]
    return f"{bound(_brief(german.listing(shown), sources))}."


def _brief(name: str, sources: Sequence[Cited]) -> str:
    span = german.span(s.year for s in sources if s.year)
    licences = dict.fromkeys(_licence(s.licence) for s in sources)
    return ", ".join(filter(None, [name, span, *licences]))


def _licence(text: str) -> str:
    """Give a licence that has a name (CC BY 4.0); terms in words are told with the method."""
    name = re.sub(r"^Quellenangabe |\s*\(.*\)", "", text)
    return name if re.search(r"[A-Z]{2}|©|\d", name) else ""


def _title(source: Source) -> str:
    parts = [p for p in (source.publisher, source.title) if p]
    if source.dated and source.appeared:
        parts.append(source.appeared)
    return bound(", ".join(parts))


def _full(title: str, places: str, licence: str) -> str:
    text = f"{title}: {places}." if places else f"{title}."
    return f"{text} Lizenz: {licence}." if licence else text


_CODES = re.compile(
    r"(?:\S*/)?\S+\.(?:csv|json|ods|pdf|tsv|txt|xlsx?|zip)"  # files
    r"|[Cc]ommit [0-9a-f]{7,40}"
    r"|\w+_\w+"  # names of data sets
    r"|\w*[A-Za-z]\d[A-Z]\w*(?: \d+| \(.*\))?"
    r"|[A-Z]\d{4,}"
)
"""What only those need who compute with the data: file names, states of a repository, codes of tables."""


def readable(passage: str) -> str:
    """Leave out of a passage what is no place that a reader could open and find.

    Examples
    --------
    >>> readable("Indikator 3.1.1, data/indicator_3-1-1.csv")
    'Indikator 3.1.1'
    >>> readable("census_2022_internal, Commit 8124aa7")
    ''
    """
    parts = (
        ", ".join(part for part in place.split(", ") if not _CODES.fullmatch(part))
        for place in passage.split("; ")
    )
    return "; ".join(filter(None, parts))


def _together_in(passages: Sequence[str]) -> str:
    return bound("; ".join(_grouped(passages)))


_PARAGRAPHS = re.compile(r"Abs(?:atz|ätze) (\d+(?:(?: bis |, | und )\d+)*)")


def _grouped(passages: Sequence[str]) -> list[str]:
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
