"""The settings of the book in `_config.yml`: that they can be read, hold what makes the book safe, name what there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from konzept.authors.chapters.contents import FILE as CONTENTS
from konzept.authors.chapters.contents import Found, contents_of, read_yaml
from konzept.data import plainyaml
from konzept.data.privacy.allowed import is_foreign
from konzept.data.problems import DataProblems, Problem, suggestion
from konzept.words.letters import no_text_by_line

FILE = "_config.yml"
_GROUPS = (
    *("title", "author", "copyright", "logo", "exclude_patterns", "only_build_toc_files", "bibtex_bibfiles"),
    *("parse", "execute", "html", "latex", "launch_buttons", "repository", "sphinx"),
)
"""What Jupyter Book knows; anything else it passes over, with all that stands below it."""
_NEEDED = {
    "only_build_toc_files": ("true", "sonst stünden Seiten im Buch, die niemand geprüft hat"),
    "execute → allow_errors": ("false", "sonst würde der Fehler einer Zelle veröffentlicht"),
    "execute → raise_on_error": ("true", "sonst würde ein Buch mit Fehlern veröffentlicht"),
    "sphinx → config → language": ("de", "sonst wären Wörter der Seiten englisch"),
}
"""What must stand where, and why."""
_LOADED, _PROGRAM = "sphinx → config → extensions", "konzept.extension"
"""Where the program stands, without which nobody looks through the book."""
_FILES = (
    *("html_static_path", "html_extra_path", "html_logo", "html_favicon", "templates_path"),
    *("logo", "favicon", "bibtex_bibfiles"),
)
"""Settings that name files or folders to be published."""
_NOT_IN_BOOK = "Diese Einstellung nennt etwas außerhalb des Ordners book/; nur was darin liegt, wird veröffentlicht. Legen Sie es dorthin."
_PARTS, _PAGES = "Den Teil", "Die Seite"
_OF_CONTENTS = {
    "konzept_annexes": _PARTS,
    "konzept_run_on_in_print": _PARTS,
    "konzept_not_in_print": _PAGES,
}
"""Settings that name parts or pages of the contents."""
_BROKEN = "Die Schreibweise (YAML) ist verletzt, oft durch Einrückung, Doppelpunkt oder Klammer."
_BACK = "Holen Sie ihre letzte Fassung aus git zurück."


def check_settings(project: Path) -> list[Problem]:
    """Check that the settings can be read, keep the book safe and publish nothing else."""
    try:
        text, node = _settings_of(project)
    except DataProblems as unreadable:
        return list(unreadable.problems)
    if not plainyaml.pairs(node):
        return [Problem(FILE, None, None, f"Die Datei ist leer oder unvollständig. {_BACK}")]
    found = [*no_text_by_line(text), *_lacking(node), *_foreign_files(node, project)]
    return [Problem(FILE, line, None, sentence) for line, sentence in found]


def _settings_of(project: Path) -> tuple[str, yaml.Node | None]:
    return read_yaml(project, FILE, _BROKEN, f"Diese Datei fehlt. {_BACK}")


def _lacking(node: yaml.Node | None) -> Found:
    """Find groups that Jupyter Book does not know, and what is missing that makes the book safe."""
    for name, key, _ in plainyaml.pairs(node):
        if name not in _GROUPS:
            yield plainyaml.line_of(key), f"„{name}:“ kennt Jupyter Book nicht.{suggestion(name, _GROUPS)}"
    for path, (value, why) in _NEEDED.items():
        found = _at(node, path)
        if getattr(found, "value", None) != value:
            line = plainyaml.line_of(found) if found else None
            yield line, f"Bei „{path}“ muss „{value}“ stehen, {why}. Stellen Sie die Zeile wieder her."
    loaded = _at(node, _LOADED)
    names = loaded.value if isinstance(loaded, yaml.SequenceNode) else ()
    if _PROGRAM not in [item.value for item in names]:
        yield (
            plainyaml.line_of(loaded) if loaded else None,
            f"Unter „{_LOADED}“ fehlt „{_PROGRAM}“; ohne sie prüft niemand das fertige Buch, und die Seiten dürften Fremdes laden. Stellen Sie die Zeile wieder her.",
        )


def _at(node: yaml.Node | None, path: str) -> yaml.Node | None:
    """Find the value of a setting by the names that lead to it."""
    for name in path.split(" → "):
        node = next((value for key, _, value in plainyaml.pairs(node) if key == name), None)
    return node


def _settings(node: yaml.Node | None) -> Iterator[tuple[str, list[yaml.Node]]]:
    """Give every setting at any depth with its values, one or a list."""
    for name, _, value in plainyaml.pairs(node):
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        yield name, items
        for item in items:
            yield from _settings(item)


def _foreign_files(node: yaml.Node | None, project: Path) -> Found:
    """Find settings that would publish what lies outside the book."""
    for name, items in _settings(node):
        for item in items if name in _FILES else ():
            if item.value and is_foreign(project / str(item.value), project):
                yield plainyaml.line_of(item), _NOT_IN_BOOK


def hints_in_settings(project: Path) -> list[Problem]:
    """Find parts and pages that are treated in their own way and that the contents do not have: renamed, or not yet there."""
    try:
        (_, node), (_, contents) = _settings_of(project), contents_of(project)
    except DataProblems:
        return []  # said already
    known: dict[str, list[str]] = {_PARTS: [], _PAGES: []}
    for name, items in _settings(contents):
        if name in ("caption", "root", "file"):
            known[_PARTS if name == "caption" else _PAGES] += [str(item.value) for item in items]
    found = []
    for name, items in _settings(node):
        what = _OF_CONTENTS.get(name, "")
        for item in items if what else ():
            if item.value and item.value not in known[what]:
                hint = suggestion(str(item.value), known[what])
                sentence = f"{what} „{item.value}“ gibt es in {CONTENTS} nicht.{hint}"
                found.append(Problem(FILE, plainyaml.line_of(item), None, sentence, hint=True))
    return found
