"""What stands around the blocks in each language: its own name, its direction and notation, labels and sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from konzept.authors.languages.versions import Version
from konzept.data.reading import Reading
from konzept.home import ASSETS

GERMAN = "de"


@dataclass(frozen=True)
class Frame:
    """A language's words, and how it writes."""

    words: Mapping[str, str]
    locale: Locale

    @property
    def direction(self) -> str:
        """As HTML wants it."""
        return str(self.locale.text_direction)

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def label(self, key: str) -> str:
        """Give a label that a town may have and the program need not know."""
        return self.words.get(key, key.partition(".")[2])


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads((ASSETS / "languages.json").read_text("utf-8"))
    return found


def missing_words(version: Version) -> list[str]:
    """Name the words of the frame that neither the program nor the file itself has."""
    own = {*_known().get(version.code, ()), *version.words}
    return sorted({key for words in _known().values() for key in words} - {"locale", "name_checked"} - own)


def locale_of(version: Version) -> Locale | None:
    """Find how a language writes; None where its tag names none."""
    words = {**_known().get(version.code, {}), **version.words}
    try:
        return Locale.parse(words.get("locale") or version.code.partition("-x-")[0], sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def frame_of(version: Version, reading: Reading) -> Frame:
    """Give the frame of a sound version; the town's own terms go before the program's labels."""
    locale = locale_of(version)
    assert locale is not None
    fields = {row["name"]: row["id"] for row in reading.rows["handlungsfelder"]}
    own = {
        f"feld.{fields[row['begriff']]}": row["wort"]
        for row in terms_of(version.code, reading).values()
        if row["begriff"] in fields
    }
    return Frame({**_known().get(version.code, {}), **version.words, **own}, locale)


def terms_of(code: str, reading: Reading) -> dict[str, Mapping[str, str]]:
    """Give the terms of a language by their German."""
    return {row["begriff"]: row for row in reading.rows.get("begriffe", ()) if row["sprache"] == code}
