"""Files that are none of ours, or dangerous: one German sentence each, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from konzept.authors.word.importing import plan_import
from konzept.data.problems import DataProblems
from word_documents import PAGE, TOWN, exported, project


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """Change the parts of a document."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if (part := change(name, source.read(name))) is not None:
                target.writestr(name, part)
        for name, part in more.items():
            target.writestr(name, part)
    return out.getvalue()


def _new() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def _with_entity(name: str, part: bytes) -> bytes:
    if name != "word/document.xml":
        return part
    head, _, rest = part.partition(b"?>")
    doctype = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return (
        head
        + b"?>"
        + doctype
        + rest.replace(b"Schule.", b"&x;", 1).replace(b"<w:t xml:space", b"<w:t xml:space")
    )


def _without_original(name: str, part: bytes) -> bytes | None:
    return (
        None
        if "item9" in name
        else part.replace(b"item9", b"item1")
        if name == "word/_rels/document.xml.rels"
        else part
    )


def _spoilt_original(name: str, part: bytes) -> bytes:
    return part.replace(b'"line":', b'"zeile":') if name == "customXml/item9.xml" else part


NOT_OURS = "Die Datei stammt nicht aus „konzept word export“"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "leer": (lambda: b"", "Die Datei ist leer."),
    "Text": (lambda: b"Guten Tag", "Die Datei ist keine Word-Datei oder beschädigt."),
    "altes Format": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "Die Datei hat das alte Word-Format.",
    ),
    "verschlüsselt": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "Die Word-Datei ist mit einem Kennwort verschlüsselt.",
    ),
    "Makros": (
        lambda: repacked(exported(), lambda name, part: part, **{"word/vbaProject.bin": b"x"}),
        "Die Word-Datei enthält Makros.",
    ),
    "Bombe": (
        lambda: repacked(exported(), lambda name, part: part, **{"word/x.xml": bytes(101 << 20)}),
        "Die Word-Datei ist entpackt größer als 100 Megabyte",
    ),
    "anderes Dokument": (_new, NOT_OURS),
    "ohne Original": (lambda: repacked(exported(), _without_original), NOT_OURS),
    "verdorbenes Original": (lambda: repacked(exported(), _spoilt_original), NOT_OURS),
    "fremde Anweisungen": (
        lambda: repacked(exported(), _with_entity),
        "Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen.",
    ),
    "halbes XML": (
        lambda: repacked(
            exported(), lambda name, part: part[: len(part) // 2] if name == "word/document.xml" else part
        ),
        "Die Datei ist beschädigt oder kein Word-Dokument.",
    ),
    "andere Kommune": (
        lambda: exported(town="Stadt Beispiel"),
        "Die Datei gehört zu einem anderen Konzept: Stadt Beispiel. Hier geht es um: Stadt Musterstadt.",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_each_gets_a_sentence(name: str, tmp_path: Path) -> None:
    make, sentence = FILES[name]
    folder = project(tmp_path / "projekt")
    path = tmp_path / "datei.docx"
    path.write_bytes(make())
    with pytest.raises(DataProblems) as caught:
        plan_import(path, folder, TOWN)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"datei.docx: {sentence}")
    assert [p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()] == [PAGE]


def test_no_page_outside_of_the_book_is_written(tmp_path: Path) -> None:
    folder = project(tmp_path / "projekt")
    (tmp_path / "geheim.md").write_text(PAGE, "utf-8")

    def elsewhere(name: str, part: bytes) -> bytes:
        if name == "customXml/item9.xml":
            return part.replace(b"book/chapters/01-bildung.md", b"../geheim.md")
        return part.replace(b"Danach folgt", b"Davor folgt") if name == "word/document.xml" else part

    path = tmp_path / "datei.docx"
    path.write_bytes(repacked(exported(), elsewhere))
    plan = plan_import(path, folder, TOWN)
    assert not plan.contents
    assert [str(item) for item in plan.conflicts] == [
        "../geheim.md, Zeile 32: Absatz geändert: „Danach“ → „Davor“"
    ]
