"""Only the book's own fonts are visible to whoever draws or prints; else the bytes depend on the machine.

The theme's icon font is cut down to the icons that the pages show: 2 KB in place of 156.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from konzept.data.files import whole, write_changed
from konzept.home import NODE_MODULES
from konzept.site.compat import ICON_FONT, ICON_FONTS

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
    dirs = sorted({str(path.parent) for path in font_files()})
    lines = "".join(f"<dir>{escape(d)}</dir>" for d in dirs)
    config = folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{lines}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>"
    )
    write_changed(config, text)
    os.environ["FONTCONFIG_FILE"] = str(config)


_ICON = re.compile(r"\bfa-[a-z0-9-]+")
_RULE = re.compile(r'(?<![^{}])([^{}]+)\{[^{}]*content:"\\([0-9a-f]+)"')


def cut_icon_font(out: Path, kept: Path) -> None:
    """Write the icon font anew with what the pages, scripts and style sheets of a built site name.

    Parameters
    ----------
    out
        The folder of the built pages, the theme's files included.
    kept
        A folder for what was cut before: as long as the pages show the same icons, it is taken again.
    """
    fonts = out / ICON_FONTS
    source = fonts / f"{ICON_FONT}.ttf"
    if not source.is_file():
        return
    points = sorted(used_icons(out))
    key = hashlib.sha256(source.read_bytes() + repr(points).encode()).hexdigest()[:16]
    cut = kept / f"zeichen-{key}.woff2"
    if not cut.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        with whole(cut) as waiting:
            _cut(source, points, waiting)
    shutil.copyfile(cut, fonts / f"{ICON_FONT}.woff2")


def _cut(source: Path, points: list[int], target: Path) -> None:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=[], recalc_timestamp=False)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def used_icons(out: Path) -> set[int]:
    """Find the code points of all icons that a built site can show."""
    names: set[str] = set()
    for path in [*out.rglob("*.html"), *(out / "_static/scripts").glob("*.js")]:
        names.update(_ICON.findall(path.read_text("utf-8")))
    points = set()
    for style in sorted((out / "_static/styles").glob("*.css")):
        for selector, point in _RULE.findall(style.read_text("utf-8")):
            icons = set(_ICON.findall(selector))
            # A rule without an icon's name is the theme's own use of the font.
            if not icons or icons & names:
                points.add(int(point, 16))
    return points
