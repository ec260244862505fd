"""Begins a chapter for an action field that the data know: `konzept new`.

The chapter holds the headings and building blocks of all chapters, and no sentence that only a source
could give: where one is needed, a comment says so.  It builds at once, whatever the data hold so far.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from konzept.authors.chapters.contents import FILE, ContentsProblem, read_contents, with_chapter
from konzept.data.files import whole
from konzept.data.problems import suggestion
from konzept.data.reading import Reading


class NotBegun(Exception):
    """Nothing was written; the message is a German sentence."""


def begin_chapter(project: Path, reading: Reading, field_id: str) -> tuple[Path, bool]:
    """Write a chapter and name it in the contents.

    Parameters
    ----------
    project
        The folder of `_toc.yml` and `book/`.
    reading
        The data, free of problems.
    field_id
        The action field.

    Returns
    -------
    tuple of Path and bool
        The chapter, and whether it was added to the contents.

    Raises
    ------
    NotBegun
        The field is unknown, or it has a chapter.
    """
    fields = {row["id"]: row for row in reading.rows["handlungsfelder"]}
    if field_id not in fields:
        hint = suggestion(field_id, fields)
        raise NotBegun(
            f"Das Handlungsfeld „{field_id}“ gibt es in den Daten nicht.{hint} "
            "Ein neues Handlungsfeld braucht zuerst eine Zeile in handlungsfelder.csv."
        )
    folder = project / "book" / "chapters"
    for path in sorted(folder.glob("*.md")):
        if re.fullmatch(rf"\d+-{re.escape(field_id)}", path.stem):
            raise NotBegun(
                f"Das Kapitel gibt es schon: {path.relative_to(project).as_posix()}. Es bleibt, wie es ist."
            )
    field = fields[field_id]
    path = folder / f"{int(field['nr']):02d}-{field_id}.md"
    page = path.relative_to(project).with_suffix("").as_posix()
    contents = project / FILE
    text = contents.read_bytes().decode("utf-8")
    missing = page not in {entry.page.removesuffix(".md") for entry in read_contents(text)}
    try:
        changed = with_chapter(text, page) if missing else text
    except ContentsProblem as error:
        raise NotBegun(str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    needs = any(
        row["handlungsfeld_id"] == field_id and row["art"] in ("herausforderung", "bedarf")
        for row in reading.rows["themen"]
    )
    _write_new(path, chapter_text(field_id, str(field["name"]), needs=needs))
    if missing:
        with whole(contents) as waiting:
            waiting.write_text(changed, "utf-8", newline="")
    return path, missing


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
