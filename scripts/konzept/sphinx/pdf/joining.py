"""Joins the pages' HTML into one document whose ids and links stay apart and right."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

SCHEME = "ik-seite:"
"""Stands before a page's name in links until the pages are joined."""


@dataclass(frozen=True)
class Page:
    """One page's HTML by its document name."""

    docname: str
    html: str


@dataclass(frozen=True)
class Caption:
    """A line for the lists of figures and tables."""

    target: str
    number: str
    text: str


@dataclass(frozen=True)
class Heading:
    """A line for the contents."""

    target: str
    number: str
    text: str


@dataclass(frozen=True)
class Joined:
    """The pages in one piece, with what contents and lists need."""

    html: str
    headings: tuple[Heading, ...]
    figures: tuple[Caption, ...]
    tables: tuple[Caption, ...]


def slug(docname: str) -> str:
    """Make a document's name fit for an id.

    Examples
    --------
    >>> slug("book/chapters/01-bildung")
    'book-chapters-01-bildung'
    """
    return re.sub(r"[^a-z0-9]+", "-", docname.lower()).strip("-")


def join(pages: Iterable[Page]) -> Joined:
    """Join pages in order."""
    parts: list[str] = []
    headings: list[Heading] = []
    figures: list[Caption] = []
    tables: list[Caption] = []
    soups = [(page, BeautifulSoup(page.html, "html.parser")) for page in pages]
    # A measure's id is the same everywhere: links to it from outside last.
    lasting = {str(tag["id"]) for _, soup in soups for tag in soup.select(".ik-steckbrief[id]")}
    for page, soup in soups:
        _keep_apart(soup, slug(page.docname), lasting)
        _make_printable(soup)
        if (h1 := soup.select_one("h1")) is not None:
            headings.append(Heading(slug(page.docname), *_numbered(h1, ".section-number")))
        figures += [_caption(f, "figcaption p") for f in soup.select("figure.ik-abb[id]")]
        tables += [_caption(t, "caption") for t in soup.select("table.ik-tab[id]")]
        numbered = " kapitel" if headings and headings[-1].number else ""
        parts.append(f'<section class="seite{numbered}" id="{slug(page.docname)}">{soup}</section>')
    return Joined("\n".join(parts), tuple(headings), tuple(figures), tuple(tables))


def _keep_apart(soup: BeautifulSoup, prefix: str, lasting: Container[str] = ()) -> None:
    for tag in soup.find_all(id=True):
        if tag["id"] not in lasting:
            tag["id"] = f"{prefix}--{tag['id']}"
    for link in soup.find_all("a", href=True):
        href = str(link["href"])
        own, _, anchor = href.partition("#")
        if anchor in lasting and (not own or own.startswith(SCHEME)):
            link["href"] = f"#{anchor}"
        elif href.startswith("#"):
            link["href"] = f"#{prefix}--{href[1:]}" if href != "#" else f"#{prefix}"
        elif href.startswith(SCHEME):
            page, _, anchor = href.removeprefix(SCHEME).partition("#")
            link["href"] = f"#{slug(page)}--{anchor}" if anchor else f"#{slug(page)}"


def _make_printable(soup: BeautifulSoup) -> None:
    for tag in soup.select("a.headerlink, script"):
        tag.decompose()
    for number in soup.select("h1 .section-number"):
        number.string = number.get_text(strip=True).rstrip(".") + " "
    # Roles are for rows that become blocks on a phone; in print a table is a table.
    for tag in soup.find_all(role=True):
        del tag["role"]
    # An icon whose text is only heard would lose it below: in print it stands without its link.
    for heard in soup.select("a .ik-nur-vorlesen"):
        if (link := heard.find_parent("a")) is not None:
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


def _caption(tag: Tag, selector: str) -> Caption:
    line = tag.select_one(selector)
    if line is None:
        return Caption(str(tag["id"]), "", "")
    number, text = _numbered(line, ".caption-number")
    return Caption(str(tag["id"]), number, text)
