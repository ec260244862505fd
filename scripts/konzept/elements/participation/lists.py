"""What was proposed and what exists already, in words."""

from __future__ import annotations

from konzept.concept.model import ActionField
from konzept.elements.content import Points, Run, line
from konzept.words import german


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
