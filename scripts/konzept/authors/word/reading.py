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

from konzept.authors.word.opening import opened
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
)
from konzept.data.problems import refused

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14, _W15 = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}",
    "{http://schemas.microsoft.com/office/word/2012/wordml}",
)
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_GONE = {qn("w:del"), qn("w:moveFrom")}
_NEW = {qn("w:ins"), qn("w:moveTo")}
_MOST = 60_000
"""So many paragraphs no concept has."""


class Letter(NamedTuple):
    """A character as Word shows it."""

    char: str
    form: str = ""
    about: str = ""
    """Where it leads; of a picture, which one it is and what is told of it."""


@dataclass(frozen=True)
class Change:
    """Who changed something, and when."""

    author: str
    day: str


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
    by: set[Change] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    """The comments that begin in it, by their numbers."""

    @property
    def text(self) -> str:
        """Give its text."""
        return "".join(letter.char for letter in self.chars)

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


@dataclass(frozen=True)
class Comment:
    """A comment with its answers."""

    key: str
    author: str
    day: str
    text: str
    about: str
    """The words that it is about."""
    done: bool
    answers: tuple[Comment, ...] = ()


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
_SET = {
    "w:b": STRONG,
    "w:i": EMPHASIS,
    "w:strike": STRUCK,
    "w:dstrike": STRUCK,
    "w:u": UNDERLINED,
    "w:highlight": MARKED,
}
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\N{NON-BREAKING HYPHEN}",
    qn("w:sym"): SIGN,
    qn("w:footnoteReference"): NOTE,
    qn("w:endnoteReference"): NOTE,
}


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._body = document.element.body
        self._styles = _styles(document)
        self._quotes: dict[str, list[str]] = {}
        self._open: set[str] = set()
        self._part = document.part
        self._fields: list[_Field] = []

    def blocks(self) -> Iterator[Found]:
        """Give the blocks of the body, then those of the notes."""
        yield from self._blocks(self._body)
        for relation in [*self._document.part.rels.values()]:
            if relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
                self._part = relation.target_part
                for note in _root(self._part):
                    for block in self._blocks(note) if note.get(qn("w:type")) is None else ():
                        block.note = True
                        yield block

    def _blocks(self, parent: Any) -> Iterator[Found]:
        """Give paragraphs and tables; a paragraph whose mark is deleted is one with the next."""
        waiting: Found | None = None
        for element in _of_blocks(parent):
            if element.tag == qn("w:tbl"):
                if waiting is not None:
                    yield waiting
                    waiting = None
                yield self._table(element)
                continue
            found = self._paragraph(element)
            if waiting is not None:
                # Of a paragraph that is gone as a whole nothing is left to be found again.
                found.marks[:0] = waiting.marks if waiting.text.strip() else []
                found.chars[:0] = waiting.chars
                found.comments[:0] = waiting.comments
                found.by |= waiting.by
            waiting = None
            if (mark := _mark_gone(element)) is not None:
                found.by.add(_change(mark))
                waiting = found
            else:
                yield found
        if waiting is not None:
            yield waiting

    def _paragraph(self, element: Any) -> Found:
        found = Found(self._style(element))
        self._fields = []
        self._inline(element, found)
        inserted = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:ins')}")
        if inserted is not None:
            found.by.add(_change(inserted))
        return found

    def _style(self, element: Any) -> str:
        key = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        name, _ = self._styles.get(key.get(qn("w:val")) if key is not None else "", ("", ""))
        numbered = number is not None and number.get(qn("w:val")) != "0"
        level = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        deep = level.get(qn("w:val"), "0") if level is not None else "0"
        return name + (f"#{deep.strip('0')}" if numbered else "")

    def _table(self, element: Any) -> Found:
        """Read a table as one block: cells apart by tabs, rows by line breaks."""
        found = Found(table=True)
        for n, row in enumerate(element.iter(qn("w:tr"))):
            gone = row.find(f"{qn('w:trPr')}/{qn('w:del')}")
            if gone is not None:
                found.by.add(_change(gone))
                continue
            found.chars += [Letter("\n")] if n else []
            for m, cell in enumerate(row.iter(qn("w:tc"))):
                found.chars += [Letter("\t")] if m else []
                for k, block in enumerate(self._blocks(cell)):
                    found.chars += [Letter(" ")] if k else []
                    found.chars += block.chars
                    found.marks += block.marks
                    found.comments += block.comments
                    found.by |= block.by
        return found

    def _inline(self, parent: Any, found: Found, about: str = "") -> None:
        """Read runs; `about` is where a link around them leads."""
        for child in parent:
            tag = child.tag
            if tag in _GONE:
                found.by.add(_change(child))
            elif tag == qn("w:r"):
                self._run(child, found, about)
            elif tag == qn("w:bookmarkStart"):
                if str(child.get(qn("w:name"))).startswith(MARK):
                    found.marks.append(str(child.get(qn("w:name"))))
            elif tag == qn("w:commentRangeStart"):
                key = str(child.get(qn("w:id")))
                found.comments.append(key)
                self._open.add(key)
                self._quotes.setdefault(key, [])
            elif tag == qn("w:commentRangeEnd"):
                self._open.discard(str(child.get(qn("w:id"))))
            elif tag == qn("m:oMath"):
                found.chars.append(Letter(FORMULA, "", "".join(child.itertext())))
            elif tag not in (qn("w:pPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), f"{_MARKUP}Fallback"):
                if tag in _NEW:
                    found.by.add(_change(child))
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
            tag, text, shown = child.tag, "", ""
            if tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                if kind == "begin":
                    self._fields.append(_Field())
                elif self._fields and kind == "end":
                    self._fields.pop()
                elif self._fields:
                    self._fields[-1].shown = True
            elif tag == qn("w:instrText") and self._fields:
                self._fields[-1].instruction += child.text or ""
            elif tag == qn("w:t"):
                text = (child.text or "").replace("\N{SOFT HYPHEN}", "")
            elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
                text, shown = PICTURE + _inside(child), self._picture(child)
            elif tag == qn("w:commentReference"):
                key = str(child.get(qn("w:id")))
                found.comments += [] if key in found.comments or key in self._quotes else [key]
            elif child.get(qn("w:type")) not in ("page", "column"):
                text = _SIGNS.get(tag, "")
            if all(field.shown for field in self._fields):
                leads = about or next(filter(None, (field.leads() for field in self._fields)), "")
                # In the private part of Unicode a letter is what its font makes of it.
                text = re.sub("[\ue000-\uf8ff]", SIGN, text)
                set_ = "".join(sorted(form - {UNDERLINED} if leads else form))
                found.chars += (Letter(char, set_, shown or leads) for char in text)
                for key in self._open:
                    self._quotes[key].append(text)

    def _picture(self, element: Any) -> str:
        """Tell pictures apart: by their bytes, and by what is told of them."""
        told = [about.get("descr") or "" for about in element.iter(qn("wp:docPr"))]
        keys = [blip.get(qn("r:embed")) for blip in element.iter(qn("a:blip"))]
        parts = [self._part.related_parts[key] for key in keys if key in self._part.related_parts]
        digest = hashlib.sha256(b"".join(part.blob for part in parts)).hexdigest()[:8]
        return f"{PICTURE}{digest}{' '.join(told)}"

    def _form(self, run: Any) -> set[str]:
        about = run.find(qn("w:rPr"))
        if about is None:
            return set()
        key = about.find(qn("w:rStyle"))
        _, form = self._styles.get(key.get(qn("w:val")) if key is not None else "", ("", ""))
        found = set(form)
        for tag, mark in _SET.items():
            direct = about.find(qn(tag))
            if direct is not None:
                off = direct.get(qn("w:val")) in ("0", "false", "none")
                (found.discard if off else found.add)(mark)
        raised = about.find(qn("w:vertAlign"))
        if raised is not None and raised.get(qn("w:val")) == "superscript":
            found.add(RAISED)
        return found

    def comments(self) -> dict[str, Comment]:
        """Read all comments that begin one, with their answers."""
        parts = {r.reltype: r.target_part for r in self._document.part.rels.values() if not r.is_external}
        part = parts.get(RELATIONSHIP_TYPE.COMMENTS)
        if part is None:
            return {}
        root = _root(part)
        about = parse_xml(parts[_EXTENDED].blob) if _EXTENDED in parts else ()
        told = {each.get(f"{_W15}paraId"): each for each in about}
        by_paragraph: dict[str, str] = {}
        found: dict[str, Comment] = {}
        parents: dict[str, str] = {}
        for each in root:
            key = str(each.get(qn("w:id")))
            paragraphs = list(each.iter(qn("w:p")))
            text = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs).strip()
            marks = [p.get(f"{_W14}paraId") for p in paragraphs]
            by_paragraph |= {mark: key for mark in marks if mark}
            extended = next((told[mark] for mark in reversed(marks) if mark in told), None)
            done = extended is not None and extended.get(f"{_W15}done") in ("1", "true")
            if extended is not None and (parent := extended.get(f"{_W15}paraIdParent")):
                parents[key] = parent
            who = _change(each)
            quote = " ".join("".join(self._quotes.get(key, ())).split())
            found[key] = Comment(key, who.author, who.day, text, quote, done)
        answers: dict[str, list[Comment]] = {}
        for key, parent in parents.items():
            answers.setdefault(by_paragraph.get(parent, ""), []).append(found[key])
        return {
            key: Comment(c.key, c.author, c.day, c.text, c.about, c.done, tuple(answers.get(key, ())))
            for key, c in found.items()
            if by_paragraph.get(parents.get(key, "")) is None
        }


def _of_blocks(parent: Any) -> Iterator[Any]:
    """Find the paragraphs and tables of a body, cell or note, in whatever they are wrapped."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag not in (*_GONE, qn("w:sdtPr"), qn("w:sectPr"), f"{_MARKUP}Fallback"):
            yield from _of_blocks(child)


def _signs(run: Any) -> Iterator[Any]:
    """Give what a run holds; of what is there twice, for old programs and new ones, the new."""
    for child in run:
        if child.tag == qn("w:rPr") or child.tag == f"{_MARKUP}Fallback":
            continue
        if child.tag in (
            f"{_MARKUP}AlternateContent",
            f"{_MARKUP}Choice",
            qn("w:ruby"),
            qn("w:rubyBase"),
            qn("w:r"),
        ):
            yield from _signs(child)
        else:
            yield child


def _inside(drawing: Any) -> str:
    """Give the text of text boxes."""
    boxes = drawing.iter(qn("w:txbxContent"))
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for box in boxes for p in box.iter(qn("w:p")))
    return " ".join(filter(None, lines))


def _root(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _mark_gone(paragraph: Any) -> Any | None:
    marks = (paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{tag}") for tag in _GONE)
    return next((mark for mark in marks if mark is not None), None)


def _change(element: Any) -> Change:
    author = " ".join(str(element.get(qn("w:author")) or "").split())
    return Change(author, str(element.get(qn("w:date")) or "")[:10])


def _styles(document: WordDocument) -> dict[str, tuple[str, str]]:
    """Give each style's name, and what it makes of words."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        form = ""
        for tag, mark in (("w:b", STRONG), ("w:i", EMPHASIS)):
            set_ = style.find(f"{qn('w:rPr')}/{qn(tag)}")
            of_words = set_ is not None and style.get(qn("w:type")) == "character"
            form += mark if of_words and set_.get(qn("w:val")) not in ("0", "false") else ""
        found[str(style.get(qn("w:styleId")))] = (
            str(name.get(qn("w:val"))).casefold() if name is not None else "",
            form,
        )
    return found
