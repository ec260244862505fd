"""What Sphinx and Jupyter say when a build fails, as German sentences with a place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from konzept.problems import nearest

_PLACE = re.compile(
    r"^(?P<file>.+?\.(?:md|ipynb|yml))(?::(?P<line>\d+))?: (?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)$"
)

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def in_german(log: str, project: Path) -> list[str]:
    """Say why a build failed.

    Parameters
    ----------
    log
        All that Jupyter Book printed.
    project
        The project's folder, so that places are named from there.

    Returns
    -------
    list of str
        At least one sentence.
    """
    log = _COLOUR.sub("", log)
    found = [*_extension_errors(log), *_failed_cells(log, project), *_warnings(log, project)]
    return list(dict.fromkeys(found)) or [_last_resort(log)]


def _extension_errors(log: str) -> Iterator[str]:
    """Our own extensions raise German sentences."""
    match = re.search(
        r"^Extension error(?: \([\w.]+\))?[!:]\s*\n(.*?)(?=^Traceback|^\s*$|\Z)",
        log,
        re.MULTILINE | re.DOTALL,
    )
    if match:
        for line in match[1].strip().splitlines():
            # Sphinx wraps what a handler raised; the sentence is in its exception.
            inner = re.search(r"\(exception: (.*)\)$", line.strip())
            yield inner[1] if inner else line.strip()


def _failed_cells(log: str, project: Path) -> Iterator[str]:
    for match in re.finditer(
        r"^(.*?\.(?:md|ipynb)): WARNING: Executing notebook failed: (\w+)", log, re.MULTILINE
    ):
        raised = re.findall(r"^([A-Za-z_][\w.]*(?:Error|Exception|Problems|Exit)): (.*)$", log, re.MULTILINE)
        names = [(kind, text) for kind, text in raised if "ExecutionError" not in kind]
        reason = f" {_own_words(*names[0])}" if names else ""
        yield f"{_relative(match[1], project)}: Eine Zelle des Kapitels bricht ab.{reason}"


def _own_words(kind: str, text: str) -> str:
    """Pass on our German message; say of others what kind they are."""
    text = text.strip().strip("'\"")
    if kind.endswith(("KeyError", "DataProblems")) and text.endswith((".", "?", "“")):
        return text
    if kind == "NameError" and (match := re.match(r"name '(\w+)", text)):
        return f"Den Namen „{match[1]}“ gibt es dort nicht."
    if kind == "AttributeError" and (match := re.search(r"has no attribute '?(\w+)", text)):
        return f"Den Baustein „{match[1]}“ gibt es nicht."
    if kind == "SyntaxError":
        return "Die Schreibweise einer Zelle ist verletzt, oft durch eine fehlende Klammer oder ein fehlendes Anführungszeichen."
    return f"Python meldet {kind.rsplit('.', 1)[-1]}: {text}"


def _warnings(log: str, project: Path) -> Iterator[str]:
    labels = sorted(set(re.findall(r"\b(?:abb|tab)-[\w-]+", _known_labels(project))))
    for line in log.splitlines():
        match = _PLACE.match(line)
        if match is None or "Executing notebook failed" in line:
            continue
        place = _relative(match["file"], project) + (f", Zeile {match['line']}" if match["line"] else "")
        yield f"{place}: {_sentence(match['text'], labels)}"


def _known_labels(project: Path) -> str:
    inventory = project / "_build" / "html" / "objects.inv"
    if not inventory.is_file():
        return ""
    from sphinx.util.inventory import InventoryFile

    with inventory.open("rb") as file:
        return " ".join(InventoryFile.load(file, "", lambda a, b: b).get("std:label", {}))


def _sentence(text: str, labels: list[str]) -> str:
    for pattern, say in _SENTENCES:
        if match := pattern.search(text):
            return say(match, labels)
    return f"Sphinx meldet: {text}"


def _unknown_reference(match: re.Match[str], labels: list[str]) -> str:
    hit = nearest(match[1], labels)
    hint = f" Meinten Sie „{hit}“?" if hit else " Prüfen Sie die Schreibweise."
    return f"Den Verweis „{match[1]}“ gibt es nicht.{hint}"


Say = Callable[[re.Match[str], list[str]], str]

_SENTENCES: tuple[tuple[re.Pattern[str], Say], ...] = (
    (re.compile(r"undefined label: '?([^' \[]+)'?"), _unknown_reference),
    (re.compile(r"Failed to create a cross reference.*?: '?([^' \[]+)'?"), _unknown_reference),
    (re.compile(r"'myst' cross-reference target not found: '([^']+)'"), _unknown_reference),
    (
        re.compile(r"local id not found in doc '([^']+)': '([^']+)'"),
        lambda match, _: f"Die Seite „{match[1]}“ hat keine Überschrift „{match[2]}“.",
    ),
    (re.compile(r"unknown document: '([^']+)'"), lambda match, _: f"Die Seite „{match[1]}“ gibt es nicht."),
    (
        re.compile(r"No key '([^']+)' found in glue data|glue.*?'([^']+)'"),
        lambda match, _: f"Die Zahl „{match[1] or match[2]}“ ist in diesem Kapitel nicht bekannt.",
    ),
    (re.compile(r"image file not readable: (\S+)"), lambda match, _: f"Das Bild „{match[1]}“ fehlt."),
    (
        re.compile(r"duplicate label ([^,]+)"),
        lambda match, _: (
            f"Die Marke „{match[1]}“ ist zweimal vergeben; jede Abbildung steht nur einmal im Buch."
        ),
    ),
    (
        re.compile(r"Unknown directive type[: ]*'?\"?([\w:-]+)"),
        lambda match, _: f"Den Baustein „{match[1]}“ gibt es nicht.",
    ),
    (
        re.compile(r"Unknown interpreted text role \"?([\w:-]+)"),
        lambda match, _: f"Die Auszeichnung „{match[1]}“ gibt es nicht.",
    ),
    (
        re.compile(r"Non-consecutive header level increase"),
        lambda match, _: "Eine Überschrift überspringt eine Ebene, zum Beispiel # und dann ###.",
    ),
    (re.compile(r"document isn't included in any toctree"), lambda match, _: "Die Seite fehlt in _toc.yml."),
    (
        re.compile(r"stderr was found in the cell outputs"),
        lambda match, _: "Eine Zelle gibt eine Warnung aus.",
    ),
)


def _relative(file: str, project: Path) -> str:
    path = Path(file.strip())
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else file.strip()


def _last_resort(log: str) -> str:
    raised = re.findall(r"^((?:[\w.]+)(?:Error|Exception)): (.*)$", log, re.MULTILINE)
    told = [
        f"{kind.rsplit('.', 1)[-1]}: {text}"
        for kind, text in raised
        if "There was an error" not in text and text
    ]
    return f"Jupyter Book ist gescheitert. {told[-1]}" if told else "Jupyter Book ist gescheitert."
