"""Pages that are the same in every town: a page takes the program's text by one line and may add its own below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from konzept.data.problems import Problem, suggestion
from konzept.home import ASSETS

PAGES = ASSETS / "pages"
"""The program's texts; each is a template of Markdown."""
_LINE = re.compile(r"^\{seite\}`([^`\n]*)`[ \t]*$", re.MULTILINE)


def shared_pages() -> list[str]:
    """Name the pages that the program brings."""
    return sorted(path.stem for path in PAGES.glob("*.md"))


def taken(text: str) -> tuple[str, str] | None:
    r"""Give the name of the program's text that a page takes, and what the page adds; None for a page of its own.

    Examples
    --------
    >>> taken("{seite}`datenschutz`\n\nEin Zusatz.")
    ('datenschutz', '\n\nEin Zusatz.')
    >>> taken("# Datenschutz") is None
    True
    """
    match = _LINE.match(text)
    return (match[1].strip(), text[match.end() :]) if match else None


def shared_problems(file: str, text: str) -> Iterator[Problem]:
    """Find lines that take a text which the program does not have, or take it below others."""
    for match in _LINE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        name, known = match[1].strip(), shared_pages()
        if line > 1:
            message = "„{seite}“ muss in der ersten Zeile stehen; was die Seite ergänzt, steht darunter. Verschieben Sie die Zeile."
            yield Problem(file, line, None, message)
        if name not in known:
            message = f"Eine Seite „{name}“ bringt das Programm nicht mit.{suggestion(name, known)}"
            yield Problem(file, line, None, message, name)
