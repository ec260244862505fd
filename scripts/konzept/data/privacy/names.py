"""Finds private names in a text as whole words, whatever stands in and between the words.

Text and names are brought to the same plain form: entities and escapes resolved, markup and invisible
characters gone, letters without case and accents, ``ae`` for ``ä``.  What is left is compared word by word,
so „Ute“ is not found in „heute“, and white space, line ends and punctuation between two words do not count.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

_TITLES = frozenset(("frau", "herr", "dr", "prof", "dipl", "ing"))
_DEGREES = frozenset(("med", "phil", "jur", "rer", "nat", "pol", "h", "c", "hc"))
"""Behind a title not part of a name either; both may stand between its parts: „Mustermann, Dr. Erika“."""
_LONGEST = 8
"""So many words a name has at most; more is a sentence."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What has no width: controls, marks of format and direction, soft hyphens, fillers, choices of a glyph."""

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[ \t]*(?:\r?\n|<))(?:[\s>#]|<[^<>]*>)+(?=([^\W\d_]))")
"""A hyphen at the end of a line, in a text or a drawing, and the letter with which the next line begins."""
_LINK = re.compile(r"\]\([^()\s]*\)|\[\^[^\]\s]*\]")
_TAG = re.compile(r"<!--.*?-->|<[!/?a-zA-Z][^<>]*>", re.DOTALL)
_MARKUP = re.compile("[*`~\\\\^='\u2018\u2019\u02bc]")
"""What may stand within a word and is not shown, or is left out in some spellings."""
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
Letters = Mapping[str, str]

_OTHER = {"æ": "ae", "œ": "oe", "ø": "oe", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_LETTERS: Letters = {"ä": "ae", "ö": "oe", "ü": "ue", **_OTHER}
_BARE: Letters = {**_OTHER, "ø": "o"}
"""Without a rule for umlauts: these lose their dots like any accent."""


class Names:
    r"""Names that must not be published.

    Parameters
    ----------
    names
        The names as they are listed, „Vorname Nachname“ or „Nachname, Vorname“.

    Examples
    --------
    >>> names = Names(["Jürgen Möller"])
    >>> names.stand_in("Es leitet **Möller**,\n&nbsp;Juergen.")
    True
    >>> Names(["Ute"]).stand_in("Das gilt heute.")
    False
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        # By the first word: all that may follow it.
        self._by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            for words in _spellings(name):
                # „Berg, Anna von“ and „Anna von Berg“ are one name.
                for n in range(len(words)):
                    first, *rest = words[n:] + words[:n]
                    self._by_first[first].add(tuple(rest))
                    if not rest:
                        self._by_first[f"{first}s"].add(())

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def stand_in(self, text: str) -> bool:
        """Tell whether one of the names stands in a text."""
        return bool(self._by_first) and any(
            self._match(_WORD.findall(reading)) for reading in _readings(text)
        )

    def lines(self, text: str) -> list[int]:
        """Give the lines on which a name begins; one that nothing else tells of is on the first."""
        if not self.stand_in(text):
            return []
        lines = re.split("\r\n|\r|\n", text)
        found = [number for number, line in enumerate(lines, 1) if self.stand_in(line)]
        # What is left runs over several lines.
        lines = ["" if number in set(found) else line for number, line in enumerate(lines, 1)]
        start = 0
        while self.stand_in("\n".join(lines[start:])):
            # The name ends on the first line with which it is whole, and begins on the last one.
            ends = range(start + 1, len(lines) + 1)
            shortest = bisect_left(ends, 1, key=lambda n: self.stand_in("\n".join(lines[start:n])))
            end = ends[shortest]
            start = next(n for n in range(end, start, -1) if self.stand_in("\n".join(lines[n - 1 : end])))
            found.append(start)
        return sorted(found) or [1]

    def _match(self, words: list[str]) -> bool:
        if self._by_first.keys().isdisjoint(words):
            return False
        return any(
            word in self._by_first and any(_follows(words, n + 1, rest) for rest in self._by_first[word])
            for n, word in enumerate(words)
        )


def _follows(words: list[str], at: int, rest: tuple[str, ...]) -> bool:
    """Tell whether the rest of a name stands at a place; its last word may be in the genitive."""
    for n, expected in enumerate(rest, 1):
        while at < len(words) and words[at] in _TITLES | _DEGREES and words[at] != expected:
            at += 1
        if at == len(words):
            return False
        if words[at] != expected and not (n == len(rest) and words[at] == f"{expected}s"):
            return False
        at += 1
    return True


def is_name(text: str) -> bool:
    """Tell whether a text can be looked for: at least one word of two letters, and no whole sentence.

    Examples
    --------
    >>> is_name("Dr. Erika Mustermann"), is_name("E."), is_name("Dr."), is_name("0511 123")
    (True, False, False, False)
    """
    return any(_spellings(text)) and len(text.split()) <= _LONGEST


def _spellings(name: str) -> set[tuple[str, ...]]:
    """Give the words of a name in every form in which a text may have them."""
    found = set()
    for table in (_LETTERS, _BARE):
        for reading in _readings(name, table):
            words = _without_titles(_WORD.findall(reading))
            if any(len(word) > 1 and not word.isdigit() for word in words):
                found.add(tuple(words))
    return found


def _without_titles(words: list[str]) -> list[str]:
    kept: list[str] = []
    titled = False
    for word in words:
        titled = word in _TITLES or (titled and word in _DEGREES)
        if not titled:
            kept.append(word)
    return kept


def _readings(text: str, letters: Letters = _LETTERS) -> Iterator[str]:
    """Give a text as it is read: tags and marks taken for nothing, for blanks, and tags for text."""
    text = _plain(text, letters)
    bare = _TAG.sub("", text) if "<" in text else text
    yield _MARKUP.sub("", bare)
    if bare != text:
        yield _MARKUP.sub("", text)
        yield _MARKUP.sub(" ", _TAG.sub(" ", text))
    if _MARKUP.search(text):
        yield _MARKUP.sub(" ", text)
        if bare != text:
            yield _MARKUP.sub(" ", bare)


def _plain(text: str, letters: Letters) -> str:
    """Resolve all ways of writing a letter."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "%" in text:
        text = unquote(text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        text = re.sub(r"\\[nrt]", " ", text)
    text = INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _BROKEN.sub(lambda match: "" if match[1].islower() else " ", text)
    if "](" in text or "[^" in text:
        text = _LINK.sub(lambda match: "]" if match[0][0] == "]" else "", text)
    text = text.casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    for letter, plain in letters.items():
        text = text.replace(letter, plain)
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text))
