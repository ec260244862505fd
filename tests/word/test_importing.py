"""What comes back from Word: changes in the text, who made them, comments, and what cannot be written in a page."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from konzept.authors.word.importing import carry_out, holds_work
from word_documents import FILE, PAGE, SOMEONE, TOWN, Desk, diff, project, run, told, tracked


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An author's project, and a document that is with others."""
    return Desk(tmp_path)


def test_untouched_nothing_changes(desk: Desk) -> None:
    plan = desk.back()
    assert [*plan.tell()] == ["Die Datei enthält weder Änderungen noch Kommentare."]
    assert carry_out(plan, desk.folder) == []
    assert desk.page() == PAGE
    assert [p.name for p in desk.folder.rglob("*") if p.is_file()] == ["01-bildung.md"]


def test_a_word_is_changed_and_all_around_it_stays(desk: Desk) -> None:
    desk.say("auch in der Bibliothek", "besonders in den Büchereien", who="A. Muster")
    desk.say("mehr", "viel *mehr*")
    plan = desk.back()
    assert diff(plan) == [
        "-Bildung ist **mehr** als Schule.",
        "-Gelernt wird *überall*, auch in der Bibliothek der Stadt.{quelle}`d-bericht; Seite 1`",
        "+Bildung ist **viel \\*mehr\\*** als Schule.",
        "+Gelernt wird *überall*, besonders in den Büchereien der Stadt.{quelle}`d-bericht; Seite 1`",
    ]
    # A paragraph in which someone has tracked is that one's.
    assert told(plan.done) == [
        f"Zeile 5: „der Bibliothek“ → „den Büchereien“ ({SOMEONE})",
        f"Zeile 5: „auch“ → „besonders“ ({SOMEONE})",
        f"Zeile 5: eingefügt: „*“ ({SOMEONE})",
        f"Zeile 5: eingefügt: „viel *“ ({SOMEONE})",
    ]
    assert not plan.open


def test_a_sentence_gets_a_line_of_its_own(desk: Desk) -> None:
    desk.say("Sie fragt dazu die Vereine.", "Sie hört zu. Sie fragt dazu die Vereine. Das dauert.")
    assert diff(desk.back()) == ["+Sie hört zu.", "+Das dauert."]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (lambda d: d.say("Feste im Stadtteil", "Feste im ganzen Ort"), ["-- Feste im Stadtteil.", "+- Feste im ganzen Ort."]),
        (lambda d: d.say("Bericht des Landes", "Landesbericht"), [
            "-Das zeigt der [Bericht des Landes](https://example.org/bericht) für Schüler\\*innen.",
            "+Das zeigt der [Landesbericht](https://example.org/bericht) für Schüler\\*innen.",
        ]),
        (lambda d: d.say("Schüler*innen", "Lehrer*innen"), [
            "-Das zeigt der [Bericht des Landes](https://example.org/bericht) für Schüler\\*innen.",
            "+Das zeigt der [Bericht des Landes](https://example.org/bericht) für Lehrer\\*innen.",
        ]),
        (lambda d: d.say("Ein kleiner Abschnitt", "Ein Abschnitt"), ["-### Ein kleiner Abschnitt", "+### Ein Abschnitt"]),
        (lambda d: d.say("Wer fragt", "Wer viel fragt"), ["-> Wer fragt, lernt.", "+> Wer viel fragt, lernt."]),
        (lambda d: _note(d).set_text("Beratung und Feste sind gemeint."), [
            "-[^wege]: Beratung, Kurse und Feste sind gemeint.",
            "+[^wege]: Beratung und Feste sind gemeint.",
        ]),
        (lambda d: d.paragraph("Feste").getparent().remove(d.paragraph("Feste")), ["-- Feste im Stadtteil."]),
        (lambda d: _more(d, "Sprachkurse", "Ein Café."), ["+- Ein Café."]),
        (lambda d: _more(d, "Die Verwaltung", "Das ist 1. neu."), ["+Das ist 1. neu.", "+"]),
        (lambda d: _more(d, "Im Herbst", "# Nein"), ["+\\# Nein", "+"]),
        (lambda d: _moved(d, "Der letzte", "Im Herbst"), [
            "+Der letzte Absatz hat `code` und zwei Zeilen.", "+Das ist die zweite Zeile.", "+",
            "-", "-Der letzte Absatz hat `code` und zwei Zeilen.", "-Das ist die zweite Zeile.",
        ]),
    ],
)  # fmt: skip
def test_structure_is_understood(desk: Desk, edit: Callable[[Desk], None], lines: list[str]) -> None:
    edit(desk)
    plan = desk.back()
    assert sorted(diff(plan)) == sorted(lines)
    assert not plan.open
    assert len(plan.done) == 1


class _note:  # reads as a verb above
    """The text of the document's footnote."""

    def __init__(self, desk: Desk) -> None:
        part = next(p for p in desk.document.part.package.iter_parts() if p.partname == "/word/footnotes.xml")
        self.part = part

    def set_text(self, text: str) -> None:
        old = "Beratung, Kurse und Feste sind gemeint."
        self.part._blob = self.part.blob.replace(old.encode(), text.encode())


def _more(desk: Desk, behind: str, text: str) -> None:
    here = desk.paragraph(behind)
    made = copy.deepcopy(here)
    for child in [*made][1:]:
        made.remove(child)
    made.append(run(text))
    here.addnext(made)


def _moved(desk: Desk, what: str, behind: str) -> None:
    desk.paragraph(behind).addnext(desk.paragraph(what))


def test_moved_with_tracking(desk: Desk) -> None:
    what, behind = desk.paragraph("Der letzte"), desk.paragraph("Bildung ist")
    made = copy.deepcopy(what)
    for paragraph, kind in ((what, "moveFrom"), (made, "moveTo")):
        inside = [child for child in paragraph if child.tag == qn("w:r")]
        place = paragraph.index(inside[0])
        wrapped = tracked(kind, *inside)
        paragraph.insert(place, wrapped)
        about = OxmlElement("w:rPr")
        about.append(tracked(kind))
        paragraph.find(qn("w:pPr")).append(about)
    for mark in [*made.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    behind.addnext(made)
    plan = desk.back()
    assert not plan.open
    assert told(plan.done) == [
        f"Zeile 37: Absatz verschoben: „Der letzte Absatz hat code und zwei Zeilen. Das ist die zweite Zeile.“ ({SOMEONE})"
    ]


def test_what_comes_from_data_is_listed(desk: Desk) -> None:
    desk.say("33.000", "35.000")
    desk.say("acht Maßnahmen", "neun Maßnahmen")
    desk.say("31,9 %", "32,5 %")
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == [
        "Zeile 9: „33.000“ → „35.000“; das berührt, was aus den Daten oder aus einem Verweis kommt",
        "Zeile 26: Absatz geändert: „acht“ → „neun“; das kommt aus den Daten oder aus einem Baustein",
        "Zeile 26: Tabelle geändert: Zeile „2024“, Spalte „Wert“: „31,9“ → „32,5“; das kommt aus den Daten oder aus einem Baustein",
    ]


def test_a_row_of_data_that_is_gone_or_new_is_named(desk: Desk) -> None:
    row = next(r for r in desk.document.element.body.iter(qn("w:tr")) if "31,9" in "".join(r.itertext()))
    new = copy.deepcopy(row)
    for text, words in zip(new.iter(qn("w:t")), ("Sprachcafé", "neu"), strict=True):
        text.text = words
    row.getparent().append(new)
    row.getparent().remove(row)
    assert told(desk.back().open) == [
        "Zeile 26: Tabelle geändert: Zeile „2024“ gelöscht; Zeile „Sprachcafé“ neu; das kommt aus den Daten oder aus einem Baustein"
    ]


def test_the_number_of_a_source_is_none_of_its_word(desk: Desk) -> None:
    here = desk.paragraph("Bildung ist")
    here.getparent().remove(here)
    [item] = told(desk.back().done)
    assert "der Stadt.¹ Das zeigt" in item


def test_a_sentence_with_a_number_may_go(desk: Desk) -> None:
    here = desk.paragraph("Die Stadt hat")
    for child in [*here]:
        text = "".join(t.text or "" for t in child.iter(qn("w:t")))
        if child.tag in (qn("w:r"), qn("w:sdt")):
            if "Im Haushalt" in text:
                next(child.iter(qn("w:t"))).text = ""
            elif "33.000" in text:
                here.remove(child)
            elif "bereit" in text:
                next(child.iter(qn("w:t"))).text = ""
    plan = desk.back()
    assert diff(plan) == ["-Im Haushalt stehen dafür {zahl}`kosten` bereit, so der Rat."]
    assert told(plan.open) == ["Zeile 9: mit dem Satz gelöscht: „ca 33.000“; bitte prüfen"]


def test_emphasis_headings_pictures_and_notes_are_listed(desk: Desk) -> None:
    here = desk.paragraph("Die Verwaltung")
    about = OxmlElement("w:rPr")
    about.append(OxmlElement("w:b"))
    next(r for r in here if r.tag == qn("w:r")).insert(0, about)
    desk.paragraph("Im Herbst").find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), "Heading2")
    picture = OxmlElement("w:r")
    picture.append(OxmlElement("w:drawing"))
    desk.paragraph("Feste").append(picture)
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == [
        "Zeile 15: eingefügt: „[Bild]“; ein Bild oder Textfeld kommt nicht aus Word in die Seite",
        "Zeile 32: „Im Herbst wird berichtet. Danach folgt der Rat.“ ist jetzt Überschrift der Ebene 2",
        "Zeile 34: Hervorhebung: „Die Verwaltung schreibt das auf.“ ist jetzt fett statt normal",
    ]


def test_a_heading_that_holds_others_is_not_deleted(desk: Desk) -> None:
    here = desk.paragraph("Worum es geht")
    here.getparent().remove(here)
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == ["Zeile 3: Absatz gelöscht: „Worum es geht“"]


def test_a_footnote_stays_as_long_as_it_is_called(desk: Desk) -> None:
    root = _note(desk)
    start = root.part.blob.index(b'<w:footnote w:id="1">')
    root.part._blob = root.part.blob[:start] + b"</w:footnotes>"
    plan = desk.back()
    assert not plan.contents
    assert told(plan.open) == ["Zeile 24: Fußnote gelöscht: „Beratung, Kurse und Feste sind gemeint.“"]


def test_comments_with_answers(desk: Desk) -> None:
    paragraph = next(p for p in desk.document.paragraphs if p.text.startswith("Im Herbst"))
    question = desk.document.add_comment(paragraph.runs, "Welcher <b>Herbst</b>?", author="B. Beispiel")
    answer = desk.document.add_comment(paragraph.runs, "2026.", author="C. Muster")
    ids = {}
    for comment, key in ((question, "11111111"), (answer, "22222222")):
        element = comment._comment_elm
        element.set(qn("w:date"), "2026-03-12T10:00:00Z")
        element[0].set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", key)
        ids[key] = element
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="11111111" w15:done="1"/>'
        '<w15:commentEx w15:paraId="22222222" w15:paraIdParent="11111111" w15:done="0"/></w15:commentsEx>'
    )
    package = desk.document.part.package
    part = Part(PackURI("/word/commentsExtended.xml"), "application/xml", extended.encode(), package)
    desk.document.part.relate_to(
        part, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    )
    plan = desk.back()
    assert not plan.contents
    assert told(plan.comments) == [
        "Zeile 32: zu „Im Herbst wird berichtet. Danach folgt der Rat.“: Welcher <b>Herbst</b>? "
        "– Antwort von C. Muster, 12.03.2026: 2026. [erledigt] (B. Beispiel, 12.03.2026)"
    ]
    # The list is Markdown, in which nobody else's text does anything; what is ticked off stays so.
    (line,) = carry_out(plan, desk.folder)
    target = desk.folder / line.removeprefix("Die Liste zum Abarbeiten: ")
    text = target.read_text("utf-8")
    assert "Welcher \\<b\\>Herbst\\</b\\>?" in text
    target.write_text(text.replace("- [ ]", "- [x]"), "utf-8")
    carry_out(plan, desk.folder)
    assert target.read_text("utf-8") == text.replace("- [ ]", "- [x]")


def test_the_page_went_on(desk: Desk) -> None:
    now = PAGE.replace("# Bildung und Erziehung\n", "# Bildung und Erziehung\n\nEin neuer Anfang.\n")
    now = now.replace("Die Verwaltung schreibt das auf.", "Die Verwaltung notiert das.")
    project(desk.folder, now)
    desk.say("Danach folgt der Rat.", "Danach berät der Rat.")
    desk.say("Die Verwaltung schreibt das auf.", "Die Verwaltung schreibt alles auf.")
    plan = desk.back()
    assert diff(plan, now) == [
        "-Im Herbst wird berichtet. Danach folgt der Rat.",
        "+Im Herbst wird berichtet. Danach berät der Rat.",
    ]
    assert told(plan.conflicts) == ["Zeile 34: Absatz geändert: „das“ → „alles“"]


def test_a_second_time_all_is_there_already(desk: Desk) -> None:
    desk.say("Danach folgt der Rat.", "Danach berät der Rat.")
    _more(desk, "Sprachkurse", "Ein Café.")
    plan = desk.back()
    carry_out(plan, desk.folder)
    written = desk.page()
    again = desk.back()
    assert not again.contents
    assert not again.conflicts
    assert [*again.tell()] == ["Schon übernommen: zwei Änderungen."]
    assert desk.page() == written


def test_half_of_it_gone_is_asked_about(desk: Desk) -> None:
    for start in (
        "Bildung ist",
        "Die Stadt",
        "Beratung",
        "Sprachkurse",
        "Feste",
        "Erst",
        "Dann",
        "Im Herbst",
        "Die Verw",
    ):
        here = desk.paragraph(start)
        here.getparent().remove(here)
    (question,) = desk.back().questions
    assert question == "In zurück.docx fehlen 9 von 16 Absätzen des Textes; sie würden gelöscht."


def test_a_heading_that_the_document_lacked_is_the_one_of_the_page(tmp_path: Path) -> None:
    """Whoever begins an empty chapter in Word types the heading that the page has, and writes below it."""
    page = PAGE.replace("## Wie es weitergeht\n", "## Was noch fehlt\n\n## Wie es weitergeht\n")
    desk = Desk(tmp_path, page.replace("## Was noch fehlt\n", "\n"))
    (desk.folder / FILE).write_text(page, "utf-8")
    heading, text = (
        copy.deepcopy(desk.paragraph("Wie es weitergeht")),
        copy.deepcopy(desk.paragraph("Im Herbst")),
    )
    for paragraph, words in ((heading, "Was noch fehlt"), (text, "Es fehlt ein Raum.")):
        for child in [*paragraph][1:]:
            paragraph.remove(child)
        paragraph.append(run(words))
        desk.paragraph("Wie es weitergeht").addprevious(paragraph)
    plan = desk.back()
    assert diff(plan, page) == ["+Es fehlt ein Raum.", "+"]
    after = next(iter(plan.contents.values()))
    assert (
        after.index("## Was noch fehlt") < after.index("Es fehlt ein Raum.") < after.index("## Wie es weiter")
    )
    assert told(plan.done) == [
        f"Zeile {page.split(chr(10)).index('## Was noch fehlt') + 1}: neuer Absatz: „Es fehlt ein Raum.“"
    ]
    assert (plan.open, plan.again) == ([], 0)


def test_a_chapters_title_is_the_name_of_its_field(desk: Desk) -> None:
    desk.say("Bildung und Erziehung", "Bildung und Betreuung")
    plan = desk.back()
    assert diff(plan) == []
    assert told(plan.open) == [
        "Zeile 1: „Erziehung“ → „Betreuung“; so heißt das Handlungsfeld; ändern Sie es im Blatt „Handlungsfelder“"
    ]


def test_a_new_point_in_a_list_from_data_is_listed(desk: Desk) -> None:
    _more(desk, "ein Bedarf", "noch ein Bedarf")
    plan = desk.back()
    assert diff(plan) == []
    [item] = told(plan.open)
    assert item.endswith(
        "neuer Absatz: „noch ein Bedarf“; die Liste kommt aus den Daten oder aus einem Baustein"
    )


def test_a_sentence_behind_a_source_begins_a_line(desk: Desk) -> None:
    desk.say("Das zeigt der ", "Näheres steht dort. Das zeigt der ")
    assert diff(desk.back()) == ["+Näheres steht dort."]


def test_what_is_open_stays_on_the_list_when_the_file_comes_again(desk: Desk) -> None:
    desk.say("Im Herbst wird berichtet.", "Im Winter wird berichtet.")
    for about in [*desk.paragraph("Im Winter").iter(qn("w:r"))]:
        about.get_or_add_rPr().append(OxmlElement("w:i"))
    first = desk.back()
    carry_out(first, desk.folder)
    [listed] = (desk.folder / "_build/word").glob("*.md")
    opened = [line for line in listed.read_text("utf-8").splitlines() if line.startswith("- [ ]")]
    assert [line for line in opened if "kursiv" in line] != []
    again = desk.back()
    assert again.again == 1
    desk.say("Die Verwaltung schreibt das auf.", "Die Verwaltung schreibt es auf.")
    desk.say("31,9 %", "41,9 %")
    carry_out(desk.back(), desk.folder)
    kept = listed.read_text("utf-8").splitlines()
    assert set(opened) < set(kept)
    assert "## Aus früheren Durchgängen" in kept


def test_a_trial_says_what_would_be(desk: Desk) -> None:
    desk.say("Im Herbst", "Im Winter")
    plan = desk.back()
    assert next(plan.tell(probe=True)) == "Würde übernommen (1):"
    assert next(plan.tell()) == "Übernommen (1):"


def test_a_returned_file_holds_work_and_an_export_does_not(desk: Desk) -> None:
    desk.document.save(desk.path)
    assert not holds_work(desk.path, desk.folder, TOWN)
    desk.say("Im Herbst", "Im Winter")
    desk.document.save(desk.path)
    assert holds_work(desk.path, desk.folder, TOWN)
    desk.path.write_bytes(b"anderes")
    assert holds_work(desk.path, desk.folder, TOWN)


@pytest.mark.parametrize(
    ("words", "style", "level", "now"),
    [
        ("Feste im", "List Number", None, "nummeriert"),
        ("Feste im", None, "0", "anders aufgezählt"),
        ("Feste im", None, "1", "eine Ebene tiefer"),
        ("Feste im", "List Bullet 2", None, "eine Ebene tiefer"),
        ("Erst wird", None, "1", "eine Ebene tiefer"),
        ("Erst wird", "List Bullet", None, "nicht mehr nummeriert"),
    ],
)
def test_a_point_of_a_list_that_is_set_as_another_is_listed(
    desk: Desk, words: str, style: str | None, level: str | None, now: str
) -> None:
    about = desk.paragraph(words).get_or_add_pPr()
    if style:
        about.style = desk.document.styles[style].style_id
    if level:
        number = about.get_or_add_numPr()
        number.get_or_add_ilvl().val = int(level)
        number.get_or_add_numId().val = 1
    plan = desk.back()
    assert diff(plan) == []
    [item] = told(plan.open)
    assert item.endswith(f"ist jetzt {now}")
