"""The book's prose without its mark-up."""

from __future__ import annotations

import re
from pathlib import Path

from folders import page_text

OTHER_FORMS = re.compile(
    r"\w[:_]innen\b|[a-zäöüß]Innen\b|/-?innen\b|(\w+)innen (?:und|oder) \1|(\w+)e?n? (?:und|oder) \2innen\b"
)
"""Every way to name a group but "Einwohner*innen", two of them spelt out: "Einwohnerinnen und Einwohner"."""


def lines(page: Path) -> list[tuple[int, str]]:
    """Give a page's lines of prose with their numbers; code, headers and directives are left out."""
    found = []
    inside: str | None = None
    text = page_text(page)
    head = len(text.split("\n---\n", 1)[0].splitlines()) + 1 if text.startswith("---\n") else 0
    for number, line in enumerate(text.splitlines(), 1):
        if number <= head:
            continue
        if inside:
            if line.startswith(inside):
                inside = None
            continue
        if match := re.match(r"(`{3,})(?:\{(?!glossary)|[a-z])", line):
            inside = match[1]
            continue
        if re.match(r":{3,}|`{3,}", line):
            continue
        found.append((number, line))
    return found


def plain(line: str) -> str:
    """Take roles and links out of a line."""
    line = re.sub(r"``.*?``", "Wort", line)
    line = re.sub(r"\(?\{quelle\}`[^`]*`(?:; )?\)?", "", line)
    line = re.sub(r"\{numref\}`[^`]*`", "Abbildung", line)
    line = re.sub(r"\{zahl\}`[^`]*`", "eins", line)
    line = re.sub(r"`[^`]*`", "Wort", line)
    line = re.sub(r"\[\^\w+\]:?", "", line)
    line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return line.replace("\\*", "*").strip(" -#*>")


def sentences(page: Path) -> list[str]:
    """Give a page's sentences: authors write one a line; headings, lists and what ends in a colon do not count."""
    found: list[str] = []
    open_ = ""
    for _, line in lines(page):
        if not line or re.match(r"\s*(#|-|\||\d+\.\s)", line):
            open_ = ""
            continue
        open_ = f"{open_} {plain(line)}".strip()
        if re.search(r"[.!?:]\W*$", plain(line)):
            found += re.split(r"(?<=[a-zäöüß)“][a-zäöüß)“][.!?])\s+(?=[A-ZÄÖÜ])", open_)
            open_ = ""
    return [s for s in found if len(s.split()) > 2]
