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


def git(
    folder: Path,
    arguments: Sequence[str],
    *,
    user: str | None = None,
    index: Path | None = None,
    given: bytes = b"",
    fails_at: int = 1,
) -> bytes:
    """Run git in a folder and give what it puts out.

    Parameters
    ----------
    folder
        Where to run it.
    arguments
        What it is to do.
    user
        Who writes; None: whoever git knows.
    index
        What git takes for the next state, in place of its own.
    given
        What git reads.
    fails_at
        The exit code from which on it has failed; some commands count by it.

    Raises
    ------
    GitFailed
        It could not, or took longer than a minute.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    if index is not None:
        own["GIT_INDEX_FILE"] = str(index)
    who = ["-c", f"user.name={user}", "-c", "user.email="] if user is not None else []
    command = [*_GIT, "-C", str(folder), *who, *arguments]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, check=False, timeout=_PATIENCE, env=own
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise GitFailed(str(error)) from None
    if not 0 <= done.returncode < fails_at:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
