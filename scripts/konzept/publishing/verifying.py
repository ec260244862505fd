"""Shows that the book is the same wherever and whenever it is built: `make verify`.

Builds the project clean in two folders, in different time zones and languages, and again in the first
folder after each of several changes and after it was taken back; then compares every file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from konzept.data.project import Elsewhere, project_here
from konzept.publishing.checksums import day_of_issue, first_difference, sums

_PARTS = (
    "book",
    "data",
    "scripts",
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "package.json",
    "package-lock.json",
)
_PLACES = (
    ("eins", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}),
    ("zwei/drei vier", {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"}),
)
_CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "ohne eine Änderung": (),
    "nach einer Änderung der Gestaltung": (
        ("scripts/konzept/assets/web/page.css", "\n.ik-geht-wieder{color:red}\n"),
        ("scripts/konzept/assets/explorer/explorer.css", "\n.ik-geht-wieder{color:red}\n"),
    ),
    "nach einer Änderung des Textes": (("book/leitbild.md", "\n\nEin Satz, der wieder geht.\n"),),
    "nach einer Änderung der Daten": (("data/kommune.json", "\n"),),
    "nach einer Änderung des Programms": (
        ("scripts/konzept/elements/palette.py", "\n# Eine Zeile, die wieder geht.\n"),
    ),
}
"""What is changed and taken back, each by itself: one change must not hide what another would leave stale."""
_UNSEEN = ("ohne eine Änderung", "nach einer Änderung des Programms")
"""What readers do not see: nothing, and a comment in the program."""

Tell = Callable[[str], None]


def copy(project: Path, folder: Path) -> Path:
    """Copy what a book is made of; what npm has installed is shared."""
    folder.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", "intern", ".ipynb_checkpoints")
    for part in filter(lambda name: (project / name).exists(), _PARTS):
        if (project / part).is_dir():
            shutil.copytree(project / part, folder / part, ignore=ignored)
        else:
            shutil.copy(project / part, folder)
    (folder / "node_modules").symlink_to((project / "node_modules").resolve())
    return folder


def verify(project: Path, work: Path, tell: Tell) -> str | None:
    """Build in several places and name the first difference.

    Parameters
    ----------
    project
        The project to show it of; it is copied.
    work
        An empty folder.
    tell
        Takes lines of progress.

    Returns
    -------
    str or None
        File, line and text of the first difference.
    """
    date = day_of_issue(project, project / "data")
    books = []
    for place, surroundings in _PLACES:
        tell(f"Sauberer Bau in „{place}“, Zeitzone {surroundings['TZ']}")
        folder = copy(project, work / place)
        _build(folder, {**surroundings, "SOURCE_DATE_EPOCH": date})
        books.append(folder / "_build")
    if difference := first_difference(*books):
        return f"Zwei saubere Bauten unterscheiden sich. {difference}"
    tell(f"Beide gleich: {len(sums(books[0]))} Dateien.")
    first, surroundings = work / _PLACES[0][0], {**_PLACES[0][1], "SOURCE_DATE_EPOCH": date}
    for what, changes in _CHANGES.items():
        tell(f"Bau {what}{', danach ohne sie' if changes else ''}")
        kept = {name: (first / name).read_bytes() for name, _ in changes}
        for name, text in changes:
            (first / name).write_bytes(kept[name] + text.encode())
        _build(first, surroundings)
        difference = first_difference(*books)
        if what in _UNSEEN and difference:
            return f"Der Bau {what} ist ein anderer. {difference}"
        if what not in _UNSEEN and not difference:
            return f"Der Bau {what} zeigt sie nicht."
        for name, content in kept.items():
            (first / name).write_bytes(content)
        _build(first, surroundings)
        if difference := first_difference(*books):
            return f"Der Bau {what} und ohne sie unterscheidet sich von einem sauberen. {difference}"
    return None


def _build(folder: Path, surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "konzept", "build"]
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(folder / "scripts")}
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Verify the project that one stands in."""
    try:
        here = project_here()
    except Elsewhere as reason:
        sys.exit(str(reason))
    with tempfile.TemporaryDirectory() as work:
        try:
            difference = verify(here, Path(work), print)
        except subprocess.CalledProcessError:
            difference = "Ein Bau ist gescheitert."
    if difference:
        sys.exit(difference)
    print("Der Bau mit Vorgeschichte ist auch gleich.")


if __name__ == "__main__":
    main()
