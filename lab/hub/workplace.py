"""Starts an author's server, as the author: `workplace.py COMMON-STATE OPTIONS-OF-JUPYTERLAB`."""

import os
import sys
from pathlib import Path

import working_copy

SETTINGS = Path(__file__).resolve().parents[1] / "jupyter_lab_config.py"


def main() -> None:
    """Become the server, in the working copy, which the first start makes."""
    os.umask(0o077)
    copy = Path.home() / "konzept"
    working_copy.make(sys.argv[1], copy)
    os.chdir(copy)
    os.environ["JUPYTERHUB_ROOT_DIR"] = str(copy)
    options = (f"--config={SETTINGS}", *sys.argv[2:])
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *options])


if __name__ == "__main__":
    main()
