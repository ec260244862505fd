"""The project's git repository, by git's own program; nobody who works with it need know that it is one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_GIT = ("git", "--no-pager", "--literal-pathspecs")
_PATIENCE = 60


class GitFailed(Exception):
    """Git is not there, or refused; its own words."""


def git(folder: Path, arguments: Sequence[str], *, user: str | None = None) -> bytes:
    """Run git in a folder and give what it puts out.

    Parameters
    ----------
    folder
        Where to run it.
    arguments
        What it is to do.
    user
        Who writes; None: whoever git knows.

    Raises
    ------
    GitFailed
        It could not, or took longer than a minute.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ["-c", f"user.name={user}", "-c", "user.email="] if user is not None else []
    try:
        return subprocess.run(
            [*_GIT, "-C", str(folder), *who, *arguments],
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
            env=own | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        ).stdout
    except subprocess.CalledProcessError as error:
        raise GitFailed(error.stderr.decode("utf-8", "replace").strip()) from None
    except (OSError, subprocess.SubprocessError) as error:
        raise GitFailed(str(error)) from None
