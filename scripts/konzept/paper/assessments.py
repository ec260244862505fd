"""The author's words in a status report: kept in a file of the book, and never written over.

`book/berichte/JJJJ-MM-TT.md` has a heading for each part of the report.  What stands below it is printed there;
below a heading without a word nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from konzept.data.files import whole
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
    with whole(path) as waiting:
        waiting.write_text("\n".join([_HEAD, *(f"## {part}\n" for part in parts)]), "utf-8")


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
    found: dict[str, list[str]] = {}
    problems = []
    own: list[str] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.match(r"(`{3,}|~{3,})", line.strip())
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence else re.fullmatch(r"##\s+(.+?)\s*#*", line)
        if heading is None:
            own.append(line)
        elif heading[1] not in parts:
            message = f"Den Abschnitt „{heading[1]}“ hat der Bericht nicht.{suggestion(heading[1], parts)}"
            problems.append(Problem(file, number, None, message))
        elif heading[1] in found:
            message = f"Der Abschnitt „{heading[1]}“ steht hier zum zweiten Mal. Führen Sie beide zusammen."
            problems.append(Problem(file, number, None, message))
        else:
            own = found[heading[1]] = []
    if problems:
        raise DataProblems(problems)
    return {part: words for part, lines in found.items() if (words := "\n".join(lines).strip())}
