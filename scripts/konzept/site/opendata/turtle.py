r"""RDF written as Turtle: as much of it as a catalogue of fixed shape takes.

A library for RDF would be a package more for every reader's build; tests read the result with one.

    >>> print(turtle({"ex": "http://example.org/"}, [("urn:a", {"ex:name": text('Ein "Wort"'), "ex:age": None})]))
    @prefix ex: <http://example.org/> .
    <BLANKLINE>
    <urn:a>
        ex:name "Ein \"Wort\""@de .
    <BLANKLINE>
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

_NOT_IN_A_TEXT = re.compile(r'[\x00-\x1f"\\\x7f]')
_SPELT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
"""Signs that an address keeps; all others but letters, digits and -._ are written as percent and number."""

Said = Mapping[str, str | Sequence[str] | None]
"""What is said of a thing: to each name a term, several, or None, which is left out."""


def turtle(prefixes: Mapping[str, str], things: Sequence[tuple[str, Said]]) -> str:
    """Write what is said of things, each by its address, in the given order."""
    heads = [f"@prefix {name}: <{address}> ." for name, address in prefixes.items()]
    return "\n".join([*heads, "", *(f"{iri(thing)}\n{_said(said, '    ')} .\n" for thing, said in things)])


def iri(address: str) -> str:
    """Write the address or name of a thing."""
    return f"<{quote(address, safe=_IN_ADDRESSES)}>"


def text(words: str) -> str:
    """Write German text."""
    return f'"{_spelt(words)}"@de'


def value(words: str, kind: str) -> str:
    """Write a value with its type, which is a prefixed name."""
    return f'"{_spelt(words)}"^^{kind}'


def nameless(said: Said) -> str:
    """Write a thing that has no name of its own, by what is said of it."""
    return f"[\n{_said(said, '        ')}\n    ]"


def _said(said: Said, indent: str) -> str:
    terms = ((name, [found] if isinstance(found, str) else found or ()) for name, found in said.items())
    return " ;\n".join(f"{indent}{name} {term}" for name, several in terms for term in several)


def _spelt(words: str) -> str:
    return _NOT_IN_A_TEXT.sub(lambda m: _SPELT.get(m[0], f"\\u{ord(m[0]):04X}"), words)
