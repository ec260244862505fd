"""Puts the program's text in the place of the line by which a page takes it, in the words of the town."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from konzept.authors.chapters.shared import PAGES, taken
from konzept.data.package import Package
from konzept.data.reading import Reading, read_folder
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
_FENCE = re.compile(r"`{3,}|:{3,}")
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
    own = {heading.removeprefix("## ") for heading, _ in _sections(added)}
    given = _environment().get_template(f"{name}.md").render(_words(folder, state), own=own)
    return _with_added(given, added)


def _with_added(given: str, added: str) -> str:
    r"""Put what a town adds under a heading first in the section that is called so, all else last on the page.

    Examples
    --------
    >>> _with_added("# A\n\n## B\n\nb\n\n## C\n\nc\n", "\n\nLast.\n\n## B\n\nTown.\n\n## D\n\nd\n")
    '# A\n\n## B\n\nTown.\n\nb\n\n## C\n\nc\n\nLast.\n\n## D\n\nd\n'
    """
    sections, last = _sections(given), []
    for heading, text in _sections(added):
        own = next((section for section in sections if heading and section[0] == heading), None)
        if own:
            own[1] = f"{text.strip()}\n\n{own[1].lstrip()}"
        else:
            last.append([heading, text])
    parts = (
        "\n\n".join(part.strip("\n") for part in section if part.strip()) for section in [*sections, *last]
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _sections(text: str) -> list[list[str]]:
    """Give the sections of a page, each by its heading of the second level with what stands below; the first has none."""
    found, fence = [["", ""]], ""
    for line in text.splitlines(keepends=True):
        if match := _FENCE.match(line):
            fence = "" if fence and line.startswith(fence) else fence or match[0]
        if line.startswith("## ") and not fence:
            found.append([line, ""])
        else:
            found[-1][1] += line
    return [[heading.strip(), text] for heading, text in found]


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
    project = folder.parent
    book = project / "book"
    pages = {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.md")}
    return {
        **words_of(reading.package),
        "pages": pages,
        "checked": reading.package.is_accessible,
        "pictures": {path.stem for path in (book / "assets/mitschreiben").glob("*.png")},
        "example": examples_of(reading, pages),
        "is_program": (project / "scripts/setup.py").is_file(),
        "languages": sorted(path.stem for path in (book / "sprachen").glob("*.md")),
        "own_terms": any(row["sprache"] == "de" for row in reading.rows.get("begriffe", ())),
        "offered": OFFERED,
        "rows": {name: len(rows) for name, rows in reading.rows.items()},
        "stages": sorted({row["haushaltsstand"] for row in reading.rows.get("kosten", ())}),
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
        # A district's whole name would be read three times.
        "here": literal(town.where if town.sort.level == "gemeinde" else town.sort.noun.within),
        "level": town.sort.level,
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


# What „Mitschreiben“ types into its examples: a town's own first rows, or invented ones as long as it has none


_ENOUGH = 3
"""So many values are drawn."""


def examples_of(reading: Reading, pages: Collection[str]) -> Mapping[str, str]:
    """Give what stands in examples, so that whoever types it changes sound data into sound data.

    Parameters
    ----------
    reading
        The town's data.
    pages
        Its pages, as their links name them.
    """
    package = reading.package
    assert package is not None
    source, day = _source(reading, package)
    field, chapter = _chapter(reading, pages)
    measures = reading.keys("massnahmen")
    return {
        "source": source,
        "day": f"{day:%d.%m.%Y}",
        "stand": f"{package.stand + dt.timedelta(days=30):%d.%m.%Y}",
        "measure": _measure(reading, day),
        "deleted": measures[-1] if measures else "m-beispiel",
        "field": field,
        "chapter": chapter,
        "indicator": _indicator(reading, field),
        "event": next(
            (row["id"] for row in reading.rows["ereignisse"] if row["art"] == "befragung"), "e-umfrage"
        ),
    }


def _source(reading: Reading, package: Package) -> tuple[str, dt.date]:
    """Choose a document that may tell a status, and the newest day for which it can."""
    rows = reading.rows["dokumente"]
    for row in rows:
        if row["datum"] is None and row["art"] != "gesetz":
            return row["id"], package.stand
    dated = [row for row in rows if row["datum"] and row["datum"] <= package.stand]
    newest = max(dated, key=lambda row: row["datum"], default=None)
    return (newest["id"], newest["datum"]) if newest else ("d-beispiel", package.stand)


def _measure(reading: Reading, day: dt.date) -> str:
    """Choose a measure whose status may change on a day."""
    newest: dict[str, dt.date] = {}
    for row in reading.rows["statusverlauf"]:
        newest[row["massnahme_id"]] = max(row["datum"], newest.get(row["massnahme_id"], dt.date.min))
    known = reading.keys("massnahmen")
    free = (key for key in known if newest.get(key, dt.date.min) < day)
    return next(free, known[0] if known else "m-beispiel")


def _chapter(reading: Reading, pages: Collection[str]) -> tuple[str, str]:
    """Choose a field that has goals, and its chapter: the first, whether it is written yet or not."""
    chapters = {
        page.removeprefix("chapters/").partition("-")[2]: page
        for page in sorted(pages)
        if page.startswith("chapters/")
    }
    aims = {row["handlungsfeld_id"] for row in reading.rows["ziele"]}
    fields = reading.keys("handlungsfelder")
    field = next(
        (key for key in fields if key in chapters and key in aims), fields[0] if fields else "bildung"
    )
    return field, chapters.get(field, f"chapters/01-{field}")


def _indicator(reading: Reading, field: str) -> str:
    values = [row["indikator_id"] for row in reading.rows["messwerte"] if row["wert"] is not None]
    own = [row["id"] for row in reading.rows["indikatoren"] if row["handlungsfeld_id"] == field]
    drawn = (key for key in own if values.count(key) >= _ENOUGH)
    return next(drawn, own[0] if own else "i-beispiel")
