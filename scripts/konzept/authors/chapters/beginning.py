"""Begins chapters for action fields that the data know: `konzept new`.

A chapter holds the headings and building blocks of all chapters, and no sentence that only a source
could give: where one is needed, a comment says so.  It builds at once, whatever the data hold so far.
Chapters and their lines in the contents come together: all of them, or none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konzept.authors.chapters.contents import FILE, contents_of, read_contents, with_chapter
from konzept.data.files import whole
from konzept.data.problems import NotDone, suggestion
from konzept.data.reading import Reading


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
    NotDone
        The field is unknown, or it has a chapter.
    DataProblems
        The contents cannot be read.
    """
    fields = _wanted(reading, field_id)
    text, _ = contents_of(project)
    named = {entry.page.removesuffix(".md") for entry in read_contents(text)}
    pages = {_page_of(project, named, field): field for field in fields}
    lines = tuple(page for page in pages if page not in named)
    for page in lines:
        text = with_chapter(text, page)
    missing = tuple(page for page in pages if not (project / f"{page}.md").is_file())
    if field_id is not None and not missing and not lines:
        raise NotDone(f"Das Kapitel gibt es schon: {next(iter(pages))}.md. Es bleibt, wie es ist.")
    texts = {project / f"{page}.md": _text_for(pages[page], reading) for page in missing}
    _write(texts | ({project / FILE: text} if lines else {}))
    return Begun(missing, lines)


def _wanted(reading: Reading, field_id: str | None) -> Sequence[Any]:
    """Find the action fields that are asked for, in the order of their numbers."""
    fields = sorted(reading.rows["handlungsfelder"], key=lambda row: int(row["nr"]))
    if not fields:
        raise NotDone(
            "In den Daten steht noch kein Handlungsfeld. Tragen Sie zuerst eines in handlungsfelder.csv ein."
        )
    if field_id is None:
        return fields
    found = [row for row in fields if row["id"] == field_id]
    if not found:
        hint = suggestion(field_id, [str(row["id"]) for row in fields])
        raise NotDone(
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


def _write(texts: Mapping[Path, str]) -> None:
    """Write chapters, and the contents last; chapters are taken back if one or these cannot be written."""
    written: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path) as waiting:
                waiting.write_text(text, "utf-8", newline="")
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink()
        raise NotDone(
            f"Es ließ sich nicht schreiben: {Path(error.filename or '').name or 'book/chapters'}. "
            "Geschrieben ist nichts. Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
        ) from error


def _text_for(field: Any, reading: Reading) -> str:
    """Write a field's chapter: every heading and building block, and a comment where an author's text belongs.

    Challenges and needs have their heading only where the data name some.
    """
    needs = any(
        row["handlungsfeld_id"] == field["id"] and row["art"] in ("herausforderung", "bedarf")
        for row in reading.rows["themen"]
    )
    # What would be mark-up in Markdown stands as it is in the field's name.
    name = re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", " ".join(str(field["name"]).split()))
    text = _CHAPTER.replace("NEEDS", _NEEDS if needs else "")
    return text.replace("FELD_ID", str(field["id"])).replace("FELD_NAME", name)


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
