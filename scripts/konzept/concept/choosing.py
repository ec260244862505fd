"""Which indicator a chapter shows, and which findings open the book: chosen by rules, not by taste.

A chapter shows one indicator; all others are told in the annexes.  It is the first of these that there is:

1. of the indicators that have a series of three values or more, and do not compare municipalities,
2. those whose series is about the area nearest to the town,
3. the first in the order of the data.

The book opens with findings of the town itself on migration, in the order of the book: single values too,
for a council asks first how many people are meant.  An indicator is on migration if its name tells so (`_MIGRATION`)
or its values are told by groups of people.  Where such findings are too few, those of the indicators follow that chapters show:
first those whose value at least halved or doubled, then those about the area nearest to the town, then in the order of the book.
"""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.findings import (
    comparison_finding,
    finding,
    is_comparison,
    leaders,
    recent_claim,
    tells_of_groups,
)
from konzept.concept.model import Area, Concept, Indicator
from konzept.concept.series import Series, series_of

_ENOUGH = 3
"""Fewer values are a sentence, not a chart."""


def telling(indicators: Sequence[Indicator]) -> Indicator | None:
    """Choose the one indicator that a chapter shows; None when no series is long enough."""
    found = [(area, i) for i in indicators if (area := _area(i))]
    return min(found, key=lambda pair: pair[0].rank, default=(None, None))[1]


def across(concept: Concept) -> tuple[Indicator, ...]:
    """Give the indicators that belong to no field."""
    return tuple(i for i in concept.indicators if i.field_id is None)


def findings(concept: Concept, count: int) -> list[tuple[Indicator, str]]:
    """Choose the findings that open the book, with their sentences."""
    groups = [across(concept), *(f.indicators for f in concept.fields)]
    own = [i for group in groups for i in group if is_own(i) and is_on_migration(i)]
    shown = [found for group in groups if (found := telling(group)) and found not in own]
    chosen = [*own, *sorted(shown, key=_weight)][:count]
    return [(i, comparison_finding(concept, i) if is_comparison(i) else finding(i)) for i in chosen]


def is_own(indicator: Indicator) -> bool:
    """Tell whether the town itself has a value."""
    return any(o.area.own and o.value is not None for o in indicator.actual())


_MIGRATION = ("migration", "wander", "ausländ", "einbürger", "eingebürger", "deutsch", "sprach", "flucht")
"""Parts of words by which a name tells of migration."""


def lone(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Choose what is on migration in the town itself and has too few values for a chart: they are shown as numbers."""
    found = [i for i in indicators if is_own(i) and is_on_migration(i)]
    return [i for i in found if sum(o.area.own and o.value is not None for o in i.actual()) < _ENOUGH]


def is_on_migration(indicator: Indicator) -> bool:
    """Tell whether an indicator is about migrants, by its name or its groups."""
    name = indicator.name.casefold()
    return any(part in name for part in _MIGRATION) or tells_of_groups(indicator)


def is_long(indicator: Indicator) -> bool:
    """Tell whether an indicator has a series that is worth a chart."""
    return bool(_long(indicator))


def _long(indicator: Indicator) -> list[Series]:
    if is_comparison(indicator):
        return []
    return [s for s in series_of(indicator) if len(s.values) >= _ENOUGH]


def _area(indicator: Indicator) -> Area | None:
    return min((s.area for s in _long(indicator)), key=lambda area: area.rank, default=None)


def _weight(indicator: Indicator) -> tuple[bool, tuple[bool, int, int]]:
    groups = leaders(_long(indicator))
    turned = any(getattr(recent_claim(indicator, s), "factor", None) for s in groups)
    return (not turned, groups[0].area.rank)
