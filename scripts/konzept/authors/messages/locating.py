"""Where something is, named from the project's folder."""

from __future__ import annotations

from pathlib import Path


def relative(file: str, project: Path) -> str:
    """Name a file from the project's folder, as an author knows it."""
    path = Path(file.strip().strip("'\""))
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()
