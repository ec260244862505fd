"""A town's logo goes out safe or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, PngImagePlugin

from folders import EXAMPLES
from konzept.data.logo import UnsafeLogo, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
FORM = '<path d="M0 0h9v9z"/>'


def kept(tmp_path: Path, content: str | bytes, name: str = "logo.svg") -> bytes:
    folder = tmp_path / "book/assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_logo(tmp_path, f"book/assets/{name}").content


def png(size: tuple[int, int] = (30, 20), **told: str) -> bytes:
    about = PngImagePlugin.PngInfo()
    for key, text in told.items():
        about.add_text(key, text)
    out = io.BytesIO()
    Image.new("RGBA", size, (200, 20, 40, 128)).save(out, "PNG", pnginfo=about, exif=Image.Exif())
    return out.getvalue()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "Das Logo enthält „script“"),
        (
            '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
            "enthält „foreignObject“",
        ),
        ('<g onclick="alert(1)"/>', "enthält ein Skript („onclick“)"),
        ('<path d="M0 0" ONLOAD="alert(1)"/>', "enthält ein Skript („ONLOAD“)"),
        ('<image href="https://example.org/x.png"/>', "enthält „image“"),
        ('<use href="#a"/>', "enthält „use“"),
        ('<a href="https://example.org"/>', "enthält „a“"),
        ('<animate attributeName="href"/>', "enthält „animate“"),
        ("<text>Stadt</text>", "Wandeln Sie Text in Pfade um."),
        ('<linearGradient xlink:href="https://example.org/x#a"/>', "verweist nach außen („https://example"),
        ('<linearGradient href="javascript:alert(1)"/>', "verweist nach außen"),
        ('<path fill="url(https://example.org/x#a)"/>', "verweist nach außen"),
        ('<path style="fill:url(//example.org/x)"/>', "verweist nach außen"),
        ('<path style="fill:u\\72l(x)"/>', "verweist nach außen"),
        ("<style>@import 'https://example.org/x.css';</style>", "verweist nach außen"),
        ("<style>path { fill: url(#a) url(http://example.org) }</style>", "verweist nach außen"),
    ],
)
def test_what_does_more_than_show_shapes_is_refused(tmp_path: Path, inside: str, said: str) -> None:
    with pytest.raises(UnsafeLogo) as error:
        kept(tmp_path, SVG.format(FORM + inside))
    assert said in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe<svg/>",
        b"GIF89a",
        b"<svg>",
        b"<svg/>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        b'<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG.format("&a;").encode(),
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.encode(),
    ],
)
def test_what_is_no_plain_svg_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnsafeLogo, match="Das Logo lässt sich nicht lesen"):
        kept(tmp_path, content)


def test_an_svg_needs_a_size(tmp_path: Path) -> None:
    with pytest.raises(UnsafeLogo, match="fehlt die Größe"):
        kept(tmp_path, f'<svg xmlns="http://www.w3.org/2000/svg">{FORM}</svg>')


def test_of_an_svg_the_shapes_stay(tmp_path: Path) -> None:
    source = (EXAMPLES / "landkreis/book/assets/logo.svg").read_text("utf-8")
    text = kept(tmp_path, source).decode()
    for gone in ("inkscape", "Invented", "DOCTYPE", "metadata", "rdf", "xlink"):
        assert gone not in text
    drawn = [element for element in ElementTree.fromstring(text).iter() if element.get("d")]
    assert [element.get("d") for element in drawn] == ["M0 60 40 10 80 60z", "M50 60 80 25 120 60z"]
    assert 'fill="url(#b)"' in text
    assert 'href="#a"' in text
    assert ".tal { fill: #2f6b3a; }" in text
    assert kept(tmp_path, text) == text.encode()


def test_of_a_png_the_pixels_stay(tmp_path: Path) -> None:
    content = kept(tmp_path, png(Author="Erika Muster", GPS="52.3 9.9"), "logo.PNG")
    assert b"Erika" not in content
    assert b"tEXt" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.size, picture.info) == ((30, 20), {})
        assert picture.getpixel((3, 3)) == (200, 20, 40, 128)


def test_a_large_png_gets_smaller(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(kept(tmp_path, png((3000, 1000)), "logo.png"))) as picture:
        assert picture.size == (1200, 400)
    with pytest.raises(UnsafeLogo, match="breiter oder höher als 4000 Pixel"):
        kept(tmp_path, png((4001, 2)), "logo.png")


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", png()[:60], SVG.encode(), b"\xff\xd8\xff\xe0"]
)
def test_a_broken_png_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnsafeLogo, match="lässt sich nicht lesen"):
        kept(tmp_path, content, "logo.png")


def test_a_file_must_lie_in_the_book(tmp_path: Path) -> None:
    kept(tmp_path, SVG.format(FORM))
    (tmp_path / "geheim.svg").write_text(SVG.format(FORM))
    (tmp_path / "book/assets/um.svg").symlink_to(tmp_path / "geheim.svg")
    for name in ("book/assets/anderes.svg", "book/assets", "book/assets/um.svg"):
        with pytest.raises(UnsafeLogo, match="gibt es nicht"):
            read_logo(tmp_path, name)
    with pytest.raises(UnsafeLogo, match="größer als 1 MB"):
        kept(tmp_path, SVG.format(" " * 1_000_001))
