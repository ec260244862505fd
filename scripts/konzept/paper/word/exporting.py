"""`konzept word export`: builds the document in the work folder of all builds and puts it where it is wanted."""

from __future__ import annotations

import os
from pathlib import Path

from konzept.data.files import write_whole
from konzept.publishing.building import WORK, Tell, run_book
from konzept.publishing.leftovers import ANEW, note, take_over
from konzept.publishing.locking import alone
from konzept.site.papers import Paper


def word_file(paper: Paper) -> str:
    """Name what is built."""
    return f"sachstandsbericht-{paper.report}.docx" if paper.report else f"{paper.chapter or 'konzept'}.docx"


def export_word(project: Path, data: Path, chapter: str | None, target: Path, tell: Tell) -> None:
    """Write a chapter, or all pages, as a Word document.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    data
        The data folder; it has been checked.
    chapter
        The action field whose chapter is wanted; None for all pages.
    target
        The file to write.
    tell
        Takes lines of progress.

    Raises
    ------
    BuildFailed
        It could not be made; the file is as it was.
    """
    work = project / "_build" / WORK
    paper = Paper(chapter)
    environment = {**os.environ, "KONZEPT_DATA": str(data.resolve()), **paper.environment()}
    environment.setdefault("SOURCE_DATE_EPOCH", "0")
    with alone(work, tell) as lock:
        if take_over(work / "_build"):
            tell(ANEW)
        run_book("word", word_file(paper), project, project, work, environment, tell, lock)
        note(work / "_build")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, (work / "_build" / "word" / word_file(paper)).read_bytes())
