"""What can be wrong in the text of a page, found before anything is built.

Markdown closes, drops or shows as text whatever it does not understand, and says nothing:
an open fence swallows the rest of the page, a cell too many disappears from a table,
a footnote without text stays as it was typed.  This module names such places in German.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from konzept.authors.chapters.shared import taken
from konzept.data import plainyaml
from konzept.data.files import content
from konzept.data.problems import Problem
from konzept.data.reading import UNREADABLE
from konzept.words.letters import no_text_by_line

_FENCES = ("fence", "colon_fence")
_NOT_MARKDOWN = ("code-cell", "code-block", "code", "math", "csv-table", "eval-rst", "literalinclude")
"""Blocks whose content is not Markdown."""


_HEADER = (
    "Der Kopf der Seite lässt sich nicht lesen. "
    "Übernehmen Sie ihn unverändert von einem anderen Kapitel, mit allen Leerzeichen am Zeilenanfang."
)
_RAW = (
    "Dies ist eine Zelle der Art „Raw“; ihr Inhalt fehlt im Buch. Wählen Sie für sie in JupyterLab oben „Markdown“ statt „Raw“, "
    "oder löschen Sie hier die Zeile „{0}{{raw-cell}}“ und an ihrem Ende die Zeile „{0}“."
)


@dataclass(frozen=True)
class Cell:
    """A cell of code: the line of the file where its code begins, and the code."""

    line: int
    code: str


@dataclass(frozen=True)
class Page:
    """A page's text with its parts."""

    file: str
    text: str
    header: Mapping[str, Any] | None
    """None when there is no header, or none that can be read."""
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]


def read_page(file: str, written: bytes) -> Page:
    """Read a page and find what Markdown would pass over in silence.

    Parameters
    ----------
    file
        The page as messages name it.
    written
        The bytes of its file.
    """
    try:
        # A letter in two parts would be another one to whoever compares or searches it.
        text = unicodedata.normalize("NFC", written.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        return _unread(
            file,
            line,
            "Die Seite ist nicht in UTF-8 gespeichert. Wählen Sie beim Speichern die Kodierung „UTF-8“.",
        )
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        return _unread(
            file,
            1,
            "Vor dem ersten Zeichen steht eine unsichtbare Marke (BOM). "
            "Wählen Sie beim Speichern die Kodierung „UTF-8“, nicht „UTF-8 mit BOM“.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return _unread(
            file,
            None,
            "Die Seite ist leer. Sie braucht mindestens eine Überschrift, zum Beispiel „# Titel“.",
        )
    tokens, env = _parsed(text)
    header, problems = _header(file, text)
    found = [*no_text_by_line(text), *_findings(text, tokens, env)]
    problems += [Problem(file, line, None, message) for line, message in found]
    return Page(file, text, header, tuple(_cells(tokens)), tuple(sorted(problems, key=lambda p: p.line or 0)))


def read_file(file: str, path: Path) -> Page:
    """Read a page's file; one that cannot be read is a page with a problem."""
    try:
        return read_page(file, content(path))
    except OSError:
        return _unread(file, None, UNREADABLE)


def _unread(file: str, line: int | None, message: str) -> Page:
    return Page(file, "", None, (), (Problem(file, line, None, message),))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Parse a text once, however many checks look through it; none of them changes what it is given."""
    env: dict[str, Any] = {}
    # The last line ends, too: so a block that nothing closes is known by its lines.
    return _parser().parse(text if text.endswith("\n") else f"{text}\n", env), env


@lru_cache
def _parser() -> MarkdownIt:
    """Make a parser that knows the same blocks as the book's."""
    # What is escaped stays apart from other text: it was meant so.
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    plugins = (front_matter_plugin, footnote_plugin, colon_fence_plugin, myst_block_plugin, myst_role_plugin)
    for plugin in plugins:
        parser.use(plugin)
    return parser


def _header(file: str, text: str) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    if not text.startswith("---\n"):
        return None, []
    head, closed, _ = text[4:].partition("\n---\n")
    if not closed:
        message = (
            "Der Kopf der Seite ist nicht geschlossen. Unter seine letzte Zeile gehört eine Zeile „---“."
        )
        return None, [Problem(file, 1, None, message)]
    try:
        header = plainyaml.load(head, _HEADER)
    except plainyaml.NotPlain as error:
        return None, [Problem(file, error.line + 1 if error.line else 1, None, error.sentence)]
    return (header, []) if isinstance(header, dict) else (None, [Problem(file, 1, None, _HEADER)])


def _cells(tokens: list[Token]) -> Iterator[Cell]:
    for token in tokens:
        if token.map and block_of(token)[0] == "code-cell":
            skipped = option_lines(token)
            yield Cell(token.map[0] + 2 + skipped.count("\n"), token.content[len(skipped) :])


def option_lines(token: Token) -> str:
    """Give the lines at the top of a block that set its options."""
    options = re.match(r"(?::[\w-]+:[^\n]*\n)*", token.content)
    assert options is not None
    return options[0]


_BLOCK = re.compile(r"\{([^}\s]+)\}[ \t]*(.*)")


def block_of(token: Token) -> tuple[str, str]:
    """Name a block and what stands behind its name; nothing where its content is shown as it stands."""
    match = _BLOCK.match(token.info.strip()) if token.type in _FENCES else None
    return (match[1], match[2].strip()) if match else ("", "")


Found = Iterator[tuple[int, str]]
"""Line and sentence."""


def _findings(text: str, tokens: list[Token], env: Mapping[str, Any]) -> Found:
    lines = text.split("\n")
    yield from _titles(text, tokens)
    yield from _notes(lines, tokens, env)
    head, before = 0, ""
    for line, token, block in tokens_of(text):
        kind, _ = block_of(token)
        if token.type in ("html_block", "html_inline"):
            yield from _html(token.content, line)
        elif block == "csv-table":
            continue
        elif token.type in _FENCES and not _is_closed(token):
            what = f"Baustein „{kind}“" if kind else "Block"
            yield (
                line,
                f"Der {what} ist nicht geschlossen und verschluckt den Rest der Seite. Es fehlt eine Zeile „{token.markup}“.",
            )
            return
        elif kind == "code-cell":
            yield from _cell_options(token, line)
        elif kind == "raw-cell":
            yield line, _RAW.format(token.markup)
        elif token.type == "table_open":
            head = line
        elif token.type == "tr_open":
            yield from _row(lines[head - 1], lines[line - 1], line)
        elif token.type == "inline":
            yield from _inline(token, line)
        elif token.type == "em_open" and before.isalpha() and token.markup == "*":
            yield (
                line,
                "Der Stern mitten im Wort macht den Text bis zum nächsten Stern kursiv. Schreiben Sie „\\*“.",
            )
        elif token.type == "text":
            yield from _text(token.content, line)
        elif token.type == "myst_role" and re.search(r"\{[\w:+-]+\}$", token.content):
            # Left open, it ends where the next one begins, and swallows the text between them.
            yield from _text(f"{{{token.meta['name']}}}`", line)
        before = token.content[-1:] if token.type == "text" else ""


def _titles(text: str, tokens: list[Token]) -> Found:
    # A text of the program brings its own.
    titles = [1] if taken(text) else []
    titles += [t.map[0] + 1 for t in tokens if t.type == "heading_open" and t.tag == "h1" and t.map]
    if not titles:
        yield 1, "Die Seite hat keine Überschrift der ersten Ebene. Beginnen Sie mit einer Zeile „# Titel“."
    for line in titles[1:]:
        yield line, "Die Seite hat schon einen Titel. Überschriften darunter beginnen mit „##“."


def _is_closed(token: Token) -> bool:
    """Tell whether a block ends with a line of its own, and not where the text around it ends."""
    assert token.map is not None
    return token.map[1] - token.map[0] == token.content.count("\n") + 2


def _cell_options(token: Token, here: int) -> Found:
    for number, option in enumerate(option_lines(token).splitlines(), here + 1):
        try:
            plainyaml.load(option.split(":", 2)[2], "")
        except plainyaml.NotPlain:
            yield number, f"Die Angabe „{option}“ ist nicht richtig geschlossen, zum Beispiel durch „]“."


def _row(head: str, row: str, line: int) -> Found:
    """Compare a row's cells with those of its table's head: Markdown drops what is too much."""
    if (found := _width(row)) != (wanted := _width(head)):
        yield (
            line,
            f"Die Tabellenzeile hat {found} statt {wanted} Zellen. Ein senkrechter Strich im Text wird als „\\|“ geschrieben.",
        )


_AROUND = re.compile(r"(?:\s*(?:>|(?:[-*+]|\d{1,9}[.)])(?=\s)))*")
"""The marks of quotations and lists before a line."""


def _width(line: str) -> int:
    plain = re.sub(r"\\\|", "", _AROUND.sub("", line, count=1)).strip().removeprefix("|").removesuffix("|")
    return plain.count("|") + 1


def _html(content: str, here: int) -> Found:
    if match := re.search(r"</?[a-zA-Z][^>\n]*>?", re.sub(r"<!--.*?-->", "", content, flags=re.DOTALL)):
        yield (
            here,
            f"„{match[0]}“ ist HTML und im Text nicht vorgesehen. Schreiben Sie Markdown, oder setzen Sie \\ vor „<“.",
        )


_BRACKETED = re.compile(
    r"(?<!\\)\((?:Quellen?:\s*)?\{quelle\}`([^`;]*)[^`]*`(?:[\s,;]*\{quelle\}`[^`]*`)*[\s,;]*\)"
)
"""Brackets that hold sources and nothing else."""


def _inline(token: Token, line: int) -> Found:
    for match in _BRACKETED.finditer(token.content):
        yield (
            line + token.content.count("\n", 0, match.start(1)),
            f"Die Quelle „{match[1].strip()}“ steht in Klammern; auf der Seite bliebe eine Zahl in Klammern. "
            "Setzen Sie sie ohne Klammern hinter das Satzzeichen.",
        )
    if (token.content.startswith("|") and "\n|" in token.content) and token.level:
        yield (
            line,
            "Diese Tabelle wird nicht erkannt. Die zweite Zeile braucht so viele „---“ wie die erste Spalten.",
        )


def _text(content: str, line: int) -> Found:
    """Find what was meant as more than text."""
    for name in re.findall(r"\[\^([^\]\s]+)\]", content):
        yield line, f"Die Fußnote „{name}“ hat keinen Text. Ergänzen Sie eine Zeile „[^{name}]: …“."
    for name in re.findall(r"\{([\w:+-]+)\}`", content):
        yield (
            line,
            f"Die Auszeichnung „{name}“ ist nicht geschlossen. Hinter ihren Text gehört das Zeichen „`“.",
        )
    if re.match(r"\{[#.][^}]*$", content):
        yield line, f"In „{content}“ fehlt die schließende geschweifte Klammer „}}“."


def _notes(lines: list[str], tokens: list[Token], env: Mapping[str, Any]) -> Found:
    known: dict[str, int] = env.get("footnotes", {}).get("refs", {})
    seen: set[str] = set()
    shown = {n for t in tokens if t.type in _FENCES and t.map for n in range(t.map[0] + 1, t.map[1] + 1)}
    for number, line in enumerate(lines, 1):
        match = re.match(r" {0,3}\[\^([^\]\s]+)\]:", line)
        if number in shown or match is None or f":{match[1]}" not in known:
            continue
        if match[1] in seen:
            yield (
                number,
                f"Die Fußnote „{match[1]}“ hat zwei Texte. Geben Sie der zweiten einen anderen Namen.",
            )
        elif known[f":{match[1]}"] == -1:
            yield (
                number,
                f"Auf die Fußnote „{match[1]}“ verweist nichts. Im Text fehlt „[^{match[1]}]“.",
            )
        seen.add(match[1])


def tokens_of(text: str, offset: int = 0, block: str = "") -> Iterator[tuple[int, Token, str]]:
    """Give everything that Markdown finds in a text and in the blocks in it.

    Yields
    ------
    tuple of int, Token and str
        The line, what stands there, and the block around it; none for the page itself.
    """
    line = offset + 1
    for token in _parsed(text)[0]:
        if token.map:
            line = token.map[0] + 1 + offset
        yield line, token, block
        within = line
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                within += 1
            yield within, child, block
        kind, _ = block_of(token)
        if kind and (kind == "csv-table" or kind not in _NOT_MARKDOWN):
            yield from tokens_of(token.content, line, kind)
