"""Words that the data allow, with the labels that their description gives them, and words that stand for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

PHASES = ("Vorschlag", "Vorbereitung", "Umsetzung", "außerhalb")
"""What a status belongs to."""

CLAIMS = ("genannt", "angemeldet", "beschlossen", "ohne_ende", "beendet")
"""What a status may say besides its phase: that a source names it so, which is no proof that it is so; that money is
filed; that a body has decided; that nothing is due by the measure's end; that nothing is due any more."""


LEVELS = ("ortsteil", "gemeinde", "umland", "kreis", "land", "bund")
"""Levels of areas by nearness to the people of a town; whose values are too small to show depends on it."""


class Word(str):
    """A word that a column allows: to the data its key, to people its label."""

    __slots__ = ("label", "place", "traits")
    label: str
    place: int
    """Where it stands among all words of its column."""
    traits: Mapping[str, Any]
    """What else the description of the data says of it."""

    def __new__(
        cls, key: str, label: str = "", place: int = 0, traits: Mapping[str, Any] = MappingProxyType({})
    ) -> Self:
        """Make a word; without a label it stands for itself."""
        self = super().__new__(cls, key)
        self.label, self.place, self.traits = label or key, place, traits
        return self


class Status(Word):
    """A status in the order of progress, with all that pages and rules ask of it."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """Its word in tables."""
        return self.heading.replace("\N{SOFT HYPHEN}", "")

    @property
    def heading(self) -> str:
        """Its word as a narrow heading, with the places to break: not every browser can part German words by itself."""
        return str(self.traits.get("kurz", self.label)).replace("|", "\N{SOFT HYPHEN}")

    @property
    def is_noun(self) -> bool:
        """Whether its word names a thing: „Idee“."""
        return self.label[0].isupper()

    @property
    def phase(self) -> str:
        """Under which heading it stands; one of `PHASES`."""
        return str(self.traits["phase"])

    @property
    def criterion(self) -> str:
        """When a measure has it."""
        return str(self.traits["kriterium"])

    @property
    def proof(self) -> str:
        """What proves it."""
        return str(self.traits["nachweis"])

    @property
    def on_path(self) -> bool:
        """Whether it leads on to others."""
        return self.phase != "außerhalb"

    @property
    def acting(self) -> bool:
        """Whether it says that something was done."""
        return self.phase == "Umsetzung"

    @property
    def preparing(self) -> bool:
        """Whether it comes before any decision."""
        return self.phase in ("Vorschlag", "Vorbereitung") and not self.claims("beschlossen")

    def claims(self, what: str) -> bool:
        """Tell whether it says one of `CLAIMS`."""
        return what in self.traits.get("bedeutet", ())

    def counted(self, n: int) -> str:
        """Give its word for so many measures: „Idee“, „Ideen“."""
        return self.short if n == 1 else str(self.traits.get("mehrzahl", self.short))


class Level(Word):
    """A level of areas, as the town calls its areas of that level."""

    __slots__ = ()

    @property
    def plural(self) -> str:
        """Its word for several areas: „Ortsteile“, „Stadtteile“."""
        return str(self.traits.get("mehrzahl", self.label))


LICENCES = {
    "dl-de/by-2-0": "Datenlizenz Deutschland Namensnennung 2.0",
    "dl-de/zero-2-0": "Datenlizenz Deutschland Zero 2.0",
}
"""Licences by their code in catalogues of data, with the name that readers know."""

MORE = "mehr dazu"
"""A link that says no more than that; on paper the page stands in its place."""

NOT_NAMED = "nicht genannt"
"""What stands where the sources are silent."""

UNREPORTED = "ob erledigt, ist nicht bekannt"
"""What stands with a day that has passed since the last report."""

FILED = "„Angemeldet“ heißt: zum Haushalt vorgeschlagen, nicht bewilligt."
"""What stands with amounts that are filed; it holds before and after the council's debate."""
