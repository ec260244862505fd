"""The words that the project's own data allow, as tests write them: by table, column and key."""

from __future__ import annotations

from folders import PROJECT
from konzept.data.package import load_package
from konzept.words.labels import Word

_PACKAGE = load_package(PROJECT / "data")

STATUSES = {str(status): status for status in _PACKAGE.statuses}


def words(table: str, column: str) -> dict[str, Word]:
    """Give all words of a column by their keys."""
    return {str(word): word for word in _PACKAGE.words(table, column)}


def word(table: str, column: str, key: str) -> Word:
    """Give one word of a column."""
    return words(table, column)[key]


STAGES = words("kosten", "haushaltsstand")
COST_KINDS = words("kosten", "art")
