"""Events in words."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.model import Event
from konzept.elements.content import Points, Run, Text, line


def events(found: Sequence[Event], *, of: str = "") -> Points | Text:
    """List events in words, where they are too few for a chart."""
    if not found:
        return Text((line(f"Ereignisse{of} sind in den Quellen nicht genannt."),))
    return Points(
        tuple(
            line(
                Run(e.when, strong=True),
                f": {e.title} ({'; '.join(filter(None, (e.state_text, e.circumstances)))}).",
            )
            for e in found
        )
    )
