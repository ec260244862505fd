"""A page's Markdown as blocks and words that know where they stand in the file.

The parser is the one that reads pages; its own rules are watched at work, so that nothing here knows Markdown a second time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token as Parsed
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

PICTURE, NOTE = "\N{OBJECT REPLACEMENT CHARACTER}", "\N{INTERLINEAR ANNOTATION TERMINATOR}"
FORMULA, SIGN = "\N{INTERLINEAR ANNOTATION ANCHOR}", "\N{INTERLINEAR ANNOTATION SEPARATOR}"
"""Stand in a text for a picture, the mark of a footnote, a formula, and a sign that only its font knows."""
WORDS = re.compile(r"\d+(?:[.,:]\d+)+(?!\w)|\w+|\s+|[^\w\s]")
"""Words, blanks and signs; a number or day is one word with its points and commas."""
STRONG, EMPHASIS, LINK, RAISED = "b", "i", "l", "^"
"""What a word can be besides itself; above the line are marks of sources."""
STRUCK, UNDERLINED, MARKED = "s", "u", "m"
"""What a word can be in Word only."""


@dataclass(frozen=True)
class Word:
    """A word, blank or sign as readers see it; or markup that stands for something else, as it is written."""

    text: str
    start: int
    end: int
    form: str = ""
    """What of `STRONG`, `EMPHASIS` and `LINK` it is."""
    markup: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or footnote; or a cell or directive, whose content is not prose."""

    kind: str
    """``heading``, ``paragraph``, ``item``, ``note``, ``other`` or ``fixed``."""
    level: int
    """Of a heading, or how deep in lists."""
    first: int
    """Its first line, from 0."""
    last: int
    """The line behind its last."""
    source: str
    """Its lines as they are written."""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A stretch of source with what readers see of it; None where only the book knows."""

    start: int
    end: int
    shown: str | None
    form: str = ""


_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_FIXED = ("fence", "colon_fence", "html_block", "code_block", "hr", "table_open", "myst_block_break")


_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def as_seen(text: str, form: str) -> str:
    """Write words so that the number of a source above the line does not look like one of them.

    Examples
    --------
    >>> as_seen("Idee", ""), as_seen("4", RAISED)
    ('Idee', '⁴')
    """
    return text.translate(_ABOVE) if RAISED in form else text


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    for plugin in (front_matter_plugin, footnote_plugin, colon_fence_plugin, deflist_plugin):
        parser.use(plugin)
    for plugin in (attrs_block_plugin, myst_block_plugin, myst_role_plugin):
        parser.use(plugin)
    # Footnotes stay where they are written.
    parser.disable("footnote_tail")
    # Signs stay apart, so that each can be asked whether it has become markup.
    parser.inline.ruler2.disable("fragments_join")
    rules = parser.inline.ruler
    for name, rule in zip(rules.get_active_rules(), list(rules.getRules("")), strict=True):
        rules.at(name, _watched(name, rule))
    return parser


def blocks(text: str) -> list[Block]:
    """Read a page's blocks in the order of the file."""
    lines = text.split("\n")
    offsets = beginnings(lines)
    found = []
    for kind, level, token in _blocks(_parser().parse(text, {})):
        assert token.map is not None
        first, last = token.map
        words = _words(token.content, lines, offsets, first) if kind != "fixed" else ()
        # What cannot be found again letter by letter is left alone.
        found.append(
            Block(kind if words else "fixed", level, first, last, "\n".join(lines[first:last]), words)
        )
    return found


def beginnings(lines: Iterable[str]) -> list[int]:
    """Say where in a text each line begins, and where one behind the last would."""
    return [*accumulate((len(line) + 1 for line in lines), initial=0)]


def _blocks(tokens: Sequence[Parsed]) -> Iterator[tuple[str, int, Parsed]]:
    """Find blocks with kind and level; lists count how deep they are, what stands in a table counts as one."""
    opened: list[str] = []
    fresh, skipped, before = False, 0, tokens[0] if tokens else None
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            skipped += token.nesting
        if token.type in _FIXED and token.map:
            yield "fixed", 0, token
        if token.nesting > 0:
            opened.append(token.type)
            fresh = fresh or token.type == "list_item_open"
        elif token.nesting < 0:
            opened.pop()
        elif token.type == "inline" and not skipped and token.map:
            depth = opened.count("list_item_open")
            heading = opened[-1] == "heading_open"
            yield _kind(opened, fresh), int(before.tag[1:]) if heading and before else depth, token
            fresh = False
        before = token


def _kind(opened: Sequence[str], fresh: bool) -> str:
    if opened[-1] == "heading_open":
        return "heading"
    if "footnote_reference_open" in opened:
        return "note"
    if {"blockquote_open", "dl_open", "dt_open", "dd_open"} & set(opened):
        return "other"
    if "list_item_open" in opened:
        return "item" if fresh else "other"
    return "paragraph"


def _words(content: str, lines: Sequence[str], offsets: Sequence[int], first: int) -> tuple[Word, ...]:
    """Find the words of a block and their places in the file."""
    places: list[int] = []
    for n, line in enumerate(content.split("\n")):
        # What marks quotations, lists and headings stands before; blanks at the end may have gone.
        column = lines[first + n].rfind(line)
        if column < 0:
            return ()
        places += range(offsets[first + n] + column, offsets[first + n] + column + len(line) + 1)
    return tuple(replace(w, start=places[w.start], end=places[w.end - 1] + 1) for w in _inline(content))


@lru_cache(maxsize=4096)
def _inline(content: str) -> tuple[Word, ...]:
    """Cut a block's text into words; positions are those in the text."""
    found: list[Word] = []
    run: list[tuple[str, int, int]] = []
    form = ""

    def close() -> None:
        text = "".join(char for char, _, _ in run)
        for match in WORDS.finditer(text):
            found.append(Word(match[0], run[match.start()][1], run[match.end() - 1][2], form))
        run.clear()

    for piece in _joined(content, _pieces(content)):
        if run and piece.form != form:
            close()
        form = piece.form
        if piece.shown is None:
            close()
            found.append(Word(content[piece.start : piece.end], piece.start, piece.end, form, True))
        elif len(piece.shown) == piece.end - piece.start:
            run += ((char, piece.start + n, piece.start + n + 1) for n, char in enumerate(piece.shown))
        elif piece.shown:
            run += ((char, piece.start, piece.end) for char in piece.shown)
    close()
    return tuple(found)


def _joined(content: str, pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Join the marks of sources that the book joins, and blanks before them, which it leaves away."""
    waiting: list[_Piece] = []
    for piece in pieces:
        if piece.shown is not None and piece.shown and not piece.shown.strip(" \n,;"):
            waiting.append(piece)
        elif piece.shown is None and content.startswith("{quelle}", piece.start):
            before = waiting[0] if waiting else piece
            joins = before.shown is None or all(not (w.shown or "").strip() for w in waiting)
            if not joins:
                yield from waiting
                before = piece
            waiting = [replace(piece, start=before.start)]
        else:
            yield from waiting
            waiting = []
            if piece.shown is not None and (bare := piece.shown.rstrip(" \n")) != piece.shown and bare:
                # The blanks at its end may belong to a mark.
                cut = piece.end - (len(piece.shown) - len(bare))
                yield replace(piece, end=cut, shown=bare)
                waiting = [replace(piece, start=cut, shown=piece.shown[len(bare) :])]
            else:
                yield piece
    yield from waiting


Rule = Callable[[StateInline, bool], bool]


def _watched(name: str, rule: Rule) -> Rule:
    """Let a rule note what it has taken from the text."""

    def watched(state: StateInline, silent: bool) -> bool:
        notes = state.env.setdefault("notes", [])
        start, tokens, noted = state.pos, len(state.tokens), len(notes)
        label = state.md.helpers.parseLinkLabel(state, start, True) if name == "link" and not silent else -1
        del notes[noted:]
        state.pos = start
        done = bool(rule(state, silent))
        if done and not silent:
            if name != "link":
                # What it has parsed in turn belongs to it.
                del notes[noted:]
            notes.append((name, start, state.pos, label, state.tokens[tokens:]))
        elif name != "link":
            del notes[noted:]
        return done

    return watched


def _pieces(content: str) -> list[_Piece]:
    """Tell of each stretch of a text what readers see of it."""
    # What looks like a footnote's mark is one: where its text stands is another block's matter.
    refs = dict.fromkeys((f":{label}" for label in _FOOTNOTE.findall(content)), -1)
    env: dict[str, Any] = {"footnotes": {"refs": refs}}
    _parser().inline.parse(content, _parser(), env, [])
    notes = sorted(env.get("notes", []), key=lambda note: (note[1], -note[2]))
    shown: list[_Piece] = []
    links = [
        (start, label, end) for name, start, end, label, _ in notes if name == "link" and start + 1 < label
    ]
    for start, label, end in links:
        shown += [_Piece(start, start + 1, ""), _Piece(label, end, "")]
    for name, start, end, _, tokens in notes:
        if name == "link":
            shown += [] if (start, _, end) in links else [_Piece(start, end, None)]
        else:
            shown += _shown(content, name, start, end, tokens)
    shown.sort(key=lambda piece: (piece.start, piece.end))
    return list(_formed(content, shown, links))


def _shown(content: str, name: str, start: int, end: int, tokens: Sequence[Parsed]) -> list[_Piece]:
    source = content[start:end]
    types = [token.type for token in tokens]
    if name == "text" or (name == "backticks" and "code_inline" not in types):
        return [_Piece(start, end, source)]
    if name == "newline" or source.startswith("\\\n"):
        return [_Piece(start, end, "\n" if "hardbreak" in types else " ")]
    if name == "escape":
        return [_Piece(start, end, source[1:])]
    if name == "entity":
        return [_Piece(start, end, html.unescape(source))]
    if name == "emphasis":
        forms = {"strong_open": "+b", "strong_close": "-b", "em_open": "+i", "em_close": "-i"}
        # Before them may stand the text that was waiting; a mark without its counterpart is a sign like any other.
        marks = enumerate(tokens[start - end :], start)
        return [
            _Piece(n, n + 1, token.content if token.type == "text" else "", forms.get(token.type, ""))
            for n, token in marks
        ]
    if name == "html_inline":
        return [_Piece(start, end, "")] if source.startswith("<!--") else [_Piece(start, end, None)]
    return [_Piece(start, end, None)]


def _formed(
    content: str, pieces: Sequence[_Piece], links: Sequence[tuple[int, int, int]]
) -> Iterator[_Piece]:
    """Fill what no rule has taken, which is text, and say of each piece how it is set."""
    here, form = 0, set[str]()
    for piece in [*pieces, _Piece(len(content), len(content), "")]:
        start = piece.start
        if here < start:
            yield _Piece(here, start, content[here:start], "".join(sorted(form)))
        if piece.start < here:
            continue
        if piece.form[:1] in ("+", "-"):
            (form.add if piece.form[0] == "+" else form.discard)(piece.form[1])
        inside = any(a < piece.start < b for a, b, _ in links)
        here = piece.end
        if piece.shown != "":
            set_ = form | ({LINK} if inside else set())
            yield _Piece(piece.start, piece.end, piece.shown, "".join(sorted(set_)))


def shown_markup(block: Block, letters: Iterable[tuple[str, str, str]]) -> list[str] | None:
    """Find what stands in a written text for a block's markup; None where the text is not that of the block.

    Parameters
    ----------
    block
        What was written.
    letters
        What Word shows of it, letter by letter with its form and what it leads to.
    """
    if not any(word.text.strip() and not word.markup for word in block.words):
        return None  # nothing of it is written in the page
    # Set above the line are marks of sources and nothing else.
    text = "".join(chr(ord(c) + _LIFT) if RAISED in form else c for c, form, *_ in letters).strip()
    match = re.fullmatch("".join(map(_pattern, block.words)).removesuffix(r"\s+"), text, re.DOTALL)
    if not match:
        return None
    return ["".join(chr(ord(c) - _LIFT) if ord(c) >= _LIFT else c for c in group) for group in match.groups()]


_LIFT = 0x100000
"""Leads to letters that no text holds."""


def _pattern(word: Word) -> str:
    if word.markup:
        return "([\U00100000-\U0010ffff]*)" if "{quelle}" in word.text else "([^\U00100000-\U0010ffff]*?)"
    return r"\s+" if word.text.isspace() else re.escape(word.text)
