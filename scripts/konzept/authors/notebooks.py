"""Opens a town's chapters in JupyterLab, with the settings that the program brings."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from konzept.data.problems import NotDone
from konzept.home import ASSETS, LAB

_SETTINGS = ASSETS / "lab"


def open_lab(project: Path, options: Sequence[str]) -> NoReturn:
    """Become JupyterLab, on this machine only.

    Parameters
    ----------
    project
        The folder that it shows.
    options
        What JupyterLab itself is told besides.

    Raises
    ------
    NotDone
        It is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise NotDone(f"JupyterLab fehlt. Richten Sie es mit „{LAB}“ ein.")
    # By the way from there: Jupyter takes a $ in a folder's name for a variable.
    settings = os.path.relpath(_SETTINGS, project) if _SETTINGS.drive == project.drive else str(_SETTINGS)
    found = [settings, *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    # Jupytext, too, asks there how to save what nobody has changed.
    others = [str(_SETTINGS), *filter(None, [os.environ.get("XDG_CONFIG_DIRS")])]
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(found),
        "XDG_CONFIG_DIRS": os.pathsep.join(others),
    }
    os.chdir(project)
    os.execve(sys.executable, [sys.executable, "-m", "jupyterlab", *options], environment)  # noqa: S606
