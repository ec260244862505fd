"""Numbers the sources of a page's statements, and tells them at its end: each document once, with all passages.

How many questions about the sources are open stands there too: who looks up a source wants to know, who reads does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from konzept.site import nodes as ik
from konzept.site.blocks.inline import element
from konzept.site.blocks.texts import SMALL_NOTICE
from konzept.words import german

TITLE = "Quellen"
SECTION = "ik-belege"
"""The id of the section of notes."""

_ELSE = "Für die Listen außerdem: "


class NoteTransform(SphinxTransform):
    """Gives marks their numbers and appends the notes; runs when the cells' blocks are there (priority 400)."""

    default_priority = 450

    def apply(self, **kwargs: Any) -> None:
        """Number all marks, gather the documents, and append the notes where there are any."""
        numbers: dict[tuple[str, str], int] = {}
        for node in list(self.document.findall(ik.source_marks)):
            if node in node.parent.children:
                self._number(node, numbers)
        others: dict[str, None] = {}
        for placeholder in list(self.document.findall(ik.cited_documents)):
            others.update(dict.fromkeys(placeholder["documents"]))
            placeholder.parent.remove(placeholder)
        documents: dict[str, list[tuple[int, str]]] = {}
        for (document, passage), number in numbers.items():
            documents.setdefault(document, []).append((number, passage))
        rest = [document for document in others if document not in documents]
        hints = [node for node in self.document.findall(ik.markup) if SMALL_NOTICE in node["classes"]]
        for hint in hints:
            hint.parent.remove(hint)
        if documents or rest or hints:
            self._append(documents, rest, hints)

    def _number(self, node: nodes.Element, numbers: dict[tuple[str, str], int]) -> None:
        """Number a mark and take in those right behind it, in rising order and each once."""
        _close_up(node)
        found = list(node["marks"])
        while follower := _follower(node):
            found += follower["marks"]
        marks = {}
        for mark in found:
            key = (mark["document"], mark["passage"])
            first = key not in numbers
            number = numbers.setdefault(key, len(numbers) + 1)
            if number not in marks:
                marks[number] = {"number": number, "name": self._name(*key), "first": first}
        node["marks"] = [marks[number] for number in sorted(marks)]
        node["alone"] = len(node.parent.children) == 1

    def _name(self, document: str, passage: str = "") -> str:
        title: str = self.app.konzept_titles[document]  # type: ignore[attr-defined]
        return german.bound(f"{title}, {passage}" if passage else title)

    def _append(
        self, documents: dict[str, list[tuple[int, str]]], rest: list[str], hints: Sequence[nodes.Element]
    ) -> None:
        section = nodes.section("", nodes.title("", TITLE), ids=[SECTION], classes=["ik-noten"])
        items = nodes.bullet_list(classes=["ik-liste"], bullet="-")
        for document, notes in documents.items():
            line = nodes.paragraph("", "", self._link(document), nodes.Text(": "))
            for n, (number, passage) in enumerate(notes):
                line += [nodes.Text("; ")] if n else []
                line += _note(number, passage)
            items += nodes.list_item("", line)
        section += [items] if documents else []
        if rest:
            links = [part for key in rest for part in (nodes.Text("; "), self._link(key))][1:]
            section += nodes.paragraph("", "", nodes.Text(_ELSE), *links, nodes.Text("."))
        section += hints
        page: nodes.Element = next(iter(self.document.findall(nodes.section)), self.document)
        page.append(section)

    def _link(self, document: str) -> nodes.Node:
        """Lead to the document's row in the list of sources."""
        return ik.label_link(self.env, document, nodes.inline("", self._name(document)))


def _note(number: int, passage: str) -> nodes.inline:
    attributes = {
        "href": f"#zu-beleg-{number}",
        "role": "doc-backlink",
        "aria-label": f"Beleg {number}, zurück zum Text",
    }
    back = element("a", "ik-note__nr", [nodes.Text(str(number))], attributes)
    place = [nodes.Text(f"\N{NO-BREAK SPACE}{german.bound(passage)}")] if passage else []
    return nodes.inline("", "", back, *place, ids=[f"beleg-{number}"], classes=["ik-note"])


def _follower(node: nodes.Element) -> nodes.Element | None:
    """Take out the mark right behind a mark, with what an author has put between them."""
    place = node.parent.index(node) + 1
    behind = node.parent[place : place + 2]
    between = (
        behind[:1] if behind and isinstance(behind[0], nodes.Text) and not behind[0].strip(" \n,;") else []
    )
    follower = behind[len(between)] if len(behind) > len(between) else None
    if not isinstance(follower, ik.source_marks):
        return None
    for taken in (*between, follower):
        node.parent.remove(taken)
    return follower


def _close_up(node: nodes.Element) -> None:
    """Take away blanks between a statement and its mark, so that no line breaks there."""
    place = node.parent.index(node)
    before = node.parent[place - 1] if place else None
    if isinstance(before, nodes.Text) and before != before.rstrip():
        node.parent.replace(before, nodes.Text(before.rstrip()))


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(NoteTransform)
