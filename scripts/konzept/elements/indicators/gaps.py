"""Which indicators a field has, and of how many there are values."""

from __future__ import annotations

from konzept.concept.model import ActionField, Indicator
from konzept.elements.content import Run, Text, line
from konzept.words import german


def indicator(field: ActionField, indicator_id: str) -> Indicator | None:
    """Find an indicator of the field."""
    return next((i for i in field.indicators if i.id == indicator_id), None)


def further_indicators(field: ActionField) -> Text:
    """Lead to the field's other indicators, which the annexes show."""
    place = Run("Ist und Soll", target=f"@indikatoren-{field.id}")
    return Text((line("Weitere Kennzahlen zeigt die Anlage ", place, "."),))


def without_data(field: ActionField) -> Text:
    """Name the indicators without observations."""
    silent = [i.name for i in field.indicators if not i.actual()]
    if not field.indicators:
        text = "Für dieses Handlungsfeld ist kein Indikator benannt."
    elif silent:
        text = f"Noch ohne Daten: {german.listing([f'„{name}“' for name in silent])}."
    else:
        text = "Zu allen Indikatoren des Handlungsfeldes liegen Daten vor."
    return Text((line(text),), role="plain")
