"""Reading: what Excel and editors write is taken; every problem is named in German with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from folders import rows, write
from konzept.authors.check import check_project
from konzept.data.reading import read_folder


def messages(folder: Path) -> list[str]:
    return [str(problem) for problem in check_project(folder)]


def change(folder: Path, table: str, line: int, column: str, value: str) -> None:
    content = rows(folder, table)
    content[line - 2][column] = value
    write(folder, table, content)


def raw(folder: Path, table: str, edit: Callable[[bytes], bytes]) -> None:
    path = folder / f"{table}.csv"
    path.write_bytes(edit(path.read_bytes()))


def test_real_data_are_sound(real: Path) -> None:
    assert messages(real) == []


def test_the_contract_line(data: Path) -> None:
    change(data, "massnahmen", 4, "handlungsfeld_id", "bildnug")
    assert messages(data) == [
        "data/massnahmen.csv, Zeile 4, Spalte „handlungsfeld_id“: "
        "„bildnug“ gibt es in handlungsfelder nicht. Meinten Sie „bildung“?"
    ]


def test_all_problems_at_once(data: Path) -> None:
    change(data, "kosten", 2, "betrag_eur", "33.000")
    change(data, "kosten", 3, "betrag_eur", "viel")
    change(data, "statusverlauf", 3, "datum", "31.02.2023")
    change(data, "ziele", 2, "fassung", "entwrf")
    assert messages(data) == [
        "data/kosten.csv, Zeile 2, Spalte „betrag_eur“: „33.000“ ist mehrdeutig: 33000 oder 33,000? "
        "Schreiben Sie Tausender ohne Punkt und Nachkommastellen mit Komma.",
        "data/kosten.csv, Zeile 3, Spalte „betrag_eur“: „viel“ ist keine Zahl. "
        "Schreiben Sie zum Beispiel 33000 oder 6,55.",
        "data/statusverlauf.csv, Zeile 3, Spalte „datum“: „31.02.2023“ ist kein Tag des Kalenders. "
        "Schreiben Sie zum Beispiel 2025-06-25.",
        "data/ziele.csv, Zeile 2, Spalte „fassung“: „entwrf“ ist hier nicht vorgesehen. Meinten Sie „entwurf“?",
    ]


def test_german_dates_and_decimal_commas_are_read(data: Path) -> None:
    change(data, "statusverlauf", 2, "datum", "30.08.2023")
    reading = read_folder(data)
    assert reading.problems == ()
    assert str(reading.tables["statusverlauf"]["datum"].iloc[0]) == "2023-08-30"
    first = rows(data, "messwerte")[2]
    assert float(reading.tables["messwerte"]["wert"].iloc[2]) == float(first["wert"].replace(",", "."))


@pytest.mark.parametrize(
    "edit",
    [
        lambda b: b.removeprefix(b"\xef\xbb\xbf"),
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b + b"\n\n",
        lambda b: b.rstrip(b"\n"),
    ],
    ids=["without BOM", "CR LF", "blank lines at the end", "no last newline"],
)
def test_what_editors_write_makes_no_difference(data: Path, edit: Callable[[bytes], bytes]) -> None:
    expected = read_folder(data)
    raw(data, "massnahmen", edit)
    actual = read_folder(data)
    assert actual.problems == ()
    assert actual.tables["massnahmen"].equals(expected.tables["massnahmen"])


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda b: b"", "data/ziele.csv: Die Datei ist leer. Sie braucht mindestens die Kopfzeile."),
        (
            lambda b: b.replace(b";", b","),
            "data/ziele.csv, Zeile 1: Die Spalten sind nicht mit Semikolon getrennt. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
        ),
        (
            lambda b: b.replace(b"fassung", b"fasung"),
            "data/ziele.csv, Zeile 1, Spalte „fasung“: Diese Spalte kennt die Tabelle nicht. Meinten Sie „fassung“?",
        ),
        (
            lambda b: b.replace(b";text;", b";fassung;", 1),
            "data/ziele.csv, Zeile 1, Spalte „fassung“: Diese Spalte steht doppelt. Löschen Sie eine von beiden.",
        ),
        (
            lambda b: b.decode("utf-8-sig").encode("cp1252", errors="replace"),
            "data/ziele.csv, Zeile 3: Die Datei ist nicht in UTF-8 gespeichert. "
            "Wählen Sie in Excel beim Speichern „CSV UTF-8 (durch Trennzeichen getrennt)“.",
        ),
        (
            lambda b: b.rstrip(b"\n") + b";noch eine",
            "data/ziele.csv, Zeile 3: Die Zeile hat 9 statt 8 Zellen. "
            "Oft fehlen Anführungszeichen um einen Text, der ein Semikolon enthält.",
        ),
        (
            lambda b: b.rstrip(b"\n") + b'\n"offen;',
            "data/ziele.csv, Zeile 4: Ein Anführungszeichen ist nicht richtig geschlossen. "
            "Um einen Text mit Semikolon oder Anführungszeichen stehen gerade Anführungszeichen, "
            "und die in seinem Inneren sind verdoppelt.",
        ),
    ],
    ids=["empty", "comma", "misspelt column", "doubled column", "Windows-1252", "extra cell", "open quote"],
)
def test_broken_files(data: Path, edit: Callable[[bytes], bytes], expected: str) -> None:
    content = rows(data, "ziele")[:2]
    content[1]["text"] = "Alle Schüler erreichen etwas"
    write(data, "ziele", content)
    raw(data, "ziele", edit)
    assert expected in messages(data)


def test_missing_file(data: Path) -> None:
    (data / "ziele.csv").unlink()
    assert (
        "data/ziele.csv: Diese Datei fehlt. Holen Sie sie zurück, zum Beispiel aus der letzten Fassung in git."
        in messages(data)
    )


def test_folder_in_place_of_a_file(data: Path) -> None:
    (data / "ziele.csv").unlink()
    (data / "ziele.csv").mkdir()
    assert (
        "data/ziele.csv: Die Datei lässt sich nicht lesen. "
        "Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen."
    ) in messages(data)


def test_no_data_folder(tmp_path: Path) -> None:
    (only,) = messages(tmp_path / "nichts")
    assert "Ohne sie ist" in only


def test_broken_description(data: Path) -> None:
    (data / "kommune.json").write_text("{\n,}", "utf-8")
    (only,) = messages(data)
    assert only.startswith("data/kommune.json, Zeile 2: Hier ist die Schreibweise (JSON) verletzt")


def test_line_numbers_count_lines_of_the_file(data: Path) -> None:
    change(data, "massnahmen", 2, "beschreibung", "erste Zeile\nzweite Zeile\ndritte Zeile")
    change(data, "massnahmen", 3, "handlungsfeld_id", "bildnug")
    (only,) = messages(data)
    assert only.startswith("data/massnahmen.csv, Zeile 5, ")


def test_doubled_key(data: Path) -> None:
    content = rows(data, "ziele")
    write(data, "ziele", [*content, content[0]])
    assert messages(data) == [
        f"data/ziele.csv, Zeile {len(content) + 2}, Spalte „id“: „z-bildung-schuleingang“ steht schon in einer anderen Zeile. Jede Zeile braucht eine eigene Angabe."
    ]


def test_missing_source(data: Path) -> None:
    change(data, "ziele", 2, "quelle_id", "")
    assert messages(data) == [
        "data/ziele.csv, Zeile 2, Spalte „quelle_id“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
    ]


def test_text_that_looks_like_a_number_stays_text(data: Path) -> None:
    change(data, "ziele", 2, "text", "33.000")
    assert messages(data) == []
    assert read_folder(data).tables["ziele"]["text"].iloc[0] == "33.000"
