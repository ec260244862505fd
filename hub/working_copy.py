"""A working copy of the common state, for one account alone."""

import shutil
import subprocess
from pathlib import Path

BRANCH = "main"
"""Where the states of all meet."""
TOWN = ("book", "data", "ausgaben")
"""What a town writes, besides the files that lie above: the program, if the same repository holds it, is installed."""


def git(*words: str | Path) -> str:
    """Run git; it speaks for itself when it fails."""
    command = ["git", *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()


def make(common: str, copy: Path) -> None:
    """Make the working copy if there is none; it is there as a whole or not at all."""
    if (copy / ".git").is_dir():
        return
    waiting = copy.with_name(f"{copy.name}.neu")
    shutil.rmtree(waiting, ignore_errors=True)
    git("clone", "--quiet", "--no-hardlinks", "--sparse", "--branch", BRANCH, common, waiting)
    git("-C", waiting, "remote", "set-head", "origin", BRANCH)
    git("-C", waiting, "sparse-checkout", "set", *TOWN)
    waiting.chmod(0o700)
    waiting.rename(copy)
