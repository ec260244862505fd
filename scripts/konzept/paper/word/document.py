"""Pages → the bytes of a Word document that takes its original along."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from konzept.authors.word.original import NAMESPACE, Entry, Original
from konzept.authors.word.reading import Found, read_blocks
from konzept.authors.word.source import Block, shown_markup
from konzept.paper.word import styles
from konzept.paper.word.writer import Page, Picture, Writer

_DAY = (1980, 1, 1, 0, 0, 0)
"""Of all that is packed: no clock decides about the bytes."""


@dataclass(frozen=True)
class Head:
    """What a document says of itself."""

    town: str
    title: str
    top: str
    """Stands at the head of each page."""
    foot: str
    speaker: str
    day: dt.date
    """The day of its data."""


def word_document(head: Head, pages: Sequence[Page], picture: Picture) -> bytes:
    """Write pages as one Word document.

    Parameters
    ----------
    head
        What it says of itself.
    pages
        The pages in their order.
    picture
        Finds the PNG and the SVG of a chart or an image.
    """
    document = styles.new(head.title, head.top, head.foot, head.speaker, head.day)
    writer = Writer(document, picture)
    for page in pages:
        writer.page(page)
    writer.finish()
    # Read as an import will read it: what differs then has been changed.
    entries = _entries(read_blocks(document), writer.written)
    files = tuple(page.file for page in pages)
    _take_along(document, Original(head.town, head.title, head.day.isoformat(), files, entries))
    return _packed(document)


def _entries(blocks: Sequence[Found], written: Mapping[str, tuple[Entry, Block | None]]) -> tuple[Entry, ...]:
    """Note each block as an import will find it."""
    found = []
    for block in blocks:
        mark = next((mark for mark in block.marks if mark in written), None)
        if mark is None:
            continue
        about, source = written[mark]
        entry = replace(about, text=block.text, leads=block.leads(), before="")
        letters = block.chars[len(about.before) if block.text.startswith(about.before) else 0 :]
        if source is not None and (shown := shown_markup(source, letters)) is not None:
            entry = replace(
                entry,
                kind=source.kind,
                level=source.level,
                source=source.source,
                shown=tuple(shown),
                before=about.before,
            )
        found.append(entry)
    return tuple(found)


def _take_along(document: Document, original: Original) -> None:
    """Put the original into a part of its own, as Office keeps the data of other programs."""
    text = f'<original xmlns="{NAMESPACE}">{escape(original.written())}</original>'
    package = document.part.package
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", text.encode(), package)
    key = "{6B4F0A5E-5A0B-4C55-9D7D-6B6F6E7A6570}"
    about = (
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{key}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = Part(PackURI("/customXml/itemProps9.xml"), kind, about.encode(), package)
    part.relate_to(properties, f"{RELATIONSHIP_TYPE.CUSTOM_XML}Props")
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _packed(document: Document) -> bytes:
    """Pack a document so that its bytes depend on its content alone."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
