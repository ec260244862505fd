"""The files of the data as they were before an import, and the way back to them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from konzept.data.saving import NotSaved
from konzept.words import german


def keep(folder: Path, names: Iterable[str], backups: Path) -> Path:
    """Copy files aside, into a new folder named by the hour.

    Raises
    ------
    NotSaved
        They cannot be copied.
    """
    try:
        target = backups / f"{dt.datetime.now():%Y-%m-%d-%H%M%S}"
        n = 1
        while target.exists():
            n += 1
            target = target.with_name(f"{target.name.split('_')[0]}_{n}")
        target.mkdir(parents=True)
        for name in names:
            shutil.copyfile(folder / name, target / name)
    except OSError as error:
        raise NotSaved(
            f"In den Ordner „{backups.name}“ lässt sich nicht sichern, was vorher war; geändert ist nichts. "
            "Prüfen Sie Ihre Rechte und den freien Platz."
        ) from error
    return target


def way_back(folder: Path, names: Iterable[str], kept: Path) -> list[str]:
    """Say how to take an import back."""
    files = german.listing(sorted(names))
    return [
        f"Zurücknehmen: Kopieren Sie {files} aus „{kept}“ nach „{folder}“; dort liegt alles, wie es vorher war."
    ]
