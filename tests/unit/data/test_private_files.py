"""Lists of private names are read or named; files of every kind are looked through, or named as unseen."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import ExifTags, Image, PngImagePlugin
from pypdf import PdfWriter

from konzept.authors.check import check_hints
from konzept.data.privacy.files import NotSearchable, complaint, lines_with_names, names_in
from konzept.data.privacy.lists import read_lists
from konzept.data.privacy.names import Names
from sentences.programs import OTHERS

LISTED = Names(["Erika Mustermann", "Jürgen Möller"])


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LISTS = {
    "namen.csv": b"name\nErika Mustermann\n",
    "NAMEN.CSV": b"Name;Telefon\r\nErika Mustermann;1\r\n",
    "mit Marke.csv": b"\xef\xbb\xbftelefon;NAME \n1;Erika Mustermann\n",
    "kommas.csv": b'name,telefon\n"Mustermann, Erika",1\n',
    "tabulatoren.csv": b"telefon\tname\n1\tErika Mustermann\n",
    "eine Spalte.csv": b"name\nMustermann, Erika\n",
    "zeilen.txt": b"\nErika Mustermann\n",
    "zeilen.TXT": b"\xef\xbb\xbfMustermann, Erika\r\n",
    "tief/unten/namen.Csv": b"name\nErika Mustermann\n",
    "mappe.xlsx": workbook([], [[None, None], ["Nr.", "Name"], [1, "Erika Mustermann"]], [["name"], [None]]),
    "MAPPE.XLSX": workbook([["name"], ["Dr. Erika Mustermann"]]),
}
"""Every one protects the same person."""


@pytest.mark.parametrize("name", LISTS)
def test_list_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data/intern" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(LISTS[name])
    names, problems = read_lists(tmp_path / "data/intern")
    assert problems == []
    assert names.stand_in("Frau Erika Mustermann")
    assert not names.stand_in("Jürgen Möller")


NOT_READ = "Diese Datei wird nicht gelesen"
UNREADABLE = "Die Liste lässt sich nicht lesen."
NO_COLUMN = "In der Kopfzeile fehlt die Spalte „name“"
UNREAD: dict[str, tuple[bytes, int | None, str]] = {
    "namen.docx": (b"PK", None, NOT_READ),
    "namen": (b"Erika Mustermann\n", None, NOT_READ),
    "namen.xls": (b"\xd0\xcf\x11\xe0", None, NOT_READ),
    ".namen": (b"Erika Mustermann\n", None, NOT_READ),
    "tief/unten/namen.ods": (b"PK", None, NOT_READ),
    "namen.csv": (b"person;telefon\nErika Mustermann;1\n", 1, NO_COLUMN),
    "leer.csv": (b"", 1, NO_COLUMN),
    "kodierung.csv": ("name\nJürgen Möller\n".encode("cp1252"), None, UNREADABLE),
    "breit.csv": ("name\nErika Mustermann\n".encode("utf-16"), None, UNREADABLE),
    "kodierung.TXT": ("Jürgen Möller\n".encode("cp1252"), None, UNREADABLE),
    "kaputt.xlsx": (b"PK\x03\x04 und nichts weiter", None, UNREADABLE),
    "mappe.xlsx": (workbook([["person"], ["Erika Mustermann"]]), 1, NO_COLUMN),
    "zeilen.txt": (b"Erika Mustermann\nE.\n", 2, "Hier steht kein Name"),
    "satz.csv": (
        b"name\nJemand, der hier auf gar keinen Fall genannt werden soll\n",
        2,
        "Hier steht kein Name",
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_list_that_protects_nobody_is_named(tmp_path: Path, name: str) -> None:
    content, line, sentence = UNREAD[name]
    path = tmp_path / "data/intern" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    _, (problem,) = read_lists(tmp_path / "data/intern")
    assert (problem.file, problem.line) == (f"data/intern/{name}", line)
    assert problem.message.startswith(sentence)
    assert "Mustermann" not in repr(problem)


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", "~$namen.xlsx", ".~lock.namen.csv#", "alt/.DS_Store"]
)
def test_what_systems_and_open_programs_leave_is_no_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data/intern" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\0")
    names, problems = read_lists(tmp_path / "data/intern")
    assert (bool(names), problems) == (False, [])


@pytest.mark.parametrize("name", ["Intern", "INTERN", "intern ", "ｉntern"])
def test_folder_with_another_spelling_is_named_and_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data" / name
    folder.mkdir(parents=True)
    (folder / "namen.txt").write_text("Erika Mustermann\n", "utf-8")
    names, (problem,) = read_lists(tmp_path / "data/intern")
    assert problem.file == f"data/{name}"
    assert names.stand_in("Erika Mustermann")


def test_what_is_no_folder_and_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/intern").write_text("Erika Mustermann\n", "utf-8")
    _, problems = read_lists(tmp_path / "data/intern")
    assert [p.file for p in problems] == ["data/intern"]
    (tmp_path / "data/intern").unlink()
    (tmp_path / "anderswo").mkdir()
    (tmp_path / "data/intern").mkdir()
    (tmp_path / "data/intern/verweis").symlink_to(tmp_path / "anderswo")
    (tmp_path / "data/intern/kreis").symlink_to(tmp_path / "data/intern")
    (tmp_path / "data/intern/weg.csv").symlink_to(tmp_path / "gibt-es-nicht.csv")
    _, problems = read_lists(tmp_path / "data/intern")
    assert sorted(p.file for p in problems) == [
        f"data/intern/{name}" for name in ("kreis", "verweis", "weg.csv")
    ]


def test_two_projects_share_one_folder_of_lists(tmp_path: Path) -> None:
    (tmp_path / "sicher").mkdir()
    (tmp_path / "sicher/namen.txt").write_text("Erika Mustermann\nE.\n", "utf-8")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "intern").symlink_to(tmp_path / "sicher")
    names, problems = read_lists(tmp_path / "a/intern", tmp_path / "b/intern", tmp_path / "c/intern")
    assert names.stand_in("Erika Mustermann")
    assert [p.line for p in problems] == [2]


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind, **options)
    return out.getvalue()


def png_text(text: str, *, compressed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", text, zip=compressed)
    return picture("PNG", pnginfo=info)


def exif(text: str) -> bytes:
    data = Image.Exif()
    data[0x013B] = text.encode()  # Artist
    return picture("JPEG", exif=data)


def pdf(**content: object) -> bytes:
    """Make a paper with a title, an attachment, a description of a picture, or a name on it."""
    out = pikepdf.new()
    page = out.add_blank_page()
    if title := content.get("title"):
        out.docinfo["/Title"] = str(title)
    if said := content.get("alt"):
        element = pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt=pikepdf.String(str(said))
        )
        out.Root.StructTreeRoot = out.make_indirect(pikepdf.Dictionary(K=out.make_indirect(element)))
    if attached := content.get("attached"):
        out.attachments["liste.csv"] = pikepdf.AttachedFileSpec(out, str(attached).encode())
    if printed := content.get("printed"):
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = out.make_stream(b"BT /F1 9 Tf " + str(printed).encode("cp1252") + b" ET")
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(title="x")))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


KINDS: dict[str, Callable[[str], bytes]] = {
    "text": lambda t: t.encode(),
    "text of older programs": lambda t: t.encode("cp1252"),
    "text in UTF-16": lambda t: t.encode("utf-16"),
    "page": lambda t: f"<html><p>{t}</p></html>".encode(),
    "attribute": lambda t: f'<img alt="{t}">'.encode(),
    "drawing": lambda t: f"<svg><title>{t}</title></svg>".encode(),
    "JSON": lambda t: json.dumps({"x": t}).encode(),
    "table": lambda t: ";".join(t.split()).encode(),
    "workbook": lambda t: workbook([["a"]], [[t]]),
    "title of a workbook's sheet": lambda t: zipped("xl/workbook.xml", f'<sheet name="{t}"/>'.encode()),
    "text in runs": lambda t: zipped("word/document.xml", f"<w:t>{t[:9]}</w:t><w:t>{t[9:]}</w:t>".encode()),
    "name in an archive": lambda t: zipped(f"{t}.txt", b""),
    "archive in an archive": lambda t: zipped("a.zip", zipped("b.txt", t.encode())),
    "packed drawing": lambda t: gzip.compress(f"<svg>{t}</svg>".encode()),
    "inventory": lambda t: (
        b"# Sphinx inventory version 2\n# Project: x\n# Version: \n# The remainder is compressed using zlib.\n"
        + zlib.compress(f"abb std:label -1 x.html {t}\n".encode())
    ),
    "PNG": lambda t: png_text(t, compressed=False),
    "packed words in a PNG": lambda t: png_text(t, compressed=True),
    "JPG": exif,
    "remark in a GIF": lambda t: picture("GIF", comment=t.encode()),
    "title of a PDF": lambda t: pdf(title=t),
    "description in a PDF": lambda t: pdf(alt=t),
    "attachment": lambda t: pdf(attached=t),
    "print": lambda t: pdf(printed=f"({t}) Tj"),
    "print with a step": lambda t: pdf(printed="[({}) -250 ({})] TJ".format(*t.split())),
    "print on two lines": lambda t: pdf(printed="({}) Tj 0 -12 Td ({}) Tj".format(*t.split())),
    "print in pieces": lambda t: pdf(printed=f"({t[:9]}) Tj ({t[9:]}) Tj"),
    "word broken in print": lambda t: pdf(printed=f"({t[:9]}-) Tj 0 -12 Td ({t[9:]}) Tj"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["Erika Mustermann", "Jürgen Möller"])
def test_name_in_a_file_is_found(kind: str, name: str) -> None:
    make = KINDS[kind]
    assert names_in(make(name), LISTED)
    assert not names_in(make(name.replace("er", "el").replace("ür", "ir")), LISTED)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.bin", b"a" * 100_000_000)
    return out.getvalue()


DARK = {
    "damaged archive": lambda: b"PK\x03\x04 und nichts weiter",
    "damaged PDF": lambda: b"%PDF-1.7 und nichts weiter",
    "encrypted PDF": encrypted,
    "damaged picture": lambda: b"\x89PNG\r\n\x1a\n und nichts weiter",
    "broken off picture": lambda: picture("PNG")[:-30],
    "program": lambda: b"\x7fELF\0\0\0",
    "broken off gzip": lambda: gzip.compress(b"x" * 99)[:-12],
    "too much packed": bomb,
}


@pytest.mark.parametrize("kind", DARK)
def test_file_that_cannot_be_looked_through_is_told(kind: str, tmp_path: Path) -> None:
    content = DARK[kind]()
    with pytest.raises(NotSearchable):
        names_in(content, LISTED)
    (tmp_path / "plan.bin").write_bytes(content)
    assert complaint(tmp_path / "plan.bin", "_downloads/d41d8cd9/plan.bin", LISTED) == (
        "_downloads/d41d8cd9/plan.bin: Diese Datei lässt sich nicht nach Namen aus data/intern/ durchsehen. "
        "Veröffentlichen Sie sie als PDF, CSV, XLSX, PNG oder JPG."
    )


def test_lines_of_a_file() -> None:
    assert lines_with_names("a\r\nErika\r\nMustermann\r\nJürgen Möller\r\n".encode(), LISTED) == [2, 4]
    assert lines_with_names(workbook([["Erika Mustermann"]]), LISTED) == [None]
    assert lines_with_names(b"a\nb\n", LISTED) == []


def test_a_file_that_bears_a_name_is_not_told_by_it(tmp_path: Path) -> None:
    told = complaint(tmp_path / "x", "_downloads/1/erika-mustermann.csv", LISTED)
    assert told is not None
    assert told.startswith("_downloads/1/…: Im fertigen Buch steht hier ein Name")
    assert "mustermann" not in told


def test_a_photograph_that_says_where_it_was_taken_is_told(data: Path, tmp_path: Path) -> None:
    book = tmp_path / "projekt/book"
    book.mkdir(parents=True)
    picture = Image.new("RGB", (8, 8))
    told = Image.Exif()
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 22.0, 30.0)
    other = Image.Exif()
    other[ExifTags.Base.Make] = "Kamera"
    picture.save(book / "ort.jpg", exif=told)
    picture.save(book / "ohne.jpg", exif=other)
    picture.save(book / "ohne.png")
    (book / "kein-bild.jpg").write_bytes(b"\xff\xd8\xff und nichts weiter")
    assert [
        (hint.file, hint.message) for hint in check_hints(data, book) if hint.file.startswith("book/")
    ] == [("book/ort.jpg", OTHERS["Foto mit Ort der Aufnahme"])]
