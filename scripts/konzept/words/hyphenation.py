"""Where German words may break at the end of a line: on the page, in charts and on paper.

The patterns are those of TeX's German hyphenation, from npm.  The dictionary that comes with Pyphen counts on
two rounds, first the parts of a compound and then their syllables, and Pyphen makes one: „Elter-narbeit“.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyphen

from konzept.home import NODE_MODULES

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

EXCEPTIONS = (
    "Al-ters-an-teil",
    "Arbeits-kräfte-er-he-bung",
    "Bar-sing-hau-sen",
    "Berufs-an-er-ken-nung",
    "Euro-stat",
    "Jugend-hilfe-sta-tis-tik",
    "Ur-in-stinkt",
    "Zwi-schen-eva-lua-tion",
)
"""Beginnings of words that the patterns would break wrongly: all their breaks."""

_PATTERNS = NODE_MODULES / "hyphenation.de/lib/de.js"
_GROUP = re.compile(r'(\d+)\s*:\s*"([^"]*)"')
_LONG_WORD = re.compile(r"(?<![\w./:@])[A-ZÄÖÜ]?[a-zäöüß]{6,}(?!\w|[./:@]\w)")
"""Capitals within a word are of a name or an abbreviation, and those do not break; nor do parts of addresses."""
_WORD = re.compile(r"[(„‚]*[A-ZÄÖÜ]?[a-zäöüß]+(?:\*[a-zäöüß]+)?[^\w\s]*")
"""A hyphen within anything else (an address, a formula, a code) would seem to be part of it."""
_AFTER_HYPHEN = re.compile(r"(?<=\w-)(?=\w)")


def patterns(source: str, exceptions: Iterable[str] = ()) -> list[str]:
    """Read the patterns of a Hypher file, where those of one length stand in one text, and add exceptions.

    Examples
    --------
    >>> patterns('3 : "_a1a1b", 4 : "1abc"', ["Ur-in"])
    ['.a1', 'a1b', '1abc', '.u8r9i8n']
    """
    found = []
    for length, text in _GROUP.findall(source):
        size = int(length)
        found += [text[i : i + size].replace("_", ".") for i in range(0, len(text), size)]
    return found + [_exception(word.lower()) for word in exceptions]


def _exception(word: str) -> str:
    """Write a word's only breaks as a pattern that outdoes all others: odd numbers break, even ones do not."""
    return "." + "8".join(word).replace("8-8", "9")


@cache
def _hyphenator() -> pyphen.Pyphen | None:
    """Load the patterns; without the packages of npm no word breaks."""
    if not _PATTERNS.is_file():
        return None
    with TemporaryDirectory() as folder:
        return pyphen.Pyphen(filename=write_dictionary(Path(folder)), left=3, right=3)


def write_dictionary(folder: Path) -> Path:
    """Write the patterns as the file that Pyphen reads."""
    path = folder / "hyph_de.dic"
    lines = patterns(_PATTERNS.read_text("utf-8"), EXCEPTIONS)
    path.write_text("\n".join(["UTF-8", *lines]), "utf-8")
    return path


def hyphenated(text: str) -> str:
    """Put a soft hyphen wherever a long word may break.

    Examples
    --------
    >>> hyphenated("Elternarbeit mit Kita und Schule").replace("\N{SOFT HYPHEN}", "|")
    'Eltern|ar|beit mit Kita und Schule'
    """
    german = _hyphenator()
    if german is None:
        return text
    return _LONG_WORD.sub(lambda match: german.inserted(match[0], SOFT_HYPHEN), text)


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` characters; only words longer than a line are broken.

    Examples
    --------
    >>> wrapped("ohne Migrationshintergrund", 16)
    ['ohne', 'Migrationshin-', 'tergrund']
    >>> wrapped("Eltern-Kind-Angebote", 12), wrapped("example.invalid", 12)
    (['Eltern-Kind-', 'Angebote'], ['example.inva', 'lid'])
    """
    return list(_lines(text, max(width, 2))) or [""]


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for space, piece in _pieces(text):
        if line and len(line) + len(space) + len(piece) <= width:
            line += space + piece
            continue
        if line:
            yield line
        line = piece
        while len(line) > width:
            head, line = _broken(line, width)
            yield head
    if line:
        yield line


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Give the words, and the parts of those with hyphens, each with the space before it."""
    # Not at no-break spaces.
    for word in re.findall(r"[^ \t\n]+", text):
        space = " "
        for piece in _AFTER_HYPHEN.split(word):
            yield space, piece
            space = ""


def _broken(word: str, width: int) -> tuple[str, str]:
    german = _hyphenator() if _WORD.fullmatch(word) else None
    return (german.wrap(word, width) if german else None) or (word[:width], word[width:])
