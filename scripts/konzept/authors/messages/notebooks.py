"""What went wrong in a cell that ran, in German and with the line of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_FAILED = re.compile(
    r"^(?P<file>.*?\.(?:md|ipynb)): WARNING: Executing notebook failed: (?P<kind>\w+)", re.MULTILINE
)
_SOURCE = re.compile(
    r"executing the following cell:\n-{3,}\n(?P<code>.*?)\n-{3,}\n(?P<trace>.*?)(?=^The above exception|\Z)",
    re.MULTILINE | re.DOTALL,
)
_PREVIEW = re.compile(r"preview of the cell contents:\n-{3,}\n(?P<code>.*?)\n-{3,}", re.DOTALL)
_RAISED = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Problems|Exit|Interrupt)): (.*)$", re.MULTILINE)


def failed_cells(log: str, project: Path) -> Iterator[str]:
    """Say which cells failed, where and why."""
    for match in _FAILED.finditer(log):
        # What a cell raised stands behind the warning; with several, each before the next.
        following = _FAILED.search(log, match.end())
        part = log[match.end() : following.start()] if following else log[match.end() :]
        file = relative(match["file"], project)
        if match["kind"] == "CellTimeoutError":
            yield f"{file}{_line(_PREVIEW.search(part), '', project / file)}: {_TOO_LONG}"
            continue
        if match["kind"] == "DeadKernelError":
            yield f"{file}: {DIED}"
            continue
        cell = _SOURCE.search(part)
        trace = cell["trace"] if cell else part
        raised = [(kind, text) for kind, text in _RAISED.findall(trace) if "ExecutionError" not in kind]
        reason = f" {own_words(*raised[0])}" if raised else ""
        yield f"{file}{_line(cell, trace, project / file)}: Eine Zelle bricht ab.{reason}"


def relative(file: str, project: Path) -> str:
    """Name a file from the project's folder, as an author knows it."""
    path = Path(file.strip().strip("'\""))
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()


DIED = (
    "Python ist beim Rechnen dieser Seite abgestürzt, oft weil der Arbeitsspeicher nicht reicht. "
    "Schließen Sie andere Programme und bauen Sie noch einmal."
)
_TOO_LONG = "Diese Zelle rechnet zu lange und wurde abgebrochen. Prüfen Sie, ob sie sich endlos wiederholt."


def _line(cell: re.Match[str] | None, trace: str, page: Path) -> str:
    """Find the cell in the page, and in the cell the line at which it failed."""
    if cell is None or not page.is_file():
        return ""
    text = page.read_text("utf-8", "replace").replace("\r\n", "\n")
    # Long cells are shown shortened: the first lines are enough to find one.
    start = text.find("\n".join(cell["code"].split("\n")[:5]))
    if start < 0:
        return ""
    pointed = re.search(r"^-+> (\d+) ", trace, re.MULTILINE)
    return f", Zeile {text.count(chr(10), 0, start) + int(pointed[1] if pointed else 1)}"


def own_words(kind: str, text: str, *, details: str = "im Protokoll") -> str:
    """Pass on our German message; say of others what they mean, or where their own words stand."""
    text = text.strip().strip("'\"")
    kind = kind.rsplit(".", 1)[-1]
    if kind == "DataProblems" or ("„" in text and text.endswith((".", "?", "“"))):
        return text
    for name, pattern, sentence in _KINDS:
        if kind == name and (match := re.search(pattern, text)):
            return sentence.format(*match.groups())
    return f"Python meldet den Fehler „{kind}“; sein Wortlaut steht {details}."


_KINDS = (
    ("NameError", r"name '(\w+)", "Den Namen „{0}“ gibt es dort nicht. Prüfen Sie die Schreibweise."),
    (
        "AttributeError",
        r"has no attribute '?(\w+)",
        "Den Baustein „{0}“ gibt es nicht. Prüfen Sie die Schreibweise.",
    ),
    ("SyntaxError", r"", "Ihre Schreibweise ist verletzt, oft durch eine fehlende Klammer."),
    (
        "TypeError",
        r"(\w+)\(\) .*argument",
        "Die Angaben in den Klammern von „{0}“ passen nicht. Vergleichen Sie sie mit einem anderen Kapitel.",
    ),
    (
        "TypeError",
        r"",
        "Eine Angabe ist von anderer Art als erwartet, zum Beispiel Text statt einer Zahl. "
        "Vergleichen Sie sie mit einem anderen Kapitel.",
    ),
    (
        "ModuleNotFoundError",
        r"named '([\w.]+)",
        "Das Python-Paket „{0}“ ist nicht eingerichtet. Kapitel brauchen nur „konzept“.",
    ),
    (
        "ImportError",
        r"import name '(\w+)",
        "Den Namen „{0}“ gibt es in diesem Paket nicht. Prüfen Sie die Schreibweise.",
    ),
    ("FileNotFoundError", r": '(.+)$", "Die Datei „{0}“ gibt es nicht. Prüfen Sie Ordner und Namen."),
    ("KeyError", r"(.+)", "Den Schlüssel oder die Spalte „{0}“ gibt es nicht. Prüfen Sie die Schreibweise."),
    ("ZeroDivisionError", r"", "Sie teilt durch null. Prüfen Sie, ob ein Wert fehlt."),
    (
        "StdinNotImplementedError",
        r"",
        "Sie fragt nach einer Eingabe; beim Bauen ist niemand da, der antwortet.",
    ),
)
"""Kind of error, what its text holds, and how to say it."""
