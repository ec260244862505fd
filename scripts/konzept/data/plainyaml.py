"""YAML as it is written here: texts, numbers, lists and groups, each place once.

YAML can do more: name a part and put it in elsewhere, even in itself, or call for a type.  Nobody means that who
begins a text with `&`, `*` or `!`, and a few such lines grow to more than any machine holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

_DEEP = 30
"""So deep nothing is nested that a person wrote."""
_MARKED = (
    "Am Anfang einer Angabe haben „&“, „*“ und „!“ in YAML eine Bedeutung, die hier nicht vorgesehen ist. "
    "Setzen Sie die Angabe in Anführungszeichen."
)
_NESTED = "Hier ist tiefer verschachtelt als vorgesehen. Prüfen Sie Klammern und Einrückungen."


class NotPlain(ValueError):
    """A text is no YAML, or none that is used here: the line if it is known, and a German sentence."""

    def __init__(self, line: int | None, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


class _Loader(yaml.SafeLoader):
    """Refuses what is not used here before it is put together."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Put a part together."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
            raise NotPlain(line, _MARKED)
        if self.depth > _DEEP:
            raise NotPlain(line, _NESTED)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@lru_cache(maxsize=256)  # several checks look through the same head of a page
def compose(text: str, broken: str) -> yaml.Node | None:
    r"""Read a text as a tree that ends.

    Parameters
    ----------
    text
        What stands in the file.
    broken
        What to say where it is no YAML.

    Raises
    ------
    NotPlain
        It is no YAML, or more than is used here.

    Examples
    --------
    >>> compose("a: &x [*x]", "…")
    Traceback (most recent call last):
    konzept.data.plainyaml.NotPlain: Am Anfang einer Angabe haben „&“, „*“ und „!“ in YAML eine Bedeutung, die hier nicht vorgesehen ist. Setzen Sie die Angabe in Anführungszeichen.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotPlain(mark.line + 1 if mark else None, broken) from None
    for line, sentence in _faults(node):
        raise NotPlain(line, sentence)
    return node


def load(text: str, broken: str) -> Any:
    """Read a text as values.

    Raises
    ------
    NotPlain
        It is no YAML, or more than is used here.
    """
    node = compose(text, broken)
    return yaml.SafeLoader("").construct_document(node) if node else None


def pairs(node: yaml.Node | None) -> list[tuple[str, yaml.Node, yaml.Node]]:
    """Give name, its place and value of each line of a group; nothing where it is none."""
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key.value, key, value) for key, value in node.value]


def line_of(node: yaml.Node) -> int:
    """Give the line on which something begins."""
    return int(node.start_mark.line) + 1


def _faults(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Find names that stand twice, of which the last would win, and what looks like a day or number and is none."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _faults(item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield (
                    line_of(key),
                    "Vor dem Doppelpunkt steht hier kein einfaches Wort. Schreiben Sie dort eines.",
                )
            elif key.value in seen:
                yield (
                    line_of(key),
                    f"„{key.value}“ steht in dieser Gruppe zum zweiten Mal. Löschen Sie eine der Angaben.",
                )
            else:
                seen.add(key.value)
                yield from _faults(key)
                yield from _faults(value)
    elif isinstance(node, yaml.ScalarNode):
        try:
            yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            yield (
                line_of(node),
                f"„{node.value}“ sieht aus wie ein Tag oder eine Zahl, ist aber keines von beiden. Setzen Sie die Angabe in Anführungszeichen.",
            )
