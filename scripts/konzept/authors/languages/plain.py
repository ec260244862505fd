"""Rules of plain German that a program can see; they are told, not enforced.

A block names what may break them: „:ausnahme: Integrationskonzept = Name des Dokuments“, in letters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from konzept.authors.languages.versions import Block, without_roles

MOST_WORDS, MOST_LETTERS = 12, 13
_WORD = re.compile(r"[^\W\d_]+(?:[·-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_PASSIVE = re.compile(
    r"\b(?:wird|werden|wurden?|worden)\b(?:\s+\S+){0,6}?\s+(?:ge|be|ver|er|ent|zer|an\w*ge|auf\w*ge|ein\w*ge|aus\w*ge|vor\w*ge|zu\w*ge|mit\w*ge|ab\w*ge)\w+(?:t|en)\b[.!?:]?$",
    re.IGNORECASE,
)
_NEGATIONS = re.compile(
    r"\b(?:nicht|nie|niemals|kein\w*|niemand\w*|nichts|ohne)\b|\bun(?=[a-zäöü]{5,}lich\b)", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Take Markdown apart into its sentences; a line of a list is one, too."""
    plain = re.sub(r"^\s*[-*]\s+|\*\*|\[|\]\([^)]*\)", "", without_roles(text, "1"), flags=re.MULTILINE)
    # A day's point and that of an abbreviation end no sentence.
    plain = re.sub(r"(\d)\.(?=\s+[A-Z1])", r"\1", plain)
    return [part.strip() for part in _END.split(plain) if part.strip()]


def words(sentence: str) -> list[str]:
    """Give the words of a sentence; a number counts, too."""
    return re.findall(r"[\w·-]+", sentence)


def broken_rules(block: Block) -> Iterator[str]:
    """Say in German which rules a block breaks, but for its exceptions."""
    allowed = [exception.partition("=")[0].strip() for exception in block.exceptions]
    for line in block.text.split("\n"):
        found = sentences(line)
        if len(found) > 1:
            yield f"Zwei Gedanken in einer Zeile: „{line.strip()}“"
    for sentence in sentences(f"{block.title}\n{block.text}"):
        if any(part and part in sentence for part in allowed if " " in part):
            continue
        if (count := len(words(sentence))) > MOST_WORDS:
            yield f"{count} Wörter statt höchstens {MOST_WORDS}: „{sentence}“"
        if _PASSIVE.search(sentence):
            yield f"Passiv: „{sentence}“"
        if len(_NEGATIONS.findall(sentence)) > 1:
            yield f"Zwei Verneinungen: „{sentence}“"
        for word in _WORD.findall(sentence):
            if max(map(len, re.split("[·-]", word))) > MOST_LETTERS and word not in allowed:
                yield f"Langes Wort ohne Mediopunkt (·): „{word}“"
