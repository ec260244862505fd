"""Which characters are no text, and that cells, pages, settings and workbooks say so alike."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from openpyxl import load_workbook

from folders import PROJECT, REAL, rows, write
from konzept.authors.chapters.contents import check_contents
from konzept.authors.chapters.pages import read_page
from konzept.authors.chapters.settings import check_settings
from konzept.authors.check import check_project
from konzept.authors.excel import export_workbook
from konzept.concept.assembly import load_concept
from konzept.data.problems import DataProblems
from konzept.data.reading import read_folder
from konzept.words.letters import NEEDED, no_text
from workbooks import import_workbook

STRANGE = (
    *(
        "\u2028",
        "\u2029",
        "\x85",
        "\x07",
        "\x0c",
        "\x1b",
        "\x7f",
        "\x9f",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
    ),
    *(
        "\ufeff",
        "\u200b",
        "\u2060",
        "\u00ad",
        "\u180e",
        "\ufff9",
        "\U000e0041",
        "\uf0b7",
        "\U000f0000",
        "\ufdd0",
    ),
    *("\uffff", "\U0001fffe", "\U0010ffff"),
)
REAL_TEXT = {
    "Persian joins with a zero width": "می\u200cخواهم",
    "a family of emoji": "Familie \U0001f468\u200d\U0001f469\u200d\U0001f467 hier",
    "a coloured heart": "\u2764\ufe0f und \U0001f3f3\ufe0f\u200d\U0001f308",
    "Hebrew with a mark of direction": "שלום\u200f (Schalom)\u200e",
    "Arabic": "\u061cمرحبا، أهلاً وسهلاً",
    "Hindi joins": "क्\u200dष",
    "Vietnamese": "Tiếng Việt",
    "Turkish, Polish, Kurdish": "İstanbul, Łódź, Kurmancî",
    "blanks of all widths": "§\u00a05, z.\u202fB., 1\u2009000, Ab\u2003satz",
    "signs and quotation marks": "„Straße“ – 20 %, 5 €, m², …, ‚so‘, ʼ, ‑, −",
    "a letter newer than this Python": "\U0001faff",
    "several lines and a tab": "eins\nzwei\tdrei",
}


def test_every_character_is_judged() -> None:
    """By Unicode's own kinds: control, format, halves, private use, separators; but for what real text needs."""
    signs = {c for c in range(0x600, 0x900) if chr(c) not in NEEDED}  # Arabic signs that one sees
    signs |= {0x110BD, 0x110CD, *range(0x13430, 0x13440)}  # and Kaithi ones; joiners of hieroglyphs
    expected = {
        c
        for c in range(0x110000)
        if unicodedata.category(chr(c)) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        and chr(c) not in f"\t\n\r{NEEDED}"
        and c not in signs
    }
    expected |= {0xFFFE + plane * 0x10000 + n for plane in range(17) for n in (0, 1)}
    expected |= {*range(0xFDD0, 0xFDF0)}
    assert {c for c in range(0x110000) if no_text(chr(c))} == expected


@pytest.mark.parametrize("text", REAL_TEXT.values(), ids=list(REAL_TEXT))
def test_what_real_text_needs_is_text(text: str, data: Path) -> None:
    assert no_text(text) is None
    content = rows(data, "massnahmen")
    content[0]["titel"] = text.replace("\t", " ")
    write(data, "massnahmen", content)
    assert check_project(data) == ()
    assert read_page("seite.md", f"# Titel\n\n{text}\n".encode()).problems == ()


@pytest.mark.parametrize("text", REAL_TEXT.values(), ids=list(REAL_TEXT))
def test_no_key_holds_what_nobody_sees(text: str) -> None:
    hidden = set(text) & set(NEEDED)
    assert bool(no_text(text, key=True)) == bool(hidden)


def sentence(where: str, character: str) -> str:
    meaningless = unicodedata.category(character) in ("Co", "Cn", "Cs")
    kind = "ein Zeichen ohne Bedeutung" if meaningless else "ein unsichtbares Zeichen"
    return (
        f"{where} steht {kind} (U+{ord(character):04X}), wie es beim Kopieren aus anderen Programmen entsteht. "
        "Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu."
    )


@pytest.mark.parametrize("character", [*STRANGE, "\0"], ids="U+{0}".format)
def test_a_cell_and_a_page_are_told_alike(character: str, data: Path, tmp_path: Path) -> None:
    content = rows(data, "massnahmen")
    content[3]["beschreibung"] = f"Eine{character} Beschreibung"
    write(data, "massnahmen", content)
    expected = sentence("Hinter „Eine“", character)
    assert [str(p) for p in check_project(data)] == [
        f"data/massnahmen.csv, Zeile 5, Spalte „beschreibung“: {expected}"
    ]
    page = read_page("seite.md", f"# Titel\n\nEine Zeile.\nEine{character} Zeile.\n".encode())
    assert [str(p) for p in page.problems] == [f"seite.md, Zeile 4: {expected}"]


@pytest.mark.parametrize("column", ["id", "handlungsfeld_id", "einfluss", "beginn"])
@pytest.mark.parametrize("character", [*STRANGE, *NEEDED], ids="U+{0}".format)
def test_a_key_with_what_nobody_sees_is_told(character: str, column: str, data: Path) -> None:
    content = rows(data, "massnahmen")
    text = content[3][column] or "2025"
    content[3][column] = f"{text[:3]}{character}{text[3:]}"
    write(data, "massnahmen", content)
    place = f"data/massnahmen.csv, Zeile 5, Spalte „{column}“: "
    assert f"{place}{sentence(f'Hinter „{text[:3]}“', character)}" in [str(p) for p in check_project(data)]


def test_a_cell_that_begins_with_one() -> None:
    assert no_text("\uf0b7 Punkt") == sentence("Am Anfang", "\uf0b7")
    assert str(no_text(f"{'x' * 40}\u2028")).startswith(f"Hinter „{'x' * 30}“ steht ein ")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mappe") / "konzept.xlsx"
    export_workbook(path, REAL)
    return path


KEPT_OUT = ("\u200b", "\ufeff", "\u2060")
"""What an import takes away without a word."""


def test_a_workbook_is_told_alike(workbook: Path, data: Path, tmp_path: Path) -> None:
    """All in one workbook, a row each; halves of characters too, which only Excel's own notation can hold."""
    book = load_workbook(workbook)
    sheet = book["Maßnahmen"]
    head = next(
        r
        for r in range(1, 9)
        if sheet.cell(r, 1).value and "Beschreibung" in str([c.value for c in sheet[r]])
    )
    column = next(c.column for c in sheet[head] if str(c.value).startswith("Beschreibung"))
    strange = [c for c in (*STRANGE, "\ud83d", "\0") if c not in KEPT_OUT]
    letter = sheet.cell(head, column).column_letter
    expected = []
    for row, character in enumerate(strange, head + 1):
        sheet.cell(row, column).value = (
            f"Eine_x{ord(character):04X}_ Zeile" if ord(character) < 0x10000 else f"Eine{character} Zeile"
        )
        place = f"neu.xlsx, Blatt „Maßnahmen“, Zelle {letter}{row}, Spalte „Beschreibung“: "
        expected.append(place + sentence("Hinter „Eine“", character))
    changed = tmp_path / "neu.xlsx"
    book.save(changed)
    before = {p.name: p.read_bytes() for p in data.iterdir() if p.is_file()}
    with pytest.raises(DataProblems) as refused:
        import_workbook(changed, data)
    assert [str(p) for p in refused.value.problems] == expected
    assert {p.name: p.read_bytes() for p in data.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("character", STRANGE, ids="U+{0}".format)
def test_settings_contents_and_description_are_told_alike(character: str, data: Path, tmp_path: Path) -> None:
    shutil.copy(PROJECT / "_config.yml", tmp_path)
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    for name, check in (("_config.yml", check_settings), ("_toc.yml", lambda p: check_contents(p, []))):
        path = tmp_path / name
        path.write_text(f"# Eine{character} Bemerkung\n{path.read_text('utf-8')}", "utf-8")
        (first, *_) = [str(p) for p in check(tmp_path)]
        # YAML itself refuses some of them.
        assert first in (
            f"{name}, Zeile 1: {sentence('Hinter „Eine“', character)}",
            *(p for p in [first] if "Die Schreibweise (YAML) ist verletzt" in p),
        )
    path = data / "kommune.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["titel"] = f"Das{character} Konzept"
    for spelt_out in (True, False):
        path.write_text(json.dumps(descriptor, ensure_ascii=spelt_out, indent=1), "utf-8")
        (only,) = [str(p) for p in check_project(data)]
        assert re.fullmatch(rf"data/kommune\.json(, Zeile \d+)?: .*(U\+{ord(character):04X}|JSON).*", only)


def test_letters_in_two_parts_are_read_as_one(data: Path) -> None:
    """A bug once: the site's search did not find them, though they look the same."""
    measures, history = rows(data, "massnahmen"), rows(data, "statusverlauf")
    source = {"quelle_id": "d-sachstandsbericht-2", "fundstelle": "Kapitel 4.1"}
    new = {"id": "m-x-nfd", "handlungsfeld_id": "bildung", "titel": "Mütterförderung", **source}
    new |= dict.fromkeys(("mehrsprachig", "leichte_sprache", "barrierefrei"), "offen")
    write(data, "massnahmen", [*measures, {k: unicodedata.normalize("NFD", v) for k, v in new.items()}])
    step = {"massnahme_id": "m-x-nfd", "datum": "2023-08-30", "status": "idee", **source}
    write(data, "statusverlauf", [*history, step])
    assert check_project(data) == ()
    (read,) = [row for row in read_folder(data).rows["massnahmen"] if row["id"] == "m-x-nfd"]
    assert read["titel"] == unicodedata.normalize("NFC", "Mütterförderung")
    (field,) = [f for f in load_concept(data).fields if f.id == "bildung"]
    assert "M\u00fctterf\u00f6rderung" in [m.title for m in field.measures]


def test_a_page_in_two_parts_is_read_as_one() -> None:
    page = read_page("seite.md", unicodedata.normalize("NFD", "# Mütter\n\nStraße\n").encode())
    assert (page.text, page.problems) == ("# M\u00fctter\n\nStraße\n", ())
