"""Builds each new common state as a draft, and publishes what publishers wish.

`publishing.py COMMON-STATE DRAFT SHOWN WISH WORKSHOP`: building runs the cells of authors, so this is done by an account
that may nothing else.
"""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import working_copy

from konzept.data.problems import NotDone
from konzept.publishing import versions

PAUSE, PATIENCE = 2, 30
AGAIN = 15 * 60
"""So many seconds later a state is tried again that could not be built, as when the disk was full."""


def main() -> None:
    """Go on until the hub ends."""
    os.umask(0o077)
    common = sys.argv[1]
    draft, shown, wish, workshop = map(Path, sys.argv[2:])
    copy = workshop / "konzept"
    # Also what was built before the hub was started anew: the program may be another one.
    tried, again = "", 0.0
    while True:
        try:
            working_copy.make(common, copy)
            if wish.is_file():
                # Taken away first: what cannot be done is not tried for ever.
                wanted = wish.read_text("utf-8")
                wish.unlink()
                say(draft, fulfil(wanted, copy, draft, shown))
            state = newest(copy)
            if state != tried or time.monotonic() > again:
                say(draft, "Der neue gemeinsame Stand wird gebaut …")
                done = build(copy, draft, state)
                tried, again = state, float("inf") if done else time.monotonic() + AGAIN
                say(draft, "" if done else NOT_BUILT)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"Entwurf und Veröffentlichung stocken: {error}", file=sys.stderr, flush=True)
            time.sleep(PATIENCE)
        time.sleep(PAUSE)


NOT_BUILT = (
    "Was zuletzt zur Veröffentlichung gegeben wurde, ließ sich nicht bauen; gezeigt wird der Entwurf davor. "
    "Den Grund kennt die Technik."
)


def say(draft: Path, sentence: str) -> None:
    """Tell those who see the draft how things are, and the journal."""
    if sentence:
        print(sentence, flush=True)
    place = draft.with_name("lage.txt")
    place.write_text(sentence, "utf-8")
    place.chmod(0o640)


def newest(copy: Path) -> str:
    """Fetch the common state and name it."""
    working_copy.git("-C", copy, "fetch", "--quiet", "origin")
    return working_copy.git("-C", copy, "rev-parse", f"origin/{working_copy.BRANCH}")


def build(copy: Path, draft: Path, state: str) -> bool:
    """Build a state, and nothing that a cell has left in the working copy; the draft is then this one."""
    working_copy.git("-C", copy, "reset", "--quiet", "--hard", state)
    working_copy.git("-C", copy, "clean", "-d", "--force", "--quiet")
    command = [sys.executable, "-m", "konzept", "--projekt", copy, "veroeffentlichen", draft]
    return subprocess.run(command, check=False).returncode == 0


def fulfil(wish: str, copy: Path, draft: Path, shown: Path) -> str:
    """Publish the draft that was seen, or go back; say what came of it."""
    current = draft / versions.CURRENT
    try:
        if wish == "zurueck":
            versions.go_back(shown, print)
            return "Gezeigt wird wieder die Version davor."
        if not current.is_dir() or wish != current.readlink().name:
            return "Inzwischen gibt es einen neueren Entwurf. Sehen Sie ihn an; veröffentlicht wurde nichts."
        new = versions.publish(copy, shown, dt.datetime.now(), print, current.resolve())
    except NotDone as refusal:
        return str(refusal)
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
        return "Das ließ sich nicht schreiben, meist weil der Datenträger voll ist. Gezeigt wird, was schon gezeigt wurde."
    return "Der Entwurf ist veröffentlicht." if new else "Dieser Entwurf wird schon gezeigt."


if __name__ == "__main__":
    main()
