"""Kernels for notebooks: silent, and the same whatever the author's own IPython profile says."""

from __future__ import annotations

import os
from pathlib import Path

_CONFIG = """\
# Made by konzept.  ipykernel warns of its loopback connection at every start.
c = get_config()
c.IPKernelApp.log_level = 40
"""


def quiet_kernels(folder: Path) -> None:
    """Let kernels started by this process use a profile of their own in the folder."""
    profile = folder / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    config = profile / "ipython_kernel_config.py"
    if not config.is_file() or config.read_bytes() != _CONFIG.encode():
        config.write_bytes(_CONFIG.encode())
    os.environ["IPYTHONDIR"] = str(folder)
