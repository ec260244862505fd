"""Pages joined for print: ids, references with page, footnotes, characters without a font."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from konzept.elements.table_cells import catalogue_section
from konzept.paper.joining import Annex, Joined, Page, join
from konzept.paper.printing import Line, baselines
from konzept.site.fonts import characters

KNOWN = range(0x20, 0x2030)

FIGURE = """<figure class="ik-abb" id="abb-x"><figcaption><p><span class="caption-number">Abb.\u00a01.1 </span>
<span class="caption-text">Ein Bild</span><a class="headerlink" href="#abb-x">#</a></p></figcaption></figure>"""
LINK = '<a class="reference internal" href="{}#abb-x"><span class="std std-numref">Abb.\u00a01.1</span></a>'


def joined(*bodies: str) -> Joined:
    return join([Page(f"book/p{n}", body) for n, body in enumerate(bodies, 1)], KNOWN)


def where(html: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(html, "html.parser").select(".ik-wo")
    return [(str(tag["class"][1]), str(tag["data-href"])) for tag in found]


def test_a_link_to_more_is_its_page() -> None:
    page = Page("book/p", '<h2 id="da">Da</h2><p>So ist es (<a href="ik-seite:book/p#da">mehr dazu</a>).</p>')
    paragraph = BeautifulSoup(join([page], KNOWN).html, "html.parser").find("p")
    assert paragraph is not None
    assert paragraph.get_text() == "So ist es ()."
    (where,) = paragraph.select(".ik-wo--allein")
    assert where["data-href"] == "#book-p--da"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{} zeigt es.", "Abb.\u00a01.1 (Anlage „Zahlen“, S.\u00a041 der Gesamtfassung) zeigt es."),
        (
            "Es ist so (siehe {}).",
            "Es ist so (siehe Abb.\u00a01.1, Anlage „Zahlen“, S.\u00a041 der Gesamtfassung).",
        ),
    ],
)
def test_what_stands_in_an_annex_is_named_with_its_page(sentence: str, expected: str) -> None:
    page = Page("book/p", f"<p>{sentence.format(LINK.format('ik-seite:book/zahlen'))}</p>")
    pages = {"book-zahlen": 40, "book-zahlen--abb-x": 41}
    result = join([page], KNOWN, elsewhere=[Annex("book-zahlen", "Zahlen", pages)])
    assert BeautifulSoup(result.html, "html.parser").get_text() == expected
    assert [annex.pages[annex.target] for annex in result.annexes] == [40]


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("<p>{} zeigt es.</p>", "ik-wo--klammer"),
        ("<p>Es steht in {}.</p>", "ik-wo--komma"),
        ("<p>Es ist so (siehe {} und mehr).</p>", "ik-wo--komma"),
        ("<dl><dt>Abbildung</dt><dd>{} im Kapitel</dd></dl>", "ik-wo--komma"),
    ],
)
def test_a_reference_says_the_page_as_its_sentence_allows(sentence: str, form: str) -> None:
    result = joined(FIGURE, sentence.format(LINK.format("ik-seite:book/p1")))
    assert where(result.html) == [(form, "#book-p1--abb-x")]


def test_a_chapters_title_says_the_page_and_a_source_does_not() -> None:
    title = '<a href="ik-seite:book/p1"><span class="std std-doc">Eins</span></a>'
    source = '<a href="ik-seite:book/p1"><span class="doc">2. Sachstandsbericht</span></a>'
    result = joined("<h1>Eins</h1>", f"<p>Mehr in {title} ({source}).</p>")
    assert where(result.html) == [("ik-wo--klammer", "#book-p1")]


def test_what_is_not_printed_is_no_link() -> None:
    result = joined('<p>Siehe <a href="ik-seite:book/fehlt">Datenschutz</a>.</p>')
    assert "<p>Siehe Datenschutz.</p>" in result.html


def test_captions_and_parts_for_the_lists() -> None:
    pages = [
        Page("book/a", "<h1>A</h1>", "Überblick"),
        Page("book/b", f'<h1><span class="section-number">1. </span>B</h1>{FIGURE}', "Felder"),
        Page("book/c", "<h1>C</h1>", "Anhang"),
        Page("book/d", "<h1>D</h1>", "Anhang"),
    ]
    result = join(pages, KNOWN, run_on=["Anhang"])
    assert [(p.title, [(h.number, h.text) for h in p.headings]) for p in result.parts] == [
        ("Überblick", [("", "A")]),
        ("Felder", [("1", "B")]),
        ("Anhang", [("", "C"), ("", "D")]),
    ]
    assert [(c.target, c.number, c.text) for c in result.figures] == [
        ("book-b--abb-x", "Abb.\u00a01.1", "Ein Bild")
    ]
    sections = BeautifulSoup(result.html, "html.parser").select("section.seite")
    assert [s["class"] for s in sections] == [
        ["seite"],
        ["seite", "kapitel"],
        ["seite"],
        ["seite", "seite--anschluss"],
    ]


def test_a_footnote_stands_where_it_is_called() -> None:
    result = joined(
        '<p>Satz<a class="footnote-reference brackets" href="#n1" id="r1">1</a>.</p><hr class="footnotes"/>'
        '<aside class="footnote-list brackets"><aside class="footnote brackets" id="n1">'
        '<span class="label">1</span><p>Erste <em>Zeile</em>.</p><p>Zweite.</p></aside></aside>'
    )
    assert '<p>Satz<span class="ik-fussnote">Erste <em>Zeile</em>. Zweite.</span>.</p>' in result.html
    assert "aside" not in result.html


def test_a_character_without_a_font_is_spelt_out_and_told() -> None:
    result = joined("<h1>Titel</h1><p>ein\u2060 𓀀 Zeichen</p>")
    assert "<p>ein\u2060 [U+13000] Zeichen</p>" in result.html
    assert result.hints == (
        "book/p1, bei „Titel“: Das Zeichen U+13000 (EGYPTIAN HIEROGLYPH A001) enthält keine Schrift des Buches; "
        "im PDF steht an seiner Stelle die Nummer.",
    )


def test_what_ends_lines_elsewhere_is_spelt_out_and_what_text_needs_is_not() -> None:
    """A bug once: U+2028 has no picture in any font, and made the whole book unbuildable."""
    text = "Eins\u2028zwei\x85drei \u0645\u200c\u0645\u200f \U0001f468\u200d\U0001f467\ufe0f\tvier"
    result = join([Page("book/p1", f"<h1>Titel</h1><p>{text}</p>")], range(0x20, 0x80))
    assert BeautifulSoup(result.html, "html.parser").p.get_text() == (
        "Eins[U+2028]zwei[U+0085]drei [U+0645]\u200c[U+0645]\u200f [U+1F468]\u200d[U+1F467]\ufe0f\tvier"
    )


def test_a_character_in_a_chart_is_spelt_out_too(tmp_path: Path) -> None:
    drawing = tmp_path / "bild.svg"
    drawing.write_text("<svg><text>𓀀</text></svg>", "utf-8")
    result = joined(f'<img class="ik-druckbild" src="{drawing.as_uri()}" alt="Ein Befund"/>')
    assert "%5BU%2B13000%5D" in result.html
    assert "bei „Ein Befund“" in result.hints[0]


def test_a_figure_as_tall_as_a_page_comes_last_in_its_section(tmp_path: Path) -> None:
    drawing = tmp_path / "bild.svg"
    drawing.write_text("<svg/>", "utf-8")
    picture = f'<img class="ik-druckbild ik-druckbild--seite" src="{drawing.as_uri()}" alt="y"/>'
    tall = f'<figure id="f">{picture}</figure>'
    result = joined(f"<section>{tall}<p>Text</p><table></table><section><p>Weiter</p></section></section>")
    section = BeautifulSoup(result.html, "html.parser").select_one("section section")
    order = [tag.name for tag in section.find_all(recursive=False)]
    assert order == ["p", "table", "figure", "section"]


def test_the_longest_words_of_a_table_may_break() -> None:
    table = '<table class="ik-tab"><tr><td>Donaudampfschifffahrtsgesellschaft kurz {}</td></tr></table>'
    result = joined(table.format("a" * 45))
    assert "Donau\u00addampf\u00adschiff\u00adfahrts\u00adge\u00adsell\u00adschaft kurz" in result.html
    assert "\u200b".join(["a" * 20, "a" * 20, "a" * 5]) in result.html


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("sprache", ["m-1", "m-elterncafe-sprache", "m-arbeit-massnahmen-sprache"]),
        ("leichte-sprache", ["m-sprache"]),
        ("bildung", ["m-bildung-elterncafe-sprache", "m-2"]),
        ("elterncafe-sprache", ["m-massnahmen-sprache"]),
        ("m-1", ["m-massnahmen-m-1"]),
        ("massnahmen-sprache", ["m-massnahmen-massnahmen-sprache"]),
        ("sprach", []),
        ("prache", []),
        ("massnahmen", []),
        ("2", []),
    ],
)
def test_a_fields_section_alone(field: str, expected: list[str]) -> None:
    """A bug once: the first id that ended like the field's was taken, be it a measure's."""
    fields = {
        "bildung": ["m-bildung-elterncafe-sprache", "m-2"],
        "leichte-sprache": ["m-sprache"],
        "sprache": ["m-1", "m-elterncafe-sprache", "m-arbeit-massnahmen-sprache"],
        "elterncafe-sprache": ["m-massnahmen-sprache"],
        "m-1": ["m-massnahmen-m-1"],
        "massnahmen-sprache": ["m-massnahmen-massnahmen-sprache"],
    }
    page = "<section id='massnahmenkatalog'><h1>Alle</h1>" + "".join(
        f"<section id='{catalogue_section(name)}'><h2>{name}</h2>"
        + "".join(f"<section class='ik-steckbrief' id='{m}'><p>x</p></section>" for m in measures)
        + "</section>"
        for name, measures in fields.items()
    )
    result = join([Page("book/m", page, section=catalogue_section(field))], KNOWN)
    found = BeautifulSoup(result.html, "html.parser").select(".ik-steckbrief")
    assert [tag["id"] for tag in found] == expected
    assert result.parts == ()


MARK = '<sup class="ik-belege"><a class="ik-beleg" id="zu-beleg-{0}" href="#beleg-{0}">{0}</a></sup>'
NOTE = '<span class="ik-note" id="beleg-{0}"><a class="ik-note__nr" href="#zu-beleg-{0}">{0}</a> Seite {0}</span>'
NOTES = '<section class="ik-noten" id="ik-belege"><h2>Quellen</h2><ul>{}</ul></section>'


def test_a_fields_section_takes_along_the_notes_that_it_calls() -> None:
    sections = "".join(
        f'<section id="m-{field}"><p>x{"".join(map(MARK.format, marks))}</p></section>'
        for field, marks in {"bildung": (1, 2, 4), "arbeit": (3, 5), "sprache": ()}.items()
    )
    first = f"<li><p>Bericht: {NOTE.format(1)}; {NOTE.format(2)}; {NOTE.format(3)}; {NOTE.format(4)}</p></li>"
    page = f"<h1>Alle</h1>{sections}{NOTES.format(first + f'<li><p>Blatt: {NOTE.format(5)}</p></li>')}"

    def notes(field: str) -> list[str]:
        html = join([Page("book/m", page, section=f"m-{field}")], KNOWN).html
        soup = BeautifulSoup(html, "html.parser")
        targets = {str(tag["id"]) for tag in soup.select("[id]")}
        assert {a["href"].removeprefix("#") for a in soup.select("a")} <= targets
        return [item.get_text() for item in soup.select("li")]

    assert notes("bildung") == ["Bericht: 1 Seite 1; 2 Seite 2; 4 Seite 4"]
    assert notes("arbeit") == ["Bericht: 3 Seite 3", "Blatt: 5 Seite 5"]
    assert notes("sprache") == []


def test_the_method_of_figures_and_tables_is_told_in_an_annex() -> None:
    def figure(number: str, told: str) -> str:
        caption = f'<p><span class="caption-number">Abb.\u00a0{number} </span>Titel {number}</p>'
        method = f'<div class="ik-methode"><p class="ik-methode__titel">Zur Methode</p><p>{told}</p></div>'
        return f'<figure class="ik-abb" id="abb-{number[-1]}"><figcaption>{caption}</figcaption>{method}</figure>'

    table = (
        '<div class="ik-tabelle"><table class="ik-tab" id="tab-x"><caption><span class="caption-number">Tab.\u00a01 '
        '</span>Werte</caption></table><div class="ik-methode"><p>Zwei.</p></div></div>'
    )
    pages = [
        Page(
            "book/a",
            f"<h1>A</h1>{table}{figure('1', 'Eins.')}{figure('2', 'Eins.')}{figure('3', 'Drei.')}",
            "T",
        ),
        Page("book/b", "<h1>B</h1>", "T"),
        Page("book/c", "<h1>C</h1>", "T"),
    ]
    result = join(pages, KNOWN, annex_behind="book/b")
    assert [h.text for h in result.parts[0].headings] == [
        "A",
        "B",
        "Zur Methode der Abbildungen und Tabellen",
        "C",
    ]
    soup = BeautifulSoup(result.html, "html.parser")
    assert not soup.select("#book-a .ik-methode")
    told = [entry.get_text().replace("\u00a0", " ") for entry in soup.select("#methode .ik-anhang")]
    assert told == ["Abb. 1, Abb. 2Eins.", "Abb. 3 Titel 3Drei.", "Tab. 1 WerteZwei."]
    assert [a["href"] for a in soup.select("#methode a")] == [
        "#book-a--abb-1",
        "#book-a--abb-2",
        "#book-a--abb-3",
        "#book-a--tab-x",
    ]


def test_the_books_fonts_know_german_and_emoji() -> None:
    known = characters()
    assert all(ord(c) in known for c in "äöüß„“–…€²😀")
    assert ord("𓀀") not in known


def test_lines_side_by_side_count_once() -> None:
    lines = [Line(100, 15), Line(100.5, 12.5), Line(115, 15), Line(130, 12), Line(131, 12)]
    assert baselines(lines) == [113.0, 130, 142]


def test_a_field_without_measures_leaves_no_empty_sheet() -> None:
    measures = '<section><h1>Maßnahmen</h1><section id="massnahmen-bildung"><p>x</p></section></section>'
    pages = [Page("book/a", "<h1>A</h1>"), Page("book/m", measures, section="massnahmen-demokratie")]
    assert "book-m" not in join(pages, KNOWN).html
    pages[1] = Page("book/m", measures, section="massnahmen-bildung")
    assert "book-m" in join(pages, KNOWN).html
