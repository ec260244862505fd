"""What the page "Mitschreiben" says is done, in a folder with an odd name: its examples are typed into the workbook and
a chapter, and the commands of its annex, behind which the desk's buttons stand, into a terminal."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import click
import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from copies import copy_project
from folders import PROGRAM, PROJECT, page_text, rows, schema, write
from konzept.cli import konzept
from konzept.publishing.desk.tasks import SECTIONS, TASKS
from typing_commands import ODD, environment, set_up, typed


def _page() -> str:
    """Give the page as it is in the folder that the tests type in, where the program lies, too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data", "book"):
            shutil.copytree(PROJECT / part, folder / part)
        (folder / "scripts").mkdir()
        (folder / "scripts/setup.py").touch()
        return page_text(folder / "book/mitschreiben.md")


PAGE = _page()
CHAPTER = "book/chapters/01-bildung.md"
CONTENTS = """\
format: jb-book
root: book/anfang
parts:
  - caption: Das Konzept
    chapters:
      - file: book/entstehung
  - caption: Handlungsfelder
    numbered: 1
    chapters:
      - file: book/chapters/01-bildung
  - caption: Anhang
    chapters:
      - file: book/glossar
      - file: book/statuskriterien
      - file: book/mitschreiben
"""


def section(title: str) -> str:
    """Give what stands below a heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def fenced(text: str, kind: str) -> list[str]:
    return [m[2] for m in re.finditer(rf"^(`{{3,}}){kind}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)]


def commands() -> list[list[str]]:
    """Give the commands of the annex in their order."""
    lines = re.findall(r"^\| [^|]+ \| `([^`|]+)` \|$", section("Anhang: im Terminal"), re.MULTILINE)
    return [shlex.split(line) for line in lines]


def command(*words: str) -> list[list[str]]:
    """Give the commands that begin so."""
    return [found for found in commands() if found[: len(words)] == list(words)]


def example(task: str) -> tuple[str, dict[str, str]]:
    """Give the sheet, and what the page says to type into a row of it."""
    rows_of_tasks = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", section("Zahlen und Maßnahmen ändern"), re.MULTILINE
    )
    ((sheet, cells),) = [(s, c) for name, s, c in rows_of_tasks if name == task]
    # Before them stands which row is meant.
    pairs = [pair.rpartition(": ") for pair in cells.split(" · ")]
    return sheet, {re.split(r": |mit |alten ", column)[-1]: value for column, _, value in pairs}


def beginning() -> str:
    """Give what the page says to type first into each new terminal."""
    setup, first = commands()[:2]
    assert setup == ["make", "setup"]
    return shlex.join(first)


def in_terminal(project: Path, *command: str, answer: str | None = None) -> subprocess.CompletedProcess[str]:
    return typed(project, beginning(), shlex.join(command), answer=answer)


def heads(sheet: Worksheet) -> dict[str, int]:
    """Give the columns of a sheet by what stands above them."""
    head = next(row for row in sheet.iter_rows(max_row=5) if str(row[0].value).endswith(" *"))
    return {str(cell.value).removesuffix(" *"): cell.column for cell in head}


def row_of(sheet: Worksheet, known: dict[str, str]) -> int:
    """Find the one row that holds these words or days, as a list shows them."""
    columns = heads(sheet)

    def shown(row: int, column: str) -> str:
        value = sheet.cell(row, columns[column]).value
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value).partition(" – ")[0]

    (row,) = [
        number
        for number in range(4, sheet.max_row + 1)
        if all(shown(number, column) == text for column, text in known.items())
    ]
    return row


def correct(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Find the row by the first two of these cells, and change the others."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    (one, two, *others) = cells.items()
    row = row_of(target, dict((one, two)))
    for column, text in others:
        target.cell(row, heads(target)[column]).value = text
    book.save(workbook)


def overwrite(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Write over what stands in the only row of a sheet."""
    book = openpyxl.load_workbook(workbook)
    for column, text in cells.items():
        book[sheet].cell(4, heads(book[sheet])[column]).value = text
    book.save(workbook)


def delete(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Lift the protection of a sheet, which has no password, and delete a whole row."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    row = row_of(target, cells)
    # Else a person could not delete it.
    assert any(cell.protection.locked for cell in target[row])
    assert target.protection.sheet
    assert not target.protection.password
    target.protection.sheet = False
    target.delete_rows(row)
    book.save(workbook)


def type_in(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Type into the first empty row of a sheet."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    places = heads(target)
    line = 4
    while any(target.cell(line, column).value for column in places.values()):
        line += 1
    for column, text in cells.items():
        target.cell(line, places[column]).value = text
    book.save(workbook)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the first chapter, this page, and the pages that it links to."""
    folder = set_up(copy_project(tmp_path_factory.mktemp("mitschreiben") / ODD))
    (folder / "_toc.yml").write_text(CONTENTS, "utf-8")
    kept = {"entstehung", "01-bildung", "glossar", "statuskriterien", "mitschreiben"}
    for page in (folder / "book").rglob("*.md"):
        if page.stem not in kept:
            page.unlink()
    # What is left must not link to pages that are gone.
    for page in (folder / "book").rglob("*.md"):
        links = re.compile(r"\]\(([\w./-]+\.md)(?:#[\w-]*)?\)")
        text = links.sub(
            lambda m, page=page: m[0] if (page.parent / m[1]).is_file() else "](mitschreiben.md)",
            page.read_text("utf-8"),
        )
        page.write_text(text, "utf-8")
    (folder / "book/anfang.md").write_text("# Anfang\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def known(project: Path) -> list[dict[str, str]]:
    """The status of the measures after the first task."""
    (export,) = command("konzept", "excel", "export")
    in_terminal(project, *export).check_returncode()
    type_in(project / "konzept.xlsx", *example("Status ändern"))
    trial, imported = command("konzept", "excel", "import")
    before = {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")}
    assert trial == [*imported, "--probe"]
    assert in_terminal(project, *trial).returncode == 0
    assert {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")} == before
    result = in_terminal(project, *imported)
    assert (result.returncode, result.stderr) == (0, "")
    # The next tasks begin with a new workbook.
    in_terminal(project, *export).check_returncode()
    return rows(project / "data", "statusverlauf")


@pytest.fixture(scope="module")
def written(project: Path, known: list[dict[str, str]]) -> Path:
    """The project with all that the page types into the workbook and a chapter."""
    for task, do in (
        ("Status berichtigen", correct),
        ("Stand setzen", overwrite),
        ("Maßnahme ergänzen", type_in),
        ("Maßnahme löschen", delete),
        ("Quelle ergänzen", type_in),
    ):
        do(project / "konzept.xlsx", *example(task))
    # What is deleted is asked about.
    assert "antworten Sie mit „ja“" in PAGE
    result = in_terminal(project, *command("konzept", "excel", "import")[-1], answer="ja")
    assert result.returncode == 0, result.stderr
    assert example("Maßnahme löschen")[1]["Kennung"] in result.stderr
    snippets = fenced(section("Ein Kapitel schreiben"), "markdown")
    assert len(snippets) == 7
    (picture,) = re.findall(r"\{figure\} \.\./(\S+)", snippets[1])
    (project / "book" / picture).parent.mkdir()
    assert f"`{Path('book', picture).parent.as_posix()}`" in PAGE
    Image.effect_noise((2000, 1400), 40).save(project / "book" / picture)
    path = project / CHAPTER
    path.write_text("\n".join([path.read_text("utf-8"), "## Probe", "", *snippets]), "utf-8")
    return project


@pytest.fixture(scope="module")
def built(written: Path) -> BeautifulSoup:
    """The chapter as the page's command builds it."""
    assert command("konzept", "build") == [["konzept", "build"]]
    result = in_terminal(written, "konzept", "build", "--only", "html")
    assert result.returncode == 0, result.stderr
    html = (written / "_build/html/book/chapters/01-bildung.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser")


def text_of(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").replace("\u00ad", "").split())


def of_the_library(statuses: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [
        (r["datum"], r["status"])
        for r in statuses
        if r["massnahme_id"] == example("Status ändern")[1]["Maßnahme"]
    ]


def test_status(known: list[dict[str, str]]) -> None:
    assert of_the_library(known) == [("2023-08-30", "idee"), ("2025-12-18", "in_pruefung")]


def test_status_corrected(written: Path) -> None:
    assert of_the_library(rows(written / "data", "statusverlauf")) == [
        ("2023-08-30", "idee"),
        ("2025-12-18", "geplant"),
    ]


def test_stand(written: Path, built: BeautifulSoup) -> None:
    day = dt.datetime.strptime(example("Stand setzen")[1]["Stand"], "%d.%m.%Y").date()
    assert json.loads((written / "data/kommune.json").read_text("utf-8"))["stand"] == str(day)
    assert f"{day:%d.%m.%Y}" in text_of(built).replace("\xa0", " ")


def test_measure(written: Path, built: BeautifulSoup) -> None:
    title = example("Maßnahme ergänzen")[1]["Titel"]
    (row,) = [r for r in rows(written / "data", "massnahmen") if r["titel"] == title]
    assert row["handlungsfeld_id"] == "bildung"
    assert title in text_of(built)


def test_measure_deleted(written: Path) -> None:
    gone = example("Maßnahme löschen")[1]["Kennung"]
    assert gone in (PROJECT / "data/statusverlauf.csv").read_text("utf-8")
    assert not [path for path in (written / "data").glob("*.csv") if gone in path.read_text("utf-8")]


def test_figure(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    caption = section.select("figure figcaption")[0]
    assert "Betreuungsquote der unter Dreijährigen" in caption.get_text()
    (opening,) = re.findall(r"`(field = \w+\(.*?\))`", PAGE)
    assert f"\n{opening}\n" in (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8")


def test_picture(written: Path, built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    picture = section.select("figure > img")[0]
    assert picture["alt"] == "Kinder und Erwachsene malen im Park ein großes Plakat."
    assert (written / "_build/html/book/chapters" / str(picture["src"])).is_file()
    assert "Foto: Stadt" in picture.parent.get_text().replace("\u00ad", "")
    # Neither a description nor a source is missed.
    assert "fest.jpg" not in in_terminal(written, "konzept", "check").stderr


def test_source(written: Path, built: BeautifulSoup) -> None:
    assert "d-beispiel" in [r["id"] for r in rows(written / "data", "dokumente")]
    (sentence,) = [p for p in built.select("p") if p.get_text().startswith("Das Ziel steht im Bericht.")]
    (mark,) = sentence.select("a.ik-beleg")
    note = built.find(id=str(mark["href"]).removeprefix("#"))
    assert note is not None
    assert "Seite 1" in note.get_text().replace("\xa0", " ")


def test_table(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    plain = [t for t in section.select("table") if "Arbeitsgruppe" in t.get_text()]
    assert [[c.get_text(strip=True) for c in row.select("th,td")] for row in plain[0].select("tr")] == [
        ["Schritt", "Wer"],
        ["Entwurf", "Arbeitsgruppe"],
        ["Beschluss", "Rat"],
    ]


def test_reference(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    (sentence,) = [p for p in section.select("p") if "nennt die Ziele" in p.get_text()]
    assert re.fullmatch(r"Tab\.\s1\.\d nennt die Ziele\.", sentence.get_text())
    assert section.select_one('a[href$="glossar.html"]') is not None


def test_footnote(built: BeautifulSoup) -> None:
    assert "So steht es in der Quelle." in built.select_one("aside.footnote").get_text()


def test_what_the_page_shows_is_what_it_says(built: BeautifulSoup, written: Path) -> None:
    html = (written / "_build/html/book/mitschreiben.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    quotes = [q.get_text(" ", strip=True).replace("\xa0", " ") for q in page.select("blockquote")]
    assert quotes[0] == "Das Ziel steht im Bericht. 1"
    assert re.fullmatch(r"Tab. 1.\d nennt die Ziele.", quotes[1])
    pictures = page.select("article img")
    assert pictures
    for picture in pictures:
        assert (written / "_build/html/book" / picture["src"]).is_file()
        assert len(picture["alt"]) > 40


@pytest.mark.parametrize("forks", ["1", "0"], ids=["forks", "no forks"])
def test_preview(written: Path, built: BeautifulSoup, forks: str) -> None:
    (shown,) = command("konzept", "preview")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = f"{beginning()}; exec {shlex.join(shown)} --port {port}"
    process = subprocess.Popen(
        ["bash", "-c", line],
        cwd=written,
        env={**environment(), "KONZEPT_FORK": forks},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        for _ in range(240):
            time.sleep(0.5)
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/book/chapters/01-bildung.html"
                ) as answer:
                    if example("Maßnahme ergänzen")[1]["Titel"] in answer.read().decode().replace(
                        "\u00ad", ""
                    ):
                        break
            except OSError:
                continue
        else:
            pytest.fail("the preview does not show the chapter")
    finally:
        process.terminate()
        _, told = process.communicate(timeout=20)
    # A bug once: its own workers started it a second time.
    assert "läuft schon" not in told
    assert told.count("Vorschau: http://") == 1


def test_check_and_new_chapter(written: Path, built: BeautifulSoup) -> None:
    (check,), (new,) = command("konzept", "check"), command("konzept", "new")
    result = in_terminal(written, *check)
    assert (result.returncode, result.stdout) == (0, "Daten und Kapitel sind in Ordnung.\n")
    assert fenced(section("Prüfen und ansehen"), "text") == [_answer_to_a_misspelt_field(written)]
    assert new == ["konzept", "new", "FELD-ID"]
    before = (written / "_toc.yml").read_text("utf-8")
    result = in_terminal(written, *new[:2], "gesundheit")
    assert result.stdout == (
        "Das Kapitel ist angelegt: book/chapters/02-gesundheit.md\n"
        "In _toc.yml steht jetzt: book/chapters/02-gesundheit\n"
        "Ergänzen Sie den Text, und sehen Sie mit „konzept check“ und „konzept build“ das Ergebnis an.\n"
    )
    line = "      - file: book/chapters/01-bildung\n"
    assert (written / "_toc.yml").read_text("utf-8") == before.replace(
        line, line + "      - file: book/chapters/02-gesundheit\n"
    )
    result = in_terminal(written, "konzept", "build", "--only", "html")
    assert result.returncode == 0, result.stderr
    page = (written / "_build/html/book/chapters/02-gesundheit.html").read_text("utf-8")
    assert "Zugang zu Gesundheitsförderung" in text_of(BeautifulSoup(page, "html.parser"))
    kept = (written / "book/chapters/02-gesundheit.md").read_bytes()
    result = in_terminal(written, *new[:2], "gesundheit")
    assert (result.returncode, result.stderr) == (
        1,
        "Das Kapitel gibt es schon: book/chapters/02-gesundheit.md. Es bleibt, wie es ist.\n",
    )
    assert (written / "book/chapters/02-gesundheit.md").read_bytes() == kept
    assert not list((written / "book/chapters").glob(".*"))


def _answer_to_a_misspelt_field(project: Path) -> str:
    kept = (project / "data/massnahmen.csv").read_bytes()
    content = rows(project / "data", "massnahmen")
    content[2]["handlungsfeld_id"] = "bildnug"
    write(project / "data", "massnahmen", content)
    try:
        # The small book leaves out pages that its settings name, which is a hint.
        return in_terminal(project, "konzept", "check").stderr.partition("Hinweise (")[0]
    finally:
        (project / "data/massnahmen.csv").write_bytes(kept)


def test_state(written: Path) -> None:
    (saved,) = command("konzept", "stand", "sichern")
    result = in_terminal(written, *saved)
    assert result.returncode == 0, result.stderr
    told = in_terminal(written, *command("konzept", "stand", "verlauf")[0]).stdout
    assert told.endswith(f": {saved[-1]}\n")


def test_official_statistics(written: Path) -> None:
    trial, taken = command("konzept", "statistik")
    assert trial == [*taken, "--probe"]
    sample = (PROGRAM / "tests/samples/statistik/neu" / taken[-1]).read_text("utf-8")
    (written / taken[-1]).write_text(f'{sample}2025,"Region Hannover",K03241,5000\n', "utf-8")
    before = rows(written / "data", "messwerte")
    result = in_terminal(written, *trial)
    assert (result.returncode, rows(written / "data", "messwerte")) == (0, before), result.stderr
    assert "1 neu, 0 geändert, 0 entfallen" in result.stdout
    result = in_terminal(written, *taken)
    assert result.returncode == 0, result.stderr
    (new,) = [row for row in rows(written / "data", "messwerte") if row not in before]
    assert (new["gebiet_id"], new["zeit"], new["wert"]) == ("region-hannover", "2025", "5000")
    assert new["quelle_id"] in {row["id"] for row in rows(written / "data", "dokumente")}
    titles = {resource["title"] for resource in schema()["resources"]}
    assert {"Abrufe amtlicher Statistik", "Dokumente und Quellen"} <= titles


def test_word(written: Path, built: BeautifulSoup) -> None:
    (export,), (trial, taken) = command("konzept", "word", "export"), command("konzept", "word", "import")
    assert trial == [*taken, "--probe"]
    result = in_terminal(written, *export)
    assert result.returncode == 0, result.stderr
    document = docx.Document(str(written / export[-1]))
    (words,) = [r for p in document.paragraphs for r in p.runs if r.text.startswith("Viel entscheidet sich")]
    document.add_comment(words, "Seit wann?", author="B. Beispiel")
    words.text = words.text.replace("Viel entscheidet", "Vieles entscheidet")
    document.save(str(written / taken[-1]))
    chapter = written / "book/chapters/01-bildung.md"
    before = chapter.read_text("utf-8")
    result = in_terminal(written, *trial)
    assert (result.returncode, chapter.read_text("utf-8")) == (0, before), result.stderr
    assert "„Viel“ → „Vieles“" in result.stdout
    result = in_terminal(written, *taken)
    assert result.returncode == 0, result.stderr
    assert chapter.read_text("utf-8") == before.replace("Viel entscheidet", "Vieles entscheidet")
    (listed,) = re.findall(r"`(_build/word/[^`]+)`", PAGE)
    assert "Seit wann?" in (written / listed).read_text("utf-8")


def test_every_command_is_one_that_there_is() -> None:
    makefile = (PROGRAM / "Makefile").read_text("utf-8")
    for words in commands():
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE)
        elif words[0] != "source":
            there: click.Command = konzept
            assert words.pop(0) == "konzept"
            while isinstance(there, click.Group):
                there = there.commands[words.pop(0)]
            known = {option for param in there.params for option in param.opts}
            assert {word for word in words if word.startswith("--")} <= known


def test_every_button_that_the_page_names_is_on_the_desk() -> None:
    offered = {task.button for task in TASKS.values()} | {part.title for part in SECTIONS}
    named = set(re.findall(r"„([^“]+)“", PAGE)) & offered
    assert {
        "Arbeitsmappe holen",
        "Ansehen, was sich ändert",
        "Daten und Kapitel prüfen",
        "Stand sichern",
    } <= named
    rare = re.findall(r"^- \*\*([^*]+):\*\*", section("Seltenere Aufgaben am Schreibtisch"), re.MULTILINE)
    assert len(rare) == 6
    for title in rare:
        assert any(part.title.startswith(title) for part in SECTIONS if part.rare), title
