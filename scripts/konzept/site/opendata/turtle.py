r"""RDF written as Turtle: as much of it as a catalogue of fixed shape takes.

A library for RDF would be a package more for every reader's build; tests read the result with one.

    >>> print(turtle({"ex": "http://example.org/"}, [(Iri("urn:a"), [("ex:name", Text('Ein "Wort"'))])]))
    @prefix ex: <http://example.org/> .
    <BLANKLINE>
    <urn:a>
        ex:name "Ein \"Wort\""@de .
    <BLANKLINE>
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

_NOT_IN_A_TEXT = re.compile(r'[\x00-\x1f"\\\x7f]')
_SPELT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
"""Signs that an address keeps; all others but letters, digits and -._ are written as percent and number."""


@dataclass(frozen=True)
class Iri:
    """The address or name of a thing."""

    value: str


@dataclass(frozen=True)
class Text:
    """German text."""

    value: str


@dataclass(frozen=True)
class Value:
    """A value with its type, which is a prefixed name."""

    value: str
    type: str


@dataclass(frozen=True)
class Nameless:
    """A thing that has no name of its own, by what is said of it."""

    said: tuple[Pair, ...]


Term = Iri | Text | Value | Nameless | str
"""A plain string is a prefixed name, as `dcat:Dataset`."""
Pair = tuple[str, Term]


def turtle(prefixes: Mapping[str, str], things: Sequence[tuple[Iri, Sequence[Pair]]]) -> str:
    """Write what is said of things, in the given order."""
    heads = [f"@prefix {name}: <{address}> ." for name, address in prefixes.items()]
    return "\n".join([*heads, "", *(f"{_term(thing)}\n{_said(pairs, 1)} .\n" for thing, pairs in things)])


def _said(pairs: Sequence[Pair], depth: int) -> str:
    return " ;\n".join(f"{'    ' * depth}{name} {_term(term, depth)}" for name, term in pairs)


def _term(term: Term, depth: int = 0) -> str:
    match term:
        case Iri():
            return f"<{quote(term.value, safe=_IN_ADDRESSES)}>"
        case Text():
            return f'"{_spelt(term.value)}"@de'
        case Value():
            return f'"{_spelt(term.value)}"^^{term.type}'
        case Nameless():
            return f"[\n{_said(term.said, depth + 1)}\n{'    ' * depth}]"
        case _:
            return term


def _spelt(text: str) -> str:
    return _NOT_IN_A_TEXT.sub(lambda m: _SPELT.get(m[0], f"\\u{ord(m[0]):04X}"), text)
