"""Checks beyond tables: private names, chapters, and the command that runs all of them."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import run_konzept
from folders import PROJECT, rows, write
from konzept.authors.check import check_hints, check_project
from sentences.data import APPROVAL
from sentences.states import APPROVING


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the book's texts and contents to break."""
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    shutil.copy(PROJECT / "_config.yml", tmp_path)
    return Path(shutil.copytree(PROJECT / "book", tmp_path / "book"))


def edit(book: Path, old: str, new: str) -> None:
    path = book / "chapters" / "01-bildung.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def messages(data: Path, book: Path | None = None) -> list[str]:
    return [str(problem) for problem in check_project(data, book)]


def test_the_frozen_book_is_sound(real: Path) -> None:
    assert messages(real, PROJECT / "book") == []


def test_private_names_do_not_get_out(data: Path) -> None:
    (data / "intern").mkdir()
    (data / "intern" / "personen.csv").write_text("name;telefon\nErika Mustermann;1\n", "utf-8")
    assert messages(data, PROJECT / "book") == []
    content = rows(data, "massnahmen")
    content[0]["beschreibung"] = "Ansprechpartnerin ist erika mustermann."
    write(data, "massnahmen", content)
    assert messages(data) == [
        "data/massnahmen.csv, Zeile 2, Spalte „beschreibung“: "
        "Hier steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus."
    ]


def test_a_logo_is_looked_for_in_the_book_and_not_beside_a_copy_of_the_data(data: Path, book: Path) -> None:
    told = json.loads((data / "kommune.json").read_text("utf-8"))
    (data / "kommune.json").write_text(json.dumps(told | {"logo": "book/assets/wappen.svg"}), "utf-8")
    assert messages(data) == []
    assert messages(data, book) == [
        "book/assets/wappen.svg: Die Datei gibt es nicht. Legen Sie das Bild dorthin, oder nehmen Sie „logo“ aus kommune.json."
    ]


def test_private_names_do_not_get_into_chapters(data: Path, book: Path) -> None:
    (data / "intern").mkdir()
    (data / "intern" / "personen.csv").write_text("name\nErika Mustermann\n", "utf-8")
    edit(book, "## Worum es geht", "Erika Mustermann\n\n## Worum es geht")
    (only,) = messages(data, book)
    assert only.startswith("book/chapters/01-bildung.md, Zeile ")
    assert only.endswith("der nicht veröffentlicht werden darf. Nehmen Sie ihn heraus.")


def test_chapters_may_open_and_name_numbers_as_they_did_before(real: Path, book: Path) -> None:
    edit(book, "from konzept import kapitel", "from konzept import open_concept")
    edit(book, 'kapitel("bildung")', 'open_concept(data_dir, stand=stand).field("bildung")')
    edit(book, "{zahl}`kosten`", "{glue:text}`kosten`")
    assert messages(real, book) == []
    edit(book, '.field("bildung")', '.field("bildnug")')
    (only,) = messages(real, book)
    assert only.endswith("Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“?")


def test_chapter_asks_for_an_unknown_field(real: Path, book: Path) -> None:
    edit(book, 'kapitel("bildung")', 'kapitel("bildnug")')
    (only,) = messages(real, book)
    assert only.startswith("book/chapters/01-bildung.md, Zeile ")
    assert only.endswith("Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“?")


def test_chapter_asks_for_an_unknown_indicator(real: Path, book: Path) -> None:
    edit(book, "field.telling_chart()", 'field.indicator_chart("i-deutsch-bei-einschlung")')
    (only,) = messages(real, book)
    assert only.endswith("Meinten Sie „i-deutsch-bei-einschulung“?")


def test_text_cites_an_unknown_source(real: Path, book: Path) -> None:
    edit(book, "{quelle}`d-sachstandsbericht-2;", "{quelle}`d-sachstandsbricht-2;")
    (only,) = messages(real, book)
    assert only.startswith("book/chapters/01-bildung.md, Zeile ")
    assert only.endswith(
        "Die Quelle „d-sachstandsbricht-2“ gibt es in den Daten nicht. Meinten Sie „d-sachstandsbericht-2“?"
    )


@pytest.mark.parametrize("word", ["jupytext:", "kernelspec:"])
def test_chapter_without_a_header_would_not_run(real: Path, book: Path, word: str) -> None:
    edit(book, word, "etwas:")
    (only,) = messages(real, book)
    assert f"Im Kopf der Seite fehlt unter „{word}“" in only


def test_chapter_without_parameters(real: Path, book: Path) -> None:
    edit(book, ":tags: [parameters]\n\n", "")
    (only,) = messages(real, book)
    assert "Die Zelle mit der Marke „parameters“ fehlt" in only


def test_command_ends_with_0_for_sound_data() -> None:
    """What is doubtful is listed, here an event that was planned and of which no source tells, and is no failure."""
    result = run_konzept(PROJECT, "check")
    assert (result.returncode, result.stdout) == (0, "Daten und Kapitel sind in Ordnung.\n")
    head, only = result.stderr.splitlines()
    assert head == "Hinweise (kein Hindernis für das Bauen):"
    assert only.startswith("data/ereignisse.csv, Zeile 22, Spalte „stand“: Geplant war das Ereignis")


def test_hints_go_to_other_programs_too(data: Path) -> None:
    result = run_konzept(PROJECT, "check", "--data", str(data), "--format", "json")
    (hint,) = json.loads(result.stdout)
    assert (result.returncode, hint["hint"], hint["line"]) == (0, True, 22)


def test_many_hints_are_cut(data: Path) -> None:
    content = rows(data, "messwerte")
    for row in content[300:440]:
        row["fundstelle"] = "04.01.2026"
    write(data, "messwerte", content)
    result = run_konzept(PROJECT, "check", "--data", str(data))
    assert result.returncode == 0
    assert result.stderr.splitlines()[-1] == "Hier stehen die ersten 100 von 141 Hinweisen."
    assert len(result.stderr.splitlines()) == 102


def test_hints_tell_no_private_name(data: Path) -> None:
    (data / "intern").mkdir()
    (data / "intern" / "personen.csv").write_text("name\nErika Mustermann\n", "utf-8")
    content = rows(data, "akteure")
    twice = [{**content[0], "id": f"a-{n}", "name": "Erika Mustermann"} for n in (1, 2)]
    write(data, "akteure", [*content, *twice])
    assert not any("Mustermann" in str(hint) for hint in check_hints(data))


def test_command_ends_with_1_and_names_every_problem(data: Path) -> None:
    for table, column in (("massnahmen", "handlungsfeld_id"), ("ziele", "handlungsfeld_id")):
        content = rows(data, table)
        content[0][column] = "bildnug"
        write(data, table, content)
    result = run_konzept(PROJECT, "check", "--data", str(data))
    assert result.returncode == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == [
        "data/massnahmen.csv, Zeile 2, Spalte „handlungsfeld_id“",
        "data/ziele.csv, Zeile 2, Spalte „handlungsfeld_id“",
    ]
    assert lines[-1] == "2 Fehler gefunden."


def test_command_speaks_to_other_programs(data: Path) -> None:
    content = rows(data, "ziele")
    content[0]["fassung"] = "x"
    write(data, "ziele", content)
    result = run_konzept(PROJECT, "check", "--data", str(data), "--format", "json")
    assert result.returncode == 1
    (problem,) = json.loads(result.stdout)
    assert not problem["hint"]
    assert {k: problem[k] for k in ("file", "line", "column", "value")} == {
        "file": "data/ziele.csv",
        "line": 2,
        "column": "fassung",
        "value": "x",
    }


@pytest.mark.parametrize("arguments", [[], ["bau"], ["check", "--nein"], ["check", "--format", "xml"]])
def test_wrong_usage_ends_with_2_in_german(arguments: list[str]) -> None:
    result = run_konzept(PROJECT, *arguments)
    assert result.returncode == 2
    assert result.stderr
    assert "Usage" not in result.stderr
    assert "Error" not in result.stderr


def test_help_is_german() -> None:
    for arguments in (["--help"], ["check", "--help"], ["build", "--help"]):
        result = run_konzept(PROJECT, *arguments)
        assert result.returncode == 0
        assert "Aufruf:" in result.stdout
        assert "Usage" not in result.stdout
        assert "Show this message" not in result.stdout


def test_only_a_chapter_of_the_book_was_approved(data: Path, book: Path) -> None:
    write(data, "freigaben", [APPROVAL])
    assert messages(data, book) == []
    (book / "chapters/01-bildung.md").unlink()
    assert APPROVING["Freigabe eines Kapitels, das im Buch fehlt"] in messages(data, book)


def test_copies_that_editors_keep_are_no_pages(real: Path, book: Path) -> None:
    hidden = book / "chapters" / ".ipynb_checkpoints"
    hidden.mkdir()
    shutil.copy(book / "chapters" / "01-bildung.md", hidden / "01-bildung-checkpoint.md")
    assert messages(real, book) == []
