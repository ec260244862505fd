"""What came back from Word and is still open: the lists that `konzept word import` writes, to be ticked off."""

from __future__ import annotations

from pathlib import Path

from konzept.data.files import write_whole

FOLDER = Path("_build/word")
"""Where the lists lie, in the project's folder."""
OPEN, DONE = "- [ ] ", "- [x] "


def open_remarks(project: Path) -> dict[str, list[str]]:
    """Give what is not ticked off yet, by the name of its list."""
    found = {
        path.stem: [line.removeprefix(OPEN) for line in _lines(path) if line.startswith(OPEN)]
        for path in sorted((project / FOLDER).glob("*.md"))
    }
    return {name: lines for name, lines in found.items() if lines}


def tick(project: Path, name: str, line: str) -> bool:
    """Tick off a line of a list; tell whether it was open."""
    path = project / FOLDER / f"{name}.md"
    if line not in open_remarks(project).get(name, ()):
        return False
    lines = [DONE + line if known == OPEN + line else known for known in _lines(path)]
    write_whole(path, "\n".join(lines) + "\n")
    return True


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
