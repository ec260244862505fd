"""A file of Excel or Word as bytes that may be unpacked: whole, of the right kind, and no larger than work needs."""

from __future__ import annotations

import errno
import io
import zipfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from konzept.data.files import BROKEN_ARCHIVE, write_whole
from konzept.data.files import content as read_whole
from konzept.data.problems import refused

_PACKED, _LARGEST = 20 << 20, 100 << 20
"""So many bytes a file may have, and hold when unpacked: fifty times what all tables of a town need."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_UNWRITABLE = "Die Datei lässt sich nicht schreiben. Schließen Sie sie, wenn sie geöffnet ist, oder wählen Sie einen anderen Ort."


@dataclass(frozen=True)
class Kind:
    """What is said of files of a kind."""

    noun: str
    whole_noun: str
    program: str
    ending: str
    to_delete: str
    """What makes such files large."""
    anew: str = ""
    """How to come by another one."""
    part: str = ""
    """What all of them hold."""


WORKBOOK = Kind(
    "Arbeitsmappe",
    "Excel-Arbeitsmappe",
    "Excel",
    ".xlsx",
    "Bilder und eigene Blätter",
    " Schreiben Sie mit „konzept excel export“ eine neue.",
)
WORD = Kind("Word-Datei", "Word-Datei", "Word", ".docx", "Bilder", part="word/document.xml")


def office_file(path: Path, kind: Kind) -> bytes:
    """Read a file of a kind.

    Raises
    ------
    DataProblems
        The file is missing, locked, too large, encrypted or of another kind; the one problem says which.
    """
    try:
        content = read_whole(path, _PACKED)
    except FileNotFoundError:
        raise refused(path, "Diese Datei gibt es nicht.") from None
    except OSError as error:
        raise refused(path, _no_access(path, error, kind)) from None
    if reason := _of_another_kind(content, kind):
        raise refused(path, reason)
    return content


def keep(target: Path) -> Path:
    """Keep a file as it is under a name beside it; it is about to be written anew, and may hold someone's work."""
    names = (target.with_stem(f"{target.stem}-vorher{'' if n == 1 else n}") for n in count(1))
    kept = next(name for name in names if not name.exists())
    write_office_file(kept, target.read_bytes())
    return kept


def write_office_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, or say that it cannot be."""
    try:
        write_whole(path, content)
    except OSError:
        raise refused(path, _UNWRITABLE) from None


def _no_access(path: Path, error: OSError, kind: Kind) -> str:
    if error.errno == errno.EFBIG:
        return f"Die {kind.noun} ist größer als {_PACKED >> 20} Megabyte; so viel wird nicht gelesen. Löschen Sie {kind.to_delete} daraus."
    if error.errno == errno.EINVAL:
        return (
            f"Das ist keine Datei, sondern ein Gerät oder eine Leitung. Nennen Sie eine {kind.ending}-Datei."
        )
    if path.is_dir():
        return f"Das ist ein Ordner, keine {kind.noun}."
    return (
        "Die Datei lässt sich nicht lesen. "
        f"Schließen Sie sie in {kind.program}, oder prüfen Sie, ob Sie sie öffnen dürfen."
    )


def _of_another_kind(content: bytes, kind: Kind) -> str | None:
    """Say what a file is that is none of the kind that can be read."""
    if not content:
        return f"Die Datei ist leer.{kind.anew}"
    if content.startswith(b"%PDF-"):
        return f"Das ist ein PDF; Tabellen lassen sich daraus nicht sicher lesen. Bitten Sie um die {kind.program}-Datei ({kind.ending}), aus der es entstanden ist."
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return (
                f"Die {kind.noun} ist mit einem Kennwort verschlüsselt. "
                f"Entfernen Sie es in {kind.program} unter „Datei → Informationen“ und speichern Sie neu."
            )
        return f"Die Datei hat das alte {kind.program}-Format. Speichern Sie sie als {kind.ending}."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names: list[str] | None = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                return f"Die {kind.noun} ist entpackt größer als {_LARGEST >> 20} Megabyte; so viel wird nicht gelesen. Löschen Sie {kind.to_delete} daraus."
            if "mimetype" in archive.namelist() and b"opendocument" in archive.read("mimetype"):
                return (
                    f"Die Datei ist im OpenDocument-Format gespeichert. Speichern Sie sie als {kind.ending}."
                )
    except BROKEN_ARCHIVE:
        names = None
    if names is None or (kind.part and kind.part not in names):
        return (
            f"Die Datei ist keine {kind.whole_noun} oder beschädigt. Gebraucht wird eine {kind.ending}-Datei."
        )
    if "xl/workbook.bin" in names:
        return "Die Datei hat das Binärformat .xlsb. Speichern Sie sie als .xlsx."
    if "word/vbaProject.bin" in names:
        return "Die Word-Datei enthält Makros. Speichern Sie sie in Word als .docx ohne Makros."
    return None
