"""What a worker is asked to do; apart from how, so that what serves need not hold Sphinx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """What a round of building is to do."""

    changed: frozenset[Path]
    """Files that changed since the last good book."""
    view: tuple[str, ...]
    """Pages that are open in a browser."""
    everything: bool
    """Write every page, whatever changed."""
