"""Three hundred random edits: each comes into the page where it stands in Word, or onto the list; none gets lost."""

from __future__ import annotations

import copy
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from konzept.authors.word.importing import Plan, plan_import
from word_documents import PAGE, TOWN, document_says, exported, opened, page_says, project, run, tracked

DOCUMENTS, EDITS = 75, 4
WORDS = [
    "Elternabend",
    "*",
    "_x_",
    "1.",
    "#",
    "<b>",
    "[y](z)",
    "{zahl}`k`",
    "Ende.",
    "&amp;",
    "sehr",
    "-",
    ">",
    "%",
]


def _texts(document: Any) -> list[Any]:
    """Find the texts of prose: those of content controls come from data."""
    return [
        text
        for paragraph in document.element.body.findall(qn("w:p"))
        for text in paragraph.iter(qn("w:t"))
        if (text.text or "").strip()
        and text.getparent().getparent() is paragraph
        and text.getparent().find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is None
    ]


def _new(chance: random.Random) -> str:
    return f"{chance.choice(WORDS)}{chance.randint(1000, 9999)}"


def _word(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    words = text.text.split(" ")
    words[chance.randrange(len(words))] = _new(chance)
    text.text = " ".join(words)


def _insertion(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    words = text.text.split(" ")
    words.insert(chance.randint(0, len(words)), _new(chance))
    text.text = " ".join(words)


def _deletion(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    words = text.text.split(" ")
    del words[chance.randrange(len(words))]
    text.text = " ".join(words)


def _sentence(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    text.text += f" Das ist {_new(chance)} neu."


def _paragraph_of(text: Any) -> Any:
    return next(around for around in text.iterancestors() if around.tag == qn("w:p"))


def _paragraph(document: Any, chance: random.Random) -> None:
    here = _paragraph_of(chance.choice(_texts(document)))
    made = copy.deepcopy(here)
    for child in list(made):
        if child.tag != qn("w:pPr"):
            made.remove(child)
    made.append(run(f"Ein Absatz {_new(chance)} dazu."))
    here.addnext(made)


def _gone(document: Any, chance: random.Random) -> None:
    here = _paragraph_of(chance.choice(_texts(document)))
    here.getparent().remove(here)


def _split(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    words = text.text.split(" ")
    place = chance.randint(0, len(words))
    here = _paragraph_of(text)
    made = copy.deepcopy(here)
    for mark in [*made.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    number = [*here.iter(qn("w:t"))].index(text)
    twin = [*made.iter(qn("w:t"))][number]
    own, other = text.getparent(), twin.getparent()
    for child in list(here)[here.index(own) + 1 :]:
        here.remove(child)
    for child in list(made)[1 : made.index(other)]:
        made.remove(child)
    text.text, twin.text = " ".join(words[:place]), " ".join(words[place:])
    here.addnext(made)


def _join(document: Any, chance: random.Random) -> None:
    here = _paragraph_of(chance.choice(_texts(document)))
    other = here.getnext()
    if other is not None and other.tag == qn("w:p"):
        for child in list(other):
            if child.tag != qn("w:pPr"):
                here.append(child)
        other.getparent().remove(other)


def _tracked(document: Any, chance: random.Random) -> None:
    text = chance.choice(_texts(document))
    words = text.text.split(" ")
    place = chance.randrange(len(words))
    own = text.getparent()
    before, gone, after = (copy.deepcopy(own) for _ in range(3))
    for piece, content in (
        (before, words[:place]),
        (gone, words[place : place + 1]),
        (after, words[place + 1 :]),
    ):
        piece.find(qn("w:t")).text = " ".join(content) + (" " if piece is not after else "")
        own.addprevious(tracked("del", piece) if piece is gone else piece)
        if piece is gone:
            own.addprevious(tracked("ins", run(f"{_new(chance)} ")))
    own.getparent().remove(own)


KINDS: list[Callable[[Any, random.Random], None]] = [
    *(_word, _insertion, _deletion, _sentence, _paragraph, _gone, _split, _join, _tracked),
]


def edited(seed: int) -> Any:
    """Change a document at random."""
    chance = random.Random(seed)
    document = opened(exported())
    for _ in range(EDITS):
        chance.choice(KINDS)(document, chance)
    return document


def accepted(document: Any) -> list[str]:
    """Give what a document says when all is accepted."""
    for gone in [*document.element.body.iter(qn("w:del"))]:
        gone.getparent().remove(gone)
    return document_says(document)


def marks_of(lines: list[str]) -> set[str]:
    """Find the words that only edits have brought."""
    return {mark for line in lines for mark in re.findall(r"\d{4}", line)} - {"2024", "2023"}


def judged(plan: Plan, document: Any, folder: Path) -> None:
    """Hold the page that an import leaves, and its list, against the document."""
    page = next(iter(plan.contents.values()), PAGE)
    assert not plan.conflicts
    wanted, found = accepted(document), page_says(page)
    listed = " ".join(map(str, plan.open))
    if not any(item for item in plan.open if "mit dem Satz gelöscht" not in item.what):
        assert found == wanted
    # What is new stands in the page or on the list, and just there.
    for mark in marks_of(wanted):
        assert (mark in " ".join(found)) != (mark in listed), mark
    assert marks_of(found) <= marks_of(wanted)
    # No cell is touched, and none moves from behind what it stood behind.
    assert re.findall(r"^```.*?^```$", page, re.DOTALL | re.MULTILINE) == re.findall(
        r"^```.*?^```$", PAGE, re.DOTALL | re.MULTILINE
    )


@pytest.mark.parametrize("start", range(0, DOCUMENTS, 15))
def test_each_edit_is_applied_or_listed(start: int, tmp_path: Path) -> None:
    folder = project(tmp_path)
    path = tmp_path / "zurück.docx"
    for seed in range(start, start + 15):
        document = edited(seed)
        document.save(path)
        judged(plan_import(path, folder, TOWN), document, folder)


def _office(folder: Path, paths: list[Path]) -> Iterator[Path]:
    """Let LibreOffice open documents and save them."""
    profile = (folder / "profil").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    form = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "gespeichert")]
    subprocess.run([*command, *form, *map(str, paths)], check=True, capture_output=True, timeout=180)
    yield from (folder / "gespeichert" / path.name for path in paths)


def has_writer() -> bool:
    """Tell whether LibreOffice is there with its part for texts."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libswlo.so").is_file()


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed")
def test_edits_saved_by_libreoffice(tmp_path: Path) -> None:
    folder = project(tmp_path)
    documents = {seed: edited(seed) for seed in range(1000, 1012)}
    paths = [tmp_path / f"{seed}.docx" for seed in documents]
    untouched = tmp_path / "unverändert.docx"
    untouched.write_bytes(exported())
    for path, document in zip(paths, documents.values(), strict=True):
        document.save(path)
    saved = list(_office(tmp_path, [untouched, *paths]))
    plan = plan_import(saved[0], folder, TOWN)
    assert not plan.contents
    assert not plan.open
    for path, document in zip(saved[1:], documents.values(), strict=True):
        judged(plan_import(path, folder, TOWN), document, folder)
