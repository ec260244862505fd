"""Knows whether a paper is to be printed again: only if what it is made of has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from konzept.data.files import whole


def is_current(paper: Path, matter: str) -> bool:
    """Tell whether a printed paper is whole, and made of this matter and of the same pictures.

    Parameters
    ----------
    paper
        The printed file; what it was made of is noted beside it.
    matter
        Names by a hash all that the paper is made of, but for what the layout takes from files.
    """
    try:
        known = json.loads(_note(paper).read_text("utf-8"))
        return bool(
            known["matter"] == matter
            and known["paper"] == _state(paper)
            and all(_state(Path(name)) == state for name, state in known["files"].items())
        )
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return False  # a note that is gone or broken proves nothing


def note(paper: Path, matter: str, files: Iterable[Path]) -> None:
    """Note beside a paper what it was made of."""
    known = {"matter": matter, "paper": _state(paper), "files": {str(f): _state(f) for f in files}}
    with whole(_note(paper)) as waiting:
        waiting.write_text(json.dumps(known, indent=1), "utf-8")


def _note(paper: Path) -> Path:
    return paper.with_suffix(".json")


def _state(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
