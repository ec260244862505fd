"""A chapter of the frozen town as a Word document: what an office expects of it, and how long it takes."""

from __future__ import annotations

import io
import re
import resource
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from conftest import SLOW, run_konzept
from folders import PROJECT
from konzept.authors.word.reading import read_word
from word_documents import PAGE, document_says, exported


@pytest.fixture(scope="module")
def chapter(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chapter on education as its file."""
    path = tmp_path_factory.mktemp("word") / "bildung.docx"
    # The first time the charts are drawn as pictures.
    assert run_konzept(PROJECT, "word", "export", "bildung", str(path)).returncode == 0
    return path


@pytest.fixture(scope="module")
def document(chapter: Path) -> Any:
    """The same, opened."""
    return docx.Document(str(chapter))


def worked() -> float:
    """Give the seconds of work of all programs that have been run: the machine may be shared."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_bytes_are_the_same_and_soon_there(chapter: Path, tmp_path: Path) -> None:
    before = chapter.read_bytes()
    start = worked()
    result = run_konzept(PROJECT, "word", "export", "bildung", str(tmp_path / "noch.docx"))
    assert result.returncode == 0, result.stderr
    assert worked() - start < 5 * SLOW
    assert (tmp_path / "noch.docx").read_bytes() == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_untouched_it_changes_nothing(chapter: Path) -> None:
    start = worked()
    result = run_konzept(PROJECT, "word", "import", "--probe", str(chapter))
    assert worked() - start < 3 * SLOW
    assert result.stdout.splitlines()[0] == "Die Datei enthält weder Änderungen noch Kommentare."


def test_all_prose_can_be_written_back(chapter: Path) -> None:
    """No paragraph of the page is only listed because the program did not find it in what it wrote."""
    source = (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8")
    prose = re.sub(r"^---\n.*?^---\n|^```.*?^```\n", "", source, flags=re.DOTALL | re.MULTILINE)
    expected = [block for block in re.split(r"\n\n+", prose.strip()) if not block.startswith("%")]
    assert [entry.source for entry in read_word(chapter).original.entries if entry.kind] == expected


def test_styles_and_language(document: Any) -> None:
    assert document.core_properties.title == "Bildung und Erziehung – Integrationskonzept der Stadt Lehrte"
    (language,) = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "de-DE"
    names = {style.style_id: style.name for style in document.styles}
    used = [names[p.get(qn("w:val"))] for p in document.element.body.iter(qn("w:pStyle"))]
    assert {"Heading 1", "Heading 2", "Body Text", "List Bullet", "Caption", "Tabellentext"} <= set(used)
    assert used.count("Heading 1") == 1
    # Nobody sees a number of pages that the program has typed.
    (foot,) = document.sections[0].footer.paragraphs
    fields = [i.text.strip() for i in document.sections[0].footer.part.element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert foot.text.startswith("Bildung und Erziehung, Stand ")


def test_captions_count_as_the_book_does(document: Any) -> None:
    names = {style.style_id: style.name for style in document.styles}
    captions = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and names[style.get(qn("w:val"))] == "Caption":
            text = "".join(t.text for t in paragraph.iter(qn("w:t"))).replace("\N{NO-BREAK SPACE}", " ")
            (field,) = (i.text.split() for i in paragraph.iter(qn("w:instrText")))
            captions[text.split("\N{EN SPACE}")[0]] = field[:2]
    assert captions == {"Tab. 1.1": ["SEQ", "Tabelle"], "Abb. 1.1": ["SEQ", "Abbildung"]}


def _columns(row: Any) -> int:
    spans = [cell.find(f".//{qn('w:gridSpan')}") for cell in row.iter(qn("w:tc"))]
    return sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans)


def test_tables_have_heads_and_pictures_words(document: Any) -> None:
    for table in document.element.body.iter(qn("w:tbl")):
        heads = [
            row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))
        ]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)
        columns = len(table.find(qn("w:tblGrid")))
        assert {_columns(row) for row in table.iter(qn("w:tr"))} == {columns}
    (picture,) = document.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr").startswith("Im Umland der Landeshauptstadt")
    media = {
        str(p.partname).rpartition(".")[2]: p.blob
        for p in document.part.package.iter_parts()
        if "media" in p.partname
    }
    assert set(media) == {"png", "svg"}
    assert Image.open(io.BytesIO(media["png"])).width > 1000
    assert media["svg"].startswith(b"<svg")


def test_what_comes_from_data_says_from_where(document: Any) -> None:
    tags = [tag.get(qn("w:val")) for tag in document.element.body.iter(qn("w:tag"))]
    lines = (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8").split("\n")
    numbered = [re.fullmatch(r"book/chapters/01-bildung\.md:(\d+)", tag) for tag in tags]
    assert all(lines[int(match[1]) - 1] == "```{code-cell} ipython3" for match in numbered if match)
    assert sum(match is None for match in numbered) == 1  # the number in a sentence
    assert not [*document.element.body.iter(qn("w:lock"))]


def test_footnotes_are_real_ones() -> None:
    package = docx.Document(io.BytesIO(exported())).part.package
    (notes,) = (p.blob.decode() for p in package.iter_parts() if p.partname == "/word/footnotes.xml")
    assert "Beratung, Kurse und Feste sind gemeint." in notes


def test_a_link_in_a_footnote_is_one_of_the_footnotes() -> None:
    """Word takes a file for damaged in which a part names an address that another part holds."""
    page = PAGE.replace("Feste sind gemeint.", "[Feste](https://example.org/feste) sind gemeint.")
    package = docx.Document(io.BytesIO(exported(page))).part.package
    (part,) = (p for p in package.iter_parts() if p.partname == "/word/footnotes.xml")
    (key,) = re.findall(r'<w:hyperlink[^>]* r:id="(\w+)"', part.blob.decode())
    assert part.rels[key].target_ref == "https://example.org/feste"


def test_links_lead_somewhere(document: Any) -> None:
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    assert anchors
    assert {anchor for anchor in anchors if anchor} <= marks
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark) for mark in marks)
    assert "Worum es geht" in document_says(document)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (("export", "bildung"), "Nennen Sie die Kennung eines Handlungsfeldes und die Datei, oder „--alle“ und die Datei."),
        (("export", "bildnug", "a.docx"), "Ein Kapitel „bildnug“ gibt es nicht. Meinten Sie „bildung“?"),
        (("export", "bildung", "a.doc"), "„a.doc“ endet nicht auf .docx. Schreiben Sie zum Beispiel kapitel.docx."),
    ],
)  # fmt: skip
def test_wrong_calls(call: tuple[str, ...], sentence: str) -> None:
    result: subprocess.CompletedProcess[str] = run_konzept(PROJECT, "word", *call)
    assert (result.returncode, result.stderr.strip()) == (2, sentence)
