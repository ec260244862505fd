"""A Word file → its document, if it is one and holds nothing foreign; and what its elements say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from konzept.authors.office_files import WORD, office_file, refused

_AGAIN = "Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“."


@contextmanager
def opened(path: Path) -> Iterator[WordDocument]:
    """Open a Word file; what goes wrong with its content while it is read is the file's fault.

    Raises
    ------
    DataProblems
        It is no such file; the one problem says what to do.
    """
    content = office_file(path, WORD)
    try:
        # python-docx resolves no entity and fetches nothing; a document that declares any is not from Word.
        document = Document(io.BytesIO(content))
        if document.element.getroottree().docinfo.doctype:
            raise refused(
                path, f"Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen. {_AGAIN}"
            )
        yield document
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError, RecursionError):
        raise refused(path, f"Die Datei ist beschädigt oder kein Word-Dokument. {_AGAIN}") from None


def inside(element: Any, *wanted: str) -> Iterator[Any]:
    """Find elements of these names in whatever they are wrapped: a content control, a tracked change."""
    for child in element:
        if child.tag in map(qn, wanted):
            yield child
        elif name_of(child) not in ("del", "moveFrom", "Fallback", "sdtPr", "sectPr"):
            # What is gone when changes are accepted; what old programs take in the place of something newer beside it.
            yield from inside(child, *wanted)


def name_of(element: Any) -> str:
    """Give an element's name without that of its vocabulary."""
    return str(element.tag).rpartition("}")[2]


def notes_of(document: WordDocument) -> Iterator[tuple[Part, Any]]:
    """Give the footnotes and endnotes, each with the part that holds it."""
    for relation in [*document.part.rels.values()]:
        if relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            part = relation.target_part
            yield from ((part, note) for note in root_of(part) if note.get(qn("w:type")) is None)


def root_of(part: Any) -> Any:
    """Give what a part holds; python-docx reads only some of them."""
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def found_at(element: Any, *path: str) -> Any | None:
    """Find an element by its path."""
    return element.find("/".join(map(qn, path)))


def value(element: Any, *path: str) -> str:
    """Give the value of a property; empty where there is none."""
    found = found_at(element, *path)
    return "" if found is None else str(found.get(qn("w:val"), ""))


def is_on(element: Any, *path: str, default: bool = False) -> bool:
    """Tell whether a property is set; without a value it is."""
    found = found_at(element, *path)
    return default if found is None else found.get(qn("w:val")) not in ("0", "false", "off", "none")
