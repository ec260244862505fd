"""Which folder a command works on: the project that its user stands in or names, never another one.

A project is a town's folder; the program may lie anywhere.  Where it lies in the folder itself, a copy of it brings an
environment along whose programs still belong to the original.  Whoever stands in the copy must not change the original,
so such a program refuses and says what to do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from konzept.data.problems import NotDone
from konzept.home import HOME, PROGRAM

_MARKS = ("_config.yml", "_toc.yml", "data/kommune.json")


class Elsewhere(NotDone):
    """The user stands in another project than the program's, or in none; the message is German."""

    status = 2


def project_here(folder: Path | None = None) -> Path:
    """Find the project of a folder, or of the one that the user stands in.

    Raises
    ------
    Elsewhere
        There is none, or it has a program of its own that is not this one.
    """
    found = project_around(folder or Path.cwd())
    if found is None:
        raise Elsewhere(
            "Hier ist kein Projekt. Wechseln Sie mit „cd“ in seinen Ordner, oder nennen Sie ihn mit „--projekt“."
        )
    return found


def project_named(folder: Path) -> Path:
    """Take a folder that someone names for a project; one around it is not meant.

    Raises
    ------
    Elsewhere
        It is none, or it has a program of its own that is not this one.
    """
    if not any((folder / mark).is_file() for mark in _MARKS):
        raise Elsewhere(f"„{folder}“ ist kein Projekt: Dort fehlen _toc.yml und data/. Prüfen Sie den Namen.")
    return project_here(folder)


def project_around(folder: Path) -> Path | None:
    """Find the project that a folder lies in, if it lies in one.

    Raises
    ------
    Elsewhere
        It has a program of its own, and that is not this one.
    """
    for place in (folder, *folder.parents):
        if any((place / mark).is_file() for mark in _MARKS):
            program = place / "scripts" / "konzept"
            if not program.is_dir() or program.samefile(PROGRAM):
                return place
            raise Elsewhere(
                f"Sie stehen im Projekt „{place}“, dieses Programm gehört aber zu „{HOME}“. {_remedy()}"
            )
    return None


def _remedy() -> str:
    if Path(sys.prefix).name == ".venv":
        return "Geben Sie erst „make setup“ und dann „source .venv/bin/activate“ ein."
    python = "py" if os.name == "nt" else "python"
    return f"Geben Sie „{python} scripts/setup.py --link“ ein."
