"""Files that other programs leave: copies, locks, what is half written."""

from __future__ import annotations

import re

_LOCKS = re.compile(r"~\$.*|\.~lock\..*#|.*\.sw[po]|\.#.*", re.IGNORECASE)
_COPIES = re.compile(
    r".*([ _-](Kopie|Copy|Sicherung|Backup)\b.*|\(\d+\)|^Kopie von .*|^Copy of .*|[ _-]konflikt.*)(\.\w+)?",
    re.IGNORECASE,
)
_REMAINS = re.compile(
    r".*\.(bak|orig|rej|tmp|temp|crdownload|part|neu)|.*~|~.*\.tmp|Thumbs\.db|desktop\.ini|\.DS_Store|\._.*",
    re.IGNORECASE,
)


def stray(name: str) -> str | None:
    """Say what a file is that another program left, and what to do; None where its name tells nothing of the kind.

    Examples
    --------
    >>> stray("~$messwerte.csv"), stray("massnahmen - Kopie.csv"), stray("messwerte.csv")
    ('sperrt eine Datei, die gerade geöffnet ist. Schließen Sie das andere Programm.', 'sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin.', None)
    """
    if _LOCKS.fullmatch(name):
        return "sperrt eine Datei, die gerade geöffnet ist. Schließen Sie das andere Programm."
    if _REMAINS.fullmatch(name):
        return "ist der Rest eines anderen Programms. Löschen Sie sie."
    if _COPIES.fullmatch(name):
        return "sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin."
    return None
