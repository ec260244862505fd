"""A Word file → its blocks as they stand when all tracked changes are accepted, who changed them, and its comments."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from konzept.authors.office_files import refused
from konzept.authors.word.opening import (
    found_at,
    inside,
    is_on,
    name_of,
    notes_of,
    opened,
    root_of,
    value,
)
from konzept.authors.word.original import MARK, NAMESPACE, Original, read_original
from konzept.authors.word.source import (
    EMPHASIS,
    FORMULA,
    MARKED,
    NOTE,
    PICTURE,
    RAISED,
    SIGN,
    STRONG,
    STRUCK,
    UNDERLINED,
    WORDS,
    as_seen,
)

_W14, _W15 = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}",
    "{http://schemas.microsoft.com/office/word/2012/wordml}",
)
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


class Letter(NamedTuple):
    """A character as Word shows it."""

    char: str
    form: str = ""
    about: str = ""
    """Where it leads; of a picture, which one it is and what is told of it."""


@dataclass
class Found:
    """A paragraph or table of a document."""

    style: str = ""
    """Its style's name in small letters, and ``#`` if it is numbered."""
    table: bool = False
    marks: list[str] = field(default_factory=list)
    note: bool = False
    """Whether it stands in a footnote or endnote."""
    chars: list[Letter] = field(default_factory=list)
    by: set[str] = field(default_factory=set)
    """Who changed it, each with the day."""
    comments: list[str] = field(default_factory=list)
    """The comments that begin in it, by their numbers."""

    @property
    def text(self) -> str:
        """Give its text."""
        return "".join(as_seen(letter.char, letter.form) for letter in self.chars)

    def take(self, other: Found) -> None:
        """Add what another one holds."""
        self.chars += other.chars
        self.marks += other.marks
        self.comments += other.comments
        self.by |= other.by

    def words(self) -> list[Letter]:
        """Cut its text as that of a page is cut: a word ends where its form or what it leads to does."""
        found: list[Letter] = []
        for (form, about), letters in groupby(self.chars, key=lambda letter: letter[1:]):
            run = "".join(letter.char for letter in letters)
            found += (Letter(word, form, about) for word in WORDS.findall(run))
        return found

    def leads(self) -> tuple[tuple[int, str], ...]:
        """Give where its letters lead, blanks apart: so many, and where; nothing where none leads anywhere."""
        seen = [letter.about for letter in self.chars if not letter.char.isspace()]
        return tuple((len([*group]), about) for about, group in groupby(seen)) if any(seen) else ()


@dataclass
class Comment:
    """A comment with its answers."""

    who: str
    text: str
    about: str
    """The words that it is about."""
    done: bool
    answers: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Read:
    """A document that was exported once."""

    original: Original
    blocks: tuple[Found, ...]
    comments: Mapping[str, Comment]


_NO_ORIGINAL = (
    "Die Datei stammt nicht aus „konzept word export“, oder ein anderes Programm hat weggelassen, woran Änderungen zu erkennen sind. "
    "Nehmen Sie die Datei, die der Export geschrieben hat, und übertragen Sie die Änderungen in Word („Überprüfen → Vergleichen → Kombinieren“)."
)


def read_word(path: Path) -> Read:
    """Read a Word file.

    Raises
    ------
    DataProblems
        It is none, or none that was exported; the one problem says which.
    """
    with opened(path) as document:
        original = _original(document)
        if original is None:
            raise refused(path, _NO_ORIGINAL)
        reader = _Reader(document)
        return Read(original, tuple(reader.blocks()), reader.comments())


def read_blocks(document: WordDocument) -> list[Found]:
    """Read the blocks of a document, as an import would find them."""
    return list(_Reader(document).blocks())


def _original(document: WordDocument) -> Original | None:
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith("/customXml/") and NAMESPACE.encode() in part.blob:
            root = parse_xml(part.blob)
            if root.tag == f"{{{NAMESPACE}}}original":
                return read_original(root.text or "")
    return None


@dataclass
class _Field:
    """A field of Word that is being read: first its instruction, then what it shows."""

    instruction: str = ""
    shown: bool = False

    def leads(self) -> str:
        """Say where it leads, if it is a link."""
        found = _LEADS.match(self.instruction)
        return (
            f"{found['address'] or ''}{'#' * bool(found['anchor'])}{found['anchor'] or ''}" if found else ""
        )


_LEADS = re.compile(
    r'\s*HYPERLINK\s+(?:"(?P<address>[^"]*)"\s*)?(?:\\[ont]\s+"[^"]*"\s*)*(?:\\l\s+"(?P<anchor>[^"]*)")?'
)
_STYLED = {"w:b": STRONG, "w:i": EMPHASIS}
_SET = _STYLED | {
    "w:strike": STRUCK,
    "w:dstrike": STRUCK,
    "w:u": UNDERLINED,
    "w:highlight": MARKED,
}
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "sym": SIGN,
    "footnoteReference": NOTE,
    "endnoteReference": NOTE,
}


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._styles = _styles(document)
        self._quotes: dict[str, list[str]] = {}
        self._open: set[str] = set()
        self._part: Any = document.part
        self._fields: list[_Field] = []

    def blocks(self) -> Iterator[Found]:
        """Give the blocks of the body, then those of the notes."""
        yield from self._blocks(self._document.element.body)
        for part, note in notes_of(self._document):
            self._part = part
            for block in self._blocks(note):
                block.note = True
                yield block

    def _blocks(self, parent: Any) -> Iterator[Found]:
        """Give paragraphs and tables; a paragraph whose mark is deleted is one with the next."""
        waiting: Found | None = None
        for element in inside(parent, "w:p", "w:tbl"):
            is_table = element.tag == qn("w:tbl")
            found = self._table(element) if is_table else self._paragraph(element)
            if waiting is not None and is_table:
                yield waiting
            elif waiting is not None:
                waiting.style = found.style
                waiting.take(found)
                found = waiting
            gone = [mark for tag in ("w:del", "w:moveFrom") if (mark := _of_end(element, tag)) is not None]
            waiting = found if gone else None
            if not gone:
                yield found
                continue
            found.by.update(map(_who, gone))
            if not found.text.strip():
                # Of a paragraph that is gone as a whole nothing is left to be found again.
                found.marks.clear()
        if waiting is not None:
            yield waiting

    def _paragraph(self, element: Any) -> Found:
        found = Found(self._style(element))
        self._fields = []
        self._inline(element, found)
        if (inserted := _of_end(element, "w:ins")) is not None:
            found.by.add(_who(inserted))
        return found

    def _style(self, element: Any) -> str:
        name, _ = self._styles.get(value(element, "w:pPr", "w:pStyle"), ("", ""))
        number, level = (value(element, "w:pPr", "w:numPr", tag) for tag in ("w:numId", "w:ilvl"))
        return name + (f"#{level.strip('0')}" if number not in ("", "0") else "")

    def _table(self, element: Any) -> Found:
        """Read a table as one block: cells apart by tabs, rows by line breaks."""
        found = Found(table=True)
        for n, row in enumerate(inside(element, "w:tr")):
            gone = found_at(row, "w:trPr", "w:del")
            if gone is not None:
                found.by.add(_who(gone))
                continue
            found.chars += [Letter("\n")] if n else []
            for m, cell in enumerate(inside(row, "w:tc")):
                found.chars += [Letter("\t")] if m else []
                for k, block in enumerate(self._blocks(cell)):
                    found.chars += [Letter(" ")] if k else []
                    found.take(block)
        return found

    def _inline(self, parent: Any, found: Found, about: str = "") -> None:
        """Read runs; `about` is where a link around them leads."""
        for child in parent:
            name = name_of(child)
            if name in ("del", "moveFrom", "ins", "moveTo"):
                found.by.add(_who(child))
            match name:
                case "del" | "moveFrom" | "pPr" | "sdtPr" | "sdtEndPr" | "Fallback":
                    continue
                case "r":
                    self._run(child, found, about)
                case "bookmarkStart" if str(child.get(qn("w:name"))).startswith(MARK):
                    found.marks.append(str(child.get(qn("w:name"))))
                case "commentRangeStart":
                    key = str(child.get(qn("w:id")))
                    found.comments.append(key)
                    self._open.add(key)
                    self._quotes.setdefault(key, [])
                case "commentRangeEnd":
                    self._open.discard(str(child.get(qn("w:id"))))
                case "oMath":
                    found.chars.append(Letter(FORMULA, "", "".join(child.itertext())))
                case _:
                    self._inline(child, found, about or self._link(child))

    def _link(self, element: Any) -> str:
        """Say where a link leads: to an address, or to a bookmark after a ``#``."""
        if element.tag == qn("w:fldSimple"):
            return _Field(element.get(qn("w:instr")) or "").leads()
        if element.tag != qn("w:hyperlink"):
            return ""
        relation = self._part.rels.get(element.get(qn("r:id")))
        anchor = element.get(qn("w:anchor"))
        return (relation.target_ref if relation else "") + (f"#{anchor}" if anchor else "")

    def _run(self, run: Any, found: Found, about: str) -> None:
        form = self._form(run)
        for child in _signs(run):
            text, shown = "", ""
            match name_of(child):
                case "fldChar":
                    self._turn_field(child.get(qn("w:fldCharType")))
                case "instrText" if self._fields:
                    self._fields[-1].instruction += child.text or ""
                case "t":
                    text = (child.text or "").replace("\N{SOFT HYPHEN}", "")
                case "drawing" | "pict" | "object":
                    text, shown = PICTURE + _inside(child), self._picture(child)
                case "commentReference":
                    key = str(child.get(qn("w:id")))
                    found.comments += [] if key in found.comments or key in self._quotes else [key]
                case name if child.get(qn("w:type")) not in ("page", "column"):
                    text = _SIGNS.get(name, "")
            if all(field.shown for field in self._fields):
                leads = about or next(filter(None, (field.leads() for field in self._fields)), "")
                # In the private part of Unicode a letter is what its font makes of it.
                text = re.sub("[\ue000-\uf8ff]", SIGN, text)
                set_ = "".join(sorted(form - {UNDERLINED} if leads else form))
                found.chars += (Letter(char, set_, shown or leads) for char in text)
                for key in self._open:
                    self._quotes[key].append(text)

    def _turn_field(self, kind: str) -> None:
        """Begin a field, end it, or begin what it shows."""
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "end":
            self._fields.pop()
        elif self._fields:
            self._fields[-1].shown = True

    def _picture(self, element: Any) -> str:
        """Tell pictures apart: by their bytes, and by what is told of them."""
        told = [about.get("descr") or "" for about in element.iter(qn("wp:docPr"))]
        keys = [blip.get(qn("r:embed")) for blip in element.iter(qn("a:blip"))]
        parts = [self._part.related_parts[key] for key in keys if key in self._part.related_parts]
        digest = hashlib.sha256(b"".join(part.blob for part in parts)).hexdigest()[:8]
        return f"{PICTURE}{digest}{' '.join(told)}"

    def _form(self, run: Any) -> set[str]:
        found = {*self._styles.get(value(run, "w:rPr", "w:rStyle"), ("", ""))[1]}
        for tag, mark in _SET.items():
            on = is_on(run, "w:rPr", tag, default=mark in found)
            (found.add if on else found.discard)(mark)
        if value(run, "w:rPr", "w:vertAlign") == "superscript":
            found.add(RAISED)
        return found

    def comments(self) -> dict[str, Comment]:
        """Read all comments that begin one, with their answers."""
        parts = {r.reltype: r.target_part for r in self._document.part.rels.values() if not r.is_external}
        if RELATIONSHIP_TYPE.COMMENTS not in parts:
            return {}
        about = parse_xml(parts[_EXTENDED].blob) if _EXTENDED in parts else ()
        told = {each.get(f"{_W15}paraId"): each for each in about}
        found: dict[str, Comment] = {}
        by_paragraph: dict[str, Comment] = {}
        answers: dict[str, str] = {}
        for each in root_of(parts[RELATIONSHIP_TYPE.COMMENTS]):
            key = str(each.get(qn("w:id")))
            paragraphs = list(each.iter(qn("w:p")))
            text = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs).strip()
            quote = " ".join("".join(self._quotes.get(key, ())).split())
            marks = [p.get(f"{_W14}paraId") for p in paragraphs]
            more: Any = next((told[mark] for mark in reversed(marks) if mark in told), {})
            found[key] = Comment(_who(each), text, quote, more.get(f"{_W15}done") in ("1", "true"))
            by_paragraph |= {mark: found[key] for mark in marks if mark}
            answers[key] = more.get(f"{_W15}paraIdParent", "")
        for key, parent in answers.items():
            if parent in by_paragraph:
                by_paragraph[parent].answers.append(found.pop(key))
        return found


def _signs(run: Any) -> Iterator[Any]:
    """Give what a run holds; of what is there twice, for old programs and new ones, the new."""
    for child in run:
        name = name_of(child)
        if name in ("AlternateContent", "Choice", "ruby", "rubyBase", "r"):
            yield from _signs(child)
        elif name not in ("rPr", "Fallback"):
            yield child


def _inside(drawing: Any) -> str:
    """Give the text of text boxes."""
    boxes = drawing.iter(qn("w:txbxContent"))
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for box in boxes for p in box.iter(qn("w:p")))
    return " ".join(filter(None, lines))


def _of_end(paragraph: Any, tag: str) -> Any | None:
    """Find a change of a paragraph's end, which parts it from the next."""
    return found_at(paragraph, "w:pPr", "w:rPr", tag)


def _who(element: Any) -> str:
    """Say whose a change or comment is, and of which day."""
    author = " ".join(str(element.get(qn("w:author")) or "").split()) or "ohne Namen"
    day = re.sub(r"^(\d+)-(\d+)-(\d+)$", r"\3.\2.\1", str(element.get(qn("w:date")) or "")[:10])
    return f"{author}, {day}" if day else author


def _styles(document: WordDocument) -> dict[str, tuple[str, str]]:
    """Give each style's name, and what it makes of words."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        form = ""
        if style.get(qn("w:type")) == "character":
            form = "".join(mark for tag, mark in _STYLED.items() if is_on(style, "w:rPr", tag))
        found[str(style.get(qn("w:styleId")))] = (value(style, "w:name").casefold(), form)
    return found
