"""A Word file → its blocks as they stand when all tracked changes are accepted, who changed them, and its comments."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from konzept.authors.office_files import WORD, office_file, refused
from konzept.authors.word.original import MARK, NAMESPACE, Original, read_original
from konzept.authors.word.source import EMPHASIS, LINK, NOTE, PICTURE, RAISED, STRONG, WORDS

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
    chars: list[tuple[str, str]] = field(default_factory=list)
    """Each character with its form."""
    by: set[Change] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    """The comments that begin in it, by their numbers."""

    @property
    def text(self) -> str:
        """Give its text."""
        return "".join(char for char, _ in self.chars)

    def words(self) -> list[tuple[str, str]]:
        """Cut its text as that of a page is cut: a word ends where its form does."""
        found: list[tuple[str, str]] = []
        start = 0
        for n in range(1, len(self.chars) + 1):
            if n == len(self.chars) or self.chars[n][1] != self.chars[start][1]:
                run = "".join(char for char, _ in self.chars[start:n])
                found += ((match[0], self.chars[start][1]) for match in WORDS.finditer(run))
                start = n
        return found


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

_DOCTYPE = (
    "Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen. "
    "Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“."
)


def read_word(path: Path) -> Read:
    """Read a Word file.

    Raises
    ------
    DataProblems
        It is none, or none that was exported; the one problem says which.
    """
    content = office_file(path, WORD)
    try:
        # Neither entities nor addresses are followed; a document that declares any is not from Word.
        document = Document(io.BytesIO(content))
        if document.element.getroottree().docinfo.doctype:
            raise refused(path, _DOCTYPE)
        original = _original(document)
        if original is None:
            raise refused(path, _NO_ORIGINAL)
        reader = _Reader(document)
        return Read(original, tuple(reader.blocks()), reader.comments())
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError, RecursionError):
        raise refused(
            path,
            "Die Datei ist beschädigt oder kein Word-Dokument. Öffnen Sie sie in Word, und speichern Sie sie neu als .docx.",
        ) from None


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


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._body = document.element.body
        self._styles = _styles(document)
        self._quotes: dict[str, list[str]] = {}
        self._open: set[str] = set()

    def blocks(self) -> Iterator[Found]:
        """Give the blocks of the body, then those of the footnotes."""
        yield from self._blocks(self._body)
        for note in self._footnotes():
            yield from self._blocks(note)

    def _footnotes(self) -> Iterator[Any]:
        for relation in self._document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                part = relation.target_part
                root = part.element if hasattr(part, "element") else parse_xml(part.blob)
                yield from (note for note in root if note.get(qn("w:type")) is None)

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
        self._inline(element, found, "", "")
        inserted = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:ins')}")
        if inserted is not None:
            found.by.add(_change(inserted))
        return found

    def _style(self, element: Any) -> str:
        key = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        name, _ = self._styles.get(key.get(qn("w:val")) if key is not None else "", ("", ""))
        numbered = number is not None and number.get(qn("w:val")) != "0"
        return name + ("#" if numbered else "")

    def _table(self, element: Any) -> Found:
        """Read a table as one block: cells apart by tabs, rows by line breaks."""
        found = Found(table=True)
        for n, row in enumerate(element.iter(qn("w:tr"))):
            gone = row.find(f"{qn('w:trPr')}/{qn('w:del')}")
            if gone is not None:
                found.by.add(_change(gone))
                continue
            found.chars += [("\n", "")] if n else []
            for m, cell in enumerate(row.iter(qn("w:tc"))):
                found.chars += [("\t", "")] if m else []
                for k, block in enumerate(self._blocks(cell)):
                    found.chars += [(" ", "")] if k else []
                    found.chars += block.chars
                    found.marks += block.marks
                    found.comments += block.comments
                    found.by |= block.by
        return found

    def _inline(self, parent: Any, found: Found, form: str, hidden: str) -> str:
        """Read runs; `hidden` is how deep inside the instructions of fields one stands."""
        for child in parent:
            tag = child.tag
            if tag in _GONE:
                found.by.add(_change(child))
            elif tag == qn("w:r"):
                hidden = self._run(child, found, form, hidden)
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
            elif tag in _NEW:
                found.by.add(_change(child))
                hidden = self._inline(child, found, form, hidden)
            elif tag not in (qn("w:pPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), f"{_MARKUP}Fallback"):
                inner = form + LINK if tag == qn("w:hyperlink") else form
                hidden = self._inline(child, found, inner, hidden)
        return hidden

    def _run(self, run: Any, found: Found, form: str, hidden: str) -> str:
        form = "".join(sorted(set(form) | self._form(run)))
        for child in run.iter():
            tag = child.tag
            if tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                hidden = f"{hidden}i" if kind == "begin" else hidden[:-1]
                if kind == "separate":
                    hidden += "s"
                continue
            text = ""
            if tag == qn("w:t"):
                text = child.text or ""
            elif tag == qn("w:tab") and child.getparent() is run:
                text = "\t"
            elif tag in (qn("w:br"), qn("w:cr")) and child.get(qn("w:type")) is None:
                text = "\n"
            elif tag == qn("w:noBreakHyphen"):
                text = "\N{NON-BREAKING HYPHEN}"
            elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
                text = PICTURE
            elif tag == qn("w:footnoteReference"):
                text = NOTE
            elif tag == qn("w:commentReference"):
                key = str(child.get(qn("w:id")))
                found.comments += [] if key in found.comments or key in self._quotes else [key]
            if text and "i" not in hidden:
                found.chars += ((char, form) for char in text)
                for key in self._open:
                    self._quotes[key].append(text)
        return hidden

    def _form(self, run: Any) -> set[str]:
        about = run.find(qn("w:rPr"))
        if about is None:
            return set()
        key = about.find(qn("w:rStyle"))
        _, form = self._styles.get(key.get(qn("w:val")) if key is not None else "", ("", ""))
        found = set(form)
        for tag, mark in (("w:b", STRONG), ("w:i", EMPHASIS)):
            direct = about.find(qn(tag))
            if direct is not None:
                (found.discard if direct.get(qn("w:val")) in ("0", "false") else found.add)(mark)
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
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
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
