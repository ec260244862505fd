"""Joins the pages' HTML into one document whose ids and links stay apart and right."""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from konzept.words.hyphenation import SOFT_HYPHEN, hyphenated
from konzept.words.labels import MORE

SCHEME = "ik-seite:"
"""Stands before a page's name in links until the pages are joined."""


@dataclass(frozen=True)
class Page:
    """One page's HTML by its document name."""

    docname: str
    html: str
    part: str = ""
    """The part of the book that it belongs to."""
    section: str | None = None
    """The id of the section that alone is wanted; None for the whole page."""


@dataclass(frozen=True)
class Listed:
    """A line for the contents, or for the lists of figures and tables."""

    target: str
    number: str
    text: str


@dataclass(frozen=True)
class Part:
    """The pages of a part of the book, for the contents."""

    title: str
    headings: tuple[Listed, ...]


@dataclass(frozen=True)
class Annex:
    """A page that is no part of this paper, but of the whole concept."""

    target: str
    title: str
    pages: Mapping[str, int]
    """Where each target stands in the whole concept."""


@dataclass(frozen=True)
class Joined:
    """The pages in one piece, with what contents and lists need."""

    html: str
    parts: tuple[Part, ...]
    figures: tuple[Listed, ...]
    tables: tuple[Listed, ...]
    annexes: tuple[Annex, ...]
    """What the whole concept holds besides."""
    hints: tuple[str, ...]
    """What an author should know, though the paper could be made."""


def slug(docname: str) -> str:
    """Make a document's name fit for an id.

    Examples
    --------
    >>> slug("book/chapters/01-bildung")
    'book-chapters-01-bildung'
    """
    return re.sub(r"[^a-z0-9]+", "-", docname.lower()).strip("-")


def join(
    pages: Iterable[Page],
    known: Container[int],
    run_on: Container[str] = (),
    annex_behind: str = "",
    elsewhere: Sequence[Annex] = (),
    annexes: Container[str] = (),
) -> Joined:
    """Join pages in order.

    Parameters
    ----------
    pages
        The pages as the HTML writer gives them.
    known
        The characters that the book's fonts hold.
    run_on
        Parts of the book whose pages follow each other without a new sheet.
    annex_behind
        The page behind which the annex on the method of figures and tables stands; without it, at the end.
    elsewhere
        Pages that are no part of this paper: references name the annex and its page in the whole concept.
    annexes
        Parts of the book in smaller type.
    """
    soups = [(page, _cut(BeautifulSoup(page.html, "html.parser"), page.section)) for page in pages]
    # A field without measures has no section among them, and no empty sheet in its place.
    soups = [(page, soup) for page, soup in soups if page.section is None or soup.contents]
    # A measure's id is the same everywhere: links to it from outside last.
    lasting = {
        str(tag["id"])
        for _, soup in soups
        for tag in soup.select(".ik-steckbrief[id], .ik-steckbrief-zeile[id]")
    }
    hints: list[str] = []
    for page, soup in soups:
        _keep_apart(soup, slug(page.docname), lasting)
        _tall_last(soup)
        _foot_the_notes(soup)
        _soften(soup)
        hints += _spell_out(soup, page.docname, known)
    whole = [soup for _, soup in soups]
    figures = [_caption(f, "figcaption p") for soup in whole for f in soup.select("figure.ik-abb[id]")]
    tables = [_caption(t, "caption") for soup in whole for t in soup.select("table.ik-tab[id]")]
    numbers = {c.target: c.number for c in (*figures, *tables)}
    if told := _annex(whole, figures, tables):
        place = next((n for n, (page, _) in enumerate(soups, 1) if page.docname == annex_behind), len(soups))
        soups.insert(place, (Page(ANNEX, "", soups[place - 1][0].part), told))
        whole.append(told)
    targets = {str(tag["id"]) for soup in whole for tag in soup.find_all(id=True)}
    targets |= {slug(page.docname) for page, _ in soups}
    others = {annex.target: annex for annex in elsewhere}
    printed: list[str] = []
    headings: dict[str, list[Listed]] = {}
    for page, soup in soups:
        _say_where(soup, numbers, targets, others)
        _make_printable(soup)
        css = ["seite", *(["seite--anlage"] if page.part in annexes else [])]
        if page.section is None and (h1 := soup.select_one("h1")) is not None:
            number, text = _numbered(h1, ".section-number")
            css += ["kapitel"] if number else []
            css += ["seite--anschluss"] if page.part in run_on and page.part in headings else []
            headings.setdefault(page.part, []).append(Listed(slug(page.docname), number, text))
        printed.append(f'<section class="{" ".join(css)}" id="{slug(page.docname)}">{soup}</section>')
    parts = tuple(Part(title, tuple(found)) for title, found in headings.items())
    return Joined("\n".join(printed), parts, tuple(figures), tuple(tables), tuple(elsewhere), tuple(hints))


def _cut(soup: BeautifulSoup, section: str | None) -> BeautifulSoup:
    """Leave away what only a screen needs, and take one section out of the page."""
    for tag in soup.select("a.headerlink, script, .ik-falten"):
        tag.decompose()
    for register in soup.select(".ik-register"):
        _without_register(register)
    if section is None:
        return soup
    found = soup.find("section", id=section)
    if found is None:
        return BeautifulSoup("", "html.parser")
    notes = soup.select_one("section.ik-noten")
    cut = BeautifulSoup(f"{found}{notes or ''}", "html.parser")
    _only_called(cut)
    return cut


def _without_register(register: Tag) -> None:
    """Leave away lists that lead to measures: on paper these stand by field, as in the contents."""
    around = register.parent
    register.decompose()
    if around and around.name == "section" and all(t.name in ("h2", "h3") for t in around.find_all(True)):
        around.decompose()


def _only_called(soup: BeautifulSoup) -> None:
    """Leave of the notes those to which the marks of a part of the page lead."""
    called = {str(mark["href"]).removeprefix("#") for mark in soup.select("a.ik-beleg")}
    for item in soup.select("section.ik-noten li"):
        notes = item.select(".ik-note")
        if kept := [note for note in notes if note["id"] in called]:
            _keep(notes, kept)
        else:
            item.decompose()
    if (section := soup.select_one("section.ik-noten")) and not section.select("li"):
        section.decompose()


def _keep_apart(soup: BeautifulSoup, prefix: str, lasting: Container[str] = ()) -> None:
    for tag in soup.find_all(id=True):
        if tag["id"] not in lasting:
            tag["id"] = f"{prefix}--{tag['id']}"
    for link in soup.find_all("a", href=True):
        address, _, anchor = str(link["href"]).partition("#")
        if address and not address.startswith(SCHEME):
            continue
        page = slug(address.removeprefix(SCHEME)) if address else prefix
        target = anchor if anchor in lasting else "--".join(filter(None, (page, anchor)))
        link["href"] = f"#{target}"


def _keep(notes: list[Tag], kept: list[Tag]) -> None:
    """Leave out the other notes of a document; its name and a colon stand before them, semicolons between them."""
    for note in notes[1:]:
        if isinstance(between := note.previous_sibling, NavigableString):
            between.extract()
    for note in notes:
        if note not in kept:
            note.extract()
    for note in kept[1:]:
        note.insert_before("; ")


ANNEX = "methode"
"""The annex among the pages."""


def _annex(
    soups: Iterable[BeautifulSoup], figures: Iterable[Listed], tables: Iterable[Listed]
) -> BeautifulSoup | None:
    """Gather what is told of the method of figures and tables, in the order of their numbers.

    Neighbours of which the same is told stand together.
    """
    told: dict[str, str] = {}
    for soup in soups:
        for box in soup.select(".ik-methode"):
            # A figure holds its method, a table's follows it.
            owner = box.find_parent("figure", id=True) or box.find_previous("table", class_="ik-tab", id=True)
            told[str(owner["id"]) if isinstance(owner, Tag) else ""] = "".join(
                str(part) for part in box.select("p:not(.ik-methode__titel)")
            )
            box.extract()
    known = [caption for caption in (*figures, *tables) if caption.target in told]
    if not known:
        return None
    groups = itertools.groupby(known, key=lambda caption: told[caption.target])
    entries = "".join(_annex_entry(text, list(group)) for text, group in groups)
    title = "Zur Methode der Abbildungen und Tabellen"
    lead = "Erst stehen Definitionen und Einschränkungen, dann die Quellen mit allen Stellen."
    body = f"<h1>{title}</h1><p>{lead}</p><section>{entries}</section>"
    return BeautifulSoup(body, "html.parser")


def _annex_entry(text: str, captions: list[Listed]) -> str:
    links = ", ".join(
        f'<a href="#{html.escape(caption.target)}">{html.escape(caption.number)}</a>' for caption in captions
    )
    title = f" {html.escape(captions[0].text)}" if len(captions) == 1 else ""
    return f'<div class="ik-anhang"><p class="ik-anhang__kopf">{links}{title}</p>{text}</div>'


def _foot_the_notes(soup: BeautifulSoup) -> None:
    """Put each footnote where it is called; the style sheet floats it to the foot of that page."""
    for call in soup.select("a.footnote-reference"):
        note = soup.find(id=str(call["href"]).removeprefix("#"))
        if not isinstance(note, Tag):
            continue
        foot = soup.new_tag("span", attrs={"class": "ik-fussnote"})
        for n, part in enumerate(note.find_all("p")):
            content = BeautifulSoup(part.decode_contents(), "html.parser")
            foot.extend([" "] if n else [])
            foot.extend(list(content.children))
        call.replace_with(foot)
    for rest in soup.select("aside.footnote-list, aside.footnote, hr.footnotes"):
        rest.decompose()


def _spell_out(soup: BeautifulSoup, docname: str, known: Container[int]) -> list[str]:
    """Write characters that no font holds as their code, so that nothing is lost without a word."""
    found: dict[str, str] = {}
    for text in soup.find_all(string=True):
        if missing := _missing(text, known):
            heading = text.find_previous(["h1", "h2", "h3"])
            place = heading.get_text(" ", strip=True).removesuffix("#").strip() if heading else ""
            found |= {c: place for c in missing if c not in found}
            text.replace_with(NavigableString(_coded(text, missing)))
    for picture in soup.select("img.ik-druckbild[src]"):
        drawing = Path(unquote(urlsplit(str(picture["src"])).path)).read_text("utf-8")
        if missing := _missing(drawing, known):
            found |= {c: str(picture["alt"]) for c in missing if c not in found}
            picture["src"] = "data:image/svg+xml," + quote(_coded(drawing, missing))
    return [
        f"{docname}, bei „{place}“: Das Zeichen U+{ord(c):04X} ({unicodedata.name(c, 'ohne Namen')}) "
        "enthält keine Schrift des Buches; im PDF steht an seiner Stelle die Nummer."
        for c, place in found.items()
    ]


_LONG, _PIECE = 30, 20


def _soften(soup: BeautifulSoup) -> None:
    """Let the longest words of tables break, or one cell would push the table over the page's edge."""

    def softened(match: re.Match[str]) -> str:
        pieces = hyphenated(match[0]).split(SOFT_HYPHEN)
        # What has no syllables (an address, a code) breaks anywhere.
        return SOFT_HYPHEN.join(
            re.sub(rf"(.{{{_PIECE}}})(?=.)", "\\1\N{ZERO WIDTH SPACE}", piece) for piece in pieces
        )

    for text in soup.select("table.ik-tab :is(td, th)"):
        for part in text.find_all(string=re.compile(rf"\S{{{_LONG},}}")):
            part.replace_with(NavigableString(re.sub(rf"\S{{{_LONG},}}", softened, part)))


def _missing(text: str, known: Container[int]) -> set[str]:
    """Find characters that no font holds, but for those that only steer others and need no picture."""
    unseen = {
        c for c in {*text} if c in "\t\n\r" or unicodedata.category(c) == "Cf" or "\ufe00" <= c <= "\ufe0f"
    }
    return {c for c in {*text} - unseen if ord(c) not in known}


def _coded(text: str, missing: Container[str]) -> str:
    return "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in text)


def _say_where(
    soup: BeautifulSoup, numbers: Mapping[str, str], targets: Container[str], others: Mapping[str, Annex]
) -> None:
    """Add the page to references; what is not in print is no link but plain text, with the annex where that has a name."""
    for link in soup.find_all("a", href=re.compile("^#")):
        target = str(link["href"])[1:]
        if target not in targets:
            if annex := others.get(target.partition("--")[0]):
                _name_annex(link, annex, target)
            link.unwrap()
            continue
        shown = " ".join(link.get_text(" ").split()).replace("\N{NO-BREAK SPACE}", " ")
        by_number = shown == numbers.get(target, "").replace("\N{NO-BREAK SPACE}", " ")
        if by_number and link.find_parent("figcaption") is None:
            kind = "ik-wo--komma" if _closes(link) else "ik-wo--klammer"
        elif link.select_one("span.std-doc, span.std-ref"):
            kind = "ik-wo--komma" if _in_brackets(link) else "ik-wo--klammer"
        elif shown == MORE:
            # On paper the page alone says it.
            kind = "ik-wo--allein"
        else:
            continue
        where = soup.new_tag("span", attrs={"class": f"ik-wo {kind}", "data-href": f"#{target}"})
        link.insert_after(where)
        if shown == MORE:
            link.decompose()


def _name_annex(link: Tag, annex: Annex, target: str) -> None:
    """Say behind a reference to a figure, table or page in which annex it is, unless its own words do, and on which page."""
    if link.find_parent(["td", "th"]) or not link.select_one("span.std-numref, span.std-doc, span.std-ref"):
        return
    shown = " ".join(link.get_text(" ").split())
    page = annex.pages.get(target)
    parts = [
        None if shown == annex.title else f"Anlage „{annex.title}“",
        f"S.\N{NO-BREAK SPACE}{page} der Gesamtfassung" if page else None,
    ]
    if told := ", ".join(part for part in parts if part):
        link.insert_after(f", {told}" if _in_brackets(link) else f" ({told})")


def _closes(link: Tag) -> bool:
    """Tell whether a comma can stand after a reference: at an end, in brackets, in a table or list of terms."""
    after = link.next_sibling
    ends = after is None or (isinstance(after, str) and bool(re.match(r"\s*[.;:)]|\s*$", after)))
    return ends or _in_brackets(link) or link.find_parent(["td", "th", "dd"]) is not None


def _in_brackets(link: Tag) -> bool:
    before = "".join(str(part.get_text()) for part in reversed(list(link.previous_siblings)))
    return before.count("(") > before.count(")")


def _tall_last(soup: BeautifulSoup) -> None:
    """Move a figure as tall as a page behind the text and tables of its section, which fill the page before."""
    for figure in soup.select("figure:has(img.ik-druckbild--seite)"):
        after = [block for block in figure.find_next_siblings() if isinstance(block, Tag)]
        blocks = list(itertools.takewhile(lambda block: block.name not in ("section", "figure"), after))
        if blocks:
            blocks[-1].insert_after(figure.extract())


def _make_printable(soup: BeautifulSoup) -> None:
    for number in soup.select("h1 .section-number"):
        number.string = number.get_text(strip=True).rstrip(".") + " "
    # Roles are for rows that become blocks on a phone; in print a table is a table.
    for tag in soup.find_all(role=True):
        del tag["role"]
    # An icon whose text is only heard would lose it below: in print it stands without its link.
    for link in soup.select("a:has(.ik-nur-vorlesen)"):
        link.unwrap()
    # PDF/UA: a link holds its text directly.
    for link in soup.find_all("a"):
        for inner in link.find_all(["span", "em", "strong"]):
            inner.unwrap()
    for item in soup.select("li > p:first-child"):
        item.unwrap()


def _numbered(tag: Tag, selector: str) -> tuple[str, str]:
    number = tag.select_one(selector)
    text = tag.get_text(" ", strip=True)
    first = number.get_text(strip=True) if number else ""
    return first.rstrip("."), text.removeprefix(first).strip()


def _caption(tag: Tag, selector: str) -> Listed:
    line = tag.select_one(selector)
    number, text = _numbered(line, ".caption-number") if line else ("", "")
    return Listed(str(tag["id"]), number, text)
