"""Kernels for notebooks: silent, and the same whatever the author's own IPython profile says."""

from __future__ import annotations

import os
from pathlib import Path

from konzept.data.files import write_changed

_CONFIG = """\
# Made by konzept.  ipykernel warns of its loopback connection at every start.
c = get_config()
c.IPKernelApp.log_level = 40
"""


def quiet_kernels(folder: Path) -> None:
    """Let kernels started by this process use a profile of their own in the folder."""
    write_changed(folder / "profile_default/ipython_kernel_config.py", _CONFIG)
    os.environ["IPYTHONDIR"] = str(folder)
