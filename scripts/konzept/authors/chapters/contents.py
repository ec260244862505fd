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
from konzept.data.problems import DataProblems, NotDone, Problem, nearest, suggestion
from konzept.data.reading import UNREADABLE
from konzept.words.letters import no_text_by_line

FILE = "_toc.yml"
_CHAPTER = re.compile(r"book/chapters/(\d+)-")


@dataclass(frozen=True)
class Entry:
    """A page in the contents: its path without ending, and the line where it stands."""

    page: str
    line: int


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
_FORMAT, _TEXT, _LIST, _NUMBERED = (
    "jb-book",
    "ein Text",
    "eine Liste, deren Zeilen mit „- “ beginnen",
    "true, false oder eine Zahl",
)
_LINES: Mapping[str, Mapping[str, str]] = {
    "Inhalt": {"format": _FORMAT, "root": _TEXT, "parts": _LIST, "chapters": _LIST},
    "Teil": {"caption": _TEXT, "numbered": _NUMBERED, "chapters": _LIST},
    "Eintrag": {"file": _TEXT, "url": _TEXT, "title": _TEXT, "sections": _LIST},
}
"""What stands in the contents, in a part of it and in one of its entries, and what each line takes."""
_NEEDED = (
    ("Inhalt", {"format"}, "Am Anfang der Datei fehlt die Zeile „format: jb-book“. Ergänzen Sie sie."),
    ("Inhalt", {"root"}, "Die Zeile „root: …“ mit der Startseite fehlt. Ergänzen Sie sie."),
    (
        "Inhalt",
        {"parts", "chapters"},
        "Das Inhaltsverzeichnis hat entweder Teile („parts:“) oder Kapitel („chapters:“). Stellen Sie eine der beiden Zeilen wieder her.",
    ),
    (
        "Teil",
        {"chapters"},
        "Diesem Teil fehlt die Zeile „chapters:“. Ergänzen Sie sie vor seinen Seiten.",
    ),
    ("Eintrag", {"file", "url"}, "Ein Eintrag nennt genau eine Seite. Schreiben Sie „- file: …“."),
)
"""Of which lines there must be exactly one, and what to say else."""
_BELOW = {"parts": "Teil", "chapters": "Eintrag", "sections": "Eintrag"}

Found = Iterator[tuple[int | None, str]]
"""Line and sentence."""


def _shape(node: yaml.Node | None, what: str = "Inhalt") -> Found:
    """Find what Jupyter Book would refuse in the contents, or pass over in silence."""
    if not isinstance(node, yaml.MappingNode):
        line = plainyaml.line_of(node) if node else None
        yield (
            line,
            f"Hier stehen keine Angaben wie „{next(iter(_LINES[what]))}: …“. Richten Sie sich nach den anderen Zeilen.",
        )
        return
    names = {name for name, _, _ in plainyaml.pairs(node)}
    for kind, needed, sentence in _NEEDED:
        if kind == what and len(names & needed) != 1:
            yield plainyaml.line_of(node), sentence
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
    if wanted == _NUMBERED:
        return kind in ("bool", "int")
    return kind == "str" and bool(value.value) and wanted in (_TEXT, value.value)


def read_yaml(project: Path, file: str, broken: str, missing: str) -> tuple[str, yaml.Node | None]:
    """Read a file that Jupyter Book reads, too: its text, and what that says.

    Parameters
    ----------
    project
        The folder in which it lies.
    file
        Its name.
    broken
        What to say where it is no YAML.
    missing
        What to say where it is not there.

    Raises
    ------
    DataProblems
        It cannot be read.
    """
    line = None
    try:
        text = content(project / file).decode("utf-8")
        return text, plainyaml.compose(text, broken)
    except plainyaml.NotPlain as error:
        line, sentence = error.line, error.sentence
    except UnicodeDecodeError:
        sentence = "Die Datei ist nicht in UTF-8 gespeichert. Wählen Sie beim Speichern diese Kodierung."
    except FileNotFoundError:
        sentence = missing
    except OSError:
        sentence = UNREADABLE
    raise DataProblems([Problem(file, line, None, sentence)])


def contents_of(project: Path) -> tuple[str, yaml.Node | None]:
    """Read the contents.

    Raises
    ------
    DataProblems
        They cannot be read.
    """
    missing = "Diese Datei fehlt. Sie nennt die Seiten des Buches in ihrer Reihenfolge."
    return read_yaml(project, FILE, _BROKEN, missing)


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
        text, node = contents_of(project)
    except DataProblems as unreadable:
        return list(unreadable.problems)
    if strange := [Problem(FILE, line, None, sentence) for line, sentence in _shape(node)]:
        return strange
    entries = list(_entries(node))
    named = {entry.page.removesuffix(".md") for entry in entries}
    renamed = _renamed(sorted(named - set(pages)), sorted(set(pages) - named))
    found = [*no_text_by_line(text), *_misnamed(entries, pages, renamed)]
    problems = [Problem(FILE, line, None, sentence) for line, sentence in found]
    for page in sorted(set(pages) - named - set(renamed.values())):
        message = (
            f"Die Seite fehlt in {FILE} und damit im Buch. Ergänzen Sie dort eine Zeile „- file: {page}“."
        )
        if what := stray(f"{page.rpartition('/')[2]}.md"):
            message = f"Diese Datei {what}"
        problems.append(Problem(f"{page}.md", None, None, message))
    return problems


def _misnamed(entries: list[Entry], pages: list[str], renamed: Mapping[str, str]) -> Found:
    """Find pages of the contents that stand there twice, or are not there."""
    seen: set[str] = set(renamed.values())
    for entry in entries:
        page = entry.page.removesuffix(".md")
        if page in seen:
            yield entry.line, f"Die Seite „{page}“ steht hier zum zweiten Mal. Löschen Sie eine der Zeilen."
        elif page in renamed:
            yield (
                entry.line,
                f"Die Seite „{page}.md“ heißt jetzt offenbar „{renamed[page]}.md“. "
                f"Schreiben Sie hier „{renamed[page]}“, oder geben Sie der Datei ihren Namen zurück.",
            )
        elif page not in pages:
            yield entry.line, f"Die Seite „{page}.md“ gibt es nicht.{suggestion(page, pages)}"
        seen.add(page)


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
        names = {p.rpartition("/")[2]: p for p in new if p not in found.values()}
        free = {other: p for other, p in names.items() if not stray(f"{other}.md")}
        beside = [p for p in free.values() if p.rpartition("/")[0] == folder]
        number = re.match(r"\d+-", name)
        hit = next((p for p in beside if number and p.startswith(f"{folder}/{number[0]}")), None)
        hit = hit or free.get(nearest(name, free) or "")
        if hit is None and len(gone) == len(beside) == 1:
            hit = beside[0]
        if hit:
            found[page] = hit
    return found


FIELDS = "Handlungsfelder"
"""The part of the contents that holds the chapters."""


def with_chapter(text: str, page: str) -> str:
    r"""Add a chapter to the contents, in the order of the chapters' numbers; all else keeps its bytes.

    The first one comes with the part of the action fields, behind the first part.

    Raises
    ------
    NotDone
        The contents are written in another way than line by line, or have this part without chapters.

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
    lines = text.split("\n")
    changed = "\n".join(_beside(lines, page, chapters) if chapters else _first(lines, page))
    # However the lines may have been written: nothing but the one page may have come.
    try:
        found = [entry.page for entry in read_contents(changed)]
    except plainyaml.NotPlain:
        found = []
    if sorted(found) != sorted([*(entry.page for entry in before), page]):
        raise NotDone(
            f"{FILE}: Hier ist nicht zu erkennen, wohin das Kapitel gehört. Ergänzen Sie unter „{FIELDS}“ eine Zeile „- file: {page}“."
        )
    return changed


def _beside(lines: list[str], page: str, chapters: list[Entry]) -> list[str]:
    """Add a chapter behind the last one of a lower number."""
    before = [e for e in chapters if _number(e.page) <= _number(page)]
    neighbour = before[-1] if before else chapters[0]
    place = neighbour.line if before else neighbour.line - 1
    added = lines[neighbour.line - 1].replace(neighbour.page, page)
    return [*lines[:place], added, *lines[place:]]


def _number(page: str) -> int:
    return int(page.rpartition("/")[2].partition("-")[0])


def _first(lines: list[str], page: str) -> list[str]:
    """Add the first chapter with the part of the action fields, if that is not there yet."""
    root = plainyaml.compose("\n".join([*lines, ""]), _BROKEN)
    parts = next((value for name, _, value in plainyaml.pairs(root) if name == "parts"), None)
    if not isinstance(parts, yaml.SequenceNode) or any(FIELDS in line for line in lines):
        return lines
    place = parts.value[1].start_mark.line if len(parts.value) > 1 else parts.end_mark.line
    # Empty lines and comments above a part belong to it.
    while not (text := lines[place - 1].strip()) or text.startswith("#"):
        place -= 1
    indent, end = " " * parts.start_mark.column, "\r" if lines[0].endswith("\r") else ""
    part = f"- caption: {FIELDS}\n  numbered: 1\n  chapters:\n    - file: {page}"
    return [*lines[:place], *(f"{indent}{line}{end}" for line in part.split("\n")), *lines[place:]]
