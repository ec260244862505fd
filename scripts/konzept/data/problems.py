"""A problem that an author can mend: where it is, what is wrong, what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from konzept.words import german, official

MANY = 12
"""So many allowed words are named in a message; more would hide the point."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, in one German sentence."""

    file: str
    line: int | None
    column: str | None
    message: str
    value: str | None = None
    hint: bool = False
    """Whether it is only doubtful: to be looked at, but no reason not to build."""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", Zeile {self.line}"
        if self.column is not None:
            place += f", Spalte „{self.column}“"
        return f"{place}: {self.message}"


class NotDone(Exception):
    """What was asked for is not done; the message says in German why, a sentence a line."""

    status = 1
    """What the program ends with; 2 where the call itself was wrong."""


class DataProblems(Exception):
    """The data hold problems; the message lists all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def _render_traceback_(self) -> list[str]:
        """Show authors in a notebook the sentences alone (IPython asks for this)."""
        return str(self).splitlines()


def refused(place: Path | str, message: str, line: int | None = None) -> DataProblems:
    """Say by one problem why a file, a folder or an option is not taken."""
    return DataProblems([Problem(place.name if isinstance(place, Path) else place, line, None, message)])


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """Find the allowed word most like a mistyped one, or None when none is near.

    Examples
    --------
    >>> nearest("bildnug", ["bildung", "sprache"])
    'bildung'
    >>> nearest("xyz", ["bildung", "sprache"]) is None
    True
    """
    match = process.extractOne(value, list(allowed), scorer=fuzz.ratio, score_cutoff=60)
    return match[0] if match else None


def suggestion(value: str, allowed: Iterable[str]) -> str:
    """Ask whether the nearest allowed word was meant, else name what is allowed."""
    allowed = list(allowed)
    if hit := nearest(value, allowed):
        return f" Meinten Sie „{hit}“?"
    if not allowed:
        return ""
    if len(allowed) <= MANY:
        return f" Erlaubt: {', '.join(allowed)}."
    return f" Erlaubt sind {len(allowed)} Werte, zum Beispiel {', '.join(allowed[:3])}."


def type_message(kind: str, value: str) -> str:
    """Say that a text is no number or date, and how to write one."""
    if kind == "date":
        return official.not_a_day(value)
    if meaning := official.meaning_of_sign(value):
        return f"„{value}“ {meaning}"
    if found := official.amount(value):
        return f"„{value}“ enthält die Einheit; in die Zelle gehört nur die Zahl. Schreiben Sie {str(found[0]).replace('.', ',')}, wenn {found[1]} gemeint sind."
    if readings := german.two_readings(re.sub(r"\s*[%€]$", "", value.strip())):
        return (
            f"„{value}“ ist mehrdeutig: {readings[0]} oder {readings[1]}? "
            "Schreiben Sie Tausender ohne Punkt und Nachkommastellen mit Komma."
        )
    example = "33000 oder 6,55" if kind == "number" else "2024"
    return f"„{value}“ ist keine Zahl. Schreiben Sie zum Beispiel {example}."
