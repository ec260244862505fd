"""A Word file → its tables, cell by cell, as they stand when all tracked changes are accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from konzept.authors.excel.cells import clean
from konzept.authors.tables.source import BOLD, Cell, Heading, Source, Table
from konzept.authors.tables.words import names_level
from konzept.authors.word.opening import found_at, inside, is_on, name_of, notes_of, opened, value
from konzept.words import german

_LONGEST = 300
"""More letters has no heading."""
_BULLET = re.compile(r"[•▪●○◦‣·–—*\uf0b7\uf0a7-]\s+(?=\S)")
_STYLE_NAME = re.compile(r"(?:heading|überschrift) ?(\d)", re.IGNORECASE)


def read_word(path: Path) -> Source:
    """Read all tables of a Word file, and the headings above them.

    Raises
    ------
    DataProblems
        It is no such file; the one problem says what to do.
    """
    with opened(path) as document:
        return _Reader(document).read(path)


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.body: Element = document.element.body
        self.styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
        self.footnotes = {
            (f"{note.tag}Reference", note.get(qn("w:id"))): _note_text(note) for _, note in notes_of(document)
        }
        self.changes: Counter[str] = Counter()
        self.page = 1 if self._pages_are_known() else 0
        self.number = 0
        self.notes: list[str] = []
        self.waiting: list[Element] = []

    def read(self, path: Path) -> Source:
        title = ""
        source = Source("")
        for block in inside(self.body, "w:p", "w:tbl"):
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
            for inner in self._taken():
                self._take_table(inner, source)
        source.title = " ".join(clean(title or self.document.core_properties.title or path.stem).split())
        if self.changes.total():
            source.told.append(
                "Änderungsverfolgung: gelesen wie nach „Alle Änderungen annehmen“ "
                f"({german.count(self.changes['ins'], 'Einfügung', 'Einfügungen')}, "
                f"{german.count(self.changes['del'], 'Löschung', 'Löschungen')})."
            )
        return source

    def _take_table(self, element: Element, source: Source, name: str = "", *, nested: bool = False) -> None:
        if not name:
            self.number += 1
            name = f"Tabelle {self.number}"
        table = self._table(element, name)
        table.nested = nested
        source.parts.append(table)
        for n, inner in enumerate(self._taken(), 1):
            self._take_table(inner, source, f"{name}.{n}", nested=True)

    def _taken(self) -> list[Element]:
        """Give the tables that stand in what was just read: in a cell, or a text box of a paragraph."""
        taken, self.waiting = self.waiting, []
        return taken

    def _table(self, element: Element, name: str) -> Table:
        table = Table(name, [], [])
        marked = True
        for tr in inside(element, "w:tr"):
            if is_on(tr, "w:trPr", "w:del"):
                self.changes["del"] += 1
                continue
            number = len(table.grid) + 1
            page = f"Seite {self.page}, " if self.page else ""
            table.labels.append(f"{page}{name}, Zeile {number}")
            table.grid.append({})
            marked = marked and is_on(tr, "w:trPr", "w:tblHeader")
            table.heads += marked
            self._row(tr, table, number)
        return table

    def _row(self, tr: Element, table: Table, number: int) -> None:
        row = table.grid[-1]
        column = _number(tr, "w:trPr", "w:gridBefore")
        for tc in inside(tr, "w:tc"):
            if is_on(tc, "w:tcPr", "w:cellDel"):
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
        for block in inside(tc, "w:p", "w:tbl"):
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
            name = name_of(child)
            if name in ("ins", "del"):
                self.changes[name] += 1
            match name:
                case "del" | "moveFrom" | "Fallback" | "pPr" | "rPr" | "tcPr" | "sdtPr" | "instrText":
                    continue
                case "t":
                    yield child.text or ""
                case "tbl":
                    self.waiting.append(child)
                case "footnoteReference" | "endnoteReference":
                    self.notes.append(self.footnotes.get((child.tag, child.get(qn("w:id"))), ""))
                case "lastRenderedPageBreak":
                    self.page += bool(self.page)
                case "br":
                    yield "\n"
                case _:
                    yield _SIGNS.get(name, "")
                    yield from self._pieces(child)
                    yield "\n" if name == "p" else ""

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
        name = value(paragraph, "w:pPr", "w:pStyle")
        seen = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = value(self.styles[name], "w:basedOn")

    def _style(self, paragraph: Element) -> str:
        names = [value(each, "w:name") for each in self._chain(paragraph)][1:]
        return names[0].casefold() if names else ""

    def _level(self, paragraph: Element) -> int:
        """Tell the level of a heading; 0 where a paragraph is none."""
        for each in self._chain(paragraph):
            if (level := value(each, "w:pPr", "w:outlineLvl")) and level.isdecimal() and int(level) < 9:
                return int(level) + 1
            if match := _STYLE_NAME.match(value(each, "w:name")):
                return int(match[1])
        bold = any(
            is_on(each, "w:rPr", "w:b") for each in self._chain(paragraph) if each.tag == qn("w:style")
        )
        runs = [
            r for r in paragraph.iter(qn("w:r")) if any((t.text or "").strip() for t in r.iter(qn("w:t")))
        ]
        return BOLD if runs and all(is_on(r, "w:rPr", "w:b", default=bold) for r in runs) else 0

    def _is_item(self, paragraph: Element) -> bool:
        numbers = (value(each, "w:pPr", "w:numPr", "w:numId") for each in self._chain(paragraph))
        return next((number for number in numbers if number), "0") != "0"


_SIGNS = {"tab": " ", "noBreakHyphen": "-", "cr": "\n", "txbxContent": "\n"}


def _note_text(note: Element) -> str:
    return " ".join(clean("".join(t.text or "" for t in note.iter(qn("w:t")))).split())


def _number(element: Element, *path: str) -> int:
    number = value(element, *path)
    return min(int(number), 200) if number.isdecimal() else 0


def _continues(tc: Element, kind: str) -> bool:
    return found_at(tc, "w:tcPr", kind) is not None and value(tc, "w:tcPr", kind) in ("", "continue")
