"""Puts the program's text in the place of the line by which a page takes it, in the words of the town."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from konzept.authors.chapters.shared import PAGES, taken
from konzept.data.package import Package
from konzept.data.reading import read_folder
from konzept.words.nouns import Noun

OFFERED = (
    ("auf-einer-seite", "Maßnahmen"),
    ("steuerung", "Maßnahmen"),
    ("beteiligung", "Ereignissen oder Beiträgen"),
    ("massnahmen", "Maßnahmen"),
    ("zahlen", "Maßnahmen"),
    ("monitoring", "Indikatoren"),
    ("erkunden", "Maßnahmen oder Indikatoren"),
    ("akteure", "Akteuren"),
    ("angebote", "Angeboten"),
    ("daten", "einem ersten Stand zum Veröffentlichen"),
    ("verzeichnisse", "Abbildungen"),
    ("ausgaben", "einer Ausgabe"),
)
"""Pages that a town takes once its data have what they show, and which data those are."""
_FORMS = ("name", "nominative", "genitive", "dative", "accusative", "within")


def whole_page(text: str, folder: Path, state: str) -> str:
    """Give a page as it is read: with the program's text, if it takes one.

    Parameters
    ----------
    text
        What stands in the page's file.
    folder
        The data.
    state
        Names their state.
    """
    # Whoever typed a blank first means the same.
    found = taken(text.lstrip("\ufeff"))
    if found is None or not (PAGES / f"{found[0]}.md").is_file():
        return text
    name, added = found
    given = _environment().get_template(f"{name}.md").render(_words(folder, state))
    return "\n\n".join(part.strip("\n") for part in (given, added) if part.strip()) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Braces with a sign of number begin a label in MyST.
    return Environment(
        loader=FileSystemLoader(PAGES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",
        comment_end_string="##}",
        autoescape=False,  # noqa: S701  # Markdown; what comes from the town is made literal below
    )


@lru_cache(maxsize=2)
def _words(folder: Path, state: str) -> dict[str, Any]:
    """Give what the texts ask of the town: its words, how many rows its tables have, and which documents it has."""
    reading = read_folder(folder)
    assert reading.package is not None
    book = folder.parent / "book"
    return {
        **words_of(reading.package),
        "pages": {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.md")},
        "offered": OFFERED,
        "rows": {name: len(rows) for name, rows in reading.rows.items()},
        "documents": {row["id"] for row in reading.rows.get("dokumente", ())},
    }


def words_of(package: Package) -> dict[str, Any]:
    """Give a town's words, literal in Markdown."""
    town = package.town
    nouns = {
        "town": town.noun,
        "kind": town.sort.noun,
        "council": town.council,
        "administration": town.administration,
    }
    return {
        **{name: _forms(noun) for name, noun in nouns.items()},
        "name": literal(town.name),
        "state": town.state,
        "title": literal(package.title),
        "projects": {key: literal(name) for key, name in town.projects.items()},
    }


def _forms(noun: Noun) -> dict[str, str]:
    return {form: literal(getattr(noun, form)) for form in _FORMS}


def literal(text: str) -> str:
    r"""Make a name literal in Markdown.

    Examples
    --------
    >>> literal("St. *Ähren*")
    'St. \\*Ähren\\*'
    """
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))
