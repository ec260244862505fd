"""What may be added to one sum: amounts of one year and stage, or of one kind and stage without a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from konzept.concept.model import Concept, Cost
from konzept.words import german
from konzept.words.labels import Word


@dataclass(frozen=True)
class Item:
    """An amount with the measure it is for."""

    measure: str
    cost: Cost


@dataclass(frozen=True)
class Total:
    """What may be added: amounts of one year and stage, or of one kind and stage without a year."""

    year: int | None
    kind: Word | None
    """Only of amounts without a year."""
    stage: Word
    items: tuple[Item, ...]

    @property
    def amount(self) -> Decimal:
        """The whole sum."""
        return self.exact + self.approximate

    @property
    def exact(self) -> Decimal:
        """The sum of what the sources give exactly."""
        return _sum(i.cost for i in self.items if not i.cost.circa)

    @property
    def approximate(self) -> Decimal:
        """The sum of what the sources give as "ca."."""
        return _sum(i.cost for i in self.items if i.cost.circa)

    @property
    def circa(self) -> bool:
        """Whether any part is approximate."""
        return any(i.cost.circa for i in self.items)

    @property
    def text(self) -> str:
        """The sum in German, with "ca." when a part is approximate."""
        return german.euro(self.amount, circa=self.circa)

    @property
    def group(self) -> str:
        """The year, or what stands in its place."""
        return str(self.year) if self.kind is None else f"{self.kind.label}, {self.open}"

    @property
    def open(self) -> str:
        """What the sources leave open about the time."""
        return "Beginn offen" if self.kind == "jaehrlich" else "Jahr offen"


def addable(cost: Cost) -> tuple[int | None, Word | None, Word]:
    """Say to which sum an amount belongs: two may be added if this is the same of both."""
    return (cost.year, None if cost.year is not None else cost.kind, cost.stage)


def totals(concept: Concept) -> list[Total]:
    """Add up what may be added: years in order, then amounts without a year by kind."""
    grouped: dict[tuple[int | None, Word | None, Word], list[Item]] = {}
    for measure in concept.measures:
        for cost in measure.costs:
            grouped.setdefault(addable(cost), []).append(Item(measure.title, cost))

    def order(total: Total) -> tuple[bool, int, int]:
        place = total.kind.place if total.kind else total.year or 0
        return total.kind is not None, place, total.stage.place

    return sorted((Total(*key, tuple(items)) for key, items in grouped.items()), key=order)


def _sum(costs: Iterable[Cost]) -> Decimal:
    return sum((Decimal(str(c.amount)) for c in costs), Decimal(0))


def added(costs: Sequence[Cost]) -> Cost:
    """Add amounts of one year, kind and stage; "ca." when a part is approximate."""
    first = costs[0]
    amount = float(_sum(costs))
    return Cost(first.kind, first.year, amount, any(c.circa for c in costs), first.stage, first.source)


def by_year(costs: Iterable[Cost]) -> list[Cost]:
    """Put amounts in the order of their years, those without one last."""
    return sorted(costs, key=lambda c: (c.year is None, c.year or 0))
