"""What is drawn and what is said: a chart needs something to compare."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.citing import Cited
from konzept.elements.content import Figure, Run, Text, line

FEWEST = 3
"""Fewer distinct data points than these are said in a sentence."""


def points_of(figure: Figure) -> int:
    """Count the distinct data points of a figure: what it says itself, else the rows of its file."""
    return len(set(figure.csv[1:])) if figure.points is None else figure.points


def or_words(figure: Figure, *more: str, opening: str = "") -> Figure | Text:
    """Take the figure if it has data points enough; else its finding between other words, and its sources."""
    if points_of(figure) >= FEWEST:
        return figure
    sentences = [*filter(None, [opening]), figure.finding, *more]
    return in_words(figure.label, figure.caption, sentences, figure.sources)


def in_words(label: str, name: str, sentences: Sequence[str], sources: Sequence[Cited]) -> Text:
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
    marks = (Run(f" ({s.short_title})", source=(s.document, s.places)) for s in sources)
    return Text((line(" ".join(sentences), *marks),), label=label, name=name)
