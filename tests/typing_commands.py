"""Commands as people type them: in a shell, in a folder of any name, in an environment of its own."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from folders import PROGRAM

ODD = 'Müllers „Entwurf“, O\'Neills "Konzept" & $HOME'
"""A folder's name with blanks, an umlaut, quotes of every kind, and a sign that shells put a value in place of."""

_SET_UP = """\
import sys
sys.path.insert(0, "scripts")
import setup
setup.make_environment(with_pip=False)
(packages,) = setup.VENV.glob("lib/python*/site-packages")
(packages / "aus-dieser-umgebung.pth").write_text(sys.argv[1], "utf-8")
setup.install_program()
"""


def environment() -> dict[str, str]:
    """Give the surroundings of a new terminal: nothing in them leads to this project."""
    kept = {name: text for name, text in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    own = str(Path(sys.executable).parent)
    kept["PATH"] = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if p != own)
    return kept


def set_up(project: Path) -> Path:
    """Set up a copy of the project as `make setup` does, with the packages that are installed here."""
    shutil.copy(PROGRAM / "pyproject.toml", project)
    packages = sysconfig.get_path("purelib")
    subprocess.run(
        [sys.executable, "-c", _SET_UP, packages], cwd=project, env=environment(), check=True, timeout=120
    )
    return project


def typed(folder: Path, *lines: str, answer: str | None = None) -> subprocess.CompletedProcess[str]:
    """Type lines into a new terminal, as a page teaches them; the first that fails ends it.

    Without an answer nobody is there who could give one.
    """
    person, terminal = pty.openpty()
    try:
        os.write(person, f"{answer}\n".encode() if answer else b"")
        return subprocess.run(
            ["bash", "-e", "-c", "\n".join(lines)],
            cwd=folder,
            env=environment(),
            stdin=terminal if answer else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
    finally:
        os.close(person)
        os.close(terminal)
