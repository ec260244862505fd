"""Private names are found as words, however they are spelled, marked up or broken; other words are not."""

from __future__ import annotations

import re
import string
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.data.privacy.names import INVISIBLE, Names, is_name

LISTED = Names(["Erika Mustermann", "Jürgen Möller"])

FOUND = {
    # The named cases
    "no-break space": "Leitung: Erika\N{NO-BREAK SPACE}Mustermann",
    "line end": "Leitung: Erika\nMustermann",
    "two blanks": "Leitung: Erika  Mustermann",
    "decomposed umlauts": unicodedata.normalize("NFD", "Leitung: Jürgen Möller"),
    "markup": "Leitung: **Erika** Mustermann",
    "entity": "Leitung: Erika&nbsp;Mustermann",
    "surname first": "Leitung: Mustermann, Erika",
    # And others
    "Windows line end": "Erika\r\nMustermann",
    "quoted in two lines": "> Erika\n> Mustermann",
    "tab": "Erika\tMustermann",
    "thin space": "Erika\N{THIN SPACE}Mustermann",
    "soft hyphen": "Erika Muster\N{SOFT HYPHEN}mann",
    "zero width": "Eri\N{ZERO WIDTH SPACE}ka Muster\N{ZERO WIDTH NON-JOINER}mann",
    "mark of direction": "\N{RIGHT-TO-LEFT MARK}Erika\N{LEFT-TO-RIGHT MARK} Mustermann",
    "control character": "Erika Must\aermann",
    "variation selector": "Erika\N{VARIATION SELECTOR-16} Mustermann",
    "capitals": "ERIKA MUSTERMANN",
    "ue for ü": "Juergen Moeller",
    "surname first with ue": "Moeller, Juergen",
    "dots left out": "Jurgen Moller",
    "full width": "Ｅｒｉｋａ Ｍｕｓｔｅｒｍａｎｎ",
    "emphasis within": "Erika Must*er*mann",
    "underscores": "_Erika_ __Mustermann__",
    "code": "`Erika` Mustermann",
    "escaped": r"Erika\ Mustermann",
    "HTML": "<b>Erika</b> <i>Muster</i>mann",
    "line break in HTML": "Erika<br>Mustermann",
    "cells": "<td>Erika</td><td>Mustermann</td>",
    "attribute": '<img src="x.png" alt="Erika Mustermann">',
    "attribute in single quotes": "<img alt='Erika Mustermann'>",
    "comment between": "Erika <!-- Leitung --> Mustermann",
    "link on one word": "[Erika](https://example.org) Mustermann",
    "note between": "Erika[^1] Mustermann",
    "picture": "![Erika Mustermann](bild.png)",
    "numeric entities": "&#69;rika Muster&#x6d;ann",
    "entity of an entity": "Erika&amp;nbsp;Mustermann",
    "named umlauts": "J&uuml;rgen M&ouml;ller",
    "JSON": '{"x": "J\\u00fcrgen\\nM\\u00f6ller"}',
    "address": "https://example.org/Erika%20Mustermann.pdf",
    "umlauts in an address": "J%C3%BCrgen%20M%C3%B6ller",
    "file name": "erika-mustermann.pdf",
    "mail": "erika.mustermann@example.org",
    "label": "abb_erika_mustermann",
    "Python": "f'Erika Mustermann'",
    "put together in Python": "'Erika ' + 'Mustermann'",
    "hyphen at the line's end": "Erika Muster-\n  mann",
    "hyphen in a drawing": "<tspan>Erika Muster-</tspan><tspan x='0' dy='1.3em'>mann</tspan>",
    "hyphen in a chart's data": '{"text": "Erika Muster-\\u003cbr>mann"}',
    "hyphens of the page": "Eri\u00adka Mus\u00adter\u00admann",
    "genitive": "Erika Mustermanns Leitung",
    "genitive with apostrophe": "Erika Mustermann's Leitung",
    "title between": "Mustermann, Dr. Erika",
    "cells of a row": "Mustermann;Erika;0511",
}
NOT_FOUND = {
    "first name alone": "Erika leitet.",
    "surname alone": "Frau Mustermann leitet.",
    "other first name": "Max Mustermann",
    "longer surname": "Erika Mustermannshausen",
    "longer first name": "Frederika Mustermann",
    "word between": "Erika und Max Mustermann",
    "second first name": "Erika Maria Mustermann",
    "no gap at all": "ErikaMustermann",
    "digits behind": "Erika Mustermann2",
    "parts of words": "Amerika, Mustermannes",
    "vowel that is no umlaut": "Jurgens Molle",
    "nothing": "",
}


@pytest.mark.parametrize("way", FOUND)
def test_name_is_found(way: str) -> None:
    assert LISTED.stand_in(FOUND[way])
    assert LISTED.stand_in(f"Davor. {FOUND[way]} Danach.")


@pytest.mark.parametrize("way", NOT_FOUND)
def test_other_words_are_not_found(way: str) -> None:
    assert not LISTED.stand_in(NOT_FOUND[way])


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        ("Ute", "Das gilt heute, eine gute Beute.", False),
        ("Ute", "Fragen Sie Ute.", True),
        ("Ute", "Utes Büro", True),
        ("Dr. med. Erika Mustermann", "Erika Mustermann", True),
        ("Prof. Dr. Mustermann, Erika", "Erika Mustermann", True),
        ("Frau Mustermann", "Herr Mustermann", True),
        ("Anna von der Leyen", "von der Leyen, Anna", True),
        ("Anna von der Leyen", "Leyen, Anna von der", True),
        ("von der Leyen, Anna", "Anna von der Leyen", True),
        ("Anna von der Leyen", "Anna Leyen", False),
        ("Ida Müller-Lüdenscheid", "Ida Mueller Luedenscheid", True),
        ("Ida Müller-Lüdenscheid", "Ida Müller-\nLüdenscheid", True),
        ("Ida Müller-Lüdenscheid", "Ida Müller", False),
        ("Hans-Peter Kunz", "Hanspeter Kunz", False),
        ("Lucia D'Angelo", "Lucia D’Angelo", True),
        ("Lucia D’Angelo", "DAngelo, Lucia", True),
        ("İsmail Yıldız", "ISMAIL YILDIZ", True),
        ("İsmail Yıldız", "ismail yildiz", True),
        ("Ali Öztürk", "Ali Ozturk", True),
        ("José Peña", "Jose Pena", True),
        ("Jürgen Groß", "JUERGEN GROSS", True),
        ("Muller", "Müller", False),
        ("Baur", "Herr Bauer", False),
        ("Łukasz Sørensen", "Lukasz Soerensen", True),
        ("محمد علي", "السيد محمد علي.", True),
        ("Иван Петров", "Петров, Иван", True),
        ("Erika Mustermann\N{ZERO WIDTH SPACE}", "Erika Mustermann", True),
        ("ERIKA  mustermann ", "Erika Mustermann", True),
    ],
)
def test_spellings_of_names(listed: str, text: str, found: bool) -> None:
    assert Names([listed]).stand_in(text) is found


@pytest.mark.parametrize(
    "text",
    ["", "E.", "Dr.", "-", "0511 123456", "bitte die folgenden Personen auf keinen Fall nennen, danke"],
)
def test_what_nobody_can_look_for(text: str) -> None:
    assert not is_name(text)


def test_nobody_listed_is_nobody_found() -> None:
    assert not Names()
    assert not Names().stand_in("Erika Mustermann")
    assert not Names(["", "Dr."])


def test_lines() -> None:
    text = "Erika\n\nMustermann und\nJürgen Möller\r\nnichts\rErika Mustermann, Erika Mustermann\n- Juergen\n- Möller"
    assert LISTED.lines(text) == [1, 4, 6, 7]
    assert LISTED.lines("Erika\nund\nMustermann") == []


def test_all_invisible_characters_are_known() -> None:
    """Those of the Unicode version at hand: formats, and controls that are no white space."""
    unseen = [
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(letter) == "Cf"
        or (unicodedata.category(letter) == "Cc" and not letter.isspace())
    ]
    assert len(unseen) > 200
    assert [letter for letter in unseen if not INVISIBLE.fullmatch(letter)] == []
    assert not [letter for letter in string.printable + "äöüßÄÖÜéıİ€–„“" if INVISIBLE.match(letter)]


WITHIN = st.sampled_from(
    [
        "",
        "",
        "",
        "\N{SOFT HYPHEN}",
        "\N{ZERO WIDTH SPACE}",
        "\N{WORD JOINER}",
        "*",
        "**",
        "<b>",
        "</i>",
        "<!-- x -->",
    ]
)
BETWEEN = st.sampled_from(
    [
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\N{NO-BREAK SPACE}",
        "&nbsp;",
        ", ",
        "_ ",
        " **",
        "<br>\n",
        "&#32;",
        "\n> ",
        "%20",
        " Dr. ",
    ]
)
SPELLED = [
    lambda t: t,
    str.upper,
    str.lower,
    lambda t: unicodedata.normalize("NFD", t),
    lambda t: "".join(f"&#{ord(c)};" for c in t),
    lambda t: t.replace("ü", "ue").replace("ö", "oe"),
    lambda t: t.replace("ü", "&uuml;").replace("ö", "&ouml;"),
    lambda t: "".join(chr(ord(c) + 0xFEE0) if c in string.ascii_letters else c for c in t),
]
GERMAN = [
    "Das",
    "Konzept",
    "gilt",
    "heute",
    "für",
    "alle",
    "Kitas",
    "der",
    "Stadt",
    "Lehrte",
    "und",
    "die",
    "Region",
    "Erika",
    "Möller",
    "Jürgen",
    "Mustermann",
    ",",
    ".",
    ":",
    "–",
    "(",
    ")",
    "„",
    "“",
    "12",
    "%",
    "**",
    "_",
    "\n",
]


@given(
    st.data(),
    st.permutations(["Erika", "Mustermann"]) | st.permutations(["Jürgen", "Möller"]),
    st.lists(
        st.sampled_from([w for w in GERMAN if w.isascii() and w not in ("Erika", "Mustermann")]), max_size=5
    ),
)
def test_any_decoration_of_a_name_is_found(data: st.DataObject, words: list[str], around: list[str]) -> None:
    spell = data.draw(st.sampled_from(SPELLED))
    decorated = []
    for word in words:
        pieces = [spell(letter) for letter in word]
        decorated.append("".join(piece + data.draw(WITHIN) for piece in pieces[:-1]) + pieces[-1])
    text = decorated[0] + data.draw(BETWEEN) + decorated[1]
    assert LISTED.stand_in(" ".join([*around, text, *around]))


@given(st.lists(st.sampled_from(GERMAN), max_size=40))
def test_text_without_the_name_is_not_blamed(words: list[str]) -> None:
    """Its parts may stand anywhere but side by side, whatever stands between the sides."""
    plain = [word for word in words if any(c.isalnum() for c in word)]
    beside = {frozenset(pair) for pair in pairwise(plain)}
    expected = bool(beside & {frozenset(("Erika", "Mustermann")), frozenset(("Jürgen", "Möller"))})
    assert LISTED.stand_in(" ".join(words)) is expected


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    planted = f"{text}\n\nErika Mustermann"
    assert LISTED.stand_in(planted)
    assert LISTED.lines(planted)[-1] == len(re.split("\r\n|\r|\n", planted))
