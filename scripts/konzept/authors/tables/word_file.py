"""A Word file → its tables, cell by cell, as they stand when all tracked changes are accepted."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from konzept.authors.excel.cells import clean
from konzept.authors.office_files import WORD, office_file, refused
from konzept.authors.tables.source import BOLD, Cell, Heading, Source, Table
from konzept.authors.tables.words import names_level
from konzept.words import german

_LONGEST = 300
"""More letters has no heading."""
_BULLET = re.compile(r"[•▪●○◦‣·–—*\uf0b7\uf0a7-]\s+(?=\S)")
_STYLE_NAME = re.compile(r"(?:heading|überschrift) ?(\d)", re.IGNORECASE)
_AGAIN = "Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“."
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_PROPERTIES = {qn("w:pPr"), qn("w:rPr"), qn("w:tcPr"), qn("w:instrText"), qn("w:sdtPr")}


def read_word(path: Path) -> Source:
    """Read all tables of a Word file, and the headings above them.

    Raises
    ------
    DataProblems
        It is no such file; the one problem says what to do.
    """
    content = office_file(path, WORD)
    # python-docx resolves no entity and fetches nothing; a document that has any is not from Word.
    try:
        document = Document(io.BytesIO(content))
        if document.element.getroottree().docinfo.doctype:
            raise refused(
                path, f"Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen. {_AGAIN}"
            )
        return _Reader(document).read(path)
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError, RecursionError):
        raise refused(path, f"Die Datei ist beschädigt oder kein Word-Dokument. {_AGAIN}") from None


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.body: Element = document.element.body
        self.styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
        self.footnotes = self._footnotes()
        self.changes: Counter[str] = Counter()
        self.page = 1 if self._pages_are_known() else 0
        self.number = 0
        self.notes: list[str] = []
        self.waiting: list[Element] = []

    def read(self, path: Path) -> Source:
        title = ""
        source = Source("")
        for block in _blocks(self.body):
            if block.tag == qn("w:tbl"):
                self._take_table(block, source)
                continue
            text = self._text(block)
            self.notes = []  # footnotes of prose are none of a table's
            if text and not title and self._style(block) in ("title", "titel"):
                title = text
            if text:
                level = self._level(block) if len(text) <= _LONGEST else 0
                if not level and names_level(text) and not self._style(block).startswith("toc"):
                    level = BOLD
                source.parts.append(Heading(" ".join(text.split()), level) if level else text)
            self._take_waiting(source)
        source.title = " ".join(clean(title or self.document.core_properties.title or path.stem).split())
        if self.changes.total():
            source.told.append(
                "Änderungsverfolgung: gelesen wie nach „Alle Änderungen annehmen“ "
                f"({german.count(self.changes['ins'], 'Einfügung', 'Einfügungen')}, "
                f"{german.count(self.changes['del'], 'Löschung', 'Löschungen')})."
            )
        return source

    def _take_table(self, element: Element, source: Source, name: str = "", *, inside: bool = False) -> None:
        if not name:
            self.number += 1
            name = f"Tabelle {self.number}"
        table, nested = self._table(element, name)
        table.nested = inside
        source.parts.append(table)
        for n, each in enumerate(nested, 1):
            self._take_table(each, source, f"{name}.{n}", inside=True)

    def _take_waiting(self, source: Source) -> None:
        """Take tables that stand in a text box of a paragraph."""
        while self.waiting:
            self._take_table(self.waiting.pop(0), source)

    def _table(self, element: Element, name: str) -> tuple[Table, list[Element]]:
        table = Table(name, [], [])
        before = self.waiting
        self.waiting = []
        marked = True
        for tr in _rows(element):
            if _is_on(tr, "w:trPr", "w:del"):
                self.changes["del"] += 1
                continue
            number = len(table.grid) + 1
            page = f"Seite {self.page}, " if self.page else ""
            table.labels.append(f"{page}{name}, Zeile {number}")
            table.grid.append({})
            marked = marked and _is_on(tr, "w:trPr", "w:tblHeader")
            table.heads += marked
            self._row(tr, table, number)
        nested, self.waiting = self.waiting, before
        return table, nested

    def _row(self, tr: Element, table: Table, number: int) -> None:
        row = table.grid[-1]
        column = _number(tr, "w:trPr", "w:gridBefore")
        for tc in _inside(tr, qn("w:tc")):
            if _is_on(tc, "w:tcPr", "w:cellDel"):
                self.changes["del"] += 1
                continue
            span = max(1, _number(tc, "w:tcPr", "w:gridSpan"))
            cell = self._cell(tc, number, column + 1)
            above = table.grid[-2].get(column) if number > 1 else None
            if _continues(tc, "w:vMerge") and above:
                hidden, cell = cell, above
                cell.rows = number - cell.row + 1
                if hidden.text:
                    table.extra.append((number, hidden.text, "Text, den verbundene Zellen verdecken."))
            elif _continues(tc, "w:hMerge") and column - 1 in row:
                row[column - 1].lines += cell.lines
                cell = row[column - 1]
            row.update(dict.fromkeys(range(column, column + span), cell))
            column += span
            table.extra += [(number, note, "Fußnote in dieser Zeile.") for note in self.notes]
            self.notes = []

    def _cell(self, tc: Element, row: int, column: int) -> Cell:
        cell = Cell(row, column)
        items = 0
        for block in _blocks(tc):
            if block.tag == qn("w:tbl"):
                self.waiting.append(block)
                continue
            listed = self._is_item(block)
            for line in self._text(block).split("\n"):
                text = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
                items += bool(text) and (listed or text != line)
                cell.lines += [text] if text else []
        cell.listed = bool(cell.lines) and items == len(cell.lines)
        return cell

    def _text(self, paragraph: Element) -> str:
        """Give what a paragraph shows, a line break as the end of a line."""
        text = "".join(self._pieces(paragraph))
        return "\n".join(filter(None, (" ".join(clean(line).split()) for line in text.split("\n"))))

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _GONE:
                self.changes["del"] += tag == qn("w:del")
            elif tag in _PROPERTIES or not isinstance(tag, str):
                continue
            elif tag == qn("w:t"):
                yield child.text or ""
            elif tag == qn("w:tbl"):
                self.waiting.append(child)
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self.notes.append(self.footnotes.get((tag, child.get(qn("w:id"))), ""))
            elif tag == qn("w:lastRenderedPageBreak"):
                self.page += bool(self.page)
            elif tag == qn("w:br"):
                yield "\n"
            else:
                self.changes["ins"] += tag == qn("w:ins")
                yield _SIGNS.get(tag, "")
                yield from self._pieces(child)
                yield "\n" if tag == qn("w:p") else ""

    def _footnotes(self) -> Mapping[tuple[str, str | None], str]:
        found = {}
        for relation in self.document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind not in ("footnotes", "endnotes") or relation.is_external:
                continue
            for note in parse_xml(relation.target_part.blob):
                texts = "".join(t.text or "" for t in note.iter(qn("w:t")))
                found[qn(f"w:{kind[:-1]}Reference"), note.get(qn("w:id"))] = " ".join(clean(texts).split())
        return found

    def _pages_are_known(self) -> bool:
        """Word notes where its pages began; that is trusted where it comes to as many pages as Word counted."""
        part = next(
            (p for p in self.document.part.package.iter_parts() if p.partname == "/docProps/app.xml"), None
        )
        counted = re.search(rb"<Pages>(\d+)</Pages>", part.blob) if part else None
        breaks = sum(1 for _ in self.body.iter(qn("w:lastRenderedPageBreak")))
        return counted is not None and breaks > 0 and int(counted[1]) == breaks + 1

    # Styles

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """Give a paragraph's own properties, then its style and what that is based on."""
        yield paragraph
        name = _value(paragraph, "w:pPr", "w:pStyle")
        seen = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = _value(self.styles[name], "w:basedOn")

    def _style(self, paragraph: Element) -> str:
        names = [_value(each, "w:name") or "" for each in self._chain(paragraph) if each.tag == qn("w:style")]
        return names[0].casefold() if names else ""

    def _level(self, paragraph: Element) -> int:
        """Tell the level of a heading; 0 where a paragraph is none."""
        for each in self._chain(paragraph):
            if (level := _value(each, "w:pPr", "w:outlineLvl")) and level.isdecimal() and int(level) < 9:
                return int(level) + 1
            if match := _STYLE_NAME.match(_value(each, "w:name") or ""):
                return int(match[1])
        bold = any(
            _is_on(each, "w:rPr", "w:b") for each in self._chain(paragraph) if each.tag == qn("w:style")
        )
        runs = [
            r for r in paragraph.iter(qn("w:r")) if any((t.text or "").strip() for t in r.iter(qn("w:t")))
        ]
        return BOLD if runs and all(_is_on(r, "w:rPr", "w:b", default=bold) for r in runs) else 0

    def _is_item(self, paragraph: Element) -> bool:
        numbers = (_value(each, "w:pPr", "w:numPr", "w:numId") for each in self._chain(paragraph))
        return next((number for number in numbers if number), "0") != "0"


_SIGNS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:cr"): "\n", qn("w:txbxContent"): "\n"}
_AROUND = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:customXml"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:smartTag"),
    _CHOICE,
}


def _inside(element: Element, *wanted: str) -> Iterator[Element]:
    """Give what stands in an element, also within content controls and the like."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, *wanted)


def _blocks(element: Element) -> Iterator[Element]:
    return _inside(element, qn("w:p"), qn("w:tbl"))


def _rows(table: Element) -> Iterator[Element]:
    return _inside(table, qn("w:tr"))


def _find(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = None if found is None else found.find(qn(name))
    return found


def _value(element: Element, *path: str) -> str | None:
    found = _find(element, *path)
    return None if found is None else found.get(qn("w:val"))


def _number(element: Element, *path: str) -> int:
    value = _value(element, *path) or ""
    return min(int(value), 200) if value.isdecimal() else 0


def _is_on(element: Element, *path: str, default: bool = False) -> bool:
    """Tell whether a property is set; without a value it is."""
    found = _find(element, *path)
    return default if found is None else found.get(qn("w:val")) not in ("0", "false", "off")


def _continues(tc: Element, kind: str) -> bool:
    found = _find(tc, "w:tcPr", kind)
    return found is not None and found.get(qn("w:val")) in (None, "continue")
