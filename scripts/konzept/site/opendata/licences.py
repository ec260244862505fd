"""What the sources allow: in their own words, and by the code of catalogues where the words are those of a known licence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NOT_STATED = "nicht angegeben"
"""What stands for the licence of a source that names none."""

_LIST = "http://dcat-ap.de/def/licenses/"
_CODES: Mapping[str, str] = {
    "dl-de/by-2-0": "dl-by-de/2.0",
    "datenlizenz deutschland namensnennung 2.0": "dl-by-de/2.0",
    "dl-de/zero-2-0": "dl-zero-de/2.0",
    "datenlizenz deutschland zero 2.0": "dl-zero-de/2.0",
    "cc0": "cc-zero",
    "cc0 1.0": "cc-zero",
    "cc by": "cc-by",
    "cc by 3.0 de": "cc-by-de/3.0",
    "cc by 4.0": "cc-by/4.0",
    "cc by-sa": "cc-by-sa",
    "cc by-sa 3.0 de": "cc-by-sa-de/3.0",
    "cc by-sa 4.0": "cc-by-sa/4.0",
    "cc by-nc": "cc-by-nc",
    "cc by-nc 4.0": "cc-by-nc/4.0",
    "cc by-nd": "cc-by-nd",
    "cc by-nd 4.0": "cc-by-nd/4.0",
    "odbl": "odbl",
    "odbl 1.0": "odbl",
}
"""Licences that catalogues list, by the words that people write; nothing else is taken for one of them."""

_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]")
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def words_of(licence: str | None) -> str:
    """Give a licence in the words of its source, or say that it names none."""
    return (licence or "").strip() or NOT_STATED


def address_of(licence: str | None) -> str | None:
    """Give the address that catalogues know a licence by; None where the words are of no licence on their list.

    Examples
    --------
    >>> address_of("dl-de/by-2-0 (Zensusdaten)")
    'http://dcat-ap.de/def/licenses/dl-by-de/2.0'
    >>> address_of("nur zitieren") is None
    True
    """
    text = _ASIDE.sub("", _DASHES.sub("-", licence or "").casefold().strip())
    text = re.sub(r"^cc[ -]by", "cc by", re.sub(r"[\s_]+", " ", text))
    text = re.sub(r"(?<=[a-z])-(?=\d\.\d)", " ", text)
    code = _CODES.get(text)
    return _LIST + code if code else None


def together(licences: Iterable[str | None]) -> str:
    """Name the licences of several sources, each once.

    Examples
    --------
    >>> together(["CC BY 4.0", None])
    'je nach Quelle: CC BY 4.0; nicht angegeben'
    """
    found = list(dict.fromkeys(map(words_of, licences)))
    return found[0] if len(found) == 1 else f"je nach Quelle: {'; '.join(found)}" if found else NOT_STATED
