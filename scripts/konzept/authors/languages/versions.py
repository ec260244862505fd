"""A language's file, taken apart: its title, the words of its frame, and its blocks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it.token import Token

from konzept.authors.chapters.pages import Page, block_of, option_lines, read_file, read_page, tokens_of
from konzept.data.problems import Problem, suggestion

FOLDER = "sprachen"
"""Below `book/`."""
OPTIONS = ("titel", "quelle", "fingerabdruck", "gilt", "ausnahme")
ROLES = ("zahl", "begriff", "kontakt", "abbildung")
PICTURES = ("status", "felder")
"""What `{abbildung}` shows: measures by status, measures by field."""

_ROLE = re.compile(r"\{([\w:+-]+)\}`([^`]*)`")


@dataclass(frozen=True)
class Block:
    """A passage that renders a passage of the German book."""

    name: str
    """Its id, the same in all languages."""
    line: int
    title: str
    sources: tuple[str, ...]
    """Where its German stands (see `sources.py`)."""
    fingerprint: str
    """Of the German that whoever wrote it saw; empty where nobody has confirmed it."""
    claims: tuple[str, ...]
    """What must hold of the data, or the text is wrong: „status/idee > status/geplant“."""
    exceptions: tuple[str, ...]
    """Words or sentences that may break a rule of plain German, each with its reason."""
    text: str
    """Markdown."""


@dataclass(frozen=True)
class Version:
    """A short version: one language's file."""

    code: str
    """A language tag: ``uk``, ``de-x-einfach``."""
    path: Path
    file: str
    """As messages name it."""
    title: str
    words: dict[str, str]
    """Words of the frame that the file itself gives, for a language that the program does not know."""
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    page: Page

    @property
    def fingerprint(self) -> str:
        """Name what a checker has read: titles and texts, but not the fingerprints of their German."""
        parts = [
            self.title,
            *(part for block in self.blocks for part in (block.name, block.title, block.text)),
        ]
        return fingerprint_of("\0".join(parts))


def fingerprint_of(text: str) -> str:
    """Name a text by a hash that no line break and no double blank changes."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def read_versions(book: Path) -> list[Version]:
    """Read all versions of a book: plain German first, the others by their tags."""
    paths = sorted((book / FOLDER).glob("*.md"), key=lambda p: (not p.stem.startswith("de"), p.stem))
    return [read_version(path, f"{book.name}/{FOLDER}/{path.name}") for path in paths]


def read_version(path: Path, file: str, written: bytes | None = None) -> Version:
    """Read a language's file, or what is to be written there, and find what is no part of one."""
    page = read_file(file, path) if written is None else read_page(file, written)
    blocks: list[Block] = []
    found: list[tuple[int, str]] = []
    tokens = [(line, token) for line, token, around in tokens_of(page.text) if not around]
    titles = [
        inline.content
        for (_, heading), (_, inline) in pairwise(tokens)
        if heading.type == "heading_open" and heading.tag == "h1"
    ]
    for line, token in tokens:
        if token.type == "colon_fence" and block_of(token)[0] == "block":
            block, faults = _block(token, line)
            found += faults
            if block.name in {known.name for known in blocks}:
                found.append(
                    (
                        line,
                        f"Den Block „{block.name}“ gibt es hier schon. Geben Sie diesem einen anderen Namen.",
                    )
                )
            blocks.append(block)
        elif (
            token.type in ("inline", "fence", "colon_fence", "html_block", "code_block")
            and token.map
            and token.content not in titles
        ):
            found.append(
                (
                    line,
                    "Dieser Text steht in keinem Block. Setzen Sie ihn zwischen „:::{block} NAME“ und „:::“.",
                )
            )
    if page.text and not page.problems and not blocks:
        found.append(
            (
                1,
                "Die Sprachfassung hat keinen Block. Beginnen Sie mit einer Zeile „:::{block} NAME“; wie es geht, zeigen die anderen Sprachen.",
            )
        )
    problems = [*page.problems, *(Problem(file, line, None, text) for line, text in found)]
    words = {str(key): str(value) for key, value in (page.header or {}).items()}
    return Version(
        path.stem, path, file, titles[0] if titles else "", words, tuple(blocks), tuple(problems), page
    )


def _block(token: Token, line: int) -> tuple[Block, list[tuple[int, str]]]:
    faults: list[tuple[int, str]] = []
    name = block_of(token)[1]
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        faults.append(
            (
                line,
                f"„{name}“ ist kein Name eines Blocks. Er besteht aus Kleinbuchstaben, Ziffern und Bindestrichen, zum Beispiel „entstehung“.",
            )
        )
    options: dict[str, list[str]] = {key: [] for key in OPTIONS}
    head = option_lines(token)
    for number, option in enumerate(head.splitlines(), line + 1):
        _, key, value = option.split(":", 2)
        if key in options:
            options[key].append(value.strip())
        else:
            faults.append((number, f"Die Angabe „{key}“ kennt ein Block nicht.{suggestion(key, OPTIONS)}"))
    below = token.content[len(head) :]
    text = below.strip("\n")
    first = line + 1 + head.count("\n") + len(below) - len(below.lstrip("\n"))
    for key in ("titel", "quelle"):
        if not any(options[key]):
            faults.append(
                (
                    line,
                    f"Dem Block „{name}“ fehlt die Angabe „:{key}:“. Ergänzen Sie sie unter seiner ersten Zeile.",
                )
            )
    if not text.strip():
        faults.append(
            (line, f"Der Block „{name}“ ist leer. Schreiben Sie seinen Text, oder löschen Sie ihn.")
        )
    for number, part in enumerate(text.split("\n"), first):
        faults += (
            (
                number,
                f"„{match[1]}“ ist in einer Sprachfassung nicht vorgesehen.{suggestion(match[1], ROLES)}",
            )
            for match in _ROLE.finditer(part)
            if match[1] not in ROLES
        )
        if re.match(r"\s*(```|~~~|:::|#{1,6} )", part):
            faults.append(
                (
                    number,
                    "In einem Block stehen nur Absätze, Listen und die Angaben des Programms, keine weiteren Blöcke oder Überschriften.",
                )
            )
    return (
        Block(
            name,
            line,
            " ".join(options["titel"]),
            tuple(_listed(options["quelle"])),
            " ".join(options["fingerabdruck"]),
            tuple(_listed(options["gilt"])),
            tuple(options["ausnahme"]),
            text,
        ),
        faults,
    )


def _listed(values: list[str]) -> Iterator[str]:
    yield from (part for value in values for part in map(str.strip, value.split(";")) if part)


def roles(text: str) -> Iterator[tuple[str, str]]:
    """Give the roles of a text: name and content."""
    for match in _ROLE.finditer(text):
        yield match[1], match[2].strip()


def named(content: str) -> tuple[str, str]:
    """Take a role's content apart: the text it shows, and the key behind it in angle brackets.

    Examples
    --------
    >>> named("participation <Teilhabe>"), named("Teilhabe")
    (('participation', 'Teilhabe'), ('', 'Teilhabe'))
    """
    match = re.fullmatch(r"(.*?)\s*<([^<>]+)>", content)
    return (match[1], match[2].strip()) if match else ("", content.strip())


def without_roles(text: str, replace: str = "") -> str:
    """Give a text without the values that flow into it, a term or caption by the words that it shows."""
    return _ROLE.sub(lambda m: named(m[2])[0] if m[1] == "begriff" else replace, text)
