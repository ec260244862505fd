"""Which block of a returned document is which block of the exported one, and what has changed in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from urllib.parse import unquote

from konzept.authors.word.applying import Page
from konzept.authors.word.original import MARK, Entry, digest_of
from konzept.authors.word.reading import Found
from konzept.authors.word.source import NOTE, RAISED, WORDS, Block

START = "\N{PILCROW SIGN}"
"""Stands in a list of words where a block begins."""
_HEADING = re.compile(r"(?:heading|überschrift) ?(\d)")


@dataclass(frozen=True)
class Part:
    """A word of a block as Word shows it, or the beginning of a block."""

    text: str
    form: str
    at: int
    """Which of the exported blocks it belongs to, or which of the returned ones."""
    word: int = 0
    """Of an exported block: which of its words it belongs to; -1 for its beginning, -2 for what the book sets before it."""
    about: str = ""
    """Where it leads."""

    @property
    def key(self) -> str:
        """Tell apart what readers see."""
        if self.text.isspace():
            return "\n" if "\n" in self.text else " "
        return self.text + RAISED if RAISED in self.form and self.text != NOTE else self.text


@dataclass
class Group:
    """Exported blocks and what stands in their place: mostly one and one, else what was split, joined, added or deleted."""

    entries: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A stretch of exported words, and what stands in its place."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]
    before: Part
    """What stands before it."""
    after: Part | None
    """What stands behind it in the same group."""


Look = tuple[str, str]
"""How a word is set, and where it leads."""


def with_headings_of_pages(entries: Sequence[Entry], pages: Sequence[Page]) -> list[Entry]:
    """Add the headings of the pages that the document lacked, for there was nothing below.

    Else a chapter that is begun in Word would get each heading once more, and its text above it.
    """
    result = [*entries]
    known = {(entry.page, entry.source) for entry in entries}
    for page, about in enumerate(pages):
        for block in about.blocks:
            if block.kind != "heading" or (page, block.source) in known:
                continue
            text, digest = "".join(word.text for word in block.words), digest_of(block.source)
            line, level = block.first + 1, block.level
            entry = Entry(f"{MARK}_{digest}", page, line, "Überschrift", text, "heading", level, block.source)
            # Notes stand at the end of a document, wherever the page has them.
            above = (e.page == page and e.kind != "note" and 0 < e.line < line for e in result)
            before = [n for n, is_above in enumerate(above) if is_above]
            result.insert(before[-1] + 1 if before else 0, entry)
    return result


def blank(text: str) -> bool:
    """Tell whether there is nothing to see."""
    return not text.strip()


def pairs(entries: Sequence[Entry], found: Sequence[Found]) -> dict[int, int]:
    """Find to each exported block its returned one: by its bookmark, else by its text."""
    by_mark = {entry.mark: n for n, entry in enumerate(entries)}
    matched: dict[int, int] = {}
    for n, block in enumerate(found):
        # The bookmarks of a paragraph joined to another come after that one's.
        for mark in block.marks:
            entry = by_mark.get(mark)
            # Whoever splits a paragraph at its first word leaves an empty one with the bookmark.
            emptied = entry is not None and blank(block.text) and not blank(entries[entry].text)
            if entry is not None and entry not in matched and n not in matched.values() and not emptied:
                matched[entry] = n
    full = [block for block in found if not blank(block.text)]
    lost = {n for block in full for mark in block.marks if (n := by_mark.get(mark, -1)) >= 0} - set(matched)
    by_text: dict[str, list[int]] = {}
    taken = {*matched.values()}
    for n, block in enumerate(found):
        if n not in taken and not blank(block.text):
            by_text.setdefault(plain(block.text), []).append(n)
    for n, about in enumerate(entries):
        # What has lost its bookmark but not its words: the nearest place.
        candidates = by_text.get(plain(about.text), [])
        if n not in matched and n not in lost and candidates:
            place = min(candidates, key=lambda c: abs(c - _expected(n, matched)))
            candidates.remove(place)
            matched[n] = place
    return matched


def plain(text: str) -> str:
    """Give a text as it compares; documents exported earlier hold the numbers of sources as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _expected(entry: int, matched: Mapping[int, int]) -> int:
    """Say where a block should stand, behind the one before it."""
    before = [n for n in matched if n < entry]
    return matched[max(before)] + 1 if before else 0


def moved(matched: Mapping[int, int]) -> list[int]:
    """Name the exported blocks that stand elsewhere: few that explain the order."""
    # From the end: of two that have changed places the first was moved.
    order = sorted(matched, reverse=True)
    as_returned = sorted(matched, key=matched.__getitem__, reverse=True)
    matcher = SequenceMatcher(None, order, as_returned, autojunk=False)
    stay = {n for i, _, size in matcher.get_matching_blocks() for n in order[i : i + size]}
    return [n for n in reversed(order) if n not in stay]


def groups(
    order: Sequence[int], matched: Mapping[int, int], found: Sequence[Found], apart: Sequence[int]
) -> list[Group]:
    """Put exported blocks and returned ones together; `order` is that of the blocks as the pages have them now."""
    by_place = {place: entry for entry, place in matched.items()}
    after: dict[int, list[int]] = {}
    current = -1
    for place, block in enumerate(found):
        entry = by_place.get(place)
        if entry is None and not blank(block.text):
            after.setdefault(current, []).append(place)
        elif entry is not None and entry not in apart:
            current = entry
    result = [Group([], after.get(-1, []))]
    for entry in order:
        if entry in matched:
            added = [] if entry in apart else after.get(entry, [])
            result.append(Group([entry], [matched[entry], *added]))
        else:
            result[-1].entries.append(entry)
    return [group for group in result if group.entries or group.found]


def shown_parts(number: int, entry: Entry, block: Block) -> list[Part]:
    """Give an exported block word by word as Word showed it."""
    parts = [Part(START, "", number, -1)]
    parts += [Part(text, "", number, -2) for text in WORDS.findall(entry.before)]
    shown = iter(entry.shown)
    for n, word in enumerate(block.words):
        if word.markup:
            form = RAISED if "{quelle}" in word.text else ""
            parts += [Part(text, form, number, n) for text in WORDS.findall(next(shown, ""))]
        else:
            parts.append(Part(word.text, word.form, number, n))
    while parts[-1].text.isspace():
        parts.pop()
    leads = [about for many, about in entry.leads for _ in range(many)]
    for n, part in enumerate(parts[1:] if leads else (), 1):
        parts[n] = replace(part, about=leads[0] if leads else "")
        del leads[: len("".join(part.text.split()))]
    return parts


def said_parts(number: int, block: Found) -> list[Part]:
    """Give a returned block word by word, without blanks at its ends."""
    words = block.words()
    while words and words[-1].char.isspace():
        words.pop()
    while words and words[0].char.isspace():
        words.pop(0)
    parts = (Part(text, form, number, about=about) for text, form, about in words)
    return [Part(START, "", number), *parts]


def steps(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Step]:
    """Compare words; changes with nothing but blanks between them are one."""
    before, after = [p.key for p in old], [s.key for s in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes: list[list[int]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if changes and all(key == " " for key in before[changes[-1][1] : i1]):
            changes[-1][1], changes[-1][3] = i2, j2
        else:
            changes.append([i1, i2, j1, j2])
    for i1, i2, j1, j2 in changes:
        # Of two ways to tell which block is new or gone, the one that takes it from its beginning.
        back = int(i1 > 1 and (_turned(after, i2 - i1, j1, j2) or _turned(before, j2 - j1, i1, i2)))
        behind = old[i2 - back] if i2 - back < len(old) else None
        yield Step(
            tuple(old[i1 - back : i2 - back]),
            tuple(new[j1 - back : j2 - back]),
            old[max(i1 - back - 1, 0)],
            behind,
        )


def _turned(keys: Sequence[str], others: int, start: int, end: int) -> bool:
    """Tell whether a stretch that is new or gone ends with a beginning, and begins behind one."""
    return not others and start < end and keys[end - 1] == keys[start - 1] == START


def restyled(old: Sequence[Part], new: Sequence[Part]) -> list[tuple[str, Look, Look]]:
    """Find words that stayed but are set otherwise or lead elsewhere: the words, how they were, how they are."""
    found: list[tuple[str, Look, Look]] = []
    matcher = SequenceMatcher(None, [p.key for p in old], [s.key for s in new], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        for part, said in zip(old[i : i + size], new[j : j + size], strict=True):
            was, now = ((emphasis(each.form, "bimsu"), each.about) for each in (part, said))
            alike = was[0] == now[0] and same_place(was[1], now[1])
            if not alike and part.word >= 0 and not part.text.isspace() and RAISED not in part.form:
                if found and found[-1][1:] == (was, now):
                    gap = " " if part.text.isalnum() else ""
                    found[-1] = (f"{found[-1][0]}{gap}{part.text}", was, now)
                else:
                    found.append((part.text, was, now))
    return found


def emphasis(form: str, marks: str = "bi") -> str:
    """Give what of a form is emphasis; by default what Markdown knows."""
    return "".join(mark for mark in marks if mark in form)


def same_place(one: str, other: str) -> bool:
    """Tell whether two links lead to the same place, however a program writes its address."""
    return unquote(one).rstrip("/") == unquote(other).rstrip("/")


def kind_of(block: Found) -> tuple[str, int]:
    """Tell by its style what a returned paragraph is."""
    if match := _HEADING.match(block.style):
        return "heading", int(match[1])
    if "#" in block.style or block.style.startswith(("list bullet", "list number", "aufzählung")):
        return "item", 1
    return "paragraph", 0


def listed_otherwise(source: str, style: str, *, by_style: bool = True) -> str:
    """Say what a point of a list has become that is set as another one; nothing if it is as it was.

    Where other points go by their style alone (`by_style`), one with a number of its own was given it in Word;
    LibreOffice gives one to each.

    Examples
    --------
    >>> listed_otherwise("- Feste", "list bullet"), listed_otherwise("- Feste", "list number#")
    ('', 'nummeriert')
    >>> listed_otherwise("1. Erst", "list number#1")
    'eine Ebene tiefer'
    """
    was_numbered, was_deep = source.lstrip()[:1].isdigit(), source[:1].isspace()
    name, sign, level = style.partition("#")
    deep = bool(level) or name.rstrip()[-1:].isdigit()
    if name.startswith(("list bullet", "list number")):
        numbered = name.startswith("list number")
        if numbered != was_numbered:
            return "nummeriert" if numbered else "nicht mehr nummeriert"
        if by_style and sign and not level and not numbered:
            return "anders aufgezählt"
    if deep != was_deep:
        return "eine Ebene tiefer" if deep else "eine Ebene höher"
    return ""
