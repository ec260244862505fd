"""The preview's own build folder: where Sphinx works, and the last good pages that are served.

A round of building either reaches the served pages as a whole or is undone, also when its process was killed:
what Sphinx knows of the book is put aside first, and put back unless the round was good.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from konzept.data.files import whole

FOLDER = ".vorschau"
"""Below `_build/`; a publish works elsewhere."""


class Folders:
    """Where the preview of a project keeps its files."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.base = project / "_build" / FOLDER
        self.out = self.base / "arbeit" / "html"  # where Sphinx writes pages
        self.doctrees = self.base / "arbeit" / ".doctrees"  # where Sphinx keeps what it has read
        self.served = self.base / "seiten"  # the last good pages
        self.log = self.base / "protokoll.log"  # what Sphinx said in the last round
        self.address = self.base / "adresse"  # where the preview is to be seen
        self._shown = self.base / "gezeigt"
        self._aside = self.doctrees / "vorher.pickle"

    def shown_at(self) -> int:
        """Tell when pages were last served anew, in nanoseconds since 1970."""
        return self._shown.stat().st_mtime_ns if self._shown.exists() else 0

    @property
    def _known(self) -> Path:
        from sphinx.application import ENV_PICKLE_FILENAME

        return self.doctrees / ENV_PICKLE_FILENAME

    def make(self) -> None:
        """Make the folders; forget all that was read if a round was broken off when the preview last ran."""
        if self._aside.exists():
            shutil.rmtree(self.doctrees)
        for folder in (self.out, self.doctrees, self.served):
            folder.mkdir(parents=True, exist_ok=True)

    def begin(self) -> None:
        """Put aside what Sphinx knows of the last good book."""
        with whole(self._aside) as waiting:
            waiting.write_bytes(self._known.read_bytes() if self._known.exists() else b"")

    def undo(self) -> None:
        """Return to the last good book, if a round was begun and did not end well."""
        if not self._aside.exists():
            return
        from konzept.site.earlier_build import MARK

        begun = self._aside.stat().st_mtime_ns
        for page in self.doctrees.rglob("*.doctree"):
            if page.stat().st_mtime_ns >= begun:
                page.unlink()  # Sphinx reads it again.
        if self._aside.stat().st_size:
            shutil.copy(self._aside, self._known)
            (self.doctrees / MARK).touch()  # What is back is what a good round has read.
            mirror(self.served, self.out)
        else:
            self._known.unlink(missing_ok=True)
        self._aside.unlink()

    def publish(self) -> None:
        """Serve what was built; the round is good."""
        self._shown.touch()
        mirror(self.out, self.served)
        self._aside.unlink(missing_ok=True)

    def publish_pages(self, docnames: Iterable[str]) -> None:
        """Serve single pages with the pictures that they may show."""
        self._shown.touch()
        for docname in docnames:
            _copy(self.out / f"{docname}.html", self.served / f"{docname}.html")
        for picture in (self.out / "_images").glob("*"):
            _copy(picture, self.served / "_images" / picture.name)


def mirror(source: Path, target: Path) -> None:
    """Make a folder like another one, file by file; each file is whole at any time."""
    shutil.copytree(source, target, copy_function=_copy, dirs_exist_ok=True)
    for path in [p for p in target.rglob("*") if p.is_file()]:
        if not (source / path.relative_to(target)).is_file():
            path.unlink()


def _copy(source: str | Path, target: str | Path) -> None:
    new, copy = Path(source).stat(), Path(target)
    if copy.is_file() and (old := copy.stat()).st_size == new.st_size and old.st_mtime_ns == new.st_mtime_ns:
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    with whole(copy) as waiting:
        shutil.copy2(source, waiting)
