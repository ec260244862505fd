"""What the search of the site finds: an entry for each place that has an address of its own.

Taken from the finished pages, so what readers see is what they find: sections, measures, indicators, figures, tables
and their rows, terms.  The words are compared in the browser (`assets/search`, on MiniSearch and Snowball).
Sphinx's own search, which knows whole pages only, is switched off.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder

from konzept.data.files import write_changed
from konzept.data.reading import read_folder
from konzept.home import ASSETS, NODE_MODULES
from konzept.site.check import data_folder, package
from konzept.site.languages import PAGES, listed

PAGE = "search"
_LIBRARY = NODE_MODULES / "minisearch/dist/umd/index.js"
_LICENCE = NODE_MODULES / "minisearch/LICENSE.txt"
_OWN = [ASSETS / "search" / name for name in ("language.js", "meaning.js", "search.js")]
EVERYDAY = ASSETS / "search/everyday-words.csv"
"""How people call what towns and their offices call otherwise, in any town."""

KINDS = (
    "Seite",
    "Handlungsfeld",
    "Abschnitt",
    "Maßnahme",
    "Kennzahl",
    "Abbildung",
    "Tabelle",
    "Eintrag",
    "Begriff",
    "Quelle",
    "Prüfhinweis",
)
"""What an entry is; the browser gives each its weight, by the same order."""

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_LISTS = ("verzeichnisse",)
"""Pages that only lead to others."""
_DRAWN = re.compile(r"<(svg|script)\b.*?</\1>", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_BLOCKS = ("p", "li", "td", "th", "dt", "dd", "div", "summary", "h2", "h3", "h4", "section")
_PLACES = "section[id], [id^=m-], [id^=i-], figure[id], table[id], tr[id], dt[id]"
_UNREAD = (
    "button, .headerlink, .ik-noten, .ik-abb__fuss, .ik-methode, .ik-quelle, .ik-werkstatt, .ik-register,"
    " .ik-daten table, .bild, .rollen"
)
"""What no one looks for: drawings, controls, notes on sources, lists of links, the data once more."""
_BY_ID = {"m-": "Maßnahme", "i-": "Kennzahl", "d-": "Quelle", "pr": "Prüfhinweis"}
_BY_TAG = {"figure": "Abbildung", "table": "Tabelle", "tr": "Eintrag", "dt": "Begriff"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = {"figure": ".caption-text", "table": ".caption-text", "tr": "th p, td p", "th": "strong"}


@dataclass
class Entry:
    """A place to which a hit leads; without anchor it is the whole page."""

    anchor: str
    kind: str
    title: str
    words: list[str] = field(default_factory=list)
    number: str = ""

    @property
    def text(self) -> str:
        """Give the words of the place that do not stand in its title or in a place within it."""
        lines = (" ".join(line.split()) for line in "".join(self.words).split("\n"))
        return " · ".join(line for line in lines if line.strip(" –·.,;:"))


@lru_cache(maxsize=256)
def entries(html: str, *, field_page: bool = False) -> tuple[Entry, ...]:
    """List the places of a page, the page itself first.

    Parameters
    ----------
    html
        The finished page.
    field_page
        Whether it is the chapter of an action field.

    Returns
    -------
    tuple of Entry
        Each with the words that stand there and in no place within it; empty without an article.
    """
    # Only the article and its words: reading the rest takes longer.
    text = _ARTICLE.search(html)
    article = BeautifulSoup(_DRAWN.sub("", text[0]) if text else "", "html.parser").article
    if article is None or article.h1 is None:
        return ()
    for figure in article.select("figure[id]"):
        figure.append(_heads(figure))
    for part in article.select(_UNREAD):
        part.decompose()
    page = Entry("", "Handlungsfeld" if field_page else "Seite", _said(article.h1))
    # The section around all is the page.
    places = {id(article): page, id(article.h1.parent): page}
    found = [page]
    for place in article.select(_PLACES):
        if id(place) not in places:
            entry = _entry(place)
            places[id(place)] = entry
            if place.name == "th" and place.parent is not None:
                places[id(place.parent)] = entry
            found.append(entry)
    for words, entry in _texts(article, page, places):
        entry.words.append(words)
    return tuple(entry for entry in found if entry.title)


def _heads(figure: Tag) -> str:
    """Name what a drawing shows, such as the neighbouring towns: the heads of its data."""
    heads = dict.fromkeys(_said(head) for head in figure.select(".ik-daten th")[1:])
    return "\n" + " · ".join(head for head in heads if not head[:1].isdigit())


def _entry(place: Tag) -> Entry:
    anchor = str(place["id"])
    kind = _BY_ID.get(anchor[:2], "") if place.name != "section" or anchor.startswith("m-") else ""
    heading = place.select_one(_TITLE.get(place.name, ", ".join(_HEADINGS))) if place.name != "dt" else place
    title = _said(heading) if heading is not None else ""
    if heading is not None:
        heading["data-ik-titel"] = ""
    entry = Entry(anchor, kind or _BY_TAG.get(place.name, "Abschnitt"), title)
    number = place.select_one(".caption-number") if place.name in ("figure", "table") else None
    if number is not None:
        entry.number = _said(number.extract())
    return entry


def _texts(node: Tag, entry: Entry, places: dict[int, Entry]) -> Iterator[tuple[str, Entry]]:
    """Give each text with the innermost place around it, but the headings, which are titles already.

    A block ends in a line break.
    """
    for child in node.children:
        if isinstance(child, Tag):
            # An explanation belongs to the term before it.
            term = child.find_previous_sibling("dt") if child.name == "dd" else None
            inner = places.get(id(child)) or places.get(id(term)) or entry
            if child.name != "h1" and not child.has_attr("data-ik-titel"):
                yield from _texts(child, inner, places)
                if child.name in _BLOCKS:
                    yield "\n", inner
        elif type(child) is NavigableString:
            # Addresses are read by machines; their parts are no words.
            yield _ADDRESS.sub("", " ".join(child.replace("\u00ad", "").split("\n"))), entry


def _said(place: Tag) -> str:
    return " ".join(place.get_text("").replace("\u00ad", "").split())


def index(out: Path, names: Iterable[str], words: Mapping[str, Sequence[str]]) -> str:
    """Write the index of all pages as a script, which browsers load from a folder, too.

    Parameters
    ----------
    out
        The folder of the finished pages.
    names
        The book's pages; the folder may still hold one of an earlier build.
    words
        Words of the book and what people type instead; what means nothing stands under the empty word.
    """
    pages = []
    for name in sorted(name for name in names if name.rpartition("/")[2] not in _LISTS):
        address = f"{name}.html"
        found = entries((out / address).read_text("utf-8"), field_page="/chapters/" in name)
        if found:
            lines = [
                [e.anchor, KINDS.index(e.kind), e.title, e.text, *filter(None, [e.number])] for e in found
            ]
            pages.append([address, lines])
    content = json.dumps(
        {"seiten": pages, "arten": KINDS, "gleich": words}, ensure_ascii=False, separators=(",", ":")
    )
    return f"window.ikSuche = {content};\n".replace("</", "<\\/")


def program(app: Sphinx) -> str:
    """Join the library, the stemmer that Sphinx brings along, its list of empty words, and our own part."""
    builder = IndexBuilder(app.env, "de", {}, "")
    library = re.sub(r"//# sourceMappingURL.*\n?", "", _LIBRARY.read_text("utf-8"))
    licence = _LICENCE.read_text("utf-8").strip()
    empty = json.dumps(sorted(builder.lang.stopwords), ensure_ascii=False)
    return (
        f"/* MiniSearch\n{licence}\n*/\n{library}\n"
        f"/* Snowball */\nwindow.ikStemmer = (() => {{ let BaseStemmer, GermanStemmer, Stemmer;\n"
        f"{builder.get_js_stemmer_code()}\nreturn Stemmer; }})();\nwindow.ikLeer = {empty};\n"
        + "\n".join(own.read_text("utf-8") for own in _OWN)
    )


def everyday(rows: Iterable[Mapping[str, Any]], town: str) -> dict[str, list[str]]:
    """Give for words of the book what people type instead: in any town, and by this town's own table.

    The town's name means nothing in a book about it, like the words that only say that someone asks.
    """
    found = {"": [town]}
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter=";"):
            found.setdefault(line["meint"], []).extend(line["worte"].split(", "))
    for row in rows:
        found.setdefault(row["meint"], []).append(row["wort"])
    return {word: list(dict.fromkeys(typed)) for word, typed in sorted(found.items())}


def _without_sphinx(app: Sphinx) -> None:
    app.builder.search = False  # type: ignore[attr-defined]


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the index when all pages are, and the page that searches it."""
    if app.builder.format != "html" or app.builder.name == "pdf":
        return
    static = Path(app.outdir) / "_static"
    write_changed(static / "search.js", program(app))
    rows = read_folder(data_folder(app)).rows["suchworte"]
    words = everyday(rows, package(app).town.name)
    versions = (f"{PAGES}/{e['code']}" for e in listed(app))
    names = [*app.env.found_docs, *versions]
    write_changed(static / "search-index.js", index(Path(app.outdir), names, words))
    yield PAGE, {"title": "Suche"}, "suche.html"


def _load(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if pagename == PAGE and app.builder.name != "pdf":
        app.add_js_file("search-index.js", loading_method="defer")
        app.add_js_file("search.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the search."""
    app.connect("builder-inited", _without_sphinx)
    app.connect("html-collect-pages", _page)
    app.connect("html-page-context", _load, priority=100)
