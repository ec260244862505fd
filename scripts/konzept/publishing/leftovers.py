"""What the last good build has left is used again only as it was left.

A full disk, or a machine that lost its power, leaves files empty or in part.  Sphinx goes by times, takes such a page,
search index or chart for whole, and would publish it build after build.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from konzept.data.files import whole

ANEW = (
    "Was der letzte Bau hinterlassen hat, ist beschädigt, oft weil der Datenträger voll war; "
    "dieser Bau beginnt deshalb von vorn."
)
_LIST = "bestand.json"
_OTHERS = (".ipython", ".schriften/cache")
"""What other programs keep for themselves."""


def note(work: Path) -> None:
    """Note beside a work folder which files a good build has left in it, and how large they are."""
    with whole(work.with_name(_LIST)) as waiting:
        waiting.write_text(json.dumps(_sizes(work), indent=0), "utf-8")


def take_over(work: Path) -> bool:
    """Empty the work folder and tell so if it is not as the last good build has left it.

    After a build that failed there is no note: it has left less on purpose, and those who go on from it see to that.
    """
    kept = work.with_name(_LIST)
    if not kept.exists():
        return False
    try:
        known = json.loads(kept.read_text("utf-8"))
        sound = isinstance(known, dict) and known.items() <= _sizes(work).items()
    except (OSError, ValueError):
        sound = False
    if not sound:
        shutil.rmtree(work, ignore_errors=True)
    # Until this build has come to a good end, too.
    shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    return not sound


def _sizes(work: Path) -> dict[str, int]:
    files = ((path.relative_to(work).as_posix(), path) for path in sorted(work.rglob("*")) if path.is_file())
    return {name: path.stat().st_size for name, path in files if not name.startswith(_OTHERS)}
