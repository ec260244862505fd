"""Which indicators a field has, and of how many there are values."""

from __future__ import annotations

from konzept.concept.model import ActionField, Indicator
from konzept.elements.content import Run, Text, line


def indicator(field: ActionField, indicator_id: str) -> Indicator | None:
    """Find an indicator of the field."""
    return next((i for i in field.indicators if i.id == indicator_id), None)


def further_indicators(field: ActionField) -> Text:
    """Lead to the field's other indicators, which the annexes show."""
    place = Run("Ist und Soll", target=f"@indikatoren-{field.id}")
    return Text((line("Weitere Kennzahlen zeigt die Anlage ", place, "."),))
