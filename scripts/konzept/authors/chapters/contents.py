"""The book's contents in `_toc.yml`: which pages it holds, and where a new chapter belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from konzept.data import plainyaml
from konzept.data.files import content
from konzept.data.foreign_files import stray
from konzept.data.problems import Problem, nearest, suggestion
from konzept.data.reading import UNREADABLE
from konzept.words.letters import no_text_by_line

FILE = "_toc.yml"
_CHAPTER = re.compile(r"book/chapters/(\d+)-")


@dataclass(frozen=True)
class Entry:
    """A page in the contents: its path without ending, and the line where it stands."""

    page: str
    line: int


class ContentsProblem(Exception):
    """The contents cannot be read or do not say where a chapter belongs; the message is German."""


def read_contents(text: str) -> list[Entry]:
    r"""Find every page that the contents name.

    Examples
    --------
    >>> read_contents("root: book/index\nchapters:\n  - file: book/a\n")
    [Entry(page='book/index', line=1), Entry(page='book/a', line=3)]
    """
    return list(_entries(plainyaml.compose(text, _BROKEN)))


def _entries(node: yaml.Node | None) -> Iterator[Entry]:
    for name, _, value in plainyaml.pairs(node):
        if name in ("root", "file") and isinstance(value, yaml.ScalarNode):
            yield Entry(value.value, plainyaml.line_of(value))
        else:
            yield from _entries(value)
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        yield from _entries(item)


_BROKEN = (
    "Die Schreibweise (YAML) ist verletzt, oft durch eine falsch eingerückte Zeile. "
    "Richten Sie sich nach den Zeilen darüber."
)
_TEXT, _LIST, _NUMBERED = (
    "ein Text",
    "eine Liste, deren Zeilen mit „- “ beginnen",
    "true, false oder eine Zahl",
)
_LINES: Mapping[str, Mapping[str, str]] = {
    "Inhalt": {"format": _TEXT, "root": _TEXT, "parts": _LIST, "chapters": _LIST},
    "Teil": {"caption": _TEXT, "numbered": _NUMBERED, "chapters": _LIST},
    "Eintrag": {"file": _TEXT, "url": _TEXT, "title": _TEXT, "sections": _LIST},
}
"""What stands in the contents, in a part of it and in one of its entries, and what each line takes."""
_BELOW = {"parts": "Teil", "chapters": "Eintrag", "sections": "Eintrag"}
_FORMAT = "jb-book"


def _shape(node: yaml.Node | None, what: str = "Inhalt") -> Found:
    """Find what Jupyter Book would refuse in the contents, or pass over in silence."""
    if not isinstance(node, yaml.MappingNode):
        line = plainyaml.line_of(node) if node else None
        yield (
            line,
            f"Hier stehen keine Angaben wie „{next(iter(_LINES[what]))}: …“. Richten Sie sich nach den anderen Zeilen.",
        )
        return
    lines = {name: value for name, _, value in plainyaml.pairs(node)}
    first = plainyaml.line_of(node)
    if what == "Inhalt":
        if getattr(lines.get("format"), "value", None) != _FORMAT:
            yield first, f"Am Anfang der Datei fehlt die Zeile „format: {_FORMAT}“. Ergänzen Sie sie."
        if "root" not in lines:
            yield first, "Die Zeile „root: …“ mit der Startseite fehlt. Ergänzen Sie sie."
        if len(lines.keys() & {"parts", "chapters"}) != 1:
            yield (
                first,
                "Das Inhaltsverzeichnis hat entweder Teile („parts:“) oder Kapitel („chapters:“). Stellen Sie eine der beiden Zeilen wieder her.",
            )
    elif what == "Teil" and "chapters" not in lines:
        yield first, "Diesem Teil fehlt die Zeile „chapters:“. Ergänzen Sie sie vor seinen Seiten."
    elif what == "Eintrag" and len(lines.keys() & {"file", "url"}) != 1:
        yield first, "Ein Eintrag nennt genau eine Seite. Schreiben Sie „- file: …“."
    for name, key, value in plainyaml.pairs(node):
        if name not in _LINES[what]:
            yield (
                plainyaml.line_of(key),
                f"„{name}:“ kennt das Inhaltsverzeichnis hier nicht.{suggestion(name, _LINES[what])}",
            )
            continue
        wanted = _LINES[what][name]
        if not _fits(value, wanted):
            yield plainyaml.line_of(key), f"Hinter „{name}:“ gehört {wanted}. Ergänzen Sie die Angabe."
        elif name in _BELOW:
            for item in value.value:
                yield from _shape(item, _BELOW[name])


def _fits(value: yaml.Node, wanted: str) -> bool:
    if wanted == _LIST:
        return isinstance(value, yaml.SequenceNode) and bool(value.value)
    kind = str(value.tag).rpartition(":")[2]
    return kind == "str" and bool(value.value) if wanted == _TEXT else kind in ("bool", "int")


Found = Iterator[tuple[int | None, str]]
"""Line and sentence."""


def check_contents(project: Path, pages: list[str]) -> list[Problem]:
    """Compare the contents with the pages that there are.

    Parameters
    ----------
    project
        The folder of `_toc.yml`.
    pages
        The pages below it, without ending.
    """
    try:
        text = content(project / FILE).decode("utf-8")
        node = plainyaml.compose(text, _BROKEN)
    except plainyaml.NotPlain as error:
        return [Problem(FILE, error.line, None, error.sentence)]
    except UnicodeDecodeError:
        return [
            Problem(
                FILE,
                None,
                None,
                "Die Datei ist nicht in UTF-8 gespeichert. Wählen Sie beim Speichern diese Kodierung.",
            )
        ]
    except FileNotFoundError:
        return [
            Problem(
                FILE, None, None, "Diese Datei fehlt. Sie nennt die Seiten des Buches in ihrer Reihenfolge."
            )
        ]
    except OSError:
        return [Problem(FILE, None, None, UNREADABLE)]
    if strange := [Problem(FILE, line, None, sentence) for line, sentence in _shape(node)]:
        return strange
    entries = list(_entries(node))
    problems = [Problem(FILE, line, None, sentence) for line, sentence in no_text_by_line(text)]
    named = {entry.page.removesuffix(".md") for entry in entries}
    renamed = _renamed(sorted(named - set(pages)), sorted(set(pages) - named))
    seen: set[str] = set(renamed.values())
    for entry in entries:
        page = entry.page.removesuffix(".md")
        if page in seen:
            message = f"Die Seite „{page}“ steht hier zum zweiten Mal. Löschen Sie eine der Zeilen."
            problems.append(Problem(FILE, entry.line, None, message))
        elif page in renamed:
            message = (
                f"Die Seite „{page}.md“ heißt jetzt offenbar „{renamed[page]}.md“. "
                f"Schreiben Sie hier „{renamed[page]}“, oder geben Sie der Datei ihren Namen zurück."
            )
            problems.append(Problem(FILE, entry.line, None, message))
        elif page not in pages:
            message = f"Die Seite „{page}.md“ gibt es nicht.{suggestion(page, pages)}"
            problems.append(Problem(FILE, entry.line, None, message))
        seen.add(page)
    for page in sorted(set(pages) - seen):
        message = (
            f"Die Seite fehlt in {FILE} und damit im Buch. Ergänzen Sie dort eine Zeile „- file: {page}“."
        )
        if what := stray(f"{page.rpartition('/')[2]}.md"):
            message = f"Diese Datei {what}"
        problems.append(Problem(f"{page}.md", None, None, message))
    return problems


def _renamed(gone: list[str], new: list[str]) -> dict[str, str]:
    """Find which page of the contents is there under another name: one that the contents do not know.

    Examples
    --------
    >>> _renamed(["book/chapters/04-freizeit"], ["book/chapters/04-sport"])
    {'book/chapters/04-freizeit': 'book/chapters/04-sport'}
    """
    found: dict[str, str] = {}
    for page in gone:
        folder, _, name = page.rpartition("/")
        free = [p for p in new if p not in found.values() and not stray(f"{p.rpartition('/')[2]}.md")]
        beside = [p for p in free if p.rpartition("/")[0] == folder]
        number = re.match(r"\d+-", name)
        hit = next((p for p in beside if number and p.startswith(f"{folder}/{number[0]}")), None)
        hit = hit or nearest(page, [p for p in free if p.rpartition("/")[2] == name])
        if hit is None and (near := nearest(name, [p.rpartition("/")[2] for p in beside])):
            hit = f"{folder}/{near}"
        if hit is None and len(gone) == len(beside) == 1:
            hit = beside[0]
        if hit:
            found[page] = hit
    return found


def with_chapter(text: str, page: str) -> str:
    """Add a chapter to the contents, in the order of the chapters' numbers; all else keeps its bytes.

    Raises
    ------
    ContentsProblem
        No chapter stands in the contents yet, so that the place is open.
    """
    number = int(_number(page))
    chapters = [e for e in read_contents(text) if _CHAPTER.match(e.page)]
    if not chapters:
        raise ContentsProblem(
            f"In {FILE} steht noch kein Kapitel. Ergänzen Sie unter „Handlungsfelder“ eine Zeile „- file: {page}“."
        )
    before = [e for e in chapters if int(_number(e.page)) <= number]
    neighbour = before[-1] if before else chapters[0]
    lines = text.splitlines(keepends=True)
    model = lines[neighbour.line - 1]
    added = model.replace(neighbour.page, page)
    if not model.endswith("\n"):
        lines[neighbour.line - 1] += "\n"
    lines.insert(neighbour.line if before else neighbour.line - 1, added)
    return "".join(lines)


def _number(page: str) -> str:
    match = _CHAPTER.match(page)
    assert match is not None
    return match[1]
