"""How a Word document looks: a few real styles, so that an office can set its own in their place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from konzept.paper.word.parts import element, field, text

FONT = "Calibri"
_DARK, _GREY = RGBColor(0x1F, 0x2A, 0x3A), RGBColor(0x55, 0x5F, 0x6D)
_SIZES = {1: 20, 2: 15, 3: 12.5, 4: 11, 5: 11, 6: 11}


def new(title: str, notice: str, about: str, author: str, day: dt.date) -> Document:
    """Make an empty document in German.

    Parameters
    ----------
    title
        Of the document.
    notice
        What stands at the head of each page.
    about
        What stands at the foot of each page.
    author
        Who speaks.
    day
        The day that it counts as written: no clock decides about the bytes.
    """
    document = docx.Document()
    _fonts(document)
    _headings(document)
    _own(document)
    _table(document)
    _less(document)
    _section(document, notice, about)
    when = dt.datetime.combine(day, dt.time())
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.language = title, author, author, "de-DE"
    core.comments, core.keywords, core.subject = "", "", ""
    core.created = core.modified = when
    core.revision = 1
    return document


def _fonts(document: Document) -> None:
    styles = document.styles.element
    defaults = styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "de-DE")
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(10.5), FONT
    for fonts in styles.iter(qn("w:rFonts")):
        # The template's theme would go before the name of a font.
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]
        fonts.set(qn("w:ascii"), FONT)
        fonts.set(qn("w:hAnsi"), FONT)
    body = document.styles["Body Text"].paragraph_format
    body.space_after, body.line_spacing, body.widow_control = Pt(7), 1.15, True
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:defaultTabStop")).addnext(element("autoHyphenation"))
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "de-DE")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _headings(document: Document) -> None:
    for level, size in _SIZES.items():
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = _DARK
        style.paragraph_format.space_before = Pt(18 if level < 3 else 12)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    title = document.styles["Title"]
    title.font.size, title.font.color.rgb = Pt(26), _DARK
    caption = document.styles["Caption"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(9.5), True, _DARK
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(4)


def _own(document: Document) -> None:
    """Add what the book has and Word has no name for."""
    _add(document, "Hinweis klein", 9, after=4, colour=_GREY)
    _add(document, "Unterzeile", 9, after=4, colour=_GREY, keep=True)
    _add(document, "Vorspann", 12, after=10, colour=_DARK)
    _add(document, "Befund", 11, after=3, bold=True, keep=True)
    _add(document, "Bild", 10.5, after=0, keep=True)
    box = _add(document, "Kasten", 10.5, after=4)
    box.paragraph_format.left_indent = Cm(0.4)
    # Word wants an order: borders before distances.
    box.element.get_or_add_pPr().insert(
        0, element("pBdr", element("left", val="single", sz=18, space=8, color="6B7A90"))
    )
    facts = _add(document, "Eckdaten", 10.5, after=7)
    facts.element.get_or_add_pPr().append(element("contextualSpacing"))
    _add(document, "Tabellentext", 9.5, after=2)
    _add(document, "Tabellenkopf", 9.5, after=2, bold=True)
    _add(document, "Abstand", 4, after=2)
    _add(document, "Quelltext", 9, after=6).font.name = "Consolas"
    _add(document, "footnote text", 9, after=2).element.set(qn("w:styleId"), "FootnoteText")
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor(0x0B, 0x4F, 0x8A)


def _add(
    document: Document,
    name: str,
    size: float,
    *,
    after: float,
    colour: RGBColor | None = None,
    bold: bool | None = None,
    keep: bool | None = None,
) -> Any:
    """Add a style; one that keeps stands on the page of what follows."""
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
    style.paragraph_format.space_after, style.paragraph_format.keep_with_next = Pt(after), keep
    style.quick_style = True
    return style


def _table(document: Document) -> None:
    """Lines between rows, and a head that stands out without colour."""
    style = document.styles.add_style("Tabelle", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    line = {"val": "single", "sz": 4, "space": 0, "color": "B8C0CC"}
    borders = element("tblBorders", *(element(side, **line) for side in ("top", "bottom", "insideH")))
    sides = (("top", 40), ("left", 80), ("bottom", 40), ("right", 80))
    margins = element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides))
    style.element.append(element("tblPr", borders, margins))
    shade = element("tcPr", element("shd", val="clear", color="auto", fill="E3E8EF"))
    style.element.append(element("tblStylePr", shade, type="firstRow"))


def _less(document: Document) -> None:
    """Leave away the template's coloured tables, which would fill an office's list of styles."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid", "Tabelle"):
            style.delete()


def _section(document: Document, notice: str, about: str) -> None:
    section = document.sections[0]
    # Footnotes by letters, because the marks of sources are numbers.
    notes = element("footnotePr", element("numFmt", val="lowerLetter"))
    document.element.body.find(f"{qn('w:sectPr')}/{qn('w:pgSz')}").addprevious(notes)
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    (head,), (foot,) = section.header.paragraphs, section.footer.paragraphs
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    head.style = foot.style = document.styles["Hinweis klein"]
    head.text = notice
    line = section.footer.part.element.find(qn("w:p"))
    text(line, f"{about}\tSeite ")
    field(line, "PAGE", "1")
    text(line, " von ")
    field(line, "NUMPAGES", "1")
