"""Nouns as a German sentence needs them: with their article, in four cases, and as a place."""

from __future__ import annotations

from dataclasses import dataclass

ARTICLES = ("der", "die", "das")
_DATIVE = {"der": "dem", "die": "der", "das": "dem"}
_ACCUSATIVE = {"der": "den", "die": "die", "das": "das"}
_GENITIVE = {"der": "des", "die": "der", "das": "des"}
_WITHIN = {"der": "im", "die": "in der", "das": "im"}


@dataclass(frozen=True)
class Noun:
    """A noun with what it needs to stand in any sentence.

    Examples
    --------
    >>> county = Noun("Landkreis Musterland", "der", "Landkreises Musterland")
    >>> county.nominative, county.genitive, county.dative, county.accusative, county.within
    ('der Landkreis Musterland', 'des Landkreises Musterland', 'dem Landkreis Musterland', 'den Landkreis Musterland', 'im Landkreis Musterland')
    """

    name: str
    article: str
    of: str = ""
    """The genitive without its article, where it differs from the name."""

    @property
    def nominative(self) -> str:
        """Who does something."""
        return f"{self.article} {self.name}"

    @property
    def genitive(self) -> str:
        """Whose something is."""
        return f"{_GENITIVE[self.article]} {self.of or self.name}"

    @property
    def dative(self) -> str:
        """To whom something is given."""
        return f"{_DATIVE[self.article]} {self.name}"

    @property
    def accusative(self) -> str:
        """Whom something concerns."""
        return f"{_ACCUSATIVE[self.article]} {self.name}"

    @property
    def within(self) -> str:
        """Where something is: „in der Stadt“, „im Rat“."""
        return f"{_WITHIN[self.article]} {self.name}"
