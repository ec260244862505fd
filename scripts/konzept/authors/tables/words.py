"""What towns call what: the words of `assets/tables/words.csv`, and which of them a heading or a cell means."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz

from konzept.home import ASSETS

NOTHING = "nichts"
TARGETS: Mapping[str, str] = {
    "massnahme": "Maßnahme",
    "beschreibung": "Beschreibung",
    "zielgruppe": "Zielgruppe",
    "prioritaet": "Priorität",
    "nummer": "Nummer",
    "zustaendig": "Zuständigkeit",
    "federfuehrend": "Federführung",
    "beteiligt": "Beteiligte",
    "finanzierend": "Finanziert durch",
    "zeitraum": "Zeitraum",
    "beginn": "Beginn",
    "ende": "Ende",
    "kosten": "Kosten",
    "kosten_einmalig": "Kosten einmalig",
    "kosten_jaehrlich": "Kosten jährlich",
    "kosten_anlauf": "Kosten Anlauf",
    "status": "Status",
    "status_text": "Erläuterung zum Status",
    "handlungsfeld": "Handlungsfeld",
    "leitziel": "Leitziel",
    "ziel": "Ziel",
    NOTHING: "nicht übernehmen",
}
"""What a column or heading may become, and what it is called in the sheet „Zuordnung“."""
LEVELS = ("handlungsfeld", "leitziel", "ziel", "massnahme")
"""What headings name, from the outermost to the innermost."""

_HEADING = 60
"""No heading of a column is longer."""
_TYPO = 88
_NUMBER = r"(?:\d+(?:\.\d+)*|[A-Z]{1,2}[ .-]?\d+(?:\.\d+)*|[IVX]+|[A-Z])"
_COUNTED = re.compile(
    r"(?:(?:Nr\.?\s*)?(\d+(?:\.\d+)+|\d+[.)]|[A-Z]{1,2}[.-]?\d+(?:\.\d+)*)[.):]?\s+[–-]?\s*)(?=\S)"
)
_QUOTES = "„“”\"'‚‘’»« "


@cache
def words(about: str) -> Mapping[str, str]:
    """Give the words of one matter, as they compare, with what each means."""
    with (ASSETS / "tables/words.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["wovon"] == about]
    return {folded(row["wort"]): row["bedeutet"] for row in rows}


def folded(text: str) -> str:
    """Write a text as it compares: without soft hyphens, marks at its ends and what stands in brackets.

    Examples
    --------
    >>> folded("Zu\u00adständig­keit (Amt):"), folded("–"), folded("s. o.")
    ('zuständigkeit', '–', 's. o')
    """
    text = " ".join(re.sub(r"-\s+(?=[a-zäöüß])", "", text.replace("\u00ad", "")).split()).casefold()
    return re.sub(r"\s*\([^)]*\)$", "", text.strip(" :.*")).strip(" :.*") or text


def is_word(about: str, text: str) -> bool:
    """Tell whether a text is just one of these words."""
    return folded(text) in words(about)


def meaning(about: str, text: str) -> str | None:
    """Give what a word means that is one of a list."""
    return words(about).get(folded(text))


@cache
def _any_heading() -> re.Pattern[str]:
    """Find the first known word in a heading, the longest of those that begin there."""
    known = sorted(words("spalte"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")


@cache
def meant_by_heading(text: str) -> str | None:
    """Give what the column below a heading holds, or None where no word of it is known.

    The first word that is known tells: „Beschreibung der Maßnahme“ is a description.

    Examples
    --------
    >>> [meant_by_heading(text) for text in ("Federführung/ Zuständigkeit", "Stand der Umsetzung", "Massnahmen", "Jahr")]
    ['federfuehrend', 'status', 'massnahme', None]
    """
    text, known = folded(text), words("spalte")
    if not text or len(text) > _HEADING:
        return None
    if match := _any_heading().search(text):
        return known[match[0]]
    score, target = max((fuzz.ratio(text, word), target) for word, target in known.items())
    return target if score >= _TYPO else None


@cache
def looks_like_heading(text: str) -> bool:
    """Tell whether a cell is a heading by itself: it begins with a known word and holds no number.

    Examples
    --------
    >>> [looks_like_heading(text) for text in ("Zeitplan", "Verantwortlch", "bis Ende 2027", "in Umsetzung")]
    [True, True, False, False]
    """
    if re.search(r"\d", text) or meant_by_heading(text) is None:
        return False
    match = _any_heading().search(folded(text))
    return match is None or match.start() == 0


@cache
def level_of(text: str) -> tuple[str, str, str] | None:
    """Read a heading that says what it names: level, its number, its name.

    Examples
    --------
    >>> level_of("4.1 Handlungsfeld ‚Bildung und Erziehung‘"), level_of("Ziel 1.2: Alle lernen Deutsch.")
    (('handlungsfeld', '', 'Bildung und Erziehung'), ('ziel', '1.2', 'Alle lernen Deutsch.'))
    >>> level_of("Ziele und Maßnahmen") is None
    True
    """
    start = _COUNTED.match(text)
    rest = text[start.end() :] if start else text
    for word, level in sorted(words("ueberschrift").items(), key=lambda each: -len(each[0])):
        # „Handlungsfeld Bildung“ names a field, „Ziel der Arbeit“ names none.
        between = r"[:–-]\s*|(?=[‚„»\"])|(?<=\d)\s" + (r"|(?<=\s)" if level == LEVELS[0] else "")
        match = re.match(
            rf"{re.escape(word)}(?:\s+({_NUMBER})\b)?\.?\s*(?:{between})(\S.*)", rest, re.IGNORECASE
        )
        if match:
            return level, match[1] or "", match[2].strip(_QUOTES)
    return None


def numbered(text: str, *levels: str) -> tuple[str, str]:
    """Part the number from a name; before them may stand which of these levels it is of.

    Examples
    --------
    >>> numbered("Ziel 1.2: Alle lernen Deutsch.", "ziel"), numbered("M-4: Sprachcafé", "massnahme")
    (('1.2', 'Alle lernen Deutsch.'), ('M-4', 'Sprachcafé'))
    """
    found = level_of(text)
    return found[1:] if found and found[0] in levels else counted(text)


def names_level(text: str) -> bool:
    """Tell whether a plain paragraph names a level all the same: a goal, or in few words what is above or below it.

    Examples
    --------
    >>> [names_level(text) for text in ("Leitziel: Alle verstehen einander.", "Handlungsfeld 1: Sprache", "Projekt: Wir üben.")]
    [True, True, False]
    """
    found = level_of(" ".join(text.split()))
    return found is not None and (
        found[0] in LEVELS[1:3] or (len(text) <= _HEADING and text[-1] not in ".:;")
    )


def counted(text: str) -> tuple[str, str]:
    """Part the number before a title from it.

    Examples
    --------
    >>> counted("1.2.3 Sprachcafé"), counted("M-4: Sprachcafé"), counted("2 Kurse anbieten")
    (('1.2.3', 'Sprachcafé'), ('M-4', 'Sprachcafé'), ('', '2 Kurse anbieten'))
    """
    match = _COUNTED.match(text)
    return (match[1].rstrip(".)"), text[match.end() :].strip()) if match else ("", text)
