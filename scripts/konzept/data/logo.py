"""A town's logo, made safe: of an SVG only shapes and their looks remain, of a PNG only its pixels."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from konzept.data.problems import Problem

_LARGEST = 1_000_000
"""Bytes; what is larger is no logo, but a photograph or a whole document."""
_PIXELS = 4000
"""No wider and no higher may a PNG come in."""
_HEIGHT, _WIDTH = 400, 1200
"""So large at most it goes out: sharp on paper and on any screen."""
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)
_XLINK = "{http://www.w3.org/1999/xlink}href"

_ELEMENTS = frozenset(
    re.findall(
        r"\S+",
        "svg g defs title desc path rect circle ellipse line polyline polygon "
        "linearGradient radialGradient stop clipPath style",
    )
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"\S+",
        "id class style viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform version "
        "preserveAspectRatio gradientUnits gradientTransform spreadMethod offset href clipPathUnits "
        "fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin "
        "stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color display visibility "
        "clip-path clip-rule stop-color stop-opacity paint-order",
    )
)
_INSIDE = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)")
_LEADS_OUT = re.compile(r"url\s*\(|@|\\|expression|javascript:|behavior", re.IGNORECASE)

_UNREADABLE = "Das Logo lässt sich nicht lesen. Speichern Sie es neu, als „einfaches SVG“ oder als PNG."


_PNG_END = b"IEND\xaeB`\x82"


class UnsafeLogo(Exception):
    """The picture cannot be published as it is; the message is German."""


@dataclass(frozen=True)
class Logo:
    """A picture that may be published."""

    content: bytes
    kind: str
    """``svg`` or ``png``."""

    @property
    def media_type(self) -> str:
        """Name its kind as the web does."""
        return "image/svg+xml" if self.kind == "svg" else "image/png"


def read_logo(project: Path, name: str) -> Logo:
    """Read a logo and leave of it what is safe.

    Parameters
    ----------
    project
        The town's folder.
    name
        The file, by its way from there; a link counts as what it leads to.

    Raises
    ------
    UnsafeLogo
        There is none, it cannot be read, or it does more than show shapes.
    """
    path, book = (project / name).resolve(), (project / "book").resolve()
    if not path.is_file() or not path.is_relative_to(book):
        raise UnsafeLogo(
            "Die Datei gibt es nicht. Legen Sie das Bild dorthin, oder nehmen Sie „logo“ aus kommune.json."
        )
    if path.stat().st_size > _LARGEST:
        raise UnsafeLogo("Das Logo ist größer als 1 MB. Speichern Sie es kleiner.")
    content = path.read_bytes()
    return (
        Logo(_safe_svg(content), "svg") if name.lower().endswith(".svg") else Logo(_safe_png(content), "png")
    )


def logo_problems(project: Path, name: str) -> Iterator[Problem]:
    """Say what is wrong with a logo."""
    try:
        read_logo(project, name)
    except UnsafeLogo as error:
        yield Problem(name, None, None, str(error))


def _safe_png(content: bytes) -> bytes:
    from PIL import Image

    # Other packages have Pillow fill up what is missing of a picture, for the whole program.
    if not content.rstrip().endswith(_PNG_END):
        raise UnsafeLogo(_UNREADABLE)
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > _PIXELS:
                raise UnsafeLogo(
                    f"Das Logo ist breiter oder höher als {_PIXELS} Pixel. Speichern Sie es kleiner."
                )
            pixels = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnsafeLogo(_UNREADABLE) from error
    pixels.thumbnail((_WIDTH, _HEIGHT))
    clean = Image.new("RGBA", pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _safe_svg(content: bytes) -> bytes:
    try:
        text = re.sub(r"<!DOCTYPE[^\[>]*>", "", content.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError as error:
        raise UnsafeLogo(_UNREADABLE) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # What they abbreviate is not seen before it is read.
        raise UnsafeLogo(_UNREADABLE)
    try:
        root = ElementTree.fromstring(text.strip())  # noqa: S314  # without entities there is nothing to blow up
    except ElementTree.ParseError as error:
        raise UnsafeLogo(_UNREADABLE) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise UnsafeLogo(_UNREADABLE)
    safe = _cleaned(root)
    if not ({"viewBox"} <= safe.attrib.keys() or {"width", "height"} <= safe.attrib.keys()):
        raise UnsafeLogo(
            "Dem Logo fehlt die Größe (viewBox). Speichern Sie es neu, zum Beispiel mit Inkscape."
        )
    return bytes(ElementTree.tostring(safe, "utf-8"))


def _cleaned(element: ElementTree.Element) -> ElementTree.Element:
    """Copy an element as far as it is known to do no more than show; what drawing programs note for themselves goes."""
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    if name not in _ELEMENTS:
        raise UnsafeLogo(
            f"Das Logo enthält „{name}“; auf Seiten dürfen nur Formen stehen. "
            + (
                "Wandeln Sie Text in Pfade um."
                if name in ("text", "tspan", "font")
                else "Nehmen Sie das im Zeichenprogramm heraus, oder speichern Sie das Logo als PNG."
            )
        )
    copy = ElementTree.Element(element.tag)
    if name in ("title", "desc", "style"):
        copy.text = element.text
    if name == "style":
        _refuse_leading_out(element.text or "", name)
    for key, value in element.attrib.items():
        plain = "href" if key == _XLINK else key
        if plain.lower().startswith("on"):
            raise UnsafeLogo(
                f"Das Logo enthält ein Skript („{plain}“). Nehmen Sie es heraus, oder speichern Sie das Logo als PNG."
            )
        if plain in _ATTRIBUTES:
            if plain == "href" and not value.startswith("#"):
                _refuse(value)
            _refuse_leading_out(value, plain)
            copy.set(plain, value)
    for child in element:
        # What other programs note has a name from elsewhere.
        if child.tag.startswith(f"{{{_SVG}}}") and child.tag != f"{{{_SVG}}}metadata":
            copy.append(_cleaned(child))
    return copy


def _refuse_leading_out(text: str, place: str) -> None:
    if found := _LEADS_OUT.search(_INSIDE.sub("", text)):
        _refuse(text[max(0, found.start() - 10) : found.end() + 30].strip())


def _refuse(text: str) -> None:
    raise UnsafeLogo(
        f"Das Logo verweist nach außen („{' '.join(text.split())[:60]}“). Betten Sie nichts ein, oder speichern Sie es als PNG."
    )
