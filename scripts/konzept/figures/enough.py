"""What is drawn and what is said: a chart needs something to compare."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from konzept.concept.citing import cited
from konzept.concept.model import Source
from konzept.content import Run, Text, line

FEWEST = 3
"""Fewer data points than these are said in a sentence."""


def enough(points: Iterable[Hashable]) -> bool:
    """Tell whether there are data points enough for a chart; what is the same point counts once.

    Examples
    --------
    >>> enough(["2020", "2021"]), enough(["2020", "2021", "2022"])
    (False, True)
    """
    return len(set(points)) >= FEWEST


def in_words(label: str, name: str, sentences: Sequence[str], sources: Iterable[Source | None]) -> Text:
    """Say what a figure would have shown, with its sources.

    Parameters
    ----------
    label
        The figure's label; references to it lead to the words.
    name
        What the references call the words.
    sentences
        What is said.
    sources
        Where it comes from.
    """
    marks = (Run(f" ({s.short_title})", source=(s.document, s.places)) for s in cited(sources))
    return Text((line(" ".join(sentences), *marks),), label=label, name=name)
