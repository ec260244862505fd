"""Sums up what a chapter shows, and says where that is no longer what a body has approved.

What counts is what is read: the words of text, figures and tables, the data behind a chart, pictures and what is said
in their place.  What does not: mark-up, blanks and soft hyphens, how charts are drawn, numbers given across the book.
So the same chapter is summed up alike on every machine, by every builder and in the preview.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from konzept.concept.assembly import load_concept
from konzept.concept.model import Approval
from konzept.data.files import whole
from konzept.site import nodes as ik
from konzept.site.blocks.inline import paragraph
from konzept.site.blocks.surroundings import field_page
from konzept.site.blocks.tables import WITH_NOTES
from konzept.site.check import data_folder
from konzept.words import german

NOTE = ".konzept-kapitel.json"
"""In a builder's folder: what each chapter shows, by its field."""

_KINDS = ("Text", "Abbildungen", "Tabellen")
_SHOWN, _TOLD = "konzept_shown", "konzept_approvals"
"""What Sphinx keeps among a page's metadata: what a chapter shows, and that a page tells of approvals."""
_CHAPTER = re.compile(r"book/chapters/\d+-(.+)")
_UNSEEN = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}]")


def shown(page: nodes.document, folder: Path) -> str:
    """Sum up what a page shows, each kind by eight digits: text, figures, tables.

    Parameters
    ----------
    page
        The page as it was read: no number of the book stands in it yet.
    folder
        Where the pictures are looked for.
    """
    words: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for kind, text in _words(page, _KINDS[0], folder):
        words[kind].append(text)
    return "-".join(_digits("".join(words[kind])) for kind in _KINDS)


def since(approved: str, now: str) -> str:
    """Say which kinds of things have changed.

    Examples
    --------
    >>> since("0a-1b-2c", "0a-1c-2d")
    'geändert: Abbildungen und Tabellen'
    """
    parts = zip(_KINDS, approved.split("-"), now.split("-"), strict=True)
    changed = [kind for kind, before, after in parts if before != after]
    return f"geändert: {german.listing(changed)}" if changed else "unverändert"


def _words(node: nodes.Node, kind: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Give what is read in a node, with a line of its own for all that stands on one."""
    if isinstance(node, nodes.Text):
        yield kind, node.astext().replace("\n", " ")
        return
    if not isinstance(node, nodes.Element) or isinstance(node, nodes.Invisible):
        return
    if kind == _KINDS[0] and isinstance(node, nodes.figure | nodes.image):
        kind = _KINDS[1]
    elif kind == _KINDS[0] and (isinstance(node, nodes.table) or WITH_NOTES in node["classes"]):
        kind = _KINDS[2]
    end = "" if isinstance(node, nodes.Inline) else "\n"
    yield kind, f"{end}{_unwritten(node, folder)}"
    for child in node.children:
        yield from _words(child, kind, folder)
    yield kind, end


def _unwritten(node: nodes.Element, folder: Path) -> str:
    """Give what a node shows besides its text."""
    match node:
        case nodes.image():
            file = folder / node["uri"]
            picture = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
            return f"{node.get('alt', '')}\n{picture}\n"
        case ik.figure_foot():
            return str(node["csv"])
        case ik.told_sources():
            return "\n".join(node["full"])
    return ""


def _digits(text: str) -> str:
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", text).split("\n"))
    plain = unicodedata.normalize("NFC", "\n".join(filter(None, lines)))
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def _read(app: Sphinx, page: nodes.document) -> None:
    """Sum a chapter up, and say at its head that it has changed since it was approved."""
    noted = app.env.metadata[app.env.docname]
    if any(page.findall(ik.approval_state)):
        noted[_TOLD] = True
    if not (match := _CHAPTER.fullmatch(app.env.docname)):
        return
    noted[_SHOWN] = shown(page, Path(app.srcdir))
    approvals = load_concept(data_folder(app)).approvals
    newest = next((each for each in approvals if each.field_id == match[1]), None)
    if newest and newest.shown != noted[_SHOWN]:
        title = next(iter(page.findall(nodes.title)))
        title.parent.insert(
            title.parent.index(title) + 1, paragraph(_sentence(newest, noted[_SHOWN]), "ik-leise")
        )


def _sentence(approval: Approval, now: str) -> str:
    paper = f", Vorlage {approval.paper_number}" if approval.paper_number else ""
    day = german.long_date(approval.day)
    return f"Freigegeben am {day} ({approval.body}{paper}). Seither {since(approval.shown, now)}."


def _of_chapters(env: BuildEnvironment) -> dict[str, str]:
    return {
        match[1]: noted[_SHOWN]
        for page, noted in sorted(env.metadata.items())
        if _SHOWN in noted and (match := _CHAPTER.fullmatch(page))
    }


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let pages that tell of approvals be written again if a chapter shows something else."""
    before, now = getattr(env, "konzept_chapters", None), _of_chapters(env)
    env.konzept_chapters = now  # type: ignore[attr-defined]
    return [page for page, noted in env.metadata.items() if noted.get(_TOLD)] if before != now else []


def _fill(app: Sphinx, page: nodes.document, docname: str) -> None:
    for place in list(page.findall(ik.approval_state)):
        chapter = field_page(app.env, place["field"])
        now = app.env.metadata.get(chapter, {}).get(_SHOWN) if chapter else None
        place.replace_self(nodes.Text(since(place["shown"], now)) if now else place.children)


def _note(app: Sphinx, error: Exception | None) -> None:
    if error is None and (found := _of_chapters(app.env)):
        with whole(Path(app.outdir) / NOTE) as waiting:
            waiting.write_text(json.dumps(found), "utf-8")


def setup(app: Sphinx) -> None:
    """Register what watches over approvals."""
    app.add_node(ik.approval_state)
    # When the pictures of the page are known.
    app.connect("doctree-read", _read)
    app.connect("env-get-updated", _write_again)
    app.connect("doctree-resolved", _fill)
    app.connect("build-finished", _note)
