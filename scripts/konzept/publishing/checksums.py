"""What proves a book: checksums of all that is published, and a date that is the content's and not the build's."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from konzept.data.files import whole
from konzept.data.package import load_package
from konzept.data.repository import GitFailed, git

SUMS = "SHA256SUMS"
"""Beside the book: one line a file, as `sha256sum --check` reads it."""


def sums(folder: Path) -> dict[str, str]:
    """Give the checksums of all published files: the pages, and the PDFs beside them."""
    files = [path for part in ("html", "pdf") for path in (folder / part).rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
    }


def write_sums(folder: Path) -> Path:
    """Write the checksums beside the book."""
    target = folder / SUMS
    with whole(target) as waiting:
        waiting.write_text("".join(f"{value}  {name}\n" for name, value in sums(folder).items()), "utf-8")
    return target


def first_difference(one: Path, other: Path) -> str | None:
    """Name the first file and line in which two built books differ; None if there is none."""
    ours, theirs = sums(one), sums(other)
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in theirs or name not in ours:
            return f"{name}: gibt es nur in {one if name in ours else other}"
        if ours[name] != theirs[name]:
            return f"{name}, {_place((one / name).read_bytes(), (other / name).read_bytes())}"
    return None


def _place(one: bytes, other: bytes) -> str:
    """Say where two contents part, and how."""
    pairs = enumerate(zip(one, other, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    line = one.count(b"\n", 0, place) + 1

    def around(content: bytes) -> str:
        return content[max(0, place - 40) : place + 40].decode("utf-8", "replace").replace("\n", "⏎")

    return f"Zeile {line}:\n  {around(one)}\n  {around(other)}"


def day_of_issue(project: Path, data: Path) -> str:
    """Give the time of the last commit, or without git the data's Stand, in seconds since 1970."""
    try:
        when = git(project, ["log", "-1", "--format=%ct", "HEAD"]).decode().strip()
        # A copy inside of another project is not that project.
        if not git(project, ["rev-parse", "--show-prefix"]).strip():
            return when
    except GitFailed:
        pass
    day = dt.datetime.combine(load_package(data).stand, dt.time(), dt.UTC)
    return str(int(day.timestamp()))
