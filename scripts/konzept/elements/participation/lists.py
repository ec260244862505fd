"""What was proposed and what exists already, in words."""

from __future__ import annotations

from konzept.concept.model import ActionField
from konzept.elements.content import Points, Run, Text, line
from konzept.words import german


def contributions(field: ActionField) -> Points | Text:
    """List what was proposed and what became of it."""
    if not field.contributions:
        text = "Einzelne Vorschläge aus der Beteiligung und ihre Folgen sind für dieses Handlungsfeld nicht dokumentiert."
        return Text((line(text),))
    return Points(
        tuple(
            line(
                f"{c.text.rstrip('.')}: ",
                Run(c.outcome.label, strong=True),
                f". {c.reason or ''}".rstrip(),
            )
            for c in field.contributions
        )
    )


def offers(field: ActionField) -> Points | None:
    """List what exists already in the field; None where the sources name nothing."""
    if not field.offers:
        return None
    return Points(
        tuple(
            line(Run(o.name, strong=True), f": {german.sentence(o.description)}" if o.description else "")
            for o in field.offers
        )
    )
