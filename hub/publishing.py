"""Publishes the common state whenever it has changed: `publishing.py COMMON-STATE FOLDER WORKSHOP`.

Building runs the cells of authors, so this is done by an account that may nothing else.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import working_copy

PAUSE = 10
AGAIN = 15 * 60
"""So many seconds later a state is tried again that could not be published, as when the disk was full."""


def main() -> None:
    """Go on until the hub ends."""
    os.umask(0o077)
    common, folder, workshop = sys.argv[1:]
    copy = Path(workshop) / "konzept"
    failed, when = "", 0.0
    while True:
        try:
            working_copy.make(common, copy)
            state = newest(copy)
            if state != published(copy) and (state != failed or time.monotonic() > when + AGAIN):
                print(f"Veröffentlicht wird der Stand {state[:7]} …", flush=True)
                if publish(copy, folder, state):
                    note(copy, state)
                else:
                    failed, when = state, time.monotonic()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"Der gemeinsame Stand ließ sich nicht holen: {error}", file=sys.stderr, flush=True)
        time.sleep(PAUSE)


def newest(copy: Path) -> str:
    """Fetch the common state and name it."""
    working_copy.git("-C", copy, "fetch", "--quiet", "origin")
    return working_copy.git("-C", copy, "rev-parse", f"origin/{working_copy.BRANCH}")


def publish(copy: Path, folder: str, state: str) -> bool:
    """Build and publish a state, and nothing that a cell has left in the working copy."""
    working_copy.git("-C", copy, "reset", "--quiet", "--hard", state)
    working_copy.git("-C", copy, "clean", "-d", "--force", "--quiet")
    command = [sys.executable, "-m", "konzept", "--projekt", copy, "veroeffentlichen", folder]
    return subprocess.run(command, check=False).returncode == 0


def published(copy: Path) -> str:
    """Name the state that was published last, also before the hub was started anew."""
    place = copy.with_name("veroeffentlicht.txt")
    return place.read_text("utf-8") if place.is_file() else ""


def note(copy: Path, state: str) -> None:
    """Note that a state is published."""
    copy.with_name("veroeffentlicht.txt").write_text(state, "utf-8")


if __name__ == "__main__":
    main()
