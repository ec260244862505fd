"""Only the book's own fonts are visible to whoever draws or prints; else the bytes depend on the machine."""

from __future__ import annotations

import os
from pathlib import Path
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from konzept.home import NODE_MODULES

_PACKAGES = ("source-sans-3", "source-serif-4", "noto-emoji", "vazirmatn")
_WEIGHTS = ("400Regular", "400Regular_Italic", "600SemiBold")


def font_files() -> list[Path]:
    """List the static fonts that `npm ci` has put in place."""
    base = NODE_MODULES / "@expo-google-fonts"
    return [
        path
        for package in _PACKAGES
        for weight in _WEIGHTS
        for path in sorted((base / package / weight).glob("*.ttf"))
    ]


def characters() -> frozenset[int]:
    """Name all characters for which one of the fonts has a picture."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def kept_fonts(app: Sphinx) -> Path:
    """Name the folder of what is made of fonts, shared by all builders."""
    return Path(app.doctreedir).parent / ".schriften"


def use_own_fonts(folder: Path) -> None:
    """Point fontconfig to the book's fonts, for this process and those it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    dirs = sorted({str(path.parent) for path in font_files()})
    lines = "".join(f"<dir>{escape(d)}</dir>" for d in dirs)
    config = folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{lines}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>"
    )
    if not config.exists() or config.read_bytes() != text.encode():
        config.write_bytes(text.encode())
    os.environ["FONTCONFIG_FILE"] = str(config)
