"""Which folder a command works on: the project that its user stands in, never another one.

A copied folder brings an environment along whose programs still belong to the original.  Whoever stands in the copy
must not change the original, so such a program refuses and says what to do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

OWN = Path(__file__).resolve().parents[3]
"""The project that this program lies in."""

_MARKS = ("_config.yml", "_toc.yml", "data/kommune.json")


class Elsewhere(Exception):
    """The user stands in another project than the program's, or in none; the message is German."""


def project_here(folder: Path | None = None) -> Path:
    """Find the project of a folder, or of the one that the user stands in.

    Raises
    ------
    Elsewhere
        There is none, or it is not this program's.
    """
    found = project_around(folder or Path.cwd())
    if found is None:
        raise Elsewhere(
            f"Hier ist kein Projekt. Wechseln Sie mit „cd“ in seinen Ordner, zum Beispiel in „{OWN}“."
        )
    return found


def project_around(folder: Path) -> Path | None:
    """Find the project that a folder lies in, if it lies in one.

    Raises
    ------
    Elsewhere
        It is not this program's.
    """
    for place in (folder, *folder.parents):
        if any((place / mark).is_file() for mark in _MARKS):
            program = place / "scripts" / "konzept"
            if program.is_dir() and program.samefile(Path(__file__).parents[1]):
                return place
            raise Elsewhere(
                f"Sie stehen im Projekt „{place}“, dieses Programm gehört aber zu „{OWN}“. {_remedy()}"
            )
    return None


def _remedy() -> str:
    if Path(sys.prefix).name == ".venv":
        return "Geben Sie erst „make setup“ und dann „source .venv/bin/activate“ ein."
    python = "py" if os.name == "nt" else "python"
    return f"Geben Sie „{python} scripts/setup.py --link“ ein."
