"""What Sphinx, MyST and docutils warn of, in German.

Each line of the table is a warning that an author can cause; the tests provoke every one of them.
What is not in the table is named by its place alone, and the log keeps the English words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from konzept.authors.messages.notebooks import relative
from konzept.data.problems import nearest, suggestion

_PLACE = re.compile(
    r"^(?P<file>.+?\.(?:md|ipynb|yml)):?(?::(?P<line>\d+))?: (?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)$"
)
_OWN = re.compile(r"Die Quelle „|PDF: ")
"""How warnings of our own extensions begin."""
_ELSEWHERE = re.compile(r"toctree contains reference to document '(?P<page>[^']+)' that doesn't have a title")
UNKNOWN = (
    "Hier passt etwas an der Schreibweise nicht. Vergleichen Sie die Stelle mit der Seite „Mitschreiben“; "
    "der genaue Wortlaut steht im Protokoll."
)


def page_warnings(log: str, project: Path) -> Iterator[str]:
    """Say what is wrong in pages that were read."""
    labels = sorted(set(re.findall(r"\b(?:abb|tab)-[\w-]+", _known_labels(project))))
    for line in log.splitlines():
        match = _PLACE.match(line)
        if match is None or "Executing notebook failed" in line or "Notebook exception traceback" in line:
            continue
        place = relative(match["file"], project) + (f", Zeile {match['line']}" if match["line"] else "")
        if other := _ELSEWHERE.search(match["text"]):
            place = f"{other['page']}.md"
        yield f"{place}: {_sentence(match['text'], labels, project)}"


def _known_labels(project: Path) -> str:
    inventory = project / "_build" / "html" / "objects.inv"
    if not inventory.is_file():
        return ""
    from sphinx.util.inventory import InventoryFile

    with inventory.open("rb") as file:
        return " ".join(InventoryFile.load(file, "", lambda a, b: b).get("std:label", {}))


def _sentence(text: str, labels: list[str], project: Path) -> str:
    if _OWN.match(text):
        return text
    for pattern, say in _SENTENCES:
        if match := pattern.search(text):
            return say(match, labels, project)
    return UNKNOWN


Say = Callable[[re.Match[str], list[str], Path], str]


def _unknown_reference(match: re.Match[str], labels: list[str], project: Path) -> str:
    name = match[1]
    if hit := nearest(name, labels):
        return f"Den Verweis „{name}“ gibt es nicht. Meinten Sie „{hit}“?"
    if name.startswith(("abb-", "tab-")):
        return (
            f"Den Verweis „{name}“ gibt es nicht. Prüfen Sie die Schreibweise; "
            "ohne Werte in den Daten entsteht keine Abbildung oder Tabelle, dann nehmen Sie den Verweis heraus."
        )
    return f"Den Verweis „{name}“ gibt es nicht. Prüfen Sie die Schreibweise."


def _unknown_target(match: re.Match[str], labels: list[str], project: Path) -> str:
    name = match[1]
    if not name:
        return "In den runden Klammern des Verweises fehlt das Ziel. Nennen Sie dort eine Seite oder eine Adresse."
    if re.search(r"\.\w+$", name):
        return f"Die Datei „{name}“, auf die hier verwiesen wird, gibt es nicht. Prüfen Sie Ordner und Namen."
    return f"Den Verweis „{name}“ gibt es nicht. Prüfen Sie die Schreibweise der Überschrift oder Marke."


def _options(match: re.Match[str], labels: list[str], project: Path) -> str:
    allowed = re.findall(r"'([\w-]+)'", match[3])
    given = re.findall(r"'([\w-]+)'", match[2])
    return " ".join(
        f"Der Baustein „{match[1]}“ kennt die Angabe „{name}“ nicht.{suggestion(name, allowed)}"
        for name in given
    )


def _file(sentence: str) -> Say:
    return lambda match, labels, project: sentence.format(relative(match[1], project))


def _fixed(sentence: str) -> Say:
    return lambda match, labels, project: sentence.format(*match.groups())


_TABLE = "Die Zeilen dieser Tabelle haben nicht gleich viele Zellen. Ergänzen Sie die fehlenden."

_SENTENCES: tuple[tuple[re.Pattern[str], Say], ...] = tuple(
    (re.compile(pattern), say)
    for pattern, say in (
        # References
        (r"undefined label: '?([^' \[]+)'?", _unknown_reference),
        (
            r"Any number is not assigned: (\S+)",
            _fixed(
                "„{0}“ hat keine Nummer, auf die verwiesen werden kann. "
                "Geben Sie der Abbildung eine Unterschrift, oder verweisen Sie mit {{ref}} und einem Text."
            ),
        ),
        (r"Failed to create a cross reference.*?: '?([^' \[]+)'?", _unknown_reference),
        (r"'myst' cross-reference target not found: '([^']*)'", _unknown_target),
        (
            r"local id not found in doc '([^']+)': '([^']+)'",
            _fixed("Die Seite „{0}“ hat keine Überschrift „{1}“. Prüfen Sie die Schreibweise."),
        ),
        (
            r"unknown document: '([^']+)'",
            _fixed("Die Seite „{0}“ gibt es nicht. Prüfen Sie die Schreibweise."),
        ),
        (
            r"term not in glossary: '([^']+)'",
            _fixed(
                "Das Glossar kennt den Begriff „{0}“ nicht. Ergänzen Sie ihn dort, oder prüfen Sie die Schreibweise."
            ),
        ),
        (
            r"Lexing literal_block",
            _fixed("Dieser Quelltext passt nicht zu der Sprache, die hinter den drei Zeichen „`“ steht."),
        ),
        (
            r"equation not found: (\S+)",
            _fixed("Die Formel „{0}“ gibt es nicht. Prüfen Sie die Schreibweise."),
        ),
        (
            r"(?:No key|glue.*?) '([^']+)'",
            _fixed("Die Zahl „{0}“ ist in diesem Kapitel nicht bekannt. Prüfen Sie die Schreibweise."),
        ),
        # Names given twice
        (
            r"duplicate label ([^,]+)",
            _fixed("Die Marke „{0}“ ist zweimal vergeben; jede Abbildung steht nur einmal im Buch."),
        ),
        (
            r"Duplicate explicit target name: \"([^\"]+)\"",
            _fixed(
                "Die Marke „{0}“ steht auf dieser Seite zweimal. Geben Sie der zweiten einen anderen Namen."
            ),
        ),
        (
            r"duplicate term description of ([^,]+)",
            _fixed("Der Begriff „{0}“ steht zweimal im Glossar. Löschen Sie einen der Einträge."),
        ),
        (
            r"Multiple footnote definitions found for label: '([^']+)'",
            _fixed("Die Fußnote „{0}“ hat zwei Texte. Geben Sie der zweiten einen anderen Namen."),
        ),
        # Files
        (r"image file not readable: (\S+)", _file("Das Bild „{0}“ fehlt. Prüfen Sie Ordner und Namen.")),
        (r"download file not readable: (\S+)", _file("Die Datei „{0}“ fehlt. Prüfen Sie Ordner und Namen.")),
        (
            r"Directive \"include\": file not found: (\S+)",
            _file("Die Datei „{0}“ fehlt. Prüfen Sie Ordner und Namen."),
        ),
        (r"Include file (\S+) not found", _file("Die Datei „{0}“ fehlt. Prüfen Sie Ordner und Namen.")),
        (
            r"Problems with \"csv-table\" directive path",
            _fixed("Die Datei für diese Tabelle fehlt. Prüfen Sie Ordner und Namen."),
        ),
        # Blocks and roles
        (
            r"Unknown directive type[: ]*'?\"?([\w:-]+)",
            _fixed(
                "Den Baustein „{0}“ gibt es nicht. Prüfen Sie die Schreibweise in den geschweiften Klammern."
            ),
        ),
        (
            r"Unknown interpreted text role \"?([\w:-]+)",
            _fixed(
                "Die Auszeichnung „{0}“ gibt es nicht. Prüfen Sie die Schreibweise in den geschweiften Klammern."
            ),
        ),
        (r"'([\w:-]+)': Unknown option keys: \[(.*?)\] \(allowed: \[(.*?)\]\)", _options),
        (
            r"'([\w:-]+)': Invalid option value for '([\w-]+)': (.*?):",
            _fixed("Beim Baustein „{0}“ ist „{2}“ kein Wert für die Angabe „{1}“."),
        ),
        (
            r"Directive '([\w:-]+)': \d+ argument\(s\) required",
            _fixed(
                "Hinter „{{{0}}}“ fehlt in derselben Zeile eine Angabe, zum Beispiel ein Titel oder eine Datei."
            ),
        ),
        (r"uniform two-level bullet list expected", _fixed(_TABLE)),
        (
            r"Error with CSV data in \"csv-table\" directive",
            _fixed(
                "Die Zeilen dieser Tabelle lassen sich nicht lesen, oft wegen eines fehlenden Anführungszeichens."
            ),
        ),
        (
            r"Found an unexpected `code-cell`",
            _fixed(
                "Eine Zelle steht in einem anderen Baustein und läuft dort nicht. Setzen Sie sie für sich."
            ),
        ),
        (
            r"Pygments lexer name '([^']+)' is not known",
            _fixed(
                "Hinter den drei Zeichen „`“ steht „{0}“; eine Sprache dieses Namens ist nicht bekannt. Schreiben Sie dort nichts oder „text“."
            ),
        ),
        # Structure
        (
            r"Non-consecutive header level increase",
            _fixed(
                "Eine Überschrift überspringt eine Ebene, zum Beispiel # und dann ###. Lassen Sie ein Zeichen # weg."
            ),
        ),
        (
            r"that doesn't have a title",
            _fixed(
                "Die Seite hat keine Überschrift der ersten Ebene. Beginnen Sie mit einer Zeile „# Titel“."
            ),
        ),
        (
            r"may not begin with a transition",
            _fixed("Eine Seite oder ein Abschnitt beginnt nicht mit einem Trennstrich „---“."),
        ),
        (
            r"stderr was found in the cell outputs",
            _fixed("Diese Zelle gibt eine Warnung aus. Öffnen Sie die Seite in JupyterLab, um sie zu lesen."),
        ),
    )
)
