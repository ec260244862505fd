"""What is wrong in a language's file, and what is out of date."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from konzept.authors.languages.frame import locale_of, missing_words, terms_of
from konzept.authors.languages.sources import Missing
from konzept.authors.languages.standing import Standing, standings
from konzept.authors.languages.values import value
from konzept.authors.languages.versions import PICTURES, Block, Version, named, read_versions, roles
from konzept.data.problems import Problem, suggestion
from konzept.data.reading import Reading

_LIKE = 0.5
"""So much of the term must be in the form that stands in the text: languages bend their words."""


def check_languages(reading: Reading, book: Path) -> list[Problem]:
    """Find what keeps a version from being made."""
    problems: list[Problem] = []
    for version in read_versions(book):
        problems += version.problems
        if locale_of(version) is None:
            problems.append(
                Problem(
                    version.file,
                    None,
                    None,
                    f"„{version.code}“ ist kein Kürzel einer Sprache. Nennen Sie die Datei zum Beispiel „fr.md“.",
                )
            )
        elif missing := missing_words(version):
            message = f"Für diese Sprache fehlen Wörter des Rahmens: {', '.join(missing)}. Ergänzen Sie sie im Kopf der Datei zwischen zwei Zeilen „---“."
            problems.append(Problem(version.file, 1, None, message))
        if reading.package is not None and not reading.problems:
            problems += (
                Problem(version.file, block.line, None, text)
                for block in version.blocks
                for text in _unknown(block, version, reading)
            )
    return problems


def _unknown(block: Block, version: Version, reading: Reading) -> Iterator[str]:
    """Find what a block asks for and the data do not have."""
    terms = terms_of(version.code, reading)
    for role, content in roles(block.text):
        shown, key = named(content)
        if role == "zahl":
            try:
                value(reading, key)
            except Missing as error:
                yield str(error)
        elif role == "kontakt" and key not in reading.keys("kontakte"):
            yield f"Den Kontakt „{key}“ gibt es in den Daten nicht.{suggestion(key, reading.keys('kontakte'))}"
        elif role == "abbildung" and (key not in PICTURES or not shown):
            yield f"Eine Abbildung schreibt man als „{{abbildung}}`Unterschrift <status>`“; es gibt: {', '.join(PICTURES)}."
        elif role == "begriff" and key not in terms:
            yield f"Der Begriff „{key}“ steht für „{version.code}“ nicht in der Tabelle begriffe.{suggestion(key, terms)} Ergänzen Sie dort eine Zeile."
        elif role == "begriff" and shown and not _alike(shown, terms[key]["wort"]):
            yield f"„{shown}“ ist ein anderes Wort als „{terms[key]['wort']}“ in der Tabelle begriffe. Nehmen Sie überall dasselbe."


def _alike(shown: str, term: str) -> bool:
    """Tell whether two words are forms of one."""
    one, other = shown.casefold(), term.casefold()
    common = difflib.SequenceMatcher(None, one, other).find_longest_match()
    return common.size >= _LIKE * min(len(one), len(other))


def stale_hints(reading: Reading, book: Path) -> list[Problem]:
    """Name every block that is out of date, and blocks that a language lacks."""
    if reading.package is None or reading.problems:
        return []
    found = standings(book, reading)
    return [*stale_problems(found), *_lacking(found)]


def stale_problems(found: list[Standing]) -> list[Problem]:
    """Name every block that is out of date."""
    lines = {(s.version.code, b.name): b.line for s in found for b in s.version.blocks}
    return [
        Problem(
            s.version.file, lines[s.version.code, name], None,
            f"Der Block „{name}“ erscheint nicht, weil er überholt ist. {why} „konzept sprachen“ sagt, was zu tun ist.",
            hint=True,
        )
        for s in found for name, why in s.stale.items()
    ]  # fmt: skip


def _lacking(found: list[Standing]) -> Iterator[Problem]:
    every = {block.name for s in found for block in s.version.blocks}
    for standing in found:
        for name in sorted(every - {block.name for block in standing.version.blocks}):
            yield Problem(
                standing.version.file,
                None,
                None,
                f"Dieser Sprachfassung fehlt der Block „{name}“, den andere haben.",
                hint=True,
            )
