"""Copies of the whole project, to build, break and change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from folders import PROGRAM, PROJECT, forget_editions

SMALL = """\
format: jb-book
root: book/index
parts:
  - caption: Handlungsfelder
    numbered: 1
    chapters:
      - file: book/chapters/01-bildung
"""


def copy_project(folder: Path, *, small: bool = False) -> Path:
    """Copy what is in the repository; scripts and fonts of npm and kept drawings are shared to save time.

    A small copy holds the start page and one chapter: what building does is the same, and sooner done.
    """
    folder.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", "intern", ".ipynb_checkpoints")
    for place in (PROJECT / "book", PROJECT / "data", PROGRAM / "scripts"):
        shutil.copytree(place, folder / place.name, ignore=ignored)
    forget_editions(folder / "data")
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(PROJECT / name, folder)
    if small:
        (folder / "_toc.yml").write_text(SMALL, "utf-8")
        for page in (folder / "book").rglob("*.md"):
            if page.stem not in ("index", "01-bildung"):
                page.unlink()
        # What is left must not link to pages that are gone.
        start = folder / "book/index.md"
        text = start.read_text("utf-8").split("## Wo möchten Sie anfangen?")[0]
        start.write_text(re.sub(r"\[([^\]]+)\]\([\w-]+\.md\)", r"\1", text), "utf-8")
    (folder / "node_modules").symlink_to(PROGRAM / "node_modules")
    take_drawings(folder)
    return folder


def take_drawings(folder: Path) -> None:
    """Share what was drawn for the frozen town: only what is new is drawn then."""
    place = "_build/.konzept/_build/.diagramme"
    if (PROJECT / place).is_dir():
        # Another worker may be building: what is not yet whole is not taken.
        shutil.copytree(PROJECT / place, folder / place, ignore=shutil.ignore_patterns("*.neu"))


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file; the old text must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")
