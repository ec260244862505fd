"""Writes pages' doctrees as one Word document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from docx.document import Document
from docx.oxml.ns import qn
from sphinx import addnodes

from konzept.authors.word.original import MARK, Entry, digest_of
from konzept.authors.word.source import Block, blocks
from konzept.paper.joining import SCHEME
from konzept.paper.word import parts
from konzept.paper.word.parts import BREAKING, EMPHASIS, LINK, LITERAL, LOWERED, RAISED, STRONG
from konzept.site import nodes as ik

_INLINE_TAGS = ("a", "span", "i", "em", "strong", "sup", "small")
_STYLES = {
    "ik-vorspann": "Vorspann",
    "ik-befund": "Befund",
    "ik-abb__unter": "Unterzeile",
    "ik-quelle": "Hinweis klein",
    "ik-anmerkung": "Hinweis klein",
    "ik-lesehilfe": "Hinweis klein",
    "ik-leise": "Hinweis klein",
    "ik-methode__text": "Hinweis klein",
}
"""How paragraphs of a class are set."""
_LEFT_OUT = {"ik-falten", "ik-register", "ik-daten", "ik-werkstatt", "ik-legende", "toctree-wrapper"}
"""What is for a screen only, as on paper."""
_BOXES = {"ik-hinweis", "admonition", "note", "warning", "tip", "important", "caution", "attention", "hint"}
_SILENT = (
    *(nodes.comment, nodes.target, nodes.raw, nodes.substitution_definition, nodes.system_message),
    *(
        nodes.transition,
        addnodes.index,
        addnodes.toctree,
        ik.explorer_material,
        ik.measure_bar,
        ik.status_icon,
    ),
)


@dataclass
class Page:
    """A page to be written: its source and its tree."""

    docname: str
    file: str
    text: str
    tree: nodes.document
    number: str = ""
    """Of its chapter."""
    figures: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict)


Picture = Callable[[nodes.Element], tuple[Path | None, Path | None]]


class Writer:
    """Writes pages one after another.

    Parameters
    ----------
    document
        Where they are written.
    picture
        Finds the PNG and the SVG of a chart or an image.
    """

    def __init__(self, document: Document, picture: Picture) -> None:
        self.written: dict[str, tuple[Entry, Block | None]] = {}
        self._document, self._picture_of = document, picture
        self._body = document.element.body
        # What is told of the page's form stands last.
        self._end = self._body.find(qn("w:sectPr"))
        self._bookmarks, self._footnotes = parts.Bookmarks(), parts.Footnotes(document)
        self._origin: Block | None = None
        self._into: Any = None
        self._targets: list[str] = []
        self._pages, self._numbers = 0, count(1)
        self._page: Page
        self._sources: list[Block] = []
        self._notes: dict[str, nodes.footnote] = {}

    def page(self, page: Page) -> None:
        """Write a page."""
        self._page, self._sources = page, blocks(page.text)
        self._notes = {key: note for note in page.tree.findall(nodes.footnote) for key in note["ids"]}
        self._targets.append(_target(page.docname, ""))
        self._origin = self._into = None
        self._blocks(page.tree.children, 0)
        self._pages += 1

    def finish(self) -> None:
        """Let links to what is not in the document be plain text."""
        links = (root.iter(qn("w:hyperlink")) for root in (self._body, self._footnotes.root))
        for link in [*chain.from_iterable(links)]:
            anchor = link.get(qn("w:anchor"))
            if anchor and anchor not in self._bookmarks.names:
                for look in [*link.iter(qn("w:rStyle"))]:
                    # What leads nowhere shall not look like a link.
                    look.getparent().remove(look)
                for child in list(link):
                    link.addprevious(child)
                link.getparent().remove(link)

    # Blocks

    def _blocks(self, children: Iterable[nodes.Node], level: int, style: str = "") -> None:
        found: Any
        for is_inline, found in groupby(children, key=_is_inline):
            run = [*found]
            if is_inline and any(node.astext().strip() for node in run):
                # What stands among blocks becomes a paragraph.
                self._paragraph(run[0].parent, run, style)
            for child in () if is_inline else run:
                shown = _LEFT_OUT.isdisjoint(child.get("classes", ()))
                if shown and not isinstance(child, (*_SILENT, nodes.footnote)):
                    self._block(child, level, style)

    def _block(self, node: Any, level: int, style: str) -> None:
        self._targets += [_target(self._page.docname, key) for key in node.get("ids", ())]
        match node:
            case nodes.section():
                self._blocks(node.children, level + 1, style)
            case nodes.title():
                self._title(node, level)
            case nodes.paragraph() | nodes.attribution():
                found = next((_STYLES[name] for name in node["classes"] if name in _STYLES), style)
                self._paragraph(node, node.children, found)
            case nodes.term() | nodes.rubric():
                self._paragraph(node, node.children, "Befund")
            case nodes.bullet_list() | nodes.enumerated_list():
                self._list(node, level)
            case nodes.table():
                self._table(node)
            case ik.concept_figure():
                self._figure(node, level)
            case nodes.figure() | nodes.image():
                self._image(node, level)
            case ik.told_sources():
                made = self._begin(node, "Hinweis klein", "Absatz", None)
                parts.text(made, f"Fundstelle: {node['short']}")
            case nodes.FixedTextElement():
                parts.text(self._begin(node, "Quelltext", "Absatz", None), node.astext())
            case ik.markup():
                self._markup(node, level, style)
            case _:
                outer = "Quote" if isinstance(node, nodes.block_quote) else style
                self._blocks(node.children, level, "Kasten" if _is_box(node) else outer)

    def _title(self, node: Any, level: int) -> None:
        if not isinstance(node.parent, nodes.section):
            self._paragraph(node, node.children, "Befund")
            return
        before = f"{self._page.number}\N{EN SPACE}" if level == 1 and self._page.number else ""
        style = f"Heading {min(level, 6)}"
        made = self._begin(node, style, "Überschrift", self._source_of(node), before=before)
        parts.text(made, before)
        self._inline(made, node.children)

    def _markup(self, node: Any, level: int, style: str) -> None:
        """Set an element of the page; a term stands before what is said of it."""
        if "ik-methode__titel" in node["classes"]:
            return
        if [child.get("tag") for child in node.children if isinstance(child, ik.markup)] == ["dt", "dd"]:
            term, about = node.children
            said = [part for part in about.children if isinstance(part, nodes.paragraph)]
            first = said[0].children if said else about.children
            self._paragraph(node, [nodes.strong("", "", *term.children), nodes.Text(": "), *first], style)
            self._blocks(about.children[1:] if said else (), level, style)
        else:
            self._blocks(node.children, level, _set_as(node, style))

    def _list(self, node: Any, level: int) -> None:
        depth = 1 + sum(isinstance(n, (nodes.bullet_list, nodes.enumerated_list)) for n in _around(node))
        kind = "List Number" if isinstance(node, nodes.enumerated_list) else "List Bullet"
        style = kind if depth == 1 else f"{kind} {min(depth, 3)}"
        number = parts.restarted(self._document, style) if kind == "List Number" else None
        for item in node.children:
            for n, child in enumerate(item.children):
                if isinstance(child, nodes.paragraph):
                    first = n == 0
                    self._paragraph(
                        child, child.children, style if first else "List Continue", number if first else None
                    )
                else:
                    self._block(child, level, "")

    def _table(self, node: Any) -> None:
        title = next((c for c in node.children if isinstance(c, nodes.title)), None)
        if title is not None:
            self._caption(node, title, "table")
        group = next(node.findall(nodes.tgroup))
        rows: list[Any] = [row for part in group.children for row in part.children]
        heads = [row for row in rows if isinstance(row.parent, nodes.thead)]
        widths = _widths(heads, int(group["cols"]))
        table = parts.table(self._style("Tabelle"), widths)
        matrix = "ik-tab--matrix" in node["classes"]
        for row in rows:
            line = parts.row(head=row in heads)
            style = "Tabellenkopf" if row in heads else "Tabellentext"
            column = 0
            for entry in row.children:
                span = int(entry.get("span", 1 + entry.get("morecols", 0)))
                across = sum(widths[column : column + span])
                cell = parts.cell(span, across, shaded="ik-gruppe" in row["classes"])
                self._cell(cell, entry, style, matrix=matrix)
                line.append(cell)
                column += span
            table.append(line)
        self._enter(node)
        self._put(table)
        self._register(next(table.iter(qn("w:p"))), node, "Tabelle", None)
        self._put(parts.paragraph(self._style("Abstand")))

    def _cell(self, cell: Any, entry: Any, style: str, *, matrix: bool) -> None:
        row = entry.parent
        ids = [*entry["ids"], *(row["ids"] if row.index(entry) == 0 else ())]
        self._targets += [_target(self._page.docname, key) for key in ids]
        right, group = "ik-zahl" in entry["classes"], "ik-gruppe" in row["classes"]
        for n, part in enumerate([*entry.findall(nodes.paragraph)] or [entry]):
            if not (n and matrix):
                # The heading of a group goes with its first row.
                inner = parts.paragraph(self._style(style), keep=group, right=right)
                cell.append(inner)
                self._open_targets(inner)
            else:
                # A sign for each thing that is counted: beside one another, as on the page.
                parts.text(inner, " ")
            self._inline(inner, part.children, BREAKING if style == "Tabellenkopf" else "")

    def _figure(self, node: Any, level: int) -> None:
        caption = next(c for c in node.children if isinstance(c, nodes.caption))
        for child in node.children:
            match child:
                case ik.chart():
                    self._picture(child, str(child["alt"]))
                    self._caption(node, caption, "figure")
                case ik.figure_foot():
                    self._blocks(child.children, level)
                case _ if child is not caption:
                    self._block(child, level, "")

    def _image(self, node: Any, level: int) -> None:
        image = next(node.findall(nodes.image))
        self._picture(image, str(image.get("alt") or ""))
        for child in node.children:
            if isinstance(child, nodes.caption):
                self._caption(node, child, "figure")
            elif isinstance(child, nodes.legend):
                self._blocks(child.children, level, "Hinweis klein")

    def _picture(self, node: Any, told: str) -> None:
        png, svg = self._picture_of(node)
        made = self._begin(node, "Bild", "Abbildung", None)
        if png is None:
            parts.text(made, f"[Abbildung: {told}]")
        else:
            made.append(parts.picture(self._document, png, svg, told, next(self._numbers)))

    def _caption(self, owner: Any, title: Any, kind: str) -> None:
        """Set a caption with the number that it has in the book; Word counts on from it."""
        table = kind == "table"
        made = self._begin(title, "Caption", "Tabelle" if table else "Abbildung", None, keep=table)
        numbers = self._page.figures.get(kind, {})
        if number := next((numbers[key] for key in owner["ids"] if key in numbers), None):
            short, name = ("Tab.", "Tabelle") if table else ("Abb.", "Abbildung")
            parts.text(made, f"{short}\N{NO-BREAK SPACE}" + "".join(f"{n}." for n in number[:-1]))
            parts.field(made, f"SEQ {name} \\* ARABIC \\r {number[-1]}", str(number[-1]))
            parts.text(made, "\N{EN SPACE}")
        self._inline(made, title.children)

    # Paragraphs

    def _paragraph(
        self, node: Any, children: Sequence[nodes.Node], style: str, number: int | None = None
    ) -> None:
        self._inline(
            self._begin(node, style or "Body Text", "Absatz", self._source_of(node), number), children
        )

    def _begin(
        self,
        node: Any,
        style: str,
        what: str,
        source: Block | None,
        number: int | None = None,
        *,
        keep: bool = False,
        before: str = "",
    ) -> Any:
        """Begin a paragraph at the end of the document."""
        made = parts.paragraph(self._style(style), keep=keep, number=number)
        self._enter(node)
        self._put(made)
        self._register(made, node, what, source, before)
        self._open_targets(made)
        return made

    def _style(self, name: str) -> str:
        return str(self._document.styles[name].style_id)

    def _source_of(self, node: Any) -> Block | None:
        """Find the block of the source in whose line a node stands; the notes at a page's end stand in none."""
        around = [node, *_around(node)]
        line = next((n.line for n in around if getattr(n, "line", None)), None)
        if line is None or any("ik-noten" in n.get("classes", ()) for n in around):
            return None
        found = [block for block in self._sources if block.first < line]
        return found[-1] if found else None

    def _register(self, element: Any, node: Any, what: str, source: Block | None, before: str = "") -> None:
        """Mark a block with its place in the source, and note the block of the source if it may be one."""
        origin = source or self._source_of(node)
        line = origin.first + 1 if origin else 0
        digest = digest_of(origin.source if origin else what)
        mark = f"{MARK}{len(self.written):05d}_{self._pages:02d}_{line:05d}_{digest}"
        self._bookmarks.around(element, mark)
        prose = source if source is not None and source.kind != "fixed" else None
        self.written[mark] = Entry(mark, self._pages, line, what, "", before=before), prose

    def _enter(self, node: Any) -> None:
        """Begin a content control where content begins that comes from a cell or directive, and end it behind."""
        origin = self._source_of(node)
        fixed = origin if origin is None or origin.kind == "fixed" else None
        if fixed is self._origin:
            return
        self._origin, self._into = fixed, None
        if fixed is not None:
            place = f"{self._page.file}:{fixed.first + 1}"
            holder = parts.element("body")
            self._into = parts.control(holder, place, f"Aus den Daten: {place}", next(self._numbers))
            self._end.addprevious(holder[0])

    def _put(self, element: Any) -> None:
        if self._into is not None:
            self._into.append(element)
        else:
            self._end.addprevious(element)

    def _open_targets(self, made: Any) -> None:
        for name in self._targets:
            self._bookmarks.here(made, name)
        self._targets.clear()

    # Inline

    def _inline(self, into: Any, children: Iterable[nodes.Node], form: str = "") -> None:
        before: nodes.Node | None = None
        for child in children:
            # The blank behind an icon goes with it.
            if not (isinstance(before, ik.status_icon) and child.astext() == " "):
                self._run(into, child, form)
            before = child

    def _run(self, into: Any, node: Any, form: str) -> None:
        for key in () if isinstance(node, nodes.Text) else node.get("ids", ()):
            self._bookmarks.here(into, _target(self._page.docname, key))
        match node:
            case nodes.Text():
                parts.text(into, node.astext().replace("\n", " "), form)
            case ik.source_marks():
                self._marks(into, node, form)
            case nodes.footnote_reference():
                self._footnote(into, node)
            case nodes.image():
                parts.text(into, f"[Abbildung: {node.get('alt', '')}]", form)
            case nodes.Element() if "ik-nur-vorlesen" in node.get("classes", ()):
                # Where a page shows an icon alone there is no room for its word; the table's head says what it stands for.
                parts.text(into, "\N{BLACK SQUARE}", form)
            case nodes.Element() if not isinstance(node, _SILENT):
                self._set(into, node, form)

    def _set(self, into: Any, node: Any, form: str) -> None:
        """Set what stands in an element of a text, with what the element makes of it."""
        form += next((mark for kind, mark in _FORMS.items() if isinstance(node, kind)), "")
        form += STRONG if "ik-note__nr" in node.get("classes", ()) else ""
        inner = into
        if "pasted-text" in node.get("classes", ()):
            origin = f"{self._page.file} (Zahl aus den Daten)"
            inner = parts.control(into, origin, "Zahl aus den Daten", next(self._numbers), inline=True)
        elif isinstance(node, nodes.reference):
            inner = self._link(into, node)
            form += LINK if inner is not into else ""
        self._inline(inner, node.children, form)

    def _marks(self, into: Any, node: Any, form: str) -> None:
        for n, mark in enumerate(node["marks"]):
            parts.text(into, ",\N{NARROW NO-BREAK SPACE}" if n else "", form + RAISED)
            link = parts.within(into, _target(self._page.docname, f"beleg-{mark['number']}"))
            parts.text(link, str(mark["number"]), form + RAISED)

    def _link(self, into: Any, node: Any) -> Any:
        if node.get("refid"):
            return parts.within(into, _target(self._page.docname, node["refid"]))
        address = str(node.get("refuri", ""))
        if address.startswith(SCHEME):
            docname, _, key = address.removeprefix(SCHEME).partition("#")
            return parts.within(into, _target(docname, key))
        if address.startswith(("http://", "https://", "mailto:")):
            in_note = into.getroottree().getroot() is self._footnotes.root
            return parts.outside(into, self._footnotes.part if in_note else self._document.part, address)
        return into

    def _footnote(self, into: Any, node: Any) -> None:
        note = self._notes.get(node.get("refid", ""))
        if note is None:
            parts.text(into, node.astext(), RAISED)
            return
        self._footnotes.called(into)
        for n, child in enumerate(c for c in note.children if isinstance(c, nodes.paragraph)):
            made = self._footnotes.paragraph(first=n == 0)
            self._register(made, child, "Fußnote", self._source_of(child))
            self._inline(made, child.children)


_FORMS = {
    nodes.strong: STRONG,
    nodes.emphasis: EMPHASIS,
    nodes.literal: LITERAL,
    nodes.superscript: RAISED,
    nodes.subscript: LOWERED,
}


def _is_box(node: nodes.Element) -> bool:
    return not _BOXES.isdisjoint(node["classes"])


def _set_as(node: ik.markup, style: str) -> str:
    """Name the style of what an element of the page holds."""
    if _is_box(node):
        return "Kasten"
    if node["tag"] in ("h3", "h4", "summary", "dt"):
        return "Befund"
    return "Eckdaten" if node["tag"] == "dl" else style


def _is_inline(node: nodes.Node) -> bool:
    if isinstance(node, ik.markup):
        return node["tag"] in _INLINE_TAGS
    return isinstance(node, (nodes.Text, nodes.Inline)) and not isinstance(node, nodes.image)


def _target(docname: str, key: str) -> str:
    """Name a bookmark for a place that links lead to; Word takes few characters."""
    return "z" + hashlib.sha256(f"{docname}#{key}".encode()).hexdigest()[:20]


def _around(node: Any) -> Iterator[Any]:
    while (node := getattr(node, "parent", None)) is not None:
        yield node


def _widths(heads: Sequence[Any], columns: int) -> list[float]:
    """Read the shares that the columns' heads ask for; without them all are alike."""
    classes = [" ".join(entry["classes"]) for entry in heads[-1].children] if heads else []
    asked = [float(share[1]) if (share := re.search(r"\bik-b(\d+)\b", names)) else 0.0 for names in classes]
    if len(asked) != columns or not any(asked):
        # The first column names the rows.
        first = 3 if columns > parts.MANY else 2
        rest = 100 / (columns - 1 + first)
        return [first * rest, *[rest] * (columns - 1)] if columns > 1 else [100.0]
    rest = max(100 - sum(asked), 0.0) / max(sum(not a for a in asked), 1)
    return [a or rest for a in asked]
