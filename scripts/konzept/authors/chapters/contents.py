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
    """The contents cannot be read, or do not let see where a chapter belongs: a German sentence that begins with the place."""


def read_contents(text: str) -> list[Entry]:
    r"""Find every page that the contents name.

    Raises
    ------
    ContentsProblem
        They cannot be read.

    Examples
    --------
    >>> read_contents("root: book/index\nchapters:\n  - file: book/a\n")
    [Entry(page='book/index', line=1), Entry(page='book/a', line=3)]
    """
    try:
        return list(_entries(plainyaml.compose(text, _BROKEN)))
    except plainyaml.NotPlain as error:
        raise ContentsProblem(str(Problem(FILE, error.line, None, error.sentence))) from error


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


FIELDS = "Handlungsfelder"
"""The part of the contents that holds the chapters."""


def with_chapter(text: str, page: str) -> str:
    r"""Add a chapter to the contents, in the order of the chapters' numbers; all else keeps its bytes.

    The first one comes into the part of the action fields; where there is none yet, this part comes behind the first.

    Raises
    ------
    ContentsProblem
        The contents cannot be read, or are written in another way than line by line.

    Examples
    --------
    >>> print(with_chapter("parts:\n  - caption: Konzept\n    chapters:\n      - file: book/a\n", "book/chapters/01-b"))
    parts:
      - caption: Konzept
        chapters:
          - file: book/a
      - caption: Handlungsfelder
        numbered: 1
        chapters:
          - file: book/chapters/01-b
    <BLANKLINE>
    """
    before = read_contents(text)
    chapters = [e for e in before if _CHAPTER.match(e.page)]
    changed = _beside(text, page, chapters) if chapters else _first(text, page)
    # However the lines may have been written: nothing but the one page may have come.
    try:
        found = [entry.page for entry in read_contents(changed)]
    except ContentsProblem:
        found = []
    if sorted(found) != sorted([*(entry.page for entry in before), page]):
        raise ContentsProblem(
            f"{FILE}: Hier ist nicht zu erkennen, wohin das Kapitel gehört. Ergänzen Sie unter „{FIELDS}“ eine Zeile „- file: {page}“."
        )
    return changed


def _beside(text: str, page: str, chapters: list[Entry]) -> str:
    """Add a chapter behind the last one of a lower number."""
    number = int(_number(page))
    before = [e for e in chapters if int(_number(e.page)) <= number]
    neighbour = before[-1] if before else chapters[0]
    lines = _lines(text)
    added = lines[neighbour.line - 1].replace(neighbour.page, page)
    lines.insert(neighbour.line if before else neighbour.line - 1, added)
    return "".join(lines)


def _first(text: str, page: str) -> str:
    """Add the first chapter: to the part of the action fields, to contents without parts, or with a part of its own."""
    root = plainyaml.compose(text, _BROKEN)
    top = {name: value for name, _, value in plainyaml.pairs(root)}
    lines = _lines(text)
    if "chapters" in top:
        return "".join(_with_entry(lines, root, page))
    if not top:
        return text
    parts = top["parts"].value if isinstance(top.get("parts"), yaml.SequenceNode) else []
    for part in parts:
        if any(name == "caption" and value.value == FIELDS for name, _, value in plainyaml.pairs(part)):
            return "".join(_with_entry(lines, part, page))
    end = _end_of_line(lines)
    indent = " " * max(parts[0].start_mark.column - 2 if parts else 2, 0)
    part = f"- caption: {FIELDS}\n  numbered: 1\n  chapters:\n    - file: {page}"
    added = [f"{indent}{line}{end}" for line in part.splitlines()]
    if not parts:
        return "".join([*lines, *([] if "parts" in top else [f"parts:{end}"]), *added])
    # Comments above a part belong to it.
    place = _end_of(lines, parts[1].start_mark.line if len(parts) > 1 else top["parts"].end_mark.line)
    return "".join([*lines[:place], *added, *lines[place:]])


def _with_entry(lines: list[str], group: yaml.Node | None, page: str) -> list[str]:
    """Add an entry behind the last one of a part's chapters."""
    end = _end_of_line(lines)
    for name, key, value in plainyaml.pairs(group):
        if name != "chapters":
            continue
        if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
            place = _end_of(lines, value.end_mark.line)
            model = lines[value.value[0].start_mark.line]
            indent = model[: model.index("-")]
        else:
            place = key.start_mark.line + 1
            indent = " " * (key.start_mark.column + 2)
            # An empty list may be written down.
            empty = re.compile(r"(chapters:)[ \t]*(?:\[[ \t]*\]|~|null)")
            lines[place - 1] = empty.sub(r"\1", lines[place - 1])
        return [*lines[:place], f"{indent}- file: {page}{end}", *lines[place:]]
    if group is None:
        return lines
    place = _end_of(lines, group.end_mark.line)
    indent = " " * group.start_mark.column
    return [*lines[:place], f"{indent}chapters:{end}", f"{indent}  - file: {page}{end}", *lines[place:]]


def _end_of(lines: list[str], line: int) -> int:
    """Go back over empty lines and comments, which belong to what follows."""
    while line and (not (text := lines[line - 1].strip()) or text.startswith("#")):
        line -= 1
    return line


def _lines(text: str) -> list[str]:
    """Give the lines of a text, each with its end."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += _end_of_line(lines)
    return lines


def _end_of_line(lines: list[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def _number(page: str) -> str:
    match = _CHAPTER.match(page)
    assert match is not None
    return match[1]
