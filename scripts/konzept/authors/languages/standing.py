"""Which blocks are out of date and why; which versions are checked, and which are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konzept.authors.languages.sources import Missing, Sources
from konzept.authors.languages.values import holds
from konzept.authors.languages.versions import Block, Version, read_versions
from konzept.data.reading import Reading


@dataclass(frozen=True)
class Standing:
    """A version as it stands today."""

    version: Version
    stale: Mapping[str, str]
    """The blocks that must not be shown, each with the German reason."""
    review: Mapping[str, Any] | None
    """The row of `pruefungen` that holds for the text as it is."""
    shown: bool
    """Whether the site has it."""


def standings(book: Path, reading: Reading) -> list[Standing]:
    """Judge all versions of a book."""
    sources = Sources(book, reading)
    return [_standing(version, sources) for version in read_versions(book)]


def _standing(version: Version, sources: Sources) -> Standing:
    reading = sources.reading
    reasons = {block.name: why_stale(block, sources) for block in version.blocks}
    reviews = [
        row for row in reading.rows.get("pruefungen", ())
        if row["sprache"] == version.code and row["fingerabdruck"] == version.fingerprint
    ]  # fmt: skip
    review = max(reviews, key=lambda row: row["geprueft_am"], default=None)
    shows = reading.package is not None and reading.package.shows_drafts
    return Standing(
        version, {name: why for name, why in reasons.items() if why}, review, shows or review is not None
    )


def why_stale(block: Block, sources: Sources) -> str:
    """Say why a block must not be shown; nothing where it may."""
    try:
        present = sources.fingerprint(block)
        broken = [claim for claim in block.claims if not holds(sources.reading, claim)]
    except Missing as error:
        return str(error)
    if not block.fingerprint:
        return "Niemand hat bestätigt, dass er dem deutschen Text entspricht."
    if present != block.fingerprint:
        return "Der deutsche Text hat sich geändert."
    if broken:
        return f"In den Daten gilt nicht mehr: {'; '.join(broken)}."
    return ""
