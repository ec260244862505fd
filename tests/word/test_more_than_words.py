"""What a document holds besides words, and what only Word can do with them: each is listed, nothing is left away in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from word_documents import Desk, diff, run, told, tracked

LETTERS = nsdecls("w", "r", "m", "wp", "a")
BOX = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DOUBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An author's project, and a document that is with others."""
    return Desk(tmp_path)


def made(xml: str) -> Any:
    """Make an element."""
    name = xml.partition(" ")[0].partition(">")[0]
    return parse_xml(xml.replace(name, f"{name} {LETTERS}", 1))


def part_of(desk: Desk, text: str) -> Any:
    """Part a run so that a text has one of its own."""
    desk.say(text, "\N{PILCROW SIGN}")
    whole = next(
        r
        for r in desk.document.element.body.iter(qn("w:r"))
        if "\N{PILCROW SIGN}" in "".join(t.text or "" for t in r.iter(qn("w:t")))
    )
    before, _, after = "".join(t.text or "" for t in whole.iter(qn("w:t"))).partition("\N{PILCROW SIGN}")
    own = run(text)
    for piece in (run(before), own, run(after)):
        whole.addprevious(piece)
    whole.getparent().remove(whole)
    return own


def link(desk: Desk, text: str, address: str) -> None:
    """Make a link of words, as Ctrl+K does."""
    own = part_of(desk, text)
    key = desk.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    around = made(f'<w:hyperlink r:id="{key}"/>')
    own.addprevious(around)
    around.append(own)


def field(desk: Desk, text: str, instruction: str) -> None:
    """Make a link of words by a field, as older programs do."""
    own = part_of(desk, text)
    for kind in ("begin", "instr", "separate"):
        inner = (
            f"<w:instrText>{instruction}</w:instrText>"
            if kind == "instr"
            else f'<w:fldChar w:fldCharType="{kind}"/>'
        )
        own.addprevious(made(f"<w:r>{inner}</w:r>"))
    own.addnext(made('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def relation(desk: Desk) -> Any:
    """Find the one link of the document to elsewhere."""
    return next(r for r in desk.document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK)


def unlinked(desk: Desk) -> None:
    (around,) = (h for h in desk.document.element.body.iter(qn("w:hyperlink")) if h.get(qn("r:id")))
    for child in [*around]:
        around.addprevious(child)
    around.getparent().remove(around)


def into(desk: Desk, beginning: str, *elements: Any) -> None:
    """Put elements at the end of a paragraph."""
    desk.paragraph(beginning).extend(elements)


def set_as(desk: Desk, text: str, tag: str, value: str) -> None:
    """Set words otherwise."""
    own = part_of(desk, text)
    own.insert(0, made(f'<w:rPr><w:{tag} w:val="{value}"/></w:rPr>'))


def in_cell(desk: Desk) -> None:
    cell = next(p for p in desk.document.element.body.iter(qn("w:p")) if "31,9" in "".join(p.itertext()))
    key = desk.document.part.relate_to("https://example.org/t", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    around = made(f'<w:hyperlink r:id="{key}"/>')
    around.extend(cell.findall(qn("w:r")))
    cell.append(around)


def note(desk: Desk, kind: str) -> None:
    """Write a new note of a kind, and its mark."""
    parts = {p.partname: p for p in desk.document.part.package.iter_parts()}
    text = f'<w:{kind} w:id="7"><w:p><w:r><w:t>Ganz neu.</w:t></w:r></w:p></w:{kind}>'
    if part := parts.get(f"/word/{kind}s.xml"):
        part._blob = part.blob.replace(f"</w:{kind}s>".encode(), f"{text}</w:{kind}s>".encode())
    else:
        content = f"<w:{kind}s {nsdecls('w')}>{text}</w:{kind}s>".encode()
        part = Part(
            PackURI(f"/word/{kind}s.xml"), CONTENT_TYPE.WML_ENDNOTES, content, desk.document.part.package
        )
        desk.document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    into(desk, "Im Herbst", made(f'<w:r><w:{kind}Reference w:id="7"/></w:r>'))


def box(desk: Desk) -> None:
    """Draw a text box, which Word writes twice."""
    text = "<w:txbxContent><w:p><w:r><w:t>Bitte prüfen</w:t></w:r></w:p></w:txbxContent>"
    new = f'<w:drawing><wp:anchor><wp:docPr id="3" name="Textfeld"/><s:wsp xmlns:s="{BOX}"><s:txbx>{text}</s:txbx></s:wsp></wp:anchor></w:drawing>'
    double = f'<d:AlternateContent xmlns:d="{DOUBLE}"><d:Choice Requires="wps">{new}</d:Choice><d:Fallback><w:pict>{text}</w:pict></d:Fallback></d:AlternateContent>'
    into(desk, "Im Herbst", made(f"<w:r>{double}</w:r>"))


AUTUMN = "Zeile 32: "
LINKS: dict[str, tuple[Callable[[Desk], object], list[str]]] = {
    "neu": (
        lambda d: link(d, "Danach", "https://example.org/rat"),
        [AUTUMN + "Verweis: „Danach“ führt jetzt zu https://example.org/rat"],
    ),
    "als Feld": (
        lambda d: field(d, "Danach", ' HYPERLINK "https://example.org/rat" \\l "oben" \\o "Hinweis" '),
        [AUTUMN + "Verweis: „Danach“ führt jetzt zu https://example.org/rat#oben"],
    ),
    "im Dokument": (
        lambda d: field(d, "Danach", ' HYPERLINK \\l "_Ref1" '),
        [AUTUMN + "Verweis: „Danach“ führt jetzt zu einer Stelle im Dokument"],
    ),
    "andere Adresse": (
        lambda d: setattr(relation(d), "_target", "https://example.org/anders"),
        ["Zeile 5: Verweis: „Bericht des Landes“ führt jetzt zu https://example.org/anders statt zu https://example.org/bericht"],
    ),
    "dieselbe, anders geschrieben": (lambda d: setattr(relation(d), "_target", "https://example.org/%62ericht/"), []),
    "fort": (unlinked, ["Zeile 5: Verweis: „Bericht des Landes“ führt nirgends mehr hin, bisher zu https://example.org/bericht"]),
    "in einer Tabelle": (in_cell, ["Zeile 26: Tabelle geändert: Verweis zu nichts → https://example.org/t; das kommt aus den Daten oder aus einem Baustein"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", LINKS)
def test_where_links_lead_is_listed(desk: Desk, kind: str) -> None:
    edit, listed = LINKS[kind]
    edit(desk)
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == [f"{line}" for line in listed]


def test_a_link_in_a_new_sentence_is_listed_beside_it(desk: Desk) -> None:
    desk.say("Danach folgt der Rat.", "Danach folgt der Rat. Mehr steht im Protokoll.")
    link(desk, "Protokoll", "https://example.org/p")
    plan = desk.back()
    assert diff(plan) == ["+Mehr steht im Protokoll."]
    assert told(plan.open) == [f"{AUTUMN}Verweis: „Protokoll“ führt jetzt zu https://example.org/p"]


@pytest.mark.parametrize(
    "words",
    ["Bericht des ganzen Landes", "Landesbericht", "2. Bericht des Landes", "Bericht des Landes, Teil 2"],
)
def test_words_written_into_a_link_belong_to_it(desk: Desk, words: str) -> None:
    desk.say("Bericht des Landes", words)
    plan = desk.back()
    assert f"der [{words}](https://example.org/bericht) für" in next(iter(plan.contents.values()))
    assert not plan.open


OTHERS: dict[str, tuple[Callable[[Desk], object], list[str]]] = {
    "Fußnote": (
        lambda d: note(d, "footnote"),
        [
            "Zeile 24: neue Fußnote: „Ganz neu.“",
            "Zeile 32: eingefügt: „[Fußnote]“; eine Fußnote ist in der Seite selbst zu schreiben",
        ],
    ),
    "Endnote": (
        lambda d: note(d, "endnote"),
        [
            "Zeile 24: neue Fußnote: „Ganz neu.“",
            "Zeile 32: eingefügt: „[Fußnote]“; eine Fußnote ist in der Seite selbst zu schreiben",
        ],
    ),
    "Textfeld": (
        box,
        [AUTUMN + "eingefügt: „[Bild]Bitte prüfen“; ein Bild oder Textfeld kommt nicht aus Word in die Seite"],
    ),
    "Formel": (
        lambda d: into(d, "Im Herbst", made("<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>")),
        [AUTUMN + "eingefügt: „[Formel]“; eine Formel ist in der Seite selbst zu schreiben"],
    ),
    "Zeichen einer Schriftart": (
        lambda d: into(d, "Im Herbst", made('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>')),
        [AUTUMN + "eingefügt: „[Sonderzeichen]“; dieses Zeichen kennt nur seine Schriftart"],
    ),
    "hochgestellt": (
        lambda d: set_as(d, "Danach", "vertAlign", "superscript"),
        [AUTUMN + "„Danach“ → „Danach“; Hochgestelltes ist in der Seite selbst zu schreiben"],
    ),
    "durchgestrichen": (
        lambda d: set_as(d, "Danach", "strike", "1"),
        [AUTUMN + "Hervorhebung: „Danach“ ist jetzt durchgestrichen statt normal"],
    ),
    "markiert": (
        lambda d: set_as(d, "Danach", "highlight", "yellow"),
        [AUTUMN + "Hervorhebung: „Danach“ ist jetzt farbig markiert statt normal"],
    ),
    "unterstrichen": (
        lambda d: set_as(d, "Danach", "u", "single"),
        [AUTUMN + "Hervorhebung: „Danach“ ist jetzt unterstrichen statt normal"],
    ),
    "weiches Trennzeichen": (lambda d: d.say("Herbst", "Her\N{SOFT HYPHEN}bst"), []),
    "Trennstelle": (lambda d: into(d, "Im Herbst", made("<w:r><w:softHyphen/></w:r>")), []),
    "Seitenwechsel": (lambda d: into(d, "Im Herbst", made('<w:r><w:br w:type="page"/></w:r>')), []),
    "Absatz mit Zeichen": (
        lambda d: d.paragraph("Im Herbst").addnext(made('<w:p><w:r><w:t>Neu </w:t><w:sym w:char="F04A"/></w:r></w:p>')),
        [AUTUMN + "neuer Absatz: „Neu [Sonderzeichen]“; dieses Zeichen kennt nur seine Schriftart"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_words_is_listed(desk: Desk, kind: str) -> None:
    edit, listed = OTHERS[kind]
    edit(desk)
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == [f"{line}" for line in listed]


@pytest.mark.parametrize(
    ("element", "line"),
    [
        ('<w:br w:type="textWrapping"/>', "+Im Herbst wird berichtet. Danach folgt der Rat.\\"),
        ("<w:noBreakHyphen/>", "+Im Herbst wird berichtet. Danach folgt der Rat.\N{NON-BREAKING HYPHEN}x"),
        ("<w:tab/>", "+Im Herbst wird berichtet. Danach folgt der Rat. x"),
    ],
)
def test_signs_of_their_own_come_into_the_page(desk: Desk, element: str, line: str) -> None:
    into(desk, "Im Herbst", made(f"<w:r>{element}<w:t>x</w:t></w:r>"))
    plan = desk.back()
    assert line in diff(plan)
    assert not plan.open


def test_new_words_that_are_marked_are_listed(desk: Desk) -> None:
    new = run("Wirklich?")
    new.insert(0, made('<w:rPr><w:highlight w:val="yellow"/></w:rPr>'))
    into(desk, "Im Herbst", tracked("ins", run(" "), new))
    plan = desk.back()
    assert diff(plan) == ["+Wirklich?"]
    assert [item.partition(" (")[0] for item in told(plan.open)] == [
        f"{AUTUMN}Hervorhebung: „Wirklich?“ ist jetzt farbig markiert statt normal"
    ]


PICTURES: dict[str, tuple[Callable[[Desk, Any], object], str]] = {
    "Alternativtext": (
        lambda d, p: next(p.iter(qn("wp:docPr"))).set("descr", "Viele."),
        "Abbildung geändert: Alternativtext „Menschen.“ → „Viele.“",
    ),
    "anderes": (lambda d, p: setattr(_file(d), "_blob", b"anders"), "Abbildung geändert: ein anderes Bild"),
    "gelöscht": (lambda d, p: p.remove(p.find(qn("w:r"))), "Abbildung gelöscht: „[Bild]“"),
    "mit Absatz gelöscht": (lambda d, p: p.getparent().remove(p), "Abbildung gelöscht: „[Bild]“"),
    "verschoben": (lambda d, p: d.paragraph("Ein Satz").addnext(p), "Abbildung verschoben: „[Bild]“, jetzt hinter „Ein Satz am Ende.“"),
}  # fmt: skip


def _file(desk: Desk) -> Any:
    return next(p for p in desk.document.part.package.iter_parts() if p.partname.endswith(".png"))


@pytest.mark.parametrize("kind", PICTURES)
def test_pictures(tmp_path: Path, kind: str) -> None:
    png = tmp_path / "bild.png"
    Image.new("RGB", (8, 8)).save(png)
    figure = "```{figure} bild.png\n:alt: Menschen.\n```"
    desk = Desk(tmp_path, f"# Titel\n\n{figure}\n\nEin Satz am Ende.\n", png)
    assert not desk.back().open
    edit, line = PICTURES[kind]
    edit(desk, next(p for p in desk.document.element.body.iter(qn("w:p")) if [*p.iter(qn("w:drawing"))]))
    plan = desk.back()
    assert not plan.contents
    assert [
        item.partition("; das kommt")[0].partition(" (")[0].partition(": ")[2] for item in told(plan.open)
    ] == [line]
