"""The texts in a file of any kind, so that they can be looked through before it is published, and what is said of one that holds a name."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from konzept.data.files import BROKEN_ARCHIVE
from konzept.data.privacy.names import Names

_INVENTORY = b"# Sphinx inventory version 2"
_PHOTOGRAPH = b"\xff\xd8\xff"
_PICTURES = (b"\x89PNG\r\n\x1a\n", _PHOTOGRAPH, b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"\0\0\1\0")
_PAPER, _ARCHIVE, _ZIPPED = b"%PDF", b"PK\x03\x04", b"\x1f\x8b"
_PACKED = (_PAPER, _ARCHIVE, _ZIPPED, _INVENTORY, *_PICTURES)
"""How files begin that are not simply text."""
_MOST = 200_000_000
"""So many bytes of unpacked content are looked through."""


class NotSearchable(Exception):
    """A file is of a kind that cannot be looked through."""


def names_in(content: bytes, names: Names) -> bool:
    """Tell whether a private name stands in a file.

    Raises
    ------
    NotSearchable
        Nobody can tell.
    """
    return any(names.stand_in(text) for text in _texts(content, [_MOST]))


def lines_with_names(content: bytes, names: Names) -> list[int | None]:
    """Give the lines of a file on which a private name begins; None stands for one in a file without lines.

    Raises
    ------
    NotSearchable
        Nobody can tell.
    """
    if content.startswith(_PACKED):
        return [None] if names_in(content, names) else []
    return [*names.lines(_decoded(content))]


def _texts(content: bytes, left: list[int]) -> Iterator[str]:
    """Give the texts in a file: of text, pictures, papers, and of what is packed in archives and workbooks.

    Parameters
    ----------
    content
        The file.
    left
        How many bytes may still be looked through; counted down.

    Raises
    ------
    NotSearchable
        The file is of another kind, or damaged.
    """
    left[0] -= len(content)
    if left[0] < 0:
        raise NotSearchable
    try:
        if content.startswith(_PAPER):
            # Imported here because most files are none.
            from konzept.data.privacy.papers import texts_of_paper

            for text, attached in texts_of_paper(content):
                yield text
                if attached:
                    yield from _texts(attached, left)
        elif content.startswith(_ARCHIVE):
            yield from _unpacked(content, left)
        elif content.startswith(_ZIPPED):
            with gzip.open(io.BytesIO(content)) as file:
                yield from _texts(file.read(left[0] + 1), left)
        elif content.startswith(_INVENTORY):
            head, _, packed = content.partition(b"zlib.\n")
            yield head.decode("utf-8")
            yield zlib.decompress(packed).decode("utf-8")
        elif content.startswith(_PICTURES):
            yield from _said_of_picture(content)
        else:
            yield _decoded(content)
    except BROKEN_ARCHIVE as error:
        raise NotSearchable from error


def _unpacked(content: bytes, left: list[int]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            yield member.filename
            if not member.is_dir():
                if member.flag_bits & 1:
                    raise NotSearchable  # encrypted
                with archive.open(member) as file:
                    yield from _texts(file.read(left[0] + 1), left)


def _said_of_picture(content: bytes) -> Iterator[str]:
    """Give what a picture carries besides what is seen: titles, authors, remarks."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        picture.load()  # some remarks stand behind the picture itself
        for value in [*picture.info.values(), *picture.getexif().values()]:
            if isinstance(value, bytes):
                # Descriptions in XMP and Exif; what is no text in them is passed over.
                yield value.decode("utf-8", "ignore")
                yield value.decode("utf-16-le", "ignore")
            else:
                yield str(value)


def tells_where(path: Path) -> bool:
    """Tell whether a photograph carries the place at which it was taken."""
    try:
        with path.open("rb") as file:
            if file.read(len(_PHOTOGRAPH)) != _PHOTOGRAPH:
                return False
        # Imported here because most files are none.
        from PIL import ExifTags, Image

        with Image.open(path) as picture:
            return ExifTags.GPS.GPSLatitude in picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    except (OSError, ValueError, SyntaxError):
        return False  # What is no picture shows none.


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\0" in content:
        raise NotSearchable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What German programs wrote before UTF-8.
        return content.decode("cp1252")


def searchable(path: Path) -> bytes:
    """Read a file that is to be looked through.

    Raises
    ------
    NotSearchable
        It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotSearchable from error


_PRIVATE = (
    "{0}: Im fertigen Buch steht hier ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
    "Meist kommt er aus einer Zelle; nehmen Sie ihn dort heraus."
)
_DARK = (
    "{0}: Diese Datei lässt sich nicht nach Namen aus data/intern/ durchsehen. "
    "Veröffentlichen Sie sie als PDF, CSV, XLSX, PNG oder JPG."
)


def complaint(path: Path, place: str, names: Names) -> str | None:
    """Say that a finished file holds a private name; None if it holds none.

    Parameters
    ----------
    path
        The file.
    place
        The file as its author knows it.
    names
        The names.
    """
    if names.stand_in(place):
        return _PRIVATE.format(without_name(place, names))
    try:
        content = searchable(path)
        found = names_in(content, names)
    except NotSearchable:
        return _DARK.format(place)
    return _PRIVATE.format(place) if found else None


def without_name(place: str, names: Names) -> str:
    """Name the folder above the one, or above the file, that bears a private name."""
    parts = place.split("/")
    keep = next(n for n in range(len(parts)) if names.stand_in("/".join(parts[: n + 1])))
    return "".join(f"{part}/" for part in parts[:keep]) + "…"
