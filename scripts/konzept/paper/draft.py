"""What lies upon a draft: the word "Entwurf" across each page, and numbers of lines for comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from konzept.paper.document import render
from konzept.paper.printing import Line, Sheet, layout


def overlay(sheets: Sequence[Sheet], root: Path, *, cover: bool) -> bytes:
    """Print as many pages that hold nothing but the mark and the numbers; a cover bears no numbers."""
    numbered = [(s, [] if cover and s is sheets[0] else baselines(s.lines)) for s in sheets]
    html = render("draft.html", pages=numbered)
    return layout(html, root, "entwurf", tagged=False).content


def baselines(lines: Iterable[Line]) -> list[float]:
    """Say where lines end, from top to bottom; those of columns side by side count as one.

    Examples
    --------
    >>> baselines([Line(100, 15), Line(115, 15), Line(101, 12)])
    [114, 130]
    """
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.height / 2, line.top)):
        middle = line.top + line.height / 2
        if not found or middle - found[-1][0] > line.height / 2:
            found.append((middle, line.top + line.height))
    return [bottom for _, bottom in found]
