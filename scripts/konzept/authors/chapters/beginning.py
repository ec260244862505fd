"""Begins chapters for action fields that the data know: `konzept new`.

A chapter holds the headings and building blocks of all chapters, and no sentence that only a source
could give: where one is needed, a comment says so.  It builds at once, whatever the data hold so far.
Chapters and their lines in the contents come together: all of them, or none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konzept.authors.chapters.contents import FILE, ContentsProblem, read_contents, with_chapter
from konzept.data.files import whole
from konzept.data.problems import Refusal, suggestion
from konzept.data.reading import Reading


class NotBegun(Refusal):
    """Nothing was written; the message is a German sentence."""


@dataclass(frozen=True)
class Begun:
    """What has come: chapters, and lines of the contents, by the path of their page."""

    chapters: tuple[str, ...]
    lines: tuple[str, ...]


def begin_chapters(project: Path, reading: Reading, field_id: str | None = None) -> Begun:
    """Write the chapter of an action field, or those of all that have none, and name them in the contents.

    Parameters
    ----------
    project
        The folder of `_toc.yml` and `book/`.
    reading
        The data, free of problems.
    field_id
        The action field; without it, all that have no chapter.

    Raises
    ------
    NotBegun
        The field is unknown, or it has a chapter; the contents cannot be read.
    """
    fields = _wanted(reading, field_id)
    try:
        text = changed = (project / FILE).read_bytes().decode("utf-8")
        named = {entry.page.removesuffix(".md") for entry in read_contents(text)}
        pages = {_page_of(project, named, field): field for field in fields}
        lines = tuple(page for page in pages if page not in named)
        for page in lines:
            changed = with_chapter(changed, page)
    except (OSError, UnicodeDecodeError) as error:
        raise NotBegun(
            f"{FILE}: Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie da und in UTF-8 gespeichert ist."
        ) from error
    except ContentsProblem as error:
        raise NotBegun(str(error)) from error
    missing = tuple(page for page in pages if not (project / f"{page}.md").is_file())
    if field_id is not None and not missing and not lines:
        raise NotBegun(f"Das Kapitel gibt es schon: {next(iter(pages))}.md. Es bleibt, wie es ist.")
    with _all_or_none([(project / f"{page}.md", _text_for(pages[page], reading)) for page in missing]):
        if lines:
            with whole(project / FILE) as waiting:
                waiting.write_text(changed, "utf-8", newline="")
    return Begun(missing, lines)


def _wanted(reading: Reading, field_id: str | None) -> Sequence[Any]:
    """Find the action fields that are asked for, in the order of their numbers."""
    fields = sorted(reading.rows["handlungsfelder"], key=lambda row: int(row["nr"]))
    if not fields:
        raise NotBegun(
            "In den Daten steht noch kein Handlungsfeld. Tragen Sie zuerst eines in handlungsfelder.csv ein."
        )
    if field_id is None:
        return fields
    found = [row for row in fields if row["id"] == field_id]
    if not found:
        hint = suggestion(field_id, [str(row["id"]) for row in fields])
        raise NotBegun(
            f"Das Handlungsfeld „{field_id}“ gibt es in den Daten nicht.{hint} "
            "Ein neues Handlungsfeld braucht zuerst eine Zeile in handlungsfelder.csv."
        )
    return found


def _page_of(project: Path, named: Collection[str], field: Any) -> str:
    """Name a field's chapter: as it lies there, else as the contents name it, else by its number."""
    own = re.compile(rf"book/chapters/\d+-{re.escape(str(field['id']))}")
    present = (f"book/chapters/{path.stem}" for path in sorted(project.glob("book/chapters/*.md")))
    known = (page for page in (*present, *sorted(named)) if own.fullmatch(page))
    return next(known, f"book/chapters/{int(field['nr']):02d}-{field['id']}")


@contextmanager
def _all_or_none(chapters: Sequence[tuple[Path, str]]) -> Iterator[None]:
    """Write whole chapters; take them back if what belongs to them fails."""
    written: list[Path] = []
    try:
        for path, text in chapters:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(path, text)
            written.append(path)
        yield
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise NotBegun(
            f"Es ließ sich nicht schreiben: {Path(error.filename or '').name or 'book/chapters'}. "
            "Geschrieben ist nichts. Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
        ) from error
    except NotBegun:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _text_for(field: Any, reading: Reading) -> str:
    """Write a field's chapter; challenges and needs have their heading only where the data name some."""
    needs = any(
        row["handlungsfeld_id"] == field["id"] and row["art"] in ("herausforderung", "bedarf")
        for row in reading.rows["themen"]
    )
    return chapter_text(str(field["id"]), str(field["name"]), needs=needs)


def chapter_text(field_id: str, name: str, *, needs: bool) -> str:
    """Write a chapter with every heading and building block, and a comment where an author's text belongs.

    Challenges and needs have their heading only where the data name some.
    """
    text = _CHAPTER.replace("NEEDS", _NEEDS if needs else "")
    return text.replace("FELD_ID", field_id).replace("FELD_NAME", _literal(name))


def _literal(text: str) -> str:
    """Make a name from the data literal in Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", " ".join(text.split()))


def _write_new(path: Path, text: str) -> None:
    """Write a whole file that was not there; never over one that has come meanwhile."""
    waiting = path.with_name(f".{path.name}.neu")
    waiting.write_text(text, "utf-8", newline="\n")
    try:
        os.link(waiting, path)
    except FileExistsError as error:
        raise NotBegun(f"Das Kapitel gibt es schon: {path.name}. Es bleibt, wie es ist.") from error
    except OSError:
        # A file system without links.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    finally:
        waiting.unlink()


_CHAPTER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# FELD_NAME

```{code-cell} ipython3
:tags: [parameters]

data_dir = None
stand = None
```

```{code-cell} ipython3
from konzept import kapitel

field = kapitel("FELD_ID")
field.lead()
field.facts()
```

## Worum es geht

% Zwei bis fünf Sätze: Was steht im Mittelpunkt, was gehört nicht dazu?  Gleich hinter den Punkt jeder Aussage gehört ihre Quelle, ohne Klammern.

```{code-cell} ipython3
field.themes("schwerpunkt")
field.offers()
```

NEEDS## Ziele und Maßnahmen

% Was ist geplant, und wer kann beginnen?

```{code-cell} ipython3
field.goals_table()
field.telling_chart()
```

## Was fehlt

```{code-cell} ipython3
field.missing()
field.sources()
```
"""

_NEEDS = """\
## Herausforderungen und Bedarfe

% Wer nennt sie?

```{code-cell} ipython3
field.themes("herausforderung", "bedarf")
```

"""
