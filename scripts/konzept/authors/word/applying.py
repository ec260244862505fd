"""Changes → the page's Markdown.  What is written is read again at once: a change that would say anything else is not made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise, product
from operator import itemgetter

from konzept.authors.word.source import LINK, Block, beginnings, blocks

Key = tuple[object, ...]
_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|(?<=[^\s])\{|\{(?=\S+\}`)")
_AT_START = re.compile(r"(?m)^(\s*)(?:(\d+)([.)])(?=\s|$)|([#>+\-=:%({|~@]))")
_SENTENCE = re.compile(r"(?<=[a-zäöüß“)][.!?]) (?=[A-ZÄÖÜ„])")
_SENTENCE_WITH_SOURCE = re.compile(r"[.!?](?:\{quelle\}`[^`]*`)+$")
_MARKS = {"": "", "b": "**", "i": "*", "bi": "***"}
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")


@dataclass(frozen=True)
class New:
    """A word to be written, or the beginning of a block."""

    text: str
    form: str = ""
    kind: str = ""
    """Of a block that begins: ``heading``, ``item`` or ``paragraph``."""
    level: int = 0


class Page:
    """A page's text, which changes step by step; the steps come from its end to its beginning."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks = blocks(text)
        self._keys = [key for block in self.blocks for key in _keys(block)]
        self._first = [*accumulate((len(_keys(block)) for block in self.blocks), initial=0)]
        self._lines = beginnings(text.split("\n"))

    def replace(self, block: int, first: int, last: int, end: int, new: Sequence[New]) -> bool:
        """Put words in the place of others.

        Parameters
        ----------
        block, first
            Where the stretch begins: a block, and a word of it.
        last, end
            The block in which it ends, and the word there behind it.
        new
            What shall stand there.

        Returns
        -------
        bool
            Whether it could be done so that readers see just this.
        """
        start, stop = self.blocks[block], self.blocks[last]
        gone = start.words[first : end if block == last else None]
        # The marks of emphasis and links around a stretch stay, unless nothing is left that they stand around.
        froms = [*(w.start for w in gone[:1]), *_edges(start, first)]
        tos = [
            *(w.end for w in stop.words[end - 1 : end] if gone or block != last),
            *reversed(_edges(stop, end)),
        ]
        here, there = self._first[block] + 1 + first, self._first[last] + 1 + end
        # What is written into the words of a link belongs to them.
        near = [*start.words[max(first - 1, 0) : first + 1], *gone]
        forms = ["", LINK] if any(LINK in word.form for word in near) else [""]
        return any(
            self._put(a, b, written, [*self._keys[:here], *_new_keys(new, form), *self._keys[there:]])
            for a in dict.fromkeys(froms)
            for b in dict.fromkeys(tos)
            if a <= b
            for written in dict.fromkeys(_written(new, start, self.text[:a], self.text[b : b + 1]))
            for form in forms
        )

    def insert(self, block: int, new: Sequence[New]) -> bool:
        """Put new blocks behind one; its last word must be the end of what it holds."""
        place = self._lines[self.blocks[block].last] - 1
        wanted = [*self._keys]
        wanted[self._first[block + 1] : self._first[block + 1]] = _new_keys(new)
        rest = self.text[place:]
        apart = "" if re.match(r"\n\s*(\n|$)", rest) or not rest.strip() else "\n"
        return any(
            self._put(place, place, written + gap, wanted)
            for written in dict.fromkeys(_written(new, self.blocks[block], self.text[:place], ""))
            for gap in dict.fromkeys(("", apart, "\n"))
        )

    def delete(self, gone: Sequence[int]) -> bool:
        """Take whole blocks away with their lines, all or none; a footnote only when nothing calls it."""
        before = self.text, self._keys
        if all(self._delete(block) for block in sorted(gone, reverse=True)):
            return True
        self.text, self._keys = before
        return False

    def _delete(self, block: int) -> bool:
        about = self.blocks[block]
        if about.kind == "note" and self.text.count(about.source.partition(":")[0]) > 1:
            return False
        wanted = [*self._keys]
        del wanted[self._first[block] : self._first[block + 1]]
        start, end = self._lines[about.first], self._lines[about.last]
        blank = re.match(r"(?:[ \t]*\n)*", self.text[end:])
        assert blank is not None
        # Between the points of a list is no blank line to be taken along.
        stops = (end, end + blank.end()) if about.kind == "item" else (end + blank.end(), end)
        return any(self._put(start, stop, "", wanted) for stop in stops)

    def move(self, block: int, behind: int) -> bool:
        """Move a block behind another one, as it is written."""
        about = self.blocks[block]
        order = [n for n in range(len(self.blocks)) if n != block]
        order.insert(order.index(behind) + 1, block)
        wanted = [key for n in order for key in self._keys[self._first[n] : self._first[n + 1]]]
        alike = about.kind == "item" == self.blocks[behind].kind
        lines = self.text.split("\n")
        own = lines[about.first : about.last]
        left = [*lines[: about.first], *lines[about.last :]]
        place = self.blocks[behind].last - (len(own) if behind > block else 0)
        around = [] if alike else [""]
        for before, after in ((around, around), (around, [])):
            moved = "\n".join([*left[:place], *before, *own, *after, *left[place:]])
            moved = re.sub(r"\n{3,}", "\n\n", moved) if "\n\n\n" not in self.text else moved
            if self._is(moved, wanted):
                return True
        return False

    def _put(self, start: int, end: int, written: str, wanted: Sequence[Key]) -> bool:
        return self._is(self.text[:start] + written + self.text[end:], wanted)

    def _is(self, text: str, wanted: Sequence[Key]) -> bool:
        """Take a text over if it reads as wanted."""
        found = [key for block in blocks(text) for key in _keys(block)]
        if found != [*wanted] or _faults(found) > _faults(self._keys):
            return False
        self.text, self._keys = text, found
        return True


def _keys(block: Block) -> list[Key]:
    """Give what a block must read as: where it begins, and each word."""
    if block.kind == "fixed":
        return [("fixed", block.source)]
    return [(block.kind, block.level), *(_word(w.text, w.form, w.markup) for w in block.words)]


def _faults(keys: Sequence[Key]) -> int:
    """Count what no book is built with: more than one title, and headings that leave out a level."""
    levels = [key[1] for key in keys if key[0] == "heading" and isinstance(key[1], int)]
    skips = sum(after > before + 1 for before, after in pairwise([0, *levels]))
    return skips + abs(levels.count(1) - 1)


def _word(text: str, form: str, markup: bool = False) -> Key:
    if not markup and text.isspace():
        # How blanks are set cannot be seen.
        return ("\n" if "\n" in text else " ",)
    return (text, form, markup)


def _new_keys(new: Iterable[New], more: str = "") -> list[Key]:
    return [
        (w.kind, w.level) if w.kind else _word(w.text, w.form if LINK in w.form else w.form + more)
        for w in new
    ]


def _edges(block: Block, word: int) -> list[int]:
    """Name the places before a word: right behind the one before it, and right before it."""
    ends = [before.end for before in block.words[max(word - 1, 0) : word]]
    starts = [after.start for after in block.words[word : word + 1]]
    return [*dict.fromkeys((*ends, *starts))]


def _written(new: Sequence[New], block: Block, before: str, after: str) -> Iterator[str]:
    """Write words as Markdown in the ways that come into question."""
    as_lines = (True, False) if block.kind == "paragraph" else (False,)
    for lines, emphasised in product(as_lines, (True, False)):
        text = _markdown(new, block, emphasised=emphasised)
        if lines:
            # A sentence begins in a line of its own, as it does in the pages.
            kept = before[-2:]
            text = _SENTENCE.sub("\n", f"{kept}{text}{after}")
            text = text[len(kept) : len(text) - len(after)]
            if _SENTENCE_WITH_SOURCE.search(before) and text.startswith(" "):
                text = f"\n{text[1:]}"
        yield _guarded(text, before)


def _guarded(text: str, before: str) -> str:
    """Keep what begins a line from being read as a mark of a list, heading or quotation."""
    head, sign, rest = text.partition("\n")
    guarded = [_guard(head) if before.endswith("\n") and head else head]
    guarded += [line if line.startswith(_OURS) else _guard(line) for line in rest.split("\n")] if sign else []
    return "\n".join(guarded).replace(_OURS, "")


_OURS = "\N{NULL}"
"""Stands before marks that are meant as such, until all is written."""


def _guard(line: str) -> str:
    return _AT_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[1]}\\{m[4]}", line, count=1)


def _markdown(new: Sequence[New], block: Block, *, emphasised: bool) -> str:
    runs: list[tuple[str, str]] = []
    form = ""
    for word in new:
        if word.kind:
            form = ""
        elif not word.text.isspace():
            form = word.form.replace(LINK, "")
        runs.append((form, _opened(word, block) if word.kind else _escaped(word.text)))
    text = ""
    for form, pieces in groupby(runs, key=itemgetter(0)):
        run = "".join(piece for _, piece in pieces)
        marks = _MARKS[form] if emphasised else ""
        bare = run.strip()
        text += run.replace(bare, f"{marks}{bare}{marks}", 1) if bare else run
    return text


def _escaped(text: str) -> str:
    if text.isspace():
        return "\\\n" if "\n" in text else " "
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _opened(word: New, block: Block) -> str:
    """Begin a block as Markdown does."""
    if word.kind == "heading":
        return f"\n\n{_OURS}{'#' * word.level} "
    if word.kind == "item":
        marker = _MARKER.match(block.source)
        if block.kind == "item" and marker:
            return f"\n{_OURS}{marker[0]}"
        return f"\n\n{_OURS}- "
    return "\n\n"
