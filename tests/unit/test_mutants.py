"""Sound data harmed in every way that an attack, a slip of the hand or another program has found, with the answer that each must get.

A seed chooses the places.  Never a traceback, never a sentence that is not German; and nothing that a careful
officer would ask about passes in silence.  What passes on purpose stands in the same table, with the reason:
where a new check tells it after all, its line here has to change.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import MORE
from folders import PROJECT, columns, published, rows, schema, small_copy, write
from konzept.authors.chapters.checking import check_chapters, hints_in_pages
from konzept.authors.chapters.contents import check_contents
from konzept.authors.chapters.settings import check_settings
from konzept.authors.check import check_hints, check_project
from konzept.data.problems import Problem
from konzept.data.reading import Reading, read_folder

SEED = 20260118
TIMES = 2 * MORE
ERROR, HINT = "Fehler", "Hinweis"
_ENGLISH = re.compile(
    r"\b(?:the|is not|error|Error|invalid|expected|could not|None|nan|constraint|NoneType)\b"
)

Chance = random.Random
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Mutant:
    """A table, what is done to its rows, and the answer: an error, a hint, or the reason why it passes."""

    table: str
    harm: Callable[[Rows, Chance], object]
    answer: str


def cell(
    table: str,
    column: str,
    *values: str,
    answer: str,
    where: Callable[[dict[str, str]], bool] = bool,
    **also: str,
) -> Mutant:
    """Write one of these values into a cell, and others beside it."""

    def harm(content: Rows, chance: Chance) -> None:
        row = chance.choice([row for row in content if where(row)])
        row |= {**also, column: chance.choice(values)}

    return Mutant(table, harm, answer)


def edited(
    table: str,
    column: str,
    edit: Callable[[str, Chance], str],
    answer: str,
    where: Callable[[dict[str, str]], bool] = bool,
) -> Mutant:
    """Change what stands in a cell."""

    def harm(content: Rows, chance: Chance) -> None:
        row = chance.choice([row for row in content if row[column] and where(row)])
        row[column] = edit(row[column], chance)

    return Mutant(table, harm, answer)


def added(table: str, answer: str, **values: str) -> Mutant:
    """Add a copy of a row with other values."""

    def harm(content: Rows, chance: Chance) -> None:
        content.append({**chance.choice(content), **values})

    return Mutant(table, harm, answer)


def _filled(*names: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: all(row[name] for name in names)


def _put(character: str) -> Callable[[str, Chance], str]:
    def edit(text: str, chance: Chance) -> str:
        at = chance.randint(1, len(text) - 1)
        return text[:at] + character + text[at:]

    return edit


def _copy_with(**values: str) -> Callable[[Rows, Chance], None]:
    def harm(content: Rows, chance: Chance) -> None:
        content.append({**content[0], **values})

    return harm


def _swap(one: str, other: str) -> Callable[[Rows, Chance], None]:
    def harm(content: Rows, chance: Chance) -> None:
        row = chance.choice([row for row in content if row[one] and row[other]])
        row[one], row[other] = row[other], row[one]

    return harm


def _again(*names: str) -> Callable[[Rows, Chance], None]:
    """Let two rows say the same in these columns."""

    def harm(content: Rows, chance: Chance) -> None:
        one, other = chance.sample([row for row in content if all(row[name] for name in names)], 2)
        other |= {name: one[name] for name in names}

    return harm


def _finished_and_begun(content: Rows, chance: Chance) -> None:
    row = content[0]
    content += [
        {
            **row,
            "datum": "2023-08-10",
            "status": "abgeschlossen",
            "wiedervorlage": "",
            "wortlaut": row["wortlaut"] or "x",
        },
        {
            **row,
            "datum": "2023-08-20",
            "status": "idee",
            "wiedervorlage": "",
            "wortlaut": row["wortlaut"] or "x",
        },
    ]


def _tenfold(content: Rows, chance: Chance) -> None:
    """Lose a comma in the middle of a series."""
    series = [
        r for r in content if (r["indikator_id"], r["gebiet_id"], r["gruppe_id"]) == SERIES and r["wert"]
    ]
    row = chance.choice(series[2:-2])
    row["wert"] = row["wert"].replace(",", "") if "," in row["wert"] else f"{row['wert']}0"
    row["hinweis"] = row["reihenbruch"] = ""


def _year_twice(content: Rows, chance: Chance) -> None:
    row = chance.choice([row for row in content if row["zeit"] == row["jahr"] != ""])
    content.append({**row, "zeit": f"31.12.{row['jahr']}", "hinweis": ""})


SERIES = ("i-kita-quote-u3", "niedersachsen", "mit-migrationshintergrund")
_IS_SHARE = lambda row: row["indikator_id"] == "i-kita-quote-u3" and row["wert"] and not row["hinweis"]  # noqa: E731
_NOT_KNOWN = "Ob eine Angabe stimmt, die möglich ist, weiß nur, wer die Quelle hat."
_ORDER = "Die Reihenfolge der Zeilen ordnet Seiten; sie ist frei."

MUTANTS: dict[str, Mutant] = {
    # Years and days
    "Jahr 1203": cell("messwerte", "jahr", "1203", "203", "19", answer=ERROR),
    "Jahr 2203": cell("messwerte", "jahr", "2203", "20190", answer=ERROR),
    "Jahr neben der Zeit": cell("messwerte", "jahr", "2001", zeit="2019", answer=ERROR),
    "Jahr fehlt": cell("messwerte", "jahr", "", zeit="2019", answer=ERROR),
    "Ist in der Zukunft": cell("messwerte", "zeit", "2099", jahr="2099", art="ist", answer=ERROR),
    "Soll vor seiner Quelle": cell("messwerte", "zeit", "1990", jahr="1990", art="soll", soll_art="abgeleitet", answer=HINT),
    "Status im Jahr 1203": cell("statusverlauf", "datum", "1203-08-01", "0023-08-01", answer=ERROR),
    "Status in der Zukunft": cell("statusverlauf", "datum", "2203-08-01", "2031-01-01", answer=ERROR),
    "Wiedervorlage vor ihrem Tag": cell("statusverlauf", "wiedervorlage", "2001-01-01", answer=ERROR),
    "Wiedervorlage im Jahr 2203": cell("statusverlauf", "wiedervorlage", "2203-01-01", answer=ERROR),
    "Fertig mit Wiedervorlage": cell("statusverlauf", "status", "abgeschlossen", "verworfen", wiedervorlage="2027-01-01", answer=HINT),
    "Fertig und wieder Idee": Mutant("statusverlauf", _finished_and_begun, HINT),
    "Ende vor Beginn": cell("massnahmen", "beginn", "2026-05-01", ende="2026-04-01", zeit_genauigkeit="tag", answer=ERROR),
    "Beginn 1203": cell("massnahmen", "beginn", "1203-05-01", zeit_genauigkeit="tag", answer=ERROR),
    "Ende 2203": cell("massnahmen", "ende", "2203-05-01", zeit_genauigkeit="tag", answer=ERROR),
    "Genauigkeit ohne Tag": cell("massnahmen", "zeit_genauigkeit", "tag", "jahr", beginn="", ende="", answer=ERROR),
    "Tag ohne Genauigkeit": cell("massnahmen", "beginn", "2025-05-01", ende="", zeit_genauigkeit="", answer="Ohne Angabe gilt der Tag, wie er dasteht."),
    "Dokument aus der Zukunft": cell("dokumente", "datum", "2030-01-01", datum_genauigkeit="tag", answer=ERROR),
    "Dokument von 1203": cell("dokumente", "datum", "1203-01-01", datum_genauigkeit="tag", answer=ERROR),
    "Zugriff vor dem Erscheinen": cell("dokumente", "datum", "2025-06-01", zugriff_am="2024-01-01", datum_genauigkeit="tag", answer=ERROR),
    "Zugriff im Jahr 2203": cell("dokumente", "zugriff_am", "2203-01-01", answer=ERROR),
    "Ereignis geplant und vorbei": cell("ereignisse", "von", "2019-05-01", bis="", genauigkeit="tag", stand="geplant", ankuendigung_id="", answer=HINT, where=lambda row: row["stand"] != "geplant" and row["id"] not in _ANNOUNCED | _NOTED),
    "Ende ohne Beginn": cell("ereignisse", "von", "", bis="2021-05-01", genauigkeit="tag", answer=ERROR),
    "Erfolgt ohne Tag": cell("ereignisse", "von", "", bis="", genauigkeit="", stand="erfolgt", art="workshop", where=lambda row: row["id"] not in _ANNOUNCED and not row["ankuendigung_id"], answer="Viele Quellen nennen keinen Tag; die Seite sagt „ohne Datum“."),
    "Uhrzeit neben dem Tag": cell("statusverlauf", "datum", "2023-08-01 14:30", "1.8.45", "2023-02-31", answer=ERROR),
    # Numbers
    "Mehr als alles": cell("messwerte", "wert", "1250", "100,5", answer=HINT, where=_IS_SHARE),
    "Weniger als nichts": cell("messwerte", "wert", "-12,5", "-0,1", answer=ERROR, where=_IS_SHARE),
    "Sehr genau": cell("messwerte", "wert", "33,25262308313155", "12,3456", answer=HINT, where=_IS_SHARE),
    "Komma verloren": Mutant("messwerte", _tenfold, HINT),
    "Null Fälle": cell("messwerte", "fallzahl", "0", answer=ERROR, where=_filled("wert")),
    "Zeichen der Statistik": cell("messwerte", "wert", "-", ".", "/", "x", "...", "(12,5)", "12,5e", answer=ERROR),
    "Zwei Lesarten": cell("messwerte", "wert", "12.500", "1.234", answer=ERROR),
    "Zahl mit Einheit": cell("messwerte", "wert", "20,0 %", "20 Prozent", "ca. 20", answer=ERROR),
    "Zahl aus Excel": cell("messwerte", "zeit", "45444", "Jun 24", answer=ERROR),
    "Ziffern vertauscht": cell("messwerte", "wert", "14", "15", answer=_NOT_KNOWN, where=lambda row: (row["indikator_id"], row["gebiet_id"], row["gruppe_id"], row["jahr"]) == (*SERIES, "2017")),
    "Nichts kostet es": cell("kosten", "betrag_eur", "0", answer=HINT),
    "Sehr teuer": cell("kosten", "betrag_eur", "999999999999999", "1000000000", answer=HINT),
    "Weniger als nichts kostet es": cell("kosten", "betrag_eur", "-5", answer=ERROR),
    "Teile eines Cents": cell("kosten", "betrag_eur", "100,555", answer=ERROR),
    "Ausgegeben in der Zukunft": cell("kosten", "jahr", "2100", haushaltsstand="verausgabt", answer=ERROR),
    "Haushaltsjahr 2203": cell("kosten", "jahr", "2203", "1203", answer=ERROR),
    "Soll ohne Herkunft": cell("messwerte", "art", "soll", soll_art="", answer=ERROR),
    "Gesperrt mit Zahl": cell("messwerte", "genauigkeit", "gesperrt", "nur_trend", answer=ERROR, where=_filled("wert")),
    "Nummer 99": cell("handlungsfelder", "nr", "99", answer=HINT),
    "Nummer doppelt": Mutant("handlungsfelder", _again("nr"), ERROR),
    "Minus sieben Personen": cell("ereignisse", "teilnehmende", "-7", "−7", answer=ERROR),
    # Duplicates
    "Zeile doppelt": Mutant("messwerte", lambda content, chance: content.append(dict(chance.choice(content))), ERROR),
    "Jahr zweimal": Mutant("messwerte", _year_twice, HINT),
    "Titel zweimal": Mutant("massnahmen", _again("titel"), HINT),
    "Akteur zweimal": Mutant("akteure", _again("name"), HINT),
    "Gebiet zweimal": Mutant("gebiete", _again("name"), HINT),
    "Kennung zweimal": Mutant("massnahmen", _again("id"), ERROR),
    "Zwei führen": Mutant("zustaendigkeiten", _copy_with(akteur_id="a-mut", rolle="federfuehrend", massnahme_id="m-bildung-sprachprogramm"), ERROR),
    "Kosten zweimal": Mutant("kosten", _copy_with(id="k-zweite"), ERROR),
    # Areas
    "Gebiet mit amtlichem Namen": cell("messwerte", "gebiet_id", "Lehrte, Stadt", "03241011", "3241011", answer=ERROR),
    "Ort anderswo": cell("gebiete", "breite", "10,5", laenge="99,5", answer=HINT, where=_filled("breite")),
    "Ort vertauscht": Mutant("gebiete", _swap("breite", "laenge"), ERROR),
    "Halber Ort": cell("gebiete", "laenge", "", answer=ERROR, where=_filled("breite")),
    "Gemeindeschlüssel zweimal": Mutant("gebiete", _again("ags"), ERROR),
    "Gemeindeschlüssel keines Landes": cell("gebiete", "ags", "99241011", "00241011", "17000000", answer=ERROR, where=lambda row: row["id"] != "lehrte"),
    "Anderer Gemeindeschlüssel desselben Landes": cell("gebiete", "ags", "03241099", answer=_NOT_KNOWN, where=lambda row: row["ags"] and row["id"] != "lehrte"),
    # Addresses
    "Adresse mit Passwort": cell("dokumente", "url", "https://ich:geheim@example.org/", answer=ERROR),
    "Adresse des eigenen Rechners": cell("dokumente", "url", "http://localhost:8000/", 'https://example.org/"x', "https://intranet/", answer=ERROR),
    "Keine Adresse": cell("dokumente", "url", "www.example.org", "example.org/a b", "javascript:alert(1)", answer=ERROR),
    "Private Adresse": cell("dokumente", "url", "http://192.168.1.10/x", "http://127.0.0.1/", "http://10.0.0.1/a", answer=ERROR),
    "Keine E-Mail-Adresse": cell("kontakte", "email", "MuT(at)example.org", "a b@example.org", "name@", answer=ERROR),
    "Keine Telefonnummer": cell("kontakte", "telefon", "gibt es", "12", answer=HINT),
    # Keys
    "Kennung leer": cell("massnahmen", "id", "", answer=ERROR),
    "Kennung mit Zeichen": cell("massnahmen", "id", "m-Bildung", "m bildung", "m-bildüng", answer=ERROR),
    "Verweis ins Leere": cell("massnahmen", "handlungsfeld_id", "bildnug", "xy", answer=ERROR),
    "Verweis in zwei Teilen": edited("massnahmen", "quelle_id", _put("\u200d"), ERROR),
    "Hinweis auf keine Zeile": cell("pruefhinweise", "zeile_id", "m-gibt-es-nicht", answer=ERROR),
    "Hinweis auf eine Zeile ohne Kennung": cell("pruefhinweise", "tabelle", "statusverlauf", "messwerte", zeile_id="m-x", answer=ERROR),
    "Entschieden, aber nicht wie": cell("pruefhinweise", "stand", "entschieden", entscheidung="", answer=ERROR),
    "Übernommen, aber nicht wohin": cell("beitraege", "folge", "uebernommen", massnahme_id="", begruendung="", answer=HINT),
    "Wort, das nicht vorgesehen ist": cell("statusverlauf", "status", "Idee", "fertig", "", answer=ERROR),
    "Andere Quelle, die es gibt": edited("massnahmen", "quelle_id", lambda text, chance: "d-sachstandsbericht-2", _NOT_KNOWN),
    # Letters
    "Umlaut in zwei Teilen": edited("massnahmen", "titel", lambda text, chance: unicodedata.normalize("NFD", f"{text} für Mütter"), "Gelesen wird NFC; es ist derselbe Text."),
    "Steuerzeichen": edited("massnahmen", "titel", lambda text, chance: _put(chance.choice("\x00\x07\x1b\x7f\x85"))(text, chance), ERROR),
    "Richtung gekehrt": edited("ziele", "text", lambda text, chance: _put(chance.choice("\u202e\u202d\u2066"))(text, chance), ERROR),
    "Ende einer Zeile, das keines ist": edited("ziele", "text", lambda text, chance: _put(chance.choice("\u2028\u2029"))(text, chance), ERROR),
    "Unsichtbares": edited("ziele", "text", lambda text, chance: _put(chance.choice("\u200b\ufeff\u2060\u00ad\ue000\uffff"))(text, chance), ERROR),
    "Bindeglied fremder Schriften": edited("ziele", "text", lambda text, chance: _put(chance.choice("\u200c\u200d\u200e\u200f"))(text, chance), "Persisch, Arabisch und Hebräisch brauchen es."),
    "Umlaut verloren": edited("ziele", "text", lambda text, chance: f"{text} BroschÃ¼re", ERROR),
    "Fremde Schrift": edited("massnahmen", "titel", lambda text, chance: chance.choice(["Кафе языка", "مقهى اللغة", "咖啡"]), "Namen und Titel dürfen in jeder Schrift stehen."),
    "Text mit Auszeichnung": edited("massnahmen", "titel", lambda text, chance: f"<b>{text}</b> [x](http://example.org) $x$ `y`", "Zellen sind Text; die Seite zeigt die Zeichen, wie sie sind."),
    "Formel": edited("massnahmen", "titel", lambda text, chance: chance.choice(["=1+1", "@SUM(A1)", "+A1", "-cmd|x"]), HINT),
    # What Excel makes of numbers of chapters
    "Kapitel wird Datum": cell("massnahmen", "fundstelle", "04. Jan", answer=ERROR),
    "Kapitel wird Tag": cell("massnahmen", "fundstelle", "04.01.2025", "2025-01-04", answer=HINT),
    # Rows
    "Zeile gelöscht, auf die andere zeigen": Mutant("massnahmen", lambda content, chance: content.remove(next(r for r in content if r["id"] == "m-bildung-sprachprogramm")), ERROR),
    "Einzelne Zeile gelöscht": Mutant("themen", lambda content, chance: content.pop(), "Zeilen dürfen gelöscht werden; git zeigt es."),
    "Tabelle ohne Zeilen, ohne git": Mutant("erfahrungen", lambda content, chance: content.clear(), "Leer darf jede Tabelle sein; was sie hatte, weiß nur git (siehe test_files)."),
    "Reihenfolge": Mutant("themen", lambda content, chance: chance.shuffle(content), _ORDER),
    "Federführung doppelt": added("zustaendigkeiten", ERROR),
    "Antwort einer Person von neun": Mutant("umfrageergebnisse", lambda content, chance: content.append({"ereignis_id": "e-auftakt", "frage": "Wo?", "antwort": "hier", "anzahl": "1", "grundgesamtheit": "9", "mehrfach": "ja", "quelle_id": "d-sachstandsbericht-2", "fundstelle": "1"}), ERROR),
}  # fmt: skip
_EVENTS = rows(PROJECT / "data", "ereignisse")
_ANNOUNCED = {row["ankuendigung_id"] for row in _EVENTS}
_NOTED = {row["zeile_id"] for row in rows(PROJECT / "data", "pruefhinweise")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_copy(tmp_path_factory.mktemp("mutanten") / "data", messwerte=60, kosten=2, ereignisse=20)
    assert check_project(folder) == ()
    return folder


@pytest.fixture(scope="module")
def before(folder: Path) -> set[tuple[str, str | None, str]]:
    return {_what(hint) for hint in check_hints(folder)}


def _what(problem: Problem) -> tuple[str, str | None, str]:
    return problem.file, problem.column, problem.message


def is_german(problem: Problem) -> bool:
    said = re.sub(r"„.*?“", "", problem.message, flags=re.DOTALL).strip()
    return said.endswith((".", "?")) and not _ENGLISH.search(said)


@pytest.mark.parametrize("name", MUTANTS)
def test_data(name: str, folder: Path, before: set[tuple[str, str | None, str]]) -> None:
    mutant = MUTANTS[name]
    chance = random.Random(f"{SEED} {name}")
    path = folder / f"{mutant.table}.csv"
    sound = path.read_bytes()
    try:
        for n in range(TIMES):
            content = rows(folder, mutant.table)
            mutant.harm(content, chance)
            write(folder, mutant.table, content)
            errors = check_project(folder)
            hints = [hint for hint in check_hints(folder) if _what(hint) not in before]
            assert_answer(f"{name}, try {n}", mutant.answer, errors, hints, f"data/{mutant.table}.csv")
            path.write_bytes(sound)
    finally:
        path.write_bytes(sound)


def assert_answer(name: str, answer: str, errors: Any, hints: Any, file: str) -> None:
    told = [str(problem) for problem in (*errors, *hints)]
    assert all(map(is_german, (*errors, *hints))), told
    given = ERROR if errors else HINT if hints else "nichts"
    assert given == (answer if answer in (ERROR, HINT) else "nichts"), (name, told)
    if answer in (ERROR, HINT):
        assert any(problem.file == file for problem in (*errors, *hints)) or name.startswith(
            "Zeile gelöscht"
        ), told


# What is said of the town, and the description that published data carry: whatever stands anywhere else in them.

VALUES = (None, 7, -1, 1.5, True, [], {}, "", "xyz", "2025-02-31", [None], {"a": []})
FREE = ("titel", "hinweis", "redaktion", "name", "bezeichnung", *("anbieter", "vertretung", "anschrift", "telefon", "email", "verantwortlich"))  # fmt: skip
"""What authors may call as they like."""
LOOSE = ("bundesland", "redaktion", "adresse", "umbenannt", "sprachen_ungeprueft", "barrierefreiheit")
"""What may be missing."""


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, part in items for p in _paths(part, (*path, key)))]


def _shape(path: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple("*" if isinstance(step, int) else step for step in path)


def _harms(sound: bytes, places: list[tuple[Any, ...]], chance: random.Random, values: int) -> Iterator[Harm]:
    """Put each kind of value in each place, and leave it out, and give it another name."""
    for place in places:
        for value in (*chance.sample(VALUES, values), "weg", "umbenannt"):
            harmed = json.loads(sound)
            parent = harmed
            for step in place[:-1]:
                parent = parent[step]
            if value == "weg":
                del parent[place[-1]]
            elif value == "umbenannt" and isinstance(parent, dict):
                parent[f"{place[-1]}x"] = parent.pop(place[-1])
            elif value != "umbenannt":
                parent[place[-1]] = value
            yield place, value, harmed


Harm = tuple[tuple[Any, ...], Any, Any]


def test_town(folder: Path) -> None:
    chance = random.Random(f"{SEED} town")
    path = folder / "kommune.json"
    sound = path.read_bytes()
    try:
        for place, value, harmed in _harms(
            sound, [p for p in _paths(json.loads(sound)) if p], chance, len(VALUES)
        ):
            path.write_text(json.dumps(harmed, ensure_ascii=False), "utf-8")
            errors = check_project(folder)
            assert all(map(is_german, errors)), (place, value, errors[:1])
            last = place[-1]
            may_pass = (
                harmed == json.loads(sound)
                or (last in FREE and isinstance(value, str) and value not in ("weg", "umbenannt", ""))
                or (place[0] == "impressum" and len(place) == 2 and value == "")
                or (value == "weg" and last in LOOSE)
                or (last in ("ags", "adresse") and value == "")
                or (last == "schema" and value is not True and value == 0)
                or (last == "redaktion" and value in (None, ""))
                # The name of a project is its own.
                or (
                    place[0] == "projekte"
                    and len(place) == 2
                    and isinstance(value, str)
                    and value not in ("weg", "umbenannt", "")
                )
            )
            assert errors or may_pass, (place, value)
    finally:
        path.write_bytes(sound)


def test_published_description(folder: Path, tmp_path: Path) -> None:
    """What an edition carries may be anything: it is read or refused in German."""
    chance = random.Random(f"{SEED} description")
    edition = published(shutil.copytree(folder, tmp_path / "data"))
    path = edition / "datapackage.json"
    sound = path.read_bytes()
    kinds: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for place in _paths(json.loads(sound)):
        if place and place[0] in ("konzept", "resources"):
            kinds.setdefault(_shape(place), []).append(place)
    tried = refused = 0
    for place, value, harmed in _harms(
        sound, [chance.choice(each) for each in kinds.values()], chance, min(2 * MORE, len(VALUES))
    ):
        path.write_text(json.dumps(harmed, ensure_ascii=False), "utf-8")
        problems = read_folder(edition, older=True).problems
        tried += 1
        refused += bool(problems)
        assert all(map(is_german, problems)), (place, value, problems[:1])
    assert tried > 200
    assert refused > tried / 2


# Contents and settings, line by line.


@pytest.mark.parametrize("file", ["_toc.yml", "_config.yml"])
def test_contents_and_settings(file: str, tmp_path: Path) -> None:
    """Each line gone, doubled, indented, mistyped, cut or with a sign at its beginning: a sentence or nothing, and at once."""
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy(PROJECT / name, tmp_path)
    pages = [p.relative_to(PROJECT).with_suffix("").as_posix() for p in (PROJECT / "book").rglob("*.md")]
    lines = (tmp_path / file).read_text("utf-8").splitlines()
    ways: dict[str, Callable[[str], list[str]]] = {
        "gone": lambda line: [],
        "doubled": lambda line: [line, line],
        "indented": lambda line: [f"   {line}"],
        "mistyped": lambda line: [re.sub(r"(\w)(\w):", r"\2\1x:", line, count=1)],
        "no value": lambda line: [re.sub(r": .*", ":", line)],
        "seven": lambda line: [re.sub(r": .*", ": 7", line)],
        "no day": lambda line: [re.sub(r": .*", ": 2025-02-31", line)],
        "anchor": lambda line: [re.sub(r": (.*)", r": &a \1", line)],
        "itself": lambda line: [re.sub(r": .*", ": &a [*a]", line)],
        "bracket": lambda line: [f"{line} ["],
        "control": lambda line: [f"{line}\u202ex"],
    }
    chance = random.Random(f"{SEED} {file}")
    typed = [n for n, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")]
    for number in chance.sample(typed, 15):
        for way, harm in ways.items():
            changed = [*lines[:number], *harm(lines[number]), *lines[number + 1 :]]
            (tmp_path / file).write_text("\n".join(changed) + "\n", "utf-8")
            told = check_contents(tmp_path, pages) if file == "_toc.yml" else check_settings(tmp_path)
            assert all(map(is_german, told)), (lines[number], way, told[:1])
            if not told and changed != lines:
                assert way in SILENT[file], (lines[number], way)


_OWN = "Was nicht sicher sein muss, stellen Betreuende ein, wie sie es brauchen; Jupyter Book prüft es beim Bauen."
SILENT = {
    "_toc.yml": {
        "gone": "Kapitel ohne Nummern („numbered“) sind möglich.",
        "seven": "„numbered: 7“ zählt bis zur siebten Ebene.",
        "bracket": "Eine Klammer mitten im Text ist Text.",
        "indented": "Ein Teil darf weiter eingerückt sein als die anderen Zeilen einer Gruppe.",
    },
    "_config.yml": dict.fromkeys(
        ("gone", "indented", "mistyped", "no value", "seven", "doubled", "bracket"), _OWN
    ),
}
"""Ways to change contents and settings that make another book, but a whole one."""

# Pages.

CHAPTER = PROJECT / "book/chapters/01-bildung.md"
PLACE = re.compile(r"^\w[^\n{|`]{40,}\.$", re.MULTILINE)
"""A paragraph of plain text."""

PAGES: dict[str, tuple[tuple[str, ...], str]] = {
    "Steuerzeichen": (("\x00", "\x07", "\x1b", "\u202e", "\u200b", "\u2028", "\u00ad"), ERROR),
    "Bild von anderswo": (("\n\n![Ein Fest im Park.](https://example.org/a.png) {quelle}`d-sachstandsbericht-2`", "\n\n```{figure} http://example.org/a.png\n:alt: Ein Fest im Park.\n```"), ERROR),
    "Fremder Quelltext": (("\n\n```{eval-rst}\n.. raw:: html\n```", "\n\n```{raw} html\n<b>x</b>\n```"), ERROR),
    "Vertrauliche Liste": (("\n\n[Liste](../../data/intern/namen.csv)", "\n\n```{literalinclude} ../../data/intern/namen.csv\n```", "\n\n{download}`x <../../data/intern/a.csv>`"), ERROR),
    "Datei von anderswo": (("\n\n[Liste](../../../etc/passwd)", "\n\n![Ein Plan.](/etc/passwd) Foto: Stadt"), ERROR),
    "HTML": (("<br>", "<script>alert(1)</script>"), ERROR),
    "Überschrift ohne Leerzeichen": (("\n\n##Angebote", "\n\n###Angebote"), ERROR),
    "Punkte ohne Leerzeichen": (("\n\n-Eins\n-Zwei\n\n", "\n\n• Eins\n\n"), ERROR),
    "Fett ohne Ende": (("\n\n**Fett und weiter.", "\n\nText ** fett ** Text."), ERROR),
    "Verweis mit Leerzeichen": (("\n\n[Seite] (https://example.org) ansehen.", "\n\n(Seite)[https://example.org] ansehen."), ERROR),
    "Nummer getippt": ((" Siehe Abb. 3.", " Siehe Tabelle 2."), HINT),
    "Durchgestrichen": ((" Das gilt ~~nicht~~ mehr.",), ERROR),
    "Quelle, die es nicht gibt": (("{quelle}`d-gibt-es-nicht`",), ERROR),
    "Fußnote ohne Text": (("[^neu]",), ERROR),
    "Offener Baustein": (("\n\n```{note}\nText",), ERROR),
    "Zelle mit Tippfehler": (("\n\n```{code-cell} ipython3\nfield.goal()\n```",), ERROR),
    "Zelle holt sich selbst": (("\n\n```{code-cell} ipython3\nimport __main__\n```",), "Was schon geladen ist, darf eine Zelle nennen."),
    "Zweiter Titel": (("\n\n# Noch ein Titel",), ERROR),
    "Bild ohne Beschreibung": (("\n\n![](assets/bild.png) Foto: Stadt",), ERROR),
    "Umlaut in zwei Teilen": ((" Müttertreff.".replace("ü", "u\u0308"),), "Gelesen wird NFC."),
    "Genderstern": ((" Die Akteur*in hilft.", " Bürger\\*innen helfen."), "Ein einzelner oder geschützter Stern bleibt ein Stern."),
    "Arabisch mit Bindegliedern": ((" می\u200cخواهم",), "Persisch braucht das Zeichen."),
}  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_folder(PROJECT / "data")


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str, reading: Reading, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} {name}")
    texts, answer = PAGES[name]
    page = tmp_path / "book/chapters" / CHAPTER.name
    page.parent.mkdir(parents=True)
    (tmp_path / "book/chapters/assets").mkdir()
    (tmp_path / "book/chapters/assets/bild.png").touch()
    text = CHAPTER.read_text("utf-8")
    places = [match.end() for match in PLACE.finditer(text)]
    for added_text in texts:
        at = chance.choice(places)
        page.write_text(text[:at] + added_text + text[at:], "utf-8")
        errors, hints = check_chapters(reading, tmp_path / "book"), hints_in_pages(tmp_path / "book")
        assert_answer(f"{name}: {added_text!r}", answer, errors, hints, f"book/chapters/{CHAPTER.name}")


@pytest.mark.parametrize(
    "head",
    [
        "---\nx: &a [*a]\n---\n",
        "---\nx: 2025-02-31\n---\n",
        "---\n2025-02-31: x\n---\n",
        "---\nx: !!python/object:os.system y\n---\n",
        "---\n" + "".join(f"{k}: &{k} [{', '.join([f'*{j}'] * 9)}]\n" for j, k in zip("abcdefgh", "bcdefghi", strict=True)).replace("*a", "x") + "---\n",
        f"---\nx: {'[' * 2000}{']' * 2000}\n---\n",
        "---\n? [a]\n: b\n---\n",
        "---\n\x00: x\n---\n",
    ],
)  # fmt: skip
def test_heads_of_pages(head: str, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/seite.md").write_text(f"{head}\n# Titel\n", "utf-8")
    told = check_chapters(reading, tmp_path / "book")
    assert told
    assert all(map(is_german, told))
    block = head.removeprefix("---\n").removesuffix("---\n")
    (tmp_path / "book/seite.md").write_text(f"# Titel\n\n```{{note}}\n---\n{block}---\nText\n```\n", "utf-8")
    assert all(map(is_german, check_chapters(reading, tmp_path / "book")))


def test_every_table_and_what_passes_is_reasoned() -> None:
    """Whoever lets something pass says why, in a sentence."""
    reasons = [m.answer for m in MUTANTS.values()] + [answer for _, answer in PAGES.values()]
    passing = [reason for reason in reasons if reason not in (ERROR, HINT)]
    assert all(
        reason.endswith(".") and " " in reason
        for reason in (*passing, *(reason for ways in SILENT.values() for reason in ways.values()))
    )
    named = {mutant.table for mutant in MUTANTS.values()}
    assert named <= {resource["name"] for resource in schema()["resources"]}
    assert all(columns(table) for table in named)
