"""Where the program's own files lie: in its checkout, or where it is installed; never in a town's folder."""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent
ASSETS = PROGRAM / "assets"
"""What pages and paper look like: style sheets, scripts, templates."""

_CHECKOUT = PROGRAM.parents[1]
_IS_CHECKOUT = PROGRAM.parent.name == "scripts"
HOME = _CHECKOUT if _IS_CHECKOUT else Path(sys.prefix) / "share" / "konzept"
"""What is no Python: the lock files, and beside them what npm has put in place."""
NODE_MODULES = HOME / "node_modules"
SETUP = "make setup" if _IS_CHECKOUT else f"npm ci --ignore-scripts --prefix {HOME}"
"""What someone types to have them."""
LAB = f"make -C {_CHECKOUT} setup-lab" if _IS_CHECKOUT else f"{sys.executable} -m pip install konzept[lab]"
"""What someone types to have JupyterLab."""
