"""What is shown of several indicators: charts, sentences where there is little to draw, one table of rankings."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.findings import is_comparison, tells_of_groups
from konzept.concept.model import Concept, Indicator
from konzept.elements.content import Block
from konzept.elements.indicators.figure import indicator_block
from konzept.elements.indicators.tables import comparisons_table


def charts(concept: Concept, key: str, indicators: Sequence[Indicator]) -> list[Block]:
    """Show indicators in their order, one ranking of municipalities at most, and the others in a table.

    A ranking bears on the concept if it tells of groups of people, or belongs to no field and so tells of the
    towns themselves; the first such one is drawn.

    Parameters
    ----------
    concept
        The concept.
    key
        What the table's label ends with, as an action field's id.
    indicators
        The indicators; those without observations are passed over.
    """
    ranked = [i for i in indicators if is_comparison(i)]
    drawn = next((i for i in ranked if i.field_id is None or tells_of_groups(i)), None)
    tabled = [i for i in ranked if i is not drawn]
    blocks: list[Block] = [
        found for i in indicators if i not in tabled and (found := indicator_block(concept, i))
    ]
    table = comparisons_table(concept, key, tabled)
    return [*blocks, table] if table else blocks
