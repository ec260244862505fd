"""Short versions in other languages: what is wrong in a file is said, and what is out of date is never shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from folders import PROJECT, REAL, tell, whole_page
from konzept.authors.chapters.shared import taken
from konzept.authors.languages.checking import check_languages, stale_hints, stale_problems
from konzept.authors.languages.frame import frame_of, locale_of
from konzept.authors.languages.plain import MOST_WORDS, broken_rules, sentences, words
from konzept.authors.languages.sources import Sources
from konzept.authors.languages.standing import standings
from konzept.authors.languages.values import Value, holds, value
from konzept.authors.languages.versions import Block, fingerprint_of, read_versions
from konzept.concept.assembly import load_concept
from konzept.concept.model import Concept
from konzept.data.problems import DataProblems
from konzept.data.reading import Reading, read_folder
from konzept.publishing.issuing import issue
from konzept.site.languages import Edition, page_of
from sentences.languages import LACKING, LANGUAGES, NAMES, SOUND, STALE

BOOK = PROJECT / "book"
CODES = ("de-x-einfach", "ar", "en", "tr", "uk")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_folder(REAL)


@pytest.fixture(scope="module")
def concept() -> Concept:
    return load_concept(REAL)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The German pages, and one sound version."""
    shutil.copytree(BOOK, tmp_path / "book", ignore=shutil.ignore_patterns("sprachen", "assets"))
    (tmp_path / "book/sprachen").mkdir()
    (tmp_path / "book/sprachen/en.md").write_text(SOUND, "utf-8")
    return tmp_path / "book"


def test_a_sound_version_is_not_blamed(reading: Reading, book: Path) -> None:
    assert check_languages(reading, book) == []
    assert stale_hints(reading, book) == []


@pytest.mark.parametrize("mistake", LANGUAGES)
def test_mistake_in_a_version(mistake: str, reading: Reading, book: Path) -> None:
    old, new, expected = LANGUAGES[mistake]
    assert old in SOUND
    (book / "sprachen/en.md").write_text(SOUND.replace(old, new, 1), "utf-8")
    assert expected in [str(problem) for problem in check_languages(reading, book)]


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_nothing_that_turns_what_follows_gets_into_a_version(
    control: str, reading: Reading, book: Path
) -> None:
    """The page itself sees to directions; a single mark (U+200E, U+200F, U+061C) turns nothing but a sign."""
    (book / "sprachen/en.md").write_text(SOUND.replace("There are", f"There {control}are"), "utf-8")
    (problem,) = check_languages(reading, book)
    assert f"(U+{ord(control):04X})" in str(problem)


@pytest.mark.parametrize("mistake", NAMES)
def test_mistake_in_a_name(mistake: str, reading: Reading, book: Path) -> None:
    code, expected = NAMES[mistake]
    (book / f"sprachen/{code}.md").write_text(SOUND, "utf-8")
    assert expected in [str(problem) for problem in check_languages(reading, book)]


def test_a_file_alone_adds_a_language(reading: Reading, book: Path) -> None:
    """Whatever words its frame lacks, the head of the file gives."""
    missing = NAMES["Sprache, deren Rahmen das Programm nicht kennt"][1]
    keys = re.search(r"Rahmens: (.*?)\. Erg", missing)
    assert keys
    head = "".join(f"{key}: mot\n" for key in keys[1].split(", "))
    text = SOUND.replace("{begriff}`participation <Teilhabe>`", "tous")
    (book / "sprachen/fr.md").write_text(f"---\n{head}---\n\n{text}", "utf-8")
    assert check_languages(reading, book) == []


@pytest.mark.parametrize("what", STALE)
def test_what_makes_a_block_stale(what: str, reading: Reading, book: Path) -> None:
    old, new, expected = STALE[what]
    assert old in SOUND
    (book / "sprachen/en.md").write_text(SOUND.replace(old, new, 1), "utf-8")
    assert expected in [str(hint) for hint in stale_hints(reading, book)]


def test_a_block_that_only_others_have_is_named(reading: Reading, book: Path) -> None:
    more = SOUND.replace("{block} was", "{block} mehr")
    (book / "sprachen/tr.md").write_text(SOUND + more.partition("# Title\n")[2], "utf-8")
    assert LACKING in [str(hint) for hint in stale_hints(reading, book)]


def test_all_versions_of_the_frozen_town_are_sound_and_up_to_date(reading: Reading) -> None:
    assert [v.code for v in read_versions(BOOK)] == list(CODES)
    assert check_languages(reading, BOOK) == []
    assert stale_hints(reading, BOOK) == []


# Never stale: each sentence of each source, in each language.


def _used() -> dict[str, set[tuple[str, str]]]:
    """Map each source to the blocks that render it, by language and name."""
    found: dict[str, set[tuple[str, str]]] = {}
    for version in read_versions(BOOK):
        for block in version.blocks:
            for source in block.sources:
                found.setdefault(source, set()).add((version.code, block.name))
    return found


def _stale(book: Path, reading: Reading) -> set[tuple[str, str]]:
    return {(s.version.code, name) for s in standings(book, reading) for name in s.stale}


def _prose(text: str, heading: str) -> Iterator[str]:
    """Give the lines of a section that are sentences, found without the code under test."""
    body = re.split(rf"^#+ {re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    body = re.split(
        r"^#+ ", re.sub(r"^```.*?^```", "", body, flags=re.MULTILINE | re.DOTALL), flags=re.MULTILINE
    )[0]
    yield from (
        line for line in body.splitlines() if re.search(r"\w{4}", line) and not line.startswith((":::", "{%"))
    )


def test_each_sentence_of_each_source_is_watched_in_every_language(reading: Reading, tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path / "book", ignore=shutil.ignore_patterns("assets"))
    changed = 0
    for source, blocks in _used().items():
        if " > " not in source:
            continue
        page, heading = source.split(" > ")
        path = tmp_path / "book" / f"{page}.md"
        before = path.read_text("utf-8")
        whole = whole_page(before, REAL, "") if taken(before) else before
        assert {code for code, _ in blocks} == set(CODES), source
        lines = list(_prose(whole, heading))
        assert lines, source
        # A page of the program is taken apart once more where the town writes its own.
        path.write_text(whole, "utf-8")
        known = _stale(tmp_path / "book", reading)
        for line in lines:
            word = re.findall(r"[A-Za-zÄÖÜäöüß]{4,}", re.sub(r"\{\w+\}`[^`]*`", "", line))[-1]
            path.write_text(
                whole.replace(line, line[::-1].replace(word[::-1], "tredneäg", 1)[::-1], 1), "utf-8"
            )
            assert blocks <= _stale(tmp_path / "book", reading), line
            changed += 1
        assert known <= blocks if taken(before) else known == set()
        path.write_text(before, "utf-8")
    assert changed > 60
    assert _stale(tmp_path / "book", reading) == set()


def test_each_row_of_each_source_is_watched_in_every_language(reading: Reading) -> None:
    tried = 0
    for source, blocks in _used().items():
        match = re.fullmatch(r"(\w+)(?:: (\w+) = (\S+))?", source)
        if not match or match[1] == "kommune":
            continue
        table, column, wanted = match.groups()
        text = {"massnahmen": "titel", "ziele": "text", "ereignisse": "titel", "kontakte": "funktion"}.get(
            table, "name"
        )
        for n, row in enumerate(reading.rows[table]):
            if column and row[column] != wanted:
                continue
            rows = [*reading.rows[table]]
            rows[n] = row | {text: f"{row[text]} geändert"}
            assert blocks <= _stale(BOOK, dataclasses.replace(reading, rows={**reading.rows, table: rows})), (
                source
            )
            tried += 1
    assert tried > 30


def test_a_new_setting_is_watched_in_every_language(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "data", ignore=shutil.ignore_patterns("intern"))
    tell(tmp_path / "data", hinweis="Beschlossene Fassung")
    assert _used()["kommune: hinweis"] <= _stale(BOOK, read_folder(tmp_path / "data"))


def test_no_block_is_left_out_of_what_is_watched() -> None:
    """The tests above go through all sources; so each block of each language has been named by them."""
    every = {(version.code, block.name) for version in read_versions(BOOK) for block in version.blocks}
    assert len(every) == 17 * len(CODES)
    assert {name for blocks in _used().values() for name in blocks} == every


def test_a_new_status_of_a_measure_is_watched(reading: Reading) -> None:
    """A text that calls it planned would be wrong, whatever its title says."""
    step = next(
        row for row in reading.rows["statusverlauf"] if row["massnahme_id"] == "m-bildung-videotutorials"
    )
    rows = [*reading.rows["statusverlauf"], step | {"datum": dt.date(2025, 1, 1), "status": "abgeschlossen"}]
    stale = _stale(BOOK, dataclasses.replace(reading, rows={**reading.rows, "statusverlauf": rows}))
    assert stale >= {(code, name) for code in CODES for name in ("bildung", "beschlossen")}


def test_each_comparison_that_turns_round_withholds_its_blocks_in_every_language(reading: Reading) -> None:
    claims: dict[str, set[tuple[str, str]]] = {}
    for version in read_versions(BOOK):
        for block in version.blocks:
            for claim in block.claims:
                claims.setdefault(claim, set()).add((version.code, block.name))
    assert len(claims) > 10
    for claim, blocks in claims.items():
        assert {code for code, _ in blocks} == set(CODES)
        other = dataclasses.replace(reading, rows={**reading.rows, **_turned(reading, claim)})
        assert not holds(other, claim), claim
        assert blocks <= _stale(BOOK, other), claim


def _turned(reading: Reading, claim: str) -> dict[str, list[dict]]:
    """Change the data so that a claim no longer holds."""
    left, right = re.split(r" [<>=] ", claim)
    if left.startswith("i-"):
        (indicator, one), (_, other) = left.split("/"), right.split("/")
        swap = {one: other, other: one}
        return {
            "messwerte": [
                row | {"gebiet_id": swap[row["gebiet_id"]]} if row["indikator_id"] == indicator and row["gebiet_id"] in swap else row
                for row in reading.rows["messwerte"]
            ]
        }  # fmt: skip
    measure = reading.rows["massnahmen"][0]
    if left == "felder/ohne":
        fields = reading.keys("handlungsfelder")
        return {"massnahmen": [measure | {"id": f"m-{f}", "handlungsfeld_id": f} for f in fields]}
    if left.startswith("massnahmen/"):
        return {
            "massnahmen": [
                *reading.rows["massnahmen"],
                measure | {"id": "m-neu", "handlungsfeld_id": left.split("/")[1]},
            ]
        }
    status = (right if right.startswith("status/") else left).split("/")[1]
    return {"statusverlauf": [row | {"status": status} for row in reading.rows["statusverlauf"]]}


def test_numbers_flow_in_and_make_nothing_stale(reading: Reading, concept: Concept) -> None:
    rows = [
        row | {"wert": 44444.0}
        if row["indikator_id"] == "i-bevoelkerung-zensus" and row["gebiet_id"] == "lehrte"
        else row
        for row in reading.rows["messwerte"]
    ]
    other = dataclasses.replace(reading, rows={**reading.rows, "messwerte": rows})
    assert _stale(BOOK, other) == set()
    pages = {e.code: page_of(e, []) for e in _editions(other, concept)}
    shown = {"de-x-einfach": "44.444", "ar": "44,444", "en": "44,444", "tr": "44.444", "uk": "44\u00a0444"}
    assert {code for code, page in pages.items() if shown[code] in page} == set(CODES)


# What is published.


def _editions(reading: Reading, concept: Concept, book: Path = BOOK) -> list[Edition]:
    return [Edition(s, frame_of(s.version, reading), reading, concept) for s in standings(book, reading)]


def test_nothing_of_a_stale_block_is_published(reading: Reading, concept: Concept) -> None:
    """Of a block neither title nor text; in its place a sentence in its language, on page and paper."""
    for sound in _editions(reading, concept):
        version = sound.standing.version
        stale = dataclasses.replace(sound.standing, stale={block.name: "…" for block in version.blocks})
        edition = dataclasses.replace(sound, standing=stale)
        for printed in (False, True):
            more = {"printed": True, "styles": "", "speaker": "", "created": ""} if printed else {}
            page = page_of(edition, [], **more)
            assert page.count('class="ueberholt"') == len(version.blocks)
            assert edition.bidi(edition.frame["stale"]) in page
            assert "<h2>" not in page.replace(f"<h2>{edition.bidi(edition.frame['words'])}", "")
            assert "<h3>" not in page
            told = [s for b in version.blocks for s in sentences(b.text) if len(s) > 30 and "{" not in s]
            assert len(told) > 30
            assert [s for s in told if edition.bidi(s) in page] == []
        whole = page_of(sound, [])
        assert all(f">{sound.bidi(block.title)}</h" in whole for block in version.blocks)


def test_a_version_is_a_draft_until_its_very_text_is_checked(reading: Reading, concept: Concept) -> None:
    for edition in _editions(reading, concept):
        page = page_of(edition, [])
        assert edition.bidi(edition.frame["draft"]) in page
        assert '<meta name="robots" content="noindex">' in page
    version = edition.standing.version
    row = {
        "sprache": version.code,
        "geprueft_am": dt.date(2026, 1, 5),
        "geprueft_von": "Büro A",
        "fingerabdruck": version.fingerprint,
    }
    checked = dataclasses.replace(reading, rows={**reading.rows, "pruefungen": [row]})
    page = page_of(_editions(checked, concept)[-1], [])
    assert "Büro A" in page
    assert "noindex" not in page
    assert edition.bidi(edition.frame["draft"]) not in page
    # Another text, another check.
    old = dataclasses.replace(
        reading, rows={**reading.rows, "pruefungen": [row | {"fingerabdruck": "0" * 12}]}
    )
    assert "noindex" in page_of(_editions(old, concept)[-1], [])


def test_plain_german_is_called_leicht_only_once_it_is_proved(reading: Reading, concept: Concept) -> None:
    plain = _editions(reading, concept)[0]
    assert plain.name == "Einfache Sprache"
    row = {
        "sprache": plain.code,
        "geprueft_am": dt.date(2026, 1, 5),
        "geprueft_von": "Prüfgruppe",
        "fingerabdruck": plain.standing.version.fingerprint,
    }
    checked = dataclasses.replace(reading, rows={**reading.rows, "pruefungen": [row]})
    assert _editions(checked, concept)[0].name == "Leichte Sprache"


def test_a_town_keeps_unchecked_versions_off_its_site_unless_it_says_otherwise(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "data", ignore=shutil.ignore_patterns("intern"))
    assert [s.shown for s in standings(BOOK, read_folder(tmp_path / "data"))] == [True] * len(CODES)
    tell(tmp_path / "data", sprachen_ungeprueft="zurueckhalten")
    assert [s.shown for s in standings(BOOK, read_folder(tmp_path / "data"))] == [False] * len(CODES)


def test_no_edition_is_issued_with_a_stale_block(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "stadt", ignore=shutil.ignore_patterns("_build", "assets"))
    index = tmp_path / "stadt/book/index.md"
    index.write_text(
        index.read_text("utf-8").replace("neun Handlungsfelder", "zehn Handlungsfelder"), "utf-8"
    )
    with pytest.raises(DataProblems) as refused:
        issue(
            tmp_path / "stadt",
            tmp_path / "stadt/data",
            "Neu",
            day=dt.date(2026, 1, 1),
            paper_number="",
            tell=print,
        )
    named = [str(problem) for problem in refused.value.problems]
    found = standings(tmp_path / "stadt/book", read_folder(tmp_path / "stadt/data"))
    assert named == [str(p) for p in stale_problems(found)]
    assert len(named) == 2 * len(CODES)  # „was“ and „mitmachen“


# The frame.


@pytest.mark.parametrize(
    ("code", "direction", "day", "number", "share"),
    [
        ("de-x-einfach", "ltr", "25. Juni 2025", "43.501", "11,8\u00a0%"),
        ("ar", "rtl", "25 يونيو 2025", "43,501", "11.8%"),
        ("en", "ltr", "25 June 2025", "43,501", "11.8%"),
        ("tr", "ltr", "25 Haziran 2025", "43.501", "%11,8"),
        ("uk", "ltr", "25 червня 2025\u00a0року", "43\u00a0501", "11,8%"),
    ],
)
def test_each_language_has_its_direction_and_notation(
    code: str, direction: str, day: str, number: str, share: str, reading: Reading
) -> None:
    version = next(v for v in read_versions(BOOK) if v.code == code)
    frame = frame_of(version, reading)
    assert frame.direction == direction
    names = ("e-ratsbeschluss", "i-bevoelkerung-zensus/lehrte", "i-auslaenderanteil-zensus/lehrte")
    assert [value(reading, name).told(frame.locale) for name in names] == [day, number, share]


def test_a_month_and_a_year_are_said_no_more_exactly_than_they_are_known() -> None:
    day, english = dt.date(2024, 12, 1), Locale.parse("en_GB")
    assert Value(day=day, precision="monat").told(english) == "December 2024"
    assert Value(day=day, precision="jahr").told(english) == "2024"


def test_in_arabic_numbers_and_latin_letters_keep_their_order(reading: Reading, concept: Concept) -> None:
    arabic = _editions(reading, concept)[1]
    assert arabic.bidi("في 25 يونيو (MuT@lehrte.de)") == (
        'في <bdi dir="ltr">25</bdi> يونيو (<bdi dir="ltr">MuT@lehrte.de</bdi>)'
    )
    page = page_of(arabic, [])
    assert '<html lang="ar" dir="rtl">' in page
    assert '<bdi dir="ltr">Fachkräfte für Migration und Teilhabe</bdi>' in page
    assert '<bdi dir="ltr">05132 505-1033, -1034, -1035</bdi>' in page


def test_figures_have_translated_labels_and_a_table(reading: Reading, concept: Concept) -> None:
    english = _editions(reading, concept)[2]
    page = page_of(english, [])
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>((?:<td>\d+</td>)+)</tr>', page)
    counts = {label: re.findall(r"\d+", cells) for label, cells in rows}
    assert counts["Idea".lower()] == ["14"]
    assert counts["Education and upbringing"] == ["8", "6", "0", "1", "1"]
    assert page.count('<i class="kasten ik-sf-idee"></i>') == 14 * 2 + 1


def test_what_is_typed_is_text(reading: Reading, book: Path, concept: Concept) -> None:
    hostile = SOUND.replace("What is it?", "<script>x</script>").replace(
        "There are", "[a](javascript:alert(1)) & \\<b>"
    )
    (book / "sprachen/en.md").write_text(hostile, "utf-8")
    page = page_of(_editions(reading, concept, book)[0], [])
    assert page.count("<script") == 1
    assert "<script>x" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


# Plain German.


def _block(text: str, *exceptions: str) -> Block:
    return Block("was", 1, "Titel", (), "", (), exceptions, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Das ist kurz.", []),
        ("Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn.", ["13 Wörter"]),
        ("Die Stadt·verwaltung hilft.", []),
        ("Die Stadtverwaltungen helfen.", ["Langes Wort"]),
        ("Das Konzept wird von der Stadt gemacht.", ["Passiv"]),
        ("Das ist nicht ohne Grund.", ["Zwei Verneinungen"]),
        ("Das ist eins. Das ist zwei.", ["Zwei Gedanken"]),
        ("Am {zahl}`e-auftakt` war das Treffen.", []),
    ],
)
def test_rules_of_plain_german(text: str, said: list[str]) -> None:
    assert [
        rule.split(":")[0].split(" ohne Medio")[0].split(" statt")[0].split(" in einer")[0]
        for rule in broken_rules(_block(text))
    ] == said


def test_an_exception_is_named_with_its_word() -> None:
    assert list(broken_rules(_block("Die Stadtverwaltungen helfen.", "Stadtverwaltungen = Name"))) == []


def test_plain_german_is_as_short_as_samples_of_it(reading: Reading) -> None:
    """In texts for people with learning difficulties one sentence in a hundred is longer."""
    [plain] = [v for v in read_versions(BOOK) if v.code == "de-x-einfach"]
    every = [s for block in plain.blocks for s in sentences(block.text)]
    assert len(every) > 90
    assert sum(len(words(s)) > MOST_WORDS for s in every) <= 0.02 * len(every)
    assert [rule for block in plain.blocks for rule in broken_rules(block)] == []


def test_a_fingerprint_is_of_words_and_not_of_lines() -> None:
    assert (
        fingerprint_of("ein  Satz\nmehr")
        == fingerprint_of("ein Satz mehr")
        != fingerprint_of("ein Satz Mehr")
    )


@cache
def _german() -> Sources:
    return Sources(BOOK, read_folder(REAL))


def test_sources_hold_no_code_and_no_marks_of_other_sources() -> None:
    for version in read_versions(BOOK):
        for block in version.blocks:
            text = _german().text(block)
            assert text.strip()
            assert "{quelle}" not in text
            assert "```" not in text
            assert "book." not in text


def test_every_code_is_a_language() -> None:
    assert all(locale_of(version) for version in read_versions(BOOK))
