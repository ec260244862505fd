"""Starts an author's server, as the author: `workplace.py COMMON-STATE OPTIONS-OF-JUPYTERLAB`."""

import os
import sys
from pathlib import Path

import working_copy


def main() -> None:
    """Become the server, in the working copy, which the first start makes."""
    os.umask(0o077)
    copy = Path.home() / "konzept"
    working_copy.make(sys.argv[1], copy)
    os.chdir(copy)
    os.environ["JUPYTERHUB_ROOT_DIR"] = str(copy)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[2:]])


if __name__ == "__main__":
    main()
