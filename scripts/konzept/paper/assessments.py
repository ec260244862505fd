"""The author's words in a status report: kept in a file of the book, and never written over.

`book/berichte/JJJJ-MM-TT.md` has a heading for each part of the report.  What stands below it is printed there;
below a heading without a word nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from konzept.authors.word.source import blocks
from konzept.data.files import write_whole
from konzept.data.problems import DataProblems, Problem, suggestion

FOLDER = "berichte"
"""In the book's folder."""

_HEAD = """\
# Einschätzungen zum Sachstandsbericht

% Was Sie unter eine Überschrift schreiben, steht im Bericht hinter dem berechneten Teil; der nächste Lauf ändert es nicht.
% Überschriften bleiben, wie sie sind. Unter „Beschlussvorschlag“ stehen allein Ihre Worte.
"""


def prepare(path: Path, parts: Sequence[str]) -> None:
    """Write an empty file with a heading for each part, unless there is one."""
    if path.exists():
        return
    path.parent.mkdir(exist_ok=True)
    write_whole(path, "\n".join([_HEAD, *(f"## {part}\n" for part in parts)]))


def read(path: Path, parts: Sequence[str]) -> Mapping[str, str]:
    """Read the words below each heading.

    Raises
    ------
    DataProblems
        A heading is none of the report's, or stands twice; the file cannot be read.
    """
    file = f"book/{FOLDER}/{path.name}"
    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        message = "Die Datei lässt sich nicht lesen. Speichern Sie sie in UTF-8."
        raise DataProblems([Problem(file, None, None, message)]) from None
    found: dict[str, str] = {}
    problems = []
    heads = [block for block in blocks(text) if (block.kind, block.level) == ("heading", 2)]
    ends = [*(head.first for head in heads[1:]), None]
    for head, end in zip(heads, ends, strict=False):  # without a heading there is none
        part = "".join(word.text for word in head.words)
        message = ""
        if part not in parts:
            message = f"Den Abschnitt „{part}“ hat der Bericht nicht.{suggestion(part, parts)}"
        elif part in found:
            message = f"Der Abschnitt „{part}“ steht hier zum zweiten Mal. Führen Sie beide zusammen."
        if message:
            problems.append(Problem(file, head.first + 1, None, message))
        found[part] = "\n".join(text.split("\n")[head.last : end]).strip()
    if problems:
        raise DataProblems(problems)
    return {part: words for part, words in found.items() if words}
