"""What a page brings in from outside the book: files that it links to or shows, and source that is no Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from markdown_it.token import Token

from konzept.authors.chapters.pages import Page, block_of, option_lines, tokens_of
from konzept.data import plainyaml
from konzept.data.privacy.allowed import leads_out
from konzept.data.problems import Problem

_OTHER_SOURCE = ("eval-rst", "raw", "role", "default-role")
"""Blocks that write to the page what the book does not look through, or teach it to."""
_OTHER_OPTIONS = {"url": ("csv-table", "raw"), "parser": ("include",)}
"""The same of options."""
_OF_FILES = ("image", "figure", "include", "literalinclude", "graphviz", "bibliography")
"""Blocks whose argument is a file, even one with blanks in its name."""
_OPTIONS_OF_FILES = ("file", "load", "diff", "link", "target", "img-top", "img-bottom", "img-background")
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)", re.MULTILINE)
_SHOWN_AS_TEXT = re.compile(r"(?:.*<)?([^<>]+?)>?", re.DOTALL)
_PRIVATE_FOLDER = re.compile(r"""["'/\\]\s*intern\s*["'/\\]""", re.IGNORECASE)

_IN_A_CELL = (
    "Diese Zelle nennt den Ordner „intern“; was darin liegt, wird nicht veröffentlicht. "
    "Nehmen Sie den Pfad heraus."
)


def target_problems(page: Page, path: Path, project: Path, tables: Collection[Path]) -> list[Problem]:
    """Find what a page would bring in from outside the book.

    Parameters
    ----------
    page
        The page that was read.
    path
        Its file.
    project
        The folder of the book.
    tables
        Files outside the book that are published.
    """
    found = []
    for line, token, _ in tokens_of(page.text):
        for target in _targets(token):
            if leads_out(target, path, project, tables):
                found.append((line, _foreign(target)))
        found += [(line, message) for message in (*_other_source(token), *_remote(token))]
    for cell in page.cells:
        for number, code in enumerate(cell.code.splitlines(), cell.line):
            if _PRIVATE_FOLDER.search(code):
                found.append((number, _IN_A_CELL))
    return [Problem(page.file, line, None, message) for line, message in found]


def _foreign(target: str) -> str:
    return (
        f"„{target}“ gehört nicht zum Buch und wird nicht veröffentlicht. "
        "Nennen Sie eine Seite oder eine Datei im Ordner book/."
    )


_ELSEWHERE = re.compile(r"(?:https?|ftp):|//", re.IGNORECASE)


def _remote(token: Token) -> Iterator[str]:
    """Find pictures on other machines: pages load nothing from there, and paper cannot."""
    for target, _, _ in pictures_of(token):
        if _ELSEWHERE.match(target):
            yield (
                f"Das Bild „{target}“ liegt auf einem fremden Rechner; das Buch zeigt nur, was in ihm liegt. "
                "Speichern Sie es im Ordner book/assets/, wenn seine Rechte es erlauben, oder setzen Sie einen Verweis."
            )


def _targets(token: Token) -> Iterator[str]:
    """Give what may be a file in a link, a picture, a role or a block."""
    if token.type in ("link_open", "image"):
        yield str(token.attrGet("href") or token.attrGet("src") or "")
    role = token.meta.get("name") if token.type == "myst_role" else None
    if role == "download" and (match := _SHOWN_AS_TEXT.fullmatch(token.content)):
        yield match[1]
    kind, argument = block_of(token)
    if kind:
        if kind in _OF_FILES or not re.search(r"\s", argument):
            yield argument
        for name, value in options_of(token).items():
            if name in _OPTIONS_OF_FILES or not re.search(r"\s", value):
                yield value


def _other_source(token: Token) -> Iterator[str]:
    kind, _ = block_of(token)
    if kind in _OTHER_SOURCE:
        yield (
            f"Der Baustein „{kind}“ bringt fremden Quelltext auf die Seite und ist nicht vorgesehen. "
            "Schreiben Sie den Inhalt als Markdown."
        )
        return
    for name in options_of(token) if kind else ():
        if kind in _OTHER_OPTIONS.get(name, ()):
            yield (
                f"Die Angabe „{name}“ bringt fremden Inhalt auf die Seite und ist beim Baustein „{kind}“ nicht vorgesehen. "
                "Nehmen Sie sie heraus."
            )


def pictures_of(token: Token) -> Iterator[tuple[str, str, str]]:
    """Give the pictures that a link, a picture block or a card shows: address, description, and where that is written."""
    if token.type == "image":
        yield str(token.attrGet("src") or ""), token.content, "zwischen die eckigen Klammern"
    kind, target = block_of(token)
    options = options_of(token) if kind else {}
    # One without a file is another mistake, and told as that.
    if kind in ("image", "figure") and target:
        yield target, options.get("alt", ""), "in eine Zeile „:alt: …“ darunter"
    for name in ("img-top", "img-bottom", "img-background"):
        if name in options:
            yield options[name], options.get("img-alt", ""), "in eine Zeile „:img-alt: …“ darunter"


def options_of(token: Token) -> Mapping[str, str]:
    """Give the options of a block, written line by line or as YAML."""
    head, closed, _ = token.content.removeprefix("---\n").partition("\n---")
    if token.content.startswith("---\n") and closed:
        try:
            given = plainyaml.load(head, "")
        except plainyaml.NotPlain:
            return {}
        return {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
    return {match[1]: match[2].strip() for match in _OPTION.finditer(option_lines(token))}
