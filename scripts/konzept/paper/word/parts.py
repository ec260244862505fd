"""What a Word document is made of, as elements: paragraphs, runs, fields, links, bookmarks, content controls, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

STRONG, EMPHASIS, LITERAL, RAISED, LOWERED, LINK, BREAKING = "b", "i", "c", "^", "_", "l", "-"
"""What a run of text can be; at last: it says itself where its words may break."""
_LOOKS = {LINK: "Hyperlink", STRONG: "Strong", EMPHASIS: "Emphasis"}
"""The style of words, by the first that they are."""
_PLACES = {RAISED: "superscript", LOWERED: "subscript"}
_SIGNS = {"\t": "tab", "\n": "br", "\N{SOFT HYPHEN}": "softHyphen"}
WIDE, HIGH = Cm(16), Cm(19)
"""So much room a picture has."""
MANY = 6
"""From more columns on they are narrow."""

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_KIND = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def element(tag: str, *children: Any, **values: object) -> Any:
    """Make an element of Word's own vocabulary, with attributes of it; children that are None are none."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def paragraph(style: str, *, keep: bool = False, number: int | None = None, right: bool = False) -> Any:
    """Begin a paragraph in a style, by the style's id."""
    counted = None
    if number is not None:
        counted = element("numPr", element("ilvl", val=0), element("numId", val=number))
    about = element(
        "pPr",
        element("pStyle", val=style),
        element("keepNext") if keep else None,
        counted,
        element("jc", val="right") if right else None,
    )
    return element("p", about)


def text(into: Any, content: str, form: str = "") -> None:
    """Add a run of text; Word finds by itself where words break, but for narrow columns."""
    content = content if BREAKING in form else content.replace("\N{SOFT HYPHEN}", "")
    if not content:
        return
    style = next((name for mark, name in _LOOKS.items() if mark in form), "")
    place = next((name for mark, name in _PLACES.items() if mark in form), "")
    about = element(
        "rPr",
        element("rStyle", val=style) if style else None,
        element("rFonts", ascii="Consolas", hAnsi="Consolas", cs="Consolas") if LITERAL in form else None,
        element("b") if STRONG in form else None,
        element("i") if EMPHASIS in form else None,
        element("vertAlign", val=place) if place else None,
    )
    run = element("r", about if len(about) else None)
    for piece in re.split(r"([\t\n\u00ad])", content):
        if piece in _SIGNS:
            run.append(element(_SIGNS[piece]))
            continue
        written = element("t")
        written.text = piece
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(written)
    into.append(run)


def field(into: Any, instruction: str, shown: str) -> None:
    """Add a field, with what it shows until Word counts anew."""
    begin, separate, end = (
        element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    told = element("instrText")
    told.text = f" {instruction} "
    into.extend((begin, element("r", told), separate))
    text(into, shown)
    into.append(end)


def within(into: Any, anchor: str) -> Any:
    """Add a link to a bookmark of the document, to be filled."""
    link = element("hyperlink", anchor=anchor, history=1)
    into.append(link)
    return link


def outside(into: Any, part: Part, address: str) -> Any:
    """Add a link to an address, to be filled; the part that holds it holds the address, too."""
    link = element("hyperlink", history=1)
    link.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    into.append(link)
    return link


def restarted(document: Document, style: str) -> int:
    """Begin the numbers of a style anew, for one list."""
    about = document.styles[style].element.pPr.numPr.numId
    numbering = document.part.numbering_part.element
    (used,) = numbering.xpath(f"w:num[@w:numId='{about.val}']/w:abstractNumId/@w:val")
    number = numbering.add_num(int(used))
    number.add_lvlOverride(0).add_startOverride(1)
    return int(number.numId)


class Bookmarks:
    """Gives bookmarks their numbers."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def around(self, block: Any, name: str) -> None:
        """Mark all of a paragraph."""
        start, end = self._pair(name)
        block.insert(1 if block.find(qn("w:pPr")) is not None else 0, start)
        block.append(end)

    def here(self, into: Any, name: str) -> None:
        """Mark a place."""
        if name not in self.names:
            into.extend(self._pair(name))

    def _pair(self, name: str) -> tuple[Any, Any]:
        number = len(self.names) + 1
        self.names.add(name)
        return element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)


def control(into: Any, origin: str, told: str, number: int, *, inline: bool = False) -> Any:
    """Add a content control that tells where its content comes from; it locks nothing."""
    # As a building block: LibreOffice spoils the first paragraph of any other control around paragraphs.
    gallery = element("docPartGallery", val="Quick Parts")
    about = element(
        "sdtPr",
        element("alias", val=told[:64]),
        element("tag", val=origin[-64:]),
        element("id", val=number),
        None if inline else element("docPartObj", gallery, element("docPartUnique")),
    )
    content = element("sdtContent")
    into.append(element("sdt", about, content))
    return content


def table(style: str, widths: Sequence[float]) -> Any:
    """Begin a table with columns of these shares of the line."""
    line = 9070  # twentieths of a point: 16 cm
    margins = (element(side, w=30, type="dxa") for side in ("left", "right"))
    about = element(
        "tblPr",
        element("tblStyle", val=style),
        element("tblW", w=5000, type="pct"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins) if len(widths) > MANY else None,
        element("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, noHBand=1, noVBand=1),
    )
    grid = element("tblGrid", *(element("gridCol", w=round(line * share / 100)) for share in widths))
    return element("tbl", about, grid)


def row(*, head: bool) -> Any:
    """Begin a row; those of the head are repeated on each page."""
    return element("tr", element("trPr", element("cantSplit"), element("tblHeader") if head else None))


def cell(span: int, width: float, *, shaded: bool) -> Any:
    """Begin a cell over so many columns."""
    about = element(
        "tcPr",
        element("tcW", w=round(50 * width), type="pct"),
        element("gridSpan", val=span) if span > 1 else None,
        element("shd", val="clear", color="auto", fill="F0F2F5") if shaded else None,
    )
    return element("tc", about)


def picture(document: Document, png: Path, svg: Path | None, told: str, number: int) -> Any:
    """Make a run with a picture: Word shows the drawing, other programs its picture in points."""
    _, image = document.part.get_or_add_image(str(png))
    share = min(1.0, WIDE / image.width, HIGH / image.height)
    inline = document.part.new_pic_inline(str(png), round(image.width * share), round(image.height * share))
    inline.docPr.set("id", str(number))
    for about in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        about.set("name", f"Abbildung {number}")
        about.set("descr", told)
    if svg is not None:
        part = Part(
            PackURI(f"/word/media/zeichnung{number}.svg"),
            "image/svg+xml",
            svg.read_bytes(),
            document.part.package,
        )
        key = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        (blip,) = inline.iter(qn("a:blip"))
        blip.append(
            parse_xml(
                f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{_SVG_KIND}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
                f'{nsdecls("r")} r:embed="{key}"/></a:ext></a:extLst>'
            )
        )
    return element("r", element("drawing", inline))


class Footnotes:
    """The part of a document that python-docx does not know."""

    def __init__(self, document: Document) -> None:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, key, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        self.root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{separators}</w:footnotes>")
        self.part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self.root, document.part.package
        )
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)

    def called(self, into: Any) -> int:
        """Put the mark of a new footnote into a text."""
        number = len(self.root) - 1
        about = element("rPr", element("rStyle", val="FootnoteReference"))
        into.append(element("r", about, element("footnoteReference", id=number)))
        self.root.append(element("footnote", id=number))
        return number

    def paragraph(self, *, first: bool) -> Any:
        """Begin a paragraph of the newest footnote."""
        made = paragraph("FootnoteText")
        if first:
            about = element("rPr", element("rStyle", val="FootnoteReference"))
            made.append(element("r", about, element("footnoteRef")))
            text(made, " ")
        self.root[-1].append(made)
        return made
